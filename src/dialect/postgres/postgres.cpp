// SPDX-License-Identifier: MIT
// The Dialect object: traits and wiring.
#include "dialect/postgres/postgres.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "cupel/sql/quote.hpp"
#include "dialect/postgres/ddl.hpp"
#include "dialect/postgres/diff_rules.hpp"
#include "dialect/postgres/driver.hpp"
#include "dialect/postgres/inspect.hpp"
#include "dialect/postgres/lex.hpp"
#include "dialect/postgres/lint/lint.hpp"
#include "dialect/postgres/lint/trace.hpp"
#include "dialect/postgres/normalizer.hpp"
#include "dialect/postgres/recovery.hpp"
#include "dialect/postgres/row_estimates.hpp"
#include "dialect/postgres/run_session.hpp"
#include "dialect/postgres/scratch.hpp"
#include "dialect/postgres/trial_schema.hpp"
#include "dialect/postgres/types.hpp"
#include "dialect/postgres/walk.hpp"

namespace cupel::dialect::postgres {
namespace {

class Postgres final : public Dialect {
 public:
  std::string_view name() const override { return "postgresql"; }
  std::span<const std::string_view> aliases() const override {
    static constexpr std::array<std::string_view, 1> kAliases{"postgres"};
    return kAliases;
  }
  const Traits& traits() const override {
    static const Traits kTraits{.transactional_ddl = true,
                                .one_transaction_per_run = false,
                                .max_identifier_length = 63,
                                .has_schemas = true,
                                .enforces_varchar_length = true,
                                .database_is_file = false,
                                .scratch_url = "",
                                .has_own_enums = true,
                                .names_ignore_case = false,
                                .version_parts = 2};
    return kTraits;
  }
  std::unique_ptr<driver::Connection> connect(
      const driver::Url& url, const driver::ConnectOptions& options) const override {
    return postgres::connect(url, options);
  }
  const sql::DdlWriter& writer() const override { return postgres::writer(); }
  const sql::LexRules& lex_rules() const override { return postgres::lex_rules(); }
  std::unique_ptr<inspect::Inspector> make_inspector(
      driver::Connection& connection) const override {
    return postgres::make_inspector(connection);
  }
  const diff::DiffRules& diff_rules() const override { return postgres::diff_rules(); }
  std::unique_ptr<diff::Normalizer> make_normalizer(driver::Connection& connection) const override {
    return postgres::make_normalizer(connection);
  }
  std::map<model::ObjectName, std::int64_t> row_estimates(
      driver::Connection& connection) const override {
    return postgres::row_estimates(connection);
  }
  std::unique_ptr<lint::DialectLint> make_lint() const override { return postgres::make_lint(); }
  std::vector<lint::TracedStatement> trace(driver::Connection& connection,
                                           std::span<const std::string> statements,
                                           const model::Schema& before) const override {
    return postgres::trace(connection, statements, before);
  }
  std::unique_ptr<RunSession> make_run_session(driver::Connection& connection,
                                               const driver::Url* url,
                                               const RunSettings& settings) const override {
    return postgres::make_run_session(connection, url, settings);
  }
  TransactionFrame transaction_frame(const RunSettings& settings) const override {
    return postgres::transaction_frame(settings);
  }
  std::unique_ptr<Scratch> make_scratch(const ScratchRequest& request) const override {
    return postgres::make_scratch(request);
  }
  std::unique_ptr<Scratch> make_trial(driver::Connection& connection) const override {
    return postgres::make_trial_schema(connection);
  }
  bool runs_outside_transaction(std::string_view statement) const override {
    return postgres::runs_outside_transaction(statement) ||
           postgres::needs_commit_before_use(statement);
  }
  Recovery recovery(std::string_view statement, bool was_started,
                    driver::Connection& connection) const override {
    return postgres::recovery(statement, was_started, connection);
  }
  std::string select_cut_values(const std::string& table, const std::string& column,
                                const std::string& type,
                                const std::string& using_expression) const override {
    return postgres::select_cut_values(table, column, type, using_expression);
  }
  Walk walk(std::string_view table, driver::Connection& connection) const override {
    return make_walk(table, connection);
  }
  std::unique_ptr<ReplicaWatch> watch_replicas(driver::Connection& connection) const override {
    return postgres::watch_replicas(connection);
  }
  std::string select_existing(std::span<const model::ObjectName> tables) const override {
    std::vector<std::string> terms;
    for (const model::ObjectName& table : tables) {
      terms.push_back(fmt::format("pg_catalog.to_regclass({}) IS NOT NULL",
                                  sql::quote_string(writer().quote(table))));
    }
    return fmt::format("SELECT {}", fmt::join(terms, ", "));
  }
  bool is_missing_object(const DatabaseError& error) const override {
    // Schema, table, column, function or operator, type or other object.
    static constexpr std::array<std::string_view, 5> kMissing{"3F000", "42P01", "42703", "42883",
                                                              "42704"};
    return std::find(kMissing.begin(), kMissing.end(), error.sqlstate()) != kMissing.end();
  }
  std::string placeholder(std::size_t n) const override { return "$" + std::to_string(n); }
};

}  // namespace

const Dialect& dialect() {
  static const Postgres kDialect;
  return kDialect;
}

}  // namespace cupel::dialect::postgres
