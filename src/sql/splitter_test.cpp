// SPDX-License-Identifier: MIT
#include "cupel/sql/splitter.hpp"

#include <gtest/gtest.h>

#include "cupel/sql/quote.hpp"
#include "dialect/postgres/lex.hpp"
#include "dialect/sqlite/lex.hpp"

namespace cupel::sql {
namespace {

const LexRules& postgres() { return dialect::postgres::lex_rules(); }
const LexRules& sqlite() { return dialect::sqlite::lex_rules(); }

using Texts = std::vector<std::string>;

Texts split(std::string_view text, const LexRules& rules) {
  Texts texts;
  for (const StatementText& statement : split_statements(text, rules))
    texts.push_back(statement.text);
  return texts;
}

/// The whole error, or "" if there is none.
std::string error_of(std::string_view text, const LexRules& rules,
                     const SplitOptions& options = {"a.sql"}) {
  try {
    split_statements(text, rules, options);
  } catch (const InputError& error) {
    return error.to_string();
  }
  return "";
}

}  // namespace

TEST(Splitter, SplitsAtSemicolonsOnly) {
  EXPECT_EQ(split("SELECT ';'; SELECT \";\";; ;\n/* ; */ SELECT 3 -- ;\n", sqlite()),
            (Texts{"SELECT ';'", "SELECT \";\"", "/* ; */ SELECT 3"}));
  EXPECT_EQ(split("", sqlite()), Texts{});
  EXPECT_EQ(split(" ; -- only a comment\n;", sqlite()), Texts{});
}

TEST(Splitter, KeepsCommentsBeforeAndInsideButNotBehind) {
  EXPECT_EQ(split("-- why\nSELECT /* x */ 1 -- y\n; -- next\nSELECT 2 /* z */;", sqlite()),
            (Texts{"-- why\nSELECT /* x */ 1", "-- next\nSELECT 2"}));
}

TEST(Splitter, SaysWhereAStatementStands) {
  const std::string_view text = "\n-- a\nSELECT 1;\n\n  SELECT\n 2;";
  const std::vector<StatementText> statements =
      split_statements(text, sqlite(), {.first_line = 10, .first_offset = 100});
  ASSERT_EQ(statements.size(), 2u);
  EXPECT_EQ(statements[0], (StatementText{"-- a\nSELECT 1", 101, 12}));
  EXPECT_EQ(statements[1], (StatementText{"SELECT\n 2", 119, 14}));
}

TEST(Splitter, KeepsTriggersWhole) {
  const std::string trigger =
      "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN\n"
      "  UPDATE b SET x = CASE WHEN new.y THEN 'END;' ELSE 2 END; -- END;\n"
      "  SELECT end FROM [begin;]; /* ; END ; */\n"
      "END";
  EXPECT_EQ(split(trigger + ";\nSELECT 1;", sqlite()), (Texts{trigger, "SELECT 1"}));
  EXPECT_EQ(split(trigger, sqlite()), Texts{trigger});
  EXPECT_EQ(split("explain create trigger t begin select 1; end; x", sqlite()),
            (Texts{"explain create trigger t begin select 1; end", "x"}));
  EXPECT_EQ(split("CREATE TABLE trigger_log (x); SELECT 1", sqlite()),
            (Texts{"CREATE TABLE trigger_log (x)", "SELECT 1"}));
  EXPECT_EQ(split("DROP TRIGGER t; SELECT 1", sqlite()), (Texts{"DROP TRIGGER t", "SELECT 1"}));
}

TEST(Splitter, TransactionWordsOutsideOfATriggerAreStatements) {
  EXPECT_EQ(split("BEGIN; SELECT 1; END; SELECT 2;", sqlite()),
            (Texts{"BEGIN", "SELECT 1", "END", "SELECT 2"}));
}

TEST(Splitter, KeepsAtomicFunctionsWhole) {
  const std::string function =
      "CREATE OR REPLACE FUNCTION begin_end(x int) RETURNS int LANGUAGE sql BEGIN ATOMIC\n"
      "  INSERT INTO t VALUES (CASE x WHEN 1 THEN 2 END);\n"
      "  SELECT t.end AS \"end\" FROM t;\n"
      "END";
  EXPECT_EQ(split(function + "; SELECT 1;", postgres()), (Texts{function, "SELECT 1"}));
  EXPECT_EQ(split("CREATE PROCEDURE p() BEGIN /* c */ ATOMIC END; SELECT 1", postgres()),
            (Texts{"CREATE PROCEDURE p() BEGIN /* c */ ATOMIC END", "SELECT 1"}));
  // A function whose name is an unreserved word, and one with a body in a string.
  EXPECT_EQ(
      split("CREATE FUNCTION begin() RETURNS int AS 'SELECT 1; END' LANGUAGE sql; SELECT 1",
            postgres()),
      (Texts{"CREATE FUNCTION begin() RETURNS int AS 'SELECT 1; END' LANGUAGE sql", "SELECT 1"}));
}

TEST(Splitter, KeepsDollarQuotedBodiesWhole) {
  const std::string function =
      "CREATE FUNCTION f() RETURNS trigger AS $body$\nBEGIN\n  EXECUTE $$SELECT ';'$$;\n  -- it's\n"
      "  RETURN NEW;\nEND;\n$body$ LANGUAGE plpgsql";
  EXPECT_EQ(split(function + ";\nDO $$ BEGIN PERFORM 1; END $$;", postgres()),
            (Texts{function, "DO $$ BEGIN PERFORM 1; END $$"}));
}

TEST(Splitter, KeepsRulesWhole) {
  EXPECT_EQ(split("CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3", postgres()),
            (Texts{"CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)", "SELECT 3"}));
  // A forgotten parenthesis elsewhere stays an error of its own statement.
  EXPECT_EQ(split("INSERT INTO t VALUES (1; SELECT 2", postgres()),
            (Texts{"INSERT INTO t VALUES (1", "SELECT 2"}));
}

TEST(Splitter, SplitsWhatOthersGetWrong) {
  EXPECT_EQ(
      split("SELECT 'it''s; fine', E'\\';', U&'\\'; /* /* ; */ ; */ SELECT a$b$;", postgres()),
      (Texts{"SELECT 'it''s; fine', E'\\';', U&'\\'", "/* /* ; */ ; */ SELECT a$b$"}));
  EXPECT_EQ(split("SELECT 1 -- it's\n; SELECT 2", postgres()), (Texts{"SELECT 1", "SELECT 2"}));
  EXPECT_EQ(split("GO\nSELECT 1", postgres()), (Texts{"GO\nSELECT 1"}));
  EXPECT_EQ(split("COMMENT ON TABLE t IS 'BEGIN; $$ ;'; SELECT 1", postgres()),
            (Texts{"COMMENT ON TABLE t IS 'BEGIN; $$ ;'", "SELECT 1"}));
}

TEST(Splitter, ObeysDelimiterCommands) {
  static constexpr LexRules kRules{.backslash_escapes = true, .delimiter_command = true};
  EXPECT_EQ(
      split("SELECT 1;\nDELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; SELECT 'a\\'//'; END//\n"
            "delimiter ;\nSELECT 2;",
            kRules),
      (Texts{"SELECT 1", "CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 'a\\'//'; END", "SELECT 2"}));
  EXPECT_EQ(error_of("DELIMITER  \nSELECT 1", kRules),
            "a.sql:1:1: DELIMITER without a delimiter\n  note: DELIMITER  \n"
            "  hint: write it on the same line: DELIMITER //");
}

TEST(Splitter, SaysWhatIsNeverClosed) {
  EXPECT_EQ(error_of("SELECT 1;\n  SELECT 'a", postgres()),
            "a.sql:2:10: the string that begins here is never closed\n  note:   SELECT 'a");
  EXPECT_EQ(error_of("DO $x$ y $X$;", postgres(), {.file = "b.sql", .first_line = 7}),
            "b.sql:7:4: the string that begins with $x$ here is never closed by another $x$\n"
            "  note: DO $x$ y $X$;");
  EXPECT_EQ(error_of("CREATE TRIGGER t BEGIN SELECT 1;\nSELECT 2;", sqlite()),
            "a.sql:1:1: the trigger that begins here has no 'END;' after its last statement\n"
            "  note: CREATE TRIGGER t BEGIN SELECT 1;");
  EXPECT_EQ(error_of("CREATE FUNCTION f() BEGIN ATOMIC SELECT 1;", postgres()),
            "a.sql:1:1: the function that begins here has 'BEGIN ATOMIC' but no 'END' after its "
            "last statement\n"
            "  note: CREATE FUNCTION f() BEGIN ATOMIC SELECT 1;");
  EXPECT_EQ(error_of("CREATE RULE r AS ON INSERT TO t DO (SELECT 1; x", postgres()),
            "a.sql:1:1: the rule that begins here has a '(' that is never closed\n"
            "  note: CREATE RULE r AS ON INSERT TO t DO (SELECT 1; x");
  EXPECT_EQ(error_of(std::string_view("SELECT\0 1", 9), sqlite()).substr(0, 22),
            "a.sql:1:7: a NUL byte\n");
}

TEST(Splitter, RefusesWhatOnlyAShellUnderstands) {
  EXPECT_EQ(error_of("SELECT 1;\n\\copy t FROM 'x'\n", postgres()),
            "a.sql:2:1: '\\copy' is a command of the database's shell, not SQL\n  note: \\copy t "
            "FROM 'x'\n"
            "  hint: remove the line, or write the SQL that it stands for (INSERT for a \\copy)");
  EXPECT_EQ(error_of("SELECT 1 \\gexec", postgres()).substr(0, 19), "a.sql:1:10: '\\gexec");
  EXPECT_EQ(
      error_of(".read x.sql", sqlite()),
      "a.sql:1:1: '.read' is a command of the database's shell, not SQL\n  note: .read x.sql\n"
      "  hint: remove the line, or write the SQL that it stands for");
  EXPECT_EQ(
      error_of("SELECT 1;\n-- data\nCOPY public.t (a, b) FROM stdin;\n1\tit's\n\\.\n", postgres()),
      "a.sql:3:1: COPY FROM stdin takes its rows from a shell, and none runs here\n"
      "  note: COPY public.t (a, b) FROM stdin;\n"
      "  hint: write INSERT statements, or load the rows with the database's shell");
  EXPECT_EQ(error_of("COPY (SELECT 1 FROM stdin) TO STDOUT", postgres()).substr(0, 37),
            "a.sql:1:1: COPY TO stdout prints rows");
  EXPECT_EQ(error_of("COPY t FROM '/tmp/x'; COPY (SELECT a FROM stdin) TO '/tmp/y'", postgres()),
            "");
}

TEST(Splitter, SkipsWhatGuardsADumpInTheShell) {
  EXPECT_EQ(split("-- dump\n\\restrict abc\n\nSELECT 1;\n\n\\unrestrict abc\n", postgres()),
            Texts{"SELECT 1"});
  EXPECT_EQ(error_of("\\restricted x", postgres()).substr(0, 25), "a.sql:1:1: '\\restricted' ");
}

TEST(Splitter, RecognisesTransactionControl) {
  for (const char* text :
       {"BEGIN", "begin immediate", "/* x */ COMMIT", "END", "ROLLBACK TO a", "START TRANSACTION",
        "SAVEPOINT a", "RELEASE a", "ABORT", "PREPARE TRANSACTION 'x'"}) {
    EXPECT_TRUE(is_transaction_control(text, postgres())) << text;
  }
  for (const char* text :
       {"", "SELECT 1", "START", "PREPARE p AS SELECT 1", "'BEGIN'", "SET TRANSACTION READ ONLY"}) {
    EXPECT_FALSE(is_transaction_control(text, postgres())) << text;
  }
}

TEST(Splitter, GivesLeadingWords) {
  EXPECT_EQ(leading_words("-- a\n create /* b */ Unique index \"x\" on t", 5, postgres()),
            (Texts{"CREATE", "UNIQUE", "INDEX"}));
  EXPECT_EQ(leading_words("a b c", 2, postgres()), (Texts{"A", "B"}));
  EXPECT_EQ(significant_texts("alter table \"T\".x -- c\n add", 9, postgres()),
            (Texts{"ALTER", "TABLE", "\"T\"", ".", "X", "ADD"}));
}

TEST(Splitter, LayoutIsNoContent) {
  EXPECT_EQ(
      without_layout(" SELECT  1 , -- c\n 'a  b' ;\r\n\tCREATE TABLE t (\n  a int\n); ", sqlite()),
      "SELECT 1,'a  b';CREATE TABLE t(a int);");
  EXPECT_EQ(without_layout("SELECT /*+ hint */ 1 /* c */", sqlite()), "SELECT /*+ hint */ 1");
  EXPECT_NE(without_layout("'a b'", sqlite()), without_layout("'a  b'", sqlite()));
  EXPECT_EQ(without_layout("SELECT 'a  ", sqlite()), "SELECT 'a  ");
}

TEST(Quote, DoublesTheMark) {
  EXPECT_EQ(quote_string("it's"), "'it''s'");
  EXPECT_EQ(quote_always("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(quote_always("a`b", '`'), "`a``b`");
}

}  // namespace cupel::sql
