// SPDX-License-Identifier: MIT
// What mapping does without templates. See map.hpp.
#include "cupel/mapping/map.hpp"

#include <fmt/core.h>

#include <map>
#include <variant>

#include "cupel/base/error.hpp"

namespace cupel::mapping {
namespace {

/// No column that people name begins so.
constexpr std::string_view kMark = "\x01member ";

UsageError not_mapped(const model::ObjectName& table, std::string_view what) {
  return UsageError(fmt::format("table '{}': {} speaks of a member that is no column of it",
                                to_string(table), what),
                    "map it with column(name, member), or take it out");
}

/// Replaces placeholders in everything that names columns.
class Names {
 public:
  Names(const model::ObjectName& table, const Parts& parts) : table_(&table) {
    for (const Part& part : parts) {
      if (part.member.empty()) continue;
      const auto& definition = std::get<model::ColumnDefinition>(part.item);
      const auto [other, is_new] = names_.emplace(part.member, definition.column.name);
      if (is_new) continue;
      throw UsageError(fmt::format("table '{}': columns '{}' and '{}' are the same member",
                                   to_string(table), other->second, definition.column.name),
                       "one of them means another member");
    }
  }

  void resolve(model::TableItem& item) const {
    std::visit([&](auto& it) { (*this)(it); }, item);
  }

 private:
  void operator()(model::ColumnDefinition&) const {}
  void operator()(model::NamedConstraint& named) const {
    std::visit([&](auto& it) { (*this)(it); }, named.constraint);
  }
  void operator()(model::NamedIndex& named) const { (*this)(named.index); }
  void operator()(model::PrimaryKey& key) const {
    replace(key.columns, "a primary key");
    replace(key.include, "a primary key");
  }
  void operator()(model::UniqueConstraint& unique) const {
    replace(unique.columns, "a unique constraint");
    replace(unique.include, "a unique constraint");
  }
  void operator()(model::ForeignKey& key) const { replace(key.columns, "a foreign key"); }
  void operator()(model::CheckConstraint& check) const { replace(check.column, "a check"); }
  void operator()(model::ExcludeConstraint& exclude) const {
    for (model::ExcludeElement& element : exclude.elements)
      replace(element.column, "an exclusion constraint");
  }
  void operator()(model::Index& index) const {
    for (model::IndexElement& element : index.elements) replace(element.column, "an index");
    replace(index.include, "an index");
  }

  void replace(std::vector<std::string>& names, std::string_view what) const {
    for (std::string& name : names) replace(name, what);
  }
  void replace(std::string& name, std::string_view what) const {
    if (!name.starts_with(kMark)) return;
    const auto found = names_.find(name);
    if (found == names_.end()) throw not_mapped(*table_, what);
    name = found->second;
  }

  const model::ObjectName* table_;
  std::map<std::string, std::string> names_;
};

}  // namespace

std::string placeholder(const void* bytes, std::size_t size, const void* type) {
  std::string result(kMark);
  result.append(static_cast<const char*>(bytes), size);
  result.append(reinterpret_cast<const char*>(&type), sizeof(type));
  return result;
}

Part::Part(const MappedColumn& column)
    : item(column.definition), member(column.member), former_name(column.former_name) {}

model::TableDefinition assemble(model::ObjectName name, Parts parts) {
  const Names names(name, parts);
  std::vector<model::TableItem> items;
  std::vector<std::pair<std::string, std::string>> former;
  for (Part& part : parts) {
    names.resolve(part.item);
    if (!part.former_name.empty()) {
      const auto& definition = std::get<model::ColumnDefinition>(part.item);
      former.emplace_back(definition.column.name, std::move(part.former_name));
    }
    items.push_back(std::move(part.item));
  }
  model::TableDefinition table(std::move(name), std::move(items));
  for (auto& [column, old_name] : former)
    table.column_renamed_from(std::move(column), std::move(old_name));
  return table;
}

model::ForeignKey foreign_key(std::vector<std::string> columns, model::ObjectName referred_table,
                              std::vector<std::string> referred_columns, std::string on_delete) {
  model::ForeignKey key;
  key.columns = std::move(columns);
  key.referred_table = std::move(referred_table);
  key.referred_columns = std::move(referred_columns);
  key.on_delete = std::move(on_delete);
  return key;
}

model::CheckConstraint check(std::string expression) {
  model::CheckConstraint constraint;
  constraint.expression = std::move(expression);
  return constraint;
}

}  // namespace cupel::mapping
