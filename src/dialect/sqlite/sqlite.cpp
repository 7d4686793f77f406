// SPDX-License-Identifier: MIT
// The Dialect object: traits and wiring.
#include "dialect/sqlite/sqlite.hpp"

#include <fmt/ranges.h>

#include <array>

#include "cupel/sql/quote.hpp"
#include "dialect/sqlite/ddl.hpp"
#include "dialect/sqlite/diff_rules.hpp"
#include "dialect/sqlite/driver.hpp"
#include "dialect/sqlite/inspect.hpp"
#include "dialect/sqlite/lex.hpp"
#include "dialect/sqlite/lint/lint.hpp"
#include "dialect/sqlite/row_estimates.hpp"
#include "dialect/sqlite/run_session.hpp"
#include "dialect/sqlite/scratch.hpp"
#include "dialect/sqlite/walk.hpp"

namespace cupel::dialect::sqlite {
namespace {

class Sqlite final : public Dialect {
 public:
  std::string_view name() const override { return "sqlite"; }
  std::span<const std::string_view> aliases() const override {
    static constexpr std::array<std::string_view, 1> kAliases{"sqlite3"};
    return kAliases;
  }
  const Traits& traits() const override {
    static const Traits kTraits{.transactional_ddl = true,
                                .one_transaction_per_run = true,
                                .max_identifier_length = 1024,
                                .has_schemas = false,
                                .enforces_varchar_length = false,
                                .database_is_file = true,
                                .scratch_url = "sqlite://",
                                .has_own_enums = false,
                                .names_ignore_case = true};
    return kTraits;
  }
  std::unique_ptr<driver::Connection> connect(
      const driver::Url& url, const driver::ConnectOptions& options) const override {
    return sqlite::connect(url, options);
  }
  const sql::DdlWriter& writer() const override { return sqlite::writer(); }
  const sql::LexRules& lex_rules() const override { return sqlite::lex_rules(); }
  std::unique_ptr<inspect::Inspector> make_inspector(
      driver::Connection& connection) const override {
    return sqlite::make_inspector(connection);
  }
  const diff::DiffRules& diff_rules() const override { return sqlite::diff_rules(); }
  std::map<model::ObjectName, std::int64_t> row_estimates(
      driver::Connection& connection) const override {
    return sqlite::row_estimates(connection);
  }
  std::unique_ptr<RunSession> make_run_session(driver::Connection& connection,
                                               const driver::Url* url,
                                               const RunSettings& settings) const override {
    return sqlite::make_run_session(connection, url != nullptr, settings);
  }
  std::unique_ptr<lint::DialectLint> make_lint() const override { return sqlite::make_lint(); }
  TransactionFrame transaction_frame(const RunSettings&) const override {
    return sqlite::transaction_frame();
  }
  std::unique_ptr<Scratch> make_scratch(const ScratchRequest& request) const override {
    return sqlite::make_scratch(request);
  }
  std::unique_ptr<Scratch> make_trial(driver::Connection&) const override {
    return sqlite::make_scratch({});  // a statement names one table here, and nothing is looked up
  }
  bool runs_outside_transaction(std::string_view statement) const override {
    return sqlite::runs_outside_transaction(statement);
  }
  /// VACUUM, ATTACH and pragmas can all simply run again.
  Recovery recovery(std::string_view, bool, driver::Connection&) const override { return {}; }
  Walk walk(std::string_view table, driver::Connection& connection) const override {
    return make_walk(table, connection);
  }
  /// The pragmas look the name up; sqlite_master would be read from end to end. The first would
  /// refuse a schema that is not attached.
  std::string select_existing(std::span<const model::ObjectName> tables) const override {
    std::vector<std::string> terms;
    for (const model::ObjectName& table : tables) {
      const std::string name = sql::quote_string(table.name);
      terms.push_back(
          table.schema.empty()
              ? fmt::format("EXISTS (SELECT 1 FROM pragma_table_info({}))", name)
              : fmt::format("EXISTS (SELECT 1 FROM pragma_table_list({}) WHERE schema = {} COLLATE "
                            "NOCASE)",
                            name, sql::quote_string(table.schema)));
    }
    return fmt::format("SELECT {}", fmt::join(terms, ", "));
  }
  bool is_missing_object(const DatabaseError& error) const override {
    return error.message().find("no such ") != std::string::npos;
  }
  std::string placeholder(std::size_t) const override { return "?"; }
};

}  // namespace

const Dialect& dialect() {
  static const Sqlite kDialect;
  return kDialect;
}

}  // namespace cupel::dialect::sqlite
