// SPDX-License-Identifier: MIT
// CREATE TABLE and CREATE INDEX, and what they share with ALTER TABLE: columns. See reader.hpp.
#include <algorithm>
#include <charconv>
#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/model/naming.hpp"
#include "cupel/ops/services.hpp"
#include "dialect/postgres/lex.hpp"
#include "dialect/postgres/lint/reader.hpp"

namespace cupel::dialect::postgres {

using model::ObjectName;
using model::Table;

namespace {

constexpr std::size_t kLongestName = 63;

void set_deferral(model::Constraint& constraint, const std::string& word) {
  const auto set = [&](model::Deferral& deferral) {
    if (word == "CONSTR_ATTR_DEFERRABLE") deferral.deferrable = true;
    if (word == "CONSTR_ATTR_NOT_DEFERRABLE") deferral.deferrable = false;
    if (word == "CONSTR_ATTR_DEFERRED") deferral.initially = "DEFERRED";
    if (word == "CONSTR_ATTR_IMMEDIATE") deferral.initially = "IMMEDIATE";
  };
  if (auto* key = std::get_if<model::PrimaryKey>(&constraint)) set(key->deferral);
  if (auto* unique = std::get_if<model::UniqueConstraint>(&constraint)) set(unique->deferral);
  if (auto* key = std::get_if<model::ForeignKey>(&constraint)) set(key->deferral);
}

/// SERIAL is an integer that numbers itself.
bool settle_serial(model::Column& column) {
  const std::string name = text::to_lower(column.type.name);
  const bool is_plain = column.type.kind == model::TypeKind::Named && column.type.schema.empty();
  if (!is_plain) return false;
  if (name == "serial" || name == "serial4") {
    column.type = model::Integer();
  } else if (name == "bigserial" || name == "serial8") {
    column.type = model::BigInteger();
  } else if (name == "smallserial" || name == "serial2") {
    column.type = model::SmallInteger();
  } else {
    return false;
  }
  column.autoincrement = model::Autoincrement::Yes;
  column.nullable = false;
  return true;
}

}  // namespace

/// The catalogue knows what an enum's values are.
model::Type StatementReader::own_type(model::Type type) const {
  if (!type.element.empty()) type.element.front() = own_type(type.element.front());
  if (type.kind != model::TypeKind::Named) return type;
  std::string name = type.name;
  if (name.size() > 1 && name.front() == '"')
    name = text::replace_all(name.substr(1, name.size() - 2), "\"\"", "\"");
  const model::EnumType* found = before_.find_enum(object_name(type.schema, name));
  if (found == nullptr) return type;
  return model::Enum(found->values, found->name.name, found->name.schema).created_elsewhere();
}

std::vector<std::pair<std::string, std::string>> StatementReader::parameters(
    const Node& node, const char* key) const {
  std::vector<std::pair<std::string, std::string>> result;
  for (const Node& it : node.list(key)) {
    const Node element = it["DefElem"];
    const std::size_t place = source_.at(element.location());
    std::size_t behind = place + 1;
    while (source_.is(behind, ".")) behind += 2;
    std::string value;
    if (source_.is(behind, "=")) {
      std::size_t end = behind + 1;
      while (end < source_.size() && !source_.is(end, ",") && !source_.is(end, ")")) ++end;
      value = source_.text({behind + 1, end});
    }
    result.emplace_back(source_.text({place, behind}), std::move(value));
  }
  return result;
}

model::Sequence StatementReader::read_sequence_options(Range range) const {
  model::Sequence options;
  const auto number = [&](std::size_t i) -> std::optional<std::int64_t> {
    if (source_.is_any_word(i, {"with", "by"})) ++i;
    const bool negative = source_.is(i, "-");
    if (negative || source_.is(i, "+")) ++i;
    const std::string_view digits = source_.token(i);
    std::int64_t value = 0;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (result.ec != std::errc()) return std::nullopt;
    return negative ? -value : value;
  };
  for (std::size_t i = range.first; i < range.last; ++i) {
    const bool negated = i > range.first && source_.is_word(i - 1, "no");
    if (source_.is_word(i, "start")) options.start = number(i + 1);
    if (source_.is_word(i, "increment")) options.increment = number(i + 1);
    if (source_.is_word(i, "minvalue") && !negated) options.min_value = number(i + 1);
    if (source_.is_word(i, "maxvalue") && !negated) options.max_value = number(i + 1);
    if (source_.is_word(i, "cache")) options.cache = number(i + 1);
    if (source_.is_word(i, "cycle")) options.cycle = !negated;
    if (source_.is_word(i, "as")) {
      options.type = source_.text({i + 1, source_.type_end(i + 1)});
    }
  }
  return options;
}

std::optional<model::Identity> StatementReader::read_identity(long location) const {
  std::size_t i = source_.at(location);
  while (i < source_.size() && !source_.is_word(i, "generated")) ++i;
  model::Identity identity;
  identity.always = source_.is_word(i + 1, "always");
  while (i < source_.size() && !source_.is_word(i, "identity")) ++i;
  if (source_.is(i + 1, "(")) {
    const model::Sequence options = read_sequence_options({i + 2, source_.closing(i + 1)});
    identity.start = options.start;
    identity.increment = options.increment;
    identity.min_value = options.min_value;
    identity.max_value = options.max_value;
    identity.cache = options.cache;
    identity.cycle = options.cycle;
  }
  return identity;
}

ReadColumn StatementReader::read_column(const Node& definition) const {
  ReadColumn read;
  model::Column& column = read.column;
  column.name = definition.text("colname");
  column.type = own_type(source_.type(source_.at(definition["typeName"].location())));
  // What is not called SERIAL does not number itself.
  if (!settle_serial(column) && model::is_integer(column.type))
    column.autoincrement = model::Autoincrement::No;
  for (const Node& name : definition["collClause"].list("collname")) {
    column.type.collation = name.string();
  }
  for (const Node& it : definition.list("constraints")) {
    const Node node = it["Constraint"];
    const std::string kind = node.text("contype");
    const std::size_t start = source_.at(node.location());
    if (kind == "CONSTR_NOTNULL") {
      column.nullable = false;
    } else if (kind == "CONSTR_NULL") {
      column.nullable = true;
    } else if (kind == "CONSTR_DEFAULT") {
      const std::size_t word = source_.find_word({start, source_.size()}, "default");
      column.server_default = model::text(source_.text({word + 1, source_.default_end(word + 1)}));
    } else if (kind == "CONSTR_IDENTITY") {
      column.identity = read_identity(node.location());
      column.nullable = false;
    } else if (kind == "CONSTR_GENERATED") {
      const Range inside = source_.parenthesised({start, source_.size()});
      column.computed = model::Computed{source_.text(inside), true};
    } else if (kind.rfind("CONSTR_ATTR_", 0) == 0) {
      if (!read.constraints.empty()) set_deferral(read.constraints.back(), kind);
    } else if (auto constraint = read_constraint(node, column.name)) {
      if (std::holds_alternative<model::PrimaryKey>(*constraint)) {
        read.is_primary_key = true;
        column.nullable = false;
      }
      read.constraints.push_back(std::move(*constraint));
    }
  }
  return read;
}

/// LIKE copies columns, and their defaults if it says so.
void StatementReader::add_like(const Node& clause, Table& table) {
  const ObjectName name = relation_name(clause["relation"]);
  const Table* like = before_.find_table(name);
  if (like == nullptr) return not_understood("table '" + to_string(name) + "' is not known");
  for (model::Column column : like->columns) {
    if (clause.number("options") == 0) {
      column.server_default.reset();
      column.identity.reset();
      column.computed.reset();
    }
    table.columns.push_back(std::move(column));
  }
}

void StatementReader::settle_table(const Node& node, Table& table) {
  const Node relation = node["relation"];
  table.temporary = relation.text("relpersistence") == "t";
  table.unlogged = relation.text("relpersistence") == "u";
  table.tablespace = node.text("tablespacename");
  table.with = parameters(node, "options");
  if (const std::string method = node.text("accessMethod"); !method.empty()) {
    table.options["postgresql_using"] = method;
  }
  if (const Node spec = node["partspec"]) {
    const std::size_t by = source_.find_word({source_.at(spec.location()), text_.last}, "by");
    const std::size_t open = source_.find({by, text_.last}, "(");
    table.partition_by = source_.text({by + 1, std::min(source_.closing(open) + 1, text_.last)});
  }
  const std::vector<Node> parents = node.list("inhRelations");
  if (const Node bound = node["partbound"]; bound && !parents.empty()) {
    std::size_t start = source_.find_word(text_, bound.is("is_default") ? "default" : "for");
    std::size_t end = start + 1;
    if (!bound.is("is_default")) {
      while (end < text_.last && !source_.is_any_word(end, {"partition", "with", "tablespace"}))
        end = source_.is(end, "(") ? source_.closing(end) + 1 : end + 1;
      // FOR VALUES WITH (MODULUS ...) is a bound by itself.
      if (source_.is_word(start + 2, "with")) end = source_.closing(start + 3) + 1;
    }
    table.partition_of = model::PartitionOf{relation_name(parents[0]), source_.text({start, end})};
    return;
  }
  for (const Node& it : parents) table.inherits.push_back(relation_name(it));
}

void StatementReader::create_table(const Node& node) {
  ops::CreateTable create;
  create.table.name = relation_name(node["relation"]);
  create.if_not_exists = node.is("if_not_exists") || conditional_;
  Table& table = create.table;
  settle_table(node, table);
  const auto take = [&](model::Constraint constraint) {
    if (auto* key = std::get_if<model::PrimaryKey>(&constraint)) {
      table.primary_key = std::move(*key);
    } else {
      table.constraints.push_back(std::move(constraint));
    }
  };
  for (const Node& element : node.list("tableElts")) {
    if (const Node definition = element["ColumnDef"]) {
      ReadColumn read = read_column(definition);
      table.columns.push_back(std::move(read.column));
      for (model::Constraint& it : read.constraints) take(std::move(it));
    } else if (const Node clause = element["TableLikeClause"]) {
      add_like(clause, table);
    } else if (auto constraint = read_constraint(element["Constraint"], "")) {
      take(std::move(*constraint));
    }
  }
  if (table.partition_of && !table.columns.empty()) table.columns.clear();
  add_operation(std::move(create));
}

void StatementReader::create_table_as(const Node& node) {
  if (node.text("objtype") == "OBJECT_MATVIEW") return create_materialized_view(node);
  ops::CreateTable create;
  create.table.name = relation_name(node["into"]["rel"]);
  create.table.temporary = node["into"]["rel"].text("relpersistence") == "t";
  create.if_not_exists = node.is("if_not_exists") || conditional_;
  bool all_known = true;
  const Node query = node["query"]["SelectStmt"];
  const std::vector<Node> from = query.list("fromClause");
  const model::Table* source =
      from.size() == 1 ? before_.find_table(relation_name(from[0]["RangeVar"])) : nullptr;
  for (const Node& target : query.list("targetList")) {
    std::string name = target["ResTarget"].text("name");
    const std::vector<Node> fields = target["ResTarget"]["val"]["ColumnRef"].list("fields");
    const std::string field = fields.empty() ? std::string() : fields.back().string();
    if (name.empty()) name = field;
    all_known = all_known && !name.empty() && create.table.find_column(name) == nullptr;
    if (!all_known) continue;
    const model::Column* copied = source == nullptr ? nullptr : source->find_column(field);
    create.table.columns.push_back({.name = std::move(name)});
    if (copied != nullptr) create.table.columns.back().type = copied->type;
  }
  const std::string name = to_string(create.table.name);
  if (create.table.columns.empty()) all_known = false;
  lint::ChangeRows rows{.table = create.table.name, .has_columns = true, .from_query = true};
  add_operation(std::move(create));
  if (!node["into"].is("skipData")) add(std::move(rows));
  if (!all_known) not_understood("the columns of table '" + name + "' come from a query");
}

model::Index StatementReader::read_index(const Node& node) const {
  model::Index index;
  index.name = node.text("idxname");
  index.unique = node.is("unique");
  index.nulls_not_distinct = node.is("nulls_not_distinct");
  index.using_method = node.text("accessMethod") == "btree" ? "" : node.text("accessMethod");
  index.tablespace = node.text("tableSpace");
  index.with = parameters(node, "options");
  for (const Node& it : node.list("indexIncludingParams")) {
    index.include.push_back(it["IndexElem"].text("name"));
  }
  const std::vector<Node> nodes = node.list("indexParams");
  const std::size_t table = source_.at(node["relation"].location());
  const std::vector<Range> texts = source_.split(source_.parenthesised({table, text_.last}));
  for (std::size_t i = 0; i < nodes.size() && i < texts.size(); ++i) {
    const Node element = nodes[i]["IndexElem"];
    model::IndexElement read(element.text("name"));
    if (read.column.empty()) {
      const std::size_t open = source_.find(texts[i], "(");
      read.expression = source_.text({texts[i].first, source_.closing(open) + 1});
    }
    read.descending = element.text("ordering") == "SORTBY_DESC";
    if (element.text("nulls_ordering") == "SORTBY_NULLS_FIRST")
      read.nulls = model::NullsOrder::First;
    if (element.text("nulls_ordering") == "SORTBY_NULLS_LAST") read.nulls = model::NullsOrder::Last;
    read.collation = listed_name(element.list("collation")).name;
    read.operator_class = listed_name(element.list("opclass")).name;
    index.elements.push_back(std::move(read));
  }
  if (node["whereClause"]) {
    index.where = source_.text({source_.find_word(text_, "where") + 1, text_.last});
  }
  if (index.name.empty()) {
    std::string name = relation_name(node["relation"]).name;
    for (const model::IndexElement& it : index.elements)
      name += "_" + (it.column.empty() ? std::string("expr") : it.column);
    index.name = model::shortened_name(name + "_idx", kLongestName);
  }
  return index;
}

void StatementReader::create_index(const Node& node) {
  ops::CreateIndex create;
  create.table = relation_name(node["relation"]);
  create.index = read_index(node);
  create.if_not_exists = node.is("if_not_exists") || conditional_;
  create.concurrently = node.is("concurrent");
  add_operation(std::move(create));
}

}  // namespace cupel::dialect::postgres
