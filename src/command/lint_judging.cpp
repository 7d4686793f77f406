// SPDX-License-Identifier: MIT
// See lint_judging.hpp.
#include "command/lint_judging.hpp"

#include <algorithm>
#include <utility>

#include "command/lint_project.hpp"

namespace cupel::command {

Judging::Judging(lint::DialectLint* dialect_lint, const lint::CommonFacts& facts, Renderer render)
    : render_(std::move(render)) {
  judges_.push_back(lint::make_common_judge(facts));
  if (dialect_lint != nullptr) judges_.push_back(dialect_lint->make_judge());
}

void Judging::see(const lint::Step& step, const lint::State& state) {
  if (!step.in_transaction && is_open_) end_transaction();
  place_ = step.place;
  schema_ = &state.schema;
  for (const auto& judge : judges_) judge->see(step, state, report());
  for (const lint::Effect& effect : step.effects) {
    const auto* unknown = std::get_if<lint::NotUnderstood>(&effect);
    if (unknown != nullptr)
      add(project_finding("RV003", "a statement is not understood: " + unknown->reason, place_));
  }
  is_open_ = step.in_transaction;
  if (!step.in_transaction) end_transaction();
  schema_ = nullptr;
  ++steps_;
  ++steps_at_[place_.line];
}

bool Judging::is_alone(std::size_t line) const {
  const auto found = steps_at_.find(line);
  return found == steps_at_.end() || found->second == 1;
}

void Judging::end(const lint::State& after) {
  if (is_open_) end_transaction();
  for (const auto& judge : judges_) judge->end_revision(after, report());
}

void Judging::add(lint::Finding finding) {
  if (finding.place.file.empty()) finding.place = place_;
  const auto is_same = [&](const LintFinding& it) {
    return it.finding.code == finding.code && it.finding.place == finding.place &&
           it.finding.object == finding.object;
  };
  if (std::any_of(findings_.begin(), findings_.end(), is_same)) return;
  LintFinding& added = findings_.emplace_back();
  // Only while its step is at hand is the schema what the step meets.
  if (!finding.replacement.empty() && schema_ != nullptr && finding.place == place_) {
    Fix fix = render_(finding.replacement, *schema_);
    added.fix = std::move(fix.text);
    added.fix_imports = std::move(fix.imports);
  }
  added.finding = std::move(finding);
}

lint::Report Judging::report() {
  return [this](lint::Finding finding) { add(std::move(finding)); };
}

void Judging::end_transaction() {
  for (const auto& judge : judges_) judge->end_transaction(report());
  is_open_ = false;
}

}  // namespace cupel::command
