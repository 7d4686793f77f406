// SPDX-License-Identifier: MIT
// A revision written in SQL: a header of `-- key: value` lines, then sections that begin with a
// directive, `-- cupel: upgrade`. A directive is a comment line of its own, wherever it stands.
//
//   -- revision: 1a2b3c4d5e6f
//   -- down_revision: 0f0e0d0c0b0a        comma-separated for a merge, empty for a base
//   -- message: add phone to users
//   -- created: 2026-02-04T10:15:00Z
//   -- branch_labels:                     optional
//   -- depends_on:                        optional
//
//   -- cupel: upgrade [database] [no transaction] [idempotent]
//   -- cupel: downgrade ...
//   -- cupel: no transaction              above the sections: all; directly before a statement: it
//   -- cupel: backfill [batch=10000] [pause=50ms] [lag=10s]
//                                         directly before an UPDATE: it, in batches
//   -- cupel: idempotent                  above the sections: all; inside: that section
//   -- cupel: allow CODE[, CODE] because REASON     above the sections: all; or before a statement
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/error.hpp"
#include "cupel/sql/pace.hpp"
#include "cupel/sql/splitter.hpp"

namespace cupel::script {

/// What a file says of itself in its first lines. A plain value; ids are one word each, no more is
/// checked.
struct Header {
  std::string revision;                    ///< never empty after parsing
  std::vector<std::string> down_revision;  ///< empty: a base
  std::string message;
  std::string created;  ///< as written; cupel writes 2026-02-04T10:15:00Z
  std::vector<std::string> branch_labels;
  std::vector<std::string> depends_on;
  bool operator==(const Header&) const = default;
};

enum class Direction { Upgrade, Downgrade };
/// "upgrade", "downgrade"
CUPEL_API std::string_view to_string(Direction direction);

/// A finding that the author has accepted.
struct Allow {
  std::string code;
  std::string reason;
  bool operator==(const Allow&) const = default;
};

/// The statements for one direction.
struct Section {
  Direction direction = Direction::Upgrade;
  std::string dialect;          ///< for this database only; empty: for all that have no own section
  bool no_transaction = false;  ///< of the section line or of the whole script
  bool idempotent = false;      ///< of the section line, inside the section, or of the whole script
  std::string body;             ///< without blank lines in front and white space at the end
  std::size_t offset = 0;       ///< of `body` in the file (line ends as \n, no byte order mark)
  std::size_t line = 0;         ///< of the first line of `body`
  bool operator==(const Section&) const = default;
};

/// A whole `.sql` revision.
struct SqlScript {
  std::string path;
  Header header;
  bool no_transaction = false;
  bool idempotent = false;
  std::vector<Allow> allows;  ///< for the whole script
  /// At least one for upgrade; none for downgrade means: cannot be undone.
  std::vector<Section> sections;
  bool operator==(const SqlScript&) const = default;
};

/// A statement of a section with the directives that stand directly before it.
struct ScriptStatement {
  sql::StatementText sql;  ///< offset and line are those of the file
  bool no_transaction = false;
  std::vector<Allow> allows;
  std::optional<sql::Pace> backfill = {};  ///< an UPDATE in batches
  bool operator==(const ScriptStatement&) const = default;
};

struct ParseOptions {
  /// The names that a section may have; empty: any.
  std::span<const std::string_view> dialects = {};
};

/// Reads the header only, without looking at the rest. Takes `--` and `//` comments, so that it
/// also reads the header of a revision in C++. Returns nullopt if the file begins with no header at
/// all (not a revision). Throws InputError with the place: a key twice, a misspelt key, no
/// revision, an id of several words, not UTF-8.
CUPEL_API std::optional<Header> find_header(std::string_view text, const std::string& path);
/// Like find_header(), but no header is an InputError too.
CUPEL_API Header parse_header(std::string_view text, const std::string& path);

/// Reads a whole revision. A byte order mark and CRLF are accepted. Throws InputError with the
/// place: what find_header() refuses, an unknown directive, SQL outside of the sections, a section
/// twice, no upgrade section, a NUL byte, not UTF-8. The SQL itself is not looked at.
CUPEL_API SqlScript parse_script(std::string_view text, const std::string& path,
                                 const ParseOptions& options = {});

/// The section for a database with these names: its own, else the general one, else null.
CUPEL_API const Section* select_section(const SqlScript& script, Direction direction,
                                        std::span<const std::string_view> dialect_names);

/// The statements of one section of `script`. Throws InputError: what split_statements() refuses,
/// and a directive that does not stand directly before a statement.
CUPEL_API std::vector<ScriptStatement> split_section(const SqlScript& script,
                                                     const Section& section,
                                                     const sql::LexRules& rules);

/// A checksum of what would be executed, in both directions, on a database with these names (none:
/// of all sections). Layout, comments, header and `allow` do not count; `no transaction` and
/// `idempotent` do.
CUPEL_API std::string script_checksum(const SqlScript& script, const sql::LexRules& rules,
                                      std::span<const std::string_view> dialect_names = {});

/// The script as text; parse_script() reads the same from it. Throws UsageError for a header that
/// no line can hold.
CUPEL_API std::string render_sql_script(const SqlScript& script);

}  // namespace cupel::script
