// SPDX-License-Identifier: MIT
// The catalogue: changes of rows, transactions, and what a review should see.
#include <array>

#include "lint/rules.hpp"

namespace cupel::lint {

std::span<const Rule> change_rules() {
  static constexpr std::array kRules{
      Rule{
          "DV001", Severity::Error, "an UPDATE or DELETE of every row",
          "Without WHERE it touches the whole table in one go: rows stay locked until the "
          "transaction ends, the table grows by its own size, replicas lag. An UPDATE is an error "
          "for a large table and a warning where the size is not known.",
          "Say which rows are meant. A backfill goes in batches:\n"
          "op.backfill(\"users\", set={\"phone\": \"''\"}, where=\"phone IS NULL\", batch=10_000)"},
      Rule{
          "DV002", Severity::Warning, "one UPDATE or DELETE over a large table",
          "It locks what it touches until its transaction ends, and a failure loses all of it.",
          "In batches by primary key, a commit each:\n"
          "op.backfill(\"users\", set={\"phone\": \"''\"}, where=\"phone IS NULL\", batch=10_000)"},
      Rule{
          "DV004", Severity::Warning, "an INSERT that does not name its columns",
          "It breaks, or fills the wrong columns, as soon as the table has one more or they are in "
          "another order.",
          "INSERT INTO users (id, name) VALUES (1, 'ada');"},
      Rule{"DV005", Severity::Warning,
           "a change of rows outside of a transaction that cannot run twice",
           "If the revision fails behind it, what it did stays, and the next run does it again.",
           "INSERT ... ON CONFLICT DO NOTHING, or UPDATE ... WHERE column IS NULL; or let it run "
           "inside of the transaction."},
      Rule{"RV004", Severity::Warning, "rights, owners or row security change",
           "Who may read or write is changed by a migration, and a rollback of the deploy does not "
           "take it back.",
           "Have it reviewed by who answers for access, and say so:\n"
           "-- cupel: allow RV004 because reviewed by the platform team"},
      Rule{"RV006", Severity::Warning,
           "a table or column is renamed or dropped, and the body of a function speaks of it",
           "Nobody checks the text of functions: it fails when it is called.",
           "Replace the function in the same revision."},
      Rule{"TX003", Severity::Notice, "a step outside of a transaction without IF [NOT] EXISTS",
           "If the revision fails behind it, the step stays; run by hand or by another tool again, "
           "it trips. cupel itself remembers in its journal what is done.",
           "CREATE ... IF NOT EXISTS, DROP ... IF EXISTS"},
      Rule{"TX004", Severity::Error, "BEGIN, COMMIT, ROLLBACK or SAVEPOINT in a revision",
           "The runner has a transaction open: a COMMIT ends it, and what fails afterwards leaves "
           "half of the revision.",
           "Leave it out. For what must commit by itself: -- cupel: no transaction"},
      Rule{"TX005", Severity::Error, "a BEGIN that nothing ends",
           "What follows is lost, or held locked, until somebody ends the session.",
           "Leave it out: the runner begins and commits."},
  };
  return kRules;
}

}  // namespace cupel::lint
