// SPDX-License-Identifier: MIT
// The rules against SQLite itself: each form of statement is run on a database with rows, what it
// does is measured, and what is found must fit: no hazard without a finding, no warning about what
// is safe. docs/lint-sqlite.md shows the results.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cupel/base/text.hpp"
#include "dialect/sqlite/driver.hpp"
#include "lint/judge_testing.hpp"

namespace cupel::dialect::sqlite {
namespace {

constexpr const char* kSchema = R"sql(
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL CONSTRAINT uq_email UNIQUE,
  phone TEXT,
  age INT,
  height INT CHECK (height > 0),
  seen TEXT,
  note TEXT,
  last TEXT
);
CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  user_id INT CONSTRAINT fk_user REFERENCES users (id) ON DELETE CASCADE,
  total INT
);
CREATE INDEX ix_age ON users (age);
CREATE VIEW adults AS SELECT id, phone FROM users;
CREATE TABLE log (id INTEGER PRIMARY KEY, seen TEXT);
CREATE TRIGGER remember AFTER INSERT ON users BEGIN INSERT INTO log (seen) VALUES (NEW.seen); END;
CREATE TRIGGER follow AFTER INSERT ON log BEGIN UPDATE users SET last = 'x' WHERE id = NEW.id; END;
)sql";

constexpr int kRows = 4000;

/// What the code of the release before does.
constexpr const char* kOldCode[] = {
    "SELECT id, email, phone, age, height, seen, note, last FROM users",
    "INSERT INTO users (email, phone) VALUES ('new', 'new')",
    "SELECT id, user_id, total FROM orders",
    "SELECT id, phone FROM adults",
};

enum class Setting { Usual, KeysOn, NoTransaction };

struct Case {
  const char* what;
  const char* sql;
  Setting setting = Setting::Usual;
};

constexpr const char* kRebuild =
    "CREATE TABLE o2 (id INTEGER PRIMARY KEY, user_id INT CONSTRAINT fk_user REFERENCES users (id) "
    "ON DELETE CASCADE, total INT); INSERT INTO o2 (id, user_id, total) SELECT id, user_id, total "
    "FROM orders; DROP TABLE orders; ALTER TABLE o2 RENAME TO orders";
constexpr const char* kRebuildOfParent =
    "PRAGMA legacy_alter_table = ON; CREATE TABLE u2 (id INTEGER PRIMARY KEY, email TEXT NOT NULL "
    "CONSTRAINT uq_email UNIQUE, phone TEXT, age INT, height INT CHECK (height > 0), seen TEXT, "
    "note TEXT, last TEXT); INSERT INTO u2 SELECT id, email, phone, age, height, seen, note, last "
    "FROM users; DROP "
    "TABLE users; ALTER TABLE u2 RENAME TO users; CREATE INDEX ix_age ON users (age); CREATE "
    "TRIGGER "
    "remember AFTER INSERT ON users BEGIN INSERT INTO log (seen) VALUES (NEW.seen); END";

