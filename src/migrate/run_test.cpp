// SPDX-License-Identifier: MIT
// Revisions in C++ on a live SQLite database.
#include "cupel/migrate/run.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "cupel/base/text.hpp"
#include "cupel/cupel.hpp"

namespace cupel::migrate {
namespace {

using Function = std::function<void(Operations&)>;

Revision revision(std::string id, std::string parent, Function upgrade, Function downgrade = {}) {
  Revision result{.id = std::move(id), .upgrade = std::move(upgrade)};
  if (!parent.empty()) result.down_revision = {std::move(parent)};
  result.message = "message of " + result.id;
  result.downgrade = std::move(downgrade);
  return result;
}

/// The usual first revision.
Revision users() {
  return revision(
      "a", "",
      [](Operations& op) {
        op.create_table("users", {Column("id", Integer()).primary_key(), Column("name", Text())});
        op.bulk_insert("users", {"name"}, {{"ann"}, {"bob"}});
      },
      [](Operations& op) { op.drop_table("users"); });
}

class Run : public testing::Test {
 protected:
  void use(std::vector<Revision> revisions) {
    migrations_ = script::make_migrations(revisions);
    environment_.dialect = &dialect::find_dialect("sqlite");
    if (!connection_) connection_ = environment_.dialect->connect(driver::parse_url("sqlite://"));
    environment_.connection = connection_.get();
    environment_.migrations = &migrations_;
    environment_.settings.lock_timeout = std::chrono::milliseconds(0);
    environment_.on_event = [this](const Event& event) {
      if (event.kind == Event::Kind::StepEnds)
        told_ += std::to_string(event.number) + "/" + std::to_string(event.total) + " " +
                 event.step->message + "\n";
    };
  }
  std::string rows_of(const std::string& sql) {
    std::vector<std::string> lines;
    for (const Row row : connection_->query(sql)) {
      std::vector<std::string> cells;
      for (std::size_t i = 0; i < row.size(); ++i)
        cells.push_back(row.is_null(i) ? "NULL" : row.text(i));
      lines.push_back(text::join(cells, "|"));
    }
    return text::join(lines, " ");
  }
  std::string tables() {
    return rows_of(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'cupel%' ORDER BY "
        "1");
  }
  std::string at() { return text::join(read_rows(environment_), " "); }
  std::string error_of(const std::function<void()>& action) {
    try {
      action();
    } catch (const Error& error) {
      return error.to_string();
    }
    return "no error";
  }

  script::Migrations migrations_;
  std::unique_ptr<driver::Connection> connection_;
  Environment environment_;
  std::string told_;
};

TEST_F(Run, UpAndDown) {
  use({users(), revision(
                    "b", "a", [](Operations& op) { op.add_column("users", Column("x", Text())); },
                    [](Operations& op) { op.drop_column("users", "x"); })});
  EXPECT_EQ(upgrade(environment_, "head").rows, (std::vector<std::string>{"b"}));
  EXPECT_EQ(told_, "1/2 message of a\n2/2 message of b\n");
  EXPECT_EQ(rows_of("SELECT * FROM users"), "1|ann|NULL 2|bob|NULL");
  EXPECT_EQ(upgrade(environment_, "head").steps.size(), 0U);
  downgrade(environment_, "-1");
  EXPECT_EQ(rows_of("SELECT * FROM users"), "1|ann 2|bob");
  EXPECT_EQ(at(), "a");
  downgrade(environment_, "base");
  EXPECT_EQ(tables(), "alembic_version");
}

TEST_F(Run, WithoutDowngradeThereIsNoWayBack) {
  use({revision("a", "", [](Operations&) {})});
  upgrade(environment_, "head");
  EXPECT_EQ(error_of([&] { downgrade(environment_, "base"); }),
            "revision 'a' has no downgrade function\n"
            "  hint: restore a backup, or write what undoes it into its .downgrade");
  EXPECT_EQ(at(), "a");
}

TEST_F(Run, AFailureRollsTheWholeRunBack) {
  use({users(), revision("b", "a", [](Operations& op) {
         op.execute("DELETE FROM users");
         op.execute("INSERT INTO nowhere VALUES (1)");
       })});
  EXPECT_EQ(error_of([&] { upgrade(environment_, "head"); }),
            "revision 'b': no such table: nowhere\n"
            "  note: in: INSERT INTO nowhere VALUES (1)\n  note: rolled back; nothing is applied");
  EXPECT_EQ(tables(), "");
  EXPECT_FALSE(connection_->in_transaction());
}

TEST_F(Run, AFailureRollsBackToTheRevisionBefore) {
  use({users(), revision("b", "a", [](Operations& op) {
         op.execute("DELETE FROM users");
         op.execute("SELECT nothing", {{"x", 1}});
       })});
  environment_.settings.transaction = TransactionMode::Revision;
  EXPECT_NE(error_of([&] { upgrade(environment_, "head"); }), "no error");
  EXPECT_EQ(at(), "a");
  EXPECT_EQ(rows_of("SELECT name FROM users"), "ann bob");
}

TEST_F(Run, AForeignExceptionRollsBackAndIsNested) {
  use({users(), revision("b", "a", [](Operations& op) {
         op.execute("DELETE FROM users");
         throw std::runtime_error("the licence server is down");
       })});
  try {
    upgrade(environment_, "head");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.to_string(),
              "revision 'b': the upgrade function threw an exception: the licence server is down\n"
              "  note: rolled back; nothing is applied");
    EXPECT_THROW(std::rethrow_if_nested(error), std::runtime_error);
  }
  EXPECT_EQ(tables(), "");
  EXPECT_FALSE(connection_->in_transaction());
}

TEST_F(Run, WhatIsThrownNeedsNotBeAnException) {
  use({users(), revision("b", "a", [](Operations&) { throw 42; })});
  try {
    upgrade(environment_, "head");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.to_string(),
              "revision 'b': the upgrade function threw an exception: something that is no "
              "std::exception\n  note: rolled back; nothing is applied");
    EXPECT_THROW(std::rethrow_if_nested(error), int);
  }
  EXPECT_EQ(tables(), "");
}

