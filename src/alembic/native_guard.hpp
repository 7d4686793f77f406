// SPDX-License-Identifier: MIT
// How the functions of _cupel are added: an Error of cupel's becomes an exception that a script can
// catch, and stays inside of it for who catches it in C++.
#pragma once

#include <string>
#include <utility>

#include "alembic/runtime_state.hpp"

namespace cupel::alembic {

/// Raises the exception that SQLAlchemy or Alembic has for the error being handled.
[[noreturn]] void raise_error(python::Interpreter& in, const Error& error);

struct Adder {
  python::Interpreter& in;
  python::Module& module;
  Runtime::State& state;

  template <typename Function>
  void operator()(const char* signature, Function function) {
    in.add_function(module, signature,
                    [function = std::move(function)](python::Call& call) -> python::Value {
                      try {
                        return function(call);
                      } catch (const python::ScriptError&) {
                        throw;
                      } catch (const Interrupted&) {
                        throw;
                      } catch (const Bug&) {
                        throw;
                      } catch (const Error& error) {
                        raise_error(call.in, error);
                      }
                    });
  }
};

/// execute() and what belongs to it.
void add_execution(Adder& add);
/// What env.py asks and tells.
void add_configuration(Adder& add);

}  // namespace cupel::alembic
