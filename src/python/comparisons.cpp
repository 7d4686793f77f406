// SPDX-License-Identifier: MIT
// Comparing, `in`, and hashing.
#include <cmath>
#include <limits>

#include "python/numbers.hpp"
#include "python/operators.hpp"

namespace cupel::python {

using ast::CompareOp;

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

// --- in --------------------------------------------------------------------------------------

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
        const std::int64_t byte =
            in.is_integer(item) ? to_index_clamped(in, item) : to_index(in, item);
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

// --- hashing ---------------------------------------------------------------------------------

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
