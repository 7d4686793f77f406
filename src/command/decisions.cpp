// SPDX-License-Identifier: MIT
// See decisions.hpp.
#include "command/decisions.hpp"

#include <map>

#include "cupel/base/text.hpp"
#include "cupel/command/autogenerate.hpp"

namespace cupel::command {
namespace {

UsageError wrong(const std::string& text, const std::string& flag, const std::string& why) {
  return UsageError(flag + " " + text + ": " + why, "for example: " + flag + " users=people, or " +
                                                        flag + " users.name=users.full_name");
}

/// The parts of a dotted name, quotes removed.
std::vector<std::string> parts_of(const std::string& text) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      if (quoted && i + 1 < text.size() && text[i + 1] == '"')
        parts.back() += text[i++];
      else
        quoted = !quoted;
    } else if (text[i] == '.' && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += text[i];
    }
  }
  return parts;
}

bool has_empty(const std::vector<std::string>& parts) {
  for (const std::string& part : parts) {
    if (part.empty()) return true;
  }
  return false;
}

std::string quoted_if_dotted(const std::string& name) {
  return name.find_first_of(".\"=") == std::string::npos
             ? name
             : '"' + text::replace_all(name, "\"", "\"\"") + '"';
}

}  // namespace

diff::Rename parse_rename(const std::string& text, const std::string& flag,
                          const model::Schema& from) {
  const std::vector<std::string> sides = text::split(text, '=');
  if (sides.size() != 2) throw wrong(text, flag, "expected old=new");
  const std::vector<std::string> old = parts_of(std::string(text::trim(sides[0])));
  const std::vector<std::string> next = parts_of(std::string(text::trim(sides[1])));
  if (has_empty(old) || has_empty(next)) throw wrong(text, flag, "a name is missing");
  const std::string& new_name = next.back();
  if (old.size() == 1) return {old[0], {}, new_name};
  if (old.size() == 3) return {{old[0], old[1]}, old[2], new_name};
  if (old.size() > 3) throw wrong(text, flag, "too many dots in '" + sides[0] + "'");
  const model::ObjectName as_table{old[0], old[1]};
  const bool is_table =
      from.find_table(model::ObjectName(old[0])) == nullptr && from.find_table(as_table) != nullptr;
  if (is_table) return {as_table, {}, new_name};
  return {old[0], old[1], new_name};
}

std::string rename_flag(const diff::Rename& rename) {
  if (rename.column.empty()) {
    const std::string schema =
        rename.table.schema.empty() ? "" : quoted_if_dotted(rename.table.schema) + ".";
    return schema + quoted_if_dotted(rename.table.name) + "=" + quoted_if_dotted(rename.new_name);
  }
  return to_string(model::ColumnName{rename.table, rename.column}) + "=" +
         to_string(model::ColumnName{rename.table, rename.new_name});
}

std::string fill_flag(const FillQuestion& question) {
  return "--fill " + to_string(model::ColumnName{question.table, question.column.name}) + "=";
}

std::vector<diff::Rename> hinted_renames(const model::Schema& from, const model::Schema& to) {
  std::vector<diff::Rename> renames;
  std::map<model::ObjectName, const model::Table*> before;  // by the table's new name
  for (const model::FormerName& hint : to.hints.former_names) {
    if (!hint.column.empty()) continue;
    const model::ObjectName old_name(hint.table.schema, hint.was);
    const model::Table* old = from.find_table(old_name);
    if (old == nullptr || from.find_table(hint.table) != nullptr ||
        to.find_table(old_name) != nullptr)
      continue;
    before[hint.table] = old;
    renames.push_back({old_name, {}, hint.table.name});
  }
  for (const model::FormerName& hint : to.hints.former_names) {
    const auto renamed = before.find(hint.table);
    const model::Table* old =
        renamed != before.end() ? renamed->second : from.find_table(hint.table);
    const model::Table* now = to.find_table(hint.table);
    if (hint.column.empty() || old == nullptr || now == nullptr) continue;
    if (old->find_column(hint.was) == nullptr || old->find_column(hint.column) != nullptr ||
        now->find_column(hint.was) != nullptr)
      continue;
    renames.push_back({old->name, hint.was, hint.column});
  }
  return renames;
}

}  // namespace cupel::command
