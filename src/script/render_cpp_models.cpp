// SPDX-License-Identifier: MIT
// A schema as structs and the function that maps them. See render.hpp.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "cupel/script/render.hpp"
#include "script/cpp_items.hpp"
#include "script/cpp_members.hpp"
#include "script/cpp_values.hpp"

namespace cupel::script {
namespace {

using namespace cpp;  // NOLINT(google-build-using-namespace): this file writes nothing else

/// A table's struct: its name, and its members by column.
struct Struct {
  std::string name;
  std::map<std::string, std::string> members;
  std::string pointer(const std::string& column) const {
    return "&" + name + "::" + members.at(column);
  }
};

/// Constraints and indexes that say no more than their columns, by members: unique(&T::a, &T::b).
struct ShortForm {
  const Struct* mapped;

  std::optional<Code> operator()(const model::ColumnDefinition&) const { return std::nullopt; }
  std::optional<Code> operator()(const model::NamedConstraint& it) const {
    return std::visit([&](const auto& constraint) { return named(constraint, it.name); },
                      it.constraint);
  }
  std::optional<Code> operator()(const model::NamedIndex& it) const {
    return named(it.index, it.name);
  }
  template <typename Item>
  std::optional<Code> operator()(const Item& item) const {
    Item unnamed = item;
    unnamed.name.clear();
    return named(unnamed, item.name);
  }

 private:
  template <typename Item>
  std::optional<Code> named(const Item& unnamed, const model::ConstraintName& name) const {
    std::optional<Code> code = brief(unnamed);
    if (!code || name.text.empty()) return code;
    return call("named", {cpp::code(name), std::move(*code)});
  }
  std::vector<Code> pointers(const std::vector<std::string>& columns) const {
    std::vector<Code> list;
    for (const std::string& column : columns) list.push_back(word(mapped->pointer(column)));
    return list;
  }

  std::optional<Code> brief(const model::PrimaryKey& key) const {
    model::PrimaryKey plain;
    plain.columns = key.columns;
    if (key != plain) return std::nullopt;
    return call("primary_key", pointers(key.columns));
  }
  std::optional<Code> brief(const model::UniqueConstraint& unique) const {
    model::UniqueConstraint plain;
    plain.columns = unique.columns;
    if (unique != plain) return std::nullopt;
    return call("unique", pointers(unique.columns));
  }
  std::optional<Code> brief(const model::CheckConstraint& check) const {
    if (check != model::CheckConstraint{.expression = check.expression}) return std::nullopt;
    return call("check", {string(check.expression)});
  }
  std::optional<Code> brief(const model::ForeignKey& key) const {
    model::ForeignKey plain;
    plain.columns = key.columns;
    plain.referred_table = key.referred_table;
    plain.referred_columns = key.referred_columns;
    plain.on_delete = key.on_delete;
    if (key != plain || key.referred_columns.empty()) return std::nullopt;
    std::vector<Code> list{call("columns", pointers(key.columns)), code(key.referred_table),
                           any(key.referred_columns)};
    if (!key.on_delete.empty()) list.push_back(string(key.on_delete));
    return call("foreign_key", std::move(list));
  }
  std::optional<Code> brief(const model::ExcludeConstraint&) const { return std::nullopt; }
  std::optional<Code> brief(const model::Index& index) const {
    model::Index plain;
    plain.elements = index.elements;
    if (index != plain) return std::nullopt;
    std::vector<Code> keys;
    for (const model::IndexElement& element : index.elements) keys.push_back(key(element));
    return call("index", std::move(keys));
  }
  Code key(const model::IndexElement& element) const {
    if (element.column.empty()) return code(element);
    const Code pointer = word(mapped->pointer(element.column));
    if (element == model::IndexElement(element.column)) return pointer;
    Code chain = code(element);
    if (chain.kind != Code::Kind::Chain) return chain;
    chain.parts[0] = call("key", {pointer});
    return chain;
  }
};

class ModelWriter {
 public:
  explicit ModelWriter(const context::Namer& namer) : namer_(&namer) {}

  std::string write(const model::Schema& schema) {
    for (const char* name : {"declare", "schema", "models", "text"}) types_.reserve(name);
    add_list("schemas", schema.schemas);
    add_list("extensions", schema.extensions);
    add_list("enums", schema.enums);
    add_list("domains", schema.domains);
    add_list("sequences", schema.sequences);
    for (const model::Table& table : schema.tables) add(table);
    add_list("views", schema.views);
    add_list("functions", schema.functions);
    add_list("triggers", schema.triggers);
    const std::string code = members_.enums() + structs_;
    return head(code) + code + "inline void declare(Schema& schema) {\n" +
           (declare_.empty() ? "  static_cast<void>(schema);\n" : declare_) +
           "}\n\n}  // namespace models\n";
  }

 private:
  static std::string head(const std::string& code) {
    std::string text = "#pragma once\n\n";
    constexpr auto kHeaders =
        std::to_array<std::pair<const char*, const char*>>({{"std::array<", "array"},
                                                            {"std::chrono::", "chrono"},
                                                            {"std::byte", "cstddef"},
                                                            {"std::int", "cstdint"},
                                                            {"std::optional<", "optional"},
                                                            {"std::string", "string"},
                                                            {"std::vector<", "vector"}});
    std::string includes;
    for (const auto& [use, header] : kHeaders) {
      if (code.find(use) != code.npos) includes += fmt::format("#include <{}>\n", header);
    }
    if (!includes.empty()) text += includes + "\n";
    return text +
           "#include <cupel/models.hpp>\n\n"
           "namespace models {\n\n"
           "using namespace cupel;\n"
           "using cupel::model::text;\n\n";
  }

