// SPDX-License-Identifier: MIT
#include "cupel/script/templates.hpp"

#include <gtest/gtest.h>

namespace cupel::script {
namespace {

Header header() {
  return {.revision = "1a2b",
          .down_revision = {"0f0e", "0d0c"},
          .message = "say \"hello\"",
          .created = "2026-02-04T10:15:00Z",
          .branch_labels = {"shop"},
          .depends_on = {"77"}};
}

Header base() { return {.revision = "1a-2b", .message = "first"}; }

}  // namespace

TEST(Templates, TheSqlTemplateReadsBack) {
  const std::string text =
      render_template(default_sql_template(), "t", {header(), "SELECT 1;\nSELECT 2;", "SELECT 3;"});
  EXPECT_EQ(text,
            "-- revision: 1a2b\n"
            "-- down_revision: 0f0e, 0d0c\n"
            "-- message: say \"hello\"\n"
            "-- created: 2026-02-04T10:15:00Z\n"
            "-- branch_labels: shop\n"
            "-- depends_on: 77\n"
            "\n"
            "-- cupel: upgrade\n"
            "SELECT 1;\n"
            "SELECT 2;\n"
            "\n"
            "-- cupel: downgrade\n"
            "SELECT 3;\n");
  const SqlScript script = parse_script(text, "a.sql");
  EXPECT_EQ(script.header, header());
  EXPECT_EQ(script.sections[0].body, "SELECT 1;\nSELECT 2;");
  EXPECT_EQ(render_sql_script(script), text);
}

TEST(Templates, WhatIsEmptyLeavesNoLine) {
  const std::string text = render_template(default_sql_template(), "t", {.header = base()});
  EXPECT_EQ(text,
            "-- revision: 1a-2b\n"
            "-- down_revision:\n"
            "-- message: first\n"
            "-- created:\n"
            "\n"
            "-- cupel: upgrade\n"
            "\n"
            "-- cupel: downgrade\n");
  EXPECT_EQ(parse_script(text, "a.sql").header, base());
}

TEST(Templates, TheCppTemplateIsARevision) {
  EXPECT_EQ(render_template(default_cpp_template(), "t",
                            {header(), "op.drop_table(\"a\");\nop.drop_table(\"b\");", ""}),
            "// revision: 1a2b\n"
            "// down_revision: 0f0e, 0d0c\n"
            "// message: say \"hello\"\n"
            "// created: 2026-02-04T10:15:00Z\n"
            "// branch_labels: shop\n"
            "// depends_on: 77\n"
            "#include <cupel/cupel.hpp>\n"
            "\n"
            "namespace migrations {\n"
            "\n"
            "using namespace cupel;\n"
            "using cupel::model::text;\n"
            "\n"
            "extern const Revision revision_1a2b{\n"
            "    .id = \"1a2b\",\n"
            "    .down_revision = {\"0f0e\", \"0d0c\"},\n"
            "    .message = \"say \\\"hello\\\"\",\n"
            "    .upgrade =\n"
            "        [](Operations& op) {\n"
            "          op.drop_table(\"a\");\n"
            "          op.drop_table(\"b\");\n"
            "        },\n"
            "    .downgrade =\n"
            "        [](Operations& op) {\n"
            "        },\n"
            "    .branch_labels = {\"shop\"},\n"
            "    .depends_on = {\"77\"},\n"
            "    .created = \"2026-02-04T10:15:00Z\",\n"
            "};\n"
            "\n"
            "}  // namespace migrations\n");
  const std::string plain = render_template(default_cpp_template(), "t", {.header = base()});
  EXPECT_NE(
      plain.find(
          "extern const Revision revision_1a_2b{\n    .id = \"1a-2b\",\n    .down_revision = {},\n"
          "    .message = \"first\",\n    .upgrade ="),
      std::string::npos);
  EXPECT_EQ(parse_header(plain, "a.cpp"), base());
}

TEST(Templates, MessagesBecomeOneLine) {
  EXPECT_EQ(one_line("  a\n\n b\tc\r\n"), "a b c");
  EXPECT_EQ(one_line("path C:\\"), "path C:");
  Header odd = base();
  odd.message = "a\n-- cupel: upgrade";
  EXPECT_EQ(parse_script(render_template(default_sql_template(), "t", {.header = odd}), "a.sql")
                .header.message,
            "a -- cupel: upgrade");
}

TEST(Templates, OtherBracesStandForThemselves) {
  EXPECT_EQ(render_template("f({ .x = {} }, {A}, {open_brace}revision} {{revision}}", "t",
                            {.header = base()}),
            "f({ .x = {} }, {A}, {revision} {1a-2b}");
}

TEST(Templates, AnUnknownPlaceholderIsAnError) {
  const auto error_of = [](std::string_view text) -> std::string {
    try {
      render_template(text, "script.sql.tmpl", {.header = base()});
    } catch (const InputError& error) {
      return error.to_string();
    }
    return "";
  };
  EXPECT_EQ(error_of("a\n  {mesage}\n"),
            "script.sql.tmpl:2:3: unknown placeholder '{mesage}'\n  note:   {mesage}\n  hint: did "
            "you mean '{message}'?");
  EXPECT_EQ(error_of("{qqqqq}"),
            "script.sql.tmpl:1:1: unknown placeholder '{qqqqq}'\n  note: {qqqqq}\n"
            "  hint: to print it as it is, write {open_brace}qqqqq}");
}

TEST(Templates, WhatNoLineCanHoldIsRefused) {
  const auto error_of = [](const NewRevision& revision) -> std::string {
    try {
      render_template(default_sql_template(), "t", revision);
    } catch (const UsageError& error) {
      return error.message();
    }
    return "";
  };
  EXPECT_EQ(error_of({.header = {.revision = "a b"}}), "'a b' cannot be a revision id");
  EXPECT_EQ(error_of({.header = {}}), "'' cannot be a revision id");
  EXPECT_EQ(error_of({.header = {.revision = "a", .branch_labels = {"b,c"}}}),
            "'b,c' cannot be a branch label");
  EXPECT_EQ(error_of({.header = {.revision = "a", .message = "gr\xFCn"}}),
            "the message is not UTF-8");
  EXPECT_EQ(error_of({.header = {.revision = "a"}, .upgrade = "SELECT '\n-- cupel: downgrade\n'"}),
            "a statement holds the line '-- cupel: downgrade', which would begin a section");
}

TEST(Templates, AScriptWithEverythingReadsBack) {
  const std::string text =
      "-- revision: a\n"
      "-- down_revision:\n"
      "-- message:\n"
      "-- created:\n"
      "-- cupel: idempotent\n"
      "-- cupel: allow X1 because so\n"
      "\n"
      "-- cupel: upgrade\n"
      "\n"
      "-- cupel: upgrade postgresql no transaction\n"
      "-- cupel: no transaction\n"
      "VACUUM;\n";
  EXPECT_EQ(render_sql_script(parse_script(text, "a.sql")), text);
}

}  // namespace cupel::script
