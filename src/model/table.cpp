// SPDX-License-Identifier: MIT
// Looking things up in a table. See table.hpp.
#include "cupel/model/table.hpp"

#include <algorithm>

namespace cupel::model {

const Column* Table::find_column(std::string_view column) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const Column& it) { return it.name == column; });
  return found == columns.end() ? nullptr : &*found;
}
Column* Table::find_column(std::string_view column) {
  return const_cast<Column*>(std::as_const(*this).find_column(column));
}

const Index* Table::find_index(std::string_view index) const {
  const auto found = std::find_if(indexes.begin(), indexes.end(),
                                  [&](const Index& it) { return it.name == index; });
  return found == indexes.end() ? nullptr : &*found;
}

std::optional<Constraint> Table::find_constraint(std::string_view constraint) const {
  if (primary_key && primary_key->name == constraint) return *primary_key;
  const auto found = std::find_if(constraints.begin(), constraints.end(),
                                  [&](const auto& it) { return name_of(it) == constraint; });
  if (found == constraints.end()) return std::nullopt;
  return *found;
}

bool Table::is_autoincrement(const Column& column) const {
  if (!primary_key || column.autoincrement == Autoincrement::No) return false;
  const std::vector<std::string>& key = primary_key->columns;
  if (std::find(key.begin(), key.end(), column.name) == key.end()) return false;
  if (!is_integer(column.type) || column.identity || column.computed) return false;
  if (column.autoincrement == Autoincrement::Yes) return true;
  const bool is_foreign =
      std::any_of(constraints.begin(), constraints.end(), [&](const Constraint& it) {
        const auto* foreign = std::get_if<ForeignKey>(&it);
        return foreign != nullptr && std::find(foreign->columns.begin(), foreign->columns.end(),
                                               column.name) != foreign->columns.end();
      });
  return key.size() == 1 && !column.server_default && !is_foreign;
}

}  // namespace cupel::model
