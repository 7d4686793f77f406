// SPDX-License-Identifier: MIT
// See revision_file.hpp.
#include "command/revision_file.hpp"

#include <fmt/core.h>

#include <filesystem>
#include <optional>
#include <utility>

#include "command/hooks.hpp"
#include "cupel/base/text.hpp"
#include "cupel/python/parse.hpp"
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
  const auto whole = [](const std::string& path) {
    return std::filesystem::absolute(path).lexically_normal();
  };
  const std::string wanted = project.path_of(version_path);
  std::vector<std::string> known;
  for (const script::VersionLocation& location : locations) {
    if (whole(location.path) == whole(wanted) || location.path == version_path)
      return location.path;
    known.push_back(location.path);
  }
  throw UsageError("'" + version_path + "' is no version location of this project",
                   "use one of: " + text::join(known, ", "));
}

std::string_view default_template(const std::string& extension) {
  if (extension == ".py") return alembic::default_revision_template();
  return extension == ".sql" ? script::default_sql_template() : script::default_cpp_template();
}

/// A template, filled in.
struct Rendered {
  std::string text;
  std::string template_path;  ///< empty: the built-in one
};

/// The project's own template, or the built-in one.
Rendered render(Project& project, const std::string& extension,
                const script::NewRevision& revision) {
  const bool is_python = extension == ".py";
  const std::string name = "script" + extension + (is_python ? ".mako" : ".tmpl");
  const std::string path = path::join(project.path_of(project.config().script_location), name);
  const bool is_own = project.files().is_file(path);
  const std::string text =
      is_own ? project.files().read(path) : std::string(default_template(extension));
  return {is_python ? project.runtime().render_revision(text, path, revision)
                    : script::render_template(text, path, revision),
          is_own ? path : std::string()};
}

/// What the file says of itself; nullopt if it is no revision.
std::optional<script::Header> read_back(Project& project, const std::string& text,
                                        const std::string& path, const std::string& extension) {
  if (extension == ".sql") return script::parse_script(text, path).header;
  if (extension == ".cpp") return script::find_header(text, path);
  python::parse(text, path);
  const auto migration = project.runtime().revisions().read(path, text);
  if (!migration) return std::nullopt;
  const revision::Revision& info = migration->info();
  script::Header header;
  header.revision = info.id;
  header.down_revision = info.parents;
  header.branch_labels = info.branch_labels;
  header.depends_on = info.depends_on;
  return header;
}

/// "its down_revision is 'a1', not 'b2'"; empty if it says what it shall.
std::string difference_of(const std::optional<script::Header>& found,
                          const script::Header& wanted) {
  if (!found || found->revision.empty()) return "it does not say which revision it is";
  const auto differs = [](const char* key, const std::vector<std::string>& got,
                          const std::vector<std::string>& expected) {
    if (got == expected) return std::string();
    return fmt::format("its {} is '{}', not '{}'", key, text::join(got, ", "),
                       text::join(expected, ", "));
  };
  for (const std::string& difference :
       {differs("revision", {found->revision}, {wanted.revision}),
        differs("down_revision", found->down_revision, wanted.down_revision),
        differs("branch_labels", found->branch_labels, wanted.branch_labels),
        differs("depends_on", found->depends_on, wanted.depends_on)})
    if (!difference.empty()) return difference;
  return {};
}

/// A template of the project's own may make anything; what no later command could read is never
/// written.
void require_readable(Project& project, const Rendered& made, const std::string& path,
                      const std::string& extension, const script::Header& header) {
  if (made.template_path.empty()) return;
  const auto refuse = [&](const std::string& why, const std::string& source_line) {
    InputError error({made.template_path}, "it makes a file that cupel cannot read: " + why,
                     "correct the template; nothing was written");
    if (!source_line.empty()) error.add_note("the line would be: " + source_line);
    return error;
  };
  try {
    const std::string why = difference_of(read_back(project, made.text, path, extension), header);
    if (!why.empty()) throw refuse(why, {});
  } catch (const InputError& error) {
    if (error.position().file != path) throw;
    const std::size_t line = error.position().line;
    throw refuse((line == 0 ? "" : fmt::format("line {}: ", line)) + error.message(),
                 error.source_line());
  }
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
  const Rendered made = render(project, extension, revision);
  report.path =
      choose_path(project, location,
                  {header.revision, header.message, now, project.config().slug_length}, extension);
  require_readable(project, made, report.path, extension, header);
  project.files().write(report.path, made.text);
  if (project.on_file) project.on_file(report.path);
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

void ask_environment(Project& project, bool offline) {
  if (!project.config().alembic || !project.config().alembic->revision_environment) return;
  const std::string& problem = project.runtime().environment(offline).problem;
  if (!problem.empty())
    log(project.log, LogLevel::Warning, "env.py", "env.py could not be run to its end: " + problem);
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
