// SPDX-License-Identifier: MIT
// See watching_sink.hpp.
#include "command/watching_sink.hpp"

#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/ops/services.hpp"

namespace cupel::command {
namespace {

/// A revision that asks this often waits for an answer that nobody gives here.
constexpr int kMostQueries = 1000;
constexpr const char* kDefaultSchemas[] = {"main", "public"};

lint::Effect effect_of(const ops::Operation& operation) {
  const auto* insert = std::get_if<ops::BulkInsert>(&operation);
  if (insert == nullptr) return operation;
  lint::ChangeRows rows;
  rows.verb = lint::ChangeRows::Verb::Insert;
  rows.table = insert->table;
  rows.has_columns = true;
  rows.columns = insert->columns;
  return rows;
}

}  // namespace

lint::Step read_statement(const StepReaderSettings& settings, const std::string& sql,
                          const model::Schema& before) {
  if (settings.lint != nullptr) return settings.lint->read(sql, before);
  lint::Step step;
  step.effects.emplace_back(lint::NotUnderstood{"there is no reader for this database's SQL"});
  return step;
}

void take_batches(lint::Step& step) {
  step.effects.clear();
  step.details.clear();
  step.in_transaction = false;
}

WatchingSink::WatchingSink(const dialect::Dialect& dialect, const Files& files,
                           const StepReaderSettings& settings, lint::ReplayedSchema& state,
                           bool in_full, const std::function<void(const lint::Step&)>& see)
    : dialect_(&dialect),
      settings_(&settings),
      state_(&state),
      in_full_(in_full),
      see_(&see),
      inspector_(state.schema(), kDefaultSchemas[dialect.traits().has_schemas ? 1 : 0]),
      files_(&files) {}

void WatchingSink::watch(const context::Operations& op, FilePosition otherwise) {
  op_ = &op;
  otherwise_ = std::move(otherwise);
}

FilePosition WatchingSink::place() const {
  FilePosition place = op_->place();
  if (place.file.empty()) place = otherwise_;
  if (found_) place.line = found_->line;
  return place;
}

bool WatchingSink::take(const ops::Operation& operation) {
  if (std::holds_alternative<ops::ExecuteSql>(operation)) return false;
  lint::Step step;
  step.is_operation = true;
  step.in_transaction = !autocommit_;
  if (in_full_) write(operation, step);
  step.effects.push_back(effect_of(operation));
  if (text_ != nullptr) found_ = text_->find(operation);
  tell(std::move(step));
  return true;
}

void WatchingSink::execute(const sql::Statement& statement) {
  lint::Step step = read_statement(*settings_, statement.sql, state_->schema());
  step.sql = statement.sql;
  step.in_transaction = !autocommit_ && !statement.outside_transaction &&
                        !dialect_->runs_outside_transaction(statement.sql);
  if (statement.backfill) take_batches(step);
  if (text_ != nullptr) found_ = text_->find_sql(statement.sql);
  tell(std::move(step));
}

driver::Rows WatchingSink::execute_bound(const std::string& sql, const std::vector<Value>&) {
  execute({sql});
  return {};
}

driver::Rows WatchingSink::query(const std::string& sql, const std::vector<Value>&) {
  if (text_ != nullptr) found_ = text_->find_sql(sql);
  if (!asked_at_ && uses_rows(place())) asked_at_ = place();
  if (++queries_ > kMostQueries)
    throw NotSupported("it asks the database again and again, until it gets another answer");
  execute({sql});
  return {};
}

void WatchingSink::run_many(const std::string& sql, const std::vector<std::vector<Value>>&) {
  execute({sql});
}

void WatchingSink::write(const ops::Operation& operation, lint::Step& step) const {
  try {
    for (const sql::Statement& statement :
         dialect_->writer().write(operation, {&state_->source(), settings_->server_version})) {
      step.sql += (step.sql.empty() ? "" : ";\n") + statement.sql;
      if (statement.outside_transaction || dialect_->runs_outside_transaction(statement.sql))
        step.in_transaction = false;
    }
  } catch (const Error&) {
    step.sql = ops::describe(operation);  // it is about what nobody has seen being made
  }
}

bool WatchingSink::uses_rows(const FilePosition& place) {
  if (!place.file.ends_with(".py") || place.line == 0) return true;
  if (place.file != shown_file_) {
    shown_file_ = place.file;
    shown_lines_.clear();
    if (files_->is_file(place.file)) shown_lines_ = text::split(files_->read(place.file), '\n');
  }
  return place.line > shown_lines_.size() ||
         !text::trim(shown_lines_[place.line - 1]).starts_with("op.execute(");
}

void WatchingSink::tell(lint::Step step) {
  step.place = place();
  if (found_ && found_->is_certain) certain_lines_.insert(found_->line);
  (*see_)(step);
}

}  // namespace cupel::command
