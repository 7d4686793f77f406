// SPDX-License-Identifier: MIT
// Column types as SQLAlchemy 1.4 and 2.0 spell them.
#pragma once

#include <optional>
#include <string>

#include "cupel/dialect/dialect.hpp"

namespace cupel::alembic::py {

class Types {
 public:
  explicit Types(const dialect::Dialect& dialect) : dialect_(&dialect) {}

  /// `sa.String(length=20)`; nullopt if SQLAlchemy has no type that this database gets the same
  /// name of.
  std::optional<std::string> code(const model::Type& type) const;
  /// The database's package in SQLAlchemy, which has the name of the database.
  std::string package() const { return std::string(dialect_->name()); }
  /// True if the database's package has types of its own, which the standard ones stand beside.
  bool is_rich() const { return dialect_->traits().has_own_enums; }

 private:
  std::optional<std::string> moment(const std::string& standard, const std::string& own,
                                    const model::Type& type) const;
  std::optional<std::string> interval(const model::Type& type) const;
  std::optional<std::string> array(const model::Type& type) const;
  std::optional<std::string> enumeration(const model::Type& type) const;
  std::optional<std::string> named(const model::Type& type) const;
  std::optional<std::string> rich_named(const std::string& word, const std::string& argument) const;

  const dialect::Dialect* dialect_;
};

}  // namespace cupel::alembic::py
