// SPDX-License-Identifier: MIT
// What a running migration sees: op.add_column(...), op.execute(...), op.inspector(). The calls
// read like Alembic's. Every call becomes an ops::Operation and goes through invoke(); it runs at
// once on a live database, or is recorded as text offline.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cupel/dialect/dialect.hpp"
#include "cupel/model/define.hpp"
#include "cupel/ops/operation.hpp"

namespace cupel::context {

using model::ColumnDefinition;
using model::ConstraintName;
using model::ObjectName;
using model::TableItem;

/// Where statements go: a live run, text, or nowhere (lint). Implemented by migrate and command.
class CUPEL_API StatementSink {
 public:
  virtual ~StatementSink() = default;
  virtual void execute(const sql::Statement& statement) = 0;
  /// With bound parameters; only live sinks get these, and their rows.
  virtual driver::Rows query(const std::string& sql, const std::vector<Value>& parameters) = 0;
  /// A statement that changes something, with parameters; its rows, if it gives any.
  virtual driver::Rows execute_bound(const std::string& sql, const std::vector<Value>& parameters) {
    return query(sql, parameters);
  }
  virtual void run_many(const std::string& sql, const std::vector<std::vector<Value>>& rows) = 0;
  /// From now on statements run outside of transactions, or inside again. Returns what it was.
  virtual bool set_autocommit(bool on) = 0;
  /// Null offline, and where a run is only watched.
  virtual driver::Connection* connection() = 0;
  /// True when text is being written instead of a database.
  virtual bool is_offline() { return connection() == nullptr; }
  /// What answers instead of the live database; null: that itself.
  virtual inspect::Inspector* inspector() { return nullptr; }
  virtual int server_version() {
    return connection() == nullptr ? 0 : connection()->server_version();
  }
  /// May be null: nothing is known about tables.
  virtual sql::SchemaSource* schema() = 0;
  /// Sends what has been collected, so that a reader sees it.
  virtual void flush() {}
  /// Offered every operation before it is written. True: it is taken, and no statement follows.
  virtual bool take(const ops::Operation&) { return false; }
  /// Told of SQL that somebody wrote in code, before it runs; throws to stop it.
  virtual void about_to(std::span<const std::string_view>) {}
  /// Told of every operation after its statements; an offline sink keeps its schema in memory that
  /// way.
  virtual void applied(const ops::Operation&) {}
};

// Options of the calls, all with Alembic's defaults; use designated initialisers.
struct AddColumnOptions {
  std::string schema = {};
  bool if_not_exists = false;
  bool inline_references = false;
  bool inline_primary_key = false;
  std::string insert_before = {};
  std::string insert_after = {};
};
struct DropColumnOptions {
  std::string schema = {};
  bool if_exists = false;
  bool cascade = false;
};
struct AlterColumnOptions {
  std::optional<bool> nullable = {};
  std::optional<model::Type> type = {};
  ops::Change<model::Expression> server_default = {};
  ops::Change<model::Identity> identity = {};
  ops::Change<model::Computed> computed = {};
  ops::Change<std::string> comment = {};
  std::optional<std::string> new_column_name = {};
  std::optional<bool> autoincrement = {};
  std::string using_expression = {};
  std::optional<model::Type> existing_type = {};
  std::optional<bool> existing_nullable = {};
  ops::Change<model::Expression> existing_server_default = {};
  ops::Change<model::Identity> existing_identity = {};
  ops::Change<model::Computed> existing_computed = {};
  ops::Change<std::string> existing_comment = {};
  std::optional<bool> existing_autoincrement = {};
  std::optional<std::string> not_null_conflict = {};
  std::string schema = {};
  bool if_exists = false;
};
struct CreateTableOptions {
  std::string schema = {};
  bool if_not_exists = false;
  std::string comment = {};
  std::vector<std::string> prefixes = {};
  bool temporary = false;
  bool unlogged = false;
  bool autoincrement = false;
  bool without_rowid = false;
  bool strict = false;
  std::string partition_by = {};
  std::optional<model::PartitionOf> partition_of = {};
  std::vector<ObjectName> inherits = {};
  std::string tablespace = {};
  std::vector<std::pair<std::string, std::string>> with = {};
  std::map<std::string, std::string> options = {};
};
struct DropTableOptions {
  std::string schema = {};
  bool if_exists = false;
  bool cascade = false;
};
struct ForeignKeyOptions {
  std::string on_delete = {};
  std::string on_update = {};
  std::string match = {};
  std::optional<bool> deferrable = {};
  std::string initially = {};
  bool not_valid = false;
  std::string source_schema = {};
  std::string referent_schema = {};
  bool if_not_exists = false;
};
struct ConstraintOptions {
  std::string schema = {};
  std::optional<bool> deferrable = {};
  std::string initially = {};
  bool not_valid = false;
  bool nulls_not_distinct = false;
  std::vector<std::string> include = {};
  bool if_not_exists = false;
};
struct ExcludeOptions {
  std::string where = {};
  std::string using_method = {};
  std::string schema = {};
  std::optional<bool> deferrable = {};
  std::string initially = {};
};
struct DropConstraintOptions {
  std::string type = {};  ///< "check", "foreignkey", "primary", "unique", "exclude" or empty
  std::string schema = {};
  bool if_exists = false;
  bool cascade = false;
};
struct CreateIndexOptions {
  std::string schema = {};
  bool unique = false;
  bool if_not_exists = false;
  bool concurrently = false;
  std::string using_method = {};
  std::string where = {};
  std::vector<std::string> include = {};
  bool nulls_not_distinct = false;
  std::vector<std::pair<std::string, std::string>> with = {};
  std::string tablespace = {};
};
struct DropIndexOptions {
  std::string table_name = {};
  std::string schema = {};
  bool if_exists = false;
  bool concurrently = false;
  bool cascade = false;
};
struct BatchOptions {
  std::string schema = {};
  ops::Recreate recreate = ops::Recreate::Auto;
  std::optional<model::Table> copy_from = {};
  std::vector<model::Constraint> extra_constraints = {};
  std::vector<std::vector<std::string>> partial_reordering = {};
  std::optional<bool> autoincrement = {};
};

/// See Operations::backfill(). The pace is that of sql::Pace.
struct BackfillOptions {
  /// Columns and what they become, as SQL: {{"name", "upper(name)"}}.
  std::vector<std::pair<std::string, std::string>> set = {};
  std::string where = {};  ///< SQL; empty: every row
  std::int64_t batch = 10000;
  std::chrono::milliseconds pause{0};
  std::optional<std::chrono::milliseconds> max_lag = {};
  std::string schema = {};
};

/// Collects changes of one table; they run together when the batch's function returns.
class CUPEL_API BatchOperations {
 public:
  BatchOperations(ops::AlterTable& target, const model::NamingConvention& convention,
                  std::size_t max_name_length);
  void add_column(const ColumnDefinition& column, AddColumnOptions options = {});
  void drop_column(std::string column, DropColumnOptions options = {});
  void alter_column(std::string column, AlterColumnOptions options);
  void create_primary_key(ConstraintName name, std::vector<std::string> columns);
  void create_unique_constraint(ConstraintName name, std::vector<std::string> columns,
                                ConstraintOptions options = {});
  void create_check_constraint(ConstraintName name, std::string condition,
                               ConstraintOptions options = {});
  void create_foreign_key(ConstraintName name, std::string referent_table,
                          std::vector<std::string> local_columns,
                          std::vector<std::string> remote_columns, ForeignKeyOptions options = {});
  void create_exclude_constraint(ConstraintName name, std::vector<model::ExcludeElement> elements,
                                 ExcludeOptions options = {});
  void drop_constraint(ConstraintName name, DropConstraintOptions options = {});
  void rename_constraint(std::string name, std::string new_name);
  void create_index(ConstraintName name, std::vector<model::IndexElement> columns,
                    CreateIndexOptions options = {});
  void drop_index(std::string name, DropIndexOptions options = {});
  void create_table_comment(std::string comment);
  void drop_table_comment();
  void set_table_options(ops::TableOptions to, std::optional<ops::TableOptions> was = {});

