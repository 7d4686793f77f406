// SPDX-License-Identifier: MIT
// Writes docs/what-autogenerate-sees.md from what the comparison really finds, and checks that the
// page says so. CUPEL_UPDATE_GOLDEN=1 writes it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <sstream>

#include "cupel/dialect/dialect.hpp"
#include "cupel/diff/diff.hpp"
#include "cupel/model/define.hpp"

namespace cupel {
namespace {

using namespace model;  // NOLINT(google-build-using-namespace): a list of model values

constexpr const char* kPage = CUPEL_SOURCE_DIR "/docs/what-autogenerate-sees.md";

using Edit = std::function<void(Schema&)>;

/// One kind of thing: how it comes into the schema, and what can become of it.
struct Subject {
  std::string name;
  Edit add;
  Edit change;
  Edit rename;
  std::vector<std::string> databases = {"postgresql", "sqlite"};
};

const std::vector<std::string> kServer{"postgresql"};
const std::vector<std::string> kFile{"sqlite"};

Table& users(Schema& schema) { return *schema.find_table("users"); }
Column& age(Schema& schema) { return *users(schema).find_column("age"); }
Index& index_of(Schema& schema) { return users(schema).indexes.back(); }

Schema base() {
  Schema schema;
  schema.tables.push_back(make_table(
      "users", {ColumnDefinition("id", Integer()).primary_key(),
                ColumnDefinition("name", String(50)).not_null(), ColumnDefinition("age", Integer()),
                ColumnDefinition("team", Integer())}));
  schema.tables.push_back(make_table("teams", {ColumnDefinition("id", Integer()).primary_key()}));
  schema.tables.push_back(make_table("lines", {ColumnDefinition("number", Integer()).not_null(),
                                               ColumnDefinition("words", Text()).not_null()}));
  return schema;
}

Edit constraint(Constraint it) {
  return [it](Schema& schema) { users(schema).constraints.push_back(it); };
}
Edit rename_constraint() {
  return [](Schema& schema) { set_name(users(schema).constraints.back(), "renamed"); };
}
template <typename T>
Edit change_constraint(std::function<void(T&)> change) {
  return [change](Schema& schema) { change(std::get<T>(users(schema).constraints.back())); };
}
Edit index(Index it) {
  return [it](Schema& schema) { users(schema).indexes.push_back(it); };
}
Edit rename_index() {
  return [](Schema& schema) { index_of(schema).name = "renamed"; };
}
Edit change_index(std::function<void(Index&)> change) {
  return [change](Schema& schema) { change(index_of(schema)); };
}
Edit change_age(std::function<void(Column&)> change) {
  return [change](Schema& schema) { change(age(schema)); };
}

std::vector<Subject> of_tables() {
  const Table teams =
      make_table("projects", {ColumnDefinition("id", Integer()).primary_key(),
                              ColumnDefinition("title", Text()), ColumnDefinition("due", Date())});
  Table parted = make_table("events", {ColumnDefinition("at", Date())});
  parted.partition_by = "RANGE (at)";
  Table part;
  part.name = "events_1";
  part.partition_of = PartitionOf{"events", "DEFAULT"};
  return {
      {"table",
       [=](Schema& it) { it.tables.push_back(teams); },
       {},
       [](Schema& it) { it.tables.back().name = "plans"; }},
      {"table's comment",
       [](Schema& it) { users(it).comment = "people"; },
       [](Schema& it) { users(it).comment = "persons"; },
       {},
       kServer},
      {"storage parameters, UNLOGGED",
       [](Schema& it) {
         users(it).with = {{"fillfactor", "70"}};
       },
       [](Schema& it) {
         users(it).with = {{"fillfactor", "60"}};
       },
       {},
       kServer},
      {"STRICT, WITHOUT ROWID, AUTOINCREMENT",
       [](Schema& it) { users(it).without_rowid = true; },
       {},
       {},
       kFile},
      {"partitioned table with a partition",
       [=](Schema& it) {
         it.tables.push_back(parted);
         it.tables.push_back(part);
       },
       {},
       {},
       kServer},
      {"schema", [](Schema& it) { it.schemas.emplace_back("app"); }, {}, {}, kServer},
  };
}

std::vector<Subject> of_columns() {
  const auto computed = [](const char* text) {
    return [text](Schema& it) {
      Column& column = age(it);
      column.computed = Computed{text, true};
    };
  };
  return {
      {"column",
       [](Schema& it) { users(it).columns.push_back({.name = "phone", .type = String(20)}); },
       {},
       [](Schema& it) { users(it).columns.back().name = "telephone"; }},
      {"column's type", {}, change_age([](Column& it) { it.type = BigInteger(); }), {}},
      {"length, precision, scale",
       {},
       [](Schema& it) { users(it).find_column("name")->type = String(80); },
       {}},
      {"collation",
       change_age([](Column& it) { it.type = Text("C"); }),
       change_age([](Column& it) { it.type = Text("POSIX"); }),
       {}},
      {"NOT NULL", change_age([](Column& it) { it.nullable = false; }), {}, {}},
      {"default",
       change_age([](Column& it) { it.server_default = text("18"); }),
       change_age([](Column& it) { it.server_default = text("21"); }),
       {}},
      {"identity and its options",
       change_age([](Column& it) {
         it.identity = Identity{.start = 5};
         it.nullable = false;
       }),
       change_age([](Column& it) { it.identity = Identity{.start = 9, .cycle = true}; }),
       {},
       kServer},
      {"SERIAL",
       change_age([](Column& it) { it.autoincrement = Autoincrement::Yes; }),
       {},
       {},
       kServer},
      {"generated expression", computed("id * 2"), computed("id * 3"), {}},
      {"column's comment",
       change_age([](Column& it) { it.comment = "years"; }),
       change_age([](Column& it) { it.comment = "in years"; }),
       {},
       kServer},
  };
}

std::vector<Subject> of_constraints() {
  const ForeignKey key{.columns = {"team"},
                       .referred_table = "teams",
                       .referred_columns = {"id"},
                       .name = "fk_team"};
  const ExcludeConstraint exclude{
      .elements = {{"age", "", "=", ""}}, .name = "ex_age", .using_method = "btree"};
  return {
      {"primary key",
       [](Schema& it) {
         it.find_table("lines")->primary_key = PrimaryKey{{"number"}, "pk_lines"};
       },
       [](Schema& it) {
         it.find_table("lines")->primary_key->columns = {"number", "words"};
       },
       [](Schema& it) { it.find_table("lines")->primary_key->name = "renamed"; }},
      {"unique constraint", constraint(UniqueConstraint{{"name"}, "uq_name"}),
       change_constraint<UniqueConstraint>([](auto& it) {
         it.columns = {"name", "age"};
       }),
       rename_constraint()},
      {"foreign key", constraint(key),
       change_constraint<ForeignKey>([](auto& it) { it.columns = {"age"}; }), rename_constraint()},
      {"ON DELETE, ON UPDATE, DEFERRABLE, MATCH",
       constraint(key),
       change_constraint<ForeignKey>([](auto& it) { it.on_delete = "CASCADE"; }),
       {}},
      {"CHECK", constraint(CheckConstraint{"age > 0", "ck_age"}),
       change_constraint<CheckConstraint>([](auto& it) { it.expression = "age > 1"; }),
       rename_constraint()},
      {"CHECK without a name",
       constraint(CheckConstraint{"age > 0"}),
       change_constraint<CheckConstraint>([](auto& it) { it.expression = "age > 1"; }),
       {}},
      {"exclusion constraint", constraint(exclude),
       change_constraint<ExcludeConstraint>([](auto& it) { it.where = "age > 5"; }),
       rename_constraint(), kServer},
      {"NOT VALID",
       constraint(CheckConstraint{.expression = "age > 0", .name = "ck", .not_valid = true}),
       change_constraint<CheckConstraint>([](auto& it) { it.not_valid = false; }),
       {},
       kServer},
      {"constraint's comment",
       constraint(CheckConstraint{.expression = "age > 0", .name = "ck"}),
       change_constraint<CheckConstraint>([](auto& it) { it.comment = "grown up"; }),
       {},
       kServer},
  };
}

std::vector<Subject> of_indexes() {
  const Index plain{"ix_age", {"age"}};
  Index partial = plain;
  partial.where = "age > 5";
  return {
      {"index", index(plain), change_index([](Index& it) {
         it.elements = {"age", "name"};
       }),
       rename_index()},
      {"UNIQUE", index(plain), change_index([](Index& it) { it.unique = true; }), {}},
      {"predicate", index(partial), change_index([](Index& it) { it.where = "age > 6"; }), {}},
      {"expression",
       index(Index{"ix_lower", {expression("lower(name)")}}),
       change_index([](Index& it) { it.elements = {expression("upper(name)")}; }),
       {}},
      {"DESC", index(plain), change_index([](Index& it) { it.elements[0].descending = true; }), {}},
      {"NULLS FIRST, NULLS LAST",
       index(plain),
       change_index([](Index& it) { it.elements[0].nulls = NullsOrder::First; }),
       {},
       kServer},
      {"collation of a key",
       index(Index{"ix_name", {"name"}}),
       change_index([](Index& it) { it.elements[0].collation = "C"; }),
       {}},
      {"operator class",
       index(Index{"ix_name", {"name"}}),
       change_index([](Index& it) { it.elements[0].operator_class = "varchar_pattern_ops"; }),
       {},
       kServer},
      {"method (hash, gin, gist, brin, ...)",
       index(plain),
       change_index([](Index& it) { it.using_method = "hash"; }),
       {},
       kServer},
      {"INCLUDE",
       index(plain),
       change_index([](Index& it) { it.include = {"name"}; }),
       {},
       kServer},
      {"NULLS NOT DISTINCT",
       index(plain),
       change_index([](Index& it) { it.unique = it.nulls_not_distinct = true; }),
       {},
       kServer},
  };
}

std::vector<Subject> of_objects() {
  const auto with_values = [](std::vector<std::string> values) {
    return [values](Schema& it) { it.enums = {{"mood", values}}; };
  };
  const Edit function = [](Schema& it) {
    it.functions.push_back({"f", "",
                            "CREATE OR REPLACE FUNCTION f()\n RETURNS integer\n LANGUAGE "
                            "sql\nAS $function$SELECT 1$function$"});
  };
  return {
      {"enum type",
       with_values({"a", "b"}),
       {},
       [](Schema& it) { it.enums[0].name = "humour"; },
       kServer},
      {"enum value: new, in any place",
       with_values({"a", "b"}),
       with_values({"a", "x", "b"}),
       {},
       kServer},
      {"enum value: under another name",
       with_values({"a", "b"}),
       {},
       with_values({"a", "c"}),
       kServer},
      {"enum value: gone or in another place",
       with_values({"a", "b"}),
       with_values({"b"}),
       {},
       kServer},
      {"domain",
       [](Schema& it) {
         it.domains = {{"positive", "AS integer"}};
       },
       [](Schema& it) { it.domains[0].definition = "AS integer NOT NULL"; },
       {},
       kServer},
      {"sequence and its options",
       [](Schema& it) { it.sequences = {{.name = "numbers"}}; },
       [](Schema& it) { it.sequences[0].increment = 5; },
       {},
       kServer},
      {"view",
       [](Schema& it) {
         it.views = {{"v", "SELECT users.id\n   FROM users"}};
       },
       [](Schema& it) { it.views[0].definition = "SELECT users.age\n   FROM users"; },
       {}},
      {"comment of a view, enum type, sequence or index",
       [](Schema& it) {
         it.views = {{"v", "SELECT users.id\n   FROM users"}};
         it.views[0].comment = "short";
       },
       [](Schema& it) { it.views[0].comment = "brief"; },
       {},
       kServer},
      {"materialised view",
       [](Schema& it) {
         it.views = {{"v", "SELECT users.id\n   FROM users"}};
         it.views[0].materialized = true;
       },
       [](Schema& it) { it.views[0].definition = "SELECT users.age\n   FROM users"; },
       {},
       kServer},
      {"function, procedure",
       function,
       [](Schema& it) {
         it.functions[0].definition.replace(it.functions[0].definition.find("SELECT 1"), 8,
                                            "SELECT 2");
       },
       {},
       kServer},
      {"trigger",
       [](Schema& it) {
         it.triggers = {
             {"t", "users", "CREATE TRIGGER t AFTER INSERT ON users BEGIN SELECT 1; END"}};
       },
       [](Schema& it) {
         it.triggers[0].definition = "CREATE TRIGGER t AFTER INSERT ON users BEGIN SELECT 2; END";
       },
       {}},
      {"extension", [](Schema& it) { it.extensions = {{"citext"}}; }, {}, {}, kServer},
  };
}

bool is_rename(const ops::Operation& operation) {
  const auto* change = std::get_if<ops::AlterColumn>(&operation);
  return (change != nullptr && change->new_name.has_value()) ||
         std::holds_alternative<ops::RenameTable>(operation) ||
         std::holds_alternative<ops::RenameConstraint>(operation) ||
         std::holds_alternative<ops::RenameIndex>(operation) ||
         std::holds_alternative<ops::RenameType>(operation) ||
         std::holds_alternative<ops::RenameEnumValue>(operation);
}

bool has_rename(const diff::Difference& difference) {
  if (!difference.renamed.empty()) return true;
  for (const ops::Operation& operation : difference.operations) {
    if (is_rename(operation)) return true;
    const auto* batch = std::get_if<ops::AlterTable>(&operation);
    if (batch == nullptr) continue;
    for (const ops::TableChange& change : batch->changes)
      if (std::holds_alternative<ops::RenameConstraint>(change)) return true;
  }
  return false;
}

/// What of a subject's life is seen: "added, removed, changed, renamed".
class Seen {
 public:
  explicit Seen(const diff::DiffRules& rules) : rules_(rules) {}
  void look(const char* what, const Schema& from, const Schema& to, bool is_rename = false) {
    const diff::Difference difference = compare(from, to, rules_);
    text_ += text_.empty() ? "" : ", ";
    if (difference.operations.empty()) text_ += "**not** ";
    text_ += what;
    if (is_rename && !has_rename(difference)) text_ += " (as removed and added)";
  }
  const std::string& text() const { return text_; }

