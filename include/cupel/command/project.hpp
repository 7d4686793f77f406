// SPDX-License-Identifier: MIT
// A project as the commands see it: its configuration, its revisions, its database. Everything is
// loaded when first asked for, so that a command that needs no database opens none.
#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cupel/alembic/runtime.hpp"
#include "cupel/base/files.hpp"
#include "cupel/lint/finding.hpp"
#include "cupel/migrate/environment.hpp"
#include "cupel/model/object.hpp"
#include "cupel/script/naming.hpp"
#include "cupel/source/target.hpp"

namespace cupel::command {

/// [autogenerate]: what is looked at, and how it is written. Patterns as in base/pattern.hpp.
struct CUPEL_API AutogenerateSettings {
  std::vector<std::string> exclude_tables;  ///< "legacy_*", "audit.*"; views too
  std::vector<std::string> exclude_schemas;
  std::vector<std::string> exclude_presets;  ///< "langgraph": not even listed as unmanaged
  bool concurrent_indexes = false;           ///< on tables that exist, without blocking writers
};

/// [safety] backup...: when an upgrade saves the database before it begins, and where.
struct CUPEL_API BackupSettings {
  enum class When {
    Never,
    Destructive,  ///< if a step takes away what is there
    Always,
  };
  When when = When::Never;
  std::string directory = "backups";
  std::size_t keep = 10;  ///< of the folder's, the newest; 0: all
  int keep_days = 0;      ///< older ones go too; 0: age does not matter
  /// An upgrade that fails half way brings back what it has saved.
  bool restore_on_failure = false;
};

/// [lint]: what counts, and how much.
struct CUPEL_API LintSettings {
  using Severities = std::map<std::string, lint::Severity>;  ///< by code, upper case
  Severities severities;
  /// For revisions whose path fits a pattern (base/pattern.hpp), below the configuration's folder
  /// or below that of the scripts; a later one wins.
  std::vector<std::pair<std::string, Severities>> paths;
  std::size_t small_table_rows = 10'000;
  /// What names must match, by kind: "table", "column", "index", "primary", "unique", "foreignkey",
  /// "check".
  std::map<std::string, std::string> names;
  lint::Severity fail_on = lint::Severity::Warning;
};

/// [post_write_hooks]: a program that is run on every new revision file.
struct CUPEL_API PostWriteHook {
  std::string line;            ///< its words; {file} is the new file's path
  std::string name = {};       ///< for people; empty: the line
  std::string directory = {};  ///< where it runs; empty: Config::root
};

/// A program's own word on what is compared; each may be empty. False: the object (or the part of a
/// table: "column 'a'", "index 'ix'") is not looked at, in the models and in the database alike. A
/// table that is made is made whole, as in Alembic.
struct CUPEL_API Filters {
  std::function<bool(const model::ObjectKey&)> include_name;
  std::function<bool(const model::ObjectKey&, const std::string& part)> include_object;
};

/// What configuration file, environment and flags say together; made by cli, or by hand in a
/// program.
struct CUPEL_API Config {
  std::string root = ".";  ///< directory of the configuration file; relative paths start here
  std::string file;        ///< that file, for messages; may be empty
  std::string script_location = "migrations";
  std::vector<std::string> version_locations;  ///< empty: <script_location>/versions
  bool recursive_version_locations = false;
  std::string format = "sql";  ///< of new revisions: "sql", "cpp", or "py" (Alembic's)
  std::string file_template{script::kDefaultFileTemplate};
  std::size_t slug_length = script::kSlugLength;
  std::string url;                     ///< with its password; empty: not configured
  bool url_is_from_file = false;       ///< then a file path in it starts at `root`
  bool url_is_final = true;            ///< false: env.py of an Alembic project may say otherwise
  std::vector<std::string> arguments;  ///< -x KEY=VALUE, in order
  std::string tag;                     ///< --tag, for scripts: context.get_tag_argument()
  migrate::Settings settings;
  source::Settings schema;             ///< where the target schema comes from; `root` is this one's
  bool from_url_is_from_file = false;  ///< as url_is_from_file, for schema.from_url
  AutogenerateSettings autogenerate;
  BackupSettings backup;
  LintSettings lint;
  std::vector<PostWriteHook> post_write_hooks;
  std::optional<alembic::Settings> alembic;        ///< of an Alembic project
  std::string alembic_section;                     ///< of its file
  std::map<std::string, std::string> environment;  ///< what scripts see of it: os.environ
  /// "database.version_table": settings of the command line, which env.py does not change.
  std::set<std::string> given;
};

/// Borrows `files`. Not copyable.
class CUPEL_API Project {
 public:
  Project(Config config, Files& files, std::vector<script::CppRevision> compiled = {},
          std::vector<source::Registry> registries = {});
  ~Project();
  Project(const Project&) = delete;
  Project& operator=(const Project&) = delete;

