// SPDX-License-Identifier: MIT
// The options of identities and sequences as text.
#include "dialect/postgres/numbering.hpp"

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
  change(was.max_value != to.max_value, limit_text("MAXVALUE", to.max_value));
  change(was.min_value != to.min_value, limit_text("MINVALUE", to.min_value));
  change(start_of(was) != start_of(to), "START WITH " + std::to_string(start_of(to)));
  return sql;
}

}  // namespace cupel::dialect::postgres
