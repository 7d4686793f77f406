// SPDX-License-Identifier: MIT
// A database of a test's own on the server of CUPEL_TEST_POSTGRES_URL, dropped with its object.
#pragma once

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "dialect/postgres/driver.hpp"

namespace cupel::testing_support {

class PostgresDatabase {
 public:
  /// False without a server: the test skips itself.
  static bool is_available() { return std::getenv("CUPEL_TEST_POSTGRES_URL") != nullptr; }

  PostgresDatabase() : server_(driver::parse_url(std::getenv("CUPEL_TEST_POSTGRES_URL"))) {
    static std::atomic<int> count = 0;
    name_ = "cupel_test_" + std::to_string(getpid()) + "_" + std::to_string(++count);
    at_server("CREATE DATABASE " + name_ + " TEMPLATE template0");
    connection_ = connect();
  }
  ~PostgresDatabase() {
    connection_.reset();
    try {
      at_server("DROP DATABASE " + name_ + " WITH (FORCE)");
    } catch (const Error&) {  // the server is gone, and the database with it
    }
  }
  PostgresDatabase(const PostgresDatabase&) = delete;
  PostgresDatabase& operator=(const PostgresDatabase&) = delete;

  driver::Url url() const {
    driver::Url url = server_;
    url.database = name_;
    return url;
  }
  std::unique_ptr<driver::Connection> connect() const { return dialect::postgres::connect(url()); }
  driver::Connection& connection() { return *connection_; }
  driver::Rows query(std::string_view sql) { return connection_->query(sql); }

 private:
  void at_server(const std::string& sql) { dialect::postgres::connect(server_)->query(sql); }

  driver::Url server_;
  std::string name_;
  std::unique_ptr<driver::Connection> connection_;
};

}  // namespace cupel::testing_support
