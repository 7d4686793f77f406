// SPDX-License-Identifier: MIT
// On PostgreSQL (CUPEL_TEST_POSTGRES_URL): what only a server tells of a schema in SQL.
#include <gtest/gtest.h>

#include "cupel/base/text.hpp"
#include "cupel/model/define.hpp"
#include "cupel/source/target.hpp"
#include "source/cache.hpp"
#include "support/postgres_database.hpp"

namespace cupel::source {
namespace {

class LoadTargetPostgres : public testing::Test {
 protected:
  void SetUp() override {
    if (!testing_support::PostgresDatabase::is_available())
      GTEST_SKIP() << "CUPEL_TEST_POSTGRES_URL is not set";
    project_ = std::make_unique<testing_support::PostgresDatabase>();
    url_ = project_->url();
    settings_.sql = {"db"};
  }
  Target load() {
    return load_target(settings_, registries_, dialect::find_dialect("postgresql"), &url_, files_,
                       [this](const LogRecord& record) { logged_ += record.message + "\n"; });
  }
  std::string schema() { return "\n" + to_string(load().schema) + "\n"; }
  std::string places() {
    std::string text;
    for (const auto& [key, place] : load().declared_in)
      text += model::to_string(key) + " in " + place + "\n";
    return text;
  }
  std::string error() {
    try {
      return "no error:" + schema();
    } catch (const Error& error) {
      return error.to_string();
    }
  }
  std::string error(const std::string& sql) {
    files_.write("db/a.sql", sql);
    return error();
  }
  /// How many scratch databases are there now; only this process makes such.
  std::string scratches() {
    return as_text(
        project_->query("SELECT count(*) FROM pg_database WHERE datname LIKE "
                        "'cupel\\_scratch\\_%\\_" +
                        std::to_string(getpid()) + "\\_%'")[0][0]);
  }

