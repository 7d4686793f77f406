// SPDX-License-Identifier: MIT
// Inspecting one database again and again, as verify does after each step: only the tables of
// which the catalogue has changed in between are read. Every row of it tells which transaction has
// written it, so a table whose rows are as many as before, none of them newer, is what it was.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "cupel/driver/connection.hpp"
#include "dialect/postgres/inspect_parts.hpp"

namespace cupel::dialect::postgres {

class RepeatedInspection {
 public:
  /// As read_catalogue(), for a whole filter and outside of transactions. From the third time on it
  /// is quick if little has changed; what is no table's alone (views, types, functions, schemas,
  /// names that others mention) makes it read everything.
  model::Schema inspect(driver::Connection& connection, const CatalogFilter& filter);

 private:
  /// Of the rows that make up a table.
  struct Stamp {
    std::int64_t rows = 0;
    std::int64_t newest = 0;
    bool operator==(const Stamp&) const = default;
  };
  struct Stamps {
    std::unordered_map<Oid, Stamp> tables;  ///< 0: of all that is no table's
    std::string session;                    ///< what texts of the server depend on
  };
  static Stamps read_stamps(driver::Connection& connection);
  bool is_comparable(const Stamps& now, const CatalogFilter& filter) const;
  std::vector<Oid> changed_tables(const Stamps& now) const;
  /// False if others may mention what has changed.
  bool take(const std::vector<Oid>& changed, const Stamps& now_there, Reading&& part);
  const model::Table* known(Oid table) const;
  void read_sequences(driver::Connection& connection, const CatalogFilter& filter);

  int times_ = 0;
  std::string schemas_;  ///< the filter that `reading_` is about
  Stamps stamps_;
  Reading reading_;
};

}  // namespace cupel::dialect::postgres
