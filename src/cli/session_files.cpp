// SPDX-License-Identifier: MIT
// What makes and opens files: init, revision, merge, edit. See session.hpp.
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>

#include "cli/render.hpp"
#include "cli/session.hpp"

namespace cupel::cli {

std::string Session::config_file_to_make() const {
  const std::vector<std::string>& named = options_.global.config_files;
  return named.empty() ? "cupel.toml" : named.front();
}

void Session::tell_init(const command::InitReport& report) {
  if (wants_json()) {
    terminal_.data(json_init(report));
  } else if (!options_.global.quiet) {
    for (const std::string& path : report.created) say_generated(path);
    for (const std::string& path : report.kept)
      terminal_.data("File " + path + " already exists, skipping\n");
  }
}

int Session::init() {
  if (options_.global.from_url) return init_from(*options_.global.from_url);
  if (options_.as_alembic) return init_as_alembic();
  command::InitRequest request{given_.directory, given_.template_name, config_file_to_make()};
  if (options_.global.url) request.url = *options_.global.url;
  request.package = given_.package;
  tell_init(command::init(files_, request));
  if (given_.template_name == "alembic") {
    terminal_.say("Next: cupel revision -m \"create users\", cupel upgrade head");
    return kDone;
  }
  terminal_.say(given_.template_name == "cpp"
                    ? "Next: edit " + given_.directory + "/models.hpp, build " + given_.directory +
                          ", and run its own program as cupel"
                    : "Next: edit schema.sql, cupel revision --autogenerate -m \"create users\", "
                      "cupel upgrade head");
  return kDone;
}

/// As `alembic init` does it, with what it says.
int Session::init_as_alembic() {
  const bool usual = given_.template_name.empty() || given_.template_name == "sql" ||
                     given_.template_name == "generic";
  if (!usual) throw UsageError("No such template '" + given_.template_name + "'");
  const auto whole = [](const std::string& path) {
    return std::filesystem::absolute(path).lexically_normal().string();
  };
  const std::vector<std::string>& named = options_.global.config_files;
  const std::string ini = named.empty() ? "alembic.ini" : named.front();
  const bool is_new = !files_.is_directory(given_.directory);
  if (!is_new && !(files_.list_files(given_.directory).empty() &&
                   files_.list_directories(given_.directory).empty()))
    throw UsageError("Directory " + given_.directory + " already exists and is not empty");
  const command::InitReport report =
      command::init(files_, {given_.directory, "alembic", ini,
                             options_.global.url.value_or("driver://user:pass@localhost/dbname"),
                             given_.package});
  if (options_.global.quiet) return kDone;
  const std::string folder = whole(given_.directory);
  if (is_new) terminal_.data("Creating directory " + folder + " ...  done\n");
  terminal_.data("Creating directory " + folder + "/versions ...  done\n");
  for (const std::string& path : report.created) {
    const bool is_package = path::file_name(path) == "__init__.py";
    if (is_package) terminal_.data("Adding " + whole(path) + " ...  done\n");
    if (!is_package) say_generated(path);
  }
  for (const std::string& path : report.kept)
    terminal_.data("File " + whole(path) + " already exists, skipping\n");
  terminal_.data("Please edit configuration/connection/logging settings in '" + whole(ini) +
                 "' before proceeding.\n");
  return kDone;
}

int Session::list_templates() {
  const auto templates = command::list_templates();
  return tell(wants_json() ? json_templates(templates) : render_templates(templates));
}

void Session::say_generated(const std::string& path) {
  if (!wants_json() && !options_.global.quiet)
    terminal_.data(
        "Generating " +
        (options_.as_alembic ? std::filesystem::absolute(path).lexically_normal().string() : path) +
        " ...  done\n");
}

int Session::tell_new_file(const command::RevisionReport& report) {
  if (wants_json()) terminal_.data(json_new_revision(report));
  if (!report.hint.empty()) terminal_.say("hint: " + report.hint);
  return kDone;
}

command::RevisionRequest Session::revision_request() const {
  command::RevisionRequest request;
  request.message = given_.message;
  if (!given_.heads.empty()) request.heads = given_.heads;
  request.splice = given_.splice;
  request.revision_id = given_.revision_id;
  request.branch_labels = given_.branch_labels;
  request.depends_on = given_.depends_on;
  request.version_path = given_.version_path;
  request.offline = given_.sql;
  return request;
}

int Session::revision() {
  if (given_.autogenerate && given_.sql)
    throw UsageError("using --sql with --autogenerate does not make any sense",
                     "leave one of them out: what differs is asked of the database");
  if (given_.autogenerate) return autogenerate(revision_request());
  return tell_new_file(command::new_revision(project(), revision_request()));
}

int Session::merge() {
  return tell_new_file(command::merge(
      project(),
      {given_.revisions, given_.message, given_.revision_id, given_.branch_labels, given_.splice}));
}

int Session::edit() {
  const std::string name = given_.revision.empty() ? "head" : given_.revision;
  const std::vector<revision::Index> found = command::show(project(), name);
  if (found.empty())
    throw UsageError("'" + name + "' names no revision with a file", "cupel history shows all");
  const std::optional<std::string> visual = environment_variable("VISUAL");
  const std::optional<std::string> editor = visual ? visual : environment_variable("EDITOR");
  if (!editor)
    throw UsageError("no editor is set", "set VISUAL or EDITOR, as in: export EDITOR=nano");
  for (const revision::Index index : found) {
    const std::string& path = project().graph().at(index).path;
    // The editor's words may hold flags ("code --wait"), so a shell splits them; the path is an
    // argument of its own.
    const std::string command = *editor + " \"$CUPEL_EDIT_FILE\"";
    setenv("CUPEL_EDIT_FILE", path.c_str(), 1);
    const int status = std::system(command.c_str());
    if (status != 0)
      throw UsageError("the editor '" + *editor + "' ended with status " +
                           std::to_string(WIFEXITED(status) ? WEXITSTATUS(status) : status),
                       "check VISUAL and EDITOR");
  }
  return kDone;
}

}  // namespace cupel::cli
