// SPDX-License-Identifier: MIT
// The match statement. See machine.hpp.
#include "python/machine.hpp"

namespace cupel::python::machine {

void match_sequence(Interpreter& in, Frame& frame, std::uint32_t argument) {
  const Value& subject = top(frame);
  const bool sequence =
      subject.is(Layout::List) || subject.is(Layout::Tuple) || subject.is(Layout::Range);
  if (!sequence) {
    push(frame, Value(false));
    return;
  }
  const auto length =
      static_cast<std::uint32_t>(std::min<std::int64_t>(length_of(in, subject), 0xFFFFFFF));
  push(frame, Value((argument & 1) != 0 ? length >= argument >> 1 : length == argument >> 1));
}

void match_keys(Interpreter& in, Frame& frame) {
  const Value keys = pop(frame);
  const Value subject = pop(frame);
  Values found;
  for (const Value& key : keys.as<Tuple>()->items) {
    Dict* dict = subject.as<Dict>();
    const Value* value = dict == nullptr ? nullptr : dict->table.find(in, key);
    if (value == nullptr) {
      push(frame, Value::none());
      return;
    }
    found.push_back(*value);
  }
  push(frame, make_tuple(in, std::move(found)));
}

void match_rest(Interpreter& in, Frame& frame) {
  const Value keys = pop(frame);
  const Value subject = pop(frame);
  Value rest = make_dict(in);
  update_dict(in, *rest.as<Dict>(), subject);
  for (const Value& key : keys.as<Tuple>()->items) rest.as<Dict>()->table.erase(in, key);
  push(frame, std::move(rest));
}

void match_class(Interpreter& in, Frame& frame, std::size_t positional) {
  const Value keywords = pop(frame);
  Value cls = pop(frame);
  const Value subject = pop(frame);
  if (cls.is(Layout::Lazy)) cls = resolve_lazy(in, cls);
  if (!cls.is(Layout::Class)) type_error(in, "called match pattern must be a class");
  if (!is_instance(in, subject, cls)) {
    push(frame, Value::none());
    return;
  }
  Values found;
  Value args;
  if (positional > 0 && !find_attr(in, cls, names(in).match_args, args)) {
    const Layout layout = cls.as<Class>()->instance_layout();
    const bool itself = positional == 1 && layout != Layout::Instance;
    const bool number = cls.object() == types(in).int_ || cls.object() == types(in).float_ ||
                        cls.object() == types(in).bool_;
    if (!itself && !number) {
      type_error(in, std::string(cls.as<Class>()->name()) +
                         "() accepts 0 positional sub-patterns (" + std::to_string(positional) +
                         " given)");
    }
    found.push_back(subject);
  } else if (positional > 0) {
    const Values list = in.items_of(args);
    if (list.size() < positional) {
      type_error(in, std::string(cls.as<Class>()->name()) + "() accepts " +
                         std::to_string(list.size()) + " positional sub-patterns (" +
                         std::to_string(positional) + " given)");
    }
    for (std::size_t i = 0; i < positional; ++i) {
      Value value;
      if (!list[i].is(Layout::Str) ||
          !find_attr(in, subject, in.intern(list[i].as<Str>()->view()), value)) {
        push(frame, Value::none());
        return;
      }
      found.push_back(value);
    }
  }
  for (const Value& name : keywords.as<Tuple>()->items) {
    Value value;
    if (!find_attr(in, subject, static_cast<Str*>(name.object()), value)) {
      push(frame, Value::none());
      return;
    }
    found.push_back(value);
  }
  push(frame, make_tuple(in, std::move(found)));
}

}  // namespace cupel::python::machine
