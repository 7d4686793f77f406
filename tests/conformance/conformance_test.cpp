// SPDX-License-Identifier: MIT
// The laws on SQLite, in memory.
#include "conformance/operations.hpp"
#include "conformance/sqlite_corpus.hpp"
#include "conformance/sqlite_subject.hpp"

namespace cupel::conformance {
namespace {

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
