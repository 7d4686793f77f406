// SPDX-License-Identifier: MIT
// The comparison from above: rename, pair, compare, settle texts, plan. See diff.hpp.
#include "cupel/diff/diff.hpp"

#include <algorithm>

#include "cupel/ops/services.hpp"
#include "diff/finding.hpp"
#include "diff/own_types.hpp"
#include "diff/plan.hpp"
#include "diff/renames.hpp"
#include "diff/settle.hpp"
#include "diff/side.hpp"

namespace cupel::diff {

using model::key_of;
using model::Schema;
using model::Table;

std::string to_string(const Rename& rename) {
  if (rename.column.empty()) {
    return "table '" + to_string(rename.table) + "' to '" + rename.new_name + "'";
  }
  return "column '" + to_string(model::ColumnName{rename.table, rename.column}) + "' to '" +
         rename.new_name + "'";
}

namespace {

class Comparison {
 public:
  Comparison(const Schema& from, const Schema& to, const DiffRules& rules, const Options& options)
      : original_(from), rules_(rules), options_(options), to_(to, rules, options) {}

  Difference run() {
    to_objects_ = model::normalized(rules_.stored_objects(to_.schema()));
    rename();
    from_.emplace(renamed_ ? *renamed_ : original_, rules_, options_);
    from_objects_ = model::normalized(rules_.stored_objects(from_->schema()));
    compare();
    if (options_.normalizer != nullptr) settle();
    find();
    plan();
    return std::move(result_);
  }

 private:
  // Renames: from then on both sides speak of everything by the same names.

  void rename() {
    std::vector<ops::Operation> values = rename_enum_values();
    const Side from(original_, rules_, options_);
    RenameDecision tables = decide_table_renames(from, to_, rules_, options_);
    RenameDecision columns = decide_column_renames(from, to_, tables.renames, rules_, options_);
    table_renames_ = tables.renames;
    renames_ = rename_operations(tables.renames, columns.renames);
    std::move(values.begin(), values.end(), std::back_inserter(renames_));
    const auto move = [](auto& list, auto& all) {
      std::move(list.begin(), list.end(), std::back_inserter(all));
    };
    move(tables.renames, result_.renamed);
    move(columns.renames, result_.renamed);
    move(tables.questions, result_.questions);
    move(columns.questions, result_.questions);
    if (renames_.empty()) return;
    renamed_ = original_;
    for (const ops::Operation& it : renames_) ops::apply(it, *renamed_);
  }

  std::vector<ops::Operation> rename_enum_values() {
    std::vector<ops::Operation> result;
    if (!rules_.has_own_enums()) return result;
    const Schema before = rules_.stored_objects(original_);
    for (const auto& it : compare_objects(before, to_objects_, rules_, options_).enums) {
      if (!it.is_changed()) continue;
      for (const auto& [from, to] : enum_change(it.from->values, it.to->values).renames) {
        result.emplace_back(ops::RenameEnumValue{it.from->name, from, to});
      }
    }
    return result;
  }

  // Comparison

  void compare() {
    for (const Table* table : to_.tables()) {
      const Table* before = from_->find(rules_.stored_name(table->name));
      if (before == nullptr) {
        added_.push_back(table);
      } else {
        compare(*before, *table);
      }
    }
    for (const Table* table : from_->tables()) {
      if (to_.find(rules_.stored_name(table->name)) == nullptr) judge_removed(*table);
    }
    objects_ = compare_objects(from_objects_, to_objects_, rules_, options_);
    add_implied_schemas();
    keep_types_in_use();
  }

  /// A schema that nobody lists, but a table lives in.
  void add_implied_schemas() {
    if (!rules_.has_schemas()) return;
    std::set<std::string> there = schemas_of(*from_, from_objects_);
    for (const std::string& it : schemas_of(to_, {})) {  // what is listed, compare_objects() knows
      const auto& listed = objects_.added_schemas;
      if (there.count(it) != 0 || std::find(listed.begin(), listed.end(), it) != listed.end()) {
        continue;
      }
      objects_.added_schemas.push_back(it);
    }
  }
  static std::set<std::string> schemas_of(const Side& side, const Schema& objects) {
    std::set<std::string> names(objects.schemas.begin(), objects.schemas.end());
    for (const Table* it : side.tables()) names.insert(it->name.schema);
    names.erase("");
    return names;
  }

