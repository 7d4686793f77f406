// SPDX-License-Identifier: MIT
// BC009, BC011, RV006: what is gone when the revision is over, and was not replaced.
#include <algorithm>

#include "cupel/ops/services.hpp"
#include "lint/common_judge.hpp"

namespace cupel::lint {
namespace {

struct DroppedObject {
  ObjectName name;
  std::string kind;  ///< "view", "function", ...
  FilePosition place;
};

struct DroppedKey {
  ObjectName table;
  std::string name;
  model::ConstraintKind kind = model::ConstraintKind::Unique;
  std::vector<std::string> columns;
  FilePosition place;
};

/// A table, or a column of one, whose name is no more.
struct Gone {
  ObjectName table;
  std::string column;
  FilePosition place;
};

const char* words_for(model::ConstraintKind kind) {
  switch (kind) {
    case model::ConstraintKind::Primary:
      return "primary key";
    case model::ConstraintKind::Foreign:
      return "foreign key";
    case model::ConstraintKind::Exclude:
      return "exclusion constraint";
    default:
      return "unique constraint";
  }
}

class ReplacedFamily final : public Family {
 public:
  using Family::Family;

  void see(const Effect& effect, const Sight& sight, Findings&) override {
    if (const auto* operation = std::get_if<ops::Operation>(&effect))
      std::visit([&](const auto& it) { note(it, sight); }, *operation);
  }

  void change(const ObjectName& table, const ops::TableChange& change, const Sight& sight,
              Findings&) override {
    if (!sight.is_in_use(table) && !sight.so_far.dropped_in_use.contains(table)) return;
    std::visit([&](const auto& it) { note_change(table, it, sight); }, change);
  }

  void end(const State& after, const SoFar&, Findings& out) override {
    for (const DroppedObject& it : objects_) judge(it, after, out);
    for (const DroppedKey& it : keys_) judge(it, after, out);
    for (const Gone& it : gone_) judge(it, after, out);
  }

 private:
  template <typename T>
  void note(const T&, const Sight&) {}
  template <typename T>
  void note_change(const ObjectName&, const T&, const Sight&) {}

  void note(const ops::CreateView& create, const Sight&) { made_.insert(create.view.name); }
  void note(const ops::CreateFunction& create, const Sight&) { made_.insert(create.function.name); }
  void note(const ops::DropView& drop, const Sight& sight) {
    if (!made_.contains(drop.name))
      objects_.push_back(
          {drop.name, drop.materialized ? "materialized view" : "view", sight.step.place});
  }
  void note(const ops::DropFunction& drop, const Sight& sight) {
    if (!made_.contains(drop.name))
      objects_.push_back({drop.name, drop.procedure ? "procedure" : "function", sight.step.place});
  }
  void note(const ops::DropTable& drop, const Sight& sight) {
    if (sight.is_in_use(drop.table)) gone_.push_back({drop.table, "", sight.step.place});
  }
  void note(const ops::RenameTable& rename, const Sight& sight) {
    if (sight.is_in_use(rename.table)) gone_.push_back({rename.table, "", sight.step.place});
    const ObjectName to(rename.table.schema, rename.new_name);
    for (DroppedKey& key : keys_)
      if (key.table == rename.table) key.table = to;
  }

  void note_change(const ObjectName& table, const ops::DropColumn& drop, const Sight& sight) {
    gone_.push_back({table, drop.column, sight.step.place});
  }
  void note_change(const ObjectName& table, const ops::AlterColumn& alter, const Sight& sight) {
    if (!alter.new_name) return;
    gone_.push_back({table, alter.column, sight.step.place});
    for (DroppedKey& key : keys_)
      if (key.table == table)
        std::replace(key.columns.begin(), key.columns.end(), alter.column, *alter.new_name);
  }
  void note_change(const ObjectName& table, const ops::DropConstraint& drop, const Sight& sight) {
    std::optional<model::Constraint> was = drop.was;
    if (!was)
      if (const model::Table* known = sight.table(table)) was = find(*known, drop.name);
    const std::optional<model::ConstraintKind> kind = was ? model::kind_of(*was) : drop.kind;
    if (!kind || *kind == model::ConstraintKind::Check) return;
    keys_.push_back({table, drop.name, *kind,
                     was ? model::columns_of(*was) : std::vector<std::string>(), sight.step.place});
  }
  void note_change(const ObjectName& table, const ops::DropIndex& drop, const Sight& sight) {
    const model::Table* known = sight.table(table);
    const model::Index* index = known == nullptr ? nullptr : known->find_index(drop.name);
    if (index == nullptr && drop.was) index = &*drop.was;
    if (index == nullptr || !index->unique) return;
    std::vector<std::string> columns;
    for (const model::IndexElement& element : index->elements) columns.push_back(element.column);
    keys_.push_back({table, drop.name, model::ConstraintKind::Unique, columns, sight.step.place});
  }

