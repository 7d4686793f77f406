// SPDX-License-Identifier: MIT
// See convert.hpp.
#include "alembic/convert.hpp"

#include <algorithm>

#include "cupel/base/text.hpp"

namespace cupel::alembic {

model::Constraint make_constraint(model::ConstraintKind kind) {
  switch (kind) {
    case model::ConstraintKind::Primary:
      return model::PrimaryKey();
    case model::ConstraintKind::Unique:
      return model::UniqueConstraint();
    case model::ConstraintKind::Foreign:
      return model::ForeignKey();
    case model::ConstraintKind::Check:
      return model::CheckConstraint();
    case model::ConstraintKind::Exclude:
      return model::ExcludeConstraint();
  }
  throw Bug("a constraint of no kind");
}

python::Value FromPython::find(const python::Value& dict, const char* key) {
  const auto* table = dict.as<python::Dict>();
  if (table == nullptr) expected("a dict", dict, key);
  const python::Value* found = table->table.find(key);
  return found == nullptr ? python::Value() : *found;
}

void FromPython::expected(std::string_view what, const python::Value& got, const char* field) {
  in_.raise("TypeError", fmt::format("{}: expected {}, got {}", field, what, in_.repr_of(got)));
}

std::string FromPython::read_text(const python::Value& value, const char* field) {
  if (!in_.is_str(value)) expected("a text", value, field);
  return std::string(in_.view(value));
}

std::int64_t FromPython::read_number(const python::Value& value, const char* field,
                                     std::int64_t min, std::int64_t max) {
  const std::optional<std::int64_t> number = in_.to_int64(value);
  if (!number || *number < min || *number > max) expected("a number", value, field);
  return *number;
}

std::size_t FromPython::read_word(std::span<const std::string_view> words,
                                  const python::Value& value, const char* field) {
  const auto found = std::find(words.begin(), words.end(), in_.view(value));
  if (found == words.end())
    expected("one of " + text::quoted_list(std::vector<std::string>(words.begin(), words.end())),
             value, field);
  return static_cast<std::size_t>(found - words.begin());
}

Value to_value(python::Interpreter& in, const python::Value& value) {
  if (value.is_none()) return {};
  if (value.is_bool()) return value.boolean();
  if (value.is_small_int()) return value.integer();
  if (value.is_float()) return value.real();
  if (in.is_str(value)) return std::string(in.view(value));
  if (value.is(python::Layout::Bytes)) {
    const std::string_view bytes = in.view(value);
    const auto* begin = reinterpret_cast<const std::byte*>(bytes.data());
    return Blob(begin, begin + bytes.size());
  }
  // Beyond 64 bits: as text, which every database reads as the number.
  if (value.is(python::Layout::Int)) return in.str_of(value);
  if (value.is(python::Layout::Float)) return in.to_double(value).value();
  const python::Value plain = in.attribute(in.import("sqlalchemy._values"), "plain");
  const python::Value given[] = {value};
  return std::string(in.view(in.call(plain, given)));
}

namespace {

struct ValueMaker {
  python::Interpreter& in;
  python::Value operator()(std::monostate) const { return python::Value::none(); }
  python::Value operator()(bool truth) const { return {truth}; }
  python::Value operator()(std::int64_t number) const { return {number}; }
  python::Value operator()(double number) const { return {number}; }
  python::Value operator()(const std::string& text) const { return in.str(text); }
  python::Value operator()(const Blob& bytes) const {
    return in.bytes({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  }
};

}  // namespace

python::Value from_value(python::Interpreter& in, const Value& value) {
  return std::visit(ValueMaker{in}, value);
}

}  // namespace cupel::alembic
