// SPDX-License-Identifier: MIT
// See revision_file.hpp.
#include "command/revision_file.hpp"

#include <utility>

#include "command/hooks.hpp"
#include "cupel/base/text.hpp"
#include "cupel/revision/create.hpp"

namespace cupel::command {
namespace {

std::string extension_of(const Config& config) {
  for (const char* known : {"sql", "cpp", "py"})
    if (config.format == known) return "." + config.format;
  throw UsageError("unknown format '" + config.format + "'; expected 'sql', 'cpp' or 'py'",
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

std::string_view default_template(const std::string& extension) {
  if (extension == ".py") return alembic::default_revision_template();
  return extension == ".sql" ? script::default_sql_template() : script::default_cpp_template();
}

/// The project's own template, or the built-in one, filled in.
std::string render(Project& project, const std::string& extension,
                   const script::NewRevision& revision) {
  const bool is_python = extension == ".py";
  const std::string name = "script" + extension + (is_python ? ".mako" : ".tmpl");
  const std::string path = path::join(project.path_of(project.config().script_location), name);
  const bool is_own = project.files().is_file(path);
  const std::string text =
      is_own ? project.files().read(path) : std::string(default_template(extension));
  return is_python ? project.runtime().render_revision(text, path, revision)
                   : script::render_template(text, path, revision);
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

}  // namespace

RevisionReport write_revision(Project& project, script::NewRevision revision,
                              const std::string& version_path) {
  script::Header& header = revision.header;
  const std::string extension = extension_of(project.config());
  const std::string location = choose_location(project, version_path);
  const TimePoint now = project.clock();
  header.created = to_iso8601(now);
  header.message = script::one_line(header.message);
  RevisionReport report;
  report.revision = header.revision;
  report.parents = header.down_revision;
  const std::string content = render(project, extension, revision);
  report.path =
      choose_path(project, location,
                  {header.revision, header.message, now, project.config().slug_length}, extension);
  project.files().write(report.path, content);
  run_hooks(project, report.path);
  if (header.message.empty()) {
    report.hint = "a revision without a message; say what changes: -m \"add phone to users\"";
  } else if (script::is_vague_message(header.message)) {
    report.hint =
        "the message '" + header.message +
        "' will tell nobody much in a year; say what changes, as in \"add phone to users\"";
  }
  return report;
}

script::Header header_for(Project& project, const RevisionRequest& request) {
  script::Header header;
  header.revision = request.revision_id.empty() ? script::new_revision_id() : request.revision_id;
  header.message = request.message;
  header.branch_labels = request.branch_labels;
  revision::NewRevisionHeader parents = revision::check_new_revision(
      project.graph(),
      {header.revision, request.heads, request.splice, request.depends_on, request.branch_labels});
  header.down_revision = std::move(parents.parents);
  header.depends_on = std::move(parents.depends_on);
  return header;
}

}  // namespace cupel::command
