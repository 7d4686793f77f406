// SPDX-License-Identifier: MIT
// The commands that try revisions before they matter. See options.cpp.
#include <CLI/CLI.hpp>

#include "cli/options.hpp"

namespace cupel::cli {

namespace {

void add_lint(CLI::App& app, Options& options) {
  CommandOptions& given = options.command;
  CLI::App* lint =
      add_command(app, options, "lint", "Say what revisions would lock, rewrite, break or destroy");
  lint->add_option("range", given.range,
                   "A revision or start:end; default: what the database has not seen");
  lint->add_flag("--all", given.all, "Every revision");
  lint->add_option("--since", given.since,
                   "Revisions that are new or changed against a git branch, tag or commit")
      ->type_name("REF");
  lint->add_flag("--downgrade", given.with_downgrade, "Judge the way back as well");
  lint->add_option("--server-version", given.server_version,
                   "Of the server that it will run on; default: asked, or the oldest supported")
      ->type_name("VERSION");
  lint->add_flag("--with-database", given.with_database,
                 "Ask the database for its version and the sizes of tables");
  lint->add_flag("--offline", given.offline, "Ask no database");
  lint->add_flag("--fix", given.fix,
                 "Put the safe form in where there is one, except into what is applied already");
  lint->add_flag("--trace", given.trace,
                 "Run it in a transaction that is rolled back, and show what it really locks");
  lint->add_option("--format", given.report_format, "text, json, sarif, or github (annotations)")
      ->type_name("text|json|sarif|github");
  lint->add_option("--explain", given.explain, "Say what a rule means, and what to do instead")
      ->type_name("CODE");
  lint->add_flag("--list-rules", given.list_rules, "Show all rules");
}

}  // namespace

void add_safety_commands(CLI::App& app, Options& options) {
  add_lint(app, options);
  CommandOptions& given = options.command;
  CLI::App* verify = add_command(app, options, "verify",
                                 "Try every revision up, down and up again on a scratch database");
  verify->add_option("--from", given.from, "Only what comes after this revision")->type_name("REV");
  verify
      ->add_option("--seed", given.seed,
                   "SQL that inserts rows, so that data lost on the way is seen")
      ->type_name("FILE");
  add_count(*verify, "--rows", given.rows,
            "Make N rows for each table, for the same, without a seed");
  add_count(*verify, "-j,--jobs", given.jobs, "Use N scratch databases at once");
  verify->add_option("--junit", given.junit, "Write the results to this file too, as JUnit XML")
      ->type_name("FILE");
  CLI::App* approve = add_command(app, options, "approve",
                                  "Write down a yes to what a revision destroys, or list them");
  approve->add_option("revision", given.revision, "Which one; none: list what was approved");
  approve->add_option("--because", given.because, "Why the data may go; others read it")
      ->type_name("REASON");
  CLI::App* backup = add_command(app, options, "backup", "Save the whole database to a file");
  backup->add_option("file", given.file, "A new file; default: one in the folder for backups");
  backup->add_flag("--full-check", given.full_check,
                   "Check large files as small ones are checked, which takes long");
  CLI::App* restore =
      add_command(app, options, "restore", "Make the database again what a backup holds");
  restore->add_option("file", given.file, "What backup wrote")->required();
  restore->add_flag("--discard", given.discard, "Do not keep what the database holds now");
  restore->add_flag("--in-place", given.in_place,
                    "On a server: into the same database; nothing that it holds is kept");
  restore->add_flag("--any-project", given.any_project,
                    "Also if this project does not have the backup's revision");
  restore->add_flag("-y,--yes", given.yes, "Do it without asking");
  verify->add_flag("-v,--verbose", given.verbose, "Show each revision with its times");
}

}  // namespace cupel::cli
