// SPDX-License-Identifier: MIT
// PostgreSQL's splitter on any text.
#include <cstddef>
#include <cstdint>

#include "dialect/postgres/lex.hpp"
#include "splitter_fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cupel;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const sql::LexRules& rules = dialect::postgres::lex_rules();
  fuzz::check_tokens(text, rules);
  try {
    for (const sql::StatementText& statement : fuzz::check_statements(text, rules)) {
      dialect::postgres::runs_outside_transaction(statement.text);
      dialect::postgres::needs_commit_before_use(statement.text);
    }
  } catch (const InputError&) {
  }
  return 0;
}
