// SPDX-License-Identifier: MIT
// The exception classes.
#include "python/setup.hpp"

namespace cupel::python {
namespace {

struct ExceptionName {
  const char* name;
  const char* base;
};

// Each behind its base.
constexpr ExceptionName kExceptions[] = {
    {"Exception", "BaseException"},
    {"GeneratorExit", "BaseException"},
    {"KeyboardInterrupt", "BaseException"},
    {"SystemExit", "BaseException"},
    {"NativeError", "BaseException"},
    {"ArithmeticError", "Exception"},
    {"AssertionError", "Exception"},
    {"AttributeError", "Exception"},
    {"BufferError", "Exception"},
    {"EOFError", "Exception"},
    {"ImportError", "Exception"},
    {"LookupError", "Exception"},
    {"MemoryError", "Exception"},
    {"NameError", "Exception"},
    {"OSError", "Exception"},
    {"ReferenceError", "Exception"},
    {"RuntimeError", "Exception"},
    {"StopAsyncIteration", "Exception"},
    {"StopIteration", "Exception"},
    {"SyntaxError", "Exception"},
    {"SystemError", "Exception"},
    {"TypeError", "Exception"},
    {"ValueError", "Exception"},
    {"Warning", "Exception"},
    {"FloatingPointError", "ArithmeticError"},
    {"OverflowError", "ArithmeticError"},
    {"ZeroDivisionError", "ArithmeticError"},
    {"ModuleNotFoundError", "ImportError"},
    {"IndexError", "LookupError"},
    {"KeyError", "LookupError"},
    {"UnboundLocalError", "NameError"},
    {"BlockingIOError", "OSError"},
    {"ConnectionError", "OSError"},
    {"BrokenPipeError", "ConnectionError"},
    {"ConnectionAbortedError", "ConnectionError"},
    {"ConnectionRefusedError", "ConnectionError"},
    {"ConnectionResetError", "ConnectionError"},
    {"ChildProcessError", "OSError"},
    {"FileExistsError", "OSError"},
    {"FileNotFoundError", "OSError"},
    {"InterruptedError", "OSError"},
    {"IsADirectoryError", "OSError"},
    {"NotADirectoryError", "OSError"},
    {"PermissionError", "OSError"},
    {"ProcessLookupError", "OSError"},
    {"TimeoutError", "OSError"},
    {"NotImplementedError", "RuntimeError"},
    {"RecursionError", "RuntimeError"},
    {"IndentationError", "SyntaxError"},
    {"TabError", "IndentationError"},
    {"UnicodeError", "ValueError"},
    {"UnicodeDecodeError", "UnicodeError"},
    {"UnicodeEncodeError", "UnicodeError"},
    {"UnicodeTranslateError", "UnicodeError"},
    {"BytesWarning", "Warning"},
    {"DeprecationWarning", "Warning"},
    {"EncodingWarning", "Warning"},
    {"FutureWarning", "Warning"},
    {"ImportWarning", "Warning"},
    {"PendingDeprecationWarning", "Warning"},
    {"ResourceWarning", "Warning"},
    {"RuntimeWarning", "Warning"},
    {"SyntaxWarning", "Warning"},
    {"UnicodeWarning", "Warning"},
    {"UserWarning", "Warning"},
};

ExceptionObject& self_of(const Value& self) { return *self.as<ExceptionObject>(); }

/// OSError(2, ...) is a FileNotFoundError.
Class* class_of_errno(Interpreter& in, Class* cls, const Values& args) {
  static constexpr std::pair<int, const char*> kClasses[] = {
      {1, "PermissionError"},  {2, "FileNotFoundError"},        {3, "ProcessLookupError"},
      {4, "InterruptedError"}, {11, "BlockingIOError"},         {13, "PermissionError"},
      {17, "FileExistsError"}, {20, "NotADirectoryError"},      {21, "IsADirectoryError"},
      {32, "BrokenPipeError"}, {103, "ConnectionAbortedError"}, {104, "ConnectionResetError"},
      {110, "TimeoutError"},   {111, "ConnectionRefusedError"}};
  if (cls != in.exception_class("OSError") || args.size() < 2) return cls;
  for (const auto& [number, name] : kClasses) {
    if (in.to_int64(args[0]) == number) return in.exception_class(name);
  }
  return cls;
}
Value or_none(const Value& value) { return value.is_set() ? value : Value::none(); }

Value argument(const Value& self, std::size_t i, std::size_t least = 0) {
  const Values& args = self_of(self).args;
  return i < args.size() && args.size() >= least ? args[i] : Value::none();
}

void setup_base(Interpreter& in) {
  ClassSetup(in, types(in).base_exception)
      .make("__new__(cls, *args, **kwargs)",
            [](Call& call) -> Value {
              const Values& args = call[1].as<Tuple>()->items;
              return make<ExceptionObject>(class_of_errno(call.in, call[0].as<Class>(), args),
                                           args);
            })
      .method("__init__",
              [](Call& call) -> Value {
                const Arguments& raw = call.raw();
                if (raw.positional == 0 || !raw.values[0].is(Layout::Exception))
                  type_error(call.in, "an exception is required");
                ExceptionObject& self = self_of(raw.values[0]);
                if (raw.keywords > 0 && !self.cls()->is_subclass_of(*types(call.in).import_error)) {
                  type_error(call.in,
                             std::string(self.cls()->name()) + "() takes no keyword arguments");
                }
                self.args.assign(raw.values + 1, raw.values + raw.positional);
                for (std::size_t i = 0; i < raw.keywords; ++i) {
                  self.make_attributes().table.set(static_cast<Str*>(raw.names[i].object()),
                                                   raw.values[raw.positional + i]);
                }
                return {};
              })
      .method("with_traceback(self, traceback)", [](Call& call) -> Value { return call[0]; })
      .method("add_note(self, note)",
              [](Call& call) -> Value {
                Value notes;
                if (!find_attr(call.in, call[0], names(call.in).notes, notes)) {
                  notes = make_list(call.in, {});
                  call[0].object()->make_attributes().table.set(names(call.in).notes, notes);
                }
                notes.as<List>()->items.push_back(call[1]);
                return {};
              })
      .method("__setstate__(self, state)", [](Call&) -> Value { return {}; })
      .get(
          "args",
          [](Interpreter& inner, const Value& self) {
            return make_tuple(inner, shown_args(inner, self_of(self)));
          },
          [](Interpreter& inner, const Value& self, const Value& value) {
            self_of(self).args = inner.items_of(value);
          })
      .get(
          "__cause__", [](Interpreter&, const Value& self) { return or_none(self_of(self).cause); },
          [](Interpreter&, const Value& self, const Value& value) {
            self_of(self).cause = value.is_none() ? Value() : value;
            self_of(self).suppress_context = true;
          })
      .get(
          "__context__",
          [](Interpreter&, const Value& self) { return or_none(self_of(self).context); },
          [](Interpreter&, const Value& self, const Value& value) {
            self_of(self).context = value.is_none() ? Value() : value;
          })
      .get(
          "__suppress_context__",
          [](Interpreter&, const Value& self) { return Value(self_of(self).suppress_context); },
          [](Interpreter&, const Value& self, const Value& value) {
            self_of(self).suppress_context = value.is_bool() && value.boolean();
          })
      .get(
          "__traceback__",
          [](Interpreter& inner, const Value& self) {
            const ExceptionObject& exception = self_of(self);
            if (exception.trace.empty()) return Value::none();
            Value made = inner.instance(*types(inner).traceback);
            const TracePoint& point = exception.trace.back();
            const TraceLine line = trace_line(*point.code.as<Code>(), point.instruction);
            made.object()->make_attributes().table.set(inner.intern("tb_lineno"),
                                                       Value(line.position.line));
            return made;
          },
          [](Interpreter&, const Value&, const Value&) {});
}

void setup_special(Interpreter& in) {
  const auto cls = [&](const char* name) { return in.exception_class(name); };
  ClassSetup(in, cls("StopIteration")).get("value", [](Interpreter&, const Value& self) {
    return self_of(self).value.is_set() ? self_of(self).value : argument(self, 0);
  });
  ClassSetup(in, cls("SystemExit")).get("code", [](Interpreter&, const Value& self) {
    return argument(self, 0);
  });
  ClassSetup(in, cls("OSError"))
      .get("errno", [](Interpreter&, const Value& self) { return argument(self, 0, 2); })
      .get("strerror", [](Interpreter&, const Value& self) { return argument(self, 1, 2); })
      .get("filename", [](Interpreter&, const Value& self) { return argument(self, 2, 3); });
  for (const char* name : {"name", "path"}) {
    Class& import_error = *types(in).import_error;
    import_error.dict().table.set(in.intern(name), Value::none());
  }
  ClassSetup(in, types(in).import_error).get("msg", [](Interpreter&, const Value& self) {
    return argument(self, 0);
  });
  ClassSetup(in, cls("SyntaxError")).get("msg", [](Interpreter&, const Value& self) {
    return argument(self, 0);
  });
  for (const char* name : {"NameError", "AttributeError"})
    cls(name)->dict().table.set(in.intern("name"), Value::none());
}

}  // namespace

// The name of the file is an argument of OSError, but not one of its args.
Values shown_args(Interpreter& in, const ExceptionObject& exception) {
  Values args = exception.args;
  const bool file =
      args.size() == 3 && exception.cls()->is_subclass_of(*in.exception_class("OSError"));
  if (file) args.pop_back();
  return args;
}

void setup_exceptions(Interpreter& in) {
  Interpreter::State& state = in.state();
  const auto add = [&](const char* name, Class* base) {
    auto* cls =
        new Class(types(in).type, state.heap, in.intern(name), {base}, new Dict(types(in).dict));
    cls->set_instance_layout(Layout::Exception);
    cls->has_attributes = true;
    state.exceptions.emplace(cls->name(), cls);
    if (std::string_view(name) != "NativeError")
      state.builtins().table.set(cls->name_str(), Value(static_cast<Object*>(cls)));
    return cls;
  };
  Types& t = types(in);
  t.base_exception = add("BaseException", t.object);
  for (const ExceptionName& entry : kExceptions) add(entry.name, in.exception_class(entry.base));
  t.exception = in.exception_class("Exception");
  t.stop_iteration = in.exception_class("StopIteration");
  t.generator_exit = in.exception_class("GeneratorExit");
  t.attribute_error = in.exception_class("AttributeError");
  t.import_error = in.exception_class("ImportError");
  t.module_not_found = in.exception_class("ModuleNotFoundError");
  t.native_error = in.exception_class("NativeError");
  for (const char* other : {"IOError", "EnvironmentError"}) {
    state.exceptions.emplace(in.intern(other)->view(), in.exception_class("OSError"));
    state.builtins().table.set(in.intern(other),
                               Value(static_cast<Object*>(in.exception_class("OSError"))));
  }
  setup_base(in);
  setup_special(in);
}

}  // namespace cupel::python
