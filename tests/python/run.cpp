// SPDX-License-Identifier: MIT
// python_run FILE: runs a Python file with cupel's interpreter, for the differential tests. Output
// goes to stdout, an uncaught exception to stderr.
#include <cstdio>
#include <iostream>

#include "cupel/python/interpreter.hpp"

int main(int count, char** arguments) {
  using namespace cupel;
  if (count != 2) {
    std::cerr << "usage: python_run FILE\n";
    return 2;
  }
  const std::string path = arguments[1];
  DiskFiles files;
  python::Settings settings;
  settings.files = &files;
  settings.path = {path::directory(path)};
  settings.print = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); };
  python::Interpreter in(std::move(settings));
  try {
    in.load(files.read(path), path, "__main__");
  } catch (const python::ScriptError& error) {
    std::fflush(stdout);
    std::cerr << error.traceback() << "\n";
    return error.details().exception == "SystemExit" ? 0 : 1;
  } catch (const Error& error) {
    std::cerr << error.to_string() << "\n";
    return 1;
  }
  return 0;
}
