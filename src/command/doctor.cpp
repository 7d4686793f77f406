// SPDX-License-Identifier: MIT
// See doctor.hpp.
#include "cupel/command/doctor.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "command/diagnosis.hpp"
#include "cupel/base/text.hpp"
#include "cupel/command/scripts.hpp"
#include "cupel/migrate/run.hpp"
#include "cupel/revision/resolve.hpp"

namespace cupel::command {
namespace {

std::string joined(const std::vector<std::string>& ids) { return text::join(ids, " "); }

class Doctor {
 public:
  explicit Doctor(Project& project) : project_(&project) {}

  DoctorReport examine() {
    examine_files();
    report_.url = driver::to_display(project_->url());
    if (!project_->graph().problems().empty()) {
      if (project_->database_exists())
        report_.rows = migrate::read_state(project_->environment(/*create=*/false)).rows;
      return std::move(report_);
    }
    examine_scripts();
    const Live live = read_live(*project_);
    if (project_->database_exists()) examine_state();
    examine_indexes(live.schema);
    if (!project_->graph().empty())
      examine_schema(live);
    else if (!model::keys_of(live.schema).empty())
      examine_strange(live);
    return std::move(report_);
  }

 private:
  void trouble(std::string what, std::string advice) {
    report_.troubles.push_back({std::move(what), std::move(advice)});
  }

  void examine_files() {
    for (const revision::Problem& problem : project_->graph().problems()) {
      trouble((problem.path.empty() ? "" : problem.path + ": ") + problem.message, problem.hint);
    }
  }

  /// What cannot run is said before anything is run.
  void examine_scripts() {
    const ScriptsReport scripts = check_scripts(*project_);
    for (const ScriptTrouble& it : scripts.troubles)
      trouble(it.where() + ": " + it.message, it.hint);
  }

  void examine_state() {
    const migrate::Environment& environment = project_->environment(/*create=*/false);
    const migrate::DatabaseState state = migrate::read_state(environment);
    report_.rows = state.rows;
    report_.unknown = revision::resolve_rows(project_->graph(), state.rows).unknown;
    for (const migrate::JournalEntry& entry : migrate::still_half_done(
             migrate::read_journal(environment), project_->graph(), state.rows)) {
      trouble(fmt::format("the {} of revision '{}' is half done", entry.direction, entry.revision),
              entry.direction == "upgrade" ? "finish it: cupel upgrade " + entry.revision
                                           : "finish it: cupel downgrade -1");
      break;
    }
    for (const migrate::Drift& drift : migrate::find_drift(project_->migrations(), state)) {
      trouble(fmt::format("revision '{}' was {} after it was applied at {}", drift.revision,
                          drift.deleted ? "deleted" : "edited", drift.applied_at),
              "bring the file back as it was, or take it as it is: cupel repair --accept");
    }
  }

  void examine_indexes(const model::Schema& schema) {
    for (const model::Table& table : schema.tables) {
      for (const model::Index& index : table.indexes) {
        if (index.valid) continue;
        trouble(fmt::format("index '{}' on '{}' is invalid: its making failed", index.name,
                            to_string(table.name)),
                "drop it, and make it again");
      }
    }
  }

  /// There are tables, and no revision at all.
  void examine_strange(const Live& live) {
    const Filter filter(*project_, live.default_schema);
    const std::vector<model::ObjectKey> keys = model::keys_of(live.schema);
    const auto is_shown = [&](const model::ObjectKey& key) {
      return key.kind == model::ObjectKind::Table && filter.includes(key);
    };
    if (!std::any_of(keys.begin(), keys.end(), is_shown) || project_->has_target()) return;
    trouble("the database has tables, and the project has neither revisions nor models",
            "make both from the database, in a new folder: cupel init --from-url URL");
  }

  void examine_schema(const Live& live) {
    Diagnoser diagnoser(*project_, live);
    Diagnosis diagnosis = diagnoser.diagnose();
    for (const State& state : diagnosis.matches) {
      report_.matches.push_back(state.revision);
    }
    if (!diagnosis.failure.empty())
      trouble(diagnosis.failure, "correct its file; what comes after it was not tried");
    const auto is_at = [&](const State& state) { return state.rows == report_.rows; };
    const bool fits = std::any_of(diagnosis.matches.begin(), diagnosis.matches.end(), is_at);
    if (fits) return;
    if (diagnosis.matches.empty()) return no_match(diagnoser, std::move(diagnosis));
    wrong_row(diagnosis.matches.front());
  }

  void wrong_row(const State& match) {
    report_.stamp = match.rows;
    const std::string real = match.revision.empty()
                                 ? "what it is before the first revision"
                                 : "exactly that of revision '" + match.revision + "'";
    const std::string advice =
        match.rows.empty() ? "cupel reset" : "cupel doctor --fix stamps " + joined(match.rows);
    if (!report_.unknown.empty()) {
      trouble(fmt::format("the database says that it is at {}, which no file defines; its schema "
                          "is {}",
                          text::quoted_list(report_.unknown), real),
              "bring the file back (another branch?), or: " + advice);
    } else if (report_.rows.empty()) {
      trouble("the database does not say which revision it is; its schema is " + real, advice);
    } else {
      trouble(fmt::format("the database says that it is at {}; its schema is {}",
                          text::quoted_list(report_.rows), real),
              advice);
    }
  }

  void no_match(Diagnoser& diagnoser, Diagnosis diagnosis) {
    const bool says_something = !report_.rows.empty() && report_.unknown.empty();
    if (says_something) {
      // What it says of itself is the best guess, also where another revision is nearer.
      report_.nearest = joined(report_.rows);
      report_.differences = diagnoser.compare_with(report_.rows);
      trouble(fmt::format("the database is at {}, but its schema is not what that makes",
                          text::quoted_list(report_.rows)),
              "see the differences; undo them by hand, or take them into the models and write a "
              "revision");
      return;
    }
    report_.nearest = diagnosis.nearest.revision;
    report_.differences = std::move(diagnosis.differences);
    const std::string who =
        report_.unknown.empty()
            ? "the database does not say which revision it is"
            : fmt::format("the database says that it is at {}, which no file defines",
                          text::quoted_list(report_.unknown));
    trouble(fmt::format("{}, and its schema is that of none; nearest is {}", who,
                        report_.nearest.empty() ? "an empty database"
                                                : "revision '" + report_.nearest + "'"),
            "remove the differences by hand, then: cupel doctor --fix");
  }

  Project* project_;
  DoctorReport report_;
};

}  // namespace

DoctorReport doctor(Project& project, bool fix) {
  DoctorReport report = Doctor(project).examine();
  if (!fix || report.stamp.empty()) return report;
  migrate::stamp(project.environment(/*create=*/false), report.stamp, /*purge=*/true);
  report.fixed = true;
  return report;
}

}  // namespace cupel::command
