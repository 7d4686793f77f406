// SPDX-License-Identifier: MIT
#include "cupel/revision/resolve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "cupel/base/text.hpp"
#include "cupel/revision/errors.hpp"
#include "revision/walk.hpp"

namespace cupel::revision {
namespace {

bool is_relative(const std::optional<Target>& end) {
  return end && end->kind == Target::Kind::Relative;
}

// `current` for reading: known rows are enough, but "nothing is applied" must not be what an
// unknown row looks like.
std::vector<Index> current_revisions(const Graph& graph, std::span<const std::string> rows) {
  CurrentRows current = resolve_rows(graph, rows);
  if (current.known.empty() && !current.unknown.empty()) require_known_rows(graph, rows);
  return std::move(current.known);
}

std::vector<Index> without_steps(const Graph& graph, const Target& target,
                                 const std::optional<Branch>& branch,
                                 std::span<const std::string> rows) {
  const auto some = [](Index index) {
    return index == kNone ? std::vector<Index>{} : std::vector<Index>{index};
  };
  switch (target.kind) {
    case Target::Kind::Id:
      return {find_on_branch(graph, target, branch)};
    case Target::Kind::Head:
      return some(single_head(graph, branch, target.text));
    case Target::Kind::Heads:
      return branch ? effective_heads(graph, branch) : graph.heads();
    case Target::Kind::Base:
      return {};
    case Target::Kind::Current:
      return on_branch(current_revisions(graph, rows), branch);
    case Target::Kind::Relative:
      if (target.steps > 0) throw errors::nowhere_to_count_from(target.text);
      return some(single_head(graph, branch, branch ? branch->name + "@head" : "head"));
  }
  return {};
}

// The `count` newest, or oldest, of the marked revisions, sorted by rank.
std::vector<Index> at_end(const Graph& graph, const std::vector<char>& marks, std::size_t count,
                          bool newest) {
  std::vector<Index> result;
  for (const Index i : graph.order()) {
    if (marks[static_cast<std::size_t>(i)] != 0) result.push_back(i);
  }
  if (result.size() <= count) return result;
  if (newest) return {result.end() - static_cast<std::ptrdiff_t>(count), result.end()};
  return {result.begin(), result.begin() + static_cast<std::ptrdiff_t>(count)};
}

void reverse_history(std::vector<Index>& revisions) {
  std::reverse(revisions.begin(), revisions.end());
}

void intersect(std::vector<char>& marks, const std::vector<char>& other) {
  for (std::size_t i = 0; i < marks.size(); ++i) marks[i] = marks[i] & other[i];
}

std::vector<Index> counted_back(const Graph& graph, const TargetRange& range,
                                const std::vector<Index>& end) {
  std::vector<char> marks = graph.mark_ancestors(end, Edges::Parents);
  const auto branch = find_branch(graph, *range.start);
  if (branch) intersect(marks, branch->lineage);
  return at_end(graph, marks, static_cast<std::size_t>(-range.start->steps) + 1, true);
}

std::vector<Index> counted_forward(const Graph& graph, const TargetRange& range,
                                   const std::vector<Index>& start) {
  const bool from_base = start.empty();
  std::vector<char> marks = from_base ? std::vector<char>(graph.size(), 1)
                                      : graph.mark_descendants(start, Edges::Parents);
  const auto branch = find_branch(graph, *range.end);
  if (branch) intersect(marks, branch->lineage);
  return at_end(graph, marks, static_cast<std::size_t>(range.end->steps) + (from_base ? 0 : 1),
                false);
}

// Only asked when nothing lies between the two ends.
RevisionError unrelated(const Graph& graph, const TargetRange& range,
                        const std::vector<Index>& start, const std::vector<Index>& end) {
  bool reversed = end.empty();
  const std::vector<char> below = graph.mark_ancestors(start);
  for (const Index i : end) reversed = reversed || below[static_cast<std::size_t>(i)] != 0;
  const auto text = [](const std::optional<Target>& target) {
    return target ? target->text : std::string{};
  };
  return errors::unrelated_range(range.text, reversed, text(range.end) + ":" + text(range.start));
}

std::vector<Index> between(const Graph& graph, const TargetRange& range,
                           const std::vector<Index>& start, const std::vector<Index>& end) {
  std::vector<char> marks =
      range.end ? graph.mark_ancestors(end) : std::vector<char>(graph.size(), 1);
  if (!start.empty()) intersect(marks, graph.mark_descendants(start));
  std::vector<Index> result = at_end(graph, marks, graph.size(), true);
  if (result.empty() && !start.empty()) throw unrelated(graph, range, start, end);
  return result;
}

}  // namespace

CurrentRows resolve_rows(const Graph& graph, std::span<const std::string> rows) {
  CurrentRows result;
  std::vector<Index> found;
  for (const std::string& row : rows) {
    const auto index = graph.find(row);
    if (index) {
      found.push_back(*index);
    } else if (std::find(result.unknown.begin(), result.unknown.end(), row) ==
               result.unknown.end()) {
      result.unknown.push_back(row);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  result.known = found.size() > 1 ? graph.maximal(found) : found;
  std::set_difference(found.begin(), found.end(), result.known.begin(), result.known.end(),
                      std::back_inserter(result.redundant));
  return result;
}

CurrentRows require_known_rows(const Graph& graph, std::span<const std::string> rows) {
  CurrentRows result = resolve_rows(graph, rows);
  if (result.unknown.empty()) return result;
  const std::string& row = result.unknown.front();
  throw errors::unknown_row(row, text::nearest(row, graph.names()));
}

std::vector<Index> pending(const Graph& graph, std::span<const std::string> rows) {
  const std::vector<char> applied = graph.mark_ancestors(resolve_rows(graph, rows).known);
  std::vector<Index> result;
  for (const Index i : graph.order()) {
    if (applied[static_cast<std::size_t>(i)] == 0) result.push_back(i);
  }
  return result;
}

bool is_at_heads(const Graph& graph, std::span<const std::string> rows) {
  const CurrentRows current = resolve_rows(graph, rows);
  return current.unknown.empty() && current.known == graph.real_heads();
}

Index find_revision(const Graph& graph, std::string_view name) {
  if (const auto id = graph.find(name)) return *id;
  if (const auto label = graph.find_label(name)) return *label;
  const auto matches = name.empty() ? decltype(graph.find_prefix(name)){} : graph.find_prefix(name);
  if (matches.empty()) throw errors::unknown_revision(name, text::nearest(name, graph.names()));
  std::vector<std::string> candidates;
  bool one = true;
  for (const auto& [candidate, index] : matches) {
    candidates.push_back(candidate);
    one = one && index == matches.front().second;
  }
  if (!one) throw errors::ambiguous_name(name, candidates);
  return matches.front().second;
}

std::vector<Index> resolve(const Graph& graph, const Target& target,
                           std::span<const std::string> rows) {
  const auto branch = find_branch(graph, target);
  std::vector<Index> start = without_steps(graph, target, branch, rows);
  if (target.steps == 0) return start;
  if (start.size() > 1) throw errors::multiple_heads(target.text, ids_of(graph, start));
  if (start.empty() && target.steps < 0)
    throw errors::walked_too_far(target.text, target.steps, "it is at base");
  const Index end = walk(graph, start.empty() ? kNone : start[0], target.steps, branch, target);
  return end == kNone ? std::vector<Index>{} : std::vector<Index>{end};
}

std::vector<Index> resolve(const Graph& graph, std::string_view text,
                           std::span<const std::string> rows) {
  return resolve(graph, read_target(graph, text), rows);
}

std::vector<Index> history(const Graph& graph, const TargetRange& range,
                           std::span<const std::string> rows) {
  if (is_relative(range.start) && is_relative(range.end))
    throw errors::range_ends_relative(range.text);
  std::vector<Index> result;
  if (is_relative(range.start) && range.start->steps < 0) {
    result = counted_back(graph, range,
                          range.end ? resolve(graph, *range.end, rows) : graph.real_heads());
  } else if (is_relative(range.end) && range.end->steps > 0) {
    result = counted_forward(
        graph, range, range.start ? resolve(graph, *range.start, rows) : std::vector<Index>{});
  } else {
    const std::vector<Index> start =
        range.start ? resolve(graph, *range.start, rows) : std::vector<Index>{};
    result =
        between(graph, range, start, range.end ? resolve(graph, *range.end, rows) : graph.heads());
  }
  reverse_history(result);
  return result;
}

std::vector<Index> history(const Graph& graph) {
  return {graph.order().rbegin(), graph.order().rend()};
}

}  // namespace cupel::revision
