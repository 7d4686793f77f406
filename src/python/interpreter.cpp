// SPDX-License-Identifier: MIT
// Making an interpreter, and running files and expressions in it.
#include "cupel/python/interpreter.hpp"

#include "cupel/python/parse.hpp"
#include "python/setup.hpp"
#include "python/unicode.hpp"

namespace cupel::python {

Interpreter::State::State(Interpreter& in, Settings given)
    : settings(std::move(given)), heap(in, settings.max_memory), steps_left(settings.max_steps) {}

namespace {

void make_types(Interpreter& in) {
  Interpreter::State& state = in.state();
  Types& t = state.types;
  const Heap::First first = state.heap.make_first_classes();
  t.type = first.type;
  t.object = first.object;
  t.str = first.str;
  t.dict = first.dict;
#define CUPEL_PYTHON_NAME(member, text) state.names.member = state.heap.intern(text);
  CUPEL_PYTHON_NAMES(CUPEL_PYTHON_NAME)
#undef CUPEL_PYTHON_NAME
  const auto make_class = [&](Class*& member, const char* name) {
    if (member != nullptr) return;
    Class* base = std::string_view(name) == "bool" ? t.int_ : t.object;
    member = new Class(t.type, state.heap, in.intern(name), {base}, new Dict(t.dict));
  };
#define CUPEL_PYTHON_TYPE(member, text) make_class(t.member, text);
  CUPEL_PYTHON_TYPES(CUPEL_PYTHON_TYPE)
#undef CUPEL_PYTHON_TYPE
  const std::pair<Class*, Layout> layouts[] = {
      {t.type, Layout::Class},          {t.int_, Layout::Int},      {t.bool_, Layout::Int},
      {t.float_, Layout::Float},        {t.str, Layout::Str},       {t.bytes, Layout::Bytes},
      {t.bytearray, Layout::Bytes},     {t.list, Layout::List},     {t.tuple, Layout::Tuple},
      {t.dict, Layout::Dict},           {t.set, Layout::Set},       {t.frozenset, Layout::Set},
      {t.range, Layout::Range},         {t.slice, Layout::Slice},   {t.iterator, Layout::Iterator},
      {t.function, Layout::Function},   {t.native, Layout::Native}, {t.method, Layout::Method},
      {t.property, Layout::Property},   {t.super, Layout::Super},   {t.module, Layout::Module},
      {t.generator, Layout::Generator},
  };
  for (const auto& [cls, layout] : layouts) cls->set_instance_layout(layout);
  t.frozenset->frozen_set = true;
  for (Class* cls : {t.none, t.not_implemented, t.ellipsis, t.bool_, t.range, t.slice, t.iterator,
                     t.function, t.native, t.method, t.generator, t.super, t.cell, t.code}) {
    cls->final = true;
  }
  for (Class* cls : {t.object,    t.none,      t.int_,  t.bool_,    t.float_, t.str,
                     t.bytes,     t.bytearray, t.list,  t.tuple,    t.dict,   t.set,
                     t.frozenset, t.range,     t.slice, t.iterator, t.native, t.method,
                     t.property,  t.generator, t.cell,  t.code,     t.super,  t.not_implemented,
                     t.ellipsis}) {
    cls->has_attributes = false;
  }
}

}  // namespace

Interpreter::Interpreter(Settings settings)
    : state_(std::make_unique<State>(*this, std::move(settings))) {
  State& state = *state_;
  state.stack_top = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  make_types(*this);
  state.empty_str = make<Str>(state.types.str, Text());
  for (char c = 0; static_cast<unsigned char>(c) < 128; ++c) {
    state.one_char.push_back(Value(static_cast<Object*>(intern(std::string_view(&c, 1)))));
    if (c == 127) break;
  }
  state.empty_tuple = make<Tuple>(state.types.tuple);
  state.builtins_dict = make_dict(*this);
  state.builtins_module =
      make<Module>(state.types.module, intern("builtins"), state.builtins_dict.as<Dict>());
  state.modules = make_dict(*this);
  state.path = make_list(*this, {});
  for (const std::string& folder : state.settings.path)
    state.path.as<List>()->items.push_back(str(folder));
  setup_object(*this);
  setup_aliases(*this);
  setup_functions(*this);
  setup_operators(*this);
  setup_numbers(*this);
  setup_str(*this);
  setup_str_tests(*this);
  setup_bytes(*this);
  setup_bytes_search(*this);
  setup_sequences(*this);
  setup_dict(*this);
  setup_set(*this);
  setup_iterators(*this);
  setup_exceptions(*this);
  setup_builtins(*this);
  setup_modules(*this);
}

Interpreter::~Interpreter() {
  // The heap counts on its own references only.
  State& state = *state_;
  state.heap.enter();
  for (Value* value : {&state.builtins_dict, &state.builtins_module, &state.modules, &state.path,
                       &state.default_setattr, &state.default_delattr, &state.default_init,
                       &state.default_new, &state.empty_tuple, &state.empty_str, &state.utc}) {
    *value = Value();
  }
  Values().swap(state.one_char);
  state.missing_modules.clear();
}

const Settings& Interpreter::settings() const { return state_->settings; }

// --- running ----------------------------------------------------------------------------------

Value Interpreter::load(const std::string& path) {
  return guarded([&] {
    if (state_->settings.files == nullptr)
      throw InputError::unreadable(path, "the interpreter has no files");
    return load(state_->settings.files->read(path), path);
  });
}

Value Interpreter::load(std::string text, const std::string& path, std::string_view given) {
  return guarded([&] {
    std::string name = given.empty() ? path::file_name(path) : std::string(given);
    if (given.empty() && name.ends_with(".py")) name.resize(name.size() - 3);
    const Value holder = new_module(*this, name);
    Module& module = *holder.as<Module>();
    module.file = path;
    run_file(*this, std::move(text), path, module, false);
    return holder;
  });
}

Value Interpreter::import(std::string_view name) {
  return guarded([&] { return import_module(*this, std::string(name), true); });
}

Value Interpreter::evaluate(std::string_view expression, Dict& names, const std::string& file) {
  return guarded([&] {
    const Value code = compile(*this, parse_expression(std::string(expression), file), true);
    return run_code(*this, *code.as<Code>(), names, names);
  });
}

// --- native modules ---------------------------------------------------------------------------

Module& Interpreter::add_module(std::string_view name,
                                std::function<void(Interpreter&, Module&)> fill) {
  for (std::size_t dot = name.find('.'); dot != std::string_view::npos;
       dot = name.find('.', dot + 1)) {
    const std::string_view parent = name.substr(0, dot);
    if (state_->modules.as<Dict>()->table.find(parent) == nullptr) add_module(parent);
  }
  const Value holder = new_module(*this, name);
  Module& module = *holder.as<Module>();
  module.package = true;
  if (fill) {
    module.fill = std::move(fill);
    module.state = Module::State::Unread;
  }
  state_->modules.as<Dict>()->table.set(intern(name), holder);
  const std::size_t last = name.rfind('.');
  if (last != std::string_view::npos) {
    const Value parent = *state_->modules.as<Dict>()->table.find(name.substr(0, last));
    parent.as<Module>()->dict().table.set(intern(name.substr(last + 1)), holder);
  }
  return module;
}

void Interpreter::add_source_module(std::string_view name, std::string_view text) {
  add_module(name, [text](Interpreter& in, Module& module) {
    run_file(in, std::string(text), "<" + std::string(module.name()) + ">", module, false);
  });
}

}  // namespace cupel::python
