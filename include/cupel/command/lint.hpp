// SPDX-License-Identifier: MIT
// lint: what a revision will lock, rewrite, break or destroy, before anybody runs it. Nothing is
// run: operations and statements are judged with the schema as the revisions before have made it,
// replayed in memory.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cupel/command/project.hpp"
#include "cupel/lint/finding.hpp"
#include "cupel/lint/rule.hpp"

namespace cupel::command {

struct CUPEL_API LintRequest {
  /// A revision or a range `a:b`; empty: what the database has not seen, or what `all` and `since`
  /// say. At most one of the three.
  std::string range;
  bool all = false;
  std::string since;  ///< a git reference: revisions whose files are new or changed against it
  bool with_downgrade = false;
  /// "15", "15.4", "3.40.1"; empty: the database's if it is asked, else the oldest supported one.
  std::string server_version;
  /// Ask the database for its version and the sizes of its tables also where the range does not
  /// need it.
  bool with_database = false;
  /// Do not ask it at all; then everything counts as new by default.
  bool offline = false;
};

/// One finding with what people need to see it.
struct CUPEL_API LintFinding {
  lint::Finding finding;
  bool is_downgrade = false;
  std::string source_line;  ///< trimmed; may be empty
  /// What to do where finding.safe is empty: for people, not to paste.
  std::string advice;
  /// What fix_lint() writes in the step's place, in the language of the revision; empty: nothing.
  std::string fix;
  std::vector<std::string> fix_imports;  ///< lines that a .py file then needs beside `op` and `sa`
  bool is_alone = true;                  ///< false: its line does more than this step
  /// False: what stands at its line may be another call than the one that was made.
  bool is_certain = true;
};

struct CUPEL_API LintedRevision {
  std::string id;
  std::string message;
  std::string path;
};

struct CUPEL_API LintReport {
  std::vector<LintedRevision> revisions;  ///< in the order in which they run
  std::vector<LintFinding> findings;      ///< in that order, those of the project first
  std::vector<std::string> notes;         ///< what was not known, for people
  std::string database;                   ///< its name, "postgresql"
  std::string configuration;              ///< its file: where findings about no revision belong
  lint::Severity fail_on = lint::Severity::Warning;
  std::size_t count(lint::Severity severity) const;
  /// False: something is as bad as [lint] fail_on says, or worse.
  bool is_clean() const;
};

/// Throws RevisionError for an unsound graph or unknown revision, UsageError for a bad range or
/// version, Error if git fails. A database that cannot be reached is a note.
CUPEL_API LintReport lint(Project& project, const LintRequest& request);

/// What fix_lint() has done.
struct CUPEL_API LintFixReport {
  struct File {
    std::string path;
    std::string diff;  ///< in the unified form
    std::size_t steps = 0;
  };
  std::vector<File> files;
  /// A safe form that could not be put in by itself, and why not.
  struct ByHand {
    LintFinding found;
    std::string reason;
  };
  std::vector<ByHand> by_hand;
  std::vector<std::string> notes;
};
/// Writes the one safe form of each step that has one into its file, whose other bytes stay. A
/// revision that is applied to the project's database is left alone; `offline`: it is not asked.
CUPEL_API LintFixReport fix_lint(Project& project, const LintReport& report, bool offline);

/// A rule, and the databases that have it; empty: all.
struct CUPEL_API LintRule {
  lint::Rule rule;
  std::vector<std::string> databases;
};
/// Of all databases that this build knows, sorted by code.
CUPEL_API std::vector<LintRule> all_lint_rules();
/// By code, in any case; a code that means different things on two databases has two entries.
/// Throws UsageError with the nearest code.
CUPEL_API std::vector<LintRule> find_lint_rules(std::string_view code);

/// "off", "notice", "warning", "error"; throws UsageError.
CUPEL_API lint::Severity parse_severity(std::string_view word);
CUPEL_API std::string_view to_string(lint::Severity severity);

}  // namespace cupel::command
