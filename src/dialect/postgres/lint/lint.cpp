// SPDX-License-Identifier: MIT
#include "dialect/postgres/lint/lint.hpp"

#include "dialect/postgres/lint/judge.hpp"
#include "dialect/postgres/lint/reader.hpp"
#include "dialect/postgres/lint/rules.hpp"

namespace cupel::dialect::postgres {
namespace {

class PostgresLint final : public lint::DialectLint {
 public:
  std::span<const lint::Rule> rules() const override { return lint_rules(); }
  lint::Step read(std::string_view statement, const model::Schema& before) override {
    return read_statement(statement, before);
  }
  std::unique_ptr<lint::RevisionJudge> make_judge() const override {
    return std::make_unique<PostgresJudge>();
  }
};

}  // namespace

std::unique_ptr<lint::DialectLint> make_lint() { return std::make_unique<PostgresLint>(); }

}  // namespace cupel::dialect::postgres
