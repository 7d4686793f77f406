// SPDX-License-Identifier: MIT
// See sum.hpp.
#include "source/sum.hpp"

#include <algorithm>

#include "cupel/base/text.hpp"
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

/// In the form in which equal objects are ==.
template <typename T>
bool same(const T& a, const T& b) {
  return a == b;
}
bool same(const model::Table& a, const model::Table& b) { return normalized(a) == normalized(b); }

class Adder {
 public:
  Adder(Target& sum, const Target& part) : sum_(sum), part_(part) {}

  void run() {
    for (const std::string& name : part_.schema.schemas) {
      if (take({model::ObjectKind::Schema, name, {}})) sum_.schema.schemas.push_back(name);
    }
    add(sum_.schema.extensions, part_.schema.extensions);
    add(sum_.schema.enums, part_.schema.enums);
    add(sum_.schema.domains, part_.schema.domains);
    add(sum_.schema.sequences, part_.schema.sequences);
    add(sum_.schema.tables, part_.schema.tables);
    add(sum_.schema.views, part_.schema.views);
    add(sum_.schema.functions, part_.schema.functions);
    add(sum_.schema.triggers, part_.schema.triggers);
  }

 private:
  std::string source_of(const ObjectKey& key) const {
    const auto found = part_.declared_in.find(key);
    return found == part_.declared_in.end() ? std::string() : found->second;
  }
  /// False if it is there already.
  bool take(const ObjectKey& key) { return sum_.declared_in.emplace(key, source_of(key)).second; }

  template <typename T>
  void add(std::vector<T>& list, const std::vector<T>& more) {
    const std::size_t before = list.size();
    for (const T& it : more) {
      const ObjectKey key = key_of(it);
      if (take(key)) {
        list.push_back(it);
        continue;
      }
      const auto other =
          std::find_if(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(before),
                       [&](const T& there) { return key_of(there) == key; });
      if (other != list.end() && !same(*other, it)) throw declared_twice(key);
    }
  }

  InputError declared_twice(const ObjectKey& key) const {
    return {place(source_of(key)),
            to_string(key) + " is declared differently in " + sum_.declared_in.at(key),
            "declare it once, or make the two equal"};
  }

  Target& sum_;
  const Target& part_;
};

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

void Sum::add(Target part) { Adder(target_, part).run(); }

Target Sum::finish() {
  const bool ignore_case = dialect_.traits().names_ignore_case;
  const auto folded = [&](const model::ObjectName& name) {
    return ignore_case ? text::to_lower(to_string(name)) : to_string(name);
  };
  std::vector<std::string> tables;
  for (const model::Table& table : target_.schema.tables) tables.push_back(folded(table.name));
  std::sort(tables.begin(), tables.end());
  for (const model::Table& table : target_.schema.tables) {
    for (const model::Constraint& constraint : table.constraints) {
      const auto* key = std::get_if<model::ForeignKey>(&constraint);
      if (key == nullptr ||
          std::binary_search(tables.begin(), tables.end(), folded(key->referred_table)))
        continue;
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
