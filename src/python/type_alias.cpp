// SPDX-License-Identifier: MIT
// list[int], int | None, types.SimpleNamespace: built-in classes that behave as if a script had
// written them.
#include "python/setup.hpp"

namespace cupel::python {
namespace {

Table& fields(const Value& self) { return self.object()->make_attributes().table; }

Value field(const Value& self, std::string_view name) {
  const Value* found = fields(self).find(name);
  return found != nullptr ? *found : Value::none();
}

Values parts_of(const Value& self) {
  const Value args = field(self, "__args__");
  return args.is(Layout::Tuple) ? args.as<Tuple>()->items : Values();
}

/// How a type reads inside of another.
std::string title(Interpreter& in, const Value& part) {
  if (part.kind() == Kind::Ellipsis) return "...";
  if (!part.is(Layout::Class)) return in.repr_of(part);
  const std::string module = in.str_of(get_attr(in, part, names(in).module));
  const std::string name = in.str_of(get_attr(in, part, names(in).qualname));
  return module == "builtins" ? name : module + "." + name;
}

std::string join_titles(Interpreter& in, const Values& parts, const char* separator) {
  std::string out;
  for (const Value& part : parts) {
    if (!out.empty()) out += separator;
    // In a union None stands for its type.
    const bool none =
        separator[0] == ' ' && part.is(Layout::Class) && part.object() == types(in).none;
    out += none ? "None" : title(in, part);
  }
  return out;
}

bool is_alias(Interpreter& in, const Value& value) {
  return in.class_of(value) == types(in).generic_alias;
}

Value forward(Call& call) {
  Interpreter& in = call.in;
  if (call.view(1).starts_with("__")) attribute_error(in, call[0], in.intern(call.view(1)));
  return get_attr(in, field(call[0], "__origin__"), in.intern(call.view(1)));
}

void setup_generic_alias(Interpreter& in) {
  Class& cls = *types(in).generic_alias;
  in.add_static_method(cls, "__new__(cls, origin, args)",
                       [](Call& call) { return make_alias(call.in, call[1], call[2]); });
  in.add_method(cls, "__repr__(self)", [](Call& call) -> Value {
    const Values parts = parts_of(call[0]);
    return make_str(call.in, title(call.in, field(call[0], "__origin__")) + "[" +
                                 (parts.empty() ? "()" : join_titles(call.in, parts, ", ")) + "]");
  });
  in.add_method(cls, "__getattr__(self, name)", forward);
  in.add_method(cls, "__getitem__(self, key)", [](Call& call) {
    return make_alias(call.in, field(call[0], "__origin__"), call[1]);
  });
  in.add_method(cls, "__call__(self, *args, **kwargs)", [](Call& call) {
    Arguments rest = call.raw();
    ++rest.values;
    --rest.positional;
    return python::call(call.in, field(call[0], "__origin__"), rest);
  });
  in.add_method(cls, "__mro_entries__(self, bases)", [](Call& call) -> Value {
    return make_tuple(call.in, Values{field(call[0], "__origin__")});
  });
  in.add_method(cls, "__eq__(self, other)", [](Call& call) -> Value {
    if (!is_alias(call.in, call[1])) return Value::not_implemented();
    return Value(call.in.equal(field(call[0], "__origin__"), field(call[1], "__origin__")) &&
                 call.in.equal(field(call[0], "__args__"), field(call[1], "__args__")));
  });
  in.add_method(cls, "__hash__(self)", [](Call& call) -> Value {
    return Value(static_cast<std::int64_t>(call.in.hash(field(call[0], "__origin__")) * 31 +
                                           call.in.hash(field(call[0], "__args__"))));
  });
  for (const char* name : {"__instancecheck__(self, instance)", "__subclasscheck__(self, cls)"}) {
    in.add_method(cls, name, [](Call& call) -> Value {
      type_error(call.in, call.function() == "__instancecheck__"
                              ? "isinstance() argument 2 cannot be a parameterized generic"
                              : "issubclass() argument 2 cannot be a parameterized generic");
    });
  }
}

void setup_union(Interpreter& in) {
  Class& cls = *types(in).union_;
  in.add_method(cls, "__repr__(self)", [](Call& call) -> Value {
    return make_str(call.in, join_titles(call.in, parts_of(call[0]), " | "));
  });
  in.add_method(cls, "__eq__(self, other)", [](Call& call) -> Value {
    if (call.in.class_of(call[1]) != types(call.in).union_) return Value::not_implemented();
    const Values mine = parts_of(call[0]), theirs = parts_of(call[1]);
    for (const Value& part : mine) {
      const bool found = std::any_of(theirs.begin(), theirs.end(), [&](const Value& other) {
        return call.in.equal(part, other);
      });
      if (!found) return Value(false);
    }
    return Value(mine.size() == theirs.size());
  });
  in.add_method(cls, "__hash__(self)", [](Call& call) -> Value {
    std::uint64_t sum = 0;
    for (const Value& part : parts_of(call[0])) sum += call.in.hash(part);
    return Value(static_cast<std::int64_t>(sum));
  });
}

void setup_namespace(Interpreter& in) {
  Class& cls = *types(in).simple_namespace;
  in.add_method(cls, "__init__(self, /, **kwargs)", [](Call& call) -> Value {
    update_dict(call.in, call[0].object()->make_attributes(), call[1]);
    return {};
  });
  in.add_method(cls, "__repr__(self)", [](Call& call) -> Value {
    call.in.check_stack();
    const Table& table = fields(call[0]);
    std::string out;
    for (std::size_t i = 0; i < table.slots(); ++i) {
      const Table::Entry entry = table.slot(i);
      if (!entry.key.is_set()) continue;
      out += (out.empty() ? "" : ", ") + call.in.str_of(entry.key) + "=" +
             call.in.repr_of(entry.value);
    }
    const std::string_view name = call.in.type_name(call[0]);
    return make_str(
        call.in, (name == "SimpleNamespace" ? "namespace" : std::string(name)) + "(" + out + ")");
  });
  in.add_method(cls, "__eq__(self, other)", [](Call& call) -> Value {
    if (!call.in.is_instance(call[1], *types(call.in).simple_namespace))
      return Value::not_implemented();
    return Value(call.in.equal(Value(static_cast<Object*>(&call[0].object()->make_attributes())),
                               Value(static_cast<Object*>(&call[1].object()->make_attributes()))));
  });
  cls.dict().table.set(names(in).hash, Value::none());
}

}  // namespace

Value make_alias(Interpreter& in, const Value& origin, const Value& args) {
  Value alias = in.instance(*types(in).generic_alias);
  Table& table = fields(alias);
  table.set(in.intern("__origin__"), origin);
  table.set(in.intern("__args__"), args.is(Layout::Tuple) ? args : make_tuple(in, Values{args}));
  return alias;
}

void setup_aliases(Interpreter& in) {
  for (Class* cls : {types(in).union_, types(in).simple_namespace, types(in).generic_alias}) {
    cls->dict().table.set(names(in).module, make_str(in, "types"));
    cls->from_script = true;  // its methods are asked
  }
  setup_generic_alias(in);
  setup_union(in);
  setup_namespace(in);
}

}  // namespace cupel::python
