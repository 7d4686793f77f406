// SPDX-License-Identifier: MIT
// See cpp_values.hpp.
#include "script/cpp_values.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace cupel::script::cpp {
namespace {

using model::Type;
using model::TypeKind;

/// What cupel.hpp calls by its bare name.
constexpr auto kBareNames = std::to_array<std::string_view>(
    {"CheckConstraint",  "Computed",   "Deferral",   "ExcludeConstraint", "ExcludeElement",
     "Expression",       "ForeignKey", "Function",   "Identity",          "Index",
     "IndexElement",     "NullsOrder", "ObjectName", "PartitionOf",       "PrimaryKey",
     "ReferenceOptions", "Sequence",   "Table",      "Trigger",           "Type",
     "UniqueConstraint"});

/// For what no constructor and no chain of calls can make: [] { T it; it.a = 1; return it; }()
template <typename T>
Code assigned(const T& value) {
  std::string body = "[] { " + name_of<T>() + " it;";
  fields(value, [&](const char* name, const auto& part, const auto&... fallback) {
    using Part = std::remove_cvref_t<decltype(part)>;
    const Part usual{fallback...};
    if (!(part == usual))
      body += fmt::format(" it.{}{};", name, layout(any(part), 1000, 0).insert(0, " = "));
  });
  return word(body + " return it; }()");
}

Code chain(std::vector<Code> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  return {Code::Kind::Chain, "", std::move(parts)};
}

/// Trailing arguments that are `{}` are left out.
std::vector<Code> arguments(std::vector<Code> list) {
  while (!list.empty() && list.back().kind == Code::Kind::Word && list.back().text == "{}")
    list.pop_back();
  return list;
}
Code number(const std::optional<int>& value) { return value ? code(*value) : word("{}"); }
Code text_or_none(const std::string& value) { return value.empty() ? word("{}") : string(value); }
Code zone(bool timezone, bool is_last) {
  if (timezone) return word("kWithTimezone");
  return word(is_last ? "{}" : "{false}");
}

/// A type as its constructor makes it.
struct Built {
  std::vector<Code> parts;
  Type type;
};
Built built(const std::string& name, std::vector<Code> list, Type type) {
  return {{call(name, arguments(std::move(list)))}, std::move(type)};
}

Built built_time(const std::string& name, const Type& type, Type made) {
  return built(name, {zone(type.timezone, !type.precision), number(type.precision)},
               std::move(made));
}

Built built_enum(const Type& type) {
  model::Enum made(type.values, type.name, type.schema);
  Built result =
      built("Enum", {any(type.values), text_or_none(type.name), text_or_none(type.schema)}, made);
  if (type.values.empty() && type.name.empty() && type.schema.empty())
    result.parts = {call("Enum", {word("{}")})};
  if (type.native) return result;
  result.type = made.as_varchar(type.create_constraint);
  result.parts.push_back(
      call(".as_varchar", type.create_constraint ? std::vector{code(true)} : std::vector<Code>()));
  return result;
}

Built build(const Type& type) {
  const model::Timezone timezone{type.timezone};
  switch (type.kind) {
    case TypeKind::Numeric:
      return built("Numeric", {number(type.precision), number(type.scale)},
                   model::Numeric(type.precision, type.scale));
    case TypeKind::Float:
      return built("Float", {number(type.precision)}, model::Float(type.precision));
    case TypeKind::String:
      return built("String", {number(type.length), text_or_none(type.collation)},
                   model::String(type.length, type.collation));
    case TypeKind::Char:
      return built("Char", {number(type.length)}, model::Char(type.length));
    case TypeKind::Text:
      return built("Text", {text_or_none(type.collation)}, model::Text(type.collation));
    case TypeKind::Binary:
      return built("Binary", {number(type.length)}, model::Binary(type.length));
    case TypeKind::Time:
      return built_time("Time", type, model::Time(timezone, type.precision));
    case TypeKind::DateTime:
      return built_time("DateTime", type, model::DateTime(timezone, type.precision));
    case TypeKind::Timestamp:
      return built_time("Timestamp", type, model::Timestamp(timezone, type.precision));
    case TypeKind::Interval:
      return built("Interval", {text_or_none(type.name), number(type.precision)},
                   model::Interval(type.name, type.precision));
    case TypeKind::Enum:
      return built_enum(type);
    case TypeKind::Array: {
      const Type element = type.element.empty() ? Type() : type.element[0];
      return built("Array",
                   {code(element), type.dimensions == 1 ? word("{}") : code(type.dimensions)},
                   model::Array(element, type.dimensions));
    }
    case TypeKind::Named:
      return built("Named", {string(type.name)}, model::Named(type.name));
    case TypeKind::Untyped:
      return built("Type", {}, Type());
    default: {
      const std::string name(model::enumerators<TypeKind>()[static_cast<std::size_t>(type.kind)]);
      return built(name, {}, Type(type.kind));
    }
  }
}

Code reference_options(const model::ReferenceOptions& options) {
  std::vector<Code> fields;
  if (!options.name.text.empty()) fields.push_back(field("name", code(options.name)));
  FieldList list;
  list("on_delete", options.on_delete)("on_update", options.on_update)("match", options.match)(
      "deferral", options.deferral);
  for (Code& it : list.take()) fields.push_back(std::move(it));
  return braces(std::move(fields));
}

Code default_code(const model::Expression& expression) {
  if (expression.kind == model::ExpressionKind::Literal) return string(expression.text);
  return code(expression);
}

/// The calls behind Column(...), in the order in which people put them.
class ColumnCalls {
 public:
  explicit ColumnCalls(const model::ColumnDefinition& definition) {
    const model::Column& column = definition.column;
    parts_.push_back(call("Column", {string(column.name), code(column.type)}));
    if (definition.is_primary_key) add("primary_key");
    if (!column.not_null_conflict.empty()) {
      add("not_null", {string(column.not_null_conflict)});
    } else if (!column.nullable && !definition.is_primary_key) {
      add("not_null");
    }
    if (column.autoincrement != model::Autoincrement::Auto)
      add("autoincrement", {code(column.autoincrement == model::Autoincrement::Yes)});
    if (definition.is_unique) add("unique");
    if (definition.has_index) add("index");
    if (column.server_default) add("server_default", {default_code(*column.server_default)});
    if (column.computed) add_computed(*column.computed);
    if (column.identity) add_identity(*column.identity);
    for (const auto& reference : definition.foreign_keys) add_reference(reference);
    for (const auto& check : definition.checks) add_check(check);
    if (!column.comment.empty()) add("comment", {string(column.comment)});
  }
  Code take() { return chain(std::move(parts_)); }

