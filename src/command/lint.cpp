// SPDX-License-Identifier: MIT
// See lint.hpp. Every revision is read in the order in which it would run; those that are linted
// are judged on the way.
#include "cupel/command/lint.hpp"

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <utility>

#include "command/lint_judging.hpp"
#include "command/lint_project.hpp"
#include "command/lint_range.hpp"
#include "command/lint_steps.hpp"
#include "command/lint_verdicts.hpp"
#include "command/lint_way_back.hpp"
#include "cupel/alembic/render.hpp"
#include "cupel/base/text.hpp"
#include "cupel/script/render.hpp"
#include "lint/replayed_schema.hpp"

namespace cupel::command {
namespace {

using lint::Severity;
using revision::Index;

/// As Connection::server_version(); `parts` is how many numbers a version of this database has.
int parse_version(const std::string& text, int parts) {
  int numbers[3] = {0, 0, 0};
  const std::vector<std::string> words = text::split(text, '.');
  bool good = words.size() <= static_cast<std::size_t>(parts);
  for (std::size_t i = 0; good && i < words.size(); ++i) {
    const char* end = words[i].data() + words[i].size();
    const auto [rest, error] = std::from_chars(words[i].data(), end, numbers[i]);
    good = error == std::errc() && rest == end && numbers[i] >= 0 && numbers[i] < 1000;
  }
  if (!good || numbers[0] == 0) {
    throw UsageError("'" + text + "' is no version of the database's server",
                     parts == 2 ? "write for instance --server-version 15 or 15.4"
                                : "write for instance --server-version 3.40.1");
  }
  return numbers[0] * 10000 + (parts == 2 ? numbers[1] : numbers[1] * 100 + numbers[2]);
}

class Linter {
 public:
  Linter(Project& project, const LintRequest& request)
      : project_(project), request_(request), graph_(project.graph()) {}

  LintReport run() {
    graph_.require_sound();
    dialect_ = &project_.dialect();
    own_lint_ = dialect_->make_lint();
    facts_.writer = &dialect_->writer();
    facts_.max_identifier_length = dialect_->traits().max_identifier_length;
    facts_.types_limit_values = dialect_->traits().enforces_varchar_length;
    facts_.name_patterns = project_.config().lint.names;
    verdicts_.emplace(project_, own_lint_.get());
    range_ = find_lint_range(project_, request_);
    find_server_version();
    report_.database = dialect_->name();
    report_.configuration = project_.config().file;
    report_.notes = range_.notes;
    report_.fail_on = project_.config().lint.fail_on;
    project_findings_ = judge_project(project_, range_);
    for (lint::Finding& finding : project_findings_)
      if (finding.revision.empty()) finish(std::move(finding));
    go_through();
    return std::move(report_);
  }

 private:
  void find_server_version() {
    if (!request_.server_version.empty()) {
      reading_.server_version =
          parse_version(request_.server_version, dialect_->traits().version_parts);
    } else if (range_.database) {
      reading_.server_version = range_.database->server_version;
    }
    reading_.lint = own_lint_.get();
  }

  void go_through() {
    if (range_.revisions.empty()) return;
    std::size_t next = 0;
    for (const Index index : graph_.order()) {
      if (next == range_.revisions.size()) return;
      if (project_.is_interrupted && project_.is_interrupted()) throw Interrupted("interrupted");
      if (range_.revisions[next] == index) {
        judge(index);
        ++next;
      } else {
        replay(index);
      }
    }
  }

  const script::Migration& migration(Index index) {
    return project_.migrations().get(graph_.id(index));
  }

  ReadSteps read(Index index, bool up, bool in_full,
                 const std::function<void(const lint::Step&)>& see) {
    return read_steps(project_, migration(index),
                      up ? revision::Direction::Upgrade : revision::Direction::Downgrade, reading_,
                      state_, in_full, see);
  }

  void replay(Index index) {
    read(index, /*up=*/true, /*in_full=*/false,
         [&](const lint::Step& step) { state_.apply(step, /*is_linted=*/false); });
    if (is_replayed_ && !state_.is_complete()) {
      is_replayed_ = false;
      report_.notes.push_back("not all that revision '" + graph_.id(index) +
                              "' does is understood, so tables may exist that lint does not know");
    }
  }

  lint::State lint_state() const {
    const migrate::Settings& settings = project_.config().settings;
    lint::State state{.schema = state_.schema(), .new_tables = state_.new_tables()};
    state.schema_is_complete = state_.is_complete();
    state.server_version = reading_.server_version;
    if (range_.database) state.rows = &range_.database->rows;
    state.small_table = static_cast<std::int64_t>(project_.config().lint.small_table_rows);
    state.has_lock_timeout = settings.lock_attempt.count() > 0 && settings.lock_timeout.count() > 0;
    state.has_statement_timeout = settings.statement_timeout.count() > 0;
    return state;
  }