TEST_F(Run, TheTransactionIsNotTheRevisions) {
  for (const std::string sql : {"COMMIT", "/* x */ rollback;", "SELECT 1; END", "BEGIN"}) {
    use({users(), revision("b", "a", [&](Operations& op) {
           op.execute("DELETE FROM users");
           op.execute(sql);
         })});
    EXPECT_NE(error_of([&] {
                upgrade(environment_, "head");
              }).find("revision 'b': a revision must not begin or end transactions: '"),
              std::string::npos)
        << sql;
    EXPECT_EQ(tables(), "") << sql;
  }
  use({users(), revision("b", "a", [](Operations& op) { op.rows("ROLLBACK"); })});
  EXPECT_NE(error_of([&] { upgrade(environment_, "head"); }).find("end transactions: 'ROLLBACK'"),
            std::string::npos);
  EXPECT_EQ(tables(), "");
}

TEST_F(Run, SavepointsAreTheRevisions) {
  use({users(), revision("b", "a", [](Operations& op) {
         op.execute("SAVEPOINT mine; DELETE FROM users; ROLLBACK TO mine; RELEASE mine");
       })});
  upgrade(environment_, "head");
  EXPECT_EQ(rows_of("SELECT name FROM users"), "ann bob");
}

TEST_F(Run, AnErrorOfOursNamesTheRevision) {
  use({revision("a", "", [](Operations& op) {
    op.create_table("t", {Column("x", Integer()), Column("x", Integer())});
  })});
  EXPECT_EQ(error_of([&] { upgrade(environment_, "head"); }),
            "table 't', column 'x': is there twice\n  note: in revision 'a'\n  note: rolled back; "
            "nothing is applied");
}

TEST_F(Run, AMigrationMayCatchAnErrorAndGoOn) {
  use({users(), revision("b", "a", [](Operations& op) {
         try {
           op.execute("INSERT INTO nowhere VALUES (1)");
         } catch (const DatabaseError&) {
           op.execute("UPDATE users SET name = 'caught'");
         }
       })});
  upgrade(environment_, "head");
  EXPECT_EQ(rows_of("SELECT name FROM users"), "caught caught");
}

TEST_F(Run, ABatchRebuildsTheTableOnce) {
  use({users(), revision("b", "a", [](Operations& op) {
         op.batch("users", [](BatchOperations& batch) {
           batch.alter_column("name", {.nullable = false, .type = String(40)});
           batch.add_column(Column("age", Integer()).server_default("7"));
           batch.create_check_constraint("ck_age", "age >= 0");
         });
       })});
  upgrade(environment_, "head");
  EXPECT_EQ(rows_of("SELECT * FROM users"), "1|ann|7 2|bob|7");
  EXPECT_EQ(text::replace_all(rows_of("SELECT sql FROM sqlite_schema WHERE name = 'users'"),
                              "\n    ", " "),
            "CREATE TABLE \"users\" ( id INTEGER NOT NULL, name VARCHAR(40) NOT NULL, age INTEGER "
            "DEFAULT '7', PRIMARY KEY (id), CONSTRAINT ck_age CHECK (age >= 0)\n)");
}

TEST_F(Run, DataMovesInALoop) {
  use({users(), revision("b", "a", [](Operations& op) {
         op.add_column("users", Column("initial", Char(1)));
         for (const Row user : op.rows("SELECT id, name FROM users ORDER BY id")) {
           op.execute("UPDATE users SET initial = :initial WHERE id = :id",
                      {{"initial", user.text(1).substr(0, 1)}, {"id", user["id"]}});
         }
       })});
  upgrade(environment_, "head");
  EXPECT_EQ(rows_of("SELECT * FROM users"), "1|ann|a 2|bob|b");
}

