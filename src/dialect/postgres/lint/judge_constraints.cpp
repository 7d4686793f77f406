// SPDX-License-Identifier: MIT
// The rules about constraints and indexes. See judge.hpp.
#include <fmt/format.h>

#include <algorithm>

#include "cupel/base/text.hpp"
#include "dialect/postgres/lex.hpp"
#include "dialect/postgres/lint/judge.hpp"

namespace cupel::dialect::postgres {

using model::ObjectName;

namespace {

/// As a message names it: "'uq_a'", or its columns.
std::string shown(const model::Constraint& constraint) {
  const std::string& name = model::name_of(constraint);
  if (!name.empty()) return "'" + name + "'";
  const std::vector<std::string> columns = model::columns_of(constraint);
  return "(" + text::join(columns, ", ") + ")";
}

std::string object_of(const ObjectName& table, const model::Constraint& constraint) {
  const std::string& name = model::name_of(constraint);
  return to_string(table) + "." +
         (name.empty() ? text::join(model::columns_of(constraint), ",") : name);
}

std::vector<std::string> keys_of(const model::Index& index) {
  std::vector<std::string> keys;
  for (const model::IndexElement& it : index.elements)
    keys.push_back(it.column.empty() ? it.expression : it.column);
  return keys;
}

/// As a message about a constraint ends.
std::string stops(const ObjectName& table) {
  return std::string(kStops) + named(table) + " until it is done";
}

}  // namespace

void EffectJudge::judge_key_over_index(const ops::AddConstraint& op, const model::PrimaryKey& key) {
  const model::Table* table = known(op.table);
  const bool scans =
      table != nullptr && std::any_of(key.columns.begin(), key.columns.end(), [&](const auto& it) {
        const model::Column* column = table->find_column(it);
        return column != nullptr && column->nullable && !has_not_null_proof(*table, it);
      });
  if (!scans) return;
  find("LK006", {op.table, object_of(op.table, op.constraint), Work::Scan},
       fmt::format("primary key {} takes over an index, but its columns become NOT NULL on the "
                   "way, which reads every row and {}",
                   shown(op.constraint), stops(op.table)));
}

void EffectJudge::operator()(const ops::AddConstraint& op) {
  const model::Table* table = known(op.table);
  const std::string name = shown(op.constraint);
  Subject subject{op.table, object_of(op.table, op.constraint)};
  const std::string end = stops(op.table);
  if (const auto* key = std::get_if<model::ForeignKey>(&op.constraint)) {
    if (key->not_valid) return judge_referred(op.table, *key, "foreign key " + name);
    subject.work = Work::References;
    return find("LK008", subject,
                fmt::format("foreign key {} looks up every row of table {}, which stops writes to "
                            "it and to table {} until it is done",
                            name, named(op.table), named(key->referred_table)),
                validated_later(op, table));
  }
  if (const auto* check = std::get_if<model::CheckConstraint>(&op.constraint)) {
    if (check->not_valid) return;
    subject.work = Work::Scan;
    return find("LK010", subject, fmt::format("CHECK {} reads every row, {}", name, end),
                validated_later(op, table));
  }
  if (std::holds_alternative<model::ExcludeConstraint>(op.constraint)) {
    subject.work = Work::ExcludeBuild;
    return find("LK007", subject,
                fmt::format("exclusion constraint {} builds an index and compares the rows, {}",
                            name, end));
  }
  const auto* key = std::get_if<model::PrimaryKey>(&op.constraint);
  if (!details_.using_index.empty()) {
    if (key != nullptr) judge_key_over_index(op, *key);
    return;
  }
  if (key != nullptr) {
    subject.work = Work::IndexBuild;
    return find("LK005", subject, fmt::format("primary key {} builds an index, {}", name, end),
                by_concurrent_index(op, table));
  }
  subject.work = Work::IndexBuild;
  find("LK004", subject, fmt::format("unique constraint {} builds an index, {}", name, end),
       by_concurrent_index(op, table));
}

void EffectJudge::operator()(const ops::DropConstraint& op) {
  if (op.cascade) {
    find("DS005", {op.table, to_string(op.table) + "." + op.name},
         "dropping constraint '" + op.name +
             "' with CASCADE takes along the foreign keys that depend on it");
  }
  const model::Table* table = known(op.table);
  const std::optional<model::Constraint> constraint =
      table == nullptr ? op.was : table->find_constraint(op.name);
  if (!constraint || !state_.is_old(op.table)) return;
  const auto* key = std::get_if<model::ForeignKey>(&*constraint);
  if (key == nullptr || key->referred_table == op.table) return;
  find("LK034", {key->referred_table, "", Work::None, true},
       fmt::format("dropping foreign key '{}' locks table {}, which it references, against every "
                   "read and write",
                   op.name, named(key->referred_table)));
}

void EffectJudge::operator()(const ops::ValidateConstraint& op) {
  const std::string object = to_string(op.table) + "." + op.name;
  if (!step_.in_transaction || !judge_.unvalidated_.contains(object)) return;
  find("LK011", {op.table, object, Work::Scan},
       fmt::format("constraint '{}' is validated in the transaction that added it, while table {} "
                   "is still locked by that",
                   op.name, named(op.table)),
       only_text({"-- cupel: no transaction", "ALTER TABLE " + quote_identifier(op.table.name) +
                                                  " VALIDATE CONSTRAINT " +
                                                  quote_identifier(op.name) + ";"}));
}

void EffectJudge::operator()(const ops::CreateIndex& op) {
  constexpr int kFirstBroken = 140000;
  constexpr int kFirstFixed = 140004;
  const std::string& name = op.index.name;
  if (op.index.using_method == "hash") {
    find("IX006", {{}, name},
         "index '" + name + "' is a hash index, which knows nothing but equality");
  }
  const bool broken = state_.server_version >= kFirstBroken && state_.server_version < kFirstFixed;
  if (op.concurrently && broken) {
    find("LK032", {op.table, name, Work::None},
         fmt::format("a server of version 14.{} can leave rows out of index '{}' when it is built "
                     "concurrently",
                     state_.server_version - kFirstBroken, name));
  }
  for (const PostgresJudge::DroppedIndex& dropped : judge_.dropped_indexes_) {
    const std::vector<std::string> keys = keys_of(op.index);
    const bool same = dropped.table == op.table && !dropped.columns.empty() && !keys.empty() &&
                      dropped.columns.front() == keys.front();
    if (!same || !(dropped.outside || !step_.in_transaction)) continue;
    find("IX005", {op.table, name},
         fmt::format("index '{}' was dropped before '{}', which takes its place, is built",
                     dropped.name, name));
  }
  if (op.concurrently) return;
  const model::Table* table = known(op.table);
  const bool is_partitioned = table != nullptr && !table->partition_by.empty();
  ops::CreateIndex apart = op;
  apart.concurrently = true;
  SafeForm form;
  if (is_partitioned) {
    form = only_text({"CREATE INDEX " + quote_identifier(name) + " ON ONLY " +
                          quote_identifier(op.table.name) + " (...);",
                      "-- for each partition: CREATE INDEX CONCURRENTLY part_ix ON part (...);",
                      "--                     ALTER INDEX " + quote_identifier(name) +
                          " ATTACH PARTITION part_ix;"});
  } else {
    form = safe_form({apart});
  }
  find("LK001", {op.table, name, Work::IndexBuild},
       fmt::format("creating index '{}' stops every write to table {} until it is built", name,
                   named(op.table)),
       std::move(form));
}

void EffectJudge::operator()(const ops::DropIndex& op) {
  if (!details_.using_index.empty()) return;
  ObjectName name = op.table;
  for (const model::Table& it : state_.schema.tables) {
    const bool may_have =
        op.table.name.empty() ? it.name.schema == op.table.schema : it.name == op.table;
    if (!may_have) continue;
    if (const model::Index* index = it.find_index(op.name)) {
      name = it.name;
      judge_.dropped_indexes_.push_back({it.name, op.name, keys_of(*index), !step_.in_transaction});
    }
  }
  if (op.concurrently) return;
  if (name.name.empty() && state_.schema_is_complete) return;
  ops::DropIndex apart = op;
  apart.concurrently = true;
  SafeForm form = op.cascade ? SafeForm() : safe_form({apart});
  const Subject subject{name.name.empty() ? ObjectName(op.table.schema, op.name) : name, op.name,
                        Work::None, true};
  find("LK002", subject,
       fmt::format("dropping index '{}' waits for every query of its table{}, and everything after "
                   "waits behind it",
                   op.name, name.name.empty() ? "" : " " + named(name)),
       std::move(form));
}

}  // namespace cupel::dialect::postgres
