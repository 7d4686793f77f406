// SPDX-License-Identifier: MIT
// Stops a run before it destroys data that nobody has allowed it to destroy. Files are judged
// before anything runs, and again in their own transaction, right before they run; code is judged
// call by call, since nobody knows what it will do. Who goes back has asked for it, so a downgrade
// is stopped only where the settings deny all destruction.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/lint/destructive.hpp"
#include "cupel/migrate/environment.hpp"
#include "cupel/revision/plan.hpp"

namespace cupel::migrate {

class Gate {
 public:
  explicit Gate(const Environment& environment);

  // All throw DestructionRefused.
  /// Before anything runs.
  void look(const std::vector<revision::Step>& steps);
  /// In its transaction, before the step runs.
  void begin(const revision::Step& step);
  /// Before a call of the step that has begun.
  void about_to(const ops::Operation& operation);
  void about_to(std::span<const std::string_view> statements);

  /// True if a step takes away what is there, allowed or not; see migrate::BeforeRun.
  bool destroys(const std::vector<revision::Step>& steps) const;

  /// In its transaction, before the step runs: what it takes away, allowed or not. Nobody knows
  /// what code will do.
  std::vector<Loss> losses_of(const revision::Step& step) const;
  /// The same for what is not there now, but may be in another database.
  std::vector<Loss> steps_of(const revision::Step& step) const;

  /// What has been made by this run so far; goes back with a transaction.
  const lint::DestructionWatch& seen() const { return watch_; }
  void go_back_to(lint::DestructionWatch seen) { watch_ = std::move(seen); }

 private:
  enum class Judging {
    WhatIsRefused,  ///< losses that nobody has allowed
    AllLosses,
    AllSteps,  ///< also those that find nothing to take away
  };
  void judge_file(lint::DestructionWatch& watch, const revision::Step& step,
                  std::vector<Loss>& losses, Judging judging = Judging::WhatIsRefused) const;
  bool approves(const script::Migration& migration, const std::string& code) const;
  void judge_call(const std::vector<lint::Destruction>& found);
  /// Adds what the step really loses; `with_empty` also if that is nothing.
  void measure(const lint::Destruction& step, const Loss& where, std::vector<Loss>& losses,
               bool with_empty = false) const;
  void measure_rebuild(const lint::Destruction& step, const Loss& where, std::vector<Loss>& losses,
                       bool with_empty) const;
  std::string select_lost(const lint::Destruction& step) const;
  /// Values of such a column are made again with it.
  bool is_computed(const lint::Destruction& step) const;
  /// Rows of a query, at most one more than kMostCounted; none if it speaks of what is not there;
  /// nullopt if it is refused.
  std::optional<std::int64_t> count(const std::string& select) const;
  std::optional<driver::Rows> query(const std::string& sql, bool& is_missing) const;
  std::optional<driver::Rows> query_in_transaction(const std::string& sql, bool& is_missing) const;
  void refuse(std::vector<Loss> losses);
  bool judges(const revision::Step& step) const;
  const script::Migration& migration_of(const revision::Step& step) const;

  const Environment* environment_;
  lint::DestructionWatch watch_;
  bool is_open_;
  bool judges_calls_ = true;  ///< of the step that has begun
  std::string revision_;
  std::span<const std::string> allows_;
  /// Approvals of older texts that were met, by revision.
  mutable std::map<std::string, Approval> stale_;
};

}  // namespace cupel::migrate
