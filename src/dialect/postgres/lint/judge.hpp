// SPDX-License-Identifier: MIT
// Holds the rules against the steps of one revision. judge.cpp follows transactions; the rules
// about one effect are in judge_tables.cpp, judge_objects.cpp and judge_types.cpp.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/lint/judge.hpp"
#include "dialect/postgres/lint/impact.hpp"
#include "dialect/postgres/lint/safe_forms.hpp"

namespace cupel::dialect::postgres {

/// One effect of a step, with its details.
struct JudgedEffect {
  lint::Effect effect;
  lint::Details details;
};
/// Those of a step; a batch of changes of one table becomes its changes.
std::vector<JudgedEffect> effects_of(const lint::Step& step);

/// How messages go on.
inline constexpr std::string_view kStops = "which stops every read and write of table ";

/// What a finding is about, beside its words.
struct Subject {
  model::ObjectName table;  ///< new or empty ones are passed over; no name: nothing is
  std::string object;       ///< as messages name it; empty: the table
  Work work = Work::None;   ///< decides what many rows mean
  /// Short but strong: a notice where the run sets a lock_timeout and tries again.
  bool is_brief = false;
};

class PostgresJudge final : public lint::RevisionJudge {
 public:
  void see(const lint::Step& step, const lint::State& state, const lint::Report& report) override;
  void end_transaction(const lint::Report& report) override;
  void end_revision(const lint::State& state, const lint::Report& report) override;

 private:
  friend class EffectJudge;
  struct HeldLock {
    model::ObjectName table;
    LockMode mode = LockMode::None;
    FilePosition place;
  };
  /// As Subject says; nothing for tables that nobody uses.
  void find(std::string_view code, const Subject& subject, std::string message, SafeForm form = {});
  bool is_in_use(const model::ObjectName& table) const;

  SafeForm whole_step(SafeForm form) const;
  void judge_transaction(const std::vector<Touch>& touches);
  void judge_slow_work(const std::vector<Touch>& touches);
  void judge_timeouts(const std::vector<Touch>& touches);
  void judge_rows(const lint::ChangeRows& change);
  void judge_enum_values(const lint::Effect& effect);
  void judge_outside(const lint::Step& step);
  void remember(const JudgedEffect& effect);
  void note_variable(const lint::SetVariable& set);
  void keep_locks(const std::vector<Touch>& touches);

  // During see() only.
  const lint::Step* step_ = nullptr;
  const lint::State* state_ = nullptr;
  const lint::Report* report_ = nullptr;
  std::vector<JudgedEffect> effects_;
  std::size_t judged_ = 0;  ///< which of them

  // Of the transaction.
  std::vector<HeldLock> held_;
  std::set<model::ObjectName> exclusive_;  ///< named by statements, ACCESS EXCLUSIVE
  std::map<model::ObjectName, int> goings_through_;
  std::set<std::string> unvalidated_;  ///< "table.constraint", added here
  std::map<model::ObjectName, std::set<std::string>> new_values_;
  bool local_lock_timeout_ = false;
  bool local_statement_timeout_ = false;
  bool local_zone_is_utc_ = false;

  // Of the revision.
  bool lock_timeout_ = false;
  bool statement_timeout_ = false;
  bool zone_is_utc_ = false;
  bool said_lock_timeout_ = false;
  bool said_statement_timeout_ = false;
  std::map<model::ObjectName, FilePosition> written_rows_;
  std::map<model::ObjectName, FilePosition> indexed_after_;
  bool runs_outside_ = false;
  std::optional<FilePosition> changed_rows_;
  struct DroppedIndex {
    model::ObjectName table;
    std::string name;
    std::vector<std::string> columns;
    bool outside = false;
  };
  std::vector<DroppedIndex> dropped_indexes_;
};

/// The rules about one effect.
class EffectJudge {
 public:
  EffectJudge(PostgresJudge& judge, const lint::Details& details)
      : judge_(judge), details_(details), state_(*judge.state_), step_(*judge.step_) {}

  template <typename Op>
  void operator()(const Op&) {}
  void operator()(const ops::Operation& operation) {
    std::visit([this](const auto& op) { (*this)(op); }, operation);
  }
  // judge_tables.cpp
  void operator()(const ops::CreateTable& op);
  void operator()(const ops::DropTable& op);
  void operator()(const ops::SetTableSchema& op);
  void operator()(const ops::SetTableOptions& op);
  void operator()(const ops::SetPartition& op);
  void operator()(const ops::AddColumn& op);
  void operator()(const ops::AlterColumn& op);
  void operator()(const ops::DropColumn& op);
  // judge_constraints.cpp
  void operator()(const ops::AddConstraint& op);
  void operator()(const ops::DropConstraint& op);
  void operator()(const ops::ValidateConstraint& op);
  void operator()(const ops::CreateIndex& op);
  void operator()(const ops::DropIndex& op);
  // judge_objects.cpp
  void operator()(const ops::CreateEnum& op);
  void operator()(const ops::AddEnumValue& op);
  void operator()(const ops::RenameEnumValue& op);
  void operator()(const ops::CreateDomain& op);
  void operator()(const ops::RefreshView& op);
  void operator()(const ops::CreateTrigger& op);
  void operator()(const ops::DropTrigger& op);
  void operator()(const ops::CreateExtension& op);
  void operator()(const ops::DropExtension& op);
  void operator()(const lint::Truncate& truncate);
  void operator()(const lint::SetVariable& set);
  void operator()(const lint::Other& other);

 private:
  void find(std::string_view code, const Subject& subject, std::string message,
            SafeForm form = {}) {
    judge_.find(code, subject, std::move(message), std::move(form));
  }
  const model::Table* known(const model::ObjectName& name) const {
    return state_.schema.find_table(name);
  }
  /// A primary key that takes over an index.
  void judge_key_over_index(const ops::AddConstraint& op, const model::PrimaryKey& key);
  void judge_reindex(const lint::Other& other);
  void judge_altered_domain(const lint::Other& other);
  void judge_brief_lock(const lint::Other& other);
  void judge_new_column_values(const ops::AddColumn& op, const std::string& name);
  void judge_type_change(const ops::AlterColumn& op, const std::string& name);
  void judge_dependents_of_type(const ops::AlterColumn& op, const std::string& name);
  void judge_referred(const model::ObjectName& table, const model::ForeignKey& key,
                      const std::string& what);
  void judge_cascade(const model::ObjectName& table, const std::string& what);
  // judge_types.cpp
  void judge_column_type(const model::ObjectName& table, const model::Column& column);
  void judge_column_order(const model::Table& table);
  void judge_name(const model::ObjectName& table);

  PostgresJudge& judge_;
  const lint::Details& details_;
  const lint::State& state_;
  const lint::Step& step_;
};

/// "'users'", "'app.users'"
std::string named(const model::ObjectName& name);

}  // namespace cupel::dialect::postgres
