// SPDX-License-Identifier: MIT
// See step_comments.hpp.
#include "command/step_comments.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <variant>

#include "cupel/base/text.hpp"

namespace cupel::command {
namespace {

using model::ObjectName;

std::string quoted_columns(const std::vector<std::string>& columns, const sql::DdlWriter& writer) {
  std::vector<std::string> quoted;
  for (const std::string& column : columns)
    quoted.push_back(writer.quote(std::string_view(column)));
  return text::join(quoted, ", ");
}

std::string loss_code(bool is_table, bool is_type) {
  if (is_type) return "DS006";
  return is_table ? "DS001" : "DS002";
}

std::string in_table(const ObjectName& table, const std::string& column) {
  return "'" + to_string(table) + "." + column + "'";
}

}  // namespace

std::string StepComments::loss(const std::string& what, const std::string& code) const {
  if (options_->is_downgrade) return {};
  return "DESTROYS DATA: " + what + "\n`upgrade` refuses this until somebody allows it:\n" +
         fmt::format(fmt::runtime(options_->allow_line), code);
}

std::string StepComments::about(const ops::DropTable& op, const model::Schema&,
                                const Tables&) const {
  std::string text =
      loss("table '" + to_string(op.table) + "' with all its rows.", loss_code(true, false));
  const auto note = options_->notes.find({model::ObjectKind::Table, op.table, {}});
  if (note != options_->notes.end()) text += (text.empty() ? "" : "\n") + note->second;
  return text;
}

std::string StepComments::about(const ops::DropColumn& op, const model::Schema&,
                                const Tables&) const {
  if (op.was && op.was->computed) return {};
  return loss("column " + in_table(op.table, op.column) + " with all its values.",
              loss_code(false, false));
}

std::string StepComments::about(const ops::AlterColumn& op, const model::Schema& before,
                                const Tables& created) const {
  if (!op.type || created.count(op.table) != 0 || options_->is_downgrade) return {};
  const model::Table* table = before.find_table(op.table);
  const model::Column* column = table == nullptr ? nullptr : table->find_column(op.column);
  if (column == nullptr) return {};
  const std::string name = options_->writer->quote(std::string_view(op.column));
  switch (options_->rules->judge(column->type, *op.type)) {
    case diff::TypeChange::Same:
    case diff::TypeChange::Widening:
      return {};
    case diff::TypeChange::Convert:
      return "Values that cannot be converted from " + options_->writer->type_text(column->type) +
             " to " + options_->writer->type_text(*op.type) + " stop the upgrade.";
    case diff::TypeChange::Lossy:
      break;
  }
  std::string text = loss("values of " + in_table(op.table, op.column) + " that do not fit into " +
                              options_->writer->type_text(*op.type) + " are cut or refused.",
                          loss_code(false, true));
  if (op.type->length && column->type.kind != model::TypeKind::Enum) {
    text += fmt::format("\nThese do not fit: SELECT {0} FROM {1} WHERE length({0}) > {2};", name,
                        options_->writer->quote(op.table), *op.type->length);
  }
  return text;
}

bool StepComments::is_original(const ObjectName& table,
                               const std::vector<std::string>& columns) const {
  const model::Table* found = original_->find_table(table);
  return found != nullptr && std::all_of(columns.begin(), columns.end(), [&](const auto& column) {
           return found->find_column(column) != nullptr;
         });
}

std::string StepComments::duplicates(const ObjectName& table,
                                     const std::vector<std::string>& columns,
                                     const std::string& where) const {
  if (columns.empty() || !is_original(table, columns)) return {};
  const std::string list = quoted_columns(columns, *options_->writer);
  return fmt::format(
      "Fails if rows have the same values. These do: SELECT {0}, count(*) FROM {1}{2} GROUP BY {0} "
      "HAVING count(*) > 1;",
      list, options_->writer->quote(table), where.empty() ? "" : " WHERE " + where);
}

std::string StepComments::orphans(const ObjectName& table, const model::ForeignKey& key,
                                  const model::Schema& before) const {
  const sql::DdlWriter& writer = *options_->writer;
  std::vector<std::string> referred = key.referred_columns;
  const model::Table* target = before.find_table(key.referred_table);
  if (referred.empty() && target != nullptr && target->primary_key)
    referred = target->primary_key->columns;
  if (referred.size() != key.columns.size() || !is_original(table, key.columns)) return {};
  std::string is_set, is_equal;
  for (std::size_t i = 0; i < referred.size(); ++i) {
    const std::string column = "a." + writer.quote(std::string_view(key.columns[i]));
    is_set += column + " IS NOT NULL AND ";
    is_equal += (i == 0 ? "" : " AND ") + ("b." + writer.quote(std::string_view(referred[i]))) +
                " = " + column;
  }
  return fmt::format(
      "Fails for rows that refer to nothing. These do: SELECT * FROM {} a WHERE {}NOT EXISTS "
      "(SELECT 1 FROM {} b WHERE {});",
      writer.quote(table), is_set, writer.quote(key.referred_table), is_equal);
}

std::string StepComments::about(const ops::AddConstraint& op, const model::Schema& before,
                                const Tables& created) const {
  if (created.count(op.table) != 0 || options_->is_downgrade) return {};
  if (const auto* unique = std::get_if<model::UniqueConstraint>(&op.constraint))
    return duplicates(op.table, unique->columns, {});
  if (const auto* key = std::get_if<model::PrimaryKey>(&op.constraint))
    return duplicates(op.table, key->columns, {});
  if (const auto* key = std::get_if<model::ForeignKey>(&op.constraint))
    return orphans(op.table, *key, before);
  if (const auto* check = std::get_if<model::CheckConstraint>(&op.constraint)) {
    return fmt::format("Fails for rows that break it. These do: SELECT * FROM {} WHERE NOT ({});",
                       options_->writer->quote(op.table), check->expression);
  }
  return {};
}

std::string StepComments::about(const ops::CreateIndex& op, const model::Schema&,
                                const Tables& created) const {
  if (!op.index.unique || created.count(op.table) != 0 || options_->is_downgrade) return {};
  std::vector<std::string> columns;
  for (const model::IndexElement& element : op.index.elements) {
    if (element.column.empty()) return {};
    columns.push_back(element.column);
  }
  return duplicates(op.table, columns, op.index.where);
}

std::string StepComments::about_change(const ObjectName& table, const ops::TableChange& change,
                                       const model::Schema& before, const Tables& created) const {
  return std::visit(
      [&](auto op) -> std::string {
        op.table = table;
        return about(op, before, created);
      },
      change);
}

std::string StepComments::about_new_value(const ObjectName& table, const std::string& column,
                                          const std::string& value) const {
  const std::string name = in_table(table, column);
  if (options_->is_downgrade)
    return "The old values of " + name + " are gone; rows get " + value + " in their place.";
  return name + " is NOT NULL and has no default: rows that are there get " + value + " first.";
}

std::string StepComments::about_nulls(const ObjectName& table, const std::string& column,
                                      const std::string& value) const {
  return "Rows without " + in_table(table, column) + " get " + value +
         ", because it is NOT NULL from now on.";
}

}  // namespace cupel::command
