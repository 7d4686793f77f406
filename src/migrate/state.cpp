// SPDX-License-Identifier: MIT
// Reading what the database says of itself. See state.hpp.
#include "cupel/migrate/state.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <thread>

#include "cupel/base/text.hpp"
#include "cupel/revision/resolve.hpp"
#include "migrate/patience.hpp"
#include "migrate/reading.hpp"
#include "migrate/tables.hpp"

namespace cupel::migrate {
namespace {

std::vector<std::string> sorted_rows(const driver::Rows& rows) {
  std::vector<std::string> result;
  for (const driver::Row row : rows) result.push_back(row.text(0));
  std::sort(result.begin(), result.end());
  return result;
}

/// In the order in which it was written. Sorted here, where that costs nothing: a server plans for
/// longer than it sorts.
std::vector<HistoryEntry> history_of(const driver::Rows& rows) {
  std::vector<std::pair<std::int64_t, std::size_t>> order;
  order.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) order.emplace_back(rows[i].integer(0), i);
  std::sort(order.begin(), order.end());
  std::vector<HistoryEntry> result;
  result.reserve(rows.size());
  for (const auto& [id, i] : order) {
    const driver::Row row = rows[i];
    result.push_back(
        {row.text(1), row.text(2), row.text(3), row.integer(4), row.text(5), row.text(6)});
  }
  return result;
}

/// Waits for who holds the whole database, or one of our tables, as runs do; at most the lock
/// timeout.
class ReadPatience {
 public:
  explicit ReadPatience(const Environment& environment)
      : environment_(&environment),
        begun_(Clock::now()),
        until_(begun_ + environment.settings.lock_timeout) {}
  /// The error of a statement that was cancelled is not what the user wants to read.
  void check_interrupt() const {
    if (environment_->is_interrupted && environment_->is_interrupted())
      throw Interrupted("interrupted while the database was read", "run the command again");
  }
  /// False if it is over.
  bool wait() {
    if (Clock::now() >= until_) return false;
    if (!told_ && Clock::now() - begun_ >= std::chrono::seconds(1)) tell();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    return true;
  }
  std::string describe_blocker() const {
    return environment_->dialect
        ->make_run_session(*environment_->connection, environment_->url,
                           run_settings(environment_->settings))
        ->describe_blocker();
  }

 private:
  using Clock = std::chrono::steady_clock;
  void tell() {
    told_ = true;
    if (!environment_->on_event) return;
    Event event;
    event.kind = Event::Kind::Waiting;
    event.text = describe_blocker();
    environment_->on_event(event);
  }

  const Environment* environment_;
  Clock::time_point begun_;
  Clock::time_point until_;
  bool told_ = false;
};

/// Runs statements that read, by themselves or, where the database has limits for that, in a
/// transaction of their own. What it leaves open after an error is closed.
std::vector<driver::Rows> read_once(const Environment& environment,
                                    const std::vector<std::string>& statements) {
  driver::Connection& connection = *environment.connection;
  std::vector<std::string> all;
  if (!connection.in_transaction())
    all = environment.dialect->transaction_frame(run_settings(environment.settings)).read;
  if (all.empty()) return connection.run(statements);
  const auto first = static_cast<std::ptrdiff_t>(all.size());
  all.insert(all.end(), statements.begin(), statements.end());
  all.emplace_back("COMMIT");
  try {
    std::vector<driver::Rows> results = connection.run(all);
    return {std::make_move_iterator(results.begin() + first),
            std::make_move_iterator(results.end() - 1)};
  } catch (const DatabaseError& error) {
    if (!error.connection_lost() && connection.in_transaction()) connection.query("ROLLBACK");
    throw;
  }
}

/// False if the error is final; it says who is in the way where somebody is.
bool may_try_again(ReadPatience& patience, DatabaseError& error) {
  patience.check_interrupt();
  if (!error.retryable() || error.connection_lost()) return false;
  if (patience.wait()) return true;
  error.set_hint(give_up_hint(patience.describe_blocker()));
  return false;
}

std::vector<driver::Rows> read(const Environment& environment,
                               const std::vector<std::string>& statements) {
  std::vector<driver::Rows> results;
  try_read(environment, statements, results, [](const DatabaseError&) { return false; });
  return results;
}

/// Where there is no version table: it cannot be made either if the schema that it shall be in is
/// missing.
void require_schema(const Environment& environment) {
  const std::string& schema = environment.settings.version_table.schema;
  if (schema.empty()) return;
  const std::vector<std::string> names =
      environment.dialect->make_inspector(*environment.connection)->schema_names();
  if (std::find(names.begin(), names.end(), schema) != names.end()) return;
  throw DatabaseError("there is no schema '" + schema + "', where the version table shall be", {},
                      "make it (CREATE SCHEMA " +
                          environment.dialect->writer().quote(std::string_view(schema)) +
                          "), or correct version_table_schema");
}

}  // namespace

std::vector<bool> find_tables(const Environment& environment,
                              const std::vector<model::ObjectName>& tables) {
  const std::vector<driver::Rows> results =
      read(environment, {environment.dialect->select_existing(tables)});
  std::vector<bool> found;
  for (std::size_t i = 0; i < tables.size(); ++i) found.push_back(results[0][0].boolean(i));
  return found;
}

bool try_read(const Environment& environment, const std::vector<std::string>& statements,
              std::vector<driver::Rows>& results,
              const std::function<bool(const DatabaseError&)>& is_missing) {
  ReadPatience patience(environment);
  for (;;) {
    try {
      results = read_once(environment, statements);
      return true;
    } catch (DatabaseError& error) {
      if (is_missing(error)) return false;
      if (!may_try_again(patience, error)) throw;
    }
  }
}

