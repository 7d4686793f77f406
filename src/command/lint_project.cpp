// SPDX-License-Identifier: MIT
// See lint_project.hpp.
#include "command/lint_project.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "command/git.hpp"
#include "cupel/base/text.hpp"
#include "cupel/revision/resolve.hpp"
#include "cupel/script/naming.hpp"
#include "cupel/script/sql_script.hpp"

namespace cupel::command {
namespace {

using revision::Index;

/// What counts of a revision's text: a comment that is corrected is no edit.
std::string content_of(const std::string& text, const std::string& path) {
  if (!path.ends_with(".sql")) return text;
  try {
    return script::script_checksum(script::parse_script(text, path),
                                   sql::LexRules{.dollar_quotes = true});
  } catch (const InputError&) {
    return text;
  }
}

class ProjectJudge {
 public:
  ProjectJudge(Project& project, const LintRange& range)
      : project_(project), range_(range), graph_(project.graph()) {}

  std::vector<lint::Finding> run() {
    judge_heads();
    if (range_.database) {
      judge_drift();
      judge_order();
    }
    if (!range_.commit.empty()) judge_history();
    for (const Index index : range_.revisions) {
      judge_message(index);
      judge_imports(index);
    }
    return std::move(findings_);
  }

 private:
  lint::Finding& add(std::string_view code, std::string message) {
    return findings_.emplace_back(project_finding(code, std::move(message)));
  }
  lint::Finding& add(std::string_view code, Index index, std::string message) {
    lint::Finding& finding = add(code, std::move(message));
    finding.revision = graph_.id(index);
    finding.object = graph_.id(index);
    finding.place.file = graph_.at(index).path;
    return finding;
  }

  void judge_heads() {
    const std::vector<Index> heads = graph_.real_heads();
    if (heads.size() < 2 || are_labelled_apart(heads)) return;
    std::vector<std::string> ids;
    for (const Index head : heads) ids.push_back(graph_.id(head));
    lint::Finding& finding = add(
        "PR001", "there are " + std::to_string(ids.size()) + " heads: " + text::quoted_list(ids));
    finding.object = text::join(ids, " ");
    finding.safe = {"cupel merge heads -m \"join " + text::join(ids, " and ") + "\""};
  }

  /// Branches with names of their own are meant to live side by side.
  bool are_labelled_apart(const std::vector<Index>& heads) const {
    std::set<std::string> seen;
    for (const Index head : heads) {
      const std::vector<std::string>& labels = graph_.labels(head);
      if (labels.empty()) return false;
      for (const std::string& label : labels)
        if (!seen.insert(label).second) return false;
    }
    return true;
  }

  void judge_drift() {
    for (const migrate::Drift& drift :
         migrate::find_drift(project_.migrations(), range_.database->state)) {
      lint::Finding& finding = add("PR002", "revision '" + drift.revision + "' was " +
                                                (drift.deleted ? "deleted" : "edited") +
                                                " after it was applied at " + drift.applied_at);
      finding.object = drift.revision;
      finding.place.file = drift.path;
    }
  }

  /// A revision that counts as applied, though it never ran: what is below it ran before it was
  /// there.
  void judge_order() {
    const migrate::DatabaseState& state = range_.database->state;
    std::set<std::string> ran;
    std::vector<Index> stamped;
    for (const migrate::HistoryEntry& entry : state.history) {
      ran.insert(entry.revision);
      const std::optional<Index> index = graph_.find(entry.revision);
      if (index && entry.direction == "stamp") stamped.push_back(*index);
    }
    const std::vector<char> applied =
        graph_.mark_ancestors(revision::resolve_rows(graph_, state.rows).known);
    const std::vector<char> excused = graph_.mark_ancestors(stamped);
    for (const Index index : graph_.order()) {
      const auto at = static_cast<std::size_t>(index);
      if (applied[at] == 0 || excused[at] != 0 || ran.contains(graph_.id(index))) continue;
      const auto parents = graph_.all_parents(index);
      const bool is_late = std::any_of(parents.begin(), parents.end(), [&](Index parent) {
        return ran.contains(graph_.id(parent));
      });
      if (!is_late) continue;
      add("PR003", "revision '" + graph_.id(index) +
                       "' counts as applied, but never ran: it was put in below one that had run")
          .object = graph_.id(index);
      findings_.back().place.file = graph_.at(index).path;
    }
  }

