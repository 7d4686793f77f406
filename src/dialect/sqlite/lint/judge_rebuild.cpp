// SPDX-License-Identifier: MIT
// SQ004, SQ005, SQ009: what a rebuild by hand, or a dropped column, leaves behind.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "cupel/base/text.hpp"
#include "cupel/ops/services.hpp"
#include "dialect/sqlite/lex.hpp"
#include "dialect/sqlite/lint/judge_parts.hpp"
#include "sql/statement_tokens.hpp"

namespace cupel::dialect::sqlite {
namespace {

using model::ObjectName;
using model::Table;
using Tokens = sql::StatementTokens;

/// A table that another one takes the place of.
struct Replaced {
  Table before;
  std::vector<model::Trigger> triggers;
  ObjectName name;  ///< of the place
  FilePosition place;
};

struct DroppedColumn {
  ObjectName table;
  std::string column;
  FilePosition place;
};

/// INSERT INTO a (x, y) SELECT p, q FROM b.
struct Copy {
  std::string from;  ///< lower case
  std::vector<std::string> columns;
  std::vector<std::string> values;  ///< as written; one "*" for all
};

std::optional<Copy> copy_of(const std::string& sql, const std::vector<std::string>& columns) {
  const Tokens tokens(sql, lex_rules());
  const std::size_t select = tokens.find(0, tokens.size(), {"SELECT"});
  const std::size_t from = tokens.find(select, tokens.size(), {"FROM"});
  Copy copy{copied_table(sql), columns, {}};
  if (copy.from.empty()) return std::nullopt;
  for (std::size_t begin = select + 1; begin < from;) {
    const std::size_t end = tokens.find(begin, from, {","});
    copy.values.emplace_back(tokens.between(begin, end));
    begin = end + 1;
  }
  return copy;
}

class RebuildPart final : public JudgePart {
 public:
  void see(const lint::Effect& effect, const lint::Step& step, const lint::State& state,
           const FindingSink& out) override {
    if (const auto* change = std::get_if<lint::ChangeRows>(&effect))
      judge(*change, step, state, out);
    if (const auto* operation = std::get_if<ops::Operation>(&effect))
      std::visit([&](const auto& it) { note(it, step, state); }, *operation);
  }

  void end(const lint::State& after, const FindingSink& out) override {
    for (const Replaced& it : replaced_) judge(it, after, out);
    for (const DroppedColumn& it : columns_) judge(it, after, out);
  }

 private:
  template <typename T>
  void note(const T&, const lint::Step&, const lint::State&) {}

  void note(const ops::CreateTable& create, const lint::Step&, const lint::State& state) {
    if (state.schema.find_table(create.table.name) == nullptr) made_.insert(create.table.name);
  }
  void note(const ops::DropTable& drop, const lint::Step& step, const lint::State& state) {
    const Table* table = state.schema.find_table(drop.table);
    if (table == nullptr || step.is_operation || made_.contains(drop.table)) return;
    Replaced dropped{*table, {}, drop.table, step.place};
    for (const model::Trigger& trigger : state.schema.triggers)
      if (trigger.table == drop.table) dropped.triggers.push_back(trigger);
    // Renamed out of the way before, and made anew since.
    const auto place = places_.find(drop.table);
    if (place != places_.end() && made_.contains(place->second)) {
      dropped.name = place->second;
      replaced_.push_back(std::move(dropped));
      return;
    }
    dropped_.insert_or_assign(drop.table, std::move(dropped));
  }
  void note(const ops::RenameTable& rename, const lint::Step&, const lint::State&) {
    const ObjectName to(rename.table.schema, rename.new_name);
    if (made_.erase(rename.table) == 0) {
      places_[to] = rename.table;
      return;
    }
    made_.insert(to);
    if (auto node = dropped_.extract(to)) replaced_.push_back(std::move(node.mapped()));
  }
  void note(const ops::DropColumn& drop, const lint::Step& step, const lint::State&) {
    columns_.push_back({drop.table, drop.column, step.place});
  }
  void note(const ops::AlterTable& alter, const lint::Step& step, const lint::State& state) {
    for (const ops::TableChange& change : alter.changes)
      if (auto drop = std::get_if<ops::DropColumn>(&change))
        note(ops::DropColumn{.table = alter.table, .column = drop->column}, step, state);
  }

  void judge(const Replaced& it, const lint::State& after, const FindingSink& out) const {
    const Table* now = after.schema.find_table(it.name);
    if (now == nullptr) return;
    std::vector<std::string> lost;
    for (const model::Index& index : it.before.indexes)
      if (!has_index(*now, index)) lost.push_back("index '" + index.name + "'");
    for (const model::Trigger& trigger : it.triggers)
      if (!has_trigger(after.schema, trigger.name))
        lost.push_back("trigger '" + trigger.name + "'");
    if (it.before.strict && !now->strict) lost.emplace_back("STRICT");
    if (it.before.without_rowid && !now->without_rowid) lost.emplace_back("WITHOUT ROWID");
    if (it.before.autoincrement && !now->autoincrement) lost.emplace_back("AUTOINCREMENT");
    if (it.before.autoincrement && now->autoincrement && !keeps_counter_)
      lost.emplace_back("the counter of AUTOINCREMENT");
    if (lost.empty()) return;
    out.add("SQ005", it.place, to_string(it.name),
            "the rebuild of table '" + to_string(it.name) + "' loses " + text::join(lost, ", "));
  }

