// SPDX-License-Identifier: MIT
// The form in which schemas are compared: as the server would show them, without asking it.
#pragma once

#include "cupel/model/schema.hpp"

namespace cupel::dialect::postgres {

// As DiffRules promises it of the functions with these names, and of a type.

CUPEL_API model::Type stored_type(const model::Type& type);
CUPEL_API model::ObjectName stored_name(model::ObjectName name);
/// A partition gets its parent's columns. Every column says Autoincrement::Yes or No.
CUPEL_API model::Table stored_table(model::Table table, const model::Schema& whole);
/// Enum types are listed beside the tables whose columns use them, and schemas beside what is in
/// them.
CUPEL_API model::Schema stored_objects(const model::Schema& whole);

}  // namespace cupel::dialect::postgres
