// SPDX-License-Identifier: MIT
// init: a new project's files, which work at once on SQLite.
#include <fmt/core.h>

#include <algorithm>

#include "command/init_alembic.hpp"
#include "cupel/base/text.hpp"
#include "cupel/command/write.hpp"
#include "cupel/driver/url.hpp"
#include "cupel/script/templates.hpp"

namespace cupel::command {
namespace {

constexpr std::string_view kConfig =
    // rooms: allow examples for people
    R"(# cupel's settings for this project. Flags win over them: see `cupel --help`.

[project]
script_location = {directory}  # versions/ lies below it
format = "{format}"  # of new revisions: sql or cpp
file_template = "{{date}}_{{slug}}"  # also {{rev}}, {{datetime}}, {{year}}, {{month}}, {{day}}, {{hour}}, {{minute}}, {{second}}

[database]
# Overridden by --url, CUPEL_DATABASE_URL, DATABASE_URL_DIRECT and DATABASE_URL, also from a .env file.
# Paths start at this file. PostgreSQL: "postgresql://user:password@host/database"
url = {url}

{schema}[safety]
lock_timeout = "60s"               # how long to wait for other runners and for locks, in all
)";

/// Where the target is in files; a C++ project's program has it.
constexpr std::string_view kSchemaSection = R"([schema]
sql = ["schema.sql"]               # what the database shall be; also folders, and "schema/*.sql"

)";

constexpr std::string_view kSchemaSql =
    R"(-- What the database shall be. Edit it, then let cupel write the way there:
--   cupel revision --autogenerate -m "create users"
--   cupel upgrade head
--
-- CREATE TABLE users (
--     id INTEGER PRIMARY KEY,
--     name VARCHAR(50) NOT NULL
-- );
)";

constexpr std::string_view kReadme = R"(# Migrations

`schema.sql` says what the database shall be. After a change there `cupel revision --autogenerate -m "add phone to users"` writes
a revision: a file in `versions/` that leads from the database to the schema. Read it, and edit it where it matters.
`cupel upgrade head` applies what is missing, `cupel downgrade -1` undoes the last, `cupel history` shows all, and
`cupel check` says whether schema and database agree.
)";

constexpr std::string_view kCppReadme = R"(# Migrations

`models.hpp` says what the database shall be. One file in `versions/` is one revision: a value with two functions. Both are built
into a program of this project's own, which has all of cupel's commands:

    cmake -S {directory} -B build/migrations && cmake --build build/migrations
    build/migrations/{name}_migrate revision --autogenerate -m "add phone to users"
    cmake --build build/migrations && build/migrations/{name}_migrate upgrade head

Read what it writes, and edit it where it matters. `check` says whether models and database agree. An application that links
`{name}_revisions` upgrades its database by itself: see cupel/embed.hpp.
)";

constexpr std::string_view kEnvCpp =
    R"(// The project's own migration program: cupel's whole command line with this project's models and revisions linked in.
#include <cupel/cli.hpp>

#include "models.hpp"
#include "{name}_revisions.hpp"

int main(int argc, char** argv) {{
  return cupel::cli::run(argc, argv, {name}::revisions(), {{{{"models.hpp", models::declare}}}});
}}
)";

constexpr std::string_view kModels =
    R"(// What the database shall be. Edit it, build, then let the program write the way there: revision --autogenerate.
#pragma once

#include <cupel/cupel.hpp>

namespace models {

inline void declare(cupel::model::Schema& schema) {
  // using namespace cupel;
  // schema.tables.push_back(model::make_table("users", {
  //     Column("id", Integer()).primary_key(),
  //     Column("name", String(50)).not_null(),
  // }));
  static_cast<void>(schema);
}

}  // namespace models
)";

constexpr std::string_view kCMake =
    R"(# Builds the revisions in versions/ and env.cpp into the program {name}_migrate, and into the library {name}_revisions for
# your application. Include this folder with add_subdirectory(), or build it by itself.
cmake_minimum_required(VERSION 3.22)
project({name}_migrations LANGUAGES CXX)
if(NOT TARGET cupel::cupel)
  find_package(cupel REQUIRED)
endif()
cupel_add_migrations({name} VERSIONS ${{CMAKE_CURRENT_SOURCE_DIR}}/versions ENV ${{CMAKE_CURRENT_SOURCE_DIR}}/env.cpp)
)";

/// Letters, digits and '_' only: a name for C++ and CMake.
std::string identifier(std::string_view directory) {
  std::string name = path::file_name(directory);
  for (char& c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!plain) c = '_';
  }
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) name.insert(name.begin(), '_');
  return name;
}

