// SPDX-License-Identifier: MIT
// Changes of what is neither a table nor a type: schemas, sequences, views, functions, triggers,
// extensions, comments. See apply.hpp.
#include <algorithm>
#include <utility>

#include "cupel/base/text.hpp"
#include "ops/apply.hpp"
#include "ops/named_list.hpp"
#include "ops/tokens.hpp"

namespace cupel::ops {

using model::to_string;

namespace {

bool says_or_replace(const std::string& definition) {
  const std::vector<Token> tokens = tokenize(definition.substr(0, 200));
  return tokens.size() > 2 && tokens[1].is_word("or") && tokens[2].is_word("replace");
}

}  // namespace

void SchemaApplier::operator()(const CreateSchema& op) const {
  const auto found = std::find(schema_.schemas.begin(), schema_.schemas.end(), op.name);
  if (found == schema_.schemas.end()) {
    schema_.schemas.push_back(op.name);
  } else if (!op.if_not_exists) {
    throw already_there("schema", op.name);
  }
}

void SchemaApplier::operator()(const DropSchema& op) const {
  const auto found = std::find(schema_.schemas.begin(), schema_.schemas.end(), op.name);
  if (found == schema_.schemas.end()) {
    if (op.if_exists) return;
    throw no_such("schema", op.name, schema_.schemas);
  }
  const auto is_inside = [&](const auto& it) { return it.name.schema == op.name; };
  const auto holds = [&](const auto& list) {
    return std::any_of(list.begin(), list.end(), is_inside);
  };
  const bool empty = !holds(schema_.tables) && !holds(schema_.views) && !holds(schema_.sequences) &&
                     !holds(schema_.enums) && !holds(schema_.domains) && !holds(schema_.functions);
  if (!empty && !op.cascade) {
    throw UsageError("schema '" + op.name + "' is not empty", "drop what is in it, or cascade");
  }
  std::vector<ObjectName> tables;
  for (const model::Table& it : schema_.tables) {
    if (is_inside(it)) tables.push_back(it.name);
  }
  for (const ObjectName& it : tables)
    (*this)(DropTable{.table = it, .if_exists = true, .cascade = true});
  std::erase_if(schema_.views, is_inside);
  std::erase_if(schema_.sequences, is_inside);
  std::erase_if(schema_.enums, is_inside);
  std::erase_if(schema_.domains, is_inside);
  std::erase_if(schema_.functions, is_inside);
  std::erase(schema_.schemas, op.name);
}

void SchemaApplier::operator()(const CreateSequence& op) const {
  by_name(schema_.sequences, "sequence").add(op.sequence, op.if_not_exists);
}
void SchemaApplier::operator()(const AlterSequence& op) const {
  by_name(schema_.sequences, "sequence").get(op.to.name) = op.to;
}
void SchemaApplier::operator()(const DropSequence& op) const {
  by_name(schema_.sequences, "sequence").drop(op.name, op.if_exists);
}

void SchemaApplier::operator()(const CreateView& op) const {
  model::View* existing = schema_.find_view(op.view.name);
  if (existing != nullptr && op.or_replace) {
    std::string comment = op.view.comment.empty() ? existing->comment : op.view.comment;
    *existing = op.view;
    existing->comment = std::move(comment);
    return;
  }
  const bool exists = existing != nullptr || schema_.find_table(op.view.name) != nullptr;
  if (exists && op.if_not_exists) return;
  require_free(op.view.name);
  schema_.views.push_back(op.view);
}

void SchemaApplier::operator()(const DropView& op) const {
  const auto views = by_name(schema_.views, op.materialized ? "materialized view" : "view");
  const model::View* found = views.find(op.name);
  if (found == nullptr && op.if_exists) return;
  if (views.get(op.name).materialized != op.materialized) {
    throw UsageError("view '" + to_string(op.name) + "' is " +
                     (op.materialized ? "not materialized" : "materialized"));
  }
  views.drop(op.name, false);
  std::erase_if(schema_.triggers, [&](const auto& it) { return it.table == op.name; });
}

void SchemaApplier::operator()(const CreateFunction& op) const {
  const auto same = [&](const model::Function& it) {
    return it.name == op.function.name && it.arguments == op.function.arguments;
  };
  const auto found = std::find_if(schema_.functions.begin(), schema_.functions.end(), same);
  if (found == schema_.functions.end()) {
    schema_.functions.push_back(op.function);
  } else if (says_or_replace(op.function.definition)) {
    *found = op.function;
  } else {
    throw already_there("function",
                        to_string(op.function.name) + "(" + op.function.arguments + ")");
  }
}

void SchemaApplier::operator()(const DropFunction& op) const {
  const std::size_t dropped = std::erase_if(schema_.functions, [&](const model::Function& it) {
    return it.name == op.name && it.arguments == op.arguments;
  });
  if (dropped != 0 || op.if_exists) return;
  throw no_such("function", to_string(op.name) + "(" + op.arguments + ")", {});
}

void SchemaApplier::operator()(const CreateTrigger& op) const {
  if (schema_.find_view(op.trigger.table) == nullptr) table(op.trigger.table);
  for (const model::Trigger& it : schema_.triggers) {
    if (it.name == op.trigger.name && it.table == op.trigger.table) {
      throw already_there("table '" + to_string(it.table) + "': trigger", it.name);
    }
  }
  schema_.triggers.push_back(op.trigger);
}

void SchemaApplier::operator()(const DropTrigger& op) const {
  const std::size_t dropped = std::erase_if(schema_.triggers, [&](const model::Trigger& it) {
    return it.name == op.name && (op.table.name.empty() || it.table == op.table);
  });
  if (dropped != 0 || op.if_exists) return;
  std::vector<std::string> names;
  for (const model::Trigger& it : schema_.triggers) names.push_back(it.name);
  throw no_such("trigger", op.name, names);
}

void SchemaApplier::operator()(const CreateExtension& op) const {
  by_name(schema_.extensions, "extension").add(op.extension, op.if_not_exists);
}
void SchemaApplier::operator()(const DropExtension& op) const {
  by_name(schema_.extensions, "extension").drop(op.name, op.if_exists);
}

void SchemaApplier::operator()(const SetComment& op) const {
  const std::string comment = op.comment.value_or("");
  if (op.on == CommentOn::Enum) {
    by_name(schema_.enums, "enum").get(op.object).comment = comment;
  } else if (op.on == CommentOn::View || op.on == CommentOn::MaterializedView) {
    by_name(schema_.views, "view").get(op.object).comment = comment;
  } else if (op.on == CommentOn::Constraint) {
    set_constraint_comment(table(op.object), op.name, comment);
  } else {
    std::vector<model::Index>* indexes = indexes_with(op.object, op.name);
    if (indexes == nullptr) throw no_such("index", op.name, {});
    for (model::Index& it : *indexes) {
      if (it.name == op.name) it.comment = comment;
    }
  }
}

}  // namespace cupel::ops
