// SPDX-License-Identifier: MIT
// For tests of rules: what is found in a revision of statements and operations that follows a
// history of statements, as `cupel lint` shows both to the judges.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "cupel/dialect/dialect.hpp"
#include "cupel/lint/judge.hpp"
#include "cupel/sql/schema_source.hpp"
#include "cupel/sql/splitter.hpp"
#include "lint/replayed_schema.hpp"

namespace cupel::lint {

/// Statements with semicolons between, or one operation.
using TestStep = std::variant<const char*, ops::Operation, Step>;

class TestRevision {
 public:
  /// Statements are read as SQLite reads them; the rules hold for `database`.
  explicit TestRevision(const std::string& database, const char* history = "")
      : database_(dialect::find_dialect(database)),
        reader_(dialect::find_dialect("sqlite").make_lint()) {
    for (const std::string& sql : statements(history)) {
      const Step step = reader_->read(sql, schema());
      for (const Effect& effect : step.effects)
        if (const auto* failed = std::get_if<NotUnderstood>(&effect))
          throw Error("history: " + sql + ": " + failed->reason);
      state_.apply(step, /*is_linted=*/false);
    }
    facts_.writer = &database_.writer();
    facts_.max_identifier_length = database_.traits().max_identifier_length;
    facts_.types_limit_values = database_.traits().enforces_varchar_length;
  }

  CommonFacts& facts() { return facts_; }
  std::map<ObjectName, std::int64_t>& rows() { return rows_; }
  int server_version = 0;
  bool in_transaction = true;
  bool with_common_rules = true;
  bool with_own_rules = false;

  /// In the order in which they are made.
  std::vector<Finding> lint(const std::vector<TestStep>& steps) {
    std::vector<std::unique_ptr<RevisionJudge>> judges;
    if (with_common_rules) judges.push_back(make_common_judge(facts_));
    if (with_own_rules) judges.push_back(database_.make_lint()->make_judge());
    state_.forget_new_tables();
    found_.clear();
    line_ = 0;
    for (const TestStep& step : steps) {
      if (const auto* text = std::get_if<const char*>(&step)) {
        for (const std::string& sql : statements(*text)) see(reader_->read(sql, schema()), judges);
      } else if (const auto* operation = std::get_if<ops::Operation>(&step)) {
        see(as_step(*operation), judges);
      } else {
        see(std::get<Step>(step), judges);
      }
    }
    for (const auto& judge : judges) judge->end_revision(state(), report());
    return found_;
  }

  /// "DS001 users" each, sorted.
  std::vector<std::string> codes(const std::vector<TestStep>& steps) {
    std::vector<std::string> lines;
    for (const Finding& it : lint(steps))
      lines.push_back(it.code + (it.object.empty() ? "" : " " + it.object));
    std::sort(lines.begin(), lines.end());
    return lines;
  }

  const model::Schema& schema() const { return state_.schema(); }

 private:
  static std::vector<std::string> statements(const char* text) {
    std::vector<std::string> texts;
    for (const sql::StatementText& it :
         sql::split_statements(text, dialect::find_dialect("sqlite").lex_rules()))
      texts.push_back(it.text);
    return texts;
  }

  Step as_step(const ops::Operation& operation) const {
    Step step;
    step.effects = {operation};
    step.is_operation = true;
    sql::MemorySchema before(schema());
    try {
      for (const sql::Statement& statement :
           database_.writer().write(operation, {.before = &before}))
        step.sql += statement.sql + ";\n";
    } catch (const Error&) {
      // The rules see the operation itself.
    }
    return step;
  }

  State state() const {
    return {.schema = schema(),
            .new_tables = state_.new_tables(),
            .server_version = server_version,
            .rows = &rows_};
  }
  Report report() {
    return [this](Finding finding) { found_.push_back(std::move(finding)); };
  }

  void see(Step step, const std::vector<std::unique_ptr<RevisionJudge>>& judges) {
    step.place = {"r.sql", ++line_, 0};
    step.in_transaction = step.in_transaction && in_transaction;
    for (const auto& judge : judges) judge->see(step, state(), report());
    state_.apply(step);
  }

  const dialect::Dialect& database_;
  std::unique_ptr<DialectLint> reader_;
  CommonFacts facts_;
  ReplayedSchema state_;
  std::map<ObjectName, std::int64_t> rows_;
  std::vector<Finding> found_;
  std::size_t line_ = 0;
};

}  // namespace cupel::lint
