// SPDX-License-Identifier: MIT
// function, method, property, staticmethod, classmethod, super, module, generator.
#include "cupel/python/parse.hpp"
#include "python/setup.hpp"

namespace cupel::python {
namespace {

/// Annotations are kept as text; each is evaluated now, or stays text if it cannot be.
Value annotations_of(Interpreter& in, Function& function) {
  if (function.annotations.is(Layout::Dict)) return function.annotations;
  Value dict = make_dict(in);
  if (const Tuple* pairs = function.annotations.as<Tuple>()) {
    for (std::size_t i = 0; i + 1 < pairs->items.size(); i += 2) {
      Value value = pairs->items[i + 1];
      try {
        const Value code =
            compile(in, parse_expression(std::string(in.view(value)), "<annotation>"), true);
        value = run_code(in, *code.as<Code>(), function.globals(), function.globals());
      } catch (const Raised&) {
      } catch (const ScriptError&) {
      }
      dict.as<Dict>()->table.set(in, pairs->items[i], value);
    }
  }
  function.annotations = dict;
  return dict;
}

Value function_text(Interpreter& in, const Value& self, bool qualified) {
  if (const auto* function = self.as<Function>())
    return Value(static_cast<Object*>(qualified ? function->qualified_name : function->name));
  if (const auto* native = self.as<NativeFunction>()) return make_str(in, native->name());
  if (const auto* method = self.as<Method>()) return function_text(in, method->function, qualified);
  if (const auto* generator = self.as<Generator>())
    return Value(static_cast<Object*>(generator->frame.code->name));
  return Value::none();
}

Value module_of_function(Interpreter&, const Value& self) {
  const auto* function = self.as<Function>();
  return function != nullptr && function->module.is_set() ? function->module : Value::none();
}

Value get_defaults(Interpreter& in, const Value& self) {
  const auto* function = self.as<Function>();
  return function == nullptr || function->defaults.empty() ? Value::none()
                                                           : make_tuple(in, function->defaults);
}

Value get_keyword_defaults(Interpreter& in, const Value& self) {
  const auto* function = self.as<Function>();
  if (function == nullptr || function->keyword_defaults.empty()) return Value::none();
  Value dict = make_dict(in);
  const Parameters& parameters = function->code().parameters;
  for (std::size_t i = 0; i < function->keyword_defaults.size(); ++i) {
    if (!function->keyword_defaults[i].is_set()) continue;
    dict.as<Dict>()->table.set(in, parameters.names[parameters.positional + i],
                               function->keyword_defaults[i]);
  }
  return dict;
}

Value code_of(Interpreter& in, const Value& self) {
  Code& code = self.as<Function>()->code();
  Value made = in.instance(*types(in).simple_namespace);
  Table& table = made.object()->make_attributes().table;
  const Parameters& parameters = code.parameters;
  Values locals;
  for (Str* name : code.locals) locals.push_back(Value(static_cast<Object*>(name)));
  const auto set = [&](const char* name, Value value) {
    table.set(in.intern(name), std::move(value));
  };
  set("co_name", Value(static_cast<Object*>(code.name)));
  set("co_filename", make_str(in, code.source->file));
  set("co_firstlineno", Value(code.source->at(code.first_offset).line));
  set("co_argcount", Value(parameters.positional));
  set("co_posonlyargcount", Value(parameters.positional_only));
  set("co_kwonlyargcount", Value(parameters.keyword_only));
  set("co_varnames", make_tuple(in, locals));
  set("co_flags", Value(static_cast<int>((parameters.args ? 4 : 0) | (parameters.kwargs ? 8 : 0) |
                                         (code.generator ? 32 : 0) | (code.is_async ? 128 : 0))));
  return made;
}

Value call_itself(Call& call) {
  Arguments rest = call.raw();
  if (rest.positional == 0) type_error(call.in, "__call__ needs an argument");
  const Value function = rest.values[0];
  ++rest.values;
  --rest.positional;
  return python::call(call.in, function, rest);
}

void setup_function_class(Interpreter& in) {
  const auto set_name = [](Interpreter& inner, const Value& self, const Value& value) {
    if (auto* function = self.as<Function>()) function->name = inner.intern(inner.view(value));
  };
  ClassSetup(in, types(in).function)
      .get(
          "__name__",
          [](Interpreter& inner, const Value& self) { return function_text(inner, self, false); },
          set_name)
      .get(
          "__qualname__",
          [](Interpreter& inner, const Value& self) { return function_text(inner, self, true); },
          [](Interpreter& inner, const Value& self, const Value& value) {
            self.as<Function>()->qualified_name = inner.intern(inner.view(value));
          })
      .get("__module__", module_of_function,
           [](Interpreter&, const Value& self, const Value& value) {
             self.as<Function>()->module = value;
           })
      .get("__defaults__", get_defaults)
      .get("__kwdefaults__", get_keyword_defaults)
      .get("__globals__",
           [](Interpreter&, const Value& self) {
             return Value(static_cast<Object*>(&self.as<Function>()->globals()));
           })
      .get("__code__", code_of)
      .get("__closure__",
           [](Interpreter& inner, const Value& self) {
             const auto& closure = self.as<Function>()->closure;
             return closure.empty() ? Value::none() : make_tuple(inner, closure);
           })
      .get(
          "__annotations__",
          [](Interpreter& inner, const Value& self) {
            return annotations_of(inner, *self.as<Function>());
          },
          [](Interpreter&, const Value& self, const Value& value) {
            self.as<Function>()->annotations = value;
          })
      .method("__get__(self, instance, owner=None)",
              [](Call& call) -> Value {
                return call.is_none(1) ? call[0]
                                       : make<Method>(types(call.in).method, call[0], call[1]);
              })
      .method("__call__", call_itself);
  for (Class* cls : {types(in).native, types(in).method})
    ClassSetup(in, cls).method("__call__", call_itself);
  for (Class* cls : {types(in).native, types(in).method, types(in).generator}) {
    ClassSetup(in, cls)
        .get("__name__", [](Interpreter& inner,
                            const Value& self) { return function_text(inner, self, false); })
        .get("__qualname__", [](Interpreter& inner, const Value& self) {
          return function_text(inner, self, true);
        });
  }
  ClassSetup(in, types(in).native)
      .get("__module__",
           [](Interpreter& inner, const Value&) { return make_str(inner, "builtins"); })
      .get("__doc__", [](Interpreter&, const Value& self) {
        const auto* native = self.as<NativeFunction>();
        return native != nullptr && native->doc.is_set() ? native->doc : Value::none();
      });
  ClassSetup(in, types(in).method)
      .get("__self__", [](Interpreter&, const Value& self) { return self.as<Method>()->self; })
      .get("__func__", [](Interpreter&, const Value& self) { return self.as<Method>()->function; })
      .get("__doc__", [](Interpreter& inner, const Value& self) {
        return get_attr(inner, self.as<Method>()->function, names(inner).doc);
      });
  ClassSetup(in, types(in).cell).get("cell_contents", [](Interpreter& inner, const Value& self) {
    const Value& value = self.as<Cell>()->value;
    if (!value.is_set()) value_error(inner, "Cell is empty");
    return value;
  });
}

// --- property and its like --------------------------------------------------------------------

Value copy_property(Call& call, Value Property::*part) {
  const Property* old = call[0].as<Property>();
  Value made = make<Property>(call[0].object()->cls());
  Property& property = *made.as<Property>();
  property.get = old->get;
  property.set = old->set;
  property.erase = old->erase;
  property.doc = old->doc;
  property.*part = call[1];
  return made;
}

void setup_property(Interpreter& in) {
  ClassSetup(in, types(in).property)
      .make("__new__(cls, *args, **kwargs)",
            [](Call& call) -> Value { return make<Property>(call[0].as<Class>()); })
      .method("__init__(self, fget=None, fset=None, fdel=None, doc=None)",
              [](Call& call) -> Value {
                Property& property = *call[0].as<Property>();
                property.get = call[1];
                property.set = call[2];
                property.erase = call[3];
                property.doc = call[4];
                if (call.is_none(4)) {
                  Value doc;
                  if (!call.is_none(1) && find_attr(call.in, call[1], names(call.in).doc, doc))
                    property.doc = doc;
                }
                return {};
              })
      .method("getter(self, function)",
              [](Call& call) -> Value { return copy_property(call, &Property::get); })
      .method("setter(self, function)",
              [](Call& call) -> Value { return copy_property(call, &Property::set); })
      .method("deleter(self, function)",
              [](Call& call) -> Value { return copy_property(call, &Property::erase); })
      .method("__get__(self, instance, owner=None)",
              [](Call& call) -> Value {
                return call.is_none(1) ? call[0]
                                       : bind(call.in, call[0], call[1], call.in.class_of(call[1]));
              })
      .get("fget", [](Interpreter&, const Value& self) { return self.as<Property>()->get; })
      .get("fset", [](Interpreter&, const Value& self) { return self.as<Property>()->set; })
      .get("fdel", [](Interpreter&, const Value& self) { return self.as<Property>()->erase; })
      .get("__isabstractmethod__", [](Interpreter& inner, const Value& self) {
        Value flag;
        const Value& get = self.as<Property>()->get;
        return Value(get.is_set() &&
                     find_attr(inner, get, inner.intern("__isabstractmethod__"), flag) &&
                     inner.truth(flag));
      });
  types(in).property->has_attributes = true;
  const auto wrap = [&](Class* cls, auto make_wrapper, auto unwrap) {
    ClassSetup(in, cls)
        .make("__new__(cls, function)", make_wrapper)
        .method("__init__(self, function)", [](Call&) -> Value { return {}; })
        .get("__func__", unwrap)
        .get("__wrapped__", unwrap)
        .get("__name__",
             [=](Interpreter& inner, const Value& self) {
               return get_attr(inner, unwrap(inner, self), names(inner).name);
             })
        .get("__doc__",
             [=](Interpreter& inner, const Value& self) {
               return get_attr(inner, unwrap(inner, self), names(inner).doc);
             })
        .get("__isabstractmethod__", [=](Interpreter& inner, const Value& self) {
          Value flag;
          return Value(
              find_attr(inner, unwrap(inner, self), inner.intern("__isabstractmethod__"), flag) &&
              inner.truth(flag));
        });
  };
  wrap(
      types(in).staticmethod,
      [](Call& call) -> Value { return make<StaticMethod>(call[0].as<Class>(), call[1]); },
      [](Interpreter&, const Value& self) { return self.as<StaticMethod>()->function; });
  wrap(
      types(in).classmethod,
      [](Call& call) -> Value { return make<ClassMethod>(call[0].as<Class>(), call[1]); },
      [](Interpreter&, const Value& self) { return self.as<ClassMethod>()->function; });
}

// --- super ------------------------------------------------------------------------------------

Value make_super(Call& call) {
  Interpreter& in = call.in;
  Value start = call.has(1) ? call[1] : Value();
  Value self = call.has(2) ? call[2] : Value();
  if (!start.is_set()) {
    const Frame* frame = in.state().frame;
    if (frame == nullptr || !frame->function.is_set() || frame->code->parameters.positional == 0) {
      in.raise("RuntimeError", "super(): no arguments");
    }
    for (std::size_t i = 0; i < frame->code->frees.size(); ++i) {
      if (frame->code->frees[i] == names(in).class_cell_name) {
        start = frame->cells[frame->code->cells.size() + i].as<Cell>()->value;
      }
    }
    if (!start.is_set()) in.raise("RuntimeError", "super(): __class__ cell not found");
    self = frame->slots[0];
    for (std::size_t i = 0; i < frame->code->cells.size() && !self.is_set(); ++i) {
      if (frame->code->cell_parameters[i] == 0) self = frame->cells[i].as<Cell>()->value;
    }
    if (!self.is_set()) in.raise("RuntimeError", "super(): arg[0] deleted");
  }
  Class* cls = start.as<Class>();
  if (cls == nullptr)
    type_error(in, "super() argument 1 must be a type, not " + std::string(in.type_name(start)));
  if (!self.is_set()) self = start;
  Class* own = self.is(Layout::Class) && self.as<Class>()->is_subclass_of(*cls) ? self.as<Class>()
                                                                                : in.class_of(self);
  if (!own->is_subclass_of(*cls))
    type_error(in, "super(type, obj): obj must be an instance or subtype of type");
  return make<Super>(types(in).super, cls, self, own);
}

// --- module, generator ------------------------------------------------------------------------

void raise_stop(Interpreter& in, const Value& value) {
  Values args;
  if (!value.is_none() && value.is_set()) args.push_back(value);
  Value exception = make_exception(in, *types(in).stop_iteration, std::move(args));
  exception.as<ExceptionObject>()->value = value.is_set() ? value : Value::none();
  raise_value(in, std::move(exception));
}

Generator& generator_of(Call& call) {
  auto* generator = call[0].as<Generator>();
  if (generator == nullptr) type_error(call.in, "a generator is needed");
  return *generator;
}

Value send_value(Call& call, const Value& value) {
  Value out;
  Generator& generator = generator_of(call);
  if (!resume(call.in, generator, value, out)) raise_stop(call.in, generator.result);
  return out;
}

Value throw_value(Call& call) {
  Value exception = call[1];
  if (exception.is(Layout::Class)) {
    exception = call.is_none(2) ? python::call(call.in, exception, {})
                                : python::call(call.in, exception, {call[2]});
  }
  if (!exception.is(Layout::Exception))
    type_error(call.in, "exceptions must be classes or instances deriving from BaseException");
  Value out;
  Generator& generator = generator_of(call);
  if (!throw_into(call.in, generator, exception, out)) raise_stop(call.in, generator.result);
  return out;
}

void setup_generator(Interpreter& in) {
  ClassSetup(in, types(in).generator)
      .method("send(self, value)", [](Call& call) { return send_value(call, call[1]); })
      .method("__next__(self)", [](Call& call) { return send_value(call, Value::none()); })
      .method("__anext__(self)",
              [](Call& call) -> Value {
                Value out;
                if (!resume(call.in, generator_of(call), Value::none(), out))
                  call.in.raise("StopAsyncIteration", "");
                return out;
              })
      .method("__iter__(self)", [](Call& call) -> Value { return call[0]; })
      .method("__aiter__(self)", [](Call& call) -> Value { return call[0]; })
      .method("throw(self, type, value=None, traceback=None)", throw_value)
      .method("athrow(self, type, value=None, traceback=None)", throw_value)
      .method("close(self)",
              [](Call& call) -> Value {
                close(call.in, generator_of(call));
                return {};
              })
      .method("aclose(self)", [](Call& call) -> Value {
        close(call.in, generator_of(call));
        return {};
      });
}

void setup_module_class(Interpreter& in) {
  ClassSetup(in, types(in).module)
      .make("__new__(cls, name, doc=None)",
            [](Call& call) -> Value { return new_module(call.in, call.view(1)); })
      .method("__init__(self, name, doc=None)", [](Call&) -> Value { return {}; });
  types(in).module->has_attributes = true;
}

}  // namespace

void setup_functions(Interpreter& in) {
  setup_function_class(in);
  setup_property(in);
  ClassSetup(in, types(in).super).make("__new__(cls, type=..., object=...)", make_super);
  ClassSetup(in, types(in).super).method("__init__", [](Call&) -> Value { return {}; });
  setup_generator(in);
  setup_module_class(in);
}

}  // namespace cupel::python
