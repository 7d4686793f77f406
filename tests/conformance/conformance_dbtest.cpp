// SPDX-License-Identifier: MIT
// The laws on servers. PostgreSQL: CUPEL_TEST_POSTGRES_URL.
#include "conformance/operations.hpp"
#include "conformance/postgres_corpus.hpp"
#include "dialect/postgres/types.hpp"
#include "support/postgres_database.hpp"

namespace cupel::conformance {
namespace {

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

std::unique_ptr<Subject> make_postgres() {
  if (!testing_support::PostgresDatabase::is_available()) return nullptr;
  return std::make_unique<PostgresSubject>();
}

INSTANTIATE_TEST_SUITE_P(Postgres, SchemaLaws,
                         testing::ValuesIn(each_on<SchemaCase>(
                             "postgresql", make_postgres, {common_schemas(), postgres_schemas()})),
                         name_of<SchemaCase>);
INSTANTIATE_TEST_SUITE_P(Postgres, OperationLaws,
                         testing::ValuesIn(each_on<OperationCase>("postgresql", make_postgres,
                                                                  {common_operations(),
                                                                   postgres_table_operations(),
                                                                   postgres_object_operations()})),
                         name_of<OperationCase>);

}  // namespace
}  // namespace cupel::conformance