  std::unique_ptr<testing_support::PostgresDatabase> project_;
  driver::Url url_;
  Settings settings_;
  std::vector<Registry> registries_;
  MemoryFiles files_;
  std::string logged_;
};

TEST_F(LoadTargetPostgres, FilesNeedNoOrder) {
  files_.write("db/1_views.sql", "CREATE VIEW v AS SELECT id, m FROM notes;");
  files_.write("db/2_notes.sql",
               "CREATE TABLE log (id serial PRIMARY KEY);\n"
               "SET search_path = app, public;\n"
               "CREATE TABLE notes (id int, m mood, user_id bigint REFERENCES users (id));\n"
               "SET search_path = public;\n"
               "CREATE VIEW v2 AS SELECT id FROM app.notes;\n");
  files_.write("db/3_types.sql", "CREATE TYPE mood AS ENUM ('sad', 'ok');");
  files_.write("db/4_users.sql",
               "CREATE SCHEMA app; CREATE TABLE users (id bigserial PRIMARY KEY);");
  files_.write("db/1_views.sql", "CREATE VIEW v AS SELECT id, m FROM app.notes;");
  EXPECT_EQ(places(),
            "schema 'app' in db/4_users.sql:1\n"
            "enum 'mood' in db/3_types.sql:1\n"
            "table 'log' in db/2_notes.sql:1\n"
            "table 'users' in db/4_users.sql:1\n"
            "table 'app.notes' in db/2_notes.sql:3\n"
            "view 'v' in db/1_views.sql:1\n"
            "view 'v2' in db/2_notes.sql:5\n");
  EXPECT_EQ(scratches(), "0");
}

TEST_F(LoadTargetPostgres, SaysWhereTheSqlIsWrong) {
  EXPECT_EQ(error("CREATE TABLE a (id int);\n\nCREATE TABLE b (\n  \u00e4 int,\n  id intt\n);\n"),
            "db/a.sql:5:6: type \"intt\" does not exist\n  note:   id intt");
  EXPECT_EQ(error("CREATE TABLE a (id int);\n-- b\nCREATE TABLE a (id int);\n"),
            "db/a.sql:3:1: relation \"a\" already exists\n  note: CREATE TABLE a (id int);");
  EXPECT_EQ(error("CREATE TABLE a (id int);\nCREAT TABLE b (id int);\n"),
            "db/a.sql:2:1: syntax error at or near \"CREAT\"\n  note: CREAT TABLE b (id int);");
  EXPECT_EQ(scratches(), "0");
}

TEST_F(LoadTargetPostgres, WhatIsMadeInOtherWaysHasItsScript) {
  files_.write("db/a.sql", "CREATE TABLE a (id int);");
  files_.write("db/b.sql",
               "DO $$ BEGIN EXECUTE 'CREATE TABLE made (id int)'; END $$;\n"
               "ALTER TABLE made RENAME TO new_name;\n"
               "DO $$ BEGIN EXECUTE 'CREATE TABLE ' || 'hid' || 'den (id int)'; END $$;\n");
  EXPECT_EQ(places(),
            "table 'a' in db/a.sql:1\ntable 'hidden' in db/a.sql or another source\n"
            "table 'new_name' in db/b.sql\n");
}

TEST_F(LoadTargetPostgres, TheSameTableInOtherWordsIsFine) {
  files_.write("db/a.sql",
               "CREATE TABLE t (id int PRIMARY KEY, name varchar(20));\n"
               "CREATE TABLE u (id int REFERENCES t);\nCREATE VIEW v AS SELECT id FROM t;\n");
  files_.write("db/b.sql",
               "create table t (id integer, name character varying (20), primary key (id))");
  EXPECT_EQ(places(), "table 't' in db/a.sql:1\ntable 'u' in db/a.sql:2\nview 'v' in db/a.sql:3\n");
  files_.write("db/b.sql", "create table t (id integer, name text, primary key (id))");
  EXPECT_EQ(error(),
            "db/b.sql:1: table 't' is declared differently in db/a.sql:1\n  hint: declare it once");
}

TEST_F(LoadTargetPostgres, SaysAllThatIsBlocked) {
  files_.write("db/a.sql", "CREATE VIEW v AS SELECT id FROM nowhere;");
  files_.write("db/b.sql", "CREATE TABLE b (id int REFERENCES nothing);");
  EXPECT_EQ(error(),
            "db/a.sql:1:33: relation \"nowhere\" does not exist\n"
            "  note: CREATE VIEW v AS SELECT id FROM nowhere;\n"
            "  note: db/b.sql:1:1: relation \"nothing\" does not exist");
}

TEST_F(LoadTargetPostgres, ADumpOfTheDatabaseIsASchema) {
  const char* bin = std::getenv("CUPEL_TEST_POSTGRES_BIN");
  if (bin == nullptr) GTEST_SKIP() << "CUPEL_TEST_POSTGRES_BIN is not set";
  project_->query("CREATE TYPE mood AS ENUM ('sad', 'ok')");
  project_->query(
      "CREATE TABLE users (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, m mood, "
      "email text NOT NULL UNIQUE CHECK (email <> ''))");
  project_->query(
      "CREATE TABLE notes (id serial, user_id bigint REFERENCES users ON DELETE CASCADE)");
  project_->query("CREATE INDEX ON notes (user_id) WHERE user_id > 0");
  project_->query("COMMENT ON TABLE notes IS 'of users'");
  project_->query("GRANT SELECT ON users TO PUBLIC");
  settings_.sql.clear();
  settings_.program = {std::string(bin) + "/pg_dump --schema-only " +
                       driver::to_string_with_password(url_)};
  EXPECT_EQ(load().schema,
            dialect::find_dialect("postgresql").make_inspector(project_->connection())->inspect());
}

TEST_F(LoadTargetPostgres, UsesTheExtensionsOfTheProject) {
  project_->query("CREATE SCHEMA extensions");
  project_->query("CREATE EXTENSION citext SCHEMA extensions");
  project_->query("CREATE EXTENSION hstore");
  files_.write("db/a.sql", "CREATE TABLE a (c extensions.citext);");
  EXPECT_EQ(places(), "table 'a' in db/a.sql:1\n");
  files_.write("db/b.sql", "CREATE EXTENSION IF NOT EXISTS hstore;");
  EXPECT_EQ(places(), "extension 'hstore' in db/b.sql:1\ntable 'a' in db/a.sql:1\n");
  EXPECT_EQ(load().schema.extensions[0].version, "") << "any version will do";
}

TEST_F(LoadTargetPostgres, RefusesWhatIsForAShellOrTheServer) {
  EXPECT_EQ(error("\\connect other\nCREATE TABLE a (id int);\n"),
            "db/a.sql:1:1: '\\connect' is a command of the database's shell, not SQL\n"
            "  note: \\connect other\n"
            "  hint: remove the line, or write the SQL that it stands for (INSERT for a \\copy)");
  EXPECT_EQ(error("CREATE ROLE app;\n"),
            "db/a.sql:1:1: this statement is not run: it acts on the whole server, and a schema is "
            "read in a database of its own\n  note: CREATE ROLE app;\n"
            "  hint: leave it out of the schema; a revision may hold it");
  EXPECT_NE(error("CREATE TABLE a (id int);\nCOPY a FROM stdin;\n1\n\\.\n").find("COPY FROM stdin"),
            std::string::npos);
}

TEST_F(LoadTargetPostgres, SqlBuildsOnModelsOfTheProgram) {
  registries_ = {{"models", [](model::Schema& schema) {
                    schema.tables.push_back({.name = "users",
                                             .columns = {model::Column("id", model::BigInteger())},
                                             .primary_key = model::PrimaryKey{.columns = {"id"}}});
                  }}};
  files_.write("db/a.sql",
               "CREATE TABLE notes (user_id bigint REFERENCES users (id));\n"
               "CREATE VIEW v AS SELECT id FROM users;\n");
  const std::string expected =
      "table 'notes' in db/a.sql:1\ntable 'users' in models\nview 'v' in db/a.sql:2\n";
  EXPECT_EQ(places(), expected);
  EXPECT_EQ(load().schema.find_table("users")->primary_key->name, "") << "the model's own value";
  files_.write("db/b.sql", "CREATE TABLE users (id bigserial PRIMARY KEY);");
  EXPECT_EQ(places(), expected) << "in both, and equal";
  files_.write("db/b.sql", "CREATE INDEX ix ON users (id);");
  EXPECT_EQ(error(),
            "models: table 'users' is changed by the SQL of another source\n"
            "  hint: declare all of it in one place");
}

TEST_F(LoadTargetPostgres, StatementsThatNeedNoTransaction) {
  files_.write("db/a.sql",
               "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY ix ON a (id);\n"
               "CREATE TYPE e AS ENUM ('x');\nALTER TYPE e ADD VALUE 'y';\n"
               "CREATE TABLE b (e e DEFAULT 'y');\nVACUUM a;\n");
  EXPECT_EQ(schema(), R"(
enum e ('x', 'y')
table a
  column id Integer
  index ix (id)
table b
  column e Enum('x', 'y', e) of an existing type default 'y'
)");
}

TEST_F(LoadTargetPostgres, ExecutedTextsAreKept) {
  settings_.cache_directory = "cache";
  files_.write("db/a.sql", "CREATE TABLE a (id int);");
  const Target first = load();
  ASSERT_EQ(files_.list_files("cache").size(), 1u);
  const std::string path = "cache/" + files_.list_files("cache")[0];
  Target other = first;
  other.schema.tables[0].comment = "kept";
  files_.remove(path);
  Cache("cache", files_).store(path.substr(path.rfind('-') + 1), other);
  EXPECT_EQ(load().schema, other.schema) << "it was executed again";
  files_.write("db/a.sql", "CREATE TABLE a (id int );");
  EXPECT_EQ(load().schema, first.schema);
  EXPECT_EQ(files_.list_files("cache").size(), 2u);
}

TEST_F(LoadTargetPostgres, ADatabaseLentForIt) {
  settings_.dev_url = driver::to_string_with_password(url_);
  files_.write("db/a.sql", "CREATE TABLE a (id int);\nCREATE TABEL b;");
  EXPECT_NE(error().find("db/a.sql:2:8: syntax error"), std::string::npos);
  files_.write("db/a.sql", "CREATE TABLE a (id int);");
  EXPECT_EQ(places(), "table 'a' in db/a.sql:1\n");
  EXPECT_EQ(to_string(dialect::find_dialect("postgresql")
                          .make_inspector(project_->connection())
                          ->inspect({.all_schemas = true})),
            "");
  settings_.dev_url = "sqlite:///x.db";
  EXPECT_EQ(error(),
            "--dev-url names a database of another kind: sqlite:///x.db, and the project's is "
            "postgresql\n  hint: schemas are tried on the kind of database that they are for");
}

TEST_F(LoadTargetPostgres, AManyTableSchemaNeedsNoManyLocks) {
  std::string sql;
  for (int i = 0; i < 1500; ++i)
    sql += "CREATE TABLE t" + std::to_string(i) + " (id serial PRIMARY KEY, name text UNIQUE);\n";
  files_.write("db/a.sql", sql);
  EXPECT_EQ(load().schema.tables.size(), 1500u);
}

}  // namespace
}  // namespace cupel::source
