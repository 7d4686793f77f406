// SPDX-License-Identifier: MIT
// See table_maker.hpp.
#include "support/table_maker.hpp"

#include "cupel/base/text.hpp"

namespace cupel::testing_support {

using namespace model;  // NOLINT(google-build-using-namespace): model values all over

const std::vector<std::string>& table_names() {
  static const std::vector<std::string> kNames{"users",       "posts", "order",
                                               "It's \"it\"", "MiXed", "größe",
                                               "名前",        "a.b c", std::string(63, 'l')};
  return kNames;
}

const std::vector<std::string>& column_names() {
  static const std::vector<std::string> kNames{
      "id",          "title",     "select", "with space",
      "quo\"te",     "CamelCase", "größe",  "x.y",
      "it's",        "n1",        "col_2",  "percent%",
      "back\\slash", "$dollar",   "user",   std::string(62, 'c')};
  return kNames;
}

bool is_plain(const Schema& schema, const Table& table) {
  if (!table.partition_by.empty() || table.partition_of || !table.inherits.empty()) return false;
  return std::none_of(schema.tables.begin(), schema.tables.end(), [&](const Table& other) {
    return std::find(other.inherits.begin(), other.inherits.end(), table.name) !=
           other.inherits.end();
  });
}

bool has_column_in_two_keys(const Table& table) {
  if (!table.primary_key) return false;
  const std::vector<std::string>& key = table.primary_key->columns;
  return std::any_of(table.constraints.begin(), table.constraints.end(), [&](const auto& it) {
    const auto* unique = std::get_if<UniqueConstraint>(&it);
    return unique != nullptr &&
           std::any_of(unique->columns.begin(), unique->columns.end(), [&](const auto& name) {
             return std::find(key.begin(), key.end(), name) != key.end();
           });
  });
}

bool is_referred(const Schema& schema, const Table& table, const std::string& column) {
  for (const Table& other : schema.tables) {
    for (const Constraint& constraint : other.constraints) {
      const auto* key = std::get_if<ForeignKey>(&constraint);
      if (key == nullptr || key->referred_table != table.name) continue;
      const auto& names = key->referred_columns;
      if (std::find(names.begin(), names.end(), column) != names.end()) return true;
    }
  }
  return false;
}

namespace {

bool is_used(const Schema& schema, const std::string& name) {
  const auto has = [&](const auto& list) {
    return std::any_of(list.begin(), list.end(),
                       [&](const auto& it) { return it.name.name == name; });
  };
  if (has(schema.tables) || has(schema.views) || has(schema.sequences) || has(schema.enums) ||
      has(schema.domains) || has(schema.functions))
    return true;
  for (const Table& table : schema.tables)
    if (table.find_index(name) != nullptr || table.find_constraint(name)) return true;
  for (const View& view : schema.views)
    for (const Index& index : view.indexes)
      if (index.name == name) return true;
  return std::any_of(schema.triggers.begin(), schema.triggers.end(),
                     [&](const Trigger& it) { return it.name == name; });
}

bool has_text(const std::vector<Constraint>& constraints, const std::string& check) {
  return std::any_of(constraints.begin(), constraints.end(), [&](const Constraint& it) {
    const auto* other = std::get_if<CheckConstraint>(&it);
    return other != nullptr && other->expression == check;
  });
}

bool is_collated(const Type& type) {
  return type.kind == TypeKind::Text || type.kind == TypeKind::String;
}

}  // namespace

// Names

std::string TableMaker::free_name(const std::string& kind) {
  static const std::vector<std::string> kBases{"_", " it's ", "_MiXed ", "_ü_", ".\"q\"."};
  const std::string base = kind + (dice_.chance(70) ? "_" : dice_.pick(kBases));
  for (int number = 1;; ++number) {
    std::string name = base + std::to_string(number);
    if (!is_used(schema_, name) && given_.insert(name).second) return name;
  }
}

std::string TableMaker::some_schema() {
  return schema_.schemas.empty() || dice_.chance(75) ? std::string() : dice_.pick(schema_.schemas);
}

std::string TableMaker::filled(std::string text, const Column& column) const {
  return text::replace_all(std::move(text), "%c", generator_.quoted(column.name));
}

// Tables

Table TableMaker::table() {
  std::vector<std::string> names;
  for (const std::string& name : table_names())
    if (!is_used(schema_, name)) names.push_back(name);
  Table table;
  table.name = {some_schema(), names.empty() ? free_name("table") : dice_.pick(names)};
  table.strict = palette_.has_file_features && dice_.chance(10);
  const std::size_t count = 1 + dice_.below(6);
  for (std::size_t i = 0; i < count; ++i) add_column(table, false);
  add_key(table);
  decorate(table);
  for (int i = 0; i < 2; ++i) {
    if (dice_.chance(30)) add_unique(table);
    if (dice_.chance(35)) add_check(table);
    if (dice_.chance(35)) add_index(table, dice_.chance(20));
  }
  if (dice_.chance(15)) add_exclusion(table);
  return table;
}

void TableMaker::decorate(Table& table) {
  table.comment = generator_.comment();
  if (palette_.has_server_features) {
    table.unlogged = dice_.chance(10);
    if (dice_.chance(10)) table.with.emplace_back("fillfactor", "70");
    if (dice_.chance(10)) table.with.emplace_back("autovacuum_enabled", "false");
  }
  if (!palette_.has_file_features || !table.primary_key) return;
  const Column* key = table.find_column(table.primary_key->columns.front());
  const bool rowid = table.primary_key->columns.size() == 1 && key->type == Integer();
  table.without_rowid = dice_.chance(15);
  table.autoincrement = rowid && !table.without_rowid && dice_.chance(30);
}

void TableMaker::add_key(Table& table) {
  if (dice_.chance(15)) return;
  PrimaryKey key;
  if (dice_.chance(60)) {
    Column& first = table.columns.front();
    if (first.computed) return;
    Column id;
    id.name = first.name;
    id.type = Integer();
    id.comment = first.comment;
    first = id;
    if (palette_.has_server_features && dice_.chance(20)) first.autoincrement = Autoincrement::No;
    // What was generated from it, or meant for its old type, still works on an integer.
    key.columns = {first.name};
  } else {
    key.columns = some_columns(table, 1 + dice_.below(2));
  }
  if (key.columns.empty()) return;
  for (const std::string& name : key.columns) table.find_column(name)->nullable = false;
  if (dice_.chance(50)) key.name = free_name("pk");
  if (palette_.has_server_features && dice_.chance(5)) key.deferral = deferral();
  if (palette_.has_comments && !key.name.empty()) key.comment = generator_.comment();
  if (palette_.has_file_features && dice_.chance(5)) key.on_conflict = conflict();
  table.primary_key = key;
}

// Columns

bool TableMaker::add_column(Table& table, bool keeps_rows) {
  std::vector<std::string> names;
  for (const std::string& name : column_names())
    if (table.find_column(name) == nullptr) names.push_back(name);
  if (names.empty()) return false;
  Column made = column(dice_.pick(names), table);
  // Rows that are there have no value for it.
  if (keeps_rows && !made.server_default && !made.identity &&
      made.autoincrement != Autoincrement::Yes)
    made.nullable = true;
  table.columns.push_back(std::move(made));
  return true;
}

Type TableMaker::some_type(const Table& table) {
  if (table.strict) {
    static const std::vector<Type> kStrict{Integer(), Named("INT"),  Named("REAL"),
                                           Text(),    LargeBinary(), Named("ANY")};
    return dice_.pick(kStrict);
  }
  if (!schema_.enums.empty() && dice_.chance(12)) {
    const EnumType& it = dice_.pick(schema_.enums);
    Type type = Enum(it.values, it.name.name, it.name.schema);
    type.create_type = false;
    return dice_.chance(20) ? Type(Array(type)) : type;
  }
  if (!schema_.domains.empty() && dice_.chance(8)) {
    const Domain& it = dice_.pick(schema_.domains);
    Type type = Named(generator_.quoted(it.name.name));
    type.schema = it.name.schema;
    return type;
  }
  return dice_.pick(palette_.types).type;
}

std::optional<Expression> TableMaker::default_for(const Type& type) {
  if (type.kind == TypeKind::Enum) return literal(dice_.pick(type.values));
  const TypeChoice& choice = generator_.choice_of(type);
  if (choice.defaults.empty()) return std::nullopt;
  return dice_.pick(choice.defaults);
}

bool TableMaker::make_computed(Column& column, const Table& table) {
  std::vector<const Column*> bases;
  for (const Column& it : table.columns)
    if (it.type == Integer() && !it.computed) bases.push_back(&it);
  if (bases.empty()) return false;
  const bool stored = palette_.has_server_features || dice_.chance(50);
  column.type = Integer();
  column.nullable = true;
  column.computed = Computed{generator_.quoted(dice_.pick(bases)->name) + " * 2", stored};
  return true;
}

Column TableMaker::column(const std::string& name, const Table& table) {
  Column column;
  column.name = name;
  column.comment = generator_.comment();
  if (dice_.chance(10) && make_computed(column, table)) return column;
  column.type = some_type(table);
  column.nullable = dice_.chance(65);
  if (dice_.chance(40)) column.server_default = default_for(column.type);
  if (is_collated(column.type) && dice_.chance(12))
    column.type.collation = dice_.pick(palette_.collations);
  if (palette_.has_server_features) number(column);
  if (palette_.has_file_features && !column.nullable && dice_.chance(10))
    column.not_null_conflict = conflict();
  return column;
}

void TableMaker::number(Column& column) {
  if (!is_integer(column.type) || column.server_default) return;
  if (dice_.chance(10)) {
    column.autoincrement = Autoincrement::Yes;
    column.nullable = false;
  } else if (dice_.chance(15)) {
    column.nullable = false;
    column.identity = Identity{.always = dice_.chance(50)};
    if (dice_.chance(50)) column.identity->start = 10;
    if (dice_.chance(50)) column.identity->increment = 5;
    if (dice_.chance(30)) column.identity->max_value = 1000;
    if (dice_.chance(30)) column.identity->cache = 7;
    column.identity->cycle = dice_.chance(20);
  }
}

// Constraints

std::vector<const Column*> TableMaker::keyable(const Table& table) const {
  std::vector<const Column*> columns;
  for (const Column& column : table.columns)
    if (generator_.choice_of(column.type).is_key) columns.push_back(&column);
  return columns;
}

std::vector<std::string> TableMaker::some_columns(const Table& table, std::size_t count) {
  std::vector<const Column*> columns = keyable(table);
  std::erase_if(columns, [](const Column* it) { return it->computed.has_value(); });
  std::vector<std::string> names;
  while (names.size() < count && !columns.empty()) {
    const std::size_t at = dice_.below(columns.size());
    names.push_back(columns[at]->name);
    columns.erase(columns.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return names;
}

Deferral TableMaker::deferral() {
  return {.deferrable = true, .initially = dice_.chance(50) ? "DEFERRED" : ""};
}

std::string TableMaker::conflict() {
  static const std::vector<std::string> kWords{"FAIL", "ROLLBACK", "IGNORE"};
  return dice_.pick(kWords);
}

bool TableMaker::add_unique(Table& table) {
  UniqueConstraint unique;
  unique.columns = some_columns(table, 1 + dice_.below(2));
  if (unique.columns.empty()) return false;
  for (const Constraint& it : table.constraints)
    if (columns_of(it) == unique.columns) return false;
  if (table.primary_key && table.primary_key->columns == unique.columns) return false;
  if (dice_.chance(70)) unique.name = free_name("uq");
  if (palette_.has_server_features) {
    unique.nulls_not_distinct = dice_.chance(15);
    if (dice_.chance(15)) unique.deferral = deferral();
    if (!unique.name.empty()) unique.comment = generator_.comment();
    if (dice_.chance(10)) unique.include = {table.columns.front().name};
    if (unique.include == unique.columns) unique.include.clear();
  }
  if (palette_.has_file_features && dice_.chance(10)) unique.on_conflict = conflict();
  table.constraints.emplace_back(unique);
  if (table.without_rowid && has_column_in_two_keys(table)) table.without_rowid = false;
  return true;
}

std::string TableMaker::condition(const Column& column) {
  const TypeChoice& choice = generator_.choice_of(column.type);
  if (choice.checks.empty()) return filled("%c IS NOT NULL", column);
  const TypeChoice::Check& check = dice_.pick(choice.checks);
  return filled(generator_.options_.written ? check.written : check.shown, column);
}

bool TableMaker::add_check(Table& table) {
  const Column& column = dice_.pick(table.columns);
  CheckConstraint check;
  check.expression = condition(column);
  if (has_text(table.constraints, check.expression)) return false;
  if (dice_.chance(70)) check.name = free_name("ck");
  if (palette_.has_server_features) {
    check.not_valid = dice_.chance(10);
    check.no_inherit = dice_.chance(10);
    if (!check.name.empty()) check.comment = generator_.comment();
  }
  table.constraints.emplace_back(check);
  return true;
}

bool TableMaker::add_exclusion(Table& table) {
  if (!palette_.has_server_features) return false;
  ExcludeConstraint exclude;
  for (const Column& column : table.columns) {
    if (column.type == Named("INT4RANGE")) exclude.elements = {{column.name, "", "&&", ""}};
    if (column.type == Integer() && exclude.elements.empty()) {
      exclude.elements = {{column.name, "", "=", ""}};
      exclude.using_method = "btree";
    }
  }
  if (exclude.elements.empty()) return false;
  if (exclude.elements[0].with_operator == "&&") exclude.using_method.clear();
  for (const Constraint& it : table.constraints)
    if (kind_of(it) == ConstraintKind::Exclude) return false;
  if (dice_.chance(70)) exclude.name = free_name("ex");
  if (dice_.chance(30)) exclude.where = condition(dice_.pick(table.columns));
  if (dice_.chance(20)) exclude.deferral = deferral();
  table.constraints.emplace_back(exclude);
  return true;
}

namespace {

/// PostgreSQL 15 cannot check a foreign key of VARCHAR[]: "cannot determine element type".
bool has_array_in_key(const Table& table) {
  const std::vector<std::string>& names = table.primary_key->columns;
  return std::any_of(names.begin(), names.end(), [&](const std::string& it) {
    return table.find_column(it)->type.kind == TypeKind::Array;
  });
}

}  // namespace

bool TableMaker::add_foreign_key(Table& table) {
  std::vector<const Table*> targets;
  for (const Table& it : schema_.tables) {
    if (!it.primary_key || it.primary_key->deferral.deferrable || !it.partition_by.empty())
      continue;
    if (it.partition_of || (it.unlogged && !table.unlogged) || has_array_in_key(it)) continue;
    if (palette_.has_file_features && it.strict != table.strict) continue;
    targets.push_back(&it);
  }
  if (targets.empty()) return false;
  const Table& target = *dice_.pick(targets);
  ForeignKey key;
  key.referred_table = target.name;
  std::vector<Column> made;
  for (const std::string& name : target.primary_key->columns) {
    Column column;
    column.type = target.find_column(name)->type;
    for (int n = 1;
         column.name.empty() || table.find_column(column.name) != nullptr ||
         std::find(key.columns.begin(), key.columns.end(), column.name) != key.columns.end();
         ++n)
      column.name = "ref " + std::to_string(n);
    key.columns.push_back(column.name);
    key.referred_columns.push_back(name);
    made.push_back(column);
  }
  static const std::vector<std::string> kActions{"CASCADE", "SET NULL", "RESTRICT", "SET DEFAULT",
                                                 ""};
  if (dice_.chance(60)) key.on_delete = dice_.pick(kActions);
  if (dice_.chance(30)) key.on_update = dice_.pick(kActions);
  if (dice_.chance(70)) key.name = free_name("fk");
  if (dice_.chance(20)) key.deferral = deferral();
  if (palette_.has_server_features) {
    if (dice_.chance(10)) key.match = "FULL";
    key.not_valid = dice_.chance(10);
    if (!key.name.empty()) key.comment = generator_.comment();
  }
  for (Column& column : made) table.columns.push_back(std::move(column));
  table.constraints.emplace_back(key);
  return true;
}

// Indexes

IndexElement TableMaker::element(const Table& table, const Column& column) {
  IndexElement element(column.name);
  const TypeChoice& choice = generator_.choice_of(column.type);
  if (dice_.chance(20) && !table.strict && column.type == Text()) {
    element = expression(filled("lower(%c)", column));
  } else if (dice_.chance(20) && column.type == Integer()) {
    element = expression(filled("(%c + 1)", column));
  } else if (is_collated(column.type) && dice_.chance(20)) {
    element.collation = dice_.pick(palette_.collations);
    if (element.collation == column.type.collation) element.collation.clear();
  } else if (!choice.operator_classes.empty() && dice_.chance(20)) {
    element.operator_class = dice_.pick(choice.operator_classes);
  }
  element.descending = dice_.chance(20);
  if (palette_.has_server_features && dice_.chance(15))
    element.nulls = element.descending ? NullsOrder::Last : NullsOrder::First;
  return element;
}

bool TableMaker::add_index(Table& table, bool unique) {
  std::vector<const Column*> columns = keyable(table);
  if (columns.empty()) return false;
  Index index;
  index.name = free_name("ix");
  const Column& first = *dice_.pick(columns);
  const TypeChoice& choice = generator_.choice_of(first.type);
  if (!choice.indexable.empty() && !unique && dice_.chance(30)) {
    index.using_method = dice_.pick(choice.indexable);
    index.elements = {IndexElement(first.name)};
  } else {
    const bool plain = choice.type.kind == TypeKind::Named && choice.type.name == "TSVECTOR";
    index.elements = {plain ? IndexElement(first.name) : element(table, first)};
    const Column& second = *dice_.pick(columns);
    if (second.name != first.name && dice_.chance(40))
      index.elements.push_back(element(table, second));
    index.unique = unique;
    if (palette_.has_server_features) {
      index.nulls_not_distinct = unique && dice_.chance(20);
      if (dice_.chance(15)) index.include = {table.columns.front().name};
      if (dice_.chance(10)) index.with = {{"fillfactor", "80"}};
    }
  }
  if (dice_.chance(20)) index.where = condition(dice_.pick(table.columns));
  index.comment = generator_.comment();
  table.indexes.push_back(index);
  return true;
}

}  // namespace cupel::testing_support
