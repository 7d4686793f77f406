// SPDX-License-Identifier: MIT
// psql runs three files in one transaction: what empties the database, the dump as pg_restore
// writes it, and a check of the rows. See restore_in_place.hpp.
#include "dialect/postgres/restore_in_place.hpp"

#include <fmt/format.h>

#include <fstream>

#include "base/private_file.hpp"
#include "cupel/sql/quote.hpp"
#include "dialect/postgres/client_programs.hpp"
#include "dialect/postgres/database_objects.hpp"
#include "dialect/postgres/driver.hpp"

namespace cupel::dialect::postgres {
namespace {

std::string emptying_script(driver::Connection& session, std::chrono::milliseconds patience) {
  std::string sql = fmt::format("SET LOCAL lock_timeout = '{}ms';\n", patience.count());
  for (const DatabaseObject& object : objects_of(session))
    if (!object.is_extension()) sql += drop_statement(object) + ";\n";
  return sql;
}

std::string checking_script(const BackupContent& content) {
  std::string sql = "DO $cupel$\nBEGIN\n";
  for (const auto& [table, rows] : content.rows) {
    sql += fmt::format(
        "IF (SELECT count(*) FROM {}) <> {} THEN\n"
        "RAISE EXCEPTION '% has not the rows of the backup', {};\nEND IF;\n",
        table, rows, sql::quote_string(table));
  }
  return sql + "END $cupel$;\n";
}

/// "6; 2615 2200 SCHEMA - public owner"
bool stays(const std::string& line) {
  for (const char* words : {" COMMENT - EXTENSION ", " SCHEMA - public ",
                            " COMMENT - SCHEMA public ", " ACL - SCHEMA public "})
    if (line.find(words) != std::string::npos) return true;
  return false;
}

/// The dump's list of contents without what stays as it is, since only its owner may change it:
/// schema public, and comments on extensions. The extensions are there, and need no right then.
void write_list(const std::string& from, const std::string& to) {
  std::ifstream all(from);
  std::string kept;
  for (std::string line; std::getline(all, line);)
    if (!stays(line)) kept += line + "\n";
  disk::overwrite(to, kept);
}

}  // namespace

void restore_in_place(const BackupRequest& request, const std::string& file,
                      const BackupContent& content) {
  const auto session = connect(*request.url, {.application_name = "cupel restore"});
  const Program restore = find_program("pg_restore", major_version(*session));
  const Program psql = find_program("psql", major_version(*session));
  const disk::Unfinished all(file + ".all");
  const disk::Unfinished list(file + ".list");
  const disk::Unfinished emptying(file + ".emptying");
  const disk::Unfinished dump(file + ".sql");
  const disk::Unfinished checking(file + ".checking");
  run_program(request, {.words = {restore.path, "--list", "--file=" + all.path(), file}}, {});
  write_list(all.path(), list.path());
  run_program(request,
              {.words = {restore.path, "--use-list=" + list.path(), "--file=" + dump.path(), file}},
              {});
  disk::overwrite(emptying.path(), emptying_script(*session, request.patience));
  disk::overwrite(checking.path(), checking_script(content));
  run_program(request,
              {.words = {psql.path, "--no-psqlrc", "--quiet", "--no-password",
                         "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null",
                         "--dbname=" + conninfo(*request.url), "--file=" + emptying.path(),
                         "--file=" + dump.path(), "--file=" + checking.path()},
               .environment = environment_of(*request.url)},
              {});
}

}  // namespace cupel::dialect::postgres
