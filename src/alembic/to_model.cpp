// SPDX-License-Identifier: MIT
// See to_model.hpp.
#include "alembic/to_model.hpp"

#include <map>
#include <utility>

#include "alembic/convert.hpp"
#include "context/lower.hpp"

namespace cupel::alembic {
namespace {

using context::ObjectName;
using python::Value;

/// The arguments of one call.
class Arguments {
 public:
  Arguments(python::Interpreter& in, const Value& dict) : from_(in), in_(in), dict_(dict) {}

  std::string text(const char* key) { return from_.get<std::string>(dict_, key); }
  bool flag(const char* key) { return from_.get<bool>(dict_, key); }
  template <typename T>
  T get(const char* key) {
    return from_.get<T>(dict_, key);
  }
  Value raw(const char* key) { return from_.find(dict_, key); }
  ObjectName table() { return {text("schema"), text("table")}; }
  model::ConstraintName name() { return name_in(dict_); }
  model::ConstraintName name_in(const Value& dict) {
    model::ConstraintName name(from_.get<std::string>(dict, "name"));
    name.final = from_.get<bool>(dict, "final_name");
    return name;
  }
  /// A number of seconds.
  std::optional<std::chrono::milliseconds> seconds(const char* key) {
    const Value given = raw(key);
    if (!given.is_set()) return std::nullopt;
    return std::chrono::milliseconds(
        static_cast<std::int64_t>(as_double(to_value(in_, given)) * 1000));
  }
  std::vector<std::string> texts(const char* key) { return get<std::vector<std::string>>(key); }
  /// ["set", value] or ["drop"]; Keep if it is not there.
  template <typename T>
  ops::Change<T> change(const char* key) {
    const Value pair = raw(key);
    if (!pair.is_set()) return {};
    const python::Values items = in_.items_of(pair);
    if (items.size() == 1) return nullptr;
    return from_.read<T>(items.at(1), key);
  }
  model::ColumnDefinition column(const Value& item);
  model::TableItem item(const Value& item);
  std::vector<model::TableItem> items(const char* key) {
    std::vector<model::TableItem> all;
    for (const Value& each : in_.items_of(raw(key))) all.push_back(item(each));
    return all;
  }
  std::vector<model::IndexElement> index_elements() {
    return get<std::vector<model::IndexElement>>("columns");
  }
  python::Interpreter& in() { return in_; }
  FromPython& from() { return from_; }

 private:
  FromPython from_;
  python::Interpreter& in_;
  const Value& dict_;
};

model::ColumnDefinition Arguments::column(const Value& item) {
  auto column = from_.get<model::Column>(item, "column");
  model::ColumnDefinition made(column.name, column.type);
  made.column = std::move(column);
  made.is_primary_key = from_.get<bool>(item, "primary_key");
  made.is_unique = from_.get<bool>(item, "unique");
  made.has_index = from_.get<bool>(item, "index");
  if (const Value keys = from_.find(item, "foreign_keys"); keys.is_set()) {
    for (const Value& key : in_.items_of(keys)) {
      model::ReferenceOptions options;
      options.name = name_in(key);
      options.on_delete = from_.get<std::string>(key, "on_delete");
      options.on_update = from_.get<std::string>(key, "on_update");
      options.match = from_.get<std::string>(key, "match");
      options.deferral = from_.get<model::Deferral>(key, "deferral");
      made.foreign_keys.push_back(
          {{from_.get<std::string>(key, "schema"), from_.get<std::string>(key, "table")},
           from_.get<std::string>(key, "column"),
           std::move(options)});
    }
  }
  if (const Value checks = from_.find(item, "checks"); checks.is_set()) {
    for (const Value& check : in_.items_of(checks))
      made.checks.push_back({from_.get<std::string>(check, "expression"), name_in(check)});
  }
  return made;
}

context::CreateIndexOptions index_options(Arguments& in) {
  context::CreateIndexOptions options;
  options.schema = in.text("schema");
  options.unique = in.flag("unique");
  options.if_not_exists = in.flag("if_not_exists");
  options.concurrently = in.flag("concurrently");
  options.using_method = in.text("using_method");
  options.where = in.text("where");
  options.include = in.texts("include");
  options.nulls_not_distinct = in.flag("nulls_not_distinct");
  options.with = in.get<std::vector<std::pair<std::string, std::string>>>("with");
  options.tablespace = in.text("tablespace");
  return options;
}

model::NamedIndex named_index(Arguments& in) {
  const context::CreateIndexOptions options = index_options(in);
  return {context::make_index(in.index_elements(), options), in.name()};
}

model::TableItem Arguments::item(const Value& item) {
  const auto kind = from_.get<std::string>(item, "kind");
  if (kind == "column") return column(item);
  if (kind == "index") {
    Arguments index(in_, item);
    return named_index(index);
  }
  return model::NamedConstraint{from_.read<model::Constraint>(item, "constraint"), name_in(item)};
}

context::CreateTableOptions table_options(Arguments& in) {
  context::CreateTableOptions options;
  options.schema = in.text("schema");
  options.if_not_exists = in.flag("if_not_exists");
  options.comment = in.text("comment");
  options.prefixes = in.texts("prefixes");
  options.autoincrement = in.flag("autoincrement");
  options.without_rowid = in.flag("without_rowid");
  options.strict = in.flag("strict");
  options.partition_by = in.text("partition_by");
  options.tablespace = in.text("tablespace");
  for (const std::string& parent : in.texts("inherits")) options.inherits.emplace_back(parent);
  options.with = in.get<std::vector<std::pair<std::string, std::string>>>("with");
  options.options = in.get<std::map<std::string, std::string>>("options");
  return options;
}

/// Names by another convention until the end of the scope.
class WithNaming {
 public:
  WithNaming(context::Operations& op, Arguments& in) : op_(op), before_(op.naming()) {
    if (const Value naming = in.raw("naming"); naming.is_set())
      op.set_naming(read_naming(in.in(), naming));
  }
  ~WithNaming() { op_.set_naming(std::move(before_)); }
  WithNaming(const WithNaming&) = delete;
  WithNaming& operator=(const WithNaming&) = delete;

