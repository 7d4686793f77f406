// SPDX-License-Identifier: MIT
// See type.hpp.
#include "cupel/model/type.hpp"

#include <tuple>
#include <utility>

#include "cupel/base/text.hpp"
#include "model/words.hpp"

namespace cupel::model {
namespace {

const char* kind_word(TypeKind kind) {
  switch (kind) {
    case TypeKind::Untyped:
      return "Untyped";
    case TypeKind::Boolean:
      return "Boolean";
    case TypeKind::SmallInteger:
      return "SmallInteger";
    case TypeKind::Integer:
      return "Integer";
    case TypeKind::BigInteger:
      return "BigInteger";
    case TypeKind::Numeric:
      return "Numeric";
    case TypeKind::Float:
      return "Float";
    case TypeKind::Double:
      return "Double";
    case TypeKind::String:
      return "String";
    case TypeKind::Char:
      return "Char";
    case TypeKind::Text:
      return "Text";
    case TypeKind::Binary:
      return "Binary";
    case TypeKind::LargeBinary:
      return "LargeBinary";
    case TypeKind::Date:
      return "Date";
    case TypeKind::Time:
      return "Time";
    case TypeKind::DateTime:
      return "DateTime";
    case TypeKind::Timestamp:
      return "Timestamp";
    case TypeKind::Interval:
      return "Interval";
    case TypeKind::Json:
      return "Json";
    case TypeKind::Uuid:
      return "Uuid";
    case TypeKind::Enum:
      return "Enum";
    case TypeKind::Array:
      return "Array";
    case TypeKind::Named:
      return "Named";
  }
  return "";
}

std::string head(const Type& type) {
  if (type.kind != TypeKind::Named) return kind_word(type.kind);
  return type.schema.empty() ? type.name : type.schema + "." + type.name;
}

std::vector<std::string> arguments(const Type& type) {
  std::vector<std::string> parts;
  for (const std::string& value : type.values) parts.push_back(quoted_string(value));
  for (const Type& element : type.element) parts.push_back(to_string(element));
  if (type.dimensions != 1) parts.push_back(std::to_string(type.dimensions));
  if (type.kind != TypeKind::Named && !type.name.empty()) {
    parts.push_back(to_string(ObjectName(type.schema, type.name)));
  }
  for (const std::optional<int>& number : {type.length, type.precision, type.scale}) {
    if (number) parts.push_back(std::to_string(*number));
  }
  if (type.timezone) parts.emplace_back("timezone");
  return parts;
}

std::string suffixes(const Type& type) {
  std::string text;
  if (!type.collation.empty()) text += " collate " + type.collation;
  if (!type.native) text += " as varchar";
  if (type.create_constraint) text += " with check";
  if (!type.constraint_name.empty()) text += " '" + type.constraint_name + "'";
  if (!type.create_type) text += " of an existing type";
  for (const TypeVariant& variant : type.variants) {
    text += ", on " + variant.dialect + " " + to_string(variant.type);
  }
  return text;
}

}  // namespace

Type::Type() = default;
Type::Type(TypeKind of_kind) : kind(of_kind) {}
Type::Type(const Type&) = default;
Type::Type(Type&&) noexcept = default;
Type& Type::operator=(const Type&) = default;
Type& Type::operator=(Type&&) noexcept = default;
Type::~Type() = default;

bool Type::operator==(const Type& other) const {
  const auto fields = [](const Type& type) {
    return std::tie(type.kind, type.length, type.precision, type.scale, type.timezone, type.name,
                    type.schema, type.collation, type.values, type.native, type.create_constraint,
                    type.constraint_name, type.create_type, type.element, type.dimensions,
                    type.variants);
  };
  return fields(*this) == fields(other);
}
bool TypeVariant::operator==(const TypeVariant& other) const {
  return dialect == other.dialect && type == other.type;
}

Type Type::collate(std::string name_of_collation) const {
  Type result = *this;
  result.collation = std::move(name_of_collation);
  return result;
}
Type Type::in_schema(std::string name_of_schema) const {
  Type result = *this;
  result.schema = std::move(name_of_schema);
  return result;
}
Type Type::with_check(std::string name_of_check) const {
  Type result = *this;
  result.create_constraint = true;
  result.constraint_name = std::move(name_of_check);
  return result;
}
Type Type::created_elsewhere() const {
  Type result = *this;
  result.create_type = false;
  return result;
}
Type Type::with_variant(Type other, std::string dialect) const {
  Type result = *this;
  result.variants.push_back({std::move(dialect), std::move(other)});
  return result;
}

const Type& Type::on(const std::string& dialect) const {
  for (const TypeVariant& variant : variants) {
    if (variant.dialect == dialect) return variant.type;
  }
  return *this;
}

std::string to_string(const Type& type) {
  const std::vector<std::string> parts = arguments(type);
  std::string result = head(type);
  if (!parts.empty()) result += "(" + text::join(parts, ", ") + ")";
  return result + suffixes(type);
}

bool is_integer(const Type& type) {
  return type.kind == TypeKind::SmallInteger || type.kind == TypeKind::Integer ||
         type.kind == TypeKind::BigInteger;
}

Numeric::Numeric(std::optional<int> p, std::optional<int> s) : Type(TypeKind::Numeric) {
  precision = p;
  scale = s;
}
Float::Float(std::optional<int> binary_digits) : Type(TypeKind::Float) {
  precision = binary_digits;
}
String::String(std::optional<int> max_length, std::string in_collation) : Type(TypeKind::String) {
  length = max_length;
  collation = std::move(in_collation);
}
Char::Char(std::optional<int> exact_length) : Type(TypeKind::Char) { length = exact_length; }
Text::Text(std::string in_collation) : Type(TypeKind::Text) { collation = std::move(in_collation); }
Binary::Binary(std::optional<int> max_length) : Type(TypeKind::Binary) { length = max_length; }
Time::Time(Timezone zone, std::optional<int> digits) : Type(TypeKind::Time) {
  timezone = zone.value;
  precision = digits;
}
DateTime::DateTime(Timezone zone, std::optional<int> digits) : Type(TypeKind::DateTime) {
  timezone = zone.value;
  precision = digits;
}
Timestamp::Timestamp(Timezone zone, std::optional<int> digits) : Type(TypeKind::Timestamp) {
  timezone = zone.value;
  precision = digits;
}
Interval::Interval(std::string fields, std::optional<int> digits) : Type(TypeKind::Interval) {
  name = std::move(fields);
  precision = digits;
}
Enum::Enum(std::vector<std::string> in_order, std::string type_name, std::string in_schema)
    : Type(TypeKind::Enum) {
  values = std::move(in_order);
  name = std::move(type_name);
  schema = std::move(in_schema);
}
Enum& Enum::as_varchar(bool with_check) {
  native = false;
  create_constraint = with_check;
  return *this;
}
Array::Array(Type of, int dims) : Type(TypeKind::Array) {
  element.push_back(std::move(of));
  dimensions = dims;
}
Named::Named(std::string as_written) : Type(TypeKind::Named) { name = std::move(as_written); }

}  // namespace cupel::model
