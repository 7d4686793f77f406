// SPDX-License-Identifier: MIT
// What the parts of an inspection share. See inspect_parts.hpp.
#include "dialect/postgres/inspect_parts.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "cupel/base/text.hpp"
#include "dialect/postgres/numbering.hpp"

namespace cupel::dialect::postgres {

std::string quote_text(std::string_view text) {
  const std::string quoted =
      "'" + text::replace_all(text::replace_all(std::string(text), "'", "''"), "\\", "\\\\") + "'";
  return text.find('\\') == std::string_view::npos ? quoted : "E" + quoted;
}

namespace {

std::string schema_term(const std::string& schema) {
  return schema.empty() ? "current_schema()" : quote_text(schema) + "::name";
}

std::string schema_condition(const inspect::Scope& scope) {
  if (scope.all_schemas) return "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";
  if (scope.schemas.empty()) return scope.tables.empty() ? "n.nspname = current_schema()" : "true";
  std::vector<std::string> terms;
  for (const std::string& schema : scope.schemas) terms.push_back(schema_term(schema));
  return "n.nspname IN (" + text::join(terms, ", ") + ")";
}

std::string table_condition(const std::vector<model::ObjectName>& tables) {
  if (tables.empty()) return {};
  std::vector<std::string> names;
  std::vector<std::string> pairs;
  for (const model::ObjectName& table : tables) {
    names.push_back(quote_text(table.name));
    pairs.push_back("(" + schema_term(table.schema) + ", " + names.back() + ")");
  }
  // The plain list of names lets the server use its index on names.
  return " AND c.relname IN (" + text::join(names, ", ") + ") AND (n.nspname, c.relname) IN (" +
         text::join(pairs, ", ") + ")";
}

}  // namespace

CatalogFilter make_filter(const inspect::Scope& scope, int server_version) {
  return {.schemas = schema_condition(scope),
          .tables = table_condition(scope.tables),
          .server_version = server_version,
          .whole = scope.tables.empty(),
          .all_schemas = scope.all_schemas};
}

model::Table* Reading::table(Oid oid) {
  const auto found = tables.find(oid);
  return found == tables.end() ? nullptr : &schema.tables[found->second];
}

std::string Reading::schema_or_default(std::string schema_name) const {
  return schema_name == default_schema ? std::string() : std::move(schema_name);
}

model::ObjectName Reading::name(std::string schema_name, std::string object) const {
  return {schema_or_default(std::move(schema_name)), std::move(object)};
}

std::string field(const driver::Row& row, std::string_view column) {
  const Value& value = row[column];
  return cupel::is_null(value) ? std::string() : as_text(value);
}

bool flag(const driver::Row& row, std::string_view column) {
  const Value& value = row[column];
  return !cupel::is_null(value) && as_boolean(value);
}

Oid oid(const driver::Row& row, std::string_view column) { return as_integer(row[column]); }

std::vector<std::string> parse_array(std::string_view literal) {
  std::vector<std::string> elements;
  if (literal.size() <= 2) return elements;
  literal = literal.substr(1, literal.size() - 2);
  std::string element;
  bool quoted = false;
  for (std::size_t i = 0; i < literal.size(); ++i) {
    const char c = literal[i];
    if (c == '"') {
      quoted = !quoted;
    } else if (c == '\\' && i + 1 < literal.size()) {
      element += literal[++i];
    } else if (c == ',' && !quoted) {
      elements.push_back(std::move(element));
      element.clear();
    } else {
      element += c;
    }
  }
  elements.push_back(std::move(element));
  return elements;
}

std::vector<std::string> array_field(const driver::Row& row, std::string_view column) {
  return parse_array(field(row, column));
}

std::vector<std::pair<std::string, std::string>> options_field(const driver::Row& row,
                                                               std::string_view column) {
  std::vector<std::pair<std::string, std::string>> options;
  for (const std::string& option : array_field(row, column)) {
    const std::size_t equals = std::min(option.find('='), option.size());
    options.emplace_back(option.substr(0, equals),
                         option.substr(std::min(equals + 1, option.size())));
  }
  return options;
}

namespace {

/// The index behind the quoted text that begins at `start`. The server doubles quotes, also in E'',
/// and a doubled quote looks like two texts, which comes to the same.
std::size_t skip_quoted(std::string_view text, std::size_t start) {
  const std::size_t end = text.find(text[start], start + 1);
  return end == std::string_view::npos ? text.size() : end + 1;
}

}  // namespace

std::string without_parentheses(std::string_view expression) {
  if (expression.size() < 2 || expression.front() != '(' || expression.back() != ')')
    return std::string(expression);
  int depth = 0;
  for (std::size_t i = 0; i < expression.size();) {
    const char c = expression[i];
    if (c == '\'' || c == '"') {
      i = skip_quoted(expression, i);
      continue;
    }
    if (c == '(') ++depth;
    if (c == ')' && --depth == 0 && i + 1 < expression.size()) return std::string(expression);
    ++i;
  }
  return std::string(expression.substr(1, expression.size() - 2));
}

std::string no_member(std::string_view catalogue, std::string_view oid_column) {
  return "NOT EXISTS (SELECT FROM pg_depend ext WHERE ext.classid = '" + std::string(catalogue) +
         "'::regclass AND ext.objid = " + std::string(oid_column) + " AND ext.deptype = 'e')";
}

model::Sequence sequence_options(const driver::Row& row) {
  model::Sequence sequence;
  const std::string type = field(row, "sequence_type");
  if (type != "bigint") sequence.type = type;
  const Numbering numbering = without_defaults({.start = as_integer(row["start"]),
                                                .increment = as_integer(row["increment"]),
                                                .min_value = as_integer(row["minimum"]),
                                                .max_value = as_integer(row["maximum"]),
                                                .cache = as_integer(row["cache"]),
                                                .cycle = flag(row, "cycle")},
                                               type);
  sequence.start = numbering.start;
  sequence.increment = numbering.increment;
  sequence.min_value = numbering.min_value;
  sequence.max_value = numbering.max_value;
  sequence.cache = numbering.cache;
  sequence.cycle = numbering.cycle;
  return sequence;
}

bool has_default_options(const model::Sequence& sequence) {
  return !sequence.start && !sequence.increment && !sequence.min_value && !sequence.max_value &&
         !sequence.cache && !sequence.cycle;
}

namespace {

/// `character varying(20)[]` without its numbers in parentheses.
std::string without_modifier(std::string_view type) {
  std::string result(type);
  const std::size_t open = result.find('(');
  const std::size_t close = result.find(')', open);
  if (open != std::string::npos && close != std::string::npos) result.erase(open, close - open + 1);
  return result;
}

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool stores_numbers(std::string_view type) {
  static constexpr std::array<std::string_view, 6> kTypes{
      "smallint", "integer", "bigint", "numeric", "real", "double precision"};
  return is_one_of(type, kTypes);
}

bool stores_text(std::string_view type) {
  static constexpr std::array<std::string_view, 4> kTypes{"text", "character varying", "character",
                                                          "bpchar"};
  return is_one_of(type, kTypes);
}

/// True if a quoted value means the same in the column with and without the cast.
bool cast_is_needless(std::string_view cast, std::string_view column_type) {
  const std::string from = without_modifier(cast);
  const std::string to = without_modifier(column_type);
  return from == to || (stores_numbers(from) && stores_numbers(to)) ||
         (stores_text(from) && stores_text(to));
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.eE+-") == std::string_view::npos &&
         text.find_first_of("0123456789") == 0;
}

/// The value of the string constant that `text` begins with; `rest` becomes what follows it.
std::optional<std::string> read_string(std::string_view text, std::string_view& rest) {
  const bool escapes = text.starts_with("E'");
  std::string value;
  for (std::size_t i = escapes ? 2 : 1; i < text.size(); ++i) {
    if (text[i] == '\'' && text.substr(i, 2) != "''") {
      rest = text.substr(i + 1);
      return value;
    }
    if (text[i] == '\'' || (escapes && text[i] == '\\')) ++i;
    if (i < text.size()) value += text[i];
  }
  return std::nullopt;
}

}  // namespace

model::Expression parse_default(std::string_view text, std::string_view type) {
  if (text == "true") return model::true_value();
  if (text == "false") return model::false_value();
  if (text == "now()" || text == "CURRENT_TIMESTAMP") return model::now();
  if (is_number(text) && stores_numbers(without_modifier(type)))
    return model::literal(std::string(text));
  if (text.starts_with('\'') || text.starts_with("E'")) {
    std::string_view rest;
    const std::optional<std::string> value = read_string(text, rest);
    if (value &&
        (rest.empty() || (rest.starts_with("::") && cast_is_needless(rest.substr(2), type))))
      return model::literal(*value);
  }
  return model::text(std::string(text));
}

}  // namespace cupel::dialect::postgres
