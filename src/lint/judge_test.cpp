// SPDX-License-Identifier: MIT
// Every common rule: a revision in which it fires, alone, and one nearby in which it does not.
#include <gtest/gtest.h>

#include "lint/judge_testing.hpp"

namespace cupel::lint {
namespace {

using Lines = std::vector<std::string>;

constexpr const char* kHistory = R"sql(
  CREATE TABLE users (
    id BIGINT NOT NULL CONSTRAINT users_pkey PRIMARY KEY,
    email VARCHAR(50) NOT NULL,
    phone VARCHAR(20),
    age BIGINT DEFAULT 18,
    shout TEXT GENERATED ALWAYS AS (upper(email)) VIRTUAL,
    CONSTRAINT users_email_key UNIQUE (email),
    CONSTRAINT users_age_check CHECK (age > 0)
  );
  CREATE TABLE orders (
    id BIGINT NOT NULL CONSTRAINT orders_pkey PRIMARY KEY,
    user_id BIGINT CONSTRAINT orders_user_fkey REFERENCES users (id),
    total NUMERIC(10, 2),
    note TEXT
  );
  CREATE INDEX ix_orders_user_id ON orders (user_id);
  CREATE INDEX ix_orders_note ON orders (note);
  CREATE VIEW rich AS SELECT id FROM orders WHERE total > 1000;
)sql";

struct Case {
  Lines expected;  ///< "DS001 users"; all that is found
  std::vector<TestStep> fires;
  std::vector<TestStep> near;  ///< nothing is found
};

ops::AlterColumn alter(const char* table, const char* column, model::Type type) {
  return {.table = table, .column = column, .type = std::move(type)};
}
ops::AlterColumn nullable(const char* table, const char* column, bool value) {
  return {.table = table, .column = column, .nullable = value};
}
ops::AlterColumn default_of(const char* table, const char* column,
                            ops::Change<model::Expression> value) {
  return {.table = table, .column = column, .server_default = std::move(value)};
}
ops::AddConstraint check(const char* table, const char* expression, bool not_valid) {
  return {table,
          model::CheckConstraint{.expression = expression, .name = "c", .not_valid = not_valid}};
}
ops::AddConstraint foreign_key(const char* table, const char* column, const char* to,
                               bool not_valid) {
  return {table, model::ForeignKey{.columns = {column},
                                   .referred_table = to,
                                   .referred_columns = {"id"},
                                   .name = "fk",
                                   .not_valid = not_valid}};
}
Step sql(const char* text, Effect effect) {
  Step step;
  step.sql = text;
  step.effects = {std::move(effect)};
  return step;
}
ops::AlterTable many_columns(int count) {
  ops::AlterTable batch{"orders", {}};
  for (int i = 0; i < count; ++i)
    batch.changes.emplace_back(ops::AddColumn{
        "orders", model::Column{.name = "c" + std::to_string(i), .type = model::Text()}});
  return batch;
}

// clang-format off
const std::vector<Case>& cases() {
  static const std::vector<Case> kCases{
  {{"DS001 orders", "DS001 users"}, {"DROP TABLE users; DROP TABLE orders"}, {"CREATE TABLE t (id BIGINT PRIMARY KEY); DROP TABLE t"}},
  {{"DS002 users.phone"}, {"ALTER TABLE users DROP COLUMN phone"}, {"ALTER TABLE users DROP COLUMN shout"}},
  {{"DS008 orders"}, {"DROP TABLE IF EXISTS orders; CREATE TABLE orders (id BIGINT PRIMARY KEY)"}, {"DROP TABLE IF EXISTS t; CREATE TABLE t (id BIGINT PRIMARY KEY)"}},
  {{"DS002 users.phone", "DS009 users.phone_number"}, {"ALTER TABLE users ADD COLUMN phone_number VARCHAR(20); ALTER TABLE users DROP COLUMN shout; ALTER TABLE users DROP COLUMN phone"}, {"ALTER TABLE users ADD COLUMN phone_number VARCHAR(20); UPDATE users SET phone_number = phone WHERE phone_number IS NULL"}},
  {{"BC001 orders"}, {"ALTER TABLE orders RENAME TO purchases"}, {"ALTER TABLE orders RENAME TO purchases; CREATE VIEW orders AS SELECT * FROM purchases"}},
  {{"BC002 users.phone"}, {"ALTER TABLE users RENAME COLUMN phone TO mobile"}, {"ALTER TABLE users ADD COLUMN x TEXT; ALTER TABLE users RENAME COLUMN x TO y"}},
  {{"BC005 users.city"}, {"ALTER TABLE users ADD COLUMN city TEXT NOT NULL"}, {"ALTER TABLE users ADD COLUMN city TEXT NOT NULL DEFAULT ''"}},
  {{"BC009 rich"}, {"DROP VIEW rich"}, {"DROP VIEW rich; CREATE VIEW rich AS SELECT id FROM orders WHERE total > 500"}},
  {{"BC012 users.type"}, {"ALTER TABLE users ADD COLUMN type TEXT"}, {"ALTER TABLE users ADD COLUMN types TEXT"}},
  {{"DD001 users"}, {"CREATE UNIQUE INDEX ux ON users (phone)"}, {"CREATE INDEX ix ON users (phone)"}},
  {{"DD001 orders"}, {"CREATE UNIQUE INDEX ux ON orders (total)"}, {"ALTER TABLE users ADD COLUMN code TEXT; CREATE UNIQUE INDEX ux ON users (code)"}},
  {{"DV001 users"}, {"UPDATE users SET phone = ''"}, {"UPDATE users SET phone = '' WHERE phone IS NULL"}},
  {{"DV001 orders"}, {"DELETE FROM orders"}, {"DELETE FROM orders WHERE note = 'x'"}},
  {{"DV004 orders"}, {"INSERT INTO orders VALUES (1, 1, 1, 'x')"}, {"INSERT INTO orders (id, note) VALUES (1, 'x')"}},
  {{"IX001 items.order_id"}, {"CREATE TABLE items (id BIGINT PRIMARY KEY, order_id BIGINT CONSTRAINT fk REFERENCES orders (id))"}, {"CREATE TABLE items (id BIGINT PRIMARY KEY, order_id BIGINT CONSTRAINT fk REFERENCES orders (id)); CREATE INDEX ix ON items (order_id, id)"}},
  {{"IX001 users.boss"}, {"ALTER TABLE users ADD COLUMN boss BIGINT REFERENCES users (id)"}, {"ALTER TABLE users ADD COLUMN boss BIGINT REFERENCES users (id); CREATE INDEX ix ON users (boss)"}},
  {{"IX002 items.order_id"}, {"CREATE TABLE items (order_id TEXT PRIMARY KEY CONSTRAINT fk REFERENCES orders (id))"}, {"CREATE TABLE items (order_id BIGINT PRIMARY KEY CONSTRAINT fk REFERENCES orders (id))"}},
  {{"IX003 orders.ix"}, {"CREATE INDEX ix ON orders (user_id)"}, {"CREATE INDEX ix ON orders (total)"}},
  {{"IX003 users.ix"}, {"CREATE INDEX ix ON users (email)"}, {"CREATE INDEX ix ON users (email) WHERE age > 3"}},
  {{"IX003 orders.ix"}, {"CREATE INDEX ix ON orders (user_id, total)"}, {"CREATE INDEX ix ON orders (user_id, total); DROP INDEX ix_orders_user_id"}},
  {{"IX004 orders.ix"}, {"CREATE INDEX ix ON orders (total, note, user_id, id)"}, {"CREATE INDEX ix ON orders (total, note, id)"}},
  {{"IX007 t"}, {"CREATE TABLE t (a BIGINT)"}, {"CREATE TABLE t (a BIGINT, PRIMARY KEY (a))"}},
  {{"IX008 items.o"}, {"CREATE TABLE items (o BIGINT PRIMARY KEY CONSTRAINT fk REFERENCES missing (id))"}, {"CREATE TABLE items (o BIGINT PRIMARY KEY CONSTRAINT fk REFERENCES later (id)); CREATE TABLE later (id BIGINT PRIMARY KEY)"}},
  {{"IX008 items.o"}, {"CREATE TABLE items (o TEXT PRIMARY KEY CONSTRAINT fk REFERENCES users (phone))"}, {"CREATE TABLE items (o TEXT PRIMARY KEY CONSTRAINT fk REFERENCES users (email))"}},
  {{"IX009 items.o"}, {"CREATE TABLE items (o BIGINT PRIMARY KEY CONSTRAINT fk REFERENCES users ON DELETE CASCADE)"}, {"CREATE TABLE items (o BIGINT PRIMARY KEY CONSTRAINT fk REFERENCES users ON DELETE RESTRICT)"}},
  {{"NM003 t"}, {"CREATE TABLE t (id BIGINT PRIMARY KEY, \"order\" TEXT, \"Group\" TEXT)"}, {"CREATE TABLE t (id BIGINT PRIMARY KEY, orders TEXT)"}},
  {{"NM005 t"}, {"CREATE TABLE t (id BIGINT PRIMARY KEY, a TEXT UNIQUE, CHECK (a > ''))"}, {"CREATE TABLE t (id BIGINT PRIMARY KEY, a TEXT CONSTRAINT u UNIQUE)"}},
  {{"TX004"}, {"SAVEPOINT a"}, {"SELECT 1"}},
  {{"TX004"}, {"BEGIN; UPDATE orders SET note = 'x' WHERE id = 1; COMMIT"}, {"UPDATE orders SET note = 'x' WHERE id = 1"}},
  {{"TX005"}, {"BEGIN; UPDATE orders SET note = 'x' WHERE id = 1"}, {"SELECT 'BEGIN'"}},
  {{"TY001 t.id"}, {"CREATE TABLE t (id INTEGER PRIMARY KEY)"}, {"CREATE TABLE t (id BIGINT PRIMARY KEY)"}},
  {{"TY012 users.phone"}, {"UPDATE users SET phone = 'a', phone = 'b' WHERE id = 1"}, {"UPDATE users SET phone = 'a', age = 3 WHERE id = 1"}},

  // As operations: forms that the reader of the history does not know, or that need more said.
  {{"DS003 old"}, {ops::DropSchema{"old", false, true}}, {ops::DropSchema{"old"}}},
  {{"DS004 orders"}, {sql("TRUNCATE orders", Truncate{{"orders"}})}, {sql("SELECT 1", Other{"select"})}},
  {{"DS006 users.email"}, {alter("users", "email", model::String(20))}, {alter("users", "email", model::String(80))}},
  {{"DS006 orders.total"}, {alter("orders", "total", model::Numeric(8, 2))}, {alter("orders", "total", model::Numeric(12, 2))}},
  {{"DS006 users.age"}, {alter("users", "age", model::Integer())}, {alter("users", "phone", model::Text())}},
  {{"DS007 mood"}, {ops::DropEnum{"mood", false, true}}, {ops::DropEnum{"mood"}}},
  {{"BC009 rich", "DS007 rich"}, {ops::DropView{.name = "rich", .cascade = true}}, {ops::DropView{.name = "rich"}, ops::CreateView{{"rich", "SELECT 1"}}}},
  {{"BC005 users.city"}, {"ALTER TABLE users ADD COLUMN city TEXT NOT NULL DEFAULT 'x'", default_of("users", "city", nullptr)},
                         {"ALTER TABLE users ADD COLUMN city TEXT DEFAULT 'x'", default_of("users", "city", nullptr)}},
  {{"BC006 users.email"}, {nullable("users", "email", true)}, {nullable("users", "phone", true)}},
  {{"BC007 users.age"}, {default_of("users", "age", nullptr)}, {default_of("users", "phone", model::literal("x"))}},
  {{"BC007 users.age"}, {default_of("users", "age", model::text("21"))},
                        {default_of("users", "age", nullptr), default_of("users", "age", model::text("18"))}},
  {{"BC008 users.age"}, {alter("users", "age", model::Text())}, {"ALTER TABLE users ADD COLUMN x BIGINT", alter("users", "x", model::Text())}},
  {{"BC008 orders.total"}, {alter("orders", "total", model::LargeBinary())}, {alter("orders", "note", model::String())}},
  {{"BC010 users"}, {check("users", "age < 200", true)}, {check("users", "age IS NOT NULL", true)}},
  {{"BC011 users.users_email_key"}, {ops::DropConstraint{.table = "users", .name = "users_email_key"}},
                                    {ops::DropConstraint{.table = "users", .name = "users_age_check"}}},
  {{"BC011 orders.orders_user_fkey"}, {ops::DropConstraint{.table = "orders", .name = "orders_user_fkey"}},
                                      {ops::DropConstraint{.table = "orders", .name = "orders_user_fkey"}, foreign_key("orders", "user_id", "users", true)}},
  {{"DD001 orders"}, {ops::AddConstraint{"orders", model::UniqueConstraint{.columns = {"note"}, .name = "u"}}},
                     {ops::AddConstraint{"orders", model::UniqueConstraint{.columns = {"id", "note"}, .name = "u"}}}},
  {{"DD002 users.phone"}, {nullable("users", "phone", false)},
                          {"UPDATE users SET phone = '' WHERE phone IS NULL", nullable("users", "phone", false)}},
  {{"DD002 users.phone"}, {nullable("users", "phone", false)},
                          {check("users", "phone IS NOT NULL", true), ops::ValidateConstraint{"users", "c"}, nullable("users", "phone", false)}},
  {{"DD003 users"}, {check("users", "age < 200", false)}, {"ALTER TABLE users ADD COLUMN n TEXT"}},
  {{"DD003 orders"}, {foreign_key("orders", "id", "users", false)},
                     {"ALTER TABLE orders ADD COLUMN u BIGINT; CREATE INDEX iu ON orders (u)", foreign_key("orders", "u", "users", false)}},
  {{"DD004 users.phone"}, {alter("users", "phone", model::BigInteger())}, {alter("users", "phone", model::String(20))}},
  {{"IX010 orders"}, {many_columns(101)}, {many_columns(50)}},
  {{"NM001 orders.abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdefghijklmn"},
   {ops::CreateIndex{"orders", {"abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdefghijklmn", {"total"}}}},
   {ops::CreateIndex{"orders", {"abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdefghi", {"total"}}}}},
  {{"NM005 orders"}, {ops::AddConstraint{"orders", model::UniqueConstraint{.columns = {"id", "note"}}}},
                     {ops::AddConstraint{"orders", model::UniqueConstraint{.columns = {"id", "note"}, .name = "u"}}}},
  {{"RV004 users"}, {sql("GRANT SELECT ON users TO app", ChangePrivileges{"grants SELECT on table 'users'", "users"})},
                    {sql("SELECT 'grant'", Other{"select"})}},
  };
  return kCases;
}
// clang-format on

TEST(CommonRules, FireAloneAndNotNearby) {
  int i = 0;
  for (const Case& it : cases()) {
    SCOPED_TRACE(it.expected.front() + ", case " + std::to_string(i++));
    EXPECT_EQ(TestRevision("postgresql", kHistory).codes(it.fires), it.expected);
    EXPECT_EQ(TestRevision("postgresql", kHistory).codes(it.near), Lines{});
  }
}

TEST(CommonRules, EachIsInTheCatalogueWithAllThatIsToBeSaid) {
  std::set<std::string> known;
  for (const Rule& rule : common_rules()) {
    EXPECT_TRUE(known.insert(std::string(rule.code)).second) << rule.code;
    for (const std::string_view text : {rule.fires_on, rule.why, rule.instead})
      EXPECT_GT(text.size(), 5U) << rule.code;
  }
  // Those that need more than a history are tested below.
  std::set<std::string> tested{"DV002", "DV005", "NM002", "RV006", "TX003"};
  for (const Case& it : cases())
    for (const std::string& line : it.expected) tested.insert(line.substr(0, 5));
  EXPECT_EQ(tested, known);
}

TEST(CommonRules, WhatIsKnownOfSizesDecides) {
  TestRevision revision("postgresql", kHistory);
  revision.rows() = {{"users", 2'000'000}, {"orders", 0}};
  EXPECT_EQ(revision.codes({"UPDATE users SET phone = '' WHERE age > 3"}), (Lines{"DV002 users"}));
  EXPECT_EQ(revision.codes({"UPDATE orders SET note = '' WHERE id > 3"}), Lines{});
  const std::vector<Finding> all = revision.lint({"UPDATE users SET phone = ''"});
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].severity, Severity::Error);
  EXPECT_EQ(all[0].rows, 2'000'000);
  // An empty table has nothing to lose, but code that uses it breaks all the same.
  EXPECT_EQ(revision.codes({"DROP TABLE orders"}), Lines{});
  EXPECT_EQ(revision.codes({"CREATE UNIQUE INDEX ux ON orders (note)"}), Lines{});
  EXPECT_EQ(revision.codes({"DROP VIEW rich", "ALTER TABLE users RENAME TO people"}),
            (Lines{"BC001 users", "BC009 rich"}));
}

