// SPDX-License-Identifier: MIT
// Frames: making them, running them, and finding the handler of an exception.
#include "python/machine.hpp"

namespace cupel::python {

namespace {

/// Puts the frame at the handler for `exception`; false if it has none.
bool find_handler(Frame& frame, Value exception) {
  for (const Code::Handler& handler : frame.code->handlers) {
    if (frame.instruction < handler.start || frame.instruction >= handler.end) continue;
    while (frame.top > frame.stack + handler.depth) *--frame.top = Value();
    machine::push(frame, std::move(exception));
    frame.instruction = handler.target;
    return true;
  }
  while (frame.top > frame.stack) *--frame.top = Value();
  return false;
}

/// The frame is the innermost one as long as this lives.
class Running {
 public:
  Running(Interpreter& in, Frame& frame) : state_(in.state()), frame_(frame) {
    frame.back = state_.frame;
    state_.frame = &frame;
    ++state_.depth;
  }
  ~Running() {
    state_.frame = frame_.back;
    --state_.depth;
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  Interpreter::State& state_;
  Frame& frame_;
};

}  // namespace

Value run(Interpreter& in, Frame& frame) {
  in.check_stack();
  if (in.state().depth >= in.state().settings.max_depth) {
    in.raise("RecursionError", "maximum recursion depth exceeded");
  }
  const Running running(in, frame);
  while (true) {
    Value exception;
    bool traced = false;
    try {
      if (frame.pending.is_set()) {
        exception = std::move(frame.pending);
      } else {
        return machine::execute(in, frame);
      }
    } catch (Raised& raised) {
      exception = std::move(raised.exception);
      const std::uint32_t word = frame.code->code[frame.instruction];
      const auto op = static_cast<Op>(word & 0xFF);
      traced = op == Op::Reraise || op == Op::Poison || (op == Op::Raise && word >> 8 == 0);
    } catch (LimitReached& limit) {
      if (limit.trace.size() < 64) limit.trace.push_back({frame.code_holder, frame.instruction});
      throw;
    } catch (...) {
      exception = current_exception(in);
    }
    auto* object = exception.as<ExceptionObject>();
    if (!traced && object->trace.size() < 4096) {
      object->trace.push_back({frame.code_holder, frame.instruction});
    }
    if (!find_handler(frame, exception)) throw Raised{std::move(exception)};
  }
}

void prepare_frame(Interpreter& in, Frame& frame, Code& code, Dict& globals) {
  frame.code = &code;
  frame.code_holder = Value(static_cast<Object*>(&code));
  frame.globals = &globals;
  frame.globals_holder = Value(static_cast<Object*>(&globals));
  const std::size_t cells = code.cells.size() + code.frees.size();
  frame.slots.resize(code.locals.size() + cells + code.stack_size + 2);
  frame.cells = frame.slots.data() + code.locals.size();
  frame.stack = frame.top = frame.cells + cells;
  for (std::size_t i = 0; i < code.cells.size(); ++i) frame.cells[i] = make<Cell>(types(in).cell);
}

namespace {

void fill_cells(Frame& frame, const Function& function) {
  const Code& code = *frame.code;
  for (std::size_t i = 0; i < code.cells.size(); ++i) {
    const std::int32_t slot = code.cell_parameters[i];
    if (slot >= 0)
      frame.cells[i].as<Cell>()->value = std::move(frame.slots[static_cast<std::size_t>(slot)]);
  }
  for (std::size_t i = 0; i < code.frees.size() && i < function.closure.size(); ++i) {
    frame.cells[code.cells.size() + i] = function.closure[i];
  }
}

}  // namespace

Value run_code(Interpreter& in, Code& code, Dict& globals, Dict& own_names) {
  Frame frame;
  prepare_frame(in, frame, code, globals);
  frame.names = Value(static_cast<Object*>(&own_names));
  return run(in, frame);
}

Value run_class_body(Interpreter& in, Function& body, const Value& own_names) {
  Frame frame;
  prepare_frame(in, frame, body.code(), body.globals());
  frame.function = Value(static_cast<Object*>(&body));
  frame.names = own_names;
  fill_cells(frame, body);
  return run(in, frame);
}

Value call_function(Interpreter& in, Function& function, const Value* self,
                    const Arguments& arguments) {
  Code& code = function.code();
  if (code.later != nullptr) compile_later(in, code);
  const auto enter = [&](Frame& frame) {
    prepare_frame(in, frame, code, function.globals());
    frame.function = Value(static_cast<Object*>(&function));
    bind_arguments(in, code.parameters, function.qualified_name->view(), function.defaults,
                   function.keyword_defaults, self, arguments, frame.slots.data());
    fill_cells(frame, function);
  };
  if (code.generator) {
    Value holder = make<Generator>(types(in).generator);
    enter(holder.as<Generator>()->frame);
    return holder;
  }
  Frame frame;
  enter(frame);
  return run(in, frame);
}

}  // namespace cupel::python
