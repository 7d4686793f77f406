// SPDX-License-Identifier: MIT
// object and type.
#include "python/setup.hpp"

namespace cupel::python {

ClassSetup& ClassSetup::method(const char* signature, NativeCode code) {
  auto* made = new NativeFunction(types(in_).native, signature, std::move(code), true);
  const Value holder(static_cast<Object*>(made));
  made->builtin = true;
  made->owner = cls_;
  cls_->dict().table.set(in_.intern(made->name()), holder);
  return *this;
}

ClassSetup& ClassSetup::class_method(const char* signature, NativeCode code) {
  auto* made = new NativeFunction(types(in_).native, signature, std::move(code), true);
  const Value holder(static_cast<Object*>(made));
  made->owner = cls_;
  made->takes_class = true;
  cls_->dict().table.set(in_.intern(made->name()),
                         python::make<ClassMethod>(types(in_).classmethod, holder));
  return *this;
}

ClassSetup& ClassSetup::static_method(const char* signature, NativeCode code) {
  auto* made = new NativeFunction(types(in_).native, signature, std::move(code), false);
  const Value holder(static_cast<Object*>(made));
  cls_->dict().table.set(in_.intern(made->name()),
                         python::make<StaticMethod>(types(in_).staticmethod, holder));
  return *this;
}

ClassSetup& ClassSetup::make(const char* signature, NativeCode code) {
  auto* made = new NativeFunction(types(in_).native, signature, std::move(code), false);
  const Value holder(static_cast<Object*>(made));
  made->builtin = true;
  made->owner = cls_;
  made->takes_class = true;
  cls_->dict().table.set(names(in_).new_, holder);
  return *this;
}

ClassSetup& ClassSetup::get(const char* name, GetSet::Get get, GetSet::SetValue set) {
  cls_->dict().table.set(in_.intern(name), python::make<GetSet>(types(in_).getset, name,
                                                                std::move(get), std::move(set)));
  return *this;
}

namespace {

Class& class_argument(Call& call, std::size_t i) {
  Class* cls = call[i].as<Class>();
  if (cls == nullptr)
    type_error(call.in, "object.__new__(X): X is not a type object (" +
                            std::string(call.in.type_name(call[i])) + ")");
  return *cls;
}

Str* name_argument(Call& call, std::size_t i) {
  if (!call[i].is(Layout::Str))
    type_error(call.in, "attribute name must be string, not '" +
                            std::string(call.in.type_name(call[i])) + "'");
  return call.in.intern(call.view(i));
}

Value dict_of(Interpreter& in, const Value& self) {
  if (Class* cls = self.as<Class>()) {
    Value copy = make_dict(in);
    update_dict(in, *copy.as<Dict>(), Value(static_cast<Object*>(&cls->dict())));
    return copy;
  }
  if (Module* module = self.as<Module>()) {
    load_module(in, *module);
    return Value(static_cast<Object*>(&module->dict()));
  }
  if (!self.is_object() || !self.object()->cls()->has_attributes)
    attribute_error(in, self, names(in).dict);
  return Value(static_cast<Object*>(&self.object()->make_attributes()));
}

Value dir_of(Interpreter& in, const Value& self) {
  Value found = in.set();
  Set& set = *found.as<Set>();
  const auto add = [&](const Table& table) {
    for (std::size_t i = 0; i < table.slots(); ++i) {
      const Value key = table.slot(i).key;
      if (key.is_set()) set.table.set(in, key, Value::none());
    }
  };
  if (Module* module = self.as<Module>()) {
    load_module(in, *module);
    add(module->dict().table);
  } else {
    const Class* cls = self.is(Layout::Class) ? self.as<Class>() : in.class_of(self);
    for (const Class* base : cls->mro()) add(base->dict().table);
    if (self.is_object() && self.object()->attributes() != nullptr)
      add(self.object()->attributes()->table);
  }
  Values items = in.items_of(found);
  std::sort(items.begin(), items.end(),
            [&](const Value& a, const Value& b) { return in.view(a) < in.view(b); });
  return make_list(in, std::move(items));
}

void setup_object_class(Interpreter& in) {
  const auto reduce = [](Call& call) -> Value {
    type_error(call.in, "cannot pickle '" + std::string(call.in.type_name(call[0])) + "' object");
  };
  ClassSetup(in, types(in).object)
      .make("__new__",
            [](Call& call) -> Value {
              const Arguments& raw = call.raw();
              if (raw.positional == 0 || !raw.values[0].is(Layout::Class))
                type_error(call.in, "object.__new__(): not enough arguments");
              return new_object(call.in, *raw.values[0].as<Class>());
            })
      .method("__init__", [](Call&) -> Value { return {}; })
      .method("__getattribute__(self, name)",
              [](Call& call) -> Value {
                return plain_get_attr(call.in, call[0], name_argument(call, 1));
              })
      .method("__setattr__(self, name, value)",
              [](Call& call) -> Value {
                plain_set_attr(call.in, call[0], name_argument(call, 1), call[2]);
                return {};
              })
      .method("__delattr__(self, name)",
              [](Call& call) -> Value {
                plain_del_attr(call.in, call[0], name_argument(call, 1));
                return {};
              })
      .method("__repr__(self)",
              [](Call& call) -> Value { return make_str(call.in, builtin_repr(call.in, call[0])); })
      .method("__str__(self)",
              [](Call& call) -> Value { return make_str(call.in, builtin_str(call.in, call[0])); })
      .method("__format__(self, spec)",
              [](Call& call) -> Value {
                return make_str(call.in, builtin_format(call.in, call[0], call.view(1)));
              })
      .method("__hash__(self)",
              [](Call& call) -> Value {
                return Value(static_cast<std::int64_t>(builtin_hash(call.in, call[0])));
              })
      .method("__dir__(self)", [](Call& call) -> Value { return dir_of(call.in, call[0]); })
      .method("__reduce_ex__(self, protocol)", reduce)
      .method("__reduce__(self)", reduce)
      .method("__sizeof__(self)", [](Call&) -> Value { return Value(64); })
      .class_method("__init_subclass__(cls, **kwargs)",
                    [](Call& call) -> Value {
                      if (!call[1].as<Dict>()->table.empty()) {
                        type_error(call.in, std::string(call[0].as<Class>()->name()) +
                                                ".__init_subclass__() takes no keyword arguments");
                      }
                      return {};
                    })
      .class_method("__subclasshook__(cls, other)",
                    [](Call&) -> Value { return Value::not_implemented(); })
      .get(
          "__class__",
          [](Interpreter& inner, const Value& self) {
            return Value(static_cast<Object*>(inner.class_of(self)));
          },
          [](Interpreter& inner, const Value&, const Value&) {
            type_error(inner, "__class__ assignment is not supported");
          })
      .get("__dict__", dict_of,
           [](Interpreter& inner, const Value& self, const Value& value) {
             const Dict* given = value.as<Dict>();
             if (given == nullptr || !self.is_object())
               type_error(inner, "__dict__ must be set to a dictionary");
             Dict& own = self.object()->make_attributes();
             own.table.clear();
             update_dict(inner, own, value);
           })
      .get(
          "__doc__",
          [](Interpreter& inner, const Value& self) {
            if (const auto* function = self.as<Function>())
              return function->doc.is_set() ? function->doc : Value::none();
            if (const auto* property = self.as<Property>())
              return property->doc.is_set() ? property->doc : Value::none();
            for (const Class* cls : inner.class_of(self)->mro()) {
              const Value* doc = cls->dict().table.find(*names(inner).doc);
              if (doc != nullptr && !doc->is(Layout::GetSet)) return *doc;
              if (doc == nullptr && cls->from_script) break;
            }
            return Value::none();
          },
          [](Interpreter& inner, const Value& self, const Value& value) {
            if (auto* function = self.as<Function>()) {
              function->doc = value;
            } else if (auto* property = self.as<Property>()) {
              property->doc = value;
            } else if (self.is_object() && self.object()->cls()->has_attributes) {
              self.object()->make_attributes().table.set(names(inner).doc, value);
            }
          });
  const auto method = [&](Str* name) { return *types(in).object->dict().table.find(*name); };
  in.state().default_new = method(names(in).new_);
  in.state().default_init = method(names(in).init);
  in.state().default_setattr = method(names(in).setattr);
  in.state().default_delattr = method(names(in).delattr);
}

Value class_text(Interpreter& in, const Value& self, Str* name, std::string_view missing) {
  const Class& cls = *self.as<Class>();
  const Value* found = cls.dict().table.find(*name);
  return found != nullptr && !found->is(Layout::GetSet) ? *found : make_str(in, missing);
}

Value class_list(Interpreter& in, const std::vector<Class*>& list) {
  Values items;
  for (Class* cls : list) items.push_back(Value(static_cast<Object*>(cls)));
  return make_tuple(in, std::move(items));
}

Value new_type(Call& call) {
  Interpreter& in = call.in;
  const Arguments& raw = call.raw();
  Class* meta = raw.positional > 0 ? raw.values[0].as<Class>() : nullptr;
  if (meta == nullptr) type_error(in, "type.__new__(X): X is not a type object");
  if (raw.positional != 4)
    type_error(in, "type.__new__() takes exactly 3 arguments (" +
                       std::to_string(raw.positional - 1) + " given)");
  const Str* name = raw.values[1].as<Str>();
  const Tuple* bases = raw.values[2].as<Tuple>();
  Dict* dict = raw.values[3].as<Dict>();
  if (name == nullptr)
    type_error(in, "type.__new__() argument 1 must be str, not " +
                       std::string(in.type_name(raw.values[1])));
  if (bases == nullptr)
    type_error(in, "type.__new__() argument 2 must be tuple, not " +
                       std::string(in.type_name(raw.values[2])));
  if (dict == nullptr)
    type_error(in, "type.__new__() argument 3 must be dict, not " +
                       std::string(in.type_name(raw.values[3])));
  Kwargs keywords;
  for (std::size_t i = 0; i < raw.keywords; ++i) {
    keywords.emplace_back(static_cast<Str*>(raw.names[i].object()), raw.values[raw.positional + i]);
  }
  // The most derived metaclass of the bases wins.
  for (const Value& base : bases->items) {
    Class* other = base.is(Layout::Class) ? base.object()->cls() : nullptr;
    if (other != nullptr && other != meta && other->is_subclass_of(*meta)) meta = other;
  }
  const Value result = type_new(in, *meta, in.intern(name->view()), bases->items, *dict, keywords);
  Class& cls = *result.as<Class>();
  if (cls.dict().table.find(*names(in).qualname) == nullptr)
    cls.dict().table.set(names(in).qualname, raw.values[1]);
  if (cls.dict().table.find(*names(in).module) == nullptr && in.state().frame != nullptr) {
    const Value* module = in.state().frame->globals->table.find(*names(in).name);
    if (module != nullptr) cls.dict().table.set(names(in).module, *module);
  }
  return result;
}

void setup_type_class(Interpreter& in) {
  const auto self_class = [](const Value& self) -> Class& { return *self.as<Class>(); };
  ClassSetup(in, types(in).type)
      .make("__new__", new_type)
      .method("__init__", [](Call&) -> Value { return {}; })
      .method("__call__",
              [](Call& call) -> Value {
                Arguments rest = call.raw();
                Class& cls = class_argument(call, 0);
                ++rest.values;
                --rest.positional;
                return make_instance(call.in, cls, rest);
              })
      .method(
          "mro(self)",
          [](Call& call) -> Value { return class_list(call.in, class_argument(call, 0).mro()); })
      .method("__subclasses__(self)",
              [](Call& call) -> Value {
                return make_list(
                    call.in,
                    class_list(call.in, class_argument(call, 0).subclasses).as<Tuple>()->items);
              })
      .method("__instancecheck__(self, instance)",
              [](Call& call) -> Value {
                return Value(call.in.class_of(call[1])->is_subclass_of(class_argument(call, 0)));
              })
      .method("__subclasscheck__(self, cls)",
              [](Call& call) -> Value {
                return Value(class_argument(call, 1).is_subclass_of(class_argument(call, 0)));
              })
      .method("__or__(self, other)",
              [](Call& call) -> Value {
                return builtin_binary(call.in, ast::BinaryOp::Or, call[0], call[1]);
              })
      .method("__ror__(self, other)",
              [](Call& call) -> Value {
                return builtin_binary(call.in, ast::BinaryOp::Or, call[1], call[0]);
              })
      .get(
          "__name__",
          [=](Interpreter&, const Value& self) {
            return Value(static_cast<Object*>(self_class(self).name_str()));
          },
          [=](Interpreter& inner, const Value& self, const Value& value) {
            self_class(self).set_name(inner.intern(inner.view(value)));
          })
      .get(
          "__qualname__",
          [=](Interpreter& inner, const Value& self) {
            return class_text(inner, self, names(inner).qualname, self_class(self).name());
          },
          [=](Interpreter& inner, const Value& self, const Value& value) {
            self_class(self).set(names(inner).qualname, value);
          })
      .get(
          "__module__",
          [](Interpreter& inner, const Value& self) {
            return class_text(inner, self, names(inner).module, "builtins");
          },
          [=](Interpreter& inner, const Value& self, const Value& value) {
            self_class(self).set(names(inner).module, value);
          })
      .get(
          "__doc__",
          [=](Interpreter& inner, const Value& self) {
            const Value* doc = self_class(self).dict().table.find(*names(inner).doc);
            return doc == nullptr || doc->is(Layout::GetSet) ? Value::none() : *doc;
          },
          [=](Interpreter& inner, const Value& self, const Value& value) {
            self_class(self).set(names(inner).doc, value);
          })
      .get("__mro__", [=](Interpreter& inner,
                          const Value& self) { return class_list(inner, self_class(self).mro()); })
      .get("__bases__",
           [=](Interpreter& inner, const Value& self) {
             return class_list(inner, self_class(self).bases());
           })
      .get("__base__",
           [=](Interpreter&, const Value& self) {
             const Class& cls = self_class(self);
             return cls.bases().empty() ? Value::none()
                                        : Value(static_cast<Object*>(cls.bases()[0]));
           })
      .get(
          "__annotations__",
          [=](Interpreter& inner, const Value& self) {
            const Value* found = self_class(self).dict().table.find(*names(inner).annotations);
            if (found != nullptr && found->is(Layout::Dict)) return *found;
            Value made = make_dict(inner);
            if (self_class(self).from_script) self_class(self).set(names(inner).annotations, made);
            return made;
          },
          [=](Interpreter& inner, const Value& self, const Value& value) {
            self_class(self).set(names(inner).annotations, value);
          })
      .get("__dict__", dict_of);
}

}  // namespace

Value as_class(Interpreter& in, const Value& cls, Value plain) {
  Class* wanted = cls.as<Class>();
  if (wanted == nullptr) type_error(in, "X is not a type object");
  if (!wanted->from_script) return plain;
  switch (wanted->instance_layout()) {
    case Layout::Int:
      return make<IntObject>(wanted, to_big(plain));
    case Layout::Float:
      return make<FloatObject>(wanted, *in.to_double(plain));
    case Layout::Str:
      return make<Str>(wanted, Text(in.view(plain)));
    case Layout::Bytes:
      return make<Bytes>(wanted, Text(in.view(plain)));
    case Layout::Tuple:
      return make<Tuple>(wanted, plain.as<Tuple>()->items);
    default:
      return plain;
  }
}

Value plain_get_attr(Interpreter& in, const Value& object, Str* name) {
  // Without the class's own __getattribute__, which is usually who asks.
  Class& cls = *in.class_of(object);
  const Value* found = cls.lookup(name);
  const bool data = found != nullptr && (found->is(Layout::Property) || found->is(Layout::GetSet));
  if (!data && object.is_object() && object.object()->attributes() != nullptr) {
    if (const Value* own = object.object()->attributes()->table.find(*name)) return *own;
  }
  if (found != nullptr) {
    const Value held = *found;
    return bind(in, held, object, &cls);
  }
  attribute_error(in, object, name);
}

void setup_object(Interpreter& in) {
  setup_object_class(in);
  setup_type_class(in);
  for (Class* cls : {
#define CUPEL_PYTHON_TYPE(member, text) types(in).member,
           CUPEL_PYTHON_TYPES(CUPEL_PYTHON_TYPE)
#undef CUPEL_PYTHON_TYPE
       }) {
    static constexpr std::string_view kHidden[] = {"NoneType",
                                                   "NotImplementedType",
                                                   "ellipsis",
                                                   "iterator",
                                                   "dict_keys",
                                                   "dict_values",
                                                   "dict_items",
                                                   "cell",
                                                   "code",
                                                   "function",
                                                   "builtin_function_or_method",
                                                   "method",
                                                   "getset_descriptor",
                                                   "module",
                                                   "generator",
                                                   "lazy_import",
                                                   "mappingproxy",
                                                   "UnionType",
                                                   "GenericAlias",
                                                   "SimpleNamespace",
                                                   "traceback"};
    const bool hidden =
        std::find(std::begin(kHidden), std::end(kHidden), cls->name()) != std::end(kHidden);
    if (!hidden) in.state().builtins().table.set(cls->name_str(), Value(static_cast<Object*>(cls)));
  }
}

}  // namespace cupel::python