  void statement(const Code& code) { declare_ += "  " + layout(code, kLineWidth, 2, ";") + "\n"; }
  template <typename T>
  void add_list(const char* name, const std::vector<T>& list) {
    for (const T& it : list)
      statement(call(fmt::format("schema.{}.push_back", name), {any(it, false)}));
  }

  void add(const model::Table& table) {
    model::Table bare;
    bare.name = table.name;
    bare.columns = table.columns;
    bare.primary_key = table.primary_key;
    bare.constraints = table.constraints;
    bare.indexes = table.indexes;
    const std::vector<model::TableItem> items = items_of(bare, *namer_);
    if (table.columns.empty() || !makes(bare, items)) {
      statement(call("schema.add", {any(table)}));
      return;
    }
    const Struct mapped = add_struct(table);
    std::vector<Code> arguments{code(table.name)};
    for (const model::TableItem& item : items) arguments.push_back(item_code(item, table, mapped));
    Code map = call("map<" + mapped.name + ">", std::move(arguments));
    map.one_per_line = true;
    statement(call("schema.add", {with_options(std::move(map), table)}));
  }

  bool makes(const model::Table& table, const std::vector<model::TableItem>& items) const {
    try {
      return same_table(
          model::make_table(table.name, items, namer_->convention(), namer_->max_length()), table);
    } catch (const UsageError&) {
      return false;
    }
  }

  Struct add_struct(const model::Table& table) {
    Struct result{types_.type(table.name.name), {}};
    // First all types, since no member may be called as one.
    std::vector<Member> members;
    for (const model::Column& column : table.columns) members.push_back(members_.of(column.type));
    Identifiers names(&types_);
    structs_ += "struct " + result.name + " {\n";
    for (std::size_t i = 0; i < members.size(); ++i) {
      const model::Column& column = table.columns[i];
      const Member& member = members[i];
      const std::string name = names.plain(column.name);
      result.members[column.name] = name;
      structs_ += column.nullable
                      ? fmt::format("  std::optional<{}> {};\n", member.type, name)
                      : fmt::format("  {} {}{};\n", member.type, name, member.initializer);
    }
    structs_ += "};\n\n";
    return result;
  }

  Code item_code(const model::TableItem& item, const model::Table& table, const Struct& mapped) {
    if (const auto* definition = std::get_if<model::ColumnDefinition>(&item))
      return column_code(*definition, table, mapped);
    const std::optional<Code> short_form = std::visit(ShortForm{&mapped}, item);
    return short_form ? *short_form : code(item);
  }

  /// column("a", &T::a) and what a revision would chain to Column("a", ...).
  Code column_code(const model::ColumnDefinition& definition, const model::Table& table,
                   const Struct& mapped) {
    const model::Column& column = *table.find_column(definition.column.name);
    std::vector<Code> arguments{string(column.name), word(mapped.pointer(column.name))};
    const model::Type deduced = members_.of(column.type).column_type;
    model::Type lengthened = deduced;
    if (deduced.kind == model::TypeKind::String) lengthened.length = column.type.length;
    if (lengthened != column.type) arguments.push_back(code(column.type));
    model::ColumnDefinition rest = definition;
    if (rest.column.not_null_conflict.empty()) rest.column.nullable = true;  // the member says it
    Code result = code(rest);
    if (result.kind != Code::Kind::Chain) result = {Code::Kind::Chain, "", {std::move(result)}};
    result.parts[0] = call("column", std::move(arguments));
    if (lengthened == column.type && lengthened != deduced)
      result.parts.insert(result.parts.begin() + 1, call(".length", {code(*column.type.length)}));
    return result.parts.size() == 1 ? Code(result.parts[0]) : result;
  }

  static Code with_options(Code map, const model::Table& table) {
    std::vector<Code> parts{std::move(map)};
    const auto add = [&](const char* name, std::vector<Code> arguments) {
      parts.push_back(call(std::string(".") + name, std::move(arguments)));
    };
    const auto add_if = [&](bool is_set, const char* name) {
      if (is_set) add(name, {});
    };
    if (!table.comment.empty()) add("comment", {string(table.comment)});
    add_if(table.temporary, "temporary");
    add_if(table.unlogged, "unlogged");
    add_if(table.autoincrement, "autoincrement");
    add_if(table.without_rowid, "without_rowid");
    add_if(table.strict, "strict");
    if (!table.partition_by.empty()) add("partition_by", {string(table.partition_by)});
    if (table.partition_of)
      add("partition_of", {code(table.partition_of->parent), string(table.partition_of->bound)});
    for (const model::ObjectName& parent : table.inherits) add("inherits", {code(parent)});
    if (!table.tablespace.empty()) add("tablespace", {string(table.tablespace)});
    for (const auto& [key, value] : table.with) add("with", {string(key), string(value)});
    for (const auto& [key, value] : table.options) add("option", {string(key), string(value)});
    if (parts.size() == 1) return std::move(parts.front());
    return {Code::Kind::Chain, "", std::move(parts)};
  }

  const context::Namer* namer_;
  Identifiers types_;
  Members members_{types_};
  std::string structs_;
  std::string declare_;
};

}  // namespace

std::string render_cpp_models(const model::Schema& schema, const model::NamingConvention& naming,
                              std::size_t max_name_length) {
  return ModelWriter(context::Namer(naming, max_name_length)).write(schema);
}

}  // namespace cupel::script
