// SPDX-License-Identifier: MIT
// Any text as a statement: no crash, and something is always said of it. What is understood can be
// judged and applied.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string_view>

#include "cupel/dialect/dialect.hpp"
#include "cupel/lint/judge.hpp"
#include "cupel/ops/services.hpp"

namespace {

using namespace cupel;

/// Something to work on: a table that refers to another, an enum, a domain, a view, a sequence.
const model::Schema& known() {
  static const model::Schema kSchema = [] {
    model::Schema schema;
    const auto lint = dialect::find_dialect("postgresql").make_lint();
    for (const char* sql :
         {"CREATE TYPE m AS ENUM ('a', 'b')", "CREATE DOMAIN d AS int CHECK (VALUE > 0)",
          "CREATE SEQUENCE s", "CREATE TABLE p (id int PRIMARY KEY)",
          "CREATE TABLE t (a int, b text, c m, e d, f varchar(9) CHECK (f <> ''), g int REFERENCES "
          "p)",
          "CREATE INDEX i ON t (b)", "CREATE VIEW v AS SELECT a FROM t"}) {
      for (const lint::Effect& effect : lint->read(sql, schema).effects)
        if (const auto* operation = std::get_if<ops::Operation>(&effect))
          ops::apply(*operation, schema);
    }
    return schema;
  }();
  return kSchema;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto lint = dialect::find_dialect("postgresql").make_lint();
  const auto judge = lint->make_judge();
  model::Schema schema = known();
  const std::set<model::ObjectName> none;
  const lint::State state{.schema = schema, .new_tables = none};
  const auto report = [](const lint::Finding& finding) {
    if (finding.code.empty() || finding.message.empty()) std::abort();
  };
  const lint::Step step = lint->read(text, schema);
  judge->see(step, state, report);
  judge->end_transaction(report);
  judge->end_revision(state, report);
  for (const lint::Effect& effect : step.effects) {
    const auto* operation = std::get_if<ops::Operation>(&effect);
    if (operation == nullptr) continue;
    ops::describe(*operation);
    try {
      ops::apply(*operation, schema);
    } catch (const Error&) {
      // The schema is another one than the statement is for.
    }
  }
  return 0;
}
