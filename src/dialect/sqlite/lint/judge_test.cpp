// SPDX-License-Identifier: MIT
// Every rule of SQLite: a revision in which it fires, and one nearby in which it does not.
#include "dialect/sqlite/lint/judge.hpp"

#include <gtest/gtest.h>

#include "dialect/sqlite/lint/rules.hpp"
#include "lint/judge_testing.hpp"

namespace cupel::dialect::sqlite {
namespace {

using lint::Finding;
using lint::Severity;
using lint::TestRevision;
using lint::TestStep;
using Lines = std::vector<std::string>;

constexpr const char* kHistory = R"sql(
  CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL,
    phone TEXT,
    age INT
  ) STRICT;
  CREATE TABLE orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INT CONSTRAINT fk REFERENCES users (id) ON DELETE CASCADE,
    total INT
  );
  CREATE INDEX ix_orders_user_id ON orders (user_id);
  CREATE TABLE log (id INTEGER PRIMARY KEY, phone TEXT);
  CREATE TRIGGER remember AFTER INSERT ON log
    BEGIN UPDATE users SET phone = NEW.phone WHERE id = NEW.id; END;
)sql";

const char* const kCopy =
    "CREATE TABLE o2 (id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INT CONSTRAINT fk REFERENCES "
    "users (id) ON DELETE CASCADE, total INT); INSERT INTO o2 SELECT * FROM orders;";
const char* const kSwap = "DROP TABLE orders; ALTER TABLE o2 RENAME TO orders;";
const char* const kIndex = "CREATE INDEX ix_orders_user_id ON orders (user_id);";
const char* const kCounter =
    "UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'orders') "
    "WHERE name = 'o2';";

struct Case {
  Lines expected;  ///< all that SQLite's own rules find
  std::string fires;
  std::string near;
};

// clang-format off
const std::vector<Case>& cases() {
  static const std::vector<Case> kCases{
    {{"SQ001 users", "SQ002 foreign_keys"}, "PRAGMA foreign_keys = ON; DROP TABLE users", "DROP TABLE users"},
    {{"SQ002 journal_mode"}, "PRAGMA journal_mode = DELETE", "PRAGMA journal_mode"},
    {{"SQ003 users"}, "ALTER TABLE users ADD COLUMN code TEXT UNIQUE", "ALTER TABLE users ADD COLUMN code TEXT"},
    {{"SQ003 users"}, "ALTER TABLE users ALTER COLUMN age SET DEFAULT 3", "ALTER TABLE users RENAME COLUMN age TO years"},
    {{"SQ003 users.made"}, "ALTER TABLE users ADD COLUMN made TEXT DEFAULT CURRENT_TIMESTAMP", "ALTER TABLE users ADD COLUMN made TEXT DEFAULT 'now'"},
    {{"SQ003 users.half"}, "ALTER TABLE users ADD COLUMN half INT AS (age / 2) STORED", "ALTER TABLE users ADD COLUMN half INT AS (age / 2)"},
    {{"SQ004 remember"}, "ALTER TABLE users DROP COLUMN phone", "DROP TRIGGER remember; ALTER TABLE users DROP COLUMN phone"},
    {{"LK050 orders", "SQ005 orders"}, std::string(kCopy) + kSwap + kIndex, "DROP TABLE orders"},
    {{"LK050 orders", "SQ005 orders"}, std::string(kCopy) + kCounter + kSwap, "CREATE TABLE o2 (id INTEGER PRIMARY KEY); INSERT INTO o2 SELECT id FROM orders"},
    {{"LK050 orders"}, std::string(kCopy) + kCounter + kSwap + kIndex, "CREATE TABLE o2 AS SELECT * FROM orders"},
    {{"SQ006 users"}, "ALTER TABLE users ALTER COLUMN phone SET NOT NULL", "ALTER TABLE users ADD COLUMN x INT NOT NULL DEFAULT 1"},
    {{"SQ006 FULL JOIN"}, "CREATE VIEW v AS SELECT u.id FROM users u FULL JOIN orders o ON o.user_id = u.id", "CREATE VIEW v AS SELECT u.id FROM users u LEFT JOIN orders o ON o.user_id = u.id"},
    {{"SQ002 journal_mode", "SQ007"}, "PRAGMA journal_mode = WAL", "PRAGMA cache_size = 100"},
    {{"SQ008"}, "ATTACH 'other.db' AS other", "SELECT 'ATTACH'"},
    {{"SQ009 o2.total"}, "CREATE TABLE o2 (id INTEGER PRIMARY KEY, total INT NOT NULL); INSERT INTO o2 (id, total) SELECT id, total FROM orders",
                         "CREATE TABLE o2 (id INTEGER PRIMARY KEY, total INT NOT NULL); INSERT INTO o2 (id, total) SELECT id, coalesce(total, 0) FROM orders"},
    {{"SQ009 o2.total"}, "CREATE TABLE o2 (id INTEGER PRIMARY KEY, user_id INT, total INT NOT NULL); INSERT INTO o2 SELECT * FROM orders",
                         "CREATE TABLE o2 (id INTEGER PRIMARY KEY, total INT NOT NULL); INSERT INTO o2 (total) SELECT id FROM orders"},
    {{"TY011 t.zip"}, "CREATE TABLE t (id INTEGER PRIMARY KEY, zip STRING)", "CREATE TABLE t (id INTEGER PRIMARY KEY, zip TEXT, made DATETIME, n NUMERIC(3, 1))"},
    {{"TY011 t.place"}, "CREATE TABLE t (id INTEGER PRIMARY KEY, place POINT)", "CREATE TABLE t (id INTEGER PRIMARY KEY, place BIGINT)"},
    {{"TY011 t"}, "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)", "CREATE TABLE t (id INTEGER PRIMARY KEY)"},
    {{"TY011 me"}, "UPDATE users SET email = \"me\" WHERE id = 1", "UPDATE users SET \"email\" = 'me' WHERE id = 1"},
  };
  return kCases;
}
// clang-format on

