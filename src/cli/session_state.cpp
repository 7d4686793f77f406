// SPDX-License-Identifier: MIT
// What looks at whole schemas, makes them and mends them: diff, inspect, status, create, doctor,
// reset. See session.hpp.
#include <fmt/core.h>

#include "cli/render_schema.hpp"
#include "cli/session.hpp"

namespace cupel::cli {
namespace {

std::string listed(const std::vector<model::ObjectKey>& keys) {
  std::string text;
  for (const model::ObjectKey& key : keys) text += (text.empty() ? "" : ", ") + to_string(key);
  return text;
}

}  // namespace

bool Session::may_go_on(const std::string& question) {
  if (given_.yes) return true;
  if (terminal_.can_ask()) return terminal_.confirm(question);
  throw UsageError("'" + options_.name + "' asks, and there is no terminal: " + question,
                   "say --yes if you are sure");
}

int Session::diff() {
  const command::DiffReport report = command::diff_schemas(project(), given_.from, given_.to);
  if (wants_json()) return tell(json_diff(report));
  say_unmanaged(report.unmanaged);
  for (const diff::RenameQuestion& question : report.questions)
    terminal_.say("Perhaps renamed: " + to_string(question.rename) + " (" + question.why + ")");
  if (given_.sql) return tell(report.sql);
  if (report.findings.empty()) terminal_.say("Nothing differs.");
  return tell(render_findings(report.findings));
}

int Session::inspect() {
  const std::string format = wants_json() ? "json" : given_.format;
  return tell(command::inspect(project(), given_.patterns, command::parse_schema_format(format)));
}

int Session::status() {
  const command::StatusReport report = command::status(project());
  warn_of_problems();
  const revision::Graph& graph = project().graph();
  if (!report.has_models && !wants_json())
    terminal_.say("Nothing says what the schema shall be; [schema] in cupel.toml does.");
  return tell(wants_json() ? json_status(graph, report) : render_status(graph, report));
}

int Session::create() {
  if (given_.drop) {
    const std::vector<model::ObjectKey> owned = command::owned_objects(project());
    const std::string question = "This drops, with all rows: " + listed(owned) + ". Are you sure?";
    if (!owned.empty() && !may_go_on(question)) return kFailed;
  }
  const command::CreateReport report = command::create(project(), given_.drop);
  if (wants_json()) terminal_.data(json_create(report));
  if (!report.differing.empty()) {
    terminal_.error("what is there is not what the models say; nothing was created");
    say_findings(report.differing);
    terminal_.say(
        "  hint: cupel doctor finds out which revision it is; cupel create --drop begins "
        "anew, without the rows");
    return kFound;
  }
  for (const model::ObjectKey& key : report.dropped) terminal_.say("Dropped " + to_string(key));
  for (const model::ObjectKey& key : report.created) terminal_.say("Created " + to_string(key));
  if (!report.kept.empty()) terminal_.say("Already there: " + listed(report.kept));
  if (!report.note.empty()) terminal_.say(report.note);
  for (const std::string& id : report.stamped) terminal_.say("Stamped " + id);
  return kDone;
}

int Session::doctor_of_scripts() {
  const command::ScriptsReport report = command::check_scripts(project());
  terminal_.data(wants_json() ? json_scripts(report) : render_scripts(report));
  return report.troubles.empty() ? kDone : kFound;
}

int Session::doctor() {
  if (given_.scripts) return doctor_of_scripts();
  const command::DoctorReport report = command::doctor(project(), given_.fix);
  terminal_.data(wants_json() ? json_doctor(report) : render_doctor(report));
  if (report.is_healthy()) {
    terminal_.say("Nothing is wrong.");
    return kDone;
  }
  if (!report.fixed) return kFound;
  for (const std::string& id : report.stamp) terminal_.say("Stamped " + id);
  if (report.stamp.empty()) terminal_.say("Forgot the revision");
  return report.troubles.size() == 1 ? kDone : kFound;
}

int Session::reset() {
  if (!may_go_on("This forgets the database's revision; its tables stay. Are you sure?"))
    return kFailed;
  const std::vector<std::string> rows = command::reset(project());
  if (wants_json()) return tell(json_reset(rows));
  for (const std::string& id : rows) terminal_.say("Forgot " + id);
  if (rows.empty()) terminal_.say("There was no revision to forget.");
  return kDone;
}

}  // namespace cupel::cli
