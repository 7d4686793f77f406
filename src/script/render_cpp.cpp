// SPDX-License-Identifier: MIT
// Operations as the body of a function of a .cpp revision. See render.hpp. One overload per
// operation: the call that people write where it makes exactly this operation, else op.invoke().
#include <fmt/core.h>

#include "context/lower.hpp"
#include "cupel/base/text.hpp"
#include "cupel/script/render.hpp"
#include "script/cpp_calls.hpp"
#include "script/cpp_items.hpp"
#include "script/cpp_values.hpp"

namespace cupel::script {
namespace {

using namespace cpp;  // NOLINT(google-build-using-namespace): this file writes nothing else

/// What the template's indentation leaves of a line.
constexpr std::size_t kWidth = kLineWidth - 10;
constexpr std::size_t kBatchIndent = 2;
/// What make_table() takes if nobody says otherwise.
constexpr std::size_t kUsualNameLength = 63;

class OperationWriter {
 public:
  explicit OperationWriter(const context::Namer& namer)
      : namer_(&namer), table_(namer, false), batch_(namer, true) {}

  std::string operator()(const ops::CreateTable& op) const;
  std::string operator()(const ops::DropTable& op) const {
    FieldList options;
    options("schema", op.table.schema)("if_exists", op.if_exists)("cascade", op.cascade);
    return call_with("op.drop_table", {string(op.table.name)}, std::move(options));
  }
  std::string operator()(const ops::RenameTable& op) const {
    if (op.if_exists) return invoke(op);
    return statement("op.rename_table", {string(op.table.name), string(op.new_name)},
                     {op.table.schema});
  }
  std::string operator()(const ops::SetTableSchema& op) const {
    return statement("op.set_table_schema", {string(op.table.name), string(op.new_schema)},
                     {op.table.schema});
  }
  std::string operator()(const ops::SetTableComment& op) const { return on_table(op); }
  std::string operator()(const ops::SetTableOptions& op) const { return on_table(op); }
  std::string operator()(const ops::SetPartition& op) const {
    if (op.to.has_value() == op.was.has_value()) return invoke(op);
    if (op.was) return statement("op.detach_partition", {code(op.table), code(op.was->parent)});
    return statement("op.attach_partition",
                     {code(op.table), code(op.to->parent), string(op.to->bound)});
  }
  std::string operator()(const ops::AddColumn& op) const { return on_table(op); }
  std::string operator()(const ops::DropColumn& op) const { return on_table(op); }
  std::string operator()(const ops::AlterColumn& op) const { return on_table(op); }
  std::string operator()(const ops::AddConstraint& op) const { return on_table(op); }
  std::string operator()(const ops::DropConstraint& op) const { return on_table(op); }
  std::string operator()(const ops::RenameConstraint& op) const { return on_table(op); }
  std::string operator()(const ops::CreateIndex& op) const { return on_table(op); }
  std::string operator()(const ops::DropIndex& op) const { return on_table(op); }
  std::string operator()(const ops::ValidateConstraint& op) const {
    return statement("op.validate_constraint", {string(op.table.name), string(op.name)},
                     {op.table.schema});
  }
  std::string operator()(const ops::RenameIndex& op) const {
    return statement("op.rename_index", {string(op.name), string(op.new_name)},
                     {op.table.name, op.table.schema});
  }
  std::string operator()(const ops::AlterTable& op) const;

