// SPDX-License-Identifier: MIT
// See table_definition.hpp.
#include "cupel/model/table_definition.hpp"

namespace cupel::model {

TableDefinition::TableDefinition(ObjectName name, std::vector<TableItem> items)
    : items_(std::move(items)) {
  options_.name = std::move(name);
}

TableDefinition& TableDefinition::comment(std::string text) {
  options_.comment = std::move(text);
  return *this;
}
TableDefinition& TableDefinition::temporary(bool value) {
  options_.temporary = value;
  return *this;
}
TableDefinition& TableDefinition::unlogged(bool value) {
  options_.unlogged = value;
  return *this;
}
TableDefinition& TableDefinition::autoincrement(bool value) {
  options_.autoincrement = value;
  return *this;
}
TableDefinition& TableDefinition::without_rowid(bool value) {
  options_.without_rowid = value;
  return *this;
}
TableDefinition& TableDefinition::strict(bool value) {
  options_.strict = value;
  return *this;
}
TableDefinition& TableDefinition::partition_by(std::string key) {
  options_.partition_by = std::move(key);
  return *this;
}
TableDefinition& TableDefinition::partition_of(ObjectName parent, std::string bound) {
  options_.partition_of = PartitionOf{std::move(parent), std::move(bound)};
  return *this;
}
TableDefinition& TableDefinition::inherits(ObjectName parent) {
  options_.inherits.push_back(std::move(parent));
  return *this;
}
TableDefinition& TableDefinition::tablespace(std::string name) {
  options_.tablespace = std::move(name);
  return *this;
}
TableDefinition& TableDefinition::with(std::string parameter, std::string value) {
  options_.with.emplace_back(std::move(parameter), std::move(value));
  return *this;
}
TableDefinition& TableDefinition::option(std::string key, std::string value) {
  options_.options[std::move(key)] = std::move(value);
  return *this;
}
TableDefinition& TableDefinition::renamed_from(std::string old_name) {
  return column_renamed_from({}, std::move(old_name));
}
TableDefinition& TableDefinition::column_renamed_from(std::string column, std::string old_name) {
  former_names_.push_back({options_.name, std::move(column), std::move(old_name)});
  return *this;
}

Table TableDefinition::make(const NamingConvention& convention, std::size_t max_name_length) const {
  Table items = make_table(options_.name, items_, convention, max_name_length);
  Table table = options_;
  table.columns = std::move(items.columns);
  table.primary_key = std::move(items.primary_key);
  table.constraints = std::move(items.constraints);
  table.indexes = std::move(items.indexes);
  return table;
}

}  // namespace cupel::model
