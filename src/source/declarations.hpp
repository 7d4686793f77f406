// SPDX-License-Identifier: MIT
// Which place of which script declares an object.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cupel/base/error.hpp"
#include "cupel/model/object.hpp"
#include "cupel/sql/splitter.hpp"
#include "source/created.hpp"
#include "source/script.hpp"

namespace cupel::source {

class Declarations {
 public:
  explicit Declarations(const sql::LexRules& rules) : rules_(rules) {}

  /// False if another statement makes the object, so that this one need not run. Throws InputError,
  /// with both places, if it makes it differently; of tables that is left to twice().
  bool add(const Script& script, const sql::StatementText& statement);
  /// Two statements of different texts that make the same table; a database must tell whether they
  /// mean the same.
  struct Twice {
    Created created;
    std::string first, second;  ///< the statements
    InputError error;           ///< if they do not
  };
  const std::vector<Twice>& twice() const { return twice_; }
  /// How many statements that make something were taken.
  std::size_t size() const { return count_; }
  bool has(const model::ObjectKey& key) const { return find(key) != nullptr; }
  /// True if the statement that makes the object has this (upper-case) word.
  bool mentions(const model::ObjectKey& key, std::string_view word) const;
  /// "schema/users.sql:12"; the script alone where no statement with this name was found.
  std::string place_of(const model::ObjectKey& key) const;

 private:
  struct Place {
    Created created;
    const Script* script = nullptr;
    std::size_t line = 0;
    std::string text;
  };
  const Place* find(const model::ObjectKey& key) const;

  const sql::LexRules& rules_;
  std::map<std::string, Place> places_;  ///< by Created::key()
  std::multimap<std::string, const Place*> by_name_;
  std::vector<const Script*> scripts_;
  std::vector<Twice> twice_;
  std::size_t count_ = 0;
};

}  // namespace cupel::source