 private:
  context::Operations& op_;
  model::NamingConvention before_;
};

void create_table(context::Operations& op, Arguments& in) {
  const WithNaming naming(op, in);
  op.create_table(in.text("name"), in.items("items"), table_options(in));
}

context::AddColumnOptions add_column_options(Arguments& in) {
  context::AddColumnOptions options;
  options.schema = in.text("schema");
  options.if_not_exists = in.flag("if_not_exists");
  options.inline_references = in.flag("inline_references");
  options.inline_primary_key = in.flag("inline_primary_key");
  options.insert_before = in.text("insert_before");
  options.insert_after = in.text("insert_after");
  return options;
}

context::DropColumnOptions drop_column_options(Arguments& in) {
  return {in.text("schema"), in.flag("if_exists"), in.flag("cascade")};
}

context::AlterColumnOptions alter_column_options(Arguments& in) {
  context::AlterColumnOptions options;
  options.nullable = in.get<std::optional<bool>>("nullable");
  options.type = in.get<std::optional<model::Type>>("type");
  options.server_default = in.change<model::Expression>("server_default");
  options.identity = in.change<model::Identity>("identity");
  options.computed = in.change<model::Computed>("computed");
  options.comment = in.change<std::string>("comment");
  options.new_column_name = in.get<std::optional<std::string>>("new_column_name");
  options.autoincrement = in.get<std::optional<bool>>("autoincrement");
  options.using_expression = in.text("using_expression");
  options.existing_type = in.get<std::optional<model::Type>>("existing_type");
  options.existing_nullable = in.get<std::optional<bool>>("existing_nullable");
  options.existing_server_default = in.change<model::Expression>("existing_server_default");
  options.existing_identity = in.change<model::Identity>("existing_identity");
  options.existing_computed = in.change<model::Computed>("existing_computed");
  options.existing_comment = in.change<std::string>("existing_comment");
  options.existing_autoincrement = in.get<std::optional<bool>>("existing_autoincrement");
  options.schema = in.text("schema");
  return options;
}

context::DropConstraintOptions drop_constraint_options(Arguments& in) {
  return {in.text("type"), in.text("schema"), in.flag("if_exists"), in.flag("cascade")};
}

context::DropIndexOptions drop_index_options(Arguments& in) {
  context::DropIndexOptions options;
  options.table_name = in.text("table");
  options.schema = in.text("schema");
  options.if_exists = in.flag("if_exists");
  options.concurrently = in.flag("concurrently");
  return options;
}

void add_constraint(context::Operations& op, Arguments& in) {
  const Value item = in.raw("constraint");
  op.add_constraint(in.table(), in.name_in(item), in.get<model::Constraint>("constraint"));
}

void bulk_insert(context::Operations& op, Arguments& in) {
  std::vector<std::vector<cupel::Value>> rows;
  for (const Value& row : in.in().items_of(in.raw("rows"))) {
    std::vector<cupel::Value>& made = rows.emplace_back();
    for (const Value& value : in.in().items_of(row)) made.push_back(to_value(in.in(), value));
  }
  op.bulk_insert(in.table(), in.texts("columns"), std::move(rows));
}

void backfill(context::Operations& op, Arguments& in) {
  context::BackfillOptions options;
  options.set = in.get<std::vector<std::pair<std::string, std::string>>>("set");
  options.where = in.text("where");
  options.batch = as_integer(to_value(in.in(), in.raw("batch")));
  options.pause = in.seconds("pause").value_or(options.pause);
  options.max_lag = in.seconds("max_lag");
  options.schema = in.text("schema");
  op.backfill(in.text("table"), options);
}

using Call = void (*)(context::Operations&, Arguments&);

const std::map<std::string_view, Call>& calls() {
  using context::Operations;
  static const std::map<std::string_view, Call> kCalls{
      {"create_table", create_table},
      {"drop_table",
       [](Operations& op, Arguments& in) {
         op.drop_table(in.text("name"), {in.text("schema"), in.flag("if_exists"), false});
       }},
      {"rename_table",
       [](Operations& op, Arguments& in) {
         op.rename_table(in.text("name"), in.text("new_name"), in.text("schema"));
       }},
      {"create_table_comment",
       [](Operations& op, Arguments& in) {
         op.create_table_comment(in.text("table"), in.text("comment"), in.text("schema"));
       }},
      {"drop_table_comment",
       [](Operations& op, Arguments& in) {
         op.drop_table_comment(in.text("table"), in.text("schema"));
       }},
      {"add_column",
       [](Operations& op, Arguments& in) {
         op.add_column(in.text("table"), in.column(in.raw("column")), add_column_options(in));
       }},
      {"drop_column",
       [](Operations& op, Arguments& in) {
         op.drop_column(in.text("table"), in.text("column"), drop_column_options(in));
       }},
      {"alter_column",
       [](Operations& op, Arguments& in) {
         op.alter_column(in.text("table"), in.text("column"), alter_column_options(in));
       }},
      {"add_constraint", add_constraint},
      {"drop_constraint",
       [](Operations& op, Arguments& in) {
         op.drop_constraint(in.name(), in.text("table"), drop_constraint_options(in));
       }},
      {"create_index",
       [](Operations& op, Arguments& in) {
         op.create_index(in.name(), in.text("table"), in.index_elements(), index_options(in));
       }},
      {"drop_index", [](Operations& op,
                        Arguments& in) { op.drop_index(in.text("name"), drop_index_options(in)); }},
      {"create_schema",
       [](Operations& op, Arguments& in) {
         op.create_schema(in.text("name"), in.flag("if_not_exists"));
       }},
      {"drop_schema",
       [](Operations& op, Arguments& in) {
         op.drop_schema(in.text("name"), in.flag("if_exists"), in.flag("cascade"));
       }},
      {"create_sequence",
       [](Operations& op, Arguments& in) {
         op.create_sequence(in.get<model::Sequence>("sequence"), in.flag("if_not_exists"));
       }},
      {"drop_sequence",
       [](Operations& op, Arguments& in) {
         op.drop_sequence({in.text("schema"), in.text("name")}, in.flag("if_exists"));
       }},
      {"create_enum",
       [](Operations& op, Arguments& in) {
         op.create_enum({in.text("schema"), in.text("name")}, in.texts("values"),
                        in.flag("if_not_exists"));
       }},
      {"drop_enum",
       [](Operations& op, Arguments& in) {
         op.drop_enum({in.text("schema"), in.text("name")}, in.flag("if_exists"));
       }},
      {"bulk_insert", bulk_insert},
      {"backfill", backfill},
  };
  return kCalls;
}

using Change = void (*)(context::BatchOperations&, Arguments&);

const std::map<std::string_view, Change>& changes_of_batch() {
  using context::BatchOperations;
  static const std::map<std::string_view, Change> kChanges{
      {"add_column",
       [](BatchOperations& batch, Arguments& in) {
         batch.add_column(in.column(in.raw("column")), add_column_options(in));
       }},
      {"drop_column",
       [](BatchOperations& batch, Arguments& in) {
         batch.drop_column(in.text("column"), drop_column_options(in));
       }},
      {"alter_column",
       [](BatchOperations& batch, Arguments& in) {
         batch.alter_column(in.text("column"), alter_column_options(in));
       }},
      {"add_constraint",
       [](BatchOperations& batch, Arguments& in) {
         batch.add_constraint(in.name_in(in.raw("constraint")),
                              in.get<model::Constraint>("constraint"));
       }},
      {"drop_constraint",
       [](BatchOperations& batch, Arguments& in) {
         batch.drop_constraint(in.name(), drop_constraint_options(in));
       }},
      {"create_index",
       [](BatchOperations& batch, Arguments& in) {
         batch.create_index(in.name(), in.index_elements(), index_options(in));
       }},
      {"drop_index",
       [](BatchOperations& batch, Arguments& in) {
         batch.drop_index(in.text("name"), drop_index_options(in));
       }},
      {"create_table_comment",
       [](BatchOperations& batch, Arguments& in) {
         batch.create_table_comment(in.text("comment"));
       }},
      {"drop_table_comment",
       [](BatchOperations& batch, Arguments&) { batch.drop_table_comment(); }},
  };
  return kChanges;
}

ops::Recreate recreate_of(const std::string& word) {
  if (word == "always") return ops::Recreate::Always;
  return word == "never" ? ops::Recreate::Never : ops::Recreate::Auto;
}

context::BatchOptions batch_options(context::Operations& op, Arguments& in) {
  context::BatchOptions options;
  options.schema = in.text("schema");
  options.recreate = recreate_of(in.text("recreate"));
  options.extra_constraints = in.get<std::vector<model::Constraint>>("extra_constraints");
  options.partial_reordering = in.get<std::vector<std::vector<std::string>>>("partial_reordering");
  options.autoincrement = in.get<std::optional<bool>>("autoincrement");
  if (const Value table = in.raw("copy_from"); table.is_set()) {
    Arguments of_table(in.in(), table);
    options.copy_from =
        model::make_table({of_table.text("schema"), of_table.text("name")}, of_table.items("items"),
                          op.naming(), op.dialect().traits().max_identifier_length);
  }
  return options;
}

}  // namespace

model::NamingConvention read_naming(python::Interpreter& in, const Value& dict) {
  FromPython from(in);
  model::NamingConvention naming;
  naming.ix = from.get<std::string>(dict, "ix", naming.ix);
  naming.uq = from.get<std::string>(dict, "uq");
  naming.ck = from.get<std::string>(dict, "ck");
  naming.fk = from.get<std::string>(dict, "fk");
  naming.pk = from.get<std::string>(dict, "pk");
  return naming;
}

void invoke_call(python::Interpreter& in, context::Operations& op, std::string_view call,
                 const Value& arguments) {
  const auto found = calls().find(call);
  if (found == calls().end())
    in.raise("TypeError", "_cupel.invoke: no call '" + std::string(call) + "'");
  Arguments of_call(in, arguments);
  found->second(op, of_call);
}

void invoke_batch(python::Interpreter& in, context::Operations& op, const Value& options,
                  const Value& changes) {
  Arguments of_batch(in, options);
  const WithNaming naming(op, of_batch);
  const auto collect = [&](context::BatchOperations& batch) {
    for (const Value& change : in.items_of(changes)) {
      const python::Values pair = in.items_of(change);
      const auto found = changes_of_batch().find(in.view(pair.at(0)));
      if (found == changes_of_batch().end())
        in.raise("TypeError", "no call '" + in.str_of(pair[0]) + "' inside of a batch");
      Arguments of_change(in, pair.at(1));
      found->second(batch, of_change);
    }
  };
  op.batch(of_batch.text("table"), collect, batch_options(op, of_batch));
}

std::string type_text(python::Interpreter& in, const dialect::Dialect& dialect, const Value& type) {
  return dialect.writer().type_text(FromPython(in).read<model::Type>(type, "type"));
}

}  // namespace cupel::alembic
