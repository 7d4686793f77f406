// SPDX-License-Identifier: MIT
#include "cupel/embed.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdio>

#include "command/testing.hpp"
#include "cupel/cupel.hpp"

namespace cupel {
namespace {

using testing_support::users;
using Names = std::vector<std::string>;

std::vector<Revision> revisions() {
  return {
      {.id = "a",
       .message = "make t",
       .upgrade =
           [](Operations& op) { op.create_table("t", {Column("id", Integer()).primary_key()}); }},
      {.id = "b", .down_revision = {"a"}, .upgrade = [](Operations& op) {
         op.add_column("t", Column("x", Integer()));
       }}};
}
std::vector<Revision> older() { return {revisions()[0]}; }

/// The application's own handle, on a database in memory.
struct Handle {
  Handle() {
    sqlite3_open(":memory:", &raw);
    run("PRAGMA foreign_keys = ON");
  }
  ~Handle() { sqlite3_close(raw); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  void run(const char* sql) const {
    ASSERT_EQ(sqlite3_exec(raw, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(raw);
  }
  std::string ask(const char* sql) const {
    std::string result;
    const auto take = [](void* into, int, char** values, char**) {
      *static_cast<std::string*>(into) = values[0];
      return 0;
    };
    sqlite3_exec(raw, sql, take, &result, nullptr);
    return result;
  }
  sqlite3* raw = nullptr;
};

std::string error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.to_string();
  }
  return "no error";
}

TEST(Embed, AHandleIsUsedAndComesBackAsItWas) {
  const Handle handle;
  Names told;
  const UpgradeResult result = upgrade(handle.raw, "head", revisions(),
                                       {.on_event =
                                            [&](const migrate::Event& event) {
                                              if (event.kind == migrate::Event::Kind::StepBegins)
                                                told.push_back(event.step->message);
                                            },
                                        .applied_by = "test 1.0"});
  EXPECT_EQ(result.applied, (Names{"a", "b"}));
  EXPECT_EQ(result.at, (Names{"b"}));
  EXPECT_EQ(told, (Names{"make t", ""}));
  EXPECT_EQ(handle.ask("SELECT count(*) FROM pragma_table_info('t')"), "2");
  EXPECT_EQ(handle.ask("PRAGMA foreign_keys"), "1");
  EXPECT_EQ(handle.ask("SELECT applied_by FROM cupel_history"), "test 1.0");
  EXPECT_NE(sqlite3_get_autocommit(handle.raw), 0);
  EXPECT_EQ(upgrade(handle.raw, "head", revisions()).applied, Names{});
}

TEST(Embed, AHandleComesBackAsItWasAfterAnError) {
  const Handle handle;
  std::vector<Revision> broken = revisions();
  broken[1].upgrade = [](Operations& op) { op.execute("nonsense"); };
  EXPECT_NE(error_of([&] { upgrade(handle.raw, "head", broken); }), "no error");
  EXPECT_EQ(handle.ask("PRAGMA foreign_keys"), "1");
  EXPECT_NE(sqlite3_get_autocommit(handle.raw), 0);
  EXPECT_EQ(handle.ask("SELECT count(*) FROM sqlite_schema"), "0");
}

TEST(Embed, AnOpenTransactionIsRefused) {
  const Handle handle;
  handle.run("BEGIN");
  const char* expected =
      "the connection has a transaction open, and migrations need their own\n"
      "  hint: commit or roll back before you upgrade";
  EXPECT_EQ(error_of([&] { upgrade(handle.raw, "head", revisions()); }), expected);
  EXPECT_EQ(sqlite3_get_autocommit(handle.raw), 0);
  handle.run("ROLLBACK");
}

TEST(Embed, ANewerDatabaseIsToldApart) {
  const Handle handle;
  upgrade(handle.raw, "head", revisions());
  try {
    upgrade(handle.raw, "head", older());
    FAIL() << "no error";
  } catch (const DatabaseIsNewer& error) {
    EXPECT_EQ(error.ids(), (Names{"b"}));
    EXPECT_EQ(error.to_string(),
              "the database is newer than this program: it is at 'b', which is not among its "
              "revisions\n"
              "  hint: run the program that wrote it, or bring back a copy of the database");
  }
  EXPECT_TRUE(current(handle.raw, older()).database_is_newer());
}

TEST(Embed, TheWayBack) {
  const Handle handle;
  std::vector<Revision> all = revisions();
  all[1].downgrade = [](Operations& op) { op.drop_column("t", "x"); };
  upgrade(handle.raw, "head", all);
  const DowngradeResult result = downgrade(handle.raw, "-1", all);
  EXPECT_EQ(result.undone, (Names{"b"}));
  EXPECT_EQ(result.at, (Names{"a"}));
  EXPECT_EQ(handle.ask("SELECT count(*) FROM pragma_table_info('t')"), "1");
  EXPECT_EQ(error_of([&] { downgrade(handle.raw, "base", all); }),
            "revision 'a' has no downgrade function\n"
            "  hint: restore a backup, or write what undoes it into its .downgrade");
}

TEST(Embed, WhatIsThereAlreadyIsLeftOut) {
  const Handle handle;
  upgrade(handle.raw, "head", users());
  handle.run("DELETE FROM alembic_version");
  Names told;
  const UpgradeOptions again{.on_event =
                                 [&](const migrate::Event& event) {
                                   if (event.kind == migrate::Event::Kind::Note)
                                     told.push_back(event.text);
                                 },
                             .idempotent = true};
  EXPECT_EQ(upgrade(handle.raw, "head", users(), again).applied, (Names{"u1", "u2"}));
  EXPECT_EQ(told,
            (Names{"table 'users' is there already, as this revision makes it",
                   "index 'ix_low' of table 'users' is there already, as this revision makes it",
                   "column 'boss' of table 'users' is there already, as this revision makes it",
                   "constraint 'name_is_long' of table 'users' is there already, as this revision "
                   "makes it"}));
  EXPECT_EQ(handle.ask("SELECT count(*) FROM users"), "1");

  handle.run("DELETE FROM alembic_version");
  handle.run("DROP INDEX ix_low; CREATE INDEX ix_low ON users (upper(name))");
  EXPECT_EQ(error_of([&] { upgrade(handle.raw, "head", users(), again); }),
            "revision 'u1': index 'ix_low' of table 'users' is there already, but not as this "
            "revision makes it\n"
            "  note: there is: index ix_low ((upper(name))); the revision makes: index ix_low "
            "((lower(name)))\n"
            "  note: rolled back; nothing is applied\n"
            "  hint: change what is there or the revision; if the table is right as it is, mark "
            "the revision as done: cupel stamp");
  EXPECT_NE(error_of([&] { upgrade(handle.raw, "head", users()); }).find("already exists"),
            std::string::npos);
}

TEST(Embed, AnApplicationMayForbidDestruction) {
  const Handle handle;
  std::vector<Revision> all = users();
  upgrade(handle.raw, "head", all);  // what a run makes itself, it may destroy
  all.push_back({.id = "u3", .down_revision = {"u2"}, .upgrade = [](Operations& op) {
                   op.drop_column("users", "name");
                 }});
  EXPECT_NE(error_of([&] {
              upgrade(handle.raw, "head", all, {.allow_destructive = false});
            }).find("drops column 'name' of table 'users', and 1 value with it (DS002)"),
            std::string::npos);
}

TEST(Embed, ARefusedFirstUpgradeMakesNoFile) {
  const std::string path = testing::TempDir() + "cupel_refused.db";
  std::remove(path.c_str());
  EXPECT_NE(error_of([&] { upgrade("sqlite:///" + path, "zzz", revisions()); }), "no error");
  EXPECT_FALSE(DiskFiles().is_file(path));
}

TEST(Embed, AnotherRevisionErrorIsNotANewerDatabase) {
  const Handle handle;
  upgrade(handle.raw, "head", older());
  EXPECT_EQ(error_of([&] { upgrade(handle.raw, "zzz", revisions()); }).substr(0, 27),
            "can't locate revision 'zzz'");
}

TEST(Embed, CurrentChangesNothing) {
  const Handle handle;
  CurrentState state = current(handle.raw, revisions());
  EXPECT_EQ(state.at, Names{});
  EXPECT_EQ(state.pending, (Names{"a", "b"}));
  EXPECT_FALSE(state.is_up_to_date());
  EXPECT_EQ(handle.ask("SELECT count(*) FROM sqlite_schema"), "0");
  upgrade(handle.raw, "a", revisions(), {.version_table = "my_version"});
  state = current(handle.raw, revisions(), "my_version");
  EXPECT_EQ(state.at, (Names{"a"}));
  EXPECT_EQ(state.pending, (Names{"b"}));
  EXPECT_TRUE(current(handle.raw, older(), "my_version").is_up_to_date());
}

TEST(Embed, AUrlIsOpenedForTheCall) {
  const std::string path = testing::TempDir() + "cupel_embed_test.db";
  std::remove(path.c_str());
  const std::string url = "sqlite:///" + path;
  EXPECT_EQ(current(url, revisions()).pending, (Names{"a", "b"}));
  EXPECT_FALSE(DiskFiles().is_file(path));
  EXPECT_EQ(upgrade(url, "head", revisions()).at, (Names{"b"}));
  EXPECT_TRUE(current(url, revisions()).is_up_to_date());
  std::remove(path.c_str());
}

TEST(Embed, AConnectionOfOursWorksToo) {
  const dialect::Dialect& dialect = dialect::find_dialect("sqlite");
  const auto connection = dialect.connect(driver::parse_url("sqlite://"));
  EXPECT_EQ(upgrade({*connection, dialect}, "head", revisions()).at, (Names{"b"}));
}

TEST(Embed, AnEditedRevisionOnlyWarns) {
  const Handle handle;
  std::vector<Revision> edited = revisions();
  edited[0].checksum = "1";
  upgrade(handle.raw, "head", edited);
  edited[0].checksum = "2";
  Names warnings;
  upgrade(handle.raw, "head", edited,
          {.log = [&](const LogRecord& record) { warnings.push_back(record.topic); }});
  EXPECT_EQ(warnings, (Names{"drift"}));
  EXPECT_NE(error_of([&] { upgrade(handle.raw, "head", edited, {.refuse_edited = true}); }),
            "no error");
}

TEST(Embed, ANullHandleIsRefused) {
  sqlite3* none = nullptr;
  EXPECT_EQ(error_of([&] { upgrade(none, "head", revisions()); }),
            "the SQLite handle to work on is null");
}

}  // namespace
}  // namespace cupel
