// SPDX-License-Identifier: MIT
// See render_trace.hpp.
#include "cli/render_trace.hpp"

#include <fmt/format.h>

#include "cli/json.hpp"
#include "cupel/base/text.hpp"

namespace cupel::cli {
namespace {

using lint::TracedStatement;

std::string shown(const std::vector<lint::TracedLock>& locks) {
  std::vector<std::string> parts;
  for (const lint::TracedLock& it : locks) parts.push_back(to_string(it.table) + " " + it.mode);
  return text::join(parts, ", ");
}

std::string shown(const std::vector<model::ObjectName>& tables) {
  std::vector<std::string> parts;
  for (const model::ObjectName& it : tables) parts.push_back(to_string(it));
  return text::join(parts, ", ");
}

std::string shown(const std::vector<lint::TracedScan>& scans) {
  std::vector<std::string> parts;
  for (const lint::TracedScan& it : scans)
    parts.push_back(fmt::format("{} ({} rows)", to_string(it.table), it.rows));
  return text::join(parts, ", ");
}

void append_line(std::string& result, const std::string& name, const std::string& value) {
  if (!value.empty()) result += fmt::format("      {:<9}{}\n", name, value);
}

void append(std::string& result, const TracedStatement& it, const Painter& paint) {
  const std::string time =
      it.was_run ? fmt::format("{:9.1f} ms", it.milliseconds) : std::string(12, ' ');
  result += fmt::format("{}  {}\n", time, text::replace_all(it.sql, "\n", "\n              "));
  append_line(result, "", it.trouble.empty() ? "" : paint(Colour::Yellow, it.trouble));
  append_line(result, "locks", shown(it.locks));
  append_line(result, "writes", shown(it.rewritten));
  append_line(result, "reads", shown(it.scans));
  if (command::is_as_foretold(it)) return;
  const std::string foretold = shown(it.foretold_locks);
  append_line(
      result, "",
      paint(Colour::Red, "foretold was only: " + (foretold.empty() ? "no lock" : foretold)));
}

Json names(const std::vector<model::ObjectName>& tables) {
  Json list = Json::array();
  for (const model::ObjectName& it : tables) list.push_back(to_string(it));
  return list;
}

Json locks(const std::vector<lint::TracedLock>& locks) {
  Json list = Json::array();
  for (const lint::TracedLock& it : locks)
    list.push_back({{"table", to_string(it.table)}, {"mode", it.mode}});
  return list;
}

Json statement(const TracedStatement& it) {
  Json scans = Json::array();
  for (const lint::TracedScan& scan : it.scans)
    scans.push_back({{"table", to_string(scan.table)}, {"rows", scan.rows}});
  return {{"sql", it.sql},
          {"was_run", it.was_run},
          {"trouble", it.trouble},
          {"milliseconds", it.milliseconds},
          {"locks", locks(it.locks)},
          {"rewritten", names(it.rewritten)},
          {"scans", std::move(scans)},
          {"foretold_locks", locks(it.foretold_locks)},
          {"foretold_work", names(it.foretold_work)},
          {"as_foretold", command::is_as_foretold(it)}};
}

}  // namespace

std::string render_trace(const command::TraceReport& report, const Painter& paint) {
  std::string result;
  for (const command::TracedRevision& it : report.revisions) {
    result += fmt::format("{}  {}\n", paint(Colour::Bold, it.revision.id), it.revision.message);
    for (const TracedStatement& one : it.statements) append(result, one, paint);
  }
  return result;
}

std::string json_trace(const command::TraceReport& report) {
  Json revisions = Json::array();
  for (const command::TracedRevision& it : report.revisions) {
    Json statements = Json::array();
    for (const TracedStatement& one : it.statements) statements.push_back(statement(one));
    revisions.push_back({{"revision", it.revision.id},
                         {"message", it.revision.message},
                         {"path", it.revision.path},
                         {"statements", std::move(statements)}});
  }
  return print({{"as_foretold", report.is_as_foretold()},
                {"database", report.url},
                {"revisions", std::move(revisions)},
                {"notes", report.notes}});
}

}  // namespace cupel::cli