 private:
  void add(const std::string& name, std::vector<Code> list = {}) {
    parts_.push_back(call("." + name, std::move(list)));
  }
  void add_computed(const model::Computed& computed) {
    std::vector<Code> list{string(computed.expression)};
    if (computed.persisted) list.push_back(code(*computed.persisted));
    add("computed", std::move(list));
  }
  void add_identity(const model::Identity& identity) {
    add("identity",
        identity == model::Identity() ? std::vector<Code>() : std::vector{any(identity, false)});
  }
  void add_reference(const model::ColumnDefinition::Reference& reference) {
    std::vector<Code> list{string(to_string(model::ColumnName{reference.table, reference.column}))};
    Code options = reference_options(reference.options);
    if (!options.parts.empty()) list.push_back(std::move(options));
    add("references", std::move(list));
  }
  void add_check(const model::ColumnDefinition::Check& check) {
    std::vector<Code> list{string(check.expression)};
    if (!check.name.text.empty()) list.push_back(code(check.name));
    add("check", std::move(list));
  }

  std::vector<Code> parts_;
};

Code real(double value) {
  if (std::isnan(value)) return word("std::numeric_limits<double>::quiet_NaN()");
  if (std::isinf(value))
    return word(std::string(value < 0 ? "-" : "") + "std::numeric_limits<double>::infinity()");
  std::string digits = fmt::format("{}", value);
  if (digits.find_first_of(".e") == digits.npos) digits += ".0";
  return word(std::move(digits));
}

Code bytes(const Blob& blob) {
  std::vector<Code> items;
  for (const std::byte it : blob)
    items.push_back(word(fmt::format("std::byte{{0x{:02X}}}", static_cast<unsigned>(it))));
  return braces(std::move(items), "Blob", true);
}

struct ItemCode {
  Code operator()(const model::ColumnDefinition& it) const { return code(it); }
  Code operator()(const model::NamedConstraint& it) const {
    return call("named", {code(it.name), any(it.constraint)});
  }
  Code operator()(const model::NamedIndex& it) const {
    return call("named", {code(it.name), any(it.index)});
  }
  Code operator()(const auto& it) const { return any(it); }
};

}  // namespace

std::string short_name(std::string_view function) {
  constexpr std::string_view kSpace = "cupel::";
  const std::size_t start = function.find("= ") + 2;
  std::string_view name = function.substr(start, function.find_first_of(";]", start) - start);
  if (name.starts_with(kSpace)) name.remove_prefix(kSpace.size());
  const std::string_view last = name.substr(name.rfind(':') + 1);
  const bool is_bare = std::find(kBareNames.begin(), kBareNames.end(), last) != kBareNames.end();
  return std::string(is_bare ? last : name);
}

