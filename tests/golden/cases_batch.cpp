// SPDX-License-Identifier: MIT
// Several changes of one table at once. The tables are given (copy_from), as the reference has it.
#include "golden/cases.hpp"

namespace cupel::golden {
namespace {

using Changes = std::function<void(BatchOperations&)>;
using context::BatchOptions;

Table table(std::vector<TableItem> items) {
  items.insert(items.begin(), Column("id", Integer()).primary_key());
  return make_table("tname", items);
}

Table simple() { return table({Column("x", String(10)), Column("y", Integer())}); }
Table uq() {
  return table({Column("x", String()), Column("y", Integer()),
                named("uq1", UniqueConstraint{.columns = {"y"}})});
}
Table ck() {
  return table({Column("x", String()), Column("y", Integer()),
                named("ck1", CheckConstraint{.expression = "y > 5"})});
}
Table ix() {
  Index index;
  index.elements = {"y"};
  return table({Column("x", String()), Column("y", Integer()), NamedIndex{index, "ix1"}});
}
Table fk() {
  return table({Column("email", String()), Column("user_id", Integer()).references("user.id")});
}
Table nfk() {
  return table({Column("email", String()),
                Column("user_id", Integer()).references("user.id", {.name = "ufk"})});
}
Table self() {
  return table({Column("parent_id", Integer()).references("tname.id"), Column("data", String())});
}
Table boolean() { return table({Column("flag", with_check(Boolean()))}); }
Table enumeration() { return table({Column("thing", with_check(Enum({"a", "b", "c"})))}); }
Table lck() {
  return table({Column("email", String()), CheckConstraint{.expression = "email LIKE '%@%'"}});
}
Table sd() { return table({Column("thing", String()).server_default("")}); }
Table pk() {
  return make_table("tname", {Column("id", Integer()), Column("x", String(10)),
                              named("mypk", PrimaryKey{.columns = {"id"}})});
}

Case batch(int number, Table from, Changes changes, BatchOptions options = {}) {
  options.copy_from = std::move(from);
  return {number, [=](Operations& op) { op.batch("tname", changes, options); }};
}
BatchOptions always() { return {.recreate = ops::Recreate::Always}; }
BatchOptions never() { return {.recreate = ops::Recreate::Never}; }

using B = BatchOperations;

std::vector<Case> column_changes() {
  return {
      batch(238, simple(), [](B& b) { b.alter_column("x", {.type = String()}); }),
      batch(239, simple(), [](B& b) { b.alter_column("x", {.type = Integer()}); }),
      batch(240, simple(), [](B& b) { b.alter_column("x", {.new_column_name = "q"}); }),
      batch(241, ix(), [](B& b) { b.alter_column("y", {.new_column_name = "y2"}); }),
      batch(242, uq(), [](B& b) { b.alter_column("y", {.new_column_name = "y2"}); }),
      batch(243, boolean(),
            [](B& b) {
              b.alter_column("flag", {.new_column_name = "bflag", .existing_type = Boolean()});
            }),
      batch(244, enumeration(),
            [](B& b) { b.alter_column("thing", {.new_column_name = "thang"}); }),
      batch(245, lck(), [](B& b) { b.alter_column("email", {.new_column_name = "emol"}); }),
      batch(246, simple(), [](B& b) { b.add_column(Column("g", Integer())); }),
      batch(
          247, simple(), [](B& b) { b.add_column(Column("g", Integer())); }, always()),
      batch(
          248, simple(), [](B& b) { b.add_column(Column("g", Integer()), {.insert_before = "x"}); },
          always()),
      batch(
          249, simple(), [](B& b) { b.add_column(Column("g", Integer()), {.insert_after = "x"}); },
          always()),
      batch(
          250, simple(),
          [](B& b) {
            b.add_column(Column("g", Integer()), {.insert_after = "id"});
            b.add_column(Column("q", Integer()), {.insert_after = "g"});
          },
          always()),
      batch(251, simple(),
            [](B& b) { b.add_column(Column("g", Integer()), {.insert_before = "x"}); }),
      batch(252, simple(), [](B&) {},
            {.recreate = ops::Recreate::Always, .partial_reordering = {{"x", "id", "y"}}}),
      batch(253, simple(),
            [](B& b) { b.add_column(Column("d", DateTime()).server_default(now())); }),
      batch(254, simple(),
            [](B& b) { b.add_column(Column("d", Integer()).computed("y+1", true)); }),
      batch(255, simple(),
            [](B& b) { b.add_column(Column("d", Integer()).computed("y+1", false)); }),
      batch(256, simple(), [](B& b) { b.alter_column("y", {.server_default = literal("10")}); }),
      batch(257, sd(), [](B& b) { b.alter_column("thing", {.server_default = nullptr}); }),
      batch(258, simple(), [](B& b) { b.alter_column("y", {.nullable = false}); }),
      batch(259, simple(), [](B& b) { b.alter_column("id", {.new_column_name = "foobar"}); }),
      batch(260, fk(), [](B& b) { b.alter_column("user_id", {.new_column_name = "foobar"}); }),
      batch(261, simple(), [](B& b) { b.drop_column("x"); }),
      batch(262, simple(), [](B& b) { b.drop_column("id"); }),
      batch(263, fk(), [](B& b) { b.drop_column("user_id"); }),
      batch(264, fk(), [](B& b) { b.drop_column("email"); }),
      batch(265, self(), [](B& b) { b.drop_column("data"); }),
  };
}

std::vector<Case> constraint_changes() {
  return {
      batch(266, simple(),
            [](B& b) {
              b.add_column(Column("user_id", Integer()));
              b.create_foreign_key("fk1", "user", {"user_id"}, {"id"});
            }),
      batch(267, nfk(), [](B& b) { b.drop_constraint("ufk", {.type = "foreignkey"}); }),
      batch(268, simple(), [](B& b) { b.create_unique_constraint("uq1", {"y"}); }),
      batch(269, uq(), [](B& b) { b.drop_constraint("uq1", {.type = "unique"}); }),
      batch(270, simple(), [](B& b) { b.create_check_constraint("ck1", "y > 5"); }),
      batch(271, ck(), [](B& b) { b.drop_constraint("ck1", {.type = "check"}); }),
      batch(272, simple(), [](B& b) { b.create_index("ix1", {"y"}); }),
      batch(273, ix(),
            [](B& b) {
              b.drop_index("ix1");
              b.create_index("ix2", {"x", "y"}, {.unique = true});
            }),
      batch(
          274, ix(),
          [](B& b) {
            b.drop_index("ix1");
            b.create_index("ix2", {"x"});
          },
          always()),
      batch(275, pk(), [](B& b) { b.drop_constraint("mypk", {.type = "primary"}); }),
      batch(276, simple(),
            [](B& b) {
              b.drop_column("x");
              b.drop_column("y");
              b.add_column(Column("z", Integer()).not_null().server_default("0"));
            }),
      batch(277, simple(), [](B& b) { b.create_unique_constraint({}, {"y"}); }),
      batch(278, simple(), [](B& b) { b.drop_constraint("nope", {.type = "unique"}); }),
      batch(279, simple(),
            [](B& b) {
              b.drop_index("nope");
              b.drop_column("x");
            }),
      batch(280, simple(), [](B& b) { b.drop_column("nope"); }),
      batch(
          281, simple(), [](B& b) { b.alter_column("x", {.new_column_name = "q"}); }, never()),
      batch(
          282, simple(), [](B& b) { b.alter_column("x", {.type = Integer()}); }, never()),
      batch(283, simple(), [](B& b) { b.alter_column("x", {.comment = std::string("cc")}); }),
      batch(284, simple(), [](B&) {},
            {.recreate = ops::Recreate::Always,
             .extra_constraints = {CheckConstraint{.expression = "y > 0", .name = "c9"}},
             .autoincrement = true}),
      {285, [](Operations& op) { op.batch("tname", [](B& b) { b.drop_column("x"); }); }},
      {286,
       [](Operations& op) {
         op.batch("tname",
                  [&](B& b) {
                    b.add_column(Column("q", Integer()));
                    b.alter_column("x", {.nullable = false, .existing_type = Integer()});
                    b.create_index("ix", {"q"});
                    op.execute("SELECT 1");
                  },
                  {.schema = "foo"});
       }},
      not_applicable(287, "in C++ another word than Auto, Always or Never does not compile"),
      not_applicable(288, "in C++ a call that a batch does not have does not compile"),
  };
}

}  // namespace

std::vector<Case> batch_cases() {
  std::vector<Case> cases = column_changes();
  for (Case& it : constraint_changes()) cases.push_back(std::move(it));
  return cases;
}

}  // namespace cupel::golden