  ReadSteps judge_direction(Index index, bool up, Judging& judging) {
    ReadSteps result = read(index, up, /*in_full=*/true, [&](const lint::Step& step) {
      judging.see(step, lint_state());
      state_.apply(step);
    });
    judging.end(lint_state());
    for (const StepTrouble& trouble : result.troubles) add_trouble(judging, trouble);
    if (migration(index).info().path.ends_with(".cpp")) {
      for (LintFinding& it : judging.findings())
        it.is_certain = result.certain_lines.contains(it.finding.place.line);
    }
    return result;
  }

  void add_trouble(Judging& judging, const StepTrouble& trouble) {
    lint::Finding finding = project_finding(trouble.code, trouble.message, trouble.place);
    finding.object = trouble.object;
    judging.add(std::move(finding));
    note_hint(trouble);
  }
  void note_hint(const StepTrouble& trouble) {
    if (!trouble.hint.empty()) verdicts_->set_hint(trouble.message, trouble.hint);
  }

  Judging::Renderer renderer_for(const std::string& path) const {
    return [this, path](const std::vector<ops::Operation>& operations,
                        const model::Schema& before) -> Judging::Fix {
      const std::vector<script::Step> steps{{.comment = {}, .operations = operations}};
      try {
        if (path.ends_with(".sql")) return {script::render_sql(steps, *dialect_, before), {}};
        if (path.ends_with(".py")) {
          alembic::PythonBody body =
              alembic::render_calls(steps, *dialect_, before, project_.config().settings.naming);
          return {std::move(body.code), {body.imports.begin(), body.imports.end()}};
        }
        return {script::render_cpp(steps, project_.config().settings.naming,
                                   dialect_->traits().max_identifier_length),
                {}};
      } catch (const Error&) {
        return {};
      }
    };
  }

  void judge(Index index) {
    const revision::Revision& info = graph_.at(index);
    report_.revisions.push_back({info.id, info.message, verdicts_->shown_path(info.path)});
    if (!range_.is_one_deploy) state_.forget_new_tables();
    // What is harmless to a table that is new in this deploy is not harmless where it is not.
    const bool knows_uses = state_.new_tables().empty();
    Judging up(own_lint_.get(), facts_, renderer_for(info.path));
    for (lint::Finding& finding : project_findings_)
      if (finding.revision == info.id) up.add(finding);
    state_.begin_snapshot();
    ReadSteps read_up = judge_direction(index, /*up=*/true, up);
    const lint::SchemaSnapshot before = state_.take_snapshot();
    std::vector<Allowance> allowances = std::move(read_up.allowances);
    for (const LintFinding& it : up.findings()) is_allowed(it.finding, allowances);
    Judging down(own_lint_.get(), facts_, renderer_for(info.path));
    go_back(index, before, up, down, allowances);
    locate(allowances, info.path);
    finish_all(info, up, allowances, false, true);
    finish_all(info, down, allowances, true, request_.with_downgrade);
    judge_allowances(info, allowances, knows_uses);
  }

  /// The downgrade on top of it; afterwards the schema is again what the upgrade has left.
  void go_back(Index index, const lint::SchemaSnapshot& before, Judging& up, Judging& down,
               std::vector<Allowance>& allowances) {
    state_.begin_snapshot();
    state_.forget_new_tables();
    // A suppression for the whole revision may be for its way back.
    const bool is_judged =
        request_.with_downgrade ||
        std::any_of(allowances.begin(), allowances.end(),
                    [](const Allowance& it) { return !it.is_used && it.has_reason; });
    ReadSteps result;
    if (is_judged) {
      result = judge_direction(index, /*up=*/false, down);
    } else {
      result = read(index, /*up=*/false, /*in_full=*/false, [&](const lint::Step& step) {
        down.count();
        state_.apply(step);
      });
    }
    for (Allowance& allowance : result.allowances)
      if (allowance.statement != 0 && is_judged) allowances.push_back(std::move(allowance));
    if (!is_judged)
      for (const StepTrouble& trouble : result.troubles) note_hint(trouble);
    const bool is_known = before.is_complete && state_.is_complete();
    const lint::SchemaSnapshot after = state_.take_snapshot();
    judge_way_back(index, result, up, down);
    if (is_known && result.troubles.empty() && down.steps() > 0)
      judge_restored(index, lint::changed_part(before, after, state_.schema()), up);
    without_own_losses(down, before);
    state_.restore(after);
  }

  /// RV001 and RV002 are about the revision as a whole: they are told of either way.
  void judge_way_back(Index index, const ReadSteps& result, Judging& up, Judging& down) {
    const auto is_missing = [](const StepTrouble& it) { return it.code == "RV001"; };
    const bool has_none = std::any_of(result.troubles.begin(), result.troubles.end(), is_missing);
    std::erase_if(down.findings(),
                  [](const LintFinding& it) { return it.finding.code == "RV001"; });
    if (up.steps() == 0 || (!has_none && (down.steps() > 0 || !result.troubles.empty()))) return;
    up.add(project_finding("RV001", has_none ? "it has no downgrade" : "its downgrade is empty",
                           {graph_.at(index).path}));
  }

