// SPDX-License-Identifier: MIT
// See existing.hpp.
#include "migrate/existing.hpp"

#include <algorithm>

#include "cupel/base/text.hpp"
#include "cupel/ops/services.hpp"
#include "migrate/live_sink.hpp"
#include "migrate/table_difference.hpp"
#include "sql/statement_tokens.hpp"

namespace cupel::migrate {
namespace {

using model::ObjectName;
using model::Table;
using sql::NameText;

/// A statement with some of its tokens replaced.
class Rewriter {
 public:
  Rewriter(std::string_view sql, const sql::StatementTokens& tokens)
      : sql_(sql), tokens_(&tokens) {}
  void replace(std::size_t from, std::size_t to, std::string_view with) {
    const sql::Token& last = (*tokens_)[to - 1];
    text_ += sql_.substr(done_, (*tokens_)[from].offset - done_);
    text_ += with;
    done_ = last.offset + last.length;
  }
  std::string finish() { return text_ + std::string(sql_.substr(done_)); }

 private:
  std::string_view sql_;
  const sql::StatementTokens* tokens_;
  std::string text_;
  std::size_t done_ = 0;
};

/// Reads a statement that makes something.
class Recogniser {
 public:
  Recogniser(std::string_view sql, const sql::LexRules& rules)
      : tokens_(sql, rules), reader_(tokens_, 0), rewriter_(sql, tokens_) {}

  std::optional<Existing::Step> read() {
    const bool known = reader_.take({"ALTER", "TABLE"}) ? alter()
                       : reader_.take("CREATE")         ? create()
                                                        : false;
    if (!known) return std::nullopt;
    step_.trial = rewriter_.finish();
    return step_;
  }

 private:
  /// Where a statement is tried, tables stand without their schema.
  std::optional<NameText> take_plain_name() {
    const std::size_t from = reader_.at();
    std::optional<NameText> name = reader_.take_name();
    if (name) rewriter_.replace(from, reader_.at(), tokens_.text(reader_.at() - 1));
    return name;
  }

  bool take_table() {
    reader_.take("ONLY");
    const std::optional<NameText> name = take_plain_name();
    if (name) step_.table = sql::object_name(*name);
    return name.has_value();
  }

  bool create() {
    reader_.take("UNLOGGED");
    if (reader_.take("TABLE")) {
      reader_.take({"IF", "NOT", "EXISTS"});
      return take_table() && (reader_.is("(") || reader_.is("PARTITION"));
    }
    reader_.take("UNIQUE");
    if (!reader_.take("INDEX")) return false;
    if (reader_.is("CONCURRENTLY")) {
      rewriter_.replace(reader_.at(), reader_.at() + 1, "");
      reader_.take("CONCURRENTLY");
    }
    reader_.take({"IF", "NOT", "EXISTS"});
    if (reader_.is("ON")) return false;  // the database finds a name
    const std::optional<NameText> name = take_plain_name();
    if (!name || !reader_.take("ON")) return false;
    step_.indexes.push_back(name->last);
    return take_table();
  }

