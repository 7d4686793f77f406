// SPDX-License-Identifier: MIT
// The catalogue: what breaks code that is already running. Between the migration and the last
// restart the old code works with the new schema.
#include <array>

#include "lint/rules.hpp"

namespace cupel::lint {

std::span<const Rule> compat_rules() {
  static constexpr std::array kRules{
      Rule{"BC001", Severity::Error, "a table is renamed",
           "Code that is running asks for the old name and fails at once, until all of it is "
           "replaced.",
           "Leave a view under the old name, and drop it a release later:\n"
           "ALTER TABLE users RENAME TO accounts;\n"
           "CREATE VIEW users AS SELECT * FROM accounts;"},
      Rule{"BC002", Severity::Error, "a column is renamed",
           "Code that is running asks for the old name and fails at once, until all of it is "
           "replaced.",
           "Add the new column, write both, copy the old values, read the new one, and drop the "
           "old one a release later. Or rename in the code only."},
      Rule{"BC005", Severity::Error, "a new column is NOT NULL and has no default",
           "INSERTs of code that does not know the column fail; and if the table has rows, so does "
           "the statement itself.",
           "Give it a default, or let it be NULL first:\n"
           "ALTER TABLE users ADD COLUMN phone VARCHAR(20);\n"
           "-- deploy code that fills it, fill the old rows, then set NOT NULL"},
      Rule{"BC006", Severity::Warning, "a column may be NULL from now on",
           "Code that is running has never seen a NULL there, and may not expect one.",
           "Deploy code that reads NULL before anything writes it."},
      Rule{"BC007", Severity::Warning, "a column's default is dropped or changed",
           "Code that leaves the column out gets NULL, an error or another value than before.",
           "Deploy code that names the column in its INSERTs first."},
      Rule{"BC008", Severity::Warning, "a column's type changes to another kind",
           "Drivers and ORMs bind and read by the type that they knew when they started; prepared "
           "statements may fail.",
           "Add a column of the new type, write both, copy the old values, read the new one, and "
           "drop the old one a release later."},
      Rule{"BC009", Severity::Warning,
           "a view or function is dropped, or replaced with other columns or arguments",
           "Whoever uses it fails.",
           "Make the new one beside the old one, and drop the old one when nothing uses it."},
      Rule{"BC010", Severity::Notice,
           "a CHECK that is not validated: it holds for what is written from now on",
           "Code that is running may still write what it refuses.",
           "Deploy code that writes nothing of that kind first."},
      Rule{
          "BC011", Severity::Warning,
          "a foreign key, unique constraint or primary key is dropped and not replaced",
          "Nothing keeps wrong rows out any more, an INSERT ... ON CONFLICT that names its columns "
          "fails, and logical replication needs the primary key.",
          "Create what takes its place in the same revision, or make sure that nothing relied on "
          "it."},
      Rule{"BC012", Severity::Notice, "a column that tells subclasses apart is added",
           "Code that is running loads every row as the base class, and an ORM may write its own "
           "idea of the type.",
           "Give it a default that the old code would have written, and deploy before rows of the "
           "new kinds appear."},
  };
  return kRules;
}

}  // namespace cupel::lint