  /// Any of the constraints above, as a value.
  void add_constraint(ConstraintName name, model::Constraint constraint);

 private:
  ops::AlterTable* target_;
  const model::NamingConvention* convention_;
  std::size_t max_name_length_;
};

/// The op of a migration. Borrows sink and dialect. Not thread-safe; there is nothing global about
/// it.
class CUPEL_API Operations {
 public:
  Operations(StatementSink& sink, const dialect::Dialect& dialect,
             model::NamingConvention convention = {});
  ~Operations();
  Operations(const Operations&) = delete;
  Operations& operator=(const Operations&) = delete;

  /// A final name, as Alembic's op.f() has it: no naming convention touches it.
  static ConstraintName f(std::string name) { return model::f(std::move(name)); }

  // Tables
  /// Returns the table as created.
  model::Table create_table(std::string name, const std::vector<TableItem>& items,
                            CreateTableOptions options = {});
  void drop_table(std::string name, DropTableOptions options = {});
  void rename_table(std::string old_name, std::string new_name, std::string schema = {});
  /// Moves a table from `schema` to another one.
  void set_table_schema(std::string table, std::string new_schema, std::string schema = {});
  void create_table_comment(std::string table, std::string comment, std::string schema = {});
  void drop_table_comment(std::string table, std::string schema = {});
  void set_table_options(ObjectName table, ops::TableOptions to,
                         std::optional<ops::TableOptions> was = {});
  void attach_partition(ObjectName table, ObjectName parent, std::string bound);
  void detach_partition(ObjectName table, ObjectName parent);

