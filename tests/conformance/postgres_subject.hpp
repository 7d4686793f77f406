// SPDX-License-Identifier: MIT
// PostgreSQL as the laws see it.
#pragma once

#include "conformance/subject.hpp"
#include "cupel/model/define.hpp"
#include "dialect/postgres/types.hpp"
#include "support/postgres_database.hpp"

namespace cupel::conformance {

using namespace model;  // NOLINT(google-build-using-namespace): a subject of model values

/// Enum types are listed beside the tables whose columns use them, which then need not make them.
class EnumLister {
 public:
  explicit EnumLister(Schema& schema) : schema_(schema) {}
  void list() {
    for (Table& table : schema_.tables)
      for (Column& column : table.columns) list(column.type);
  }

 private:
  void list(Type& type) {
    type = Type(type.on("postgresql"));
    for (Type& element : type.element) list(element);
    if (type.kind != TypeKind::Enum || !type.native) return;
    type.create_type = false;
    const ObjectName name(type.schema, type.name);
    if (schema_.find_enum(name) == nullptr) schema_.enums.push_back({name, type.values, {}});
  }
  Schema& schema_;
};

class PostgresSubject : public Subject {
 public:
  PostgresSubject() : Subject("postgresql") {}
  driver::Connection& connection() override { return database_.connection(); }

  void clear() override {
    database_.query(
        "DO $$ DECLARE name text; BEGIN "
        "FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' "
        "AND nspname <> 'information_schema' LOOP "
        "EXECUTE format('DROP SCHEMA %I CASCADE', name); END LOOP; "
        "CREATE SCHEMA public; END $$");
  }

  /// FLOAT without digits is DOUBLE PRECISION.
  bool same_type(const Type& a, const Type& b) const override {
    using dialect::postgres::parse_type;
    return a == b || parse_type(writer().type_text(a)) == parse_type(writer().type_text(b));
  }

  /// The server keeps a value, not how it was written: '5' and 5 are one.
  bool same_default(const Column&, const Expression& a, const Expression& b) const override {
    return value_of(a) == value_of(b);
  }

  /// A partition has its parent's columns.
  Schema declared(Schema schema) const override {
    EnumLister(schema).list();
    for (Table& table : schema.tables) {
      if (!table.partition_of || !table.columns.empty()) continue;
      table.columns = normalized(*schema.find_table(table.partition_of->parent)).columns;
      for (Column& column : table.columns) column.comment.clear();
    }
    return schema;
  }

 private:
  std::string value_of(const Expression& expression) const {
    return expression.kind == ExpressionKind::Literal ? expression.text
                                                      : writer().expression_text(expression);
  }

  testing_support::PostgresDatabase database_;
};

}  // namespace cupel::conformance
