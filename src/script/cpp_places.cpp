// SPDX-License-Identifier: MIT
// See cpp_places.hpp.
#include "script/cpp_places.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "cupel/base/text.hpp"
#include "script/cpp_call_reader.hpp"

namespace cupel::script {
namespace {

using model::ObjectName;

/// What the call that makes an operation looks like.
struct Look {
  std::vector<std::string_view> methods;
  std::vector<ObjectName> names;     ///< each must be among its literals
  std::vector<std::string> details;  ///< may be; the more the better
  /// What it makes: a literal in the first place is it, or what a convention makes it of.
  std::string made = {};
};

/// A look at each kind of operation that a call of its own makes.
struct Looks {
  Look operator()(const ops::CreateTable& op) const {
    return {{"create_table"}, {op.table.name}, {}};
  }
  Look operator()(const ops::DropTable& op) const { return {{"drop_table"}, {op.table}, {}}; }
  Look operator()(const ops::RenameTable& op) const {
    return {{"rename_table"}, {op.table, {op.new_name}}, {}};
  }
  Look operator()(const ops::SetTableSchema& op) const {
    return {{"set_table_schema"}, {op.table, {op.new_schema}}, {}};
  }
  Look operator()(const ops::SetTableComment& op) const {
    return {{"create_table_comment", "drop_table_comment", "create_table"}, {op.table}, {}};
  }
  Look operator()(const ops::SetTableOptions& op) const {
    return {{"set_table_options"}, {op.table}, {}};
  }
  Look operator()(const ops::SetPartition& op) const {
    return {{"attach_partition", "detach_partition"}, {op.table}, {}};
  }
  Look operator()(const ops::AddColumn& op) const {
    return {{"add_column"}, {op.table, {op.column.name}}, {}};
  }
  Look operator()(const ops::DropColumn& op) const {
    return {{"drop_column"}, {op.table, {op.column}}, {}};
  }
  Look operator()(const ops::AlterColumn& op) const {
    return {{"alter_column", "rename_column"}, {op.table, {op.column}}, {}};
  }
  Look operator()(const ops::AddConstraint& op) const {
    Look look{{"create_primary_key", "create_unique_constraint", "create_check_constraint",
               "create_foreign_key", "create_exclude_constraint", "add_constraint", "add_column",
               "create_table"},
              {op.table},
              model::columns_of(op.constraint)};
    look.made = model::name_of(op.constraint);
    look.details.push_back(look.made);
    return look;
  }
  Look operator()(const ops::DropConstraint& op) const {
    return {{"drop_constraint"}, {op.table}, {op.name}};
  }
  Look operator()(const ops::RenameConstraint& op) const {
    return {{"rename_constraint"}, {op.table, {op.name}}, {}};
  }
  Look operator()(const ops::ValidateConstraint& op) const {
    return {{"validate_constraint"}, {op.table, {op.name}}, {}};
  }
  Look operator()(const ops::CreateIndex& op) const {
    Look look{{"create_index", "add_column", "create_table"}, {op.table}, {op.index.name}};
    look.made = op.index.name;
    for (const model::IndexElement& element : op.index.elements)
      look.details.push_back(element.column);
    return look;
  }
  Look operator()(const ops::DropIndex& op) const { return {{"drop_index"}, {{op.name}}, {}}; }
  Look operator()(const ops::RenameIndex& op) const {
    return {{"rename_index"}, {{op.name}, {op.new_name}}, {}};
  }
  Look operator()(const ops::AlterTable& op) const {
    return {{"batch", "add_column"}, {op.table}, {}};
  }
  Look operator()(const ops::BulkInsert& op) const {
    return {{"bulk_insert"}, {op.table}, op.columns};
  }