  /// The same once more, for another thread.
  std::unique_ptr<Project> another() const;

  const Config& config() const { return config_; }
  Files& files() const { return *files_; }
  /// Throws InputError for unreadable revisions; a broken graph is no error here (see
  /// Graph::problems).
  const script::Migrations& migrations();
  const revision::Graph& graph() { return migrations().graph(); }
  std::vector<script::VersionLocation> version_locations() const;
  /// A path of the configuration, which starts at `root`.
  std::string path_of(const std::string& path) const;

  /// What runs the project's Python.
  alembic::Runtime& runtime();
  /// Of the last script that failed, as Python prints it; empty if none has.
  std::string traceback() const { return runtime_ ? runtime_->traceback() : std::string(); }
  /// Throws UsageError if no URL is configured or it cannot be read.
  const driver::Url& url();
  const dialect::Dialect& dialect();
  /// False if neither the configuration nor the program says what the schema shall be.
  bool has_target() const { return !config_.schema.empty() || !registries_.empty(); }
  /// The schema that the project wants. Throws UsageError if there is none, and what
  /// source::load_target() throws.
  const source::Target& target();
  /// False for a database file that is not there yet: it must not be made by looking.
  bool database_exists();
  /// Begins to connect to a server, which takes its time, while the revisions are read. What goes
  /// wrong is thrown by environment().
  void expect_environment();
  /// The live database, connected on first use. `create`: a missing database file may be made.
  migrate::Environment& environment(bool create = true);
  /// Closes the connection, if there is one; environment() opens another.
  void disconnect();
  /// Without a connection, for SQL text.
  migrate::Environment& offline_environment();

  /// Told to runs; set before environment() is asked for.
  Log log;
  Filters filters;
  Clock clock = system_clock();
  std::function<void(const migrate::Event&)> on_event;
  std::function<bool()> is_interrupted;
  /// A new file is there, and no program has been run on it yet.
  std::function<void(const std::string& path)> on_file;
  /// How far something long is: what, and bytes; `total` is 0 if nobody knows.
  std::function<void(const std::string& what, std::uint64_t done, std::uint64_t total)> on_progress;
  std::function<bool(const std::vector<migrate::Loss>&)> confirm;

 private:
  migrate::Environment make_environment();
  void ask_environment_script();
  driver::Url read_url(const std::string& text, bool is_from_file) const;
  /// True if no file says that there is a project.
  bool is_nowhere() const;
  std::unique_ptr<driver::Connection> connect(bool create);
  Config config_;
  Files* files_;
  std::vector<script::CppRevision> compiled_;
  std::vector<source::Registry> registries_;
  std::unique_ptr<source::Target> target_;
  std::unique_ptr<alembic::Runtime> runtime_;  ///< outlives the revisions
  bool has_asked_script_ = false;
  std::unique_ptr<script::Migrations> migrations_;
  std::unique_ptr<driver::Url> url_;
  std::future<std::unique_ptr<driver::Connection>> connecting_;
  std::unique_ptr<driver::Connection> connection_;
  std::unique_ptr<migrate::Environment> environment_;
};

/// Stops the statement that is running on the project's connection, if any; safe in a signal
/// handler.
CUPEL_API void cancel_running_statement() noexcept;

}  // namespace cupel::command