  /// Equal as they are, and what they would be stored as is to be seen from them alone: then
  /// nobody needs to know what that is.
  static bool is_plainly_same(const Table& from, const Table& to) {
    if (from.partition_of || !(from == to)) return false;
    return std::none_of(from.constraints.begin(), from.constraints.end(), [](const auto& it) {
      const auto* key = std::get_if<model::ForeignKey>(&it);
      return key != nullptr && key->referred_columns.empty();
    });
  }

  void compare(const Table& from, const Table& to) {
    if (is_plainly_same(from, to)) return;
    auto diff = std::make_unique<TableDiff>();
    diff->from = from_->stored(from);
    diff->to = to_.stored(to);
    compare_tables(*diff, rules_);
    if (!diff->empty()) tables_.push_back(std::move(diff));
  }

  bool is_owned(const model::ObjectKey& key) const {
    return !options_.is_owned || options_.is_owned(key);
  }

  /// A partition goes with its parent, and stays with it.
  void judge_removed(const Table& table) {
    if (table.partition_of) {
      const model::ObjectName parent = rules_.stored_name(table.partition_of->parent);
      if (to_.find(parent) != nullptr) return;
      const Table* owner = from_->find(parent);
      if (owner != nullptr && is_owned(key_of(*owner))) return removed_.push_back(&table);
    }
    if (is_owned(key_of(table))) {
      removed_.push_back(&table);
    } else {
      unmanaged_tables_.push_back(&table);
    }
  }

  /// A type that somebody else's table uses is left to them.
  void keep_types_in_use() {
    std::set<model::ObjectName> used;
    for (const Table* table : unmanaged_tables_) {
      for (const model::Column& column : table->columns) note_type(column.type, used);
    }
    if (used.empty()) return;
    const auto keep = [&](auto& diffs) {
      std::erase_if(diffs, [&](const auto& it) {
        const bool kept = it.is_removed() && used.count(it.from->name) != 0;
        if (kept) objects_.unmanaged.push_back(key_of(*it.from));
        return kept;
      });
    };
    keep(objects_.enums);
    keep(objects_.domains);
  }
  static void note_type(const model::Type& type, std::set<model::ObjectName>& used) {
    for (const model::Type& element : type.element) note_type(element, used);
    if (model::ObjectName name = name_of_own_type(type); !name.name.empty()) {
      used.insert(std::move(name));
    }
  }

  // Texts

  /// Asks about all that differs in texts only, at once; about both sides if neither is from a
  /// server.
  void settle() {
    settle(to_, to_objects_, [](TableDiff& diff) -> StoredTable& { return diff.to; });
    if (options_.from_is_inspected) return;
    settle(*from_, from_objects_, [](TableDiff& diff) -> StoredTable& { return diff.from; });
  }

  template <typename SideOf>
  void settle(const Side& side, Schema& objects, const SideOf& side_of) {
    Settlement settlement(side, objects, rules_);
    for (const auto& diff : tables_) {
      if (diff->unsettled) settlement.ask(side_of(*diff));
    }
    const auto ask = [&](const auto& diffs) {
      for (const auto& it : diffs) {
        if (it.alike == Likeness::Texts) settlement.ask(key_of(*it.to));
      }
    };
    ask(objects_.domains);
    ask(objects_.functions);
    ask(objects_.triggers);
    for (const auto& it : objects_.views) {
      if (!it.is_added() && !it.is_removed() && is_unsettled(it)) settlement.ask(key_of(*it.to));
    }
    if (settlement.empty()) return;
    if (options_.from_is_inspected) {
      settlement.add_needs(objects_);
    } else {
      settlement.add_all_needs();
    }
    settlement.run(*options_.normalizer);
    compare_again();
  }

  bool is_unsettled(const ObjectDiff<model::View>& diff) const {
    if (diff.alike == Likeness::Texts) return true;
    const auto indexes = index_diffs(diff, rules_);
    return std::any_of(indexes.begin(), indexes.end(),
                       [](const auto& it) { return it.alike == Likeness::Texts; });
  }

  void compare_again() {
    for (auto& diff : tables_) {
      if (!diff->unsettled) continue;
      auto again = std::make_unique<TableDiff>();
      again->from = std::move(diff->from);
      again->to = std::move(diff->to);
      compare_tables(*again, rules_);
      diff = std::move(again);
    }
    std::erase_if(tables_, [](const auto& it) { return it->empty(); });
    objects_ = compare_objects(from_objects_, to_objects_, rules_, options_);
    add_implied_schemas();
    keep_types_in_use();
  }

