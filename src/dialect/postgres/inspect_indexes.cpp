// SPDX-License-Identifier: MIT
// The part of the inspection that reads constraints and indexes.
#include <algorithm>
#include <array>

#include "cupel/base/text.hpp"
#include "dialect/postgres/inspect_parts.hpp"
#include "dialect/postgres/numbering.hpp"

namespace cupel::dialect::postgres {

namespace {

/// `c` is the table or materialised view that the thing hangs on.
std::string owners_in_scope(const CatalogFilter& filter) {
  return " JOIN pg_namespace n ON n.oid = c.relnamespace AND " + filter.schemas +
         " WHERE c.relkind IN ('r', 'p', 'm') AND " + filter.persistence + filter.tables;
}

/// "NULLS NOT DISTINCT" of pg_index i, which servers before 15 do not know.
std::string nulls_not_distinct(const CatalogFilter& filter) {
  return filter.server_version >= 150000 ? "i.indnullsnotdistinct" : "false";
}

/// True for indexes that come with a constraint of these kinds.
std::string implements_constraint(std::string_view kinds) {
  return "EXISTS (SELECT FROM pg_constraint own WHERE own.conindid = i.indexrelid AND "
         "own.conrelid = i.indrelid AND own.contype IN (" +
         std::string(kinds) + "))";
}

std::string keys_query(const CatalogFilter& filter) {
  return R"(SELECT i.indexrelid::int8 AS index, k.position > i.indnkeyatts AS included,
  a.attname::text AS column,
  CASE WHEN k.attribute = 0 THEN pg_get_indexdef(i.indexrelid, k.position::int, false) END
    AS expression,
  coalesce(i.indoption[k.position::int - 1], 0) & 1 = 1 AS descending,
  coalesce(i.indoption[k.position::int - 1], 0) & 2 = 2 AS nulls_first,
  co.collname::text AS collation, k.attribute <> 0
    OR strpos(pg_get_indexdef(i.indexrelid), pg_get_indexdef(i.indexrelid, k.position::int, false)
      || ' COLLATE ') > 0 AS is_collated,
  CASE WHEN NOT oc.opcdefault OR ia.attoptions IS NOT NULL THEN
    CASE WHEN pg_opclass_is_visible(oc.oid) THEN '' ELSE quote_ident(ocn.nspname) || '.' END
    || quote_ident(oc.opcname) END AS operator_class,
  ia.attoptions::text AS operator_class_options,
  CASE WHEN pg_operator_is_visible(o.oid) THEN o.oprname::text
    ELSE 'OPERATOR(' || quote_ident(opn.nspname) || '.' || o.oprname || ')' END AS with_operator
FROM pg_index i
  CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k(attribute, position)
  JOIN pg_attribute ia ON ia.attrelid = i.indexrelid AND ia.attnum = k.position
  JOIN pg_type it ON it.oid = ia.atttypid
  LEFT JOIN pg_attribute a
    ON a.attrelid = i.indrelid AND a.attnum = k.attribute AND k.attribute <> 0
  LEFT JOIN pg_collation co ON co.oid = ia.attcollation
    AND ia.attcollation <> coalesce(a.attcollation, it.typcollation)
  LEFT JOIN pg_opclass oc ON oc.oid = i.indclass[k.position::int - 1]
  LEFT JOIN pg_namespace ocn ON ocn.oid = oc.opcnamespace
  LEFT JOIN pg_constraint x ON x.conindid = i.indexrelid AND x.contype = 'x'
  LEFT JOIN pg_operator o ON o.oid = x.conexclop[k.position::int]
  LEFT JOIN pg_namespace opn ON opn.oid = o.oprnamespace
  JOIN pg_class c ON c.oid = i.indrelid)" +
         owners_in_scope(filter) + " AND NOT " + implements_constraint("'p', 'u'") +
         " ORDER BY i.indexrelid, k.position";
}

/// `name` or `name(option='value', ...)`.
std::string operator_class(const driver::Row& row) {
  const std::string name = field(row, "operator_class");
  std::vector<std::string> options;
  for (const auto& [option, value] : options_field(row, "operator_class_options"))
    options.push_back(option + "=" + quote_text(value));
  return options.empty() ? name : name + "(" + text::join(options, ", ") + ")";
}

model::NullsOrder nulls_order(bool descending, bool nulls_first) {
  if (descending == nulls_first) return model::NullsOrder::Default;
  return nulls_first ? model::NullsOrder::First : model::NullsOrder::Last;
}

/// The server encloses all but function calls, also what is enclosed already.
std::string key_expression(std::string expression) {
  std::string inner = without_parentheses(expression);
  return without_parentheses(inner) == inner ? expression : inner;
}

void read_keys(const driver::Rows& rows, Reading& reading) {
  for (const driver::Row row : rows) {
    IndexKey key;
    key.included = flag(row, "included");
    key.with_operator = field(row, "with_operator");
    model::IndexElement& element = key.element;
    element.column = field(row, "column");
    element.expression = key_expression(field(row, "expression"));
    if (!key.included) {
      element.descending = flag(row, "descending");
      element.nulls = nulls_order(element.descending, flag(row, "nulls_first"));
      // Only the whole definition tells an expression's own collation from one given to the key.
      if (flag(row, "is_collated")) element.collation = field(row, "collation");
      element.operator_class = operator_class(row);
    }
    reading.index_keys[oid(row, "index")].push_back(std::move(key));
  }
}

std::string indexes_query(const CatalogFilter& filter) {
  return R"(SELECT i.indexrelid::int8 AS index, i.indrelid::int8 AS relation,
  ic.relname::text AS name, i.indisunique AS is_unique, am.amname::text AS method,
  pg_get_expr(i.indpred, i.indrelid) AS predicate, )" +
         nulls_not_distinct(filter) + R"( AS nulls_not_distinct,
  ic.reloptions::text AS options,
  (SELECT s.spcname::text FROM pg_tablespace s WHERE s.oid = ic.reltablespace) AS tablespace,
  obj_description(ic.oid, 'pg_class') AS comment, i.indisvalid AS is_valid
FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid JOIN pg_am am ON am.oid = ic.relam
  JOIN pg_class c ON c.oid = i.indrelid)" +
         owners_in_scope(filter) + " AND NOT ic.relispartition AND NOT " +
         implements_constraint("'p', 'u', 'x'") + " ORDER BY i.indrelid, ic.relname";
}

