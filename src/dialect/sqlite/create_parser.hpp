// SPDX-License-Identifier: MIT
// The CREATE texts that SQLite stores, as model values. The pragmas do not tell CHECKs, COLLATE,
// AUTOINCREMENT, ON CONFLICT, constraint names, DEFERRABLE and generated expressions; the text
// does.
//
// SQLite has checked the grammar already, so these parsers only find their way. They throw Error
// naming the object if they cannot.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cupel/model/schema.hpp"

namespace cupel::dialect::sqlite {

/// A table without its indexes. Columns in constraints are spelled as at their definition. `schema`
/// goes into the table's name and into the tables that it refers to.
CUPEL_API model::Table parse_create_table(std::string_view sql, const std::string& schema = {});

/// `table` is the index's table: element names are spelled as there, others are expressions.
CUPEL_API model::Index parse_create_index(std::string_view sql, const model::Table& table);

CUPEL_API model::View parse_create_view(std::string_view sql, const std::string& schema = {});

/// A default as written after DEFAULT: 'a' is a literal, CURRENT_TIMESTAMP is now, the rest is SQL
/// without outer parentheses.
CUPEL_API model::Expression parse_default(std::string_view written);

/// The stored CREATE TRIGGER, so that it can be executed: with its schema, which SQLite does not
/// keep.
CUPEL_API std::string trigger_definition(std::string_view sql, const std::string& schema);

/// Where a table keeps what key columns say besides their names, such as `a COLLATE NOCASE, b
/// DESC`: the entry of Table::options for the key over these columns.
std::string key_option(const std::vector<std::string>& columns);

}  // namespace cupel::dialect::sqlite
