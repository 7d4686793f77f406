// SPDX-License-Identifier: MIT
#include "dialect/sqlite/file_lock.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace cupel::dialect::sqlite {
namespace {

bool exists(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

TEST(SqliteFileLock, HasOneHolder) {
  const std::string database = testing::TempDir() + "cupel_file_lock.db";
  const std::string file = database + "-cupel-lock";
  FileLock first(database);
  FileLock second(database);
  EXPECT_FALSE(second.is_held_elsewhere());
  EXPECT_TRUE(first.try_acquire());
  EXPECT_TRUE(first.try_acquire());
  EXPECT_FALSE(first.is_held_elsewhere());
  EXPECT_TRUE(second.is_held_elsewhere());
  EXPECT_FALSE(second.try_acquire());
  first.release();
  EXPECT_FALSE(exists(file));
  EXPECT_TRUE(second.try_acquire());
  EXPECT_TRUE(first.is_held_elsewhere());
}

TEST(SqliteFileLock, WhatAKilledHolderLeftIsClearedAway) {
  const std::string database = testing::TempDir() + "cupel_file_lock_left.db";
  const std::string file = database + "-cupel-lock";
  std::ofstream(file) << "";
  FileLock lock(database);
  EXPECT_FALSE(lock.is_held_elsewhere());
  EXPECT_FALSE(exists(file));
}

TEST(SqliteFileLock, WithoutAFileNobodyElseIsThere) {
  FileLock lock("");
  EXPECT_TRUE(lock.try_acquire());
  EXPECT_FALSE(lock.is_held_elsewhere());
  FileLock nowhere("/nowhere/app.db");
  EXPECT_TRUE(nowhere.try_acquire());
  EXPECT_FALSE(nowhere.is_held_elsewhere());
}

}  // namespace
}  // namespace cupel::dialect::sqlite
