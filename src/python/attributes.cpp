// SPDX-License-Identifier: MIT
// Attributes: where they are looked for, and how what is found on a class is bound.
#include "python/state.hpp"

namespace cupel::python {
namespace {

bool load(Interpreter& in, const Value& object, Str* name, Value& out);

/// Has the object's class a method of this name by itself, as descriptors do?
const Value* descriptor_method(Interpreter&, const Value& found, Str* name) {
  if (!found.is(Layout::Instance)) return nullptr;
  return found.object()->cls()->lookup(name);
}

Value get_property(Interpreter& in, const Property& property, const Value& self) {
  if (!property.get.is_set() || property.get.is_none()) {
    in.raise(*types(in).attribute_error,
             "property of '" + std::string(in.type_name(self)) + "' object has no getter");
  }
  const Value get = property.get;
  return call_with_self(in, get, self, Arguments{});
}

bool is_data_descriptor(Interpreter& in, const Value& found) {
  return found.is(Layout::Property) || found.is(Layout::GetSet) ||
         descriptor_method(in, found, names(in).set) != nullptr;
}

bool load_from_class(Interpreter& in, Class& cls, Str* name, Value& out) {
  Class& meta = *cls.cls();
  const Value self(static_cast<Object*>(&cls));
  const Value* of_meta = meta.lookup(name);
  if (of_meta != nullptr && is_data_descriptor(in, *of_meta)) {
    const Value held = *of_meta;
    out = bind(in, held, self, &meta);
    return true;
  }
  if (const Value* found = cls.lookup(name)) {
    const Value held = *found;
    switch (held.is_object() ? held.object()->layout() : Layout::Str) {
      case Layout::ClassMethod:
        out = make<Method>(types(in).method, held.as<ClassMethod>()->function, self);
        break;
      case Layout::StaticMethod:
        out = held.as<StaticMethod>()->function;
        break;
      case Layout::Lazy: {
        out = resolve_lazy(in, held);
        break;
      }
      case Layout::Instance:
        if (const Value* get = descriptor_method(in, held, names(in).get)) {
          const Value method = *get;
          out = call_special(in, method, held, {Value::none(), self});
          break;
        }
        out = held;
        break;
      default:
        out = held;
    }
    return true;
  }
  if (of_meta != nullptr) {
    const Value held = *of_meta;
    out = bind(in, held, self, &meta);
    return true;
  }
  if (const Value* getattr = meta.lookup(names(in).getattr)) {
    const Value method = *getattr;
    out = call_special(in, method, self, {Value(name)});
    return true;
  }
  return false;
}

bool load_from_module(Interpreter& in, const Value& object, Str* name, Value& out) {
  Module& module = *object.as<Module>();
  if (module.state == Module::State::Unread || module.state == Module::State::Missing ||
      module.state == Module::State::Failed) {
    if (name == names(in).name) {
      out = make_str(in, module.name());
      return true;
    }
    load_module(in, module);
  }
  Table& table = module.dict().table;
  if (const Value* found = table.find(*name)) {
    out = *found;
    if (out.is(Layout::Lazy)) {
      const Value lazy = out;
      out = resolve_lazy(in, lazy);
      const Value* now = table.find(*name);
      if (now != nullptr && now->same(lazy)) table.set(name, out);
    }
    return true;
  }
  if (name == names(in).dict) {
    out = Value(static_cast<Object*>(&module.dict()));
    return true;
  }
  // A module's own __getattr__, and its submodules.
  if (const Value* getattr = table.find(*names(in).getattr)) {
    const Value function = *getattr;
    out = call(in, function, {Value(name)});
    return true;
  }
  if (module.package) {
    const Value submodule =
        import_module(in, std::string(module.name()) + "." + name->str(), false);
    if (submodule.is(Layout::Module) && submodule.as<Module>()->state != Module::State::Missing) {
      table.set(name, submodule);
      out = submodule;
      return true;
    }
  }
  return false;
}

bool load_from_super(Interpreter& in, const Super& super, Str* name, Value& out) {
  if (name == names(in).class_) {
    out = Value(static_cast<Object*>(types(in).super));
    return true;
  }
  const std::vector<Class*>& mro = super.self_class->mro();
  bool behind = false;
  for (Class* cls : mro) {
    if (behind) {
      if (const Value* found = cls->dict().table.find(*name)) {
        const Value held = *found;
        // super() in a class method: the class itself is self.
        if (super.self.is(Layout::Class) && super.self.object() == super.self_class) {
          if (held.is(Layout::ClassMethod)) {
            out = make<Method>(types(in).method, held.as<ClassMethod>()->function, super.self);
          } else if (held.is(Layout::StaticMethod)) {
            out = held.as<StaticMethod>()->function;
          } else {
            out = held;
          }
          return true;
        }
        out = bind(in, held, super.self, super.self_class);
        return true;
      }
    }
    behind = behind || cls == super.start;
  }
  return false;
}

bool load(Interpreter& in, const Value& object, Str* name, Value& out) {
  if (object.is_object()) {
    switch (object.object()->layout()) {
      case Layout::Class:
        return load_from_class(in, *object.as<Class>(), name, out);
      case Layout::Module:
        return load_from_module(in, object, name, out);
      case Layout::Super:
        if (load_from_super(in, *object.as<Super>(), name, out)) return true;
        break;
      case Layout::Lazy:
        return load(in, resolve_lazy(in, object), name, out);
      default:
        break;
    }
  }
  Class& cls = *in.class_of(object);
  if (cls.from_script) {
    const Value* custom = cls.lookup(names(in).getattribute);
    if (custom != nullptr && custom->is(Layout::Function)) {
      const Value method = *custom;
      try {
        out = call_special(in, method, object, {Value(name)});
        return true;
      } catch (const Raised& raised) {
        if (!exception_matches(in, raised.exception, Value(types(in).attribute_error))) throw;
        const Value* getattr = cls.lookup(names(in).getattr);
        if (getattr == nullptr) throw;
        const Value held = *getattr;
        out = call_special(in, held, object, {Value(name)});
        return true;
      }
    }
  }
  const Value* found = cls.lookup(name);
  if (found != nullptr && is_data_descriptor(in, *found)) {
    const Value held = *found;
    out = bind(in, held, object, &cls);
    return true;
  }
  if (object.is_object() && object.object()->attributes() != nullptr) {
    if (const Value* own = object.object()->attributes()->table.find(*name)) {
      out = *own;
      return true;
    }
  }
  if (found != nullptr) {
    const Value held = *found;
    out = bind(in, held, object, &cls);
    return true;
  }
  if (const Method* method = object.as<Method>()) return load(in, method->function, name, out);
  if (const Value* getattr = cls.lookup(names(in).getattr)) {
    const Value held = *getattr;
    out = call_special(in, held, object, {Value(name)});
    return true;
  }
  return false;
}

}  // namespace

Value bind(Interpreter& in, const Value& found, const Value& self, Class* owner) {
  if (!found.is_object()) return found;
  switch (found.object()->layout()) {
    case Layout::Function:
      return make<Method>(types(in).method, found, self);
    case Layout::Native:
      return found.as<NativeFunction>()->binds ? make<Method>(types(in).method, found, self)
                                               : found;
    case Layout::Property:
      return get_property(in, *found.as<Property>(), self);
    case Layout::GetSet:
      return found.as<GetSet>()->get(in, self);
    case Layout::StaticMethod:
      return found.as<StaticMethod>()->function;
    case Layout::ClassMethod:
      return make<Method>(types(in).method, found.as<ClassMethod>()->function,
                          Value(static_cast<Object*>(owner)));
    case Layout::Lazy:
      return resolve_lazy(in, found);
    case Layout::Instance:
      if (const Value* get = descriptor_method(in, found, names(in).get)) {
        const Value method = *get;
        return call_special(in, method, found, {self, Value(static_cast<Object*>(owner))});
      }
      return found;
    default:
      return found;
  }
}

bool find_method(Interpreter& in, const Value& object, Str* name, Value& out) {
  if (object.is_object()) {
    switch (object.object()->layout()) {
      case Layout::Class:
      case Layout::Module:
      case Layout::Super:
      case Layout::Lazy:
      case Layout::Method:
        return false;
      default:
        break;
    }
    if (const Dict* own = object.object()->attributes()) {
      if (own->table.find(*name) != nullptr) return false;
    }
  }
  const Class& cls = *in.class_of(object);
  if (cls.from_script) {
    const Value* custom = cls.lookup(names(in).getattribute);
    if (custom != nullptr && custom->is(Layout::Function)) return false;
  }
  const Value* found = cls.lookup(name);
  if (found == nullptr) return false;
  const bool binds = found->is(Layout::Function) ||
                     (found->is(Layout::Native) && found->as<NativeFunction>()->binds);
  if (binds) out = *found;
  return binds;
}

Value get_attr(Interpreter& in, const Value& object, Str* name) {
  Value out;
  if (!load(in, object, name, out)) attribute_error(in, object, name);
  return out.is_set() ? out : Value::none();
}

bool find_attr(Interpreter& in, const Value& object, Str* name, Value& out) {
  try {
    return load(in, object, name, out);
  } catch (const Raised& raised) {
    if (!exception_matches(in, raised.exception, Value(types(in).attribute_error))) throw;
    return false;
  }
}

// --- setting ----------------------------------------------------------------------------------

void set_attr(Interpreter& in, const Value& object, Str* name, const Value& value) {
  if (object.is(Layout::Lazy)) return set_attr(in, resolve_lazy(in, object), name, value);
  if (Module* module = object.as<Module>()) {
    if (module->state == Module::State::Unread) load_module(in, *module);
    module->dict().table.set(name, value);
    return;
  }
  Class& cls = *in.class_of(object);
  const Value* custom = cls.lookup(names(in).setattr);
  if (custom != nullptr && !custom->same(in.state().default_setattr)) {
    const Value method = *custom;
    call_special(in, method, object, {Value(name), value});
    return;
  }
  plain_set_attr(in, object, name, value);
}

void plain_set_attr(Interpreter& in, const Value& object, Str* name, const Value& value) {
  Class& cls = *in.class_of(object);
  if (const Value* found = cls.lookup(name)) {
    const Value held = *found;
    if (const Property* property = held.as<Property>()) {
      if (!property->set.is_set() || property->set.is_none()) {
        in.raise(*types(in).attribute_error, "property '" + name->str() + "' of '" +
                                                 std::string(cls.name()) +
                                                 "' object has no setter");
      }
      const Value set = property->set;
      call_with_self(in, set, object, Arguments{&value, 1, nullptr, 0});
      return;
    }
    if (const GetSet* getset = held.as<GetSet>()) {
      if (!getset->set) {
        in.raise(*types(in).attribute_error, "attribute '" + name->str() + "' of '" +
                                                 std::string(cls.name()) +
                                                 "' objects is not writable");
      }
      getset->set(in, object, value);
      return;
    }
    if (const Value* set = descriptor_method(in, held, names(in).set)) {
      const Value method = *set;
      call_special(in, method, held, {object, value});
      return;
    }
  }
  if (Class* target = object.as<Class>()) {
    if (!target->from_script) {
      type_error(in, "cannot set '" + name->str() + "' attribute of immutable type '" +
                         std::string(target->name()) + "'");
    }
    target->set(name, value);
    if (name->view() == "__abstractmethods__") target->abstract = in.truth(value);
    return;
  }
  if (!object.is_object() || !cls.has_attributes) attribute_error(in, object, name);
  object.object()->make_attributes().table.set(name, value);
}

void del_attr(Interpreter& in, const Value& object, Str* name) {
  if (object.is(Layout::Lazy)) return del_attr(in, resolve_lazy(in, object), name);
  Class& cls = *in.class_of(object);
  const Value* custom = cls.lookup(names(in).delattr);
  if (custom != nullptr && !custom->same(in.state().default_delattr)) {
    const Value method = *custom;
    call_special(in, method, object, {Value(name)});
    return;
  }
  plain_del_attr(in, object, name);
}

void plain_del_attr(Interpreter& in, const Value& object, Str* name) {
  Class& cls = *in.class_of(object);
  if (const Value* found = cls.lookup(name)) {
    const Value held = *found;
    if (const Property* property = held.as<Property>()) {
      if (!property->erase.is_set() || property->erase.is_none()) {
        in.raise(*types(in).attribute_error, "property '" + name->str() + "' of '" +
                                                 std::string(cls.name()) +
                                                 "' object has no deleter");
      }
      const Value erase = property->erase;
      call_with_self(in, erase, object, Arguments{});
      return;
    }
    if (const Value* erase = descriptor_method(in, held, names(in).delete_)) {
      const Value method = *erase;
      call_special(in, method, held, {object});
      return;
    }
  }
  bool gone = false;
  if (Module* module = object.as<Module>()) {
    gone = module->dict().table.erase(*name).is_set();
  } else if (Class* target = object.as<Class>()) {
    gone = target->from_script && target->erase(name);
  } else if (object.is_object() && object.object()->attributes() != nullptr) {
    gone = object.object()->attributes()->table.erase(*name).is_set();
  }
  if (!gone) attribute_error(in, object, name);
}

// --- special methods --------------------------------------------------------------------------

const Value* lookup_special(Interpreter& in, const Value& object, Str* name) {
  if (object.is(Layout::Lazy)) return lookup_special(in, resolve_lazy(in, object), name);
  const Value* found = in.class_of(object)->lookup(name);
  return found != nullptr && found->is_none() ? nullptr : found;
}

const Value* lookup_override(Interpreter&, const Value& object, Str* name) {
  if (!object.is_object()) return nullptr;
  const Class& cls = *object.object()->cls();
  if (!cls.from_script) return nullptr;
  const Value* found = cls.lookup(name);
  if (found == nullptr || found->is_none()) return nullptr;
  // What a built-in class has is done by C++ anyway.
  const NativeFunction* function = found->as<NativeFunction>();
  return function != nullptr && function->builtin ? nullptr : found;
}

Value call_special(Interpreter& in, const Value& method, const Value& self,
                   std::initializer_list<Value> args) {
  const Arguments arguments{args.begin(), args.size(), nullptr, 0};
  if (method.is(Layout::Function) || method.is(Layout::Native)) {
    return call_with_self(in, method, self, arguments);
  }
  return call(in, bind(in, method, self, in.class_of(self)), arguments);
}

Value resolve_lazy(Interpreter& in, const Value& value) {
  const Value held = value;
  const Lazy& lazy = *held.as<Lazy>();
  if (!lazy.module.is_set()) in.raise(*types(in).module_not_found, lazy.error);
  return import_from(in, lazy.module, lazy.name, true);
}

// --- the public face --------------------------------------------------------------------------

Value Interpreter::attribute(const Value& object, std::string_view name) {
  return guarded([&] { return get_attr(*this, object, intern(name)); });
}
Value Interpreter::find_attribute(const Value& object, std::string_view name) {
  return guarded([&] {
    Value out;
    return find_attr(*this, object, intern(name), out) ? out : Value();
  });
}
void Interpreter::set_attribute(const Value& object, std::string_view name, const Value& value) {
  guarded([&] { set_attr(*this, object, intern(name), value); });
}

}  // namespace cupel::python
