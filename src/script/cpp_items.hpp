// SPDX-License-Identifier: MIT
// Tables back to what people write: the reverse of model::make_table().
#pragma once

#include <string>
#include <vector>

#include "context/lower.hpp"
#include "cupel/model/define.hpp"

namespace cupel::script::cpp {

/// The name as it must be written so that the convention leaves it alone.
model::ConstraintName written_name(const model::ObjectName& table, const std::string& name,
                                   const model::Constraint& constraint,
                                   const context::Namer& namer);
model::ConstraintName written_name(const model::ObjectName& table, const model::Index& index,
                                   const context::Namer& namer);

/// Columns with the constraints and indexes that can be written at them, then the others. Makes the
/// same table, except for the order of constraints and indexes, unless no items can: ask
/// same_table().
std::vector<model::TableItem> items_of(const model::Table& table, const context::Namer& namer);

/// Equal but for the order of constraints and indexes.
bool same_table(model::Table a, model::Table b);

}  // namespace cupel::script::cpp
