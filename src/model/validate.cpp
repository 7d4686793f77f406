// SPDX-License-Identifier: MIT
// See validate.hpp.
#include "cupel/model/validate.hpp"

#include <algorithm>
#include <set>

#include "cupel/base/text.hpp"

namespace cupel::model {
namespace {

class TableValidator {
 public:
  TableValidator(const Table& table, std::vector<Problem>& problems)
      : table_(table), problems_(problems), where_("table '" + to_string(table.name) + "'") {}

  void run() {
    if (table_.name.name.empty()) report("has no name");
    for (const Column& column : table_.columns) {
      names_.push_back(column.name);
      check_column(column);
    }
    if (table_.primary_key) check(Constraint(*table_.primary_key));
    for (const Constraint& constraint : table_.constraints) check(constraint);
    for (const Index& index : table_.indexes) check(index);
  }

 private:
  void report(std::string what) { problems_.push_back({where_, std::move(what)}); }
  void report_at(const Column& column, std::string what) {
    problems_.push_back({where_ + ", column '" + column.name + "'", std::move(what)});
  }

  void check_column(const Column& column) {
    if (column.name.empty()) report_at(column, "has no name");
    if (!columns_.insert(column.name).second) report_at(column, "is there twice");
    check_type(column, column.type);
    if (column.computed && column.server_default) {
      report_at(column, "cannot be computed and have a default");
    }
    if (column.computed && column.identity) {
      report_at(column, "cannot be computed and an identity");
    }
    if (column.identity && column.server_default) {
      report_at(column, "cannot be an identity and have a default");
    }
  }

  void check_type(const Column& column, const Type& type) {
    if (type.kind == TypeKind::Array && type.element.size() != 1) {
      report_at(column, "is an array of nothing");
    }
    if (type.kind == TypeKind::Named && type.name.empty()) {
      report_at(column, "has a type without a name");
    }
    if (type.kind == TypeKind::Enum) check_enum(column, type);
    for (const Type& element : type.element) check_type(column, element);
  }

  void check_enum(const Column& column, const Type& type) {
    if (type.values.empty()) report_at(column, "has an enum without values");
    std::set<std::string> seen;
    for (const std::string& value : type.values) {
      if (!seen.insert(value).second) report_at(column, "has the enum value '" + value + "' twice");
    }
  }

  void check(const Constraint& constraint) {
    const std::string& name = name_of(constraint);
    const std::string what = to_string(constraint);
    if (!name.empty() && !constraint_names_.insert(name).second) {
      report("the constraint name '" + name + "' is there twice");
    }
    const std::vector<std::string> columns = columns_of(constraint);
    const bool needs_columns = kind_of(constraint) != ConstraintKind::Check &&
                               kind_of(constraint) != ConstraintKind::Exclude;
    if (needs_columns && columns.empty()) report(what + " has no column");
    require_columns(what, columns);
    if (const auto* key = std::get_if<ForeignKey>(&constraint)) check_reference(what, *key);
    if (const auto* check = std::get_if<CheckConstraint>(&constraint)) {
      if (text::trim(check->expression).empty()) report(what + " has no condition");
    }
  }

  void check_reference(const std::string& what, const ForeignKey& key) {
    if (key.referred_table.name.empty()) report(what + " refers to no table");
    if (!key.referred_columns.empty() && key.referred_columns.size() != key.columns.size()) {
      report(what + " has " + std::to_string(key.columns.size()) + " columns here and " +
             std::to_string(key.referred_columns.size()) + " there");
    }
  }

  void check(const Index& index) {
    if (!index.name.empty() && !index_names_.insert(index.name).second) {
      report("the index name '" + index.name + "' is there twice");
    }
    const std::string what = to_string(index);
    if (index.elements.empty()) report(what + " has no column");
    std::vector<std::string> columns = index.include;
    for (const IndexElement& element : index.elements) {
      if (!element.column.empty()) columns.push_back(element.column);
    }
    require_columns(what, columns);
  }

  void require_columns(const std::string& what, const std::vector<std::string>& columns) {
    for (const std::string& column : columns) {
      if (columns_.count(column) != 0) continue;
      const std::string near = text::nearest(column, names_);
      report(what + ": there is no column '" + column + "'" +
             (near.empty() ? "" : ", did you mean '" + near + "'?"));
    }
  }

  const Table& table_;
  std::vector<Problem>& problems_;
  std::string where_;
  std::vector<std::string> names_;
  std::set<std::string> columns_;
  std::set<std::string> constraint_names_;
  std::set<std::string> index_names_;
};

/// Reports names that two objects of one list share.
template <typename T, typename Name>
void check_unique(const std::vector<T>& list, const std::string& kind, Name name,
                  std::vector<Problem>& problems) {
  std::set<std::string> seen;
  for (const T& it : list) {
    if (!seen.insert(name(it)).second) {
      problems.push_back({kind + " '" + name(it) + "'", "is there twice"});
    }
  }
}

void check_references(const Schema& schema, std::vector<Problem>& problems) {
  for (const Table& table : schema.tables) {
    for (const Constraint& constraint : table.constraints) {
      const auto* key = std::get_if<ForeignKey>(&constraint);
      if (key == nullptr) continue;
      const std::string where = "table '" + to_string(table.name) + "'";
      const Table* referred = schema.find_table(key->referred_table);
      if (referred == nullptr) {
        problems.push_back({where, to_string(constraint) + ": there is no table '" +
                                       to_string(key->referred_table) + "'"});
        continue;
      }
      for (const std::string& column : key->referred_columns) {
        if (referred->find_column(column) != nullptr) continue;
        problems.push_back({where, to_string(constraint) + ": table '" +
                                       to_string(key->referred_table) + "' has no column '" +
                                       column + "'"});
      }
    }
  }
}

}  // namespace

std::vector<Problem> validate(const Table& table) {
  std::vector<Problem> problems;
  TableValidator(table, problems).run();
  return problems;
}

std::vector<Problem> validate(const Schema& schema) {
  std::vector<Problem> problems;
  const auto by_name = [](const auto& it) { return to_string(it.name); };
  check_unique(
      schema.schemas, "schema", [](const auto& it) { return it; }, problems);
  check_unique(
      schema.extensions, "extension", [](const auto& it) { return it.name; }, problems);
  check_unique(schema.enums, "enum", by_name, problems);
  check_unique(schema.domains, "domain", by_name, problems);
  check_unique(schema.sequences, "sequence", by_name, problems);
  check_unique(schema.tables, "table", by_name, problems);
  check_unique(schema.views, "view", by_name, problems);
  for (const EnumType& type : schema.enums) {
    if (type.values.empty()) {
      problems.push_back({"enum '" + to_string(type.name) + "'", "has no values"});
    }
  }
  for (const Table& table : schema.tables) TableValidator(table, problems).run();
  check_references(schema, problems);
  return problems;
}

}  // namespace cupel::model
