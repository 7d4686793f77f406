// SPDX-License-Identifier: MIT
// Values for rows that are there before a column becomes NOT NULL.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cupel/model/table.hpp"
#include "cupel/sql/ddl_writer.hpp"

namespace cupel::command {

/// --fill flags, by to_string(ColumnName). Throws UsageError for what is no
/// table.column=EXPRESSION.
std::map<std::string, std::string> parse_fills(const std::vector<std::string>& texts);

/// A value that means nothing ('' , 0, false, ...), for a way back to where the real ones are gone.
/// nullopt for a type of which none is known.
std::optional<std::string> neutral_value(const model::Type& type, const sql::DdlWriter& writer);

/// True for a column that an existing row cannot have without being told a value.
bool needs_value(const model::Column& column);

/// UPDATE t SET c = expression WHERE c IS NULL
std::string fill_statement(const model::ObjectName& table, const std::string& column,
                           const std::string& expression, const sql::DdlWriter& writer);

}  // namespace cupel::command
