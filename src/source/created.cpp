// SPDX-License-Identifier: MIT
// See created.hpp.
#include "source/created.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "cupel/base/text.hpp"
#include "cupel/sql/splitter.hpp"

namespace cupel::source {
namespace {

template <std::size_t N>
bool is_one_of(const std::string& word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Between CREATE and the kind.
constexpr std::array<std::string_view, 11> kAdjectives{
    "UNLOGGED", "UNIQUE", "MATERIALIZED", "RECURSIVE", "CONSTRAINT", "FOREIGN",
    "VIRTUAL",  "GLOBAL", "LOCAL",        "DEFAULT",   "TRUSTED"};
constexpr std::array<std::string_view, 12> kKinds{"TABLE",     "VIEW",    "INDEX",     "SEQUENCE",
                                                  "TYPE",      "DOMAIN",  "FUNCTION",  "PROCEDURE",
                                                  "AGGREGATE", "TRIGGER", "EXTENSION", "SCHEMA"};

/// Walks over the significant tokens of a statement, as significant_texts() gives them.
class Reader {
 public:
  explicit Reader(std::vector<std::string> tokens) : tokens_(std::move(tokens)) {}

  std::optional<Created> read() {
    if (!take("CREATE")) return std::nullopt;
    Created created;
    if (take("OR")) created.or_replace = take("REPLACE");
    if (peek() == "TEMP" || peek() == "TEMPORARY") return std::nullopt;
    while (is_one_of(peek(), kAdjectives)) ++at_;
    if (!is_one_of(peek(), kKinds)) return std::nullopt;
    created.kind = tokens_[at_++];
    if (created.kind == "PROCEDURE" || created.kind == "AGGREGATE") created.kind = "FUNCTION";
    take("CONCURRENTLY");
    created.if_not_exists = take_if_not_exists();
    if (!read_name(created)) return std::nullopt;
    if (created.kind == "FUNCTION") created.detail = in_parentheses();
    if (created.kind == "TRIGGER") created.detail = behind_on();
    return created;
  }

  bool take_if_not_exists() {
    if (peek() != "IF" || peek(1) != "NOT" || peek(2) != "EXISTS") return false;
    at_ += 3;
    return true;
  }

 private:
  std::string peek(std::size_t ahead = 0) const {
    return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : std::string();
  }
  bool take(std::string_view word) {
    if (peek() != word) return false;
    ++at_;
    return true;
  }

  bool read_name(Created& created) {
    if (!take_identifier(created.name)) return false;
    if (!take(".")) return true;
    created.schema = std::move(created.name);
    return take_identifier(created.name);
  }

  bool take_identifier(std::string& name) {
    const std::string token = peek();
    if (token.empty() || token == "(" || token == ".") return false;
    ++at_;
    const char mark = token.front();
    const bool quoted = token.size() >= 2 && (mark == '"' || mark == '`' || mark == '[');
    name = text::to_lower(quoted ? token.substr(1, token.size() - 2) : token);
    if (quoted && mark != '[') {
      name = text::replace_all(std::move(name), std::string(2, mark), std::string(1, mark));
    }
    return true;
  }

  std::string in_parentheses() {
    std::string result;
    std::size_t depth = 0;
    for (; at_ < tokens_.size(); ++at_) {
      if (tokens_[at_] == ")" && --depth == 0) return result;
      if (depth > 0) result += tokens_[at_] + " ";
      if (tokens_[at_] == "(") ++depth;
      if (depth == 0) return result;
    }
    return result;
  }

  std::string behind_on() {
    while (at_ < tokens_.size() && tokens_[at_] != "ON") ++at_;
    ++at_;
    Created table;
    return read_name(table) ? table.schema + "." + table.name : std::string();
  }

  std::vector<std::string> tokens_;
  std::size_t at_ = 0;
};

constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

}  // namespace

std::optional<Created> created_by(std::string_view statement, const sql::LexRules& rules) {
  // The name of most objects is among the first words; only two kinds need to be read further.
  std::vector<std::string> tokens = sql::significant_texts(statement, 14, rules);
  if (tokens.empty() || tokens.front() != "CREATE") return std::nullopt;
  std::optional<Created> created = Reader(tokens).read();
  if (created && (created->kind == "FUNCTION" || created->kind == "TRIGGER"))
    return Reader(sql::significant_texts(statement, kAll, rules)).read();
  return created;
}

std::string_view created_kind(model::ObjectKind kind) {
  switch (kind) {
    case model::ObjectKind::Schema:
      return "SCHEMA";
    case model::ObjectKind::Extension:
      return "EXTENSION";
    case model::ObjectKind::Enum:
      return "TYPE";
    case model::ObjectKind::Domain:
      return "DOMAIN";
    case model::ObjectKind::Sequence:
      return "SEQUENCE";
    case model::ObjectKind::Table:
      return "TABLE";
    case model::ObjectKind::View:
      return "VIEW";
    case model::ObjectKind::Function:
      return "FUNCTION";
    case model::ObjectKind::Trigger:
      return "TRIGGER";
  }
  return "";
}

std::string same_statement_key(std::string_view statement, const sql::LexRules& rules) {
  const std::vector<std::string> tokens = sql::significant_texts(statement, kAll, rules);
  std::string key;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool is_exists = i + 2 < tokens.size() && tokens[i] == "IF" && tokens[i + 1] == "NOT" &&
                           tokens[i + 2] == "EXISTS";
    if (is_exists) i += 2;
    if (!is_exists) key += tokens[i] + " ";
  }
  return key;
}

}  // namespace cupel::source
