// SPDX-License-Identifier: MIT
// The rules about tables and columns. See judge.hpp.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cupel/ops/services.hpp"
#include "dialect/postgres/lex.hpp"
#include "dialect/postgres/lint/judge.hpp"

namespace cupel::dialect::postgres {

using model::ObjectName;

namespace {

std::string column_name(const ObjectName& table, const std::string& column) {
  return to_string(model::ColumnName{table, column});
}

}  // namespace

void EffectJudge::judge_referred(const ObjectName& table, const model::ForeignKey& key,
                                 const std::string& what) {
  if (key.referred_table == table) return;
  find("LK009", {key.referred_table, "", Work::None, true},
       fmt::format("{} locks the referenced table {} in SHARE ROW EXCLUSIVE mode, which stops "
                   "writes to it for a moment",
                   what, named(key.referred_table)));
}

void EffectJudge::operator()(const ops::CreateTable& op) {
  judge_name(op.table.name);
  for (const model::Column& it : op.table.columns) judge_column_type(op.table.name, it);
  judge_column_order(op.table);
  for (const model::Constraint& it : op.table.constraints) {
    const auto* key = std::get_if<model::ForeignKey>(&it);
    if (key != nullptr) judge_referred(op.table.name, *key, "a foreign key of the new table");
  }
  if (op.table.partition_of) {
    const ObjectName& parent = op.table.partition_of->parent;
    ops::CreateTable apart{op.table};
    find("LK024", {parent, "", Work::None, true},
         fmt::format("a new partition locks table {} against every read and write; ATTACH "
                     "PARTITION of a table made apart does not",
                     named(parent)),
         only_text({"CREATE TABLE " + quote_identifier(op.table.name.name) + " (LIKE " +
                        quote_identifier(parent.name) + " INCLUDING ALL);",
                    "ALTER TABLE " + quote_identifier(parent.name) + " ATTACH PARTITION " +
                        quote_identifier(op.table.name.name) + " " + op.table.partition_of->bound +
                        ";"}));
  }
}

/// DS005: what a DROP ... CASCADE takes along.
void EffectJudge::judge_cascade(const ObjectName& table, const std::string& what) {
  std::string along;
  const auto add = [&](const std::string& text) { along += (along.empty() ? "" : ", ") + text; };
  for (const model::Table& other : state_.schema.tables) {
    for (const model::Constraint& it : other.constraints) {
      const auto* key = std::get_if<model::ForeignKey>(&it);
      if (key != nullptr && key->referred_table == table && other.name != table)
        add("a foreign key of table " + named(other.name));
    }
  }
  for (const model::View& view : state_.schema.views) {
    if (ops::mentions_identifier(view.definition, table.name)) add("view " + named(view.name));
  }
  find("DS005", {table},
       what + " with CASCADE takes along what depends on it" +
           (along.empty() ? std::string(", which is not listed here") : ": " + along));
}

void EffectJudge::operator()(const ops::DropTable& op) {
  if (op.cascade) judge_cascade(op.table, "dropping table " + named(op.table));
  const model::Table* table = known(op.table);
  if (table == nullptr || !state_.is_old(op.table)) return;
  for (const model::Constraint& it : table->constraints) {
    const auto* key = std::get_if<model::ForeignKey>(&it);
    if (key == nullptr || key->referred_table == op.table) continue;
    find("LK034", {key->referred_table, "", Work::None, true},
         fmt::format("dropping table {} locks table {}, which it references, against every read "
                     "and write",
                     named(op.table), named(key->referred_table)));
  }
}

void EffectJudge::operator()(const ops::SetTableSchema& op) {
  find("BC003", {op.table},
       "table " + named(op.table) + " moves to schema '" + op.new_schema +
           "'; code that runs looks for it where it was");
}

void EffectJudge::operator()(const ops::SetTableOptions& op) {
  const model::Table* table = known(op.table);
  const ops::TableOptions was = op.was             ? *op.was
                                : table != nullptr ? ops::options_of(*table)
                                                   : ops::TableOptions();
  const Subject subject{op.table, "", Work::Rewrite};
  const std::string end = std::string(kStops) + named(op.table) + " until it is done";
  if (op.to.unlogged != was.unlogged) {
    find("LK020", subject,
         fmt::format("SET {} writes table {} anew, {}", op.to.unlogged ? "UNLOGGED" : "LOGGED",
                     named(op.table), end));
  }
  if (op.to.unlogged && !was.unlogged) {
    find("DS010", {op.table},
         "table " + named(op.table) +
             " becomes UNLOGGED: a crash of the server empties it, and no replica has it");
  }
  if (op.to.tablespace != was.tablespace) {
    find("LK020", subject, fmt::format("SET TABLESPACE copies table {}, {}", named(op.table), end));
  }
}

void EffectJudge::operator()(const ops::SetPartition& op) {
  constexpr int kFirstWithConcurrently = 140000;
  if (op.was && !details_.partition_concurrently && is_at_least(state_, kFirstWithConcurrently)) {
    const ObjectName& parent = op.was->parent;
    find("LK023", {parent, "", Work::None, true},
         fmt::format("detaching partition {} locks table {} against every read and write",
                     named(op.table), named(parent)),
         only_text({"ALTER TABLE " + quote_identifier(parent.name) + " DETACH PARTITION " +
                    quote_identifier(op.table.name) + " CONCURRENTLY;"}));
  }
  if (!op.to) return;
  for (const Touch& touch : touches_of(ops::Operation(op), details_, state_, {})) {
    if (touch.work == Work::None) continue;
    find("LK024", {op.table, "", Work::Scan},
         fmt::format("attaching {} reads all of it to see that its rows fit, {}{}, unless a valid "
                     "CHECK proves it",
                     named(op.table), kStops, named(op.table)));
  }
}

void EffectJudge::operator()(const ops::DropColumn& op) {
  if (op.cascade) {
    find("DS005", {op.table, column_name(op.table, op.column)},
         "dropping column '" + column_name(op.table, op.column) +
             "' with CASCADE takes along the views, keys and columns that depend on it");
  }
}

/// LK013 to LK016: what makes the server write every row.
void EffectJudge::judge_new_column_values(const ops::AddColumn& op, const std::string& name) {
  const model::Column& column = op.column;
  const Subject subject{op.table, name, Work::Rewrite};
  const auto rewrites = [&](const std::string& why) {
    return fmt::format(
        "adding column '{}' writes table {} and its indexes anew{}, {}{} until it "
        "is done",
        name, named(op.table), why, kStops, named(op.table));
  };
  const SafeForm steps = column_in_steps(op, known(op.table));
  if (column.identity || column.autoincrement == model::Autoincrement::Yes) {
    return find("LK015", subject, rewrites(", since each row gets a number"), steps);
  }
  if (column.computed) {
    if (!column.computed->persisted.value_or(true)) return;
    return find("LK016", subject, rewrites(", since it is computed for each row"), steps);
  }
  if (is_constrained_domain(column.type, state_.schema)) {
    return find("LK010", subject,
                rewrites(", since each row is held against the domain's constraint"));
  }
  if (!column.server_default) return;
  std::string unknown;
  const std::optional<bool> is_changing = is_volatile(*column.server_default, &unknown);
  if (is_changing == true) {
    return find("LK013", subject, rewrites(", since its default differs from row to row"), steps);
  }
  if (!is_changing) {
    find("LK014", subject,
         fmt::format("the default of column '{}' calls '{}': if that is VOLATILE, table {} is "
                     "written anew, {}{}",
                     name, unknown, named(op.table), kStops, named(op.table)),
         steps);
  }
}

void EffectJudge::operator()(const ops::AddColumn& op) {
  const std::string name = column_name(op.table, op.column.name);
  judge_column_type(op.table, op.column);
  judge_new_column_values(op, name);
  const bool checks =
      std::any_of(op.checks.begin(), op.checks.end(), [](const auto& it) { return !it.not_valid; });
  if (checks) {
    find("LK010", {op.table, name, Work::Scan},
         fmt::format("the CHECK of the new column '{}' reads every row, {}{} until it is done",
                     name, kStops, named(op.table)),
         column_with_later_checks(op, known(op.table)));
  }
  if (op.inline_primary_key) {
    find("LK005", {op.table, name, Work::IndexBuild},
         fmt::format("the primary key on the new column '{}' builds an index, {}{} until it is "
                     "done",
                     name, kStops, named(op.table)));
  }
  if (!op.inline_references) return;
  judge_referred(op.table, *op.inline_references, "the new column '" + name + "'");
  if (!op.column.server_default) return;
  ops::AddColumn plain = op;
  plain.inline_references.reset();
  ops::AddConstraint add{op.table, *op.inline_references};
  SafeForm later = validated_later(add, known(op.table));
  if (!later.replacement.empty()) {
    std::vector<ops::Operation> operations{plain};
    for (ops::Operation& it : later.replacement) operations.push_back(std::move(it));
    later = safe_form(operations);
  }
  find("LK008", {op.table, name, Work::References},
       fmt::format("the foreign key of the new column '{}' looks up every row, since all have the "
                   "default, {}{} until it is done",
                   name, kStops, named(op.table)),
       std::move(later));
}

// Changes of columns

/// LK018.
void EffectJudge::judge_dependents_of_type(const ops::AlterColumn& op, const std::string& name) {
  const model::Table* table = known(op.table);
  if (table == nullptr) return;
  for (const model::Constraint& it : table->constraints) {
    const auto* check = std::get_if<model::CheckConstraint>(&it);
    const bool is_read = check != nullptr && !check->not_valid &&
                         ops::mentions_identifier(check->expression, op.column);
    if (!is_read) continue;
    return find("LK018", {op.table, name, Work::Scan},
                fmt::format("the type of '{}' changes without a rewrite, but under a CHECK every "
                            "row is read, {}{} until it is done",
                            name, kStops, named(op.table)));
  }
  for (const model::Index& index : table->indexes) {
    const bool is_built = ops::mentions_identifier(index.where, op.column) ||
                          std::any_of(index.elements.begin(), index.elements.end(),
                                      [&](const model::IndexElement& it) {
                                        return ops::mentions_identifier(it.expression, op.column);
                                      });
    if (!is_built) continue;
    return find("LK018", {op.table, name, Work::IndexBuild},
                fmt::format("the type of '{}' changes without a rewrite, but index '{}' is built "
                            "anew, {}{} until it is done",
                            name, index.name, kStops, named(op.table)));
  }
  for (const model::View& view : state_.schema.views) {
    if (!ops::mentions_identifier(view.definition, op.table.name) ||
        !ops::mentions_identifier(view.definition, op.column))
      continue;
    return find("LK018", {op.table, name},
                fmt::format("view {} uses column '{}': the server refuses to change its type",
                            named(view.name), name));
  }
}

void EffectJudge::judge_type_change(const ops::AlterColumn& op, const std::string& name) {
  const std::optional<model::Type> from = type_before(op, state_);
  if (!from) {
    return find("LK017", {op.table, name, Work::Rewrite},
                fmt::format("the old type of '{}' is not known; unless the new one is a wider form "
                            "of it, table {} is written anew, {}{}",
                            name, named(op.table), kStops, named(op.table)));
  }
  const TypeCost cost = type_cost(*from, *op.type, op.column, op.using_expression);
  const bool zone_is_utc = judge_.zone_is_utc_ || judge_.local_zone_is_utc_;
  if (cost == TypeCost::Rewrite) {
    return find("LK017", {op.table, name, Work::Rewrite},
                fmt::format("changing '{}' from {} to {} writes table {} and its indexes anew, "
                            "{}{} until it is done",
                            name, model::to_string(*from), model::to_string(*op.type),
                            named(op.table), kStops, named(op.table)),
                type_in_new_column(op));
  }
  if (cost == TypeCost::DependsOnZone && !zone_is_utc) {
    const SafeForm change = safe_form({op});
    std::vector<std::string> sql{"SET LOCAL TimeZone = 'UTC';"};
    sql.insert(sql.end(), change.sql.begin(), change.sql.end());
    return find("LK019", {op.table, name, Work::Rewrite},
                fmt::format("changing '{}' from {} to {} takes its values for times of the "
                            "session's TimeZone; only if that is UTC nothing is written anew",
                            name, model::to_string(*from), model::to_string(*op.type)),
                only_text(std::move(sql)));
  }
  if (model::to_string(*from) != model::to_string(*op.type)) judge_dependents_of_type(op, name);
}

void EffectJudge::operator()(const ops::AlterColumn& op) {
  const std::string name = column_name(op.table, op.column);
  if (op.type) {
    judge_type_change(op, name);
    model::Column column{.name = op.column, .type = *op.type};
    judge_column_type(op.table, column);
  }
  if (op.computed.sets()) {
    find("LK016", {op.table, name, Work::Rewrite},
         fmt::format("the new expression of '{}' writes table {} anew, {}{} until it is done", name,
                     named(op.table), kStops, named(op.table)));
  }
  if (op.nullable != false) return;
  ops::AlterColumn only;
  only.table = op.table;
  only.column = op.column;
  only.nullable = false;
  only.existing_nullable = op.existing_nullable;
  only.existing_type = op.existing_type;
  for (const Touch& touch : touches_of(ops::Operation(only), details_, state_, {})) {
    if (touch.work == Work::None) continue;
    SafeForm form = not_null_by_check(only, state_.server_version);
    // The rest of what the operation does stays.
    const bool does_more = op.type || op.server_default || op.identity || op.computed ||
                           op.comment || op.new_name || op.autoincrement;
    if (does_more) form.replacement.clear();
    find("LK012", {op.table, name, Work::Scan},
         fmt::format("SET NOT NULL on '{}' reads every row, {}{} until it is done", name, kStops,
                     named(op.table)),
         std::move(form));
  }
}

}  // namespace cupel::dialect::postgres