TEST(CommonRules, OutsideOfATransaction) {
  TestRevision revision("postgresql", kHistory);
  const char* insert = "INSERT INTO orders (id, note) VALUES (1, 'x')";
  EXPECT_EQ(revision.codes({insert, "DROP INDEX ix_orders_note"}), Lines{});
  revision.in_transaction = false;
  EXPECT_EQ(revision.codes({insert}), (Lines{"DV005 orders"}));
  EXPECT_EQ(revision.codes({"INSERT INTO orders (id) VALUES (1) ON CONFLICT DO NOTHING"}), Lines{});
  EXPECT_EQ(revision.codes({"CREATE INDEX a ON orders (total)"}), (Lines{"TX003"}));
  EXPECT_EQ(revision.codes({"CREATE INDEX IF NOT EXISTS b ON orders (id, total)"}), Lines{});
  const std::vector<Finding> found =
      revision.lint({ops::DropIndex{.name = "b", .table = "orders"}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].replacement, (std::vector<ops::Operation>{ops::DropIndex{
                                      .name = "b", .table = "orders", .if_exists = true}}));
}

TEST(CommonRules, NamesFollowTheProject) {
  TestRevision revision("postgresql", kHistory);
  revision.facts().name_patterns = {{"index", "ix_*"}};
  EXPECT_EQ(revision.codes({"CREATE INDEX a ON orders (total)"}), (Lines{"NM002 orders.a"}));
  EXPECT_EQ(revision.codes({"CREATE INDEX ix_a ON orders (id, total)"}), Lines{});
}

