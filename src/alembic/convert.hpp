// SPDX-License-Identifier: MIT
// Python's dicts, lists and texts to model values and back. The keys are the fields' names
// (model/fields.hpp), with one exception: an ObjectName that is somebody's own `name` stands flat,
// as "schema" and "name".
#pragma once

#include <fmt/core.h>

#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cupel/base/value.hpp"
#include "cupel/python/interpreter.hpp"
#include "model/enumerators.hpp"
#include "model/fields.hpp"

namespace cupel::alembic {

using model::kIsList;
using model::kIsOptional;

/// An empty constraint of that kind.
model::Constraint make_constraint(model::ConstraintKind kind);

/// Reads what the modules in modules/ have made; anything unexpected in there is a TypeError in the
/// script, which names the field.
class FromPython {
 public:
  explicit FromPython(python::Interpreter& in) : in_(in) {}

  template <typename T>
  T read(const python::Value& value, const char* field) {
    if constexpr (std::same_as<T, std::string>) {
      return read_text(value, field);
    } else if constexpr (std::same_as<T, bool>) {
      if (!value.is_bool()) expected("True or False", value, field);
      return value.boolean();
    } else if constexpr (std::is_integral_v<T>) {
      return static_cast<T>(
          read_number(value, field, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
    } else if constexpr (std::is_enum_v<T>) {
      return static_cast<T>(read_word(model::enumerators<T>(), value, field));
    } else if constexpr (kIsOptional<T>) {
      if (value.is_none()) return std::nullopt;
      return read<typename T::value_type>(value, field);
    } else if constexpr (kIsList<T>) {
      T list;
      for (const python::Value& item : in_.items_of(value))
        list.push_back(read<typename T::value_type>(item, field));
      return list;
    } else if constexpr (std::same_as<T, std::map<std::string, std::string>>) {
      T map;
      for (const python::Value& item : in_.items_of(value)) map.insert(read<Pair>(item, field));
      return map;
    } else if constexpr (std::same_as<T, Pair>) {
      const python::Values pair = in_.items_of(value);
      if (pair.size() != 2) expected("two texts", value, field);
      return {read_text(pair[0], field), read_text(pair[1], field)};
    } else if constexpr (std::same_as<T, model::Constraint>) {
      model::Constraint constraint =
          make_constraint(model::parse_constraint_kind(get<std::string>(value, "kind")));
      std::visit([&](auto& it) { read_fields(it, value, field); }, constraint);
      return constraint;
    } else {
      T made{};
      read_fields(made, value, field);
      return made;
    }
  }

  /// A value of a dict; Unset if it is not there.
  python::Value find(const python::Value& dict, const char* key);
  /// `fallback` if the key is not there or None.
  template <typename T>
  T get(const python::Value& dict, const char* key, T fallback = {}) {
    const python::Value found = find(dict, key);
    return !found.is_set() || found.is_none() ? std::move(fallback) : read<T>(found, key);
  }
  [[noreturn]] void expected(std::string_view what, const python::Value& got, const char* field);

 private:
  using Pair = std::pair<std::string, std::string>;
  /// Takes a struct's fields out of a dict.
  struct Reader {
    FromPython& from;
    const python::Value& dict;
    template <typename T>
    void operator()(const char* key, T& value, const T& fallback = T{}) const {
      value = from.get<T>(dict, key, fallback);
    }
    void operator()(const char* key, model::ObjectName& value) const {
      if (key == std::string_view("name")) return fields(value, *this);
      value = from.get<model::ObjectName>(dict, key);
    }
  };
  template <typename T>
  void read_fields(T& made, const python::Value& value, const char* field) {
    if (!value.is(python::Layout::Dict)) expected("a dict", value, field);
    fields(made, Reader{*this, value});
  }
  std::string read_text(const python::Value& value, const char* field);
  std::int64_t read_number(const python::Value& value, const char* field, std::int64_t min,
                           std::int64_t max);
  std::size_t read_word(std::span<const std::string_view> words, const python::Value& value,
                        const char* field);

  python::Interpreter& in_;
};

/// Makes dicts with all fields.
class ToPython {
 public:
  explicit ToPython(python::Interpreter& in) : in_(in) {}

  template <typename T>
  python::Value make(const T& value) {
    if constexpr (std::same_as<T, std::string>) {
      return in_.str(value);
    } else if constexpr (std::is_arithmetic_v<T>) {
      return python::Value(value);
    } else if constexpr (std::is_enum_v<T>) {
      return in_.str(model::enumerators<T>()[static_cast<std::size_t>(value)]);
    } else if constexpr (kIsOptional<T>) {
      return value ? make(*value) : python::Value::none();
    } else if constexpr (std::same_as<T, std::pair<std::string, std::string>>) {
      return in_.tuple({in_.str(value.first), in_.str(value.second)});
    } else if constexpr (kIsList<T>) {
      std::vector<python::Value> list;
      for (const auto& item : value) list.push_back(make(item));
      return in_.list(std::move(list));
    } else if constexpr (std::same_as<T, std::map<std::string, std::string>>) {
      python::Value dict = in_.dict();
      for (const auto& [key, item] : value) in_.set_item(dict, in_.str(key), in_.str(item));
      return dict;
    } else if constexpr (std::same_as<T, model::Constraint>) {
      python::Value dict = std::visit([this](const auto& it) { return make(it); }, value);
      set(dict, "kind", in_.str(model::to_string(model::kind_of(value))));
      return dict;
    } else {
      python::Value dict = in_.dict();
      fields(value, Writer{*this, dict});
      return dict;
    }
  }
  void set(const python::Value& dict, std::string_view key, const python::Value& value) {
    in_.set_item(dict, in_.str(key), value);
  }

 private:
  struct Writer {
    ToPython& to;
    const python::Value& dict;
    template <typename T>
    void operator()(const char* key, const T& value, const T& = T{}) const {
      if constexpr (std::same_as<T, model::ObjectName>) {
        if (key == std::string_view("name")) return fields(value, *this);
      }
      to.set(dict, key, to.make(value));
    }
  };
  python::Interpreter& in_;
};

/// A parameter of a statement. What is no plain value is asked of sqlalchemy._values.plain().
Value to_value(python::Interpreter& in, const python::Value& value);
python::Value from_value(python::Interpreter& in, const Value& value);

}  // namespace cupel::alembic
