// SPDX-License-Identifier: MIT
// Everything that a database holds, as one comparable value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cupel/model/naming.hpp"
#include "cupel/model/table.hpp"

namespace cupel::model {

struct CUPEL_API Sequence {
  ObjectName name = {};
  std::string type = {};  ///< "bigint" if empty
  std::optional<std::int64_t> start = {}, increment = {}, min_value = {}, max_value = {},
                              cache = {};
  bool cycle = false;
  std::string owned_by = {};  ///< "table.column" as parse_column_name() reads it, or empty
  std::string comment = {};
  bool operator==(const Sequence&) const = default;
};

struct CUPEL_API EnumType {
  ObjectName name = {};
  std::vector<std::string> values = {};
  std::string comment = {};
  bool operator==(const EnumType&) const = default;
};

struct CUPEL_API Domain {
  ObjectName name = {};
  std::string definition = {};  ///< what follows CREATE DOMAIN name
  bool operator==(const Domain&) const = default;
};

/// `definition` is the SELECT.
struct CUPEL_API View {
  ObjectName name = {};
  std::string definition = {};
  bool materialized = false;
  std::vector<std::string> columns = {};                       ///< explicit names, or empty
  std::vector<std::pair<std::string, std::string>> with = {};  ///< options such as security_barrier
  std::vector<Index> indexes = {};                             ///< of a materialised view
  std::string comment = {};
  bool operator==(const View&) const = default;
};

/// A function or procedure. `arguments` tells overloads apart: "integer, text"; `definition` is
/// the whole CREATE.
struct CUPEL_API Function {
  ObjectName name = {};
  std::string arguments = {};  ///< types as in DROP FUNCTION name(arguments)
  std::string definition = {};
  bool procedure = false;
  bool operator==(const Function&) const = default;
};

/// `definition` is the whole CREATE TRIGGER.
struct CUPEL_API Trigger {
  std::string name = {};
  ObjectName table = {};
  std::string definition = {};
  bool operator==(const Trigger&) const = default;
};

struct CUPEL_API Extension {
  std::string name = {};
  std::string schema = {};
  std::string version = {};
  bool operator==(const Extension&) const = default;
};

class TableDefinition;

/// What a table (column empty) or a column of it was called before.
struct CUPEL_API FormerName {
  ObjectName table;    ///< as it is called now
  std::string column;  ///< likewise
  std::string was;
  bool operator==(const FormerName&) const = default;
};
/// What is said beside a schema while it is declared. No part of it: any two are equal.
struct CUPEL_API Hints {
  std::vector<FormerName> former_names = {};
  /// For add(): how what has no name is named.
  NamingConvention naming = {};
  std::size_t max_name_length = 63;
  bool operator==(const Hints&) const { return true; }
};

struct CUPEL_API Schema {
  std::vector<std::string> schemas = {};  ///< besides the default one
  std::vector<Extension> extensions = {};
  std::vector<EnumType> enums = {};
  std::vector<Domain> domains = {};
  std::vector<Sequence> sequences = {};
  std::vector<Table> tables = {};
  std::vector<View> views = {};
  std::vector<Function> functions = {};
  std::vector<Trigger> triggers = {};
  Hints hints = {};

  bool operator==(const Schema&) const = default;

  /// Adds a table, named by the hints' convention. Throws as make_table(), and UsageError if there
  /// is another one of that name.
  void add(const TableDefinition& table);
  void add(Table table);

  // Null if there is none.
  const Table* find_table(const ObjectName& name) const;
  Table* find_table(const ObjectName& name);
  const View* find_view(const ObjectName& name) const;
  View* find_view(const ObjectName& name);
  const EnumType* find_enum(const ObjectName& name) const;
  const Sequence* find_sequence(const ObjectName& name) const;
};

/// Every list sorted by name, every table normalised, foreign keys that leave out the referred
/// columns filled in: two equal schemas are == in this form.
CUPEL_API Schema normalized(Schema schema);
/// Text form of a whole schema, one line per thing, for tests and messages.
CUPEL_API std::string to_string(const Schema& schema);

}  // namespace cupel::model
