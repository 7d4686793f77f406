// SPDX-License-Identifier: MIT
// The part of the inspection that reads tables and their columns.
#include <algorithm>
#include <array>

#include "cupel/base/text.hpp"
#include "dialect/postgres/inspect_parts.hpp"
#include "dialect/postgres/types.hpp"

namespace cupel::dialect::postgres {

namespace {

std::string tables_in_scope(const CatalogFilter& filter) {
  return " JOIN pg_namespace n ON n.oid = c.relnamespace AND " + filter.schemas +
         " WHERE c.relkind IN ('r', 'p') AND " + filter.persistence + filter.tables;
}

std::string tables_query(const CatalogFilter& filter) {
  return R"(SELECT c.oid::int8 AS oid, n.nspname::text AS schema, c.relname::text AS name,
  c.relpersistence = 'u' AS unlogged, c.reloptions::text AS options,
  (SELECT array_agg('toast.' || o) FROM pg_class t, unnest(t.reloptions) o
    WHERE t.oid = c.reltoastrelid)::text AS toast_options,
  (SELECT s.spcname::text FROM pg_tablespace s WHERE s.oid = c.reltablespace) AS tablespace,
  obj_description(c.oid, 'pg_class') AS comment,
  CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_by,
  CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END AS bound
FROM pg_class c)" +
         tables_in_scope(filter) + " AND " + no_member("pg_class", "c.oid") +
         " ORDER BY n.nspname, c.relname";
}

void read_tables(const driver::Rows& rows, Reading& reading) {
  for (const driver::Row row : rows) {
    model::Table table;
    table.name = reading.name(field(row, "schema"), field(row, "name"));
    table.unlogged = flag(row, "unlogged");
    table.with = options_field(row, "options");
    for (auto& option : options_field(row, "toast_options")) table.with.push_back(option);
    table.tablespace = field(row, "tablespace");
    table.comment = field(row, "comment");
    table.partition_by = field(row, "partition_by");
    if (const std::string bound = field(row, "bound"); !bound.empty())
      table.partition_of = model::PartitionOf{{}, bound};
    reading.tables.emplace(oid(row, "oid"), reading.schema.tables.size());
    reading.schema.tables.push_back(std::move(table));
  }
}

std::string parents_query(const CatalogFilter& filter) {
  return R"(SELECT c.oid::int8 AS child, pn.nspname::text AS schema, p.relname::text AS name
FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent
  JOIN pg_namespace pn ON pn.oid = p.relnamespace JOIN pg_class c ON c.oid = i.inhrelid)" +
         tables_in_scope(filter) + " ORDER BY i.inhrelid, i.inhseqno";
}

void read_parents(const driver::Rows& rows, Reading& reading) {
  for (const driver::Row row : rows) {
    model::Table* table = reading.table(oid(row, "child"));
    if (table == nullptr) continue;
    model::ObjectName parent = reading.name(field(row, "schema"), field(row, "name"));
    if (table->partition_of) {
      table->partition_of->parent = std::move(parent);
    } else {
      table->inherits.push_back(std::move(parent));
    }
  }
}

/// A child's inherited columns are left out: they come with its parent. A partition, which can have
/// no others, has them all. The sequence is the column's identity, or makes it SERIAL.
std::string columns_query(const CatalogFilter& filter) {
  return R"(SELECT a.attrelid::int8 AS relation, a.attname::text AS name,
  format_type(a.atttypid, a.atttypmod) AS type, a.attndims AS dimensions,
  t.typtype = 'd' AS is_domain, coalesce(e.oid, t.oid)::int8 AS element_oid,
  e.oid IS NOT NULL AS is_array,
  a.attnotnull AS not_null, a.attidentity::text AS identity, a.attgenerated::text AS generated,
  pg_get_expr(d.adbin, d.adrelid) AS expression, co.collname::text AS collation,
  ds.description AS comment,
  s.seqrelid::int8 AS sequence, format_type(s.seqtypid, NULL) AS sequence_type,
  s.seqstart AS start, s.seqincrement AS increment, s.seqmin AS minimum, s.seqmax AS maximum,
  s.seqcache AS cache, s.seqcycle AS cycle
FROM pg_attribute a
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A' AND t.typlen = -1
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN pg_collation co ON co.oid = a.attcollation AND a.attcollation <> t.typcollation
  LEFT JOIN pg_description ds ON ds.classoid = 'pg_class'::regclass
    AND ds.objoid = a.attrelid AND ds.objsubid = a.attnum
  LEFT JOIN (
    SELECT DISTINCT ON (own.refobjid, own.refobjsubid) own.refobjid, own.refobjsubid, s.*
    FROM pg_sequence s JOIN pg_depend own ON own.classid = 'pg_class'::regclass
        AND own.objid = s.seqrelid AND own.refclassid = 'pg_class'::regclass
        AND own.refobjsubid > 0
      LEFT JOIN pg_attrdef od ON od.adrelid = own.refobjid AND od.adnum = own.refobjsubid
    WHERE own.deptype = 'i' OR own.deptype = 'a' AND EXISTS (
      SELECT FROM pg_depend used WHERE used.classid = 'pg_attrdef'::regclass
        AND used.objid = od.oid AND used.refclassid = 'pg_class'::regclass
        AND used.refobjid = s.seqrelid)
    ORDER BY own.refobjid, own.refobjsubid, own.deptype DESC) s
    ON s.refobjid = a.attrelid AND s.refobjsubid = a.attnum AND (a.attidentity <> '' OR a.atthasdef)
  JOIN pg_class c ON c.oid = a.attrelid)" +
         tables_in_scope(filter) +
         " AND a.attnum > 0 AND NOT a.attisdropped AND (a.attislocal OR c.relispartition) ORDER BY "
         "a.attrelid, a.attnum";
}

