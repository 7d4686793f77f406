// SPDX-License-Identifier: MIT
// A scratch database of our own: CREATE DATABASE, and DROP DATABASE at the end. See scratch.hpp.
#include "dialect/postgres/scratch.hpp"

#include <unistd.h>

#include <random>

#include "cupel/sql/quote.hpp"
#include "dialect/postgres/driver.hpp"
#include "dialect/postgres/scratch_session.hpp"

namespace cupel::dialect::postgres {

std::string create_statement(const std::string& name, driver::Connection& like) {
  const driver::Rows rows = like.query(
      // The keys of the row differ between versions.
      "SELECT pg_encoding_to_char(encoding), datcollate::text, datctype::text, "
      "to_jsonb(d) ->> 'datlocprovider', "
      "coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') "
      "FROM pg_database d WHERE datname = current_database()");
  std::string sql = "CREATE DATABASE " + name + " TEMPLATE template0 ENCODING " +
                    sql::quote_string(rows[0].text(0)) + " LC_COLLATE " +
                    sql::quote_string(rows[0].text(1)) + " LC_CTYPE " +
                    sql::quote_string(rows[0].text(2));
  const std::string provider = rows[0].optional_text(3).value_or("");
  const std::string locale = sql::quote_string(rows[0].optional_text(4).value_or(""));
  if (provider == "i") sql += " LOCALE_PROVIDER icu ICU_LOCALE " + locale;
  if (provider == "b") sql += " LOCALE_PROVIDER builtin BUILTIN_LOCALE " + locale;
  return sql;
}

// The server's time, so that clocks need not agree; our process, for people; and a random part.
std::string new_scratch_name(driver::Connection& admin) {
  const driver::Rows rows = admin.query("SELECT floor(extract(epoch FROM now()))::bigint");
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::random_device random;
  std::string part;
  for (int i = 0; i < 8; ++i) part += kDigits[random() % kDigits.size()];
  return "cupel_scratch_" + rows[0].text(0) + "_" + std::to_string(::getpid()) + "_" + part;
}

namespace {

/// By name, owner and mark ours, and nobody's any more. One that has no mark yet may be about to be
/// connected to.
constexpr std::string_view kLeftQuery = R"(SELECT d.datname::text FROM pg_database d
WHERE d.datname ~ '^cupel_scratch_[0-9]+_[0-9]+_[0-9a-f]{8}$'
AND d.datdba = (SELECT r.oid FROM pg_roles r WHERE r.rolname = current_user)
AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datid = d.oid)
AND (shobj_description(d.oid, 'pg_database') LIKE 'cupel: %'
  OR split_part(d.datname, '_', 3)::numeric < extract(epoch FROM now()) - 600)
ORDER BY 1)";

DatabaseError cannot_make(const DatabaseError& error, const driver::Url& url) {
  const bool no_right = error.sqlstate() == "42501";
  const std::string user = url.user.empty() ? "USER" : url.user;
  const std::string other =
      "name an empty database, or a server where that is allowed: --dev-url, or dev_url in "
      "[schema] of cupel.toml";
  DatabaseError result("no scratch database can be made: " + error.message(), error.details(),
                       no_right ? "ALTER ROLE " + user + " CREATEDB; or " + other : other);
  result.add_note("a schema in SQL is read by executing it in a database that is dropped again");
  return result;
}

class OwnDatabase final : public ScratchSession {
 public:
  OwnDatabase(driver::Url url, const ScratchRequest& request)
      : ScratchSession(request), url_(std::move(url)), admin_(connect(url_)) {
    for (const std::string& name : drop_left_scratches(*admin_)) {
      cupel::log(log(), LogLevel::Info, "source",
                 "dropped the scratch database '" + name + "' that a killed run had left");
    }
    create();
  }
  ~OwnDatabase() override { drop(); }

 private:
  void create() {
    const SearchPath path = read_search_path(*admin_);
    name_ = new_scratch_name(*admin_);
    try {
      admin_->query(create_statement(name_, *admin_));
    } catch (const DatabaseError& error) {
      throw cannot_make(error, url_);
    }
    try {
      driver::Url url = url_;
      url.database = name_;
      std::unique_ptr<driver::Connection> connection = connect(url);
      connection->query("COMMENT ON DATABASE " + name_ + " IS " +
                        sql::quote_string(kScratchComment));
      open(std::move(connection), path);
    } catch (const DatabaseError& error) {
      drop();  // the destructor does not run for what was not made
      throw cannot_make(error, url_);
    }
  }

  void drop() noexcept {
    close();
    try {
      // A pooler may still hold connections to it.
      const bool can_force = admin_->server_version() >= 130000;
      const std::string statement =
          "DROP DATABASE IF EXISTS " + name_ + (can_force ? " WITH (FORCE)" : "");
      if (!admin_->is_alive()) admin_ = connect(url_);
      admin_->query(statement);
    } catch (const std::exception& error) {
      cupel::log(log(), LogLevel::Warning, "source",
                 "the scratch database '" + name_ +
                     "' could not be dropped, the next run will do it: " + error.what());
    }
  }

  driver::Url url_;
  std::unique_ptr<driver::Connection> admin_;
  std::string name_;
};

}  // namespace

std::vector<std::string> drop_left_scratches(driver::Connection& connection) {
  std::vector<std::string> dropped;
  for (const driver::Row row : connection.query(kLeftQuery)) {
    try {
      connection.query("DROP DATABASE IF EXISTS " + row.text(0));
      dropped.push_back(row.text(0));
    } catch (const DatabaseError& error) {
      if (error.connection_lost()) throw;  // otherwise somebody else is at it, or in it
    }
  }
  return dropped;
}

std::unique_ptr<Scratch> make_scratch(const ScratchRequest& request) {
  if (request.dev != nullptr && !request.dev->database.empty())
    return borrow_database(*request.dev, request);
  if (request.dev != nullptr) {
    driver::Url server = *request.dev;
    server.database = "postgres";  // every server has it
    return std::make_unique<OwnDatabase>(std::move(server), request);
  }
  if (request.beside == nullptr)
    throw UsageError("a schema in SQL needs a server to be tried on",
                     "configure the database's url, or give --dev-url");
  return std::make_unique<OwnDatabase>(*request.beside, request);
}

}  // namespace cupel::dialect::postgres