  /// One ADD; with more actions, some may be done and others not.
  bool alter() {
    reader_.take({"IF", "EXISTS"});
    if (!take_table() || !reader_.take("ADD")) return false;
    if (tokens_.find(reader_.at(), tokens_.size(), {","}) < tokens_.size()) return false;
    const bool is_constraint = reader_.take("CONSTRAINT");
    const bool is_column = reader_.take("COLUMN");
    for (const char* word : {"PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "EXCLUDE"})
      if (!is_constraint && !is_column && reader_.is(word)) return false;
    reader_.take({"IF", "NOT", "EXISTS"});
    const std::optional<NameText> name = reader_.take_name();
    if (name) (is_constraint ? step_.constraints : step_.columns).push_back(name->last);
    return name.has_value();
  }

  sql::StatementTokens tokens_;
  sql::TokenReader reader_;
  Rewriter rewriter_;
  Existing::Step step_;
};

/// One overload for each operation that makes a table or a part of one.
struct OperationRecogniser {
  Existing::Step step = {};

  template <typename T>
  bool read(const T&) {
    return false;
  }
  bool read(const ops::CreateTable& create) {
    step.table = create.table.name;
    ops::CreateTable trial = create;
    trial.table.name.schema.clear();
    step.trial = std::move(trial);
    return !create.table.temporary;
  }
  bool read(const ops::AddColumn& add) { return take(add) && set(add); }
  bool read(const ops::AddConstraint& add) { return take(add) && set(add); }
  bool read(const ops::CreateIndex& create) {
    if (!take(create)) return false;
    ops::CreateIndex trial = create;
    trial.concurrently = false;
    return set(trial);
  }
  bool read(const ops::AlterTable& alter) {
    return !alter.changes.empty() && set(alter) &&
           std::all_of(alter.changes.begin(), alter.changes.end(), [&](const auto& change) {
             return std::visit([&](const auto& it) { return take(it); }, change);
           });
  }

 private:
  template <typename T>
  bool take(const T&) {
    return false;
  }
  bool take(const ops::AddColumn& add) {
    step.columns.push_back(add.column.name);
    return true;
  }
  bool take(const ops::AddConstraint& add) {
    const std::string& name = model::name_of(add.constraint);
    if (!name.empty()) step.constraints.push_back(name);
    return !name.empty() || !step.columns.empty();  // else nothing tells whether it is there
  }
  bool take(const ops::CreateIndex& create) {
    step.indexes.push_back(create.index.name);
    return !create.index.name.empty();
  }
  template <typename T>
  bool set(T operation) {
    step.table = operation.table;
    operation.table.schema.clear();
    step.trial = std::move(operation);
    return true;
  }
};

/// Names as the database compares them.
class Names {
 public:
  explicit Names(bool ignore_case) : ignore_case_(ignore_case) {}
  bool same(const std::string& a, const std::string& b) const {
    return ignore_case_ ? text::equals_ignore_case(a, b) : a == b;
  }
  template <typename List, typename NameOf>
  bool has_all(const List& list, const std::vector<std::string>& names, NameOf name_of) const {
    return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
      return std::any_of(list.begin(), list.end(),
                         [&](const auto& item) { return same(name_of(item), name); });
    });
  }
  bool has(const Table& table, const Existing::Step& step) const {
    const auto constraint_name = [](const model::Constraint& it) { return model::name_of(it); };
    std::vector<model::Constraint> constraints = table.constraints;
    if (table.primary_key) constraints.emplace_back(*table.primary_key);
    const bool is_valid =
        std::none_of(table.indexes.begin(), table.indexes.end(), [&](const model::Index& index) {
          return !index.valid && has_all(std::vector{index.name}, step.indexes,
                                         [](const std::string& name) { return name; });
        });
    return (is_valid || step.indexes.empty()) &&
           has_all(table.columns, step.columns, [](const auto& it) { return it.name; }) &&
           has_all(table.indexes, step.indexes, [](const auto& it) { return it.name; }) &&
           has_all(constraints, step.constraints, constraint_name);
  }
  /// The table without what the step makes.
  Table without(Table table, const Existing::Step& step) const {
    const auto is_one = [&](const std::vector<std::string>& names, const std::string& name) {
      return std::any_of(names.begin(), names.end(),
                         [&](const auto& it) { return same(it, name); });
    };
    std::erase_if(table.indexes, [&](const auto& it) { return is_one(step.indexes, it.name); });
    std::erase_if(table.constraints,
                  [&](const auto& it) { return is_one(step.constraints, model::name_of(it)); });
    if (table.primary_key && is_one(step.constraints, table.primary_key->name))
      table.primary_key.reset();
    for (const model::Column& column : std::vector(table.columns)) {
      if (is_one(step.columns, column.name))
        ops::apply(ops::TableChange(ops::DropColumn{.column = column.name, .cascade = true}),
                   table);
    }
    return table;
  }