Code code(const std::string& text) { return string(text); }
Code code(bool value) { return word(value ? "true" : "false"); }
Code code(int value) { return word(std::to_string(value)); }
Code code(std::int64_t value) {
  // The least number has no literal.
  if (value == std::numeric_limits<std::int64_t>::min())
    return word(std::to_string(value + 1) + " - 1");
  return word(std::to_string(value));
}
Code code(const Value& value) {
  struct Shown {
    Code operator()(std::monostate) const { return word("null"); }
    Code operator()(bool it) const { return code(it); }
    Code operator()(std::int64_t it) const { return code(it); }
    Code operator()(double it) const { return real(it); }
    Code operator()(const std::string& it) const { return string(it); }
    Code operator()(const Blob& it) const { return bytes(it); }
  };
  return std::visit(Shown(), value);
}
Code code(const model::ObjectName& name) {
  if (name.schema.empty()) return string(name.name);
  return braces({string(name.schema), string(name.name)}, "", true);
}

Code code(const Type& type) {
  auto [parts, made] = build(type);
  const auto add = [&, &chain_parts = parts](const char* name, std::vector<Code> list) {
    chain_parts.push_back(call(name, std::move(list)));
  };
  if (made.schema != type.schema) {
    made = made.in_schema(type.schema);
    add(".in_schema", {string(type.schema)});
  }
  if (made.collation != type.collation) {
    made = made.collate(type.collation);
    add(".collate", {string(type.collation)});
  }
  if ((type.create_constraint && !made.create_constraint) ||
      made.constraint_name != type.constraint_name) {
    made = made.with_check(type.constraint_name);
    add(".with_check", arguments({text_or_none(type.constraint_name)}));
  }
  if (!type.create_type) {
    made = made.created_elsewhere();
    add(".created_elsewhere", {});
  }
  for (const model::TypeVariant& variant : type.variants) {
    made = made.with_variant(variant.type, variant.dialect);
    add(".with_variant", {code(variant.type), string(variant.dialect)});
  }
  return made == type ? chain(std::move(parts)) : assigned(type);
}

Code code(const model::Expression& expression) {
  using model::ExpressionKind;
  if (expression.kind == ExpressionKind::Sql) return call("text", {string(expression.text)});
  if (expression.kind == ExpressionKind::Literal) return call("literal", {string(expression.text)});
  if (expression == model::now()) return call("now", {});
  if (expression == model::true_value()) return call("true_value", {});
  if (expression == model::false_value()) return call("false_value", {});
  FieldList list;
  fields(expression, list);
  return braces(list.take(), "Expression");
}

Code code(const model::IndexElement& element) {
  if (element == model::IndexElement(element.column)) return string(element.column);
  model::IndexElement made = element.expression.empty() ? model::IndexElement(element.column)
                                                        : model::expression(element.expression);
  std::vector<Code> parts{element.expression.empty()
                              ? call("IndexElement", {string(element.column)})
                              : call("expression", {string(element.expression)})};
  const auto add = [&](const char* name, std::vector<Code> list) {
    parts.push_back(call(name, std::move(list)));
  };
  if (!element.collation.empty()) {
    made.collate(element.collation);
    add(".collate", {string(element.collation)});
  }
  if (!element.operator_class.empty()) {
    made.with_operator_class(element.operator_class);
    add(".with_operator_class", {string(element.operator_class)});
  }
  if (element.length) {
    made.prefix(*element.length);
    add(".prefix", {code(*element.length)});
  }
  if (element.descending) {
    made.desc();
    add(".desc", {});
  }
  if (element.nulls != model::NullsOrder::Default) {
    made.nulls = element.nulls;
    add(element.nulls == model::NullsOrder::First ? ".nulls_first" : ".nulls_last", {});
  }
  return made == element ? chain(std::move(parts)) : assigned(element);
}

Code code(const model::ConstraintName& name) {
  if (name.final) return call("f", {string(name.text)});
  return name.text.empty() ? word("nullptr") : string(name.text);
}

Code code(const model::ColumnDefinition& column) { return ColumnCalls(column).take(); }

Code code(const model::TableItem& item) { return std::visit(ItemCode(), item); }

Code code(ops::Recreate recreate) {
  constexpr const char* kNames[] = {"Auto", "Always", "Never"};
  return word(fmt::format("Recreate::{}", kNames[static_cast<int>(recreate)]));
}
Code code(ops::CommentOn on) {
  constexpr const char* kNames[] = {"Constraint", "Index", "Enum", "View", "MaterializedView"};
  return word(fmt::format("ops::CommentOn::{}", kNames[static_cast<int>(on)]));
}
Code code(model::ConstraintKind kind) {
  constexpr const char* kNames[] = {"Primary", "Unique", "Foreign", "Check", "Exclude"};
  return word(fmt::format("model::ConstraintKind::{}", kNames[static_cast<int>(kind)]));
}

}  // namespace cupel::script::cpp