TEST_F(Run, AnAutocommitBlockRunsEverythingOutside) {
  bool inside = true;
  use({users(), revision("b", "a", [&](Operations& op) {
         op.execute("UPDATE users SET name = 'x' WHERE id = 1");
         op.autocommit_block([&] {
           op.execute("VACUUM");
           op.execute("UPDATE users SET name = :n WHERE id = 2", {{"n", "y"}});
           op.bulk_insert("users", {"name"}, {{"z"}});
         });
         inside = op.connection().in_transaction();
       })});
  upgrade(environment_, "head");
  EXPECT_TRUE(inside);
  EXPECT_EQ(rows_of("SELECT name FROM users"), "x y z");
  EXPECT_EQ(at(), "b");
}

TEST_F(Run, AnInterruptedRevisionGoesOnBehindWhatIsDone) {
  bool fails = true;
  use({users(), revision("b", "a", [&](Operations& op) {
         op.execute("INSERT INTO users (name) VALUES ('once')");
         op.autocommit_block([&] { op.execute("VACUUM"); });
         if (fails) throw std::runtime_error("power cut");
       })});
  EXPECT_NE(error_of([&] { upgrade(environment_, "head"); }), "no error");
  EXPECT_EQ(at(), "a");
  fails = false;
  upgrade(environment_, "head");
  EXPECT_EQ(rows_of("SELECT name FROM users"), "ann bob once");
  EXPECT_EQ(at(), "b");
}

TEST_F(Run, ArgumentsReachTheMigration) {
  use({revision("a", "", [](Operations& op) {
    for (const std::string& argument : op.arguments())
      op.execute("CREATE TABLE \"" + argument + "\" (x)");
  })});
  environment_.arguments = {"tenant=7"};
  upgrade(environment_, "head");
  EXPECT_EQ(tables(), "alembic_version tenant=7");
}

TEST_F(Run, WrongArgumentsInARevisionAreNotAWrongCommandLine) {
  use({revision("a", "", [](Operations& op) { op.execute("SELECT :x", {{"y", 1}}); })});
  EXPECT_THROW(upgrade(environment_, "head"), InputError);
  EXPECT_EQ(error_of([&] { upgrade(environment_, "head"); }),
            "revision 'a': the statement has ':x', but no parameter of that name was given\n"
            "  note: rolled back; nothing is applied\n"
            "  hint: write '\\:' where a plain colon is meant");
}

TEST_F(Run, ACallThatDestroysIsStoppedBeforeItRuns) {
  Revision drop = revision("b", "a", [](Operations& op) {
    op.add_column("users", Column("extra", Text()).server_default("x"));
    op.drop_column("users", "extra");  // its own
    op.drop_column("users", "name");
  });
  use({users(), drop});
  upgrade(environment_, "a");
  EXPECT_EQ(error_of([&] { upgrade(environment_, "head"); }),
            "revision 'b': the run would destroy data: revision 'b' drops column 'name' of table "
            "'users', and 2 values with it\n"
            "  note: revision 'b': drops column 'name' of table 'users', and 2 values with it "
            "(DS002)\n"
            "  note: rolled back; the database is at 'a'\n"
            "  hint: if that is meant, say so: .allows = {\"DS002\"} in the revision; or run with "
            "--allow-destructive");
  EXPECT_EQ(rows_of("SELECT name FROM users"), "ann bob");

  drop.allows = {"DS002"};
  use({users(), drop});
  upgrade(environment_, "head");
  EXPECT_EQ(rows_of("SELECT * FROM users"), "1 2");
}

TEST_F(Run, SqlInCodeIsJudgedToo) {
  const auto run = [&](const std::function<void(Operations&)>& body) {
    use({users(), revision("b", "a", body)});
    upgrade(environment_, "a");
    return error_of([&] { upgrade(environment_, "head"); }).substr(0, 70);
  };
  const std::string refused = "revision 'b': the run would destroy data: revision 'b' ";
  EXPECT_EQ(run([](Operations& op) { op.execute("SELECT 1; DELETE FROM users"); }).substr(0, 55),
            refused);
  EXPECT_EQ(run([](Operations& op) { op.rows("DELETE FROM users RETURNING id"); }).substr(0, 55),
            refused);
  EXPECT_EQ(rows_of("SELECT count(*) FROM users"), "2");
  EXPECT_EQ(run([](Operations& op) {
              op.execute("DELETE FROM users WHERE id = :id", {{"id", 1}});
            }),
            "no error");
}

