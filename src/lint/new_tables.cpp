// SPDX-License-Identifier: MIT
// See new_tables.hpp.
#include "lint/new_tables.hpp"

#include <variant>

namespace cupel::lint {

void NewTables::see(const ops::Operation& operation, bool was_there) {
  if (const auto* create = std::get_if<ops::CreateTable>(&operation)) {
    if (!was_there) names_.insert(create->table.name);
  } else if (const auto* drop = std::get_if<ops::DropTable>(&operation)) {
    forget(drop->table);
  } else if (const auto* insert = std::get_if<ops::BulkInsert>(&operation)) {
    see(ChangeRows{.table = insert->table});
  }
  const auto* view = std::get_if<ops::CreateView>(&operation);
  if (view != nullptr && view->view.materialized) names_.insert(view->view.name);
  const auto* gone = std::get_if<ops::DropView>(&operation);
  if (gone != nullptr) names_.erase(gone->name);
  const auto* rename = std::get_if<ops::RenameTable>(&operation);
  const auto* move = std::get_if<ops::SetTableSchema>(&operation);
  if (rename == nullptr && move == nullptr) return;
  const ObjectName from = rename != nullptr ? rename->table : move->table;
  const ObjectName to = rename != nullptr ? ObjectName(from.schema, rename->new_name)
                                          : ObjectName(move->new_schema, from.name);
  const bool is_new = names_.contains(from);
  const bool is_filled = filled_.contains(from);
  forget(from);
  if (!is_new) return;
  names_.insert(to);
  if (is_filled) filled_.insert(to);
  settle(to);
}

void NewTables::see(const ChangeRows& change) {
  if (change.verb != ChangeRows::Verb::Insert || !names_.contains(change.table)) return;
  filled_.insert(change.table);
  settle(change.table);
}

void NewTables::forget(const ObjectName& table) {
  if (names_.erase(table) == 0) gone_.insert(table);
  filled_.erase(table);
}

void NewTables::settle(const ObjectName& now) {
  if (!gone_.contains(now) || !filled_.contains(now)) return;
  names_.erase(now);
  filled_.erase(now);
  gone_.erase(now);
}

}  // namespace cupel::lint
