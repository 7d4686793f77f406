// SPDX-License-Identifier: MIT
// See kept_rows.hpp.
#include "command/kept_rows.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "cupel/base/text.hpp"
#include "cupel/revision/resolve.hpp"
#include "cupel/sql/splitter.hpp"

namespace cupel::command {
namespace {

constexpr std::string_view kHeading = "-- cupel: at ";

/// The revision that a heading names.
std::string revision_of(const revision::Graph& graph, std::string_view line,
                        const FilePosition& place) {
  const std::string name(text::trim(line.substr(kHeading.size())));
  try {
    return graph.id(revision::find_revision(graph, name));
  } catch (const RevisionError& error) {
    throw InputError(place, error.message(), "write: -- cupel: at REVISION", std::string(line));
  }
}

std::string plural(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

Seed::Seed(Project& project, const std::string& path) {
  if (path.empty()) return;
  const std::string text = project.files().read(path);
  std::string revision;
  std::string part;
  std::size_t line_number = 0;
  std::size_t first_line = 1;
  const auto add_part = [&] {
    for (sql::StatementText& statement : sql::split_statements(
             part, project.dialect().lex_rules(), {.file = path, .first_line = first_line})) {
      parts_[revision].push_back({std::move(statement.text), {path, statement.line, 0}});
    }
  };
  for (const std::string& line : text::split(text, '\n')) {
    ++line_number;
    if (!line.starts_with(kHeading)) {
      part += line + "\n";
      continue;
    }
    add_part();
    revision = revision_of(project.graph(), line, {path, line_number, 1});
    part.clear();
    first_line = line_number + 1;
  }
  add_part();
}

void Seed::run(Replay& replay, const std::string& revision) const {
  const auto part = parts_.find(revision);
  if (part == parts_.end()) return;
  for (const Statement& statement : part->second) {
    const std::string refusal = replay.scratch().refusal(statement.sql);
    if (!refusal.empty())
      throw InputError(statement.place, "this cannot run on a scratch database: " + refusal);
    try {
      replay.connection().query(statement.sql);
    } catch (const DatabaseError& error) {
      InputError refused(statement.place, error.message(),
                         "rows belong below the revision that makes their table: -- cupel: at "
                         "REVISION");
      refused.add_note("in: " + statement.sql.substr(0, 500));
      throw refused;
    }
  }
}

KeptRows::KeptRows(Replay& replay, const model::Schema& schema, const dialect::Dialect& dialect) {
  for (const model::Table& table : schema.tables) {
    const driver::Rows rows =
        replay.connection().query("SELECT * FROM " + dialect.writer().quote(table.name));
    if (rows.empty()) continue;
    Table& kept = tables_[table.name];
    kept.rows = rows.size();
    for (std::size_t i = 0; i < rows.columns.size(); ++i) {
      std::vector<Value>& values = kept.columns[rows.columns[i]];
      for (const driver::Row row : rows) values.push_back(row[i]);
      std::sort(values.begin(), values.end());
    }
  }
}

std::vector<std::string> KeptRows::lost(const KeptRows& after) const {
  std::vector<std::string> losses;
  for (const auto& [name, before] : tables_) {
    const auto found = after.tables_.find(name);
    const std::size_t rows = found == after.tables_.end() ? 0 : found->second.rows;
    if (rows < before.rows) {
      const std::size_t gone = before.rows - rows;
      losses.push_back(fmt::format("table '{}': {} of {} {} gone", model::to_string(name), gone,
                                   plural(before.rows, "row"), gone == 1 ? "is" : "are"));
      continue;
    }
    for (const auto& [column, values] : before.columns) {
      const auto same = found->second.columns.find(column);
      std::vector<Value> missing;
      if (same == found->second.columns.end()) continue;  // the schema's difference says it
      std::set_difference(values.begin(), values.end(), same->second.begin(), same->second.end(),
                          std::back_inserter(missing));
      if (missing.empty()) continue;
      losses.push_back(fmt::format("column '{}' of table '{}': {} {} not what {} before", column,
                                   model::to_string(name), plural(missing.size(), "value"),
                                   missing.size() == 1 ? "is" : "are",
                                   missing.size() == 1 ? "it was" : "they were"));
    }
  }
  return losses;
}

}  // namespace cupel::command
