// SPDX-License-Identifier: MIT
// Operations as one line each, for people. See services.hpp.
#include "cupel/base/text.hpp"
#include "cupel/ops/services.hpp"

namespace cupel::ops {
namespace {

using model::to_string;

std::string q(const std::string& name) { return "'" + name + "'"; }
std::string q(const ObjectName& name) { return q(to_string(name)); }

/// The values of a Change, or words for its absence.
template <typename T, typename Print>
std::string change_text(const std::string& what, const Change<T>& change, Print print) {
  return change.drops() ? "drop " + what : what + " " + print(change.value);
}

std::vector<std::string> column_changes(const AlterColumn& op) {
  std::vector<std::string> parts;
  if (op.type) {
    parts.push_back("type " + (op.existing_type ? to_string(*op.existing_type) + " -> " : "") +
                    to_string(*op.type));
  }
  if (op.nullable) parts.emplace_back(*op.nullable ? "nullable" : "not null");
  if (op.server_default) {
    parts.push_back(change_text("default", op.server_default,
                                [](const model::Expression& it) { return to_string(it); }));
  }
  if (op.identity) {
    parts.push_back(change_text("identity", op.identity, [](const model::Identity& it) {
      return std::string(it.always ? "always" : "by default");
    }));
  }
  if (op.computed) {
    parts.push_back(change_text("computation", op.computed,
                                [](const model::Computed& it) { return it.expression; }));
  }
  if (op.comment)
    parts.push_back(
        change_text("comment", op.comment, [](const std::string& it) { return q(it); }));
  if (op.autoincrement) {
    parts.emplace_back(*op.autoincrement ? "autoincrement" : "no autoincrement");
  }
  if (op.not_null_conflict && op.nullable != true)
    parts.push_back("not null on conflict " + q(*op.not_null_conflict));
  if (op.new_name) parts.push_back("rename to " + q(*op.new_name));
  return parts;
}

std::string list_text(const std::vector<std::pair<std::string, std::string>>& list) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : list) parts.push_back(name + "=" + value);
  return text::join(parts, ", ");
}

/// What differs, as far as it is known what was.
std::string options_text(const TableOptions& to, const std::optional<TableOptions>& was) {
  std::vector<std::string> parts;
  const auto flag = [&](bool now, bool before, const std::string& word) {
    if (now != before || (now && !was)) parts.push_back(now ? word : "not " + word);
  };
  const TableOptions from = was.value_or(TableOptions());
  flag(to.unlogged, from.unlogged, "unlogged");
  flag(to.autoincrement, from.autoincrement, "autoincrement");
  flag(to.without_rowid, from.without_rowid, "without rowid");
  flag(to.strict, from.strict, "strict");
  if (to.tablespace != from.tablespace) parts.push_back("tablespace " + q(to.tablespace));
  if (to.with != from.with) parts.push_back("with (" + list_text(to.with) + ")");
  for (const auto& [name, value] : to.options) {
    const auto found = from.options.find(name);
    if (found == from.options.end() || found->second != value) parts.push_back(name + " " + value);
  }
  for (const auto& [name, value] : from.options) {
    if (to.options.count(name) == 0) parts.push_back("no " + name);
  }
  return parts.empty() ? "" : ": " + text::join(parts, ", ");
}

/// One overload per operation.
class Describer {
 public:
  /// Inside a batch the table is known and not said again.
  explicit Describer(bool inside = false) : inside_(inside) {}

  std::string operator()(const CreateTable& op) const { return "create table " + q(op.table.name); }
  std::string operator()(const DropTable& op) const { return "drop table " + q(op.table); }
  std::string operator()(const RenameTable& op) const {
    return "rename table " + q(op.table) + " to " + q(op.new_name);
  }
  std::string operator()(const SetTableSchema& op) const {
    return "move table " + q(op.table) + " to schema " + q(op.new_schema);
  }
  std::string operator()(const SetTableComment& op) const {
    if (!op.comment) return "drop the comment" + table(" of", op.table);
    return "set the comment" + table(" of", op.table) + " to " + q(*op.comment);
  }

