// SPDX-License-Identifier: MIT
// The server's own programs, pg_dump, pg_restore and psql: the ones of its version, run with the
// URL's settings.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "cupel/base/process.hpp"
#include "cupel/dialect/backup.hpp"
#include "cupel/driver/connection.hpp"

namespace cupel::dialect::postgres {

struct Program {
  std::string path;
  std::string version;  ///< "15.14"
};
/// The program of this major version. Debian has all of them side by side. Throws NotSupported with
/// what to install.
Program find_program(const std::string& name, int major);
int major_version(driver::Connection& connection);

/// libpq's own syntax, without what nobody else may read.
std::string conninfo(const driver::Url& url);
/// What would be read by everybody on a command line: the password.
std::vector<std::pair<std::string, std::string>> environment_of(const driver::Url& url);

/// Runs a program until it ends or the user stops it; its errors become ours.
void run_program(const BackupRequest& request, process::Command command,
                 const std::function<void()>& on_look);

}  // namespace cupel::dialect::postgres
