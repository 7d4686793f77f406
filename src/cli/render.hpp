// SPDX-License-Identifier: MIT
// Reports as text (Alembic's forms, which scripts read) and as JSON.
#pragma once

#include <string>
#include <vector>

#include "cli/error_details.hpp"
#include "cupel/command/read.hpp"
#include "cupel/command/run.hpp"
#include "cupel/command/write.hpp"

namespace cupel::cli {

std::string render_current(const revision::Graph& graph, const command::CurrentReport& report,
                           bool verbose);
std::string render_history(const revision::Graph& graph, const command::HistoryReport& report,
                           bool verbose);
std::string render_heads(const revision::Graph& graph, const std::vector<revision::Index>& heads,
                         bool verbose);
std::string render_branches(const revision::Graph& graph,
                            const std::vector<revision::Index>& branches, bool verbose);
std::string render_show(const revision::Graph& graph,
                        const std::vector<revision::Index>& revisions);
std::string render_templates(const std::vector<command::Template>& templates);

// One JSON value each, with a final newline. Keys are stable.
std::string json_current(const revision::Graph& graph, const command::CurrentReport& report);
std::string json_history(const revision::Graph& graph, const command::HistoryReport& report);
std::string json_revisions(const revision::Graph& graph,
                           const std::vector<revision::Index>& revisions);
std::string json_branches(const revision::Graph& graph,
                          const std::vector<revision::Index>& branches);
std::string json_run(const revision::Graph& graph, const migrate::RunResult& result);
std::string json_drift(const std::vector<migrate::Drift>& drifts);
std::string json_new_revision(const command::RevisionReport& report);
std::string json_ensure_version(bool created);
std::string json_init(const command::InitReport& report);
std::string json_templates(const std::vector<command::Template>& templates);
/// `details`: all that is known of it; null: the usual.
std::string json_error(const Error& error, const ErrorDetails* details = nullptr);

}  // namespace cupel::cli
