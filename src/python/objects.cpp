// SPDX-License-Identifier: MIT
// Making values, and numbers as C++ wants them.
#include <cmath>
#include <limits>

#include "python/state.hpp"
#include "python/unicode.hpp"

namespace cupel::python {

Value make_str(Interpreter& in, Text text) {
  if (text.empty()) return in.state().empty_str;
  return make<Str>(types(in).str, std::move(text));
}

Value make_str(Interpreter& in, std::string_view text) {
  if (text.empty()) return in.state().empty_str;
  if (text.size() == 1 && static_cast<unsigned char>(text[0]) < 128) {
    return in.state().one_char[static_cast<std::size_t>(text[0])];
  }
  return make<Str>(types(in).str, Text(text));
}

Value make_char(Interpreter& in, char32_t point) {
  Text text;
  unicode::append(text, point);
  return make_str(in, std::string_view(text));
}

Value make_int(Interpreter& in, BigInt value) {
  if (const auto small = value.to_int64()) return Value(*small);
  return make<IntObject>(types(in).int_, std::move(value));
}

Value make_tuple(Interpreter& in, Values items) {
  if (items.empty() && in.state().empty_tuple.is_set()) return in.state().empty_tuple;
  return make<Tuple>(types(in).tuple, std::move(items));
}

Value make_list(Interpreter& in, Values items) {
  return make<List>(types(in).list, std::move(items));
}

Value make_dict(Interpreter& in) { return make<Dict>(types(in).dict); }

Value make_bytes(Interpreter& in, std::string_view data) {
  return make<Bytes>(types(in).bytes, Text(data));
}

BigInt to_big(const Value& value) {
  if (const auto* object = value.as<IntObject>()) return object->value;
  return BigInt(value.integer());
}

std::int64_t to_index(Interpreter& in, const Value& value, std::string_view what) {
  Value number = value;
  if (!in.is_integer(value)) {
    const Value* method = lookup_override(in, value, names(in).index);
    if (method == nullptr) {
      type_error(in, what == "object" ? "'" + std::string(in.type_name(value)) +
                                            "' object cannot be interpreted as an integer"
                                      : std::string(what));
    }
    const Value found = *method;
    number = call_special(in, found, value);
    if (!in.is_integer(number)) type_error(in, "__index__ returned non-int");
  }
  const auto small = in.to_int64(number);
  if (!small) in.raise("OverflowError", "cannot fit 'int' into an index-sized integer");
  return *small;
}

std::int64_t to_index_clamped(Interpreter& in, const Value& value) {
  if (const auto* object = value.as<IntObject>(); object != nullptr && !object->value.to_int64()) {
    return object->value.negative() ? std::numeric_limits<std::int64_t>::min()
                                    : std::numeric_limits<std::int64_t>::max();
  }
  return to_index(in, value, "slice indices must be integers or None or have an __index__ method");
}

std::uint64_t RangeObject::size() const {
  if (step > 0) {
    return start >= stop ? 0
                         : (static_cast<std::uint64_t>(stop) - static_cast<std::uint64_t>(start) -
                            1) / static_cast<std::uint64_t>(step) +
                               1;
  }
  const std::uint64_t stride = 0 - static_cast<std::uint64_t>(step);
  return start <= stop
             ? 0
             : (static_cast<std::uint64_t>(start) - static_cast<std::uint64_t>(stop) - 1) / stride +
                   1;
}

Function::Function(Class* cls, Code* code, Dict* globals)
    : Object(cls, kLayout),
      name(code->name),
      qualified_name(code->qualified_name),
      doc(code->doc),
      code_(code),
      globals_(globals),
      code_holder_(static_cast<Object*>(code)),
      globals_holder_(static_cast<Object*>(globals)) {}

// --- the public face --------------------------------------------------------------------------

Value Interpreter::str(std::string_view text) { return make_str(*this, text); }
Value Interpreter::bytes(std::string_view data) { return make_bytes(*this, data); }
Value Interpreter::list(std::vector<Value> items) {
  return make_list(
      *this, Values(std::make_move_iterator(items.begin()), std::make_move_iterator(items.end())));
}
Value Interpreter::tuple(std::vector<Value> items) {
  return make_tuple(
      *this, Values(std::make_move_iterator(items.begin()), std::make_move_iterator(items.end())));
}
Value Interpreter::dict() { return make_dict(*this); }
Value Interpreter::set(bool frozen) {
  return make<Set>(frozen ? types(*this).frozenset : types(*this).set, frozen);
}
Str* Interpreter::intern(std::string_view text) { return state_->heap.intern(text); }

Value Interpreter::integer(std::string_view digits) {
  const bool negative = !digits.empty() && digits[0] == '-';
  if (negative) digits.remove_prefix(1);
  const auto parsed = BigInt::parse(digits, 10);
  if (!parsed) return Value::none();
  return make_int(*this, negative ? -*parsed : *parsed);
}

bool Interpreter::is_integer(const Value& value) const {
  return value.is_small_int() || value.is_bool() || value.is(Layout::Int);
}

std::optional<std::int64_t> Interpreter::to_int64(const Value& value) const {
  if (value.is_small_int() || value.is_bool()) return value.integer();
  if (const auto* object = value.as<IntObject>()) return object->value.to_int64();
  return std::nullopt;
}

std::optional<double> Interpreter::to_double(const Value& value) const {
  if (value.is_float()) return value.real();
  if (value.is_small_int() || value.is_bool()) return static_cast<double>(value.integer());
  if (const auto* object = value.as<FloatObject>()) return object->value;
  if (const auto* object = value.as<IntObject>()) return object->value.to_double();
  return std::nullopt;
}

std::string_view Interpreter::view(const Value& value) const {
  if (const Str* text = value.as<Str>()) return text->view();
  if (const Bytes* data = value.as<Bytes>()) return data->view();
  return {};
}

std::string Interpreter::str_of(const Value& value) { return std::string(to_str(*this, value)); }
std::string Interpreter::repr_of(const Value& value) { return std::string(to_repr(*this, value)); }

Class* Interpreter::class_of(const Value& value) const {
  const Types& t = state_->types;
  switch (value.kind()) {
    case Kind::Unset:
    case Kind::None:
      return t.none;
    case Kind::NotImplemented:
      return t.not_implemented;
    case Kind::Ellipsis:
      return t.ellipsis;
    case Kind::Bool:
      return t.bool_;
    case Kind::Int:
      return t.int_;
    case Kind::Float:
      return t.float_;
    case Kind::Object:
      return value.object()->cls();
  }
  return t.object;
}

Value Interpreter::instance(Class& cls, std::unique_ptr<NativeData> data) {
  Value made = make<Instance>(&cls);
  made.as<Instance>()->data = std::move(data);
  return made;
}

bool Interpreter::truth(const Value& value) {
  switch (value.kind()) {
    case Kind::Unset:
    case Kind::None:
      return false;
    case Kind::NotImplemented:
    case Kind::Ellipsis:
      return true;
    case Kind::Bool:
    case Kind::Int:
      return value.integer() != 0;
    case Kind::Float:
      return value.real() != 0;
    case Kind::Object:
      break;
  }
  Object* object = value.object();
  if (object->cls()->from_script || object->layout() == Layout::Instance) {
    if (const Value* found = lookup_override(*this, value, names(*this).bool_)) {
      const Value method = *found;
      const Value result = call_special(*this, method, value);
      if (!result.is_bool()) {
        type_error(*this,
                   "__bool__ should return bool, returned " + std::string(type_name(result)));
      }
      return result.boolean();
    }
    if (lookup_override(*this, value, names(*this).len) != nullptr)
      return length_of(*this, value) != 0;
  }
  switch (object->layout()) {
    case Layout::Str:
      return !static_cast<Str*>(object)->view().empty();
    case Layout::Bytes:
      return !static_cast<Bytes*>(object)->view().empty();
    case Layout::List:
      return !static_cast<List*>(object)->items.empty();
    case Layout::Tuple:
      return !static_cast<Tuple*>(object)->items.empty();
    case Layout::Dict:
      return !static_cast<Dict*>(object)->table.empty();
    case Layout::Set:
      return !static_cast<Set*>(object)->table.empty();
    case Layout::Int:
      return !static_cast<IntObject*>(object)->value.is_zero();
    case Layout::Float:
      return static_cast<FloatObject*>(object)->value != 0;
    case Layout::Range:
      return static_cast<RangeObject*>(object)->size() != 0;
    case Layout::DictView:
      return !static_cast<DictView*>(object)->dict.as<Dict>()->table.empty();
    case Layout::Lazy:
      return truth(resolve_lazy(*this, value));
    default:
      return true;
  }
}

bool Interpreter::equal(const Value& a, const Value& b) {
  if (a.same(b) && !a.is_float()) return true;
  return truth(compare(*this, ast::CompareOp::Eq, a, b));
}
bool Interpreter::less(const Value& a, const Value& b) {
  return truth(compare(*this, ast::CompareOp::Lt, a, b));
}
std::uint64_t Interpreter::hash(const Value& value) { return hash_of(*this, value); }
std::size_t Interpreter::length(const Value& value) {
  return static_cast<std::size_t>(length_of(*this, value));
}
bool Interpreter::is_callable(const Value& value) { return python::is_callable(*this, value); }

Values Interpreter::items_of(const Value& iterable) {
  if (!class_of_script(iterable)) {
    if (const List* list = iterable.as<List>()) return list->items;
    if (const Tuple* tuple = iterable.as<Tuple>()) return tuple->items;
  }
  Values items;
  for_each(*this, iterable, [&](const Value& item) {
    items.push_back(item);
    return true;
  });
  return items;
}

}  // namespace cupel::python
