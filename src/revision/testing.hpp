// SPDX-License-Identifier: MIT
// For tests of this room: graphs in a short notation, and plans as text.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/error.hpp"
#include "cupel/base/text.hpp"
#include "cupel/revision/graph.hpp"
#include "cupel/revision/plan.hpp"

namespace cupel::revision::testing {

inline std::vector<std::string> words(std::string_view text) { return text::split_list(text); }

// Takes `(...)` or `[...]` off the end of an item; commas inside are written as '|'.
inline std::vector<std::string> take_list(std::string& item, char open, char close) {
  const std::size_t start = item.find(open);
  if (start == std::string::npos) return {};
  const std::size_t end = item.find(close, start);
  std::string inside = item.substr(start + 1, end - start - 1);
  item.erase(start, end - start + 1);
  return words(text::replace_all(std::move(inside), "|", ","));
}

/// `a; a <- b[left], c(x|y); b, c <- d`: b and c have the parent a, b declares the label left, c
/// depends on x and y.
inline std::vector<Revision> revisions(std::string_view notation) {
  std::vector<Revision> result;
  for (const std::string& rule : text::split(notation, ';')) {
    const std::size_t arrow = rule.find("<-");
    const auto parents =
        arrow == std::string::npos ? std::vector<std::string>{} : words(rule.substr(0, arrow));
    for (std::string item : words(arrow == std::string::npos ? rule : rule.substr(arrow + 2))) {
      Revision revision;
      revision.depends_on = take_list(item, '(', ')');
      revision.branch_labels = take_list(item, '[', ']');
      revision.id = item;
      revision.parents = parents;
      revision.message = "make " + item;
      revision.path = item + ".sql";
      result.push_back(std::move(revision));
    }
  }
  return result;
}

inline Graph graph(std::string_view notation) { return Graph::build(revisions(notation)); }

inline std::string names(const Graph& graph, std::span<const Index> list) {
  std::string text;
  for (const Index i : list) text += (text.empty() ? "" : " ") + graph.id(i);
  return text;
}

/// `-a` deletes, `+a` inserts, `a>b` updates.
inline std::string show(const std::vector<RowChange>& rows) {
  std::string text;
  for (const RowChange& row : rows) {
    text += text.empty() ? "" : " ";
    switch (row.kind) {
      case RowChange::Kind::Delete:
        text += "-" + row.old_id;
        break;
      case RowChange::Kind::Insert:
        text += "+" + row.new_id;
        break;
      case RowChange::Kind::Update:
        text += row.old_id + ">" + row.new_id;
        break;
    }
  }
  return text;
}

/// One line per step: `upgrade a -> b: a>b`; then `= b` with the rows, then the note.
inline std::string show(const Plan& plan) {
  std::string text = plan.purge_first ? "purge\n" : "";
  for (const Step& step : plan.steps) text += short_log(step) + ": " + show(step.rows) + "\n";
  text += "= " + text::join(plan.rows_after, " ");
  return plan.note.empty() ? text : text + "\n" + plan.note;
}

inline std::string up(const Graph& graph, std::string_view rows, std::string_view target) {
  return show(upgrade_plan(graph, words(rows), target));
}
inline std::string down(const Graph& graph, std::string_view rows, std::string_view target) {
  return show(downgrade_plan(graph, words(rows), target));
}
inline std::string stamp(const Graph& graph, std::string_view rows, std::string_view targets,
                         bool purge = false) {
  return show(stamp_plan(graph, words(rows), words(targets), purge));
}

/// The whole message with its hint, or what was returned.
inline std::string error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.to_string();
  }
  return "no error";
}

}  // namespace cupel::revision::testing
