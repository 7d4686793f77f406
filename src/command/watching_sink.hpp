// SPDX-License-Identifier: MIT
// Takes what a running revision does, and does nothing: lint's eyes on revisions in Python and C++.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "command/lint_steps.hpp"
#include "cupel/context/operations.hpp"
#include "cupel/inspect/schema_inspector.hpp"
#include "script/cpp_places.hpp"

namespace cupel::command {

/// One statement as lint reads it; without a reader for the database's SQL it is not understood.
lint::Step read_statement(const StepReaderSettings& settings, const std::string& sql,
                          const model::Schema& before);
/// An UPDATE that is run in batches, each in a transaction of its own, is what the rules about rows
/// ask for: they have nothing to say of it.
void take_batches(lint::Step& step);

/// Tells `see` of each step. Borrows everything for as long as it lives.
class WatchingSink final : public context::StatementSink {
 public:
  /// `in_full` false: the texts of operations are left out.
  WatchingSink(const dialect::Dialect& dialect, const Files& files,
               const StepReaderSettings& settings, lint::ReplayedSchema& state, bool in_full,
               const std::function<void(const lint::Step&)>& see);

  /// `otherwise` is the place of a step when the operations do not know it.
  void watch(const context::Operations& op, FilePosition otherwise);
  /// Where the calls of a compiled revision are written; borrowed.
  void look_into(script::CppPlaces& text) { text_ = &text; }
  /// Lines of calls that are surely those that were made.
  const std::set<std::size_t>& certain_lines() const { return certain_lines_; }
  /// Where it asked the database for rows first, if it did.
  const std::optional<FilePosition>& asked_at() const { return asked_at_; }
  FilePosition place() const;

  bool take(const ops::Operation& operation) override;
  void execute(const sql::Statement& statement) override;
  driver::Rows execute_bound(const std::string& sql, const std::vector<Value>& values) override;
  driver::Rows query(const std::string& sql, const std::vector<Value>& values) override;
  void run_many(const std::string& sql, const std::vector<std::vector<Value>>& rows) override;
  bool set_autocommit(bool on) override { return std::exchange(autocommit_, on); }
  driver::Connection* connection() override { return nullptr; }
  bool is_offline() override { return false; }
  inspect::Inspector* inspector() override { return &inspector_; }
  int server_version() override { return settings_->server_version; }
  sql::SchemaSource* schema() override { return &state_->source(); }

 private:
  void write(const ops::Operation& operation, lint::Step& step) const;
  /// op.execute() runs a SELECT for what it does, and gives nobody its rows.
  bool uses_rows(const FilePosition& place);
  void tell(lint::Step step);

  const dialect::Dialect* dialect_;
  const StepReaderSettings* settings_;
  lint::ReplayedSchema* state_;
  bool in_full_;
  const std::function<void(const lint::Step&)>* see_;
  inspect::SchemaInspector inspector_;
  const context::Operations* op_ = nullptr;
  FilePosition otherwise_;
  bool autocommit_ = false;
  int queries_ = 0;
  std::optional<FilePosition> asked_at_;
  const Files* files_;
  std::string shown_file_;
  std::vector<std::string> shown_lines_;  ///< of that file
  script::CppPlaces* text_ = nullptr;
  std::optional<script::CppPlaces::Found> found_;  ///< of the step that is told of
  std::set<std::size_t> certain_lines_;
};

}  // namespace cupel::command
