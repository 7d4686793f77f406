// SPDX-License-Identifier: MIT
// See inspect.hpp. What is read, and how, is in inspect_tables.cpp, inspect_indexes.cpp and
// inspect_objects.cpp.
#include "dialect/postgres/inspect.hpp"

#include "dialect/postgres/inspect_again.hpp"
#include "dialect/postgres/inspect_parts.hpp"

namespace cupel::dialect::postgres {

namespace {

/// One round trip for each group of parts, so that the rows of one are gone before the next come: a
/// large schema's rows need more room than the schema.
void read(driver::Connection& connection, const CatalogFilter& filter, std::span<const Part> group,
          Reading& reading) {
  std::vector<const Part*> parts;
  std::vector<std::string> queries;
  for (const Part& part : group) {
    if (part.whole_only && !filter.whole) continue;
    parts.push_back(&part);
    queries.push_back(part.query(filter));
  }
  std::vector<driver::Rows> results = connection.run(queries);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const driver::Rows rows = std::move(results[i]);
    parts[i]->read(rows, reading);
  }
}

class PostgresInspector : public inspect::Inspector {
 public:
  explicit PostgresInspector(driver::Connection& connection) : connection_(connection) {}

  model::Schema inspect(const inspect::Scope& scope) override {
    const CatalogFilter filter = make_filter(scope, connection_.server_version());
    if (!filter.whole || connection_.in_transaction())
      return read_catalogue(connection_, filter).schema;
    return repeated_.inspect(connection_, filter);
  }

  std::string default_schema() override {
    const driver::Rows rows = connection_.query("SELECT current_schema()::text AS name");
    return field(rows[0], "name");
  }

  std::vector<std::string> table_names(const std::string& schema) override {
    return relation_names(schema, "c.relkind IN ('r', 'p')");
  }
  std::vector<std::string> view_names(const std::string& schema) override {
    return relation_names(schema, "c.relkind IN ('v', 'm')");
  }
  std::vector<std::string> schema_names() override {
    return names("SELECT n.nspname::text AS name FROM pg_namespace n WHERE " +
                 make_filter({.all_schemas = true}, 0).schemas + " ORDER BY n.nspname");
  }

 private:
  std::vector<std::string> relation_names(const std::string& schema, const std::string& kind) {
    return names(
        "SELECT c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = "
        "c.relnamespace WHERE " +
        make_filter({.schemas = {schema}}, 0).schemas + " AND " + kind +
        " AND c.relpersistence <> 't' AND " + no_member("pg_class", "c.oid") +
        " ORDER BY c.relname");
  }

  std::vector<std::string> names(const std::string& query) {
    std::vector<std::string> result;
    for (const driver::Row row : connection_.query(query)) result.push_back(field(row, "name"));
    return result;
  }

  driver::Connection& connection_;
  RepeatedInspection repeated_;
};

}  // namespace

/// Types before the columns that use them, tables and views before what hangs on them.
Reading read_catalogue(driver::Connection& connection, const CatalogFilter& filter) {
  Reading reading;
  for (const std::span<const Part> group :
       {type_parts(), table_parts(), object_parts(), index_parts()})
    read(connection, filter, group, reading);
  return reading;
}

model::Schema inspect_temporary(driver::Connection& connection) {
  CatalogFilter filter = make_filter({}, connection.server_version());
  filter.schemas = "n.oid = pg_my_temp_schema()";
  filter.persistence = "true";
  return read_catalogue(connection, filter).schema;
}

std::unique_ptr<inspect::Inspector> make_inspector(driver::Connection& connection) {
  return std::make_unique<PostgresInspector>(connection);
}

}  // namespace cupel::dialect::postgres
