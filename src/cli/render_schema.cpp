// SPDX-License-Identifier: MIT
// The texts. See render_schema.hpp.
#include "cli/render_schema.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "cupel/base/text.hpp"
#include "cupel/revision/describe.hpp"

namespace cupel::cli {
namespace {

std::string revision_line(const revision::Graph& graph, const command::CurrentReport& current) {
  std::vector<std::string> rows;
  for (const revision::Index index : current.heads)
    rows.push_back(revision::describe_short(graph, index));
  for (const std::string& id : current.resolved.unknown) rows.push_back(id + " (unknown)");
  std::string text = rows.empty() ? "none" : text::join(rows, ", ");
  if (!current.pending.empty()) text += fmt::format(", {} to go", current.pending.size());
  return text;
}

/// What stands in the columns "models" and "database", and at the end.
struct Cells {
  const char* models;
  const char* database;
  std::string state;
};

Cells cells_of(const command::StatusLine& line) {
  using State = command::StatusLine::State;
  const std::string note = line.note.empty() ? "" : ", " + line.note;
  switch (line.state) {
    case State::Same:
      return {"yes", "yes", "same"};
    case State::Differs:
      return {"yes", "yes", "differs"};
    case State::Missing:
      return {"yes", "-", "missing"};
    case State::Removed:
      return {"-", "yes", "removed" + note};
    case State::Unmanaged:
      return {"-", "yes", "unmanaged" + note};
    case State::Present:
      return {"-", "yes", "present" + note};
  }
  return {"", "", ""};
}

}  // namespace

std::string render_status(const revision::Graph& graph, const command::StatusReport& report) {
  std::string text = fmt::format("database  {}{}\nrevision  {}\n", report.current.url,
                                 report.has_database ? "" : " (not there yet)",
                                 revision_line(graph, report.current));
  if (report.lines.empty()) return text;
  std::size_t width = 5;
  for (const command::StatusLine& line : report.lines)
    width = std::max(width, to_string(line.object.name).size());
  text += fmt::format("\n{:{}}  models  database\n", "table", width);
  for (const command::StatusLine& line : report.lines) {
    const Cells cells = cells_of(line);
    const bool is_view = line.object.kind == model::ObjectKind::View;
    text += fmt::format("{:{}}  {:6}  {:8}  {}{}\n", to_string(line.object.name), width,
                        cells.models, cells.database, cells.state, is_view ? " (view)" : "");
  }
  return text;
}

std::string render_doctor(const command::DoctorReport& report) {
  std::string text = fmt::format("database  {}\nrevision  {}\n", report.url,
                                 report.rows.empty() ? "none" : text::join(report.rows, ", "));
  if (!report.matches.empty()) {
    std::vector<std::string> names;
    for (const std::string& id : report.matches)
      names.push_back(id.empty() ? "before the first revision" : id);
    text += "schema    " + text::join(names, " or ") + "\n";
  } else if (!report.nearest.empty()) {
    text += "schema    of no revision; nearest is " + report.nearest + "\n";
  }
  for (const command::Trouble& trouble : report.troubles)
    text += "\n" + trouble.what + "\n  hint: " + trouble.advice + "\n";
  if (!report.differences.empty()) {
    text += fmt::format("\nWhat the database has otherwise than {}:\n",
                        report.nearest.empty() ? "an empty one" : report.nearest);
    text += render_findings(report.differences);
  }
  return text;
}

std::string render_scripts(const command::ScriptsReport& report) {
  std::string text;
  for (const command::ScriptTrouble& trouble : report.troubles) {
    text += trouble.where() + ": " + trouble.message + "\n";
    if (!trouble.hint.empty()) text += "  hint: " + trouble.hint + "\n";
  }
  if (report.broken == 0) return text + fmt::format("All {} scripts can run.\n", report.scripts);
  return text + fmt::format("{} of {} scripts cannot run.\n", report.broken, report.scripts);
}

std::string render_findings(const std::vector<diff::Finding>& findings) {
  std::string text;
  for (const diff::Finding& finding : findings) {
    text += finding.message + "\n";
    if (!finding.note.empty()) text += "  note: " + finding.note + "\n";
  }
  return text;
}

std::string render_unmanaged(const command::Unmanaged& unmanaged) {
  const std::string name = to_string(unmanaged.object);
  return unmanaged.product.empty() ? name : name + " (" + unmanaged.product + ")";
}

}  // namespace cupel::cli
