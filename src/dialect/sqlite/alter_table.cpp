// SPDX-License-Identifier: MIT
// In place, or by a rebuild. See alter_table.hpp.
#include "dialect/sqlite/alter_table.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/ops/services.hpp"
#include "dialect/sqlite/change_names.hpp"
#include "dialect/sqlite/create_parser.hpp"
#include "dialect/sqlite/definition_cursor.hpp"
#include "dialect/sqlite/rebuild.hpp"

namespace cupel::dialect::sqlite {
namespace {

using model::Column;
using model::Schema;
using model::Table;
using ops::AlterColumn;
using ops::TableChange;

constexpr int kDropColumnSince = 33500;

ops::Operation as_operation(const TableChange& change) {
  return std::visit([](const auto& one) { return ops::Operation(one); }, change);
}

bool is_rename(const TableChange& change) {
  const auto* alter = std::get_if<AlterColumn>(&change);
  return alter != nullptr && alter->new_name;
}

class Alteration {
 public:
  Alteration(const Writer& writer, const ops::AlterTable& batch, const sql::WriteContext& context)
      : writer_(writer), batch_(batch), context_(context) {}

  Statements write() {
    for (const TableChange& change : batch_.changes) accept(change);
    for (const model::Constraint& constraint : batch_.extra_constraints)
      add(ops::AddConstraint{batch_.table, constraint});
    if (batch_.recreate == ops::Recreate::Never) require_none_rebuilds();
    if (rebuilds_ || must_recreate()) return write_groups();
    Statements statements;
    for (const TableChange& change : changes_) write_in_place(change, statements);
    return statements;
  }

 private:
  /// Changes that go into one rebuild, and the renames that follow it.
  struct Group {
    std::vector<TableChange> changes;
    std::vector<std::pair<std::string, std::string>> renames;
  };

  // What is known

  /// The table and what hangs on it, as it was before; null if nobody knows.
  const Schema* schema() {
    if (!std::exchange(asked_, true)) load();
    return schema_ ? &*schema_ : nullptr;
  }

  void load() {
    try {
      if (context_.before != nullptr) schema_ = context_.before->around(batch_.table);
    } catch (const NotSupported&) {
      // Unknown offline; what needs the table says so.
    }
    if (batch_.copy_from) {
      if (!schema_) schema_.emplace();
      std::erase_if(schema_->tables,
                    [&](const Table& table) { return table.name == batch_.table; });
      schema_->tables.push_back(*batch_.copy_from);
      schema_->tables.back().name = batch_.table;
    }
    if (!schema_) return;
    const Table* table = schema_->find_table(batch_.table);
    if (table == nullptr)
      throw UsageError("there is no table '" + model::to_string(batch_.table) + "' to change");
    now_ = *table;
  }

  /// The table as the changes accepted so far leave it; null if nobody knows.
  const Table* table_now() {
    if (schema() == nullptr) return nullptr;
    for (; applied_ < changes_.size(); ++applied_) ops::apply(changes_[applied_], now_);
    return &now_;
  }

  const Table& require_table_now(const TableChange& change) {
    if (const Table* table = table_now()) return *table;
    refuse_unknown(ops::describe(as_operation(change)));
  }

  [[noreturn]] void refuse_unknown(const std::string& what) {
    throw NotSupported("sqlite cannot " + what + " without knowing the table",
                       "give the table as it is with copy_from, or let a revision before this one "
                       "create it");
  }

  // Which changes there are

  void accept(TableChange change) {
    std::visit([&](auto& one) { one.table = batch_.table; }, change);
    if (is_done(change)) return;
    if (auto* alter = std::get_if<AlterColumn>(&change)) return accept_alter(*alter);
    add(std::move(change));
  }