model::Index index_of(const driver::Row& row, const Reading& reading) {
  model::Index index;
  index.name = field(row, "name");
  index.unique = flag(row, "is_unique");
  if (const std::string method = field(row, "method"); method != "btree")
    index.using_method = method;
  index.where = without_parentheses(field(row, "predicate"));
  index.nulls_not_distinct = flag(row, "nulls_not_distinct");
  index.with = options_field(row, "options");
  index.tablespace = field(row, "tablespace");
  index.comment = field(row, "comment");
  index.valid = flag(row, "is_valid");
  if (const auto keys = reading.index_keys.find(oid(row, "index"));
      keys != reading.index_keys.end()) {
    for (const IndexKey& key : keys->second) {
      if (key.included) {
        index.include.push_back(key.element.column);
      } else {
        index.elements.push_back(key.element);
      }
    }
  }
  return index;
}

void read_indexes(const driver::Rows& rows, Reading& reading) {
  for (const driver::Row row : rows) {
    const Oid relation = oid(row, "relation");
    if (model::Table* table = reading.table(relation)) {
      table->indexes.push_back(index_of(row, reading));
    } else if (const auto view = reading.views.find(relation); view != reading.views.end()) {
      reading.schema.views[view->second].indexes.push_back(index_of(row, reading));
    }
  }
}

