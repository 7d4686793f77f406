// SPDX-License-Identifier: MIT
// Constraints and indexes.
#include <fmt/format.h>

#include "cupel/sql/quote.hpp"
#include "dialect/postgres/writer.hpp"

namespace cupel::dialect::postgres {
namespace {

constexpr int kFirstWithNullsNotDistinct = 150000;

void require_nulls_not_distinct(const std::string& what, const sql::WriteContext& context) {
  if (context.server_version == 0 || context.server_version >= kFirstWithNullsNotDistinct) return;
  throw NotSupported(what + ": NULLS NOT DISTINCT needs PostgreSQL 15");
}

}  // namespace

std::string Writer::exclude_text(const model::ExcludeConstraint& exclude) const {
  std::string elements;
  for (const model::ExcludeElement& element : exclude.elements) {
    if (!elements.empty()) elements += ", ";
    elements +=
        element.expression.empty() ? quote(std::string_view(element.column)) : element.expression;
    if (!element.operator_class.empty()) elements += " " + element.operator_class;
    elements += " WITH " + element.with_operator;
  }
  std::string sql = "EXCLUDE USING " +
                    (exclude.using_method.empty() ? std::string("gist") : exclude.using_method) +
                    " (" + elements + ")";
  if (!exclude.where.empty()) sql += " WHERE (" + exclude.where + ")";
  return sql + deferral_text(exclude.deferral);
}

std::string Writer::constraint_text(const model::Constraint& constraint) const {
  struct Text {
    const Writer& writer;
    std::string key(const char* words, const std::vector<std::string>& columns,
                    const std::vector<std::string>& include,
                    const model::Deferral& deferral) const {
      std::string sql = std::string(words) + " (" + writer.column_list(columns) + ")";
      if (!include.empty()) sql += " INCLUDE (" + writer.column_list(include) + ")";
      return sql + deferral_text(deferral);
    }
    std::string operator()(const model::PrimaryKey& primary) const {
      return key("PRIMARY KEY", primary.columns, primary.include, primary.deferral);
    }
    std::string operator()(const model::UniqueConstraint& unique) const {
      return key(unique.nulls_not_distinct ? "UNIQUE NULLS NOT DISTINCT" : "UNIQUE", unique.columns,
                 unique.include, unique.deferral);
    }
    std::string operator()(const model::ForeignKey& foreign) const {
      return "FOREIGN KEY(" + writer.column_list(foreign.columns) + ") " +
             writer.references_text(foreign) + (foreign.not_valid ? " NOT VALID" : "");
    }
    std::string operator()(const model::CheckConstraint& check) const {
      return "CHECK (" + check.expression + ")" + (check.no_inherit ? " NO INHERIT" : "") +
             (check.not_valid ? " NOT VALID" : "");
    }
    std::string operator()(const model::ExcludeConstraint& exclude) const {
      return writer.exclude_text(exclude);
    }
  };
  return constraint_prefix(model::name_of(constraint)) + std::visit(Text{*this}, constraint);
}

void Writer::append_constraint_comment(const ObjectName& table, const model::Constraint& constraint,
                                       Statements& result) const {
  const std::string& comment = model::comment_of(constraint);
  if (comment.empty()) return;
  const std::string& name = model::name_of(constraint);
  if (name.empty()) {
    throw UsageError(
        "a constraint of table '" + model::to_string(table) + "' has a comment but no name",
        "name it");
  }
  result.push_back({"COMMENT ON CONSTRAINT " + quote(std::string_view(name)) + " ON " +
                    DdlWriter::quote(table) + " IS " + comment_text(comment)});
}

std::string Writer::constraint_missing(const ObjectName& table, const std::string& name) const {
  return fmt::format(
      "NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = "
      "pg_catalog.to_regclass({}) AND conname = {})",
      sql::quote_string(DdlWriter::quote(table)), sql::quote_string(name));
}

Writer::Statements Writer::statements(const ops::AddConstraint& add, const Context& context) const {
  const auto* unique = std::get_if<model::UniqueConstraint>(&add.constraint);
  if (unique != nullptr && unique->nulls_not_distinct) {
    require_nulls_not_distinct("constraint '" + unique->name + "'", context);
  }
  Statements result = DdlWriter::statements(add, context);
  if (add.if_not_exists) {
    const std::string& name = model::name_of(add.constraint);
    if (name.empty()) {
      throw UsageError("if_not_exists needs the name of the constraint on table '" +
                           model::to_string(add.table) + "'",
                       "name it, or configure a naming convention");
    }
    result[0].sql = guarded(constraint_missing(add.table, name), result[0].sql);
  }
  append_constraint_comment(add.table, add.constraint, result);
  return result;
}

Writer::Statements Writer::statements(const ops::RenameConstraint& rename, const Context&) const {
  return {{alter_table(rename.table) + "RENAME CONSTRAINT " + quote(std::string_view(rename.name)) +
           " TO " + quote(std::string_view(rename.new_name))}};
}

Writer::Statements Writer::statements(const ops::ValidateConstraint& validate,
                                      const Context&) const {
  return {{alter_table(validate.table) + "VALIDATE CONSTRAINT " +
           quote(std::string_view(validate.name))}};
}

// Indexes

Writer::Statements Writer::statements(const ops::CreateIndex& create,
                                      const Context& context) const {
  const model::Index& index = create.index;
  if (index.nulls_not_distinct) {
    require_nulls_not_distinct("index '" + index.name + "'", context);
  }
  if (index.name.empty()) {
    throw UsageError("an index on table '" + model::to_string(create.table) + "' needs a name");
  }
  std::string sql = index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
  if (create.concurrently) sql += "CONCURRENTLY ";
  if (create.if_not_exists) sql += "IF NOT EXISTS ";
  sql += quote(std::string_view(index.name)) + " ON " + DdlWriter::quote(create.table);
  if (!index.using_method.empty()) sql += " USING " + index.using_method;
  sql += " (" + index_elements_text(index) + ")";
  if (!index.include.empty()) sql += " INCLUDE (" + column_list(index.include) + ")";
  if (index.nulls_not_distinct) sql += " NULLS NOT DISTINCT";
  sql += storage_text(index.with);
  if (!index.tablespace.empty()) sql += " TABLESPACE " + quote(std::string_view(index.tablespace));
  if (!index.where.empty()) sql += " WHERE " + index.where;
  Statements result{{std::move(sql), create.concurrently}};
  if (!index.comment.empty()) {
    result.push_back({"COMMENT ON INDEX " +
                      DdlWriter::quote(ObjectName(create.table.schema, index.name)) + " IS " +
                      comment_text(index.comment)});
  }
  return result;
}

Writer::Statements Writer::statements(const ops::DropIndex& drop, const Context&) const {
  std::string sql = "DROP INDEX ";
  if (drop.concurrently) sql += "CONCURRENTLY ";
  if (drop.if_exists) sql += "IF EXISTS ";
  sql += DdlWriter::quote(ObjectName(drop.table.schema, drop.name));
  if (drop.cascade) sql += " CASCADE";
  return {{std::move(sql), drop.concurrently}};
}

Writer::Statements Writer::statements(const ops::RenameIndex& rename, const Context&) const {
  return {{"ALTER INDEX " + DdlWriter::quote(ObjectName(rename.table.schema, rename.name)) +
           " RENAME TO " + quote(std::string_view(rename.new_name))}};
}

}  // namespace cupel::dialect::postgres
