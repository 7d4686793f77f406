// SPDX-License-Identifier: MIT
// See py_calls.hpp.
#include "alembic/py_calls.hpp"

#include <algorithm>

#include "cupel/base/text.hpp"
#include "cupel/diff/rules.hpp"

namespace cupel::alembic::py {
namespace {

/// What further lines of alter_column() stand below, in Alembic's layout.
constexpr std::string_view kDeep = "           ";

}  // namespace

std::string Calls::on_table(const std::string& function, const model::ObjectName& table,
                            Arguments arguments) const {
  Arguments all;
  if (!in_batch_) all.add(repr(table.name));
  all.add(arguments.joined());
  if (!in_batch_) all.text("schema", table.schema);
  return all.call(receiver() + function);
}

std::string Calls::on_table(const std::string& function, const std::string& first,
                            const model::ObjectName& table, Arguments arguments) const {
  Arguments all;
  all.add(first);
  if (!in_batch_) all.add(repr(table.name));
  if (!arguments.is_empty()) all.add(arguments.joined());
  if (!in_batch_) all.text("schema", table.schema);
  return all.call(receiver() + function);
}

template <typename Op>
bool Calls::is_direct(const Op& op) const {
  if (in_batch_ || !dialect_->diff_rules().groups_table_changes()) return true;
  const sql::WriteContext context{.before = before_};
  return dialect_->writer().write(op, context).size() == 1;
}

// Tables

namespace {

/// False for what create_table() has no words for.
bool is_plain(const ops::CreateTable& op) {
  const model::Table& table = op.table;
  // SQLAlchemy writes AUTOINCREMENT at the column, and no name there.
  const bool loses_name =
      table.autoincrement && table.primary_key && !table.primary_key->name.empty();
  return !loses_name && !op.if_not_exists && !table.strict && !table.partition_of &&
         table.with.empty() && table.options.empty() && table.inherits.empty();
}

void append(std::vector<std::string>& lines, const std::vector<std::string>& more) {
  lines.insert(lines.end(), more.begin(), more.end());
}

}  // namespace

bool Calls::take_constraint(const model::ObjectName& table, const model::Constraint& constraint,
                            TableParts& parts) const {
  const auto* check = std::get_if<model::CheckConstraint>(&constraint);
  const auto* key = std::get_if<model::ForeignKey>(&constraint);
  // NOT VALID means nothing inside of CREATE TABLE.
  if ((check != nullptr && check->not_valid) || (key != nullptr && key->not_valid)) {
    const Lines lines = (*this)(ops::AddConstraint{table, constraint});
    if (lines) append(parts.later, *lines);
    return lines.has_value();
  }
  const Code code = items_.constraint(constraint);
  if (code) parts.constraints.push_back(*code);
  return code.has_value();
}

std::optional<Calls::TableParts> Calls::parts_of(const model::Table& table) const {
  TableParts parts;
  for (const model::Column& column : table.columns) {
    const Code code = items_.column(table, column);
    if (!code) return std::nullopt;
    parts.columns.push_back(*code);
  }
  if (table.primary_key && !take_constraint(table.name, *table.primary_key, parts))
    return std::nullopt;
  for (const model::Constraint& it : table.constraints)
    if (!take_constraint(table.name, it, parts)) return std::nullopt;
  for (const model::Index& index : table.indexes) {
    const Lines lines = (*this)(ops::CreateIndex{table.name, index});
    if (!lines) return std::nullopt;
    append(parts.later, *lines);
  }
  std::stable_sort(parts.constraints.begin(), parts.constraints.end());
  return parts;
}

Arguments Calls::table_options(const ops::CreateTable& op) const {
  const model::Table& table = op.table;
  Arguments options;
  options.text("schema", table.name.schema).text("comment", table.comment);
  options.flag(items_.own("autoincrement"), table.autoincrement);
  options.text(items_.own("partition_by"), table.partition_by);
  options.text(items_.own("tablespace"), table.tablespace);
  if (table.without_rowid) options.add(items_.own("with_rowid"), "False");
  std::vector<std::string> prefixes = op.prefixes;
  if (table.temporary) prefixes.emplace_back("TEMPORARY");
  if (table.unlogged) prefixes.emplace_back("UNLOGGED");
  if (!prefixes.empty()) options.add("prefixes", repr(prefixes));
  return options;
}

Lines Calls::operator()(const ops::CreateTable& op) const {
  if (!is_plain(op)) return std::nullopt;
  const std::optional<TableParts> parts = parts_of(op.table);
  if (!parts) return std::nullopt;
  std::string code = "op.create_table(" + repr(op.table.name.name);
  for (const std::string& column : parts->columns) code += ",\n" + column;
  for (const std::string& constraint : parts->constraints) code += ",\n" + constraint;
  const Arguments options = table_options(op);
  if (!options.is_empty()) code += ",\n" + options.joined(",\n");
  std::vector<std::string> lines{code + "\n)"};
  append(lines, parts->later);
  return lines;
}

Lines Calls::operator()(const ops::DropTable& op) const {
  if (op.if_exists || op.cascade) return std::nullopt;
  return {
      {Arguments().add(repr(op.table.name)).text("schema", op.table.schema).call("op.drop_table")}};
}

Lines Calls::operator()(const ops::RenameTable& op) const {
  if (op.if_exists || !is_direct(op)) return std::nullopt;
  return {{Arguments()
               .add(repr(op.table.name))
               .add(repr(op.new_name))
               .text("schema", op.table.schema)
               .call("op.rename_table")}};
}

Lines Calls::operator()(const ops::SetTableComment& op) const {
  const auto text = [](const std::optional<std::string>& it) { return it ? repr(*it) : "None"; };
  std::string code = receiver() + (op.comment ? "create_table_comment(" : "drop_table_comment(");
  if (!in_batch_) code += "\n    " + repr(op.table.name) + ",";
  if (op.comment) code += "\n    " + text(op.comment) + ",";
  code += "\n    existing_comment=" + text(op.was);
  if (!in_batch_)
    code += ",\n    schema=" + (op.table.schema.empty() ? "None" : repr(op.table.schema));
  return {{code + "\n)"}};
}

// Columns

Lines Calls::operator()(const ops::AddColumn& op) const {
  if (op.if_not_exists || op.inline_primary_key || op.inline_references || !op.checks.empty())
    return std::nullopt;
  const Code column = items_.column(model::Table{.name = op.table}, op.column);
  if (!column || !is_direct(op)) return std::nullopt;
  Arguments list;
  list.add(*column);
  list.text("insert_before", op.insert_before).text("insert_after", op.insert_after);
  return {{on_table("add_column", op.table, list)}};
}

Lines Calls::operator()(const ops::DropColumn& op) const {
  if (op.if_exists || op.cascade || !is_direct(op)) return std::nullopt;
  return {{on_table("drop_column", op.table, Arguments().add(repr(op.column)))}};
}

std::string Calls::conversion(const ops::AlterColumn& op) const {
  if (dialect_->diff_rules().groups_table_changes()) return {};
  ops::AlterColumn alone;
  alone.table = op.table;
  alone.column = op.column;
  alone.type = op.type;
  alone.using_expression = op.using_expression;
  const std::string sql = dialect_->writer().write(alone).back().sql;
  const std::string start = " TYPE " + dialect_->writer().type_text(*op.type) + " USING ";
  const std::size_t found = sql.find(start);
  return found == sql.npos ? std::string() : sql.substr(found + start.size());
}

/// In the order in which Alembic writes them; each on a line of its own.
std::string Calls::alter_arguments(const ops::AlterColumn& op) const {
  Arguments list;
  if (op.existing_type) {
    if (const Code type = items_.types().code(*op.existing_type)) list.add("existing_type", *type);
  }
  if (op.server_default) {
    list.add("server_default",
             op.server_default.drops() ? "None" : items_.server_default(op.server_default.value));
  }
  if (op.new_name) list.add("new_column_name", repr(*op.new_name));
  if (op.type) list.add("type_", items_.types().code(*op.type).value_or(""));
  if (op.nullable) list.add("nullable", truth(*op.nullable));
  if (op.comment) list.add("comment", op.comment.drops() ? "None" : repr(op.comment.value));
  if (op.existing_comment.sets()) list.text("existing_comment", op.existing_comment.value);
  if (!op.nullable && op.existing_nullable)
    list.add("existing_nullable", truth(*op.existing_nullable));
  if (!op.server_default && op.existing_server_default.sets())
    list.add("existing_server_default", items_.server_default(op.existing_server_default.value));
  if (op.type) {
    const std::string converted = conversion(op);
    if (!converted.empty()) list.add(items_.own("using"), repr(escaped(converted)));
  }
  if (!in_batch_) list.text("schema", op.table.schema);
  return list.joined(",\n" + std::string(kDeep));
}

Lines Calls::operator()(const ops::AlterColumn& op) const {
  const bool plain = !op.identity && !op.computed && !op.autoincrement && !op.not_null_conflict &&
                     !op.if_exists && !op.existing_computed.sets();
  if (!plain || (op.type && !items_.types().code(*op.type))) return std::nullopt;
  const bool only_renames =
      op.new_name && !op.type && !op.nullable && !op.server_default && !op.comment;
  const bool rebuilds = dialect_->diff_rules().groups_table_changes() && !in_batch_;
  if (rebuilds && (!only_renames || !is_direct(op))) return std::nullopt;
  // Numbers of a column follow its type, which no call says.
  if (op.type && op.existing_autoincrement.value_or(false)) return std::nullopt;
  std::string code = receiver() + "alter_column(";
  if (!in_batch_) code += repr(op.table.name) + ", ";
  code += repr(op.column) + ",\n" + std::string(kDeep) + alter_arguments(op) + ")";
  return {{code}};
}

// Constraints

Code Calls::create_call(const model::UniqueConstraint& it, const model::ObjectName& table) const {
  if (it.nulls_not_distinct || !it.include.empty() || !it.on_conflict.empty()) return std::nullopt;
  Arguments list;
  list.add(repr(it.columns));
  Items::deferral(it.deferral, list);
  return on_table("create_unique_constraint", name(it.name), table, list);
}

Code Calls::create_call(const model::ForeignKey& it, const model::ObjectName& table) const {
  if (!items_.constraint(it)) return std::nullopt;
  Arguments list;
  list.add(name(it.name));
  if (!in_batch_) list.add(repr(table.name));
  list.add(repr(it.referred_table.name)).add(repr(it.columns)).add(repr(it.referred_columns));
  if (!in_batch_) list.text("source_schema", table.schema);
  list.text("referent_schema", it.referred_table.schema);
  items_.foreign_key_options(it, list);
  return list.call(receiver() + "create_foreign_key");
}

Code Calls::create_call(const model::CheckConstraint& it, const model::ObjectName& table) const {
  if (it.no_inherit || !it.on_conflict.empty()) return std::nullopt;
  Arguments list;
  list.add(repr(escaped(it.expression))).flag(items_.own("not_valid"), it.not_valid);
  return on_table("create_check_constraint", name(it.name), table, list);
}

Code Calls::create_call(const model::PrimaryKey& it, const model::ObjectName& table) const {
  if (!it.include.empty() || !it.on_conflict.empty() || it.deferral != model::Deferral())
    return std::nullopt;
  return on_table("create_primary_key", name(it.name), table, Arguments().add(repr(it.columns)));
}

Code Calls::create_call(const model::ExcludeConstraint& it, const model::ObjectName& table) const {
  Arguments list;
  if (in_batch_ || it.name.empty() || !items_.exclusion(it, list)) return std::nullopt;
  return on_table("create_exclude_constraint", name(it.name), table, list);
}

Lines Calls::operator()(const ops::AddConstraint& op) const {
  const bool rebuilds = dialect_->diff_rules().groups_table_changes() && !in_batch_;
  if (rebuilds || op.if_not_exists || !model::comment_of(op.constraint).empty() ||
      !items_.keeps_its_name(op.constraint))
    return std::nullopt;
  if (in_batch_ && model::name_of(op.constraint).empty()) return std::nullopt;
  const Code code =
      std::visit([&](const auto& it) { return create_call(it, op.table); }, op.constraint);
  if (!code) return std::nullopt;
  return {{*code}};
}

Lines Calls::operator()(const ops::DropConstraint& op) const {
  const bool rebuilds = dialect_->diff_rules().groups_table_changes() && !in_batch_;
  if (rebuilds || op.if_exists || op.cascade || op.name.empty()) return std::nullopt;
  Arguments list;
  list.add(name(op.name));
  if (!in_batch_) list.add(repr(op.table.name)).text("schema", op.table.schema);
  if (op.kind && op.kind != model::ConstraintKind::Exclude)
    list.add("type_", repr(model::to_string(*op.kind)));
  return {{list.call(receiver() + "drop_constraint")}};
}

// Indexes

Lines Calls::operator()(const ops::CreateIndex& op) const {
  if (op.if_not_exists) return std::nullopt;
  Arguments options;
  if (!items_.index_options(op.index, options)) return std::nullopt;
  Arguments list;
  list.add(name(op.index.name));
  if (!in_batch_) list.add(repr(op.table.name));
  list.add(items_.index_elements(op.index)).add(options.joined());
  if (!in_batch_) list.text("schema", op.table.schema);
  list.flag(items_.own("concurrently"), op.concurrently);
  return {{list.call(receiver() + "create_index")}};
}

Lines Calls::operator()(const ops::DropIndex& op) const {
  if (op.if_exists || op.cascade) return std::nullopt;
  Arguments list;
  list.add(name(op.name));
  if (!in_batch_) list.text("table_name", op.table.name).text("schema", op.table.schema);
  list.flag(items_.own("concurrently"), op.concurrently);
  return {{list.call(receiver() + "drop_index")}};
}

// Batch

Lines Calls::operator()(const ops::AlterTable& op) const {
  const bool plain = !op.copy_from && op.extra_constraints.empty() &&
                     op.partial_reordering.empty() && !op.autoincrement;
  if (!plain || op.changes.empty()) return std::nullopt;
  const model::Schema around = before_->around(op.table);
  const model::Table* table = around.find_table(op.table);
  if (table == nullptr || !survives_batch(*table, around, *dialect_)) return std::nullopt;
  const Calls inside(*dialect_, *naming_, *before_, true);
  bool places = op.recreate == ops::Recreate::Always;
  std::string code;
  for (const ops::TableChange& change : op.changes) {
    const auto* alter = std::get_if<ops::AlterColumn>(&change);
    // Alembic goes on calling a renamed column by its old name.
    if (alter != nullptr && alter->new_name && op.changes.size() > 1) return std::nullopt;
    if (const auto* add = std::get_if<ops::AddColumn>(&change))
      places = places || !add->insert_before.empty() || !add->insert_after.empty();
    const Lines lines = std::visit([&](const auto& it) { return inside(it); }, change);
    if (!lines) return std::nullopt;
    for (const std::string& line : *lines) code += "\n    " + line;
  }
  Arguments options;
  options.add(repr(op.table.name));
  options.add("schema", op.table.schema.empty() ? "None" : repr(op.table.schema));
  if (places) options.add("recreate", "'always'");
  return {{"with " + options.call("op.batch_alter_table") + " as batch_op:" + code, ""}};
}

}  // namespace cupel::alembic::py
