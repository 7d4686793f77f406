// SPDX-License-Identifier: MIT
// See sql_migration.hpp.
#include "script/sql_migration.hpp"

#include <algorithm>
#include <array>
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

/// A text::checksum() in place: a project has thousands of them, and most commands look at none.
class Checksum {
 public:
  Checksum() = default;
  explicit Checksum(std::string_view text) {
    if (text.size() != digits_.size()) throw Bug("a checksum of another length");
    std::copy(text.begin(), text.end(), digits_.begin());
  }
  bool is_known() const { return digits_.front() != 0; }
  std::string_view text() const { return {digits_.data(), digits_.size()}; }

 private:
  std::array<char, 32> digits_{};
};

class SqlMigration final : public Migration {
 public:
  SqlMigration(const Files& files, revision::Revision info, std::string_view file_checksum)
      : Migration(std::move(info)), files_(&files), of_file_(file_checksum) {}
  bool is_plain_sql() const override { return true; }

  /// Two halves: of the file's words in all sections (the same everywhere, whatever the layout),
  /// and of the file's bytes, which tell at once that nothing has changed.
  std::string checksum() const override {
    return std::string(of_content().text()).append(of_file_.text());
  }
  bool has_checksum(std::string_view recorded) const override {
    if (recorded.ends_with(of_file_.text())) return true;
    return recorded.substr(0, of_file_.text().size()) == of_content().text();
  }

  void check(revision::Direction direction, const dialect::Dialect& dialect) const override {
    const bool is_checked =
        checked_ && checked_->dialect == &dialect && checked_->direction == direction;
    if (!is_checked) checked_ = std::make_unique<Body>(read(direction, dialect));
  }

  std::span<const WrittenStatement> statements(revision::Direction direction,
                                               const dialect::Dialect& dialect) const override {
    check(direction, dialect);
    return checked_->statements;
  }

  bool is_idempotent(revision::Direction direction,
                     const dialect::Dialect& dialect) const override {
    statements(direction, dialect);
    return checked_->is_idempotent;
  }

  void run(revision::Direction direction, context::Operations& op) const override {
    statements(direction, op.dialect());
    const std::unique_ptr<Body> body = std::move(checked_);
    for (const WrittenStatement& written : body->statements) op.run_statement(written.statement);
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

  Checksum of_content() const { return of_content_.is_known() ? of_content_ : checksum_of(load()); }

  static Checksum checksum_of(const SqlScript& script) {
    return Checksum(script_checksum(script, sql::LexRules{.dollar_quotes = true}));
  }

  Body read(revision::Direction direction, const dialect::Dialect& dialect) const {
    const SqlScript script = load();
    if (!of_content_.is_known()) of_content_ = checksum_of(script);
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
  Checksum of_file_;
  // Reading a file once serves checking, running and the checksum.
  mutable std::unique_ptr<Body> checked_;
  mutable Checksum of_content_;
};

}  // namespace

std::unique_ptr<Migration> make_sql_migration(const Files& files, revision::Revision info,
                                              std::string_view file_checksum) {
  return std::make_unique<SqlMigration>(files, std::move(info), file_checksum);
}

}  // namespace cupel::script
