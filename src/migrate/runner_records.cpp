// SPDX-License-Identifier: MIT
// What a Runner writes into the version table and the history. See runner.hpp.
#include <fmt/core.h>

#include "cupel/revision/resolve.hpp"
#include "migrate/runner.hpp"

namespace cupel::migrate {
namespace {

constexpr std::size_t kVersionLength = 32;  // Alembic's column
constexpr std::size_t kWidenedLength = 255;

}  // namespace

HistoryEntry Runner::history_entry(const revision::Step& step) const {
  HistoryEntry entry;
  if (step.revision != revision::kNone) entry.revision = id_of(step);
  entry.direction = revision::to_string(step.direction);
  entry.applied_at = to_iso8601(environment_->clock());
  entry.applied_by = environment_->settings.who();
  if (step.direction == revision::Direction::Upgrade) {
    entry.checksum = environment_->migrations->get(entry.revision).checksum();
  }
  return entry;
}

std::vector<std::string> Runner::tail_for(const revision::Step& step,
                                          const std::string& duration) const {
  std::vector<std::string> tail = tables_.apply(step.rows);
  if (environment_->settings.history)
    tail.push_back(tables_.insert_history(history_entry(step), duration));
  return tail;
}

void Runner::widen_if_needed(const revision::Step& step) {
  for (const revision::RowChange& change : step.rows) {
    if (change.new_id.size() > kWidenedLength) {
      throw RevisionError(
          fmt::format("revision id '{}' has {} characters; the version table holds {}",
                      change.new_id, change.new_id.size(), kWidenedLength),
          {change.new_id}, "give the revision a shorter id");
    }
    if (change.new_id.size() <= kVersionLength ||
        !environment_->dialect->traits().enforces_varchar_length)
      continue;
    ops::AlterColumn alter;
    alter.table = tables_.versions();
    alter.column = "version_num";
    alter.type = model::String(static_cast<int>(kWidenedLength));
    for (const sql::Statement& statement : environment_->dialect->writer().write(alter)) {
      environment_->connection->query(statement.sql);
    }
    return;
  }
}

std::vector<std::string> Runner::stamp_statements(const revision::Plan& plan, RunResult& result) {
  result.note = plan.note;
  std::vector<std::string> statements;
  if (plan.purge_first) statements.push_back(tables_.delete_all_versions());
  for (const revision::Step& step : plan.steps) {
    widen_if_needed(step);
    for (std::string& statement : tail_for(step, "0")) statements.push_back(std::move(statement));
    result.steps.push_back(step);
  }
  for (std::string& statement : forget_statements(plan)) statements.push_back(std::move(statement));
  for (const JournalEntry& entry : half_done_.all())
    statements.push_back(tables_.clear_journal(entry.revision));
  result.rows = plan.rows_after;
  return statements;
}

std::vector<std::string> Runner::forget_statements(const revision::Plan& plan) const {
  if (!environment_->settings.history) return {};
  const revision::Graph& graph = environment_->migrations->graph();
  const std::vector<char> reached =
      graph.mark_ancestors(revision::resolve_rows(graph, plan.rows_after).known);
  std::vector<std::string> statements;
  for (const auto& [id, entry] : applied_entries(state_.history)) {
    const std::optional<revision::Index> index = graph.find(id);
    if (index && reached[static_cast<std::size_t>(*index)] != 0) continue;
    HistoryEntry forget = *entry;
    forget.direction = "forget";
    forget.applied_at = to_iso8601(environment_->clock());
    forget.applied_by = environment_->settings.who();
    statements.push_back(tables_.insert_history(forget, "0"));
  }
  return statements;
}

}  // namespace cupel::migrate