  // Columns
  void add_column(std::string table, const ColumnDefinition& column, AddColumnOptions options = {});
  void drop_column(std::string table, std::string column, DropColumnOptions options = {});
  void alter_column(std::string table, std::string column, AlterColumnOptions options);
  void rename_column(std::string table, std::string column, std::string new_name,
                     std::string schema = {});
  /// `op.batch("users", [](auto& batch) { batch.drop_column("x"); batch.add_column(...); });`
  void batch(std::string table, const std::function<void(BatchOperations&)>& changes,
             BatchOptions options = {});

  // Constraints
  void create_primary_key(ConstraintName name, std::string table, std::vector<std::string> columns,
                          std::string schema = {});
  void create_unique_constraint(ConstraintName name, std::string table,
                                std::vector<std::string> columns, ConstraintOptions options = {});
  void create_check_constraint(ConstraintName name, std::string table, std::string condition,
                               ConstraintOptions options = {});
  void create_foreign_key(ConstraintName name, std::string source_table, std::string referent_table,
                          std::vector<std::string> local_columns,
                          std::vector<std::string> remote_columns, ForeignKeyOptions options = {});
  void create_exclude_constraint(ConstraintName name, std::string table,
                                 std::vector<model::ExcludeElement> elements,
                                 ExcludeOptions options = {});
  /// Any of the constraints above, as a value.
  void add_constraint(ObjectName table, ConstraintName name, model::Constraint constraint,
                      bool if_not_exists = false);
  void drop_constraint(ConstraintName name, std::string table, DropConstraintOptions options = {});
  void rename_constraint(std::string table, std::string name, std::string new_name,
                         std::string schema = {});
  void validate_constraint(std::string table, std::string name, std::string schema = {});

  // Indexes
  void create_index(ConstraintName name, std::string table,
                    std::vector<model::IndexElement> columns, CreateIndexOptions options = {});
  void drop_index(std::string name, DropIndexOptions options = {});
  void rename_index(std::string name, std::string new_name, std::string table = {},
                    std::string schema = {});

