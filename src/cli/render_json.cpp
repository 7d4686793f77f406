// SPDX-License-Identifier: MIT
// JSON forms. See render.hpp, and docs/json.md for the keys.
#include "cli/json.hpp"
#include "cli/render.hpp"

namespace cupel::cli {
namespace {

Json ids(const revision::Graph& graph, std::span<const revision::Index> revisions) {
  Json list = Json::array();
  for (const revision::Index index : revisions) list.push_back(graph.id(index));
  return list;
}

Json revision(const revision::Graph& graph, revision::Index index) {
  const revision::Revision& info = graph.at(index);
  return {{"revision", info.id},
          {"down_revision", info.parents},
          {"depends_on", info.depends_on},
          {"branch_labels", graph.labels(index)},
          {"message", info.message},
          {"created", info.created},
          {"path", info.path},
          {"is_head", graph.is_head(index)},
          {"is_base", graph.is_base(index)},
          {"is_branchpoint", graph.is_branchpoint(index)},
          {"is_mergepoint", graph.is_mergepoint(index)}};
}

Json revisions(const revision::Graph& graph, const std::vector<revision::Index>& list) {
  Json items = Json::array();
  for (const revision::Index index : list) items.push_back(revision(graph, index));
  return items;
}

Json applied(const migrate::HistoryEntry& entry) {
  return {{"revision", entry.revision},     {"direction", entry.direction},
          {"applied_at", entry.applied_at}, {"duration_ms", entry.duration_ms},
          {"applied_by", entry.applied_by}, {"checksum", entry.checksum}};
}

}  // namespace

std::string json_current(const revision::Graph& graph, const command::CurrentReport& report) {
  Json half_done = Json::array();
  for (const migrate::JournalEntry& entry : report.half_done) {
    half_done.push_back({{"revision", entry.revision},
                         {"direction", entry.direction},
                         {"statement", entry.ordinal},
                         {"finished", entry.finished}});
  }
  return print({{"url", report.url},
                {"current", ids(graph, report.resolved.known)},
                {"unknown", report.resolved.unknown},
                {"at_heads", report.at_heads},
                {"pending", ids(graph, report.pending)},
                {"half_done", half_done}});
}

std::string json_history(const revision::Graph& graph, const command::HistoryReport& report) {
  Json log = Json::array();
  for (const migrate::HistoryEntry& entry : report.applied) log.push_back(applied(entry));
  return print({{"revisions", revisions(graph, report.revisions)},
                {"current", report.current},
                {"applied", log}});
}

std::string json_revisions(const revision::Graph& graph, const std::vector<revision::Index>& list) {
  return print({{"revisions", revisions(graph, list)}});
}

std::string json_branches(const revision::Graph& graph,
                          const std::vector<revision::Index>& branches) {
  Json items = Json::array();
  for (const revision::Index index : branches) {
    Json item = revision(graph, index);
    item["children"] = ids(graph, graph.children(index));
    items.push_back(std::move(item));
  }
  return print({{"branches", items}});
}

Json run(const revision::Graph& graph, const migrate::RunResult& result) {
  Json steps = Json::array();
  for (const revision::Step& step : result.steps) {
    const Json id =
        step.revision == revision::kNone ? Json(nullptr) : Json(graph.id(step.revision));
    steps.push_back({{"direction", to_string(step.direction)},
                     {"revision", id},
                     {"from", step.from},
                     {"to", step.to},
                     {"message", step.message}});
  }
  Json backfills = Json::array();
  for (const migrate::BackfillResult& backfill : result.backfills) {
    backfills.push_back({{"revision", backfill.revision},
                         {"table", backfill.table},
                         {"walked", backfill.walked},
                         {"changed", backfill.changed},
                         {"batches", backfill.batches},
                         {"duration_ms", backfill.duration.count()}});
  }
  return {{"steps", steps},
          {"current", result.rows},
          {"note", result.note},
          {"backfills", backfills},
          {"backup", result.backup.empty() ? Json(nullptr) : Json(result.backup)}};
}

Json json_of(const migrate::Loss& loss) {
  return {{"revision", loss.revision},
          {"path", loss.place.file},
          {"line", loss.place.line},
          {"code", loss.code},
          {"description", loss.description},
          {"count", loss.count ? Json(*loss.count) : Json(nullptr)},
          {"counted", loss.is_values ? "values" : "rows"}};
}

std::string json_run(const revision::Graph& graph, const migrate::RunResult& result) {
  return print(run(graph, result));
}

std::string json_drift(const std::vector<migrate::Drift>& drifts) {
  Json items = Json::array();
  for (const migrate::Drift& drift : drifts) {
    items.push_back({{"revision", drift.revision},
                     {"what", drift.deleted ? "deleted" : "edited"},
                     {"path", drift.path},
                     {"applied_at", drift.applied_at}});
  }
  return print({{"changed", items}});
}

std::string json_new_revision(const command::RevisionReport& report) {
  return print({{"revision", report.revision},
                {"path", report.path},
                {"down_revision", report.parents},
                {"hint", report.hint}});
}

std::string json_ensure_version(bool created) { return print({{"created", created}}); }

std::string json_init(const command::InitReport& report) {
  return print({{"created", report.created}, {"kept", report.kept}});
}

std::string json_templates(const std::vector<command::Template>& templates) {
  Json items = Json::array();
  for (const command::Template& item : templates)
    items.push_back({{"name", item.name}, {"description", item.description}});
  return print({{"templates", items}});
}

std::string json_error(const Error& error, const ErrorDetails* details) {
  Json shown = {{"kind", error.kind()},
                {"where", error.where()},
                {"message", error.message()},
                {"notes", error.notes()},
                {"hint", error.hint()}};
  if (details != nullptr) {
    for (const auto& [name, value] : details->facts) {
      Json& slot = shown["details"][name];
      slot = slot.is_null() ? value : slot.get<std::string>() + "\n" + value;
    }
    shown["traceback"] = details->traceback;
  }
  return print({{"error", shown}});
}

}  // namespace cupel::cli
