// SPDX-License-Identifier: MIT
#include "cli/error_details.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace cupel::cli {
namespace {

using Facts = std::vector<std::pair<std::string, std::string>>;

TEST(ErrorDetails, WhatADatabaseSays) {
  DatabaseError error("no such table", {.sqlstate = "42P01",
                                        .native_code = 7,
                                        .statement = "SELECT 1",
                                        .offset = 3,
                                        .connection_lost = true,
                                        .retryable = true,
                                        .detail = "a detail"});
  error.set_where("a.sql:3");
  EXPECT_EQ(details_of(error, "").facts, (Facts{{"class", "cupel::DatabaseError"},
                                                {"place", "a.sql:3"},
                                                {"sqlstate", "42P01"},
                                                {"code", "7"},
                                                {"detail", "a detail"},
                                                {"statement", "SELECT 1"},
                                                {"offset", "3"},
                                                {"connection", "lost"},
                                                {"again", "the same may work later"}}));
}

/// As a revision in C++ that throws what is not cupel's.
TEST(ErrorDetails, TheCausesBelow) {
  try {
    try {
      try {
        throw 5;
      } catch (...) {
        std::throw_with_nested(std::out_of_range("no entry"));
      }
    } catch (...) {
      std::throw_with_nested(Error("revision 'a1' failed"));
    }
  } catch (const Error& error) {
    const ErrorDetails details = details_of(error, "Traceback");
    ASSERT_EQ(details.facts.size(), 3u);
    EXPECT_NE(details.facts[0].second.find("cupel::Error"), std::string::npos);
    EXPECT_EQ(details.facts[1].first, "cause");
    EXPECT_NE(details.facts[1].second.find("std::out_of_range"), std::string::npos);
    EXPECT_NE(details.facts[1].second.find(": no entry"), std::string::npos);
    EXPECT_EQ(details.facts[2].second, "no std::exception");
    EXPECT_EQ(details.traceback, "Traceback");
  }
}

}  // namespace
}  // namespace cupel::cli
