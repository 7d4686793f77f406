// SPDX-License-Identifier: MIT
// Texts that only a server can tell to be the same: asked for together, once, and only if needed.
#include "diff/testing.hpp"

namespace cupel::diff {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)
using C = ColumnDefinition;
using model::Integer;

/// A server that puts every text into parentheses and drops blanks. Notes what it was asked.
class Server : public Normalizer {
 public:
  Schema as_server_writes(const Schema& part) override {
    asked.push_back(part);
    Schema result = part;
    for (model::Table& table : result.tables) rewrite(table);
    for (model::View& it : result.views) {
      rewrite(it.definition);
      it.columns.clear();
      for (model::Index& index : it.indexes) rewrite(index);
    }
    for (model::Function& it : result.functions) rewrite(it.definition);
    for (model::Trigger& it : result.triggers) rewrite(it.definition);
    for (model::Domain& it : result.domains) rewrite(it.definition);
    std::reverse(result.tables.begin(), result.tables.end());
    return result;
  }

  static void rewrite(std::string& text) {
    std::erase(text, ' ');
    if (!text.empty() && text.front() != '(') text = "(" + text + ")";
  }
  static void rewrite(model::Index& index) {
    rewrite(index.where);
    for (model::IndexElement& it : index.elements) rewrite(it.expression);
  }
  static void rewrite(model::Table& table) {
    for (model::Column& it : table.columns) {
      if (it.server_default && it.server_default->kind == model::ExpressionKind::Sql) {
        rewrite(it.server_default->text);
      }
      if (it.computed) rewrite(it.computed->expression);
    }
    for (model::Constraint& it : table.constraints) {
      if (auto* check = std::get_if<model::CheckConstraint>(&it)) rewrite(check->expression);
      auto* exclude = std::get_if<model::ExcludeConstraint>(&it);
      if (exclude == nullptr) continue;
      rewrite(exclude->where);
      for (auto& element : exclude->elements) rewrite(element.expression);
    }
    for (model::Index& it : table.indexes) rewrite(it);
    std::reverse(table.constraints.begin(), table.constraints.end());
  }

  std::vector<Schema> asked;
};

/// One of every text.
Schema written() {
  model::Table t = model::make_table(
      "t", {C("a", Integer()).server_default(model::text("1 + 1")),
            C("b", Integer()).computed("a + 1", true),
            model::CheckConstraint{.expression = "a > 0", .name = "ck"},
            model::CheckConstraint{.expression = "a > 1"},
            model::ExcludeConstraint{{{"", "a + 2", "=", ""}}, "ex", "", "a > 3"}});
  model::Index index{"ix", {model::expression("a + 3")}};
  index.where = "a > 4";
  t.indexes = {index};
  Schema schema = schema_of({table("plain"), t});
  schema.views = {{.name = "v", .definition = "SELECT a FROM t", .columns = {"x"}},
                  {.name = "m", .definition = "SELECT b FROM v", .materialized = true}};
  schema.views[1].indexes = {index};
  schema.functions = {{"f", "", "CREATE FUNCTION f() ..."}};
  schema.triggers = {{"tr", "t", "CREATE TRIGGER tr ON t EXECUTE FUNCTION f()"}};
  schema.domains = {{"d", "integer CHECK (VALUE > 0)"}};
  return schema;
}

Schema inspected() { return Server().as_server_writes(written()); }

TEST(DiffTexts, AreAskedForOnce) {
  Server server;
  Options options;
  options.normalizer = &server;
  const Difference difference = compare(inspected(), written(), DiffRules(), options);
  EXPECT_EQ(messages(difference), "");
  ASSERT_EQ(server.asked.size(), 1);
  const Schema& part = server.asked[0];
  ASSERT_EQ(part.tables.size(), 1);
  EXPECT_EQ(part.tables[0].name.name, "t");
  EXPECT_EQ(part.views.size(), 2);
  EXPECT_EQ(part.functions.size(), 1);
  EXPECT_EQ(part.triggers.size(), 1);
  EXPECT_EQ(part.domains.size(), 1);
}

TEST(DiffTexts, AreNotAskedForIfNothingDiffers) {
  Server server;
  Options options;
  options.normalizer = &server;
  EXPECT_TRUE(compare(inspected(), inspected(), DiffRules(), options).empty());
  Schema more = inspected();
  more.tables.push_back(table("new", {C("x", Integer()).check("x > 0")}));
  EXPECT_EQ(messages(compare(inspected(), more, DiffRules(), options)),
            "Detected added table 'new'");
  EXPECT_TRUE(server.asked.empty());
}

TEST(DiffTexts, ThatDifferAreFoundAsTheyWereWritten) {
  Server server;
  Options options;
  options.normalizer = &server;
  Schema to = written();
  std::get<model::CheckConstraint>(to.tables[1].constraints[0]).expression = "a > 9";
  to.views[0].definition = "SELECT a, b FROM t";
  const Difference difference = compare(inspected(), to, DiffRules(), options);
  EXPECT_EQ(server.asked.size(), 1);
  EXPECT_EQ(messages(difference),
            "Detected changed check constraint 'ck' on table 't': check constraint ck ((a>0)) to "
            "check constraint ck ((a>9))\n"
            "Detected changed view 'v'");
  const auto* view = std::get_if<ops::CreateView>(&difference.operations.back());
  ASSERT_NE(view, nullptr);
}

TEST(DiffTexts, BothSidesAreAskedForIfNeitherIsAServer) {
  Server server;
  Options options;
  options.normalizer = &server;
  options.from_is_inspected = false;
  Schema other = written();
  std::get<model::CheckConstraint>(other.tables[1].constraints[0]).expression = "(a>0)";
  other.views[0].definition = "SELECT  a  FROM  t";
  EXPECT_TRUE(compare(written(), other, DiffRules(), options).empty());
  EXPECT_EQ(server.asked.size(), 2);
}

TEST(DiffTexts, WhatTheyNeedGoesAlong) {
  Server server;
  Options options;
  options.normalizer = &server;
  Schema from = schema_of({table("t", {C("a", Integer()).check("(f(a)>0)", "ck")}),
                           table("seen", {C("x", Integer())})});
  from.views = {{.name = "v", .definition = "(SELECTxFROMseen)"}};
  Schema to = schema_of(
      {table("t", {C("a", Integer()).check("f(a) > 0", "ck"), C("m", model::Enum({"x"}, "mood"))}),
       table("seen", {C("x", Integer())})});
  to.functions = {{"f", "integer", "CREATE FUNCTION f(integer) AS $$SELECT g()$$"},
                  {"g", "", "CREATE FUNCTION g() ..."},
                  {"unrelated", "", "CREATE FUNCTION unrelated() ..."}};
  to.views = {{.name = "v", .definition = "SELECT x FROM seen"}};
  const Difference difference = compare(from, to, DiffRules(), options);
  EXPECT_EQ(difference.findings.size(), 5);  // three functions, a type and its column
  ASSERT_EQ(server.asked.size(), 1);
  const Schema& part = server.asked[0];
  EXPECT_EQ(part.tables.size(), 2);
  EXPECT_EQ(part.functions.size(), 2);
  EXPECT_EQ(part.enums.size(), 1);
}

}  // namespace
}  // namespace cupel::diff
