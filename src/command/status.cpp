// SPDX-License-Identifier: MIT
// status: revision, models' tables and database's tables, side by side. See schema.hpp.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "command/comparison.hpp"
#include "command/presets.hpp"
#include "cupel/command/schema.hpp"

namespace cupel::command {
namespace {

using model::ObjectKey;
using LineState = StatusLine::State;

bool is_shown(const ObjectKey& key) {
  return key.kind == model::ObjectKind::Table || key.kind == model::ObjectKind::View;
}

class Lines {
 public:
  Lines(Project& project, const Comparison& comparison)
      : project_(&project), ownership_(project, comparison.live.default_schema) {
    const Filter filter(project, comparison.live.default_schema);
    for (const ObjectKey& key : model::keys_of(project.target().schema))
      if (filter.includes(key)) add(key, LineState::Same);
    for (const diff::Finding& finding : comparison.difference.findings) {
      const bool is_whole = finding.part.empty();
      LineState state = LineState::Differs;
      if (is_whole && finding.kind == diff::Finding::Kind::Added) state = LineState::Missing;
      if (is_whole && finding.kind == diff::Finding::Kind::Removed) state = LineState::Removed;
      add(finding.object, state);
    }
    for (const Unmanaged& unmanaged : comparison.unmanaged) {
      add(unmanaged.object, LineState::Unmanaged);
      if (is_shown(unmanaged.object)) lines_[unmanaged.object].note = unmanaged.product;
    }
  }

  std::vector<StatusLine> take() {
    std::vector<StatusLine> result;
    const auto& declared = project_->target().declared_in;
    for (auto& [key, line] : lines_) {
      line.object = key;
      const auto source = declared.find(key);
      if (source != declared.end()) line.note = source->second;
      if (line.state == LineState::Removed) line.note = "made by " + ownership_.made_by(key);
      result.push_back(std::move(line));
    }
    return result;
  }

 private:
  void add(const ObjectKey& key, LineState state) {
    if (is_shown(key)) lines_[key].state = state;
  }
  Project* project_;
  Ownership ownership_;
  std::map<ObjectKey, StatusLine> lines_;
};

/// Without models everything in the database is merely there.
std::vector<StatusLine> present_lines(Project& project) {
  const Live live = read_live(project);
  const Filter filter(project, live.default_schema);
  Ownership ownership(project, live.default_schema);
  std::vector<StatusLine> lines;
  for (const ObjectKey& key : model::keys_of(live.schema)) {
    if (!is_shown(key) || !filter.includes(key)) continue;
    const bool is_owned = ownership.owns(key);
    const Preset* preset = preset_of(key.name);
    StatusLine line{key, is_owned ? LineState::Present : LineState::Unmanaged, {}};
    if (is_owned)
      line.note = "made by " + ownership.made_by(key);
    else if (preset != nullptr)
      line.note = preset->product;
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end(),
            [](const StatusLine& a, const StatusLine& b) { return a.object < b.object; });
  return lines;
}

}  // namespace

std::string_view to_string(StatusLine::State state) {
  switch (state) {
    case LineState::Same:
      return "same";
    case LineState::Differs:
      return "differs";
    case LineState::Missing:
      return "missing";
    case LineState::Removed:
      return "removed";
    case LineState::Unmanaged:
      return "unmanaged";
    case LineState::Present:
      return "present";
  }
  return "";
}

StatusReport status(Project& project) {
  StatusReport report;
  report.has_database = project.database_exists();
  report.current = current(project);
  report.has_models = project.has_target();
  if (!report.has_models) {
    report.lines = present_lines(project);
    return report;
  }
  // What might be a rename is shown as what it is without a decision.
  Decisions decisions;
  decisions.no_renames = true;
  report.lines = Lines(project, compare_with_models(project, decisions)).take();
  return report;
}

}  // namespace cupel::command
