// SPDX-License-Identifier: MIT
// What was typed: global flags and the arguments of one command. See options.cpp for what each
// means.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace cupel::cli {

struct GlobalOptions {
  std::vector<std::string> config_files;
  std::string section;                ///< -n
  std::vector<std::string> settings;  ///< --set
  std::vector<std::string> arguments;
  std::optional<std::string> url;
  std::optional<std::string> lock_timeout;
  std::optional<std::string> statement_timeout;
  std::optional<std::string> transaction;
  std::optional<std::string> from_url;
  std::optional<std::string> dev_url;
  bool quiet = false;
  bool json = false;
  bool raise_errors = false;  ///< --raiseerr
  bool only_alembic = false;  ///< cupel.toml does not count
};

struct CommandOptions {
  std::string directory = "migrations";
  std::string template_name = "sql";
  bool package = false;
  std::string message;
  std::vector<std::string> heads;
  bool splice = false;
  std::vector<std::string> branch_labels;
  std::string version_path;
  std::string revision_id;
  std::vector<std::string> depends_on;
  std::vector<std::string> revisions;
  std::string revision;
  bool sql = false;
  std::string tag;
  bool purge = false;
  bool allow_destructive = false;
  bool idempotent = false;
  bool check_heads = false;
  bool verbose = false;
  std::string range;
  bool indicate_current = false;
  bool resolve_dependencies = false;
  bool accept = false;
  std::string shell;
  // Of the commands that compare schemas.
  bool autogenerate = false;
  bool allow_empty = false;
  std::vector<std::string> renames;
  std::vector<std::string> not_renames;
  std::vector<std::string> fills;
  std::string from;
  std::string to;
  bool drop = false;
  bool yes = false;
  bool fix = false;
  bool scripts = false;
  std::vector<std::string> patterns;
  std::string format = "sql";
  bool dry_run = false;
  bool backup = false;
  bool restore_on_failure = false;
  bool full_check = false;
  std::string file;
  bool any_project = false;
  bool discard = false;
  bool in_place = false;
  std::string junit;
  std::string because;
  std::string seed;
  // Of lint.
  bool all = false;
  std::string since;
  bool with_downgrade = false;
  std::string server_version;
  bool with_database = false;
  bool offline = false;
  bool trace = false;
  std::string report_format;
  std::string explain;
  bool list_rules = false;
  std::size_t rows = 0;
  std::size_t jobs = 1;
  std::vector<std::string> adopt;
  std::vector<std::string> leave;
};

struct Options {
  bool as_alembic = false;  ///< called by Alembic's name: prints and exits as Alembic does
  GlobalOptions global;
  CommandOptions command;
  std::string name;  ///< of the command
};

// Parts of it.
/// An option that is a whole number from 1.
void add_count(CLI::App& command, const std::string& flags, std::size_t& target,
               const std::string& help);
CLI::App* add_command(CLI::App& app, Options& options, const std::string& name,
                      const std::string& description);
/// --rename, --no-rename, --fill.
void add_decisions(CLI::App* command, CommandOptions& given);
/// The option of all commands that upgrade.
void add_allow_destructive(CLI::App* command, CommandOptions& given);
void add_schema_commands(CLI::App& app, Options& options);
void add_safety_commands(CLI::App& app, Options& options);

/// The definition of the command line; fills `options` when it parses.
std::unique_ptr<CLI::App> make_app(Options& options);
/// As much of it as the command of this name needs, which is made sooner. What it parses, all of it
/// parses alike; what it refuses, all of it must be asked. Null if there is no such command, or one
/// that speaks of all the others.
std::unique_ptr<CLI::App> make_app_for(Options& options, const std::string& command);

}  // namespace cupel::cli
