// SPDX-License-Identifier: MIT
// What compares the models, the database and the revisions: revision --autogenerate, check. See
// session.hpp.
#include <fmt/core.h>

#include "cli/render_schema.hpp"
#include "cli/session.hpp"
#include "cupel/base/text.hpp"

namespace cupel::cli {
namespace {

constexpr std::size_t kShownUnmanaged = 10;

}  // namespace

command::Decisions Session::given_decisions() const {
  command::Decisions decisions;
  decisions.renames = given_.renames;
  decisions.fills = given_.fills;
  for (const std::string& pair : given_.not_renames) {
    if (pair.empty() || pair == "{}")
      decisions.no_renames = true;
    else
      decisions.not_renames.push_back(pair);
  }
  return decisions;
}

void Session::say_findings(const std::vector<diff::Finding>& findings) {
  for (const diff::Finding& finding : findings) {
    if (finding.destructive)
      terminal_.warn(finding.message + ", which destroys data");
    else
      terminal_.say(finding.message);
    if (!finding.note.empty()) terminal_.say("  note: " + finding.note);
  }
}

void Session::say_unmanaged(const std::vector<command::Unmanaged>& unmanaged) {
  for (std::size_t i = 0; i < unmanaged.size() && i < kShownUnmanaged; ++i)
    terminal_.say("Unmanaged, left alone: " + render_unmanaged(unmanaged[i]));
  if (unmanaged.size() > kShownUnmanaged) {
    terminal_.say(fmt::format("... and {} more; `cupel status` shows all",
                              unmanaged.size() - kShownUnmanaged));
  }
}

void Session::say_found(const command::GenerateReport& report) {
  say_findings(report.findings);
  say_unmanaged(report.unmanaged);
  for (const model::ObjectKey& key : report.unmade) {
    terminal_.warn(to_string(key) +
                   " is there, and no revision makes it: a new database would lack it");
    terminal_.say("  hint: cupel auto --adopt " + to_string(key.name));
  }
}

/// What people type instead of answering.
void Session::say_questions(const command::GenerateReport& report) {
  for (const diff::RenameQuestion& question : report.renames_to_decide) {
    const std::string pair = command::rename_flag(question.rename);
    terminal_.error("is " + to_string(question.rename) + " a rename? " + question.why);
    terminal_.say("  --rename " + pair + "      it is: what it holds stays");
    terminal_.say("  --no-rename " + pair + "   it is not: one is dropped, the other is new");
  }
  for (const command::FillQuestion& question : report.fills_to_decide) {
    terminal_.error(
        fmt::format("column '{}.{}' is {}, and no default says what rows get that are "
                    "there already",
                    to_string(question.table), question.column.name,
                    question.is_new ? "new and NOT NULL" : "NOT NULL from now on"));
    terminal_.say("  " + command::fill_flag(question) +
                  (question.must_be_unique ? "EXPRESSION   any SQL; it must differ from row to row"
                                           : "EXPRESSION   any SQL, such as 0 or \"'none'\""));
    terminal_.say("  or give the model a server default, or let the column be NULL");
  }
}

/// Asks on the terminal. False if nobody answers.
bool Session::answer(const command::GenerateReport& report, command::Decisions& decisions) {
  if (!terminal_.can_ask() || wants_json()) return false;
  for (const diff::RenameQuestion& question : report.renames_to_decide) {
    const bool yes =
        terminal_.confirm("Is " + to_string(question.rename) + " a rename (" + question.why + ")?");
    (yes ? decisions.renames : decisions.not_renames)
        .push_back(command::rename_flag(question.rename));
  }
  if (!report.renames_to_decide.empty()) return true;  // what is to be filled depends on it
  for (const command::FillQuestion& question : report.fills_to_decide) {
    const std::optional<std::string> value = terminal_.ask(
        fmt::format("'{}.{}' is NOT NULL. What do rows get that are there already (SQL, such as 0 "
                    "or 'none')?",
                    to_string(question.table), question.column.name));
    if (!value || value->empty()) return false;
    decisions.fills.push_back(to_string(model::ColumnName{question.table, question.column.name}) +
                              "=" + *value);
  }
  return true;
}

command::GenerateReport Session::generate_asking(command::GenerateRequest& request) {
  for (;;) {
    command::GenerateReport report = command::generate(project(), request);
    if (!report.has_questions() || !answer(report, request.decisions)) return report;
  }
}

int Session::autogenerate(command::RevisionRequest revision) {
  command::GenerateRequest request;
  request.revision = std::move(revision);
  request.decisions = given_decisions();
  request.allow_empty = given_.allow_empty;
  request.before_writing = [this](const command::GenerateReport& found) { say_found(found); };
  const command::GenerateReport report = generate_asking(request);
  if (wants_json()) terminal_.data(json_generate(report));
  if (!report.is_written()) say_found(report);
  if (report.has_questions()) {
    say_questions(report);
    return kFound;
  }
  if (!report.is_written()) {
    terminal_.say("Nothing differs; no revision was written (--allow-empty writes one).");
    if (project().graph().empty() && !model::keys_of(project().target().schema).empty())
      terminal_.say(
          "  hint: another database would get nothing, for no revision makes what is here: write "
          "one against an empty database (--url), then here: cupel stamp head");
    return kDone;
  }
  if (!report.file.hint.empty()) terminal_.say("hint: " + report.file.hint);
  return kDone;
}

int Session::check() {
  say_context();
  const command::CheckReport report = command::check(project());
  if (wants_json()) terminal_.data(json_check(report));
  say_unmanaged(report.unmanaged);
  if (report.is_clean()) {
    if (!wants_json()) terminal_.data("No new upgrade operations detected.\n");
    return kDone;
  }
  if (options_.as_alembic) {
    std::vector<std::string> found;
    for (const diff::Finding& finding : report.findings) found.push_back(finding.message);
    return fail(UsageError("New upgrade operations detected: [" + text::join(found, ", ") + "]",
                           "write them: alembic revision --autogenerate"),
                kUsage);
  }
  if (!wants_json()) terminal_.data(render_findings(report.findings));
  for (const diff::RenameQuestion& question : report.questions)
    terminal_.say("Perhaps renamed: " + to_string(question.rename) + " (" + question.why + ")");
  terminal_.say(
      "The database is not what the models say; write the way there: cupel revision "
      "--autogenerate -m \"...\"");
  return kFound;
}

}  // namespace cupel::cli
