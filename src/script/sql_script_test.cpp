// SPDX-License-Identifier: MIT
#include "cupel/script/sql_script.hpp"

#include <gtest/gtest.h>

#include <array>

#include "dialect/postgres/lex.hpp"
#include "dialect/sqlite/lex.hpp"

namespace cupel::script {
namespace {

const sql::LexRules& postgres() { return dialect::postgres::lex_rules(); }
const sql::LexRules& sqlite() { return dialect::sqlite::lex_rules(); }

constexpr std::string_view kScript =
    "-- revision: 1a2b\n"
    "-- down_revision: 0f0e, 0d0c\n"
    "-- message: add phone: to users\n"
    "-- created: 2026-02-04T10:15:00Z\n"
    "-- branch_labels: shop\n"
    "-- depends_on: 77,88\n"
    "\n"
    "-- cupel: upgrade\n"
    "\n"
    "  ALTER TABLE users ADD COLUMN phone text;\n"
    "\n"
    "-- cupel: downgrade\n"
    "ALTER TABLE users DROP COLUMN phone;\n";

const std::string kHead = "-- revision: a\n";
const std::string kUp = kHead + "-- cupel: upgrade\n";

SqlScript parse(std::string_view text) { return parse_script(text, "v/a.sql"); }

/// The whole error of reading and splitting, or "".
std::string error_of(std::string_view text, const ParseOptions& options = {}) {
  try {
    const SqlScript script = parse_script(text, "a.sql", options);
    for (const Section& section : script.sections) split_section(script, section, postgres());
  } catch (const InputError& error) {
    return error.to_string();
  }
  return "";
}

std::vector<std::string> names(std::initializer_list<const char*> list) {
  return {list.begin(), list.end()};
}

}  // namespace

TEST(Script, ReadsAWholeFile) {
  const SqlScript script = parse(kScript);
  EXPECT_EQ(script.path, "v/a.sql");
  EXPECT_EQ(script.header.revision, "1a2b");
  EXPECT_EQ(script.header.down_revision, names({"0f0e", "0d0c"}));
  EXPECT_EQ(script.header.message, "add phone: to users");
  EXPECT_EQ(script.header.created, "2026-02-04T10:15:00Z");
  EXPECT_EQ(script.header.branch_labels, names({"shop"}));
  EXPECT_EQ(script.header.depends_on, names({"77", "88"}));
  EXPECT_FALSE(script.no_transaction);
  ASSERT_EQ(script.sections.size(), 2u);
  EXPECT_EQ(script.sections[0].direction, Direction::Upgrade);
  EXPECT_EQ(script.sections[0].body, "  ALTER TABLE users ADD COLUMN phone text;");
  EXPECT_EQ(script.sections[0].line, 10u);
  EXPECT_EQ(kScript.substr(script.sections[0].offset, 7), "  ALTER");
  EXPECT_EQ(script.sections[1].direction, Direction::Downgrade);
  EXPECT_EQ(script.sections[1].body, "ALTER TABLE users DROP COLUMN phone;");
  EXPECT_EQ(script.sections[1].line, 13u);
  EXPECT_EQ(parse_header(kScript, "v/a.sql"), script.header);
}

TEST(Script, ABaseAndAnEmptySectionAreFine) {
  const SqlScript script = parse("-- revision: a\n-- down_revision:\n-- cupel: upgrade");
  EXPECT_TRUE(script.header.down_revision.empty());
  ASSERT_EQ(script.sections.size(), 1u);
  EXPECT_EQ(script.sections[0].body, "");
  EXPECT_TRUE(split_section(script, script.sections[0], postgres()).empty());
}

TEST(Script, ByteOrderMarkAndCrlfMakeNoDifference) {
  std::string dos = "\xEF\xBB\xBF";
  for (const char c : kScript) dos += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_EQ(parse(dos), parse(kScript));
  EXPECT_EQ(parse_header(dos, "a.sql"), parse_header(kScript, "a.sql"));
}

TEST(Script, LineEndsConvertedTwiceAreLineEnds) {
  EXPECT_EQ(parse(kUp + "SELECT\r\r\r\n1;").sections[0].body, "SELECT\n1;");
  EXPECT_EQ(parse(kUp + "SELECT\r1;").sections[0].body, "SELECT\r1;");
}

TEST(Script, HeaderTakesOrdinaryCommentsAround) {
  const SqlScript script = parse(
      "/* Copyright: us\n   revision: none */\n-- SPDX-License-Identifier: MIT\n\n-- Why: "
      "because.\n"
      "-- Revision: a\n-- created by me\n-- https://example.org/x\n\n-- cupel: upgrade\n");
  EXPECT_EQ(script.header.revision, "a");
  EXPECT_EQ(script.header.created, "");
}

TEST(Script, ReadsTheHeaderOfACppFile) {
  const Header header = parse_header(
      "// revision: a\n// down_revision: b\n// message: m\n#include <x>\n// revision: z\n",
      "a.cpp");
  EXPECT_EQ(header.revision, "a");
  EXPECT_EQ(header.down_revision, names({"b"}));
  EXPECT_EQ(find_header("// helper functions\n#include <x>\n// revision: a\n", "a.cpp"),
            std::nullopt);
  EXPECT_EQ(find_header("", "a.cpp"), std::nullopt);
}

TEST(Script, ReadsDirectives) {
  const SqlScript script = parse(
      "-- revision: a\n"
      "--cupel:no   transaction\n"
      "-- Cupel: Allow dd001, DD002 because the table is new\n"
      "\n"
      "-- cupel: upgrade\n"
      "-- cupel: upgrade PostgreSQL idempotent\n"
      "-- cupel: downgrade sqlite no transaction\n"
      "-- cupel: downgrade\n"
      "-- cupel: idempotent\n");
  EXPECT_TRUE(script.no_transaction);
  EXPECT_FALSE(script.idempotent);
  EXPECT_EQ(script.allows,
            (std::vector<Allow>{{"DD001", "the table is new"}, {"DD002", "the table is new"}}));
  ASSERT_EQ(script.sections.size(), 4u);
  EXPECT_EQ(script.sections[1].dialect, "postgresql");
  EXPECT_TRUE(script.sections[1].idempotent);
  EXPECT_FALSE(script.sections[0].idempotent);
  EXPECT_EQ(script.sections[2].dialect, "sqlite");
  EXPECT_TRUE(script.sections[3].no_transaction);
  EXPECT_TRUE(script.sections[3].idempotent);
}

TEST(Script, TheDatabasesOwnSectionWins) {
  const SqlScript script = parse(
      kUp + "SELECT 1;\n-- cupel: upgrade postgresql\nSELECT 2;\n-- cupel: downgrade sqlite\n");
  constexpr std::array<std::string_view, 2> kPostgres{"postgresql", "postgres"};
  constexpr std::array<std::string_view, 1> kSqlite{"sqlite"};
  EXPECT_EQ(select_section(script, Direction::Upgrade, kPostgres)->body, "SELECT 2;");
  EXPECT_EQ(select_section(script, Direction::Upgrade, kSqlite)->body, "SELECT 1;");
  EXPECT_EQ(select_section(script, Direction::Downgrade, kPostgres), nullptr);
  EXPECT_NE(select_section(script, Direction::Downgrade, kSqlite), nullptr);
}

TEST(Script, StatementsKnowTheirDirectivesAndPlaces) {
  const std::string text = kUp +
                           "SELECT 1;\n"
                           "-- cupel: no transaction\n"
                           "-- cupel: allow X1 because it is slow\n"
                           "VACUUM;\n"
                           "SELECT '-- cupel: no transaction'\n";
  const SqlScript script = parse(text);
  const std::vector<ScriptStatement> statements =
      split_section(script, script.sections[0], postgres());
  ASSERT_EQ(statements.size(), 3u);
  EXPECT_FALSE(statements[0].no_transaction);
  EXPECT_TRUE(statements[1].no_transaction);
  EXPECT_EQ(statements[1].allows, (std::vector<Allow>{{"X1", "it is slow"}}));
  EXPECT_EQ(statements[1].sql.line, 6u);
  EXPECT_EQ(text.substr(statements[1].sql.offset, statements[1].sql.text.size()),
            statements[1].sql.text);
  EXPECT_FALSE(statements[2].no_transaction);
  EXPECT_EQ(statements[2].sql.line, 7u);
}

TEST(ScriptErrors, HeaderMistakesHavePlaceAndHint) {
  EXPECT_EQ(error_of("-- revision: a\n-- depend_on: b\n-- cupel: upgrade\n"),
            "a.sql:2:4: unknown key 'depend_on' in the header\n  note: -- depend_on: b\n"
            "  hint: did you mean 'depends_on'?");
  EXPECT_EQ(error_of("-- revision: a\n--  revision: b\n"),
            "a.sql:2:5: 'revision' is given twice\n  note: --  revision: b\n  hint: keep one of "
            "the lines");
  EXPECT_EQ(error_of("-- revision a1b2\n"),
            "a.sql:1:4: 'revision' without a colon\n  note: -- revision a1b2\n  hint: write "
            "'revision: a1b2'");
  EXPECT_EQ(error_of("-- message: x\n-- cupel: upgrade\n"),
            "a.sql:1:1: the header has no 'revision'\n  note: -- message: x\n"
            "  hint: write '-- revision: ' and the id in the first line");
  EXPECT_EQ(
      error_of("SELECT 1;\n"),
      "a.sql:1:1: no header: expected '-- revision: ...' in the first lines\n  note: SELECT 1;\n"
      "  hint: write '-- revision: ' and the id in the first line");
  EXPECT_EQ(error_of(""),
            "a.sql:1:1: no header: expected '-- revision: ...' in the first lines\n"
            "  hint: write '-- revision: ' and the id in the first line");
  EXPECT_EQ(error_of("-- revision:\n"),
            "a.sql:1:4: 'revision' is empty\n  note: -- revision:\n  hint: write the id behind the "
            "colon");
  EXPECT_EQ(error_of("-- revision: a, b\n"),
            "a.sql:1:14: 'revision' holds 2 ids, expected one\n  note: -- revision: a, b");
  EXPECT_EQ(error_of("-- revision: a\n-- down_revision: b (the first)\n"),
            "a.sql:2:19: 'b (the first)' is no name: it has a space\n  note: -- down_revision: b "
            "(the first)\n"
            "  hint: separate several names by commas");
  EXPECT_EQ(error_of("-- revision: a\n-- down_revision: None\n"),
            "a.sql:2:19: 'None' is no name\n  note: -- down_revision: None\n"
            "  hint: leave it empty if there is none");
}

TEST(ScriptErrors, DirectiveMistakesHavePlaceAndHint) {
  EXPECT_EQ(error_of(kHead + "-- cupel: upgrad\n"),
            "a.sql:2:11: unknown directive 'upgrad'\n  note: -- cupel: upgrad\n  hint: did you "
            "mean 'upgrade'?");
  EXPECT_EQ(error_of(kUp + "-- cupel: no transactions\n").substr(0, 49),
            "a.sql:3:11: unknown directive 'no transactions'\n ");
  EXPECT_EQ(error_of(kUp + "-- cupel: frobnicate\n"),
            "a.sql:3:11: unknown directive 'frobnicate'\n  note: -- cupel: frobnicate\n"
            "  hint: there are: upgrade, downgrade, no transaction, idempotent, backfill, allow "
            "CODE because "
            "REASON");
  EXPECT_EQ(error_of(kHead + "-- cupel:\n").substr(0, 30), "a.sql:2:10: an empty directive");
  EXPECT_EQ(error_of(kHead + "-- cupel upgrade\n"),
            "a.sql:2:1: a directive without a colon\n  note: -- cupel upgrade\n  hint: write: -- "
            "cupel: upgrade");
  EXPECT_EQ(
      error_of(kHead + "-- cupel: upgrade sqlite twice\n"),
      "a.sql:2:11: unexpected 'twice' behind 'sqlite'\n  note: -- cupel: upgrade sqlite twice\n"
      "  hint: write: -- cupel: upgrade [database] [no transaction] [idempotent]");
  EXPECT_EQ(error_of(kUp + "-- cupel: allow X1\n"),
            "a.sql:3:11: 'allow' without a reason\n  note: -- cupel: allow X1\n"
            "  hint: write: -- cupel: allow CODE because REASON");
  EXPECT_EQ(error_of(kUp + "-- cupel: allow because\n").substr(0, 36),
            "a.sql:3:11: 'allow' without a reason");
  EXPECT_EQ(error_of(kUp + "-- cupel: allow because x\n").substr(0, 34),
            "a.sql:3:11: 'allow' without a code");
  EXPECT_EQ(error_of(kUp + "-- cupel: allow X 1 because x\n").substr(0, 30),
            "a.sql:3:11: 'X 1' is no code\n ");
}

TEST(ScriptErrors, DirectivesStandDirectlyBeforeStatements) {
  EXPECT_EQ(
      error_of(kUp + "SELECT 1\n-- cupel: no transaction\n, 2;\n"),
      "a.sql:4:1: 'no transaction' stands inside of a statement\n  note: -- cupel: no transaction\n"
      "  hint: move it directly before the statement that it is for");
  EXPECT_EQ(error_of(kUp + "SELECT 1;\n-- cupel: no transaction\n"),
            "a.sql:4:1: 'no transaction' stands behind the last statement\n  note: -- cupel: no "
            "transaction\n"
            "  hint: move it directly before the statement that it is for");
  EXPECT_EQ(error_of(kUp + "SELECT 1; -- cupel: no transaction\nSELECT 2"),
            "a.sql:3:11: 'no transaction' stands behind something else\n  note: SELECT 1; -- "
            "cupel: no transaction\n"
            "  hint: give it a line of its own, directly before the statement that it is for");
}

TEST(ScriptErrors, SectionMistakesHavePlaceAndHint) {
  EXPECT_EQ(error_of("-- revision: a\n\n-- note\nSELECT 1;\n-- cupel: upgrade\n"),
            "a.sql:4:1: SQL outside of the sections\n  note: SELECT 1;\n  hint: write '-- cupel: "
            "upgrade' above it");
  EXPECT_EQ(
      error_of("-- revision: a\n"),
      "a.sql: no section for upgrade\n  hint: write '-- cupel: upgrade' above the statements");
  EXPECT_EQ(error_of("-- revision: a\n-- cupel: downgrade\n").substr(0, 30),
            "a.sql: no section for upgrade\n");
  EXPECT_EQ(error_of(kUp + "SELECT 1;\n-- cupel: upgrade\n"),
            "a.sql:4:11: a second section 'upgrade'\n  note: -- cupel: upgrade\n"
            "  hint: put its statements into the first, at line 3");
  const std::vector<std::string_view> known{"postgresql", "sqlite"};
  EXPECT_EQ(error_of(kHead + "-- cupel: upgrade postgres\n", {known}),
            "a.sql:2:11: a section for an unknown database 'postgres'\n  note: -- cupel: upgrade "
            "postgres\n"
            "  hint: did you mean 'postgresql'?");
  EXPECT_EQ(error_of(kHead + "-- cupel: upgrade oracle\n", {known}).substr(54),
            "\n  note: -- cupel: upgrade oracle\n  hint: there are: 'postgresql', 'sqlite'");
}

TEST(ScriptErrors, EncodingMistakesHavePlaceAndHint) {
  EXPECT_EQ(error_of(kUp + "SELECT 'gr\xFCn';\n"),
            "a.sql:3:11: not UTF-8: byte 0xFC at offset 43, as in Latin-1\n  hint: save the file "
            "as UTF-8");
  EXPECT_EQ(error_of("-- revision: a\n-- message: gr\xFCn\n-- cupel: upgrade\n"),
            "a.sql:2:15: not UTF-8: byte 0xFC at offset 29, as in Latin-1\n  hint: save the file "
            "as UTF-8");
  EXPECT_EQ(
      error_of(std::string("\xFF\xFE-\0-\0", 6)),
      "a.sql:1:1: not UTF-8: byte 0xFF at offset 0, as in UTF-16\n  hint: save the file as UTF-8");
  EXPECT_EQ(error_of(kUp + std::string("SELECT\0 1", 9)),
            "a.sql:3:7: a NUL byte at offset 39\n  hint: save the file as UTF-8 text");
}

TEST(ScriptErrors, SqlMistakesHaveThePlaceInTheFile) {
  EXPECT_EQ(error_of(kUp + "\nSELECT 1;\n  SELECT 'a\n"),
            "a.sql:5:10: the string that begins here is never closed\n  note:   SELECT 'a");
}

TEST(ScriptChecksum, LayoutCommentsAndHeaderDoNotCount) {
  const std::string one = script_checksum(parse(kScript), sqlite());
  const auto of = [](const std::string& header, const std::string& up, const std::string& down) {
    return script_checksum(
        parse(header + "-- cupel: upgrade\n" + up + "\n-- cupel: downgrade\n" + down), sqlite());
  };
  const std::string up = "ALTER TABLE users ADD COLUMN phone text;";
  const std::string down = "ALTER TABLE users DROP COLUMN phone;";
  EXPECT_EQ(of("-- revision: 1a2b\n", up, down), one);
  EXPECT_EQ(of(kHead, "-- c\r\nALTER TABLE users\r\n\tADD  COLUMN /* c */ phone text ; \r\n",
               down + "-- end"),
            one);
  EXPECT_EQ(of(kHead, "ALTER TABLE users ADD COLUMN phone text", down), one);
  EXPECT_EQ(of(kHead, "-- cupel: allow X1 because so\n" + up, down), one);
  EXPECT_NE(of(kHead, "-- cupel: no transaction\n" + up, down), one);
  EXPECT_NE(of(kHead + "-- cupel: no transaction\n", up, down), one);
  EXPECT_NE(of(kHead, up + "SELECT 1;", down), one);
  EXPECT_NE(of(kHead, up, "SELECT 1"), one);
  EXPECT_NE(of(kHead, "SELECT 'a b'", ""), of(kHead, "SELECT 'a  b'", ""));
}

TEST(ScriptChecksum, IsTheSameInEveryVersionOfCupel) {
  EXPECT_EQ(script_checksum(parse(kScript), sqlite()), "20d1e0faecb6f3189f31c06bf720de21");
}

TEST(ScriptChecksum, OnlyWhatThisDatabaseRunsCounts) {
  constexpr std::array<std::string_view, 1> kSqlite{"sqlite"};
  const auto of = [&](const std::string& tail) {
    return script_checksum(parse(kUp + tail), sqlite(), kSqlite);
  };
  const std::string one = of("SELECT 1;\n-- cupel: upgrade postgresql\nSELECT 2;");
  EXPECT_EQ(of("SELECT 1;\n-- cupel: upgrade postgresql\nSELECT $$3;"), one);
  EXPECT_EQ(of("SELECT 1;"), one);
  EXPECT_NE(of("SELECT 1;\n-- cupel: upgrade sqlite\nSELECT 2;"), one);
}

}  // namespace cupel::script
