// SPDX-License-Identifier: MIT
// Statements about rows, sessions, privileges and storage. See reader.hpp.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "cupel/base/text.hpp"
#include "dialect/postgres/lint/reader.hpp"
#include "lint/keys.hpp"

namespace cupel::dialect::postgres {

using lint::ChangeRows;
using model::ObjectName;

namespace {

std::vector<std::string> literals_in(const Node& node) {
  std::vector<std::string> literals;
  for (const Node& it : node.all("A_Const")) {
    if (it["sval"]) literals.push_back(it["sval"].text("sval"));
  }
  return literals;
}

std::vector<std::string> target_names(const std::vector<Node>& targets) {
  std::vector<std::string> names;
  for (const Node& it : targets) names.push_back(it["ResTarget"].text("name"));
  return names;
}

/// A value that is the same for every row.
bool is_given(const Node& value) {
  if (const Node cast = value["TypeCast"]) return is_given(cast["arg"]);
  return value.has("A_Const") || value.has("ParamRef");
}

/// Adds the columns of which the condition gives the values, one or a list of them.
void add_given_columns(const Node& condition, std::vector<std::string>& columns) {
  if (const Node both = condition["BoolExpr"]; both.text("boolop") == "AND_EXPR") {
    for (const Node& part : both.list("args")) add_given_columns(part, columns);
    return;
  }
  const Node compared = condition["A_Expr"];
  const bool is_list = compared.text("kind") == "AEXPR_IN";
  if (!is_list && compared.text("kind") != "AEXPR_OP") return;
  const std::vector<Node> names = compared.list("name");
  if (names.size() != 1 || names.front().string() != "=") return;
  const auto take = [&](const Node& side, const std::vector<Node>& values) {
    const std::vector<Node> fields = side["ColumnRef"].list("fields");
    const bool fits =
        !fields.empty() && !values.empty() && std::all_of(values.begin(), values.end(), is_given);
    if (fits && !fields.back().string().empty()) columns.push_back(fields.back().string());
  };
  if (is_list) return take(compared["lexpr"], compared.list("rexpr"));
  take(compared["lexpr"], {compared["rexpr"]});
  take(compared["rexpr"], {compared["lexpr"]});
}

/// With FROM or USING a name may be another table's.
bool goes_by_key(const Node& node, const ChangeRows& change, const model::Schema& before) {
  if (!change.has_where || change.from_query) return false;
  std::vector<std::string> columns;
  add_given_columns(node["whereClause"], columns);
  return lint::hold_key(before.find_table(change.table), columns);
}

bool has_option(const Node& node, const char* list, const std::string& name) {
  const std::vector<Node> options = node.list(list);
  return std::any_of(options.begin(), options.end(), [&](const Node& it) {
    return it["DefElem"].text("defname") == name && it["DefElem"]["arg"].string() != "off" &&
           it["DefElem"]["arg"].string() != "false";
  });
}

}  // namespace

void StatementReader::change_rows(const Node& node, const std::string& kind) {
  if (kind == "InsertStmt") insert(node);
  if (kind == "UpdateStmt") update(node);
  if (kind == "DeleteStmt") remove(node);
}

void StatementReader::insert(const Node& node) {
  ChangeRows change;
  change.verb = ChangeRows::Verb::Insert;
  change.table = relation_name(node["relation"]);
  change.columns = target_names(node.list("cols"));
  change.has_columns = !change.columns.empty();
  const Node query = node["selectStmt"]["SelectStmt"];
  change.from_query = query && query.list("valuesLists").empty();
  change.has_conflict_clause = node.has("onConflictClause");
  change.literals = literals_in(node);
  add(std::move(change));
  calls_in(query);
}

void StatementReader::update(const Node& node) {
  ChangeRows change;
  change.verb = ChangeRows::Verb::Update;
  change.table = relation_name(node["relation"]);
  change.columns = target_names(node.list("targetList"));
  change.has_where = node.has("whereClause");
  change.from_query = !node.list("fromClause").empty();
  change.by_key = goes_by_key(node, change, before_);
  change.literals = literals_in(node);
  add(std::move(change));
}

void StatementReader::remove(const Node& node) {
  ChangeRows change;
  change.verb = ChangeRows::Verb::Delete;
  change.table = relation_name(node["relation"]);
  change.has_where = node.has("whereClause");
  change.from_query = !node.list("usingClause").empty();
  change.by_key = goes_by_key(node, change, before_);
  change.literals = literals_in(node);
  add(std::move(change));
}

void StatementReader::merge(const Node& node) {
  ChangeRows change;
  change.verb = ChangeRows::Verb::Update;
  change.table = relation_name(node["relation"]);
  change.has_where = true;
  change.from_query = true;
  change.literals = literals_in(node);
  add(std::move(change));
}

void StatementReader::copy(const Node& node) {
  if (!node.is("is_from")) return add_other("copy", relation_name(node["relation"]));
  ChangeRows change;
  change.table = relation_name(node["relation"]);
  change.columns = strings_of(node.list("attlist"));
  change.has_columns = !change.columns.empty();
  change.from_query = true;
  add(std::move(change));
}

namespace {

/// Functions that change nothing but what their name says, and are read as a whole.
bool is_harmless(const std::string& function) {
  static constexpr std::array<std::string_view, 24> kHarmless{
      "array_agg", "avg",    "coalesce", "concat",   "count",      "current_setting",
      "currval",   "exists", "format",   "greatest", "jsonb_agg",  "least",
      "length",    "lower",  "max",      "min",      "now",        "nextval",
      "setval",    "sum",    "to_char",  "upper",    "string_agg", "version"};
  return function.rfind("pg_", 0) == 0 || function.rfind("to_reg", 0) == 0 ||
         std::find(kHarmless.begin(), kHarmless.end(), function) != kHarmless.end();
}

}  // namespace

/// What a query does by the functions that it calls.
void StatementReader::calls_in(const Node& node) {
  for (const Node& it : node.all("FuncCall")) {
    const std::vector<Node> names = it.list("funcname");
    const std::string name = names.empty() ? "" : names.back().string();
    const std::vector<Node> arguments = it.list("args");
    if (name.find("advisory") != std::string::npos) {
      const bool of_transaction = name.find("xact") != std::string::npos;
      add_other("advisory lock", {}, of_transaction ? "transaction" : "session");
    } else if (name == "set_config" && arguments.size() == 3) {
      const Node local = arguments[2];
      const bool is_local = local["A_Const"]["boolval"].is("boolval") ||
                            local["TypeCast"]["arg"]["A_Const"]["sval"].text("sval") == "t";
      add(lint::SetVariable{text::to_lower(arguments[0]["A_Const"]["sval"].text("sval")),
                            arguments[1]["A_Const"]["sval"].text("sval"), is_local});
    }
  }
}

void StatementReader::select(const Node& node) {
  if (const Node into = node["intoClause"]) {
    ops::CreateTable create;
    create.table.name = relation_name(into["rel"]);
    const std::string name = to_string(create.table.name);
    add_operation(std::move(create));
    return not_understood("the columns of table '" + name + "' come from a query");
  }
  calls_in(node);
  for (const Node& target : node.list("targetList")) {
    const std::vector<Node> names = target["ResTarget"]["val"]["FuncCall"].list("funcname");
    if (names.empty()) continue;
    const std::string schema = names.size() > 1 ? names.front().string() : "";
    const std::string name = names.back().string();
    const bool known = is_harmless(name) || name == "set_config" || schema == "pg_catalog";
    if (!known) not_understood("it calls function '" + name + "', whose effects are not known");
  }
  add_other("select");
}

void StatementReader::call(const Node& node) {
  const std::vector<Node> names = node["funccall"].list("funcname");
  not_understood("it calls procedure '" + listed_name(names).name +
                 "', whose effects are not known");
}

void StatementReader::truncate(const Node& node) {
  lint::Truncate truncate;
  for (const Node& it : node.list("relations")) truncate.tables.push_back(relation_name(it));
  truncate.cascade = node.text("behavior") == "DROP_CASCADE";
  add(std::move(truncate));
}

void StatementReader::transaction(const Node& node) {
  const std::string kind = node.text("kind");
  if (kind == "TRANS_STMT_COMMIT_PREPARED" || kind == "TRANS_STMT_ROLLBACK_PREPARED")
    add_other("commit prepared");
  std::string word = text::to_upper(source_.token(text_.first));
  if (word == "END") word = "COMMIT";
  if (word == "ABORT") word = "ROLLBACK";
  if (word == "START") word = "BEGIN";
  if (kind == "TRANS_STMT_ROLLBACK_TO") word = "ROLLBACK TO SAVEPOINT";
  add(lint::ControlTransaction{std::move(word)});
}

void StatementReader::set_variable(const Node& node) {
  lint::SetVariable set;
  set.name = text::to_lower(node.text("name"));
  set.local = node.is("is_local");
  for (const Node& it : node.list("args")) {
    const Node value = it["A_Const"] ? it["A_Const"] : it["TypeCast"]["arg"]["A_Const"];
    if (!set.value.empty()) set.value += ", ";
    if (value["sval"]) {
      set.value += value["sval"].text("sval");
    } else if (value["fval"]) {
      set.value += value["fval"].text("fval");
    } else {
      set.value += std::to_string(value["ival"].number("ival"));
    }
  }
  const bool resets = node.text("kind") == "VAR_RESET" || node.text("kind") == "VAR_SET_DEFAULT";
  if (resets) set.value = "default";
  if (node.text("kind") == "VAR_SET_MULTI") set.name = text::to_lower(set.name);
  add(std::move(set));
}

void StatementReader::grant(const Node& node) {
  const std::string words = source_.text(text_);
  ObjectName table;
  if (node.text("objtype") == "OBJECT_TABLE") {
    for (const Node& it : node.list("objects")) table = relation_name(it);
  }
  add(lint::ChangePrivileges{words, table});
}

void StatementReader::grant_role(const Node&) {
  add(lint::ChangePrivileges{source_.text(text_), {}});
}

void StatementReader::privileges_of_roles(const Node&) {
  add(lint::ChangePrivileges{source_.text(text_), {}});
}

void StatementReader::change_owner(const Node& node) {
  const ObjectName table = relation_name(node["relation"]);
  add(lint::ChangePrivileges{source_.text(text_), table});
}

void StatementReader::reindex(const Node& node) {
  const std::string kind = node.text("kind");
  const bool concurrently = has_option(node, "params", "concurrently");
  std::string detail = kind == "REINDEX_OBJECT_INDEX"    ? "index"
                       : kind == "REINDEX_OBJECT_TABLE"  ? "table"
                       : kind == "REINDEX_OBJECT_SCHEMA" ? "schema"
                                                         : "database";
  const ObjectName name =
      node["relation"] ? relation_name(node["relation"]) : ObjectName(node.text("name"));
  add_other("reindex", name, std::move(detail), concurrently);
}

void StatementReader::cluster(const Node& node) {
  add_other("cluster", relation_name(node["relation"]), node.text("indexname"));
}

void StatementReader::vacuum(const Node& node) {
  const bool full = has_option(node, "options", "full");
  const std::string kind = !node.is("is_vacuumcmd") ? "analyze" : full ? "vacuum full" : "vacuum";
  const std::vector<Node> tables = node.list("rels");
  if (tables.empty()) return add_other(kind);
  for (const Node& it : tables) add_other(kind, relation_name(it["VacuumRelation"]["relation"]));
}

void StatementReader::lock_table(const Node& node) {
  static constexpr std::array<const char*, 9> kModes{
      "",      "access share",        "row share", "row exclusive",   "share update exclusive",
      "share", "share row exclusive", "exclusive", "access exclusive"};
  const long mode = std::clamp(node.number("mode"), 0L, 8L);
  for (const Node& it : node.list("relations"))
    add_other("lock table", relation_name(it), kModes[static_cast<std::size_t>(mode)]);
}

void StatementReader::policy(const Node& node) {
  const ObjectName table = relation_name(node["table"]);
  const bool creates = kind_ == "CreatePolicyStmt";
  add(lint::ChangePrivileges{std::string(creates ? "creates" : "changes") + " policy '" +
                                 node.text("policy_name") + "' of table '" + to_string(table) + "'",
                             table});
  add_other(creates ? "create policy" : "alter policy", table, node.text("policy_name"));
}

void StatementReader::create_statistics(const Node& node) {
  for (const Node& it : node.list("relations"))
    add_other("create statistics", relation_name(it), listed_name(node.list("defnames")).name);
}

void StatementReader::create_rule(const Node& node) {
  add_other("create rule", relation_name(node["relation"]), node.text("rulename"));
}

/// EXPLAIN ANALYZE runs what it explains.
void StatementReader::explain(const Node& node) {
  if (has_option(node, "options", "analyze")) {
    const Node query = node["query"];
    change_rows(query.inner(), query.kind());
  }
  add_other("explain");
}

namespace {

const std::map<std::string, std::string>& plain_words() {
  static const std::map<std::string, std::string> kWords{
      {"AlterCollationStmt", "alter collation"},
      {"AlterDatabaseSetStmt", "alter database"},
      {"AlterDatabaseStmt", "alter database"},
      {"AlterEventTrigStmt", "alter event trigger"},
      {"AlterExtensionContentsStmt", "alter extension"},
      {"AlterExtensionStmt", "alter extension"},
      {"AlterFunctionStmt", "alter function"},
      {"AlterObjectDependsStmt", "alter depends"},
      {"AlterPublicationStmt", "alter publication"},
      {"AlterRoleSetStmt", "alter role"},
      {"AlterStatsStmt", "alter statistics"},
      {"AlterSubscriptionStmt", "alter subscription"},
      {"AlterSystemStmt", "alter system"},
      {"AlterTypeStmt", "alter type"},
      {"CheckPointStmt", "checkpoint"},
      {"CloseCursorStmt", "close"},
      {"CompositeTypeStmt", "create type"},
      {"ConstraintsSetStmt", "set constraints"},
      {"CreateAmStmt", "create access method"},
      {"CreateCastStmt", "create cast"},
      {"CreateConversionStmt", "create conversion"},
      {"CreateEventTrigStmt", "create event trigger"},
      {"CreateFdwStmt", "create foreign data wrapper"},
      {"CreateForeignServerStmt", "create server"},
      {"CreatePLangStmt", "create language"},
      {"CreatePublicationStmt", "create publication"},
      {"CreateRangeStmt", "create type"},
      {"CreateSubscriptionStmt", "create subscription"},
      {"CreateTableSpaceStmt", "create tablespace"},
      {"CreateUserMappingStmt", "create user mapping"},
      {"CreatedbStmt", "create database"},
      {"DeallocateStmt", "deallocate"},
      {"DefineStmt", "create"},
      {"DiscardStmt", "discard"},
      {"DropSubscriptionStmt", "drop subscription"},
      {"DropTableSpaceStmt", "drop tablespace"},
      {"DropdbStmt", "drop database"},
      {"ListenStmt", "listen"},
      {"LoadStmt", "load"},
      {"NotifyStmt", "notify"},
      {"SecLabelStmt", "security label"},
      {"UnlistenStmt", "listen"},
      {"VariableShowStmt", "show"},
  };
  return kWords;
}

}  // namespace

/// Statements that say by their kind what they do, and change neither schema nor rows.
void StatementReader::plain(const Node& node) {
  const auto word = plain_words().find(kind_);
  if (word == plain_words().end()) {
    return not_understood(
        "a statement that cupel does not follow: " + text::to_upper(source_.token(text_.first)) +
        " " + text::to_upper(source_.token(text_.first + 1)));
  }
  std::string name = node.text("extname");
  if (name.empty()) name = node.text("dbname");
  if (name.empty() && node["typevar"]) name = relation_name(node["typevar"]).name;
  if (name.empty()) name = listed_name(node.list("typeName")).name;
  add_other(word->second, name);
}

}  // namespace cupel::dialect::postgres
