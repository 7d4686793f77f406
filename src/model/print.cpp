// SPDX-License-Identifier: MIT
// Model values as text, for messages and for tests that compare whole schemas. Every field shows,
// so that values that differ read differently. This is no SQL.
#include "cupel/base/text.hpp"
#include "cupel/model/schema.hpp"
#include "model/words.hpp"

namespace cupel::model {
namespace {

/// Words separated by single spaces; empty ones are left out.
class Line {
 public:
  explicit Line(std::string start = {}) : text_(std::move(start)) {}
  Line& add(const std::string& word) {
    if (!word.empty()) text_ += (text_.empty() ? "" : " ") + word;
    return *this;
  }
  Line& add_if(bool condition, const std::string& word) { return condition ? add(word) : *this; }
  /// `label value`, if there is a value.
  Line& add(const std::string& label, const std::string& value) {
    return value.empty() ? *this : add(label).add(value);
  }
  Line& add(const std::string& label, const std::optional<std::int64_t>& value) {
    return value ? add(label).add(std::to_string(*value)) : *this;
  }
  Line& comment(const std::string& text) {
    return text.empty() ? *this : add("comment", quoted_string(text));
  }
  std::string str() const { return text_; }

 private:
  std::string text_;
};

std::string in_parentheses(const std::vector<std::string>& parts) {
  return "(" + text::join(parts, ", ") + ")";
}
std::string list_or_empty(const std::vector<std::string>& parts) {
  return parts.empty() ? "" : in_parentheses(parts);
}
template <typename Range>
std::string settings(const Range& pairs) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : pairs) parts.push_back(value.empty() ? key : key + "=" + value);
  return list_or_empty(parts);
}
std::string wrapped(const std::string& sql) { return sql.empty() ? "" : "(" + sql + ")"; }

std::string expression_text(const Expression& expression) {
  switch (expression.kind) {
    case ExpressionKind::Sql:
      return expression.text;
    case ExpressionKind::Literal:
      return quoted_string(expression.text);
    case ExpressionKind::True:
      return "true";
    case ExpressionKind::False:
      return "false";
    case ExpressionKind::Now:
      return "now";
    case ExpressionKind::Null:
      return "null";
  }
  return "";
}

std::string identity_text(const Identity& identity) {
  return Line(identity.always ? "identity always" : "identity")
      .add("start", identity.start)
      .add("increment", identity.increment)
      .add("min", identity.min_value)
      .add("max", identity.max_value)
      .add("cache", identity.cache)
      .add_if(identity.cycle, "cycle")
      .str();
}

std::string deferral_text(const Deferral& deferral) {
  Line line;
  if (deferral.deferrable) line.add(*deferral.deferrable ? "deferrable" : "not deferrable");
  return line.add("initially", text::to_lower(deferral.initially)).str();
}

struct ConstraintText {
  std::string operator()(const PrimaryKey& key) const {
    return Line("primary key")
        .add(key.name)
        .add(in_parentheses(key.columns))
        .add("include", list_or_empty(key.include))
        .add(deferral_text(key.deferral))
        .add("on conflict", key.on_conflict)
        .comment(key.comment)
        .str();
  }
  std::string operator()(const UniqueConstraint& unique) const {
    return Line("unique constraint")
        .add(unique.name)
        .add(in_parentheses(unique.columns))
        .add_if(unique.nulls_not_distinct, "nulls not distinct")
        .add("include", list_or_empty(unique.include))
        .add(deferral_text(unique.deferral))
        .add("on conflict", unique.on_conflict)
        .comment(unique.comment)
        .str();
  }
  std::string operator()(const ForeignKey& key) const {
    return Line("foreign key")
        .add(key.name)
        .add(in_parentheses(key.columns))
        .add("references " + to_string(key.referred_table))
        .add(list_or_empty(key.referred_columns))
        .add("match", text::to_lower(key.match))
        .add("on delete", text::to_lower(key.on_delete))
        .add("on update", text::to_lower(key.on_update))
        .add(deferral_text(key.deferral))
        .add_if(key.not_valid, "not valid")
        .comment(key.comment)
        .str();
  }
  std::string operator()(const CheckConstraint& check) const {
    return Line("check constraint")
        .add(check.name)
        .add("(" + check.expression + ")")
        .add("at column", check.column)
        .add_if(check.no_inherit, "no inherit")
        .add_if(check.not_valid, "not valid")
        .add("on conflict", check.on_conflict)
        .comment(check.comment)
        .str();
  }
  std::string operator()(const ExcludeConstraint& exclude) const {
    std::vector<std::string> elements;
    for (const ExcludeElement& it : exclude.elements) {
      elements.push_back(Line(it.column)
                             .add(wrapped(it.expression))
                             .add(it.operator_class)
                             .add("with", it.with_operator)
                             .str());
    }
    return Line("exclude constraint")
        .add(exclude.name)
        .add("using", exclude.using_method)
        .add(in_parentheses(elements))
        .add("where", exclude.where)
        .add(deferral_text(exclude.deferral))
        .comment(exclude.comment)
        .str();
  }
};

