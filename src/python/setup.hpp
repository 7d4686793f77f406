// SPDX-License-Identifier: MIT
// Building the built-in classes and modules: one function for each part of the language.
#pragma once

#include "python/state.hpp"

namespace cupel::python {

/// Gives methods to one built-in class.
class ClassSetup {
 public:
  ClassSetup(Interpreter& in, Class* cls) : in_(in), cls_(cls) {}
  /// The first parameter is self.
  ClassSetup& method(const char* signature, NativeCode code);
  ClassSetup& class_method(const char* signature, NativeCode code);
  ClassSetup& static_method(const char* signature, NativeCode code);
  /// __new__: the first parameter is the class.
  ClassSetup& make(const char* signature, NativeCode code);
  ClassSetup& get(const char* name, GetSet::Get get, GetSet::SetValue set = {});

 private:
  Interpreter& in_;
  Class* cls_;
};

/// A value of a subclass of an immutable built-in, or the plain value for the built-in itself.
Value as_class(Interpreter& in, const Value& cls, Value plain);

void setup_object(Interpreter& in);        // type_object.cpp
void setup_aliases(Interpreter& in);       // type_alias.cpp
void setup_functions(Interpreter& in);     // type_function.cpp
void setup_operators(Interpreter& in);     // type_operators.cpp
void setup_numbers(Interpreter& in);       // type_number.cpp
void setup_str(Interpreter& in);           // type_str.cpp
void setup_str_tests(Interpreter& in);     // type_str_tests.cpp
void setup_bytes(Interpreter& in);         // type_bytes.cpp
void setup_bytes_search(Interpreter& in);  // type_bytes_search.cpp
void setup_sequences(Interpreter& in);     // type_sequence.cpp
void setup_dict(Interpreter& in);          // type_dict.cpp
void setup_set(Interpreter& in);           // type_set.cpp
void setup_iterators(Interpreter& in);     // type_iterator.cpp
void setup_exceptions(Interpreter& in);    // type_exception.cpp
void setup_builtins(Interpreter& in);      // builtins.cpp
void setup_modules(Interpreter& in);       // modules.cpp

}  // namespace cupel::python
