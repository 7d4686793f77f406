// SPDX-License-Identifier: MIT
// A small service that keeps notes in its own SQLite file and brings that file up to date whenever
// it starts. usage: notes FILE [TEXT]
#include <sqlite3.h>

#include <cstdio>
#include <cupel/embed.hpp>
#include <memory>

#include "notes_revisions.hpp"

using Handle = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;

/// Runs with a progress line for each step. False: the file is from the future.
bool bring_up_to_date(sqlite3* database) try {
  const cupel::UpgradeResult result = cupel::upgrade(
      database, "head", notes::revisions(),
      {.on_event =
           [](const cupel::migrate::Event& event) {
             if (event.kind != cupel::migrate::Event::Kind::StepBegins) return;
             std::printf("[%zu/%zu] %s\n", event.number, event.total, event.step->message.c_str());
           },
       .applied_by = "notes 1.2"});
  if (result.applied.empty()) std::puts("the file is up to date");
  return true;
} catch (const cupel::DatabaseIsNewer& newer) {
  std::printf("%s\n", newer.what());
  return false;
}

int print_row(void*, int, char** values, char**) {
  std::printf("%s. %s%s\n", values[0], values[1], values[2][0] == '1' ? " (pinned)" : "");
  return 0;
}

/// False, and told, if the database refuses.
bool run(sqlite3* database, const char* sql) {
  const bool done = sqlite3_exec(database, sql, print_row, nullptr, nullptr) == SQLITE_OK;
  if (!done) std::puts(sqlite3_errmsg(database));
  return done;
}

int main(int argc, char** argv) try {
  if (argc < 2) return std::puts("usage: notes FILE [TEXT]"), 2;
  sqlite3* opened = nullptr;
  const int code = sqlite3_open(argv[1], &opened);
  const Handle database(opened, &sqlite3_close);
  if (code != SQLITE_OK) return std::puts(sqlite3_errmsg(opened)), 1;

  sqlite3_busy_timeout(opened, 5000);  // other instances of the service may write

  if (!bring_up_to_date(database.get())) return 3;
  if (argc > 2) {
    char* insert = sqlite3_mprintf("INSERT INTO note (body) VALUES (%Q)", argv[2]);
    const bool is_kept = run(opened, insert);
    sqlite3_free(insert);
    if (!is_kept) return 1;
  }
  return run(opened, "SELECT id, body, pinned FROM note") ? 0 : 1;
} catch (const cupel::Error& error) {
  return std::puts(error.to_string().c_str()), 1;
}
