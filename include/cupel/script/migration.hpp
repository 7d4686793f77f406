// SPDX-License-Identifier: MIT
// A revision that can run, whatever it is written in, and the set of all revisions of a project.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/files.hpp"
#include "cupel/context/operations.hpp"
#include "cupel/revision/graph.hpp"
#include "cupel/revision/plan.hpp"
#include "cupel/script/cpp_revision.hpp"

namespace cupel::script {

/// Interface with two implementations: a .sql file, and a CppRevision.
class CUPEL_API Migration {
 public:
  virtual ~Migration();
  virtual const revision::Revision& info() const = 0;
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
  /// Throws InputError for a file that cannot be read, NotSupported if there is no way back. What a
  /// C++ function throws besides cupel's errors is nested (std::throw_with_nested) in an Error that
  /// names the revision.
  virtual void run(revision::Direction direction, context::Operations& op) const = 0;
};

/// All revisions of a project: their graph, and what runs each.
class CUPEL_API Migrations {
 public:
  Migrations() = default;
  explicit Migrations(std::vector<std::unique_ptr<Migration>> all);
  const revision::Graph& graph() const { return graph_; }
  /// Throws Bug for an id that is not in the graph.
  const Migration& get(const std::string& id) const;
  /// Null if there is none.
  const Migration* find(const std::string& id) const;

 private:
  std::vector<std::unique_ptr<Migration>> all_;
  std::map<std::string, const Migration*, std::less<>> by_id_;
  revision::Graph graph_;
};

/// A folder with revisions; `recursive` looks into sub-folders too.
struct VersionLocation {
  std::string path;
  bool recursive = false;
};

/// Reads the headers of all revision files (.sql, .cpp). `compiled` are the C++ revisions linked
/// into this program: their .cpp files are not read again. A .cpp file that is not linked in can be
/// shown, not run. Borrows `files`. Throws InputError for a header that cannot be read, and for a
/// folder that does not exist.
CUPEL_API Migrations load_migrations(const Files& files,
                                     const std::vector<VersionLocation>& locations,
                                     const std::vector<CppRevision>& compiled = {});
/// Only C++ revisions: for programs that have no folder with them.
CUPEL_API Migrations make_migrations(const std::vector<CppRevision>& compiled);

}  // namespace cupel::script
