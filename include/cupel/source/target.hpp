// SPDX-License-Identifier: MIT
// The schema that a project wants: the sum of all its sources.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cupel/base/files.hpp"
#include "cupel/base/log.hpp"
#include "cupel/dialect/dialect.hpp"
#include "cupel/model/object.hpp"

namespace cupel::source {

/// Models of the program itself: a function that fills a schema, and what to call it in messages.
struct CUPEL_API Registry {
  std::string name;
  std::function<void(model::Schema&)> declare;
};

/// Where the target comes from. Paths are relative to `root`.
struct Settings {
  std::string root = ".";
  std::vector<std::string> sql;      ///< files, folders or patterns ("schema/*.sql")
  std::vector<std::string> program;  ///< command lines that print DDL; run without a shell
  std::chrono::milliseconds program_timeout{30000};
  std::string from_url;  ///< another live database
  std::string dev_url;   ///< a server or database to execute DDL on, instead of a scratch one
  /// What executed SQL looked like is kept here, by the text's hash; empty: nothing is kept.
  std::string cache_directory;
  /// How a registry's tables name what has no name.
  model::NamingConvention naming;
  /// Tables of the tool's own, which are no part of the schema of `from_url`.
  std::vector<model::ObjectName> own_tables;
  /// Of the project's database, if it is known: saves a connection. 0: not known.
  int server_version = 0;
  /// Asked between statements and while a program runs; true ends it all with Interrupted.
  std::function<bool()> is_interrupted;
  bool empty() const { return sql.empty() && program.empty() && from_url.empty(); }
};

struct CUPEL_API Target {
  model::Schema schema;
  /// The place of each object: "schema/users.sql:12", "program 'python3 ddl.py':3", a registry's
  /// name, a URL without its password.
  std::map<model::ObjectKey, std::string> declared_in;
};

/// Reads every source and adds them up. `server` is the project's database: on databases without a
/// free scratch one (Traits::scratch_url), SQL is executed in a temporary database beside it, which
/// is dropped afterwards; what a killed run left is dropped by the next. Throws InputError with the
/// place for an SQL error in a file, for an object declared twice differently (both places), for a
/// program that fails, hangs or prints nothing; DatabaseError if no scratch database can be made
/// (with the privilege or setting that is missing).
CUPEL_API Target load_target(const Settings& settings, const std::vector<Registry>& registries,
                             const dialect::Dialect& dialect, const driver::Url* server,
                             Files& files, const Log& log = {});

}  // namespace cupel::source
