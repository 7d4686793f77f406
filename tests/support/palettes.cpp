// SPDX-License-Identifier: MIT
// What each database can hold. See schema_generator.hpp.
#include "dialect/postgres/ddl.hpp"
#include "dialect/sqlite/ddl.hpp"
#include "support/schema_generator.hpp"

namespace cupel::testing_support {
namespace {

using namespace model;  // NOLINT(google-build-using-namespace): a list of model values

using Checks = std::vector<TypeChoice::Check>;

/// The same text from people and from the server.
Checks same(const std::string& text) { return {{text, text}}; }

TypeChoice number(Type type, std::vector<Type> wider) {
  TypeChoice choice{
      .type = std::move(type),
      .defaults = {literal("5"), literal("-3"), literal("0")},
      .values = {"1", "2", "3", "-7"},
      .checks = {{"%c > -100", "%c>-100"}, {"(%c >= -9) AND (%c <= 9)", "%c between -9 and 9"}},
      .indexable = {"hash", "brin"}};
  choice.wider = std::move(wider);
  return choice;
}

std::vector<TypeChoice> postgres_numbers() {
  std::vector<TypeChoice> types{number(Integer(), {BigInteger(), Numeric()}),
                                number(SmallInteger(), {Integer(), BigInteger()}),
                                number(BigInteger(), {Numeric()})};
  for (TypeChoice& choice : types)
    choice.checks = {{"%c > '-100'::integer", "%c>-100"}, {"%c <> 77", "%c != 77"}};
  types[0].checks.push_back({"(%c >= '-9'::integer) AND (%c <= 9)", "%c between -9 and 9"});
  types[0].checks.push_back({"%c <> ALL (ARRAY[55, 56])", "%c not in (55, 56)"});
  const Checks decimals{{"%c > ('-100'::integer)::numeric", "%c > -100"}};
  for (const Type& type : {Numeric(), Numeric(10, 2), Numeric(6)})
    types.push_back({.type = type,
                     .defaults = {literal("1.5"), literal("0")},
                     .values = {"1", "2.25", "-3"},
                     .checks = decimals,
                     .indexable = {"hash"}});
  types[4].wider = {Numeric(12, 3), Numeric()};
  types.push_back({.type = Float(24),
                   .defaults = {literal("1.5")},
                   .values = {"1.5", "-2"},
                   .checks = {{"%c < (100)::double precision", "%c < 100"}},
                   .indexable = {"hash"},
                   .wider = {Double()}});
  types.push_back({.type = Double(),
                   .defaults = {literal("0.25")},
                   .values = {"0.25", "1e20"},
                   .checks = {{"%c < '1e+30'::double precision", "%c < 1e30::float8"}},
                   .indexable = {"brin"}});
  return types;
}

std::vector<TypeChoice> postgres_texts() {
  const std::vector<Expression> words{literal("x"), literal("it's \"q\" \\ ü %s :a"), literal("")};
  const std::vector<std::string> values{"'a'", "'b ü'", "''", "'C'"};
  const Checks checks{{"%c <> 'bad'::text", "%c <> 'bad'"},
                      {"lower(%c) <> 'x y'::text", "LOWER( %c )<>'x y'"},
                      {"%c <> ALL (ARRAY['p'::text, 'q'::text])", "%c not in ('p','q')"}};
  const Checks varying{
      {"(%c)::text <> 'bad'::text", "%c <> 'bad'"},
      // What the server makes of its own text for "%c not in ('p','q')".
      {"(%c)::text <> ALL (ARRAY[('p'::character varying)::text, ('q'::character varying)::text])",
       "%c not in ('p','q')"}};
  std::vector<TypeChoice> types{
      {.type = Text(), .defaults = words, .values = values, .checks = checks},
      {.type = String(40), .defaults = words, .values = values, .checks = varying},
      {.type = String(), .defaults = words, .values = values, .checks = varying},
      {.type = Char(5), .defaults = {literal("x")}, .values = {"'a'", "'abcde'"}, .checks = {}}};
  types[0].operator_classes = {"text_pattern_ops"};
  types[1].operator_classes = {"varchar_pattern_ops"};
  types[1].wider = {String(80), String(), Text()};
  types[2].wider = {Text()};
  for (TypeChoice& choice : types) choice.indexable = {"hash", "brin"};
  return types;
}

TypeChoice named(const char* name, std::vector<std::string> values, bool is_key,
                 std::vector<std::string> indexable = {}) {
  return {.type = Named(name),
          .defaults = {},
          .values = std::move(values),
          .checks = {},
          .is_key = is_key,
          .indexable = std::move(indexable)};
}

std::vector<TypeChoice> postgres_others() {
  std::vector<TypeChoice> types{
      {.type = Boolean(),
       .defaults = {true_value(), false_value()},
       .values = {"true", "false"},
       .checks = same("(%c IS NOT NULL) OR %c"),
       .indexable = {"hash"}},
      {.type = Date(),
       .defaults = {text("CURRENT_DATE"), literal("2020-02-29")},
       .values = {"'2020-01-01'", "'2021-12-31'"},
       .checks = {{"%c > '1900-01-01'::date", "%c > '1900-01-01'"}},
       .indexable = {"brin"},
       .wider = {DateTime()}},
      {.type = Time(), .defaults = {literal("12:30:00")}, .values = {"'01:02:03'"}},
      {.type = Time(kWithTimezone, 3), .defaults = {}, .values = {"'01:02:03+02'"}},
      {.type = DateTime(),
       .defaults = {now(), literal("2020-01-01 00:00:00")},
       .values = {"'2020-01-01 10:00'", "'2022-05-05'"},
       .checks = {{"%c > '1900-01-01 00:00:00'::timestamp without time zone", "%c > '1900-01-01'"}},
       .indexable = {"brin"}},
      {.type = DateTime(kWithTimezone), .defaults = {now()}, .values = {"'2020-01-01 10:00Z'"}},
      {.type = DateTime({false}, 3),
       .defaults = {now()},
       .values = {"'2020-01-01 10:00'"},
       .wider = {DateTime()}},
      {.type = Interval(), .defaults = {literal("1 day")}, .values = {"'2 days'"}},
      {.type = Interval("DAY TO SECOND", 2), .defaults = {}, .values = {"'2 days'"}},
      {.type = Uuid(),
       .defaults = {text("gen_random_uuid()")},
       .values = {"gen_random_uuid()"},
       .indexable = {"hash"}},
      {.type = LargeBinary(), .defaults = {literal("\\x00ff")}, .values = {"'\\x61'", "'x'"}},
      {.type = Json(), .defaults = {literal("{}")}, .values = {"'{\"a\": 1}'"}, .is_key = false},
      {.type = Array(Integer()),
       .defaults = {literal("{}")},
       .values = {"'{1,2}'"},
       .indexable = {"gin"}},
      {.type = Array(String(8), 2), .defaults = {}, .values = {"'{{a}}'"}},
      named("INET", {"'10.0.0.1'"}, true),
      named("CIDR", {"'10.0.0.0/8'"}, true),
      named("BIT(3)", {"B'101'"}, true),
      named("BIT VARYING(5)", {"B'10'"}, true),
      named("MONEY", {"1.5"}, true),
      named("INT4RANGE", {"'[1,5)'"}, true, {"gist"}),
      named("TSVECTOR", {"'a b'"}, true, {"gin", "gist"}),
      named("POINT", {"'(1,2)'"}, false, {"gist"}),
      named("MACADDR", {"'08:00:2b:01:02:03'"}, true),
      named("XML", {"'<a/>'"}, false)};
  TypeChoice jsonb = named("JSONB", {"'{\"a\": 1}'", "'[]'"}, true, {"gin"});
  jsonb.defaults = {literal("{}"), literal("[]"), text("jsonb_build_object()")};
  jsonb.checks = {{"(%c ->> 'k'::text) <> 'v'::text", "%c ->> 'k' <> 'v'"}};
  jsonb.operator_classes = {};
  types.push_back(jsonb);
  return types;
}

void append(std::vector<TypeChoice>& types, std::vector<TypeChoice> more) {
  for (TypeChoice& choice : more) types.push_back(std::move(choice));
}

std::vector<TypeChoice> sqlite_types() {
  std::vector<TypeChoice> types{number(Integer(), {BigInteger(), Numeric(), Text()}),
                                number(SmallInteger(), {Integer()}),
                                number(BigInteger(), {Integer()}),
                                number(Named("INT"), {Integer()}),
                                number(Numeric(10, 2), {Numeric()}),
                                number(Numeric(), {Numeric(12, 3)})};
  for (TypeChoice& choice : types) choice.indexable.clear();
  const std::vector<Expression> words{literal("x"), literal("it's \"q\" \\ ü %s"), literal(""),
                                      text("'a' || 'b'")};
  const std::vector<std::string> values{"'a'", "'b ü'", "''", "NULL"};
  const Checks checks{{"%c <> 'bad'", "%c<>'bad'"},
                      {"lower(%c) NOT IN ('p', 'q')", "lower(%c) not in ('p','q')"},
                      {"length(%c) < 1000", "length( %c )<1000"}};
  for (const Type& type : {Type(Text()), Type(String(40)), Type(Char(5)), Type(Named("CLOB")),
                           Type(Named("LONG VARCHAR")), Type()})
    types.push_back({.type = type,
                     .defaults = words,
                     .values = values,
                     .checks = checks,
                     .wider = {Text(), String(99)}});
  types.push_back({.type = Boolean(),
                   .defaults = {text("1"), text("0")},
                   .values = {"1", "0"},
                   .checks = same("%c IN (0, 1)")});
  types.push_back({.type = DateTime(),
                   .defaults = {now()},
                   .values = {"'2020-01-01 00:00:00'"},
                   .wider = {Timestamp()}});
  types.push_back({.type = Date(), .defaults = {text("CURRENT_DATE")}, .values = {"'2020-01-01'"}});
  types.push_back({.type = LargeBinary(), .defaults = {text("x'00ff'")}, .values = {"x'61'"}});
  types.push_back({.type = Json(), .defaults = {literal("{}")}, .values = {"'{}'"}});
  for (const Type& type : {Type(Float()), Type(Double()), Type(Named("REAL"))})
    types.push_back(
        {.type = type, .defaults = {literal("1.5")}, .values = {"1.5", "-2e10"}, .checks = {}});
  types.push_back({.type = Time(), .values = {"'10:00:00'"}});
  types.push_back({.type = Timestamp(), .defaults = {now()}, .values = {"'2020-01-01'"}});
  types.push_back({.type = Binary(16), .values = {"x'00'"}});
  return types;
}

}  // namespace

Palette postgres_palette() {
  Palette palette{.writer = &dialect::postgres::writer(),
                  .types = postgres_numbers(),
                  .collations = {"C", "POSIX"},
                  .schemas = {"app", "Odd Schema"},
                  .has_comments = true,
                  .has_server_features = true};
  append(palette.types, postgres_texts());
  append(palette.types, postgres_others());
  return palette;
}

Palette sqlite_palette() {
  return {.writer = &dialect::sqlite::writer(),
          .types = sqlite_types(),
          .collations = {"NOCASE", "RTRIM"},
          .schemas = {},
          .has_comments = false,
          .has_file_features = true};
}

}  // namespace cupel::testing_support
