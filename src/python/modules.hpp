// SPDX-License-Identifier: MIT
// The modules that come with the interpreter, one function for each that is written in C++. Those
// in lib/*.py are written in Python and compiled into the library.
#pragma once

#include <span>

#include "python/setup.hpp"

namespace cupel::python {

struct LibraryModule {
  std::string_view name;
  std::string_view text;
};
/// Written by CMake from lib/*.py.
std::span<const LibraryModule> library_modules();

void fill_sys(Interpreter& in, Module& module);       // mod_runtime.cpp: _sys
void fill_math(Interpreter& in, Module& module);      // mod_math.cpp
void fill_time(Interpreter& in, Module& module);      // mod_time.cpp: _time
void fill_random(Interpreter& in, Module& module);    // mod_random.cpp: _random
void fill_json(Interpreter& in, Module& module);      // mod_json.cpp: _json
void fill_re(Interpreter& in, Module& module);        // mod_re.cpp
void fill_datetime(Interpreter& in, Module& module);  // mod_datetime.cpp
void fill_decimal(Interpreter& in, Module& module);   // mod_decimal.cpp: _decimal
void fill_binary(Interpreter& in, Module& module);    // mod_binary.cpp: _binary
void fill_runtime(Interpreter& in,
                  Module& module);  // mod_runtime.cpp: _runtime, what lib/*.py needs of the machine

/// The value of an expression of literals; ValueError for anything else.
Value literal_value(Interpreter& in, const ast::Expr& node, std::string_view text);

/// A name of a module that is read when the name is used.
Value lazy_name(Interpreter& in, const std::string& module, std::string_view name);

/// Random bytes of the operating system.
void random_bytes(void* memory, std::size_t size);

}  // namespace cupel::python
