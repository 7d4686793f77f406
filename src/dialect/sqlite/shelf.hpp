// SPDX-License-Identifier: MIT
// A scratch database that takes ten thousand CREATEs in a row in time that grows with their number.
//
// For everything that is made SQLite looks through its whole catalog and walks over all tables that
// it knows, so a large schema takes its square. Nobody else looks at a scratch database: between
// the transactions in which a schema is executed, the rows of its catalog are put on a shelf, and
// SQLite forgets the tables. What a transaction needs comes back first; all of it comes back, in
// the order in which it was made, before any other statement.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "cupel/driver/connection.hpp"

namespace cupel::dialect::sqlite {

class ShelvingConnection final : public driver::Connection {
 public:
  explicit ShelvingConnection(std::unique_ptr<driver::Connection> inner);
  ~ShelvingConnection() override;

  driver::Rows query(std::string_view sql, std::span<const Value> parameters) override;
  /// In a transaction: statements that make tables, indexes and views see what they name. With any
  /// other statement among them, all is there.
  std::vector<driver::Rows> run(std::span<const std::string> statements,
                                std::size_t* failed) override;
  void run_many(std::string_view sql, std::span<const std::vector<Value>> rows) override;
  bool in_transaction() const override { return inner_->in_transaction(); }
  int server_version() const override { return inner_->server_version(); }
  bool is_alive() const override { return inner_->is_alive(); }
  void cancel() noexcept override { inner_->cancel(); }
  void* native_handle() override;
  void set_log(Log log) override { inner_->set_log(std::move(log)); }

 private:
  struct Item {
    std::int64_t order = 0;  ///< the older, the smaller
    std::vector<Value> row;  ///< of the catalog
  };
  using Names = std::set<std::string>;

  std::vector<Item> take_all();
  void put_away();
  void bring(const Names& names);
  void put_back();
  void write(std::vector<Item> items);
  void finish(bool is_committed);

  std::unique_ptr<driver::Connection> inner_;
  std::map<std::string, std::vector<Item>> shelf_;         ///< by table
  std::unordered_map<std::string, std::string> table_of_;  ///< what is on the shelf, by name
  /// Of all that was ever put away; empty while the catalog is as SQLite would have it.
  std::unordered_map<std::string, std::int64_t> orders_;
  Names borrowed_;         ///< tables that are on the shelf, and in this transaction's catalog
  bool is_whole_ = false;  ///< this transaction's catalog has all
};

}  // namespace cupel::dialect::sqlite