  std::string operator()(const SetTableOptions& op) const {
    return "set the options" + table(" of", op.table) + options_text(op.to, op.was);
  }
  std::string operator()(const SetPartition& op) const {
    if (!op.to)
      return "detach partition " + q(op.table) + (op.was ? " from " + q(op.was->parent) : "");
    return "attach table " + q(op.table) + " to " + q(op.to->parent) + " as partition " +
           op.to->bound;
  }

  std::string operator()(const AddColumn& op) const {
    return "add column " + q(op.column.name) + table(" to", op.table);
  }
  std::string operator()(const DropColumn& op) const {
    return "drop column " + q(op.column) + table(" from", op.table);
  }
  std::string operator()(const AlterColumn& op) const {
    const std::string column = "column " + q(op.column) + table(" of", op.table);
    const std::vector<std::string> parts = column_changes(op);
    if (parts.size() == 1 && op.new_name) return "rename " + column + " to " + q(*op.new_name);
    return "alter " + column + ": " + text::join(parts, ", ");
  }

  std::string operator()(const AddConstraint& op) const {
    return "add constraint" + table(" to", op.table) + ": " + to_string(op.constraint);
  }
  std::string operator()(const DropConstraint& op) const {
    const std::string what = op.name.empty() ? "the primary key" : "constraint " + q(op.name);
    return "drop " + what + table(" from", op.table);
  }
  std::string operator()(const RenameConstraint& op) const {
    return "rename constraint " + q(op.name) + table(" of", op.table) + " to " + q(op.new_name);
  }
  std::string operator()(const ValidateConstraint& op) const {
    return "validate constraint " + q(op.name) + table(" of", op.table);
  }

  std::string operator()(const CreateIndex& op) const {
    return std::string("create ") + (op.index.unique ? "unique " : "") + "index " +
           q(op.index.name) + table(" on", op.table) + (op.concurrently ? " concurrently" : "");
  }
  std::string operator()(const DropIndex& op) const {
    return "drop index " + q(op.name) + table(" from", op.table) +
           (op.concurrently ? " concurrently" : "");
  }
  std::string operator()(const RenameIndex& op) const {
    return "rename index " + q(op.name) + table(" of", op.table) + " to " + q(op.new_name);
  }

  std::string operator()(const AlterTable& op) const {
    std::vector<std::string> parts;
    for (const TableChange& change : op.changes) parts.push_back(describe_change(change));
    for (const model::Constraint& it : op.extra_constraints) {
      parts.push_back("add constraint: " + to_string(it));
    }
    for (const std::vector<std::string>& order : op.partial_reordering) {
      parts.push_back("order columns " + text::quoted_list(order));
    }
    if (op.autoincrement)
      parts.emplace_back(*op.autoincrement ? "autoincrement" : "no autoincrement");
    return "alter table " + q(op.table) + ": " +
           (parts.empty() ? "rebuild as it is" : text::join(parts, "; "));
  }

