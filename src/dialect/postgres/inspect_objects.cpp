// SPDX-License-Identifier: MIT
// The part of the inspection that reads what is no table: types, sequences, views, functions,
// triggers, extensions, schemas.
#include <array>

#include "cupel/base/text.hpp"
#include "dialect/postgres/inspect_parts.hpp"

namespace cupel::dialect::postgres {

namespace {

std::string default_schema_query(const CatalogFilter&) {
  return "SELECT current_schema()::text AS name";
}

void read_default_schema(const driver::Rows& rows, Reading& reading) {
  reading.default_schema = field(rows[0], "name");
}

/// All of the database: a column may use an enum of any schema.
std::string enums_query(const CatalogFilter& filter) {
  const std::string listed = filter.whole ? "(" + filter.schemas + ") AND " : "false AND ";
  return R"(SELECT t.oid::int8 AS oid, n.nspname::text AS schema, t.typname::text AS name,
  (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_enum e
    WHERE e.enumtypid = t.oid)::text AS labels,
  obj_description(t.oid, 'pg_type') AS comment,
  )" + listed +
         no_member("pg_type", "t.oid") + R"( AS is_listed
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'e' ORDER BY n.nspname, t.typname)";
}

void read_enums(const driver::Rows& rows, Reading& reading) {
  for (const driver::Row row : rows) {
    model::EnumType type;
    type.name = reading.name(field(row, "schema"), field(row, "name"));
    type.values = array_field(row, "labels");
    type.comment = field(row, "comment");
    if (flag(row, "is_listed")) reading.schema.enums.push_back(type);
    reading.enums.emplace(oid(row, "oid"), std::move(type));
  }
}

std::string domains_query(const CatalogFilter& filter) {
  return R"(SELECT n.nspname::text AS schema, t.typname::text AS name,
  'AS ' || format_type(t.typbasetype, t.typtypmod)
  || coalesce(' COLLATE ' || quote_ident(co.collname), '')
  || coalesce(' DEFAULT ' || t.typdefault, '')
  || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
  || coalesce((SELECT string_agg(' CONSTRAINT ' || quote_ident(k.conname) || ' '
      || pg_get_constraintdef(k.oid), '' ORDER BY k.conname)
    FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'), '') AS definition
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  JOIN pg_type b ON b.oid = t.typbasetype
  LEFT JOIN pg_collation co ON co.oid = t.typcollation AND t.typcollation <> b.typcollation
WHERE t.typtype = 'd' AND )" +
         filter.schemas + " AND " + no_member("pg_type", "t.oid") +
         " ORDER BY n.nspname, t.typname";
}

void read_domains(const driver::Rows& rows, Reading& reading) {
  for (const driver::Row row : rows)
    reading.schema.domains.push_back(
        {reading.name(field(row, "schema"), field(row, "name")), field(row, "definition")});
}

/// Not those of identity columns; those of SERIAL columns are sorted out while reading.
std::string sequences_query(const CatalogFilter& filter) {
  return R"(SELECT c.oid::int8 AS oid, n.nspname::text AS schema, c.relname::text AS name,
  format_type(s.seqtypid, NULL) AS sequence_type, s.seqstart AS start,
  s.seqincrement AS increment, s.seqmin AS minimum, s.seqmax AS maximum, s.seqcache AS cache,
  s.seqcycle AS cycle, obj_description(c.oid, 'pg_class') AS comment,
  owner.relname::text AS owner_table, owner.attname::text AS owner_column
FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN LATERAL (SELECT o.relname, a.attname
    FROM pg_depend d JOIN pg_class o ON o.oid = d.refobjid
      JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'a'
      AND d.refclassid = 'pg_class'::regclass LIMIT 1) owner ON true
WHERE )" +
         filter.persistence + " AND " + filter.schemas + " AND " + no_member("pg_class", "c.oid") +
         R"(
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
    AND d.objid = c.oid AND d.deptype = 'i')
ORDER BY n.nspname, c.relname)";
}

void read_sequences(const driver::Rows& rows, Reading& reading) {
  for (const driver::Row row : rows) {
    if (reading.serial_sequences.count(oid(row, "oid")) != 0) continue;
    model::Sequence sequence = sequence_options(row);
    sequence.name = reading.name(field(row, "schema"), field(row, "name"));
    // The owner's table is always in the sequence's schema.
    if (const std::string owner = field(row, "owner_table"); !owner.empty())
      sequence.owned_by = model::to_string(model::ColumnName{owner, field(row, "owner_column")});
    sequence.comment = field(row, "comment");
    reading.schema.sequences.push_back(std::move(sequence));
  }
}

std::string views_query(const CatalogFilter& filter) {
  return R"(SELECT c.oid::int8 AS oid, n.nspname::text AS schema, c.relname::text AS name,
  c.relkind = 'm' AS materialized, pg_get_viewdef(c.oid) AS definition,
  c.reloptions::text AS options, obj_description(c.oid, 'pg_class') AS comment
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND )" +
         filter.persistence + " AND " + filter.schemas + " AND " + no_member("pg_class", "c.oid") +
         " ORDER BY n.nspname, c.relname";
}