// clang-format off
const Case kCases[] = {
  {"a column that may be NULL", "ALTER TABLE users ADD COLUMN city TEXT"},
  {"NOT NULL with a constant default", "ALTER TABLE users ADD COLUMN city TEXT NOT NULL DEFAULT 'x'"},
  {"a virtual generated column", "ALTER TABLE users ADD COLUMN shout TEXT AS (upper(email)) VIRTUAL"},
  {"a reference without default", "ALTER TABLE users ADD COLUMN boss INT REFERENCES users (id)"},
  {"NOT NULL without default", "ALTER TABLE users ADD COLUMN city TEXT NOT NULL"},
  {"a default that is computed", "ALTER TABLE users ADD COLUMN made TEXT DEFAULT CURRENT_TIMESTAMP"},
  {"a default that is computed", "ALTER TABLE users ADD COLUMN made INT DEFAULT (1 + 2)"},
  {"a primary key column", "ALTER TABLE users ADD COLUMN k INTEGER PRIMARY KEY"},
  {"a unique column", "ALTER TABLE users ADD COLUMN code TEXT UNIQUE"},
  {"a stored generated column", "ALTER TABLE users ADD COLUMN shout TEXT AS (upper(email)) STORED"},
  {"a reference with a default", "ALTER TABLE users ADD COLUMN boss INT DEFAULT 1 REFERENCES users (id)"},
  {"the same, foreign_keys on", "ALTER TABLE users ADD COLUMN boss INT DEFAULT 1 REFERENCES users (id)", Setting::KeysOn},
  {"a CHECK that its default breaks", "ALTER TABLE users ADD COLUMN n INT DEFAULT 0 CHECK (n > 0)"},
  {"a CHECK that rows break", "ALTER TABLE users ADD COLUMN n INT CHECK (age > 50)"},
  {"a generated column, NOT NULL", "ALTER TABLE users ADD COLUMN p TEXT AS (phone) VIRTUAL NOT NULL"},
  {"a plain column", "ALTER TABLE users DROP COLUMN note"},
  {"a column with its own CHECK", "ALTER TABLE users DROP COLUMN height"},
  {"a column that refers", "ALTER TABLE orders DROP COLUMN user_id"},
  {"a column with an index", "ALTER TABLE users DROP COLUMN age"},
  {"a unique column", "ALTER TABLE users DROP COLUMN email"},
  {"the primary key", "ALTER TABLE users DROP COLUMN id"},
  {"a column that a view uses", "ALTER TABLE users DROP COLUMN phone"},
  {"a column that a trigger uses", "ALTER TABLE users DROP COLUMN seen"},
  {"a column that another table's trigger uses", "ALTER TABLE users DROP COLUMN last"},
  {"rename a column", "ALTER TABLE users RENAME COLUMN note TO remark"},
  {"rename a table", "ALTER TABLE orders RENAME TO purchases"},
  {"rename a table, leave a view", "ALTER TABLE orders RENAME TO purchases; CREATE VIEW orders AS SELECT * FROM purchases"},
  {"set NOT NULL", "ALTER TABLE users ALTER COLUMN phone SET NOT NULL"},
  {"drop NOT NULL", "ALTER TABLE users ALTER COLUMN email DROP NOT NULL"},
  {"add a CHECK", "ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0)"},
  {"drop a constraint", "ALTER TABLE users DROP CONSTRAINT uq_email"},
  {"change a type", "ALTER TABLE users ALTER COLUMN age TYPE TEXT"},
  {"set a default", "ALTER TABLE users ALTER COLUMN age SET DEFAULT 3"},
  {"add a unique constraint", "ALTER TABLE users ADD CONSTRAINT u UNIQUE (phone)"},
  {"add a foreign key", "ALTER TABLE orders ADD FOREIGN KEY (total) REFERENCES users (id)"},
  {"add a primary key", "ALTER TABLE log ADD PRIMARY KEY (seen)"},
  {"drop a table", "DROP TABLE log"},
  {"drop a table to which others refer", "DROP TABLE users"},
  {"the same, foreign_keys on", "DROP TABLE users", Setting::KeysOn},
  {"rebuild a table", kRebuild},
  {"rebuild a table to which others refer", kRebuildOfParent},
  {"the same, foreign_keys on", kRebuildOfParent, Setting::KeysOn},
  {"rebuild without the index and the trigger", "PRAGMA legacy_alter_table = ON; CREATE TABLE u2 (id INTEGER PRIMARY KEY, email TEXT NOT NULL CONSTRAINT uq_email UNIQUE, phone TEXT, age INT, height INT CHECK (height > 0), seen TEXT, note TEXT, last TEXT); INSERT INTO u2 SELECT id, email, phone, age, height, seen, note, last FROM users; DROP TABLE users; ALTER TABLE u2 RENAME TO users"},
  {"rebuild into NOT NULL", "CREATE TABLE o2 (id INTEGER PRIMARY KEY, user_id INT NOT NULL CONSTRAINT fk_user REFERENCES users (id) ON DELETE CASCADE, total INT NOT NULL); INSERT INTO o2 (id, user_id, total) SELECT id, coalesce(user_id, 1), total FROM orders; DROP TABLE orders; ALTER TABLE o2 RENAME TO orders"},
  {"rebuild while a view uses the table", "CREATE TABLE u2 (id INTEGER PRIMARY KEY, email TEXT, phone TEXT); INSERT INTO u2 SELECT id, email, phone FROM users; DROP TABLE users; ALTER TABLE u2 RENAME TO users"},
  {"create an index", "CREATE INDEX ix_phone ON users (phone)"},
  {"create a unique index, duplicates there", "CREATE UNIQUE INDEX ux_age ON users (height)"},
  {"drop an index", "DROP INDEX ix_age"},
  {"create a table", "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)"},
  {"create a view", "CREATE VIEW v AS SELECT id FROM users"},
  {"drop a view", "DROP VIEW adults"},
  {"update some rows", "UPDATE users SET note = 'x' WHERE id = 3"},
  {"update all rows", "UPDATE users SET note = 'x'"},
  {"delete all rows", "DELETE FROM orders"},
  {"insert rows", "INSERT INTO log (seen) VALUES ('a')"},
  {"insert, columns not named, too few", "INSERT INTO log VALUES ('a')"},
  {"vacuum", "VACUUM", Setting::NoTransaction},
  {"foreign_keys, in a transaction", "PRAGMA foreign_keys = ON"},
  {"synchronous, in a transaction", "PRAGMA synchronous = OFF"},
  {"journal_mode, in a transaction", "PRAGMA journal_mode = DELETE"},
  {"legacy_alter_table, in a transaction", "PRAGMA legacy_alter_table = ON"},
  {"a string in double quotes", "UPDATE users SET note = \"nome\" WHERE id = 3"},
  {"a type called STRING", "CREATE TABLE s (id INTEGER PRIMARY KEY, zip STRING); INSERT INTO s (zip) VALUES ('007')"},
};
// clang-format on

