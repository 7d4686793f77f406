// SPDX-License-Identifier: MIT
// Operations as PostgreSQL's SQL.
//
// What PostgreSQL cannot say conditionally (ADD CONSTRAINT, CREATE TYPE, ALTER COLUMN, CREATE VIEW)
// is written as a DO block that asks the catalogue, so that if_exists and if_not_exists mean the
// same live and offline.
//
// Enum types: the first table or column that uses one creates it, unless it is known to exist.
// Nothing drops a type with its last table: others may use it, and a later CREATE finds it again.
#pragma once

#include "cupel/base/export.hpp"
#include "cupel/sql/ddl_writer.hpp"

namespace cupel::dialect::postgres {

CUPEL_API const sql::DdlWriter& writer();

}  // namespace cupel::dialect::postgres
