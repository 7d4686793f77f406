// SPDX-License-Identifier: MIT
// See gate.hpp.
#include "migrate/gate.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "cupel/base/text.hpp"
#include "cupel/migrate/run.hpp"
#include "migrate/reading.hpp"
#include "sql/statement_tokens.hpp"

namespace cupel::migrate {
namespace {

bool contains(std::span<const std::string> list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool is_final(const DatabaseError& error) { return !error.retryable() && !error.connection_lost(); }

}  // namespace

Gate::Gate(const Environment& environment)
    : environment_(&environment),
      watch_(environment.dialect->writer()),
      is_open_(environment.settings.destructive == Destructive::Allow) {}

const script::Migration& Gate::migration_of(const revision::Step& step) const {
  return environment_->migrations->get(environment_->migrations->graph().id(step.revision));
}

bool Gate::judges(const revision::Step& step) const {
  if (is_open_) return false;
  return step.direction != revision::Direction::Downgrade ||
         environment_->settings.destructive == Destructive::Deny;
}

void Gate::look(const std::vector<revision::Step>& steps) {
  lint::DestructionWatch watch(environment_->dialect->writer());
  std::vector<Loss> losses;
  for (const revision::Step& step : steps)
    if (judges(step)) judge_file(watch, step, losses);
  refuse(std::move(losses));
}

void Gate::begin(const revision::Step& step) {
  judges_calls_ = judges(step);
  if (!judges_calls_) return;
  watch_.has_run();
  const script::Migration& migration = migration_of(step);
  revision_ = migration.info().id;
  allows_ = migration.allows();
  std::vector<Loss> losses;
  judge_file(watch_, step, losses);
  refuse(std::move(losses));
}

void Gate::judge_file(lint::DestructionWatch& watch, const revision::Step& step,
                      std::vector<Loss>& losses, Judging judging) const {
  const script::Migration& migration = migration_of(step);
  const auto statements = migration.statements(step.direction, *environment_->dialect);
  std::vector<std::string_view> texts;
  texts.reserve(statements.size());
  for (const script::WrittenStatement& written : statements) texts.push_back(written.statement.sql);
  for (const lint::Destruction& found : watch.see(texts)) {
    const script::WrittenStatement& written = statements[found.statement];
    if (judging == Judging::WhatIsRefused &&
        (contains(written.allows, found.code) || approves(migration, found.code)))
      continue;
    Loss where;
    where.revision = migration.info().id;
    where.place = written.statement.place;
    measure(found, where, losses, judging == Judging::AllSteps);
  }
}

bool Gate::approves(const script::Migration& migration, const std::string& code) const {
  if (!environment_->find_approval) return false;
  const std::optional<Approval> approval = environment_->find_approval(migration.info().id);
  if (!approval) return false;
  if (!holds(*approval, migration)) {
    stale_.emplace(approval->revision, *approval);
    return false;
  }
  return contains(approval->codes, code) || contains(approval->codes, std::string(kEveryCode));
}

bool Gate::destroys(const std::vector<revision::Step>& steps) const {
  lint::DestructionWatch watch(environment_->dialect->writer());
  std::vector<Loss> losses;
  for (const revision::Step& step : steps) {
    const script::Migration& migration = migration_of(step);
    if (!migration.is_plain_sql() && (is_open_ || !migration.allows().empty())) return true;
    judge_file(watch, step, losses, Judging::AllLosses);
    if (!losses.empty()) return true;
  }
  return false;
}

std::vector<Loss> Gate::losses_of(const revision::Step& step) const {
  lint::DestructionWatch watch = watch_;
  std::vector<Loss> losses;
  judge_file(watch, step, losses, Judging::AllLosses);
  return losses;
}

std::vector<Loss> Gate::steps_of(const revision::Step& step) const {
  lint::DestructionWatch watch = watch_;
  std::vector<Loss> losses;
  judge_file(watch, step, losses, Judging::AllSteps);
  return losses;
}

void Gate::about_to(const ops::Operation& operation) {
  if (is_open_ || !judges_calls_) return;
  watch_.has_run();
  judge_call(watch_.see(operation));
}

void Gate::about_to(std::span<const std::string_view> statements) {
  if (is_open_ || !judges_calls_) return;
  watch_.has_run();
  judge_call(watch_.see(statements));
}

void Gate::judge_call(const std::vector<lint::Destruction>& found) {
  std::vector<Loss> losses;
  Loss where;
  where.revision = revision_;
  for (const lint::Destruction& step : found)
    if (!contains(allows_, step.code) &&
        !approves(environment_->migrations->get(revision_), step.code))
      measure(step, where, losses);
  refuse(std::move(losses));
}

std::string Gate::select_lost(const lint::Destruction& step) const {
  using Kind = lint::Destruction::Kind;
  if (step.kind == Kind::Values)
    return fmt::format("SELECT 1 AS one FROM {0} WHERE {0}.{1} IS NOT NULL", step.table,
                       step.column);
  if (step.kind == Kind::CutValues)
    return environment_->dialect->select_cut_values(step.table, step.column, step.type,
                                                    step.using_expression);
  return "SELECT 1 AS one FROM " + step.table;
}

void Gate::measure(const lint::Destruction& step, const Loss& where, std::vector<Loss>& losses,
                   bool with_empty) const {
  using Kind = lint::Destruction::Kind;
  if (step.kind == Kind::Rebuild) return measure_rebuild(step, where, losses, with_empty);
  Loss loss = where;
  loss.code = step.code;
  loss.description = step.description;
  loss.is_values = step.kind != Kind::Rows;
  if (step.kind == Kind::Unknown || environment_->connection == nullptr)
    return losses.push_back(std::move(loss));
  const std::string select = select_lost(step);
  if (select.empty()) return;
  loss.count = count(select);
  // A conversion that cannot be tried fails when it is run, and nothing is lost then.
  if (!loss.count && step.kind == Kind::CutValues && !with_empty) return;
  if (loss.count == 0 && !with_empty) return;
  if (step.kind == Kind::Values && is_computed(step)) return;
  losses.push_back(std::move(loss));
}

bool Gate::is_computed(const lint::Destruction& step) const {
  const dialect::Dialect& dialect = *environment_->dialect;
  const auto name_in = [&](const std::string& text) {
    const sql::StatementTokens tokens(text, dialect.lex_rules());
    return sql::TokenReader(tokens, 0).take_name();
  };
  const std::optional<sql::NameText> table = name_in(step.table);
  const std::optional<sql::NameText> column = name_in(step.column);
  if (!table || !column) return false;
  const std::optional<model::Table> found =
      dialect.make_inspector(*environment_->connection)->find_table(sql::object_name(*table));
  const model::Column* it = found ? found->find_column(column->last) : nullptr;
  return it != nullptr && it->computed.has_value();
}

void Gate::measure_rebuild(const lint::Destruction& step, const Loss& where,
                           std::vector<Loss>& losses, bool with_empty) const {
  bool is_missing = false;
  std::optional<driver::Rows> rows;
  if (environment_->connection != nullptr)
    rows = query("SELECT * FROM " + step.table + " LIMIT 0", is_missing);
  if (!rows && with_empty) {  // nobody knows which columns it has elsewhere
    Loss loss = where;
    loss.code = step.code;
    loss.description = step.description;
    losses.push_back(std::move(loss));
  }
  if (!rows) return;
  for (const std::string& column : rows->columns) {
    if (contains(step.kept, text::to_lower(column))) continue;
    lint::Destruction dropped = step;
    dropped.kind = lint::Destruction::Kind::Values;
    dropped.column = environment_->dialect->writer().quote(std::string_view(column));
    dropped.description += " without its column '" + column + "'";
    measure(dropped, where, losses, with_empty);
  }
}

std::optional<std::int64_t> Gate::count(const std::string& select) const {
  bool is_missing = false;
  const std::optional<driver::Rows> rows =
      query(fmt::format("SELECT count(*) FROM ({} LIMIT {}) AS lost", select, kMostCounted + 1),
            is_missing);
  if (rows) return (*rows)[0].integer(0);
  return is_missing ? std::optional<std::int64_t>(0) : std::nullopt;
}

std::optional<driver::Rows> Gate::query(const std::string& sql, bool& is_missing) const {
  if (environment_->connection->in_transaction()) return query_in_transaction(sql, is_missing);
  std::vector<driver::Rows> results;
  const bool done = try_read(*environment_, {sql}, results, [&](const DatabaseError& error) {
    is_missing = environment_->dialect->is_missing_object(error);
    return is_final(error);
  });
  return done ? std::optional(std::move(results[0])) : std::nullopt;
}

std::optional<driver::Rows> Gate::query_in_transaction(const std::string& sql,
                                                       bool& is_missing) const {
  driver::Connection& connection = *environment_->connection;
  connection.query("SAVEPOINT cupel_look");
  try {
    driver::Rows rows = connection.query(sql);
    connection.query("RELEASE SAVEPOINT cupel_look");
    return rows;
  } catch (const DatabaseError& error) {
    if (!is_final(error)) throw;
    is_missing = environment_->dialect->is_missing_object(error);
    connection.query("ROLLBACK TO SAVEPOINT cupel_look");
    connection.query("RELEASE SAVEPOINT cupel_look");
    return std::nullopt;
  }
}

void Gate::refuse(std::vector<Loss> losses) {
  if (losses.empty()) return;
  if (environment_->settings.destructive == Destructive::Ask && environment_->confirm &&
      environment_->confirm(losses)) {
    is_open_ = true;
    return;
  }
  DestructionRefused refusal(std::move(losses));
  for (const auto& [revision, approval] : stale_) {
    refusal.add_note(fmt::format("{}: {} has approved an older text of revision '{}' at {}",
                                 approval.path, approval.approved_by, revision,
                                 approval.approved_at));
    refusal.set_hint("look at what is new, and approve it again: cupel approve " + revision +
                     " --because <reason>");
  }
  throw refusal;
}

}  // namespace cupel::migrate
