// SPDX-License-Identifier: MIT
// See examples.hpp.
#include "cli/examples.hpp"

#include <map>

namespace cupel::cli {

std::string examples(const std::string& name) {
  static const std::map<std::string, const char*> kExamples{
      {"init",
       "  cupel init migrations                    on the file app.db, until you change the url\n"
       "  cupel init migrations --template cpp     revisions in C++\n"
       // rooms: allow an example for people
       "  cupel --url postgresql://me@localhost/shop init migrations\n"
       // rooms: allow an example for people
       "  cupel --from-url postgresql://me@localhost/shop init    a project of what is there"},
      {"list_templates", "  cupel list_templates\n  cupel init --template cpp migrations"},
      {"revision",
       "  cupel revision -m \"add phone to users\"\n"
       "  cupel revision --autogenerate -m \"add phone to users\" --fill \"users.phone=''\"\n"
       "  cupel revision --autogenerate -m \"call them people\" --rename users=people\n"
       "  cupel revision -m \"add rag tables\" --rev-id 002_add_rag_tables\n"
       "  cupel revision -m \"add index\" --head left@head     if there are several heads"},
      {"merge",
       "  cupel merge heads -m \"join phone and billing\"\n"
       "  cupel merge ae10 27c6 -m \"join phone and billing\""},
      {"edit", "  EDITOR=nano cupel edit head\n  cupel edit ae10"},
      {"upgrade",
       "  cupel upgrade head                       everything that is missing\n"
       "  cupel upgrade +1                         the next revision\n"
       "  cupel upgrade ae10                       up to this one; the first letters are enough\n"
       "  cupel upgrade left@head                  one branch; 'heads' for all\n"
       "  cupel upgrade head --dry-run             try it, show what it did, undo it\n"
       "  cupel upgrade head --backup              save the database first\n"
       "  cupel upgrade head --sql > release.sql   from nothing, as SQL; ae10:head from there"},
      {"downgrade",
       "  cupel downgrade -1                       undo the last one\n"
       "  cupel downgrade ae10                     undo what is above; it stays itself\n"
       "  cupel downgrade base                     undo everything\n"
       "  cupel downgrade head:-1 --sql > undo.sql"},
      {"stamp",
       "  cupel stamp head                         the tables are there already\n"
       "  cupel stamp --purge ae10                 whatever the version table says"},
      {"ensure_version", "  cupel ensure_version"},
      {"repair",
       "  cupel repair                             exit 3 if something was changed\n"
       "  cupel repair --accept"},
      {"current",
       "  cupel current\n"
       "  cupel current --check-heads              for scripts: exit 3 unless up to date\n"
       "  cupel --json current"},
      {"history",
       "  cupel history -i                         with a mark where the database is\n"
       "  cupel history -r -3:                     the last ones\n"
       "  cupel history -r current:head            what an upgrade would run\n"
       "  cupel history -v                         files, dates, and what ran when"},
      {"heads", "  cupel heads -v"},
      {"branches", "  cupel branches -v"},
      {"show", "  cupel show head\n  cupel show ae10\n  cupel show current"},
      {"check",
       "  cupel check\n"
       "  cupel --json check"},
      {"diff",
       "  cupel diff database models               what a new revision would do\n"
       "  cupel diff models database               what the database has besides\n"
       "  cupel diff ae10 head --sql               what lies between two revisions\n"
       "  cupel diff empty models --sql > all.sql  everything, from nothing\n"
       // rooms: allow an example for people
       "  cupel diff database postgresql://me@localhost/staging"},
      {"status", "  cupel status\n  cupel --json status"},
      {"inspect",
       "  cupel inspect                            as SQL\n"
       "  cupel inspect 'user*' --format cpp       as structs with their mapping\n"
       // rooms: allow an example for people
       "  cupel --url postgresql://me@localhost/shop inspect --format json"},
      {"create",
       "  cupel create\n"
       "  cupel create --drop --yes                from nothing again, all rows lost"},
      {"auto",
       "  cupel auto\n"
       "  cupel auto -m \"add phone to users\" --leave 'checkpoint*'"},
      {"doctor",
       "  cupel doctor                             exit 3 if something is wrong\n"
       "  cupel doctor --fix\n"
       "  cupel doctor --scripts                   .py revisions that cannot run, without a "
       "database"},
      {"approve",
       "  cupel approve ae10 --because \"names moved to the address book\"\n"
       "  cupel approve                            what was approved; exit 3 if some of it is "
       "stale"},
      {"backup",
       "  cupel backup                             into the folder for backups\n"
       "  cupel backup before-release.db           into a file of your choice"},
      {"restore",
       "  cupel restore backups/app_20260204T101500Z.db\n"
       "  cupel restore before-release.db --yes    without asking"},
      {"lint",
       "  cupel lint                               what the next upgrade would run; exit 3 if bad\n"
       "  cupel lint --since origin/main           what this branch adds, for CI\n"
       "  cupel lint ae10:head --server-version 15 a range, for a server of that version\n"
       "  cupel lint --fix                         write the safe forms into the files\n"
       "  cupel lint --explain LK001               what a code means, and what to do instead\n"
       "  cupel lint --format sarif > lint.sarif   for the CI's page; github: annotations"},
      {"verify",
       "  cupel verify                             exit 3 if something is wrong\n"
       "  cupel verify --from ae10                 only what comes after this one\n"
       "  cupel verify --seed tests/rows.sql       with rows, so that lost ones are seen\n"
       "  cupel verify --rows 5 --jobs 4           rows made of the schema; four databases at "
       "once\n"
       "  cupel verify --junit verify.xml          for the CI's page"},
      {"reset", "  cupel reset\n  cupel reset --yes"},
      {"completion",
       "  source <(cupel completion bash)          in ~/.bashrc\n"
       "  cupel completion fish > ~/.config/fish/completions/cupel.fish"},
      {"man", "  cupel man | man -l -"}};
  const auto found = kExamples.find(name);
  return found == kExamples.end() ? "" : std::string("Examples:\n") + found->second;
}

}  // namespace cupel::cli
