// SPDX-License-Identifier: MIT
// What somebody might do to a schema: SchemaGenerator::changed(), see schema_generator.hpp.
#include <map>

#include "cupel/ops/services.hpp"
#include "support/object_maker.hpp"

namespace cupel::testing_support {

using namespace model;  // NOLINT(google-build-using-namespace): model values all over

class Mutation {
 public:
  Mutation(SchemaGenerator& generator, Schema schema, bool keeps_rows)
      : generator_(generator),
        palette_(generator.palette_),
        dice_(generator.dice_),
        keeps_rows_(keeps_rows),
        schema_(std::move(schema)),
        tables_(generator, schema_),
        objects_(generator, schema_) {
    for (const Table& it : schema_.tables) original_.emplace(it.name, it);
  }

  Schema result() {
    const std::size_t count = 1 + dice_.below(5);
    for (std::size_t i = 0; i < count; ++i) step();
    return std::move(schema_);
  }

 private:
  using Step = void (Mutation::*)();

  void step() {
    static const std::vector<Step> kSteps{
        &Mutation::add_table,         &Mutation::drop_table,      &Mutation::add_column,
        &Mutation::add_column,        &Mutation::drop_column,     &Mutation::rename_column,
        &Mutation::rename_table,      &Mutation::change_type,     &Mutation::change_type,
        &Mutation::change_nullable,   &Mutation::change_default,  &Mutation::change_default,
        &Mutation::change_identity,   &Mutation::add_constraint,  &Mutation::drop_constraint,
        &Mutation::rename_constraint, &Mutation::add_index,       &Mutation::drop_index,
        &Mutation::change_index,      &Mutation::change_comments, &Mutation::change_options,
        &Mutation::change_key,        &Mutation::change_computed, &Mutation::change_objects,
        &Mutation::change_objects,    &Mutation::drop_object,     &Mutation::change_enum,
        &Mutation::change_sequence,   &Mutation::reorder};
    const Schema before = schema_;
    try {
      (this->*dice_.pick(kSteps))();
    } catch (const UsageError&) {
      schema_ = before;  // something needs what would have gone
    }
  }

