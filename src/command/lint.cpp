// SPDX-License-Identifier: MIT
// See lint.hpp. Every revision is read in the order in which it would run; those that are linted
// are judged on the way.
#include "cupel/command/lint.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <utility>

#include "command/lint_project.hpp"
#include "command/lint_range.hpp"
#include "command/lint_state.hpp"
#include "command/lint_steps.hpp"
#include "cupel/base/pattern.hpp"
#include "cupel/base/text.hpp"
#include "cupel/diff/diff.hpp"

namespace cupel::command {
namespace {

using lint::Severity;
using revision::Index;

constexpr std::size_t kShownDifferences = 3;

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

/// What is in one list and not, just so, in the other.
template <typename Items>
void drop_equal(Items& a, Items& b) {
  Items left;
  for (auto& item : a) {
    const auto same = std::find(b.begin(), b.end(), item);
    if (same == b.end()) {
      left.push_back(std::move(item));
    } else {
      b.erase(same);
    }
  }
  a = std::move(left);
}

std::string describe(const diff::Finding& difference) {
  const std::string object = to_string(difference.object);
  const std::string what = difference.part.empty() ? object : difference.part + " of " + object;
  if (difference.kind == diff::Finding::Kind::Added) return what + " is left over";
  if (difference.kind == diff::Finding::Kind::Removed) return what + " is missing";
  return what + " differs";
}

/// Judges one direction of one revision.
class Judging {
 public:
  Judging(lint::DialectLint* dialect_lint, const lint::CommonFacts& facts) {
    judges_.push_back(lint::make_common_judge(facts));
    if (dialect_lint != nullptr) judges_.push_back(dialect_lint->make_judge());
  }

  void see(const lint::Step& step, const lint::State& state) {
    place_ = step.place;
    if (!step.in_transaction && is_open_) end_transaction();
    for (const auto& judge : judges_) judge->see(step, state, report());
    for (const lint::Effect& effect : step.effects)
      if (const auto* unknown = std::get_if<lint::NotUnderstood>(&effect)) not_understood(*unknown);
    is_open_ = step.in_transaction;
    if (!step.in_transaction) end_transaction();
    ++steps_;
  }
  void end(const lint::State& after) {
    if (is_open_) end_transaction();
    for (const auto& judge : judges_) judge->end_revision(after, report());
  }
  void add(lint::Finding finding) {
    if (finding.place.file.empty()) finding.place = place_;
    const auto is_same = [&](const lint::Finding& it) {
      return it.code == finding.code && it.place == finding.place && it.object == finding.object;
    };
    if (std::none_of(findings_.begin(), findings_.end(), is_same))
      findings_.push_back(std::move(finding));
  }
  std::vector<lint::Finding>& findings() { return findings_; }
  std::size_t steps() const { return steps_; }

 private:
  lint::Report report() {
    return [this](lint::Finding finding) { add(std::move(finding)); };
  }
  void end_transaction() {
    for (const auto& judge : judges_) judge->end_transaction(report());
    is_open_ = false;
  }
  void not_understood(const lint::NotUnderstood& effect) {
    add(project_finding("RV003", "a statement is not understood: " + effect.reason, place_));
  }

  std::vector<std::unique_ptr<lint::RevisionJudge>> judges_;
  std::vector<lint::Finding> findings_;
  FilePosition place_;
  std::size_t steps_ = 0;
  bool is_open_ = false;
};

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
    collect_advice();
    range_ = find_lint_range(project_, request_);
    find_server_version();
    report_.database = dialect_->name();
    report_.notes = range_.notes;
    report_.fail_on = project_.config().lint.fail_on;
    project_findings_ = judge_project(project_, range_);
    for (lint::Finding& finding : project_findings_)
      if (finding.revision.empty()) finish(std::move(finding), false);
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

