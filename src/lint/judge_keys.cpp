// SPDX-License-Identifier: MIT
// IX001, IX002, IX008, IX009: foreign keys, judged when the revision is over: the index or the
// referred table may come later in it.
#include <algorithm>

#include "cupel/base/text.hpp"
#include "lint/common_judge.hpp"

namespace cupel::lint {
namespace {

struct Placed {
  ObjectName table;
  model::ForeignKey key;
  FilePosition place;
};

struct DroppedTable {
  ObjectName table;
  FilePosition place;
};

class KeysFamily final : public Family {
 public:
  using Family::Family;

  void see(const Effect& effect, const Sight& sight, Findings&) override {
    if (const auto* operation = std::get_if<ops::Operation>(&effect))
      std::visit([&](const auto& it) { note(it, sight); }, *operation);
  }

  void change(const ObjectName& table, const ops::TableChange& change, const Sight& sight,
              Findings&) override {
    if (const auto* add = std::get_if<ops::AddConstraint>(&change))
      if (const auto* key = std::get_if<model::ForeignKey>(&add->constraint))
        keys_.push_back({table, *key, sight.step.place});
    if (const auto* add = std::get_if<ops::AddColumn>(&change); add && add->inline_references) {
      Placed placed{table, *add->inline_references, sight.step.place};
      if (placed.key.columns.empty()) placed.key.columns = {add->column.name};
      keys_.push_back(std::move(placed));
    }
    if (const auto* alter = std::get_if<ops::AlterColumn>(&change); alter && alter->new_name)
      rename_column(table, alter->column, *alter->new_name);
  }

  void end(const State& after, const SoFar& so_far, Findings& out) override {
    for (const Placed& it : keys_) judge(it, after, so_far, out);
    for (const DroppedTable& it : dropped_) judge(it, after, out);
  }

 private:
  template <typename T>
  void note(const T&, const Sight&) {}
  void note(const ops::CreateTable& create, const Sight& sight) {
    if (create.if_not_exists && sight.table(create.table.name) != nullptr) return;
    if (renamed_away_.contains(create.table.name)) return;  // it takes that one's place
    for (const model::Constraint& it : create.table.constraints)
      if (const auto* key = std::get_if<model::ForeignKey>(&it))
        keys_.push_back({create.table.name, *key, sight.step.place});
  }
  void note(const ops::DropTable& drop, const Sight& sight) {
    std::erase_if(keys_, [&](const Placed& it) { return it.table == drop.table; });
    if (sight.is_in_use(drop.table)) dropped_.push_back({drop.table, sight.step.place});
  }
  void note(const ops::RenameTable& rename, const Sight& sight) {
    const ObjectName to(rename.table.schema, rename.new_name);
    // The keys of a rebuilt table are the old one's; new ones come as changes.
    if (sight.so_far.has_made(rename.table) && sight.so_far.dropped.contains(to))
      std::erase_if(keys_, [&](const Placed& it) { return it.table == rename.table; });
    if (sight.is_in_use(rename.table)) renamed_away_.insert(rename.table);
    for (Placed& it : keys_) {
      if (it.table == rename.table) it.table = to;
      if (it.key.referred_table == rename.table) it.key.referred_table = to;
    }
  }

  void rename_column(const ObjectName& table, const std::string& from, const std::string& to) {
    for (Placed& it : keys_) {
      if (it.table == table) std::replace(it.key.columns.begin(), it.key.columns.end(), from, to);
      if (it.key.referred_table == table)
        std::replace(it.key.referred_columns.begin(), it.key.referred_columns.end(), from, to);
    }
  }

  /// False if the key was dropped again.
  static bool still_there(const Placed& it, const model::Table& table) {
    return std::any_of(table.constraints.begin(), table.constraints.end(),
                       [&](const model::Constraint& other) {
                         const auto* key = std::get_if<model::ForeignKey>(&other);
                         return key != nullptr && key->columns == it.key.columns;
                       });
  }

