// SPDX-License-Identifier: MIT
// _cupel for env.py: the project's file, and what context.configure() is told.
#include "alembic/convert.hpp"
#include "alembic/native_guard.hpp"
#include "alembic/to_model.hpp"

namespace cupel::alembic {
namespace {

using python::Call;
using python::Interpreter;
using PyValue = python::Value;
using State = Runtime::State;

PyValue text_or_none(Interpreter& in, const std::optional<std::string>& text) {
  return text ? in.str(*text) : PyValue::none();
}

PyValue options_of(Interpreter& in, State& state, const std::string& section) {
  const std::optional<std::vector<std::string>> keys = state.option_names(section);
  if (!keys) return PyValue::none();
  const PyValue dict = in.dict();
  for (const std::string& key : *keys) {
    if (const auto value = state.option(section, key))
      in.set_item(dict, in.str(key), in.str(*value));
  }
  return dict;
}

/// What configure() says of how a run goes.
void take_options(Interpreter& in, State& state, const PyValue& options) {
  FromPython from(in);
  EnvironmentAnswer& answer = state.answer;
  answer.is_configured = true;
  answer.url = from.get<std::string>(options, "url", answer.url);
  answer.version_table = from.get<std::string>(options, "version_table", answer.version_table);
  answer.version_table_schema =
      from.get<std::string>(options, "version_table_schema", answer.version_table_schema);
  if (const PyValue naming = from.find(options, "naming"); naming.is_set())
    answer.naming = read_naming(in, naming);
  if (const PyValue args = from.find(options, "template_args"); args.is_set())
    state.template_args = args;
}

}  // namespace

void add_configuration(Adder& add) {
  State& state = add.state;
  add("config_file()",
      [&state](Call& call) -> PyValue { return call.in.str(state.settings.project.file); });
  add("config_section()",
      [&state](Call& call) -> PyValue { return call.in.str(state.settings.section); });
  add("option(section, name)", [&state](Call& call) -> PyValue {
    return text_or_none(call.in, state.option(call.text(0), call.text(1)));
  });
  add("options(section)",
      [&state](Call& call) -> PyValue { return options_of(call.in, state, call.text(0)); });
  add("set_option(section, name, value)", [&state](Call& call) -> PyValue {
    std::optional<std::string> value;
    if (!call.is_none(2)) value = call.text(2);
    state.overrides[{call.text(0), call.text(1)}] = value;
    return PyValue::none();
  });
  add("configure(options)", [&state](Call& call) -> PyValue {
    take_options(call.in, state, call[0]);
    return PyValue::none();
  });
  add("run_migrations()", [&state](Call&) -> PyValue {
    ++state.answer.runs;
    return PyValue::none();
  });
  add("script_location()", [&state](Call& call) -> PyValue {
    return call.in.str(state.settings.project.script_location);
  });
  add("script_heads()",
      [&state](Call& call) -> PyValue { return ToPython(call.in).make(state.settings.heads()); });
}

}  // namespace cupel::alembic
