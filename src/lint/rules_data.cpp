// SPDX-License-Identifier: MIT
// The catalogue: what destroys data, and what the data may refuse.
#include <array>

#include "lint/rules.hpp"

namespace cupel::lint {

std::span<const Rule> data_rules() {
  static constexpr std::array kRules{
      Rule{"DS001", Severity::Error, "a table is dropped",
           "All its rows are lost, and a downgrade brings back an empty table at best. `upgrade` "
           "refuses it without a yes.",
           "Rename it out of the way first, and drop it a release later, when nothing has missed "
           "it and there is a backup:\n"
           "ALTER TABLE users RENAME TO users_unused;\n"
           "-- later, in a revision of its own\n"
           "-- cupel: allow DS001 because nothing has read users_unused since release 12\n"
           "DROP TABLE users_unused;"},
      Rule{"DS002", Severity::Error, "a column that holds values is dropped",
           "Its values are lost, and code that still names it fails from that moment on.",
           "Deploy code that does not name the column any more. Drop it in a later revision:\n"
           "-- cupel: allow DS002 because no code reads users.phone since release 12\n"
           "ALTER TABLE users DROP COLUMN phone;"},
      Rule{"DS003", Severity::Error, "a schema or database is dropped with all that is in it",
           "Nobody sees from the statement what goes: everything inside is lost, also what other "
           "programs have put there.",
           "Drop by name what this project has made, and then the empty schema without CASCADE."},
      Rule{"DS004", Severity::Error, "a table is emptied",
           "All rows are gone at once. It takes the strongest lock, and a transaction that reads "
           "an older snapshot finds the table empty.",
           "If all rows must go, say so. If only old ones: delete them in batches."},
      Rule{"DS006", Severity::Error,
           "a column's type becomes narrower, or an enum type loses a value",
           "Values that do not fit are refused, and the revision with them, or they are cut or "
           "rounded.",
           "Look for values that do not fit first; if the new meaning is another one, add a new "
           "column, copy what fits and drop the old one a release later."},
      Rule{"DS007", Severity::Warning,
           "a view, sequence, type, function or extension is dropped with all that depends on it",
           "CASCADE takes along what the statement does not name: columns of that type, defaults, "
           "views, rules.",
           "Drop what depends on it by name, so that the review sees it, and leave out CASCADE."},
      Rule{"DS008", Severity::Error, "a table is dropped IF EXISTS and created anew",
           "It looks like a safe way to create a table, but where there is one already, all its "
           "rows are lost.",
           "CREATE TABLE alone: if it fails because the table exists, that is worth knowing. To "
           "change the table, use ALTER TABLE."},
      Rule{"DS009", Severity::Error,
           "a table or column is dropped, and one like it added, in the same revision",
           "It looks like a rename. Dropped and added, the values are lost, where a rename keeps "
           "them.",
           "ALTER TABLE users RENAME COLUMN phone TO phone_number;\n"
           "When generating: cupel revision --autogenerate --rename users.phone:phone_number"},
      Rule{"DD001", Severity::Warning, "a unique index or constraint over columns with values",
           "It fails if two rows have the same values, and code that writes such rows fails from "
           "then on.",
           "Look first, and decide what happens to the duplicates:\n"
           "SELECT email, count(*) FROM users GROUP BY email HAVING count(*) > 1;"},
      Rule{"DD002", Severity::Warning, "a column becomes NOT NULL",
           "It fails if a row holds NULL, and code that writes NULL fails from then on.",
           "Fill it first:\n"
           "SELECT count(*) FROM users WHERE email IS NULL;\n"
           "UPDATE users SET email = '' WHERE email IS NULL;"},
      Rule{"DD003", Severity::Warning, "a CHECK or foreign key over rows that exist",
           "It fails if one row breaks it, and code that writes such rows fails from then on.",
           "Count the rows that break it first:\n"
           "SELECT count(*) FROM users WHERE NOT (age >= 0);"},
      Rule{"DD004", Severity::Warning, "a type change that has to read each value",
           "Text that is no number, or no date, makes it fail, on the rows of production and not "
           "on those of the test.",
           "Find the values that cannot be read first; or add a column of the new type, fill it, "
           "switch over, and drop the old one a release later."},
  };
  return kRules;
}

}  // namespace cupel::lint
