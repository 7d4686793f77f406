// SPDX-License-Identifier: MIT
// The laws on SQLite, in memory.
#include "conformance/operations.hpp"
#include "conformance/sqlite_corpus.hpp"

namespace cupel::conformance {
namespace {

class SqliteSubject : public Subject {
 public:
  SqliteSubject() : Subject("sqlite") {}
  driver::Connection& connection() override { return *connection_; }

  /// A rebuild wants foreign keys off, as a runner's prologue switches them.
  void clear() override {
    connection_ = dialect::find_dialect("sqlite").connect(driver::parse_url("sqlite://"));
    connection_->query("PRAGMA foreign_keys = OFF");
  }
  /// The rowid decides: a column does not say it.
  bool same_numbering(bool, bool) const override { return true; }
  /// The parentheses around a default that is an expression are SQLite's grammar.
  bool same_default(const Column&, const Expression& a, const Expression& b) const override {
    return value_of(a) == value_of(b);
  }
  /// Enums are text, so there is no type to list.
  Schema declared(Schema schema) const override {
    schema.enums.clear();
    return schema;
  }

 private:
  std::string value_of(const Expression& expression) const {
    const std::string sql = writer().expression_text(expression);
    return sql.starts_with('(') && sql.ends_with(')') ? sql.substr(1, sql.size() - 2) : sql;
  }

  std::unique_ptr<driver::Connection> connection_;
};

std::unique_ptr<Subject> make_sqlite() { return std::make_unique<SqliteSubject>(); }

INSTANTIATE_TEST_SUITE_P(Sqlite, SchemaLaws,
                         testing::ValuesIn(each_on<SchemaCase>(
                             "sqlite", make_sqlite, {common_schemas(), sqlite_schemas()})),
                         name_of<SchemaCase>);
INSTANTIATE_TEST_SUITE_P(Sqlite, OperationLaws,
                         testing::ValuesIn(each_on<OperationCase>(
                             "sqlite", make_sqlite, {common_operations(), sqlite_operations()})),
                         name_of<OperationCase>);

}  // namespace
}  // namespace cupel::conformance
