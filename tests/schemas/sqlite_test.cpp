// SPDX-License-Identifier: MIT
// Thousands of schemas on SQLite, in memory.
#include "conformance/sqlite_subject.hpp"
#include "schemas/properties.hpp"

namespace cupel::conformance {
namespace {

void on_sqlite(std::uint64_t count, void (Property::*law)()) {
  SqliteSubject subject;
  const testing_support::Palette palette = testing_support::sqlite_palette();
  for_all(subject, palette, count, {}, [&](Property& property) { (property.*law)(); });
}

TEST(SqliteProperty, Creation) { on_sqlite(2000, &Property::creation); }
TEST(SqliteProperty, Upgrade) { on_sqlite(600, &Property::upgrade); }
TEST(SqliteProperty, Change) { on_sqlite(1000, &Property::change); }
TEST(SqliteProperty, Rework) { on_sqlite(600, &Property::rework); }

TEST(SqliteProperty, Written) {
  SqliteSubject subject;
  const testing_support::Palette palette = testing_support::sqlite_palette();
  for_all(subject, palette, 600, {.written = true},
          [&](Property& property) { property.written(); });
}

}  // namespace
}  // namespace cupel::conformance
