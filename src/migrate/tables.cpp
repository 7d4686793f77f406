// SPDX-License-Identifier: MIT
// See tables.hpp.
#include "migrate/tables.hpp"

#include <fmt/core.h>

namespace cupel::migrate {
namespace {

constexpr const char* kHistory = "cupel_history";
constexpr const char* kJournal = "cupel_journal";
constexpr const char* kProgress = "cupel_backfill";

model::Column column(std::string name, model::Type type) {
  model::Column result;
  result.name = std::move(name);
  result.type = std::move(type);
  result.nullable = false;
  return result;
}

}  // namespace

std::vector<model::ObjectName> own_tables(const Settings& settings) {
  const model::ObjectName& versions = settings.version_table;
  return {versions,
          {versions.schema, kHistory},
          {versions.schema, kJournal},
          {versions.schema, kProgress}};
}

Tables::Tables(const dialect::Dialect& dialect, const Settings& settings)
    : writer_(&dialect.writer()),
      versions_(settings.version_table),
      history_(settings.version_table.schema, kHistory),
      journal_(settings.version_table.schema, kJournal),
      progress_(settings.version_table.schema, kProgress),
      versions_sql_(writer_->quote(versions_)),
      history_sql_(writer_->quote(history_)),
      journal_sql_(writer_->quote(journal_)),
      progress_sql_(writer_->quote(progress_)) {}

std::string Tables::create(const model::Table& table) const {
  ops::CreateTable operation;
  operation.table = table;
  operation.if_not_exists = true;
  return writer_->write(operation).front().sql;
}

std::string Tables::create_versions() const {
  model::Table table;
  table.name = versions_;
  table.columns = {column("version_num", model::String(32))};
  table.primary_key = model::PrimaryKey{{"version_num"}, versions_.name + "_pkc", {}, {}, {}, {}};
  return create(table);
}

std::string Tables::create_history() const {
  model::Table table;
  table.name = history_;
  table.columns = {column("id", model::Integer()),
                   column("revision", model::String(255)),
                   column("direction", model::String(10)),
                   column("applied_at", model::String(20)),
                   column("duration_ms", model::BigInteger()),
                   column("applied_by", model::String(255)),
                   column("checksum", model::String(64))};
  table.primary_key = model::PrimaryKey{{"id"}, {}, {}, {}, {}, {}};
  return create(table);
}

std::string Tables::create_journal() const {
  model::Table table;
  table.name = journal_;
  table.columns = {column("revision", model::String(255)), column("direction", model::String(10)),
                   column("ordinal", model::BigInteger()),
                   column("statement_hash", model::String(64)),
                   column("finished", model::SmallInteger())};
  table.primary_key = model::PrimaryKey{{"revision", "direction", "ordinal"}, {}, {}, {}, {}, {}};
  return create(table);
}

std::string Tables::create_progress() const {
  model::Table table;
  table.name = progress_;
  table.columns = {column("revision", model::String(255)), column("direction", model::String(10)),
                   column("ordinal", model::BigInteger()), column("position", model::Text()),
                   column("validity", model::Text()),      column("walked", model::BigInteger()),
                   column("changed", model::BigInteger())};
  table.primary_key = model::PrimaryKey{{"revision", "direction", "ordinal"}, {}, {}, {}, {}, {}};
  return create(table);
}

std::string Tables::select_versions() const { return "SELECT version_num FROM " + versions_sql_; }
std::string Tables::select_history() const {
  return "SELECT revision, direction, applied_at, duration_ms, applied_by, checksum FROM " +
         history_sql_ + " ORDER BY id";
}
std::string Tables::select_journal() const {
  return "SELECT revision, direction, ordinal, statement_hash, finished FROM " + journal_sql_ +
         " ORDER BY revision, direction, ordinal";
}

std::string Tables::literal(const std::string& text) const { return writer_->literal_text(text); }

std::vector<std::string> Tables::apply(std::span<const revision::RowChange> changes) const {
  std::vector<std::string> statements;
  for (const revision::RowChange& change : changes) {
    switch (change.kind) {
      case revision::RowChange::Kind::Delete:
        statements.push_back(fmt::format("DELETE FROM {0} WHERE {0}.version_num = {1}",
                                         versions_sql_, literal(change.old_id)));
        break;
      case revision::RowChange::Kind::Update:
        statements.push_back(
            fmt::format("UPDATE {0} SET version_num={1} WHERE {0}.version_num = {2}", versions_sql_,
                        literal(change.new_id), literal(change.old_id)));
        break;
      case revision::RowChange::Kind::Insert:
        statements.push_back(fmt::format("INSERT INTO {} (version_num) VALUES ({})", versions_sql_,
                                         literal(change.new_id)));
        break;
    }
  }
  return statements;
}

std::string Tables::delete_all_versions() const { return "DELETE FROM " + versions_sql_; }

std::string Tables::insert_history(const HistoryEntry& entry,
                                   const std::string& duration_ms) const {
  return fmt::format(
      "INSERT INTO {} (revision, direction, applied_at, duration_ms, applied_by, checksum) VALUES "
      "({}, {}, {}, {}, {}, {})",
      history_sql_, literal(entry.revision), literal(entry.direction), literal(entry.applied_at),
      duration_ms, literal(entry.applied_by), literal(entry.checksum));
}

std::string Tables::insert_journal(const JournalEntry& entry) const {
  return fmt::format(
      "INSERT INTO {} (revision, direction, ordinal, statement_hash, finished) VALUES ({}, {}, {}, "
      "{}, {})",
      journal_sql_, literal(entry.revision), literal(entry.direction), entry.ordinal,
      literal(entry.statement_hash), entry.finished ? 1 : 0);
}

std::string Tables::finish_journal(const JournalEntry& entry) const {
  return fmt::format("UPDATE {} SET finished = 1 WHERE {}", journal_sql_, is_entry(entry));
}

std::string Tables::is_entry(const JournalEntry& entry) const {
  return fmt::format("revision = {} AND direction = {} AND ordinal = {}", literal(entry.revision),
                     literal(entry.direction), entry.ordinal);
}

std::string Tables::select_progress(const JournalEntry& entry) const {
  return fmt::format("SELECT position, validity, walked, changed FROM {} WHERE {}", progress_sql_,
                     is_entry(entry));
}

std::string Tables::insert_progress(const JournalEntry& entry) const {
  return fmt::format(
      "INSERT INTO {} (revision, direction, ordinal, position, validity, walked, changed) VALUES "
      "({}, {}, {}, '', '', 0, 0)",
      progress_sql_, literal(entry.revision), literal(entry.direction), entry.ordinal);
}

std::string Tables::update_progress(const JournalEntry& entry, const Progress& progress) const {
  return fmt::format(
      "UPDATE {} SET position = {}, validity = {}, walked = {}, changed = {} WHERE {}",
      progress_sql_, literal(progress.position), literal(progress.validity), progress.walked,
      progress.changed, is_entry(entry));
}

std::string Tables::delete_progress(const JournalEntry& entry) const {
  return fmt::format("DELETE FROM {} WHERE {}", progress_sql_, is_entry(entry));
}

std::string Tables::clear_journal(const std::string& revision) const {
  return fmt::format("DELETE FROM {} WHERE revision = {}", journal_sql_, literal(revision));
}

}  // namespace cupel::migrate
