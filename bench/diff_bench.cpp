// SPDX-License-Identifier: MIT
// What comparing two schemas costs as they grow, in time and in memory: equal ones, ones that
// differ in every tenth table, and everything from nothing.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <string>

#include "cupel/dialect/dialect.hpp"
#include "cupel/diff/diff.hpp"
#include "cupel/model/define.hpp"

namespace {

using namespace cupel;  // NOLINT(google-build-using-namespace)
using Clock = std::chrono::steady_clock;
using C = model::ColumnDefinition;

double milliseconds(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

long peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

/// Tables of ten columns, an index and a foreign key each, and a view on every fiftieth.
model::Schema make_schema(int tables, bool changed) {
  model::Schema schema;
  for (int i = 0; i < tables; ++i) {
    const std::string name = "table_" + std::to_string(i);
    const bool other = changed && i % 10 == 0;
    std::vector<model::TableItem> items = {C("id", model::Integer()).primary_key()};
    for (int column = 1; column < 9; ++column) {
      items.push_back(C("column_" + std::to_string(column), model::String(other ? 60 : 50)));
    }
    items.push_back(C("parent_id", model::Integer())
                        .references("table_" + std::to_string(i / 2) + ".id")
                        .index());
    schema.tables.push_back(model::make_table(name, items));
    if (i % 50 == 0) {
      schema.views.push_back(
          {.name = "view_" + std::to_string(i), .definition = "SELECT id, column_1 FROM " + name});
    }
  }
  return schema;
}

void measure(const char* what, const model::Schema& from, const model::Schema& to,
             const diff::DiffRules& rules) {
  const Clock::time_point begin = Clock::now();
  const diff::Difference difference = diff::compare(from, to, rules);
  std::printf("  %-22s %8.1f ms, %6zu operations, peak %ld MB\n", what, milliseconds(begin),
              difference.operations.size(), peak_megabytes());
}

}  // namespace

int main(int argc, char** argv) {
  const std::string only = argc > 1 ? argv[1] : "";
  for (const dialect::Dialect* dialect : dialect::all_dialects()) {
    if (!only.empty() && dialect->name() != only) continue;
    for (const int tables : {1000, 10000}) {
      const model::Schema from = make_schema(tables, false);
      const model::Schema to = make_schema(tables, true);
      std::printf("%s, %d tables, %ld MB to begin with\n", std::string(dialect->name()).c_str(),
                  tables, peak_megabytes());
      measure("nothing differs", from, from, dialect->diff_rules());
      measure("every tenth differs", from, to, dialect->diff_rules());
      measure("all of it is new", {}, to, dialect->diff_rules());
      measure("all of it goes", from, {}, dialect->diff_rules());
    }
  }
  return 0;
}
