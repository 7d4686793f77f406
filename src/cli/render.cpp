// SPDX-License-Identifier: MIT
// The texts. See render.hpp; JSON is in render_json.cpp.
#include "cli/render.hpp"

#include <fmt/core.h>

#include "cupel/revision/describe.hpp"

namespace cupel::cli {
namespace {

/// What ran, in a paragraph of its own below the revision's text.
std::string applied_lines(const std::string& id,
                          const std::vector<migrate::HistoryEntry>& applied) {
  std::string text;
  for (const migrate::HistoryEntry& entry : applied) {
    if (entry.revision != id) continue;
    text += fmt::format("      {} {} by {}, {} ms\n", entry.direction, entry.applied_at,
                        entry.applied_by, entry.duration_ms);
  }
  return text.empty() ? text : "    Applied:\n" + text + "\n";
}

/// The long form and the empty line that ends it.
std::string verbose_entry(const revision::Graph& graph, revision::Index index,
                          std::span<const std::string> current = {}) {
  return revision::describe_verbose(graph, index, current) + "\n";
}

}  // namespace

std::string render_current(const revision::Graph& graph, const command::CurrentReport& report,
                           bool verbose) {
  std::string text;
  if (verbose) text += "Current revision(s) for " + report.url + ":\n";
  for (const revision::Index index : report.heads) {
    text += verbose ? verbose_entry(graph, index) : revision::describe_short(graph, index) + "\n";
  }
  for (const std::string& id : report.resolved.unknown) text += id + " (unknown)\n";
  return text;
}

std::string render_history(const revision::Graph& graph, const command::HistoryReport& report,
                           bool verbose) {
  std::string text;
  for (const revision::Index index : report.revisions) {
    if (verbose) {
      text += verbose_entry(graph, index, report.current) +
              applied_lines(graph.id(index), report.applied);
    } else {
      text += revision::describe_short(graph, index,
                                       {.parents = true,
                                        .labels = true,
                                        .doc = true,
                                        .tree = true,
                                        .current = report.current}) +
              "\n";
    }
  }
  return text;
}

std::string render_heads(const revision::Graph& graph, const std::vector<revision::Index>& heads,
                         bool verbose) {
  std::string text;
  for (const revision::Index index : heads) {
    text += verbose
                ? verbose_entry(graph, index)
                : revision::describe_short(graph, index, {.labels = true, .tree = false}) + "\n";
  }
  return text;
}

std::string render_branches(const revision::Graph& graph,
                            const std::vector<revision::Index>& branches, bool verbose) {
  std::string text;
  for (const revision::Index index : branches)
    text += revision::describe_branches(graph, index, verbose) + "\n";
  return text;
}

std::string render_show(const revision::Graph& graph,
                        const std::vector<revision::Index>& revisions) {
  std::string text;
  for (const revision::Index index : revisions) text += verbose_entry(graph, index);
  return text;
}

std::string render_templates(const std::vector<command::Template>& templates) {
  std::string text = "Available templates:\n\n";
  for (const command::Template& item : templates)
    text += fmt::format("{} - {}\n", item.name, item.description);
  return text +
         "\nTemplates are used via the 'init' command, e.g.:\n\n  cupel init --template sql "
         "./migrations\n";
}

}  // namespace cupel::cli
