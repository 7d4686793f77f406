// SPDX-License-Identifier: MIT
// What PostgreSQL's writer writes, read by the reader of lint and applied in memory, makes the
// schema that was meant: whole schemas and changes of them, without a server.
#include "cupel/dialect/dialect.hpp"
#include "cupel/lint/judge.hpp"
#include "cupel/ops/services.hpp"
#include "schemas/properties.hpp"

namespace cupel::conformance {
namespace {

class ReadBack : public testing::Test {
 protected:
  const dialect::Dialect& dialect_ = dialect::find_dialect("postgresql");
  std::unique_ptr<lint::DialectLint> lint_ = dialect_.make_lint();

  class Known final : public sql::SchemaSource {
   public:
    explicit Known(const Schema& schema) : schema_(schema) {}
    Schema around(const model::ObjectName&) override { return schema_; }
    Schema all() override { return schema_; }

   private:
    const Schema& schema_;
  };

  /// Writes, reads, applies.
  /// False if a name that only the server would cut is too long for the writer.
  bool follow(const std::vector<ops::Operation>& operations, Schema& schema) {
    for (const ops::Operation& operation : operations) {
      Known known(schema);
      std::vector<sql::Statement> statements;
      try {
        statements = dialect_.writer().write(operation, {&known});
      } catch (const UsageError&) {
        return false;
      }
      for (const sql::Statement& it : statements) {
        const testing::ScopedTrace trace(__FILE__, __LINE__, it.sql);
        const lint::Step step = lint_->read(it.sql, schema);
        for (const lint::Effect& effect : step.effects) apply(effect, schema);
      }
    }
    return true;
  }
  static void apply(const lint::Effect& effect, Schema& schema) {
    if (const auto* no = std::get_if<lint::NotUnderstood>(&effect)) ADD_FAILURE() << no->reason;
    const auto* operation = std::get_if<ops::Operation>(&effect);
    if (operation == nullptr) return;
    try {
      ops::apply(*operation, schema);
    } catch (const Error& error) {
      ADD_FAILURE() << error.to_string();
    }
  }
  void expect_same(const Schema& read, const Schema& meant) {
    const diff::Difference difference = diff::compare(read, meant, dialect_.diff_rules());
    EXPECT_TRUE(difference.empty()) << ops::describe(difference.operations) << "\nread:\n"
                                    << model::to_string(read) << "\nmeant:\n"
                                    << model::to_string(meant);
  }
  void run(bool written) {
    const std::uint64_t count = number_from_environment("CUPEL_SCHEMAS", 60);
    const std::uint64_t first = number_from_environment("CUPEL_FIRST_SCHEMA", 0);
    std::uint64_t followed = 0;
    const testing_support::Palette palette = testing_support::postgres_palette();
    for (std::uint64_t seed = first; seed < first + count && !HasFailure(); ++seed) {
      const testing::ScopedTrace trace(__FILE__, __LINE__, "schema " + std::to_string(seed));
      SchemaGenerator generator(palette, seed, {.written = written});
      const Schema from = generator.schema();
      Schema read;
      if (!follow(diff::create_all(from, dialect_.diff_rules()), read)) continue;
      expect_same(read, from);
      const Schema to = generator.changed(from, true);
      if (!follow(diff::compare(read, to, dialect_.diff_rules()).operations, read)) continue;
      expect_same(read, to);
      ++followed;
    }
    EXPECT_GE(followed, HasFailure() ? 0 : count / 2);
  }
};

TEST_F(ReadBack, Shown) { run(false); }
TEST_F(ReadBack, Written) { run(true); }

}  // namespace
}  // namespace cupel::conformance