  Look operator()(const ops::CreateSchema& op) const {
    return {{"create_schema"}, {{op.name}}, {}};
  }
  Look operator()(const ops::DropSchema& op) const { return {{"drop_schema"}, {{op.name}}, {}}; }
  Look operator()(const ops::DropSequence& op) const { return {{"drop_sequence"}, {op.name}, {}}; }
  Look operator()(const ops::CreateEnum& op) const { return {{"create_enum"}, {op.type.name}, {}}; }
  Look operator()(const ops::DropEnum& op) const { return {{"drop_enum"}, {op.name}, {}}; }
  Look operator()(const ops::AddEnumValue& op) const {
    return {{"add_enum_value"}, {op.name, {op.value}}, {}};
  }
  Look operator()(const ops::RenameEnumValue& op) const {
    return {{"rename_enum_value"}, {op.name, {op.value}}, {}};
  }
  Look operator()(const ops::CreateDomain& op) const {
    return {{"create_domain"}, {op.domain.name}, {}};
  }
  Look operator()(const ops::DropDomain& op) const { return {{"drop_domain"}, {op.name}, {}}; }
  Look operator()(const ops::RenameType& op) const { return {{"rename_type"}, {op.name}, {}}; }
  Look operator()(const ops::SetComment& op) const {
    return {{"create_comment", "drop_comment"}, {op.object}, {op.name}};
  }
  Look operator()(const ops::CreateView& op) const {
    return {{"create_view", "create_materialized_view"}, {op.view.name}, {}};
  }
  Look operator()(const ops::DropView& op) const {
    return {{"drop_view", "drop_materialized_view"}, {op.name}, {}};
  }
  Look operator()(const ops::RefreshView& op) const {
    return {{"refresh_materialized_view"}, {op.name}, {}};
  }
  Look operator()(const ops::CreateSequence& op) const {
    return {{"create_sequence"}, {op.sequence.name}, {}};
  }
  Look operator()(const ops::AlterSequence& op) const {
    return {{"alter_sequence"}, {op.to.name}, {}};
  }
  Look operator()(const ops::CreateFunction& op) const {
    return {{"create_function"}, {op.function.name}, {}};
  }
  Look operator()(const ops::DropFunction& op) const { return {{"drop_function"}, {op.name}, {}}; }
  Look operator()(const ops::CreateTrigger& op) const {
    return {{"create_trigger"}, {{op.trigger.name}}, {}};
  }
  Look operator()(const ops::DropTrigger& op) const { return {{"drop_trigger"}, {{op.name}}, {}}; }
  Look operator()(const ops::CreateExtension& op) const {
    return {{"create_extension"}, {{op.extension.name}}, {}};
  }
  Look operator()(const ops::DropExtension& op) const {
    return {{"drop_extension"}, {{op.name}}, {}};
  }
  /// SQL is found by its text: CppPlaces::find_sql().
  Look operator()(const ops::ExecuteSql&) const { return {}; }
};

bool contains(const std::vector<std::string>& texts, std::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

/// How well the call fits; -1: not at all.
int fit(const CppCall& call, const Look& look) {
  const bool is_method =
      call.method == "invoke" ||
      std::find(look.methods.begin(), look.methods.end(), call.method) != look.methods.end();
  if (!is_method || look.names.empty()) return -1;
  for (const ObjectName& name : look.names)
    if (!contains(call.texts, name.name) && !contains(call.texts, to_string(name))) return -1;
  const bool makes_one = call.method.starts_with("create_") && call.method != "create_table";
  if (makes_one && !look.made.empty() && call.begins_with_text &&
      look.made.find(call.texts.front()) == std::string::npos)
    return -1;
  int count = 0;
  for (const std::string& detail : look.details)
    if (!detail.empty() && contains(call.texts, detail)) ++count;
  return count;
}

/// SQL without what may differ between a revision and its run: the ends, and how parameters are
/// written (`:name`, `$1`, `?`).
std::string plain_sql(std::string_view sql) {
  sql = text::trim(sql);
  while (sql.ends_with(';')) sql = text::trim(sql.substr(0, sql.size() - 1));
  const auto is_name = [&](std::size_t i) {
    return i < sql.size() &&
           ((sql[i] >= 'a' && sql[i] <= 'z') || (sql[i] >= 'A' && sql[i] <= 'Z') ||
            (sql[i] >= '0' && sql[i] <= '9') || sql[i] == '_');
  };
  std::string plain;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    const bool is_cast = sql[i] == ':' && i > 0 && sql[i - 1] == ':';
    const bool is_mark = sql[i] == ':' || sql[i] == '$' || sql[i] == '?';
    if (is_cast || !is_mark || (sql[i] != '?' && !is_name(i + 1))) {
      plain += sql[i];
      continue;
    }
    plain += '?';
    while (is_name(i + 1)) ++i;
  }
  return plain;
}

int fit_sql(const CppCall& call, const std::string& sql) {
  static constexpr std::array<std::string_view, 6> kMethods{"execute", "rows",          "query",
                                                            "change",  "run_statement", "invoke"};
  if (call.texts.empty()) return -1;
  if (call.method == "backfill") return sql.find(call.texts.front()) != std::string::npos ? 0 : -1;
  if (std::find(kMethods.begin(), kMethods.end(), call.method) == kMethods.end()) return -1;
  for (const std::string& text : call.texts) {
    const std::string written = plain_sql(text);
    if (written == sql) return 2;
    if (written.find(sql) != std::string::npos) return 1;  // one statement of several
  }
  return -1;
}

}  // namespace

CppPlaces::CppPlaces(std::string text, bool goes_up, Renderer render)
    : text_(std::move(text)),
      render_(std::move(render)),
      tokens_(cpp_tokens(text_)),
      calls_(read_cpp_calls(tokens_)) {
  const auto other = goes_up ? CppCall::Function::Downgrade : CppCall::Function::Upgrade;
  std::erase_if(calls_, [&](const CppCall& call) { return call.function == other; });
}

std::optional<CppPlaces::Found> CppPlaces::find(const ops::Operation& operation) {
  const Look look = std::visit(Looks(), operation);
  std::vector<std::pair<const CppCall*, int>> candidates;
  for (const CppCall& call : calls_)
    if (const int score = fit(call, look); score >= 0) candidates.emplace_back(&call, score);
  std::optional<Found> found = choose(candidates);
  if (found && found->call->is_plain) {
    try {
      found->is_certain = is_same(*found->call, render_(operation));
    } catch (const Error&) {
      found->is_certain = false;  // what cannot be written is not what stands there
    }
  }
  return found;
}

std::optional<CppPlaces::Found> CppPlaces::find_sql(std::string_view sql) {
  const std::string wanted = plain_sql(sql);
  std::vector<std::pair<const CppCall*, int>> candidates;
  for (const CppCall& call : calls_)
    if (const int score = fit_sql(call, wanted); score >= 0) candidates.emplace_back(&call, score);
  std::optional<Found> found = choose(candidates);
  if (!found) return found;
  // op.execute("...") and nothing else.
  const CppCall& call = *found->call;
  found->is_certain = call.is_plain && call.method == "execute" && call.last == call.first + 5 &&
                      call.texts.size() == 1 && plain_sql(call.texts.front()) == wanted;
  return found;
}

/// The best; of several the next one from where the run is, or else the first.
std::optional<CppPlaces::Found> CppPlaces::choose(
    const std::vector<std::pair<const CppCall*, int>>& candidates) {
  const CppCall* best = nullptr;
  int score = -1;
  for (const auto& [call, fits] : candidates) {
    const bool is_next = fits == score && best->begin < at_ && call->begin >= at_;
    if (fits <= score && !is_next) continue;
    best = call;
    score = fits;
  }
  if (best == nullptr) return std::nullopt;
  at_ = best->begin;
  return Found{best, line_of(*best), false};
}

std::size_t CppPlaces::line_of(const CppCall& call) const {
  return text::position_at(text_, call.begin).line;
}

/// But for layout, comments and a comma at the end of a list.
bool CppPlaces::is_same(const CppCall& call, const std::string& code) const {
  const auto is_needless = [](const std::vector<CppToken>& tokens, std::size_t i) {
    return tokens[i].is_sign(',') && i + 1 < tokens.size() &&
           (tokens[i + 1].is_sign('}') || tokens[i + 1].is_sign(')'));
  };
  const auto words = [&](const std::vector<CppToken>& tokens, std::size_t begin, std::size_t end) {
    std::vector<std::pair<CppToken::Kind, std::string>> found;
    for (std::size_t i = begin; i < end; ++i)
      if (!is_needless(tokens, i)) found.emplace_back(tokens[i].kind, tokens[i].text);
    return found;
  };
  const std::vector<CppToken> rendered = cpp_tokens(code);
  if (rendered.empty() || !rendered.back().is_sign(';')) return false;
  return words(tokens_, call.first, call.last + 1) == words(rendered, 0, rendered.size() - 1);
}

const CppCall* CppPlaces::statement_at(std::size_t line) const {
  const CppCall* found = nullptr;
  for (const CppCall& call : calls_) {
    if (line_of(call) != line) continue;
    if (found != nullptr || !call.is_plain) return nullptr;
    found = &call;
  }
  return found;
}

}  // namespace cupel::script
