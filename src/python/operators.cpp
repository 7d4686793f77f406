// SPDX-License-Identifier: MIT
// Operators: first what classes of scripts say, then what C++ knows of built-in kinds.
#include <cmath>
#include <limits>

#include "python/numbers.hpp"
#include "python/state.hpp"

namespace cupel::python {

using ast::BinaryOp;
using ast::CompareOp;
using ast::UnaryOp;

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

Value try_method(Interpreter& in, const Value& self, Str* name, const Value& other) {
  const Value* found = lookup_override(in, self, name);
  if (found == nullptr) return Value::not_implemented();
  const Value method = *found;
  return call_special(in, method, self, {other});
}

bool is_not_implemented(const Value& value) { return value.kind() == Kind::NotImplemented; }

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

Value multiply_sequence(Interpreter& in, const Value& sequence, const Value& times) {
  const std::int64_t count = to_index(in, times);
  if (const Str* text = sequence.as<Str>())
    return make_str(in, repeat_text(in, text->view(), count));
  if (const Bytes* data = sequence.as<Bytes>()) {
    return make<Bytes>(types(in).bytes, repeat_text(in, data->view(), count));
  }
  if (const List* list = sequence.as<List>())
    return make_list(in, repeat_items(in, list->items, count));
  return make_tuple(in, repeat_items(in, sequence.as<Tuple>()->items, count));
}

bool is_sequence(const Value& value) {
  return value.is(Layout::Str) || value.is(Layout::Bytes) || value.is(Layout::List) ||
         value.is(Layout::Tuple);
}

/// Sets, frozensets and keys of dicts.
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

// --- binary
// ---------------------------------------------------------------------------------------

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
        return make<Bytes>(types(in).bytes, std::move(data));
      }
      break;
    case BinaryOp::Mul:
      if (is_sequence(a) && in.is_integer(b)) return multiply_sequence(in, a, b);
      if (is_sequence(b) && in.is_integer(a)) return multiply_sequence(in, b, a);
      break;
    case BinaryOp::Mod:
      if (const Str* text = a.as<Str>()) return make_str(in, percent_format(in, text->view(), b));
      if (const Bytes* data = a.as<Bytes>()) {
        return make<Bytes>(types(in).bytes, percent_format(in, data->view(), b, true));
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

// --- comparing
// --------------------------------------------------------------------------------------

namespace {

bool decide(CompareOp op, int order) {
  switch (op) {
    case CompareOp::Lt:
      return order < 0;
    case CompareOp::Le:
      return order <= 0;
    case CompareOp::Gt:
      return order > 0;
    case CompareOp::Ge:
      return order >= 0;
    case CompareOp::Eq:
      return order == 0;
    default:
      return order != 0;
  }
}

Value compare_sequences(Interpreter& in, CompareOp op, const Value& a, const Value& b) {
  in.check_stack();
  const auto items = [](const Value& value) -> const Values& {
    return value.is(Layout::List) ? value.as<List>()->items : value.as<Tuple>()->items;
  };
  if ((op == CompareOp::Eq || op == CompareOp::Ne) && items(a).size() != items(b).size()) {
    return Value(op == CompareOp::Ne);
  }
  for (std::size_t i = 0; i < items(a).size() && i < items(b).size(); ++i) {
    if (--in.state().steps_left == 0) in.tick();
    const Value x = items(a)[i], y = items(b)[i];
    if (x.same(y) && !x.is_float()) continue;
    if (in.equal(x, y)) continue;
    if (op == CompareOp::Eq || op == CompareOp::Ne) return Value(op == CompareOp::Ne);
    return compare(in, op, x, y);
  }
  const std::size_t n = items(a).size(), m = items(b).size();
  return Value(decide(op, n < m ? -1 : n > m ? 1 : 0));
}

bool subset(Interpreter& in, const Table& a, Table& b) {
  if (a.size() > b.size()) return false;
  for (std::size_t i = 0; i < a.slots(); ++i) {
    const Value key = a.slot(i).key;
    if (key.is_set() && b.find(in, key) == nullptr) return false;
  }
  return true;
}

Value compare_sets(Interpreter& in, CompareOp op, const Value& a, const Value& b) {
  const Value x = a.is(Layout::Set) ? a : copy_to_set(in, a);
  const Value y = b.is(Layout::Set) ? b : copy_to_set(in, b);
  Table& s = x.as<Set>()->table;
  Table& t = y.as<Set>()->table;
  switch (op) {
    case CompareOp::Eq:
      return Value(s.size() == t.size() && subset(in, s, t));
    case CompareOp::Ne:
      return Value(s.size() != t.size() || !subset(in, s, t));
    case CompareOp::Le:
      return Value(subset(in, s, t));
    case CompareOp::Lt:
      return Value(s.size() < t.size() && subset(in, s, t));
    case CompareOp::Ge:
      return Value(subset(in, t, s));
    default:
      return Value(t.size() < s.size() && subset(in, t, s));
  }
}

bool equal_dicts(Interpreter& in, Dict& a, Dict& b) {
  in.check_stack();
  if (a.table.size() != b.table.size()) return false;
  for (std::size_t i = 0; i < a.table.slots(); ++i) {
    const Table::Entry entry = a.table.slot(i);
    if (!entry.key.is_set()) continue;
    const Value* other = b.table.find(in, entry.key, entry.hash);
    if (other == nullptr) return false;
    const Value held = *other;
    if (!in.equal(entry.value, held)) return false;
  }
  return true;
}

bool equal_objects(Interpreter& in, const Value& a, const Value& b) {
  switch (a.object()->layout()) {
    case Layout::Range: {
      const RangeObject &x = *a.as<RangeObject>(), &y = *b.as<RangeObject>();
      return x.size() == y.size() &&
             (x.size() == 0 || (x.start == y.start && (x.size() == 1 || x.step == y.step)));
    }
    case Layout::Slice: {
      const SliceObject &x = *a.as<SliceObject>(), &y = *b.as<SliceObject>();
      return in.equal(x.start, y.start) && in.equal(x.stop, y.stop) && in.equal(x.step, y.step);
    }
    case Layout::Method: {
      const Method &x = *a.as<Method>(), &y = *b.as<Method>();
      return x.self.same(y.self) && x.function.same(y.function);
    }
    default:
      return false;
  }
}

}  // namespace

Value builtin_compare(Interpreter& in, CompareOp op, const Value& a, const Value& b) {
  int order = 0;
  bool unordered = false;
  if (number_compare(in, a, b, order, unordered)) {
    return Value(unordered ? op == CompareOp::Ne : decide(op, order));
  }
  const bool equality = op == CompareOp::Eq || op == CompareOp::Ne;
  if (!a.is_object() || !b.is_object())
    return equality && a.same(b) ? Value(op == CompareOp::Eq) : Value::not_implemented();
  if (set_like(a) && set_like(b)) return compare_sets(in, op, a, b);
  if (a.object()->layout() != b.object()->layout()) return Value::not_implemented();
  switch (a.object()->layout()) {
    case Layout::Str:
      return Value(decide(op, a.as<Str>()->view().compare(b.as<Str>()->view())));
    case Layout::Bytes:
      return Value(decide(op, a.as<Bytes>()->view().compare(b.as<Bytes>()->view())));
    case Layout::List:
    case Layout::Tuple:
      return compare_sequences(in, op, a, b);
    case Layout::Dict:
      if (!equality) return Value::not_implemented();
      return Value(equal_dicts(in, *a.as<Dict>(), *b.as<Dict>()) == (op == CompareOp::Eq));
    case Layout::Range:
    case Layout::Slice:
    case Layout::Method:
      if (!equality) return Value::not_implemented();
      return Value((a.same(b) || equal_objects(in, a, b)) == (op == CompareOp::Eq));
    default:
      return Value::not_implemented();
  }
}

Value compare(Interpreter& in, CompareOp op, const Value& a, const Value& b) {
  if (a.is(Layout::Lazy)) return compare(in, op, resolve_lazy(in, a), b);
  if (b.is(Layout::Lazy)) return compare(in, op, a, resolve_lazy(in, b));
  if (class_of_script(a) || class_of_script(b)) {
    const Names& n = names(in);
    Str* const own[] = {n.lt, n.le, n.eq, n.ne, n.gt, n.ge};
    Str* const swapped[] = {n.gt, n.ge, n.eq, n.ne, n.lt, n.le};
    const auto index = static_cast<std::size_t>(op);
    const auto ask = [&](const Value& self, const Value& other, Str* name) {
      Value result = try_method(in, self, name, other);
      if (is_not_implemented(result) && name == n.ne) {
        result = try_method(in, self, n.eq, other);
        if (!is_not_implemented(result)) result = Value(!in.truth(result));
      }
      return result;
    };
    const Class& a_class = *in.class_of(a);
    const Class& b_class = *in.class_of(b);
    const bool other_first = &a_class != &b_class && b_class.is_subclass_of(a_class);
    Value result = other_first ? ask(b, a, swapped[index]) : ask(a, b, own[index]);
    if (!is_not_implemented(result)) return result;
    result = other_first ? ask(a, b, own[index]) : ask(b, a, swapped[index]);
    if (!is_not_implemented(result)) return result;
  }
  Value result = builtin_compare(in, op, a, b);
  if (!is_not_implemented(result)) return result;
  if (op == CompareOp::Eq) return Value(a.same(b));
  if (op == CompareOp::Ne) return Value(!a.same(b));
  static constexpr const char* kSigns[] = {"<", "<=", "==", "!=", ">", ">="};
  type_error(in, std::string("'") + kSigns[static_cast<std::size_t>(op)] +
                     "' not supported between instances of '" + std::string(in.type_name(a)) +
                     "' and '" + std::string(in.type_name(b)) + "'");
}

// --- in
// -----------------------------------------------------------------------------------------------

bool builtin_contains(Interpreter& in, const Value& container, const Value& item) {
  if (container.is_object()) {
    switch (container.object()->layout()) {
      case Layout::Str: {
        const Str* part = item.as<Str>();
        if (part == nullptr) {
          type_error(in, "'in <string>' requires string as left operand, not " +
                             std::string(in.type_name(item)));
        }
        return container.as<Str>()->view().find(part->view()) != std::string_view::npos;
      }
      case Layout::Bytes: {
        const std::string_view data = container.as<Bytes>()->view();
        if (const Bytes* part = item.as<Bytes>())
          return data.find(part->view()) != std::string_view::npos;
        if (lookup_special(in, item, names(in).index) == nullptr) {
          type_error(
              in, "a bytes-like object is required, not '" + std::string(in.type_name(item)) + "'");
        }
        const std::int64_t byte = to_index(in, item);
        if (byte < 0 || byte > 255) value_error(in, "byte must be in range(0, 256)");
        return data.find(static_cast<char>(byte)) != std::string_view::npos;
      }
      case Layout::Dict:
        return container.as<Dict>()->table.find(in, item) != nullptr;
      case Layout::Set:
        return container.as<Set>()->table.find(in, item) != nullptr;
      case Layout::DictView: {
        const DictView& view = *container.as<DictView>();
        if (view.kind == ViewKind::Keys)
          return view.dict.as<Dict>()->table.find(in, item) != nullptr;
        break;
      }
      case Layout::Range:
        if (in.is_integer(item)) {
          const auto value = in.to_int64(item);
          const RangeObject& range = *container.as<RangeObject>();
          if (!value || range.size() == 0) return false;
          const bool inside = range.step > 0 ? *value >= range.start && *value < range.stop
                                             : *value <= range.start && *value > range.stop;
          const std::uint64_t distance =
              range.step > 0
                  ? static_cast<std::uint64_t>(*value) - static_cast<std::uint64_t>(range.start)
                  : static_cast<std::uint64_t>(range.start) - static_cast<std::uint64_t>(*value);
          const std::uint64_t stride = range.step > 0 ? static_cast<std::uint64_t>(range.step)
                                                      : 0 - static_cast<std::uint64_t>(range.step);
          return inside && distance % stride == 0;
        }
        break;
      default:
        break;
    }
  }
  bool found = false;
  const Value keep = container;
  for_each(in, keep, [&](const Value& other) {
    found = other.same(item) || in.equal(other, item);
    return !found;
  });
  return found;
}

bool contains(Interpreter& in, const Value& container, const Value& item) {
  if (container.is(Layout::Lazy)) return contains(in, resolve_lazy(in, container), item);
  if (const Value* found = lookup_override(in, container, names(in).contains)) {
    const Value method = *found;
    return in.truth(call_special(in, method, container, {item}));
  }
  if (!is_iterable(in, container)) {
    type_error(in,
               "argument of type '" + std::string(in.type_name(container)) + "' is not iterable");
  }
  return builtin_contains(in, container, item.is(Layout::Lazy) ? resolve_lazy(in, item) : item);
}

// --- hashing
// --------------------------------------------------------------------------------------------

std::uint64_t builtin_hash(Interpreter& in, const Value& value) {
  switch (value.kind()) {
    case Kind::Unset:
    case Kind::None:
      return 0xFCA86420;
    case Kind::NotImplemented:
      return 0x1234567;
    case Kind::Ellipsis:
      return 0x7654321;
    case Kind::Bool:
    case Kind::Int:
    case Kind::Float:
      return number_hash(value);
    case Kind::Object:
      break;
  }
  Object* object = value.object();
  switch (object->layout()) {
    case Layout::Int:
    case Layout::Float:
      return number_hash(value);
    case Layout::Str:
      return static_cast<Str*>(object)->hash();
    case Layout::Bytes:
      return std::hash<std::string_view>()(static_cast<Bytes*>(object)->view());
    case Layout::Tuple: {
      in.check_stack();
      std::uint64_t hash = 2870177450012600261U;
      for (std::size_t i = 0; i < static_cast<Tuple*>(object)->items.size(); ++i) {
        const Value item = static_cast<Tuple*>(object)->items[i];
        hash += hash_of(in, item) * 14029467366897019727U;
        hash = (hash << 31 | hash >> 33) * 11400714785074694791U;
      }
      return hash + static_cast<Tuple*>(object)->items.size();
    }
    case Layout::Set: {
      if (!static_cast<Set*>(object)->frozen) break;
      std::uint64_t hash = 1927868237;
      const Table& table = static_cast<Set*>(object)->table;
      for (std::size_t i = 0; i < table.slots(); ++i) {
        if (table.slot(i).key.is_set())
          hash ^= (table.slot(i).hash ^ 89869747 ^ table.slot(i).hash << 16) * 3644798167U;
      }
      return hash;
    }
    case Layout::Range:
      return static_cast<RangeObject*>(object)->size() * 31 +
             static_cast<std::uint64_t>(static_cast<RangeObject*>(object)->start);
    case Layout::Method: {
      const Method& method = *static_cast<Method*>(object);
      return reinterpret_cast<std::uintptr_t>(method.function.object()) * 31 ^
             reinterpret_cast<std::uintptr_t>(method.self.is_object() ? method.self.object()
                                                                      : nullptr) >>
                 4;
    }
    case Layout::List:
    case Layout::Dict:
    case Layout::Slice:
      break;
    default:
      return reinterpret_cast<std::uintptr_t>(object) >> 4;
  }
  type_error(in, "unhashable type: '" + std::string(in.type_name(value)) + "'");
}

std::uint64_t hash_of(Interpreter& in, const Value& value) {
  if (class_of_script(value)) {
    const Value* found = value.object()->cls()->lookup(names(in).hash);
    if (found != nullptr && found->is_none()) {
      type_error(in, "unhashable type: '" + std::string(in.type_name(value)) + "'");
    }
    if (const Value* own = lookup_override(in, value, names(in).hash)) {
      const Value method = *own;
      const Value result = call_special(in, method, value);
      if (!in.is_integer(result)) type_error(in, "__hash__ method should return an integer");
      return number_hash(result);
    }
  }
  if (value.is(Layout::Lazy)) return hash_of(in, resolve_lazy(in, value));
  return builtin_hash(in, value);
}

}  // namespace cupel::python
