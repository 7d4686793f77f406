// SPDX-License-Identifier: MIT
// Changes of enums and domains, and what they change in the columns and texts that use them. See
// apply.hpp.
#include <algorithm>
#include <utility>

#include "model/words.hpp"
#include "ops/apply.hpp"
#include "ops/named_list.hpp"
#include "ops/tokens.hpp"

namespace cupel::ops {

using model::to_string;
using model::Type;

namespace {

bool is_enum(const Type& type, const ObjectName& name) {
  return type.kind == model::TypeKind::Enum && type.native && type.name == name.name &&
         type.schema == name.schema;
}
/// A domain is spoken of by its name, as it is written.
bool is_named(const Type& type, const ObjectName& name) {
  return type.kind == model::TypeKind::Named && type.schema == name.schema &&
         (type.name == name.name || type.name == model::quoted_if_needed(name.name));
}
bool uses_type(const Type& type, const ObjectName& name) {
  return is_enum(type, name) || is_named(type, name) ||
         std::any_of(type.element.begin(), type.element.end(),
                     [&](const Type& element) { return uses_type(element, name); });
}
void rename_type(Type& type, const ObjectName& from, const ObjectName& to) {
  if (is_enum(type, from)) type.name = to.name;
  if (is_named(type, from)) type.name = model::quoted_if_needed(to.name);
  for (Type& element : type.element) rename_type(element, from, to);
}

/// Casts to the type, which a server shows by its new name.
std::string with_renamed_type(const std::string& sql, const ObjectName& from,
                              const std::string& to) {
  if (sql.find(from.name) == std::string::npos) return sql;
  const std::vector<Token> tokens = tokenize(sql);
  std::vector<std::size_t> places;
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    if (!tokens[i].names(from.name)) continue;
    const bool qualified = i > 2 && tokens[i - 1].is(".");
    if (qualified && !tokens[i - 2].names(from.schema)) continue;
    if (tokens[qualified ? i - 3 : i - 1].is("::")) places.push_back(i);
  }
  return replace_names(sql, tokens, places, to);
}
/// 'old'::type, as a server shows it.
std::string with_renamed_value(const std::string& sql, const ObjectName& type,
                               const std::string& from, const std::string& to) {
  if (sql.find(type.name) == std::string::npos) return sql;
  const std::vector<Token> tokens = tokenize(sql);
  const std::string literal = model::quoted_string(from);
  std::string result;
  std::size_t copied = 0;
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (tokens[i].text != literal || !tokens[i + 1].is("::")) continue;
    const bool qualified = i + 4 < tokens.size() && tokens[i + 3].is(".");
    if (qualified && !tokens[i + 2].names(type.schema)) continue;
    if (!tokens[i + (qualified ? 4 : 2)].names(type.name)) continue;
    result.append(sql, copied, tokens[i].begin - copied);
    result += model::quoted_string(to);
    copied = tokens[i].end;
  }
  return result.append(sql, copied);
}

/// Every SQL text of the table that a server keeps by meaning.
template <typename Change>
void change_texts(model::Table& table, const Change& rename) {
  for (model::Column& column : table.columns) {
    if (column.server_default && column.server_default->kind == model::ExpressionKind::Sql) {
      rename(column.server_default->text);
    }
    if (column.computed) rename(column.computed->expression);
  }
  for (model::Constraint& constraint : table.constraints) {
    if (auto* check = std::get_if<model::CheckConstraint>(&constraint)) rename(check->expression);
    auto* exclude = std::get_if<model::ExcludeConstraint>(&constraint);
    if (exclude == nullptr) continue;
    rename(exclude->where);
    for (model::ExcludeElement& element : exclude->elements) rename(element.expression);
  }
  for (model::Index& index : table.indexes) {
    rename(index.where);
    for (model::IndexElement& element : index.elements) rename(element.expression);
  }
}
void rename_type_in_texts(model::Table& table, const ObjectName& from, const std::string& to) {
  change_texts(table, [&](std::string& sql) { sql = with_renamed_type(sql, from, to); });
}
void rename_value_in_texts(model::Schema& schema, const ObjectName& type, const std::string& from,
                           const std::string& to) {
  const auto rename = [&](std::string& sql) { sql = with_renamed_value(sql, type, from, to); };
  for (model::Table& table : schema.tables) change_texts(table, rename);
  for (model::View& view : schema.views) rename(view.definition);
  for (model::Trigger& trigger : schema.triggers) rename(trigger.definition);
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

}  // namespace

void SchemaApplier::operator()(const CreateEnum& op) const {
  by_name(schema_.enums, "enum").add(op.type, op.if_not_exists);
}

void SchemaApplier::operator()(const DropEnum& op) const {
  const auto enums = by_name(schema_.enums, "enum");
  if (op.if_exists && enums.find(op.name) == nullptr) return;
  enums.get(op.name);
  drop_columns_of(op.name, op.cascade, "enum");
  enums.drop(op.name, false);
}

/// The columns of an own type go with it, or are in its way.
void SchemaApplier::drop_columns_of(const ObjectName& type, bool cascade,
                                    const std::string& what) const {
  std::vector<DropColumn> users;
  for (const model::Table& table : schema_.tables) {
    for (const model::Column& column : table.columns) {
      if (!uses_type(column.type, type)) continue;
      users.push_back(
          {.table = table.name, .column = column.name, .if_exists = true, .cascade = true});
    }
  }
  if (!users.empty() && !cascade) {
    throw UsageError(what + " '" + to_string(type) + "' is used by column '" + users[0].column +
                         "' of table '" + to_string(users[0].table) + "'",
                     "drop the column or change its type first");
  }
  for (const DropColumn& it : users) (*this)(it);
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
  rename_value_in_texts(schema_, type.name, op.value, op.new_value);
}

void SchemaApplier::operator()(const CreateDomain& op) const {
  by_name(schema_.domains, "domain").add(op.domain, op.if_not_exists);
}
void SchemaApplier::operator()(const DropDomain& op) const {
  const auto domains = by_name(schema_.domains, "domain");
  if (op.if_exists && domains.find(op.name) == nullptr) return;
  domains.get(op.name);
  drop_columns_of(op.name, op.cascade, "domain");
  domains.drop(op.name, false);
}

void SchemaApplier::operator()(const RenameType& op) const {
  const ObjectName to(op.name.schema, op.new_name);
  const auto enums = by_name(schema_.enums, "enum");
  const auto domains = by_name(schema_.domains, "domain");
  if (enums.find(to) != nullptr || domains.find(to) != nullptr) {
    throw already_there("type", to_string(to));
  }
  if (model::Domain* domain = domains.find(op.name)) {
    domain->name = to;
  } else {
    enums.get(op.name).name = to;
  }
  for (model::Table& table : schema_.tables) {
    for (model::Column& column : table.columns) rename_type(column.type, op.name, to);
    rename_type_in_texts(table, op.name, op.new_name);
  }
}

}  // namespace cupel::ops