 private:
  bool ignore_case_;
};

std::string described(const Existing::Step& step) {
  const std::string table = "table '" + model::to_string(step.table) + "'";
  std::string parts = step.columns.empty() ? "" : "column " + text::quoted_list(step.columns);
  if (parts.empty() && !step.indexes.empty()) parts = "index " + text::quoted_list(step.indexes);
  if (parts.empty() && !step.constraints.empty())
    parts = "constraint " + text::quoted_list(step.constraints);
  return parts.empty() ? table : parts + " of " + table;
}

}  // namespace

std::optional<Existing::Step> Existing::recognise(const sql::Statement& statement) const {
  std::optional<Step> step = Recogniser(statement.sql, environment_->dialect->lex_rules()).read();
  if (step) step->place = statement.place;
  return step;
}

std::optional<Existing::Step> Existing::recognise(const ops::Operation& operation) const {
  OperationRecogniser recogniser;
  if (!std::visit([&](const auto& it) { return recogniser.read(it); }, operation))
    return std::nullopt;
  return recogniser.step;
}

bool Existing::is_there(const Step& step) const {
  const auto inspector = environment_->dialect->make_inspector(*environment_->connection);
  const Names names(environment_->dialect->traits().names_ignore_case);
  const std::string default_schema = inspector->default_schema();
  const std::string schema = step.table.schema == default_schema ? "" : step.table.schema;
  const std::vector<std::string> tables = inspector->table_names(schema);
  const auto found = std::find_if(tables.begin(), tables.end(), [&](const std::string& name) {
    return names.same(name, step.table.name);
  });
  if (found == tables.end()) return false;
  const std::optional<Table> actual = inspector->find_table({schema, *found});
  if (!actual || !names.has(*actual, step)) return false;

  const bool is_table = step.columns.empty() && step.indexes.empty() && step.constraints.empty();
  const Table made =
      as_step_makes_it(step, is_table ? Table() : names.without(*actual, step), default_schema);
  const std::vector<std::string> differences = differences_from(*actual, made);
  if (!differences.empty()) {
    InputError error(step.place,
                     described(step) + " is there already, but not as this revision makes it",
                     "change what is there or the revision; if the table is right as it is, mark "
                     "the revision as done: cupel stamp");
    for (const std::string& difference : differences) error.add_note(difference);
    throw error;
  }
  if (environment_->on_event) {
    Event event;
    event.text = described(step) + " is there already, as this revision makes it";
    environment_->on_event(event);
  }
  return true;
}

Table Existing::as_step_makes_it(const Step& step, const Table& before,
                                 const std::string& default_schema) const {
  const dialect::Dialect& dialect = *environment_->dialect;
  const auto trial = dialect.make_trial(*environment_->connection);
  driver::Connection& connection = trial->connection();
  LiveSchemaSource source(dialect, connection);
  const auto run = [&](const ops::Operation& operation) {
    for (const sql::Statement& statement :
         dialect.writer().write(operation, {&source, connection.server_version()}))
      connection.query(statement.sql);
  };
  const ObjectName plain(step.table.name);
  try {
    if (!before.columns.empty()) {
      ops::CreateTable create;
      create.table = before;
      create.table.name = plain;
      create.table.partition_of.reset();  // its place in the parent is taken
      run(create);
    }
    if (const auto* sql = std::get_if<std::string>(&step.trial)) {
      connection.query(*sql);
    } else {
      run(std::get<ops::Operation>(step.trial));
    }
  } catch (DatabaseError& error) {
    error.add_note("while it was tried, because " + described(step) + " is there already");
    throw;
  }
  const auto inspector = dialect.make_inspector(connection);
  const std::vector<std::string> names = inspector->table_names();
  if (names.empty()) throw Bug("a step has made no table where it was tried");
  Table made = inspector->table(names.front());
  for (model::Constraint& constraint : made.constraints) {
    auto* key = std::get_if<model::ForeignKey>(&constraint);
    if (key != nullptr && key->referred_table.schema == default_schema)
      key->referred_table.schema.clear();
  }
  return made;
}

}  // namespace cupel::migrate
