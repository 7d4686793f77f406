// SPDX-License-Identifier: MIT
// revision and merge. See write.hpp; init is in init.cpp.
#include "cupel/command/write.hpp"

#include <utility>

#include "command/revision_file.hpp"
#include "cupel/base/text.hpp"
#include "cupel/revision/create.hpp"

namespace cupel::command {

RevisionReport new_revision(Project& project, const RevisionRequest& request) {
  const bool has_environment =
      project.config().alembic && project.config().alembic->revision_environment;
  if (request.offline && !has_environment)
    throw UsageError(
        "using --sql with the revision command when revision_environment is not configured does "
        "not "
        "make any sense",
        "leave it out: a revision without --autogenerate asks no database");
  ask_environment(project, request.offline);
  return write_revision(project, {header_for(project, request), {}, {}}, request.version_path);
}

RevisionReport merge(Project& project, const MergeRequest& request) {
  const revision::Graph& graph = project.graph();
  ask_environment(project, /*offline=*/false);
  script::Header header;
  header.revision = request.revision_id.empty() ? script::new_revision_id() : request.revision_id;
  header.message = request.message;
  header.branch_labels = request.branch_labels;
  if (header.message.empty()) header.message = "merge " + text::join(request.revisions, " and ");
  header.down_revision = revision::merge_parents(graph, request.revisions, request.splice);
  revision::check_new_revision(
      graph, {header.revision, header.down_revision, true, {}, request.branch_labels});
  // A merge lies beside the first of its parents.
  const std::string parent_path = graph.at(*graph.find(header.down_revision.front())).path;
  std::string location;
  for (const script::VersionLocation& candidate : project.version_locations()) {
    if (parent_path.starts_with(candidate.path + "/")) location = candidate.path;
  }
  return write_revision(project, {std::move(header), {}, {}}, location);
}

}  // namespace cupel::command
