// SPDX-License-Identifier: MIT
// Which statement it is, and what every reading shares. See reader.hpp.
#include "dialect/postgres/lint/reader.hpp"

#include <map>
#include <utility>

#include "cupel/base/error.hpp"
#include "cupel/base/text.hpp"

namespace cupel::dialect::postgres {

using model::ObjectName;

model::ObjectName object_name(std::string schema, std::string name) {
  if (schema == "public") schema.clear();
  return {std::move(schema), std::move(name)};
}

model::ObjectName relation_name(const Node& range_var) {
  const Node node = range_var["RangeVar"] ? range_var["RangeVar"] : range_var;
  return object_name(node.text("schemaname"), node.text("relname"));
}

std::vector<std::string> strings_of(const std::vector<Node>& nodes) {
  std::vector<std::string> strings;
  for (const Node& it : nodes) strings.push_back(it.string());
  return strings;
}

model::ObjectName listed_name(const std::vector<Node>& names) {
  if (names.empty()) return {};
  const std::string schema = names.size() > 1 ? names[names.size() - 2].string() : "";
  return object_name(schema, names.back().string());
}

void StatementReader::add(lint::Effect effect, lint::Details details) {
  details.conditional = details.conditional || conditional_;
  if (details.conditional || details.partition_concurrently || !details.using_index.empty()) {
    step_.details[step_.effects.size()] = std::move(details);
  }
  step_.effects.push_back(std::move(effect));
}

void StatementReader::add_operation(ops::Operation operation, lint::Details details) {
  add(lint::Effect(std::move(operation)), std::move(details));
}

void StatementReader::add_other(std::string kind, model::ObjectName object, std::string detail,
                                bool concurrently) {
  add(lint::Other{std::move(kind), std::move(object), std::move(detail), concurrently});
}

void StatementReader::not_understood(std::string reason) {
  add(lint::NotUnderstood{std::move(reason)});
}

StatementReader::Handler StatementReader::handler_of(const std::string& kind) {
  using R = StatementReader;
  static const std::map<std::string, Handler> kHandlers{
      {"AlterDefaultPrivilegesStmt", &R::privileges_of_roles},
      {"AlterDomainStmt", &R::alter_domain},
      {"AlterEnumStmt", &R::alter_enum},
      {"AlterObjectSchemaStmt", &R::set_schema},
      {"AlterOwnerStmt", &R::change_owner},
      {"AlterPolicyStmt", &R::policy},
      {"AlterRoleStmt", &R::privileges_of_roles},
      {"AlterSeqStmt", &R::alter_sequence},
      {"AlterTableStmt", &R::alter_table},
      {"CallStmt", &R::call},
      {"ClusterStmt", &R::cluster},
      {"CommentStmt", &R::comment},
      {"CopyStmt", &R::copy},
      {"CreateDomainStmt", &R::create_domain},
      {"CreateEnumStmt", &R::create_enum},
      {"CreateExtensionStmt", &R::create_extension},
      {"CreateFunctionStmt", &R::create_function},
      {"CreatePolicyStmt", &R::policy},
      {"CreateRoleStmt", &R::privileges_of_roles},
      {"CreateSchemaStmt", &R::create_schema},
      {"CreateSeqStmt", &R::create_sequence},
      {"CreateStatsStmt", &R::create_statistics},
      {"CreateStmt", &R::create_table},
      {"CreateTableAsStmt", &R::create_table_as},
      {"CreateTrigStmt", &R::create_trigger},
      {"DeleteStmt", &R::remove},
      {"DoStmt", &R::do_block},
      {"DropOwnedStmt", &R::privileges_of_roles},
      {"DropRoleStmt", &R::privileges_of_roles},
      {"DropStmt", &R::drop},
      {"ExplainStmt", &R::explain},
      {"GrantRoleStmt", &R::grant_role},
      {"GrantStmt", &R::grant},
      {"IndexStmt", &R::create_index},
      {"InsertStmt", &R::insert},
      {"LockStmt", &R::lock_table},
      {"MergeStmt", &R::merge},
      {"ReassignOwnedStmt", &R::privileges_of_roles},
      {"RefreshMatViewStmt", &R::refresh_view},
      {"ReindexStmt", &R::reindex},
      {"RenameStmt", &R::rename},
      {"RuleStmt", &R::create_rule},
      {"SelectStmt", &R::select},
      {"TransactionStmt", &R::transaction},
      {"TruncateStmt", &R::truncate},
      {"UpdateStmt", &R::update},
      {"VacuumStmt", &R::vacuum},
      {"VariableSetStmt", &R::set_variable},
      {"ViewStmt", &R::create_view},
  };
  const auto found = kHandlers.find(kind);
  return found == kHandlers.end() ? &R::plain : found->second;
}

void StatementReader::read(const ParseTree::Statement& statement) {
  text_ = source_.statement(statement.offset, statement.length);
  kind_ = statement.node.kind();
  const Node node = statement.node.inner();
  for (const Node& query : node["withClause"].list("ctes")) {
    const Node inner = query["CommonTableExpr"]["ctequery"];
    change_rows(inner.inner(), inner.kind());
  }
  (this->*handler_of(kind_))(node);
}

namespace {

/// Newer than the parser that is built in: ADD CONSTRAINT c NOT NULL x is a CHECK of the same
/// meaning, of version 18.
std::string in_older_words(const SourceText& source) {
  for (std::size_t i = 0; i + 4 < source.size(); ++i) {
    const bool is_form = source.is_word(i, "constraint") && source.is_word(i + 2, "not") &&
                         source.is_word(i + 3, "null");
    if (!is_form) continue;
    return source.text({0, i + 2}) + " CHECK (" + std::string(source.token(i + 4)) +
           " IS NOT NULL) " + source.text({i + 5, source.size()});
  }
  return {};
}

/// Rows of many thousand values, which are too long for the parser.
std::optional<lint::ChangeRows> rows_by_words(const SourceText& source) {
  constexpr std::size_t kLong = 10'000;
  if (source.size() < kLong || !source.is_word(0, "insert") || !source.is_word(1, "into"))
    return std::nullopt;
  const bool has_schema = source.is(3, ".");
  const auto name = [&](std::size_t i) {
    const std::string token(source.token(i));
    const bool quoted = token.size() > 1 && token.front() == '"';
    return quoted ? text::replace_all(token.substr(1, token.size() - 2), "\"\"", "\"")
                  : text::to_lower(token);
  };
  lint::ChangeRows change;
  change.table = has_schema ? object_name(name(2), name(4)) : ObjectName(name(2));
  change.has_columns = source.is(has_schema ? 5 : 3, "(");
  return change;
}

}  // namespace

void read_statement_into(lint::Step& step, const std::string& sql, const model::Schema& before,
                         bool is_conditional) {
  const SourceText source(sql);
  const ParseTree tree(source);
  if (tree.error().empty()) {
    StatementReader reader(source, before, step, is_conditional);
    for (const ParseTree::Statement& it : tree.statements()) reader.read(it);
    return;
  }
  const std::string older = in_older_words(source);
  if (!older.empty() && ParseTree(SourceText(older)).error().empty()) {
    return read_statement_into(step, older, before, is_conditional);
  }
  if (const std::optional<lint::ChangeRows> rows = rows_by_words(source)) {
    step.effects.emplace_back(*rows);
  } else {
    step.effects.emplace_back(lint::NotUnderstood{tree.error()});
  }
}

lint::Step read_statement(std::string_view sql, const model::Schema& before) {
  lint::Step step;
  step.sql = std::string(sql);
  try {
    read_statement_into(step, step.sql, before);
  } catch (const Error& error) {
    // A name or a type that the parser takes and our own reading does not.
    step.effects.emplace_back(lint::NotUnderstood{error.message()});
  }
  return step;
}

}  // namespace cupel::dialect::postgres