 private:
  const diff::DiffRules& rules_;
  std::string text_;
};

std::string cell(const Subject& subject, const dialect::Dialect& dialect) {
  const auto& known = subject.databases;
  if (std::find(known.begin(), known.end(), dialect.name()) == known.end()) return "";
  Seen seen(dialect.diff_rules());
  const Schema without = base();
  Schema with = without;
  if (subject.add) {
    subject.add(with);
    seen.look("added", without, with);
    seen.look("removed", with, without);
  }
  const auto becomes = [&](const char* what, const Edit& edit, bool is_rename) {
    if (!edit) return;
    Schema after = with;
    edit(after);
    seen.look(what, with, after, is_rename);
  };
  becomes("changed", subject.change, false);
  becomes("renamed", subject.rename, true);
  return seen.text();
}

std::string table(const std::string& title, const std::vector<Subject>& subjects) {
  std::string text = "\n## " + title + "\n\n| |";
  std::string line = "|---|";
  for (const dialect::Dialect* dialect : dialect::all_dialects()) {
    text += " " + std::string(dialect->name()) + " |";
    line += "---|";
  }
  text += "\n" + line + "\n";
  for (const Subject& subject : subjects) {
    text += "| " + subject.name + " |";
    for (const dialect::Dialect* dialect : dialect::all_dialects())
      text += " " + cell(subject, *dialect) + " |";
    text += "\n";
  }
  return text;
}

constexpr const char* kIntroduction = R"(# What autogenerate sees

`cupel revision --autogenerate`, `cupel check` and `cupel diff` compare two schemas. These tables are written by a test that runs the
comparison for every word in them (`tests/schemas/sees_test.cpp`), so they say what it does and not what it should. An empty cell is
something that the database does not have.

Texts (defaults, CHECKs, predicates, views, ...) are compared by meaning: white space, needless parentheses and the casts that PostgreSQL
adds are no difference, and where two texts still read differently PostgreSQL itself is asked how it writes both. SQLite keeps texts as they
were written, so there they are compared word by word.
)";

constexpr const char* kEnd = R"(
## What is not looked at

- Rows, privileges, owners, statistics, publications, rules and policies.
- Virtual tables and the tables behind them, temporary tables, and what belongs to an extension.
- Names of NOT NULL and DEFAULT constraints.
- How many dimensions an array has: PostgreSQL writes it down and does not mind it.
- The order of columns. A new column comes last.
)";

TEST(WhatAutogenerateSees, PageIsUpToDate) {
  const std::string page = std::string(kIntroduction) + table("Tables", of_tables()) +
                           table("Columns", of_columns()) + table("Constraints", of_constraints()) +
                           table("Indexes", of_indexes()) + table("Everything else", of_objects()) +
                           kEnd;
  if (std::getenv("CUPEL_UPDATE_GOLDEN") != nullptr) std::ofstream(kPage) << page;
  std::ostringstream written;
  written << std::ifstream(kPage).rdbuf();
  EXPECT_EQ(page, written.str())
      << "CUPEL_UPDATE_GOLDEN=1 writes docs/what-autogenerate-sees.md; look at the difference";
}

}  // namespace
}  // namespace cupel
