// SPDX-License-Identifier: MIT
// See stored.hpp.
#include "dialect/postgres/stored.hpp"

#include <algorithm>
#include <set>

#include "cupel/base/error.hpp"
#include "cupel/base/text.hpp"
#include "dialect/postgres/inspect_parts.hpp"
#include "dialect/postgres/numbering.hpp"
#include "dialect/postgres/stored_default.hpp"
#include "dialect/postgres/types.hpp"
#include "dialect/postgres/writer.hpp"

namespace cupel::dialect::postgres {
namespace {

using model::ObjectName;
using model::Schema;
using model::Table;
using model::Type;
using model::TypeKind;

/// "public" is the default schema under its other name.
void settle(std::string& schema) {
  if (schema == "public") schema.clear();
}
void settle(ObjectName& name) { settle(name.schema); }

template <typename Options>
void settle_numbering(Options& options, std::string_view type) {
  const Numbering numbering = without_defaults(numbering_of(options), type);
  options.start = numbering.start;
  options.increment = numbering.increment;
  options.min_value = numbering.min_value;
  options.max_value = numbering.max_value;
  options.cache = numbering.cache;
}

void fill_values(std::vector<std::pair<std::string, std::string>>& parameters) {
  for (auto& [name, value] : parameters)
    if (value.empty()) value = "true";
}

/// An array of arrays is an array with more dimensions.
Type array_of(Type element, int dimensions) {
  if (element.kind == TypeKind::Array) {
    element.dimensions += dimensions;
    return element;
  }
  return model::Array(std::move(element), dimensions);
}

}  // namespace

Type stored_type(const Type& given) {
  const Type& type = given.on("postgresql");
  Type result;
  if (type.kind == TypeKind::Array && type.element.size() == 1) {
    result = array_of(stored_type(type.element.front()), std::max(type.dimensions, 1));
  } else if (type.kind == TypeKind::Enum && type.native) {
    result = model::Enum(type.values, type.name, type.schema);
    result.create_type = false;  // it is listed, with a life of its own
    settle(result.schema);
  } else {
    Type plain = type;
    plain.collation.clear();
    result = parse_type(type_text(plain));
    settle(result.schema);
  }
  result.collation = type.collation == "default" ? std::string() : type.collation;
  return result;
}

namespace {

// Tables

void store(const Table& table, model::Column& column) {
  column.type = stored_type(own_column(table.name, column).type);
  column.not_null_conflict.clear();
  if (column.server_default)
    column.server_default = stored_default(*column.server_default, column.type);
  if (column.computed) column.computed = {without_parentheses(column.computed->expression), true};
  if (column.identity) settle_numbering(*column.identity, server_name(column.type));
  const bool asked = column.autoincrement == model::Autoincrement::Yes &&
                     model::is_integer(column.type) && !column.identity && !column.computed &&
                     !column.server_default;
  const bool numbered = asked || table.is_autoincrement(column);
  column.autoincrement = numbered ? model::Autoincrement::Yes : model::Autoincrement::No;
  if (numbered) column.nullable = false;
}

struct ConstraintStoring {
  void operator()(model::PrimaryKey& key) const { key.on_conflict.clear(); }
  void operator()(model::UniqueConstraint& unique) const { unique.on_conflict.clear(); }
  void operator()(model::ForeignKey& key) const { settle(key.referred_table); }
  void operator()(model::CheckConstraint& check) const {
    check.on_conflict.clear();
    check.expression = without_parentheses(check.expression);
  }
  void operator()(model::ExcludeConstraint& exclude) const {
    exclude.where = without_parentheses(exclude.where);
  }
};

void store(model::Index& index, const Table* table) {
  index.where = without_parentheses(index.where);
  if (index.tablespace == "pg_default") index.tablespace.clear();
  for (model::IndexElement& element : index.elements) {
    element.length.reset();
    const std::string inner = without_parentheses(element.expression);
    if (table != nullptr && table->find_column(inner) != nullptr) {
      element.column = inner;
      element.expression.clear();
    }
    const model::NullsOrder implied =
        element.descending ? model::NullsOrder::First : model::NullsOrder::Last;
    if (element.nulls == implied) element.nulls = model::NullsOrder::Default;
  }
}

const Table* find_table(const Schema& whole, const ObjectName& name) {
  const auto found = std::find_if(whole.tables.begin(), whole.tables.end(), [&](const Table& it) {
    return stored_name(it.name) == stored_name(name);
  });
  return found == whole.tables.end() ? nullptr : &*found;
}

/// A partition can have no columns but its parent's. The server (before 17) makes none of them an
/// identity.
void share_columns(Table& table, const Schema& whole) {
  const Table* parent = &table;
  while (parent != nullptr && parent->columns.empty() && parent->partition_of)
    parent = find_table(whole, parent->partition_of->parent);
  if (parent != nullptr && parent != &table) {
    table.columns = model::normalized(*parent).columns;
    for (model::Column& column : table.columns) {
      column.comment.clear();
      const bool numbered = parent->is_autoincrement(column);
      if (numbered) column.autoincrement = model::Autoincrement::Yes;
      column.nullable = column.nullable && !numbered;
    }
  }
  for (model::Column& column : table.columns) column.identity.reset();
}

// What lives beside tables

void store(model::Sequence& sequence) {
  settle(sequence.name);
  sequence.type = sequence.type.empty() ? "bigint" : server_name(parse_type(sequence.type));
  settle_numbering(sequence, sequence.type);
  if (sequence.owned_by.empty()) return;
  // The owner is always in the sequence's schema.
  const model::ColumnName owner = model::parse_column_name(sequence.owned_by);
  sequence.owned_by = model::to_string(model::ColumnName{owner.table.name, owner.column});
}

void store(model::View& view) {
  settle(view.name);
  std::string_view definition = text::trim(view.definition);
  while (definition.ends_with(';'))
    definition = text::trim(definition.substr(0, definition.size() - 1));
  view.definition = std::string(definition);
  fill_values(view.with);
  for (model::Index& index : view.indexes) store(index, nullptr);
}

void store(model::Function& function) {
  settle(function.name);
  std::vector<std::string> types;
  for (const std::string& type : text::split_list(function.arguments))
    types.push_back(server_name(parse_type(type)));
  function.arguments = text::join(types, ", ");
}

/// Lists what tables bring along: enum types and schemas.
class Listing {
 public:
  explicit Listing(Schema& result) : result_(result) {
    for (const model::EnumType& it : result.enums) enums_.insert(it.name);
    schemas_.insert(result.schemas.begin(), result.schemas.end());
    schemas_.insert("");
  }
  void add(const Table& table) {
    add(table.name);
    for (const model::Column& column : table.columns) add(own_column(table.name, column).type);
  }
  void add(ObjectName name) {
    settle(name);
    if (schemas_.insert(name.schema).second) result_.schemas.push_back(name.schema);
  }

