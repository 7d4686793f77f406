// SPDX-License-Identifier: MIT
// DD: what fails if the rows are not as it wants them, and the query that tells before.
#include <algorithm>

#include "cupel/ops/services.hpp"
#include "lint/common_judge.hpp"

namespace cupel::lint {
namespace {

using Names = std::vector<std::string>;

class ValuesFamily final : public Family {
 public:
  using Family::Family;

  void change(const ObjectName& table, const ops::TableChange& change, const Sight& sight,
              Findings& out) override {
    const bool is_rebuild = sight.so_far.dropped_in_use.contains(table);
    if (!sight.may_hold_rows(table) && !is_rebuild) return;
    std::visit([&](const auto& it) { judge(table, it, sight, out); }, change);
  }

 private:
  template <typename T>
  void judge(const ObjectName&, const T&, const Sight&, Findings&) {}

  static bool is_rebuild(const ObjectName& table, const Sight& sight) {
    return sight.so_far.dropped_in_use.contains(table);
  }

  /// The rows that are there are looked at, where the new column is not NULL in them.
  void judge(const ObjectName& table, const ops::AddColumn& add, const Sight& sight,
             Findings& out) {
    const model::Column& column = add.column;
    if (is_rebuild(table, sight)) return;
    if (column.computed && !column.nullable) {
      Finding& finding = out.add("DD002", sight.step.place, dotted(table, column.name),
                                 column_of(column.name, table) +
                                     " is computed and NOT NULL, which fails if a row gives NULL");
      finding.safe = {"-- must be 0:", "SELECT count(*) FROM " + quote(table) + " WHERE (" +
                                           column.computed->expression + ") IS NULL;"};
    }
    for (const model::CheckConstraint& check : add.checks)
      judge_new_check(table, column, check, sight, out);
  }

  void judge_new_check(const ObjectName& table, const model::Column& column,
                       const model::CheckConstraint& check, const Sight& sight,
                       Findings& out) const {
    const model::Table* known = sight.table(table);
    const bool reads_others =
        known == nullptr ||
        std::any_of(known->columns.begin(), known->columns.end(), [&](const model::Column& it) {
          return ops::mentions_identifier(check.expression, it.name);
        });
    const bool has_value = column.server_default || column.computed;
    if (check.not_valid || (!reads_others && !has_value)) return;
    Finding& finding = out.add("DD003", sight.step.place, dotted(table, column.name),
                               "CHECK (" + check.expression + ") of the new " +
                                   column_of(column.name, table) + " fails if a row breaks it");
    // Default and CHECK stand side by side: who wrote the one has seen the other.
    if (!reads_others && !column.computed) finding.severity = Severity::Notice;
  }

  void judge(const ObjectName& table, const ops::CreateIndex& create, const Sight& sight,
             Findings& out) {
    const model::Index& index = create.index;
    if (!index.unique) return;
    Names columns;
    Names texts;
    for (const model::IndexElement& element : index.elements) {
      columns.push_back(element.column);
      texts.push_back(element.column.empty() ? element.expression : quote(element.column));
    }
    unique(table, "unique index '" + index.name + "'", columns, texts, index.where, sight, out);
  }

  void judge(const ObjectName& table, const ops::AddConstraint& add, const Sight& sight,
             Findings& out) {
    // What is built on an index has been checked by that.
    if (!sight.details.using_index.empty()) return;
    if (const auto* key = std::get_if<model::PrimaryKey>(&add.constraint))
      unique(table, "a primary key", key->columns, quoted_each(key->columns), "", sight, out);
    if (const auto* it = std::get_if<model::UniqueConstraint>(&add.constraint))
      unique(table, "a unique constraint", it->columns, quoted_each(it->columns), "", sight, out);
    if (const auto* check = std::get_if<model::CheckConstraint>(&add.constraint))
      judge_check(table, *check, sight, out);
    if (const auto* key = std::get_if<model::ForeignKey>(&add.constraint))
      judge_reference(table, *key, sight, out);
  }

  Names quoted_each(const Names& columns) const {
    Names texts;
    for (const std::string& column : columns) texts.push_back(quote(column));
    return texts;
  }

  void unique(const ObjectName& table, const std::string& what, const Names& columns,
              const Names& texts, const std::string& where, const Sight& sight,
              Findings& out) const {
    const model::Table* known = sight.table(table);
    if (known != nullptr && is_unique_over(*known, columns)) return;
    const bool holds_null = std::any_of(columns.begin(), columns.end(), [&](const auto& column) {
      const model::Column* added = sight.so_far.added_column(table, column);
      return added != nullptr && !added->server_default && !added->computed &&
             !sight.so_far.written.contains({table, column});
    });
    if (holds_null) return;  // NULLs are all different
    std::string list;
    for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + text;
    Finding& finding = out.add("DD001", sight.step.place, to_string(table),
                               what + " over (" + list + ") of " + table_words(table) +
                                   " fails if two rows have the same values");
    finding.rows = sight.state.rows_of(table);
    finding.safe = {"-- must give no row:", "SELECT " + list + ", count(*) FROM " + quote(table) +
                                                (where.empty() ? "" : " WHERE " + where) +
                                                " GROUP BY " + list + " HAVING count(*) > 1;"};
  }

