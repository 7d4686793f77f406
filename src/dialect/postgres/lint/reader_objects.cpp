// SPDX-License-Identifier: MIT
// What lives beside tables: types, sequences, views, functions, triggers, extensions, schemas, and
// DROP of anything. See reader.hpp.
#include <algorithm>
#include <map>
#include <utility>

#include "dialect/postgres/lint/reader.hpp"
#include "dialect/postgres/types.hpp"

namespace cupel::dialect::postgres {

using model::ObjectName;

namespace {

/// Of a List, a TypeName or an ObjectWithArgs.
std::vector<Node> names_of(const Node& object) {
  if (object["TypeName"]) return object["TypeName"].list("names");
  if (object["ObjectWithArgs"]) return object["ObjectWithArgs"].list("objname");
  if (object["List"]) return object["List"].list("items");
  return {object};
}

/// A table's part: the table, and what is behind the last dot.
std::pair<ObjectName, std::string> part_of(const Node& object) {
  std::vector<Node> names = names_of(object);
  if (names.empty()) return {};
  const std::string part = names.back().string();
  names.pop_back();
  return {listed_name(names), part};
}

}  // namespace

/// "integer, text": the types of a function's arguments that go in.
std::string StatementReader::arguments_of(const Node& object) const {
  std::string result;
  const auto append = [&](const Node& type) {
    const model::Type read = source_.type(source_.at(type.location()));
    result += (result.empty() ? "" : ", ") + server_name(read);
  };
  for (const Node& it : object.list("objargs")) append(it["TypeName"]);
  for (const Node& it : object.list("parameters")) {
    const Node parameter = it["FunctionParameter"];
    const std::string mode = parameter.text("mode");
    if (mode != "FUNC_PARAM_OUT" && mode != "FUNC_PARAM_TABLE") append(parameter["argType"]);
  }
  return result;
}

void StatementReader::drop_type(const Node& object, bool if_exists, bool cascade, bool is_domain) {
  const ObjectName name = listed_name(names_of(object));
  const bool known_domain = std::any_of(before_.domains.begin(), before_.domains.end(),
                                        [&](const model::Domain& it) { return it.name == name; });
  if (is_domain || known_domain) {
    return add_operation(ops::DropDomain{.name = name, .if_exists = if_exists, .cascade = cascade});
  }
  if (before_.find_enum(name) != nullptr || if_exists) {
    return add_operation(ops::DropEnum{.name = name, .if_exists = if_exists, .cascade = cascade});
  }
  add_other("drop type", name, cascade ? "cascade" : "");
}

void StatementReader::drop_function(const Node& object, const ObjectName& name, bool if_exists,
                                    bool cascade, bool is_procedure) {
  ops::DropFunction drop{.name = name,
                         .arguments = arguments_of(object["ObjectWithArgs"]),
                         .procedure = is_procedure,
                         .if_exists = if_exists,
                         .cascade = cascade};
  // Without arguments it is the only one of that name.
  if (object["ObjectWithArgs"].is("args_unspecified")) {
    for (const model::Function& it : before_.functions)
      if (it.name == name) drop.arguments = it.arguments;
  }
  add_operation(std::move(drop));
}

void StatementReader::drop_part(const Node& object, bool is_policy) {
  auto [table, part] = part_of(object);
  if (is_policy) {
    add(lint::ChangePrivileges{"drops policy '" + part + "' of table '" + to_string(table) + "'",
                               table});
  }
  add_other(is_policy ? "drop policy" : "drop rule", table, part);
}

void StatementReader::drop(const Node& node) {
  const std::string kind = node.text("removeType");
  const bool if_exists = node.is("missing_ok") || conditional_;
  const bool cascade = node.text("behavior") == "DROP_CASCADE";
  for (const Node& object : node.list("objects")) {
    const ObjectName name = listed_name(names_of(object));
    if (kind == "OBJECT_TABLE") {
      add_operation(ops::DropTable{.table = name, .if_exists = if_exists, .cascade = cascade});
    } else if (kind == "OBJECT_INDEX") {
      add_operation(ops::DropIndex{.name = name.name,
                                   .table = {name.schema, ""},
                                   .if_exists = if_exists,
                                   .concurrently = node.is("concurrent"),
                                   .cascade = cascade});
    } else if (kind == "OBJECT_VIEW" || kind == "OBJECT_MATVIEW") {
      add_operation(ops::DropView{.name = name,
                                  .materialized = kind == "OBJECT_MATVIEW",
                                  .if_exists = if_exists,
                                  .cascade = cascade});
    } else if (kind == "OBJECT_SEQUENCE") {
      add_operation(ops::DropSequence{.name = name, .if_exists = if_exists, .cascade = cascade});
    } else if (kind == "OBJECT_TYPE" || kind == "OBJECT_DOMAIN") {
      drop_type(object, if_exists, cascade, kind == "OBJECT_DOMAIN");
    } else if (kind == "OBJECT_SCHEMA") {
      add_operation(ops::DropSchema{.name = name.name, .if_exists = if_exists, .cascade = cascade});
    } else if (kind == "OBJECT_EXTENSION") {
      add_operation(
          ops::DropExtension{.name = name.name, .if_exists = if_exists, .cascade = cascade});
    } else if (kind == "OBJECT_TRIGGER") {
      auto [table, trigger] = part_of(object);
      add_operation(ops::DropTrigger{
          .name = trigger, .table = table, .if_exists = if_exists, .cascade = cascade});
    } else if (kind == "OBJECT_FUNCTION" || kind == "OBJECT_PROCEDURE" ||
               kind == "OBJECT_ROUTINE") {
      drop_function(object, name, if_exists, cascade, kind == "OBJECT_PROCEDURE");
    } else if (kind == "OBJECT_POLICY" || kind == "OBJECT_RULE") {
      drop_part(object, kind == "OBJECT_POLICY");
    } else {
      add_other("drop", name, source_.text(text_));
    }
  }
}

void StatementReader::create_enum(const Node& node) {
  add_operation(ops::CreateEnum{
      {listed_name(node.list("typeName")), strings_of(node.list("vals")), {}}, conditional_});
}

void StatementReader::alter_enum(const Node& node) {
  const ObjectName name = listed_name(node.list("typeName"));
  const std::string old_value = node.text("oldVal");
  if (!old_value.empty())
    return add_operation(ops::RenameEnumValue{name, old_value, node.text("newVal")});
  ops::AddEnumValue add;
  add.name = name;
  add.value = node.text("newVal");
  (node.is("newValIsAfter") ? add.after : add.before) = node.text("newValNeighbor");
  add.if_not_exists = node.is("skipIfNewValExists") || conditional_;
  add_operation(std::move(add));
}

void StatementReader::create_domain(const Node& node) {
  std::size_t behind = text_.first + 3;  // CREATE DOMAIN name
  while (source_.is(behind, ".")) behind += 2;
  add_operation(ops::CreateDomain{
      {listed_name(node.list("domainname")), source_.text({behind, text_.last})}, conditional_});
}

void StatementReader::alter_domain(const Node& node) {
  const std::string part = node.text("subtype");
  const ObjectName name = listed_name(node.list("typeName"));
  std::string detail = "other";
  if (part == "C") {
    detail = node["def"]["Constraint"].is("skip_validation") ? "add constraint not valid"
                                                             : "add constraint";
  } else if (part == "O") {
    detail = "set not null";
  } else if (part == "V") {
    detail = "validate constraint";
  }
  add_other("alter domain", name, detail);
}

void StatementReader::create_sequence(const Node& node) {
  model::Sequence sequence = read_sequence_options(text_);
  sequence.name = relation_name(node["sequence"]);
  const std::size_t owned = source_.find_word(text_, "owned");
  if (owned < text_.last && !source_.is_word(owned + 2, "none")) {
    for (const Node& it : node.list("options")) {
      if (it["DefElem"].text("defname") != "owned_by") continue;
      const auto [table, column] = part_of(it["DefElem"]["arg"]);
      sequence.owned_by = to_string(model::ColumnName{table, column});
    }
  }
  add_operation(ops::CreateSequence{std::move(sequence), node.is("if_not_exists") || conditional_});
}

void StatementReader::alter_sequence(const Node& node) {
  const ObjectName name = relation_name(node["sequence"]);
  const model::Sequence* known = before_.find_sequence(name);
  if (known == nullptr) return add_other("alter sequence", name);
  const model::Sequence read = read_sequence_options(text_);
  ops::AlterSequence alter{*known, *known};
  model::Sequence& to = alter.to;
  if (!read.type.empty()) to.type = read.type;
  const auto take = [&](std::optional<std::int64_t>& field,
                        const std::optional<std::int64_t>& value) {
    if (value) field = value;
  };
  take(to.start, read.start);
  take(to.increment, read.increment);
  take(to.min_value, read.min_value);
  take(to.max_value, read.max_value);
  take(to.cache, read.cache);
  for (std::size_t i = text_.first; i < text_.last; ++i) {
    const bool negated = source_.is_word(i - 1, "no");
    if (source_.is_word(i, "cycle")) to.cycle = !negated;
    if (source_.is_word(i, "minvalue") && negated) to.min_value.reset();
    if (source_.is_word(i, "maxvalue") && negated) to.max_value.reset();
  }
  for (const Node& it : node.list("options")) {
    if (it["DefElem"].text("defname") != "owned_by") continue;
    const auto [table, column] = part_of(it["DefElem"]["arg"]);
    to.owned_by = table.name.empty() ? "" : to_string(model::ColumnName{table, column});
  }
  add_operation(std::move(alter));
}

void StatementReader::create_view(const Node& node) {
  ops::CreateView create;
  create.view.name = relation_name(node["view"]);
  create.view.columns = strings_of(node.list("aliases"));
  create.view.with = parameters(node, "options");
  create.or_replace = node.is("replace");
  create.if_not_exists = conditional_;
  const std::size_t as = source_.find_word(text_, "as");
  create.view.definition = source_.text({as + 1, text_.last});
  if (const model::View* was = before_.find_view(create.view.name)) create.was = *was;
  add_operation(std::move(create));
}

void StatementReader::create_materialized_view(const Node& node) {
  ops::CreateView create;
  create.view.materialized = true;
  create.view.name = relation_name(node["into"]["rel"]);
  create.view.columns = strings_of(node["into"].list("colNames"));
  create.view.with = parameters(node["into"], "options");
  create.if_not_exists = node.is("if_not_exists") || conditional_;
  create.with_data = !node["into"].is("skipData");
  const std::size_t as = source_.find_word(text_, "as");
  std::size_t end = text_.last;
  if (end > as + 3 && source_.is_word(end - 1, "data")) {
    end -= source_.is_word(end - 2, "no") ? 3 : 2;
  }
  create.view.definition = source_.text({as + 1, end});
  add_operation(std::move(create));
}

void StatementReader::refresh_view(const Node& node) {
  add_operation(ops::RefreshView{relation_name(node["relation"]), node.is("concurrent")});
}

void StatementReader::create_function(const Node& node) {
  model::Function function;
  function.name = listed_name(node.list("funcname"));
  function.arguments = arguments_of(node);
  function.procedure = node.is("is_procedure");
  function.definition = source_.text(text_);
  add_operation(ops::CreateFunction{std::move(function), {}});
}

void StatementReader::create_trigger(const Node& node) {
  const ObjectName table = relation_name(node["relation"]);
  const std::string name = node.text("trigname");
  if (node.is("replace"))
    add_operation(ops::DropTrigger{.name = name, .table = table, .if_exists = true});
  add_operation(ops::CreateTrigger{{name, table, source_.text(text_)}});
}

void StatementReader::create_extension(const Node& node) {
  ops::CreateExtension create;
  create.extension.name = node.text("extname");
  create.if_not_exists = node.is("if_not_exists") || conditional_;
  for (const Node& it : node.list("options")) {
    const Node option = it["DefElem"];
    if (option.text("defname") == "schema") create.extension.schema = option["arg"].string();
    if (option.text("defname") == "new_version") create.extension.version = option["arg"].string();
    if (option.text("defname") == "cascade") create.cascade = true;
  }
  add_operation(std::move(create));
}

void StatementReader::create_schema(const Node& node) {
  std::string name = node.text("schemaname");
  if (name.empty()) name = node["authrole"].text("rolename");
  const bool is_default = object_name(name, "").schema.empty();
  if (!is_default) add_operation(ops::CreateSchema{name, node.is("if_not_exists") || conditional_});
  if (!node.list("schemaElts").empty())
    not_understood("the tables inside CREATE SCHEMA are not followed");
}

void StatementReader::comment(const Node& node) {
  const std::string kind = node.text("objtype");
  const Node object = node["object"];
  std::optional<std::string> words;
  if (node.has("comment")) words = node.text("comment");
  const ObjectName name = listed_name(names_of(object));
  if (kind == "OBJECT_TABLE") return add_operation(ops::SetTableComment{name, words, {}});
  if (kind == "OBJECT_COLUMN") {
    auto [table, column] = part_of(object);
    if (before_.find_view(table) != nullptr) return add_other("comment", table);
    ops::AlterColumn alter;
    alter.table = table;
    alter.column = column;
    alter.if_exists = conditional_;
    alter.comment = words ? ops::Change<std::string>(*words) : ops::Change<std::string>(nullptr);
    return add_operation(std::move(alter));
  }
  const model::Sequence* sequence = before_.find_sequence(name);
  if (kind == "OBJECT_SEQUENCE" && sequence != nullptr) {
    ops::AlterSequence alter{*sequence, *sequence};
    alter.to.comment = words.value_or("");
    return add_operation(std::move(alter));
  }
  ops::SetComment comment;
  comment.object = name;
  comment.comment = words;
  if (kind == "OBJECT_TABCONSTRAINT") {
    std::tie(comment.object, comment.name) = part_of(object);
  } else if (kind == "OBJECT_INDEX") {
    comment.on = ops::CommentOn::Index;
    comment.object = {name.schema, ""};
    comment.name = name.name;
  } else if (kind == "OBJECT_TYPE" && before_.find_enum(name) != nullptr) {
    comment.on = ops::CommentOn::Enum;
  } else if (kind == "OBJECT_VIEW") {
    comment.on = ops::CommentOn::View;
  } else if (kind == "OBJECT_MATVIEW") {
    comment.on = ops::CommentOn::MaterializedView;
  } else {
    return add_other("comment", name);
  }
  add_operation(std::move(comment));
}

}  // namespace cupel::dialect::postgres
