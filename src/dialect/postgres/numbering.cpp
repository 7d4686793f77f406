// SPDX-License-Identifier: MIT
// The options of identities and sequences as text.
#include "dialect/postgres/numbering.hpp"

#include <algorithm>
#include <limits>

namespace cupel::dialect::postgres {
namespace {

using Option = std::optional<std::int64_t>;

void append(std::string& sql, const std::string& words) {
  if (!sql.empty()) sql += " ";
  sql += words;
}

void append(std::string& sql, const char* words, const Option& value) {
  if (value) append(sql, words + std::to_string(*value));
}

std::int64_t increment_of(const Numbering& numbering) { return numbering.increment.value_or(1); }

std::int64_t start_of(const Numbering& numbering) {
  if (numbering.start) return *numbering.start;
  return increment_of(numbering) > 0 ? numbering.min_value.value_or(1)
                                     : numbering.max_value.value_or(-1);
}

std::int64_t maximum_of(std::string_view type) {
  if (type == "smallint") return std::numeric_limits<std::int16_t>::max();
  if (type == "integer") return std::numeric_limits<std::int32_t>::max();
  return std::numeric_limits<std::int64_t>::max();
}

void unset_if(Option& option, const Option& default_value) {
  if (option == default_value) option.reset();
}

bool has_foreign_key(const model::Table& table, const std::string& column) {
  for (const model::Constraint& constraint : table.constraints) {
    const auto* key = std::get_if<model::ForeignKey>(&constraint);
    if (key && std::find(key->columns.begin(), key->columns.end(), column) != key->columns.end())
      return true;
  }
  return false;
}

std::string limit_text(const std::string& word, const Option& limit) {
  return limit ? word + " " + std::to_string(*limit) : "NO " + word;
}

}  // namespace

Numbering numbering_of(const model::Identity& identity) {
  return {identity.start,     identity.increment, identity.min_value,
          identity.max_value, identity.cache,     identity.cycle};
}

Numbering numbering_of(const model::Sequence& sequence) {
  return {sequence.start,     sequence.increment, sequence.min_value,
          sequence.max_value, sequence.cache,     sequence.cycle};
}

Numbering without_defaults(Numbering numbering, std::string_view type) {
  const bool ascending = increment_of(numbering) > 0;
  const std::int64_t maximum = maximum_of(type);
  unset_if(numbering.increment, 1);
  unset_if(numbering.min_value, ascending ? 1 : -maximum - 1);
  unset_if(numbering.max_value, ascending ? maximum : -1);
  const std::int64_t first =
      ascending ? numbering.min_value.value_or(1) : numbering.max_value.value_or(-1);
  unset_if(numbering.start, first);
  unset_if(numbering.cache, 1);
  return numbering;
}

void settle_autoincrement(model::Table& table) {
  if (!table.primary_key || table.primary_key->columns.size() != 1) return;
  model::Column* column = table.find_column(table.primary_key->columns.front());
  if (column == nullptr || !model::is_integer(column->type) || column->server_default ||
      column->identity || column->computed || has_foreign_key(table, column->name))
    return;
  column->autoincrement = column->autoincrement == model::Autoincrement::Yes
                              ? model::Autoincrement::Auto
                              : model::Autoincrement::No;
}

std::string numbering_text(const Numbering& numbering) {
  std::string sql;
  append(sql, "INCREMENT BY ", numbering.increment);
  append(sql, "START WITH ", numbering.start);
  append(sql, "MINVALUE ", numbering.min_value);
  append(sql, "MAXVALUE ", numbering.max_value);
  append(sql, "CACHE ", numbering.cache);
  if (numbering.cycle) append(sql, "CYCLE");
  return sql;
}

std::string numbering_changes(const Numbering& was, const Numbering& to,
                              const std::string& prefix) {
  std::string sql;
  const auto change = [&](bool changed, const std::string& words) {
    if (changed) append(sql, prefix + words);
  };
  change(was.cache.value_or(1) != to.cache.value_or(1),
         "CACHE " + std::to_string(to.cache.value_or(1)));
  change(was.cycle != to.cycle, to.cycle ? "CYCLE" : "NO CYCLE");
  change(increment_of(was) != increment_of(to), "INCREMENT BY " + std::to_string(increment_of(to)));
  // A limit that nobody gave was set by the direction, and does not turn with it.
  const bool turns = (increment_of(was) > 0) != (increment_of(to) > 0);
  change(turns || was.max_value != to.max_value, limit_text("MAXVALUE", to.max_value));
  change(turns || was.min_value != to.min_value, limit_text("MINVALUE", to.min_value));
  change(start_of(was) != start_of(to), "START WITH " + std::to_string(start_of(to)));
  return sql;
}

}  // namespace cupel::dialect::postgres
