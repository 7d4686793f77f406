// SPDX-License-Identifier: MIT
// Generators: frames that wait.
#include "python/state.hpp"

namespace cupel::python {
namespace {

void finish(Generator& generator) {
  generator.state = Generator::State::Done;
  Value result = std::move(generator.result);
  // The frame's values may be the last ones that keep the generator's own objects; they go one
  // after the other.
  Values slots;
  slots.swap(generator.frame.slots);
  generator.frame.top = generator.frame.stack = generator.frame.cells = nullptr;
  generator.frame.handled = {};
  generator.result = std::move(result);
}

bool go_on(Interpreter& in, Generator& generator, Value& out) {
  const Value keep(static_cast<Object*>(&generator));
  generator.state = Generator::State::Running;
  generator.frame.yielded = false;
  try {
    Value value = run(in, generator.frame);
    if (generator.frame.yielded) {
      generator.state = Generator::State::Waiting;
      out = std::move(value);
      return true;
    }
    generator.result = std::move(value);
    finish(generator);
    return false;
  } catch (const Raised& raised) {
    const Value exception = raised.exception;
    finish(generator);
    if (exception_matches(in, exception, Value(types(in).stop_iteration))) {
      Value made =
          make_exception(in, *in.exception_class("RuntimeError"), "generator raised StopIteration");
      made.as<ExceptionObject>()->cause = exception;
      raise_value(in, std::move(made));
    }
    throw;
  } catch (...) {
    finish(generator);
    throw;
  }
}

void check_free(Interpreter& in, const Generator& generator) {
  if (generator.state == Generator::State::Running) value_error(in, "generator already executing");
}

}  // namespace

bool resume(Interpreter& in, Generator& generator, const Value& sent, Value& out) {
  check_free(in, generator);
  if (generator.state == Generator::State::Done) {
    generator.result = {};
    return false;
  }
  if (generator.state == Generator::State::Fresh) {
    if (!sent.is_none()) type_error(in, "can't send non-None value to a just-started generator");
  } else {
    *generator.frame.top++ = sent;
  }
  return go_on(in, generator, out);
}

bool throw_into(Interpreter& in, Generator& generator, const Value& exception, Value& out) {
  check_free(in, generator);
  in.check_stack();
  if (generator.state == Generator::State::Done) throw Raised{exception};
  if (generator.state == Generator::State::Fresh) {
    finish(generator);
    throw Raised{exception};
  }
  Frame& frame = generator.frame;
  const auto op = static_cast<Op>(frame.code->code[frame.instruction] & 0xFF);
  Value pending = exception;
  if (op == Op::YieldFrom) {
    // The inner iterator gets it first.
    const Value inner = *(frame.top - 1);
    try {
      generator.state = Generator::State::Running;
      if (Generator* delegate = inner.as<Generator>()) {
        if (exception_matches(in, exception, Value(types(in).generator_exit))) {
          close(in, *delegate);
        } else {
          const bool more = throw_into(in, *delegate, exception, out);
          generator.state = Generator::State::Waiting;
          if (more) return true;
          *(frame.top - 1) = delegate->result.is_set() ? delegate->result : Value::none();
          ++frame.instruction;
          return go_on(in, generator, out);
        }
      }
      generator.state = Generator::State::Waiting;
    } catch (Raised& raised) {
      generator.state = Generator::State::Waiting;
      pending = std::move(raised.exception);
    }
  } else {
    --frame.instruction;  // back to the yield, which may stand at the end of a try
  }
  frame.pending = std::move(pending);
  return go_on(in, generator, out);
}

void close(Interpreter& in, Generator& generator) {
  if (generator.state == Generator::State::Done) return;
  if (generator.state == Generator::State::Fresh) {
    finish(generator);
    return;
  }
  const Value exit = make_exception(in, *types(in).generator_exit, "");
  Value out;
  try {
    if (throw_into(in, generator, exit, out))
      in.raise("RuntimeError", "generator ignored GeneratorExit");
  } catch (const Raised& raised) {
    const Value exception = raised.exception;
    if (!exception_matches(in, exception, Value(types(in).generator_exit)) &&
        !exception_matches(in, exception, Value(types(in).stop_iteration))) {
      throw;
    }
  }
}

}  // namespace cupel::python
