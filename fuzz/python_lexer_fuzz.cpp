// SPDX-License-Identifier: MIT
// Any text: tokens lie in order inside the text, and a header is read without an error.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cupel/python/parse.hpp"
#include "python/lexer.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cupel::python;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    std::size_t end = 0;
    for (const Token& token : tokenize(text)) {
      if (token.start < end || token.end < token.start || token.end > size) std::abort();
      end = token.end;
    }
  } catch (const SyntaxProblem& problem) {
    if (problem.start > size) std::abort();
  }
  constexpr std::string_view kNames[] = {"revision", "down_revision", "x"};
  read_assignments(text, kNames);
  return 0;
}
