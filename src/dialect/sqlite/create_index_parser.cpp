// SPDX-License-Identifier: MIT
// CREATE INDEX, CREATE VIEW and defaults as SQLite stores them. See create_parser.hpp.
#include <algorithm>

#include "cupel/base/text.hpp"
#include "dialect/sqlite/create_parser.hpp"
#include "dialect/sqlite/definition_cursor.hpp"
#include "dialect/sqlite/lex.hpp"

namespace cupel::dialect::sqlite {
namespace {

using model::Expression;
using model::Index;
using model::IndexElement;

/// The column of that name in any case, as its table spells it; null if there is none.
const std::string* column_spelling(const model::Table& table, std::string_view name) {
  for (const model::Column& column : table.columns)
    if (text::equals_ignore_case(column.name, name)) return &column.name;
  return nullptr;
}

/// COLLATE, ASC and DESC, if nothing else follows before the element's end.
bool take_element_tail(DefinitionCursor& cursor, IndexElement& element) {
  std::size_t ahead = 0;
  if (cursor.is_word("COLLATE")) ahead += 2;
  if (cursor.is_word("ASC", ahead) || cursor.is_word("DESC", ahead)) ++ahead;
  if (!cursor.is_symbol(',', ahead) && !cursor.is_symbol(')', ahead)) return false;
  if (cursor.take_word("COLLATE")) element.collation = cursor.take_name();
  if (cursor.take_word("DESC")) element.descending = true;
  cursor.take_word("ASC");
  return true;
}

void skip_one(DefinitionCursor& cursor) {
  if (cursor.is_symbol('(')) {
    cursor.take_parenthesised();
  } else {
    cursor.skip();
  }
}

IndexElement take_element(DefinitionCursor& cursor, const model::Table& table) {
  IndexElement element;
  const std::size_t from = cursor.position();
  std::size_t to = from;
  do {
    skip_one(cursor);
    to = cursor.position();
  } while (!cursor.at_end() && !take_element_tail(cursor, element));
  element.expression = cursor.text_between(from, to);
  if (to == from + 1)
    if (const std::string* column = column_spelling(table, unquoted(element.expression))) {
      element.column = *column;
      element.expression.clear();
    }
  return element;
}

Index parse_index(DefinitionCursor& cursor, const model::Table& table) {
  Index index;
  cursor.expect_word("CREATE");
  index.unique = cursor.take_word("UNIQUE");
  cursor.expect_word("INDEX");
  if (cursor.take_words("IF", "NOT")) cursor.expect_word("EXISTS");
  index.name = cursor.take_object_name();
  cursor.expect_word("ON");
  cursor.take_name();
  cursor.expect_symbol('(');
  do index.elements.push_back(take_element(cursor, table));
  while (cursor.take_symbol(','));
  cursor.expect_symbol(')');
  if (cursor.take_word("WHERE")) index.where = cursor.rest();
  return index;
}

/// The text without parentheses around all of it.
std::string without_parentheses(std::string text) {
  while (!text.empty() && text.front() == '(') {
    DefinitionCursor cursor(text);
    std::string inside = cursor.take_parenthesised();
    if (!cursor.at_end()) break;
    text = std::move(inside);
  }
  return text;
}

bool is_one_string(std::string_view text) {
  if (text.size() < 2 || (text[0] != '\'' && text[0] != '"')) return false;
  DefinitionCursor cursor(text);
  cursor.skip();
  return cursor.at_end();
}

}  // namespace

model::Index parse_create_index(std::string_view sql, const model::Table& table) {
  DefinitionCursor cursor(sql);
  try {
    return parse_index(cursor, table);
  } catch (Error& error) {
    throw Error("cannot read an index of table '" + table.name.name + "': " + error.message());
  }
}

model::View parse_create_view(std::string_view sql, const std::string& schema) {
  DefinitionCursor cursor(sql);
  model::View view;
  view.name.schema = schema;
  cursor.expect_word("CREATE");
  if (!cursor.take_word("TEMP")) cursor.take_word("TEMPORARY");
  cursor.expect_word("VIEW");
  if (cursor.take_words("IF", "NOT")) cursor.expect_word("EXISTS");
  view.name.name = cursor.take_object_name();
  if (cursor.is_symbol('(')) view.columns = cursor.take_name_list();
  cursor.expect_word("AS");
  view.definition = cursor.rest_as_written();
  return view;
}

model::Expression parse_default(std::string_view written) {
  std::string sql = without_parentheses(std::string(text::trim(written)));
  if (is_one_string(sql)) return model::literal(unquoted(sql));
  if (text::equals_ignore_case(sql, "CURRENT_TIMESTAMP")) return model::now();
  if (text::equals_ignore_case(sql, "NULL")) return {model::ExpressionKind::Null, {}};
  return model::text(std::move(sql));
}

std::string trigger_definition(std::string_view sql, const std::string& schema) {
  DefinitionCursor cursor(sql);
  cursor.expect_word("CREATE");
  if (!cursor.take_word("TEMP")) cursor.take_word("TEMPORARY");
  cursor.expect_word("TRIGGER");
  if (cursor.take_words("IF", "NOT")) cursor.expect_word("EXISTS");
  if (cursor.is_symbol('.', 1)) {
    cursor.skip();
    cursor.skip();
  }
  return "CREATE TRIGGER " + (schema.empty() ? "" : quote_identifier(schema) + ".") +
         cursor.rest_as_written();
}

}  // namespace cupel::dialect::sqlite
