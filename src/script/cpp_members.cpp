// SPDX-License-Identifier: MIT
// See cpp_members.hpp.
#include "script/cpp_members.hpp"

#include <fmt/core.h>

#include "script/cpp_values.hpp"

namespace cupel::script::cpp {
namespace {

using model::Type;
using model::TypeKind;

const Member& text_member() {
  static const Member kText{"std::string", "", model::String()};
  return kText;
}

}  // namespace

Member Members::of(const Type& type) {
  switch (type.kind) {
    case TypeKind::Boolean:
      return {"bool", " = false", model::Boolean()};
    case TypeKind::SmallInteger:
      return {"std::int16_t", " = 0", model::SmallInteger()};
    case TypeKind::Integer:
      return {"std::int32_t", " = 0", model::Integer()};
    case TypeKind::BigInteger:
      return {"std::int64_t", " = 0", model::BigInteger()};
    case TypeKind::Float:
      if (type.precision == 24) return {"float", " = 0", model::Float(24)};
      return {"double", " = 0", model::Double()};
    case TypeKind::Double:
      return {"double", " = 0", model::Double()};
    case TypeKind::Binary:
    case TypeKind::LargeBinary:
      return {"std::vector<std::byte>", "", model::LargeBinary()};
    case TypeKind::Date:
      return {"std::chrono::year_month_day", "{}", model::Date()};
    case TypeKind::Time:
      return {"std::chrono::hh_mm_ss<std::chrono::microseconds>", "{}", model::Time()};
    case TypeKind::DateTime:
    case TypeKind::Timestamp:
      if (!type.timezone)
        return {"std::chrono::local_time<std::chrono::microseconds>", "", model::DateTime()};
      return {"std::chrono::system_clock::time_point", "", model::DateTime(model::kWithTimezone)};
    case TypeKind::Interval:
      return {"std::chrono::microseconds", "{}", model::Interval()};
    case TypeKind::Uuid:
      return {"std::array<std::byte, 16>", "{}", model::Uuid()};
    case TypeKind::Enum:
      return type.native && !type.name.empty() && !type.values.empty() ? of_enum(type)
                                                                       : text_member();
    case TypeKind::Array:
      return of_array(type);
    case TypeKind::Untyped:
    case TypeKind::Numeric:  // as text, since no number of C++ is exact
    case TypeKind::String:
    case TypeKind::Char:
    case TypeKind::Text:
    case TypeKind::Json:
    case TypeKind::Named:
      return text_member();
  }
  return text_member();
}

Member Members::of_array(const Type& type) {
  if (type.element.empty() || type.dimensions < 1) return text_member();
  const Member element = of(type.element[0]);
  // Bytes in a vector are no array.
  if (element.column_type.kind == TypeKind::Array) return text_member();
  std::string name = element.type;
  for (int i = 0; i < type.dimensions; ++i) name = "std::vector<" + name + ">";
  return {name, "", model::Array(element.column_type, type.dimensions)};
}

Member Members::of_enum(const Type& type) {
  std::vector<std::string> key = type.values;
  key.push_back(type.name);
  const auto [known, is_new] = known_.try_emplace(std::move(key));
  if (is_new) {
    known->second = types_->type(type.name);
    Identifiers names;
    std::vector<Code> enumerators;
    for (const std::string& value : type.values) enumerators.push_back(word(names.plain(value)));
    const std::string open = fmt::format("enum class {} ", known->second);
    enums_ += layout(braces(std::move(enumerators), open, true), kLineWidth, 0, ";\n");
    const Code pair = braces({string(type.name), any(type.values)});
    enums_ += fmt::format("inline EnumNames enum_names({}) {{\n  return {}\n}}\n\n", known->second,
                          layout(pair, kLineWidth, 9, ";"));
  }
  return {known->second, "{}", model::Enum(type.values, type.name)};
}

}  // namespace cupel::script::cpp
