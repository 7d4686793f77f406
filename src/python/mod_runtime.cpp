// SPDX-License-Identifier: MIT
// sys, and _runtime: what the modules in lib/*.py ask of the interpreter.
#include "cupel/python/parse.hpp"
#include "python/modules.hpp"

namespace cupel::python {
namespace {

Value handled(Interpreter& in) {
  for (const Frame* frame = in.state().frame; frame != nullptr; frame = frame->back) {
    if (frame->handled.is_set()) return frame->handled;
  }
  return {};
}

Value string_list(Interpreter& in, const std::vector<std::string>& list) {
  Values items;
  for (const std::string& item : list) items.push_back(make_str(in, item));
  return make_list(in, std::move(items));
}

Value environment(Interpreter& in) {
  Value dict = make_dict(in);
  for (const auto& [name, value] : in.settings().environment)
    dict.as<Dict>()->table.set(in.intern(name), make_str(in, value));
  return dict;
}

const Files& files_of(Interpreter& in) {
  if (in.settings().files == nullptr) in.raise("OSError", "the interpreter has no files");
  return *in.settings().files;
}

Value read_file(Call& call) {
  Interpreter& in = call.in;
  const Files& files = files_of(in);
  const std::string path = allowed_path(in, call.text(0));
  if (files.is_directory(path)) {
    raise_value(in, make_exception(in, *in.exception_class("IsADirectoryError"),
                                   Values{Value(21), make_str(in, "Is a directory"), call[0]}));
  }
  if (!files.is_file(path)) {
    raise_value(
        in, make_exception(in, *in.exception_class("FileNotFoundError"),
                           Values{Value(2), make_str(in, "No such file or directory"), call[0]}));
  }
  return make_bytes(in, files.read(path));
}

Value list_directory(Call& call) {
  Interpreter& in = call.in;
  const Files& files = files_of(in);
  const std::string path = allowed_path(in, call.text(0));
  if (!files.is_directory(path)) {
    raise_value(
        in, make_exception(in, *in.exception_class("FileNotFoundError"),
                           Values{Value(2), make_str(in, "No such file or directory"), call[0]}));
  }
  std::vector<std::string> entries = files.list_files(path);
  for (std::string& folder : files.list_directories(path)) entries.push_back(std::move(folder));
  std::sort(entries.begin(), entries.end());
  return string_list(in, entries);
}

Value check_file(Call& call, bool directory) {
  Interpreter& in = call.in;
  if (in.settings().files == nullptr) return Value(false);
  try {
    const std::string path = allowed_path(in, call.text(0));
    return Value(directory ? files_of(in).is_directory(path) : files_of(in).is_file(path));
  } catch (const Raised&) {
    return Value(false);
  }
}

Value log_record(Call& call) {
  const std::int64_t level = call.integer(0);
  log(call.in.settings().log,
      level >= 30   ? LogLevel::Warning
      : level >= 20 ? LogLevel::Info
                    : LogLevel::Debug,
      call.text(1), call.text(2));
  return {};
}

Value signature_of(Call& call) {
  const auto* function = call[0].as<Function>();
  if (function == nullptr) return Value::none();
  const Parameters& parameters = function->code().parameters;
  Values out;
  const std::size_t first_default = parameters.positional - function->defaults.size();
  for (std::size_t i = 0; i < parameters.names.size(); ++i) {
    std::int64_t kind = 1;
    Value fallback;
    bool has_default = false;
    if (i < parameters.positional) {
      kind = i < parameters.positional_only ? 0 : 1;
      has_default = i >= first_default;
      if (has_default) fallback = function->defaults[i - first_default];
    } else if (i < parameters.args_slot()) {
      kind = 3;
      const std::size_t k = i - parameters.positional;
      has_default = k < function->keyword_defaults.size() && function->keyword_defaults[k].is_set();
      if (has_default) fallback = function->keyword_defaults[k];
    } else {
      kind = parameters.args && i == parameters.args_slot() ? 2 : 4;
    }
    out.push_back(make_tuple(call.in, Values{parameters.names[i], Value(kind), Value(has_default),
                                             has_default ? fallback : Value::none()}));
  }
  // *args comes before what is keyword-only.
  if (parameters.args) {
    std::rotate(out.begin() + parameters.positional,
                out.begin() + static_cast<std::ptrdiff_t>(parameters.args_slot()),
                out.begin() + static_cast<std::ptrdiff_t>(parameters.args_slot()) + 1);
  }
  return make_list(call.in, std::move(out));
}

void setup_files(Interpreter& in, Module& module) {
  in.add_function(module, "read_file(path)", read_file);
  in.add_function(module, "list_directory(path)", list_directory);
  in.add_function(module, "is_file(path)", [](Call& call) { return check_file(call, false); });
  in.add_function(module, "is_directory(path)", [](Call& call) { return check_file(call, true); });
  in.add_function(module, "root()",
                  [](Call& call) -> Value { return make_str(call.in, call.in.settings().root); });
  in.add_function(module, "environment()", [](Call& call) { return environment(call.in); });
}

}  // namespace

void fill_runtime(Interpreter& in, Module& module) {
  setup_files(in, module);
  in.add_function(module, "log(level, topic, message)", log_record);
  in.add_function(module, "write(text)", [](Call& call) -> Value {
    if (call.in.settings().print) call.in.settings().print(call.view(0));
    return {};
  });
  in.add_function(module, "exc_info()", [](Call& call) -> Value {
    const Value exception = handled(call.in);
    return exception.is_set() ? exception : Value::none();
  });
  in.add_function(module, "format_exception(exception)", [](Call& call) -> Value {
    return make_str(call.in, format_exception(call.in, call[0]));
  });
  in.add_function(module, "signature(function)", signature_of);
  in.add_function(module, "import_module(name)",
                  [](Call& call) { return import_module(call.in, call.text(0), true); });
  in.add_function(module, "caller_globals(depth)", [](Call& call) -> Value {
    const Frame* frame = call.in.state().frame;
    for (std::int64_t i = call.integer(0); i > 0 && frame != nullptr; --i) frame = frame->back;
    return frame == nullptr ? make_dict(call.in) : frame->globals_holder;
  });
  in.add_function(module, "is_async(function)", [](Call& call) -> Value {
    const auto* function = call[0].as<Function>();
    return Value(function != nullptr && function->code().is_async);
  });
  in.add_function(module, "is_generator(function)", [](Call& call) -> Value {
    const auto* function = call[0].as<Function>();
    return Value(function != nullptr && function->code().generator);
  });
  in.add_function(module, "copy_instance(object)", [](Call& call) -> Value {
    const auto* object = call[0].as<Instance>();
    if (object == nullptr || object->data != nullptr) return call[0];
    Value made = make<Instance>(object->cls());
    if (object->attributes() != nullptr)
      update_dict(call.in, made.object()->make_attributes(),
                  Value(static_cast<Object*>(object->attributes())));
    return made;
  });
  in.add_function(module, "is_native(object)", [](Call& call) -> Value {
    const auto* object = call[0].as<Instance>();
    return Value(object == nullptr || object->data != nullptr);
  });
  in.add_function(module, "parse_literal(text)", [](Call& call) -> Value {
    const auto tree = parse_expression(call.text(0), "<string>");
    return literal_value(call.in, *ast::as<ast::Expression>(*tree->body[0]).value, tree->text);
  });
  const Types& t = types(in);
  for (Class* cls : {t.none, t.function, t.native, t.method, t.generator, t.module, t.code, t.cell,
                     t.union_, t.generic_alias, t.simple_namespace, t.traceback, t.not_implemented,
                     t.ellipsis, t.dict_keys, t.dict_values, t.dict_items, t.iterator}) {
    in.add(module, cls->name(), Value(static_cast<Object*>(cls)));
  }
}

void fill_sys(Interpreter& in, Module& module) {
  const Settings& settings = in.settings();
  in.add(module, "argv",
         string_list(
             in, settings.arguments.empty() ? std::vector<std::string>{""} : settings.arguments));
  in.add(module, "path", in.state().path);
  in.add(module, "modules", in.state().modules);
  in.add(module, "maxsize", Value(INT64_MAX));
  in.add(module, "max_recursion", Value(settings.max_depth));
}

}  // namespace cupel::python
