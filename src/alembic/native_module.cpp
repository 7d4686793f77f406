// SPDX-License-Identifier: MIT
// The module _cupel: what modules/ needs of the engine. Names and arguments are said here, once;
// the functions that run statements are in native_execute.cpp.
#include "alembic/convert.hpp"
#include "alembic/native_guard.hpp"
#include "alembic/runtime_state.hpp"
#include "alembic/sql_text.hpp"
#include "alembic/to_model.hpp"

namespace cupel::alembic {
namespace {

using python::Call;
using python::Interpreter;
using python::Module;
using State = Runtime::State;

python::Value texts(Interpreter& in, const std::vector<std::string>& all) {
  return ToPython(in).make(all);
}

void add_operations(Adder& add) {
  State& state = add.state;
  add("invoke(call, arguments)", [&state](Call& call) -> python::Value {
    invoke_call(call.in, state.op(), call.view(0), call[1]);
    return python::Value::none();
  });
  add("batch(options, changes)", [&state](Call& call) -> python::Value {
    invoke_batch(call.in, state.op(), call[0], call[1]);
    return python::Value::none();
  });
  add("begin_autocommit()", [&state](Call&) -> python::Value {
    state.autocommit.push_back(state.op().set_autocommit(true));
    return python::Value::none();
  });
  add("end_autocommit()", [&state](Call&) -> python::Value {
    if (state.autocommit.empty()) throw UsageError("no autocommit_block() is open");
    state.op().set_autocommit(state.autocommit.back());
    state.autocommit.pop_back();
    return python::Value::none();
  });
}

void add_text(Adder& add) {
  State& state = add.state;
  add("literal(value)", [&state](Call& call) -> python::Value {
    const Value value = to_value(call.in, call[0]);
    return call.in.str(state.op().dialect().writer().literal_text(value));
  });
  add("quote(name)", [&state](Call& call) -> python::Value {
    return call.in.str(state.op().dialect().writer().quote(call.view(0)));
  });
  add("type_text(type)", [&state](Call& call) -> python::Value {
    return call.in.str(type_text(call.in, state.op().dialect(), call[0]));
  });
  add("text_parts(sql)", [&state](Call& call) -> python::Value {
    return texts(call.in, text_parts(call.view(0), state.op().dialect().lex_rules()));
  });
}

void add_surroundings(Adder& add) {
  State& state = add.state;
  add("dialect_name()",
      [&state](Call& call) -> python::Value { return call.in.str(state.op().dialect().name()); });
  add("is_running()", [&state](Call&) -> python::Value { return {state.running != nullptr}; });
  add("is_offline()", [&state](Call&) -> python::Value {
    return {state.running != nullptr ? state.op().is_offline() : state.is_offline};
  });
  add("server_version()",
      [&state](Call&) -> python::Value { return {state.op().server_version()}; });
  add("arguments()", [&state](Call& call) -> python::Value {
    const bool in_run = state.running != nullptr;
    return texts(call.in, in_run ? state.op().arguments() : state.settings.arguments);
  });
  add("tag()", [&state](Call& call) -> python::Value {
    const std::string& tag = state.settings.tag;
    return tag.empty() ? python::Value::none() : call.in.str(tag);
  });
  add("module(name)", [](Call& call) -> python::Value { return call.in.import(call.view(0)); });
}

void add_inspection(Adder& add) {
  State& state = add.state;
  add("table_names(schema='')", [&state](Call& call) -> python::Value {
    return texts(call.in, state.op().inspector().table_names(call.text_or_empty(0)));
  });
  add("view_names(schema='')", [&state](Call& call) -> python::Value {
    return texts(call.in, state.op().inspector().view_names(call.text_or_empty(0)));
  });
  add("schema_names()", [&state](Call& call) -> python::Value {
    return texts(call.in, state.op().inspector().schema_names());
  });
  add("default_schema()", [&state](Call& call) -> python::Value {
    return call.in.str(state.op().inspector().default_schema());
  });
  add("has_table(schema, name)", [&state](Call& call) -> python::Value {
    return {state.op().inspector().has_table({call.text_or_empty(0), call.text(1)})};
  });
  add("table(schema, name)", [&state](Call& call) -> python::Value {
    const std::optional<model::Table> table =
        state.op().inspector().find_table({call.text_or_empty(0), call.text(1)});
    return ToPython(call.in).make(table);
  });
  add("schema(name='')", [&state](Call& call) -> python::Value {
    inspect::Scope scope;
    scope.schemas = {call.text_or_empty(0)};
    return ToPython(call.in).make(state.op().inspector().inspect(scope));
  });
}

}  // namespace

void add_native_module(Interpreter& in, State& state) {
  Module& module = in.add_module("_cupel");
  Adder add{in, module, state};
  add_operations(add);
  add_execution(add);
  add_configuration(add);
  add_text(add);
  add_surroundings(add);
  add_inspection(add);
}

}  // namespace cupel::alembic
