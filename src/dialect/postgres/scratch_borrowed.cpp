// SPDX-License-Identifier: MIT
// An empty database that was lent: it is marked while it is used, so that what a killed run left in
// it can be told from somebody's own objects.
#include <algorithm>

#include "cupel/base/text.hpp"
#include "cupel/sql/quote.hpp"
#include "dialect/postgres/database_objects.hpp"
#include "dialect/postgres/driver.hpp"
#include "dialect/postgres/scratch_session.hpp"

namespace cupel::dialect::postgres {
namespace {

/// The mark is a collation, since that is a kind of object that no schema of ours has.
constexpr std::string_view kMark = "public.cupel_scratch";
/// In the mark's comment, before the names of the extensions that were there before.
constexpr std::string_view kComment =
    "cupel: everything in this database may be dropped, but for: ";

constexpr std::string_view kMarkQuery = R"(
SELECT coalesce(obj_description(c.oid, 'pg_collation'), '') FROM pg_collation c
WHERE c.collname = 'cupel_scratch' AND c.collnamespace = to_regnamespace('public'))";

class BorrowedDatabase final : public ScratchSession {
 public:
  BorrowedDatabase(const driver::Url& url, const ScratchRequest& request)
      : ScratchSession(request), database_(url.database) {
    std::unique_ptr<driver::Connection> session = connect(url);
    lock(*session);
    clear_left(*session);
    refuse_full(*session);
    mark(*session);
    const SearchPath path = read_search_path(*session);
    open(std::move(session), path);
  }

  ~BorrowedDatabase() override {
    try {
      reset_session();
      empty(connection());
    } catch (const std::exception& error) {
      cupel::log(log(), LogLevel::Warning, "source",
                 "database '" + database_ +
                     "' could not be emptied, the next run will do it: " + error.what());
    }
  }

 private:
  /// Ends with the session.
  void lock(driver::Connection& session) const {
    try {
      session.query("SET lock_timeout = '60s'");
      session.query("SELECT pg_advisory_lock(hashtextextended('cupel scratch', 0))");
    } catch (DatabaseError& error) {
      if (error.sqlstate() != "55P03") throw;
      throw DatabaseError("database '" + database_ + "' of --dev-url is in use by another run",
                          error.details(), "wait, or give each run a database of its own");
    }
  }

  std::vector<DatabaseObject> read_objects(driver::Connection& session) const {
    std::vector<DatabaseObject> objects;
    for (DatabaseObject& object : objects_of(session)) {
      const bool was_there =
          object.is_extension() &&
          std::find(extensions_.begin(), extensions_.end(), object.identity) != extensions_.end();
      if (!was_there) objects.push_back(std::move(object));
    }
    return objects;
  }

  void clear_left(driver::Connection& session) {
    const driver::Rows rows = session.query(kMarkQuery);
    if (rows.empty() || !rows[0].text(0).starts_with(kComment)) return;
    extensions_ = text::split_list(rows[0].text(0).substr(kComment.size()));
    empty(session);
    cupel::log(log(), LogLevel::Info, "source",
               "emptied database '" + database_ + "' of what a killed run had left");
  }

  void refuse_full(driver::Connection& session) {
    extensions_.clear();
    std::vector<DatabaseObject> objects = read_objects(session);
    for (const DatabaseObject& object : objects)
      if (object.is_extension()) extensions_.push_back(object.identity);
    std::erase_if(objects, [](const DatabaseObject& object) { return object.is_extension(); });
    if (objects.empty()) return;
    std::string what = objects[0].type + " '" + objects[0].identity + "'";
    if (objects.size() > 1) what += " and " + std::to_string(objects.size() - 1) + " more";
    throw UsageError("database '" + database_ + "' of --dev-url is not empty: it has " + what,
                     "give an empty one, which is emptied again, or a URL without a database, to "
                     "have one made on that server");
  }

  void mark(driver::Connection& session) const {
    const std::string comment = std::string(kComment) + text::join(extensions_, ", ");
    session.run(std::vector<std::string>{
        "CREATE COLLATION " + std::string(kMark) + " FROM \"C\"",
        "COMMENT ON COLLATION " + std::string(kMark) + " IS " + sql::quote_string(comment)});
  }

  /// Some at a time, since each dropped table holds locks to the end of its transaction.
  void empty(driver::Connection& session) const {
    constexpr std::size_t kBatch = 100;
    std::size_t before = 0;
    for (std::vector<DatabaseObject> objects = read_objects(session); !objects.empty();
         objects = read_objects(session)) {
      if (objects.size() == before)
        throw DatabaseError(objects[0].type + " '" + objects[0].identity + "' stays", {});
      before = objects.size();
      std::vector<std::string> statements;
      for (std::size_t i = 0; i < std::min(kBatch, objects.size()); ++i) {
        statements.push_back(drop_statement(objects[i]));
      }
      session.run(statements);
    }
    session.query("DROP COLLATION IF EXISTS " + std::string(kMark));
  }

  std::string database_;
  std::vector<std::string> extensions_;  ///< that were there before, and stay
};

}  // namespace

std::unique_ptr<Scratch> borrow_database(const driver::Url& url, const ScratchRequest& request) {
  return std::make_unique<BorrowedDatabase>(url, request);
}

}  // namespace cupel::dialect::postgres
