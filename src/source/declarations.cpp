// SPDX-License-Identifier: MIT
// See declarations.hpp.
#include "source/declarations.hpp"

#include <algorithm>
#include <limits>

#include "cupel/base/text.hpp"

namespace cupel::source {
namespace {

std::string at_line(const Script& script, std::size_t line) {
  return script.name + ":" + std::to_string(line);
}

/// Kinds that say nothing but that the thing shall be there.
bool is_mere_wish(const Created& created) {
  return created.kind == "EXTENSION" || created.kind == "SCHEMA";
}

bool is_word_part(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Cheap, since it is asked for every such object of every script.
bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word_part(text[at - 1])) &&
        (end == text.size() || !is_word_part(text[end])))
      return true;
  }
  return false;
}

std::string name_key(std::string_view kind, const std::string& name) {
  return std::string(kind) + " " + text::to_lower(name);
}

}  // namespace

bool Declarations::add(const Script& script, const sql::StatementText& statement) {
  if (scripts_.empty() || scripts_.back() != &script) scripts_.push_back(&script);
  const std::optional<Created> created = created_by(statement.text, rules_);
  if (!created) return true;
  ++count_;
  const auto [at, is_new] =
      places_.try_emplace(created->key(), Place{*created, &script, statement.line, statement.text});
  if (is_new) {
    by_name_.emplace(name_key(created->kind, created->name), &at->second);
    return true;
  }
  const Place& first = at->second;
  // Within one script the server judges, unless it would keep silent.
  if (first.script == &script && !created->if_not_exists) return true;
  if (is_mere_wish(*created)) return false;
  if (same_statement_key(first.text, rules_) == same_statement_key(statement.text, rules_))
    return false;
  const std::string name =
      created->schema.empty() ? created->name : created->schema + "." + created->name;
  InputError error({script.name, statement.line, 0},
                   text::to_lower(created->kind) + " '" + name + "' is declared differently in " +
                       at_line(*first.script, first.line),
                   "declare it once");
  if (created->kind != "TABLE") throw error;
  twice_.push_back({*created, first.text, statement.text, std::move(error)});
  return false;
}

const Declarations::Place* Declarations::find(const model::ObjectKey& key) const {
  const auto [begin, end] = by_name_.equal_range(name_key(created_kind(key.kind), key.name.name));
  const Place* any = nullptr;
  for (auto at = begin; at != end; ++at) {
    if (at->second->created.schema == text::to_lower(key.name.schema)) return at->second;
    if (any == nullptr) any = at->second;
  }
  return any;
}

bool Declarations::mentions(const model::ObjectKey& key, std::string_view word) const {
  const Place* place = find(key);
  if (place == nullptr) return false;
  const std::vector<std::string> words =
      sql::significant_texts(place->text, std::numeric_limits<std::size_t>::max(), rules_);
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string Declarations::place_of(const model::ObjectKey& key) const {
  if (const Place* place = find(key)) return at_line(*place->script, place->line);
  // Made in another way (a DO block, RENAME, a serial column): by a script that has the name.
  for (const Script* script : scripts_)
    if (has_word(script->text, key.name.name)) return script->name;
  if (scripts_.empty()) return {};
  return scripts_.front()->name + (scripts_.size() == 1 ? "" : " or another source");
}

}  // namespace cupel::source
