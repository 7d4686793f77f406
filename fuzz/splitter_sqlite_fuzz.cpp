// SPDX-License-Identifier: MIT
// SQLite's splitter agrees with the library about where a statement is complete.
#include <sqlite3.h>

#include <cstddef>
#include <cstdint>

#include "dialect/sqlite/lex.hpp"
#include "splitter_fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cupel;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const sql::LexRules& rules = dialect::sqlite::lex_rules();
  fuzz::check_tokens(text, rules);
  try {
    for (const sql::StatementText& statement : fuzz::check_statements(text, rules)) {
      dialect::sqlite::runs_outside_transaction(statement.text);
      fuzz::require(sqlite3_complete((statement.text + ";").c_str()) == 1);
    }
  } catch (const InputError&) {
  }
  return 0;
}
