// SPDX-License-Identifier: MIT
// Rows for a scratch database, made of what the schema says, so that revisions meet data and lost
// data is seen.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "command/replay.hpp"

namespace cupel::command {

class MadeRows {
 public:
  /// `count` rows for each table; 0 makes none.
  MadeRows(const dialect::Dialect& dialect, std::size_t count)
      : dialect_(&dialect), count_(count) {}
  bool empty() const { return count_ == 0; }

  /// Fills tables that have no rows, parents before children, and columns that are new.
  void fill(driver::Connection& connection, const model::Schema& schema);
  /// Another scratch database, with nothing in it.
  void forget() { seen_.clear(); }
  /// Tables that take no such rows, and what the database said.
  const std::map<model::ObjectName, std::string>& refused() const { return refused_; }

 private:
  void fill(driver::Connection& connection, const model::Table& table);
  void insert(driver::Connection& connection, const model::Table& table, std::size_t row,
              bool only_needed);
  void fill_columns(driver::Connection& connection, const model::Table& table);
  /// True if the statement did not fail; nothing of it is left else.
  bool attempt(driver::Connection& connection, const std::string& sql, std::string& refusal);
  std::string value(const model::Table& table, const model::Column& column, std::size_t row) const;
  std::string quote(std::string_view name) const { return dialect_->writer().quote(name); }

  const dialect::Dialect* dialect_;
  std::size_t count_;
  const model::Schema* schema_ = nullptr;                    ///< that is being filled
  std::map<model::ObjectName, std::set<std::string>> seen_;  ///< columns that have their values
  std::map<model::ObjectName, std::string> refused_;
};

}  // namespace cupel::command
