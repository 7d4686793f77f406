// SPDX-License-Identifier: MIT
// Any text: a tree or one error with a place; never a crash, however deep the text nests.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "cupel/python/parse.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cupel::python;
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const bool expression : {false, true}) {
    try {
      const auto tree = expression ? parse_expression(text, "fuzz.py") : parse(text, "fuzz.py");
      for (const ast::Stmt* statement : tree->body) {
        if (statement->end < statement->start || statement->end > size) std::abort();
      }
    } catch (const ScriptError& error) {
      if (error.details().text.empty()) std::abort();
      error.traceback();
    }
  }
  return 0;
}
