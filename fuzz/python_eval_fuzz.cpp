// SPDX-License-Identifier: MIT
// Any program: it ends, within its limits, in a value or in one error.
#include <cstddef>
#include <cstdint>
#include <string>

#include "cupel/python/interpreter.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cupel;
  using namespace cupel::python;
  MemoryFiles files;
  files.write(
      "root/other.py",
      "X = 1\ndef f(a, *b, **c): return a, b, c\nclass C:\n    def __add__(self, o): return o\n");
  Settings settings;
  settings.files = &files;
  settings.root = "root";
  settings.path = {"root"};
  settings.print = [](std::string_view) {};
  settings.clock = [] { return TimePoint(); };
  settings.max_steps = 20'000;
  settings.max_memory = std::size_t{32} << 20;
  settings.max_depth = 60;
  settings.max_stack = std::size_t{1} << 20;
  Interpreter in(std::move(settings));
  try {
    in.load(std::string(reinterpret_cast<const char*>(data), size), "root/fuzz.py");
  } catch (const ScriptError& error) {
    error.traceback();
  }
  return 0;
}