/// A URL whose password is no matter for a file under version control.
struct PublicUrl {
  std::string url;
  bool has_password = false;
};
PublicUrl public_url(const std::string& text) {
  driver::Url url = driver::parse_url(text);
  if (!url.has_password) return {text, false};
  url.password.clear();
  url.has_password = false;
  return {driver::to_string_with_password(url), true};
}

class Initializer {
 public:
  explicit Initializer(Files& files) : files_(&files) {}
  void write(const std::string& path, std::string_view content) {
    if (files_->is_file(path)) {
      report_.kept.push_back(path);
      return;
    }
    files_->make_directory(path::directory(path));
    files_->write(path, content);
    report_.created.push_back(path);
  }
  InitReport take() { return std::move(report_); }

 private:
  Files* files_;
  InitReport report_;
};

void write_secret(Initializer& initializer, const InitRequest& request) {
  initializer.write(path::join(path::directory(request.config_file), ".env"),
                    "# Not for version control.\nCUPEL_DATABASE_URL=" + request.url + "\n");
}

void check_request(const Files& files, const InitRequest& request) {
  std::vector<std::string> names;
  for (const Template& known : list_templates()) names.emplace_back(known.name);
  if (std::find(names.begin(), names.end(), request.template_name) == names.end()) {
    throw UsageError(
        "no such template '" + request.template_name + "'; there are " + text::quoted_list(names),
        "cupel list_templates tells what they are for");
  }
  if (request.package && request.template_name != "alembic")
    throw UsageError("--package is for revisions in Python; those of '" + request.template_name +
                         "' are no package",
                     "leave it out, or make an Alembic project: --template alembic");
  if (request.directory.empty())
    throw UsageError("the directory has no name", "cupel init migrations");
  const bool used =
      files.is_directory(request.directory) && (!files.list_files(request.directory).empty() ||
                                                !files.list_directories(request.directory).empty());
  if (used) {
    throw UsageError("directory '" + request.directory + "' already exists and is not empty",
                     "choose another name, or empty it");
  }
}

}  // namespace

std::vector<Template> list_templates() {
  return {{"sql", "Revisions in plain SQL. For any team and any language; no compiler needed."},
          {"cpp", "Revisions in C++, built into a program of your own and into your application."},
          {"alembic", "Alembic's own files: revisions in Python, which Alembic runs as well."}};
}

namespace {

/// Its alembic.ini is all the configuration there is.
InitReport init_alembic(Files& files, const InitRequest& request, const PublicUrl& url) {
  Initializer initializer(files);
  files.make_directory(path::join(request.directory, "versions"));
  for (const auto& [name, content] : alembic_files())
    initializer.write(path::join(request.directory, name), content);
  const std::string config =
      request.config_file == InitRequest{}.config_file ? "alembic.ini" : request.config_file;
  const bool is_placeholder = request.url.starts_with("driver://");
  if (request.package)
    for (const std::string& folder : {request.directory, path::join(request.directory, "versions")})
      initializer.write(path::join(folder, "__init__.py"), "");
  initializer.write(config, alembic_ini(request.directory, is_placeholder ? request.url : url.url));
  if (url.has_password && !is_placeholder) write_secret(initializer, request);
  return initializer.take();
}

}  // namespace

InitReport init(Files& files, const InitRequest& request) {
  check_request(files, request);
  const std::string name = identifier(request.directory);
  const PublicUrl url = public_url(request.url);
  if (request.template_name == "alembic") return init_alembic(files, request, url);
  Initializer initializer(files);
  files.make_directory(path::join(request.directory, "versions"));
  initializer.write(
      request.config_file,
      fmt::format(kConfig, fmt::arg("directory", text::toml_string(request.directory)),
                  fmt::arg("format", request.template_name),
                  fmt::arg("url", text::toml_string(url.url)),
                  fmt::arg("schema", request.template_name == "sql" ? kSchemaSection : "")));
  if (url.has_password) write_secret(initializer, request);
  if (request.template_name == "sql") {
    initializer.write(path::join(path::directory(request.config_file), "schema.sql"), kSchemaSql);
    initializer.write(path::join(request.directory, "README.md"), kReadme);
    initializer.write(path::join(request.directory, "script.sql.tmpl"),
                      script::default_sql_template());
  } else {
    initializer.write(
        path::join(request.directory, "README.md"),
        fmt::format(kCppReadme, fmt::arg("directory", request.directory), fmt::arg("name", name)));
    initializer.write(path::join(request.directory, "script.cpp.tmpl"),
                      script::default_cpp_template());
    initializer.write(path::join(request.directory, "models.hpp"), kModels);
    initializer.write(path::join(request.directory, "env.cpp"),
                      fmt::format(kEnvCpp, fmt::arg("name", name)));
    initializer.write(path::join(request.directory, "CMakeLists.txt"),
                      fmt::format(kCMake, fmt::arg("name", name)));
  }
  return initializer.take();
}

}  // namespace cupel::command
