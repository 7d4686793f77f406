// SPDX-License-Identifier: MIT
// ALTER TABLE with all its parts, RENAME, SET SCHEMA. See reader.hpp.
#include <algorithm>
#include <map>
#include <utility>

#include "cupel/ops/services.hpp"
#include "dialect/postgres/lint/reader.hpp"

namespace cupel::dialect::postgres {

using model::ObjectName;

void StatementReader::alter_table(const Node& node) {
  const ObjectName table = relation_name(node["relation"]);
  const std::string type = node.text("objtype");
  const std::vector<Node> commands = node.list("cmds");
  if (type != "OBJECT_TABLE" && type != "OBJECT_FOREIGN_TABLE") {
    static const std::map<std::string, std::string> kWords{
        {"OBJECT_INDEX", "alter index"},
        {"OBJECT_VIEW", "alter view"},
        {"OBJECT_TYPE", "alter type"},
        {"OBJECT_MATVIEW", "alter materialized view"},
        {"OBJECT_SEQUENCE", "alter sequence"}};
    const auto word = kWords.find(type);
    for (const Node& it : commands) {
      const std::string part = it["AlterTableCmd"].text("subtype");
      if (part == "AT_ChangeOwner") {
        add(lint::ChangePrivileges{"changes the owner of '" + to_string(table) + "'", {}});
      } else {
        add_other(word == kWords.end() ? "alter" : word->second, table,
                  part == "AT_SetTableSpace" ? "set tablespace" : source_.text(text_));
      }
    }
    return;
  }
  std::size_t behind = source_.at(node["relation"].location());
  while (source_.is(behind + 1, ".")) behind += 2;
  ++behind;
  if (source_.is(behind, "*")) ++behind;
  std::vector<Range> parts = source_.split({behind, text_.last});
  parts.resize(commands.size(), text_);
  const bool was_conditional = conditional_;
  conditional_ = conditional_ || node.is("missing_ok");
  for (std::size_t i = 0; i < commands.size(); ++i) {
    alter_table_part(table, commands[i]["AlterTableCmd"], parts[i]);
  }
  conditional_ = was_conditional;
}

void StatementReader::add_column(const ObjectName& table, const Node& command) {
  ReadColumn read = read_column(command["def"]["ColumnDef"]);
  ops::AddColumn add;
  add.table = table;
  add.column = std::move(read.column);
  add.if_not_exists = command.is("missing_ok") || conditional_;
  std::vector<model::Constraint> later;
  for (model::Constraint& it : read.constraints) {
    auto* key = std::get_if<model::ForeignKey>(&it);
    if (auto* check = std::get_if<model::CheckConstraint>(&it)) {
      add.checks.push_back(std::move(*check));
    } else if (key != nullptr && !add.inline_references) {
      add.inline_references = std::move(*key);
    } else if (auto* primary = std::get_if<model::PrimaryKey>(&it);
               primary != nullptr && primary->name.empty()) {
      add.inline_primary_key = true;
    } else {
      later.push_back(std::move(it));
    }
  }
  const bool if_not_exists = add.if_not_exists;
  add_operation(std::move(add));
  for (model::Constraint& it : later) {
    add_operation(ops::AddConstraint{table, std::move(it), if_not_exists});
  }
}

namespace {

/// The columns of a constraint that takes over an index.
std::vector<std::string> columns_of_index(const model::Table* table, const std::string& name) {
  std::vector<std::string> columns;
  const model::Index* index = table == nullptr ? nullptr : table->find_index(name);
  if (index == nullptr) return columns;
  for (const model::IndexElement& it : index->elements) columns.push_back(it.column);
  return columns;
}

}  // namespace

void StatementReader::add_constraint(const ObjectName& table, const Node& command) {
  const Node node = command["def"]["Constraint"];
  std::optional<model::Constraint> constraint = read_constraint(node, "");
  if (!constraint) return not_understood("a constraint of an unknown kind");
  lint::Details details;
  details.using_index = node.text("indexname");
  if (!details.using_index.empty()) {
    std::vector<std::string> columns =
        columns_of_index(before_.find_table(table), details.using_index);
    // The index becomes the constraint's, and takes its name.
    if (model::name_of(*constraint).empty()) model::set_name(*constraint, details.using_index);
    if (auto* key = std::get_if<model::PrimaryKey>(&*constraint)) key->columns = columns;
    if (auto* unique = std::get_if<model::UniqueConstraint>(&*constraint))
      unique->columns = columns;
    add_operation(ops::DropIndex{.name = details.using_index, .table = table, .if_exists = true},
                  details);
  }
  add_operation(ops::AddConstraint{table, std::move(*constraint), conditional_}, details);
}

void StatementReader::change_partition(const ObjectName& table, const Node& command, Range text) {
  const Node part = command["def"]["PartitionCmd"];
  const ObjectName child = relation_name(part["name"]);
  ops::SetPartition change;
  change.table = child;
  lint::Details details;
  if (command.text("subtype") == "AT_AttachPartition") {
    std::size_t bound = source_.at(part["name"].location());
    while (source_.is(bound + 1, ".")) bound += 2;
    change.to = model::PartitionOf{table, source_.text({bound + 1, text.last})};
  } else {
    const model::Table* known = before_.find_table(child);
    if (known != nullptr) change.was = known->partition_of;
    if (!change.was) change.was = model::PartitionOf{table, ""};
    details.partition_concurrently = part.is("concurrent");
  }
  add_operation(std::move(change), details);
}

model::Identity StatementReader::altered_identity(const ObjectName& table, const std::string& name,
                                                  Range text) const {
  const model::Table* known = before_.find_table(table);
  const model::Column* column = known == nullptr ? nullptr : known->find_column(name);
  model::Identity identity =
      column != nullptr && column->identity ? *column->identity : model::Identity();
  for (std::size_t i = text.first; i < text.last; ++i) {
    if (source_.is_word(i, "generated")) identity.always = source_.is_word(i + 1, "always");
  }
  const model::Sequence options = read_sequence_options(text);
  if (options.start) identity.start = options.start;
  if (options.increment) identity.increment = options.increment;
  if (options.min_value) identity.min_value = options.min_value;
  if (options.max_value) identity.max_value = options.max_value;
  if (options.cache) identity.cache = options.cache;
  return identity;
}

bool StatementReader::alter_column_part(const ObjectName& table, const Node& command, Range text) {
  const std::string kind = command.text("subtype");
  ops::AlterColumn alter;
  alter.table = table;
  alter.column = command.text("name");
  alter.if_exists = conditional_;
  if (kind == "AT_AlterColumnType") {
    const Node definition = command["def"]["ColumnDef"];
    alter.type = own_type(source_.type(source_.at(definition["typeName"].location())));
    for (const Node& name : definition["collClause"].list("collname"))
      alter.type->collation = name.string();
    if (definition["raw_default"]) {
      const std::size_t word = source_.find_word(text, "using");
      alter.using_expression = source_.text({word + 1, text.last});
    }
  } else if (kind == "AT_ColumnDefault") {
    if (!command["def"]) {
      alter.server_default = nullptr;
    } else {
      const std::size_t word = source_.find_word(text, "default");
      alter.server_default = model::text(source_.text({word + 1, text.last}));
    }
  } else if (kind == "AT_SetNotNull" || kind == "AT_DropNotNull") {
    alter.nullable = kind == "AT_DropNotNull";
  } else if (kind == "AT_AddIdentity") {
    alter.identity = *read_identity(command["def"]["Constraint"].location());
  } else if (kind == "AT_DropIdentity") {
    alter.identity = nullptr;
  } else if (kind == "AT_DropExpression") {
    alter.computed = nullptr;
  } else if (kind == "AT_SetIdentity") {
    alter.identity = altered_identity(table, alter.column, text);
  } else {
    return false;
  }
  add_operation(std::move(alter));
  return true;
}

bool StatementReader::alter_options_part(const ObjectName& table, const Node& command) {
  const std::string kind = command.text("subtype");
  const model::Table* known = before_.find_table(table);
  const ops::TableOptions was = known == nullptr ? ops::TableOptions() : ops::options_of(*known);
  ops::TableOptions to = was;
  if (kind == "AT_SetLogged" || kind == "AT_SetUnLogged") {
    to.unlogged = kind == "AT_SetUnLogged";
  } else if (kind == "AT_SetTableSpace") {
    to.tablespace = command.text("name") == "pg_default" ? "" : command.text("name");
  } else if (kind == "AT_SetRelOptions" || kind == "AT_ResetRelOptions") {
    for (const auto& parameter : parameters(command, "def")) {
      std::erase_if(to.with, [&](const auto& it) { return it.first == parameter.first; });
      if (kind == "AT_SetRelOptions") to.with.push_back(parameter);
    }
  } else {
    return false;
  }
  add_operation(ops::SetTableOptions{table, std::move(to), was});
  return true;
}

namespace {

/// Parts that change nothing that a schema shows, in the words that the rules know them by.
const std::map<std::string, std::string>& other_parts() {
  static const std::map<std::string, std::string> kParts{
      {"AT_SetStatistics", "set statistics"},
      {"AT_SetOptions", "set column options"},
      {"AT_ResetOptions", "set column options"},
      {"AT_SetStorage", "set storage"},
      {"AT_SetCompression", "set compression"},
      {"AT_SetAccessMethod", "set access method"},
      {"AT_ClusterOn", "cluster on"},
      {"AT_DropCluster", "cluster on"},
      {"AT_EnableTrig", "enable trigger"},
      {"AT_EnableAlwaysTrig", "enable trigger"},
      {"AT_EnableReplicaTrig", "enable trigger"},
      {"AT_EnableTrigAll", "enable trigger"},
      {"AT_EnableTrigUser", "enable trigger"},
      {"AT_DisableTrig", "disable trigger"},
      {"AT_DisableTrigAll", "disable trigger"},
      {"AT_DisableTrigUser", "disable trigger"},
      {"AT_EnableRule", "enable rule"},
      {"AT_DisableRule", "disable rule"},
      {"AT_EnableAlwaysRule", "enable rule"},
      {"AT_EnableReplicaRule", "enable rule"},
      {"AT_ReplicaIdentity", "replica identity"},
      {"AT_AddInherit", "inherit"},
      {"AT_DropInherit", "no inherit"},
      {"AT_AddOf", "of type"},
      {"AT_DropOf", "of type"},
      {"AT_AlterConstraint", "alter constraint"},
      {"AT_GenericOptions", "foreign table options"},
  };
  return kParts;
}

const std::map<std::string, std::string>& row_security_parts() {
  static const std::map<std::string, std::string> kParts{
      {"AT_EnableRowSecurity", "enables row level security on"},
      {"AT_DisableRowSecurity", "disables row level security on"},
      {"AT_ForceRowSecurity", "forces row level security on"},
      {"AT_NoForceRowSecurity", "no longer forces row level security on"},
  };
  return kParts;
}

}  // namespace

void StatementReader::alter_table_part(const ObjectName& table, const Node& command, Range text) {
  const std::string kind = command.text("subtype");
  const bool cascade = command.text("behavior") == "DROP_CASCADE";
  const bool if_exists = command.is("missing_ok") || conditional_;
  if (kind == "AT_AddColumn") return add_column(table, command);
  if (kind == "AT_AddConstraint") return add_constraint(table, command);
  if (kind == "AT_AttachPartition" || kind == "AT_DetachPartition")
    return change_partition(table, command, text);
  if (kind == "AT_DropColumn") {
    return add_operation(ops::DropColumn{.table = table,
                                         .column = command.text("name"),
                                         .if_exists = if_exists,
                                         .cascade = cascade});
  }
  if (kind == "AT_DropConstraint") {
    ops::DropConstraint drop{
        .table = table, .name = command.text("name"), .if_exists = if_exists, .cascade = cascade};
    const model::Table* known = before_.find_table(table);
    // A primary key without a name answers to its kind only.
    if (known != nullptr && known->primary_key && known->primary_key->name.empty() &&
        drop.name == ops::made_name(*known, *known->primary_key)) {
      drop.kind = model::ConstraintKind::Primary;
    }
    return add_operation(std::move(drop));
  }
  if (kind == "AT_ValidateConstraint")
    return add_operation(ops::ValidateConstraint{table, command.text("name")});
  if (kind == "AT_ChangeOwner") {
    add(lint::ChangePrivileges{"changes the owner of table '" + to_string(table) + "'", table});
    return add_other("owner to", table);
  }
  if (const auto found = row_security_parts().find(kind); found != row_security_parts().end()) {
    add(lint::ChangePrivileges{found->second + " table '" + to_string(table) + "'", table});
    return add_other("row level security", table);
  }
  if (alter_column_part(table, command, text) || alter_options_part(table, command)) return;
  const auto other = other_parts().find(kind);
  if (other == other_parts().end()) return not_understood("an unknown part of ALTER TABLE");
  std::string detail = command.text("name");
  if (const Node parent = command["def"]["RangeVar"]) detail = to_string(relation_name(parent));
  add_other(other->second, table, std::move(detail));
}

namespace {

const std::map<std::string, std::string>& rename_words() {
  static const std::map<std::string, std::string> kWords{
      {"OBJECT_SCHEMA", "rename schema"},     {"OBJECT_TRIGGER", "rename trigger"},
      {"OBJECT_POLICY", "rename policy"},     {"OBJECT_VIEW", "rename view"},
      {"OBJECT_MATVIEW", "rename view"},      {"OBJECT_SEQUENCE", "rename sequence"},
      {"OBJECT_COLUMN", "rename column"},     {"OBJECT_FUNCTION", "rename function"},
      {"OBJECT_ROLE", "rename role"},         {"OBJECT_RULE", "rename rule"},
      {"OBJECT_PROCEDURE", "rename function"}};
  return kWords;
}

}  // namespace

void StatementReader::replace_view(const model::View& view, ObjectName to) {
  model::View renamed = view;
  renamed.name = std::move(to);
  add_operation(ops::DropView{.name = view.name, .materialized = view.materialized});
  add_operation(ops::CreateView{.view = std::move(renamed)});
}

void StatementReader::rename(const Node& node) {
  const std::string kind = node.text("renameType");
  const ObjectName relation = relation_name(node["relation"]);
  const std::string to = node.text("newname");
  const std::string part = node.text("subname");
  const bool of_table = node.text("relationType") == "OBJECT_TABLE";
  const bool if_exists = node.is("missing_ok") || conditional_;
  const model::View* view = before_.find_view(relation);
  if (kind == "OBJECT_TABLE" && view == nullptr) {
    return add_operation(ops::RenameTable{relation, to, if_exists});
  }
  if (kind == "OBJECT_COLUMN" && of_table) {
    ops::AlterColumn alter;
    alter.table = relation;
    alter.column = part;
    alter.new_name = to;
    alter.if_exists = if_exists;
    return add_operation(std::move(alter));
  }
  if (kind == "OBJECT_TABCONSTRAINT") {
    return add_operation(ops::RenameConstraint{relation, part, to});
  }
  if (kind == "OBJECT_INDEX") {
    return add_operation(ops::RenameIndex{{relation.schema, ""}, relation.name, to});
  }
  const bool of_type = kind == "OBJECT_TYPE" || kind == "OBJECT_DOMAIN";
  if (of_type) return add_operation(ops::RenameType{listed_name(node.list("object")), to});
  if ((kind == "OBJECT_VIEW" || kind == "OBJECT_MATVIEW" || kind == "OBJECT_TABLE") &&
      view != nullptr) {
    return replace_view(*view, {relation.schema, to});
  }
  const model::Sequence* sequence = before_.find_sequence(relation);
  if (kind == "OBJECT_SEQUENCE" && sequence != nullptr) {
    model::Sequence renamed = *sequence;
    renamed.name.name = to;
    add_operation(ops::DropSequence{.name = relation});
    return add_operation(ops::CreateSequence{std::move(renamed)});
  }
  const auto word = rename_words().find(kind);
  add_other(word == rename_words().end() ? "rename" : word->second,
            kind == "OBJECT_SCHEMA" ? ObjectName(part) : relation, to);
}

void StatementReader::set_schema(const Node& node) {
  const std::string kind = node.text("objectType");
  const ObjectName name = relation_name(node["relation"]);
  const std::string schema = object_name(node.text("newschema"), "").schema;
  if (kind == "OBJECT_TABLE") {
    return add_operation(ops::SetTableSchema{name, schema});
  }
  if (const model::View* view = before_.find_view(name))
    return replace_view(*view, {schema, name.name});
  add_other("set schema", name, node.text("newschema"));
}

}  // namespace cupel::dialect::postgres