  /// By what it does: it may have another name, or be a constraint now, or miss a column.
  static bool has_index(const Table& table, const model::Index& index) {
    for (const model::Index& it : table.indexes)
      if (it.elements == index.elements || it.name == index.name) return true;
    std::vector<std::string> columns;
    for (const model::IndexElement& element : index.elements) {
      if (!element.column.empty() && table.find_column(element.column) == nullptr) return true;
      columns.push_back(element.column);
    }
    return std::any_of(table.constraints.begin(), table.constraints.end(),
                       [&](const model::Constraint& it) {
                         return model::kind_of(it) == model::ConstraintKind::Unique &&
                                model::columns_of(it) == columns;
                       });
  }

  static bool has_trigger(const model::Schema& schema, const std::string& name) {
    return std::any_of(schema.triggers.begin(), schema.triggers.end(),
                       [&](const model::Trigger& it) { return it.name == name; });
  }

  static void judge(const DroppedColumn& it, const lint::State& after, const FindingSink& out) {
    const Table* table = after.schema.find_table(it.table);
    if (table == nullptr || table->find_column(it.column) != nullptr) return;
    for (const model::Trigger& trigger : after.schema.triggers) {
      const ops::Mentions mentions(trigger.definition);
      if (!mentions.of(it.column) || (trigger.table != it.table && !mentions.of(it.table.name)))
        continue;
      out.add("SQ004", it.place, trigger.name,
              "trigger '" + trigger.name + "' uses column '" + it.column + "' of table '" +
                  to_string(it.table) + "', which is dropped: it fails at the next write");
    }
  }

  void judge(const lint::ChangeRows& change, const lint::Step& step, const lint::State& state,
             const FindingSink& out) {
    if (change.table.name == "sqlite_sequence") keeps_counter_ = true;
    if (step.is_operation || !change.from_query || !made_.contains(change.table)) return;
    const std::optional<Copy> copy = copy_of(step.sql, change.columns);
    const Table* to = state.schema.find_table(change.table);
    const Table* from = copy ? find_table(state.schema, copy->from) : nullptr;
    if (to == nullptr || from == nullptr || !may_hold_rows(state, from->name)) return;
    for (std::size_t i = 0; i < to->columns.size(); ++i)
      judge_value(*copy, *from, *to, i, step, out);
  }

  static const Table* find_table(const model::Schema& schema, const std::string& name) {
    for (const Table& table : schema.tables)
      if (text::equals_ignore_case(table.name.name, name)) return &table;
    return nullptr;
  }

  static const model::Column* find_column(const Table& table, const std::string& name) {
    for (const model::Column& column : table.columns)
      if (text::equals_ignore_case(column.name, name)) return &column;
    return nullptr;
  }

  static void judge_value(const Copy& copy, const Table& from, const Table& to, std::size_t i,
                          const lint::Step& step, const FindingSink& out) {
    const model::Column& column = to.columns[i];
    if (column.nullable) return;
    std::size_t at = i;
    if (!copy.columns.empty()) {
      at = 0;
      while (at < copy.columns.size() && !text::equals_ignore_case(copy.columns[at], column.name))
        ++at;
      if (at == copy.columns.size()) return;
    }
    const bool takes_all = copy.values.size() == 1 && copy.values.front() == "*";
    if (!takes_all && at >= copy.values.size()) return;
    const Tokens value(takes_all ? std::string_view() : std::string_view(copy.values[at]),
                       lex_rules());
    sql::TokenReader reader(value, 0);
    const std::optional<sql::NameText> name = reader.take_name();
    if (!takes_all && (!name || !reader.done())) return;
    const model::Column* source = takes_all
                                      ? (at < from.columns.size() ? &from.columns[at] : nullptr)
                                      : find_column(from, name->last);
    if (source == nullptr || !source->nullable) return;
    // The key of a table with rowids is nullable on paper only.
    if (from.primary_key && from.primary_key->columns == std::vector{source->name}) return;
    lint::Finding finding = FindingSink::make(
        "SQ009", step.place, to_string(to.name) + "." + column.name,
        "the copy fails if '" + source->name + "' of table '" + to_string(from.name) +
            "' is NULL in a row: '" + column.name + "' is NOT NULL now");
    finding.safe = {"-- must be 0:", "SELECT count(*) FROM " + quote_identifier(from.name.name) +
                                         " WHERE " + quote_identifier(source->name) + " IS NULL;"};
    out.add(std::move(finding));
  }

  std::set<ObjectName> made_;
  std::map<ObjectName, ObjectName> places_;  ///< renamed in this revision: now -> before
  std::map<ObjectName, Replaced> dropped_;
  std::vector<Replaced> replaced_;
  std::vector<DroppedColumn> columns_;
  bool keeps_counter_ = false;
};

}  // namespace

std::unique_ptr<JudgePart> make_rebuild_part() { return std::make_unique<RebuildPart>(); }

}  // namespace cupel::dialect::sqlite
