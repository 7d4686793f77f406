// SPDX-License-Identifier: MIT
// cupel::upgrade on an application's own PostgreSQL connection.
#include <gtest/gtest.h>

#include "cupel/cupel.hpp"
#include "cupel/embed.hpp"
#include "support/postgres_database.hpp"

namespace cupel {
namespace {

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

TEST(EmbedPostgres, AHandleIsUsedAndComesBackAsItWas) {
  if (!testing_support::PostgresDatabase::is_available()) GTEST_SKIP();
  testing_support::PostgresDatabase database;
  database.query("SET lock_timeout = '17s'");
  auto* handle = static_cast<pg_conn*>(database.connection().native_handle());
  const UpgradeResult result = upgrade(handle, "head", revisions());
  EXPECT_EQ(result.applied, (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(database.connection().in_transaction());
  EXPECT_EQ(database.query("SHOW lock_timeout")[0].text(0), "17s");
  EXPECT_EQ(
      database.query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")[0].integer(0), 0);
  EXPECT_TRUE(current(handle, revisions()).is_up_to_date());
  EXPECT_THROW(upgrade(handle, "head", {revisions()[0]}), DatabaseIsNewer);
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
