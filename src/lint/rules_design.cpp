// SPDX-License-Identifier: MIT
// The catalogue: what is regretted later in a new table, index or name.
#include <array>

#include "lint/rules.hpp"

namespace cupel::lint {

std::span<const Rule> design_rules() {
  static constexpr std::array kRules{
      Rule{"IX001", Severity::Warning, "a foreign key without an index on its columns",
           "Each DELETE or UPDATE of a referred row reads the whole referring table, and so does "
           "each join.",
           "CREATE INDEX ix_orders_user_id ON orders (user_id);"},
      Rule{"IX002", Severity::Error,
           "a foreign key whose type is not that of the column it refers to",
           "Comparing needs a cast, which keeps indexes from being used; a narrower type overflows "
           "before the other one does; some databases refuse it.",
           "Give both columns the same type."},
      Rule{"IX003", Severity::Warning, "an index that another one makes needless",
           "Its columns are the first ones of another index. It costs space and time at each write "
           "and is of no use.",
           "Drop the shorter one, or do not create it."},
      Rule{"IX004", Severity::Notice, "an index over more than three columns that is not unique",
           "Behind the first two or three columns an index rarely finds fewer rows; it only grows.",
           "Keep the columns that tell most, most selective first."},
      Rule{"IX007", Severity::Warning, "a table without primary key",
           "Nothing says which row is meant: ORMs refuse it, logical replication cannot update it, "
           "duplicates cannot be told apart.",
           "Give it one: id BIGINT PRIMARY KEY, or the columns that tell rows apart."},
      Rule{"IX008", Severity::Warning, "a foreign key that refers to nothing unique, or to nothing",
           "The referred table is missing, or its columns have neither a primary key nor a unique "
           "constraint. Databases refuse it, at once or at the first INSERT.",
           "Refer to the primary key, or make the referred columns unique."},
      Rule{"IX009", Severity::Notice, "ON DELETE CASCADE",
           "Deleting one row can silently delete many, in tables that the statement does not name.",
           "Where the rows matter by themselves: ON DELETE RESTRICT, and delete them by name."},
      Rule{"IX010", Severity::Notice, "a table with very many columns or indexes",
           "Each write pays for every index; a row of very many columns is read as a whole.",
           "Split off what is read seldom; drop indexes that nothing uses."},
      Rule{"NM001", Severity::Warning, "a name longer than the database keeps",
           "It is cut silently, and two long names may become one.", "Choose a shorter name."},
      Rule{"NM002", Severity::Notice, "a name that breaks the project's naming convention",
           "Names that follow no rule have to be looked up each time.",
           "Rename it, or change [lint.names]."},
      Rule{
          "NM003", Severity::Notice, "a name that must be quoted",
          "A reserved word, an upper-case letter or another character: each statement that forgets "
          "the quotes fails, or means something else.",
          "Lower-case letters, digits and underscores; another word instead of a reserved one."},
      Rule{"NM005", Severity::Notice, "a constraint without a name",
           "The database makes one up, or keeps none, and each in its own way: it is hard to drop "
           "later in a way that works everywhere.",
           "CONSTRAINT uq_users_email UNIQUE (email)"},
      Rule{"TY001", Severity::Warning, "a numbered key of 32 bits or fewer",
           "It ends at 2,147,483,647, also if rows were deleted or inserts failed in between, and "
           "changing it then rewrites the table and all that refers to it.",
           "BIGINT: four bytes more for each row."},
      Rule{"TY012", Severity::Warning, "a column named twice in one statement",
           "One of the two is a mistake: which value wins depends on the database.",
           "Name each column once."},
  };
  return kRules;
}

}  // namespace cupel::lint
