// SPDX-License-Identifier: MIT
// See alembic_manner.hpp.
#include "cli/alembic_manner.hpp"

#include <fmt/core.h>

#include <array>
#include <filesystem>

#include "cupel/base/files.hpp"

namespace cupel::cli {
namespace {

struct Context {
  std::string_view dialect;
  std::string_view impl;
  bool transactional;  ///< as Alembic sees it
};

constexpr std::array kContexts{
    Context{"sqlite", "SQLiteImpl", false},         // rooms: allow Alembic's words for it
    Context{"postgresql", "PostgresqlImpl", true},  // rooms: allow Alembic's words for it
    Context{"mysql", "MySQLImpl", false},           // rooms: allow Alembic's words for it
    Context{"mariadb", "MariaDBImpl", false},       // rooms: allow Alembic's words for it
};

}  // namespace

bool is_alembic(std::string_view program) {
  return path::file_name(std::string(program)) == "alembic";
}

std::string alembic_version(const std::string& own) { return "alembic 1.18.5 (" + own + ")"; }

std::string alembic_log(std::string_view message, std::string_view level, std::string_view logger) {
  return fmt::format("{:<5.5} [{}] {}", level, logger, message);
}

std::string alembic_message(std::string message) {
  constexpr std::string_view kUnknown = "can't locate revision '";
  if (message.starts_with(kUnknown))
    return "Can't locate revision identified by '" + message.substr(kUnknown.size());
  if (!message.empty() && message[0] >= 'a' && message[0] <= 'z')
    message[0] = static_cast<char>(message[0] - 'a' + 'A');
  return message;
}

std::string with_absolute_paths(const std::string& text) {
  constexpr std::string_view kPath = "Path: ";
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string line = text.substr(at, end - at);
    at = end;
    if (!line.starts_with(kPath)) {
      result += line;
      continue;
    }
    const std::filesystem::path path = line.substr(kPath.size(), line.size() - kPath.size() - 1);
    result +=
        std::string(kPath) + std::filesystem::absolute(path).lexically_normal().string() + "\n";
  }
  return result;
}

std::string alembic_context(std::string_view dialect, bool offline) {
  for (const Context& context : kContexts) {
    if (context.dialect != dialect) continue;
    std::string text = alembic_log(fmt::format("Context impl {}.", context.impl));
    if (offline) text += "\n" + alembic_log("Generating static SQL");
    return text + "\n" +
           alembic_log(fmt::format("Will assume {}transactional DDL.",
                                   context.transactional ? "" : "non-"));
  }
  return {};
}

}  // namespace cupel::cli
