// SPDX-License-Identifier: MIT
// What a statement makes, as far as its words tell without a grammar: enough to say which file an
// object came from, and to notice that two files make the same one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cupel/model/object.hpp"
#include "cupel/sql/lexer.hpp"

namespace cupel::source {

struct Created {
  std::string kind;  ///< "TABLE", "VIEW", "TYPE", "INDEX", ...: what CREATE is followed by
  std::string schema;
  std::string name;    ///< like the schema in lower case, since bare words are folded
  std::string detail;  ///< a function's arguments, a trigger's table
  bool if_not_exists = false;
  bool or_replace = false;

  /// Equal for statements that make the same object.
  std::string key() const { return kind + " " + schema + "." + name + " " + detail; }
};

/// nullopt for a statement that makes nothing (or something temporary, or without a name).
std::optional<Created> created_by(std::string_view statement, const sql::LexRules& rules);

/// The kind() of statements that make such objects.
std::string_view created_kind(model::ObjectKind kind);

/// Equal for two statements that differ in layout, in the case of bare words and in IF NOT EXISTS
/// only.
std::string same_statement_key(std::string_view statement, const sql::LexRules& rules);

}  // namespace cupel::source
