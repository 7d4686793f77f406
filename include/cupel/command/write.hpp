// SPDX-License-Identifier: MIT
// init, revision, merge: what makes files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cupel/command/project.hpp"

namespace cupel::command {

/// A kind of project that `init` can make.
struct Template {
  std::string_view name;
  std::string_view description;
};
CUPEL_API std::vector<Template> list_templates();

struct InitRequest {
  std::string directory = "migrations";
  std::string template_name = "sql";
  std::string config_file = "cupel.toml";
  std::string url = "sqlite:///app.db";  // rooms: allow a new project's default
  /// An __init__.py in both folders, as `alembic init --package` makes them.
  bool package = false;
};
/// Files that were written, and those that were there and left alone.
struct InitReport {
  std::vector<std::string> created;
  std::vector<std::string> kept;
};
/// Throws UsageError for an unknown template, for a package of other files than Python's, and for a
/// directory that is not empty.
CUPEL_API InitReport init(Files& files, const InitRequest& request);

struct RevisionRequest {
  std::string message;
  std::vector<std::string> heads = {"head"};
  bool splice = false;
  std::string revision_id;  ///< empty: a new one
  std::vector<std::string> branch_labels;
  std::vector<std::string> depends_on;
  std::string version_path;  ///< empty: the only version location
  /// Of an Alembic project with revision_environment: its env.py is run as for SQL text.
  bool offline = false;
};
/// The new file, and what its author might want to know.
struct RevisionReport {
  std::string revision;
  std::string path;
  std::vector<std::string> parents;
  std::string hint;  ///< a vague message, for instance; may be empty
};
CUPEL_API RevisionReport new_revision(Project& project, const RevisionRequest& request);

struct MergeRequest {
  std::vector<std::string> revisions;  ///< "heads" for all
  std::string message;
  std::string revision_id;
  std::vector<std::string> branch_labels;
  bool splice = false;
};
CUPEL_API RevisionReport merge(Project& project, const MergeRequest& request);

}  // namespace cupel::command
