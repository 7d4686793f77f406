// SPDX-License-Identifier: MIT
// inspect, diff, status, create, reset: what is done with whole schemas.
#pragma once

#include <string>
#include <vector>

#include "cupel/command/autogenerate.hpp"
#include "cupel/command/read.hpp"

namespace cupel::command {

enum class SchemaFormat { Sql, Cpp, Json };
/// "sql", "cpp", "json"; throws UsageError with the nearest.
CUPEL_API SchemaFormat parse_schema_format(const std::string& word);

/// The database's schema without cupel's own tables, as text that makes it. `patterns` ("user*",
/// "audit.*") choose tables and views, and what these need; none: everything. Throws UsageError if
/// a pattern matches nothing.
CUPEL_API std::string inspect(Project& project, const std::vector<std::string>& patterns,
                              SchemaFormat format);

struct CUPEL_API DiffReport {
  std::vector<diff::Finding> findings;
  std::vector<Unmanaged> unmanaged;  ///< left out of the comparison
  std::vector<diff::RenameQuestion> questions;
  std::string sql;  ///< what turns the first into the second
};
/// Each side is "models", "database", "empty", a revision (its schema, by running the revisions on
/// a scratch database), or the URL of another database of this kind.
CUPEL_API DiffReport diff_schemas(Project& project, const std::string& from, const std::string& to);

/// One object and where it is.
struct CUPEL_API StatusLine {
  enum class State {
    Same,
    Differs,    ///< in both, not equal
    Missing,    ///< in the models only
    Removed,    ///< made by a revision, and not in the models any more
    Unmanaged,  ///< nobody's; see `product`
    Present,    ///< in the database, and there are no models to compare it with
  };
  model::ObjectKey object;
  State state = State::Same;
  std::string note;  ///< the source, the revision that made it, whose it is
};
/// "same", "differs", ...
CUPEL_API std::string_view to_string(StatusLine::State state);

struct CUPEL_API StatusReport {
  CurrentReport current;
  bool has_models = false;
  bool has_database = true;       ///< false: the file is not there yet
  std::vector<StatusLine> lines;  ///< tables and views, by name
};
CUPEL_API StatusReport status(Project& project);

struct CUPEL_API CreateReport {
  std::vector<model::ObjectKey> dropped;
  std::vector<model::ObjectKey> created;
  std::vector<model::ObjectKey> kept;  ///< were there, and are what the models say
  /// What is there and is not what the models say: nothing was done.
  std::vector<diff::Finding> differing;
  std::vector<std::string> stamped;
  std::string note;  ///< why nothing was done; may be empty
};
/// Makes what the models say and the database has not, and stamps the heads, in one transaction. A
/// database that has a revision is left to upgrade(). `drop`: what owned_objects() lists goes
/// first.
CUPEL_API CreateReport create(Project& project, bool drop);
/// What the database holds that a source declares or a revision made, with the rows.
CUPEL_API std::vector<model::ObjectKey> owned_objects(Project& project);

/// Forgets the version rows; tables stay. Returns the rows that were there.
CUPEL_API std::vector<std::string> reset(Project& project);

}  // namespace cupel::command