void read_within_limits(const Environment& environment, const std::function<void()>& read) {
  driver::Connection& connection = *environment.connection;
  std::vector<std::string> frame;
  if (!connection.in_transaction())
    frame = environment.dialect->transaction_frame(run_settings(environment.settings)).read;
  const auto close = [&] {
    if (!frame.empty() && connection.in_transaction()) connection.query("ROLLBACK");
  };
  ReadPatience patience(environment);
  for (;;) {
    try {
      if (!frame.empty()) connection.run(frame);
      read();
      if (!frame.empty()) connection.query("COMMIT");
      return;
    } catch (DatabaseError& error) {
      if (!error.connection_lost()) close();
      if (!may_try_again(patience, error)) throw;
    } catch (...) {
      close();
      throw;
    }
  }
}

DatabaseState read_state(const Environment& environment) {
  const Tables tables(*environment.dialect, environment.settings);
  const std::vector<bool> found =
      find_tables(environment, {tables.versions(), tables.history(), tables.journal()});
  DatabaseState state;
  state.has_version_table = found[0];
  state.has_history = found[0] && found[1];
  state.has_journal = found[0] && found[2];
  if (!state.has_version_table) {
    require_schema(environment);
    return state;
  }
  std::vector<std::string> statements{tables.select_versions()};
  if (state.has_history) statements.push_back(tables.select_history());
  const std::vector<driver::Rows> results = read(environment, statements);
  state.rows = sorted_rows(results[0]);
  if (state.has_history) state.history = history_of(results[1]);
  return state;
}

std::vector<std::string> read_rows(const Environment& environment) {
  const Tables tables(*environment.dialect, environment.settings);
  if (!find_tables(environment, {tables.versions()})[0]) {
    require_schema(environment);
    return {};
  }
  return sorted_rows(read(environment, {tables.select_versions()})[0]);
}

std::vector<JournalEntry> read_journal(const Environment& environment) {
  const Tables tables(*environment.dialect, environment.settings);
  if (!find_tables(environment, {tables.journal()})[0]) return {};
  return journal_from(read(environment, {tables.select_journal()})[0]);
}

std::vector<JournalEntry> journal_from(const driver::Rows& rows) {
  std::vector<JournalEntry> journal;
  for (const driver::Row row : rows)
    journal.push_back({row.text(0), row.text(1), row.integer(2), row.text(3), row.boolean(4)});
  return journal;
}

std::vector<JournalEntry> still_half_done(std::vector<JournalEntry> journal,
                                          const revision::Graph& graph,
                                          std::span<const std::string> rows) {
  if (journal.empty()) return journal;
  const std::vector<char> applied = graph.mark_ancestors(revision::resolve_rows(graph, rows).known);
  const auto is_done = [&](const JournalEntry& entry) {
    const std::optional<revision::Index> index = graph.find(entry.revision);
    if (!index) return false;
    const bool is_applied = applied[static_cast<std::size_t>(*index)] != 0;
    return is_applied == (entry.direction == "upgrade");
  };
  journal.erase(std::remove_if(journal.begin(), journal.end(), is_done), journal.end());
  return journal;
}

std::map<std::string, const HistoryEntry*> applied_entries(
    const std::vector<HistoryEntry>& history) {
  std::map<std::string, const HistoryEntry*> applied;
  for (const HistoryEntry& entry : history) {
    if (entry.direction == "downgrade" || entry.direction == "forget") {
      applied.erase(entry.revision);
    } else if (entry.direction != "stamp") {
      applied[entry.revision] = &entry;
    }
  }
  return applied;
}

std::vector<Drift> find_drift(const script::Migrations& migrations, const DatabaseState& state) {
  const revision::Graph& graph = migrations.graph();
  const revision::CurrentRows current = revision::resolve_rows(graph, state.rows);
  const std::vector<char> reached = graph.mark_ancestors(current.known);
  std::vector<Drift> drifts;
  for (const auto& [id, entry] : applied_entries(state.history)) {
    const script::Migration* migration = migrations.find(id);
    if (migration == nullptr) {
      // An unknown row is an error of its own, with its own way out: these files are not deleted,
      // they are the newer program's.
      if (current.unknown.empty() && !state.rows.empty())
        drifts.push_back({id, true, {}, entry->applied_at});
      continue;
    }
    if (reached[static_cast<std::size_t>(*graph.find(id))] == 0 || entry->checksum.empty())
      continue;
    if (!migration->has_checksum(entry->checksum))
      drifts.push_back({id, false, migration->info().path, entry->applied_at});
  }
  return drifts;
}

void require_no_drift(const script::Migrations& migrations, const DatabaseState& state) {
  const std::vector<Drift> drifts = find_drift(migrations, state);
  if (drifts.empty()) return;
  const Drift& first = drifts.front();
  const std::string what = first.deleted ? "its file was deleted since" : "it was edited since";
  InputError error(
      {first.path},
      "revision '" + first.revision + "' was applied at " + first.applied_at + ", and " + what,
      "bring the old text back and write a new revision, or accept the change: cupel repair "
      "--accept");
  for (std::size_t i = 1; i < drifts.size(); ++i) {
    error.add_note("so was '" + drifts[i].revision + "'" +
                   (drifts[i].deleted ? " (deleted)" : " (" + drifts[i].path + ")"));
  }
  throw error;
}

}  // namespace cupel::migrate
