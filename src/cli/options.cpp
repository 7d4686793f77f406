// SPDX-License-Identifier: MIT
// The one definition of the command line: parsing, --help, shell completion and the manual page
// come from it.
#include "cli/options.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <charconv>

#include "cli/alembic_manner.hpp"
#include "cli/examples.hpp"
#include "cli/help.hpp"
#include "cupel/base/version.hpp"

namespace cupel::cli {

void add_count(CLI::App& command, const std::string& flags, std::size_t& target,
               const std::string& help) {
  static constexpr std::size_t kMost = 1'000'000;
  const auto read = [&target, name = flags.substr(flags.rfind('-') - 1)](const std::string& word) {
    std::size_t number = 0;
    const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (fault != std::errc() || end != word.data() + word.size() || number < 1 || number > kMost)
      throw CLI::ValidationError(
          fmt::format("'{}' must be a whole number from 1 to {}, got '{}'", name, kMost, word));
    target = number;
  };
  command.add_option_function<std::string>(flags, read, help)->type_name("N");
}

CLI::App* add_command(CLI::App& app, Options& options, const std::string& name,
                      const std::string& description) {
  CLI::App* command = app.add_subcommand(name, description);
  command->footer(examples(name) +
                  "\nOptions of every command (--url, --set, --json, -x, ...): cupel --help");
  command->callback([&options, name] { options.name = name; });
  return command;
}

void add_allow_destructive(CLI::App* command, CommandOptions& given) {
  command->add_flag("--allow-destructive", given.allow_destructive,
                    "Run steps that destroy data, though their revisions do not allow them");
}

namespace {

void add_sql(CLI::App* command, CommandOptions& options) {
  command->add_flag("--sql", options.sql, "Print the SQL that would run, and run nothing");
  command
      ->add_option("--tag", options.tag,
                   "A word for an Alembic project's env.py: context.get_tag_argument()")
      ->type_name("TAG");
}

void add_writing(CLI::App& app, Options& options) {
  CommandOptions& given = options.command;
  CLI::App* init = add_command(app, options, "init",
                               "Make a new project: cupel.toml and a folder for revisions");
  init->add_option("directory", given.directory, "Folder for the revisions")->capture_default_str();
  init->add_option("-t,--template", given.template_name,
                   "Kind of project: sql, cpp or alembic; see list_templates")
      ->type_name("KIND")
      ->capture_default_str();
  init->add_flag("--package", given.package,
                 "For -t alembic: an __init__.py in both folders, so that Python imports them");
  add_command(app, options, "list_templates", "Show the kinds of projects that init can make");

  CLI::App* revision =
      add_command(app, options, "revision", "Write a new revision file, empty or from the models");
  revision->add_option("-m,--message", given.message, "What changes, as in \"add phone to users\"")
      ->type_name("TEXT");
  revision->add_flag("--autogenerate", given.autogenerate,
                     "Fill it with what turns the database into what the models say");
  add_decisions(revision, given);
  revision->add_flag("--sql", given.sql,
                     "In an Alembic project with revision_environment: run env.py offline");
  revision->add_flag("--allow-empty", given.allow_empty,
                     "With --autogenerate: write a file even if nothing differs");
  revision->add_option("--head", given.heads, "Revision or <branch>@head to stand on")
      ->type_name("REV")
      ->allow_extra_args(false);
  revision->add_flag("--splice", given.splice, "Allow a parent that is no head");
  revision->add_option("--branch-label", given.branch_labels, "Name the branch that begins here")
      ->type_name("LABEL")
      ->allow_extra_args(false);
  revision
      ->add_option("--version-path", given.version_path,
                   "Folder for the file, where the project has several")
      ->type_name("PATH");
  revision->add_option("--rev-id", given.revision_id, "Id, instead of a random one")
      ->type_name("ID");
  revision->add_option("--depends-on", given.depends_on, "Revision that must be applied before")
      ->type_name("REV")
      ->allow_extra_args(false);

  CLI::App* merge = add_command(app, options, "merge", "Join heads with a new revision");
  merge->add_option("revisions", given.revisions, "Heads to join, or \"heads\" for all")
      ->required();
  merge->add_option("-m,--message", given.message, "What it joins, and why")->type_name("TEXT");
  merge->add_option("--branch-label", given.branch_labels, "Name the branch that begins here")
      ->type_name("LABEL")
      ->allow_extra_args(false);
  merge->add_option("--rev-id", given.revision_id, "Id, instead of a random one")->type_name("ID");
  merge->add_flag("--splice", given.splice, "Allow parents that are no heads");

  CLI::App* edit =
      add_command(app, options, "edit", "Open a revision's file in $VISUAL or $EDITOR");
  edit->add_option("revision", given.revision, "Which one")->default_str("head");
}

void add_running(CLI::App& app, Options& options) {
  CommandOptions& given = options.command;
  CLI::App* upgrade = add_command(app, options, "upgrade",
                                  "Apply revisions: head, +1, an id, <branch>@head, heads");
  upgrade
      ->add_option("revision", given.revision,
                   "Where to go; with --sql also from:to, such as ae10:head")
      ->required();
  add_sql(upgrade, given);
  add_allow_destructive(upgrade, given);
  upgrade->add_flag("--dry-run", given.dry_run,
                    "Run it in a transaction, show what it did, undo it");
  upgrade->add_flag("--backup", given.backup, "Save the database first, if there is a step to run");
  upgrade->add_flag("--restore-on-failure", given.restore_on_failure,
                    "As --backup; and if a later step fails, undo those before it, too");
  upgrade->add_flag("--idempotent", given.idempotent,
                    "Leave out what is there already, if it is what the revision makes");
  CLI::App* downgrade = add_command(app, options, "downgrade", "Undo revisions: -1, an id, base");
  downgrade
      ->add_option("revision", given.revision,
                   "Where to go: it stays applied itself; with --sql from:to")
      ->required();
  add_sql(downgrade, given);
  add_allow_destructive(downgrade, given);
  downgrade->add_flag("--dry-run", given.dry_run,
                      "Run it in a transaction, show what it did and what would be lost, undo it");
  CLI::App* stamp =
      add_command(app, options, "stamp", "Set the database's revision without running anything");
  stamp->add_option("revisions", given.revisions, "Ids, head, heads or base")->required();
  stamp->add_flag("--purge", given.purge, "Empty the version table first, whatever it says");
  add_sql(stamp, given);
  CLI::App* ensure =
      add_command(app, options, "ensure_version", "Create the version table if there is none");
  ensure->add_flag("--sql", given.sql, "Print the SQL, and run nothing");
  CLI::App* repair = add_command(
      app, options, "repair", "Show revisions that were edited or deleted after they were applied");
  repair->add_flag("--accept", given.accept, "Take the present files as what was applied");
}

void add_reading(CLI::App& app, Options& options) {
  CommandOptions& given = options.command;
  CLI::App* current = add_command(app, options, "current", "Show the database's revision");
  current->add_flag("-c,--check-heads", given.check_heads, "Exit 3 unless it is at all heads");
  current->add_flag("-v,--verbose", given.verbose, "Show file, parents, date and message");
  CLI::App* history = add_command(app, options, "history", "List revisions, newest first");
  history
      ->add_option("-r,--rev-range", given.range,
                   "From start to end: ids, base, head, current, steps such as -3")
      ->type_name("START:END");
  history->add_flag("-v,--verbose", given.verbose,
                    "Show files, parents and dates, and the log of what was applied when");
  history->add_flag("-i,--indicate-current", given.indicate_current,
                    "Mark the database's revision");
  CLI::App* heads = add_command(app, options, "heads", "List the newest revision of each branch");
  heads->add_flag("-v,--verbose", given.verbose, "Show files, parents, dates and messages");
  heads->add_flag("--resolve-dependencies", given.resolve_dependencies,
                  "Leave out what others depend on");
  CLI::App* branches =
      add_command(app, options, "branches", "List revisions with several children");
  branches->add_flag("-v,--verbose", given.verbose, "Show files, parents, dates and messages");
  CLI::App* show = add_command(app, options, "show", "Show one revision");
  show->add_option("rev", given.revision, "Revision, head, current")->required();
}

/// Commands that speak of all the others.
void add_describing(CLI::App& app, Options& options) {
  CommandOptions& given = options.command;
  CLI::App* completion =
      add_command(app, options, "completion", "Print a completion script for bash, zsh or fish");
  completion->add_option("shell", given.shell, "bash, zsh or fish")->required();
  add_command(app, options, "man", "Print the manual page, in troff");
}

void add_globals(CLI::App& app, GlobalOptions& global) {
  app.add_option("-c,--config", global.config_files,
                 "Configuration; else cupel.toml, alembic.ini, pyproject.toml")
      ->type_name("FILE")
      ->take_all()
      ->allow_extra_args(false);
  app.add_option("-n,--name", global.section,
                 "Lay [environments.NAME] over the other settings; in alembic.ini: read [NAME]")
      ->type_name("NAME");
  app.add_option("-x", global.arguments,
                 "For your migrations: op.arguments(), context.get_x_argument()")
      ->type_name("KEY=VALUE")
      ->take_all()
      ->allow_extra_args(false);
  app.add_option("--set", global.settings,
                 "Any setting of the configuration: --set safety.lock_timeout=5m")
      ->type_name("SECTION.KEY=VALUE")
      ->take_all()
      ->allow_extra_args(false);
  app.add_option("--url", global.url, "Database, instead of the configured one")->type_name("URL");
  app.add_option("--from-url", global.from_url, "Database to be like, whatever [schema] says")
      ->type_name("URL");
  app.add_option("--dev-url", global.dev_url,
                 "Server, or empty database, to try schema files on; else beside your own")
      ->type_name("URL");
  app.add_option("--lock-timeout", global.lock_timeout,
                 "How long to wait for locks in all: 60s, 5m")
      ->type_name("TIME");
  app.add_option("--statement-timeout", global.statement_timeout, "Longest time for one statement")
      ->type_name("TIME");
  app.add_option("--transaction", global.transaction,
                 "One for each revision, or one for the run; auto: what suits the database")
      ->type_name("auto|revision|run");
  app.add_flag("-q,--quiet", global.quiet, "Say nothing but errors");
  app.add_flag("--json", global.json, "Print data as JSON (commands that read)");
  app.add_flag("--raiseerr", global.raise_errors,
               "Say all that is known of an error, with the traceback of a Python script");
}

std::unique_ptr<CLI::App> make_frame(Options& options) {
  auto app =
      std::make_unique<CLI::App>("Database migrations: a graph of revisions, applied safely.",
                                 options.as_alembic ? "alembic" : "cupel");
  const std::string version = "cupel " + std::string(library_version());
  app->set_version_flag("--version", options.as_alembic ? alembic_version(version) : version);
  app->require_subcommand(1);
  app->fallthrough();
  app->failure_message(CLI::FailureMessage::simple);
  app->formatter(make_help_formatter());
  add_globals(*app, options.global);
  return app;
}

}  // namespace

std::unique_ptr<CLI::App> make_app_for(Options& options, const std::string& command) {
  std::unique_ptr<CLI::App> app = make_frame(options);
  const auto is_meant = [&](const CLI::App* it) { return it->get_name() == command; };
  for (const auto add :
       {add_running, add_reading, add_schema_commands, add_writing, add_safety_commands}) {
    add(*app, options);
    if (!app->get_subcommands(is_meant).empty()) return app;
  }
  return nullptr;
}

std::unique_ptr<CLI::App> make_app(Options& options) {
  std::unique_ptr<CLI::App> app = make_frame(options);
  add_writing(*app, options);
  add_schema_commands(*app, options);
  add_safety_commands(*app, options);
  add_running(*app, options);
  add_reading(*app, options);
  add_describing(*app, options);
  app->footer(
      "A first session:\n"
      "  cupel init migrations                 make a project\n"
      "  cupel revision -m \"create users\"      write a revision, then edit its file\n"
      "  cupel upgrade head                    apply it\n"
      "  cupel current                         see where the database is\n"
      "Exit codes: 0 done, 1 failed, 2 usage, 3 a check found something, 130 interrupted.");
  return app;
}

}  // namespace cupel::cli
