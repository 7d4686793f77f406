// SPDX-License-Identifier: MIT
// The laws on servers. PostgreSQL: CUPEL_TEST_POSTGRES_URL.
#include "conformance/operations.hpp"
#include "conformance/postgres_corpus.hpp"
#include "conformance/postgres_subject.hpp"

namespace cupel::conformance {
namespace {

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
