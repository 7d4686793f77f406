// SPDX-License-Identifier: MIT
// Saving a whole database to a file, and making it again what the file holds. A part of a dialect
// that most commands never need, so it is asked for apart from it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/log.hpp"
#include "cupel/driver/url.hpp"
#include "cupel/model/object.hpp"

namespace cupel::dialect {

class Dialect;

/// Borrowed throughout a call.
struct BackupRequest {
  const driver::Url* url = nullptr;
  model::ObjectName version_table{"alembic_version"};
  std::chrono::milliseconds patience{60000};  ///< for locks of others
  bool in_place = false;    ///< restore: into the database that is there; nothing of it is kept
  bool full_check = false;  ///< all that the database can check, also where that takes long
  std::function<bool()> is_interrupted;
  /// Told now and then; `total` is 0 if nobody knows. Bytes.
  std::function<void(std::uint64_t done, std::uint64_t total)> on_progress;
  Log log;
};

/// What a database held in the moment that its backup shows.
struct BackupContent {
  std::vector<std::string> revisions;        ///< its version rows, sorted
  std::map<std::string, std::int64_t> rows;  ///< by table, as SQL writes its name
  bool operator==(const BackupContent&) const = default;
};

struct SavedBackup {
  BackupContent content;
  std::string checksum;  ///< of the file, if it is known already
};

class CUPEL_API BackupTool {
 public:
  virtual ~BackupTool();
  /// Of the files, with its dot.
  virtual std::string_view extension() const = 0;
  /// Who writes them, for people: "SQLite 3.40.1", "pg_dump 15.14".
  virtual std::string describe(const BackupRequest& request) const = 0;
  /// Fills an empty file. Others go on reading and writing meanwhile; the file shows one moment,
  /// and has been read again. Throws DatabaseError, and NotSupported with what is missing.
  virtual SavedBackup save(const BackupRequest& request, const std::string& file) const = 0;
  /// Makes the database what the file holds, which is a sound backup with this content: killed at
  /// any moment, it is what it was before, or that. What was there before is kept under another
  /// name, which is returned (empty: nothing was there, or `discards` it).
  virtual std::string restore(const BackupRequest& request, const std::string& file,
                              const BackupContent& content, bool discards) const = 0;
};

/// Null for a database that this build cannot save.
CUPEL_API const BackupTool* backup_tool(const Dialect& dialect);

/// Statements that make a transaction's end check now what it would check at COMMIT: for runs that
/// are rolled back.
CUPEL_API std::vector<std::string> settling_statements(const Dialect& dialect);
/// Statements that let the open transaction stay idle for as long as a backup takes.
CUPEL_API std::vector<std::string> idling_statements(const Dialect& dialect);

}  // namespace cupel::dialect
