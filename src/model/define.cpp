// SPDX-License-Identifier: MIT
// From what people write to model values. See define.hpp.
#include "cupel/model/define.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/model/validate.hpp"
#include "model/words.hpp"

namespace cupel::model {
namespace {

/// Names things on one table.
struct Namer {
  const ObjectName& table;
  const NamingConvention& convention;
  std::size_t max_length;

  void name(Constraint& constraint, const ConstraintName& as) const {
    if (!as.text.empty()) set_name(constraint, as.text);
    set_name(constraint, as.final ? shortened_name(as.text, max_length)
                                  : convention.name_for(constraint, table, max_length));
  }
  void name(Index& index, const ConstraintName& as) const {
    if (!as.text.empty()) index.name = as.text;
    index.name = as.final ? shortened_name(as.text, max_length)
                          : convention.name_for(index, table, max_length);
  }
  /// A type's own CHECK may stay unnamed even where the convention asks for a name.
  std::string check_name(const std::string& given) const {
    if (given.empty() && convention.ck.find("%(constraint_name)s") != std::string::npos) return {};
    return convention.name_for(Constraint(CheckConstraint{.expression = {}, .name = given}), table,
                               max_length);
  }
};

/// Names the type and its CHECK; recursive for arrays.
void name_type(Type& type, const std::string& column, const Namer& namer) {
  for (Type& element : type.element) name_type(element, column, namer);
  for (TypeVariant& variant : type.variants) name_type(variant.type, column, namer);
  const bool is_enum = type.kind == TypeKind::Enum;
  if (type.create_constraint) {
    const bool as_type = type.constraint_name.empty() && is_enum;
    type.constraint_name = namer.check_name(as_type ? type.name : type.constraint_name);
  }
  if (is_enum && type.native && type.name.empty()) {
    type.name = shortened_name(namer.table.name + "_" + column, namer.max_length);
  }
}

LoweredColumn lower(const ColumnDefinition& definition, const Namer& namer) {
  LoweredColumn result;
  result.column = definition.column;
  Column& column = result.column;
  name_type(column.type, column.name, namer);
  result.is_primary_key = definition.is_primary_key;
  if (result.is_primary_key) column.nullable = false;

  for (const ColumnDefinition::Check& it : definition.checks) {
    Constraint check = CheckConstraint{.expression = it.expression, .column = column.name};
    namer.name(check, it.name);
    result.checks.push_back(std::get<CheckConstraint>(std::move(check)));
  }
  const auto add = [&](Constraint constraint, const ConstraintName& name) {
    namer.name(constraint, name);
    result.constraints.push_back(std::move(constraint));
  };
  if (definition.is_unique && !definition.has_index) {
    add(UniqueConstraint{.columns = {column.name}}, {});
  }
  if (column.type.kind == TypeKind::Enum && !column.type.native && column.type.create_constraint) {
    result.constraints.emplace_back(*type_check(column));
    column.type.create_constraint = false;
    column.type.constraint_name.clear();
  }
  for (const ColumnDefinition::Reference& it : definition.foreign_keys) {
    add(ForeignKey{.columns = {column.name},
                   .referred_table = it.table,
                   .referred_columns = {it.column},
                   .on_delete = it.options.on_delete,
                   .on_update = it.options.on_update,
                   .match = it.options.match,
                   .deferral = it.options.deferral},
        it.options.name);
  }
  if (definition.has_index) {
    Index index;
    index.elements = {column.name};
    index.unique = definition.is_unique;
    namer.name(index, {});
    result.indexes.push_back(std::move(index));
  }
  return result;
}

/// Puts the items of one table together. Columns' own constraints wait until finish().
class TableMaker {
 public:
  TableMaker(Table& table, const Namer& namer) : table_(table), namer_(namer) {}

  void operator()(const ColumnDefinition& definition) {
    LoweredColumn lowered = lower(definition, namer_);
    if (lowered.is_primary_key) flagged_key_.push_back(lowered.column.name);
    for (CheckConstraint& it : lowered.checks) later_.emplace_back(std::move(it));
    std::move(lowered.constraints.begin(), lowered.constraints.end(), std::back_inserter(later_));
    std::move(lowered.indexes.begin(), lowered.indexes.end(), std::back_inserter(table_.indexes));
    table_.columns.push_back(std::move(lowered.column));
  }
  void operator()(const NamedConstraint& item) { add(item.constraint, item.name); }
  void operator()(const NamedIndex& item) { add(item.index, item.name); }
  void operator()(const Index& index) { add(index, {}); }
  template <typename OneConstraint>
  void operator()(const OneConstraint& constraint) {
    add(Constraint(constraint), {});
  }

  void finish() {
    if (!table_.primary_key && !flagged_key_.empty()) {
      add(Constraint(PrimaryKey{.columns = flagged_key_}), {});
    } else if (!flagged_key_.empty() && table_.primary_key->columns != flagged_key_) {
      throw_two_keys(flagged_key_, table_.primary_key->columns);
    }
    std::move(later_.begin(), later_.end(), std::back_inserter(table_.constraints));
    if (!table_.primary_key) return;
    for (const std::string& name : table_.primary_key->columns) {
      if (Column* column = table_.find_column(name)) column->nullable = false;
    }
  }

