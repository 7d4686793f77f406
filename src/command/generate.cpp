// SPDX-License-Identifier: MIT
// revision --autogenerate and check. See autogenerate.hpp.
#include <algorithm>
#include <utility>

#include "command/code.hpp"
#include "command/comparison.hpp"
#include "command/declarations.hpp"
#include "command/fill.hpp"
#include "command/revision_file.hpp"
#include "command/safe_steps.hpp"
#include "cupel/base/text.hpp"
#include "cupel/ops/services.hpp"

namespace cupel::command {
namespace {

/// Both sections of a new revision.
class Body {
 public:
  Body(Project& project, const Comparison& comparison)
      : project_(&project), comparison_(&comparison) {}

  SafeSteps upgrade(const Decisions& decisions) {
    SafeStepOptions options = base_options();
    options.fills = parse_fills(decisions.fills);
    for (const diff::Finding& finding : comparison_->difference.findings) {
      if (finding.kind == diff::Finding::Kind::Removed && finding.part.empty())
        options.notes[finding.object] = finding.note;
    }
    SafeSteps safe =
        safe_steps(comparison_->difference.operations, comparison_->live.schema, options);
    for (const auto& [column, value] : options.fills) {
      if (safe.used_fills.count(column) != 0) continue;
      throw UsageError("--fill " + column + ": no value is needed there",
                       "only columns that are NOT NULL from now on and have no default take one");
    }
    add_declarations(safe.steps);
    return safe;
  }

  std::vector<script::Step> downgrade(std::vector<ops::Operation> way_back,
                                      const model::Schema& after) const {
    SafeStepOptions options = base_options();
    options.is_downgrade = true;
    return safe_steps(std::move(way_back), after, options).steps;
  }

  std::vector<ops::Operation> way_back(const model::Schema& after) const {
    try {
      return ops::reverse_all(comparison_->difference.operations);
    } catch (const UsageError&) {
      // An operation that has no reverse of its own (a value added to an enum): compare the states.
      return diff::compare(after, comparison_->live.schema, project_->dialect().diff_rules())
          .operations;
    }
  }

  model::Schema after() const {
    model::Schema schema = comparison_->live.schema;
    for (const ops::Operation& operation : comparison_->difference.operations)
      ops::apply(operation, schema);
    return schema;
  }

 private:
  SafeStepOptions base_options() const {
    SafeStepOptions options;
    options.writer = &project_->dialect().writer();
    options.rules = &project_->dialect().diff_rules();
    if (writes_cpp(*project_))
      options.allow_line = ".allows = {{\"{}\"}} among the revision's fields";
    if (project_->config().format == "py") options.allow_line = "# cupel: allow {} because ...";
    return options;
  }

  void add_declarations(std::vector<script::Step>& steps) const {
    std::vector<model::ObjectKey> made;
    for (const diff::Finding& finding : comparison_->difference.findings) {
      if (finding.kind == diff::Finding::Kind::Added && finding.part.empty())
        made.push_back(finding.object);
    }
    const std::string comment = declaration_comment(made, project_->target().declared_in);
    if (!comment.empty()) steps.insert(steps.begin(), {comment, {}});
  }

  Project* project_;
  const Comparison* comparison_;
};

/// Declared, there, and made by no revision: a new database would lack it.
std::vector<model::ObjectKey> unmade_objects(Project& project, const Live& live) {
  std::vector<model::ObjectKey> unmade;
  if (project.graph().empty()) return unmade;
  Ownership ownership(project, live.default_schema);
  const auto& declared = project.target().declared_in;
  for (const model::ObjectKey& key : model::keys_of(live.schema)) {
    const bool is_relation =
        key.kind == model::ObjectKind::Table || key.kind == model::ObjectKind::View;
    if (is_relation && declared.count(key) != 0 && !ownership.owns(key)) unmade.push_back(key);
  }
  return unmade;
}

}  // namespace

CheckReport check(Project& project) {
  require_at_heads(project);
  Comparison comparison = compare_with_models(project, {});
  return {std::move(comparison.difference.findings), std::move(comparison.unmanaged),
          std::move(comparison.difference.questions)};
}

GenerateReport generate(Project& project, const GenerateRequest& request) {
  require_at_heads(project);
  script::NewRevision revision{header_for(project, request.revision), {}, {}};
  Comparison comparison = compare_with_models(project, request.decisions);
  diff::Difference& difference = comparison.difference;
  difference.undo = {};  // of many tables each copy counts
  GenerateReport report;
  report.findings = difference.findings;
  report.unmanaged = comparison.unmanaged;
  report.unmade = unmade_objects(project, comparison.live);
  report.renames_to_decide = difference.questions;
  Body body(project, comparison);
  SafeSteps up = body.upgrade(request.decisions);
  report.fills_to_decide = std::move(up.questions);
  if (report.has_questions()) return report;
  if (difference.operations.empty() && !request.allow_empty) return report;
  revision.upgrade = render_steps(project, up.steps, comparison.live.schema, revision);
  up = {};
  const model::Schema after = body.after();
  std::vector<ops::Operation> way_back = body.way_back(after);
  difference.operations = {};
  revision.downgrade =
      render_steps(project, body.downgrade(std::move(way_back), after), after, revision);
  if (request.before_writing) request.before_writing(report);
  report.file = write_revision(project, std::move(revision), request.revision.version_path);
  return report;
}

}  // namespace cupel::command
