// SPDX-License-Identifier: MIT
// Exceptions: raising them from C++, matching them, and what they look like when nobody catches
// them.
#include "cupel/base/text.hpp"
#include "python/state.hpp"
#include "python/trace.hpp"

namespace cupel::python {

Value make_exception(Interpreter&, Class& cls, Values args) {
  return make<ExceptionObject>(&cls, std::move(args));
}

Value make_exception(Interpreter& in, Class& cls, std::string_view message) {
  Values args;
  if (!message.empty()) args.push_back(make_str(in, message));
  return make_exception(in, cls, std::move(args));
}

void raise_value(Interpreter& in, Value exception) {
  auto* object = exception.as<ExceptionObject>();
  for (const Frame* frame = in.state().frame; frame != nullptr; frame = frame->back) {
    if (!frame->handled.is_set()) continue;
    // An exception is never its own context, not even in a circle of two.
    auto* handled = frame->handled.as<ExceptionObject>();
    if (handled != object && !(handled->context.is_set() && handled->context.same(exception)) &&
        !object->context.is_set()) {
      object->context = frame->handled;
    }
    break;
  }
  throw Raised{std::move(exception)};
}

void Interpreter::raise(Class& cls, std::string_view message) {
  raise_value(*this, make_exception(*this, cls, message));
}

void Interpreter::raise(std::string_view cls, std::string_view message) {
  Class* found = exception_class(cls);
  raise(found != nullptr ? *found : *types(*this).exception, message);
}

void Interpreter::raise(Class& cls, std::string_view message, std::exception_ptr native) {
  Value exception = make_exception(*this, cls, message);
  exception.as<ExceptionObject>()->native = std::move(native);
  raise_value(*this, std::move(exception));
}

Class* Interpreter::exception_class(std::string_view name) const {
  const auto it = state_->exceptions.find(name);
  return it == state_->exceptions.end() ? nullptr : it->second;
}

std::exception_ptr Interpreter::native_error(const Value& exception) const {
  const auto* object = exception.as<ExceptionObject>();
  return object == nullptr ? nullptr : object->native;
}

void type_error(Interpreter& in, std::string_view message) { in.raise("TypeError", message); }
void value_error(Interpreter& in, std::string_view message) { in.raise("ValueError", message); }

void key_error(Interpreter& in, const Value& key) {
  raise_value(in, make_exception(in, *in.exception_class("KeyError"), Values{key}));
}

void attribute_error(Interpreter& in, const Value& object, Str* name) {
  const std::string attribute = "' has no attribute '" + name->str() + "'";
  if (const Class* cls = object.as<Class>()) {
    in.raise(*types(in).attribute_error, "type object '" + std::string(cls->name()) + attribute);
  }
  if (const Module* module = object.as<Module>()) {
    in.raise(*types(in).attribute_error, "module '" + std::string(module->name()) + attribute);
  }
  in.raise(*types(in).attribute_error, "'" + std::string(in.type_name(object)) +
                                           "' object has no attribute '" + name->str() + "'");
}

bool exception_matches(Interpreter& in, const Value& exception, const Value& type) {
  if (const Tuple* tuple = type.as<Tuple>()) {
    const Values items = tuple->items;
    for (const Value& item : items) {
      if (exception_matches(in, exception, item.is(Layout::Lazy) ? resolve_lazy(in, item) : item))
        return true;
    }
    return false;
  }
  const Class* cls = type.as<Class>();
  if (cls == nullptr || !cls->is_subclass_of(*types(in).base_exception)) {
    type_error(in, "catching classes that do not inherit from BaseException is not allowed");
  }
  return exception.object()->cls()->is_subclass_of(*cls);
}

// In a catch block: what C++ threw becomes an exception that scripts see (and, for most, do not
// catch).
Value current_exception(Interpreter& in) {
  try {
    throw;
  } catch (Raised& raised) {
    return std::move(raised.exception);
  } catch (const BigInt::TooLarge&) {
    return make_exception(in, *in.exception_class("OverflowError"), "integer is too large");
  } catch (const BigInt::DivisionByZero&) {
    return make_exception(in, *in.exception_class("ZeroDivisionError"),
                          "integer division or modulo by zero");
  } catch (const ScriptError& error) {
    Class* cls = in.exception_class(error.details().exception);
    const std::string message = error.details().text + " (" + error.position().file + ", line " +
                                std::to_string(error.position().line) + ")";
    Value made =
        make_exception(in, cls != nullptr ? *cls : *in.exception_class("SyntaxError"), message);
    made.as<ExceptionObject>()->native = std::current_exception();
    return made;
  } catch (const NotInitialized& error) {
    return make_exception(in, *in.exception_class("TypeError"), error.what());
  } catch (const std::bad_alloc&) {
    return make_exception(in, *in.exception_class("MemoryError"), "");
  } catch (const std::exception& error) {
    Value made = make_exception(in, *types(in).native_error, error.what());
    made.as<ExceptionObject>()->native = std::current_exception();
    return made;
  }
}

// --- how they read ----------------------------------------------------------------------------

std::string Interpreter::describe(const Value& exception) {
  const std::string name(type_name(exception));
  const std::string text = str_of(exception);
  return text.empty() ? name : name + ": " + text;
}

TraceLine trace_line(Code& code, std::uint32_t instruction) {
  TraceLine line;
  Source& source = *code.source;
  const Code::Range range =
      instruction < code.ranges.size() ? code.ranges[instruction] : Code::Range();
  const Source::Point start = source.at(range.start);
  const Source::Point end = source.at(range.end);
  line.position = {source.file, start.line, start.column};
  line.source_line = source.line_text(start.line);
  line.end_column = end.line == start.line ? end.column : line.source_line.size() + 1;
  line.function = code.name->str();
  return line;
}

std::vector<TraceLine> trace_of(Interpreter&, const Value& exception) {
  std::vector<TraceLine> lines;
  const auto* object = exception.as<ExceptionObject>();
  if (object == nullptr) return lines;
  for (std::size_t i = object->trace.size(); i-- > 0;) {
    lines.push_back(trace_line(*object->trace[i].code.as<Code>(), object->trace[i].instruction));
  }
  return lines;
}

std::vector<TraceLine> Interpreter::stack() const {
  std::vector<TraceLine> lines;
  for (const Frame* frame = state_->frame; frame != nullptr; frame = frame->back) {
    lines.push_back(trace_line(*frame->code, frame->instruction));
  }
  return lines;
}

namespace {

/// What Python would suggest for a misspelt name.
std::string suggestion(Interpreter& in, const Value& exception) {
  const std::string text = in.str_of(exception);
  if (!in.is_instance(exception, *in.exception_class("NameError"))) return {};
  const std::size_t first = text.find('\'');
  const std::size_t last = text.find('\'', first + 1);
  if (first == std::string::npos || last == std::string::npos) return {};
  const std::string name = text.substr(first + 1, last - first - 1);
  std::vector<std::string> candidates;
  const auto add = [&](const Table& table) {
    for (std::size_t i = 0; i < table.slots(); ++i) {
      if (const Str* key = table.slot(i).key.as<Str>()) candidates.push_back(key->str());
    }
  };
  const auto* object = exception.as<ExceptionObject>();
  if (!object->trace.empty()) {
    for (const Str* local : object->trace[0].code.as<Code>()->locals)
      candidates.push_back(local->str());
  }
  add(in.state().builtins().table);
  const std::string near = text::nearest(name, candidates);
  return near.empty() ? std::string() : "did you mean '" + near + "'?";
}

}  // namespace

std::string format_exception(Interpreter& in, const Value& exception) {
  const auto* object = exception.as<ExceptionObject>();
  std::string text;
  if (object->cause.is_set()) {
    text = format_exception(in, object->cause) +
           "\n\nThe above exception was the direct cause of the following exception:\n\n";
  } else if (object->context.is_set() && !object->suppress_context) {
    in.check_stack();
    text = format_exception(in, object->context) +
           "\n\nDuring handling of the above exception, another exception occurred:\n\n";
  }
  const std::vector<TraceLine> trace = trace_of(in, exception);
  if (!trace.empty()) text += trace_text(trace);
  text += in.describe(exception);
  Value notes;
  if (find_attr(in, exception, names(in).notes, notes) && notes.is(Layout::List)) {
    for (const Value& note : Values(notes.as<List>()->items)) text += "\n" + in.str_of(note);
  }
  return text;
}

namespace {

/// The last frame of the script's own; frames of modules that are part of the interpreter are
/// passed over.
const TraceLine* place_of(const std::vector<TraceLine>& trace) {
  for (std::size_t i = trace.size(); i-- > 0;) {
    if (!trace[i].position.file.starts_with("<")) return &trace[i];
  }
  return trace.empty() ? nullptr : &trace.back();
}

[[noreturn]] void throw_script_error(ScriptError::Details details, std::string hint) {
  const TraceLine* place = place_of(details.trace);
  FilePosition position = place != nullptr ? place->position : FilePosition();
  std::string line = place != nullptr ? place->source_line : std::string();
  throw ScriptError(std::move(position), std::move(details), std::move(line), std::move(hint));
}

}  // namespace

Interpreter::Entry::Entry(Interpreter& in) : in_(in), outermost_(!in.state_->entered) {
  State& state = *in.state_;
  state.heap.enter();
  if (!outermost_) return;
  state.entered = true;
  state.steps_left = state.settings.max_steps;
  state.stack_top = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
}

Interpreter::Entry::~Entry() {
  if (outermost_) in_.state_->entered = false;
}

// In a catch block.
void Interpreter::Entry::rethrow() const {
  if (!outermost_) throw;
  try {
    throw;
  } catch (const Raised& raised) {
    const Value exception = raised.exception;
    ScriptError::Details details;
    details.exception = in_.type_name(exception);
    std::string hint;
    details.trace = trace_of(in_, exception);
    try {
      details.text = in_.str_of(exception);
      hint = suggestion(in_, exception);
    } catch (const Raised&) {
      details.text = "<exception str() failed>";
    } catch (const LimitReached&) {
      details.text = "<exception str() failed>";
    }
    details.native = in_.native_error(exception);
    throw_script_error(std::move(details), std::move(hint));
  } catch (const LimitReached& limit) {
    ScriptError::Details details;
    details.exception = "LimitError";
    details.text = limit.message;
    for (std::size_t i = limit.trace.size(); i-- > 0;) {
      details.trace.push_back(
          trace_line(*limit.trace[i].code.as<Code>(), limit.trace[i].instruction));
    }
    throw_script_error(std::move(details), {});
  }
}

void Interpreter::tick(std::uint64_t steps) {
  if (state_->steps_left <= steps) {
    state_->steps_left = 0;
    throw LimitReached{"the script ran for more than " +
                           std::to_string(state_->settings.max_steps) +
                           " steps; is there an endless loop?",
                       {}};
  }
  state_->steps_left -= steps;
}

void Interpreter::check_stack() {
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  const std::uintptr_t used =
      here < state_->stack_top ? state_->stack_top - here : here - state_->stack_top;
  if (used > state_->settings.max_stack && state_->entered) {
    raise("RecursionError", "maximum recursion depth exceeded");
  }
}

}  // namespace cupel::python