  // What to say

  void find() {
    std::vector<Finding>& findings = result_.findings;
    for (const Table* it : added_) findings.push_back(added(key_of(*it)));
    for (const Table* it : removed_) findings.push_back(find_removed(*it));
    for (const Rename& it : result_.renamed) findings.push_back(diff::renamed(it));
    for (const auto& it : tables_) add_findings(*it, findings);
    add_findings(objects_, rules_, findings);
    for (const ops::Operation& it : renames_) {
      if (const auto* value = std::get_if<ops::RenameEnumValue>(&it)) {
        findings.push_back(diff::renamed(*value));
      }
    }
    const auto goes_with_its_table = [&](const Finding& it) {
      return it.kind == Finding::Kind::Removed && it.object.kind == model::ObjectKind::Trigger &&
             std::any_of(removed_.begin(), removed_.end(), [&](const Table* table) {
               return it.object.detail == to_string(table->name);
             });
    };
    std::erase_if(findings, goes_with_its_table);
    sort_findings(findings);
    list_unmanaged();
  }

  /// What hangs on a table is listed with it.
  void list_unmanaged() {
    std::set<model::ObjectKey> owned_sequences;
    for (const model::Sequence& it : from_objects_.sequences) {
      if (!it.owned_by.empty()) owned_sequences.insert(key_of(it));
    }
    std::set<std::string> tables;
    for (const Table* it : unmanaged_tables_) {
      tables.insert(to_string(it->name));
      result_.unmanaged.push_back(key_of(*it));
    }
    for (const model::ObjectKey& it : objects_.unmanaged) {
      const bool is_part = owned_sequences.count(it) != 0 ||
                           (it.kind == model::ObjectKind::Trigger && tables.count(it.detail) != 0);
      if (!is_part) result_.unmanaged.push_back(it);
    }
    std::sort(result_.unmanaged.begin(), result_.unmanaged.end());
  }

  /// Says who else is in the way.
  Finding find_removed(const Table& table) const {
    Finding finding = removed(key_of(table));
    std::vector<std::string> users;
    for (const Table* other : unmanaged_tables_) {
      const bool refers = std::any_of(
          other->constraints.begin(), other->constraints.end(), [&](const auto& constraint) {
            const auto* key = std::get_if<model::ForeignKey>(&constraint);
            return key != nullptr && key->referred_table == table.name;
          });
      if (refers) users.push_back(to_string(key_of(*other)));
    }
    for (const model::ObjectKey& key : objects_.unmanaged) {
      if (key.kind != model::ObjectKind::View) continue;
      const model::View* view = from_->schema().find_view(key.name);
      if (view != nullptr && ops::mentions_identifier(view->definition, table.name.name)) {
        users.push_back(to_string(key));
      }
    }
    finding.note = "its rows are lost";
    for (const std::string& it : users)
      finding.note += "; " + it + ", which is not managed, uses it";
    return finding;
  }

  void plan() {
    Changes changes{.rules = rules_,
                    .options = options_,
                    .original = original_,
                    .from = *from_,
                    .to = to_,
                    .from_objects = from_objects_,
                    .to_objects = to_objects_,
                    .objects = objects_,
                    .table_renames = std::move(table_renames_),
                    .renames = std::move(renames_),
                    .tables = std::move(tables_),
                    .added = std::move(added_),
                    .removed = std::move(removed_)};
    result_.operations = make_plan(changes).in_order();
    result_.undo = make_undo(result_.operations, changes);
  }

  const Schema& original_;
  const DiffRules& rules_;
  const Options& options_;
  Side to_;
  std::optional<Schema> renamed_;
  std::optional<Side> from_;
  Schema from_objects_;
  Schema to_objects_;
  std::vector<Rename> table_renames_;
  std::vector<ops::Operation> renames_;
  std::vector<std::unique_ptr<TableDiff>> tables_;
  std::vector<const Table*> added_;
  std::vector<const Table*> removed_;
  std::vector<const Table*> unmanaged_tables_;
  ObjectDiffs objects_;
  Difference result_;
};

}  // namespace

Difference compare(const Schema& from, const Schema& to, const DiffRules& rules,
                   const Options& options) {
  return Comparison(from, to, rules, options).run();
}

}  // namespace cupel::diff
