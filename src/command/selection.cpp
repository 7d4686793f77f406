// SPDX-License-Identifier: MIT
// See selection.hpp.
#include "command/selection.hpp"

#include <algorithm>
#include <set>

#include "command/filter.hpp"
#include "cupel/base/pattern.hpp"
#include "cupel/base/text.hpp"

namespace cupel::command {
namespace {

using model::ObjectKey;
using model::ObjectKind;

/// The enum types that columns of these tables use.
std::set<model::ObjectName> used_types(const std::vector<model::Table>& tables) {
  std::set<model::ObjectName> names;
  for (const model::Table& table : tables) {
    for (const model::Column& column : table.columns) {
      const model::Type& type =
          column.type.element.empty() ? column.type : column.type.element.front();
      names.emplace(type.schema, type.name);
    }
  }
  return names;
}

void check_patterns(const model::Schema& schema, const std::vector<std::string>& patterns,
                    const std::string& default_schema) {
  std::vector<std::string> names;
  for (const model::Table& table : schema.tables) names.push_back(to_string(table.name));
  for (const model::View& view : schema.views) names.push_back(to_string(view.name));
  for (const std::string& pattern : patterns) {
    const auto is_hit = [&](const auto& it) {
      return matches_any({pattern}, it.name, default_schema);
    };
    if (std::any_of(schema.tables.begin(), schema.tables.end(), is_hit) ||
        std::any_of(schema.views.begin(), schema.views.end(), is_hit))
      continue;
    const std::string nearest = text::nearest(pattern, names);
    throw UsageError(
        "no table or view is called '" + pattern + "'",
        nearest.empty() ? "cupel status lists what there is" : "did you mean '" + nearest + "'?");
  }
}

void drop_dangling_keys(model::Schema& schema) {
  for (model::Table& table : schema.tables) {
    std::erase_if(table.constraints, [&](const model::Constraint& constraint) {
      const auto* key = std::get_if<model::ForeignKey>(&constraint);
      return key != nullptr && schema.find_table(key->referred_table) == nullptr;
    });
  }
}

}  // namespace

bool matches_any(const std::vector<std::string>& patterns, const model::ObjectName& name,
                 const std::string& default_schema) {
  const std::string& schema = name.schema.empty() ? default_schema : name.schema;
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return text::matches_pattern(name.name, pattern) ||
           text::matches_pattern(schema + "." + name.name, pattern);
  });
}

void select_tables(model::Schema& schema, const std::vector<std::string>& patterns,
                   const std::string& default_schema) {
  check_patterns(schema, patterns, default_schema);
  const auto is_chosen = [&](const model::ObjectName& name) {
    return matches_any(patterns, name, default_schema);
  };
  std::erase_if(schema.tables, [&](const auto& table) { return !is_chosen(table.name); });
  const std::set<model::ObjectName> types = used_types(schema.tables);
  const std::vector<model::Table>& tables = schema.tables;
  keep_objects(schema, [&](const ObjectKey& key) {
    switch (key.kind) {
      case ObjectKind::Table:
        return true;
      case ObjectKind::View:
        return is_chosen(key.name);
      case ObjectKind::Trigger:
        return is_chosen(table_name_of(key));
      case ObjectKind::Enum:
      case ObjectKind::Domain:
        return types.count(key.name) != 0;
      case ObjectKind::Sequence: {
        const model::Sequence* sequence = schema.find_sequence(key.name);
        return sequence != nullptr && !sequence->owned_by.empty() &&
               is_chosen(model::parse_column_name(sequence->owned_by).table);
      }
      case ObjectKind::Schema:
        return std::any_of(tables.begin(), tables.end(), [&](const model::Table& table) {
          return table.name.schema == key.name.name;
        });
      case ObjectKind::Extension:
      case ObjectKind::Function:
        return false;
    }
    return false;
  });
  drop_dangling_keys(schema);
}

}  // namespace cupel::command
