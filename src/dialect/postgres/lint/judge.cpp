// SPDX-License-Identifier: MIT
// What the statements of a transaction mean together, and what every finding shares. See
// judge.hpp.
#include "dialect/postgres/lint/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/sql/quote.hpp"
#include "dialect/postgres/lex.hpp"
#include "dialect/postgres/lint/rules.hpp"

namespace cupel::dialect::postgres {

using model::ObjectName;

std::string named(const ObjectName& name) { return "'" + to_string(name) + "'"; }

std::vector<JudgedEffect> effects_of(const lint::Step& step) {
  std::vector<JudgedEffect> result;
  for (std::size_t i = 0; i < step.effects.size(); ++i) {
    const auto details = step.details.find(i);
    const lint::Details own = details == step.details.end() ? lint::Details() : details->second;
    const auto* operation = std::get_if<ops::Operation>(&step.effects[i]);
    const auto* batch = operation == nullptr ? nullptr : std::get_if<ops::AlterTable>(operation);
    if (batch == nullptr) {
      result.push_back({step.effects[i], own});
      continue;
    }
    for (const ops::TableChange& change : batch->changes) {
      std::visit(
          [&](auto it) {
            it.table = batch->table;
            result.push_back({lint::Effect(ops::Operation(std::move(it))), {}});
          },
          change);
    }
  }
  return result;
}

bool PostgresJudge::is_in_use(const ObjectName& table) const {
  return state_->is_old(table) && state_->rows_of(table) != 0;
}

void PostgresJudge::find(std::string_view code, const Subject& subject, std::string message,
                         SafeForm form) {
  constexpr std::int64_t kManyRows = 1'000'000;
  const bool of_table = !subject.table.name.empty();
  if (of_table && !is_in_use(subject.table)) return;
  lint::Finding finding;
  finding.code = std::string(code);
  finding.severity = lint_rule(code).severity;
  finding.object = subject.object.empty() ? to_string(subject.table) : subject.object;
  finding.rows = of_table ? state_->rows_of(subject.table) : -1;
  const bool costs = subject.work != Work::None || subject.is_brief;
  if (subject.is_brief && state_->has_lock_timeout) finding.severity = lint::Severity::Notice;
  if (costs && finding.rows >= 0) {
    if (finding.rows < state_->small_table) finding.severity = lint::Severity::Notice;
    if (finding.rows >= kManyRows && subject.work != Work::None)
      finding.severity = lint::Severity::Error;
  }
  const std::string time = estimate(subject.work, finding.rows);
  finding.message = std::move(message) + (time.empty() ? "" : ": " + time);
  form = whole_step(std::move(form));
  finding.safe = std::move(form.sql);
  finding.replacement = std::move(form.replacement);
  finding.place = step_->place;
  (*report_)(std::move(finding));
}

/// A replacement takes the place of the whole step, so it does all that the step does.
SafeForm PostgresJudge::whole_step(SafeForm form) const {
  if (form.replacement.empty() || effects_.size() < 2) return form;
  std::vector<ops::Operation> all;
  for (std::size_t i = 0; i < effects_.size(); ++i) {
    const auto* operation = std::get_if<ops::Operation>(&effects_[i].effect);
    if (operation == nullptr) return only_text(std::move(form.sql));
    if (i == judged_) {
      all.insert(all.end(), form.replacement.begin(), form.replacement.end());
    } else {
      all.push_back(*operation);
    }
  }
  return safe_form(all);
}

void PostgresJudge::see(const lint::Step& step, const lint::State& state,
                        const lint::Report& report) {
  step_ = &step;
  state_ = &state;
  report_ = &report;
  effects_ = effects_of(step);
  judged_ = 0;
  const SessionFacts session{zone_is_utc_ || local_zone_is_utc_};
  std::vector<Touch> touches;
  for (; judged_ < effects_.size(); ++judged_) {
    const JudgedEffect& it = effects_[judged_];
    EffectJudge judge(*this, it.details);
    std::visit(judge, it.effect);
    for (Touch& touch : touches_of(it.effect, it.details, state, session))
      if (is_in_use(touch.table)) touches.push_back(std::move(touch));
  }
  judge_outside(step);
  judge_transaction(touches);
  for (const JudgedEffect& it : effects_) remember(it);
  if (step.in_transaction) keep_locks(touches);
}

namespace {

constexpr std::string_view verb_of(Work work) {
  switch (work) {
    case Work::IndexBuild:
    case Work::ExcludeBuild:
      return "building an index on";
    case Work::Rewrite:
      return "writing anew";
    case Work::Query:
      return "refreshing";
    default:
      return "reading all of";
  }
}

}  // namespace

void PostgresJudge::judge_transaction(const std::vector<Touch>& touches) {
  for (const JudgedEffect& it : effects_) {
    if (const auto* rows = std::get_if<lint::ChangeRows>(&it.effect)) judge_rows(*rows);
    judge_enum_values(it.effect);
  }
  const bool changes_rows = std::any_of(effects_.begin(), effects_.end(), [](const auto& it) {
    return std::holds_alternative<lint::ChangeRows>(it.effect);
  });
  if (!changes_rows) judge_slow_work(touches);
  judge_timeouts(touches);
}

/// LK026, LK027, LK028.
void PostgresJudge::judge_slow_work(const std::vector<Touch>& touches) {
  if (!step_->in_transaction) return;
  std::set<ObjectName> gone_through;
  for (const Touch& touch : touches) {
    if (touch.work != Work::None && !held_.empty()) {
      const HeldLock& lock = held_.front();
      const std::string line =
          lock.place.line == 0 ? "" : fmt::format(" since line {}", lock.place.line);
      find("LK026", {touch.table, to_string(touch.table), touch.work},
           fmt::format("{} table {} goes on while table {} is locked in {} mode{}, which keeps "
                       "out {} it until the transaction ends",
                       verb_of(touch.work), named(touch.table), named(lock.table),
                       words_of(lock.mode), line, blocked_by(lock.mode)));
    }
    // What one ALTER TABLE could do at once.
    const bool is_alter = touch.lock == LockMode::AccessExclusive &&
                          (touch.work == Work::Scan || touch.work == Work::Rewrite);
    if (is_alter) gone_through.insert(touch.table);
    const bool is_second = touch.lock == LockMode::AccessExclusive && !touch.is_secondary &&
                           !exclusive_.empty() && !exclusive_.contains(touch.table);
    if (is_second) {
      find("LK027", {touch.table, "", Work::None, true},
           fmt::format("table {} is locked against everybody in the transaction that already "
                       "holds table {} so",
                       named(touch.table), named(*exclusive_.begin())));
    }
  }
  for (const ObjectName& table : gone_through) {
    if (++goings_through_[table] != 2) continue;
    find("LK028", {table, "", Work::Scan},
         "table " + named(table) +
             " is gone through more than once in this transaction; one ALTER TABLE with several "
             "parts does it once");
  }
}

/// LK029, LK030.
void PostgresJudge::judge_timeouts(const std::vector<Touch>& touches) {
  const bool has_lock_timeout = state_->has_lock_timeout || lock_timeout_ || local_lock_timeout_;
  const bool has_limit =
      state_->has_statement_timeout || statement_timeout_ || local_statement_timeout_;
  for (const Touch& touch : touches) {
    if (is_strong(touch.lock) && !has_lock_timeout && !said_lock_timeout_) {
      said_lock_timeout_ = true;
      find("LK029", {touch.table, "", Work::None, true},
           fmt::format("table {} is locked in {} mode without a lock_timeout: while it waits, {} "
                       "it waits behind it",
                       named(touch.table), words_of(touch.lock),
                       touch.lock == LockMode::AccessExclusive ? "every read and write of"
                                                               : "every write to"),
           only_text({"SET LOCAL lock_timeout = '2s';"}));
    }
    // What runs outside of transactions takes its time, and stops nobody.
    const bool may_run_away = touch.work != Work::None && step_->in_transaction;
    if (may_run_away && !has_limit && !said_statement_timeout_) {
      said_statement_timeout_ = true;
      find("LK030", {touch.table, "", Work::None},
           fmt::format("{} table {} has no limit of time", verb_of(touch.work), named(touch.table)),
           only_text({"SET LOCAL statement_timeout = '15min';"}));
    }
  }
}

/// DV003.
void PostgresJudge::judge_rows(const lint::ChangeRows& change) {
  if (!changed_rows_) changed_rows_ = step_->place;
  const bool is_bulk = change.verb != lint::ChangeRows::Verb::Insert || change.from_query;
  if (!is_bulk || held_.empty() || !step_->in_transaction) return;
  const HeldLock& lock = held_.front();
  find("DV003", {change.table, "", Work::Scan},
       fmt::format("rows of table {} are changed while table {} is locked in {} mode, which keeps "
                   "out {} it until the transaction ends",
                   named(change.table), named(lock.table), words_of(lock.mode),
                   blocked_by(lock.mode)));
}

namespace {

/// The texts of an effect that may hold an enum's value.
std::string texts_of(const lint::Effect& effect) {
  const auto* operation = std::get_if<ops::Operation>(&effect);
  if (operation == nullptr) return {};
  std::string text;
  const auto add = [&](const model::Expression& it) {
    text += it.kind == model::ExpressionKind::Literal ? sql::quote_string(it.text) : it.text;
    text += ' ';
  };
  if (const auto* alter = std::get_if<ops::AlterColumn>(operation)) {
    if (alter->server_default.sets()) add(alter->server_default.value);
  } else if (const auto* column = std::get_if<ops::AddColumn>(operation)) {
    if (column->column.server_default) add(*column->column.server_default);
    for (const model::CheckConstraint& it : column->checks) text += it.expression + " ";
  } else if (const auto* constraint = std::get_if<ops::AddConstraint>(operation)) {
    const auto* check = std::get_if<model::CheckConstraint>(&constraint->constraint);
    if (check != nullptr) text = check->expression;
  } else if (const auto* index = std::get_if<ops::CreateIndex>(operation)) {
    text = index->index.where;
  } else if (const auto* table = std::get_if<ops::CreateTable>(operation)) {
    for (const model::Column& it : table->table.columns)
      if (it.server_default) add(*it.server_default);
  }
  return text;
}

}  // namespace

/// TX006.
void PostgresJudge::judge_enum_values(const lint::Effect& effect) {
  if (new_values_.empty() || !step_->in_transaction) return;
  const std::string text = texts_of(effect);
  const auto* rows = std::get_if<lint::ChangeRows>(&effect);
  for (const auto& [type, values] : new_values_) {
    for (const std::string& value : values) {
      const bool in_rows =
          rows != nullptr &&
          std::find(rows->literals.begin(), rows->literals.end(), value) != rows->literals.end();
      if (!in_rows && text.find(sql::quote_string(value)) == std::string::npos) continue;
      find("TX006", {{}, to_string(type)},
           "value '" + value + "' of enum " + named(type) +
               " is used in the transaction that adds it, which the server refuses");
    }
  }
}

/// TX001.
void PostgresJudge::judge_outside(const lint::Step& step) {
  constexpr int kFirstWithAddValue = 120000;
  if (!step.in_transaction) {
    runs_outside_ = true;
    return;
  }
  const bool is_old_server =
      state_->server_version != 0 && state_->server_version < kFirstWithAddValue;
  const bool refused =
      runs_outside_transaction(step.sql) || (is_old_server && needs_commit_before_use(step.sql));
  if (!refused) return;
  const std::string words(text::trim(step.sql.substr(0, step.sql.find('\n'))));
  find("TX001", {{}, words}, "'" + words + "' cannot run inside of a transaction",
       only_text({"-- cupel: no transaction"}));
}

void PostgresJudge::note_variable(const lint::SetVariable& set) {
  const bool is_off = set.value == "0" || set.value == "default";
  const std::string value = text::to_upper(set.value);
  const bool is_utc = value == "UTC" || value == "GMT" || value == "ETC/UTC" || value == "ZULU";
  if (set.name == "lock_timeout") (set.local ? local_lock_timeout_ : lock_timeout_) = !is_off;
  if (set.name == "statement_timeout" || set.name == "transaction_timeout")
    (set.local ? local_statement_timeout_ : statement_timeout_) = !is_off;
  if (set.name == "timezone") (set.local ? local_zone_is_utc_ : zone_is_utc_) = is_utc;
}

void PostgresJudge::remember(const JudgedEffect& judged) {
  if (const auto* set = std::get_if<lint::SetVariable>(&judged.effect)) note_variable(*set);
  if (const auto* rows = std::get_if<lint::ChangeRows>(&judged.effect)) {
    const bool many = rows->from_query || rows->verb == lint::ChangeRows::Verb::Update;
    if (many) written_rows_[rows->table] = step_->place;
  }
  if (const auto* other = std::get_if<lint::Other>(&judged.effect)) {
    if (other->kind == "analyze") indexed_after_.erase(other->object);
    if (other->kind == "analyze" && other->object.name.empty()) indexed_after_.clear();
  }
  const auto* operation = std::get_if<ops::Operation>(&judged.effect);
  if (operation == nullptr) return;
  if (const auto* value = std::get_if<ops::AddEnumValue>(operation)) {
    if (step_->in_transaction) new_values_[value->name].insert(value->value);
  } else if (const auto* add = std::get_if<ops::AddConstraint>(operation)) {
    if (step_->in_transaction)
      unvalidated_.insert(to_string(add->table) + "." + model::name_of(add->constraint));
  } else if (const auto* index = std::get_if<ops::CreateIndex>(operation)) {
    if (written_rows_.contains(index->table)) indexed_after_[index->table] = step_->place;
  }
}

void PostgresJudge::keep_locks(const std::vector<Touch>& touches) {
  for (const Touch& touch : touches) {
    if (touch.lock >= LockMode::ShareRowExclusive)
      held_.push_back({touch.table, touch.lock, step_->place});
    if (touch.lock == LockMode::AccessExclusive && !touch.is_secondary)
      exclusive_.insert(touch.table);
  }
}

void PostgresJudge::end_transaction(const lint::Report&) {
  held_.clear();
  exclusive_.clear();
  goings_through_.clear();
  unvalidated_.clear();
  new_values_.clear();
  local_lock_timeout_ = false;
  local_statement_timeout_ = false;
  local_zone_is_utc_ = false;
}

/// TX002, DV007.
void PostgresJudge::end_revision(const lint::State&, const lint::Report& report) {
  const auto say = [&](std::string_view code, const FilePosition& place, std::string object,
                       std::string message, std::vector<std::string> safe) {
    lint::Finding finding;
    finding.code = std::string(code);
    finding.severity = lint_rule(code).severity;
    finding.place = place;
    finding.object = std::move(object);
    finding.message = std::move(message);
    finding.safe = std::move(safe);
    report(std::move(finding));
  };
  if (runs_outside_ && changed_rows_) {
    say("TX002", *changed_rows_, "", "rows are changed in a revision that commits in several parts",
        {});
  }
  for (const auto& [table, place] : indexed_after_) {
    say("DV007", place, to_string(table),
        "table " + named(table) + " got many rows and an index, and is not analyzed",
        {"ANALYZE " + quote_identifier(table.name) + ";"});
  }
}

}  // namespace cupel::dialect::postgres
