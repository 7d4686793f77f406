// SPDX-License-Identifier: MIT
// The calls that move data, and what a migration may ask of its surroundings.
#include <array>
#include <utility>

#include "cupel/context/operations.hpp"
#include "cupel/sql/placeholders.hpp"
#include "cupel/sql/splitter.hpp"
#include "sql/savepoint.hpp"

namespace cupel::context {
namespace {

NotSupported needs_database(std::string_view call) {
  return NotSupported(
      "op." + std::string(call) +
          "() needs a live database, and this run only writes SQL text (--sql)",
      "guard it with if (!op.is_offline()), or write the statement out with op.execute()");
}

/// The transaction is the run's; savepoints inside of it are the revision's own.
void refuse_transaction_control(std::string_view statement, const sql::LexRules& rules) {
  if (!sql::is_transaction_control(statement, rules) || sql::is_savepoint(statement, rules)) return;
  throw UsageError("a revision must not begin or end transactions: '" +
                       std::string(statement.substr(0, 40)) + "'",
                   "leave it out, since cupel runs each revision in a transaction; what must be "
                   "outside of it goes into op.autocommit_block()");
}

}  // namespace

void Operations::execute(std::string sql, std::vector<std::pair<std::string, Value>> parameters) {
  invoke(ops::ExecuteSql{std::move(sql), std::move(parameters)});
}

void Operations::run_sql(const ops::ExecuteSql& operation) {
  if (!operation.parameters.empty() && !is_offline()) {
    const sql::BoundStatement bound =
        sql::bind_parameters(operation.sql, dialect_->lex_rules(), operation.parameters,
                             [this](std::size_t n) { return dialect_->placeholder(n); });
    refuse_transaction_control(bound.sql, dialect_->lex_rules());
    sink_->about_to(std::array{std::string_view(bound.sql)});
    sink_->execute_bound(bound.sql, bound.values);
    return;
  }
  const std::string text = operation.parameters.empty()
                               ? operation.sql
                               : sql::inline_parameters(dialect_->writer(), operation);
  const std::vector<sql::StatementText> statements =
      sql::split_statements(text, dialect_->lex_rules());
  std::vector<std::string_view> texts;
  for (const sql::StatementText& statement : statements) {
    refuse_transaction_control(statement.text, dialect_->lex_rules());
    texts.push_back(statement.text);
  }
  sink_->about_to(texts);
  for (const sql::StatementText& statement : statements) {
    const bool outside =
        operation.outside_transaction || dialect_->runs_outside_transaction(statement.text);
    sink_->execute({statement.text, outside});
  }
}

driver::Rows Operations::rows(std::string sql,
                              std::vector<std::pair<std::string, Value>> parameters) {
  if (is_offline()) throw needs_database("rows");
  const sql::BoundStatement bound =
      sql::bind_parameters(sql, dialect_->lex_rules(), parameters,
                           [this](std::size_t n) { return dialect_->placeholder(n); });
  refuse_transaction_control(bound.sql, dialect_->lex_rules());
  sink_->about_to(std::array{std::string_view(bound.sql)});
  return sink_->query(bound.sql, bound.values);
}

void Operations::bulk_insert(ObjectName table, std::vector<std::string> columns,
                             std::vector<std::vector<Value>> rows) {
  invoke(ops::BulkInsert{std::move(table), std::move(columns), std::move(rows)});
}

void Operations::run_insert(const ops::BulkInsert& insert) {
  if (insert.rows.empty()) return;
  for (std::size_t i = 0; i < insert.rows.size(); ++i) {
    if (insert.rows[i].size() == insert.columns.size()) continue;
    throw UsageError("bulk_insert into '" + model::to_string(insert.table) + "': row " +
                         std::to_string(i + 1) + " has " + std::to_string(insert.rows[i].size()) +
                         " values, expected " + std::to_string(insert.columns.size()),
                     "give one value for each column; std::monostate{} is NULL");
  }
  if (is_offline()) {
    for (const sql::Statement& statement : dialect_->writer().write(insert))
      sink_->execute(statement);
    return;
  }
  const sql::DdlWriter& writer = dialect_->writer();
  std::string sql = "INSERT INTO " + writer.quote(insert.table) + " (";
  std::string values;
  for (std::size_t i = 0; i < insert.columns.size(); ++i) {
    if (i != 0) {
      sql += ", ";
      values += ", ";
    }
    sql += writer.quote(std::string_view(insert.columns[i]));
    values += dialect_->placeholder(i + 1);
  }
  sink_->run_many(sql + ") VALUES (" + values + ")", insert.rows);
}

void Operations::backfill(std::string table, const BackfillOptions& options) {
  const ObjectName name{options.schema, std::move(table)};
  if (options.set.empty())
    throw UsageError("a backfill of '" + model::to_string(name) + "' that sets nothing",
                     "name a column and what it becomes: .set = {{\"name\", \"upper(name)\"}}");
  const sql::DdlWriter& writer = dialect_->writer();
  std::string sql = "UPDATE " + writer.quote(name) + " SET ";
  for (std::size_t i = 0; i < options.set.size(); ++i) {
    sql += (i == 0 ? "" : ", ") + writer.quote(std::string_view(options.set[i].first)) + " = " +
           options.set[i].second;
  }
  if (!options.where.empty()) sql += " WHERE " + options.where;
  sink_->about_to(std::array{std::string_view(sql)});
  sql::Statement statement{std::move(sql)};
  statement.backfill = sql::Pace{options.batch, options.pause, options.max_lag};
  sink_->execute(statement);
}

driver::Rows Operations::query(const std::string& sql, const std::vector<Value>& values) {
  if (is_offline()) throw needs_database("query");
  return sink_->query(sql, values);
}

driver::Rows Operations::change(const std::string& sql, const std::vector<Value>& values) {
  if (is_offline()) throw needs_database("change");
  return sink_->execute_bound(sql, values);
}

void Operations::autocommit_block(const std::function<void()>& body) {
  /// Inside again at the end of the block, whatever ends it.
  struct Restore {
    StatementSink* sink;
    bool before;
    ~Restore() { sink->set_autocommit(before); }
  };
  const Restore restore{sink_, sink_->set_autocommit(true)};
  body();
}

bool Operations::is_offline() const { return sink_->is_offline(); }

driver::Connection& Operations::connection() {
  if (sink_->connection() == nullptr) throw needs_database("connection");
  return *sink_->connection();
}

inspect::Inspector& Operations::inspector() {
  if (is_offline()) throw needs_database("inspector");
  sink_->flush();
  if (inspect::Inspector* other = sink_->inspector()) return *other;
  if (!inspector_) inspector_ = dialect_->make_inspector(*sink_->connection());
  return *inspector_;
}

}  // namespace cupel::context
