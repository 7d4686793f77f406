// SPDX-License-Identifier: MIT
#include "cupel/source/target.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>

#include "cupel/model/define.hpp"
#include "source/cache.hpp"

namespace cupel::source {
namespace {

/// Loads from files in memory, on a database that costs nothing.
class LoadTarget : public testing::Test {
 protected:
  Target load() {
    return load_target(settings_, registries_, dialect::find_dialect("sqlite"), nullptr, files_,
                       [this](const LogRecord& record) { logged_ += record.message + "\n"; });
  }
  Target load(const std::string& sql) {
    files_.write("schema.sql", sql);
    settings_.sql = {"schema.sql"};
    return load();
  }
  /// The error's text, or the schema if there is none.
  std::string error() {
    try {
      return "no error: " + to_string(load().schema);
    } catch (const Error& error) {
      return error.to_string();
    }
  }
  std::string error(const std::string& sql) {
    files_.write("schema.sql", sql);
    settings_.sql = {"schema.sql"};
    return error();
  }
  static std::string places(const Target& target) {
    std::string text;
    for (const auto& [key, place] : target.declared_in)
      text += model::to_string(key) + " in " + place + "\n";
    return text;
  }

  Settings settings_;
  std::vector<Registry> registries_;
  MemoryFiles files_;
  std::string logged_;
};

TEST_F(LoadTarget, ReadsAFile) {
  const Target target = load(
      "-- the users\n"
      "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n\n"
      "CREATE INDEX ix ON users (name);\nCREATE VIEW v AS SELECT id FROM users;\n");
  ASSERT_EQ(target.schema.tables.size(), 1u);
  EXPECT_EQ(target.schema.tables[0].indexes.size(), 1u);
  EXPECT_EQ(places(target), "table 'users' in schema.sql:2\nview 'v' in schema.sql:5\n");
}

TEST_F(LoadTarget, ManyTablesAreKeptAndFewAreNot) {
  settings_.cache_directory = "cache";
  load("CREATE TABLE a (id INTEGER);");
  EXPECT_FALSE(files_.is_directory("cache"));
  std::string sql;
  for (int i = 0; i < 500; ++i)
    sql += "CREATE TABLE t" + std::to_string(i) + " (id INTEGER PRIMARY KEY, name TEXT);\n";
  const Target first = load(sql);
  ASSERT_EQ(files_.list_files("cache").size(), 1u);
  const std::string name = files_.list_files("cache")[0];
  const Target again = load(sql);
  EXPECT_EQ(again.schema, first.schema);
  EXPECT_EQ(again.declared_in, first.declared_in);

  Target other = first;
  other.schema.tables[0].comment = "kept";
  files_.remove("cache/" + name);
  Cache("cache", files_).store(name.substr(name.rfind('-') + 1), other);
  EXPECT_EQ(load(sql).schema, other.schema) << "it was executed again";
  EXPECT_EQ(load(sql + " ").schema, first.schema);
  EXPECT_EQ(files_.list_files("cache").size(), 2u);
}

TEST_F(LoadTarget, NothingConfiguredIsAnEmptyTarget) { EXPECT_EQ(load().schema, model::Schema()); }

TEST_F(LoadTarget, FilesNeedNoOrder) {
  files_.write("db/a_view.sql", "CREATE TABLE log (id INTEGER);\nINSERT INTO seen SELECT 1;\n");
  files_.write("db/b.sql", "CREATE TABLE seen (id INTEGER);");
  files_.write("db/more/c.sql", "CREATE INDEX ix ON log (id);");
  files_.write("db/notes.txt", "no sql");
  settings_.sql = {"db"};
  EXPECT_EQ(places(load()), "table 'log' in db/a_view.sql:1\ntable 'seen' in db/b.sql:1\n");
}

TEST_F(LoadTarget, PatternsFindFiles) {
  files_.write("p/db/a.sql", "CREATE TABLE a (id INTEGER);");
  files_.write("p/db/deep/er/b.sql", "CREATE TABLE b (id INTEGER);");
  files_.write("p/db/deep/c.txt", "CREATE TABLE c (id INTEGER);");
  settings_.root = "p";
  settings_.sql = {"db/**/*.sql", "db/a.sql"};
  EXPECT_EQ(places(load()), "table 'a' in p/db/a.sql:1\ntable 'b' in p/db/deep/er/b.sql:1\n");
  settings_.sql = {"db/*/*.txt"};
  EXPECT_EQ(places(load()), "table 'c' in p/db/deep/c.txt:1\n");
}

TEST_F(LoadTarget, RefusesAnEntryThatFindsNothing) {
  settings_.sql = {"schema/*.sql"};
  EXPECT_EQ(error(),
            "schema/*.sql: no file matches this pattern\n"
            "  hint: correct 'sql' in [schema] of cupel.toml");
  settings_.sql = {"schema.sql"};
  EXPECT_EQ(error(),
            "schema.sql: there is no such file\n  hint: correct 'sql' in [schema] of cupel.toml");
  files_.write("folder/readme.txt", "");
  settings_.sql = {"folder"};
  EXPECT_EQ(error(),
            "folder: this folder holds no .sql file\n"
            "  hint: correct 'sql' in [schema] of cupel.toml");
}

TEST_F(LoadTarget, SaysWhereTheSqlIsWrong) {
  EXPECT_EQ(error("CREATE TABLE a (id INTEGER);\n\n-- b\nCREATE TABLE b (\n  id INTEGER,,\n);\n"),
            "schema.sql:5:14: near \",\": syntax error\n  note:   id INTEGER,,");
  EXPECT_EQ(error("CREATE TABLE a (id INTEGER);\nCREATE INDEX ix ON b (id);\n"),
            "schema.sql:2:1: no such table: main.b\n  note: CREATE INDEX ix ON b (id);");
  EXPECT_EQ(error("CREATE TABLE a (id INTEGER);\n  SELECT 'open\n"),
            "schema.sql:2:10: the string that begins here is never closed\n  note:   SELECT 'open");
}

TEST_F(LoadTarget, TellsOfFilesThatDeclareNothing) {
  EXPECT_EQ(load("-- nothing yet\n").schema, model::Schema());
  EXPECT_EQ(logged_, "schema.sql declares nothing\n");
  logged_.clear();
  EXPECT_EQ(error("CREAT TABLE a (id INTEGER);\n"),
            "schema.sql:1:1: near \"CREAT\": syntax error\n  note: CREAT TABLE a (id INTEGER);");
  EXPECT_EQ(logged_, "");
}

TEST_F(LoadTarget, IgnoresTransactionsAndRefusesTheirEnd) {
  EXPECT_EQ(load("BEGIN;\nCREATE TABLE a (id INTEGER);\nCOMMIT;\n").schema.tables.size(), 1u);
  EXPECT_EQ(error("BEGIN;\nCREATE TABLE a (id INTEGER);\nROLLBACK;\n"),
            "schema.sql:3:1: ROLLBACK has no meaning in a schema\n  note: ROLLBACK;\n  hint: leave "
            "out what it would undo; a schema's statements all count");
}

TEST_F(LoadTarget, RefusesWhatReachesOutOfTheScratchDatabase) {
  EXPECT_EQ(error("ATTACH 'other.db' AS other;\n"),
            "schema.sql:1:1: this statement is not run: it opens another database file, and a "
            "schema is read in a database of its own\n  note: ATTACH 'other.db' AS other;\n  hint: "
            "leave it out of the schema; a revision may hold it");
}

TEST_F(LoadTarget, TheSameStatementTwiceIsFine) {
  files_.write("a.sql", "CREATE TABLE t (id INTEGER);");
  files_.write("b.sql", "create table if not exists t(\n  id integer -- the key\n);");
  settings_.sql = {"a.sql", "b.sql"};
  EXPECT_EQ(places(load()), "table 't' in a.sql:1\n");
  files_.write("b.sql", "\nCREATE TABLE IF NOT EXISTS t (id INTEGER, name TEXT);");
  EXPECT_EQ(error(),
            "b.sql:2: table 't' is declared differently in a.sql:1\n  hint: declare it once");
}

TEST_F(LoadTarget, TheSameTableInOtherWordsIsFine) {
  files_.write("a.sql",
               "CREATE TABLE t (a INTEGER, b INTEGER, UNIQUE (a), UNIQUE (b));\n"
               "CREATE VIEW v AS SELECT a FROM t;\nCREATE INDEX ix ON t (a);\n");
  files_.write("b.sql", "CREATE TABLE \"T\" (a INTEGER UNIQUE, b INTEGER UNIQUE);");
  settings_.sql = {"a.sql", "b.sql"};
  EXPECT_EQ(places(load()), "table 't' in a.sql:1\nview 'v' in a.sql:2\n");
  EXPECT_EQ(load().schema.tables[0].indexes.size(), 1u);
  files_.write("b.sql", "CREATE TABLE t (a INTEGER UNIQUE, b INTEGER);");
  EXPECT_EQ(error(),
            "b.sql:1: table 't' is declared differently in a.sql:1\n  hint: declare it once");
}

TEST_F(LoadTarget, RegistriesAddUp) {
  registries_ = {{"models of the shop", [](model::Schema& schema) {
                    schema.tables.push_back(
                        {.name = "orders", .columns = {model::Column("id", model::Integer())}});
                  }}};
  EXPECT_EQ(places(load("CREATE TABLE users (id INTEGER PRIMARY KEY);")),
            "table 'orders' in models of the shop\ntable 'users' in schema.sql:1\n");
}

TEST_F(LoadTarget, OneTableInTwoRegistries) {
  const auto declare = [](const std::string& column) {
    return [column](model::Schema& schema) {
      schema.tables.push_back({.name = "t", .columns = {model::Column(column, model::Integer())}});
    };
  };
  registries_ = {{"a", declare("id")}, {"b", declare("id")}};
  EXPECT_EQ(places(load()), "table 't' in a\n");
  registries_[1].declare = declare("key");
  EXPECT_EQ(error(),
            "b: table 't' is declared differently in a\n"
            "  hint: declare it once, or make the two equal");
}

TEST_F(LoadTarget, OneTableInSqlAndInTheProgram) {
  model::Column name("name", model::String(20));
  registries_ = {{"models", [&](model::Schema& schema) {
                    model::Table users{.name = "users",
                                       .columns = {model::Column("id", model::Integer()), name},
                                       .primary_key = model::PrimaryKey{.columns = {"id"}}};
                    users.indexes.push_back(model::Index{.name = "ix", .elements = {"name"}});
                    schema.tables.push_back(users);
                  }}};
  const std::string sql =
      "create table users (\n id integer not null, name varchar(20), primary key (id));\n"
      "create index ix on users (name);\n";
  EXPECT_EQ(places(load(sql)), "table 'users' in models\n");
  name.nullable = false;
  EXPECT_EQ(error(),
            "schema.sql:1: table 'users' is declared differently in models\n"
            "  hint: declare it once, or make the two equal");
}

TEST_F(LoadTarget, AForeignKeyNeedsItsTable) {
  EXPECT_EQ(error("CREATE TABLE users (id INTEGER PRIMARY KEY);\n"
                  "CREATE TABLE notes (user_id INTEGER REFERENCES user (id));\n"),
            "schema.sql:2: table 'notes', foreign key (user_id) references user (id): no source "
            "declares table "
            "'user'\n  hint: did you mean 'users'?");
  EXPECT_EQ(load("CREATE TABLE users (id INTEGER PRIMARY KEY);\n"
                 "CREATE TABLE notes (user_id INTEGER REFERENCES Users (ID));\n")
                .schema.tables.size(),
            2u);
}

TEST_F(LoadTarget, NoDatabaseCanHoldSuchAModel) {
  registries_ = {{"shop", [](model::Schema& schema) {
                    const model::Column id("id", model::Integer());
                    schema.tables.push_back({.name = "t", .columns = {id, id}});
                    schema.tables.push_back({.name = "t", .columns = {id}});
                  }}};
  EXPECT_EQ(error(),
            "shop: table 't', column 'id': is there twice\n  note: table 't': is there twice\n  "
            "hint: no database can hold this: correct the model");
}

TEST_F(LoadTarget, AProgramPrintsTheSchema) {
  settings_.program = {"printf '%s\\n' 'CREATE TABLE t (id INTEGER);'"};
  EXPECT_EQ(places(load()),
            "table 't' in program 'printf '%s\\n' 'CREATE TABLE t (id INTEGER);'':1\n");
}

TEST_F(LoadTarget, AProgramRunsInTheProjectsFolder) {
  settings_.root = "/usr";
  settings_.program = {"sh -c 'test $PWD = /usr && echo \"CREATE TABLE t (id INTEGER);\"'"};
  EXPECT_EQ(load().schema.tables.size(), 1u);
}

TEST_F(LoadTarget, AProgramThatFailsShowsItsErrors) {
  settings_.program = {"sh -c 'echo no such module >&2; exit 3'"};
  EXPECT_EQ(error(),
            "program 'sh -c 'echo no such module >&2; exit 3'': failed with exit code 3\n"
            "  note: it wrote to stderr:\nno such module\n"
            "  hint: run it by itself to see what is wrong");
}

TEST_F(LoadTarget, AProgramThatHangsIsEnded) {
  settings_.program = {"sleep 100"};
  settings_.program_timeout = std::chrono::milliseconds(50);
  EXPECT_EQ(error(),
            "program 'sleep 100': did not end within 50 ms\n"
            "  hint: give it more time: program_timeout = \"2m\" in [schema] of cupel.toml");
}

TEST_F(LoadTarget, AProgramThatPrintsNothingIsWrong) {
  settings_.program = {"true"};
  EXPECT_EQ(error(),
            "program 'true': printed nothing\n"
            "  hint: it must print the statements that make the schema, to stdout");
}

TEST_F(LoadTarget, AProgramThatDoesNotExist) {
  settings_.program = {"no_such_program --ddl"};
  EXPECT_EQ(error(),
            "program 'no_such_program --ddl': cannot be started: No such file or directory\n"
            "  hint: 'no_such_program' is looked up in PATH, or from the folder of cupel.toml; "
            "correct 'program' in [schema]");
  settings_.program = {"make ddl | sort"};
  EXPECT_EQ(error(),
            "program 'make ddl | sort': '|' in the command line 'make ddl | sort' is for a shell, "
            "and none runs it\n  hint: write sh -c '...' around it, or quote it");
}

TEST_F(LoadTarget, AProgramsPasswordsAreNotShown) {
  settings_.program = {"false --db 'postgresql://me:s3c:r@et@host/db' http://a:b@c x:y@z"};
  EXPECT_EQ(error().substr(0, 80),
            "program 'false --db 'postgresql://me:***@host/db' http://a:***@c x:y@z': failed ");
}

TEST_F(LoadTarget, AProgramsSqlIsWrong) {
  settings_.program = {"echo 'CREATE TABEL t;'"};
  EXPECT_EQ(error(),
            "program 'echo 'CREATE TABEL t;'':1:8: near \"TABEL\": syntax error\n"
            "  note: CREATE TABEL t;");
}

/// A database in a file, which the target shall be like.
class FromUrl : public LoadTarget {
 protected:
  FromUrl() : path_(testing::TempDir() + "cupel_from_url_" + std::to_string(getpid()) + ".db") {
    settings_.from_url = "sqlite:///" + path_;
  }
  ~FromUrl() override { std::remove(path_.c_str()); }
  void run(const std::string& sql) const {
    dialect::find_dialect("sqlite").connect(driver::parse_url(settings_.from_url))->query(sql);
  }
  std::string path_;
};

TEST_F(FromUrl, ALiveDatabase) {
  run("CREATE TABLE users (id INTEGER PRIMARY KEY)");
  run("CREATE TABLE alembic_version (version_num TEXT)");
  settings_.own_tables = {"alembic_version"};
  EXPECT_EQ(places(load()), "table 'users' in " + settings_.from_url + "\n");
}

TEST_F(FromUrl, MustExistAndBeOfTheSameKind) {
  EXPECT_NE(error().find("does not exist"), std::string::npos) << error();
  settings_.from_url = "postgresql://me:secret@localhost/shop";
  EXPECT_EQ(error(),
            "from_url names a database of another kind: postgresql://me:***@localhost/shop, and "
            "the project's is sqlite\n  hint: only databases of one kind can be alike");
}

}  // namespace
}  // namespace cupel::source
