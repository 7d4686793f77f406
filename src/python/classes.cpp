// SPDX-License-Identifier: MIT
// Making classes and objects of them.
#include "python/state.hpp"

namespace cupel::python {
namespace {

/// Bases that stand for others (Generic[T], NamedTuple) give them by __mro_entries__.
Values real_bases(Interpreter& in, std::span<const Value> bases, bool& changed) {
  Values out;
  for (const Value& given : bases) {
    const Value base = given.is(Layout::Lazy) ? resolve_lazy(in, given) : given;
    if (!base.is(Layout::Class)) {
      Value entries;
      if (find_attr(in, base, names(in).mro_entries, entries)) {
        const Value made = call(in, entries, {make_tuple(in, Values(bases.begin(), bases.end()))});
        for (const Value& item : in.items_of(made)) out.push_back(item);
        changed = true;
        continue;
      }
    }
    out.push_back(base);
  }
  return out;
}

Value metaclass_of(Interpreter& in, const Values& bases, Value wanted) {
  if (wanted.is_set() && !wanted.is(Layout::Class)) return wanted;  // any callable
  Class* winner = wanted.is_set() ? wanted.as<Class>() : types(in).type;
  for (const Value& base : bases) {
    Class* meta = base.is(Layout::Class) ? base.object()->cls() : in.class_of(base);
    if (winner->is_subclass_of(*meta)) continue;
    if (!meta->is_subclass_of(*winner)) {
      type_error(in,
                 "metaclass conflict: the metaclass of a derived class must be a (non-strict) "
                 "subclass of the "
                 "metaclasses of all its bases");
    }
    winner = meta;
  }
  return Value(static_cast<Object*>(winner));
}

/// Tells each attribute its name, as descriptors want it.
void set_names(Interpreter& in, const Value& cls, const Table& table) {
  for (std::size_t i = 0; i < table.slots(); ++i) {
    const Table::Entry entry = table.slot(i);
    if (!entry.key.is_set() || !entry.value.is(Layout::Instance)) continue;
    if (const Value* found = lookup_special(in, entry.value, names(in).set_name)) {
      const Value method = *found;
      call_special(in, method, entry.value, {cls, entry.key});
    }
  }
}

void init_subclass(Interpreter& in, Class& cls, const Kwargs& keywords) {
  for (std::size_t i = 1; i < cls.mro().size(); ++i) {
    const Value* found = cls.mro()[i]->dict().table.find(*names(in).init_subclass);
    if (found == nullptr) continue;
    const Value function =
        found->is(Layout::ClassMethod) ? found->as<ClassMethod>()->function : *found;
    const Value self(static_cast<Object*>(&cls));
    call_with(in, function, std::span<const Value>(&self, 1), keywords);
    return;
  }
  if (!keywords.empty()) {
    type_error(in, std::string(cls.name()) + ".__init_subclass__() takes no keyword arguments");
  }
}

void wrap_implicitly(Interpreter& in, Table& table) {
  for (Str* name : {names(in).init_subclass, names(in).class_getitem}) {
    const Value* found = table.find(*name);
    if (found != nullptr && found->is(Layout::Function)) {
      table.set(name, make<ClassMethod>(types(in).classmethod, *found));
    }
  }
  const Value* made = table.find(*names(in).new_);
  if (made != nullptr && made->is(Layout::Function)) {
    table.set(names(in).new_, make<StaticMethod>(types(in).staticmethod, *made));
  }
}

}  // namespace

Value type_new(Interpreter& in, Class& metaclass, Str* name, const Values& given_bases, Dict& given,
               const Kwargs& keywords) {
  std::vector<Class*> bases;
  for (const Value& base : given_bases) {
    Class* cls = base.as<Class>();
    if (cls == nullptr) {
      type_error(in, "bases must be types, not '" + std::string(in.type_name(base)) + "'");
    }
    if (cls->final) {
      type_error(in, "type '" + std::string(cls->name()) + "' is not an acceptable base type");
    }
    for (const Class* other : bases) {
      if (other == cls) type_error(in, "duplicate base class " + std::string(cls->name()));
    }
    bases.push_back(cls);
  }
  if (bases.empty()) bases.push_back(types(in).object);
  Layout layout = Layout::Instance;
  for (const Class* base : bases) {
    const Layout own = base->instance_layout();
    if (own == Layout::Instance) continue;
    if (layout != Layout::Instance && layout != own) {
      type_error(in, "multiple bases have instance lay-out conflict");
    }
    layout = own;
  }
  auto* dict = new Dict(types(in).dict);
  const Value dict_holder(static_cast<Object*>(dict));
  for (std::size_t i = 0; i < given.table.slots(); ++i) {
    const Table::Entry& entry = given.table.slot(i);
    if (entry.key.is(Layout::Str)) {
      dict->table.set(in.intern(entry.key.as<Str>()->view()), entry.value);
    }
  }
  const Value cell = dict->table.erase(*names(in).classcell);
  wrap_implicitly(in, dict->table);
  if (dict->table.find(*names(in).eq) != nullptr && dict->table.find(*names(in).hash) == nullptr) {
    dict->table.set(names(in).hash, Value::none());
  }
  in.state().heap.forget();
  auto* cls = new Class(&metaclass, in.state().heap, name, bases, dict);
  const Value holder(static_cast<Object*>(cls));
  if (cls->mro().empty()) {
    std::string list;
    for (const Class* base : bases) list += (list.empty() ? "" : ", ") + std::string(base->name());
    type_error(in, "Cannot create a consistent method resolution\norder (MRO) for bases " + list);
  }
  cls->from_script = true;
  cls->has_attributes = true;
  if (cell.is(Layout::Cell)) cell.as<Cell>()->value = holder;
  set_names(in, holder, dict->table);
  init_subclass(in, *cls, keywords);
  return holder;
}

Value build_class(Interpreter& in, const Value& body, std::string_view name,
                  std::span<const Value> bases, const Kwargs& given) {
  Kwargs keywords;
  Value wanted;
  for (const auto& [key, value] : given) {
    if (key == names(in).metaclass) {
      wanted = value.is(Layout::Lazy) ? resolve_lazy(in, value) : value;
    } else {
      keywords.emplace_back(key, value);
    }
  }
  bool changed = false;
  const Values real = real_bases(in, bases, changed);
  const Value metaclass = metaclass_of(in, real, wanted);
  const Value name_value(static_cast<Object*>(in.intern(name)));
  const Value base_tuple = make_tuple(in, real);
  Value own_names;
  Value prepare;
  if (find_attr(in, metaclass, names(in).prepare, prepare)) {
    const Value arguments[] = {name_value, base_tuple};
    own_names = call_with(in, prepare, arguments, keywords);
  } else {
    own_names = make_dict(in);
  }
  run_class_body(in, *body.as<Function>(), own_names);
  if (changed) {
    set_item(in, own_names, Value(static_cast<Object*>(in.intern("__orig_bases__"))),
             make_tuple(in, Values(bases.begin(), bases.end())));
  }
  const Value arguments[] = {name_value, base_tuple, own_names};
  return call_with(in, metaclass, arguments, keywords);
}

// --- objects ----------------------------------------------------------------------------------

Value new_object(Interpreter& in, Class& cls) {
  if (cls.abstract) {
    Value methods;
    find_attr(in, Value(static_cast<Object*>(&cls)), in.intern("__abstractmethods__"), methods);
    std::vector<std::string> list;
    if (methods.is_set()) {
      for (const Value& item : in.items_of(methods)) list.push_back(in.str_of(item));
    }
    std::sort(list.begin(), list.end());
    std::string text;
    for (const std::string& item : list) text += (text.empty() ? "" : ", ") + item;
    if (!list.empty()) {
      type_error(in, "Can't instantiate abstract class " + std::string(cls.name()) +
                         " with abstract method" + (list.size() == 1 ? " " : "s ") + text);
    }
  }
  switch (cls.instance_layout()) {
    case Layout::Instance:
      return make<Instance>(&cls);
    case Layout::Int:
      return make<IntObject>(&cls, BigInt());
    case Layout::Float:
      return make<FloatObject>(&cls, 0.0);
    case Layout::Str:
      return make<Str>(&cls, Text());
    case Layout::Bytes:
      return make<Bytes>(&cls, Text());
    case Layout::List:
      return make<List>(&cls);
    case Layout::Tuple:
      return make<Tuple>(&cls);
    case Layout::Dict:
      return make<Dict>(&cls);
    case Layout::Set:
      return make<Set>(&cls, cls.frozen_set);
    case Layout::Exception:
      return make<ExceptionObject>(&cls, Values());
    default:
      break;
  }
  type_error(in, "cannot create '" + std::string(cls.name()) + "' instances");
}

Value call_class(Interpreter& in, Class& cls, const Arguments& arguments) {
  const Value self(static_cast<Object*>(&cls));
  Class& meta = *cls.cls();
  if (meta.from_script) {
    const Value* custom = lookup_override(in, self, names(in).call);
    if (custom != nullptr) {
      const Value method = *custom;
      return call_with_self(in, method, self, arguments);
    }
  }
  return make_instance(in, cls, arguments);
}

// What type.__call__ does: __new__, then __init__ if that gave an object of the class.
Value make_instance(Interpreter& in, Class& cls, const Arguments& arguments) {
  in.check_stack();
  const Value self(static_cast<Object*>(&cls));
  if (&cls == types(in).type && arguments.positional == 1 && arguments.keywords == 0) {
    return Value(static_cast<Object*>(in.class_of(arguments.values[0])));
  }
  const Value* found_new = cls.lookup(names(in).new_);
  const Value* found_init = cls.lookup(names(in).init);
  const Value new_method = found_new != nullptr && found_new->is(Layout::StaticMethod)
                               ? found_new->as<StaticMethod>()->function
                           : found_new != nullptr ? *found_new
                                                  : Value();
  const Value init_method = found_init != nullptr ? *found_init : Value();
  const bool plain_new = new_method.same(in.state().default_new);
  const bool plain_init = init_method.same(in.state().default_init);
  if (plain_new && plain_init && arguments.positional + arguments.keywords > 0) {
    type_error(in, std::string(cls.name()) + "() takes no arguments");
  }
  const Value object =
      plain_new ? new_object(in, cls) : call_with_self(in, new_method, self, arguments);
  if (plain_init || !in.class_of(object)->is_subclass_of(cls)) return object;
  const Value result = call_special_with(in, init_method, object, arguments);
  if (!result.is_none()) {
    type_error(in,
               "__init__() should return None, not '" + std::string(in.type_name(result)) + "'");
  }
  return object;
}

Value call_special_with(Interpreter& in, const Value& method, const Value& self,
                        const Arguments& arguments) {
  if (method.is(Layout::Function) || method.is(Layout::Native)) {
    return call_with_self(in, method, self, arguments);
  }
  return call(in, bind(in, method, self, in.class_of(self)), arguments);
}

// --- isinstance -------------------------------------------------------------------------------

namespace {

bool check_with(Interpreter& in, const Value& cls, Str* name, const Value& argument, bool& answer) {
  if (!cls.is_object()) return false;
  const Value* found = cls.object()->cls()->from_script ? lookup_override(in, cls, name) : nullptr;
  if (found == nullptr) return false;
  const Value method = *found;
  answer = in.truth(call_special(in, method, cls, {argument}));
  return true;
}

bool check_any(Interpreter& in, const Value& argument, const Value& type,
               bool (*one)(Interpreter&, const Value&, const Value&)) {
  in.check_stack();
  const Values items = type.as<Tuple>()->items;
  for (const Value& item : items) {
    if (one(in, argument, item)) return true;
  }
  return false;
}

}  // namespace

bool is_instance(Interpreter& in, const Value& object, const Value& type) {
  if (type.is(Layout::Tuple)) return check_any(in, object, type, is_instance);
  if (type.is(Layout::Lazy)) return is_instance(in, object, resolve_lazy(in, type));
  if (object.is(Layout::Lazy)) return is_instance(in, resolve_lazy(in, object), type);
  bool answer = false;
  if (check_with(in, type, names(in).instancecheck, object, answer)) return answer;
  if (const Class* cls = type.as<Class>()) {
    if (in.class_of(object)->is_subclass_of(*cls)) return true;
    return false;
  }
  Value members;
  if (in.class_of(type) == types(in).union_ &&
      find_attr(in, type, in.intern("__args__"), members)) {
    return is_instance(in, object, members);
  }
  type_error(in, "isinstance() arg 2 must be a type, a tuple of types, or a union");
}

bool is_subclass(Interpreter& in, const Value& cls, const Value& type) {
  if (type.is(Layout::Tuple)) return check_any(in, cls, type, is_subclass);
  if (type.is(Layout::Lazy)) return is_subclass(in, cls, resolve_lazy(in, type));
  if (cls.is(Layout::Lazy)) return is_subclass(in, resolve_lazy(in, cls), type);
  bool answer = false;
  if (check_with(in, type, names(in).subclasscheck, cls, answer)) return answer;
  const Class* own = cls.as<Class>();
  if (own == nullptr) type_error(in, "issubclass() arg 1 must be a class");
  Value members;
  if (in.class_of(type) == types(in).union_ &&
      find_attr(in, type, in.intern("__args__"), members)) {
    return is_subclass(in, cls, members);
  }
  const Class* other = type.as<Class>();
  if (other == nullptr)
    type_error(in, "issubclass() arg 2 must be a class, a tuple of classes, or a union");
  return own->is_subclass_of(*other);
}

bool is_type_like(const Value& value) { return value.is(Layout::Class) || value.is_none(); }

// --- the public face --------------------------------------------------------------------------

Class& Interpreter::make_class(std::string_view name, std::vector<Class*> bases,
                               std::string_view module) {
  State& state = *state_;
  if (bases.empty()) bases.push_back(state.types.object);
  auto* dict = new Dict(state.types.dict);
  Class* metaclass = bases[0]->cls();  // before the bases move away
  auto* cls = new Class(metaclass, state.heap, intern(name), std::move(bases), dict);
  cls->from_script = true;
  cls->set(state.names.module, Value(static_cast<Object*>(intern(module))));
  cls->set(state.names.qualname, Value(static_cast<Object*>(intern(name))));
  state.heap.forget();
  return *cls;
}

Class& Interpreter::add_class(Module& module, std::string_view name, std::vector<Class*> bases) {
  Class& cls = make_class(name, std::move(bases), module.name());
  add(module, name, Value(static_cast<Object*>(&cls)));
  return cls;
}

Value Interpreter::make_class(const Value& metaclass, std::string_view name,
                              std::vector<Value> bases, Dict& names) {
  const Value arguments[] = {str(name), tuple(std::move(bases)),
                             Value(static_cast<Object*>(&names))};
  return call(metaclass, arguments);
}

void Interpreter::add_method(Class& cls, std::string_view signature, NativeCode code) {
  auto* made =
      new NativeFunction(types(*this).native, std::string(signature), std::move(code), true);
  const Value holder(static_cast<Object*>(made));
  made->owner = &cls;
  cls.set(intern(made->name()), holder);
}

void Interpreter::add_class_method(Class& cls, std::string_view signature, NativeCode code) {
  auto* made =
      new NativeFunction(types(*this).native, std::string(signature), std::move(code), true);
  const Value holder(static_cast<Object*>(made));
  made->owner = &cls;
  made->takes_class = true;
  cls.set(intern(made->name()), make<ClassMethod>(types(*this).classmethod, holder));
}

void Interpreter::add_static_method(Class& cls, std::string_view signature, NativeCode code) {
  auto* made =
      new NativeFunction(types(*this).native, std::string(signature), std::move(code), false);
  const Value holder(static_cast<Object*>(made));
  if (made->name() == "__new__") {
    made->owner = &cls;
    made->takes_class = true;
  }
  cls.set(intern(made->name()), make<StaticMethod>(types(*this).staticmethod, holder));
}

void Interpreter::add_property(
    Class& cls, std::string_view name, std::function<Value(Interpreter&, const Value& self)> get,
    std::function<void(Interpreter&, const Value& self, const Value& value)> set) {
  cls.set(intern(name),
          make<GetSet>(types(*this).getset, std::string(name), std::move(get), std::move(set)));
}

Value Interpreter::function(std::string_view signature, NativeCode code) {
  return make<NativeFunction>(types(*this).native, std::string(signature), std::move(code), false);
}

Value Interpreter::add_function(Module& module, std::string_view signature, NativeCode code) {
  Value made = function(signature, std::move(code));
  add(module, made.as<NativeFunction>()->name(), made);
  return made;
}

void Interpreter::add(Module& module, std::string_view name, Value value) {
  module.dict().table.set(intern(name), std::move(value));
}

Class& Interpreter::builtin_class(std::string_view name) const {
  const Value* found = state_->builtins().table.find(name);
  Class* cls = found == nullptr ? nullptr : found->as<Class>();
  if (cls == nullptr) throw Bug("no built-in class '" + std::string(name) + "'");
  return *cls;
}

Module& Interpreter::builtins() { return *state_->builtins_module.as<Module>(); }

}  // namespace cupel::python
