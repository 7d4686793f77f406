// SPDX-License-Identifier: MIT
// IX003, IX004, IX010: indexes of which there are too many, judged when the revision is over: the
// other one may be dropped later in it.
#include <algorithm>

#include "lint/common_judge.hpp"

namespace cupel::lint {
namespace {

constexpr std::size_t kTelling = 3;  ///< columns of an index that still find fewer rows
constexpr std::size_t kManyIndexes = 16;
constexpr std::size_t kManyColumns = 100;

using Elements = std::vector<model::IndexElement>;

/// What finds rows: an index, or the one behind a key.
struct Finder {
  std::string words;  ///< "index 'ix_a'", "the primary key"
  Elements elements;
  bool unique = false;
};

Finder finder(const std::string& words, const std::vector<std::string>& columns) {
  Finder it{words, {}, true};
  for (const std::string& column : columns) it.elements.emplace_back(column);
  return it;
}

bool is_plain(const model::Index& index) {
  return index.where.empty() && (index.using_method.empty() || index.using_method == "btree");
}

std::vector<Finder> finders_of(const model::Table& table, const std::string& but) {
  std::vector<Finder> found;
  if (table.primary_key) found.push_back(finder("the primary key", table.primary_key->columns));
  for (const model::Constraint& it : table.constraints)
    if (const auto* unique = std::get_if<model::UniqueConstraint>(&it))
      found.push_back(finder(
          unique->name.empty() ? "a unique constraint" : "unique constraint '" + unique->name + "'",
          unique->columns));
  for (const model::Index& index : table.indexes)
    if (index.name != but && is_plain(index))
      found.push_back({"index '" + index.name + "'", index.elements, index.unique});
  return found;
}

bool begins_with(const Elements& longer, const Elements& shorter) {
  return shorter.size() <= longer.size() &&
         std::equal(shorter.begin(), shorter.end(), longer.begin());
}

class IndexFamily final : public Family {
 public:
  using Family::Family;

  void see(const Effect& effect, const Sight& sight, Findings&) override {
    const auto* operation = std::get_if<ops::Operation>(&effect);
    if (operation == nullptr) return;
    const auto* create = std::get_if<ops::CreateTable>(operation);
    if (create != nullptr && sight.table(create->table.name) == nullptr) {
      for (const model::Index& index : create->table.indexes)
        placed_.push_back({create->table.name, index.name, sight.step.place});
      touched_.emplace(create->table.name, sight.step.place);
    }
    if (const auto* rename = std::get_if<ops::RenameTable>(operation)) {
      const ObjectName to(rename->table.schema, rename->new_name);
      for (Placed& it : placed_)
        if (it.table == rename->table) it.table = to;
    }
    if (const auto* rename = std::get_if<ops::RenameIndex>(operation))
      for (Placed& it : placed_)
        if (it.index == rename->name) it.index = rename->new_name;
    // What comes back after a rebuild by hand is not new.
    if (const auto* drop = std::get_if<ops::DropTable>(operation))
      if (const model::Table* table = sight.table(drop->table))
        for (const model::Index& index : table->indexes) old_.insert(index.name);
  }

  void change(const ObjectName& table, const ops::TableChange& change, const Sight& sight,
              Findings& out) override {
    if (const auto* create = std::get_if<ops::CreateIndex>(&change)) {
      touched_.emplace(table, sight.step.place);
      if (old_.contains(create->index.name)) return;
      placed_.push_back({table, create->index.name, sight.step.place});
      judge_length(table, create->index, sight.step.place, out);
    }
    if (std::holds_alternative<ops::AddColumn>(change)) touched_.emplace(table, sight.step.place);
  }

  void end(const State& after, const SoFar&, Findings& out) override {
    for (const Placed& it : placed_) {
      const model::Table* table = after.schema.find_table(it.table);
      const model::Index* index = table == nullptr ? nullptr : table->find_index(it.index);
      if (index != nullptr && is_plain(*index)) judge(*table, *index, it.place, out);
    }
    for (const auto& [name, place] : touched_)
      if (const model::Table* table = after.schema.find_table(name)) judge_size(*table, place, out);
  }

 private:
  struct Placed {
    ObjectName table;
    std::string index;
    FilePosition place;
  };

  static void judge_length(const ObjectName& table, const model::Index& index,
                           const FilePosition& place, Findings& out) {
    if (index.unique || index.elements.size() <= kTelling) return;
    out.add("IX004", place, to_string(table) + "." + index.name,
            "index '" + index.name + "' of " + table_words(table) + " has " +
                std::to_string(index.elements.size()) +
                " columns: those behind the third rarely find fewer rows");
  }

  void judge(const model::Table& table, const model::Index& index, const FilePosition& place,
             Findings& out) const {
    const std::string words = "index '" + index.name + "' of " + table_words(table.name);
    const std::string object = to_string(table.name) + "." + index.name;
    for (const Finder& other : finders_of(table, index.name)) {
      const bool same = other.elements == index.elements;
      const bool serves =
          index.unique ? same && other.unique : begins_with(other.elements, index.elements);
      // Of two that are the same, the later one is needless.
      if (serves && !(same && is_placed_later(table.name, other, index.name))) {
        out.add("IX003", place, object,
                words + " is needless: " + other.words +
                    (same ? " has the same columns" : " begins with its columns"));
        return;
      }
      if (other.unique || same || !begins_with(index.elements, other.elements) ||
          is_placed(table.name, other))
        continue;
      Finding& finding =
          out.add("IX003", place, object,
                  words + " makes " + other.words + " needless: it begins with its columns");
      finding.severity = Severity::Notice;
    }
  }

  bool is_placed(const ObjectName& table, const Finder& other) const {
    return std::any_of(placed_.begin(), placed_.end(), [&](const Placed& it) {
      return it.table == table && other.words == "index '" + it.index + "'";
    });
  }
  bool is_placed_later(const ObjectName& table, const Finder& other,
                       const std::string& index) const {
    bool seen = false;
    for (const Placed& it : placed_) {
      if (it.table != table) continue;
      if (it.index == index) seen = true;
      if (seen && other.words == "index '" + it.index + "'") return true;
    }
    return false;
  }

  static void judge_size(const model::Table& table, const FilePosition& place, Findings& out) {
    const auto many = [&](std::size_t count, const char* what) {
      out.add("IX010", place, to_string(table.name),
              table_words(table.name) + " has " + std::to_string(count) + " " + what);
    };
    if (table.columns.size() > kManyColumns) many(table.columns.size(), "columns");
    if (table.indexes.size() > kManyIndexes)
      many(table.indexes.size(), "indexes, and each write pays for all of them");
  }

  std::vector<Placed> placed_;
  std::map<ObjectName, FilePosition> touched_;
  std::set<std::string> old_;
};

}  // namespace

std::unique_ptr<Family> index_family(const CommonFacts& facts) {
  return std::make_unique<IndexFamily>(facts);
}

}  // namespace cupel::lint