std::string element_text(const IndexElement& element) {
  return Line(element.column)
      .add(wrapped(element.expression))
      .add_if(element.length.has_value(), "length " + std::to_string(element.length.value_or(0)))
      .add("collate", element.collation)
      .add(element.operator_class)
      .add_if(element.descending, "desc")
      .add_if(element.nulls == NullsOrder::First, "nulls first")
      .add_if(element.nulls == NullsOrder::Last, "nulls last")
      .str();
}

std::string head(const Table& table) {
  Line line("table " + to_string(table.name));
  line.add_if(table.temporary, "temporary")
      .add_if(table.unlogged, "unlogged")
      .add_if(table.autoincrement, "autoincrement")
      .add_if(table.without_rowid, "without rowid")
      .add_if(table.strict, "strict")
      .add("partition by", table.partition_by);
  if (table.partition_of) {
    line.add("partition of " + to_string(table.partition_of->parent) + " " +
             table.partition_of->bound);
  }
  for (const ObjectName& parent : table.inherits) line.add("inherits " + to_string(parent));
  return line.add("tablespace", table.tablespace)
      .add("with", settings(table.with))
      .add("options", settings(table.options))
      .comment(table.comment)
      .str();
}

std::string line(const Sequence& sequence) {
  return Line("sequence " + to_string(sequence.name))
      .add(sequence.type)
      .add("start", sequence.start)
      .add("increment", sequence.increment)
      .add("min", sequence.min_value)
      .add("max", sequence.max_value)
      .add("cache", sequence.cache)
      .add_if(sequence.cycle, "cycle")
      .add("owned by", sequence.owned_by)
      .comment(sequence.comment)
      .str();
}
std::string line(const EnumType& type) {
  return Line("enum " + to_string(type.name))
      .add("(" + text::quoted_list(type.values) + ")")
      .comment(type.comment)
      .str();
}
std::string line(const View& view) {
  std::string text = Line(view.materialized ? "materialized view" : "view")
                         .add(to_string(view.name))
                         .add(list_or_empty(view.columns))
                         .add("with", settings(view.with))
                         .add("as", view.definition)
                         .comment(view.comment)
                         .str();
  for (const Index& index : view.indexes) text += "\n  " + to_string(index);
  return text;
}
std::string line(const Extension& extension) {
  return Line("extension " + extension.name)
      .add("in schema", extension.schema)
      .add("version", extension.version)
      .str();
}
std::string line(const Domain& domain) {
  return "domain " + to_string(domain.name) + " " + domain.definition;
}
std::string line(const Function& function) {
  return (function.procedure ? "procedure " : "function ") + to_string(function.name) + "(" +
         function.arguments + "): " + function.definition;
}
std::string line(const Trigger& trigger) {
  return "trigger " + trigger.name + " on " + to_string(trigger.table) + ": " + trigger.definition;
}
std::string line(const Table& table) { return to_string(table); }
std::string line(const std::string& schema) { return "schema " + schema; }

}  // namespace

std::string to_string(const Column& column) {
  Line line(column.name);
  line.add(to_string(column.type));
  line.add_if(!column.nullable, "not null").add("on conflict", column.not_null_conflict);
  if (column.server_default) line.add("default " + expression_text(*column.server_default));
  if (column.computed) {
    line.add("computed (" + column.computed->expression + ")");
    if (column.computed->persisted) line.add(*column.computed->persisted ? "stored" : "virtual");
  }
  if (column.identity) line.add(identity_text(*column.identity));
  return line.add_if(column.autoincrement == Autoincrement::Yes, "autoincrement")
      .add_if(column.autoincrement == Autoincrement::No, "no autoincrement")
      .comment(column.comment)
      .str();
}

std::string to_string(const Expression& expression) { return expression_text(expression); }

std::string to_string(const Constraint& constraint) {
  return std::visit(ConstraintText(), constraint);
}

std::string to_string(const Index& index) {
  std::vector<std::string> elements;
  for (const IndexElement& element : index.elements) elements.push_back(element_text(element));
  return Line(index.unique ? "unique index" : "index")
      .add(index.name)
      .add("using", index.using_method)
      .add(in_parentheses(elements))
      .add_if(index.nulls_not_distinct, "nulls not distinct")
      .add("include", list_or_empty(index.include))
      .add("with", settings(index.with))
      .add("tablespace", index.tablespace)
      .add("where", index.where)
      .add_if(!index.valid, "invalid")
      .comment(index.comment)
      .str();
}

std::string to_string(const Table& table) {
  std::string text = head(table);
  for (const Column& column : table.columns) text += "\n  column " + to_string(column);
  if (table.primary_key) text += "\n  " + to_string(Constraint(*table.primary_key));
  for (const Constraint& constraint : table.constraints) text += "\n  " + to_string(constraint);
  for (const Index& index : table.indexes) text += "\n  " + to_string(index);
  return text;
}

std::string to_string(const Schema& schema) {
  std::vector<std::string> lines;
  const auto add_all = [&](const auto& list) {
    for (const auto& it : list) lines.push_back(line(it));
  };
  add_all(schema.schemas);
  add_all(schema.extensions);
  add_all(schema.enums);
  add_all(schema.domains);
  add_all(schema.sequences);
  add_all(schema.tables);
  add_all(schema.views);
  add_all(schema.functions);
  add_all(schema.triggers);
  return text::join(lines, "\n");
}

}  // namespace cupel::model
