// SPDX-License-Identifier: MIT
// Making functions and classes, and calling. See machine.hpp.
#include "python/machine.hpp"

namespace cupel::python::machine {

namespace {

/// A function as messages about its arguments call it.
std::string called_name(Interpreter& in, const Value& function) {
  Value name, module;
  if (!find_attr(in, function, names(in).qualname, name)) return in.str_of(function);
  find_attr(in, function, names(in).module, module);
  const bool shown = module.is(Layout::Str) && in.view(module) != "builtins";
  return (shown ? in.str_of(module) + "." : "") + in.str_of(name) + "()";
}

}  // namespace

Value make_function(Interpreter& in, Frame& frame, std::uint32_t flags) {
  const Value code = pop(frame);
  auto* made = new Function(types(in).function, code.as<Code>(), frame.globals);
  Value holder(static_cast<Object*>(made));
  if ((flags & 8) != 0) made->closure = pop(frame).as<Tuple>()->items;
  if ((flags & 4) != 0) made->annotations = pop(frame);
  if ((flags & 2) != 0) made->keyword_defaults = pop(frame).as<Tuple>()->items;
  if ((flags & 1) != 0) made->defaults = pop(frame).as<Tuple>()->items;
  if (const Value* module = frame.globals->table.find(*names(in).name)) made->module = *module;
  return holder;
}

void make_class(Interpreter& in, Frame& frame) {
  const Value keywords = pop(frame);
  const Value bases = pop(frame);
  const Value name = pop(frame);
  const Value body = pop(frame);
  Kwargs list;
  const Table& table = keywords.as<Dict>()->table;
  for (std::size_t i = 0; i < table.slots(); ++i) {
    if (table.slot(i).key.is_set()) {
      list.emplace_back(static_cast<Str*>(table.slot(i).key.object()), table.slot(i).value);
    }
  }
  push(frame, build_class(in, body, name.as<Str>()->view(), bases.as<Tuple>()->items, list));
}

// **mapping in a call: every key a str, none twice.
void merge_keywords(Interpreter& in, Frame& frame) {
  const Value source = pop(frame);
  Dict& target = *top(frame).as<Dict>();
  const auto add = [&](const Value& key, const Value& value) {
    if (!key.is(Layout::Str)) type_error(in, "keywords must be strings");
    if (target.table.find(*key.as<Str>()) != nullptr) {
      type_error(in, called_name(in, top(frame, 3)) +
                         " got multiple values for keyword argument '" + key.as<Str>()->str() +
                         "'");
    }
    target.table.set(in, key, value);
  };
  if (const Dict* dict = source.as<Dict>(); dict != nullptr && !dict->cls()->from_script) {
    for (std::size_t i = 0; i < dict->table.slots(); ++i) {
      const Table::Entry entry = dict->table.slot(i);
      if (entry.key.is_set()) add(entry.key, entry.value);
    }
    return;
  }
  Value keys;
  if (!find_attr(in, source, names(in).keys, keys)) {
    type_error(in, called_name(in, top(frame, 3)) + " argument after ** must be a mapping, not " +
                       std::string(in.type_name(source)));
  }
  for_each(in, call(in, keys, {}), [&](const Value& key) {
    add(key, get_item(in, source, key));
    return true;
  });
}

void call_star(Interpreter& in, Frame& frame) {
  const Value keywords = pop(frame);
  const Value positional = pop(frame);
  const Value function = pop(frame);
  const Values& given = positional.as<Tuple>()->items;
  const Table& table = keywords.as<Dict>()->table;
  if (table.empty()) {
    push(frame, call(in, function, Arguments{given.data(), given.size(), nullptr, 0}));
    return;
  }
  Values values(given);
  Values keys;
  for (std::size_t i = 0; i < table.slots(); ++i) {
    if (!table.slot(i).key.is_set()) continue;
    keys.push_back(table.slot(i).key);
    values.push_back(table.slot(i).value);
  }
  push(frame, call(in, function, Arguments{values.data(), given.size(), keys.data(), keys.size()}));
}

void load_method(Interpreter& in, Frame& frame, Str* name) {
  Value& object = top(frame);
  Value function;
  if (find_method(in, object, name, function)) {
    Value self = std::move(object);
    object = std::move(function);
    push(frame, std::move(self));
    return;
  }
  object = get_attr(in, object, name);
  push(frame, Value());
}

// The function and its self, or a callable and nothing, below `count` arguments (and the keywords'
// names above).
void call_method(Interpreter& in, Frame& frame, std::size_t count, bool keywords) {
  const Value key_names = keywords ? pop(frame) : Value();
  Arguments arguments{frame.top - count, count, nullptr, 0};
  if (keywords) {
    const Values& keys = key_names.as<Tuple>()->items;
    arguments.names = keys.data();
    arguments.keywords = keys.size();
    arguments.positional -= keys.size();
  }
  const Value& self = *(frame.top - count - 1);
  const Value& function = *(frame.top - count - 2);
  Value result =
      self.is_set() ? call_with_self(in, function, self, arguments) : call(in, function, arguments);
  drop(frame, count + 2);
  push(frame, std::move(result));
}

void call_plain(Interpreter& in, Frame& frame, std::size_t count, bool keywords) {
  const Value key_names = keywords ? pop(frame) : Value();
  Arguments arguments{frame.top - count, count, nullptr, 0};
  if (keywords) {
    const Values& keys = key_names.as<Tuple>()->items;
    arguments.names = keys.data();
    arguments.keywords = keys.size();
    arguments.positional -= keys.size();
  }
  Value result = call(in, *(frame.top - count - 1), arguments);
  drop(frame, count + 1);
  push(frame, std::move(result));
}

}  // namespace cupel::python::machine
