// SPDX-License-Identifier: MIT
// SQ003, SQ006, TY011: what SQLite refuses, what older libraries do not know, and what it takes for
// something else.
#include <algorithm>
#include <array>

#include "cupel/base/text.hpp"
#include "dialect/sqlite/alter_table.hpp"
#include "dialect/sqlite/ddl.hpp"
#include "dialect/sqlite/lex.hpp"
#include "dialect/sqlite/lint/judge_parts.hpp"
#include "dialect/sqlite/lint/reader.hpp"
#include "dialect/sqlite/types.hpp"
#include "sql/statement_tokens.hpp"

namespace cupel::dialect::sqlite {
namespace {

using lint::Severity;
using Tokens = sql::StatementTokens;

/// Words in a row that only newer libraries know.
struct Since {
  int version;
  std::string_view name;
  std::array<std::string_view, 3> words;
};
constexpr std::array kSince{
    Since{34700, "string_agg()", {"string_agg", "(", ""}},
    Since{34400, "concat()", {"concat", "(", ""}},
    Since{34400, "concat_ws()", {"concat_ws", "(", ""}},
    Since{34500, "jsonb()", {"jsonb", "(", ""}},
    Since{33900, "RIGHT JOIN", {"right", "join", ""}},
    Since{33900, "RIGHT JOIN", {"right", "outer", "join"}},
    Since{33900, "FULL JOIN", {"full", "join", ""}},
    Since{33900, "FULL JOIN", {"full", "outer", "join"}},
    Since{33900, "IS DISTINCT FROM", {"is", "distinct", "from"}},
    Since{33800, "unixepoch()", {"unixepoch", "(", ""}},
    Since{33800, "->", {"-", ">", ""}},
    Since{33700, "STRICT", {")", "strict", ""}},
    Since{33700, "STRICT", {",", "strict", ""}},
    Since{33500, "RETURNING", {"returning", "", ""}},
    Since{33500, "DROP COLUMN", {"drop", "column", ""}},
    Since{33500, "MATERIALIZED", {"as", "materialized", ""}},
    Since{33200, "iif()", {"iif", "(", ""}},
    Since{33100, "generated columns", {"generated", "always", ""}},
    Since{32500, "RENAME COLUMN", {"rename", "column", ""}},
    Since{32400, "ON CONFLICT DO", {"conflict", "do", ""}},
};

bool stands_at(const Tokens& tokens, std::size_t i, const Since& since) {
  for (const std::string_view word : since.words) {
    if (word.empty()) return true;
    if (!tokens.is(i++, word)) return false;
  }
  return true;
}

std::string dotted_version(int version) {
  return std::to_string(version / 10'000) + "." + std::to_string(version / 100 % 100) + "." +
         std::to_string(version % 100);
}

bool has_word(const std::string& lower, std::string_view word) {
  return lower.find(word) != std::string::npos;
}

/// What SQLite makes of a type against what it says; empty if that is no surprise.
std::string surprise(const std::string& declared) {
  const std::string lower = text::to_lower(declared.substr(0, declared.find('(')));
  const Affinity is = affinity(declared);
  if (is == Affinity::Numeric)
    for (const std::string_view word :
         {"string", "uuid", "guid", "enum", "inet", "citext", "email"})
      if (has_word(lower, word)) return "a number: '007' becomes 7";
  if (is == Affinity::Integer)
    for (const std::string_view word : {"point", "interval", "print", "hint", "mint"})
      if (has_word(lower, word)) return "an integer, because of the INT in it";
  return {};
}

class FormsPart final : public JudgePart {
 public:
  void see(const lint::Effect& effect, const lint::Step& step, const lint::State& state,
           const FindingSink& out) override {
    if (!step.is_operation && &effect == &step.effects.front()) judge_syntax(step, state, out);
    if (const auto* other = std::get_if<lint::Other>(&effect)) judge(*other, step, state, out);
    if (const auto* set = std::get_if<lint::SetVariable>(&effect))
      if (set->name == "foreign_keys" && !step.in_transaction)
        enforces_keys_ = is_switched_on(set->value);
    const auto* operation = std::get_if<ops::Operation>(&effect);
    if (operation == nullptr) return;
    if (const auto* create = std::get_if<ops::CreateTable>(operation)) {
      judge_table(create->table, step, out);
      if (create->table.autoincrement) counted_.emplace_back(create->table.name, step.place);
    }
    if (const auto* add = std::get_if<ops::AddColumn>(operation)) {
      judge_type(add->table, add->column, step, out);
      if (!step.is_operation) judge_addition(*add, step, state, out);
    }
  }

  void end(const lint::State& after, const FindingSink& out) override {
    for (const auto& [table, place] : counted_) {
      // One that took another's place is not new.
      if (after.schema.find_table(table) == nullptr) continue;
      lint::Finding finding = FindingSink::make(
          "TY011", place, to_string(table),
          "AUTOINCREMENT of table '" + to_string(table) +
              "' costs a write to sqlite_sequence for each row; INTEGER PRIMARY KEY numbers "
              "itself");
      finding.severity = Severity::Notice;
      out.add(std::move(finding));
    }
  }

 private:
  static void judge(const lint::Other& other, const lint::Step& step, const lint::State& state,
                    const FindingSink& out) {
    if (other.kind == kRefused)
      out.add(
          "SQ003", step.place, to_string(other.object),
          "SQLite refuses this" +
              (other.object.name.empty() ? "" : " for table '" + to_string(other.object) + "'") +
              ": " + other.detail);
    if (other.kind == kNeedsVersion && library_version(state) < 35300)
      out.add(
          "SQ006", step.place, to_string(other.object),
          "this form of ALTER TABLE needs SQLite " + other.detail + ", and " +
              (state.server_version == 0 ? "older ones are supported"
                                         : "here is " + dotted_version(library_version(state))));
    if (other.kind == kStringInQuotes)
      out.add("TY011", step.place, other.detail,
              "\"" + other.detail +
                  "\" is no column, and SQLite takes it for a string: write it in single quotes");
  }

  static void judge_syntax(const lint::Step& step, const lint::State& state,
                           const FindingSink& out) {
    const int version = library_version(state);
    const Tokens tokens(step.sql, lex_rules());
    for (const Since& since : kSince) {
      if (since.version <= version) continue;
      for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!stands_at(tokens, i, since)) continue;
        out.add("SQ006", step.place, std::string(since.name),
                std::string(since.name) + " needs SQLite " + dotted_version(since.version) +
                    ", and " +
                    (state.server_version == 0 ? "older ones are supported"
                                               : "here is " + dotted_version(version)));
        break;
      }
    }
  }

