// SPDX-License-Identifier: MIT
// See packed.hpp, and fields.hpp for what is written: every field of every struct, in that order.
// Numbers take seven bits a byte, the lowest first.
#include "model/packed.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "cupel/base/error.hpp"
#include "model/enumerators.hpp"
#include "model/fields.hpp"

namespace cupel::model {
namespace {

/// Only damage nests deeper.
constexpr int kDeepest = 200;
/// A damaged count must not ask for all memory.
constexpr std::size_t kMostReserved = 1000;

using Pair = std::pair<std::string, std::string>;
using Options = std::map<std::string, std::string>;

InputError damaged() {
  return InputError(FilePosition(), "these bytes are no schema that this build has kept");
}

void put_number(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) out += static_cast<char>((number & 0x7f) | 0x80);
  out += static_cast<char>(number);
}

void put_text(std::string& out, std::string_view text) {
  put_number(out, text.size());
  out += text;
}

struct FieldPacker {
  std::string* out;

  template <typename T>
  void operator()(const char*, const T& value, const T& = T{}) const {
    put(value);
  }
  template <typename T>
  void put(const T& value) const {
    if constexpr (std::same_as<T, std::string>) {
      put_text(*out, value);
    } else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
      put_number(*out, static_cast<std::uint64_t>(value));
    } else if constexpr (kIsOptional<T>) {
      put(value.has_value());
      if (value) put(*value);
    } else if constexpr (kIsList<T> || std::same_as<T, Options>) {
      put(value.size());
      for (const auto& item : value) put(item);
    } else if constexpr (requires { value.first; }) {
      put_text(*out, value.first);
      put_text(*out, value.second);
    } else if constexpr (std::same_as<T, Constraint>) {
      put(kind_of(value));
      std::visit([&](const auto& it) { put(it); }, static_cast<const ConstraintVariant&>(value));
    } else {
      fields(value, *this);
    }
  }
};

std::uint64_t take_number(std::string_view& rest) {
  std::uint64_t number = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    if (rest.empty()) throw damaged();
    const auto byte = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    number |= std::uint64_t{byte & 0x7fU} << shift;
    if (byte < 0x80) return number;
  }
  throw damaged();
}

/// How many of what takes at least a byte each.
std::size_t take_count(std::string_view& rest) {
  const std::uint64_t count = take_number(rest);
  if (count > rest.size()) throw damaged();
  return static_cast<std::size_t>(count);
}

std::string take_text(std::string_view& rest) {
  const std::size_t size = take_count(rest);
  std::string text(rest.substr(0, size));
  rest.remove_prefix(size);
  return text;
}

struct FieldUnpacker {
  std::string_view* rest;
  int depth = 0;

  template <typename T>
  void operator()(const char*, T& value, const T& = T{}) const {
    take(value);
  }
  template <typename T>
  void take(T& value) const {
    if constexpr (std::same_as<T, std::string>) {
      value = take_text(*rest);
    } else if constexpr (std::is_enum_v<T>) {
      const std::uint64_t number = take_number(*rest);
      if (number >= enumerators<T>().size()) throw damaged();
      value = static_cast<T>(number);
    } else if constexpr (std::is_arithmetic_v<T>) {
      value = static_cast<T>(take_number(*rest));
    } else if constexpr (kIsOptional<T>) {
      bool is_there = false;
      take(is_there);
      if (is_there) take(value.emplace());
    } else if constexpr (kIsList<T>) {
      const std::size_t count = take_count(*rest);
      value.reserve(std::min(count, kMostReserved));
      for (std::size_t i = 0; i < count; ++i) take(value.emplace_back());
    } else if constexpr (std::same_as<T, Options>) {
      for (std::size_t left = take_count(*rest); left > 0; --left) {
        Pair pair;
        take(pair);
        value.insert(std::move(pair));
      }
    } else if constexpr (std::same_as<T, Pair>) {
      value.first = take_text(*rest);
      value.second = take_text(*rest);
    } else if constexpr (std::same_as<T, Constraint>) {
      take_constraint(value);
    } else {
      if (depth == kDeepest) throw damaged();
      fields(value, FieldUnpacker{rest, depth + 1});
    }
  }
  void take_constraint(Constraint& value) const {
    switch (static_cast<ConstraintKind>(take_number(*rest))) {
      case ConstraintKind::Primary:
        return take_as<PrimaryKey>(value);
      case ConstraintKind::Unique:
        return take_as<UniqueConstraint>(value);
      case ConstraintKind::Foreign:
        return take_as<ForeignKey>(value);
      case ConstraintKind::Check:
        return take_as<CheckConstraint>(value);
      case ConstraintKind::Exclude:
        return take_as<ExcludeConstraint>(value);
    }
    throw damaged();
  }
  template <typename T>
  void take_as(Constraint& value) const {
    T kind;
    take(kind);
    value = std::move(kind);
  }
};

}  // namespace

void Packer::add(std::size_t number) { put_number(bytes_, number); }
void Packer::add(std::string_view text) { put_text(bytes_, text); }
void Packer::add(const ObjectKey& key) {
  add(static_cast<std::size_t>(key.kind));
  add(key.name.schema);
  add(key.name.name);
  add(key.detail);
}
void Packer::add(const Schema& schema) { FieldPacker{&bytes_}.put(schema); }

std::size_t Unpacker::number() { return take_number(rest_); }
std::string Unpacker::text() { return take_text(rest_); }
ObjectKey Unpacker::key() {
  ObjectKey key;
  key.kind = static_cast<ObjectKind>(number());
  key.name.schema = text();
  key.name.name = text();
  key.detail = text();
  return key;
}
Schema Unpacker::schema() {
  Schema schema;
  FieldUnpacker{&rest_}.take(schema);
  return schema;
}

}  // namespace cupel::model
