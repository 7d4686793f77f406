// SPDX-License-Identifier: MIT
// What one effect costs on PostgreSQL: which tables it locks how, which it reads or writes anew.
// Held against the server by lint_dbtest.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/lint/effect.hpp"
#include "cupel/lint/judge.hpp"

namespace cupel::dialect::postgres {

/// In the order of their strength.
enum class LockMode {
  None,
  AccessShare,
  RowShare,
  RowExclusive,
  ShareUpdateExclusive,
  Share,
  ShareRowExclusive,
  Exclusive,
  AccessExclusive,
};
/// "ACCESS EXCLUSIVE"
std::string_view words_of(LockMode mode);
/// The same from its words in lower case; None if there is no such lock.
LockMode mode_called(std::string_view words);
/// "every read and write of", as it stands before "table 't'".
std::string_view blocked_by(LockMode mode);
/// It stops what an application does.
inline bool is_strong(LockMode mode) { return mode >= LockMode::Share; }

/// What takes as long as the table is large.
enum class Work { None, Scan, References, IndexBuild, ExcludeBuild, Rewrite, Query };

/// One table that an effect touches.
struct Touch {
  model::ObjectName table;
  LockMode lock = LockMode::None;
  Work work = Work::None;
  /// Touched because it hangs together with the table that the statement names.
  bool is_secondary = false;
};

/// Beside the schema: what the session was told.
struct SessionFacts {
  bool zone_is_utc = false;
};

std::vector<Touch> touches_of(const lint::Effect& effect, const lint::Details& details,
                              const lint::State& state, const SessionFacts& session);

/// Of an estimate: "about 0.3 s for 1,000,000 rows, by the 117 ms measured for 400,000 on
/// PostgreSQL 15"; empty if the rows are not known or nothing takes long.
std::string estimate(Work work, std::int64_t rows);

/// Versions where a cost changes. 0, not known, is the oldest that is supported.
inline bool is_at_least(const lint::State& state, int version) {
  return state.server_version >= version;
}

// What the schema proves.

/// A valid CHECK (column IS NOT NULL).
bool has_not_null_proof(const model::Table& table, const std::string& column);
/// A default that each row must be asked for: random(), clock_timestamp(), nextval(), ...
/// nullopt: it calls a function that only the database knows. `unknown` names it.
std::optional<bool> is_volatile(const model::Expression& expression,
                                std::string* unknown = nullptr);
/// The domain that a type is, if the schema knows it with a constraint.
bool is_constrained_domain(const model::Type& type, const model::Schema& schema);
bool is_same_expression(const std::string& a, const std::string& b);

/// What ALTER COLUMN TYPE costs by itself.
enum class TypeCost {
  Free,
  DependsOnZone,  ///< free if the session's zone is UTC
  Rewrite,
};
TypeCost type_cost(const model::Type& from, const model::Type& to, const std::string& column,
                   const std::string& using_expression);
/// The type that an AlterColumn meets, if anybody knows it.
std::optional<model::Type> type_before(const ops::AlterColumn& alter, const lint::State& state);

}  // namespace cupel::dialect::postgres
