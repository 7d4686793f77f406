// SPDX-License-Identifier: MIT
// See sum.hpp.
#include "source/sum.hpp"

#include <algorithm>
#include <type_traits>

#include "cupel/base/text.hpp"
#include "cupel/diff/diff.hpp"
#include "cupel/model/validate.hpp"

namespace cupel::source {
namespace {

using model::ObjectKey;
using model::Schema;

/// "schema/users.sql:12" as a place; other sources have no lines.
FilePosition place(const std::string& source) {
  const std::size_t colon = source.rfind(':');
  if (colon == std::string::npos || colon + 1 == source.size() ||
      source.find_first_not_of("0123456789", colon + 1) != std::string::npos)
    return {source};
  return {source.substr(0, colon), std::stoul(source.substr(colon + 1))};
}

std::string source_of(const ObjectKey& key, const Target& target) {
  const auto found = target.declared_in.find(key);
  return found == target.declared_in.end() ? std::string() : found->second;
}

InputError declared_twice(const ObjectKey& key, const std::string& here, const std::string& there) {
  return {place(here), to_string(key) + " is declared differently in " + there,
          "declare it once, or make the two equal"};
}

/// Equal as the database would have them, whoever wrote them: a person, or the server.
template <typename T>
bool are_same(const T& a, const T& b, std::vector<T> Schema::*list, const diff::DiffRules& rules) {
  Schema one, other;
  (one.*list).push_back(a);
  (other.*list).push_back(b);
  if constexpr (std::is_same_v<T, model::Table>) {
    return diff::compare(one, other, rules).empty();
  } else {
    return rules.stored(one) == rules.stored(other);
  }
}

InputError no_such_table(const std::string& source, const model::Table& table,
                         const model::ForeignKey& key, const Schema& schema) {
  std::vector<std::string> names;
  for (const model::Table& it : schema.tables) names.push_back(to_string(it.name));
  const std::string wanted = to_string(key.referred_table);
  const std::string nearest = text::nearest(wanted, names);
  return {place(source),
          "table '" + to_string(table.name) + "', " + to_string(model::Constraint(key)) +
              ": no source declares table '" + wanted + "'",
          nearest.empty() ? "declare it, or name its source in [schema] of cupel.toml"
                          : "did you mean '" + nearest + "'?"};
}

}  // namespace

ObjectKey Sum::canonical(ObjectKey key) const {
  if (key.kind != model::ObjectKind::Schema && key.kind != model::ObjectKind::Extension)
    key.name = dialect_.diff_rules().stored_name(key.name);
  if (dialect_.traits().names_ignore_case) {
    key.name.schema = text::to_lower(key.name.schema);
    key.name.name = text::to_lower(key.name.name);
    key.detail = text::to_lower(key.detail);
  }
  return key;
}

bool Sum::is_new(const ObjectKey& key, const Target& part) {
  if (!known_.emplace(canonical(key), key).second) return false;
  target_.declared_in[key] = source_of(key, part);
  return true;
}

void Sum::take_schemas(const Target& part) {
  for (const std::string& name : part.schema.schemas) {
    if (is_new({model::ObjectKind::Schema, name, {}}, part)) target_.schema.schemas.push_back(name);
  }
}

template <typename T>
void Sum::take(std::vector<T> Schema::*list, Target& part) {
  std::vector<T>& there = target_.schema.*list;
  for (T& it : part.schema.*list) {
    const ObjectKey key = key_of(it);
    if (is_new(key, part)) {
      there.push_back(std::move(it));
      continue;
    }
    const ObjectKey& first = known_.at(canonical(key));
    const auto other = std::find_if(there.begin(), there.end(),
                                    [&](const T& other) { return key_of(other) == first; });
    if (other != there.end() && !are_same(*other, it, list, dialect_.diff_rules()))
      throw declared_twice(key, source_of(key, part), target_.declared_in.at(first));
  }
}

void Sum::add(Target part) {
  take_schemas(part);
  take(&Schema::extensions, part);
  take(&Schema::enums, part);
  take(&Schema::domains, part);
  take(&Schema::sequences, part);
  take(&Schema::tables, part);
  take(&Schema::views, part);
  take(&Schema::functions, part);
  take(&Schema::triggers, part);
  std::vector<model::FormerName>& former = target_.schema.hints.former_names;
  former.insert(former.end(), part.schema.hints.former_names.begin(),
                part.schema.hints.former_names.end());
}

Target Sum::finish() {
  for (const model::Table& table : target_.schema.tables) {
    for (const model::Constraint& constraint : table.constraints) {
      const auto* key = std::get_if<model::ForeignKey>(&constraint);
      if (key == nullptr) continue;
      const ObjectKey referred{model::ObjectKind::Table, key->referred_table, {}};
      if (known_.contains(canonical(referred))) continue;
      throw no_such_table(target_.declared_in[key_of(table)], table, *key, target_.schema);
    }
  }
  return std::move(target_);
}

void check_models(const Schema& schema, const std::string& source) {
  // Foreign keys may go to other sources: Sum looks at them.
  Schema without_tables = schema;
  without_tables.tables.clear();
  std::vector<model::Problem> problems = validate(without_tables);
  for (const model::Table& table : schema.tables) {
    const std::vector<model::Problem> more = validate(table);
    problems.insert(problems.end(), more.begin(), more.end());
    const auto same_name = [&](const model::Table& other) { return other.name == table.name; };
    if (&*std::find_if(schema.tables.begin(), schema.tables.end(), same_name) != &table)
      problems.push_back({"table '" + to_string(table.name) + "'", "is there twice"});
  }
  if (problems.empty()) return;
  InputError error({source}, problems[0].where + ": " + problems[0].what,
                   "no database can hold this: correct the model");
  for (std::size_t i = 1; i < problems.size(); ++i)
    error.add_note(problems[i].where + ": " + problems[i].what);
  throw error;
}

}  // namespace cupel::source
