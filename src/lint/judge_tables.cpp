// SPDX-License-Identifier: MIT
// IX007, TY001, TY012, NM005: what is regretted later in a new table. Judged when the revision is
// over: a table that takes the place of another one is not new.
#include <algorithm>

#include "cupel/base/text.hpp"
#include "lint/common_judge.hpp"

namespace cupel::lint {
namespace {

struct Created {
  model::Table table;
  FilePosition place;
};

std::string words_for(const model::Constraint& constraint) {
  std::string columns;
  for (const std::string& column : model::columns_of(constraint))
    columns += (columns.empty() ? "" : ", ") + column;
  if (const auto* check = std::get_if<model::CheckConstraint>(&constraint))
    return "CHECK (" + check->expression + ")";
  const bool is_key = model::kind_of(constraint) == model::ConstraintKind::Foreign;
  return (is_key ? "FOREIGN KEY (" : "UNIQUE (") + columns + ")";
}

bool may_be_unnamed(const model::Constraint& constraint) {
  const model::ConstraintKind kind = model::kind_of(constraint);
  return kind == model::ConstraintKind::Primary || kind == model::ConstraintKind::Exclude;
}

class TablesFamily final : public Family {
 public:
  using Family::Family;

  void see(const Effect& effect, const Sight& sight, Findings& out) override {
    if (const auto* change = std::get_if<ChangeRows>(&effect))
      twice(to_string(change->table), change->columns, sight, out);
    if (const auto* operation = std::get_if<ops::Operation>(&effect))
      std::visit([&](const auto& it) { note(it, sight, out); }, *operation);
  }

  void change(const ObjectName& table, const ops::TableChange& change, const Sight& sight,
              Findings& out) override {
    if (const auto* create = std::get_if<ops::CreateIndex>(&change)) {
      std::vector<std::string> columns;
      for (const model::IndexElement& element : create->index.elements)
        columns.push_back(element.column);
      twice(create->index.name, columns, sight, out);
    }
    const auto* add = std::get_if<ops::AddConstraint>(&change);
    if (add == nullptr || may_be_unnamed(add->constraint) ||
        !model::name_of(add->constraint).empty())
      return;
    unnamed(table, {words_for(add->constraint)}, sight.step.place, out);
  }

  void end(const State&, const SoFar& so_far, Findings& out) override {
    for (const Created& it : created_) {
      if (so_far.dropped.contains(it.table.name)) continue;  // it takes that one's place
      judge_key(it, out);
      std::vector<std::string> constraints;
      for (const model::Constraint& constraint : it.table.constraints)
        if (!may_be_unnamed(constraint) && model::name_of(constraint).empty())
          constraints.push_back(words_for(constraint));
      if (!constraints.empty()) unnamed(it.table.name, constraints, it.place, out);
    }
  }

 private:
  template <typename T>
  void note(const T&, const Sight&, Findings&) {}
  void note(const ops::CreateTable& create, const Sight& sight, Findings& out) {
    std::vector<std::string> columns;
    for (const model::Column& column : create.table.columns) columns.push_back(column.name);
    twice(to_string(create.table.name), columns, sight, out);
    const bool is_known = create.if_not_exists && sight.table(create.table.name) != nullptr;
    if (is_known || renamed_away_.contains(create.table.name)) return;
    created_.push_back({create.table, sight.step.place});
  }
  void note(const ops::DropTable& drop, const Sight&, Findings&) {
    std::erase_if(created_, [&](const Created& it) { return it.table.name == drop.table; });
  }
  void note(const ops::RenameTable& rename, const Sight& sight, Findings&) {
    if (sight.is_in_use(rename.table)) renamed_away_.insert(rename.table);
    for (Created& it : created_)
      if (it.table.name == rename.table) it.table.name.name = rename.new_name;
  }
  /// A primary key may come in a later step.
  void note(const ops::AddConstraint& add, const Sight&, Findings&) {
    const auto* key = std::get_if<model::PrimaryKey>(&add.constraint);
    if (key == nullptr) return;
    for (Created& it : created_)
      if (it.table.name == add.table) it.table.primary_key = *key;
  }
  void note(const ops::BulkInsert& insert, const Sight& sight, Findings& out) {
    twice(to_string(insert.table), insert.columns, sight, out);
  }

  void judge_key(const Created& it, Findings& out) const {
    const model::Table& table = it.table;
    if (!table.primary_key) {
      const bool inherits_it = table.partition_of.has_value() || !table.inherits.empty();
      if (!inherits_it && !table.temporary)
        out.add("IX007", it.place, to_string(table.name),
                table_words(table.name) + " has no primary key");
      return;
    }
    if (!facts_.types_limit_values) return;
    for (const std::string& name : table.primary_key->columns) {
      const model::Column* column = table.find_column(name);
      if (column == nullptr || !is_integer(column->type) ||
          column->type.kind == model::TypeKind::BigInteger)
        continue;
      if (!column->identity && !table.is_autoincrement(*column)) continue;
      const bool is_small = column->type.kind == model::TypeKind::SmallInteger;
      out.add("TY001", it.place, dotted(table.name, name),
              "the numbers of " + column_of(name, table.name) + " end at " +
                  (is_small ? "32,767" : "2,147,483,647"));
    }
  }

  static void unnamed(const ObjectName& table, const std::vector<std::string>& constraints,
                      const FilePosition& place, Findings& out) {
    const bool one = constraints.size() == 1;
    out.add("NM005", place, to_string(table),
            (one ? "a constraint" : std::to_string(constraints.size()) + " constraints") + " of " +
                table_words(table) + (one ? " has" : " have") +
                " no name: " + text::join(constraints, ", "));
  }

  static void twice(const std::string& object, const std::vector<std::string>& columns,
                    const Sight& sight, Findings& out) {
    std::set<std::string> seen;
    for (const std::string& column : columns) {
      if (column.empty() || seen.insert(text::to_lower(column)).second) continue;
      out.add("TY012", sight.step.place, object + "." + column,
              "column '" + column + "' is named twice for '" + object + "'");
    }
  }

  std::vector<Created> created_;
  std::set<ObjectName> renamed_away_;
};

}  // namespace

std::unique_ptr<Family> tables_family(const CommonFacts& facts) {
  return std::make_unique<TablesFamily>(facts);
}

}  // namespace cupel::lint
