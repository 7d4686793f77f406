// SPDX-License-Identifier: MIT
// raise, with, yield and await. See machine.hpp.
#include "python/machine.hpp"

namespace cupel::python::machine {

namespace {

Value handled_exception(const Frame* frame) {
  for (; frame != nullptr; frame = frame->back) {
    if (frame->handled.is_set()) return frame->handled;
  }
  return {};
}

}  // namespace

[[noreturn]] void raise_statement(Interpreter& in, Frame& frame, std::uint32_t count) {
  if (count == 0) {
    Value current = handled_exception(&frame);
    if (!current.is_set()) in.raise("RuntimeError", "No active exception to reraise");
    throw Raised{std::move(current)};
  }
  const Value cause = count == 2 ? pop(frame) : Value();
  Value exception = pop(frame);
  if (exception.is(Layout::Lazy)) exception = resolve_lazy(in, exception);
  if (exception.is(Layout::Class)) exception = call(in, exception, {});
  auto* object = exception.as<ExceptionObject>();
  if (object == nullptr) type_error(in, "exceptions must derive from BaseException");
  if (cause.is_set()) {
    Value made = cause.is(Layout::Class) ? call(in, cause, {}) : cause;
    if (!made.is_none() && !made.is(Layout::Exception)) {
      type_error(in, "exception causes must derive from BaseException");
    }
    object->cause = made.is_none() ? Value() : made;
    object->suppress_context = true;
  }
  raise_value(in, std::move(exception));
}

void before_with(Interpreter& in, Frame& frame, bool is_async) {
  const Value manager = pop(frame);
  const auto special = [&](Str* own, Str* other) {
    const Value* found = is_async ? lookup_special(in, manager, own) : nullptr;
    return found != nullptr ? found : lookup_special(in, manager, other);
  };
  const Value* found_enter = special(names(in).aenter, names(in).enter);
  if (found_enter == nullptr) {
    type_error(in, "'" + std::string(in.type_name(manager)) +
                       "' object does not support the context manager protocol");
  }
  const Value enter = *found_enter;
  const Value* found_exit = special(names(in).aexit, names(in).exit);
  if (found_exit == nullptr) {
    type_error(
        in, "'" + std::string(in.type_name(manager)) +
                "' object does not support the context manager protocol (missed __exit__ method)");
  }
  push(frame, bind(in, *found_exit, manager, in.class_of(manager)));
  push(frame, call_special(in, enter, manager));
}

void exit_with(Interpreter& in, Frame& frame, bool failed) {
  if (!failed) {
    const Value exit = pop(frame);
    call(in, exit, {Value::none(), Value::none(), Value::none()});
    return;
  }
  const Value exception = top(frame, 1);
  const Value exit = top(frame, 3);
  const Value result = call(in, exit, {Value(exception.object()->cls()), exception, Value::none()});
  push(frame, Value(in.truth(result)));
}

bool match_exception(Interpreter& in, const Value& exception, Value type) {
  if (type.is(Layout::Lazy)) type = resolve_lazy(in, type);
  return exception_matches(in, exception, type);
}

/// True if the inner iterator gave a value, which then is what the frame yields.
bool yield_from(Interpreter& in, Frame& frame, Value& out) {
  const Value sent = pop(frame);
  const Value inner = top(frame);
  Value result = Value::none();
  if (Generator* generator = inner.as<Generator>()) {
    if (resume(in, *generator, sent, out)) return true;
    result = generator->result.is_set() ? generator->result : Value::none();
  } else if (sent.is_none()) {
    if (iter_next(in, inner, out)) return true;
  } else {
    out = call(in, get_attr(in, inner, names(in).send), {sent});
    return true;
  }
  drop(frame, 1);
  push(frame, std::move(result));
  return false;
}

Value await(Interpreter& in, const Value& value) {
  const Value* found =
      value.is(Layout::Instance) ? lookup_special(in, value, names(in).await) : nullptr;
  if (found == nullptr) return value;
  const Value method = *found;
  const Value iterator = get_iter(in, call_special(in, method, value));
  Value item;
  while (iter_next(in, iterator, item)) in.tick();
  const Generator* generator = iterator.as<Generator>();
  return generator != nullptr && generator->result.is_set() ? generator->result : Value::none();
}

}  // namespace cupel::python::machine
