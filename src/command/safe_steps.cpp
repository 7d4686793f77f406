// SPDX-License-Identifier: MIT
// See safe_steps.hpp. The words for the reader are in step_comments.cpp.
#include "command/safe_steps.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "command/fill.hpp"
#include "command/step_comments.hpp"
#include "cupel/ops/services.hpp"

namespace cupel::command {
namespace {

using model::ObjectName;

class Planner {
 public:
  Planner(const model::Schema& before, const SafeStepOptions& options)
      : schema_(before), options_(&options), comments_(options, before) {}

  void take(const ops::Operation& operation) {
    std::visit([this](const auto& op) { add(op); }, operation);
    ops::apply(operation, schema_);
  }
  SafeSteps finish() { return std::move(result_); }

 private:
  /// A step of its own if there is something to say; else it joins the one before.
  void emit(ops::Operation operation, std::string comment = {}) {
    const bool joins = comment.empty() && !result_.steps.empty() && is_open_;
    if (!joins) result_.steps.emplace_back();
    if (!comment.empty()) result_.steps.back().comment = std::move(comment);
    result_.steps.back().operations.push_back(std::move(operation));
    is_open_ = true;
  }
  /// What comes next is another thought.
  void close() { is_open_ = false; }

  template <typename Op>
  void add(const Op& op) {
    const std::string comment = comments_.about(op, schema_, created_);
    if (!comment.empty()) close();
    emit(op, comment);
    if (!comment.empty()) close();
  }
  void add(const ops::CreateTable& op) {
    created_.insert(op.table.name);
    emit(op);
  }

  /// What rows get, or nullopt if nobody said.
  std::optional<std::string> value_for(const ObjectName& table, const model::Column& column,
                                       const std::optional<model::Expression>& known) {
    const std::string key = to_string(model::ColumnName{table, column.name});
    const auto given = options_->fills.find(key);
    if (given != options_->fills.end()) {
      result_.used_fills.insert(key);
      return given->second;
    }
    if (known) return options_->writer->expression_text(*known);
    if (options_->is_downgrade) return neutral_value(column.type, *options_->writer);
    return std::nullopt;
  }

  void ask(const ObjectName& table, const model::Column& column, bool is_new) {
    result_.questions.push_back({table, column, is_new, is_unique(table, column.name)});
  }
  bool is_unique(const ObjectName& table, const std::string& column) const {
    const model::Table* found = schema_.find_table(table);
    if (found == nullptr) return false;
    const std::vector<std::string> alone{column};
    if (found->primary_key && found->primary_key->columns == alone) return true;
    return std::any_of(found->constraints.begin(), found->constraints.end(), [&](const auto& it) {
      const auto* unique = std::get_if<model::UniqueConstraint>(&it);
      return unique != nullptr && unique->columns == alone;
    });
  }

  /// Adds the column as one that may be NULL and fills it. nullopt: nothing has to be done about
  /// it. What is left to do afterwards is to set NOT NULL.
  std::optional<ops::AlterColumn> add_nullable(ops::AddColumn op) {
    const bool is_safe =
        !needs_value(op.column) || op.inline_primary_key || created_.count(op.table) != 0;
    if (is_safe) return std::nullopt;
    const std::optional<std::string> value = value_for(op.table, op.column, std::nullopt);
    if (!value) {
      if (!options_->is_downgrade) ask(op.table, op.column, true);
      return std::nullopt;
    }
    ops::AlterColumn restrict = set_not_null(op.table, op.column);
    const std::string comment = comments_.about_new_value(op.table, op.column.name, *value);
    op.column.nullable = true;
    close();
    emit(op, comment);
    emit_fill(op.table, op.column.name, *value);
    return restrict;
  }

  static ops::AlterColumn set_not_null(const ObjectName& table, const model::Column& column) {
    ops::AlterColumn op;
    op.table = table;
    op.column = column.name;
    op.nullable = false;
    op.existing_type = column.type;
    op.existing_nullable = true;
    return op;
  }

  void emit_fill(const ObjectName& table, const std::string& column, const std::string& value) {
    ops::ExecuteSql update;
    update.sql = fill_statement(table, column, value, *options_->writer);
    emit(update);
  }

  /// Rows with NULL get a value before the column refuses it.
  void fill_nulls(const ObjectName& table, const ops::AlterColumn& op) {
    const bool restricts = op.nullable == false && op.existing_nullable != false;
    if (!restricts || created_.count(table) != 0) return;
    const model::Column column = column_before(table, op);
    if (column.computed || column.identity) return;
    std::optional<model::Expression> known = column.server_default;
    if (op.server_default.sets()) known = op.server_default.value;
    if (op.server_default.drops()) known = std::nullopt;
    const std::optional<std::string> value = value_for(table, column, known);
    if (!value) {
      if (!options_->is_downgrade) ask(table, column, false);
      return;
    }
    ops::ExecuteSql update;
    update.sql = fill_statement(table, column.name, *value, *options_->writer);
    close();
    emit(update, comments_.about_nulls(table, column.name, *value));
  }

  model::Column column_before(const ObjectName& table, const ops::AlterColumn& op) const {
    const model::Table* found = schema_.find_table(table);
    const model::Column* column = found == nullptr ? nullptr : found->find_column(op.column);
    if (column != nullptr) return *column;
    model::Column unknown;
    unknown.name = op.column;
    if (op.existing_type) unknown.type = *op.existing_type;
    return unknown;
  }

  void add(const ops::AddColumn& op) {
    if (std::optional<ops::AlterColumn> restrict = add_nullable(op)) {
      emit(*restrict);
      close();
      return;
    }
    emit(op);
  }

  void add(const ops::AlterColumn& op) {
    fill_nulls(op.table, op);
    const std::string comment = comments_.about(op, schema_, created_);
    if (!comment.empty()) close();
    emit(op, comment);
    if (op.nullable == false || !comment.empty()) close();
  }

  /// Several changes of one table: what must happen before goes in front, the rest stays together.
  void add(const ops::AlterTable& op) {
    ops::AlterTable rest = op;
    rest.changes.clear();
    std::string comment;
    for (const ops::TableChange& change : op.changes) {
      if (const auto* added = std::get_if<ops::AddColumn>(&change)) {
        ops::AddColumn with_table = *added;
        with_table.table = op.table;
        if (std::optional<ops::AlterColumn> restrict = add_nullable(with_table)) {
          rest.changes.emplace_back(*restrict);
          continue;
        }
      }
      if (const auto* altered = std::get_if<ops::AlterColumn>(&change))
        fill_nulls(op.table, *altered);
      append(comment, comments_.about_change(op.table, change, schema_, created_));
      rest.changes.push_back(change);
    }
    if (!comment.empty()) close();
    emit(rest, comment);
    close();
  }

  static void append(std::string& lines, const std::string& more) {
    if (!lines.empty() && !more.empty()) lines += '\n';
    lines += more;
  }

  model::Schema schema_;  ///< as it is when the next operation comes
  const SafeStepOptions* options_;
  StepComments comments_;
  std::set<ObjectName> created_;  ///< tables without rows, because this revision makes them
  bool is_open_ = false;
  SafeSteps result_;
};

}  // namespace

SafeSteps safe_steps(std::vector<ops::Operation> operations, const model::Schema& before,
                     const SafeStepOptions& options) {
  Planner planner(before, options);
  // What is taken is let go, so that ten thousand tables are not there twice.
  for (ops::Operation& operation : operations) planner.take(std::exchange(operation, {}));
  return planner.finish();
}

}  // namespace cupel::command
