// SPDX-License-Identifier: MIT
// See lint.hpp.
#include "dialect/sqlite/lint/lint.hpp"

#include "dialect/sqlite/lint/judge.hpp"
#include "dialect/sqlite/lint/reader.hpp"
#include "dialect/sqlite/lint/rules.hpp"

namespace cupel::dialect::sqlite {
namespace {

class SqliteLint final : public lint::DialectLint {
 public:
  std::span<const lint::Rule> rules() const override { return lint_rules(); }
  lint::Step read(std::string_view statement, const model::Schema& before) override {
    return reader_.read(statement, before);
  }
  std::unique_ptr<lint::RevisionJudge> make_judge() const override { return make_lint_judge(); }

 private:
  StatementReader reader_;
};

}  // namespace

std::unique_ptr<lint::DialectLint> make_lint() { return std::make_unique<SqliteLint>(); }

}  // namespace cupel::dialect::sqlite
