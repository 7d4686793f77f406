// SPDX-License-Identifier: MIT
// Whole schemas and rows. See schema_generator.hpp; mutation.cpp has what becomes of a schema.
#include "support/schema_generator.hpp"

#include "support/object_maker.hpp"

namespace cupel::testing_support {

using namespace model;  // NOLINT(google-build-using-namespace): model values all over

std::string SchemaGenerator::quoted(const std::string& name) const {
  return palette_.writer->quote(std::string_view(name));
}
std::string SchemaGenerator::quoted(const ObjectName& name) const {
  return palette_.writer->quote(name);
}

std::string SchemaGenerator::comment() {
  static const std::vector<std::string> kComments{"words", "it's \"here\"", "größer\nlines",
                                                  "100%"};
  return palette_.has_comments && dice_.chance(12) ? dice_.pick(kComments) : std::string();
}

const TypeChoice& SchemaGenerator::choice_of(const Type& type) const {
  Type plain = type;
  plain.collation.clear();
  for (const TypeChoice& choice : palette_.types)
    if (choice.type == plain) return choice;
  static const TypeChoice kUnknown{.type = {}, .defaults = {}, .values = {}, .checks = {}};
  return kUnknown;
}

Schema SchemaGenerator::schema() {
  Schema schema;
  for (const std::string& name : palette_.schemas)
    if (dice_.chance(40)) schema.schemas.push_back(name);
  TableMaker tables(*this, schema);
  ObjectMaker objects(*this, schema);
  const auto some = [&](unsigned percent, void (ObjectMaker::*add)()) {
    while (dice_.chance(percent)) (objects.*add)();
  };
  if (palette_.has_server_features) {
    some(40, &ObjectMaker::add_enum);
    some(25, &ObjectMaker::add_domain);
  }
  const std::size_t count = dice_.below(options_.max_tables + 1);
  for (std::size_t i = 0; i < count; ++i) schema.tables.push_back(tables.table());
  for (std::size_t i = 0; i < count; ++i)
    if (dice_.chance(50)) tables.add_foreign_key(schema.tables[i]);
  if (palette_.has_server_features) {
    some(15, &ObjectMaker::add_partitioned);
    some(15, &ObjectMaker::add_child);
    some(25, &ObjectMaker::add_sequence);
    some(30, &ObjectMaker::add_function);
  }
  some(35, &ObjectMaker::add_view);
  some(25, &ObjectMaker::add_trigger);
  return schema;
}

std::vector<std::string> SchemaGenerator::rows(const Table& table, std::size_t count) {
  std::vector<const Column*> columns;
  for (const Column& column : table.columns) {
    const bool numbered =
        column.autoincrement == Autoincrement::Yes || table.is_autoincrement(column);
    if (!column.computed && !column.identity && !numbered) columns.push_back(&column);
  }
  std::vector<std::string> rows;
  for (std::size_t i = 0; i < count; ++i) {
    std::string names;
    std::string values;
    for (const Column* column : columns) {
      const std::vector<std::string>& known = choice_of(column->type).values;
      const bool is_enum = column->type.kind == TypeKind::Enum;
      if (known.empty() && !is_enum) continue;
      if (column->nullable && dice_.chance(30)) continue;
      names += (names.empty() ? "" : ", ") + quoted(column->name);
      values +=
          (values.empty() ? "" : ", ") +
          (is_enum ? palette_.writer->expression_text(literal(dice_.pick(column->type.values)))
                   : dice_.pick(known));
    }
    const std::string into = "INSERT INTO " + quoted(table.name);
    rows.push_back(names.empty() ? into + " DEFAULT VALUES"
                                 : into + " (" + names + ") VALUES (" + values + ")");
  }
  return rows;
}

}  // namespace cupel::testing_support