  /// Against the git reference.
  void judge_history() {
    Git git(project_.config().root, project_.is_interrupted);
    std::set<Index> fresh;
    for (const Index index : range_.revisions) {
      const std::string& path = graph_.at(index).path;
      const std::optional<std::string> old = git.text_at(range_.commit, path);
      if (!old) {
        fresh.insert(index);
      } else if (content_of(*old, path) != content_of(project_.files().read(path), path)) {
        add("PR006", index, "it is in the git reference already, and was edited");
      }
    }
    for (const Index index : fresh) {
      const auto children = graph_.all_children(index);
      for (const Index child : children) {
        if (fresh.contains(child)) continue;
        add("PR003", index,
            "it is new, but revision '" + graph_.id(child) +
                "', which is in the git reference already, stands on it");
        break;
      }
    }
  }

  void judge_message(Index index) {
    const revision::Revision& info = graph_.at(index);
    // A merge says all by being one.
    if (info.parents.size() > 1) return;
    if (info.message.empty()) {
      add("PR007", index, "it has no message");
    } else if (script::is_vague_message(info.message)) {
      add("PR007", index, "the message '" + info.message + "' does not say what changes");
    }
  }

  void judge_imports(Index index);
  bool is_own_module(const std::string& name) const;

  Project& project_;
  const LintRange& range_;
  const revision::Graph& graph_;
  std::vector<lint::Finding> findings_;
};

/// Imports wherever they stand, also in functions.
class Imports {
 public:
  struct Import {
    std::string module;
    std::size_t line = 0;
  };
  /// Lines are enough: an import is never inside of an expression.
  static std::vector<Import> of(const std::string& text) {
    std::vector<Import> found;
    std::size_t number = 0;
    for (const std::string& raw : text::split(text, '\n')) {
      ++number;
      const std::string_view line = text::trim(raw);
      if (line.starts_with("from ")) {
        add(found, line.substr(5), number);
      } else if (line.starts_with("import ")) {
        for (const std::string& part : text::split_list(line.substr(7))) add(found, part, number);
      }
    }
    return found;
  }

 private:
  static void add(std::vector<Import>& found, std::string_view text, std::size_t line) {
    text = text::trim(text);
    const std::string_view module = text.substr(0, text.find_first_of(" \t#;("));
    if (!module.empty()) found.push_back({std::string(module), line});
  }
};

bool ProjectJudge::is_own_module(const std::string& name) const {
  const std::string first = name.substr(0, name.find('.'));
  if (first.empty()) return false;  // beside the revision
  if (first == text::split(project_.config().script_location, '/').front()) return false;
  static const std::set<std::string> kOurs{"alembic", "sqlalchemy", "sqlmodel"};
  if (kOurs.contains(first)) return false;
  std::vector<std::string> roots{project_.config().root};
  if (project_.config().alembic) {
    for (const std::string& path : project_.config().alembic->prepend_sys_path)
      roots.push_back(path);
  }
  const Files& files = project_.files();
  return std::any_of(roots.begin(), roots.end(), [&](const std::string& root) {
    const std::string path = root == "." ? first : path::join(root, first);
    return files.is_file(path + ".py") || files.is_directory(path);
  });
}

void ProjectJudge::judge_imports(Index index) {
  const std::string& path = graph_.at(index).path;
  if (!path.ends_with(".py") || !project_.files().is_file(path)) return;
  for (const Imports::Import& import : Imports::of(project_.files().read(path))) {
    if (!is_own_module(import.module)) continue;
    lint::Finding& finding =
        add("DV006", index,
            "it imports '" + import.module +
                "', the application's code, which will be another one when it runs");
    finding.object = import.module;
    finding.place.line = import.line;
  }
}

}  // namespace

lint::Finding project_finding(std::string_view code, std::string message, FilePosition place) {
  lint::Finding finding;
  finding.code = code;
  for (const lint::Rule& rule : lint::project_rules())
    if (rule.code == code) finding.severity = rule.severity;
  finding.message = std::move(message);
  finding.place = std::move(place);
  return finding;
}

std::vector<lint::Finding> judge_project(Project& project, const LintRange& range) {
  return ProjectJudge(project, range).run();
}

}  // namespace cupel::command
