// SPDX-License-Identifier: MIT
// BC: what breaks code that is already running, as far as one step shows it.
#include <algorithm>
#include <array>

#include "cupel/base/text.hpp"
#include "lint/common_judge.hpp"

namespace cupel::lint {
namespace {

/// A default that has changed, with what it was at first.
struct ChangedDefault {
  ColumnKey column;
  std::optional<model::Expression> before;
  FilePosition place;
};

struct Renamed {
  ObjectName from;
  ObjectName to;
  FilePosition place;
};

bool is_not_null_check(const std::string& expression) {
  return text::to_upper(expression).ends_with(" IS NOT NULL");
}

bool tells_subclasses_apart(const model::Column& column) {
  static constexpr std::array<std::string_view, 4> kNames{"type", "dtype", "discriminator",
                                                          "polymorphic_type"};
  const std::string name = text::to_lower(column.name);
  const bool can = column.type.kind == model::TypeKind::String ||
                   column.type.kind == model::TypeKind::Text ||
                   column.type.kind == model::TypeKind::Enum;
  return can && std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

class CompatFamily final : public Family {
 public:
  using Family::Family;

  void see(const Effect& effect, const Sight& sight, Findings&) override {
    const auto* operation = std::get_if<ops::Operation>(&effect);
    const auto* rename = operation == nullptr ? nullptr : std::get_if<ops::RenameTable>(operation);
    if (rename == nullptr) return;
    const ObjectName to(rename->table.schema, rename->new_name);
    for (ChangedDefault& changed : defaults_)
      if (changed.column.first == rename->table) changed.column.first = to;
    for (Renamed& earlier : renamed_) {
      if (earlier.to != rename->table) continue;
      earlier.to = to;
      return;
    }
    if (sight.is_in_use(rename->table)) renamed_.push_back({rename->table, to, sight.step.place});
  }

  void change(const ObjectName& table, const ops::TableChange& change, const Sight& sight,
              Findings& out) override {
    // A rebuild's own table counts by the one whose place it takes.
    if (!sight.is_in_use(table) && !sight.so_far.dropped_in_use.contains(table)) return;
    std::visit([&](const auto& it) { judge(table, it, sight, out); }, change);
  }

  void end(const State& after, const SoFar&, Findings& out) override {
    for (const Renamed& it : renamed_) judge_rename(it, after, out);
    for (const ChangedDefault& it : defaults_) judge_default(it, after, out);
  }

 private:
  template <typename T>
  void judge(const ObjectName&, const T&, const Sight&, Findings&) {}

  void judge_rename(const Renamed& it, const State& after, Findings& out) const {
    // Somebody answers to the old name: a view, or another table.
    if (it.from == it.to || after.schema.find_view(it.from) != nullptr ||
        after.schema.find_table(it.from) != nullptr)
      return;
    Finding& finding = out.add("BC001", it.place, to_string(it.from),
                               "renames " + table_words(it.from) + " to '" + it.to.name +
                                   "': code that is running fails at once");
    finding.safe = {"ALTER TABLE " + quote(it.from) + " RENAME TO " + quote(it.to.name) + ";",
                    "CREATE VIEW " + quote(it.from) + " AS SELECT * FROM " + quote(it.to) + ";",
                    "-- in a later revision, when all code uses " + it.to.name + ":",
                    "DROP VIEW " + quote(it.from) + ";"};
  }

  void judge(const ObjectName& table, const ops::AddColumn& add, const Sight& sight,
             Findings& out) {
    const model::Column& column = add.column;
    if (tells_subclasses_apart(column))
      out.add("BC012", sight.step.place, dotted(table, column.name),
              "adds " + column_of(column.name, table) +
                  ": if it tells subclasses apart, code that is running does not know it");
    const bool fills_itself = column.server_default || column.computed || column.identity ||
                              column.autoincrement == model::Autoincrement::Yes;
    if (column.nullable || fills_itself || add.inline_primary_key) return;
    required(table, column.name, column.type, sight, out);
  }

  void required(const ObjectName& table, const std::string& name, const model::Type& type,
                const Sight& sight, Findings& out) const {
    const bool is_empty = sight.state.rows_of(table) == 0;
    Finding& finding = out.add(
        "BC005", sight.step.place, dotted(table, name),
        column_of(name, table) + " is NOT NULL and has no default: INSERTs of code that does not " +
            "know it fail" + (is_empty ? "" : ", and so does this step if there are rows"));
    finding.rows = sight.state.rows_of(table);
    const std::string alter = "ALTER TABLE " + quote(table);
    finding.safe = {alter + " ADD COLUMN " + quote(name) + " " + type_words(type) + ";",
                    "-- deploy code that fills it, and fill the rows that are there:",
                    "UPDATE " + quote(table) + " SET " + quote(name) + " = ... WHERE " +
                        quote(name) + " IS NULL;",
                    "-- in a later revision, set NOT NULL"};
  }

  void judge(const ObjectName& table, const ops::AlterColumn& alter, const Sight& sight,
             Findings& out) {
    if (const model::Column* added = sight.so_far.added_column(table, alter.column))
      return judge_added(table, *added, alter, sight, out);
    if (alter.new_name && *alter.new_name != alter.column) renamed(table, alter, sight, out);
    if (alter.nullable == true && was_not_null(table, alter, sight))
      out.add("BC006", sight.step.place, dotted(table, alter.column),
              column_of(alter.column, table) +
                  " may be NULL from now on: code that is running has never seen that");
    if (alter.type) retyped(table, alter, sight, out);
    if (alter.server_default) note_default(table, alter, sight);
  }

  /// A column of this revision that loses its default, or becomes NOT NULL without one.
  void judge_added(const ObjectName& table, const model::Column& added,
                   const ops::AlterColumn& alter, const Sight& sight, Findings& out) const {
    const bool not_null = alter.nullable ? !*alter.nullable : !added.nullable;
    const bool has_default =
        alter.server_default ? alter.server_default.sets() : added.server_default.has_value();
    const bool was_required = !added.nullable && !added.server_default;
    const bool fills_itself = added.computed || added.identity;
    if (!not_null || has_default || was_required || fills_itself) return;
    out.add("BC005", sight.step.place, dotted(table, alter.column),
            "the new " + column_of(alter.column, table) +
                " is NOT NULL and has no default: INSERTs of code that does not know it fail");
  }

  void renamed(const ObjectName& table, const ops::AlterColumn& alter, const Sight& sight,
               Findings& out) const {
    Finding& finding = out.add("BC002", sight.step.place, dotted(table, alter.column),
                               "renames " + column_of(alter.column, table) + " to '" +
                                   *alter.new_name + "': code that is running fails at once");
    const model::Type* type = old_type(table, alter, sight);
    const std::string alter_table = "ALTER TABLE " + quote(table);
    finding.safe = {alter_table + " ADD COLUMN " + quote(*alter.new_name) +
                        (type == nullptr ? std::string(" ...") : " " + type_words(*type)) + ";",
                    "-- deploy code that writes both, then copy what is there:",
                    "UPDATE " + quote(table) + " SET " + quote(*alter.new_name) + " = " +
                        quote(alter.column) + " WHERE " + quote(*alter.new_name) + " IS NULL;",
                    "-- deploy code that reads the new one; in a later revision:",
                    "-- cupel: allow DS002 because no code names it since the release before",
                    alter_table + " DROP COLUMN " + quote(alter.column) + ";"};
  }

  static bool was_not_null(const ObjectName& table, const ops::AlterColumn& alter,
                           const Sight& sight) {
    if (alter.existing_nullable) return !*alter.existing_nullable;
    const model::Table* known = sight.table(table);
    const model::Column* column = known == nullptr ? nullptr : known->find_column(alter.column);
    return column == nullptr || !column->nullable;
  }

  /// What is narrower is DS006, and what must be read is DD004.
  void retyped(const ObjectName& table, const ops::AlterColumn& alter, const Sight& sight,
               Findings& out) const {
    const model::Type* before = old_type(table, alter, sight);
    if (before == nullptr) return;
    const TypeChange change = compare_types(*before, *alter.type);
    if (change == TypeChange::Same) return;
    if (facts_.types_limit_values) {
      const bool is_other_rule = change == TypeChange::Narrower || change == TypeChange::Parsed;
      if (is_other_rule && sight.may_hold_rows(table)) return;
    } else if (are_alike(*before, *alter.type)) {
      return;
    }
    Finding& finding = out.add("BC008", sight.step.place, dotted(table, alter.column),
                               "changes " + column_of(alter.column, table) + " from " +
                                   type_words(*before) + " to " + type_words(*alter.type) +
                                   ": drivers bind and read by the type they know");
    if (change == TypeChange::Wider) finding.severity = Severity::Notice;
  }

  void note_default(const ObjectName& table, const ops::AlterColumn& alter, const Sight& sight) {
    const ColumnKey key(table, alter.column);
    for (const ChangedDefault& it : defaults_)
      if (it.column == key) return;
    std::optional<model::Expression> before;
    if (const model::Table* known = sight.table(table))
      if (const model::Column* column = known->find_column(alter.column))
        before = column->server_default;
    if (!before && alter.existing_server_default.sets())
      before = alter.existing_server_default.value;
    const bool is_unknown = sight.table(table) == nullptr && alter.server_default.drops();
    if (before || is_unknown) defaults_.push_back({key, before, sight.step.place});
  }

  static void judge_default(const ChangedDefault& it, const State& after, Findings& out) {
    const auto& [table, name] = it.column;
    const model::Table* known = after.schema.find_table(table);
    const model::Column* column = known == nullptr ? nullptr : known->find_column(name);
    if (known != nullptr && (column == nullptr || column->server_default == it.before)) return;
    const bool is_dropped = column == nullptr || !column->server_default;
    const std::string lost = column != nullptr && !column->nullable
                                 ? "INSERTs that leave the column out fail"
                                 : "INSERTs that leave the column out write NULL";
    Finding& finding = out.add(
        "BC007", it.place, dotted(table, name),
        is_dropped ? "drops the default of " + column_of(name, table) + ": " + lost
                   : "changes the default of " + column_of(name, table) +
                         ": code that leaves the column out writes another value than before");
    if (!is_dropped) finding.severity = Severity::Notice;
  }

  void judge(const ObjectName& table, const ops::AddConstraint& add, const Sight& sight,
             Findings& out) {
    const auto* check = std::get_if<model::CheckConstraint>(&add.constraint);
    if (check == nullptr || !check->not_valid || is_not_null_check(check->expression)) return;
    out.add("BC010", sight.step.place, to_string(table),
            "from now on " + table_words(table) + " refuses what breaks CHECK (" +
                check->expression + "), also from code that is running");
  }

  std::vector<Renamed> renamed_;
  std::vector<ChangedDefault> defaults_;
};

}  // namespace

std::unique_ptr<Family> compat_family(const CommonFacts& facts) {
  return std::make_unique<CompatFamily>(facts);
}

}  // namespace cupel::lint
