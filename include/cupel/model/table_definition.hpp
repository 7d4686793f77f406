// SPDX-License-Identifier: MIT
// A whole table as people write it, to be added to a schema:
//
//   schema.add(TableDefinition("users", {Column("id", Integer()).primary_key()}).comment("all"));
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "cupel/model/define.hpp"
#include "cupel/model/schema.hpp"

namespace cupel::model {

/// Every method returns *this, so calls chain; see model::Table for what they mean.
class CUPEL_API TableDefinition {
 public:
  TableDefinition(ObjectName name, std::vector<TableItem> items);

  TableDefinition& comment(std::string text);
  TableDefinition& temporary(bool value = true);
  TableDefinition& unlogged(bool value = true);
  TableDefinition& autoincrement(bool value = true);
  TableDefinition& without_rowid(bool value = true);
  TableDefinition& strict(bool value = true);
  /// "RANGE (created)"
  TableDefinition& partition_by(std::string key);
  TableDefinition& partition_of(ObjectName parent, std::string bound);
  TableDefinition& inherits(ObjectName parent);
  TableDefinition& tablespace(std::string name);
  /// A storage parameter.
  TableDefinition& with(std::string parameter, std::string value);
  /// A word for one database: option("mysql_engine", "InnoDB")
  TableDefinition& option(std::string key, std::string value);

  // What the table or one of its columns was called before: a database that still has the old name
  // gets a rename. May stay for ever.
  TableDefinition& renamed_from(std::string old_name);
  TableDefinition& column_renamed_from(std::string column, std::string old_name);

  /// Names what has no name by the convention. Throws as make_table().
  Table make(const NamingConvention& convention = {}, std::size_t max_name_length = 63) const;
  const std::vector<FormerName>& former_names() const { return former_names_; }

 private:
  Table options_;  ///< with the table's name, and nothing of what the items make
  std::vector<TableItem> items_;
  std::vector<FormerName> former_names_;
};

}  // namespace cupel::model
