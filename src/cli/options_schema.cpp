// SPDX-License-Identifier: MIT
// The commands that compare the models, the database and the revisions. See options.cpp.
#include <CLI/CLI.hpp>

#include "cli/options.hpp"

namespace cupel::cli {
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
                   "What rows get in a column that is NOT NULL now: users.phone=\"'none'\"")
      ->type_name("TABLE.COLUMN=SQL")
      ->allow_extra_args(false);
}

void add_schema_commands(CLI::App& app, Options& options) {
  add_command(app, options, "check", "Exit 3 if the models and the database differ, and say how");
}

}  // namespace cupel::cli
