// SPDX-License-Identifier: MIT
#include "cupel/revision/describe.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "cupel/base/text.hpp"
#include "cupel/revision/plan.hpp"

namespace cupel::revision {
namespace {

std::string comma(std::span<const std::string> parts) { return text::join(parts, ", "); }

std::string parents_of(const Revision& revision) {
  return revision.parents.empty() ? "<base>" : comma(revision.parents);
}

bool is_current(const Revision& revision, std::span<const std::string> current) {
  return std::find(current.begin(), current.end(), revision.id) != current.end();
}

// What a file without a description of its own would say.
std::string composed_doc(const Revision& revision) {
  std::string doc = fmt::format("{}\n\nRevision ID: {}\nRevises: {}", revision.message, revision.id,
                                comma(revision.parents));
  if (!revision.created.empty()) doc += "\nCreate Date: " + revision.created;
  return doc;
}

std::string indented(std::string_view doc) {
  std::string result;
  while (!doc.empty()) {
    const std::size_t end = std::min(doc.find('\n'), doc.size());
    std::string_view line = doc.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    result += fmt::format("    {}\n", line);
    doc.remove_prefix(std::min(end + 1, doc.size()));
  }
  return result.empty() ? "\n" : result;
}

std::string name_of(Direction direction) {
  switch (direction) {
    case Direction::Upgrade:
      return "upgrade";
    case Direction::Downgrade:
      return "downgrade";
    case Direction::Stamp:
      return "stamp_revision";
  }
  return {};
}

}  // namespace

std::string describe_short(const Graph& graph, Index index, const LineFormat& format) {
  const Revision& revision = graph.at(index);
  std::string line;
  if (format.parents) {
    line = parents_of(revision);
    if (!revision.depends_on.empty()) line += fmt::format(" ({})", comma(revision.depends_on));
    line += " -> ";
  }
  line += revision.id;
  if (format.labels && !graph.labels(index).empty())
    line += fmt::format(" ({})", comma(graph.labels(index)));
  if (graph.is_real_head(index)) {
    line += " (head)";
  } else if (graph.is_head(index)) {
    line += " (effective head)";
  }
  if (is_current(revision, format.current)) line += " (current)";
  if (format.tree && graph.is_branchpoint(index)) line += " (branchpoint)";
  if (format.tree && graph.is_mergepoint(index)) line += " (mergepoint)";
  if (format.doc) line += ", " + revision.message;
  return line;
}

std::string describe_verbose(const Graph& graph, Index index,
                             std::span<const std::string> current) {
  const Revision& revision = graph.at(index);
  const std::vector<std::string>& labels = graph.labels(index);
  std::string entry = "Rev: " + revision.id;
  if (graph.is_head(index)) entry += " (head)";
  if (graph.is_branchpoint(index)) entry += " (branchpoint)";
  if (graph.is_mergepoint(index)) entry += " (mergepoint)";
  if (is_current(revision, current)) entry += " (current)";
  entry += fmt::format("\n{}: {}\n", graph.is_mergepoint(index) ? "Merges" : "Parent",
                       parents_of(revision));
  if (!revision.depends_on.empty())
    entry += fmt::format("Also depends on: {}\n", comma(revision.depends_on));
  if (graph.is_branchpoint(index)) {
    std::vector<std::string> children;
    for (const Index child : graph.children(index)) children.push_back(graph.id(child));
    entry += fmt::format("Branches into: {}\n", comma(children));
  }
  if (!labels.empty()) entry += fmt::format("Branch names: {}\n", comma(labels));
  entry += fmt::format("Path: {}\n\n", revision.path);
  const std::string doc =
      revision.doc.empty() ? composed_doc(revision) : std::string(text::trim(revision.doc));
  return entry + indented(doc);
}

std::string describe_branches(const Graph& graph, Index index, bool verbose) {
  const LineFormat format{.labels = true, .doc = verbose};
  std::string text =
      verbose ? describe_verbose(graph, index) : describe_short(graph, index, {.labels = true});
  text += '\n';
  for (const Index child : graph.children(index)) {
    text += fmt::format("{} -> {}\n", std::string(graph.id(index).size(), ' '),
                        describe_short(graph, child, format));
  }
  return text;
}

std::string_view to_string(Direction direction) {
  switch (direction) {
    case Direction::Upgrade:
      return "upgrade";
    case Direction::Downgrade:
      return "downgrade";
    case Direction::Stamp:
      return "stamp";
  }
  return "";
}

std::string short_log(const Step& step) {
  return fmt::format("{} {} -> {}", name_of(step.direction), comma(step.from), comma(step.to));
}

std::string long_log(const Step& step) {
  const std::string line = short_log(step);
  return step.message.empty() ? line : line + ", " + step.message;
}

}  // namespace cupel::revision