  void judge_restored(Index index, lint::ChangedPart part, Judging& up) {
    const std::string differences = differences_between(std::move(part), dialect_->diff_rules());
    if (differences.empty()) return;
    up.add(project_finding("RV002",
                           "its downgrade does not restore what was there before: " + differences,
                           {graph_.at(index).path}));
  }

  /// That a downgrade takes away what its upgrade made is what it is for.
  void without_own_losses(Judging& down, const lint::SchemaSnapshot& before) const {
    std::erase_if(down.findings(), [&](const LintFinding& it) {
      const lint::Finding& finding = it.finding;
      if (!finding.code.starts_with("DS")) return false;
      const std::size_t dot = finding.object.rfind('.');
      const auto known = [&](const std::string& name) {
        const std::size_t middle = name.find('.');
        if (middle == std::string::npos) return lint::table_then(before, state_.schema(), name);
        return lint::table_then(before, state_.schema(),
                                {name.substr(0, middle), name.substr(middle + 1)});
      };
      if (known(finding.object) != nullptr) return false;
      if (dot == std::string::npos) return true;
      const model::Table* table = known(finding.object.substr(0, dot));
      return table == nullptr || table->find_column(finding.object.substr(dot + 1)) == nullptr;
    });
  }

  /// The lines of those that stand in a .sql file.
  void locate(std::vector<Allowance>& allowances, const std::string& path) {
    if (!path.ends_with(".sql") || allowances.empty()) return;
    const std::vector<Allowance> written = allowances_in(project_.files().read(path), "--");
    for (Allowance& allowance : allowances) {
      for (const Allowance& it : written) {
        const bool fits = it.code == allowance.code &&
                          (allowance.statement == 0 || it.line < allowance.statement);
        if (fits && (allowance.line == 0 || allowance.statement != 0)) allowance.line = it.line;
      }
    }
  }

  static bool is_allowed(const lint::Finding& finding, std::vector<Allowance>& allowances) {
    bool found = false;
    for (Allowance& allowance : allowances) {
      const bool fits = allowance.code == finding.code && allowance.has_reason &&
                        (allowance.statement == 0 || allowance.statement == finding.place.line);
      if (!fits) continue;
      allowance.is_used = true;
      found = true;
    }
    return found;
  }

  void finish_all(const revision::Revision& info, Judging& judging,
                  std::vector<Allowance>& allowances, bool is_downgrade, bool is_wanted) {
    std::vector<LintFinding>& findings = judging.findings();
    std::stable_sort(findings.begin(), findings.end(),
                     [](const LintFinding& a, const LintFinding& b) {
                       return a.finding.place.line < b.finding.place.line;
                     });
    for (LintFinding& it : findings) {
      it.finding.revision = info.id;
      it.is_downgrade = is_downgrade;
      it.is_alone = judging.is_alone(it.finding.place.line);
      if (is_allowed(it.finding, allowances) || !is_wanted) continue;
      finish(std::move(it));
    }
  }

  void judge_allowances(const revision::Revision& info, const std::vector<Allowance>& allowances,
                        bool knows_uses) {
    for (const Allowance& allowance : allowances) {
      if (allowance.is_used || (!knows_uses && allowance.has_reason)) continue;
      const std::string message = allowance.has_reason
                                      ? verdicts_->about_unused(allowance.code)
                                      : "'allow " + allowance.code + "' without a reason";
      if (message.empty()) continue;
      lint::Finding finding = project_finding("PR005", message, {info.path, allowance.line, 0});
      finding.revision = info.id;
      finding.object = allowance.code;
      finish(std::move(finding));
    }
  }

  void finish(lint::Finding finding) {
    LintFinding found;
    found.finding = std::move(finding);
    finish(std::move(found));
  }
  void finish(LintFinding found) {
    if (verdicts_->settle(found)) report_.findings.push_back(std::move(found));
  }

  Project& project_;
  const LintRequest& request_;
  const revision::Graph& graph_;
  const dialect::Dialect* dialect_ = nullptr;
  std::unique_ptr<lint::DialectLint> own_lint_;
  lint::CommonFacts facts_;
  std::optional<LintVerdicts> verdicts_;
  StepReaderSettings reading_;
  LintRange range_;
  std::vector<lint::Finding> project_findings_;
  lint::ReplayedSchema state_;
  bool is_replayed_ = true;
  LintReport report_;
};

}  // namespace

std::size_t LintReport::count(Severity severity) const {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const LintFinding& it) { return it.finding.severity == severity; }));
}

bool LintReport::is_clean() const {
  return std::none_of(findings.begin(), findings.end(),
                      [&](const LintFinding& it) { return it.finding.severity >= fail_on; });
}

LintReport lint(Project& project, const LintRequest& request) {
  return Linter(project, request).run();
}

}  // namespace cupel::command
