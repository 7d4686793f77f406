// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cupel/base/error.hpp"
#include "cupel/models.hpp"

namespace shop {

enum class Mood { sad, ok };
inline cupel::EnumNames enum_names(Mood) { return {"mood", {"sad", "ok"}}; }

struct Money {
  std::int64_t cents = 0;
};

}  // namespace shop

template <>
struct cupel::mapping::TypeOf<shop::Money> {
  static cupel::model::Type type() { return cupel::model::Numeric(12, 2); }
};

namespace cupel::mapping {
namespace {

using model::text;

template <typename T>
std::string type_of() {
  return to_string(TypeOf<T>::type());
}

TEST(MappedTypes, ComeFromTheMember) {
  using namespace std::chrono;
  EXPECT_EQ(type_of<bool>(), "Boolean");
  EXPECT_EQ(type_of<std::int8_t>(), "SmallInteger");
  EXPECT_EQ(type_of<std::uint8_t>(), "SmallInteger");
  EXPECT_EQ(type_of<std::int16_t>(), "SmallInteger");
  EXPECT_EQ(type_of<std::uint16_t>(), "Integer");
  EXPECT_EQ(type_of<std::int32_t>(), "Integer");
  EXPECT_EQ(type_of<std::uint32_t>(), "BigInteger");
  EXPECT_EQ(type_of<std::int64_t>(), "BigInteger");
  EXPECT_EQ(type_of<long long>(), "BigInteger");
  EXPECT_EQ(type_of<std::uint64_t>(), "Numeric(20, 0)");
  EXPECT_EQ(type_of<float>(), "Float(24)");
  EXPECT_EQ(type_of<double>(), "Double");
  EXPECT_EQ(type_of<std::string>(), "String");
  EXPECT_EQ(type_of<std::optional<std::string>>(), "String");
  EXPECT_EQ(type_of<std::vector<std::byte>>(), "LargeBinary");
  EXPECT_EQ(type_of<std::vector<std::uint8_t>>(), "LargeBinary");
  EXPECT_EQ((type_of<std::array<std::byte, 16>>()), "Uuid");
  EXPECT_EQ((type_of<std::array<std::uint8_t, 16>>()), "Uuid");
  EXPECT_EQ(type_of<std::vector<int>>(), to_string(model::Array(model::Integer())));
  EXPECT_EQ(type_of<std::vector<std::vector<std::optional<std::string>>>>(),
            to_string(model::Array(model::String(), 2)));
  EXPECT_EQ(type_of<system_clock::time_point>(), "DateTime(timezone)");
  EXPECT_EQ(type_of<sys_seconds>(), "DateTime(timezone)");
  EXPECT_EQ(type_of<local_seconds>(), "DateTime");
  EXPECT_EQ(type_of<sys_days>(), "Date");
  EXPECT_EQ(type_of<local_days>(), "Date");
  EXPECT_EQ(type_of<year_month_day>(), "Date");
  EXPECT_EQ(type_of<hh_mm_ss<seconds>>(), "Time");
  EXPECT_EQ(type_of<milliseconds>(), "Interval");
  EXPECT_EQ(type_of<nlohmann::json>(), "Json");
  EXPECT_EQ(type_of<std::optional<shop::Mood>>(), to_string(model::Enum({"sad", "ok"}, "mood")));
  EXPECT_EQ(type_of<shop::Money>(), "Numeric(12, 2)");
}

enum class Unnamed { a };
static_assert(!Typed<Unnamed> && !Typed<char> && !Typed<const char*> && !Typed<int*>);
static_assert(!Typed<std::string_view> && !Typed<std::vector<char>> && !Typed<long double>);
static_assert(!Typed<std::optional<Unnamed>> && !Typed<std::array<std::byte, 4>>);

struct LlmSetting {
  std::int64_t id = 0;
  std::string provider;
  std::optional<std::string> note;
  int timeout = 30;
};

TEST(Map, TheExampleOfTheDesign) {
  model::Schema schema;
  schema.add(map<LlmSetting>("llm_setting", column("id", &LlmSetting::id).primary_key(),
                             column("provider", &LlmSetting::provider).index(),
                             column("note", &LlmSetting::note),
                             column("timeout", &LlmSetting::timeout).server_default("30")));
  EXPECT_EQ(to_string(schema), R"(table llm_setting
  column id BigInteger not null
  column provider String not null
  column note String
  column timeout Integer not null default '30'
  primary key (id)
  index ix_llm_setting_provider (provider))");
}

/// What several tables have.
struct Entity {
  std::int32_t id = 0;
  std::string name;
};
struct Stamped {
  std::chrono::system_clock::time_point created;
};
template <typename T>
Parts entity_parts() {
  return parts<T>(column("id", &T::id).primary_key(), column("name", &T::name).length(40));
}
struct User : Entity, Stamped {
  shop::Mood mood = shop::Mood::ok;
  std::optional<int> age;
  double score = 0;
};

TEST(Map, MembersOfBaseClassesAreMembers) {
  const model::Table table =
      map<User>({"app", "users"}, entity_parts<User>(),
                column("created", &User::created).server_default(model::now()),
                column("mood", &User::mood),
                index(&User::name, key(&User::created).desc().nulls_last()),
                named("uq_both", unique(&User::created, "name")))
          .make();
  EXPECT_EQ(to_string(table), R"(table app.users
  column id Integer not null
  column name String(40) not null
  column created DateTime(timezone) not null default now
  column mood )" + to_string(model::Enum({"sad", "ok"}, "mood")) +
                                  R"( not null
  primary key (id)
  unique constraint uq_both (created, name)
  index ix_app_users_name (name, created desc nulls last))");
}

TEST(Map, EveryOptionOfAColumnCanBeSaid) {
  const model::Table table =
      map<User>("users",
                column("id", &User::id, model::SmallInteger())
                    .identity({.always = true, .start = 5})
                    .autoincrement(false)
                    .comment("who"),
                column("name", &User::name)
                    .type(model::Text())
                    .collate("C")
                    .nullable()
                    .unique()
                    .check("name <> ''", "ck_name")
                    .references("people.name", {.name = "fk_name", .match = "FULL"})
                    .on_delete("CASCADE")
                    .on_update("SET NULL"),
                column("created", &User::created).precision(3).server_default(text("now()")),
                column("age", &User::age).not_null("IGNORE").server_default(18),
                column("score", &User::score).computed("age * 2", true))
          .make();
  EXPECT_EQ(to_string(table), R"(table users
  column id SmallInteger not null identity always start 5 no autoincrement comment 'who'
  column name Text collate C
  column created DateTime(3, timezone) not null default now()
  column age Integer not null on conflict IGNORE default 18
  column score Double not null computed (age * 2) stored
  check constraint ck_name (name <> '') at column name
  unique constraint (name)
  foreign key fk_name (name) references people (name) match full on delete cascade on update set null)");
}

TEST(Map, EveryOptionOfATableCanBeSaid) {
  const model::TableDefinition definition =
      map<Entity>("t", column("a", &Entity::id), column("b", &Entity::name),
                  named("pk", primary_key(&Entity::id, &Entity::name)),
                  foreign_key(columns(&Entity::id, "b"), {"app", "pairs"}, {"x", "y"}, "CASCADE"),
                  check("a > 0"),
                  model::ExcludeConstraint{
                      .elements = {{.column = member(&Entity::id), .with_operator = "="}}},
                  model::UniqueConstraint{.columns = columns(&Entity::name),
                                          .include = columns(&Entity::id)},
                  model::Index{.name = "ix",
                               .elements = {key("b"), model::expression("lower(b)")},
                               .include = columns(&Entity::id)})
          .comment("c")
          .temporary()
          .unlogged()
          .autoincrement()
          .without_rowid()
          .strict()
          .partition_by("RANGE (a)")
          .partition_of("parent", "DEFAULT")
          .inherits("base")
          .tablespace("fast")
          .with("fillfactor", "70")
          .option("mysql_engine", "InnoDB");
  EXPECT_EQ(to_string(definition.make()),
            "table t temporary unlogged autoincrement without rowid strict partition by RANGE (a) "
            "partition of parent DEFAULT inherits base tablespace fast with (fillfactor=70) "
            "options (mysql_engine=InnoDB) comment 'c'"
            R"(
  column a Integer not null
  column b String not null
  primary key pk (a, b)
  foreign key (a, b) references app.pairs (x, y) on delete cascade
  check constraint (a > 0)
  exclude constraint (a with =)
  unique constraint (b) include (a)
  index ix (b, (lower(b))) include (a))");
}

TEST(Map, NumbersAndTruthValuesAreDefaultsAsTheyAre) {
  model::ColumnDefinition column("a", model::Integer());
  EXPECT_EQ(column.server_default(0).column.server_default, text("0"));
  EXPECT_EQ(column.server_default(-1.5).column.server_default, text("-1.5"));
  EXPECT_EQ(column.server_default(std::uint64_t{1} << 63).column.server_default,
            text("9223372036854775808"));
  EXPECT_EQ(column.server_default(true).column.server_default, model::true_value());
  EXPECT_EQ(column.server_default("x").column.server_default, model::literal("x"));
}

TEST(Map, TheSchemasConventionNamesWhatHasNoName) {
  model::Schema schema;
  schema.hints.naming.uq = "uq_%(table_name)s_%(column_0_name)s";
  schema.add(map<Entity>("t", column("id", &Entity::id).unique()));
  EXPECT_EQ(model::name_of(schema.tables[0].constraints[0]), "uq_t_id");
}

TEST(Map, FormerNamesAreHints) {
  model::Schema schema;
  schema.add(map<Entity>({"app", "people"}, column("id", &Entity::id).renamed_from("key"))
                 .renamed_from("users"));
  const std::vector<model::FormerName> wanted{{{"app", "people"}, "id", "key"},
                                              {{"app", "people"}, "", "users"}};
  EXPECT_EQ(schema.hints.former_names, wanted);
  model::Schema same;
  same.add(map<Entity>({"app", "people"}, column("id", &Entity::id)));
  EXPECT_TRUE(schema == same);
}

std::string refused(const std::function<void()>& action) {
  try {
    action();
  } catch (const UsageError& error) {
    return error.to_string();
  }
  return "accepted";
}

TEST(Map, MistakesAreNamed) {
  EXPECT_EQ(refused([] { map<User>("users", column("id", &User::id), unique(&User::name)); }),
            "table 'users': a unique constraint speaks of a member that is no column of it\n"
            "  hint: map it with column(name, member), or take it out");
  EXPECT_EQ(refused([] { map<User>("users", column("a", &User::id), column("b", &User::id)); }),
            "table 'users': columns 'a' and 'b' are the same member\n"
            "  hint: one of them means another member");
  EXPECT_EQ(refused([] { column("a", &User::id).on_delete("CASCADE"); }),
            "column 'a' says what happens ON DELETE or ON UPDATE, and refers to nothing\n"
            "  hint: write references(\"table.column\") before it");
  EXPECT_EQ(refused([] {
              model::Schema schema;
              schema.add(map<User>("users", column("a", &User::id)));
              schema.add(map<User>("users", column("a", &User::id)));
              schema.add(map<User>("users", column("b", &User::id)));
            }),
            "table 'users' is declared twice, and differently\n"
            "  hint: declare it once, or give one of the two another name");
}

}  // namespace
}  // namespace cupel::mapping
