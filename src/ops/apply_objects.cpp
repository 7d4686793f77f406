// SPDX-License-Identifier: MIT
// Changes of everything that is no table: schemas, sequences, enums, views, functions, triggers,
// extensions. See apply.hpp.
#include <algorithm>
#include <utility>

#include "cupel/base/text.hpp"
#include "ops/apply.hpp"
#include "ops/tokens.hpp"

namespace cupel::ops {

using model::to_string;
using model::Type;

namespace {

const std::string& name_text(const std::string& name) { return name; }
std::string name_text(const ObjectName& name) { return to_string(name); }

/// One list of a schema, by name.
template <typename T, typename Name>
class Named {
 public:
  Named(std::vector<T>& list, std::string what) : list_(list), what_(std::move(what)) {}

  T* find(const Name& name) const {
    const auto found = place(name);
    return found == list_.end() ? nullptr : &*found;
  }
  T& get(const Name& name) const {
    if (T* found = find(name)) return *found;
    std::vector<std::string> names;
    for (const T& it : list_) names.push_back(name_text(it.name));
    throw no_such(what_, name_text(name), names);
  }
  void add(const T& value, bool if_not_exists) const {
    if (find(value.name) == nullptr) {
      list_.push_back(value);
    } else if (!if_not_exists) {
      throw already_there(what_, name_text(value.name));
    }
  }
  void drop(const Name& name, bool if_exists) const {
    if (if_exists && find(name) == nullptr) return;
    get(name);
    list_.erase(place(name));
  }

 private:
  auto place(const Name& name) const {
    return std::find_if(list_.begin(), list_.end(), [&](const T& it) { return it.name == name; });
  }

  std::vector<T>& list_;
  std::string what_;
};
template <typename T>
auto by_name(std::vector<T>& list, std::string what) {
  return Named<T, decltype(T::name)>(list, std::move(what));
}

bool is_enum(const Type& type, const ObjectName& name) {
  return type.kind == model::TypeKind::Enum && type.native && type.name == name.name &&
         type.schema == name.schema;
}
bool uses_enum(const Type& type, const ObjectName& name) {
  return is_enum(type, name) ||
         std::any_of(type.element.begin(), type.element.end(),
                     [&](const Type& element) { return uses_enum(element, name); });
}
void set_enum_values(Type& type, const model::EnumType& to) {
  if (is_enum(type, to.name)) type.values = to.values;
  for (Type& element : type.element) set_enum_values(element, to);
}

/// Every column knows its enum's values too.
void refresh_columns(model::Schema& schema, const model::EnumType& to) {
  for (model::Table& table : schema.tables) {
    for (model::Column& column : table.columns) set_enum_values(column.type, to);
  }
}

/// A server keeps the value and not its label.
void rename_defaults(model::Schema& schema, const ObjectName& type, const RenameEnumValue& op) {
  for (model::Table& table : schema.tables) {
    for (model::Column& column : table.columns) {
      const bool uses = column.type.kind == model::TypeKind::Enum && column.type.native &&
                        column.type.name == type.name && column.type.schema == type.schema;
      if (uses && column.server_default == model::literal(op.value)) {
        column.server_default = model::literal(op.new_value);
      }
    }
  }
}

std::vector<std::string>::iterator enum_value(model::EnumType& type, const std::string& value) {
  const auto found = std::find(type.values.begin(), type.values.end(), value);
  if (found != type.values.end()) return found;
  UsageError error = no_such("value", value, type.values);
  error.set_where("enum '" + to_string(type.name) + "'");
  throw error;
}

bool has_value(const model::EnumType& type, const std::string& value) {
  return std::find(type.values.begin(), type.values.end(), value) != type.values.end();
}

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

void SchemaApplier::operator()(const CreateEnum& op) const {
  by_name(schema_.enums, "enum").add(op.type, op.if_not_exists);
}

void SchemaApplier::operator()(const DropEnum& op) const {
  const auto enums = by_name(schema_.enums, "enum");
  if (op.if_exists && enums.find(op.name) == nullptr) return;
  enums.get(op.name);
  std::vector<DropColumn> users;
  for (const model::Table& table : schema_.tables) {
    for (const model::Column& column : table.columns) {
      if (!uses_enum(column.type, op.name)) continue;
      users.push_back(
          {.table = table.name, .column = column.name, .if_exists = true, .cascade = true});
    }
  }
  if (!users.empty() && !op.cascade) {
    throw UsageError("enum '" + to_string(op.name) + "' is used by column '" + users[0].column +
                         "' of table '" + to_string(users[0].table) + "'",
                     "drop the column or change its type first");
  }
  for (const DropColumn& it : users) (*this)(it);
  enums.drop(op.name, false);
}

void SchemaApplier::operator()(const AddEnumValue& op) const {
  model::EnumType& type = by_name(schema_.enums, "enum").get(op.name);
  if (has_value(type, op.value)) {
    if (op.if_not_exists) return;
    throw already_there("enum '" + to_string(op.name) + "': value", op.value);
  }
  auto place = type.values.end();
  if (!op.before.empty()) place = enum_value(type, op.before);
  if (!op.after.empty()) place = enum_value(type, op.after) + 1;
  type.values.insert(place, op.value);
  refresh_columns(schema_, type);
}

void SchemaApplier::operator()(const RenameEnumValue& op) const {
  model::EnumType& type = by_name(schema_.enums, "enum").get(op.name);
  const auto place = enum_value(type, op.value);
  if (has_value(type, op.new_value)) {
    throw already_there("enum '" + to_string(op.name) + "': value", op.new_value);
  }
  *place = op.new_value;
  refresh_columns(schema_, type);
  rename_defaults(schema_, type.name, op);
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

}  // namespace cupel::ops
