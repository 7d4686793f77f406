// SPDX-License-Identifier: MIT
// JSON forms. See render_schema.hpp, and docs/json.md for the keys.
#include "cli/json.hpp"
#include "cli/render_schema.hpp"

namespace cupel::cli {
namespace {

std::string_view word(diff::Finding::Kind kind) {
  switch (kind) {
    case diff::Finding::Kind::Added:
      return "added";
    case diff::Finding::Kind::Removed:
      return "removed";
    case diff::Finding::Kind::Changed:
      return "changed";
    case diff::Finding::Kind::Renamed:
      return "renamed";
  }
  return "";
}

}  // namespace

Json object(const model::ObjectKey& key) {
  return {{"kind", to_string(key.kind)},
          {"schema", key.name.schema},
          {"name", key.name.name},
          {"detail", key.detail}};
}

Json findings(const std::vector<diff::Finding>& list) {
  Json items = Json::array();
  for (const diff::Finding& finding : list) {
    items.push_back({{"kind", word(finding.kind)},
                     {"object", object(finding.object)},
                     {"part", finding.part},
                     {"message", finding.message},
                     {"destructive", finding.destructive},
                     {"note", finding.note}});
  }
  return items;
}

namespace {

Json unmanaged(const std::vector<command::Unmanaged>& list) {
  Json items = Json::array();
  for (const command::Unmanaged& item : list)
    items.push_back({{"object", object(item.object)}, {"product", item.product}});
  return items;
}

Json questions(const std::vector<diff::RenameQuestion>& renames,
               const std::vector<command::FillQuestion>& fills) {
  Json items = Json::array();
  for (const diff::RenameQuestion& question : renames) {
    const std::string pair = command::rename_flag(question.rename);
    items.push_back({{"kind", "rename"},
                     {"what", to_string(question.rename)},
                     {"why", question.why},
                     {"flags", {"--rename " + pair, "--no-rename " + pair}}});
  }
  for (const command::FillQuestion& question : fills) {
    items.push_back({{"kind", "fill"},
                     {"what", to_string(question.table) + "." + question.column.name},
                     {"why", question.is_new ? "new and NOT NULL" : "NOT NULL from now on"},
                     {"flags", {command::fill_flag(question)}}});
  }
  return items;
}

Json objects(const std::vector<model::ObjectKey>& keys) {
  Json items = Json::array();
  for (const model::ObjectKey& key : keys) items.push_back(object(key));
  return items;
}

Json ids(const revision::Graph& graph, const std::vector<revision::Index>& revisions) {
  Json list = Json::array();
  for (const revision::Index index : revisions) list.push_back(graph.id(index));
  return list;
}

}  // namespace

std::string json_check(const command::CheckReport& report) {
  return print({{"clean", report.is_clean()},
                {"differences", findings(report.findings)},
                {"questions", questions(report.questions, {})},
                {"unmanaged", unmanaged(report.unmanaged)}});
}

std::string json_generate(const command::GenerateReport& report) {
  return print({{"revision", report.is_written() ? Json(report.file.revision) : Json(nullptr)},
                {"path", report.is_written() ? Json(report.file.path) : Json(nullptr)},
                {"down_revision", report.file.parents},
                {"hint", report.file.hint},
                {"differences", findings(report.findings)},
                {"questions", questions(report.renames_to_decide, report.fills_to_decide)},
                {"unmanaged", unmanaged(report.unmanaged)},
                {"unmade", objects(report.unmade)}});
}

std::string json_diff(const command::DiffReport& report) {
  return print({{"differences", findings(report.findings)},
                {"questions", questions(report.questions, {})},
                {"unmanaged", unmanaged(report.unmanaged)},
                {"sql", report.sql}});
}

std::string json_status(const revision::Graph& graph, const command::StatusReport& report) {
  Json lines = Json::array();
  for (const command::StatusLine& line : report.lines) {
    lines.push_back({{"object", object(line.object)},
                     {"state", command::to_string(line.state)},
                     {"note", line.note}});
  }
  const command::CurrentReport& current = report.current;
  return print({{"url", current.url},
                {"current", ids(graph, current.resolved.known)},
                {"unknown", current.resolved.unknown},
                {"pending", ids(graph, current.pending)},
                {"has_models", report.has_models},
                {"has_database", report.has_database},
                {"objects", lines}});
}

std::string json_create(const command::CreateReport& report) {
  return print({{"created", objects(report.created)},
                {"kept", objects(report.kept)},
                {"dropped", objects(report.dropped)},
                {"differences", findings(report.differing)},
                {"current", report.stamped},
                {"note", report.note}});
}

std::string json_doctor(const command::DoctorReport& report) {
  Json troubles = Json::array();
  for (const command::Trouble& trouble : report.troubles)
    troubles.push_back({{"what", trouble.what}, {"hint", trouble.advice}});
  return print({{"url", report.url},
                {"healthy", report.is_healthy()},
                {"current", report.rows},
                {"unknown", report.unknown},
                {"matches", report.matches},
                {"nearest", report.nearest},
                {"differences", findings(report.differences)},
                {"troubles", troubles},
                {"stamp", report.stamp},
                {"fixed", report.fixed}});
}

std::string json_scripts(const command::ScriptsReport& report) {
  Json troubles = Json::array();
  for (const command::ScriptTrouble& trouble : report.troubles) {
    troubles.push_back({{"revision", trouble.revision},
                        {"file", trouble.place.file},
                        {"line", trouble.place.line},
                        {"column", trouble.place.column},
                        {"message", trouble.message},
                        {"hint", trouble.hint}});
  }
  return print({{"scripts", report.scripts}, {"broken", report.broken}, {"troubles", troubles}});
}

std::string json_reset(const std::vector<std::string>& rows) {
  return print({{"forgotten", rows}});
}

}  // namespace cupel::cli