TEST_F(Run, WhoAsksGetsAnAnswer) {
  use({users(), revision(
                    "b", "a", [](Operations& op) { op.drop_table("users"); },
                    [](Operations& op) {
                      op.create_table("users", {Column("id", Integer()).primary_key()});
                      op.bulk_insert("users", {"id"}, {{1}});
                    })});
  upgrade(environment_, "a");
  std::vector<Loss> asked;
  environment_.confirm = [&](const std::vector<Loss>& losses) {
    asked = losses;
    return asked.size() == 1;
  };
  environment_.settings.destructive = Destructive::Deny;
  EXPECT_THROW(upgrade(environment_, "head"), DestructionRefused);
  EXPECT_TRUE(asked.empty());
  environment_.settings.destructive = Destructive::Ask;
  upgrade(environment_, "head");
  EXPECT_EQ(asked.at(0).description, "drops table 'users'");
  EXPECT_EQ(asked.at(0).count, 2);

  // Who goes back wants that.
  asked.clear();
  downgrade(environment_, "a");
  environment_.settings.destructive = Destructive::Deny;
  EXPECT_THROW(downgrade(environment_, "base"), DestructionRefused);
  environment_.settings.destructive = Destructive::Ask;
  downgrade(environment_, "base");
  EXPECT_TRUE(asked.empty());
}

TEST_F(Run, BackfillsInBatches) {
  int batches = 0;
  use({users(), revision("b", "a", [](Operations& op) {
         op.execute("INSERT INTO users (name) VALUES ('cy'), ('dan'), (NULL)");
         op.backfill("users", {.set = {{"name", "upper(name)"}},
                               .where = "name IS NOT NULL",
                               .batch = 2,
                               .pause = std::chrono::milliseconds(1)});
       })});
  environment_.on_event = [&](const Event& event) {
    batches += event.kind == Event::Kind::Progress ? 1 : 0;
  };
  const RunResult result = upgrade(environment_, "head");
  EXPECT_EQ(rows_of("SELECT name FROM users"), "ANN BOB CY DAN NULL");
  EXPECT_EQ(batches, 3);
  EXPECT_EQ(result.backfills.at(0).table, "users");
  EXPECT_EQ(result.backfills.at(0).walked, 4);
  EXPECT_EQ(result.backfills.at(0).changed, 4);
  EXPECT_EQ(rows_of("SELECT count(*) FROM cupel_backfill"), "0");
}

TEST_F(Run, ABackfillNeedsSomethingToSet) {
  use({users(), revision("b", "a", [](Operations& op) { op.backfill("users", {}); })});
  EXPECT_EQ(error_of([&] { upgrade(environment_, "head"); }).substr(0, 54),
            "revision 'b': a backfill of 'users' that sets nothing\n");
  EXPECT_EQ(at(), "");
}

TEST_F(Run, ATimeThatGoesBackwardsChangesNothing) {
  use({users(), revision(
                    "b", "a", [](Operations&) {}, [](Operations&) {})});
  auto time = TimePoint{} + std::chrono::hours(1000);
  environment_.clock = [&time] { return time -= std::chrono::hours(1); };
  upgrade(environment_, "head");
  downgrade(environment_, "-1");
  upgrade(environment_, "head");
  EXPECT_EQ(at(), "b");
  EXPECT_EQ(rows_of("SELECT direction FROM cupel_history ORDER BY id"),
            "upgrade upgrade downgrade upgrade");
}

TEST_F(Run, AnEditedRevisionIsNoticed) {
  Revision first = users();
  first.path = "versions/a.cpp";
  first.checksum = "1";
  use({first});
  environment_.clock = [] { return TimePoint{}; };
  upgrade(environment_, "head");
  first.checksum = "2";
  const Revision second = revision("b", "a", [](Operations&) {});
  use({first, second});
  EXPECT_EQ(error_of([&] { upgrade(environment_, "head"); }),
            "versions/a.cpp: revision 'a' was applied at 1970-01-01T00:00:00Z, and it was edited "
            "since\n"
            "  hint: bring the old text back and write a new revision, or accept the change: cupel "
            "repair --accept");
  std::string warning;
  environment_.settings.refuse_edited = false;
  environment_.log = [&](const LogRecord& record) { warning = record.topic; };
  upgrade(environment_, "head");
  EXPECT_EQ(warning, "drift");
  EXPECT_EQ(at(), "b");
}

TEST_F(Run, ANewerDatabaseIsNotADeletedFile) {
  const auto nothing = [](Operations&) {};
  use({users(), revision("b", "a", nothing), revision("c", "b", nothing)});
  upgrade(environment_, "head");
  use({users()});
  EXPECT_EQ(error_of([&] { upgrade(environment_, "head"); }).substr(0, 61),
            "the database is at revision 'c', which no file defines\n  hint");
}

}  // namespace
}  // namespace cupel::migrate
