// SPDX-License-Identifier: MIT
// See approve.hpp.
#include "cupel/command/approve.hpp"

#include <algorithm>

#include "command/approval_file.hpp"
#include "cupel/base/text.hpp"
#include "cupel/command/read.hpp"
#include "cupel/migrate/run.hpp"

namespace cupel::command {
namespace {

const script::Migration& find_revision(Project& project, const std::string& name) {
  const std::vector<revision::Index> found = show(project, name);
  if (found.size() != 1)
    throw UsageError("'" + name + "' names " + std::to_string(found.size()) + " revisions",
                     "an approval is for one revision; cupel history shows all");
  return project.migrations().get(project.graph().id(found.front()));
}

/// The live database where there is one: what it holds now is told.
const migrate::Environment& environment_of(Project& project) {
  return project.database_exists() ? project.environment(/*create=*/false)
                                   : project.offline_environment();
}

std::vector<std::string> codes_of(const std::vector<migrate::Loss>& losses) {
  std::vector<std::string> codes;
  for (const migrate::Loss& loss : losses)
    if (std::find(codes.begin(), codes.end(), loss.code) == codes.end()) codes.push_back(loss.code);
  std::sort(codes.begin(), codes.end());
  return codes;
}

}  // namespace

ApproveReport approve(Project& project, const std::string& revision, const std::string& because) {
  if (text::trim(because).empty())
    throw UsageError("an approval needs a reason",
                     "say why the data may go: --because \"names moved to the address book\"");
  const script::Migration& migration = find_revision(project, revision);
  const std::string id = migration.info().id;
  ApproveReport report;
  report.approval.revision = id;
  report.approval.checksum = migration.checksum();
  if (report.approval.checksum.empty())
    throw UsageError("revision '" + id + "' has no text whose edits would be seen",
                     "allow its steps where they are written: .allows = {\"DS001\"}");
  report.is_code = !migration.is_plain_sql();
  if (!report.is_code) report.losses = migrate::destructive_steps(environment_of(project), id);
  if (!report.is_code && report.losses.empty())
    throw UsageError("revision '" + id + "' destroys nothing, as far as its words tell",
                     "there is nothing to approve");
  report.approval.codes = report.is_code
                              ? std::vector<std::string>{std::string(migrate::kEveryCode)}
                              : codes_of(report.losses);
  report.approval.approved_by = project.config().settings.who();
  report.approval.approved_at = to_iso8601(project.clock());
  report.approval.because = text::trim(because);
  const std::string folder = approval_folder(project);
  project.files().make_directory(folder);
  report.approval.path = path::join(folder, id + ".approval");
  project.files().write(report.approval.path, to_text(report.approval, report.losses));
  return report;
}

std::vector<ApprovalState> approvals(Project& project) {
  const std::string folder = approval_folder(project);
  std::vector<ApprovalState> states;
  if (!project.files().is_directory(folder)) return states;
  for (const std::string& name : project.files().list_files(folder)) {
    if (!name.ends_with(".approval")) continue;
    const std::string path = path::join(folder, name);
    ApprovalState& state = states.emplace_back();
    state.approval = parse_approval(project.files().read(path), path);
    const script::Migration* migration = project.migrations().find(state.approval.revision);
    if (migration == nullptr) {
      state.state = ApprovalState::State::Unknown;
    } else if (!migrate::holds(state.approval, *migration)) {
      state.state = ApprovalState::State::Stale;
    }
  }
  return states;
}

}  // namespace cupel::command
