// SPDX-License-Identifier: MIT
// Structs as tables:
//
//   struct LlmSetting { std::int64_t id; std::string provider; std::optional<std::string> note; };
//
//   void declare(model::Schema& schema) {
//     schema.add(map<LlmSetting>("llm_setting",
//         column("id", &LlmSetting::id).primary_key(),
//         column("provider", &LlmSetting::provider).index(),
//         column("note", &LlmSetting::note),
//         unique(&LlmSetting::provider, &LlmSetting::note)));
//   }
//
// Besides columns, map() takes what create_table() takes (UniqueConstraint{...}, Index{...},
// named(...)), in which columns(&A::x, &A::y), member(&A::x) and key(&A::x) name columns by their
// members. See docs/models.md.
#pragma once

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "cupel/mapping/column.hpp"
#include "cupel/model/table_definition.hpp"

namespace cupel::mapping {

/// A column or another item of a table.
struct CUPEL_API Part {
  Part(const MappedColumn& column);  // NOLINT(google-explicit-constructor)
  Part(model::TableItem table_item)  // NOLINT(google-explicit-constructor)
      : item(std::move(table_item)) {}
  model::TableItem item;
  std::string member;  ///< of a column: its placeholder
  std::string former_name;
};
using Parts = std::vector<Part>;

template <typename Struct, typename Owner>
void add_part(Parts& parts, const ColumnOf<Owner>& column) {
  static_assert(std::is_base_of_v<Owner, Struct>,
                "cupel: a column of one struct is mapped to a member of another.");
  parts.emplace_back(column.mapped());
}
template <typename Struct>
void add_part(Parts& parts, const Parts& more) {
  parts.insert(parts.end(), more.begin(), more.end());
}
template <typename Struct>
void add_part(Parts& parts, model::TableItem item) {
  parts.emplace_back(std::move(item));
}

/// Parts that several tables have, for instance those of a base class: a function that returns
/// parts<T>(column("created", &T::created), ...) can be called in every map<T>().
template <typename Struct, typename... Items>
Parts parts(const Items&... items) {
  Parts result;
  result.reserve(sizeof...(items));
  (add_part<Struct>(result, items), ...);
  return result;
}

/// Puts columns' names where their members stand.
CUPEL_API model::TableDefinition assemble(model::ObjectName name, Parts parts);

template <typename Struct, typename... Items>
model::TableDefinition map(model::ObjectName name, const Items&... items) {
  return assemble(std::move(name), parts<Struct>(items...));
}

// Names of columns, by their members or as they are.

template <typename Owner, typename Member>
std::string member(Member Owner::*pointer) {
  return placeholder(pointer);
}
inline std::string member(std::string name) { return name; }

/// UniqueConstraint{.columns = columns(&User::name, &User::team), .nulls_not_distinct = true}
template <typename... Columns>
std::vector<std::string> columns(const Columns&... list) {
  return {member(list)...};
}
/// Index{.elements = {key(&User::created).desc(), "name"}}
template <typename Column>
model::IndexElement key(const Column& column) {
  return {member(column)};
}

// The short forms of table items. named("uq_a", unique(...)) gives them a name.

template <typename... Columns>
model::PrimaryKey primary_key(const Columns&... list) {
  model::PrimaryKey key;
  key.columns = columns(list...);
  return key;
}
template <typename... Columns>
model::UniqueConstraint unique(const Columns&... list) {
  return {.columns = columns(list...)};
}
// The algorithm std::unique is a candidate for members of types of std; these fit members better.
template <typename Owner, typename Member>
model::UniqueConstraint unique(Member Owner::*one, Member Owner::*other) {
  return {.columns = columns(one, other)};
}
template <typename Owner, typename Member, typename Column>
model::UniqueConstraint unique(Member Owner::*one, Member Owner::*other, const Column& third) {
  return {.columns = columns(one, other, third)};
}
/// foreign_key(columns(&Post::a, &Post::b), "pairs", {"a", "b"})
CUPEL_API model::ForeignKey foreign_key(std::vector<std::string> columns,
                                        model::ObjectName referred_table,
                                        std::vector<std::string> referred_columns,
                                        std::string on_delete = {});
CUPEL_API model::CheckConstraint check(std::string expression);
inline model::IndexElement index_element(model::IndexElement element) { return element; }
template <typename Owner, typename Member>
model::IndexElement index_element(Member Owner::*pointer) {
  return key(pointer);
}
/// index(&User::name, key(&User::created).desc(), expression("lower(email)"))
template <typename... Keys>
model::Index index(const Keys&... keys) {
  model::Index index;
  index.elements = {index_element(keys)...};
  return index;
}

}  // namespace cupel::mapping
