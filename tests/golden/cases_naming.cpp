// SPDX-License-Identifier: MIT
// Naming conventions.
#include "golden/cases.hpp"

namespace cupel::golden {
namespace {

constexpr const char* kTableAndName = "ck_%(table_name)s_%(constraint_name)s";

NamingConvention full() {
  NamingConvention convention;
  convention.ix = "ix_%(column_0_label)s";
  convention.uq = "uq_%(table_name)s_%(column_0_name)s";
  convention.ck = kTableAndName;
  convention.fk = "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s";
  convention.pk = "pk_%(table_name)s";
  return convention;
}

NamingConvention uq(std::string text) {
  NamingConvention convention;
  convention.uq = std::move(text);
  return convention;
}
NamingConvention fk(std::string text) {
  NamingConvention convention;
  convention.fk = std::move(text);
  return convention;
}
NamingConvention ix(std::string text) {
  NamingConvention convention;
  convention.ix = std::move(text);
  return convention;
}

}  // namespace

std::vector<Case> naming_cases() {
  return knowing(
      {make_table("user_table",
                  {Column("x", Integer()), Column("y", Integer()), Column("name", String())}),
       make_table("a", {Column("x", Integer())}),
       make_table("t1",
                  {Column("x", Integer()),
                   named("ck_t1_foo_bar_bat", CheckConstraint{.expression = "x > 1"}),
                   named("some_specific_foo_bar_bat", CheckConstraint{.expression = "x > 2"})})},
      {
          {225,
           [](Operations& op) { op.create_check_constraint("foo", "user_table", "len(name) > 5"); },
           ck(kTableAndName)},
          {226,
           [](Operations& op) {
             op.create_check_constraint(f("foo"), "user_table", "len(name) > 5");
           },
           ck(kTableAndName)},
          {227,
           [](Operations& op) { op.create_check_constraint({}, "user_table", "len(name) > 5"); },
           ck("ck_%(table_name)s_foo")},
          {228,
           [](Operations& op) {
             op.create_unique_constraint({}, "user_table", {"x", "y"});
           },
           uq("uq_%(table_name)s_%(column_0_N_name)s")},
          {229, [](Operations& op) { op.create_index({}, "user_table", {"x"}); },
           ix("ix_%(table_name)s_%(column_0_label)s")},
          {230, [](Operations& op) { op.create_foreign_key({}, "a", "b", {"x"}, {"y"}); },
           fk("fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s")},
          {231,
           [](Operations& op) {
             op.create_table("some_table",
                             {Column("x", Integer()),
                              named("cc1", CheckConstraint{.expression = "im a constraint"})});
           },
           ck(kTableAndName)},
          {232,
           [](Operations& op) {
             op.create_table("some_table",
                             {Column("x", Integer()),
                              named(f("cc1"), CheckConstraint{.expression = "im a constraint"})});
           },
           ck(kTableAndName)},
          {233,
           [](Operations& op) {
             op.create_table("some_table",
                             {Column("x", Integer()).check("im a constraint", "cc1")});
           },
           ck(kTableAndName)},
          {234,
           [](Operations& op) {
             op.create_table(
                 "t", {Column("id", Integer()).primary_key(), Column("e", String(9)).unique(),
                       Column("p", Integer()).references("p.id").index()});
           },
           full()},
          {235, [](Operations& op) { op.drop_constraint("foo_bar_bat", "t1", {.type = "check"}); },
           ck(kTableAndName)},
          {236,
           [](Operations& op) {
             op.drop_constraint(f("some_specific_foo_bar_bat"), "t1", {.type = "check"});
           },
           ck(kTableAndName)},
          {237,
           [](Operations& op) {
             op.add_column("t1", Column("c1", with_check(Boolean(), "foo")).not_null());
           },
           ck(kTableAndName)},
      });
}

}  // namespace cupel::golden