/// The names of the columns that an array of attribute numbers speaks of.
std::string column_names(std::string_view numbers, std::string_view relation,
                         std::string_view condition = {},
                         std::string_view name = "a.attname::text") {
  return "(SELECT array_agg(" + std::string(name) + " ORDER BY k.position) FROM unnest(" +
         std::string(numbers) +
         ") WITH ORDINALITY k(attribute, position) JOIN pg_attribute a ON a.attrelid = " +
         std::string(relation) + " AND a.attnum = k.attribute" + std::string(condition) + ")::text";
}

/// Constraints that a partition or child inherits are left out: they come with their parent.
std::string constraints_query(const CatalogFilter& filter) {
  const std::string set_columns =
      filter.server_version >= 150000
          ? column_names("con.confdelsetcols", "con.conrelid", "", "quote_ident(a.attname)")
          : "NULL::text";
  return "SELECT con.conrelid::int8 AS relation, con.conindid::int8 AS index, "
         "con.conname::text AS name, con.contype::text AS kind,\n  " +
         column_names("con.conkey", "con.conrelid") + " AS columns,\n  " +
         column_names("i.indkey::int2[]", "con.conrelid", " WHERE k.position > i.indnkeyatts") +
         " AS included,\n  " + nulls_not_distinct(filter) + R"( AS nulls_not_distinct,
  con.condeferrable AS is_deferrable, con.condeferred AS is_deferred,
  con.convalidated AS is_valid, con.connoinherit AS no_inherit,
  con.confmatchtype::text AS match, con.confupdtype::text AS on_update,
  con.confdeltype::text AS on_delete, )" +
         set_columns + " AS set_columns,\n  " + column_names("con.confkey", "con.confrelid") +
         R"( AS referred_columns, rn.nspname::text AS referred_schema,
  rc.relname::text AS referred_table, pg_get_expr(con.conbin, con.conrelid) AS expression,
  am.amname::text AS method, pg_get_expr(i.indpred, i.indrelid) AS predicate,
  obj_description(con.oid, 'pg_constraint') AS comment
FROM pg_constraint con
  LEFT JOIN pg_index i ON i.indexrelid = con.conindid AND con.contype IN ('p', 'u', 'x')
  LEFT JOIN pg_class ic ON ic.oid = i.indexrelid LEFT JOIN pg_am am ON am.oid = ic.relam
  LEFT JOIN pg_class rc ON rc.oid = con.confrelid
  LEFT JOIN pg_namespace rn ON rn.oid = rc.relnamespace
  JOIN pg_class c ON c.oid = con.conrelid)" +
         owners_in_scope(filter) +
         " AND con.contype IN ('p', 'u', 'f', 'c', 'x') AND con.conislocal AND con.conparentid = 0"
         " ORDER BY con.conrelid, strpos('pufcx', con.contype::text), con.conname";
}

model::Deferral deferral_of(const driver::Row& row) {
  if (!flag(row, "is_deferrable")) return {};
  return {.deferrable = true, .initially = flag(row, "is_deferred") ? "DEFERRED" : ""};
}

std::string action_of(const std::string& code) {
  if (code == "r") return "RESTRICT";
  if (code == "c") return "CASCADE";
  if (code == "n") return "SET NULL";
  if (code == "d") return "SET DEFAULT";
  return {};
}

std::string match_of(const std::string& code) {
  if (code == "f") return "FULL";
  if (code == "p") return "PARTIAL";
  return {};
}

/// SET NULL and SET DEFAULT may be for some columns only.
std::string delete_action(const driver::Row& row) {
  const std::string action = action_of(field(row, "on_delete"));
  const std::vector<std::string> columns = array_field(row, "set_columns");
  return columns.empty() ? action : action + " (" + text::join(columns, ", ") + ")";
}

model::PrimaryKey primary_key(const driver::Row& row) {
  return {.columns = array_field(row, "columns"),
          .name = field(row, "name"),
          .include = array_field(row, "included"),
          .deferral = deferral_of(row),
          .on_conflict = {},
          .comment = field(row, "comment")};
}

