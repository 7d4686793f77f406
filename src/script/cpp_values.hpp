// SPDX-License-Identifier: MIT
// Values as the C++ that makes them, by the names that cupel.hpp gives. Short forms where people
// have one (String(20), text("now()"), IndexElement("a").desc()), else designated initialisers.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "cupel/base/value.hpp"
#include "cupel/model/define.hpp"
#include "cupel/ops/operation.hpp"
#include "model/enumerators.hpp"
#include "ops/fields.hpp"
#include "script/cpp_code.hpp"

namespace cupel::script::cpp {

// Right in every place, whatever type is expected there.
Code code(const std::string& text);
Code code(bool value);
Code code(int value);
Code code(std::int64_t value);
Code code(const Value& value);
Code code(const model::ObjectName& name);
Code code(const model::Type& type);
Code code(const model::Expression& expression);
Code code(const model::IndexElement& element);
Code code(const model::ConstraintName& name);
Code code(const model::ColumnDefinition& column);
Code code(const model::TableItem& item);
Code code(ops::Recreate recreate);
Code code(model::ConstraintKind kind);
Code code(ops::CommentOn on);

/// "ops::DropTable", "UniqueConstraint": as code after `using namespace cupel` spells the type.
std::string short_name(std::string_view function);
template <typename T>
std::string name_of() {
  return short_name(__PRETTY_FUNCTION__);
}

/// Has a code() of its own, not only one of something that it converts to.
template <typename T, typename... Others>
constexpr bool kIsOneOf = (std::is_same_v<T, Others> || ...);
template <typename T>
concept Spelled =
    kIsOneOf<T, std::string, bool, int, std::int64_t, Value, model::ObjectName, model::Type,
             model::Expression, model::IndexElement, model::ConstraintName, model::ColumnDefinition,
             model::TableItem, ops::Recreate, model::ConstraintKind, ops::CommentOn>;

/// Also what is derived from one, such as ops::Operation.
template <typename T>
concept Variant = requires(const T& it) {
  []<typename... U>(const std::variant<U...>&) {}(it);
};

/// A struct's fields that are not at their defaults, as designated initialisers.
class FieldList {
 public:
  template <typename T>
  FieldList& operator()(const char* name, const T& value, const T& fallback = T{});
  std::vector<Code> take() { return std::move(fields_); }

 private:
  std::vector<Code> fields_;
};

/// Any value; `typed` names the type of an aggregate where the place does not.
template <typename T>
Code any(const T& value, bool typed = true) {
  if constexpr (Spelled<T>) {
    return code(value);
  } else if constexpr (std::is_enum_v<T>) {
    return word(name_of<T>() +
                "::" + std::string(model::enumerators<T>()[static_cast<std::size_t>(value)]));
  } else if constexpr (requires { value.drops(); }) {  // ops::Change
    return value.drops() ? word("nullptr") : any(value.value);
  } else if constexpr (requires { value.has_value(); }) {
    return any(*value);
  } else if constexpr (Variant<T>) {
    return std::visit([](const auto& it) { return any(it); }, value);
  } else if constexpr (requires { value.first; }) {
    return braces({any(value.first), any(value.second)}, "", true);
  } else if constexpr (requires { fields(value, FieldList()); }) {
    FieldList list;
    fields(value, list);
    return braces(list.take(), typed ? name_of<T>() : "");
  } else {
    std::vector<Code> items;
    for (const auto& item : value) items.push_back(any(item));
    return braces(std::move(items), "", Spelled<typename T::value_type>);
  }
}

template <typename T>
FieldList& FieldList::operator()(const char* name, const T& value, const T& fallback) {
  if (!(value == fallback)) fields_.push_back(field(name, any(value, false)));
  return *this;
}

}  // namespace cupel::script::cpp