  void judge(const Placed& it, const State& after, const SoFar&, Findings& out) const {
    const model::Table* table = after.schema.find_table(it.table);
    if (table == nullptr || !still_there(it, *table)) return;
    judge_index(it, *table, out);
    if (it.key.on_delete == "CASCADE")
      out.add("IX009", it.place, object(it),
              "deleting a row of '" + to_string(it.key.referred_table) +
                  "' silently deletes the rows of " + table_words(it.table) + " that refer to it");
    const model::Table* parent = after.schema.find_table(it.key.referred_table);
    if (parent == nullptr) {
      if (after.schema_is_complete)
        out.add("IX008", it.place, object(it),
                "the foreign key (" + text::join(it.key.columns, ", ") + ") of " +
                    table_words(it.table) + " refers to '" + to_string(it.key.referred_table) +
                    "', which does not exist");
      return;
    }
    judge_parent(it, *table, *parent, out);
  }

  static std::string object(const Placed& it) {
    return to_string(it.table) + "." + text::join(it.key.columns, ",");
  }

  void judge_index(const Placed& it, const model::Table& table, Findings& out) const {
    if (has_index_over(table, it.key.columns)) return;
    Finding& finding =
        out.add("IX001", it.place, object(it),
                "the foreign key (" + text::join(it.key.columns, ", ") + ") of " +
                    table_words(it.table) + " has no index: each change of a row of '" +
                    to_string(it.key.referred_table) + "' reads the whole table");
    model::Index index;
    index.name = "ix_" + it.table.name + "_" + text::join(it.key.columns, "_");
    for (const std::string& column : it.key.columns) index.elements.emplace_back(column);
    finding.safe = {"CREATE INDEX " + quote(index.name) + " ON " + quote(it.table) + " (" +
                    quoted(it.key.columns) + ");"};
  }

  void judge_parent(const Placed& it, const model::Table& table, const model::Table& parent,
                    Findings& out) const {
    const std::vector<std::string> referred = referred_columns(it.key, parent);
    const bool has_all =
        !referred.empty() &&
        std::all_of(referred.begin(), referred.end(), [&](const std::string& column) {
          return parent.find_column(column) != nullptr;
        });
    if (!has_all || !is_unique_over(parent, referred)) {
      out.add("IX008", it.place, object(it),
              "the foreign key (" + text::join(it.key.columns, ", ") + ") of " +
                  table_words(it.table) + " refers to '" + to_string(parent.name) + "' (" +
                  text::join(referred, ", ") + "), which is not unique");
      return;
    }
    for (std::size_t i = 0; i < referred.size() && i < it.key.columns.size(); ++i) {
      const model::Column* child = table.find_column(it.key.columns[i]);
      if (child != nullptr) judge_types(it, *child, *parent.find_column(referred[i]), out);
    }
  }

  void judge_types(const Placed& it, const model::Column& child, const model::Column& parent,
                   Findings& out) const {
    const bool alike = are_alike(child.type, parent.type);
    // The length of a text does not matter to a comparison, and neither does a plain number's width
    // where any integer has 64 bits.
    const bool integers = is_integer(child.type) && is_integer(parent.type);
    const TypeChange change = compare_types(parent.type, child.type);
    const bool overflows = integers && facts_.types_limit_values && change == TypeChange::Narrower;
    if (alike && !overflows && change != TypeChange::Other) return;
    if (alike && !overflows && integers) return;
    Finding& finding = out.add("IX002", it.place, dotted(it.table, child.name),
                               column_of(child.name, it.table) + " is " + type_words(child.type) +
                                   ", but refers to '" + to_string(it.key.referred_table) + "." +
                                   parent.name + "', which is " + type_words(parent.type));
    if (alike) finding.severity = Severity::Warning;
  }

  static void judge(const DroppedTable& it, const State& after, Findings& out) {
    if (after.schema.find_table(it.table) != nullptr) return;
    for (const model::Table& table : after.schema.tables)
      for (const model::Constraint& constraint : table.constraints) {
        const auto* key = std::get_if<model::ForeignKey>(&constraint);
        if (key == nullptr || key->referred_table != it.table) continue;
        out.add("IX008", it.place, to_string(table.name) + "." + text::join(key->columns, ","),
                "drops " + table_words(it.table) + ", to which the foreign key (" +
                    text::join(key->columns, ", ") + ") of " + table_words(table.name) + " refers");
      }
  }

  std::vector<Placed> keys_;
  std::vector<DroppedTable> dropped_;
  std::set<ObjectName> renamed_away_;
};

}  // namespace

std::unique_ptr<Family> keys_family(const CommonFacts& facts) {
  return std::make_unique<KeysFamily>(facts);
}

}  // namespace cupel::lint