model::UniqueConstraint unique_constraint(const driver::Row& row) {
  return {.columns = array_field(row, "columns"),
          .name = field(row, "name"),
          .nulls_not_distinct = flag(row, "nulls_not_distinct"),
          .include = array_field(row, "included"),
          .deferral = deferral_of(row),
          .on_conflict = {},
          .comment = field(row, "comment")};
}

model::ForeignKey foreign_key(const driver::Row& row, const Reading& reading) {
  return {
      .columns = array_field(row, "columns"),
      .referred_table = reading.name(field(row, "referred_schema"), field(row, "referred_table")),
      .referred_columns = array_field(row, "referred_columns"),
      .name = field(row, "name"),
      .on_delete = delete_action(row),
      .on_update = action_of(field(row, "on_update")),
      .match = match_of(field(row, "match")),
      .deferral = deferral_of(row),
      .not_valid = !flag(row, "is_valid"),
      .comment = field(row, "comment")};
}

model::CheckConstraint check_constraint(const driver::Row& row) {
  return {.expression = without_parentheses(field(row, "expression")),
          .name = field(row, "name"),
          .column = {},
          .not_valid = !flag(row, "is_valid"),
          .no_inherit = flag(row, "no_inherit"),
          .on_conflict = {},
          .comment = field(row, "comment")};
}

model::ExcludeConstraint exclude_constraint(const driver::Row& row, const Reading& reading) {
  model::ExcludeConstraint constraint;
  constraint.name = field(row, "name");
  if (const std::string method = field(row, "method"); method != "gist")
    constraint.using_method = method;
  constraint.where = without_parentheses(field(row, "predicate"));
  constraint.deferral = deferral_of(row);
  constraint.comment = field(row, "comment");
  if (const auto keys = reading.index_keys.find(oid(row, "index"));
      keys != reading.index_keys.end()) {
    for (const IndexKey& key : keys->second)
      constraint.elements.push_back({.column = key.element.column,
                                     .expression = key.element.expression,
                                     .with_operator = key.with_operator,
                                     .operator_class = key.element.operator_class});
  }
  return constraint;
}

model::Constraint constraint_of(const driver::Row& row, const Reading& reading) {
  const std::string kind = field(row, "kind");
  if (kind == "u") return unique_constraint(row);
  if (kind == "f") return foreign_key(row, reading);
  if (kind == "c") return check_constraint(row);
  return exclude_constraint(row, reading);
}

void read_constraints(const driver::Rows& rows, Reading& reading) {
  for (const driver::Row row : rows) {
    model::Table* table = reading.table(oid(row, "relation"));
    if (table == nullptr) continue;
    if (field(row, "kind") == "p") {
      table->primary_key = primary_key(row);
    } else {
      table->constraints.push_back(constraint_of(row, reading));
    }
  }
}

/// A partition's column takes its numbers from the sequence of the partitioned table's.
void share_numbering(model::Table& partition, const model::Schema& schema) {
  const model::Table* root = &partition;
  while (root != nullptr && root->partition_of)
    root = schema.find_table(root->partition_of->parent);
  if (root == nullptr || root == &partition) return;
  for (model::Column& column : partition.columns) {
    const model::Column* origin = root->find_column(column.name);
    const bool numbered =
        column.server_default && column.server_default->text.starts_with("nextval(");
    if (!numbered || origin == nullptr || origin->server_default) continue;
    column.server_default.reset();
    column.autoincrement = origin->autoincrement;
  }
}

void read_constraints_and_settle(const driver::Rows& rows, Reading& reading) {
  read_constraints(rows, reading);
  for (model::Table& table : reading.schema.tables) settle_autoincrement(table);
  for (model::Table& table : reading.schema.tables) share_numbering(table, reading.schema);
}

constexpr std::array kIndexParts{Part{keys_query, read_keys},
                                 Part{constraints_query, read_constraints_and_settle},
                                 Part{indexes_query, read_indexes}};

}  // namespace

std::span<const Part> index_parts() { return kIndexParts; }

}  // namespace cupel::dialect::postgres
