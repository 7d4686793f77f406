// SPDX-License-Identifier: MIT
// JSON forms. See render_schema.hpp, and docs/json.md for the keys.
#include "cli/json.hpp"
#include "cli/render_schema.hpp"

namespace cupel::cli {
namespace {

Json object(const model::ObjectKey& key) {
  return {{"kind", to_string(key.kind)},
          {"schema", key.name.schema},
          {"name", key.name.name},
          {"detail", key.detail}};
}

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
                {"unmanaged", unmanaged(report.unmanaged)}});
}

}  // namespace cupel::cli
