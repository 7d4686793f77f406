// SPDX-License-Identifier: MIT
// What a statement does, from its parse tree: operations, and the other effects that lint knows.
// One class over several files: reader.cpp (which statement it is), reader_tables.cpp (CREATE
// TABLE, columns, indexes), reader_constraints.cpp, reader_alter.cpp (ALTER TABLE),
// reader_objects.cpp (the rest of the schema), reader_other.cpp (rows, sessions, privileges),
// reader_blocks.cpp (DO).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/lint/effect.hpp"
#include "cupel/model/schema.hpp"
#include "dialect/postgres/lint/parse_tree.hpp"
#include "dialect/postgres/lint/source_text.hpp"

namespace cupel::dialect::postgres {

/// Reads a text of one or several statements. Never throws for what it says.
lint::Step read_statement(std::string_view sql, const model::Schema& before);
/// The same for a statement of a block, whose effects join `step`.
void read_statement_into(lint::Step& step, const std::string& sql, const model::Schema& before,
                         bool is_conditional = false);

// What the files below share.

/// "public" is the default schema under its other name.
model::ObjectName object_name(std::string schema, std::string name);
/// Of a RangeVar.
model::ObjectName relation_name(const Node& range_var);
/// Of a list of strings, as names of types, functions and dropped objects are given.
model::ObjectName listed_name(const std::vector<Node>& names);
std::vector<std::string> strings_of(const std::vector<Node>& nodes);

/// A column's definition with all that was written at it.
struct ReadColumn {
  model::Column column;
  bool is_primary_key = false;
  std::vector<model::Constraint> constraints;
};

class StatementReader {
 public:
  /// `is_conditional`: what is read may find that all is done.
  StatementReader(const SourceText& source, const model::Schema& before, lint::Step& step,
                  bool is_conditional)
      : source_(source), before_(before), step_(step), conditional_(is_conditional) {}

  void read(const ParseTree::Statement& statement);

 private:
  using Handler = void (StatementReader::*)(const Node&);
  static Handler handler_of(const std::string& kind);

  void add(lint::Effect effect, lint::Details details = {});
  void add_operation(ops::Operation operation, lint::Details details = {});
  void add_other(std::string kind, model::ObjectName object = {}, std::string detail = {},
                 bool concurrently = false);
  void not_understood(std::string reason);

  // reader_tables.cpp
  void create_table(const Node& node);
  void create_table_as(const Node& node);
  void create_index(const Node& node);
  ReadColumn read_column(const Node& definition) const;
  model::Type own_type(model::Type type) const;
  void add_like(const Node& clause, model::Table& table);
  void settle_table(const Node& node, model::Table& table);
  std::vector<std::pair<std::string, std::string>> parameters(const Node& node,
                                                              const char* key) const;
  std::optional<model::Identity> read_identity(long location) const;
  model::Sequence read_sequence_options(Range range) const;
  model::Index read_index(const Node& node) const;

  // reader_constraints.cpp
  std::optional<model::Constraint> read_constraint(const Node& node,
                                                   const std::string& column) const;
  model::ExcludeConstraint read_exclusion(const Node& node) const;
  model::ForeignKey read_foreign_key(const Node& node, const std::string& column) const;

  // reader_alter.cpp
  void alter_table(const Node& node);
  void alter_table_part(const model::ObjectName& table, const Node& command, Range text);
  bool alter_column_part(const model::ObjectName& table, const Node& command, Range text);
  model::Identity altered_identity(const model::ObjectName& table, const std::string& name,
                                   Range text) const;
  bool alter_options_part(const model::ObjectName& table, const Node& command);
  void add_column(const model::ObjectName& table, const Node& command);
  void add_constraint(const model::ObjectName& table, const Node& command);
  void change_partition(const model::ObjectName& table, const Node& command, Range text);
  void rename(const Node& node);
  /// Another name, which no operation gives a view.
  void replace_view(const model::View& view, model::ObjectName to);
  void set_schema(const Node& node);

  // reader_objects.cpp
  void drop(const Node& node);
  void drop_type(const Node& object, bool if_exists, bool cascade, bool is_domain);
  void drop_function(const Node& object, const model::ObjectName& name, bool if_exists,
                     bool cascade, bool is_procedure);
  /// A policy or rule of a table.
  void drop_part(const Node& object, bool is_policy);
  void create_enum(const Node& node);
  void alter_enum(const Node& node);
  void create_domain(const Node& node);
  void alter_domain(const Node& node);
  void create_sequence(const Node& node);
  void alter_sequence(const Node& node);
  void create_view(const Node& node);
  void create_materialized_view(const Node& node);
  void refresh_view(const Node& node);
  void create_function(const Node& node);
  void create_trigger(const Node& node);
  void create_extension(const Node& node);
  void create_schema(const Node& node);
  void comment(const Node& node);
  std::string arguments_of(const Node& object) const;

  // reader_other.cpp
  void change_rows(const Node& node, const std::string& kind);
  void insert(const Node& node);
  void update(const Node& node);
  void remove(const Node& node);
  void merge(const Node& node);
  void copy(const Node& node);
  void select(const Node& node);
  void call(const Node& node);
  void calls_in(const Node& node);
  void truncate(const Node& node);
  void transaction(const Node& node);
  void set_variable(const Node& node);
  void grant(const Node& node);
  void grant_role(const Node& node);
  void change_owner(const Node& node);
  void reindex(const Node& node);
  void cluster(const Node& node);
  void vacuum(const Node& node);
  void lock_table(const Node& node);
  void policy(const Node& node);
  void create_statistics(const Node& node);
  void create_rule(const Node& node);
  void explain(const Node& node);
  void plain(const Node& node);
  void privileges_of_roles(const Node& node);

  // reader_blocks.cpp
  void do_block(const Node& node);

  const SourceText& source_;
  const model::Schema& before_;
  lint::Step& step_;
  Range text_;        ///< of the statement that is read
  std::string kind_;  ///< of its tree
  bool conditional_;
};

}  // namespace cupel::dialect::postgres
