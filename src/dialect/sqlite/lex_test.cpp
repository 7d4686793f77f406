// SPDX-License-Identifier: MIT
#include "dialect/sqlite/lex.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <memory>

#include "cupel/sql/splitter.hpp"

namespace cupel::dialect::sqlite {
namespace {

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
std::unique_ptr<sqlite3, Close> open() {
  sqlite3* database = nullptr;
  sqlite3_open(":memory:", &database);
  return std::unique_ptr<sqlite3, Close>(database);
}

}  // namespace

TEST(SqliteLex, QuotesWhatMustBeQuoted) {
  for (const char* name : {"users", "user_2", "a$b", "_x", "lock"})
    EXPECT_EQ(quote_identifier(name), name);
  EXPECT_EQ(quote_identifier("order"), "\"order\"");
  EXPECT_EQ(quote_identifier("Users"), "\"Users\"");
  EXPECT_EQ(quote_identifier("2fa"), "\"2fa\"");
  EXPECT_EQ(quote_identifier("$a"), "\"$a\"");
  EXPECT_EQ(quote_identifier("a b"), "\"a b\"");
  EXPECT_EQ(quote_identifier("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(quote_identifier("gr\xC3\xBCn"), "\"gr\xC3\xBCn\"");
  EXPECT_EQ(quote_identifier(""), "\"\"");
  EXPECT_TRUE(std::is_sorted(reserved_words().begin(), reserved_words().end()));
}

TEST(SqliteLex, NoKeywordOfTheLibrarySlipsThrough) {
  const auto database = open();
  for (int i = 0; i < sqlite3_keyword_count(); ++i) {
    const char* word = nullptr;
    int length = 0;
    sqlite3_keyword_name(i, &word, &length);
    std::string name(word, static_cast<std::size_t>(length));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return static_cast<char>(c | 0x20); });
    std::replace(name.begin(), name.end(), '\x7f', '_');
    const std::string quoted = quote_identifier(name);
    const std::string sql =
        "CREATE TABLE " + quoted + " (" + quoted + " int); DROP TABLE " + quoted + ";";
    EXPECT_EQ(sqlite3_exec(database.get(), sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sql;
  }
}

TEST(SqliteLex, StatementsAreWhatTheLibraryCallsComplete) {
  for (const char* text :
       {"SELECT ';' || \";\" || [;] || `;`",
        "CREATE TRIGGER a BEGIN SELECT CASE WHEN 1 THEN 2 END; END", "EXPLAIN QUERY PLAN SELECT 1",
        "CREATE TEMPORARY TRIGGER b BEGIN SELECT 1; SELECT end; END"}) {
    const std::string twice = std::string(text) + ";\n" + text + ";";
    const auto statements = sql::split_statements(twice, lex_rules());
    ASSERT_EQ(statements.size(), 2u) << text;
    EXPECT_EQ(statements[0].text, text);
    EXPECT_EQ(sqlite3_complete((statements[0].text + ";").c_str()), 1) << text;
  }
}

TEST(SqliteLex, KnowsWhatATransactionRefuses) {
  for (const char* text : {"VACUUM", "vacuum into 'x.db'", "ATTACH 'a' AS b", "detach b",
                           "PRAGMA foreign_keys=ON", "PRAGMA main.journal_mode = WAL",
                           "pragma foreign_keys(0)", "-- c\nPRAGMA synchronous = 1"}) {
    EXPECT_TRUE(runs_outside_transaction(text)) << text;
  }
  for (const char* text : {"", "SELECT 1", "PRAGMA user_version = 3", "PRAGMA",
                           "CREATE TABLE vacuum (a)", "REINDEX", "PRAGMA foreign_key_check"}) {
    EXPECT_FALSE(runs_outside_transaction(text)) << text;
  }
}

TEST(SqliteLex, TheLibraryRefusesTheseInsideATransaction) {
  const auto database = open();
  sqlite3_exec(database.get(), "BEGIN; CREATE TABLE t (a);", nullptr, nullptr, nullptr);
  for (const char* text : {"VACUUM", "PRAGMA synchronous = 1", "DETACH temp"}) {
    EXPECT_TRUE(runs_outside_transaction(text));
    EXPECT_NE(sqlite3_exec(database.get(), text, nullptr, nullptr, nullptr), SQLITE_OK) << text;
  }
}

}  // namespace cupel::dialect::sqlite
