// SPDX-License-Identifier: MIT
// SQLite, in memory, as the laws see it.
#pragma once

#include "conformance/subject.hpp"

namespace cupel::conformance {

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
  bool same_default(const model::Column&, const model::Expression& a,
                    const model::Expression& b) const override {
    return value_of(a) == value_of(b);
  }
  /// Enums are text, so there is no type to list.
  Schema declared(Schema schema) const override {
    schema.enums.clear();
    return schema;
  }

 private:
  std::string value_of(const model::Expression& expression) const {
    const std::string sql = writer().expression_text(expression);
    return sql.starts_with('(') && sql.ends_with(')') ? sql.substr(1, sql.size() - 2) : sql;
  }

  std::unique_ptr<driver::Connection> connection_;
};

}  // namespace cupel::conformance