TEST(CommonRules, FunctionsThatSpeakOfWhatIsGone) {
  TestRevision revision("postgresql", kHistory);
  const ops::CreateFunction create{{"f", "",
                                    "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS "
                                    "$$ BEGIN DELETE FROM orders WHERE note = 'x'; END $$"}};
  EXPECT_EQ(revision.codes({create, "ALTER TABLE orders RENAME COLUMN note TO remark"}),
            (Lines{"BC002 orders.note", "RV006 f"}));
  EXPECT_EQ(revision.codes({"ALTER TABLE users RENAME COLUMN phone TO note"}),
            (Lines{"BC002 users.phone"}));
}

TEST(CommonRules, ARebuildByHandIsWhatItChanges) {
  const std::string rest =
      "INSERT INTO o2 (id, user_id, total, note) SELECT id, user_id, total, note FROM orders;"
      "DROP TABLE orders; ALTER TABLE o2 RENAME TO orders;"
      "CREATE INDEX ix_orders_user_id ON orders (user_id);"
      "CREATE INDEX ix_orders_note ON orders (note);";
  const std::string create =
      "CREATE TABLE o2 (id BIGINT NOT NULL CONSTRAINT orders_pkey PRIMARY KEY, user_id BIGINT "
      "CONSTRAINT orders_user_fkey REFERENCES users (id), total NUMERIC(10, 2), note TEXT";
  const auto codes = [&](const std::string& script) {
    const std::string history = std::string(kHistory) + "; DROP VIEW rich";
    return TestRevision("postgresql", history.c_str()).codes({script.c_str()});
  };
  EXPECT_EQ(codes(create + ");" + rest), Lines{});
  EXPECT_EQ(codes(create + ", CONSTRAINT c CHECK (total > 0));" + rest), (Lines{"DD003 orders"}));
  EXPECT_EQ(codes(create + ", city TEXT NOT NULL);" + rest), (Lines{"BC005 orders.city"}));
  // Out of the way first, as some write it.
  const std::string away =
      "ALTER TABLE orders RENAME TO old; DROP INDEX ix_orders_user_id; DROP INDEX ix_orders_note;"
      "CREATE TABLE orders (id BIGINT NOT NULL CONSTRAINT orders_pkey PRIMARY KEY, user_id BIGINT "
      "CONSTRAINT orders_user_fkey REFERENCES users (id), total NUMERIC(10, 2), note TEXT);"
      "INSERT INTO orders (id, user_id, total, note) SELECT id, user_id, total, note FROM old;"
      "DROP TABLE old;"
      "CREATE INDEX ix_orders_user_id ON orders (user_id);"
      "CREATE INDEX ix_orders_note ON orders (note);";
  EXPECT_EQ(codes(away), Lines{});
}

}  // namespace
}  // namespace cupel::lint
