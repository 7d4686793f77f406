// SPDX-License-Identifier: MIT
// Puts the safe form of a step into its revision's file. See lint.hpp.
#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "command/lint_edit.hpp"
#include "cupel/base/text.hpp"
#include "cupel/command/lint.hpp"
#include "cupel/migrate/state.hpp"
#include "cupel/revision/resolve.hpp"

namespace cupel::command {
namespace {

class Fixer {
 public:
  Fixer(Project& project, const LintReport& report, bool offline)
      : project_(project), report_(report), graph_(project.graph()) {
    if (!offline) find_applied();
  }

  LintFixReport run() {
    for (const LintedRevision& revision : report_.revisions) fix(revision);
    return std::move(result_);
  }

 private:
  void find_applied() {
    if (!project_.database_exists()) return;
    const std::vector<std::string> rows =
        migrate::read_rows(project_.environment(/*create=*/false));
    applied_ = graph_.mark_ancestors(revision::resolve_rows(graph_, rows).known);
  }

  bool is_applied(const std::string& id) const {
    const auto index = graph_.find(id);
    return index && !applied_.empty() && applied_[static_cast<std::size_t>(*index)] != 0;
  }

  void fix(const LintedRevision& revision) {
    std::vector<const LintFinding*> wanted;
    for (const LintFinding& it : report_.findings)
      if (it.finding.revision == revision.id && !it.fix.empty()) wanted.push_back(&it);
    if (wanted.empty()) return;
    if (is_applied(revision.id)) {
      result_.notes.push_back("revision '" + revision.id +
                              "' is applied already and stays as it is");
      return;
    }
    std::vector<TextEdit> edits;
    std::set<std::string> imports;
    const std::string text = project_.files().read(revision.path);
    for (const LintFinding* it : wanted) {
      const auto is_same = [&](const TextEdit& edit) {
        return edit.line == it->finding.place.line;
      };
      if (std::any_of(edits.begin(), edits.end(), is_same)) continue;
      FoundEdit found = find_edit(project_, revision.path, text, *it);
      if (found.edit && overlaps(*found.edit, edits))
        found = {std::nullopt, "it stands inside of what is rewritten already"};
      if (found.edit) {
        edits.push_back(std::move(*found.edit));
        imports.insert(found.imports.begin(), found.imports.end());
      } else {
        result_.by_hand.push_back({*it, std::move(found.reason)});
      }
    }
    if (edits.empty()) return;
    const std::size_t steps = edits.size();
    if (!imports.empty()) edits.push_back(import_edit(text, revision.path, imports));
    std::sort(edits.begin(), edits.end(),
              [](const TextEdit& a, const TextEdit& b) { return a.begin < b.begin; });
    result_.files.push_back({revision.path, diff_of(revision.path, text, edits), steps});
    project_.files().write(revision.path, with_edits(text, edits));
    if (revision.path.ends_with(".cpp"))
      result_.notes.push_back("build the program again, since " + revision.path + " has changed");
  }

  static bool overlaps(const TextEdit& edit, const std::vector<TextEdit>& others) {
    return std::any_of(others.begin(), others.end(), [&](const TextEdit& other) {
      return edit.begin < other.end && other.begin < edit.end;
    });
  }

  Project& project_;
  const LintReport& report_;
  const revision::Graph& graph_;
  std::vector<char> applied_;
  LintFixReport result_;
};

}  // namespace

LintFixReport fix_lint(Project& project, const LintReport& report, bool offline) {
  return Fixer(project, report, offline).run();
}

}  // namespace cupel::command
