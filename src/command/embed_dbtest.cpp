// SPDX-License-Identifier: MIT
// cupel::upgrade on an application's own PostgreSQL connection.
#include <gtest/gtest.h>

#include "command/testing.hpp"
#include "cupel/cupel.hpp"
#include "cupel/embed.hpp"
#include "support/postgres_database.hpp"

namespace cupel {
namespace {

using testing_support::users;

std::vector<Revision> revisions() {
  return {{.id = "a",
           .upgrade =
               [](Operations& op) {
                 op.create_table("t", {Column("id", Integer()).primary_key()});
                 op.create_index("ix_t", "t", {"id"}, {.concurrently = true});
               }},
          {.id = "b", .down_revision = {"a"}, .upgrade = [](Operations& op) {
             op.add_column("t", Column("x", Integer()));
           }}};
}

TEST(EmbedPostgres, WhatIsThereAlreadyIsLeftOut) {
  if (!testing_support::PostgresDatabase::is_available()) GTEST_SKIP();
  testing_support::PostgresDatabase database;
  auto* handle = static_cast<pg_conn*>(database.connection().native_handle());
  upgrade(handle, "head", users());
  database.query("DELETE FROM alembic_version");
  std::vector<std::string> told;
  const UpgradeOptions again{.on_event =
                                 [&](const migrate::Event& event) {
                                   if (event.kind == migrate::Event::Kind::Note)
                                     told.push_back(event.text);
                                 },
                             .idempotent = true};
  EXPECT_EQ(upgrade(handle, "head", users(), again).applied.size(), 2U);
  EXPECT_EQ(told, (std::vector<std::string>{
                      "table 'users' is there already, as this revision makes it",
                      "index 'ix_low' of table 'users' is there already, as this revision makes it",
                      "column 'boss' of table 'users' is there already, as this revision makes it",
                      "constraint 'name_is_long' of table 'users' is there already, as this "
                      "revision makes it"}));
  EXPECT_EQ(database.query("SELECT count(*) FROM users")[0].integer(0), 1);

  database.query("DELETE FROM alembic_version");
  database.query("ALTER TABLE users ALTER name TYPE varchar(60), DROP CONSTRAINT uq_name");
  try {
    upgrade(handle, "head", users(), again);
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_EQ(error.notes().at(0),
              "there is: name String(60) not null; the revision makes: name String(50) not null");
    EXPECT_EQ(error.notes().at(1), "unique constraint uq_name (name) is missing");
  }
}

TEST(EmbedPostgres, DestructionIsRefusedIfTheProgramSaysSo) {
  if (!testing_support::PostgresDatabase::is_available()) GTEST_SKIP();
  testing_support::PostgresDatabase database;
  auto* handle = static_cast<pg_conn*>(database.connection().native_handle());
  std::vector<Revision> all = users();
  upgrade(handle, "head", all);  // what a run makes itself, it may destroy
  all.push_back({.id = "u3", .down_revision = {"u2"}, .upgrade = [](Operations& op) {
                   op.alter_column("users", "name",
                                   {.type = String(2), .using_expression = "left(name, 2)"});
                 }});
  try {
    upgrade(handle, "head", all, {.allow_destructive = false});
    FAIL() << "no error";
  } catch (const migrate::DestructionRefused& error) {
    ASSERT_EQ(error.losses().size(), 1U);
    EXPECT_EQ(error.losses()[0].code, "DS006");
    EXPECT_EQ(error.losses()[0].count, 1);
  }
  EXPECT_EQ(upgrade(handle, "head", all).applied, (std::vector<std::string>{"u3"}));
  EXPECT_EQ(database.query("SELECT name FROM users")[0].text(0), "an");
}

TEST(EmbedPostgres, AHandleIsUsedAndComesBackAsItWas) {
  if (!testing_support::PostgresDatabase::is_available()) GTEST_SKIP();
  testing_support::PostgresDatabase database;
  database.query("SET lock_timeout = '17s'");
  auto* handle = static_cast<pg_conn*>(database.connection().native_handle());
  const UpgradeResult result = upgrade(handle, "head", revisions());
  EXPECT_EQ(result.applied, (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(database.connection().in_transaction());
  EXPECT_EQ(database.query("SHOW lock_timeout")[0].text(0), "17s");
  EXPECT_EQ(database
                .query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = "
                       "pg_backend_pid()")[0]
                .integer(0),
            0);
  EXPECT_TRUE(current(handle, revisions()).is_up_to_date());
  EXPECT_THROW(upgrade(handle, "head", {revisions()[0]}), DatabaseIsNewer);
}

/// A failed statement stands in the server's log, where somebody is woken by it.
TEST(EmbedPostgres, AFirstUpgradeLooksBeforeItReads) {
  if (!testing_support::PostgresDatabase::is_available()) GTEST_SKIP();
  testing_support::PostgresDatabase database;
  upgrade(static_cast<pg_conn*>(database.connection().native_handle()), "head", revisions());
  database.query("SELECT pg_stat_force_next_flush()");
  const driver::Rows rows = database.query(
      "SELECT xact_commit > 0, xact_rollback FROM pg_stat_database WHERE datname = "
      "current_database()");
  EXPECT_TRUE(rows[0].boolean(0));
  EXPECT_EQ(rows[0].integer(1), 0);
}

TEST(EmbedPostgres, AnOpenTransactionIsRefused) {
  if (!testing_support::PostgresDatabase::is_available()) GTEST_SKIP();
  testing_support::PostgresDatabase database;
  database.query("BEGIN");
  auto* handle = static_cast<pg_conn*>(database.connection().native_handle());
  EXPECT_THROW(upgrade(handle, "head", revisions()), UsageError);
  EXPECT_TRUE(database.connection().in_transaction());
}

}  // namespace
}  // namespace cupel
