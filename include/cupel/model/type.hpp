// SPDX-License-Identifier: MIT
// Column types as values, spelled by each database in its own way.
//
// Generic types have a kind. A type that only one database has (JSONB, INET, TSRANGE) or that cupel
// does not know (vector(1536)) is Named and carried through as written.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cupel/base/export.hpp"
#include "cupel/model/name.hpp"

namespace cupel::model {

enum class TypeKind {
  Untyped,  ///< a column without a type (SQLite allows it)
  Boolean,
  SmallInteger,
  Integer,
  BigInteger,
  Numeric,  ///< precision, scale
  Float,    ///< precision in binary digits
  Double,
  String,  ///< VARCHAR(length)
  Char,    ///< CHAR(length)
  Text,
  Binary,       ///< VARBINARY(length)
  LargeBinary,  ///< BYTEA, BLOB
  Date,
  Time,       ///< precision = digits of the seconds; timezone
  DateTime,   ///< precision, timezone; TIMESTAMP on PostgreSQL, DATETIME elsewhere
  Timestamp,  ///< written TIMESTAMP everywhere
  Interval,   ///< name holds the field restriction as written ("DAY TO SECOND")
  Json,
  Uuid,
  Enum,   ///< values, name, schema, native
  Array,  ///< element, dimensions
  Named,  ///< name, as written, arguments included
};

struct TypeVariant;

/// Fields that a kind does not use stay at their defaults, so that == compares meaning.
struct CUPEL_API Type {
  TypeKind kind = TypeKind::Untyped;
  std::optional<int> length;
  std::optional<int> precision;
  std::optional<int> scale;
  bool timezone = false;
  std::string
      name;  ///< Enum: the type's name (empty: made from table and column); Named: as written
  std::string schema;     ///< Enum, Named: where the type lives; empty is the default
  std::string collation;  ///< unquoted

  std::vector<std::string> values;  ///< Enum, in order
  bool native =
      true;  ///< Enum: an own type where the database has such; false: VARCHAR with a CHECK
  bool create_constraint = false;  ///< Boolean, Enum as VARCHAR: add the CHECK
  std::string constraint_name;     ///< of that CHECK
  bool create_type = true;  ///< Enum: create the type with the first table or column that uses it

  std::vector<Type> element;  ///< Array: exactly one
  int dimensions = 1;

  std::vector<TypeVariant> variants;  ///< other types on single databases

  Type();
  explicit Type(TypeKind of_kind);
  Type(const Type&);
  Type(Type&&) noexcept;
  Type& operator=(const Type&);
  Type& operator=(Type&&) noexcept;
  ~Type();

  bool operator==(const Type& other) const;

  // This type with one thing changed.
  Type collate(std::string name) const;
  /// Of an Enum or Named.
  Type in_schema(std::string name) const;
  /// Of a Boolean, or an Enum as VARCHAR: with the CHECK.
  Type with_check(std::string name = {}) const;
  /// Of an Enum: no table or column creates the type.
  Type created_elsewhere() const;
  /// This type, but `other` on the database called `dialect`.
  Type with_variant(Type other, std::string dialect) const;
  /// The variant for a dialect, or this type.
  const Type& on(const std::string& dialect) const;
};

struct TypeVariant {
  std::string dialect;
  Type type;
  bool operator==(const TypeVariant&) const;
};

/// For messages and tests: `String(20)`, `Numeric(10, 2)`, `DateTime(timezone)`, `vector(1536)`.
CUPEL_API std::string to_string(const Type& type);
/// True for the three integer kinds.
CUPEL_API bool is_integer(const Type& type);

// Constructors named as SQLAlchemy names the types. They add nothing to Type: slicing is what they
// are for.
struct Boolean : Type {
  Boolean() : Type(TypeKind::Boolean) {}
};
struct SmallInteger : Type {
  SmallInteger() : Type(TypeKind::SmallInteger) {}
};
struct Integer : Type {
  Integer() : Type(TypeKind::Integer) {}
};
struct BigInteger : Type {
  BigInteger() : Type(TypeKind::BigInteger) {}
};
struct CUPEL_API Numeric : Type {
  explicit Numeric(std::optional<int> p = {}, std::optional<int> s = {});
};
struct CUPEL_API Float : Type {
  explicit Float(std::optional<int> binary_digits = {});
};
struct Double : Type {
  Double() : Type(TypeKind::Double) {}
};
struct CUPEL_API String : Type {
  explicit String(std::optional<int> max_length = {}, std::string in_collation = {});
};
struct CUPEL_API Char : Type {
  explicit Char(std::optional<int> exact_length = {});
};
struct CUPEL_API Text : Type {
  explicit Text(std::string in_collation = {});
};
struct CUPEL_API Binary : Type {
  explicit Binary(std::optional<int> max_length = {});
};
struct LargeBinary : Type {
  LargeBinary() : Type(TypeKind::LargeBinary) {}
};
struct Date : Type {
  Date() : Type(TypeKind::Date) {}
};
struct Timezone {
  bool value = true;
};
inline constexpr Timezone kWithTimezone{true};
struct CUPEL_API Time : Type {
  explicit Time(Timezone zone = {false}, std::optional<int> digits = {});
};
struct CUPEL_API DateTime : Type {
  explicit DateTime(Timezone zone = {false}, std::optional<int> digits = {});
};
struct CUPEL_API Timestamp : Type {
  explicit Timestamp(Timezone zone = {false}, std::optional<int> digits = {});
};
struct CUPEL_API Interval : Type {
  explicit Interval(std::string fields = {}, std::optional<int> digits = {});
};
struct Json : Type {
  Json() : Type(TypeKind::Json) {}
};
struct Uuid : Type {
  Uuid() : Type(TypeKind::Uuid) {}
};
/// `Enum({"a", "b"}, "mood")`
struct CUPEL_API Enum : Type {
  explicit Enum(std::vector<std::string> in_order, std::string type_name = {},
                std::string in_schema = {});
  /// VARCHAR instead of an own type; `with_check` adds CHECK (column IN (...)).
  Enum& as_varchar(bool with_check = false);
};
struct CUPEL_API Array : Type {
  explicit Array(Type of, int dims = 1);
};
/// Any type by its name, as written: Named("JSONB"), Named("vector(1536)").
struct CUPEL_API Named : Type {
  explicit Named(std::string as_written);
};

}  // namespace cupel::model
