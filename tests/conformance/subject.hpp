// SPDX-License-Identifier: MIT
// A database that the laws of laws.hpp are tried on. conformance_test.cpp has SQLite's,
// conformance_dbtest.cpp those of the servers.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cupel/dialect/dialect.hpp"
#include "cupel/diff/rules.hpp"
#include "cupel/ops/services.hpp"
#include "cupel/sql/lexer.hpp"
#include "cupel/sql/splitter.hpp"

namespace cupel::conformance {

using model::Schema;
using Operations = std::vector<ops::Operation>;

class Subject {
 public:
  explicit Subject(std::string_view dialect) : dialect_(dialect::find_dialect(dialect)) {}
  virtual ~Subject() = default;
  virtual driver::Connection& connection() = 0;
  /// Makes it an empty database.
  virtual void clear() = 0;
  /// True if both types are one here.
  virtual bool same_type(const model::Type& a, const model::Type& b) const {
    return writer().type_text(a) == writer().type_text(b);
  }
  /// True if one column takes its numbers from the database just as the other does.
  virtual bool same_numbering(bool a, bool b) const { return a == b; }
  /// True if both defaults of this column do the same here.
  virtual bool same_default(const model::Column&, const model::Expression& a,
                            const model::Expression& b) const {
    return writer().expression_text(a) == writer().expression_text(b);
  }
  /// What a declared schema becomes here: enum types listed, say. Names and spellings that are the
  /// database's choice are left to adopt().
  virtual Schema declared(Schema schema) const { return schema; }

  const sql::DdlWriter& writer() const { return dialect_.writer(); }
  const diff::DiffRules& rules() const { return dialect_.diff_rules(); }
  std::unique_ptr<diff::Normalizer> make_normalizer() {
    return dialect_.make_normalizer(connection());
  }
  std::unique_ptr<inspect::Inspector> make_inspector() {
    return dialect_.make_inspector(connection());
  }
  Schema inspect() { return make_inspector()->inspect({.all_schemas = true}); }

  std::vector<sql::Statement> statements(const ops::Operation& operation,
                                         sql::SchemaSource* before) {
    return writer().write(operation, {before, connection().server_version()});
  }
  void run(const ops::Operation& operation);
  void run(const Operations& operations) {
    for (const ops::Operation& operation : operations) run(operation);
  }
  /// What the database refuses changes nothing.
  virtual void try_query(const std::string& sql) {
    try {
      connection().query(sql);
    } catch (const DatabaseError&) {
    }
  }
  void run_text(const std::string& text) {
    for (const sql::StatementText& statement : sql::split_statements(text, dialect_.lex_rules()))
      connection().query(statement.text);
  }

 private:
  const dialect::Dialect& dialect_;
};

/// Asks the database each time.
class LiveSource : public sql::SchemaSource {
 public:
  explicit LiveSource(Subject& subject) : subject_(subject) {}
  Schema around(const model::ObjectName& table) override {
    return subject_.make_inspector()->inspect({.tables = {table}});
  }
  Schema all() override { return subject_.inspect(); }

 private:
  Subject& subject_;
};

inline void Subject::run(const ops::Operation& operation) {
  LiveSource before(*this);
  for (const sql::Statement& statement : statements(operation, &before)) {
    try {
      connection().query(statement.sql);
    } catch (Error& error) {
      throw error.add_note("operation: " + ops::describe(operation)).add_note(statement.sql);
    }
  }
}

/// The operations that make a schema, in an order that works: types before columns, tables before
/// what refers to them.
Operations creation(const Schema& schema);

/// Takes over from `actual` what the database may choose by itself: the names of what was declared
/// without one, and another spelling of the same type or default.
Schema adopt(Schema expected, const Schema& actual, const Subject& subject);

}  // namespace cupel::conformance

#include "conformance/adopt.hpp"     // IWYU pragma: export
#include "conformance/creation.hpp"  // IWYU pragma: export
