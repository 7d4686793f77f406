// SPDX-License-Identifier: MIT
// The commands that compare the models, the database and the revisions. See options.cpp.
#include <CLI/CLI.hpp>

#include "cli/options.hpp"

namespace cupel::cli {
namespace {

void add_yes(CLI::App* command, CommandOptions& given) {
  command->add_flag("-y,--yes", given.yes, "Do it without asking");
}

void add_comparing(CLI::App& app, Options& options) {
  CommandOptions& given = options.command;
  add_command(app, options, "check", "Exit 3 if the models and the database differ, and say how");
  CLI::App* diff = add_command(app, options, "diff", "Show what differs between two schemas");
  diff->add_option("from", given.from, "models, database, empty, a revision, or a URL")->required();
  diff->add_option("to", given.to, "The same")->required();
  diff->add_flag("--sql", given.sql, "Print the SQL that turns the first into the second");
  add_command(app, options, "status", "Show revision, models' tables and database's tables");
  CLI::App* inspect = add_command(app, options, "inspect", "Print the database's schema");
  inspect->add_option("pattern", given.patterns, "Only tables and views of these names: 'user*'");
  inspect
      ->add_option("--format", given.format,
                   "sql, unless said: cpp (structs with their mapping) or json")
      ->type_name("sql|cpp|json");
}

void add_making(CLI::App& app, Options& options) {
  CommandOptions& given = options.command;
  CLI::App* create = add_command(app, options, "create",
                                 "Make all tables straight from the models, and stamp the head");
  create->add_flag("--drop", given.drop, "Drop what this project owns first, with all rows");
  add_yes(create, given);
  CLI::App* automatic = add_command(
      app, options, "auto", "Upgrade, write a revision if the models changed, upgrade, check");
  automatic
      ->add_option("-m,--message", given.message, "Of the new revision; without it: what it does")
      ->type_name("TEXT");
  add_decisions(automatic, given);
  automatic
      ->add_option("--adopt", given.adopt, "Unmanaged tables that belong to this project: 'shop_*'")
      ->type_name("PATTERN")
      ->allow_extra_args(false);
  automatic
      ->add_option("--leave", given.leave, "Unmanaged tables that belong to others: exclude them")
      ->type_name("PATTERN")
      ->allow_extra_args(false);
  add_allow_destructive(automatic, given);
  add_yes(automatic, given);
}

void add_mending(CLI::App& app, Options& options) {
  CommandOptions& given = options.command;
  CLI::App* doctor = add_command(
      app, options, "doctor", "Find out which revision the database really is, and what is wrong");
  doctor->add_flag("--fix", given.fix, "Stamp the revision that it found");
  doctor->add_flag("--scripts", given.scripts,
                   "Only say which .py revisions cannot run and why; no database is asked");
  CLI::App* reset =
      add_command(app, options, "reset", "Forget the database's revision; its tables stay");
  add_yes(reset, given);
}

}  // namespace

void add_decisions(CLI::App* command, CommandOptions& given) {
  command
      ->add_option("--rename", given.renames,
                   "It was renamed: users=people, users.name=users.full_name")
      ->type_name("OLD=NEW")
      ->allow_extra_args(false);
  command
      ->add_option("--no-rename", given.not_renames,
                   "It was not: one is removed, the other added; without a pair: nothing was")
      ->type_name("[OLD=NEW]")
      ->expected(0, 1)
      ->allow_extra_args(false);
  command
      ->add_option("--fill", given.fills,
                   "For rows, in a column that is NOT NULL now: users.phone=\"''\"")
      ->type_name("TABLE.COLUMN=SQL")
      ->allow_extra_args(false);
}

void add_schema_commands(CLI::App& app, Options& options) {
  add_comparing(app, options);
  add_making(app, options);
  add_mending(app, options);
}

}  // namespace cupel::cli