  std::string operator()(const ops::CreateSchema& op) const {
    return statement("op.create_schema", {string(op.name)}, {op.if_not_exists});
  }
  std::string operator()(const ops::DropSchema& op) const {
    return statement("op.drop_schema", {string(op.name)}, {op.if_exists, op.cascade});
  }
  std::string operator()(const ops::CreateSequence& op) const {
    return statement("op.create_sequence", {any(op.sequence, false)}, {op.if_not_exists});
  }
  std::string operator()(const ops::AlterSequence& op) const {
    return statement("op.alter_sequence", {any(op.to, false)});
  }
  std::string operator()(const ops::DropSequence& op) const {
    if (op.cascade) return invoke(op);
    return statement("op.drop_sequence", {code(op.name)}, {op.if_exists});
  }
  std::string operator()(const ops::CreateEnum& op) const {
    if (!op.type.comment.empty()) return invoke(op);
    return statement("op.create_enum", {code(op.type.name), any(op.type.values)},
                     {op.if_not_exists});
  }
  std::string operator()(const ops::DropEnum& op) const {
    if (op.cascade) return invoke(op);
    return statement("op.drop_enum", {code(op.name)}, {op.if_exists});
  }
  std::string operator()(const ops::AddEnumValue& op) const {
    return statement("op.add_enum_value", {code(op.name), string(op.value)},
                     {op.before, op.after, op.if_not_exists});
  }
  std::string operator()(const ops::RenameEnumValue& op) const {
    return statement("op.rename_enum_value",
                     {code(op.name), string(op.value), string(op.new_value)});
  }
  std::string operator()(const ops::CreateDomain& op) const {
    return statement("op.create_domain", {code(op.domain.name), string(op.domain.definition)},
                     {op.if_not_exists});
  }
  std::string operator()(const ops::DropDomain& op) const {
    if (op.cascade) return invoke(op);
    return statement("op.drop_domain", {code(op.name)}, {op.if_exists});
  }
  std::string operator()(const ops::RenameType& op) const {
    return statement("op.rename_type", {code(op.name), string(op.new_name)});
  }
  std::string operator()(const ops::CreateView& op) const;
  std::string operator()(const ops::DropView& op) const {
    if (op.cascade) return invoke(op);
    return statement(op.materialized ? "op.drop_materialized_view" : "op.drop_view",
                     {code(op.name)}, {op.if_exists});
  }
  std::string operator()(const ops::RefreshView& op) const {
    return statement("op.refresh_materialized_view", {code(op.name)}, {op.concurrently});
  }
  std::string operator()(const ops::CreateFunction& op) const {
    return statement("op.create_function", {any(op.function, false)});
  }
  std::string operator()(const ops::DropFunction& op) const;
  std::string operator()(const ops::CreateTrigger& op) const {
    return statement("op.create_trigger", {any(op.trigger, false)});
  }
  std::string operator()(const ops::DropTrigger& op) const {
    if (op.cascade) return invoke(op);
    return statement("op.drop_trigger", {string(op.name), code(op.table)}, {op.if_exists});
  }
  std::string operator()(const ops::CreateExtension& op) const {
    if (op.cascade || !op.extension.version.empty()) return invoke(op);
    return statement("op.create_extension", {string(op.extension.name)},
                     {Optional{op.if_not_exists, true}, op.extension.schema});
  }
  std::string operator()(const ops::DropExtension& op) const {
    if (op.cascade) return invoke(op);
    return statement("op.drop_extension", {string(op.name)}, {Optional{op.if_exists, true}});
  }
  std::string operator()(const ops::SetComment& op) const {
    if (!op.comment) return statement("op.drop_comment", {code(op.on), code(op.object)}, {op.name});
    return statement("op.create_comment", {code(op.on), code(op.object), string(*op.comment)},
                     {op.name});
  }
  std::string operator()(const ops::ExecuteSql& op) const;
  std::string operator()(const ops::BulkInsert& op) const {
    return statement("op.bulk_insert", {code(op.table), any(op.columns), any(op.rows)});
  }

 private:
  /// An argument with a default: written if it differs, or if one behind it does.
  struct Optional {
    Optional(const std::string& text) : code(string(text)), is_default(text.empty()) {}
    Optional(bool value, bool fallback = false)
        : code(cpp::code(value)), is_default(value == fallback) {}
    Code code;
    bool is_default;
  };
  static std::string text_of(const Code& code) { return layout(code, kWidth, 0, ";"); }
  static std::string statement(const std::string& name, std::vector<Code> arguments,
                               std::vector<Optional> optional = {}) {
    while (!optional.empty() && optional.back().is_default) optional.pop_back();
    for (Optional& it : optional) arguments.push_back(std::move(it.code));
    return text_of(call(name, std::move(arguments)));
  }
  static std::string call_with(const std::string& name, std::vector<Code> arguments,
                               FieldList options) {
    std::vector<Code> fields = options.take();
    if (!fields.empty()) arguments.push_back(braces(std::move(fields)));
    return text_of(call(name, std::move(arguments)));
  }
  template <typename Op>
  static std::string invoke(const Op& op) {
    return text_of(call("op.invoke", {any(without_was(op))}));
  }
  template <typename Op>
  std::string on_table(const Op& op) const {
    const std::optional<Code> call = table_(without_was(op));
    return call ? text_of(*call) : invoke(op);
  }
  /// The statements of a batch, or nullopt if a change has no call.
  std::optional<std::string> batch_body(const ops::AlterTable& op) const;
  /// model::make_table(...) where that gives the table.
  Code known_table(const model::Table& table) const;
  bool makes(const model::Table& table, const std::vector<model::TableItem>& items) const;

