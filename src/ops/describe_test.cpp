// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "cupel/ops/services.hpp"
#include "ops/samples_testing.hpp"

namespace cupel::ops {

TEST(OpsDescribe, EveryOperationIsOneLine) {
  EXPECT_EQ(describe(all_samples()), R"(create table 'tags'
drop table 'app.jobs'
rename table 'users' to 'people'
move table 'app.jobs' to schema 'empty'
set the comment of table 'users' to 'all people'
set the options of table 'posts': unlogged, with (fillfactor=70)
attach table 'day' to 'days' as partition DEFAULT
add column 'phone' to table 'users'
drop column 'note' from table 'posts'
rename column 'email' of table 'users' to 'mail'
alter column 'age' of table 'users': type Integer -> BigInteger, not null, drop default, comment 'years', rename to 'years'
add constraint to table 'users': unique constraint uq_name (name, age)
drop constraint 'uq_users_email' from table 'users'
drop constraint 'pk_posts' from table 'posts'
rename constraint 'uq_users_email' of table 'users' to 'uq_mail'
validate constraint 'ck_posts_title' of table 'posts'
create index 'ix_lower' on table 'users' concurrently
drop index 'ix_users_name' from table 'users'
rename index 'ix_users_name' of table 'users' to 'ix_name'
alter table 'posts': add column 'slug'; rename column 'slug' to 'path'; add constraint: unique constraint uq_path (path)
alter table 'posts': order columns 'title', 'id'; autoincrement
create schema 'other'
drop schema 'empty'
create sequence 'numbers'
alter sequence 'counter'
drop sequence 'counter'
create enum 'size' ('s', 'm')
drop enum 'unused'
add value 'happy' to enum 'mood' after 'ok'
rename value 'ok' of enum 'mood' to 'fine'
create domain 'positive' as integer CHECK (VALUE > 0)
drop domain 'lonely'
rename type 'mood' to 'feeling'
rename type 'code' to 'short_code'
create view 'names'
create or replace view 'emails'
drop materialized view 'titles'
refresh materialized view 'titles'
create function 'g()'
drop function 'f(integer)'
create trigger 'tr2' on table 'users'
drop trigger 'tr' from table 'posts'
create extension 'hstore'
drop extension 'citext'
set the comment of constraint 'uq_users_email' of table 'users' to 'one each'
set the comment of index 'ix_users_name' on table 'users' to 'to look up'
set the comment of enum 'mood' to 'how one feels'
set the comment of materialized view 'titles' to 'all titles'
execute: UPDATE users ...
insert 2 rows into table 'users')");
}

TEST(OpsDescribe, SaysWhatAnAlterColumnDoes) {
  EXPECT_EQ(describe(AlterColumn{.table = "t",
                                 .column = "c",
                                 .nullable = true,
                                 .server_default = model::literal("x"),
                                 .identity = model::Identity{.always = true},
                                 .computed = nullptr,
                                 .autoincrement = false}),
            "alter column 'c' of table 't': nullable, default 'x', identity always, drop "
            "computation, no autoincrement");
}

TEST(OpsDescribe, LongSqlIsCutBetweenCharacters) {
  const std::string sql = std::string(59, 'a') + "\xC3\xBC" + "b";
  EXPECT_EQ(describe(ExecuteSql{.sql = sql}), "execute: " + std::string(59, 'a') + " ...");
  EXPECT_EQ(describe(ExecuteSql{.sql = "  SELECT 1\n"}), "execute: SELECT 1");
}

TEST(OpsDescribe, EmptyBatchesAndUnnamedThings) {
  EXPECT_EQ(describe(AlterTable{.table = "t"}), "alter table 't': rebuild as it is");
  EXPECT_EQ(describe(DropIndex{.name = "i"}), "drop index 'i'");
  EXPECT_EQ(describe(DropConstraint{.table = "t", .kind = model::ConstraintKind::Primary}),
            "drop the primary key from table 't'");
  EXPECT_EQ(describe(SetTableComment{.table = "t"}), "drop the comment of table 't'");
  EXPECT_EQ(describe(SetPartition{.table = "t", .was = model::PartitionOf{"p", ""}}),
            "detach partition 't' from 'p'");
  EXPECT_EQ(describe(SetTableOptions{.table = "t",
                                     .to = {.tablespace = "fast", .options = {{"a", "1"}}},
                                     .was = TableOptions{.strict = true, .options = {{"b", "2"}}}}),
            "set the options of table 't': not strict, tablespace 'fast', a 1, no b");
}

}  // namespace cupel::ops
