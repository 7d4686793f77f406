// SPDX-License-Identifier: MIT
// See scratch_session.hpp.
#include "dialect/postgres/scratch_session.hpp"

#include <algorithm>
#include <array>

#include "cupel/sql/quote.hpp"
#include "cupel/sql/splitter.hpp"
#include "dialect/postgres/driver.hpp"
#include "dialect/postgres/lex.hpp"

namespace cupel::dialect::postgres {
namespace {

/// Things that belong to the server and not to one database.
constexpr std::array<std::string_view, 6> kShared{"ROLE",     "USER",       "GROUP",
                                                  "DATABASE", "TABLESPACE", "SUBSCRIPTION"};

/// A statement that still runs when our process is killed ends, so that the next run can clear up.
constexpr std::string_view kNoticeDeath = "SET client_connection_check_interval = '1s'";

bool has_word(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_on_shared(const std::vector<std::string>& words, std::size_t at) {
  return words.size() > at &&
         std::find(kShared.begin(), kShared.end(), words[at]) != kShared.end() &&
         !(words.size() > at + 1 && words[at + 1] == "MAPPING");
}

}  // namespace

std::string refusal_in_scratch(std::string_view statement) {
  const std::vector<std::string> words = sql::leading_words(statement, 3, lex_rules());
  if (words.size() < 2) return {};
  const std::string& verb = words[0];
  const bool is_change = verb == "CREATE" || verb == "ALTER" || verb == "DROP";
  const bool is_comment = verb == "COMMENT" && words[1] == "ON";
  if ((is_change && is_on_shared(words, 1)) || (is_comment && is_on_shared(words, 2)) ||
      (verb == "ALTER" && words[1] == "SYSTEM")) {
    return "it acts on the whole server, and a schema is read in a database of its own";
  }
  if (words[1] == "OWNED") return "it acts on everything that a role owns on the server";
  if (verb == "COPY") {
    const std::vector<std::string> all = sql::significant_texts(statement, 200, lex_rules());
    if (has_word(all, "TO") || has_word(all, "PROGRAM"))
      return "it writes outside of the database, and a schema has no rows to write";
  }
  return {};
}

SearchPath read_search_path(driver::Connection& connection) {
  const driver::Rows rows = connection.query(
      "SELECT current_setting('search_path'), current_schema()::text, "
      "EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'public')");
  return {rows[0].text(0), rows[0].optional_text(1).value_or(""), rows[0].boolean(2)};
}

ScratchSession::ScratchSession(const ScratchRequest& request) : log_(request.log) {
  if (request.beside != nullptr) project_ = *request.beside;
}

void ScratchSession::open(std::unique_ptr<driver::Connection> connection, const SearchPath& path) {
  connection_ = std::move(connection);
  search_path_ = path.path;
  if (!path.has_public) connection_->query("DROP SCHEMA IF EXISTS public");
  if (!path.default_schema.empty()) {
    connection_->query("CREATE SCHEMA IF NOT EXISTS " + sql::quote_always(path.default_schema));
  }
  try {
    connection_->query(kNoticeDeath);
    notices_death_ = true;
  } catch (const DatabaseError&) {  // before version 14, or on a system that cannot tell
  }
  reset_session();
}

void ScratchSession::reset_session() {
  // Not DISCARD ALL, which would also give up locks.
  const std::array<std::string, 7> statements{
      "SET SESSION AUTHORIZATION DEFAULT",
      "RESET ROLE",
      "RESET ALL",
      "DISCARD TEMP",
      "SET synchronous_commit = off",
      notices_death_ ? std::string(kNoticeDeath) : std::string(),
      "SELECT set_config('search_path', " + sql::quote_string(search_path_) + ", false)"};
  connection_->run(statements);
}

std::vector<model::ObjectKey> ScratchSession::add_extensions() {
  std::vector<model::ObjectKey> made;
  if (!project_) return made;
  const std::unique_ptr<driver::Connection> project = connect(*project_);
  const driver::Rows rows = project->query(
      "SELECT e.extname::text, n.nspname::text FROM pg_extension e "
      "JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname <> 'plpgsql' "
      "ORDER BY e.oid");
  for (const driver::Row row : rows) {
    const std::vector<model::ObjectKey> more = make_extension(row.text(0), row.text(1));
    made.insert(made.end(), more.begin(), more.end());
  }
  return made;
}

std::vector<model::ObjectKey> ScratchSession::make_extension(const std::string& name,
                                                             const std::string& schema) {
  std::vector<model::ObjectKey> made;
  const std::array<Value, 2> names{Value(name), Value(schema)};
  const driver::Rows there = connection_->query(
      "SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = $1), "
      "EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = $2)",
      names);
  if (there[0].boolean(0)) return made;
  try {
    const std::string in_schema = sql::quote_always(schema);
    if (!there[0].boolean(1)) {
      connection_->query("CREATE SCHEMA " + in_schema);
      made.push_back({model::ObjectKind::Schema, schema, {}});
    }
    connection_->query("CREATE EXTENSION " + sql::quote_always(name) + " SCHEMA " + in_schema +
                       " CASCADE");
    made.push_back({model::ObjectKind::Extension, name, {}});
  } catch (const DatabaseError& error) {
    if (error.connection_lost()) throw;
    cupel::log(log_, LogLevel::Warning, "source",
               "extension '" + name +
                   "' of the project's database cannot be used in the scratch "
                   "database: " +
                   error.message());
  }
  return made;
}

}  // namespace cupel::dialect::postgres
