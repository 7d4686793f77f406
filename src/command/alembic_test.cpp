// SPDX-License-Identifier: MIT
// Revisions in Python on a real SQLite database in memory; what Alembic itself does with the same
// scripts is compared in tests/alembic.
#include <gtest/gtest.h>

#include "cupel/alembic/runtime.hpp"
#include "cupel/dialect/dialect.hpp"
#include "cupel/migrate/run.hpp"

namespace cupel::alembic {
namespace {

constexpr const char* kHead = "from alembic import op\nimport sqlalchemy as sa\n";

std::string script(const std::string& id, const std::string& parent, const std::string& upgrade,
                   const std::string& downgrade = "pass") {
  return "\"\"\"make " + id + "\n\nCreate Date: 2026-01-02 03:04:05\n\"\"\"\n" + kHead +
         "revision = '" + id + "'\ndown_revision = " + parent + "\n\ndef upgrade():\n    " +
         upgrade + "\n\ndef downgrade():\n    " + downgrade + "\n";
}

/// A project in memory and its database.
struct Project {
  MemoryFiles files;
  std::unique_ptr<Runtime> runtime;
  script::Migrations migrations;
  const dialect::Dialect& dialect = dialect::find_dialect("sqlite");
  std::unique_ptr<driver::Connection> connection = dialect.connect(driver::parse_url("sqlite://"));

