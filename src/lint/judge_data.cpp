// SPDX-License-Identifier: MIT
// DS: what destroys data. What the gate of `upgrade` refuses is found by what the gate finds it
// with, DestructionWatch; so the two never disagree.
#include <algorithm>
#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/lint/destructive.hpp"
#include "lint/common_judge.hpp"

namespace cupel::lint {
namespace {

/// A table that a statement speaks of.
struct Known {
  ObjectName name;
  bool may_hold_rows = true;
  std::int64_t rows = -1;
  std::vector<std::string> columns = {};  ///< stored ones
  std::vector<std::string> computed = {};
};

/// A statement that somebody wrote, until all are known: a later one may show that it was part of
/// a rebuild.
struct Written {
  std::string sql;
  FilePosition place;
  std::vector<Known> tables;
};

Known known(const ObjectName& name, const State& state) {
  Known it{name, state.is_old(name) && state.rows_of(name) != 0, state.rows_of(name)};
  const model::Table* table = state.schema.find_table(name);
  if (table == nullptr) return it;
  for (const model::Column& column : table->columns)
    (column.computed ? it.computed : it.columns).push_back(column.name);
  return it;
}

/// The tables that lose something by the effect.
struct Losers {
  template <typename T>
  std::vector<ObjectName> operator()(const T&) const {
    return {};
  }
  std::vector<ObjectName> operator()(const Truncate& truncate) const { return truncate.tables; }
  std::vector<ObjectName> operator()(const ChangeRows& change) const { return {change.table}; }
  std::vector<ObjectName> operator()(const ops::Operation& operation) const {
    return std::visit(*this, operation);
  }
  std::vector<ObjectName> operator()(const ops::DropTable& drop) const { return {drop.table}; }
  std::vector<ObjectName> operator()(const ops::DropColumn& drop) const { return {drop.table}; }
  std::vector<ObjectName> operator()(const ops::AlterTable& alter) const { return {alter.table}; }
};

/// The first name in quotes.
std::string name_in(const std::string& description) {
  const std::size_t open = description.find('\'');
  const std::size_t close = description.find('\'', open + 1);
  return close == std::string::npos ? "" : description.substr(open + 1, close - open - 1);
}

bool contains_any_case(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& it) { return text::equals_ignore_case(it, name); });
}

std::string without_quotes(const std::string& name) {
  const bool quoted = name.size() > 1 && (name[0] == '"' || name[0] == '`' || name[0] == '[');
  return quoted ? name.substr(1, name.size() - 2) : name;
}

class DataFamily final : public Family {
 public:
  explicit DataFamily(const CommonFacts& facts) : Family(facts), watch_(*facts.writer) {}

  void begin_step(const Step& step, const State& state, Findings& out) override {
    if (step.is_operation) return judge_written(out);
    Written written{step.sql, step.place, {}};
    for (const Effect& effect : step.effects)
      for (const ObjectName& name : std::visit(Losers(), effect))
        written.tables.push_back(known(name, state));
    written_.push_back(std::move(written));
  }

  void see(const Effect& effect, const Sight& sight, Findings& out) override {
    const auto* operation = std::get_if<ops::Operation>(&effect);
    if (operation == nullptr) return;
    if (!sight.step.is_operation)
      return std::visit([&](const auto& it) { cascade(it, sight, out); }, *operation);
    std::vector<Known> tables;
    for (const ObjectName& name : Losers()(*operation)) tables.push_back(known(name, sight.state));
    for (const Destruction& found : watch_.see(*operation))
      judge(found, sight.step.place, tables, out);
    std::visit([&](const auto& it) { cascade(it, sight, out); }, *operation);
  }

  void change(const ObjectName& table, const ops::TableChange& change, const Sight& sight,
              Findings& out) override {
    if (const auto* alter = std::get_if<ops::AlterColumn>(&change))
      narrowed(table, *alter, sight, out);
  }

  void end(const State&, const SoFar&, Findings& out) override { judge_written(out); }

 private:
  void judge_written(Findings& out) {
    const std::vector<Written> written = std::exchange(written_, {});
    std::vector<std::string_view> texts;
    for (const Written& it : written) texts.push_back(it.sql);
    for (const Destruction& found : watch_.see(texts)) {
      const Written& it = written[found.statement];
      judge(found, it.place, it.tables, out);
    }
  }

  void judge(const Destruction& found, const FilePosition& place, const std::vector<Known>& tables,
             Findings& out) {
    if (found.code == "DS006") return;  // by its types: narrowed()
    const Known* table = table_of(found, tables);
    if (table != nullptr && !table->may_hold_rows) return;
    if (found.kind == Destruction::Kind::Rebuild) return judge_rebuild(found, place, table, out);
    const std::string column = without_quotes(found.column);
    if (table != nullptr && !column.empty() && contains_any_case(table->computed, column)) return;
    report(found, column, place, table, out);
  }