model::Type enum_type(const model::EnumType& known) {
  model::Type type = model::Enum(known.values, known.name.name, known.name.schema);
  type.create_type = false;  // it exists, with a life of its own
  return type;
}

model::Type column_type(const driver::Row& row, const Reading& reading) {
  model::Type type = parse_type(field(row, "type"));
  const auto known = reading.enums.find(oid(row, "element_oid"));
  if (known != reading.enums.end()) {
    if (!flag(row, "is_array")) return enum_type(known->second);
    type = model::Array(enum_type(known->second));
  }
  if (type.kind == model::TypeKind::Array)
    type.dimensions = std::max(1, static_cast<int>(as_integer(row["dimensions"])));
  return type;
}

model::Identity identity_of(const driver::Row& row) {
  const model::Sequence options = sequence_options(row);
  return {.always = field(row, "identity") == "a",
          .start = options.start,
          .increment = options.increment,
          .min_value = options.min_value,
          .max_value = options.max_value,
          .cache = options.cache,
          .cycle = options.cycle};
}

/// True if the default is what SERIAL makes: nextval() of a sequence of the column's own, with
/// nothing special about it.
bool is_serial(const driver::Row& row) {
  const std::string expression = field(row, "expression");
  return !is_null(row["sequence"]) && expression.starts_with("nextval('") &&
         expression.ends_with("'::regclass)") && has_default_options(sequence_options(row));
}

void read_generation(const driver::Row& row, model::Column& column, Reading& reading) {
  const std::string expression = field(row, "expression");
  if (!field(row, "identity").empty()) {
    column.identity = identity_of(row);
  } else if (const std::string generated = field(row, "generated"); !generated.empty()) {
    column.computed = model::Computed{without_parentheses(expression), generated == "s"};
  } else if (expression.empty()) {
    return;
  } else if (is_serial(row)) {
    column.autoincrement = model::Autoincrement::Yes;
    reading.serial_sequences.emplace(oid(row, "sequence"), oid(row, "relation"));
  } else if (flag(row, "is_domain") || !expression.starts_with("NULL::")) {
    column.server_default = parse_default(expression, field(row, "type"));
  }
}

/// Table by table. A list that grew by doubling is cut to its length: of ten thousand tables that
/// is much.
void read_columns(const driver::Rows& rows, Reading& reading) {
  model::Table* last = nullptr;
  for (const driver::Row row : rows) {
    model::Table* table = reading.table(oid(row, "relation"));
    if (table == nullptr) continue;
    if (last != nullptr && last != table) last->columns.shrink_to_fit();
    last = table;
    model::Column column;
    column.name = field(row, "name");
    column.type = column_type(row, reading);
    column.type.collation = field(row, "collation");
    column.nullable = !flag(row, "not_null");
    column.comment = field(row, "comment");
    read_generation(row, column, reading);
    table->columns.push_back(std::move(column));
  }
}

constexpr std::array kTableParts{Part{tables_query, read_tables}, Part{parents_query, read_parents},
                                 Part{columns_query, read_columns}};

}  // namespace

std::span<const Part> table_parts() { return kTableParts; }

}  // namespace cupel::dialect::postgres