 private:
  void add(const Type& given) {
    const Type& type = given.on("postgresql");
    for (const Type& element : type.element) add(element);
    if (type.kind != TypeKind::Enum || !type.native) return;
    ObjectName name(type.schema, type.name);
    settle(name);
    add(name);
    if (enums_.insert(name).second) result_.enums.push_back({std::move(name), type.values, {}});
  }

  Schema& result_;
  std::set<ObjectName> enums_;
  std::set<std::string> schemas_;
};

}  // namespace

ObjectName stored_name(ObjectName name) {
  settle(name);
  return name;
}

Table stored_table(Table table, const Schema& whole) {
  settle(table.name);
  if (table.partition_of) {
    settle(table.partition_of->parent);
    share_columns(table, whole);
  }
  for (ObjectName& parent : table.inherits) settle(parent);
  table.autoincrement = table.without_rowid = table.strict = false;
  table.options.clear();
  if (table.tablespace == "pg_default") table.tablespace.clear();
  fill_values(table.with);
  if (table.primary_key) ConstraintStoring()(*table.primary_key);
  for (model::Constraint& it : table.constraints) std::visit(ConstraintStoring(), it);
  for (model::Column& column : table.columns) {
    try {
      store(table, column);
    } catch (Error& error) {
      throw error.add_note("table '" + model::to_string(table.name) + "', column '" + column.name +
                           "'");
    }
  }
  for (model::Index& it : table.indexes) store(it, &table);
  return table;
}

Schema stored_objects(const Schema& whole) {
  Schema result;
  result.schemas = whole.schemas;
  std::erase(result.schemas, "public");
  result.extensions = whole.extensions;
  std::erase_if(result.extensions, [](const auto& it) { return it.name == "plpgsql"; });
  for (model::Extension& it : result.extensions) settle(it.schema);
  result.enums = whole.enums;
  for (model::EnumType& it : result.enums) settle(it.name);
  result.domains = whole.domains;
  for (model::Domain& it : result.domains) settle(it.name);
  result.sequences = whole.sequences;
  for (model::Sequence& it : result.sequences) store(it);
  result.views = whole.views;
  for (model::View& it : result.views) store(it);
  result.functions = whole.functions;
  for (model::Function& it : result.functions) store(it);
  result.triggers = whole.triggers;
  for (model::Trigger& it : result.triggers) settle(it.table);

  Listing listing(result);
  for (const Table& it : whole.tables) listing.add(it);
  for (const auto& it : whole.enums) listing.add(it.name);
  for (const auto& it : whole.domains) listing.add(it.name);
  for (const auto& it : whole.sequences) listing.add(it.name);
  for (const auto& it : whole.views) listing.add(it.name);
  for (const auto& it : whole.functions) listing.add(it.name);
  return result;
}

}  // namespace cupel::dialect::postgres