/// What a statement was seen to do.
struct Measured {
  std::string error;
  double written = 0;  ///< pages, of all that the database had
  std::vector<std::string> hazards;
};

class Database {
 public:
  Database() : folder_(testing::TempDir() + "cupel_truth") {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    connection_ = connect(driver::parse_url("sqlite:///" + file()));
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA wal_autocheckpoint = 0");
    run("PRAGMA foreign_keys = OFF");
    for (const sql::StatementText& it : sql::split_statements(kSchema, lex())) run(it.text);
    const std::string numbers =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
        std::to_string(kRows) + ") ";
    run(numbers +
        "INSERT INTO users (id, email, phone, age, height, note) SELECT i, i || '@example.org', "
        "CASE WHEN i % 3 THEN i END, i % 90, 170, 'some words about ' || i FROM n");
    run(numbers + "INSERT INTO orders SELECT i, i, CASE WHEN i % 5 THEN i END FROM n");
    run("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  ~Database() { std::filesystem::remove_all(folder_); }

  Measured measure(const Case& it) {
    const double pages = number("PRAGMA page_count");
    const std::int64_t orders = count("orders");
    const std::string settings = shown_settings();
    if (it.setting == Setting::KeysOn) run("PRAGMA foreign_keys = ON");
    Measured result;
    const bool in_transaction = it.setting != Setting::NoTransaction;
    try {
      if (in_transaction) run("BEGIN IMMEDIATE");
      for (const sql::StatementText& text : sql::split_statements(it.sql, lex())) run(text.text);
      if (in_transaction) run("COMMIT");
    } catch (const DatabaseError& error) {
      result.error = error.message();
      result.hazards.emplace_back("refused");
      if (in_transaction) run("ROLLBACK");
      return result;
    }
    run("PRAGMA foreign_keys = OFF");
    const auto wal = std::filesystem::file_size(file() + "-wal");
    result.written = static_cast<double>(wal) / 4096 / pages;
    look_for_losses(it, orders, result);
    const std::string word(it.sql, 6);
    if (word == "PRAGMA" && std::string(it.sql).find(';') == std::string::npos &&
        settings == shown_settings())
      result.hazards.emplace_back("no effect");
    return result;
  }

 private:
  static const sql::LexRules& lex() { return find_dialect("sqlite").lex_rules(); }
  std::string file() const { return folder_ + "/t.db"; }
  void run(const std::string& statement) { connection_->query(statement); }
  double number(const std::string& query) {
    return static_cast<double>(connection_->query(query)[0].integer(0));
  }

  /// -1: there is no such table or column.
  std::int64_t count(const std::string& table) {
    try {
      return connection_->query("SELECT count(*) FROM " + table)[0].integer(0);
    } catch (const DatabaseError&) {
      return -1;
    }
  }

  std::string shown_settings() {
    std::string text;
    for (const char* name : {"foreign_keys", "synchronous", "journal_mode", "legacy_alter_table"})
      text += connection_->query(std::string("PRAGMA ") + name)[0].text(0) + " ";
    return text;
  }

  void look_for_losses(const Case& it, std::int64_t orders, Measured& result) {
    // The pages of an index that goes are only put on the list of free ones.
    const bool frees = std::string(it.sql).starts_with("DROP INDEX");
    if (result.written > 0.05 && !frees) result.hazards.emplace_back("writes much");
    const std::int64_t left = count("orders");
    if (left >= 0 && left < orders)
      result.hazards.push_back("orders: " + std::to_string(orders - left) + " rows lost");
    if (count("log") < 0) result.hazards.emplace_back("a table lost");
    for (const char* statement : kOldCode) {
      try {
        run(statement);
      } catch (const DatabaseError& error) {
        result.hazards.push_back("old code: " + error.message());
      }
    }
    if (count("users") >= 0 && count("log") == 0)
      result.hazards.emplace_back("the trigger is lost");
    const auto names = [&](const char* condition) {
      return connection_
          ->query(std::string("SELECT count(*) FROM sqlite_master WHERE ") + condition)[0]
          .integer(0);
    };
    const bool drops_it = std::string(it.sql).starts_with("DROP INDEX");
    if (count("users") >= 0 && !drops_it && names("name = 'ix_age'") == 0)
      result.hazards.emplace_back("the index is lost");
    if (count("users WHERE note = 'nome'") > 0) result.hazards.emplace_back("taken for a string");
    if (count("s") > 0 && connection_->query("SELECT typeof(zip) FROM s")[0].text(0) == "integer")
      result.hazards.emplace_back("'007' is 7");
  }

  std::string folder_;
  std::unique_ptr<driver::Connection> connection_;
};

struct Found {
  std::string codes;
  bool warns = false;
  bool any = false;
};

/// As on a database with two million rows in each table. Rules of design do not count: they are
/// about what is regretted later.
Found found(const Case& it) {
  lint::TestRevision revision("sqlite", kSchema);
  revision.with_own_rules = true;
  revision.rows() = {{"users", 2'000'000}, {"orders", 2'000'000}, {"log", 2'000'000}};
  std::vector<lint::TestStep> steps;
  if (it.setting == Setting::KeysOn) {
    lint::Step on;
    on.sql = "PRAGMA foreign_keys = ON";
    on.in_transaction = false;
    on.effects = {lint::SetVariable{"foreign_keys", "on"}};
    steps.emplace_back(on);
  }
  const std::string text = it.sql;
  if (it.setting == Setting::Usual && text.starts_with("PRAGMA") &&
      text.find(';') == std::string::npos) {
    lint::Step pragma;  // the runner would run it outside; here it is inside of a transaction
    const std::size_t name = 7;
    pragma.sql = text;
    pragma.effects = {lint::SetVariable{text.substr(name, text.find(' ', name) - name), "on"}};
    steps.emplace_back(pragma);
  } else {
    steps.emplace_back(it.sql);
  }
  Found result;
  std::set<std::string> codes;
  for (const lint::Finding& finding : revision.lint(steps)) {
    const std::string family = finding.code.substr(0, 2);
    if (family == "IX" || family == "NM") continue;
    if (it.setting == Setting::KeysOn && finding.object == "foreign_keys") continue;
    codes.insert(finding.code);
    result.any = true;
    result.warns = result.warns || finding.severity >= lint::Severity::Warning;
  }
  const std::vector<std::string> list(codes.begin(), codes.end());
  result.codes = text::join(list, ", ");
  return result;
}

std::string cell(std::string text) {
  text = text::replace_all(std::move(text), "|", "\\|");
  return text::replace_all(std::move(text), "\n", " ");
}

std::string line(const Case& it, const Measured& measured, const Found& lint) {
  std::string result;
  for (const std::string& hazard : measured.hazards) {
    if (hazard == "refused") continue;
    result += (result.empty() ? "" : "; ") + hazard;
  }
  if (!measured.error.empty()) result = "refused: " + measured.error;
  if (result.empty()) result = "done, nothing else";
  return "| " + std::string(it.what) + " | `" + cell(it.sql) + "` | " + cell(result) + " | " +
         lint.codes + " |\n";
}

TEST(LintTruth, NoHazardWithoutAFindingAndNoWarningAboutWhatIsSafe) {
  std::string table;
  for (const Case& it : kCases) {
    SCOPED_TRACE(it.sql);
    const Measured measured = Database().measure(it);
    const Found lint = found(it);
    table += line(it, measured, lint);
    if (measured.hazards.empty())
      EXPECT_FALSE(lint.warns) << lint.codes;
    else
      EXPECT_TRUE(lint.any) << testing::PrintToString(measured.hazards);
  }
  // Texts and abilities are those of one version.
  if (connect(driver::parse_url("sqlite://"))->server_version() != 34001) return;
  const std::string path = CUPEL_SOURCE_DIR "/docs/lint-sqlite.md";
  std::ifstream input(path);
  std::stringstream stored;
  stored << input.rdbuf();
  const std::string text = stored.str();
  const std::string mark = "|---|---|---|---|\n";
  const std::size_t begin = text.find(mark);
  ASSERT_NE(begin, std::string::npos) << path;
  const std::string updated = text.substr(0, begin + mark.size()) + table;
  if (const char* update = std::getenv("CUPEL_UPDATE_GOLDEN"); update != nullptr && *update == '1')
    std::ofstream(path) << updated;
  else
    EXPECT_EQ(text, updated) << "CUPEL_UPDATE_GOLDEN=1 writes it";
}

}  // namespace
}  // namespace cupel::dialect::sqlite
