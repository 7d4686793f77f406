// SPDX-License-Identifier: MIT
// Operators: first what classes of scripts say, then what C++ knows of built-in kinds.
#include "python/operators.hpp"

#include "python/numbers.hpp"

namespace cupel::python {

using ast::BinaryOp;
using ast::UnaryOp;

Value try_method(Interpreter& in, const Value& self, Str* name, const Value& other) {
  const Value* found = lookup_override(in, self, name);
  if (found == nullptr) return Value::not_implemented();
  const Value method = *found;
  return call_special(in, method, self, {other});
}

bool set_like(const Value& value) {
  return value.is(Layout::Set) ||
         (value.is(Layout::DictView) && value.as<DictView>()->kind != ViewKind::Values);
}

Value copy_to_set(Interpreter& in, const Value& value) {
  const bool frozen = value.is(Layout::Set) && value.as<Set>()->frozen;
  Value out = in.set(frozen);
  update_set(in, *out.as<Set>(), value);
  return out;
}

namespace {

struct OperatorNames {
  Str* Names::*plain;
  Str* Names::*reflected;
  Str* Names::*inplace;
  const char* sign;
};

const OperatorNames& names_of(BinaryOp op) {
  static constexpr OperatorNames kTable[] = {
      {&Names::add, &Names::radd, &Names::iadd, "+"},
      {&Names::sub, &Names::rsub, &Names::isub, "-"},
      {&Names::mul, &Names::rmul, &Names::imul, "*"},
      {&Names::matmul, &Names::rmatmul, &Names::imatmul, "@"},
      {&Names::truediv, &Names::rtruediv, &Names::itruediv, "/"},
      {&Names::floordiv, &Names::rfloordiv, &Names::ifloordiv, "//"},
      {&Names::mod, &Names::rmod, &Names::imod, "%"},
      {&Names::pow, &Names::rpow, &Names::ipow, "**"},
      {&Names::lshift, &Names::rlshift, &Names::ilshift, "<<"},
      {&Names::rshift, &Names::rrshift, &Names::irshift, ">>"},
      {&Names::and_, &Names::rand_, &Names::iand, "&"},
      {&Names::or_, &Names::ror, &Names::ior, "|"},
      {&Names::xor_, &Names::rxor, &Names::ixor, "^"},
  };
  return kTable[static_cast<std::size_t>(op)];
}

[[noreturn]] void unsupported(Interpreter& in, BinaryOp op, const Value& a, const Value& b,
                              bool inplace) {
  std::string sign = names_of(op).sign;
  if (inplace) sign += '=';
  if (sign == "**") sign = "** or pow()";
  type_error(in, "unsupported operand type(s) for " + sign + ": '" + std::string(in.type_name(a)) +
                     "' and '" + std::string(in.type_name(b)) + "'");
}

// --- sequences and sets -------------------------------------------------------------------------

template <class T>
Value concatenate(Interpreter&, Class* cls, const T& a, const T& b) {
  Values items;
  items.reserve(a.items.size() + b.items.size());
  items.insert(items.end(), a.items.begin(), a.items.end());
  items.insert(items.end(), b.items.begin(), b.items.end());
  return make<T>(cls, std::move(items));
}

Values repeat_items(Interpreter& in, const Values& items, std::int64_t times) {
  Values out;
  if (times <= 0 || items.empty()) return out;
  if (static_cast<std::uint64_t>(times) > (std::uint64_t{1} << 40) / items.size()) {
    in.raise("MemoryError", "");
  }
  in.tick(items.size() * static_cast<std::uint64_t>(times) / 16);
  out.reserve(items.size() * static_cast<std::size_t>(times));
  for (std::int64_t i = 0; i < times; ++i) out.insert(out.end(), items.begin(), items.end());
  return out;
}

Text repeat_text(Interpreter& in, std::string_view text, std::int64_t times) {
  Text out;
  if (times <= 0 || text.empty()) return out;
  if (static_cast<std::uint64_t>(times) > (std::uint64_t{1} << 40) / text.size())
    in.raise("MemoryError", "");
  in.tick(text.size() * static_cast<std::uint64_t>(times) / 256);
  out.reserve(text.size() * static_cast<std::size_t>(times));
  for (std::int64_t i = 0; i < times; ++i) out += text;
  return out;
}

/// What an operation with bytes on the left gives: bytes or bytearray.
Class* bytes_class(Interpreter& in, const Bytes& left) {
  return left.cls()->is_subclass_of(*types(in).bytearray) ? types(in).bytearray : types(in).bytes;
}

Value multiply_sequence(Interpreter& in, const Value& sequence, const Value& times) {
  const std::int64_t count = to_index(in, times);
  if (const Str* text = sequence.as<Str>())
    return make_str(in, repeat_text(in, text->view(), count));
  if (const Bytes* data = sequence.as<Bytes>()) {
    return make<Bytes>(bytes_class(in, *data), repeat_text(in, data->view(), count));
  }
  if (const List* list = sequence.as<List>())
    return make_list(in, repeat_items(in, list->items, count));
  return make_tuple(in, repeat_items(in, sequence.as<Tuple>()->items, count));
}

bool is_sequence(const Value& value) {
  return value.is(Layout::Str) || value.is(Layout::Bytes) || value.is(Layout::List) ||
         value.is(Layout::Tuple);
}

Value as_set(Interpreter& in, const Value& value) {
  if (set_like(value)) return value;
  if (!is_iterable(in, value))
    type_error(in, "'" + std::string(in.type_name(value)) + "' object is not iterable");
  return copy_to_set(in, value);
}

Value set_operation(Interpreter& in, BinaryOp op, const Value& a, const Value& b) {
  Value result = copy_to_set(in, a);
  Table& table = result.as<Set>()->table;
  switch (op) {
    case BinaryOp::Or:
      update_set(in, *result.as<Set>(), b);
      return result;
    case BinaryOp::Sub:
      for_each(in, b, [&](const Value& item) {
        table.erase(in, item);
        return true;
      });
      return result;
    default:
      break;
  }
  const Value other = b.is(Layout::Set) ? b : copy_to_set(in, b);
  const bool intersect = op == BinaryOp::And;
  const Values own = in.items_of(result);
  for (const Value& item : own) {
    const bool both = other.as<Set>()->table.find(in, item) != nullptr;
    if (both != intersect) table.erase(in, item);
  }
  if (intersect) return result;
  const Values others = in.items_of(other);
  const Value first = a.is(Layout::Set) ? a : copy_to_set(in, a);
  for (const Value& item : others) {
    if (first.as<Set>()->table.find(in, item) == nullptr) table.set(in, item, Value::none());
  }
  return result;
}

Value make_union(Interpreter& in, const Value& a, const Value& b) {
  Values members;
  const auto add = [&](const Value& part) {
    Value args;
    if (in.class_of(part) == types(in).union_ && find_attr(in, part, in.intern("__args__"), args)) {
      for (const Value& item : in.items_of(args)) members.push_back(item);
    } else {
      members.push_back(part.is_none() ? Value(static_cast<Object*>(types(in).none)) : part);
    }
  };
  add(a);
  add(b);
  Values unique;
  for (const Value& item : members) {
    bool known = false;
    for (const Value& other : unique) known = known || in.equal(other, item);
    if (!known) unique.push_back(item);
  }
  if (unique.size() == 1) return unique[0];
  Value made = in.instance(*types(in).union_);
  made.object()->make_attributes().table.set(in.intern("__args__"),
                                             make_tuple(in, std::move(unique)));
  return made;
}

bool can_unite(Interpreter& in, const Value& value) {
  return value.is(Layout::Class) || value.is_none() || in.class_of(value) == types(in).union_ ||
         in.class_of(value) == types(in).generic_alias;
}

}  // namespace

// --- binary ----------------------------------------------------------------------------------

Value builtin_binary(Interpreter& in, BinaryOp op, const Value& a, const Value& b) {
  const Value number = number_binary(in, op, a, b);
  if (number.is_set()) return number;
  switch (op) {
    case BinaryOp::Add:
      if (a.is(Layout::Str) && b.is(Layout::Str)) {
        Text text(a.as<Str>()->view());
        text += b.as<Str>()->view();
        return make_str(in, std::move(text));
      }
      if (a.is(Layout::List) && b.is(Layout::List)) {
        return concatenate(in, types(in).list, *a.as<List>(), *b.as<List>());
      }
      if (a.is(Layout::Tuple) && b.is(Layout::Tuple)) {
        return concatenate(in, types(in).tuple, *a.as<Tuple>(), *b.as<Tuple>());
      }
      if (a.is(Layout::Bytes) && b.is(Layout::Bytes)) {
        Text data(a.as<Bytes>()->view());
        data += b.as<Bytes>()->view();
        return make<Bytes>(bytes_class(in, *a.as<Bytes>()), std::move(data));
      }
      break;
    case BinaryOp::Mul:
      if (is_sequence(a) && in.is_integer(b)) return multiply_sequence(in, a, b);
      if (is_sequence(b) && in.is_integer(a)) return multiply_sequence(in, b, a);
      break;
    case BinaryOp::Mod:
      if (const Str* text = a.as<Str>()) return make_str(in, percent_format(in, text->view(), b));
      if (const Bytes* data = a.as<Bytes>()) {
        return make<Bytes>(bytes_class(in, *data), percent_format(in, data->view(), b, true));
      }
      break;
    case BinaryOp::Or:
      if (a.is(Layout::Dict) && b.is(Layout::Dict)) {
        Value out = make_dict(in);
        update_dict(in, *out.as<Dict>(), a);
        update_dict(in, *out.as<Dict>(), b);
        return out;
      }
      if (can_unite(in, a) && can_unite(in, b) && !(a.is_none() && b.is_none()))
        return make_union(in, a, b);
      [[fallthrough]];
    case BinaryOp::And:
    case BinaryOp::Xor:
    case BinaryOp::Sub:
      if (set_like(a) && set_like(b)) return set_operation(in, op, a, b);
      // Views of dicts take anything that can be walked over.
      if ((a.is(Layout::DictView) && set_like(a)) || (b.is(Layout::DictView) && set_like(b)))
        return set_operation(in, op, as_set(in, a), as_set(in, b));
      break;
    default:
      break;
  }
  return Value::not_implemented();
}

namespace {

Value builtin_inplace(Interpreter& in, BinaryOp op, const Value& a, const Value& b) {
  if (List* list = a.as<List>()) {
    if (op == BinaryOp::Add) {
      if (!is_iterable(in, b))
        type_error(in, "'" + std::string(in.type_name(b)) + "' object is not iterable");
      extend_list(in, *list, b);
      return a;
    }
    if (op == BinaryOp::Mul && in.is_integer(b)) {
      Values items = repeat_items(in, list->items, to_index_clamped(in, b));
      list->items.swap(items);
      return a;
    }
  }
  if (Bytes* data = a.as<Bytes>(); data != nullptr && op == BinaryOp::Add && b.is(Layout::Bytes) &&
                                   bytes_class(in, *data) == types(in).bytearray) {
    data->data() += Text(b.as<Bytes>()->view());
    return a;
  }
  if (Dict* dict = a.as<Dict>(); dict != nullptr && op == BinaryOp::Or) {
    update_dict(in, *dict, b);
    return a;
  }
  if (Set* set = a.as<Set>(); set != nullptr && !set->frozen && set_like(b)) {
    if (op == BinaryOp::Or) {
      update_set(in, *set, b);
      return a;
    }
    if (op == BinaryOp::And || op == BinaryOp::Sub || op == BinaryOp::Xor) {
      const Value result = set_operation(in, op, a, b);
      std::swap(set->table, result.as<Set>()->table);
      return a;
    }
  }
  return {};
}

[[noreturn]] void explain_failure(Interpreter& in, BinaryOp op, const Value& a, const Value& b,
                                  bool inplace) {
  const std::string other(in.type_name(b));
  if (op == BinaryOp::Add && !inplace) {
    for (const auto& [layout, name] :
         {std::pair{Layout::Str, "str"}, {Layout::List, "list"}, {Layout::Tuple, "tuple"}}) {
      if (a.is(layout)) {
        type_error(in, std::string("can only concatenate ") + name + " (not \"" + other +
                           "\") to " + name);
      }
    }
    if (a.is(Layout::Bytes)) type_error(in, "can't concat " + other + " to bytes");
  }
  if (op == BinaryOp::Add && a.is(Layout::Str)) {
    type_error(in, "can only concatenate str (not \"" + other + "\") to str");
  }
  if (op == BinaryOp::Mul && is_sequence(a))
    type_error(in, "can't multiply sequence by non-int of type '" + other + "'");
  if (op == BinaryOp::Mul && is_sequence(b)) {
    type_error(in,
               "can't multiply sequence by non-int of type '" + std::string(in.type_name(a)) + "'");
  }
  unsupported(in, op, a, b, inplace);
}

}  // namespace

Value binary(Interpreter& in, BinaryOp op, const Value& a, const Value& b, bool inplace) {
  if (a.is(Layout::Lazy)) return binary(in, op, resolve_lazy(in, a), b, inplace);
  if (b.is(Layout::Lazy)) return binary(in, op, a, resolve_lazy(in, b), inplace);
  const OperatorNames& own = names_of(op);
  const bool script = class_of_script(a) || class_of_script(b);
  if (script) {
    if (inplace) {
      Value result = try_method(in, a, names(in).*own.inplace, b);
      if (!is_not_implemented(result)) return result;
    }
    const Class& a_class = *in.class_of(a);
    const Class& b_class = *in.class_of(b);
    const bool reflected_first = &a_class != &b_class && b_class.is_subclass_of(a_class);
    if (reflected_first) {
      Value result = try_method(in, b, names(in).*own.reflected, a);
      if (!is_not_implemented(result)) return result;
    }
    Value result = try_method(in, a, names(in).*own.plain, b);
    if (!is_not_implemented(result)) return result;
    // A built-in on the left may know what to do before the right side is asked (str % anything).
    if (!reflected_first && &a_class != &b_class) {
      result = try_method(in, b, names(in).*own.reflected, a);
      if (!is_not_implemented(result)) return result;
    }
  }
  if (inplace) {
    Value result = builtin_inplace(in, op, a, b);
    if (result.is_set()) return result;
  }
  Value result = builtin_binary(in, op, a, b);
  if (is_not_implemented(result)) explain_failure(in, op, a, b, inplace);
  return result;
}

Value unary(Interpreter& in, UnaryOp op, const Value& a) {
  if (a.is(Layout::Lazy)) return unary(in, op, resolve_lazy(in, a));
  Str* name = op == UnaryOp::Minus  ? names(in).neg
              : op == UnaryOp::Plus ? names(in).pos
                                    : names(in).invert;
  if (const Value* found = lookup_override(in, a, name)) {
    const Value method = *found;
    return call_special(in, method, a);
  }
  Value result = number_unary(in, op, a);
  if (result.is_set()) return result;
  const char* sign = op == UnaryOp::Minus ? "-" : op == UnaryOp::Plus ? "+" : "~";
  type_error(in, std::string("bad operand type for unary ") + sign + ": '" +
                     std::string(in.type_name(a)) + "'");
}

}  // namespace cupel::python