  void collect_advice() {
    const auto take = [&](std::span<const lint::Rule> rules) {
      for (const lint::Rule& rule : rules) rules_[std::string(rule.code)] = rule;
    };
    take(lint::common_rules());
    take(lint::project_rules());
    if (own_lint_) take(own_lint_->rules());
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

  ReadSteps read(Index index, bool up, ReplayedSchema& state, bool in_full,
                 const std::function<void(const lint::Step&)>& see) {
    return read_steps(project_, migration(index),
                      up ? revision::Direction::Upgrade : revision::Direction::Downgrade, reading_,
                      state, in_full, see);
  }

  void replay(Index index) {
    read(index, /*up=*/true, state_, /*in_full=*/false,
         [&](const lint::Step& step) { state_.apply(step, /*is_linted=*/false); });
    if (is_replayed_ && !state_.is_complete()) {
      is_replayed_ = false;
      report_.notes.push_back("not all that revision '" + graph_.id(index) +
                              "' does is understood, so tables may exist that lint does not know");
    }
  }

  lint::State state_for(const ReplayedSchema& schema) const {
    const migrate::Settings& settings = project_.config().settings;
    lint::State state{.schema = schema.schema(), .new_tables = schema.new_tables()};
    state.schema_is_complete = schema.is_complete();
    state.server_version = reading_.server_version;
    if (range_.database) state.rows = &range_.database->rows;
    state.small_table = static_cast<std::int64_t>(project_.config().lint.small_table_rows);
    state.has_lock_timeout = settings.lock_attempt.count() > 0 && settings.lock_timeout.count() > 0;
    state.has_statement_timeout = settings.statement_timeout.count() > 0;
    return state;
  }

  ReadSteps judge_direction(Index index, bool up, ReplayedSchema& state, Judging& judging) {
    ReadSteps result = read(index, up, state, /*in_full=*/true, [&](const lint::Step& step) {
      judging.see(step, state_for(state));
      state.apply(step);
    });
    judging.end(state_for(state));
    for (const StepTrouble& trouble : result.troubles) add_trouble(judging, trouble);
    return result;
  }

  void add_trouble(Judging& judging, const StepTrouble& trouble) {
    judging.add(project_finding(trouble.code, trouble.message, trouble.place));
    if (!trouble.hint.empty()) hints_[trouble.message] = trouble.hint;
  }

  void judge(Index index) {
    const revision::Revision& info = graph_.at(index);
    report_.revisions.push_back({info.id, info.message, info.path});
    if (!range_.is_one_deploy) state_.forget_new_tables();
    const ReplayedSchema before = state_;
    Judging up(own_lint_.get(), facts_);
    for (lint::Finding& finding : project_findings_)
      if (finding.revision == info.id) up.add(finding);
    ReadSteps read_up = judge_direction(index, /*up=*/true, state_, up);

    Judging down(own_lint_.get(), facts_);
    ReplayedSchema back = state_;
    back.forget_new_tables();
    ReadSteps read_down = judge_direction(index, /*up=*/false, back, down);
    judge_way_back(index, before, back, up, read_down, down);
    without_own_losses(down, before.schema());

    std::vector<Allowance> allowances = std::move(read_up.allowances);
    for (Allowance& allowance : read_down.allowances)
      if (allowance.statement != 0) allowances.push_back(std::move(allowance));
    locate(allowances, info.path);
    finish_all(info, up, allowances, false, true);
    finish_all(info, down, allowances, true, request_.with_downgrade);
    judge_allowances(info, allowances);
  }

  /// RV001 and RV002 are about the revision as a whole: they are told of either way.
  void judge_way_back(Index index, const ReplayedSchema& before, const ReplayedSchema& back,
                      Judging& up, const ReadSteps& read_down, Judging& down) {
    const FilePosition place{graph_.at(index).path};
    const auto is_missing = [](const StepTrouble& it) { return it.code == "RV001"; };
    if (std::any_of(read_down.troubles.begin(), read_down.troubles.end(), is_missing)) {
      std::erase_if(down.findings(), [](const lint::Finding& it) { return it.code == "RV001"; });
      if (up.steps() > 0) up.add(project_finding("RV001", "it has no downgrade", place));
      return;
    }
    if (!read_down.troubles.empty()) return;
    if (down.steps() == 0 && up.steps() > 0) {
      up.add(project_finding("RV001", "its downgrade is empty", place));
      return;
    }
    if (!before.is_complete() || !back.is_complete()) return;
    const std::string differences = differences_of(before.schema(), back.schema());
    if (differences.empty()) return;
    up.add(project_finding(
        "RV002", "its downgrade does not restore what was there before: " + differences, place));
  }

  std::string differences_of(model::Schema before, model::Schema after) const {
    if (before == after) return {};
    drop_equal(before.tables, after.tables);
    drop_equal(before.views, after.views);
    drop_equal(before.enums, after.enums);
    drop_equal(before.functions, after.functions);
    drop_equal(before.triggers, after.triggers);
    diff::Options options;
    options.guess_renames = false;
    options.from_is_inspected = false;
    std::vector<diff::Finding> found;
    try {
      found = diff::compare(before, after, dialect_->diff_rules(), options).findings;
    } catch (const Error&) {
      return {};  // only a database can tell
    }
    std::string text;
    for (std::size_t i = 0; i < found.size() && i < kShownDifferences; ++i)
      text += (i == 0 ? "" : ", ") + describe(found[i]);
    if (found.size() > kShownDifferences)
      text += fmt::format(", and {} more", found.size() - kShownDifferences);
    return text;
  }

  /// That a downgrade takes away what its upgrade made is what it is for.
  static void without_own_losses(Judging& down, const model::Schema& before) {
    std::erase_if(down.findings(), [&](const lint::Finding& finding) {
      if (!finding.code.starts_with("DS")) return false;
      const std::size_t dot = finding.object.rfind('.');
      const auto known = [&](const std::string& name) {
        const std::size_t middle = name.find('.');
        if (middle == std::string::npos) return before.find_table(name);
        return before.find_table({name.substr(0, middle), name.substr(middle + 1)});
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
    std::vector<lint::Finding>& findings = judging.findings();
    std::stable_sort(
        findings.begin(), findings.end(),
        [](const lint::Finding& a, const lint::Finding& b) { return a.place.line < b.place.line; });
    for (lint::Finding& finding : findings) {
      finding.revision = info.id;
      if (is_allowed(finding, allowances) || !is_wanted) continue;
      finish(std::move(finding), is_downgrade);
    }
  }

  void judge_allowances(const revision::Revision& info, const std::vector<Allowance>& allowances) {
    for (const Allowance& allowance : allowances) {
      // Those of verify are its own to judge.
      if (allowance.is_used || allowance.code.starts_with("VF")) continue;
      std::string message = "'allow " + allowance.code + "' hides nothing";
      if (!rules_.contains(allowance.code)) message = unknown_code(allowance.code);
      if (!allowance.has_reason) message = "'allow " + allowance.code + "' without a reason";
      lint::Finding finding = project_finding("PR005", message, {info.path, allowance.line, 0});
      finding.revision = info.id;
      finding.object = allowance.code;
      finish(std::move(finding), false);
    }
  }

  std::string unknown_code(const std::string& code) const {
    std::vector<std::string> codes;
    for (const auto& [known, rule] : rules_) codes.push_back(known);
    const std::string nearest = text::nearest(code, codes);
    return "'allow " + code + "': there is no such rule" +
           (nearest.empty() ? "" : ", did you mean '" + nearest + "'?");
  }

  /// What configuration says of it; nullopt if nothing.
  std::optional<Severity> configured(const lint::Finding& finding) const {
    const LintSettings& settings = project_.config().lint;
    std::optional<Severity> result;
    const auto look = [&](const LintSettings::Severities& severities) {
      for (const std::string& key : {std::string("ALL"), finding.code})
        if (const auto it = severities.find(key); it != severities.end()) result = it->second;
    };
    look(settings.severities);
    for (const auto& [pattern, severities] : settings.paths)
      if (fits(finding.place.file, pattern)) look(severities);
    return result;
  }

  /// The path as it is written, below the configuration's folder, or below the scripts'.
  bool fits(const std::string& path, const std::string& pattern) const {
    if (path.empty()) return false;
    const auto below = [&](std::string folder) {
      if (folder == "." || folder.empty()) return path;
      folder += "/";
      return path.starts_with(folder) ? path.substr(folder.size()) : path;
    };
    const std::string scripts = project_.path_of(project_.config().script_location);
    return text::matches_pattern(path, pattern) ||
           text::matches_pattern(below(project_.config().root), pattern) ||
           text::matches_pattern(below(scripts), pattern);
  }

  void finish(lint::Finding finding, bool is_downgrade) {
    const auto rule = rules_.find(finding.code);
    if (const std::optional<Severity> wanted = configured(finding)) {
      // A small table makes less of a rule than anybody configures.
      const bool is_lowered = rule != rules_.end() && finding.severity < rule->second.severity;
      finding.severity = is_lowered ? std::min(finding.severity, *wanted) : *wanted;
    }
    if (finding.severity == Severity::Off) return;
    LintFinding& result = report_.findings.emplace_back();
    if (const auto hint = hints_.find(finding.message); hint != hints_.end()) {
      result.advice = hint->second;
    } else if (rule != rules_.end()) {
      result.advice = rule->second.instead;
    }
    result.is_downgrade = is_downgrade;
    result.source_line = source_line(finding.place);
    result.finding = std::move(finding);
  }

  std::string source_line(const FilePosition& place) {
    if (place.line == 0 || place.file.empty()) return {};
    if (place.file != shown_file_) {
      shown_file_ = place.file;
      shown_lines_.clear();
      if (project_.files().is_file(place.file))
        shown_lines_ = text::split(project_.files().read(place.file), '\n');
    }
    if (place.line > shown_lines_.size()) return {};
    return std::string(text::trim(shown_lines_[place.line - 1]));
  }

  Project& project_;
  const LintRequest& request_;
  const revision::Graph& graph_;
  const dialect::Dialect* dialect_ = nullptr;
  std::unique_ptr<lint::DialectLint> own_lint_;
  lint::CommonFacts facts_;
  std::map<std::string, lint::Rule> rules_;
  std::map<std::string, std::string> hints_;  ///< of troubles, by message
  StepReaderSettings reading_;
  LintRange range_;
  std::vector<lint::Finding> project_findings_;
  ReplayedSchema state_;
  bool is_replayed_ = true;
  LintReport report_;
  std::string shown_file_;
  std::vector<std::string> shown_lines_;
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
