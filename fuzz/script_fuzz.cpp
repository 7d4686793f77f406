// SPDX-License-Identifier: MIT
// Any text: no crash, and a script that parses prints to one that parses to the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "cupel/script/sql_script.hpp"
#include "dialect/postgres/lex.hpp"
#include "dialect/sqlite/lex.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_sections(const cupel::script::SqlScript& script, const cupel::sql::LexRules& rules) {
  cupel::script::script_checksum(script, rules);
  for (const cupel::script::Section& section : script.sections) {
    try {
      cupel::script::split_section(script, section, rules);
    } catch (const cupel::InputError&) {
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cupel;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const script::SqlScript script = script::parse_script(text, "a.sql");
    require(script::parse_header(text, "a.sql") == script.header);
    check_sections(script, dialect::postgres::lex_rules());
    check_sections(script, dialect::sqlite::lex_rules());
    const std::string printed = script::render_sql_script(script);
    const script::SqlScript again = script::parse_script(printed, "a.sql");
    require(script::render_sql_script(again) == printed);
    require(again.sections.size() == script.sections.size() && again.allows == script.allows);
    require(script::script_checksum(again, dialect::sqlite::lex_rules()) ==
            script::script_checksum(script, dialect::sqlite::lex_rules()));
  } catch (const InputError&) {
  }
  return 0;
}