  const context::Namer* namer_;
  TableCalls table_;
  TableCalls batch_;
};

bool OperationWriter::makes(const model::Table& table,
                            const std::vector<model::TableItem>& items) const {
  try {
    return same_table(
        model::make_table(table.name, items, namer_->convention(), namer_->max_length()), table);
  } catch (const UsageError&) {
    return false;
  }
}

std::string OperationWriter::operator()(const ops::CreateTable& op) const {
  const model::Table& table = op.table;
  model::Table bare;
  bare.name = table.name;
  bare.columns = table.columns;
  bare.primary_key = table.primary_key;
  bare.constraints = table.constraints;
  bare.indexes = table.indexes;
  const std::vector<model::TableItem> items = items_of(bare, *namer_);
  if (!makes(bare, items)) return invoke(op);
  FieldList options;
  options("schema", table.name.schema)("if_not_exists", op.if_not_exists)("comment", table.comment)(
      "prefixes", op.prefixes)("temporary", table.temporary)("unlogged", table.unlogged)(
      "autoincrement", table.autoincrement)("without_rowid", table.without_rowid)(
      "strict", table.strict)("partition_by", table.partition_by)(
      "partition_of", table.partition_of)("inherits", table.inherits)(
      "tablespace", table.tablespace)("with", table.with)("options", table.options);
  std::vector<Code> codes;
  for (const model::TableItem& item : items) codes.push_back(code(item));
  return call_with("op.create_table", {string(table.name.name), braces(std::move(codes))},
                   std::move(options));
}

std::optional<std::string> OperationWriter::batch_body(const ops::AlterTable& op) const {
  std::string body;
  for (const ops::TableChange& change : op.changes) {
    const std::optional<Code> call = std::visit(
        [&](const auto& it) {
          auto here = without_was(it);
          here.table = op.table;
          return batch_(here);
        },
        change);
    if (!call) return std::nullopt;
    body += layout(*call, kWidth - kBatchIndent, 0, ";") + "\n";
  }
  return body;
}

Code OperationWriter::known_table(const model::Table& table) const {
  static const model::NamingConvention kNoConvention;
  const std::vector<model::TableItem> items = items_of(table, {kNoConvention, kUsualNameLength});
  try {
    if (!same_table(model::make_table(table.name, items), table)) return any(table);
  } catch (const UsageError&) {
    return any(table);
  }
  std::vector<Code> codes;
  for (const model::TableItem& item : items) codes.push_back(code(item));
  return call("model::make_table", {code(table.name), braces(std::move(codes))});
}

std::string OperationWriter::operator()(const ops::AlterTable& op) const {
  const std::optional<std::string> body = batch_body(op);
  if (!body) return invoke(op);
  std::vector<Code> options;
  const auto add = [&](FieldList list) {
    for (Code& it : list.take()) options.push_back(std::move(it));
  };
  add(FieldList()("schema", op.table.schema)("recreate", op.recreate));
  if (op.copy_from) options.push_back(field("copy_from", known_table(*op.copy_from)));
  add(FieldList()("extra_constraints", op.extra_constraints)(
      "partial_reordering", op.partial_reordering)("autoincrement", op.autoincrement));
  const std::string name = literal(op.table.name);
  if (body->empty()) {
    std::vector<Code> arguments{string(op.table.name), word("[](BatchOperations&) {}")};
    if (!options.empty()) arguments.push_back(braces(std::move(options)));
    return text_of(call("op.batch", std::move(arguments)));
  }
  if (options.empty()) {
    return fmt::format("op.batch({}, [](BatchOperations& batch) {{\n{}}});", name,
                       "  " + indented(*body, "  "));
  }
  return fmt::format("op.batch(\n    {},\n    [](BatchOperations& batch) {{\n{}    }},\n    {}",
                     name, "      " + indented(*body, "      "),
                     layout(braces(std::move(options)), kWidth, 4, ");"));
}

std::string OperationWriter::operator()(const ops::CreateView& op) const {
  ops::CreateView plain;
  plain.view.name = op.view.name;
  plain.view.definition = op.view.definition;
  plain.view.materialized = op.view.materialized;
  plain.or_replace = op.or_replace && !op.view.materialized;
  plain.with_data = op.with_data || !op.view.materialized;
  if (plain != without_was(op)) return invoke(op);
  const std::vector<Code> arguments{code(op.view.name), string(op.view.definition)};
  if (!op.view.materialized) return statement("op.create_view", arguments, {op.or_replace});
  return statement("op.create_materialized_view", arguments, {Optional{op.with_data, true}});
}

std::string OperationWriter::operator()(const ops::DropFunction& op) const {
  // What was tells a function without arguments from one whose arguments are not known.
  if (op.was && op.arguments.empty()) {
    ops::DropFunction drop = op;
    drop.was = model::Function{.name = op.name};
    return text_of(call("op.invoke", {any(drop)}));
  }
  if (op.cascade || op.procedure) return invoke(op);
  std::vector<Optional> optional{op.arguments, op.if_exists};
  return statement("op.drop_function", {code(op.name)}, std::move(optional));
}

std::string OperationWriter::operator()(const ops::ExecuteSql& op) const {
  std::vector<Code> arguments{string(op.sql)};
  if (!op.parameters.empty()) arguments.push_back(any(op.parameters));
  const Code execute = call("op.execute", std::move(arguments));
  if (!op.outside_transaction) return text_of(execute);
  return "op.autocommit_block([&] {\n  " +
         indented(layout(execute, kWidth - kBatchIndent, 0, ";"), "  ") + "\n});";
}

}  // namespace

std::string render_cpp(const std::vector<Step>& steps, const model::NamingConvention& naming,
                       std::size_t max_name_length) {
  const context::Namer namer(naming, max_name_length);
  const OperationWriter writer(namer);
  std::string result;
  for (const Step& step : steps) {
    std::string part = comment(step.comment, kWidth);
    for (const ops::Operation& operation : step.operations)
      part += std::visit(writer, operation) + "\n";
    if (part.empty()) continue;
    if (!result.empty()) result += "\n";
    result += part;
  }
  if (!result.empty()) result.pop_back();
  return result;
}

}  // namespace cupel::script