  void add(const std::string& name, const std::string& text) {
    files.write("versions/" + name + ".py", text);
  }
  void load() {
    files.make_directory("versions");
    RuntimeSettings settings;
    settings.files = &files;
    settings.root = "";
    runtime = std::make_unique<Runtime>(std::move(settings));
    migrations = script::load_migrations(files, {{"versions"}}, {}, {runtime->revisions()});
  }
  migrate::Environment environment() {
    migrate::Environment environment;
    environment.connection = connection.get();
    environment.dialect = &dialect;
    environment.migrations = &migrations;
    environment.settings.history = false;
    return environment;
  }
  void upgrade(const std::string& target = "head") { migrate::upgrade(environment(), target); }
  std::string text(const std::string& sql) {
    const driver::Rows rows = connection->query(sql);
    return rows.empty() ? "" : rows[0].text(0);
  }
};

TEST(PyRevision, ReadsTheHeaderWithoutRunning) {
  Project project;
  project.add("a", script("a1", "None", "raise RuntimeError('not now')"));
  project.add("__init__", "");
  project.add("helper", "X = 1\n");
  project.load();
  ASSERT_EQ(project.migrations.graph().size(), 1U);
  const revision::Revision& info = project.migrations.get("a1").info();
  EXPECT_EQ(info.message, "make a1");
  EXPECT_EQ(info.created, "2026-01-02 03:04:05");
  EXPECT_TRUE(info.parents.empty());
}

TEST(PyRevision, RunsAHeaderThatIsComputed) {
  Project project;
  project.add("a", "revision = 'a' + '1'\ndown_revision = None\ndef upgrade(): pass\n");
  project.load();
  EXPECT_NE(project.migrations.find("a1"), nullptr);
}

TEST(PyRevision, UpgradesAndDowngrades) {
  Project project;
  project.add("a", script("a1", "None",
                          "op.create_table('t', sa.Column('id', sa.Integer(), primary_key=True), "
                          "sa.Column('n', sa.String(5), server_default='x'))",
                          "op.drop_table('t')"));
  project.add("b", script("b2", "'a1'", "op.execute(\"INSERT INTO t (id) VALUES (7)\")"));
  project.load();
  project.upgrade();
  EXPECT_EQ(project.text("SELECT n FROM t WHERE id = 7"), "x");
  EXPECT_EQ(project.text("SELECT version_num FROM alembic_version"), "b2");
  migrate::downgrade(project.environment(), "base");
  EXPECT_EQ(project.text("SELECT count(*) FROM sqlite_master WHERE name = 't'"), "0");
}

TEST(PyRevision, BindsParametersAndReadsRows) {
  Project project;
  project.add("a", script("a1", "None",
                          "c = op.get_bind()\n"
                          "    c.execute(sa.text('CREATE TABLE t (a INTEGER, b TEXT)'))\n"
                          "    c.execute(sa.text('INSERT INTO t VALUES (:a, :b)'), [{'a': 1, 'b': "
                          "\"it's\"}, {'a': 2, 'b': None}])\n"
                          "    for row in c.execute(sa.text('SELECT a, b FROM t ORDER BY a')):\n"
                          "        c.execute(sa.text('UPDATE t SET b = :b WHERE a = :a'), {'a': "
                          "row.a, 'b': (row[1] or 'none') + '!'})"));
  project.load();
  project.upgrade();
  EXPECT_EQ(project.text("SELECT group_concat(b, ',') FROM t"), "it's!,none!");
}

TEST(PyRevision, TellsWhereItFailed) {
  Project project;
  project.add(
      "a",
      script(
          "a1", "None",
          "op.create_table('t', sa.Column('id', sa.Integer))\n    op.execute('SELECT nothing')"));
  project.load();
  try {
    project.upgrade();
    FAIL() << "no error";
  } catch (const DatabaseError& error) {
    EXPECT_NE(error.where().find("versions/a.py:"), std::string::npos) << error.to_string();
  }
  EXPECT_EQ(project.text("SELECT count(*) FROM sqlite_master"), "0") << "rolled back";
}

TEST(PyRevision, TellsOfPythonErrors) {
  Project project;
  project.add("a", script("a1", "None", "op.no_such_call()"));
  project.load();
  try {
    project.upgrade();
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_EQ(error.position().file, "versions/a.py");
    EXPECT_NE(error.message().find("AttributeError"), std::string::npos) << error.message();
  }
}

TEST(PyRevision, ChecksSyntaxBeforeTheFirstStep) {
  Project project;
  project.add("a", script("a1", "None", "op.execute('CREATE TABLE t (a INT)')"));
  project.add("b", script("b2", "'a1'", "print 'two'"));
  project.load();
  EXPECT_THROW(project.upgrade(), InputError);
  EXPECT_EQ(project.text("SELECT count(*) FROM sqlite_master WHERE name = 't'"), "0");
}

TEST(PyRevision, CatchesDatabaseErrors) {
  Project project;
  project.add("a", script("a1", "None",
                          "try:\n        op.execute('SELECT nothing')\n    except "
                          "sa.exc.OperationalError as error:\n"
                          "        op.execute('CREATE TABLE caught (a INT)')"));
  project.load();
  project.upgrade();
  EXPECT_EQ(project.text("SELECT count(*) FROM sqlite_master WHERE name = 'caught'"), "1");
}

TEST(Environment, TellsWhatEnvPyConfigures) {
  Project project;
  project.files.write(
      "env.py",
      "from alembic import context\nfrom sqlalchemy import MetaData, create_engine\n"
      "context.config.set_main_option('sqlalchemy.url', 'sqlite:///x.db')\n"
      "c = create_engine(context.config.get_main_option('sqlalchemy.url')).connect()\n"
      "context.configure(connection=c, target_metadata=MetaData(naming_convention={'pk': "
      "'pk_%(table_name)s'}), "
      "version_table='v')\n"
      "with context.begin_transaction():\n    context.run_migrations()\n");
  RuntimeSettings settings;
  settings.files = &project.files;
  settings.root = "";
  settings.project.script_location = ".";
  Runtime runtime(std::move(settings));
  const EnvironmentAnswer& answer = runtime.environment();
  EXPECT_EQ(answer.problem, "");
  EXPECT_EQ(answer.url, "sqlite:///x.db");
  EXPECT_EQ(answer.version_table, "v");
  ASSERT_TRUE(answer.naming.has_value());
  EXPECT_EQ(answer.naming->pk, "pk_%(table_name)s");
  EXPECT_EQ(answer.runs, 1);
}

TEST(RevisionTemplate, IsFilledIn) {
  Project project;
  project.load();
  script::NewRevision revision;
  revision.header.revision = "abc";
  revision.header.down_revision = {"a", "b"};
  revision.header.message = "merge";
  const std::string text = project.runtime->render_revision(
      "## no line\n${message}|${up_revision}|${down_revision | comma,n}|${repr(down_revision)}\n"
      "% if upgrades:\n${upgrades}\n% else:\npass\n% endif\n",
      "script.py.mako", revision);
  EXPECT_EQ(text, "merge|abc|a, b|('a', 'b')\npass\n");
}

TEST(RevisionTemplate, TellsWhereItIsWrong) {
  Project project;
  project.load();
  try {
    project.runtime->render_revision("a\n${b", "script.py.mako", {});
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_EQ(error.position(), (FilePosition{"script.py.mako", 2, 0}));
  }
}

}  // namespace
}  // namespace cupel::alembic