 private:
  void add(Constraint constraint, const ConstraintName& name) {
    namer_.name(constraint, name);
    auto* key = std::get_if<PrimaryKey>(&constraint);
    if (key == nullptr) {
      table_.constraints.push_back(std::move(constraint));
    } else if (table_.primary_key) {
      throw_two_keys(table_.primary_key->columns, key->columns);
    } else {
      table_.primary_key = std::move(*key);
    }
  }
  void add(Index index, const ConstraintName& name) {
    namer_.name(index, name);
    table_.indexes.push_back(std::move(index));
  }
  [[noreturn]] void throw_two_keys(const std::vector<std::string>& one,
                                   const std::vector<std::string>& other) const {
    throw UsageError("table '" + to_string(table_.name) + "' has two primary keys: (" +
                         text::join(one, ", ") + ") and (" + text::join(other, ", ") + ")",
                     "name all columns of the key in one PrimaryKey, or mark each of them");
  }

  Table& table_;
  const Namer& namer_;
  std::vector<std::string> flagged_key_;
  std::vector<Constraint> later_;
};

void require_valid(const Table& table) {
  const std::vector<Problem> problems = validate(table);
  if (problems.empty()) return;
  UsageError error(problems[0].what);
  error.set_where(problems[0].where);
  for (std::size_t i = 1; i < problems.size(); ++i) {
    error.add_note(problems[i].where + ": " + problems[i].what);
  }
  throw error;
}

}  // namespace

ColumnDefinition::ColumnDefinition(std::string name, Type type) {
  column.name = std::move(name);
  column.type = std::move(type);
}
ColumnDefinition& ColumnDefinition::nullable(bool value) {
  column.nullable = value;
  return *this;
}
ColumnDefinition& ColumnDefinition::not_null(std::string on_conflict) {
  column.not_null_conflict = std::move(on_conflict);
  return nullable(false);
}
ColumnDefinition& ColumnDefinition::primary_key(bool value) {
  is_primary_key = value;
  if (value) column.nullable = false;
  return *this;
}
ColumnDefinition& ColumnDefinition::unique(bool value) {
  is_unique = value;
  return *this;
}
ColumnDefinition& ColumnDefinition::index(bool value) {
  has_index = value;
  return *this;
}
ColumnDefinition& ColumnDefinition::server_default(std::string value) {
  return server_default(literal(std::move(value)));
}
ColumnDefinition& ColumnDefinition::server_default(Expression value) {
  column.server_default = std::move(value);
  return *this;
}
ColumnDefinition& ColumnDefinition::computed(std::string expression,
                                             std::optional<bool> persisted) {
  column.computed = Computed{std::move(expression), persisted};
  return *this;
}
ColumnDefinition& ColumnDefinition::identity(Identity options) {
  column.identity = options;
  return *this;
}
ColumnDefinition& ColumnDefinition::autoincrement(bool value) {
  column.autoincrement = value ? Autoincrement::Yes : Autoincrement::No;
  return *this;
}
ColumnDefinition& ColumnDefinition::comment(std::string text) {
  column.comment = std::move(text);
  return *this;
}
ColumnDefinition& ColumnDefinition::references(std::string_view target, ReferenceOptions options) {
  ColumnName name = parse_column_name(target);
  foreign_keys.push_back({std::move(name.table), std::move(name.column), std::move(options)});
  return *this;
}
ColumnDefinition& ColumnDefinition::server_default_number(double value) {
  return server_default(text(fmt::format("{}", value)));
}
ReferenceOptions& ColumnDefinition::last_reference() {
  if (foreign_keys.empty()) {
    throw UsageError("column '" + column.name +
                         "' says what happens ON DELETE or ON UPDATE, and refers to nothing",
                     "write references(\"table.column\") before it");
  }
  return foreign_keys.back().options;
}
ColumnDefinition& ColumnDefinition::on_delete(std::string action) {
  last_reference().on_delete = std::move(action);
  return *this;
}
ColumnDefinition& ColumnDefinition::on_update(std::string action) {
  last_reference().on_update = std::move(action);
  return *this;
}
ColumnDefinition& ColumnDefinition::check(std::string expression, ConstraintName name) {
  checks.push_back({std::move(expression), std::move(name)});
  return *this;
}

std::optional<CheckConstraint> type_check(const Column& column) {
  const Type& type = column.type;
  if (!type.create_constraint) return std::nullopt;
  std::vector<std::string> values;
  if (type.kind == TypeKind::Boolean) values = {"0", "1"};
  for (const std::string& value : type.values) values.push_back(quoted_string(value));
  if (values.empty()) return std::nullopt;
  const bool as_type = type.constraint_name.empty() && type.kind == TypeKind::Enum;
  return CheckConstraint{
      .expression = quoted_if_needed(column.name) + " IN (" + text::join(values, ", ") + ")",
      .name = as_type ? type.name : type.constraint_name};
}

Table make_table(ObjectName name, const std::vector<TableItem>& items,
                 const NamingConvention& convention, std::size_t max_name_length) {
  Table table;
  table.name = std::move(name);
  const Namer namer{table.name, convention, max_name_length};
  TableMaker maker(table, namer);
  for (const TableItem& item : items) std::visit(maker, item);
  maker.finish();
  require_valid(table);
  return table;
}

LoweredColumn make_column(const ObjectName& table, const ColumnDefinition& definition,
                          const NamingConvention& convention, std::size_t max_name_length) {
  return lower(definition, {table, convention, max_name_length});
}

}  // namespace cupel::model
