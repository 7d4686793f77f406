// SPDX-License-Identifier: MIT
// revision and merge. See write.hpp; init is in init.cpp.
#include "cupel/command/write.hpp"

#include <algorithm>
#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/revision/create.hpp"
#include "cupel/script/sql_script.hpp"
#include "cupel/script/templates.hpp"

namespace cupel::command {
namespace {

std::string extension_of(const Config& config) {
  if (config.format == "sql" || config.format == "cpp") return "." + config.format;
  throw UsageError("unknown format '" + config.format + "'; expected 'sql' or 'cpp'",
                   "correct format in the [project] section");
}

std::string choose_location(const Project& project, const std::string& version_path) {
  const std::vector<script::VersionLocation> locations = project.version_locations();
  if (version_path.empty()) {
    if (locations.size() == 1) return locations.front().path;
    throw UsageError("there are several version locations, and none was chosen",
                     "add --version-path PATH");
  }
  const std::string wanted = project.path_of(version_path);
  std::vector<std::string> known;
  for (const script::VersionLocation& location : locations) {
    if (location.path == wanted || location.path == version_path) return location.path;
    known.push_back(location.path);
  }
  throw UsageError("'" + version_path + "' is no version location of this project",
                   "use one of: " + text::join(known, ", "));
}

std::string template_text(Project& project, const std::string& extension, std::string& path) {
  path =
      path::join(project.path_of(project.config().script_location), "script" + extension + ".tmpl");
  if (project.files().is_file(path)) return project.files().read(path);
  return std::string(extension == ".sql" ? script::default_sql_template()
                                         : script::default_cpp_template());
}

/// A free path for the new file below `location`, whose folders exist.
std::string choose_path(Project& project, const std::string& location,
                        const script::FileNameValues& values, const std::string& extension) {
  const std::string name = script::file_name(project.config().file_template, values);
  const std::string directory = path::directory(path::join(location, name));
  project.files().make_directory(directory);
  return path::join(directory,
                    script::unused_file_name(path::file_name(name), values.revision, extension,
                                             project.files().list_files(directory)));
}

RevisionReport write_revision(Project& project, script::Header header,
                              const std::string& version_path) {
  const std::string extension = extension_of(project.config());
  const std::string location = choose_location(project, version_path);
  const TimePoint now = project.clock();
  header.created = to_iso8601(now);
  header.message = script::one_line(header.message);
  std::string template_path;
  const std::string text = template_text(project, extension, template_path);
  RevisionReport report;
  report.revision = header.revision;
  report.parents = header.down_revision;
  const std::string content = script::render_template(text, template_path, {header, {}, {}});
  report.path =
      choose_path(project, location,
                  {header.revision, header.message, now, project.config().slug_length}, extension);
  project.files().write(report.path, content);
  if (header.message.empty()) {
    report.hint = "a revision without a message; say what changes: -m \"add phone to users\"";
  } else if (script::is_vague_message(header.message)) {
    report.hint =
        "the message '" + header.message +
        "' will tell nobody much in a year; say what changes, as in \"add phone to users\"";
  }
  return report;
}

script::Header header_for(std::string id, std::string message, std::vector<std::string> labels) {
  script::Header header;
  header.revision = id.empty() ? script::new_revision_id() : std::move(id);
  header.message = std::move(message);
  header.branch_labels = std::move(labels);
  return header;
}

}  // namespace

RevisionReport new_revision(Project& project, const RevisionRequest& request) {
  const revision::Graph& graph = project.graph();
  script::Header header = header_for(request.revision_id, request.message, request.branch_labels);
  revision::NewRevisionHeader parents = revision::check_new_revision(
      graph,
      {header.revision, request.heads, request.splice, request.depends_on, request.branch_labels});
  header.down_revision = std::move(parents.parents);
  header.depends_on = std::move(parents.depends_on);
  return write_revision(project, std::move(header), request.version_path);
}

RevisionReport merge(Project& project, const MergeRequest& request) {
  const revision::Graph& graph = project.graph();
  script::Header header = header_for(request.revision_id, request.message, request.branch_labels);
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
  return write_revision(project, std::move(header), location);
}

}  // namespace cupel::command