/// The SELECT without the server's indentation before it and the semicolon behind it.
std::string select_of(std::string_view definition) {
  definition = text::trim(definition);
  if (definition.ends_with(';')) definition.remove_suffix(1);
  return std::string(definition);
}

void read_views(const driver::Rows& rows, Reading& reading) {
  for (const driver::Row row : rows) {
    model::View view;
    view.name = reading.name(field(row, "schema"), field(row, "name"));
    view.definition = select_of(field(row, "definition"));
    view.materialized = flag(row, "materialized");
    view.with = options_field(row, "options");
    view.comment = field(row, "comment");
    reading.views.emplace(oid(row, "oid"), reading.schema.views.size());
    reading.schema.views.push_back(std::move(view));
  }
}

/// Aggregates have no definition to show; the constructors of a range type come with it.
std::string functions_query(const CatalogFilter& filter) {
  return R"(SELECT n.nspname::text AS schema, p.proname::text AS name,
  oidvectortypes(p.proargtypes) AS arguments, pg_get_functiondef(p.oid) AS definition,
  quote_ident(n.nspname) AS quoted_schema, p.prokind = 'p' AS procedure
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind <> 'a' AND )" +
         filter.schemas + " AND " + no_member("pg_proc", "p.oid") + R"( AND NOT EXISTS (
  SELECT FROM pg_depend i WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid
  AND i.deptype = 'i') ORDER BY n.nspname, p.proname, arguments)";
}

/// The server always names the schema; in the default one that would tie the text to its name.
std::string without_schema(std::string definition, const std::string& quoted_schema) {
  for (const std::string_view head :
       {"CREATE OR REPLACE FUNCTION ", "CREATE OR REPLACE PROCEDURE "}) {
    if (definition.starts_with(std::string(head) + quoted_schema + "."))
      return definition.erase(head.size(), quoted_schema.size() + 1);
  }
  return definition;
}

void read_functions(const driver::Rows& rows, Reading& reading) {
  for (const driver::Row row : rows) {
    model::Function function;
    function.name = reading.name(field(row, "schema"), field(row, "name"));
    function.arguments = field(row, "arguments");
    function.definition = text::trim(field(row, "definition"));
    if (function.name.schema.empty())
      function.definition = without_schema(function.definition, field(row, "quoted_schema"));
    function.procedure = flag(row, "procedure");
    reading.schema.functions.push_back(std::move(function));
  }
}

std::string triggers_query(const CatalogFilter& filter) {
  const std::string no_clone = filter.server_version >= 130000 ? " AND t.tgparentid = 0" : "";
  return R"(SELECT t.tgname::text AS name, n.nspname::text AS schema, c.relname::text AS table,
  pg_get_triggerdef(t.oid, true) AS definition
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT t.tgisinternal AND )" +
         filter.persistence + " AND " + filter.schemas + filter.tables + no_clone + " AND " +
         no_member("pg_class", "c.oid") + " AND " + no_member("pg_trigger", "t.oid") +
         " ORDER BY n.nspname, c.relname, t.tgname";
}

void read_triggers(const driver::Rows& rows, Reading& reading) {
  for (const driver::Row row : rows)
    reading.schema.triggers.push_back({field(row, "name"),
                                       reading.name(field(row, "schema"), field(row, "table")),
                                       field(row, "definition")});
}

/// Extensions belong to the database, whichever schema their objects are in. plpgsql is there from
/// the start.
std::string extensions_query(const CatalogFilter&) {
  return R"(SELECT e.extname::text AS name, n.nspname::text AS schema, e.extversion AS version
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname <> 'plpgsql' ORDER BY e.extname)";
}

void read_extensions(const driver::Rows& rows, Reading& reading) {
  for (const driver::Row row : rows)
    reading.schema.extensions.push_back({field(row, "name"),
                                         reading.schema_or_default(field(row, "schema")),
                                         field(row, "version")});
}

std::string schemas_query(const CatalogFilter& filter) {
  return "SELECT n.nspname::text AS name FROM pg_namespace n WHERE " + filter.schemas + " AND " +
         no_member("pg_namespace", "n.oid") + " ORDER BY n.nspname";
}

void read_schemas(const driver::Rows& rows, Reading& reading) {
  for (const driver::Row row : rows)
    if (const std::string name = field(row, "name"); name != reading.default_schema)
      reading.schema.schemas.push_back(name);
}

constexpr Part kSequencePart{sequences_query, read_sequences, true};
constexpr std::array kTypeParts{Part{default_schema_query, read_default_schema},
                                Part{enums_query, read_enums}};
constexpr std::array kObjectParts{
    Part{domains_query, read_domains, true}, kSequencePart,
    Part{views_query, read_views, true},     Part{functions_query, read_functions, true},
    Part{triggers_query, read_triggers},     Part{extensions_query, read_extensions, true},
    Part{schemas_query, read_schemas, true}};

}  // namespace

std::span<const Part> type_parts() { return kTypeParts; }
std::span<const Part> object_parts() { return kObjectParts; }
const Part& sequence_part() { return kSequencePart; }

}  // namespace cupel::dialect::postgres
