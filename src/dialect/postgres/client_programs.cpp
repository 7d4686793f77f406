// SPDX-License-Identifier: MIT
// See client_programs.hpp.
#include "dialect/postgres/client_programs.hpp"

#include <fmt/core.h>

#include "cupel/base/text.hpp"
#include "cupel/driver/connection.hpp"
#include "dialect/postgres/connect_parameters.hpp"

namespace cupel::dialect::postgres {
namespace {

/// "pg_dump (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)": 15, and "15.14".
std::string version_of(const std::string& program) {
  const process::Outcome outcome =
      process::run({.words = {program, "--version"}, .timeout = std::chrono::seconds(10)});
  if (!outcome.good()) return {};
  const std::vector<std::string> words = text::split(std::string(text::trim(outcome.output)), ' ');
  return words.size() < 3 ? std::string() : words[2];
}

}  // namespace

std::string conninfo(const driver::Url& url) {
  std::string text;
  for (const auto& [key, value] : connect_parameters(url, {.application_name = "cupel backup"})) {
    if (key == "password" || key == "sslpassword") continue;
    std::string escaped = text::replace_all(value, "\\", "\\\\");
    escaped = text::replace_all(std::move(escaped), "'", "\\'");
    text += fmt::format("{}{}='{}'", text.empty() ? "" : " ", key, escaped);
  }
  return text;
}

std::vector<std::pair<std::string, std::string>> environment_of(const driver::Url& url) {
  std::vector<std::pair<std::string, std::string>> variables{{"LC_ALL", "C"}};
  for (const auto& [key, value] : connect_parameters(url, {}))
    if (key == "password") variables.emplace_back("PGPASSWORD", value);
  return variables;
}

Program find_program(const std::string& name, int major) {
  std::string others;
  for (const std::string& path :
       {fmt::format("/usr/lib/postgresql/{}/bin/{}", major, name), name,
        fmt::format("/usr/pgsql-{}/bin/{}", major, name),
        fmt::format("/opt/homebrew/opt/postgresql@{}/bin/{}", major, name)}) {
    const std::string version = version_of(path);
    if (version.empty()) continue;
    if (text::split(version, '.')[0] == std::to_string(major)) return {path, version};
    others += (others.empty() ? "" : ", ") + path + " of version " + version;
  }
  throw NotSupported(
      fmt::format("there is no {} of the server's version {}{}", name, major,
                  others.empty() ? "" : ", only " + others),
      fmt::format("install it (Debian: apt-get install postgresql-client-{}), or put its folder "
                  "into PATH",
                  major));
}

int major_version(driver::Connection& connection) { return connection.server_version() / 10000; }

void run_program(const BackupRequest& request, process::Command command,
                 const std::function<void()>& on_look) {
  command.is_interrupted = [&] {
    if (on_look) on_look();
    return request.is_interrupted && request.is_interrupted();
  };
  const process::Outcome outcome = process::run(command);
  if (outcome.good()) return;
  const std::string name = text::split(command.words[0], '/').back();
  DatabaseError error(name + " " + process::describe_end(outcome, command), {},
                      "see what it says; nothing was changed");
  const std::string said = process::last_lines(outcome.errors, 8);
  if (!said.empty()) error.add_note(said);
  throw error;
}

}  // namespace cupel::dialect::postgres
