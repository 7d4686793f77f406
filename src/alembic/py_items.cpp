// SPDX-License-Identifier: MIT
// See py_items.hpp.
#include "alembic/py_items.hpp"

#include <algorithm>

namespace cupel::alembic::py {
namespace {

bool is_in(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Arguments names_of(const std::vector<std::string>& columns) {
  Arguments list;
  for (const std::string& column : columns) list.add(repr(column));
  return list;
}

Arguments& add_name(Arguments& list, const std::string& name) {
  return name.empty() ? list : list.add("name", Items::final_name(name));
}

}  // namespace

std::string Items::final_name(const std::string& name, const std::string& receiver) {
  return name.empty() ? "None" : receiver + "f(" + repr(name) + ")";
}

std::string Items::text(std::string_view sql) { return "sa.text(" + repr(escaped(sql)) + ")"; }

std::string Items::server_default(const model::Expression& expression) const {
  if (expression.kind == model::ExpressionKind::Literal) return repr(expression.text);
  return text(dialect_->writer().default_text(expression));
}

std::string Items::identity(const model::Identity& identity) {
  Arguments list;
  list.add("always", truth(identity.always));
  const auto add = [&](const char* name, const std::optional<std::int64_t>& value) {
    if (value) list.add(name, std::to_string(*value));
  };
  add("start", identity.start);
  add("increment", identity.increment);
  add("minvalue", identity.min_value);
  add("maxvalue", identity.max_value);
  list.flag("cycle", identity.cycle);
  add("cache", identity.cache);
  return list.call("sa.Identity");
}

std::string Items::computed(const model::Computed& computed) {
  Arguments list;
  list.add(repr(escaped(computed.expression)));
  if (computed.persisted) list.add("persisted", truth(*computed.persisted));
  return list.call("sa.Computed");
}

std::optional<std::string> Items::numbering(const model::Table& table,
                                            const model::Column& column) const {
  const bool in_key = table.primary_key && is_in(table.primary_key->columns, column.name);
  const bool plain = !column.identity && !column.computed && !column.server_default;
  if (!model::is_integer(column.type) || !plain || !types_.is_rich()) return std::string();
  if (column.autoincrement == model::Autoincrement::Yes)
    return in_key ? std::optional<std::string>("True") : std::nullopt;
  const bool is_whole_key = in_key && table.primary_key->columns.size() == 1;
  return is_whole_key && !table.is_autoincrement(column) ? "False" : std::string();
}

Code Items::column(const model::Table& table, const model::Column& column) const {
  const Code type = types_.code(column.type);
  const std::optional<std::string> number = numbering(table, column);
  if (!type || !number) return std::nullopt;
  Arguments list;
  list.add(repr(column.name)).add(*type);
  if (column.computed) list.add(computed(*column.computed));
  if (column.identity) list.add(identity(*column.identity));
  if (column.server_default) list.add("server_default", server_default(*column.server_default));
  if (!number->empty()) list.add("autoincrement", *number);
  list.add("nullable", truth(column.nullable)).text("comment", column.comment);
  list.text(own("on_conflict_not_null"), column.not_null_conflict);
  return list.call("sa.Column");
}

void Items::deferral(const model::Deferral& deferral, Arguments& list) {
  list.text("initially", deferral.initially);
  if (deferral.deferrable) list.add("deferrable", truth(*deferral.deferrable));
}

void Items::foreign_key_options(const model::ForeignKey& key, Arguments& list) const {
  list.text("onupdate", key.on_update).text("ondelete", key.on_delete);
  deferral(key.deferral, list);
  list.text("match", key.match);
  list.flag(own("not_valid"), key.not_valid);
}

bool Items::keeps_its_name(const model::Constraint& constraint) const {
  if (!model::name_of(constraint).empty()) return true;
  switch (model::kind_of(constraint)) {
    case model::ConstraintKind::Primary:
      return naming_->pk.empty();
    case model::ConstraintKind::Unique:
      return naming_->uq.empty();
    case model::ConstraintKind::Foreign:
      return naming_->fk.empty();
    case model::ConstraintKind::Check:
      return naming_->ck.empty();
    case model::ConstraintKind::Exclude:
      return true;
  }
  return true;
}

Code Items::constraint(const model::Constraint& constraint) const {
  if (!model::comment_of(constraint).empty() || !keeps_its_name(constraint)) return std::nullopt;
  return std::visit([this](const auto& it) { return key(it); }, constraint);
}

Code Items::key(const model::PrimaryKey& key) const {
  if (!key.include.empty()) return std::nullopt;
  Arguments list = names_of(key.columns);
  deferral(key.deferral, add_name(list, key.name));
  return list.text(own("on_conflict"), key.on_conflict).call("sa.PrimaryKeyConstraint");
}

Code Items::key(const model::UniqueConstraint& unique) const {
  if (unique.nulls_not_distinct || !unique.include.empty()) return std::nullopt;
  Arguments list = names_of(unique.columns);
  deferral(unique.deferral, add_name(list, unique.name));
  return list.text(own("on_conflict"), unique.on_conflict).call("sa.UniqueConstraint");
}

Code Items::key(const model::ForeignKey& key) const {
  std::vector<std::string> targets;
  const model::ObjectName& table = key.referred_table;
  // A dot in a name would be taken for the one between the names.
  const auto has_dot = [](const std::string& name) { return name.find('.') != name.npos; };
  if (key.referred_columns.size() != key.columns.size() || has_dot(table.schema) ||
      has_dot(table.name) ||
      std::any_of(key.referred_columns.begin(), key.referred_columns.end(), has_dot))
    return std::nullopt;
  const std::string prefix =
      (table.schema.empty() ? std::string() : table.schema + ".") + table.name + ".";
  for (const std::string& column : key.referred_columns) targets.push_back(prefix + column);
  Arguments list;
  list.add(repr(key.columns)).add(repr(targets));
  foreign_key_options(key, add_name(list, key.name));
  return list.call("sa.ForeignKeyConstraint");
}

Code Items::key(const model::CheckConstraint& check) const {
  if (check.no_inherit) return std::nullopt;
  Arguments list;
  list.add(repr(escaped(check.expression)));
  add_name(list, check.name).text(own("on_conflict"), check.on_conflict);
  return list.flag(own("not_valid"), check.not_valid).call("sa.CheckConstraint");
}

bool Items::exclusion(const model::ExcludeConstraint& exclude, Arguments& list) const {
  Arguments classes;
  for (const model::ExcludeElement& element : exclude.elements) {
    const bool named = element.expression.empty();
    if (!named && !element.operator_class.empty()) return false;
    const std::string what =
        named ? "sa.column(" + repr(element.column) + ")" : text(element.expression);
    list.add("(" + what + ", " + repr(element.with_operator) + ")");
    if (!element.operator_class.empty())
      classes.add(repr(element.column) + ": " + repr(element.operator_class));
  }
  if (!exclude.where.empty()) list.add("where", text(exclude.where));
  list.add("using", repr(exclude.using_method.empty() ? "gist" : exclude.using_method));
  deferral(exclude.deferral, list);
  if (!classes.is_empty()) list.add("ops", "{" + classes.joined() + "}");
  return true;
}

Code Items::key(const model::ExcludeConstraint& exclude) const {
  Arguments list;
  if (!types_.is_rich() || !exclusion(exclude, list)) return std::nullopt;
  return add_name(list, exclude.name).call(types_.package() + ".ExcludeConstraint");
}

std::string Items::index_elements(const model::Index& index) const {
  Arguments list;
  for (const model::IndexElement& element : index.elements) {
    const bool is_plain = element == model::IndexElement(element.column);
    list.add(is_plain ? repr(element.column)
                      : text(dialect_->writer().index_element_text(element)));
  }
  return "[" + list.joined() + "]";
}

bool Items::index_options(const model::Index& index, Arguments& list) const {
  if (index.nulls_not_distinct || !index.comment.empty() || index.name.empty()) return false;
  list.add("unique", truth(index.unique)).text(own("using"), index.using_method);
  if (!index.where.empty()) list.add(own("where"), text(index.where));
  if (!index.include.empty()) list.add(own("include"), repr(index.include));
  Arguments parameters;
  for (const auto& [name, value] : index.with) {
    if (value.empty()) return false;
    parameters.add(repr(name) + ": " + repr(value));
  }
  if (!index.with.empty()) list.add(own("with"), "{" + parameters.joined() + "}");
  list.text(own("tablespace"), index.tablespace);
  return true;
}

}  // namespace cupel::alembic::py
