// SPDX-License-Identifier: MIT
// The sections put together; each is made elsewhere. See plan.hpp.
#include "diff/plan.hpp"

#include <utility>

#include "cupel/ops/services.hpp"
#include "diff/plan_dependents.hpp"
#include "diff/plan_tables.hpp"
#include "diff/plan_types.hpp"

namespace cupel::diff {
namespace {

/// A schema in which nothing is left may go.
bool is_empty_afterwards(const std::string& schema, const Changes& changes) {
  const auto stays = [&](const auto& diffs, const auto& from) {
    for (const auto& it : from) {
      if (it.name.schema != schema) continue;
      bool is_removed = false;
      for (const auto& diff : diffs) {
        is_removed = is_removed || (diff.is_removed() && diff.from->name == it.name);
      }
      if (!is_removed) return true;
    }
    return false;
  };
  for (const model::Table& table : changes.from.schema().tables) {
    if (table.name.schema != schema) continue;
    bool is_removed = false;
    for (const model::Table* it : changes.removed) is_removed = is_removed || it == &table;
    if (!is_removed) return false;
  }
  const model::Schema& objects = changes.from_objects;
  return !stays(changes.objects.enums, objects.enums) &&
         !stays(changes.objects.domains, objects.domains) &&
         !stays(changes.objects.sequences, objects.sequences) &&
         !stays(changes.objects.views, objects.views) &&
         !stays(changes.objects.functions, objects.functions);
}

void plan_containers(const Changes& changes, Plan& plan) {
  for (const std::string& name : changes.objects.added_schemas) {
    plan.create_containers.emplace_back(ops::CreateSchema{.name = name});
  }
  for (const auto& it : changes.objects.extensions) {
    if (it.is_added()) {
      plan.create_containers.emplace_back(ops::CreateExtension{.extension = *it.to});
    } else if (it.is_removed()) {
      plan.drop_rest.emplace_back(ops::DropExtension{.name = it.from->name, .was = *it.from});
    }
  }
  for (const std::string& name : changes.objects.removed_schemas) {
    if (is_empty_afterwards(name, changes)) {
      plan.drop_rest.emplace_back(ops::DropSchema{.name = name});
    }
  }
}

}  // namespace

Operations Plan::in_order() && {
  Operations all;
  for (Operations* section : {&create_containers,
                              &drop_concurrently,
                              &add_enum_values,
                              &drop_dependents,
                              &rename,
                              &disown_sequences,
                              &drop_foreign_keys,
                              &drop_parts,
                              &drop_early,
                              &rename_parts,
                              &create_types,
                              &rewrite_types,
                              &create_tables,
                              &change_tables,
                              &change_sequences,
                              &add_foreign_keys,
                              &drop_tables,
                              &drop_types,
                              &create_dependents,
                              &drop_rest,
                              &create_concurrently}) {
    append(all, *section);
  }
  return all;
}

Plan make_plan(Changes& changes) {
  Plan plan;
  plan.rename = changes.renames;
  plan_containers(changes, plan);
  TypePlan types(changes);
  types.run(plan);
  TablePlan tables(changes, types);
  tables.run(plan);
  DependentPlan(changes, types, tables).run(plan);
  return plan;
}

}  // namespace cupel::diff
