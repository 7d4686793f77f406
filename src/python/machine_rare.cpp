// SPDX-License-Identifier: MIT
// The instructions outside of the quick loop. See machine.hpp.
#include "python/machine.hpp"

namespace cupel::python::machine {

using ast::UnaryOp;

void execute_rare(Interpreter& in, Frame& frame, Op op, std::uint32_t argument) {
  const Code& code = *frame.code;
  Value* const locals = frame.slots.data();
  switch (op) {
    case Op::Dup2:
      push(frame, top(frame, 2));
      push(frame, top(frame, 2));
      break;
    case Op::Rot3:  // a b c -> c a b
      top(frame, 1).swap(top(frame, 2));
      top(frame, 2).swap(top(frame, 3));
      break;
    case Op::DeleteFast:
      if (!locals[argument].is_set()) unbound(in, *code.locals[argument], false);
      locals[argument] = Value();
      break;
    case Op::DeleteDeref:
      frame.cells[argument].as<Cell>()->value = Value();
      break;
    case Op::LoadClassDeref: {
      Str* name = code.frees[argument - code.cells.size()];
      Value value;
      if (!find_name(in, frame, name, value)) {
        value = frame.cells[argument].as<Cell>()->value;
        if (!value.is_set()) unbound(in, *name, true);
        if (value.is(Layout::Lazy)) value = resolve_lazy(in, value);
      }
      push(frame, std::move(value));
      break;
    }
    case Op::DeleteGlobal:
      if (!frame.globals->table.erase(*name_at(frame, argument)).is_set()) {
        name_error(in, *name_at(frame, argument));
      }
      break;
    case Op::DeleteName: {
      Dict* dict = frame.names.as<Dict>();
      if (dict == nullptr || !dict->table.erase(*name_at(frame, argument)).is_set()) {
        name_error(in, *name_at(frame, argument));
      }
      break;
    }

    case Op::DeleteAttr: {
      const Value object = pop(frame);
      del_attr(in, object, name_at(frame, argument));
      break;
    }
    case Op::DeleteSubscript: {
      const Value key = pop(frame);
      const Value object = pop(frame);
      del_item(in, object, key);
      break;
    }
    case Op::BuildSlice:
      build_slice(in, frame, argument);
      break;

    case Op::Positive: {
      const Value operand = pop(frame);
      push(frame, unary(in, UnaryOp::Plus, operand));
      break;
    }
    case Op::Invert: {
      const Value operand = pop(frame);
      push(frame, unary(in, UnaryOp::Invert, operand));
      break;
    }
    case Op::BuildSet: {
      Value set = in.set();
      for (std::size_t i = argument; i > 0; --i) {
        const Value item = top(frame, i);
        set.as<Set>()->table.set(in, item, Value::none());
      }
      drop(frame, argument);
      push(frame, std::move(set));
      break;
    }
    case Op::ListExtend: {
      const Value source = pop(frame);
      if (!is_iterable(in, source)) {
        type_error(in,
                   "Value after * must be an iterable, not " + std::string(in.type_name(source)));
      }
      extend_list(in, *top(frame, argument).as<List>(), source);
      break;
    }
    case Op::SetAdd: {
      const Value item = pop(frame);
      top(frame, argument).as<Set>()->table.set(in, item, Value::none());
      break;
    }
    case Op::SetUpdate: {
      const Value source = pop(frame);
      update_set(in, *top(frame, argument).as<Set>(), source);
      break;
    }
    case Op::DictAdd: {
      Value value = pop(frame);
      const Value key = pop(frame);
      top(frame, argument).as<Dict>()->table.set(in, key, std::move(value));
      break;
    }
    case Op::DictUpdate: {
      const Value source = pop(frame);
      if (!source.is(Layout::Dict) && !has_keys(in, source)) {
        type_error(in, "'" + std::string(in.type_name(source)) + "' object is not a mapping");
      }
      update_dict(in, *top(frame).as<Dict>(), source);
      break;
    }
    case Op::DictMerge:
      merge_keywords(in, frame);
      break;
    case Op::ListToTuple: {
      Value list = pop(frame);
      push(frame, make_tuple(in, std::move(list.as<List>()->items)));
      break;
    }
    case Op::UnpackStar:
      unpack_star(in, frame, argument & 0xFF, argument >> 8);
      break;

    case Op::GetAsyncIter: {
      const Value object = pop(frame);
      push(frame, get_async_iter(in, object));
      break;
    }
    case Op::MakeClass:
      make_class(in, frame);
      break;
    case Op::SetupAnnotations:
      break;
    case Op::StoreAnnotation:
      store_annotation(in, frame, name_at(frame, argument));
      break;

    case Op::GetYieldFrom: {
      const Value object = pop(frame);
      push(frame, object.is(Layout::Generator) ? object : get_iter(in, object));
      break;
    }
    case Op::Await: {
      const Value value = pop(frame);
      push(frame, await(in, value));
      break;
    }

    case Op::Raise:
      raise_statement(in, frame, argument);
    case Op::Reraise: {
      Value exception = pop(frame);
      if (argument != 0) frame.handled = pop(frame);
      throw Raised{std::move(exception)};
    }
    case Op::PushException: {
      Value exception = pop(frame);
      Value previous = exception;
      previous.swap(frame.handled);
      push(frame, std::move(previous));
      push(frame, std::move(exception));
      break;
    }
    case Op::PopException:
      frame.handled = pop(frame);
      break;
    case Op::MatchException: {
      const Value type = pop(frame);
      push(frame, Value(match_exception(in, top(frame), type)));
      break;
    }
    case Op::AssertError:
      push(frame, Value(in.exception_class("AssertionError")));
      break;
    case Op::BeforeWith:
      before_with(in, frame, argument != 0);
      break;
    case Op::ExitWith:
      exit_with(in, frame, argument != 0);
      break;

    case Op::Import: {
      const Values& what = code.constants[argument].as<Tuple>()->items;
      push(frame,
           import_name(in, what[0].as<Str>()->view(), static_cast<std::uint32_t>(what[1].integer()),
                       *frame.globals, what[3].boolean(), what[2].boolean()));
      break;
    }
    case Op::ImportFrom: {
      const Value module = top(frame);
      push(frame, import_from(in, module, name_at(frame, argument >> 1), (argument & 1) != 0));
      break;
    }
    case Op::ImportStar: {
      const Value module = pop(frame);
      Dict* names = frame.names.as<Dict>();
      import_star(in, module, names != nullptr ? *names : *frame.globals);
      break;
    }

    case Op::MatchSequence:
      match_sequence(in, frame, argument);
      break;
    case Op::MatchMapping:
      if (argument == 0) {
        push(frame, Value(top(frame).is(Layout::Dict)));
      } else {
        match_rest(in, frame);
      }
      break;
    case Op::MatchKeys:
      match_keys(in, frame);
      break;
    case Op::MatchClass:
      match_class(in, frame, argument);
      break;
    case Op::Poison:
      poison(in, frame, code.constants[argument].as<Tuple>()->items);
      break;
    case Op::Length:
      push(frame, Value(length_of(in, top(frame))));
      break;
    default:
      break;
  }
}

}  // namespace cupel::python::machine