class OwnRevision : public TestRevision {
 public:
  OwnRevision() : TestRevision("sqlite", kHistory) {
    with_common_rules = false;
    with_own_rules = true;
  }
};

TEST(LintJudge, FiresAndDoesNotFireNearby) {
  for (const Case& it : cases()) {
    SCOPED_TRACE(it.fires);
    EXPECT_EQ(OwnRevision().codes({it.fires.c_str()}), it.expected);
    EXPECT_EQ(OwnRevision().codes({it.near.c_str()}), Lines{});
  }
}

TEST(LintJudge, EveryRuleIsTested) {
  std::set<std::string> known;
  for (const lint::Rule& rule : lint_rules()) known.insert(std::string(rule.code));
  std::set<std::string> tested;
  for (const Case& it : cases())
    for (const std::string& line : it.expected) tested.insert(line.substr(0, 5));
  EXPECT_EQ(tested, known);
}

TEST(LintJudge, SizesDecide) {
  const auto severity = [](std::int64_t rows, const TestStep& step) {
    OwnRevision it;
    it.rows() = {{"users", rows}};
    const std::vector<Finding> found = it.lint({step});
    return found.empty() ? Severity::Off : found[0].severity;
  };
  const char* index = "CREATE INDEX ix ON users (age); DROP INDEX ix";
  EXPECT_EQ(severity(-1, index), Severity::Off);
  EXPECT_EQ(severity(100, index), Severity::Off);
  EXPECT_EQ(severity(50'000, index), Severity::Warning);
  EXPECT_EQ(severity(5'000'000, index), Severity::Error);
  EXPECT_EQ(severity(50'000, "VACUUM"), Severity::Warning);
  EXPECT_EQ(severity(5, "VACUUM"), Severity::Off);
  // An operation that SQLite cannot do in place.
  const ops::AlterColumn retype{.table = "users", .column = "age", .type = model::Text()};
  EXPECT_EQ(severity(0, ops::Operation(retype)), Severity::Off);
  EXPECT_EQ(severity(50'000, ops::Operation(retype)), Severity::Warning);
  const ops::AddColumn add{"users", {.name = "city", .type = model::Text()}};
  EXPECT_EQ(severity(50'000, ops::Operation(add)), Severity::Off);
}

TEST(LintJudge, VersionsDecide) {
  OwnRevision it;
  const char* join = "SELECT u.id FROM users u FULL JOIN orders o ON o.user_id = u.id";
  for (const int version : {34001, 3040001}) {
    it.server_version = version;
    EXPECT_EQ(it.codes({join}), Lines{});
  }
  it.server_version = 33500;
  EXPECT_EQ(it.codes({join}), (Lines{"SQ006 FULL JOIN"}));
  it.server_version = 35300;
  EXPECT_EQ(it.codes({"ALTER TABLE users ALTER COLUMN phone SET NOT NULL"}), Lines{});
}

TEST(LintJudge, WithTheCommonRulesOneCauseIsOneFinding) {
  const auto codes = [](const char* script) {
    TestRevision it("sqlite", kHistory);
    it.with_own_rules = true;
    return it.codes({script});
  };
  EXPECT_EQ(codes("ALTER TABLE users ADD COLUMN city TEXT NOT NULL"), (Lines{"BC005 users.city"}));
  EXPECT_EQ(codes("ALTER TABLE users ADD COLUMN code TEXT UNIQUE"), (Lines{"SQ003 users"}));
  EXPECT_EQ(codes("DROP TABLE log"), (Lines{"DS001 log"}));
  EXPECT_EQ(codes((std::string(kCopy) + kCounter + kSwap + kIndex).c_str()),
            (Lines{"LK050 orders"}));
  EXPECT_EQ(codes("CREATE TABLE notes (id INTEGER PRIMARY KEY, user_id INTEGER CONSTRAINT fk "
                  "REFERENCES users (id))"),
            (Lines{"IX001 notes.user_id"}));
}

}  // namespace
}  // namespace cupel::dialect::sqlite
