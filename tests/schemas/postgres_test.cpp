// SPDX-License-Identifier: MIT
// Hundreds of schemas on PostgreSQL, each in a transaction that is rolled back.
#include "conformance/postgres_subject.hpp"
#include "schemas/properties.hpp"

namespace cupel::conformance {
namespace {

class Discarding : public PostgresSubject {
 public:
  void clear() override {
    if (connection().in_transaction()) connection().query("ROLLBACK");
    connection().query("BEGIN");
  }
  void try_query(const std::string& sql) override {
    connection().query("SAVEPOINT attempt");
    try {
      connection().query(sql);
      // What is checked later may be refused now; and nothing pending is in the way of DDL.
      connection().query("SET CONSTRAINTS ALL IMMEDIATE");
    } catch (const DatabaseError&) {
      connection().query("ROLLBACK TO SAVEPOINT attempt");
    }
    connection().query("RELEASE SAVEPOINT attempt");
  }
};

void on_postgres(std::uint64_t count, testing_support::GeneratorOptions options,
                 void (Property::*law)()) {
  if (!testing_support::PostgresDatabase::is_available()) GTEST_SKIP() << "there is no server";
  Discarding subject;
  const testing_support::Palette palette = testing_support::postgres_palette();
  for_all(subject, palette, count, options, [&](Property& property) { (property.*law)(); });
}

TEST(PostgresProperty, Creation) { on_postgres(100, {}, &Property::creation); }
TEST(PostgresProperty, Written) { on_postgres(50, {.written = true}, &Property::written); }
TEST(PostgresProperty, Upgrade) { on_postgres(40, {}, &Property::upgrade); }
TEST(PostgresProperty, Change) { on_postgres(60, {}, &Property::change); }
TEST(PostgresProperty, Rework) { on_postgres(50, {}, &Property::rework); }

}  // namespace
}  // namespace cupel::conformance