  /// What SQLite takes for a table without rows only.
  void judge_addition(const ops::AddColumn& add, const lint::Step& step, const lint::State& state,
                      const FindingSink& out) const {
    if (!may_hold_rows(state, add.table)) return;
    const model::Column& column = add.column;
    std::string why;
    if (column.computed && column.computed->persisted.value_or(false))
      why = "a STORED value";
    else if (column.server_default && !is_constant_default(default_text(*column.server_default)))
      why = "a default that is computed";
    else if (enforces_keys_ && column.server_default && add.inline_references)
      why = "a reference with a default, and foreign_keys is on";
    if (why.empty()) return;
    lint::Finding finding =
        FindingSink::make("SQ003", step.place, to_string(add.table) + "." + column.name,
                          "SQLite cannot add '" + column.name + "' to table '" +
                              to_string(add.table) + "' if that has rows: it has " + why,
                          state.rows_of(add.table));
    if (column.server_default && column.nullable)
      finding.safe = {"ALTER TABLE " + writer().quote(add.table) + " ADD COLUMN " +
                          quote_identifier(column.name) + " " + type_text(column.type) + ";",
                      "UPDATE " + writer().quote(add.table) + " SET " +
                          quote_identifier(column.name) + " = " +
                          default_text(*column.server_default) + " WHERE " +
                          quote_identifier(column.name) + " IS NULL;"};
    out.add(std::move(finding));
  }

  static std::string default_text(const model::Expression& value) {
    return writer().expression_text(value);
  }

  static void judge_table(const model::Table& table, const lint::Step& step,
                          const FindingSink& out) {
    for (const model::Column& column : table.columns) judge_type(table.name, column, step, out);
  }

  static void judge_type(const model::ObjectName& table, const model::Column& column,
                         const lint::Step& step, const FindingSink& out) {
    if (column.type.kind != model::TypeKind::Named) return;
    const std::string what = surprise(column.type.name);
    if (what.empty()) return;
    out.add("TY011", step.place, to_string(table) + "." + column.name,
            "SQLite takes the type " + column.type.name + " of column '" + column.name +
                "' of table '" + to_string(table) + "' for " + what);
  }

  bool enforces_keys_ = false;
  std::vector<std::pair<model::ObjectName, FilePosition>> counted_;  ///< with AUTOINCREMENT
};

}  // namespace

std::unique_ptr<JudgePart> make_forms_part() { return std::make_unique<FormsPart>(); }

}  // namespace cupel::dialect::sqlite
