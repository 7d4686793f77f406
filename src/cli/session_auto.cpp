// SPDX-License-Identifier: MIT
// auto: look at the state, decide what to do about tables of others, upgrade, generate, upgrade,
// check. And init from a database. See session.hpp.
#include <fmt/core.h>

#include <algorithm>

#include "cli/config_edit.hpp"
#include "cli/render_schema.hpp"
#include "cli/session.hpp"
#include "cupel/base/text.hpp"
#include "cupel/command/adopt.hpp"

namespace cupel::cli {
namespace {

/// "add table users, change table orders": what a revision does, for its message.
std::string summary_of(const std::vector<diff::Finding>& findings) {
  std::vector<std::string> parts;
  for (const diff::Finding& finding : findings) {
    std::string verb = "change";
    if (finding.part.empty()) {
      if (finding.kind == diff::Finding::Kind::Added) verb = "add";
      if (finding.kind == diff::Finding::Kind::Removed) verb = "drop";
      if (finding.kind == diff::Finding::Kind::Renamed) verb = "rename";
    }
    const std::string part = verb + " " + finding.object.name.name;
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(part);
  }
  constexpr std::size_t kNamed = 3;
  std::string text;
  for (std::size_t i = 0; i < parts.size() && i < kNamed; ++i)
    text += (i == 0 ? "" : ", ") + parts[i];
  if (parts.size() > kNamed) text += fmt::format(" and {} more", parts.size() - kNamed);
  return text;
}

}  // namespace

/// The configuration and the files are read again.
void Session::forget_project() { project_.reset(); }

void Session::leave_alone(const std::vector<std::string>& patterns) {
  if (patterns.empty()) return;
  const std::string path = project().config().file;
  if (path.empty())
    throw UsageError("--leave changes cupel.toml, and there is none", "cupel init migrations");
  files_.write(
      path, with_list_values(files_.read(path), path, "autogenerate", "exclude_tables", patterns));
  terminal_.say("Added to exclude_tables in " + path + ": " + text::quoted_list(patterns));
  forget_project();
}

void Session::say_adopted(const command::AdoptReport& report) {
  for (const model::ObjectKey& key : report.adopted) terminal_.say("Adopting " + to_string(key));
  for (const std::string& file : report.declared) terminal_.say("Declared in " + file);
}

bool Session::adopt(const std::vector<std::string>& patterns) {
  if (patterns.empty()) return true;
  const command::AdoptReport report = command::adopt(
      project(), patterns, [this](const command::AdoptReport& found) { say_adopted(found); });
  if (!report.code.empty()) {
    say_adopted(report);
    terminal_.error("cupel cannot add them to the models by itself; add this, then run it again:");
    terminal_.data(report.code);
    return false;
  }
  forget_project();
  return true;
}

/// Asks for each table that is nobody's, and for which no flag decides.
void Session::decide_on_unmanaged(const std::vector<command::StatusLine>& lines) {
  for (const command::StatusLine& line : lines) {
    const bool is_open = line.state == command::StatusLine::State::Unmanaged && line.note.empty();
    if (!is_open || !terminal_.can_ask()) continue;
    const std::string name = to_string(line.object.name);
    const std::optional<std::string> answer = terminal_.ask(
        to_string(line.object) +
        " is in no model, and no revision made it. Adopt it, leave it alone for ever, or neither "
        "now? [a/l/n]");
    if (answer == "a") given_.adopt.push_back(name);
    if (answer == "l") given_.leave.push_back(name);
  }
}

/// Tables without a revision: says which it is, and stamps it. False: nobody knows.
bool Session::settle_revision(const command::StatusReport& status) {
  using State = command::StatusLine::State;
  const bool is_empty =
      std::none_of(status.lines.begin(), status.lines.end(), [](const command::StatusLine& line) {
        return line.state != State::Missing && line.state != State::Unmanaged;
      });
  const bool is_lost = !status.current.resolved.unknown.empty();
  if (!is_lost && (is_empty || !status.current.rows.empty() || project().graph().empty()))
    return true;
  const command::DoctorReport report = command::doctor(project(), /*fix=*/false);
  if (!is_lost && report.stamp.empty() && report.is_healthy()) return true;
  if (report.stamp.empty()) {
    terminal_.data(render_doctor(report));
    return false;
  }
  const std::string question =
      "The database does not say which revision it is; its schema is that "
      "of " +
      text::join(report.stamp, ", ") + ". Stamp that?";
  if (!may_go_on(question)) return false;
  command::doctor(project(), /*fix=*/true);
  for (const std::string& id : report.stamp) terminal_.say("Stamped " + id);
  return true;
}

int Session::generate_automatically() {
  command::GenerateRequest request;
  request.decisions = given_decisions();
  request.revision.message = given_.message;
  if (given_.message.empty())
    request.revision.message = summary_of(command::check(project()).findings);
  request.before_writing = [this](const command::GenerateReport& found) {
    say_findings(found.findings);
  };
  const command::GenerateReport report = generate_asking(request);
  if (!report.is_written()) say_findings(report.findings);
  if (report.has_questions()) {
    say_questions(report);
    return kFound;
  }
  if (!report.is_written()) return kDone;
  if (project().config().format == "cpp") {
    terminal_.say("Build the program, so that it has the new revision, and run auto again.");
    return kFound;
  }
  forget_project();
  return kDone;
}

int Session::automatic() {
  const command::StatusReport status = command::status(project());
  project().graph().require_sound();
  decide_on_unmanaged(status.lines);
  leave_alone(given_.leave);
  if (!settle_revision(status)) return kFound;
  if (!adopt(given_.adopt)) return kFound;
  const auto upgrade = [this] {
    const std::string note = command::upgrade(project(), "heads").note;
    if (!note.empty()) terminal_.say(note);
  };
  if (!project().graph().empty()) upgrade();
  const int generated = generate_automatically();
  if (generated != kDone) return generated;
  if (!project().graph().empty()) upgrade();
  return check();
}

int Session::init_from(std::string url) {
  // Before a file is written: a URL that cannot be read would leave half a project behind.
  {
    const driver::Url parsed = driver::parse_url(url);
    dialect::find_dialect(parsed.dialect).connect(parsed, {.read_only = true, .create = false});
  }
  if (given_.template_name == "alembic")
    throw NotSupported(
        "an Alembic project is not made from a database",
        "make one in SQL: leave out -t alembic; or init -t alembic without --from-url");
  const std::string file = config_file_to_make();
  tell_init(command::init(files_, {given_.directory, given_.template_name, file, url}));
  options_.global.from_url.reset();
  options_.global.url = url;
  options_.global.config_files = {file};
  const command::AdoptReport report =
      command::adopt_database(project(), "baseline", [this](const command::AdoptReport& found) {
        for (const std::string& declared : found.declared)
          terminal_.say(fmt::format("{} declares what the database holds", declared));
        say_unmanaged(found.left_out);
      });
  forget_project();
  command::stamp(project(), {"heads"}, false);
  terminal_.say("Stamped " + report.revision.revision);
  return kDone;
}

}  // namespace cupel::cli