  void judge_rebuild(const Destruction& found, const FilePosition& place, const Known* table,
                     Findings& out) {
    if (table == nullptr) return;
    for (const std::string& column : table->columns) {
      if (contains_any_case(found.kept, column)) continue;
      Destruction dropped = found;
      dropped.kind = Destruction::Kind::Values;
      dropped.description += " without its column '" + column + "'";
      report(dropped, column, place, table, out);
    }
  }

  void report(const Destruction& found, const std::string& column, const FilePosition& place,
              const Known* table, Findings& out) {
    std::string object = table != nullptr ? to_string(table->name) : name_in(found.description);
    const std::int64_t rows = table != nullptr ? table->rows : -1;
    std::string message = found.description;
    if (found.kind == Destruction::Kind::Rows)
      message += ": " + rows_words(rows) + (rows == 1 ? " is lost" : " are lost");
    if (found.kind == Destruction::Kind::Values) {
      message += ": its values are lost, and code that still names it fails";
      object = table != nullptr ? dotted(table->name, column) : column;
    }
    Finding& finding = out.add(found.code, place, std::move(object), std::move(message));
    finding.rows = rows;
    if (table == nullptr) return;
    if (found.code == "DS001") finding.safe = rename_away(table->name);
    if (found.code == "DS002" && !column.empty()) finding.safe = drop_later(table->name, column);
  }

  std::vector<std::string> rename_away(const ObjectName& table) const {
    const std::string unused = table.name + "_unused";
    return {"ALTER TABLE " + quote(table) + " RENAME TO " + quote(unused) + ";",
            "-- in a later revision, when nothing has missed it:",
            "-- cupel: allow DS001 because nothing uses it since the release before",
            "DROP TABLE " + quote(ObjectName(table.schema, unused)) + ";"};
  }

  std::vector<std::string> drop_later(const ObjectName& table, const std::string& column) const {
    return {"-- deploy code that does not name " + dotted(table, column) + "; in a later revision:",
            "-- cupel: allow DS002 because no code names it since the release before",
            "ALTER TABLE " + quote(table) + " DROP COLUMN " + quote(column) + ";"};
  }

  static const Known* table_of(const Destruction& found, const std::vector<Known>& tables) {
    for (const Known& it : tables) {
      const std::string quoted = "'" + text::to_lower(to_string(it.name)) + "'";
      if (text::to_lower(found.description).find(quoted) != std::string::npos) return &it;
    }
    return tables.size() == 1 && !found.table.empty() ? &tables.front() : nullptr;
  }

  // What the gate does not ask about

  template <typename T>
  void cascade(const T&, const Sight&, Findings&) {}
  void cascade(const ops::DropView& drop, const Sight& sight, Findings& out) {
    if (drop.cascade)
      dependents(drop.materialized ? "materialized view" : "view", to_string(drop.name), sight,
                 out);
  }
  void cascade(const ops::DropSequence& drop, const Sight& sight, Findings& out) {
    if (drop.cascade) dependents("sequence", to_string(drop.name), sight, out);
  }
  void cascade(const ops::DropFunction& drop, const Sight& sight, Findings& out) {
    if (drop.cascade)
      dependents(drop.procedure ? "procedure" : "function", to_string(drop.name), sight, out);
  }
  static void dependents(const std::string& kind, const std::string& name, const Sight& sight,
                         Findings& out) {
    out.add("DS007", sight.step.place, name,
            "drops " + kind + " '" + name + "' with all that depends on it");
  }

  void narrowed(const ObjectName& table, const ops::AlterColumn& alter, const Sight& sight,
                Findings& out) {
    if (!facts_.types_limit_values || !alter.type || !sight.may_hold_rows(table)) return;
    const model::Type* before = old_type(table, alter, sight);
    if (before == nullptr || compare_types(*before, *alter.type) != TypeChange::Narrower) return;
    Finding& finding = out.add("DS006", sight.step.place, dotted(table, alter.column),
                               "changes " + column_of(alter.column, table) + " from " +
                                   type_words(*before) + " to " + type_words(*alter.type) +
                                   ": values that do not fit are refused, cut or rounded");
    finding.rows = sight.state.rows_of(table);
    if (alter.type->length && before->kind != model::TypeKind::Binary)
      finding.safe = {"-- must be 0:", "SELECT count(*) FROM " + quote(table) + " WHERE length(" +
                                           quote(alter.column) + ") > " +
                                           std::to_string(*alter.type->length) + ";"};
  }

  std::vector<Written> written_;
  DestructionWatch watch_;
};

}  // namespace

const model::Type* old_type(const ObjectName& table, const ops::AlterColumn& alter,
                            const Sight& sight) {
  if (sight.so_far.added_column(table, alter.column) != nullptr) return nullptr;
  if (alter.existing_type) return &*alter.existing_type;
  const model::Table* found = sight.table(table);
  const model::Column* column = found == nullptr ? nullptr : found->find_column(alter.column);
  return column == nullptr ? nullptr : &column->type;
}

std::unique_ptr<Family> data_family(const CommonFacts& facts) {
  return std::make_unique<DataFamily>(facts);
}

}  // namespace cupel::lint
