// SPDX-License-Identifier: MIT
#include "source/cache.hpp"

#include <gtest/gtest.h>

#include "cupel/model/define.hpp"

namespace cupel::source {
namespace {

class SchemaCache : public testing::Test {
 protected:
  static Target target_with(const std::string& table) {
    Target target;
    target.schema.tables.push_back({.name = table, .columns = {{"id", model::Integer()}}});
    target.declared_in[key_of(target.schema.tables[0])] = "schema.sql:1";
    target.schema.functions.push_back(
        {.name = {"s", "f"}, .arguments = "integer", .definition = ""});
    target.declared_in[key_of(target.schema.functions[0])] = "a \"b\"\n\tc:2";
    return target;
  }
  Clock clock() {
    return [this] { return TimePoint(std::chrono::seconds(++now_)); };
  }

  MemoryFiles files_;
  int now_ = 1000000;
  Cache cache_{"cache", files_, clock()};
};

TEST_F(SchemaCache, GivesBackWhatWasStored) {
  EXPECT_FALSE(cache_.find("k"));
  const Target target = target_with("t");
  cache_.store("k", target);
  const std::optional<Target> found = cache_.find("k");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->schema, target.schema);
  EXPECT_EQ(found->declared_in, target.declared_in);
  EXPECT_FALSE(cache_.find("other"));
}

TEST_F(SchemaCache, TheOldestGoWhenThereAreTooMany) {
  files_.write("cache/notes.txt", "somebody's");
  for (std::size_t i = 0; i < Cache::kMostFiles + 3; ++i)
    cache_.store("k" + std::to_string(i), target_with("t"));
  EXPECT_EQ(files_.list_files("cache").size(), Cache::kMostFiles + 1);
  EXPECT_FALSE(cache_.find("k2"));
  EXPECT_TRUE(cache_.find("k3"));
  EXPECT_TRUE(files_.is_file("cache/notes.txt"));
}

TEST_F(SchemaCache, WhatCannotBeReadIsNotThere) {
  cache_.store("k", target_with("t"));
  const std::string path = "cache/" + files_.list_files("cache")[0];
  const std::string text = files_.read(path);
  std::string altered = text;
  ++altered.back();
  for (const std::string& broken : {std::string(), std::string("[]"), altered,
                                    text.substr(0, text.size() / 2), text + "more"}) {
    files_.write(path, broken);
    EXPECT_FALSE(cache_.find("k")) << broken;
  }
}

TEST_F(SchemaCache, WithoutADirectoryNothingIsKept) {
  const Cache none("", files_);
  none.store("k", target_with("t"));
  EXPECT_FALSE(none.find("k"));
}

TEST_F(SchemaCache, AFolderThatCannotBeWrittenIsNoError) {
  DiskFiles disk;
  const Cache cache("/proc/no/such", disk);
  cache.store("k", target_with("t"));
  EXPECT_FALSE(cache.find("k"));
}

}  // namespace
}  // namespace cupel::source