  std::string operator()(const CreateSchema& op) const { return "create schema " + q(op.name); }
  std::string operator()(const DropSchema& op) const { return "drop schema " + q(op.name); }
  std::string operator()(const CreateSequence& op) const {
    return "create sequence " + q(op.sequence.name);
  }
  std::string operator()(const AlterSequence& op) const {
    return "alter sequence " + q(op.to.name);
  }
  std::string operator()(const DropSequence& op) const { return "drop sequence " + q(op.name); }
  std::string operator()(const CreateEnum& op) const {
    return "create enum " + q(op.type.name) + " (" + text::quoted_list(op.type.values) + ")";
  }
  std::string operator()(const DropEnum& op) const { return "drop enum " + q(op.name); }
  std::string operator()(const AddEnumValue& op) const {
    const std::string place = !op.before.empty()  ? " before " + q(op.before)
                              : !op.after.empty() ? " after " + q(op.after)
                                                  : "";
    return "add value " + q(op.value) + " to enum " + q(op.name) + place;
  }
  std::string operator()(const RenameEnumValue& op) const {
    return "rename value " + q(op.value) + " of enum " + q(op.name) + " to " + q(op.new_value);
  }
  std::string operator()(const CreateDomain& op) const {
    return "create domain " + q(op.domain.name) + " as " + op.domain.definition;
  }
  std::string operator()(const DropDomain& op) const { return "drop domain " + q(op.name); }
  std::string operator()(const RenameType& op) const {
    return "rename type " + q(op.name) + " to " + q(op.new_name);
  }
  std::string operator()(const CreateView& op) const {
    return std::string(op.or_replace ? "create or replace " : "create ") +
           view(op.view.materialized) + q(op.view.name);
  }
  std::string operator()(const DropView& op) const {
    return "drop " + view(op.materialized) + q(op.name);
  }
  std::string operator()(const RefreshView& op) const {
    return "refresh " + view(true) + q(op.name);
  }
  std::string operator()(const CreateFunction& op) const {
    return "create " + function(op.function.procedure, op.function.name, op.function.arguments);
  }
  std::string operator()(const DropFunction& op) const {
    return "drop " + function(op.procedure, op.name, op.arguments);
  }
  std::string operator()(const CreateTrigger& op) const {
    return "create trigger " + q(op.trigger.name) + table(" on", op.trigger.table);
  }
  std::string operator()(const DropTrigger& op) const {
    return "drop trigger " + q(op.name) + table(" from", op.table);
  }
  std::string operator()(const CreateExtension& op) const {
    return "create extension " + q(op.extension.name);
  }
  std::string operator()(const DropExtension& op) const { return "drop extension " + q(op.name); }

  std::string operator()(const SetComment& op) const {
    return (op.comment ? "set the comment of " : "drop the comment of ") + subject(op) +
           (op.comment ? " to " + q(*op.comment) : "");
  }

  std::string operator()(const ExecuteSql& op) const {
    constexpr std::size_t kShown = 60;
    const std::string_view sql = text::trim(op.sql);
    std::string_view line = sql.substr(0, sql.find('\n'));
    if (line.size() > kShown) line = line.substr(0, kShown);
    while (!text::is_utf8(line)) line.remove_suffix(1);
    return "execute: " + std::string(text::trim(line)) + (line.size() < sql.size() ? " ..." : "");
  }
  std::string operator()(const BulkInsert& op) const {
    return "insert " + std::to_string(op.rows.size()) + (op.rows.size() == 1 ? " row" : " rows") +
           " into table " + q(op.table);
  }

 private:
  std::string table(const std::string& link, const ObjectName& name) const {
    return inside_ || name.name.empty() ? "" : link + " table " + q(name);
  }
  static std::string view(bool materialized) {
    return materialized ? "materialized view " : "view ";
  }
  static std::string function(bool procedure, const ObjectName& name,
                              const std::string& arguments) {
    return (procedure ? "procedure " : "function ") + q(to_string(name) + "(" + arguments + ")");
  }

  static std::string subject(const SetComment& op) {
    switch (op.on) {
      case CommentOn::Constraint:
        return "constraint " + q(op.name) + " of table " + q(op.object);
      case CommentOn::Index:
        return "index " + q(op.name) + " on table " + q(op.object);
      case CommentOn::Enum:
        return "enum " + q(op.object);
      case CommentOn::View:
      case CommentOn::MaterializedView:
        return view(op.on == CommentOn::MaterializedView) + q(op.object);
    }
    return q(op.object);
  }

  bool inside_;
};

}  // namespace

std::string describe(const Operation& operation) { return std::visit(Describer(), operation); }

std::string describe_change(const TableChange& change) {
  return std::visit(Describer(true), change);
}

std::string describe(const std::vector<Operation>& operations) {
  std::vector<std::string> lines;
  for (const Operation& operation : operations) lines.push_back(describe(operation));
  return text::join(lines, "\n");
}

}  // namespace cupel::ops
