// SPDX-License-Identifier: MIT
// From C++ types to column types. A type of your own gets its column type in one of two ways:
//
//   enum class Mood { sad, ok };                      // an enum: by name, in its own namespace
//   inline cupel::EnumNames enum_names(Mood) { return {"mood", {"sad", "ok"}}; }
//
//   template <>                                       // anything else
//   struct cupel::mapping::TypeOf<Money> {
//     static cupel::model::Type type() { return cupel::model::Numeric(12, 2); }
//   };
#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "cupel/model/type.hpp"

namespace cupel::mapping {

/// The database's name of an enum's type, and of its values in order.
struct EnumNames {
  std::string type;
  std::vector<std::string> values;
};

/// The column type of a C++ type, as a static function type().
template <typename T>
struct TypeOf {};

/// Has a column type.
template <typename T>
concept Typed = requires {
  { TypeOf<T>::type() } -> std::convertible_to<model::Type>;
};

/// True if a column of this type may be NULL.
template <typename T>
inline constexpr bool kIsOptional = false;
template <typename T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

template <Typed T>
struct TypeOf<std::optional<T>> : TypeOf<T> {};

// Numbers

template <>
struct TypeOf<bool> {
  static model::Type type() { return model::Boolean(); }
};
/// The integers that are no characters.
template <typename T>
concept Number = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> &&
                 !std::same_as<T, wchar_t> && !std::same_as<T, char8_t> &&
                 !std::same_as<T, char16_t> && !std::same_as<T, char32_t>;
/// The smallest type that holds all values: an unsigned number takes the next one.
template <Number T>
struct TypeOf<T> {
  static model::Type type() {
    constexpr int kDigits = std::numeric_limits<T>::digits;
    if (kDigits <= 15) return model::SmallInteger();
    if (kDigits <= 31) return model::Integer();
    if (kDigits <= 63) return model::BigInteger();
    return model::Numeric(20, 0);
  }
};
template <>
struct TypeOf<float> {
  static model::Type type() { return model::Float(24); }
};
template <>
struct TypeOf<double> {
  static model::Type type() { return model::Double(); }
};

// Texts and bytes

template <>
struct TypeOf<std::string> {
  static model::Type type() { return model::String(); }
};
/// Bytes; std::vector of anything else is an array.
template <typename T>
concept Byte = std::same_as<T, std::byte> || std::same_as<T, std::uint8_t>;
template <Byte T>
struct TypeOf<std::vector<T>> {
  static model::Type type() { return model::LargeBinary(); }
};
/// 16 bytes are a UUID.
template <Byte T>
struct TypeOf<std::array<T, 16>> {
  static model::Type type() { return model::Uuid(); }
};
template <typename T>
requires(Typed<T> && !Byte<T>) struct TypeOf<std::vector<T>> {
  static model::Type type() {
    model::Type element = TypeOf<T>::type();
    if (element.kind != model::TypeKind::Array) return model::Array(std::move(element));
    ++element.dimensions;
    return element;
  }
};

// Times

/// A moment: TIMESTAMP WITH TIME ZONE where the database has it.
template <typename Duration>
struct TypeOf<std::chrono::time_point<std::chrono::system_clock, Duration>> {
  static model::Type type() { return model::DateTime(model::kWithTimezone); }
};
template <>
struct TypeOf<std::chrono::sys_days> {
  static model::Type type() { return model::Date(); }
};
template <>
struct TypeOf<std::chrono::year_month_day> {
  static model::Type type() { return model::Date(); }
};
/// What a clock on the wall shows, wherever it hangs.
template <typename Duration>
struct TypeOf<std::chrono::time_point<std::chrono::local_t, Duration>> {
  static model::Type type() { return model::DateTime(); }
};
template <>
struct TypeOf<std::chrono::local_days> {
  static model::Type type() { return model::Date(); }
};
/// The time of a day.
template <typename Duration>
struct TypeOf<std::chrono::hh_mm_ss<Duration>> {
  static model::Type type() { return model::Time(); }
};
template <typename Rep, typename Period>
struct TypeOf<std::chrono::duration<Rep, Period>> {
  static model::Type type() { return model::Interval(); }
};

// Enums and JSON

template <typename T>
concept NamedEnum = std::is_enum_v<T> && requires(T value) {
  { enum_names(value) } -> std::convertible_to<EnumNames>;
};
template <NamedEnum T>
struct TypeOf<T> {
  static model::Type type() {
    EnumNames names = enum_names(T{});
    return model::Enum(std::move(names.values), std::move(names.type));
  }
};

/// Looks like nlohmann::json, which need not be included here.
template <typename T>
concept JsonLike = requires(const T& value) {
  typename T::object_t;
  typename T::array_t;
  typename T::number_integer_t;
  { value.dump() } -> std::convertible_to<std::string>;
};
template <JsonLike T>
struct TypeOf<T> {
  static model::Type type() { return model::Json(); }
};

}  // namespace cupel::mapping

namespace cupel {
using mapping::EnumNames;
}