  /// Attributes first, the name after them.
  void accept_alter(const AlterColumn& alter) {
    if (alter.identity)
      writer_.refuse_with("cannot change how a column is numbered",
                          "an INTEGER primary key numbers itself");
    AlterColumn attributes = alter;
    attributes.new_name.reset();
    attributes.comment = {};
    attributes.autoincrement.reset();
    if (attributes.nullable || attributes.type || attributes.server_default ||
        attributes.computed || attributes.not_null_conflict)
      add(attributes);
    if (alter.new_name && *alter.new_name != alter.column)
      add(AlterColumn{.table = alter.table, .column = alter.column, .new_name = alter.new_name});
  }

  void add(TableChange change) {
    if (!rebuilds_ && needs_rebuild(change)) {
      rebuilds_ = true;
      first_rebuild_ = changes_.size();
    }
    changes_.push_back(std::move(change));
  }

  /// if_exists and if_not_exists, where SQLite has no words for them: done if nothing changes.
  bool is_done(const TableChange& change) {
    const bool conditional =
        std::visit([](const auto& one) { return is_conditional(one); }, change);
    if (!conditional) return false;
    const Table& before = require_table_now(change);
    Table after = before;
    ops::apply(change, after);
    return after == before;
  }
  static bool is_conditional(const ops::AddColumn& add) { return add.if_not_exists; }
  static bool is_conditional(const ops::DropColumn& drop) { return drop.if_exists; }
  static bool is_conditional(const AlterColumn& alter) { return alter.if_exists; }
  static bool is_conditional(const ops::AddConstraint& add) { return add.if_not_exists; }
  static bool is_conditional(const ops::DropConstraint& drop) { return drop.if_exists; }
  // The others have words, or no such flag.
  static bool is_conditional(const ops::RenameConstraint&) { return false; }
  static bool is_conditional(const ops::CreateIndex&) { return false; }
  static bool is_conditional(const ops::DropIndex&) { return false; }
  static bool is_conditional(const ops::SetTableComment&) { return false; }
  static bool is_conditional(const ops::SetTableOptions&) { return false; }

  // In place or not

  bool needs_rebuild(const TableChange& change) {
    if (const auto* add = std::get_if<ops::AddColumn>(&change)) return needs_rebuild(*add);
    if (const auto* drop = std::get_if<ops::DropColumn>(&change)) return needs_rebuild(*drop);
    if (std::holds_alternative<AlterColumn>(change)) return !is_rename(change);
    return std::holds_alternative<ops::AddConstraint>(change) ||
           std::holds_alternative<ops::DropConstraint>(change) ||
           std::holds_alternative<ops::RenameConstraint>(change) ||
           std::holds_alternative<ops::SetTableOptions>(change);
  }

  /// https://www.sqlite.org/lang_altertable.html#alter_table_add_column
  bool needs_rebuild(const ops::AddColumn& add) {
    if (add.inline_primary_key || !add.insert_before.empty() || !add.insert_after.empty())
      return true;
    const Column& column = add.column;
    const bool stored = column.computed && column.computed->persisted.value_or(false);
    const bool varies =
        column.server_default && !is_constant_default(writer_.default_text(*column.server_default));
    // An empty table takes them in place; so say it that way when nobody knows the table.
    return (stored || varies) && table_now() != nullptr;
  }

  /// https://www.sqlite.org/lang_altertable.html#alter_table_drop_column What views and triggers
  /// mention does not count: SQLite looks at them itself, and a rebuild would only break them.
  bool needs_rebuild(const ops::DropColumn& drop) {
    const Table* table = table_now();
    if (table == nullptr) return false;
    const bool too_old = context_.server_version != 0 && context_.server_version < kDropColumnSince;
    return too_old || uses_column(*table, drop.column);
  }

  bool must_recreate() const {
    return batch_.recreate == ops::Recreate::Always || batch_.autoincrement ||
           !batch_.partial_reordering.empty();
  }

  void require_none_rebuilds() {
    if (must_recreate())
      throw UsageError("a batch that must not recreate table '" + model::to_string(batch_.table) +
                       "' cannot set its column order or autoincrement");
    if (!rebuilds_) return;
    throw NotSupported(
        "sqlite cannot " + ops::describe(as_operation(changes_[first_rebuild_])) + " in place",
        "allow the rebuild of the table: recreate = auto");
  }

