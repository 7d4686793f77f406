// SPDX-License-Identifier: MIT
// See project.hpp.
#include "cupel/command/project.hpp"

#include <atomic>
#include <utility>

#include "command/approval_file.hpp"
#include "cupel/migrate/state.hpp"

namespace cupel::command {
namespace {

UsageError no_project() {
  return UsageError("there is no project here: neither a cupel.toml nor an alembic.ini",
                    "go to its folder, name its file with -c, or make one: cupel init migrations");
}

/// The one connection that Ctrl-C means. A signal handler can only look at something global.
std::atomic<driver::Connection*> g_running{nullptr};

}  // namespace

void cancel_running_statement() noexcept {
  if (driver::Connection* connection = g_running.load()) connection->cancel();
}

Project::Project(Config config, Files& files, std::vector<script::CppRevision> compiled,
                 std::vector<source::Registry> registries)
    : config_(std::move(config)),
      files_(&files),
      compiled_(std::move(compiled)),
      registries_(std::move(registries)) {}

Project::~Project() { g_running.store(nullptr); }

std::string Project::path_of(const std::string& path) const {
  return path::join(config_.root == "." ? "" : config_.root, path);
}

std::vector<script::VersionLocation> Project::version_locations() const {
  std::vector<script::VersionLocation> locations;
  for (const std::string& path : config_.version_locations) {
    locations.push_back({path_of(path), config_.recursive_version_locations});
  }
  if (locations.empty()) {
    locations.push_back({path::join(path_of(config_.script_location), "versions"),
                         config_.recursive_version_locations});
  }
  return locations;
}

const script::Migrations& Project::migrations() {
  if (migrations_) return *migrations_;
  // A program that carries its revisions needs no folder next to it.
  const bool has_folder = files_->is_directory(version_locations().front().path);
  if (!has_folder && compiled_.empty() && is_nowhere()) throw no_project();
  migrations_ = std::make_unique<script::Migrations>(
      !compiled_.empty() && !has_folder
          ? script::make_migrations(compiled_)
          : script::load_migrations(*files_, version_locations(), compiled_,
                                    {runtime().revisions()}));
  return *migrations_;
}

alembic::Runtime& Project::runtime() {
  if (runtime_) return *runtime_;
  alembic::RuntimeSettings settings;
  settings.files = files_;
  settings.root = config_.root;
  settings.environment = config_.environment;
  settings.arguments = config_.arguments;
  settings.tag = config_.tag;
  if (config_.alembic) {
    settings.project = *config_.alembic;
    settings.path = config_.alembic->prepend_sys_path;
    settings.section = config_.alembic_section;
  }
  settings.log = log;
  settings.clock = clock;
  runtime_ = std::make_unique<alembic::Runtime>(std::move(settings));
  return *runtime_;
}

/// A database's file in a configuration is beside the configuration.
driver::Url Project::read_url(const std::string& text, bool is_from_file) const {
  driver::Url url = driver::parse_url(text);
  const bool is_file = dialect::find_dialect(url.dialect).traits().database_is_file;
  // A path written as a URI is one; what it asks for stands in the query.
  if (is_file && url.database.starts_with("file:")) url.database.erase(0, 5);
  if (is_file && is_from_file && !url.database.empty() && url.database != ":memory:")
    url.database = path_of(url.database);
  return url;
}

/// env.py is asked when a database is needed, and only then.
void Project::ask_environment_script() {
  if (!config_.alembic || has_asked_script_) return;
  has_asked_script_ = true;
  const alembic::EnvironmentAnswer& answer = runtime().environment();
  if (answer.runs > 1) {
    throw UsageError("env.py migrates several databases, which cupel does one at a time",
                     "name the database of this run with --url, or one section for each with -n");
  }
  if (!config_.url_is_final && !answer.url.empty()) config_.url = answer.url;
  const auto may_change = [this](const char* setting) { return config_.given.count(setting) == 0; };
  if (!answer.version_table.empty() && may_change("database.version_table"))
    config_.settings.version_table.name = answer.version_table;
  if (!answer.version_table_schema.empty() && may_change("database.version_table_schema"))
    config_.settings.version_table.schema = answer.version_table_schema;
  const auto has_naming = config_.given.lower_bound("naming.");
  const bool is_named = has_naming != config_.given.end() && has_naming->starts_with("naming.");
  if (answer.naming && !is_named) config_.settings.naming = *answer.naming;
  if (answer.problem.empty()) return;
  cupel::log(
      log, LogLevel::Warning, "env.py",
      "env.py could not be run to its end, and what it configures is not known: " + answer.problem);
}

std::unique_ptr<Project> Project::another() const {
  auto project = std::make_unique<Project>(config_, *files_, compiled_, registries_);
  project->filters = filters;
  project->clock = clock;
  project->is_interrupted = is_interrupted;
  return project;
}

bool Project::is_nowhere() const { return config_.file.empty() && !config_.alembic; }

const driver::Url& Project::url() {
  if (url_) return *url_;
  ask_environment_script();
  if (config_.url.empty() && is_nowhere() && compiled_.empty() &&
      !files_->is_directory(version_locations().front().path))
    throw no_project();
  if (config_.url.empty()) {
    constexpr const char* kHint =
        // rooms: allow an example for people
        "set url in [database] of cupel.toml, CUPEL_DATABASE_URL, or --url sqlite:///app.db";
    throw UsageError("no database URL is configured", kHint);
  }
  url_ = std::make_unique<driver::Url>(read_url(config_.url, config_.url_is_from_file));
  return *url_;
}

const dialect::Dialect& Project::dialect() { return dialect::find_dialect(url().dialect); }

const source::Target& Project::target() {
  if (target_) return *target_;
  if (!has_target()) {
    const std::string hint =
        "name its files in cupel.toml: [schema] sql = [\"schema.sql\"], or give --from-url with a "
        "database to be like";
    if (config_.alembic)
      throw UsageError(
          "nothing says what the schema shall be, and models in Python are not read yet",
          "give --from-url with a database to be like; docs/alembic.md says how to name SQL files");
    throw UsageError("nothing says what the schema shall be",
                     config_.format == "cpp" ? "models in C++ are in the project's own program: "
                                               "run that; or " +
                                                   hint
                                             : hint);
  }
  source::Settings settings = config_.schema;
  settings.root = config_.root;
  settings.own_tables = migrate::own_tables(config_.settings);
  settings.naming = config_.settings.naming;
  settings.is_interrupted = is_interrupted;
  if (!settings.from_url.empty()) {
    settings.from_url =
        driver::to_string_with_password(read_url(settings.from_url, config_.from_url_is_from_file));
  }
  // A database in a file is not needed, and may not exist; a server is asked sooner or later.
  const bool needs_server = !settings.sql.empty() || !settings.program.empty();
  if (needs_server && settings.dev_url.empty() && !dialect().traits().database_is_file)
    settings.server_version = environment(/*create=*/false).connection->server_version();
  // A database that was named on the command line is all that counts.
  const bool only_url = !settings.from_url.empty() && !config_.from_url_is_from_file;
  target_ = std::make_unique<source::Target>(
      source::load_target(settings, only_url ? std::vector<source::Registry>() : registries_,
                          dialect(), &url(), *files_, log));
  return *target_;
}

bool Project::database_exists() {
  const std::string& file = url().database;
  return !dialect().traits().database_is_file || file.empty() || file == ":memory:" ||
         files_->is_file(file);
}

std::unique_ptr<driver::Connection> Project::connect(bool create) {
  return dialect().connect(*url_, {.create = create, .log = log});
}

void Project::expect_environment() {
  try {
    if (connection_ || connecting_.valid() || dialect().traits().database_is_file) return;
  } catch (const Error&) {
    return;
  }
  connecting_ = std::async(std::launch::async, [this] { return connect(/*create=*/true); });
}

migrate::Environment Project::make_environment() {
  ask_environment_script();
  migrate::Environment environment;
  environment.dialect = &dialect();
  environment.migrations = &migrations();
  environment.settings = config_.settings;
  environment.clock = clock;
  environment.log = log;
  environment.on_event = on_event;
  environment.is_interrupted = is_interrupted;
  environment.confirm = confirm;
  environment.find_approval = [this](const std::string& revision) {
    return read_approval(*this, revision);
  };
  environment.arguments = config_.arguments;
  return environment;
}

migrate::Environment& Project::environment(bool create) {
  if (connection_) return *environment_;
  environment_ = std::make_unique<migrate::Environment>(make_environment());
  connection_ = connecting_.valid() ? connecting_.get() : connect(create);
  environment_->connection = connection_.get();
  environment_->url = &url();
  g_running.store(connection_.get());
  return *environment_;
}

void Project::disconnect() {
  if (connecting_.valid()) connection_ = connecting_.get();
  g_running.store(nullptr);
  environment_.reset();
  connection_.reset();
}

migrate::Environment& Project::offline_environment() {
  if (!environment_) environment_ = std::make_unique<migrate::Environment>(make_environment());
  return *environment_;
}

}  // namespace cupel::command
