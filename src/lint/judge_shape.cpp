// SPDX-License-Identifier: MIT
// DS009: what is dropped and added again under another name.
#include <algorithm>

#include "cupel/base/text.hpp"
#include "lint/common_judge.hpp"

namespace cupel::lint {
namespace {

struct Place {
  ObjectName table;
  model::Column column;
  FilePosition place;
};

/// True if the names have a word in common, or one is nearly the other.
bool are_similar(const std::string& a, const std::string& b) {
  const std::vector<std::string> words = text::split(text::to_lower(b), '_');
  for (const std::string& word : text::split(text::to_lower(a), '_'))
    if (word.size() > 2 && std::find(words.begin(), words.end(), word) != words.end()) return true;
  const std::vector<std::string> candidates{b};
  return !text::nearest(a, candidates).empty();
}

bool have_same_type(const model::Column& a, const model::Column& b) {
  return compare_types(a.type, b.type) == TypeChange::Same &&
         compare_types(b.type, a.type) == TypeChange::Same;
}

/// How many columns of `a` are in `b`, with the same type.
std::size_t count_common(const model::Table& a, const model::Table& b) {
  return static_cast<std::size_t>(
      std::count_if(a.columns.begin(), a.columns.end(), [&](const model::Column& column) {
        const model::Column* other = b.find_column(column.name);
        return other != nullptr && have_same_type(column, *other);
      }));
}

class ShapeFamily final : public Family {
 public:
  using Family::Family;

  void see(const Effect& effect, const Sight& sight, Findings&) override {
    if (const auto* change = std::get_if<ChangeRows>(&effect))
      if (change->from_query) filled_.insert(change->table);
    const auto* operation = std::get_if<ops::Operation>(&effect);
    if (operation == nullptr) return;
    if (const auto* create = std::get_if<ops::CreateTable>(operation))
      created_.emplace_back(create->table, sight.step.place);
    if (const auto* drop = std::get_if<ops::DropTable>(operation))
      if (sight.may_hold_rows(drop->table)) dropped_tables_.push_back(drop->table);
  }

  void change(const ObjectName& table, const ops::TableChange& change, const Sight& sight,
              Findings&) override {
    // In a rebuild by hand the copy says what becomes of the values.
    if (sight.so_far.dropped.contains(table) || !sight.may_hold_rows(table)) return;
    if (const auto* add = std::get_if<ops::AddColumn>(&change))
      added_.push_back({table, add->column, sight.step.place});
    const auto* drop = std::get_if<ops::DropColumn>(&change);
    if (drop == nullptr || sight.so_far.added_column(table, drop->column) != nullptr) return;
    const model::Table* known = sight.table(table);
    const model::Column* column = known == nullptr ? nullptr : known->find_column(drop->column);
    if (column == nullptr && drop->was) column = &*drop->was;
    if (column != nullptr && !column->computed)
      dropped_.push_back({table, *column, sight.step.place});
  }

  void end(const State& after, const SoFar& so_far, Findings& out) override {
    for (const Place& added : added_) judge_column(added, so_far, out);
    for (const auto& [table, place] : created_) judge_table(table, place, after, so_far, out);
  }

 private:
  void judge_column(const Place& added, const SoFar& so_far, Findings& out) const {
    if (so_far.written.contains({added.table, added.column.name})) return;  // copied over
    const Place* match = nullptr;
    for (const Place& dropped : dropped_) {
      if (dropped.table != added.table || dropped.column.name == added.column.name ||
          !have_same_type(dropped.column, added.column))
        continue;
      if (are_similar(dropped.column.name, added.column.name)) match = &dropped;
    }
    if (match == nullptr) return;
    const std::string& was = match->column.name;
    Finding& finding =
        out.add("DS009", added.place, dotted(added.table, added.column.name),
                "adds " + column_of(added.column.name, added.table) + " and drops '" + was +
                    "' of the same type: if that is a rename, its values are lost");
    finding.safe = {"ALTER TABLE " + quote(added.table) + " RENAME COLUMN " + quote(was) + " TO " +
                    quote(added.column.name) + ";"};
  }

  void judge_table(const model::Table& created, const FilePosition& place, const State& after,
                   const SoFar& so_far, Findings& out) const {
    if (filled_.contains(created.name) || after.schema.find_table(created.name) == nullptr) return;
    for (const ObjectName& name : dropped_tables_) {
      const auto dropped = so_far.dropped.find(name);
      if (dropped == so_far.dropped.end() || name == created.name) continue;
      const std::size_t most = std::max(created.columns.size(), dropped->second.columns.size());
      const std::size_t common = count_common(created, dropped->second);
      if (common < 3 || common * 4 < most * 3) continue;
      Finding& finding = out.add("DS009", place, to_string(created.name),
                                 "creates " + table_words(created.name) + " and drops '" +
                                     to_string(name) + "', which has " + std::to_string(common) +
                                     " of its columns: if that is a rename, its rows are lost");
      finding.safe = {"ALTER TABLE " + quote(name) + " RENAME TO " + quote(created.name.name) +
                      ";"};
      return;
    }
  }

  std::vector<Place> added_;
  std::vector<Place> dropped_;
  std::vector<std::pair<model::Table, FilePosition>> created_;
  std::vector<ObjectName> dropped_tables_;
  std::set<ObjectName> filled_;
};

}  // namespace

std::unique_ptr<Family> shape_family(const CommonFacts& facts) {
  return std::make_unique<ShapeFamily>(facts);
}

}  // namespace cupel::lint