  /// A table that nothing is special about; null if there is none.
  Table* some_table() {
    std::vector<Table*> tables;
    for (Table& it : schema_.tables)
      if (is_plain(schema_, it)) tables.push_back(&it);
    return tables.empty() ? nullptr : dice_.pick(tables);
  }
  Column* some_column(Table& table) {
    return table.columns.empty() ? nullptr : &table.columns[dice_.below(table.columns.size())];
  }
  bool is_in_key(const Table& table, const Column& column) const {
    if (is_referred(schema_, table, column.name)) return true;
    const auto holds = [&](const std::vector<std::string>& names) {
      return std::find(names.begin(), names.end(), column.name) != names.end();
    };
    if (table.primary_key && holds(table.primary_key->columns)) return true;
    return std::any_of(table.constraints.begin(), table.constraints.end(), [&](const auto& it) {
      return kind_of(it) == ConstraintKind::Foreign && holds(columns_of(it));
    });
  }
  bool is_computed_from(const Table& table, const Column& column) const {
    return std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& it) {
      return it.computed && ops::mentions_identifier(it.computed->expression, column.name);
    });
  }
  bool is_owner(const Table& table, const Column& column) const {
    const std::string owner = to_string(ColumnName{table.name.name, column.name});
    return std::any_of(schema_.sequences.begin(), schema_.sequences.end(),
                       [&](const Sequence& it) { return it.owned_by == owner; });
  }
  bool is_seen(const Table& table) const {
    return std::any_of(schema_.views.begin(), schema_.views.end(), [&](const View& it) {
      return ops::mentions_identifier(it.definition, table.name.name) ||
             it.definition.find(generator_.quoted(table.name.name)) != std::string::npos;
    });
  }
  void forget_views(const Table& table) {
    if (!is_seen(table)) return;
    schema_.views.clear();
    std::erase_if(schema_.triggers,
                  [&](const Trigger& it) { return schema_.find_table(it.table) == nullptr; });
  }
  void forget_triggers(const Table& table) {
    std::erase_if(schema_.triggers, [&](const Trigger& it) { return it.table == table.name; });
  }
  /// What depends on the column's type.
  void forget_uses(Table& table, const std::string& column) {
    Table copy = table;
    ops::apply(ops::DropColumn{.table = table.name, .column = column, .cascade = true}, only(copy));
    const Table& rest = last_only_.tables.front();
    table.constraints = rest.constraints;
    table.indexes = rest.indexes;
  }
  Schema& only(const Table& table) {
    last_only_ = {};
    last_only_.tables.push_back(table);
    return last_only_;
  }

  // Tables

  /// One that is called as another was would be taken for that.
  void add_table() {
    Table table = tables_.table();
    const bool was_there = original_.count(table.name) != 0;
    if (!keeps_rows_ || !was_there) schema_.tables.push_back(std::move(table));
  }

  void drop_table() {
    Table* table = some_table();
    if (table == nullptr) return;
    // Rows of others refer to rows that would not come back.
    for (const Column& column : table->columns)
      if (keeps_rows_ && is_referred(schema_, *table, column.name)) return;
    const Table gone = *table;
    forget_views(gone);
    ops::apply(ops::DropTable{.table = gone.name, .cascade = true}, schema_);
  }

  void rename_table() {
    Table* table = some_table();
    if (table == nullptr) return;
    const Table was = *table;
    forget_views(was);
    forget_triggers(was);
    ops::apply(ops::RenameTable{was.name, tables_.free_name("renamed")}, schema_);
  }

  void change_comments() {
    if (Table* table = some_table()) {
      table->comment = generator_.comment();
      if (Column* column = some_column(*table)) column->comment = generator_.comment();
    }
    for (View& view : schema_.views) view.comment = generator_.comment();
    for (EnumType& type : schema_.enums) type.comment = generator_.comment();
  }

  void change_options() {
    Table* table = some_table();
    if (table == nullptr) return;
    if (palette_.has_server_features) {
      table->with.clear();
      if (dice_.chance(50)) table->with = {{"fillfactor", dice_.chance(50) ? "70" : "60"}};
      return;
    }
    const bool rowid = table->primary_key && table->primary_key->columns.size() == 1 &&
                       table->find_column(table->primary_key->columns[0])->type == Integer();
    if (table->primary_key)
      table->without_rowid = !has_column_in_two_keys(*table) && dice_.chance(30);
    table->autoincrement = rowid && !table->without_rowid && dice_.chance(40);
  }

  // Columns

  void add_column() {
    Table* table = some_table();
    if (table != nullptr) tables_.add_column(*table, keeps_rows_);
  }

  /// True if rows could not be there without the column, or it could not come back to them.
  bool is_missed(const Table& table, const Column& column) const {
    const auto is_possible = [](const Column& it) {
      return it.nullable || it.server_default || it.identity || it.computed ||
             it.autoincrement == Autoincrement::Yes;
    };
    const auto before = original_.find(table.name);
    const Column* was =
        before == original_.end() ? nullptr : before->second.find_column(column.name);
    const bool can_return = is_possible(column) && (was == nullptr || is_possible(*was));
    const auto holds = [&](const Constraint& it) {
      const auto* check = std::get_if<CheckConstraint>(&it);
      const std::vector<std::string> names = columns_of(it);
      return (check != nullptr && ops::mentions_identifier(check->expression, column.name)) ||
             std::find(names.begin(), names.end(), column.name) != names.end();
    };
    return !can_return || is_in_key(table, column) ||
           std::any_of(table.constraints.begin(), table.constraints.end(), holds) ||
           std::any_of(table.indexes.begin(), table.indexes.end(),
                       [](const Index& it) { return it.unique; });
  }

  void drop_column() {
    Table* table = some_table();
    if (table == nullptr || table->columns.size() < 2) return;
    const Column column = *some_column(*table);
    if (is_in_key(*table, column) || is_computed_from(*table, column) || is_owner(*table, column))
      return;
    if (keeps_rows_ && is_missed(*table, column)) return;
    forget_views(*table);
    forget_triggers(*table);
    forget_uses(*table, column.name);
    std::erase_if(table->columns, [&](const Column& it) { return it.name == column.name; });
  }

  void rename_column() {
    Table* table = some_table();
    Column* column = table == nullptr ? nullptr : some_column(*table);
    // Where it is not clear that it is a rename, it is a column that goes and one that comes.
    if (column == nullptr || (keeps_rows_ && is_missed(*table, *column))) return;
    std::string name;
    for (const std::string& it : column_names())
      if (table->find_column(it) == nullptr) name = it;
    if (name.empty()) return;
    forget_views(*table);
    forget_triggers(*table);
    ops::apply(ops::AlterColumn{.table = table->name, .column = column->name, .new_name = name},
               schema_);
  }

  void change_type() {
    Table* table = some_table();
    Column* column = table == nullptr ? nullptr : some_column(*table);
    if (column == nullptr || table->strict || column->computed || column->identity) return;
    if (is_in_key(*table, *column) || is_computed_from(*table, *column)) return;
    if (column->autoincrement == Autoincrement::Yes || is_owner(*table, *column)) return;
    const TypeChoice& choice = generator_.choice_of(column->type);
    if (!choice.wider.empty() && (keeps_rows_ || dice_.chance(50))) {
      const std::string collation = column->type.collation;
      column->type = dice_.pick(choice.wider);
      const bool keeps =
          column->type.kind == TypeKind::Text || column->type.kind == TypeKind::String;
      if (keeps) column->type.collation = collation;
      // '2020-01-01' becomes '2020-01-01 00:00:00'.
      if (column->type.kind == TypeKind::DateTime && column->server_default)
        column->server_default = now();
      return;
    }
    if (keeps_rows_) return;
    forget_uses(*table, column->name);
    column->type = dice_.pick(palette_.types).type;
    column->server_default = tables_.default_for(column->type);
  }

  void change_nullable() {
    Table* table = some_table();
    Column* column = table == nullptr ? nullptr : some_column(*table);
    if (column == nullptr || is_in_key(*table, *column) || column->identity) return;
    if (column->autoincrement == Autoincrement::Yes || column->computed) return;
    column->nullable = keeps_rows_ || !column->nullable;
    if (column->nullable) column->not_null_conflict.clear();
  }

  void change_default() {
    Table* table = some_table();
    Column* column = table == nullptr ? nullptr : some_column(*table);
    if (column == nullptr || column->identity || column->computed) return;
    if (column->autoincrement == Autoincrement::Yes || table->is_autoincrement(*column)) return;
    if (is_in_key(*table, *column)) return;
    column->server_default = tables_.default_for(column->type);
    if (dice_.chance(30)) column->server_default.reset();
  }

  void change_identity() {
    Table* table = some_table();
    if (table == nullptr) return;
    for (Column& column : table->columns) {
      if (!column.identity) continue;
      column.identity->always = dice_.chance(50);
      column.identity->increment = dice_.chance(50) ? std::optional<std::int64_t>(3) : std::nullopt;
      column.identity->cycle = dice_.chance(50);
      if (dice_.chance(20)) column.identity.reset();
      return;
    }
  }

  void change_computed() {
    Table* table = some_table();
    if (table == nullptr) return;
    for (Column& column : table->columns)
      if (column.computed && column.computed->expression.ends_with("* 2"))
        column.computed->expression.back() = '3';
  }

  void reorder() {
    Table* table = some_table();
    if (table == nullptr || !palette_.has_file_features || table->columns.size() < 2) return;
    std::reverse(table->constraints.begin(), table->constraints.end());
  }

  // Constraints and indexes

  void change_key() {
    Table* table = some_table();
    if (table == nullptr || keeps_rows_) return;
    if (table->without_rowid || table->autoincrement) return;
    for (const Column& column : table->columns)
      if (is_referred(schema_, *table, column.name)) return;
    table->primary_key.reset();
    if (dice_.chance(40)) return;
    for (Column& column : table->columns) {
      const bool plain = !column.computed && generator_.choice_of(column.type).is_key;
      if (!plain || dice_.chance(50)) continue;
      column.nullable = false;
      table->primary_key =
          PrimaryKey{{column.name}, dice_.chance(50) ? tables_.free_name("pk") : ""};
      if (is_integer(column.type) && !column.identity &&
          column.autoincrement == Autoincrement::Auto)
        column.autoincrement = Autoincrement::No;
      return;
    }
  }

  void add_constraint() {
    Table* table = some_table();
    if (table == nullptr) return;
    if (keeps_rows_ || dice_.chance(30)) {
      tables_.add_foreign_key(*table);
    } else if (dice_.chance(50)) {
      tables_.add_check(*table);
    } else if (dice_.chance(70)) {
      tables_.add_unique(*table);
    } else {
      tables_.add_exclusion(*table);
    }
  }

  void drop_constraint() {
    Table* table = some_table();
    if (table == nullptr || table->constraints.empty()) return;
    const std::size_t at = dice_.below(table->constraints.size());
    table->constraints.erase(table->constraints.begin() + static_cast<std::ptrdiff_t>(at));
  }

  void rename_constraint() {
    Table* table = some_table();
    if (table == nullptr || table->constraints.empty()) return;
    Constraint& constraint = table->constraints[dice_.below(table->constraints.size())];
    if (!name_of(constraint).empty()) set_name(constraint, tables_.free_name("renamed"));
  }

  void add_index() {
    if (Table* table = some_table()) tables_.add_index(*table, !keeps_rows_ && dice_.chance(30));
  }

  void drop_index() {
    Table* table = some_table();
    if (table != nullptr && !table->indexes.empty()) table->indexes.pop_back();
  }

  void change_index() {
    Table* table = some_table();
    if (table == nullptr || table->indexes.empty()) return;
    Index& index = table->indexes[dice_.below(table->indexes.size())];
    if (dice_.chance(30)) {
      index.name = tables_.free_name("renamed");
    } else if (dice_.chance(50)) {
      index.where = index.where.empty() ? tables_.condition(table->columns.front()) : "";
    } else if (index.using_method.empty() && !index.elements.empty()) {
      index.elements[0].descending = !index.elements[0].descending;
      index.elements[0].nulls = NullsOrder::Default;
    }
  }

  // Everything else

  void change_objects() {
    switch (dice_.below(palette_.has_server_features ? 8 : 2)) {
      case 0:
        return objects_.add_view();
      case 1:
        return objects_.add_trigger();
      case 2:
        return objects_.add_function();
      case 3:
        return objects_.add_sequence();
      case 4:
        return objects_.add_enum();
      case 5:
        return objects_.add_domain();
      case 6:
        return objects_.add_partitioned();
      default:
        return objects_.add_child();
    }
  }

  void drop_object() {
    if (dice_.chance(40)) return schema_.views.clear();
    if (dice_.chance(40)) return schema_.triggers.clear();
    schema_.triggers.clear();
    schema_.functions.clear();
  }

  void change_enum() {
    if (schema_.enums.empty()) return;
    EnumType& type = schema_.enums[dice_.below(schema_.enums.size())];
    std::vector<std::string> values = type.values;
    const std::string value = "new " + std::to_string(dice_.below(1000));
    if (std::find(values.begin(), values.end(), value) != values.end()) return;
    const std::size_t at = dice_.below(values.size() + 1);
    if (keeps_rows_ || dice_.chance(50)) {
      values.insert(values.begin() + static_cast<std::ptrdiff_t>(at), value);
    } else if (dice_.chance(50)) {
      std::reverse(values.begin(), values.end());
    } else if (values.size() > 1) {
      drop_value(type.name, values.back());
      values.pop_back();
    }
    set_values(type.name, values);
    type.values = values;
  }

  template <typename Visit>
  void each_use(const ObjectName& name, Visit visit) {
    for (Table& table : schema_.tables) {
      for (Column& column : table.columns) {
        Type* type = column.type.element.empty() ? &column.type : &column.type.element.front();
        if (type->kind == TypeKind::Enum && ObjectName(type->schema, type->name) == name)
          visit(column, *type);
      }
    }
  }
  void set_values(const ObjectName& name, const std::vector<std::string>& values) {
    each_use(name, [&](Column&, Type& type) { type.values = values; });
  }
  void drop_value(const ObjectName& name, const std::string& value) {
    each_use(name, [&](Column& column, Type&) {
      if (column.server_default == literal(value)) column.server_default.reset();
    });
  }

  void change_sequence() {
    if (schema_.sequences.empty()) return;
    Sequence& sequence = schema_.sequences[dice_.below(schema_.sequences.size())];
    sequence.cycle = !sequence.cycle;
    sequence.cache = dice_.chance(50) ? std::optional<std::int64_t>(9) : std::nullopt;
    sequence.comment = generator_.comment();
  }

  SchemaGenerator& generator_;
  const Palette& palette_;
  Dice& dice_;
  bool keeps_rows_;
  Schema schema_;
  Schema last_only_;
  std::map<ObjectName, Table> original_;
  TableMaker tables_;
  ObjectMaker objects_;
};

Schema SchemaGenerator::changed(const Schema& schema, bool keeps_rows) {
  return Mutation(*this, schema, keeps_rows).result();
}

}  // namespace cupel::testing_support