  static std::optional<model::Constraint> find(const model::Table& table, const std::string& name) {
    if (std::optional<model::Constraint> found = table.find_constraint(name)) return found;
    if (table.primary_key && ops::made_name(table, *table.primary_key) == name)
      return *table.primary_key;
    for (const model::Constraint& it : table.constraints)
      if (model::name_of(it).empty() && ops::made_name(table, it) == name) return it;
    return std::nullopt;
  }

  static void judge(const DroppedObject& it, const State& after, Findings& out) {
    const auto has_name = [&](const auto& other) { return other.name == it.name; };
    if (after.schema.find_view(it.name) != nullptr || after.schema.find_table(it.name) != nullptr ||
        std::any_of(after.schema.functions.begin(), after.schema.functions.end(), has_name))
      return;
    out.add("BC009", it.place, to_string(it.name),
            "drops " + it.kind + " '" + to_string(it.name) + "': whoever uses it fails");
  }

  static void judge(const DroppedKey& it, const State& after, Findings& out) {
    const model::Table* table = after.schema.find_table(it.table);
    if (table == nullptr || is_replaced(it, *table)) return;
    // A column that is gone was judged itself.
    for (const std::string& column : it.columns)
      if (!column.empty() && table->find_column(column) == nullptr) return;
    std::string columns;
    for (const std::string& column : it.columns) columns += (columns.empty() ? "" : ", ") + column;
    const std::string what = it.kind == model::ConstraintKind::Foreign
                                 ? "rows that refer to nothing are no longer refused"
                             : it.kind == model::ConstraintKind::Exclude
                                 ? "rows that exclude each other are no longer refused"
                                 : "duplicates are no longer refused, and ON CONFLICT over these "
                                   "columns fails";
    out.add("BC011", it.place, to_string(it.table) + (it.name.empty() ? "" : "." + it.name),
            "drops " + std::string(words_for(it.kind)) +
                (it.name.empty() ? "" : " '" + it.name + "'") +
                (columns.empty() ? "" : " (" + columns + ")") + " of " + table_words(it.table) +
                ": " + what);
  }

  static bool is_replaced(const DroppedKey& it, const model::Table& table) {
    if (it.kind == model::ConstraintKind::Primary) return table.primary_key.has_value();
    if (it.kind == model::ConstraintKind::Unique)
      return !it.columns.empty() && is_unique_over(table, it.columns);
    return std::any_of(
        table.constraints.begin(), table.constraints.end(), [&](const model::Constraint& other) {
          return model::kind_of(other) == it.kind &&
                 (model::columns_of(other) == it.columns || model::name_of(other) == it.name);
        });
  }

  static void judge(const Gone& it, const State& after, Findings& out) {
    const model::Table* table = after.schema.find_table(it.table);
    // Something has that name again.
    if (table != nullptr && (it.column.empty() || table->find_column(it.column) != nullptr)) return;
    for (const model::Function& function : after.schema.functions) {
      const ops::Mentions mentions(function.definition, /*with_bodies=*/true);
      if (!mentions.of(it.table.name) || (!it.column.empty() && !mentions.of(it.column))) continue;
      const std::string what =
          it.column.empty() ? table_words(it.table) : column_of(it.column, it.table);
      Finding& finding =
          out.add("RV006", it.place, to_string(function.name),
                  std::string(function.procedure ? "procedure '" : "function '") +
                      to_string(function.name) + "' speaks of " + what + ", which is no more");
      if (!it.column.empty()) finding.severity = Severity::Notice;
    }
  }

  std::set<ObjectName> made_;
  std::vector<DroppedObject> objects_;
  std::vector<DroppedKey> keys_;
  std::vector<Gone> gone_;
};

}  // namespace

std::unique_ptr<Family> replaced_family(const CommonFacts& facts) {
  return std::make_unique<ReplacedFamily>(facts);
}

}  // namespace cupel::lint
