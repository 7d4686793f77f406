// SPDX-License-Identifier: MIT
// NM001, NM002, NM003: names that are new.
#include <algorithm>

#include "cupel/base/pattern.hpp"
#include "cupel/base/text.hpp"
#include "lint/common_judge.hpp"

namespace cupel::lint {
namespace {

struct Named {
  std::string kind;  ///< as in CommonFacts::name_patterns
  std::string name;
};

struct Group {
  ObjectName table;  ///< or view
  std::vector<Named> names;
  FilePosition place;
};

std::string words_for(const Named& it) {
  return (it.kind == "foreignkey" ? "foreign key"
          : it.kind == "primary"  ? "primary key"
                                  : it.kind) +
         " '" + it.name + "'";
}

class NamesFamily final : public Family {
 public:
  using Family::Family;

  void see(const Effect& effect, const Sight& sight, Findings&) override {
    if (const auto* operation = std::get_if<ops::Operation>(&effect))
      std::visit([&](const auto& it) { note(it, sight); }, *operation);
  }

  void change(const ObjectName& table, const ops::TableChange& change, const Sight& sight,
              Findings&) override {
    std::visit([&](const auto& it) { note_change(table, it, sight); }, change);
  }

  void end(const State&, const SoFar&, Findings& out) override {
    for (const Group& group : groups_) judge(group, out);
  }

 private:
  template <typename T>
  void note(const T&, const Sight&) {}
  template <typename T>
  void note_change(const ObjectName&, const T&, const Sight&) {}

  void note(const ops::CreateTable& create, const Sight& sight) {
    const model::Table& table = create.table;
    if (create.if_not_exists && sight.table(table.name) != nullptr) return;
    Group group{table.name, {{"table", table.name.name}}, sight.step.place};
    for (const model::Column& column : table.columns)
      group.names.push_back({"column", column.name});
    if (table.primary_key) add_constraint(group, *table.primary_key);
    for (const model::Constraint& it : table.constraints) add_constraint(group, it);
    for (const model::Index& it : table.indexes) group.names.push_back({"index", it.name});
    groups_.push_back(std::move(group));
  }
  void note(const ops::CreateView& create, const Sight& sight) {
    if (create.was || sight.state.schema.find_view(create.view.name) != nullptr) return;
    groups_.push_back({create.view.name, {{"view", create.view.name.name}}, sight.step.place});
  }
  void note(const ops::DropTable& drop, const Sight&) {
    std::erase_if(groups_, [&](const Group& it) { return it.table == drop.table; });
  }
  void note(const ops::RenameTable& rename, const Sight& sight) {
    const ObjectName to(rename.table.schema, rename.new_name);
    // A name that is there already, and what has it: a table rebuilt by hand.
    if (sight.so_far.dropped.contains(to)) {
      std::erase_if(groups_, [&](const Group& it) { return it.table == rename.table; });
      return;
    }
    for (Group& it : groups_)
      if (it.table == rename.table) {
        it.table = to;
        std::erase_if(it.names, [](const Named& name) { return name.kind == "table"; });
      }
    groups_.push_back({to, {{"table", to.name}}, sight.step.place});
  }
  void note(const ops::RenameIndex& rename, const Sight& sight) {
    groups_.push_back({rename.table, {{"index", rename.new_name}}, sight.step.place});
  }

  void note_change(const ObjectName& table, const ops::AddColumn& add, const Sight& sight) {
    groups_.push_back({table, {{"column", add.column.name}}, sight.step.place});
  }
  void note_change(const ObjectName& table, const ops::AlterColumn& alter, const Sight& sight) {
    if (alter.new_name) groups_.push_back({table, {{"column", *alter.new_name}}, sight.step.place});
  }
  void note_change(const ObjectName& table, const ops::AddConstraint& add, const Sight& sight) {
    Group group{table, {}, sight.step.place};
    add_constraint(group, add.constraint);
    groups_.push_back(std::move(group));
  }
  void note_change(const ObjectName& table, const ops::CreateIndex& create, const Sight& sight) {
    groups_.push_back({table, {{"index", create.index.name}}, sight.step.place});
  }

  static void add_constraint(Group& group, const model::Constraint& constraint) {
    const std::string& name = model::name_of(constraint);
    if (!name.empty())
      group.names.push_back({std::string(to_string(model::kind_of(constraint))), name});
  }

  void judge(const Group& group, Findings& out) const {
    std::vector<std::string> quoted;
    for (const Named& it : group.names) {
      if (it.name.empty()) continue;
      judge_length(group, it, out);
      judge_convention(group, it, out);
      // Nobody types the names of constraints.
      const bool is_typed = it.kind == "table" || it.kind == "view" || it.kind == "column";
      if (is_typed && quote(it.name) != it.name) quoted.push_back(words_for(it));
    }
    if (quoted.empty()) return;
    out.add("NM003", group.place, to_string(group.table),
            text::join(quoted, ", ") + " of " + table_words(group.table) +
                " must be quoted wherever " + (quoted.size() == 1 ? "it is" : "they are") +
                " named");
  }

  void judge_length(const Group& group, const Named& it, Findings& out) const {
    const std::size_t most = facts_.max_identifier_length;
    if (it.name.size() <= most) return;
    out.add("NM001", group.place, to_string(group.table) + "." + it.name,
            words_for(it) + " has " + std::to_string(it.name.size()) +
                " bytes, and the database keeps " + std::to_string(most));
  }

  void judge_convention(const Group& group, const Named& it, Findings& out) const {
    const auto pattern = facts_.name_patterns.find(it.kind);
    if (pattern == facts_.name_patterns.end() || text::matches_pattern(it.name, pattern->second))
      return;
    out.add("NM002", group.place, to_string(group.table) + "." + it.name,
            words_for(it) + (it.kind == "table" ? "" : " of " + table_words(group.table)) +
                " is not named like '" + pattern->second + "'");
  }

  std::vector<Group> groups_;
};

}  // namespace

std::unique_ptr<Family> names_family(const CommonFacts& facts) {
  return std::make_unique<NamesFamily>(facts);
}

}  // namespace cupel::lint
