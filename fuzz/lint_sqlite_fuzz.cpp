// SPDX-License-Identifier: MIT
// Any script read by the linter on SQLite: no crash, no error, nothing left behind.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cupel/dialect/dialect.hpp"
#include "cupel/lint/judge.hpp"
#include "cupel/ops/services.hpp"
#include "cupel/sql/splitter.hpp"

using cupel::lint::Effect;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const cupel::dialect::Dialect& dialect = cupel::dialect::find_dialect("sqlite");
  const auto reader = dialect.make_lint();
  const cupel::lint::CommonFacts facts{.writer = &dialect.writer(), .types_limit_values = false};
  const auto common = cupel::lint::make_common_judge(facts);
  const auto own = reader->make_judge();
  const auto report = [](const cupel::lint::Finding& finding) {
    if (finding.code.empty() || finding.message.empty()) std::abort();
  };
  cupel::model::Schema schema;
  std::set<cupel::model::ObjectName> made;
  try {
    for (const auto& statement : cupel::sql::split_statements(text, dialect.lex_rules())) {
      const cupel::lint::Step step = reader->read(statement.text, schema);
      const cupel::lint::State state{.schema = schema, .new_tables = made};
      common->see(step, state, report);
      own->see(step, state, report);
      for (const Effect& effect : step.effects) {
        const auto* operation = std::get_if<cupel::ops::Operation>(&effect);
        if (operation == nullptr) continue;
        try {
          cupel::ops::apply(*operation, schema);
        } catch (const cupel::Error&) {
          // As the linter does.
        }
      }
    }
  } catch (const cupel::InputError&) {
    return 0;  // not a script
  }
  const cupel::lint::State after{.schema = schema, .new_tables = made};
  common->end_revision(after, report);
  own->end_revision(after, report);
  return 0;
}