  void write_in_place(const TableChange& change, Statements& out) {
    const model::ObjectName& table = batch_.table;
    if (const auto* add = std::get_if<ops::AddColumn>(&change))
      out.push_back({writer_.add_column_text(table, *add)});
    if (const auto* drop = std::get_if<ops::DropColumn>(&change))
      out.push_back({writer_.drop_column_text(table, drop->column)});
    if (const auto* alter = std::get_if<AlterColumn>(&change))
      out.push_back({writer_.rename_column_text(table, alter->column, *alter->new_name)});
    if (const auto* create = std::get_if<ops::CreateIndex>(&change))
      out.push_back({writer_.create_index_text(table, *create)});
    if (const auto* drop = std::get_if<ops::DropIndex>(&change))
      out.push_back({writer_.drop_index_text(table, *drop)});
  }

  // Rebuilds

  Statements write_groups() {
    if (schema() == nullptr) {
      refuse_unknown(changes_.empty() ? "rebuild table '" + model::to_string(batch_.table) + "'"
                                      : ops::describe(as_operation(changes_[first_rebuild_])));
    }
    Statements statements;
    Group group;
    for (const TableChange& change : changes_) {
      if (is_rename(change)) {
        const auto& rename = std::get<AlterColumn>(change);
        group.renames.emplace_back(rename.column, *rename.new_name);
      } else if (std::optional<TableChange> early = before_renames(change, group)) {
        group.changes.push_back(std::move(*early));
      } else {
        write_group(std::exchange(group, {}), statements);
        group.changes.push_back(change);
      }
    }
    write_group(group, statements);
    return statements;
  }

  /// The change as it reads before the group's renames; nullopt if it needs a name that is only
  /// free, or only means something else, after them.
  static std::optional<TableChange> before_renames(TableChange change, const Group& group) {
    for (auto it = group.renames.rbegin(); it != group.renames.rend(); ++it) {
      if (mentions_column(change, it->first)) return std::nullopt;
      change = with_renamed_column(std::move(change), it->second, it->first);
    }
    return change;
  }

  void write_group(const Group& group, Statements& out) {
    Rebuild rebuild;
    rebuild.before = *schema_->find_table(batch_.table);
    rebuild.after = rebuild.before;
    for (const TableChange& change : group.changes) {
      ops::apply(change, rebuild.after);
      note(change, rebuild);
    }
    apply_options(group, rebuild.after);
    for (const model::Trigger& trigger : schema_->triggers)
      if (trigger.table == batch_.table) rebuild.triggers.push_back(trigger);
    if (must_recreate() || changes_anything(rebuild)) {
      const Statements statements = rebuild_statements(rebuild);
      out.insert(out.end(), statements.begin(), statements.end());
    }
    *schema_->find_table(batch_.table) = rebuild.after;
    for (const auto& [from, to] : group.renames) {
      out.push_back({writer_.rename_column_text(batch_.table, from, to)});
      ops::apply(AlterColumn{.table = batch_.table, .column = from, .new_name = to}, *schema_);
    }
  }

  /// A million rows need not move because a VARCHAR(5) is now thought of as an enum.
  static bool changes_anything(const Rebuild& rebuild) {
    const FaithfulWriter writer;
    return !rebuild.added.empty() || !rebuild.conversions.empty() ||
           writer.write(ops::CreateTable{rebuild.before}) !=
               writer.write(ops::CreateTable{rebuild.after});
  }

  /// What the two definitions do not say about how rows are copied.
  void note(const TableChange& change, Rebuild& rebuild) const {
    if (const auto* add = std::get_if<ops::AddColumn>(&change)) {
      rebuild.added.insert(add->column.name);
      rebuild.conversions.erase(add->column.name);
    }
    if (const auto* alter = std::get_if<AlterColumn>(&change))
      if (!alter->using_expression.empty())
        rebuild.conversions[alter->column] = alter->using_expression;
    if (const auto* drop = std::get_if<ops::DropColumn>(&change))
      rebuild.check_schema = rebuild.check_schema || is_mentioned(drop->column);
  }