  // Everything that has no table
  void create_schema(std::string name, bool if_not_exists = false);
  void drop_schema(std::string name, bool if_exists = false, bool cascade = false);
  void create_sequence(model::Sequence sequence, bool if_not_exists = false);
  void alter_sequence(model::Sequence to);
  void drop_sequence(ObjectName name, bool if_exists = false);
  void create_enum(ObjectName name, std::vector<std::string> values, bool if_not_exists = false);
  void drop_enum(ObjectName name, bool if_exists = false);
  void add_enum_value(ObjectName name, std::string value, std::string before = {},
                      std::string after = {}, bool if_not_exists = false);
  void rename_enum_value(ObjectName name, std::string value, std::string new_value);
  void create_domain(ObjectName name, std::string definition, bool if_not_exists = false);
  void drop_domain(ObjectName name, bool if_exists = false);
  /// An enum type or a domain.
  void rename_type(ObjectName name, std::string new_name);
  void create_comment(ops::CommentOn on, ObjectName object, std::string comment,
                      std::string name = {});
  void drop_comment(ops::CommentOn on, ObjectName object, std::string name = {});
  void create_view(ObjectName name, std::string select, bool or_replace = false);
  void drop_view(ObjectName name, bool if_exists = false);
  void create_materialized_view(ObjectName name, std::string select, bool with_data = true);
  void drop_materialized_view(ObjectName name, bool if_exists = false);
  void refresh_materialized_view(ObjectName name, bool concurrently = false);
  void create_function(model::Function function);
  void drop_function(ObjectName name, std::string arguments = {}, bool if_exists = false);
  void create_trigger(model::Trigger trigger);
  void drop_trigger(std::string name, ObjectName table, bool if_exists = false);
  void create_extension(std::string name, bool if_not_exists = true, std::string schema = {});
  void drop_extension(std::string name, bool if_exists = true);

  // Data
  /// Runs SQL; `:name` placeholders are bound (live) or written as literals (offline).
  void execute(std::string sql, std::vector<std::pair<std::string, Value>> parameters = {});
  /// Runs a query and gives its rows; throws NotSupported offline.
  driver::Rows rows(std::string sql, std::vector<std::pair<std::string, Value>> parameters = {});
  void bulk_insert(ObjectName table, std::vector<std::string> columns,
                   std::vector<std::vector<Value>> rows);
  /// An UPDATE of many rows in batches, by the table's key: each batch is a transaction of its own,
  /// and a run that is interrupted goes on behind the last one. Commits before it and begins again
  /// after it, as autocommit_block() does.
  void backfill(std::string table, const BackfillOptions& options);
  /// Runs `body` outside the transaction: commits before it and begins again after it.
  void autocommit_block(const std::function<void()>& body);

  /// The same in two halves, for callers whose block is no function. Returns what it was.
  bool set_autocommit(bool on) { return sink_->set_autocommit(on); }

  /// One statement exactly as it is, for migration files.
  void run_statement(const sql::Statement& statement) { sink_->execute(statement); }
  /// One statement with the database's own placeholders, which only reads; throws NotSupported
  /// offline.
  driver::Rows query(const std::string& sql, const std::vector<Value>& values);
  /// The same for one that changes rows.
  driver::Rows change(const std::string& sql, const std::vector<Value>& values);
  /// Any operation value.
  void invoke(const ops::Operation& operation);

  /// Reads the live database; throws NotSupported offline.
  inspect::Inspector& inspector();
  /// True when text is being written instead of a database.
  bool is_offline() const;
  const dialect::Dialect& dialect() const { return *dialect_; }
  /// How what has no name is named.
  const model::NamingConvention& naming() const { return convention_; }
  void set_naming(model::NamingConvention convention) { convention_ = std::move(convention); }
  /// What was given as -x KEY=VALUE, in order.
  const std::vector<std::string>& arguments() const { return arguments_; }
  void set_arguments(std::vector<std::string> arguments) { arguments_ = std::move(arguments); }
  /// The live connection; throws NotSupported offline.
  driver::Connection& connection();
  /// As Connection::server_version(); 0 if it is not known.
  int server_version() { return sink_->server_version(); }

  /// Where in its file the running migration is, as far as its format can tell.
  FilePosition place() const { return place_ ? place_() : FilePosition(); }
  void set_place(std::function<FilePosition()> place) { place_ = std::move(place); }

 private:
  void run_sql(const ops::ExecuteSql& operation);
  void run_insert(const ops::BulkInsert& insert);
  StatementSink* sink_;
  const dialect::Dialect* dialect_;
  model::NamingConvention convention_;
  std::vector<std::string> arguments_;
  std::function<FilePosition()> place_;
  std::unique_ptr<inspect::Inspector> inspector_;
};

}  // namespace cupel::context
