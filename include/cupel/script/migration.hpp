// SPDX-License-Identifier: MIT
// A revision that can run, whatever it is written in, and the set of all revisions of a project.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/files.hpp"
#include "cupel/context/operations.hpp"
#include "cupel/revision/graph.hpp"
#include "cupel/revision/plan.hpp"
#include "cupel/script/cpp_revision.hpp"

namespace cupel::script {

/// A statement of a revision that is known before it runs.
struct WrittenStatement {
  sql::Statement statement;
  std::vector<std::string> allows;  ///< codes that its author accepts
};

/// Interface with three implementations: a .sql file, a CppRevision, and a .py file (alembic).
class CUPEL_API Migration {
 public:
  virtual ~Migration();
  Migration(const Migration&) = delete;
  Migration& operator=(const Migration&) = delete;
  const revision::Revision& info() const { return *info_; }
  /// Changes when the text changes in more than layout; empty if there is no text to look at.
  virtual std::string checksum() const = 0;
  /// True if `recorded`, an earlier checksum(), is still right; cheaper than asking for a new one.
  /// True too if there is no text to look at.
  virtual bool has_checksum(std::string_view recorded) const;
  /// True if its statements are known before it runs, so that they may be sent together.
  virtual bool is_plain_sql() const = 0;
  /// Runs nothing, and throws what `run` would throw for a text that is wrong. A run checks all of
  /// its steps before the first one, so that a slip in a later file changes nothing.
  virtual void check(revision::Direction direction, const dialect::Dialect& dialect) const = 0;
  /// The statements of a direction, if is_plain_sql(); throws as check() does. Until the next call.
  virtual std::span<const WrittenStatement> statements(revision::Direction,
                                                       const dialect::Dialect&) const {
    return {};
  }
  /// True if what its statements make may be there already; see Settings::idempotent.
  virtual bool is_idempotent(revision::Direction, const dialect::Dialect&) const { return false; }
  /// Codes that the author accepts for all that the revision does, if not is_plain_sql().
  virtual std::span<const std::string> allows() const { return {}; }
  /// Throws InputError for a file that cannot be read, NotSupported if there is no way back. What a
  /// C++ function throws besides cupel's errors is nested (std::throw_with_nested) in an Error that
  /// names the revision.
  virtual void run(revision::Direction direction, context::Operations& op) const = 0;

 protected:
  explicit Migration(revision::Revision info);

 private:
  friend class Migrations;
  std::shared_ptr<revision::Revision> info_;  ///< the graph's too
};

/// All revisions of a project: their graph, and what runs each.
class CUPEL_API Migrations {
 public:
  Migrations() = default;
  /// `problems` are those of files that could not be read at all; they become the graph's.
  explicit Migrations(std::vector<std::unique_ptr<Migration>> all,
                      std::vector<revision::Problem> problems = {});
  const revision::Graph& graph() const { return graph_; }
  /// Throws Bug for an id that is not in the graph.
  const Migration& get(const std::string& id) const;
  /// Null if there is none.
  const Migration* find(const std::string& id) const;

 private:
  std::vector<std::unique_ptr<Migration>> by_index_;  ///< as in the graph
  revision::Graph graph_;
};

/// A folder with revisions; `recursive` looks into sub-folders too.
struct VersionLocation {
  std::string path;
  bool recursive = false;
};

/// A further kind of revision file, by a room above this one.
struct FileKind {
  std::string extension;  ///< ".py"
  /// Null for a file that is no revision; throws InputError for a header that cannot be read.
  std::function<std::unique_ptr<Migration>(std::string path, std::string text)> read;
};

/// Reads the headers of all revision files (.sql, .cpp, and `kinds`). `compiled` are the C++
/// revisions linked into this program: their .cpp files are not read again. A .cpp file that is not
/// linked in can be shown, not run. Borrows `files`. A file whose header cannot be read is left out
/// and one of the graph's problems. Throws InputError for a folder that does not exist.
CUPEL_API Migrations load_migrations(const Files& files,
                                     const std::vector<VersionLocation>& locations,
                                     const std::vector<CppRevision>& compiled = {},
                                     std::vector<FileKind> kinds = {});
/// Only C++ revisions: for programs that have no folder with them.
CUPEL_API Migrations make_migrations(const std::vector<CppRevision>& compiled);

}  // namespace cupel::script