  bool is_mentioned(const std::string& column) const {
    const auto mentions = [&](const auto& object) {
      return ops::mentions_identifier(object.definition, column);
    };
    return std::any_of(schema_->views.begin(), schema_->views.end(), mentions) ||
           std::any_of(schema_->triggers.begin(), schema_->triggers.end(), mentions);
  }

  void apply_options(const Group& group, Table& table) const {
    if (batch_.autoincrement) table.autoincrement = *batch_.autoincrement;
    std::vector<std::vector<std::string>> lists = batch_.partial_reordering;
    for (std::vector<std::string>& list : lists)
      for (std::string& name : list)
        for (const auto& [from, to] : group.renames)
          if (name == to) name = from;
    if (!lists.empty()) ops::reorder_columns(table, lists);
  }

  const Writer& writer_;
  const ops::AlterTable& batch_;
  const sql::WriteContext& context_;
  std::optional<Schema> schema_;
  bool asked_ = false;
  Table now_;
  std::size_t applied_ = 0;
  std::vector<TableChange> changes_;
  bool rebuilds_ = false;
  std::size_t first_rebuild_ = 0;
};

}  // namespace

bool is_constant_default(const std::string& default_text) {
  const model::Expression value = parse_default(default_text);
  if (value.kind == model::ExpressionKind::Now) return false;
  if (value.kind != model::ExpressionKind::Sql) return true;
  DefinitionCursor cursor(value.text);
  if (cursor.at_end()) return true;
  if (cursor.is_word("CURRENT_DATE") || cursor.is_word("CURRENT_TIME")) return false;
  if (cursor.is_symbol('-') || cursor.is_symbol('+')) cursor.skip();
  cursor.skip();
  return cursor.at_end();
}

Statements alter_table(const Writer& writer, const ops::AlterTable& batch,
                       const sql::WriteContext& context) {
  return Alteration(writer, batch, context).write();
}

bool table_exists(const ops::ObjectName& table, const sql::WriteContext& context) {
  if (context.before == nullptr)
    throw NotSupported("sqlite cannot say IF EXISTS here, and table '" + model::to_string(table) +
                           "' is not known",
                       "leave out if_exists");
  return context.before->around(table).find_table(table) != nullptr;
}

std::vector<model::Trigger> triggers_on(const ops::ObjectName& table,
                                        const sql::WriteContext& context) {
  if (context.before == nullptr) return {};
  Schema schema;
  try {
    schema = context.before->around(table);
  } catch (const NotSupported&) {
    return {};
  }
  std::erase_if(schema.triggers, [&](const model::Trigger& each) { return each.table != table; });
  return schema.triggers;
}

Statements rename_index(const Writer& writer, const ops::RenameIndex& rename,
                        const sql::WriteContext& context) {
  if (context.before == nullptr)
    throw NotSupported("sqlite can only rename index '" + rename.name +
                           "' by creating it again, and it is not known",
                       "drop the index and create it under its new name");
  const bool table_known = !rename.table.name.empty();
  const Schema schema = table_known ? context.before->around(rename.table) : context.before->all();
  for (const Table& table : schema.tables) {
    const model::Index* found = table.find_index(rename.name);
    if (found == nullptr || table.name.schema != rename.table.schema) continue;
    if (table_known && table.name != rename.table) continue;
    ops::CreateIndex create{.table = table.name, .index = *found};
    create.index.name = rename.new_name;
    return {{writer.drop_index_text(table.name, {.name = rename.name})},
            {writer.create_index_text(table.name, create)}};
  }
  throw UsageError("there is no index '" + rename.name + "' to rename");
}

}  // namespace cupel::dialect::sqlite