  void judge_check(const ObjectName& table, const model::CheckConstraint& check, const Sight& sight,
                   Findings& out) const {
    if (check.not_valid) return;
    Finding& finding = out.add(
        "DD003", sight.step.place, to_string(table),
        "CHECK (" + check.expression + ") on " + table_words(table) + " fails if a row breaks it");
    finding.rows = sight.state.rows_of(table);
    finding.safe = {"-- must be 0:", "SELECT count(*) FROM " + quote(table) + " WHERE NOT (" +
                                         check.expression + ");"};
  }

  void judge_reference(const ObjectName& table, const model::ForeignKey& key, const Sight& sight,
                       Findings& out) const {
    if (key.not_valid) return;
    const bool is_empty = std::any_of(key.columns.begin(), key.columns.end(), [&](const auto& it) {
      const model::Column* added = sight.so_far.added_column(table, it);
      return added != nullptr && !added->server_default &&
             !sight.so_far.written.contains({table, it});
    });
    if (is_empty) return;
    Finding& finding =
        out.add("DD003", sight.step.place, to_string(table),
                "a foreign key from (" + quoted(key.columns) + ") of " + table_words(table) +
                    " to '" + to_string(key.referred_table) + "' fails if a row refers to nothing");
    finding.rows = sight.state.rows_of(table);
    finding.safe = reference_query(table, key, sight);
  }

  Names reference_query(const ObjectName& table, const model::ForeignKey& key,
                        const Sight& sight) const {
    const model::Table* parent = sight.table(key.referred_table);
    const Names referred =
        parent == nullptr ? key.referred_columns : referred_columns(key, *parent);
    if (referred.size() != key.columns.size() || referred.empty()) return {};
    std::string given;
    std::string same;
    for (std::size_t i = 0; i < referred.size(); ++i) {
      given += (i == 0 ? "" : " AND ") + ("c." + quote(key.columns[i])) + " IS NOT NULL";
      same += (i == 0 ? "p." : " AND p.") + quote(referred[i]) + " = c." + quote(key.columns[i]);
    }
    return {"-- must be 0:", "SELECT count(*) FROM " + quote(table) + " c WHERE " + given +
                                 " AND NOT EXISTS (SELECT 1 FROM " + quote(key.referred_table) +
                                 " p WHERE " + same + ");"};
  }

  void judge(const ObjectName& table, const ops::AlterColumn& alter, const Sight& sight,
             Findings& out) {
    if (alter.nullable == false) judge_not_null(table, alter, sight, out);
    if (alter.type) judge_cast(table, alter, sight, out);
  }

  void judge_not_null(const ObjectName& table, const ops::AlterColumn& alter, const Sight& sight,
                      Findings& out) const {
    if (is_rebuild(table, sight) || alter.existing_nullable == false) return;
    const std::string& column = alter.column;
    const model::Table* known = sight.table(table);
    const model::Column* now = known == nullptr ? nullptr : known->find_column(column);
    const bool is_proven = (now != nullptr && !now->nullable) ||
                           sight.so_far.written.contains({table, column}) ||
                           has_not_null_check(known, table, column, sight.so_far);
    const model::Column* added = sight.so_far.added_column(table, column);
    if (is_proven || (added != nullptr && added->server_default)) return;
    Finding& finding =
        out.add("DD002", sight.step.place, dotted(table, column),
                column_of(column, table) + " becomes NOT NULL, which fails if a row holds NULL" +
                    (added == nullptr ? "" : ", as all do: the column is new"));
    finding.rows = sight.state.rows_of(table);
    finding.safe = {"-- must be 0:", "SELECT count(*) FROM " + quote(table) + " WHERE " +
                                         quote(column) + " IS NULL;"};
  }

  static bool has_not_null_check(const model::Table* known, const ObjectName& table,
                                 const std::string& column, const SoFar& so_far) {
    if (so_far.not_null_checks.contains(dotted(table, column))) return true;
    if (known == nullptr) return false;
    return std::any_of(known->constraints.begin(), known->constraints.end(),
                       [&](const model::Constraint& it) {
                         const auto* check = std::get_if<model::CheckConstraint>(&it);
                         return check != nullptr && check->expression == column + " IS NOT NULL";
                       });
  }

  void judge_cast(const ObjectName& table, const ops::AlterColumn& alter, const Sight& sight,
                  Findings& out) const {
    const model::Type* before = old_type(table, alter, sight);
    if (!facts_.types_limit_values || before == nullptr ||
        compare_types(*before, *alter.type) != TypeChange::Parsed)
      return;
    const std::string to = type_words(*alter.type);
    Finding& finding =
        out.add("DD004", sight.step.place, dotted(table, alter.column),
                "changes " + column_of(alter.column, table) + " from " + type_words(*before) +
                    " to " + to + ", which fails if a value cannot be read as one");
    finding.rows = sight.state.rows_of(table);
  }
};

}  // namespace

std::unique_ptr<Family> values_family(const CommonFacts& facts) {
  return std::make_unique<ValuesFamily>(facts);
}

}  // namespace cupel::lint
