// SPDX-License-Identifier: MIT
// See shelf.hpp.
#include "dialect/sqlite/shelf.hpp"

#include <algorithm>

#include "cupel/base/text.hpp"
#include "cupel/sql/splitter.hpp"
#include "dialect/sqlite/definition_cursor.hpp"
#include "dialect/sqlite/lex.hpp"

namespace cupel::dialect::sqlite {
namespace {

/// A catalog of so many rows is looked through in no time.
constexpr std::int64_t kFew = 200;

/// SQLite keeps its own tables in mind, such as the one of AUTOINCREMENT.
constexpr const char* kOwn = "tbl_name LIKE 'sqlite\\_%' ESCAPE '\\'";

std::string folded(std::string_view token) { return text::to_lower(unquoted(token)); }

/// Walks over the first tokens of a CREATE.
class Reader {
 public:
  explicit Reader(const std::string& statement)
      : tokens_(sql::significant_texts(statement, 12, lex_rules())) {}

  bool take(std::string_view word) {
    const bool is_there = peek() == word;
    if (is_there) ++at_;
    return is_there;
  }
  bool skip_exists() { return !take("IF") || (take("NOT") && take("EXISTS")); }
  /// A name of the main database.
  std::optional<std::string> name() {
    if (at_ + 1 < tokens_.size() && tokens_[at_ + 1] == ".") {
      if (folded(tokens_[at_]) != "main") return std::nullopt;
      at_ += 2;
    }
    return at_ < tokens_.size() ? std::optional(folded(tokens_[at_++])) : std::nullopt;
  }
  std::string_view peek() const { return at_ < tokens_.size() ? tokens_[at_] : std::string_view(); }

 private:
  std::vector<std::string> tokens_;
  std::size_t at_ = 0;
};

/// What must be known for this statement to run; nullopt: perhaps everything.
std::optional<std::vector<std::string>> needs(const std::string& statement) {
  Reader reader(statement);
  if (!reader.take("CREATE")) return std::nullopt;
  const bool is_unique = reader.take("UNIQUE");
  const bool is_index = reader.take("INDEX");
  const bool is_view = !is_index && reader.take("VIEW");
  if (!is_index && (is_unique || (!is_view && !reader.take("TABLE")))) return std::nullopt;
  if (!reader.skip_exists()) return std::nullopt;
  const auto name = reader.name();
  if (!name) return std::nullopt;
  if (is_view) return {{*name}};
  if (is_index && !reader.take("ON")) return std::nullopt;
  const auto table = is_index ? reader.name() : name;
  // Not CREATE TABLE ... AS SELECT.
  if (!table || reader.peek() != "(") return std::nullopt;
  return {{*name, *table}};
}

}  // namespace

ShelvingConnection::ShelvingConnection(std::unique_ptr<driver::Connection> inner)
    : inner_(std::move(inner)) {}
ShelvingConnection::~ShelvingConnection() = default;

driver::Rows ShelvingConnection::query(std::string_view sql, std::span<const Value> parameters) {
  const bool is_commit = sql == "COMMIT";
  if (sql == "BEGIN") {
    finish(/*is_committed=*/false);  // SQLite may have ended the last one by itself
    put_away();
  } else if (!is_commit && sql != "ROLLBACK") {
    put_back();
  }
  driver::Rows rows = inner_->query(sql, parameters);
  if (!inner_->in_transaction()) finish(is_commit);
  return rows;
}

std::vector<driver::Rows> ShelvingConnection::run(std::span<const std::string> statements,
                                                  std::size_t* failed) {
  Names names;
  bool is_known = inner_->in_transaction();
  for (std::size_t i = 0; is_known && i < statements.size(); ++i) {
    const auto needed = needs(statements[i]);
    is_known = needed.has_value();
    if (is_known) names.insert(needed->begin(), needed->end());
  }
  if (is_known) {
    bring(names);
  } else {
    put_back();
  }
  return inner_->run(statements, failed);
}

void ShelvingConnection::run_many(std::string_view sql, std::span<const std::vector<Value>> rows) {
  put_back();
  inner_->run_many(sql, rows);
}

void* ShelvingConnection::native_handle() {
  put_back();
  return inner_->native_handle();
}

std::vector<ShelvingConnection::Item> ShelvingConnection::take_all() {
  const std::string all =
      "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master WHERE NOT ";
  std::vector<Item> items;
  for (const driver::Row row : inner_->query(all + kOwn + " ORDER BY rowid")) {
    Item& item = items.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i) item.row.push_back(row[i]);
    const auto next = static_cast<std::int64_t>(orders_.size());
    item.order = orders_.try_emplace(row.text(0) + " " + row.text(1), next).first->second;
  }
  inner_->query("PRAGMA writable_schema = ON");
  inner_->query(std::string("DELETE FROM sqlite_master WHERE NOT ") + kOwn);
  inner_->query("PRAGMA writable_schema = RESET");
  return items;
}

void ShelvingConnection::put_away() {
  if (inner_->query("SELECT count(*) FROM sqlite_master")[0].integer(0) <= kFew) return;
  for (Item& item : take_all()) {
    const std::string table = text::to_lower(as_text(item.row[2]));
    // A trigger may have a table's name.
    if (as_text(item.row[0]) != "trigger") table_of_[text::to_lower(as_text(item.row[1]))] = table;
    shelf_[table].push_back(std::move(item));
  }
}

void ShelvingConnection::write(std::vector<Item> items) {
  if (items.empty()) return;
  std::sort(items.begin(), items.end(),
            [](const Item& a, const Item& b) { return a.order < b.order; });
  std::vector<std::vector<Value>> rows;
  for (Item& item : items) rows.push_back(std::move(item.row));
  inner_->query("PRAGMA writable_schema = ON");
  inner_->run_many(
      "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) "
      "VALUES (?, ?, ?, ?, ?)",
      rows);
  inner_->query("PRAGMA writable_schema = RESET");
}

void ShelvingConnection::bring(const Names& names) {
  if (is_whole_) return;
  std::vector<Item> items;
  for (const std::string& name : names) {
    const auto known = table_of_.find(name);
    const auto found = shelf_.find(known == table_of_.end() ? name : known->second);
    if (found == shelf_.end() || !borrowed_.insert(found->first).second) continue;
    items.insert(items.end(), found->second.begin(), found->second.end());
  }
  write(std::move(items));
}

void ShelvingConnection::put_back() {
  if (orders_.empty() || is_whole_) return;
  std::vector<Item> items = take_all();
  for (const auto& [table, of_table] : shelf_)
    if (!borrowed_.contains(table)) items.insert(items.end(), of_table.begin(), of_table.end());
  write(std::move(items));
  is_whole_ = true;
  if (!inner_->in_transaction()) finish(/*is_committed=*/true);
}

void ShelvingConnection::finish(bool is_committed) {
  if (is_committed) {
    for (const std::string& table : borrowed_) shelf_.erase(table);
    if (is_whole_) {
      shelf_.clear();
      table_of_.clear();
      orders_.clear();
    }
  }
  borrowed_.clear();
  is_whole_ = false;
}

}  // namespace cupel::dialect::sqlite
