// SPDX-License-Identifier: MIT
// The loop over the instructions of a frame. See machine.hpp.
#include "python/machine.hpp"

namespace cupel::python::machine {

using ast::BinaryOp;
using ast::CompareOp;
using ast::UnaryOp;

namespace {

bool small_ints(const Value& a, const Value& b) { return a.is_small_int() && b.is_small_int(); }

/// The quick cases of + - * on small integers and floats.
bool quick_binary(BinaryOp op, const Value& a, const Value& b, Value& out) {
  if (small_ints(a, b)) {
    std::int64_t result = 0;
    switch (op) {
      case BinaryOp::Add:
        if (__builtin_add_overflow(a.integer(), b.integer(), &result)) return false;
        break;
      case BinaryOp::Sub:
        if (__builtin_sub_overflow(a.integer(), b.integer(), &result)) return false;
        break;
      case BinaryOp::Mul:
        if (__builtin_mul_overflow(a.integer(), b.integer(), &result)) return false;
        break;
      default:
        return false;
    }
    out = Value(result);
    return true;
  }
  if (a.is_float() && b.is_float()) {
    switch (op) {
      case BinaryOp::Add:
        out = Value(a.real() + b.real());
        return true;
      case BinaryOp::Sub:
        out = Value(a.real() - b.real());
        return true;
      case BinaryOp::Mul:
        out = Value(a.real() * b.real());
        return true;
      default:
        return false;
    }
  }
  return false;
}

bool quick_compare(CompareOp op, const Value& a, const Value& b, bool& out) {
  if (small_ints(a, b)) {
    const std::int64_t x = a.integer(), y = b.integer();
    switch (op) {
      case CompareOp::Lt:
        out = x < y;
        return true;
      case CompareOp::Le:
        out = x <= y;
        return true;
      case CompareOp::Eq:
        out = x == y;
        return true;
      case CompareOp::Ne:
        out = x != y;
        return true;
      case CompareOp::Gt:
        out = x > y;
        return true;
      default:
        out = x >= y;
        return true;
    }
  }
  if ((op == CompareOp::Eq || op == CompareOp::Ne) && a.is(Layout::Str) && b.is(Layout::Str) &&
      !class_of_script(a) && !class_of_script(b)) {
    const bool equal = a.object() == b.object() || a.as<Str>()->view() == b.as<Str>()->view();
    out = equal == (op == CompareOp::Eq);
    return true;
  }
  return false;
}

bool quick_truth(Interpreter& in, const Value& value) {
  if (value.is_bool()) return value.boolean();
  return in.truth(value);
}

}  // namespace

Value execute(Interpreter& in, Frame& frame) {
  Interpreter::State& state = in.state();
  const Code& code = *frame.code;
  const std::uint32_t* const words = code.code.data();
  Value* const locals = frame.slots.data();
  std::uint32_t at = frame.instruction;
  while (true) {
    const std::uint32_t word = words[at];
    const auto op = static_cast<Op>(word & 0xFF);
    const std::uint32_t argument = word >> 8;
    frame.instruction = at++;
    if (--state.steps_left == 0) in.tick();
    switch (op) {
      case Op::Nop:
        break;
      case Op::Pop:
        drop(frame, 1);
        break;
      case Op::Dup:
        push(frame, top(frame));
        break;
      case Op::Swap:
        top(frame, 1).swap(top(frame, 2));
        break;
      case Op::Copy:
        push(frame, top(frame, argument));
        break;

      case Op::LoadConst:
        push(frame, code.constants[argument]);
        break;
      case Op::LoadFast: {
        Value& local = locals[argument];
        if (!local.is_set()) unbound(in, *code.locals[argument], false);
        if (local.is(Layout::Lazy)) local = resolve_lazy(in, local);
        push(frame, local);
        break;
      }
      case Op::StoreFast:
        locals[argument] = pop(frame);
        break;
      case Op::LoadDeref: {
        Value& value = frame.cells[argument].as<Cell>()->value;
        if (!value.is_set()) {
          const bool free = argument >= code.cells.size();
          unbound(in, free ? *code.frees[argument - code.cells.size()] : *code.cells[argument],
                  free);
        }
        if (value.is(Layout::Lazy)) value = resolve_lazy(in, value);
        push(frame, value);
        break;
      }
      case Op::StoreDeref: {
        Value value = pop(frame);
        frame.cells[argument].as<Cell>()->value.swap(value);
        break;
      }
      case Op::LoadCell:
        push(frame, frame.cells[argument]);
        break;
      case Op::LoadGlobal:
        push(frame, load_global(in, frame, name_at(frame, argument)));
        break;
      case Op::StoreGlobal: {
        Value value = pop(frame);
        frame.globals->table.set(name_at(frame, argument), std::move(value));
        break;
      }
      case Op::LoadName: {
        Value value;
        if (!find_name(in, frame, name_at(frame, argument), value)) {
          value = load_global(in, frame, name_at(frame, argument));
        }
        push(frame, std::move(value));
        break;
      }
      case Op::StoreName: {
        Value value = pop(frame);
        store_name(in, frame, name_at(frame, argument), std::move(value));
        break;
      }
      case Op::LoadAttr: {
        Value object = pop(frame);
        push(frame, get_attr(in, object, name_at(frame, argument)));
        break;
      }
      case Op::StoreAttr: {
        const Value object = pop(frame);
        const Value value = pop(frame);
        set_attr(in, object, name_at(frame, argument), value);
        break;
      }
      case Op::LoadMethod:
        load_method(in, frame, name_at(frame, argument));
        break;
      case Op::Subscript: {
        const Value key = pop(frame);
        const Value object = pop(frame);
        push(frame, get_item(in, object, key));
        break;
      }
      case Op::StoreSubscript: {
        const Value key = pop(frame);
        const Value object = pop(frame);
        const Value value = pop(frame);
        set_item(in, object, key, value);
        break;
      }
      case Op::Not: {
        const bool truth = quick_truth(in, top(frame));
        top(frame) = Value(!truth);
        break;
      }
      case Op::Negative: {
        const Value operand = pop(frame);
        push(frame, unary(in, UnaryOp::Minus, operand));
        break;
      }
      case Op::Binary:
      case Op::Inplace: {
        Value result;
        if (!quick_binary(static_cast<BinaryOp>(argument), top(frame, 2), top(frame, 1), result)) {
          const Value right = pop(frame);
          const Value left = pop(frame);
          result = binary(in, static_cast<BinaryOp>(argument), left, right, op == Op::Inplace);
        } else {
          drop(frame, 2);
        }
        push(frame, std::move(result));
        break;
      }
      case Op::Compare: {
        bool quick = false;
        const auto compare_op = static_cast<CompareOp>(argument);
        if (quick_compare(compare_op, top(frame, 2), top(frame, 1), quick)) {
          drop(frame, 2);
          push(frame, Value(quick));
          break;
        }
        const Value right = pop(frame);
        const Value left = pop(frame);
        push(frame, compare(in, compare_op, left, right));
        break;
      }
      case Op::Is: {
        const Value right = pop(frame);
        const Value left = pop(frame);
        push(frame, Value(left.same(right) != (argument != 0)));
        break;
      }
      case Op::In: {
        const Value container = pop(frame);
        const Value item = pop(frame);
        push(frame, Value(contains(in, container, item) != (argument != 0)));
        break;
      }

      case Op::BuildTuple:
        push(frame, make_tuple(in, pop_values(frame, argument)));
        break;
      case Op::BuildList:
        push(frame, make_list(in, pop_values(frame, argument)));
        break;
      case Op::BuildDict: {
        Value dict = make_dict(in);
        for (std::size_t i = argument; i > 0; --i) {
          const Value key = top(frame, 2 * i);
          dict.as<Dict>()->table.set(in, key, top(frame, 2 * i - 1));
        }
        drop(frame, 2 * static_cast<std::size_t>(argument));
        push(frame, std::move(dict));
        break;
      }
      case Op::BuildString:
        build_string(in, frame, argument);
        break;
      case Op::ListAppend: {
        Value item = pop(frame);
        top(frame, argument).as<List>()->items.push_back(std::move(item));
        break;
      }
      case Op::Format:
        format(in, frame, argument);
        break;
      case Op::Unpack:
        unpack(in, frame, argument);
        break;
      case Op::Jump:
        at = argument;
        break;
      case Op::JumpIfFalse:
        if (!quick_truth(in, top(frame))) at = argument;
        drop(frame, 1);
        break;
      case Op::JumpIfTrue:
        if (quick_truth(in, top(frame))) at = argument;
        drop(frame, 1);
        break;
      case Op::JumpIfFalseOrPop:
        if (!quick_truth(in, top(frame))) {
          at = argument;
        } else {
          drop(frame, 1);
        }
        break;
      case Op::JumpIfTrueOrPop:
        if (quick_truth(in, top(frame))) {
          at = argument;
        } else {
          drop(frame, 1);
        }
        break;
      case Op::GetIter: {
        const Value object = pop(frame);
        push(frame, get_iter(in, object));
        break;
      }
      case Op::ForIter: {
        Value item;
        if (iter_next(in, top(frame), item)) {
          push(frame, std::move(item));
        } else {
          drop(frame, 1);
          at = argument;
        }
        break;
      }

      case Op::Call:
        call_plain(in, frame, argument, false);
        break;
      case Op::CallKeywords:
        call_plain(in, frame, argument, true);
        break;
      case Op::CallMethod:
        call_method(in, frame, argument, false);
        break;
      case Op::CallMethodKeywords:
        call_method(in, frame, argument, true);
        break;
      case Op::CallStar:
        call_star(in, frame);
        break;
      case Op::MakeFunction:
        push(frame, make_function(in, frame, argument));
        break;
      case Op::Return:
        return pop(frame);
      case Op::Yield:
        frame.yielded = true;
        frame.instruction = at;
        return pop(frame);
      case Op::YieldFrom: {
        Value value;
        if (yield_from(in, frame, value)) {
          frame.yielded = true;
          return value;  // and here again when the frame goes on
        }
        break;
      }
      default:
        execute_rare(in, frame, op, argument);
    }
  }
}

}  // namespace cupel::python::machine
