// SPDX-License-Identifier: MIT
// See sql_migration.hpp.
#include "script/sql_migration.hpp"

#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/script/sql_script.hpp"
#include "sql/update_text.hpp"

namespace cupel::script {
namespace {

std::vector<std::string_view> names_of(const dialect::Dialect& dialect) {
  std::vector<std::string_view> names{dialect.name()};
  names.insert(names.end(), dialect.aliases().begin(), dialect.aliases().end());
  return names;
}

/// Names that a section's heading may have: those of all databases.
std::vector<std::string_view> all_names() {
  std::vector<std::string_view> names;
  for (const dialect::Dialect* dialect : dialect::all_dialects()) {
    for (const std::string_view name : names_of(*dialect)) names.push_back(name);
  }
  return names;
}

class SqlMigration final : public Migration {
 public:
  SqlMigration(const Files& files, revision::Revision info, std::string file_checksum)
      : Migration(std::move(info)), files_(&files), file_checksum_(std::move(file_checksum)) {}
  bool is_plain_sql() const override { return true; }

  /// Two halves: of the file's words in all sections (the same everywhere, whatever the layout),
  /// and of the file's bytes, which tell at once that nothing has changed.
  std::string checksum() const override { return content_checksum() + file_checksum_; }
  bool has_checksum(std::string_view recorded) const override {
    if (recorded.ends_with(file_checksum_)) return true;
    return recorded.substr(0, file_checksum_.size()) == content_checksum();
  }

  void check(revision::Direction direction, const dialect::Dialect& dialect) const override {
    checked_ = read(direction, dialect);
  }

  std::span<const WrittenStatement> statements(revision::Direction direction,
                                               const dialect::Dialect& dialect) const override {
    if (checked_.dialect != &dialect || checked_.direction != direction) check(direction, dialect);
    return checked_.statements;
  }

  bool is_idempotent(revision::Direction direction,
                     const dialect::Dialect& dialect) const override {
    statements(direction, dialect);
    return checked_.is_idempotent;
  }

  void run(revision::Direction direction, context::Operations& op) const override {
    statements(direction, op.dialect());
    const Body body = std::exchange(checked_, {});
    for (const WrittenStatement& written : body.statements) op.run_statement(written.statement);
  }

 private:
  /// What a direction runs on a database.
  struct Body {
    revision::Direction direction = revision::Direction::Upgrade;
    const dialect::Dialect* dialect = nullptr;
    std::vector<WrittenStatement> statements;
    bool is_idempotent = false;
  };

  SqlScript load() const {
    static const std::vector<std::string_view> kNames = all_names();
    return parse_script(files_->read(info().path), info().path, {.dialects = kNames});
  }

  std::string content_checksum() const {
    return checksum_.empty() ? checksum_of(load()) : checksum_;
  }

  static std::string checksum_of(const SqlScript& script) {
    return script_checksum(script, sql::LexRules{.dollar_quotes = true});
  }

  Body read(revision::Direction direction, const dialect::Dialect& dialect) const {
    const SqlScript script = load();
    if (checksum_.empty()) checksum_ = checksum_of(script);
    const bool up = direction == revision::Direction::Upgrade;
    const Section* section =
        select_section(script, up ? Direction::Upgrade : Direction::Downgrade, names_of(dialect));
    if (section == nullptr) throw no_section(up, dialect);
    const sql::LexRules& rules = dialect.lex_rules();
    Body body{direction, &dialect, {}, section->idempotent};
    for (const ScriptStatement& statement : split_section(script, *section, rules)) {
      const FilePosition place{info().path, statement.sql.line, 1};
      if (sql::is_transaction_control(statement.sql.text, rules))
        throw owns_transaction(place, statement.sql.text);
      if (statement.backfill) require_update(place, statement.sql.text, rules);
      const bool outside = section->no_transaction || statement.no_transaction ||
                           dialect.runs_outside_transaction(statement.sql.text);
      body.statements.push_back({{statement.sql.text, outside, place, statement.backfill},
                                 codes_of(script.allows, statement.allows)});
    }
    return body;
  }

  static std::vector<std::string> codes_of(const std::vector<Allow>& of_script,
                                           const std::vector<Allow>& of_statement) {
    std::vector<std::string> codes;
    for (const auto* allows : {&of_script, &of_statement})
      for (const Allow& allow : *allows) codes.push_back(allow.code);
    return codes;
  }

  Error no_section(bool up, const dialect::Dialect& dialect) const {
    const std::string word = up ? "upgrade" : "downgrade";
    Error error = NotSupported(
        "revision '" + info().id + "' has no " + word + " section for " +
            std::string(dialect.name()),
        up ? "add a section: -- cupel: upgrade"
           : "it cannot be undone; restore a backup, or write a section: -- cupel: downgrade");
    error.set_where(info().path);
    return error;
  }

  static void require_update(const FilePosition& place, const std::string& statement,
                             const sql::LexRules& rules) {
    const std::string problem = sql::read_update(statement, rules).problem;
    if (problem.empty()) return;
    throw InputError(place, "this cannot be run in batches: " + problem,
                     "write one UPDATE ... SET ... [WHERE ...] below 'backfill', or leave it out");
  }

  static InputError owns_transaction(const FilePosition& place, const std::string& statement) {
    return {place,
            "a revision must not begin or end transactions: '" + statement.substr(0, 40) + "'",
            "leave it out, since cupel runs each revision in a transaction; for a statement that "
            "must be outside of it write "
            "-- cupel: no transaction before it"};
  }

  const Files* files_;
  std::string file_checksum_;
  // Reading a file once serves checking, running and the checksum.
  mutable Body checked_;
  mutable std::string checksum_;
};

}  // namespace

std::unique_ptr<Migration> make_sql_migration(const Files& files, revision::Revision info,
                                              std::string file_checksum) {
  return std::make_unique<SqlMigration>(files, std::move(info), std::move(file_checksum));
}

}  // namespace cupel::script
