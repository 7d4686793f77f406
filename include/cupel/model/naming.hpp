// SPDX-License-Identifier: MIT
// Naming conventions for constraints and indexes, with SQLAlchemy's tokens.
#pragma once

#include <string>

#include "cupel/model/table.hpp"

namespace cupel::model {

/// A name over `max_length` bytes is cut to `max_length - 8` and gets "_" and the last four hex
/// digits of its MD5, as SQLAlchemy does, so that databases migrated by either hold the same names.
CUPEL_API std::string shortened_name(const std::string& name, std::size_t max_length);

/// Templates by kind; an empty one means "leave unnamed". Tokens: %(table_name)s,
/// %(column_0_name)s, %(column_0_N_name)s, %(column_0_label)s, %(referred_table_name)s,
/// %(referred_column_0_name)s, %(constraint_name)s. The default names indexes as SQLAlchemy does:
/// ix_<table>_<column>.
struct CUPEL_API NamingConvention {
  std::string ix = "ix_%(column_0_label)s";
  std::string uq = {};
  std::string ck = {};
  std::string fk = {};
  std::string pk = {};
  bool operator==(const NamingConvention&) const = default;

  /// The name that `constraint` on `table` gets. A given name is kept unless the template has
  /// %(constraint_name)s; a made one is shortened. Empty if there is no template. Throws UsageError
  /// for an unknown token and for %(constraint_name)s without a name.
  std::string name_for(const Constraint& constraint, const ObjectName& table,
                       std::size_t max_length) const;
  std::string name_for(const Index& index, const ObjectName& table, std::size_t max_length) const;
};

}  // namespace cupel::model
