// SPDX-License-Identifier: MIT
// See object_maker.hpp. Texts are as PostgreSQL shows them; SQLite keeps any.
#include "support/object_maker.hpp"

#include "cupel/base/text.hpp"

namespace cupel::testing_support {

using namespace model;  // NOLINT(google-build-using-namespace): model values all over

void ObjectMaker::add_enum() {
  static const std::vector<std::string> kValues{"low", "it's", "\"high\"", "größer",
                                                "a b", "",     "X"};
  EnumType type;
  type.name = tables_.free_name("mood", tables_.some_schema());
  for (const std::string& value : kValues)
    if (dice_.chance(50)) type.values.push_back(value);
  if (type.values.empty()) type.values = {"only"};
  type.comment = generator_.comment();
  schema_.enums.push_back(type);
}

void ObjectMaker::add_domain() {
  static const std::vector<std::string> kDefinitions{
      "AS integer DEFAULT 5 NOT NULL", "AS text COLLATE \"C\"", "AS character varying(10)",
      "AS integer CONSTRAINT above CHECK ((VALUE > 0))",
      "AS numeric(8,2) DEFAULT 1.5 CONSTRAINT \"a b\" CHECK ((VALUE < (100)::numeric)) CONSTRAINT "
      "c "
      "CHECK ((VALUE > ('-1'::integer)::numeric))"};
  schema_.domains.push_back(
      {tables_.free_name("dom", tables_.some_schema()), dice_.pick(kDefinitions)});
}

void ObjectMaker::add_sequence() {
  Sequence sequence;
  sequence.name = tables_.free_name("seq", tables_.some_schema());
  if (dice_.chance(30)) sequence.type = dice_.chance(50) ? "integer" : "smallint";
  if (dice_.chance(30)) sequence.increment = dice_.chance(50) ? 5 : -2;
  if (dice_.chance(20) && !sequence.increment) sequence.start = 10;
  if (dice_.chance(20) && !sequence.increment) sequence.max_value = 1000;
  if (dice_.chance(20)) sequence.cache = 4;
  sequence.cycle = dice_.chance(20);
  sequence.comment = generator_.comment();
  std::vector<std::pair<const Table*, Column*>> columns;
  for (Table& table : schema_.tables) {
    if (table.name.schema != sequence.name.schema || !is_plain(schema_, table)) continue;
    for (Column& column : table.columns)
      if (is_integer(column.type)) columns.emplace_back(&table, &column);
  }
  if (!columns.empty() && dice_.chance(30)) {
    const auto& [table, column] = dice_.pick(columns);
    sequence.owned_by = to_string(ColumnName{table->name.name, column->name});
    // A default from a sequence of its own is what SERIAL is made of.
    if (column->server_default && column->server_default->text.starts_with("nextval"))
      sequence.owned_by.clear();
  } else if (!columns.empty() && dice_.chance(50)) {
    const auto& [table, column] = dice_.pick(columns);
    const bool free = !column->identity && !column->computed && !column->server_default &&
                      column->autoincrement == Autoincrement::Auto &&
                      !table->is_autoincrement(*column);
    const std::string name = cupel::text::replace_all(generator_.quoted(sequence.name), "'", "''");
    if (free) column->server_default = model::text("nextval('" + name + "'::regclass)");
  }
  schema_.sequences.push_back(sequence);
}

// Views

std::string ObjectMaker::view_text(const Table& table) {
  const std::string prefix = generator_.quoted(table.name.name) + ".";
  std::string text = "SELECT ";
  std::size_t count = 0;
  for (const Column& column : table.columns) {
    if (count > 0 && !dice_.chance(50)) continue;
    text += (count++ == 0 ? "" : ",\n    ") + prefix + generator_.quoted(column.name);
  }
  text += "\n   FROM " + generator_.quoted(table.name);
  if (dice_.chance(30))
    text +=
        "\n  WHERE (" + prefix + generator_.quoted(table.columns.front().name) + " IS NOT NULL)";
  return text;
}

void ObjectMaker::add_view() {
  std::vector<const Table*> tables;
  for (const Table& it : schema_.tables)
    if (!it.columns.empty()) tables.push_back(&it);
  if (tables.empty()) return;
  const Table& table = *dice_.pick(tables);
  View view{tables_.free_name("view", tables_.some_schema()), view_text(table)};
  view.comment = generator_.comment();
  if (palette_.has_server_features && dice_.chance(25)) {
    view.materialized = true;
    Index index{tables_.free_name("vix"), {}};
    const TypeChoice& choice = generator_.choice_of(table.columns.front().type);
    if (choice.is_key) {
      index.elements = {IndexElement(table.columns.front().name)};
      view.indexes = {index};
    }
  } else if (palette_.has_server_features && dice_.chance(15)) {
    view.with = {{"security_barrier", "true"}};
  }
  schema_.views.push_back(view);
  if (!dice_.chance(30)) return;
  // One over it: its columns are the same, by the view's name.
  View over{tables_.free_name("over", view.name.schema), ""};
  over.definition = "SELECT " + generator_.quoted(view.name.name) + "." +
                    generator_.quoted(table.columns.front().name) + "\n   FROM " +
                    generator_.quoted(view.name);
  schema_.views.push_back(over);
}

// Functions and triggers

void ObjectMaker::add_function() {
  Function function;
  function.name = tables_.free_name("fun", tables_.some_schema());
  const std::string name = generator_.quoted(function.name);
  const std::string body = std::to_string(dice_.below(100));
  if (dice_.chance(20)) {
    function.procedure = true;
    function.definition = "CREATE OR REPLACE PROCEDURE " + name +
                          "()\n LANGUAGE sql\nAS $procedure$SELECT " + body + "$procedure$";
  } else if (dice_.chance(50)) {
    function.arguments = "integer, text";
    function.definition =
        "CREATE OR REPLACE FUNCTION " + name +
        "(a integer, b text DEFAULT 'x'::text)\n RETURNS integer\n LANGUAGE sql\n "
        "IMMUTABLE STRICT\nAS $function$SELECT a + " +
        body + "$function$";
  } else {
    function.definition =
        "CREATE OR REPLACE FUNCTION " + name +
        "()\n RETURNS trigger\n LANGUAGE plpgsql\nAS $function$\nBEGIN\n  -- it's " + body +
        "\n  RETURN NEW;\nEND$function$";
  }
  schema_.functions.push_back(function);
}

void ObjectMaker::add_trigger() {
  std::vector<const Table*> tables;
  for (const Table& it : schema_.tables)
    if (is_plain(schema_, it)) tables.push_back(&it);
  if (tables.empty()) return;
  const Table& table = *dice_.pick(tables);
  if (palette_.has_server_features) {
    add_server_trigger(table);
  } else {
    add_file_trigger(table);
  }
}

void ObjectMaker::add_server_trigger(const Table& table) {
  std::vector<const Function*> functions;
  for (const Function& it : schema_.functions)
    if (it.definition.find("RETURNS trigger") != std::string::npos) functions.push_back(&it);
  if (functions.empty()) return;
  Trigger trigger{tables_.free_name("trg"), table.name, ""};
  const std::string column = generator_.quoted(table.columns.front().name);
  const std::string when =
      dice_.chance(50) ? "BEFORE UPDATE OF " + column : "AFTER INSERT OR UPDATE";
  const std::string condition =
      dice_.chance(30) ? " WHEN (new." + column + " IS NOT NULL)" : std::string();
  trigger.definition = "CREATE TRIGGER " + generator_.quoted(trigger.name) + " " + when + " ON " +
                       generator_.quoted(table.name) + " FOR EACH ROW" + condition +
                       " EXECUTE FUNCTION " + generator_.quoted(dice_.pick(functions)->name) + "()";
  schema_.triggers.push_back(trigger);
}

void ObjectMaker::add_file_trigger(const Table& table) {
  Trigger trigger{tables_.free_name("trg"), table.name, ""};
  trigger.definition = "CREATE TRIGGER " + generator_.quoted(trigger.name) + " AFTER INSERT ON " +
                       generator_.quoted(table.name) + " BEGIN\n  SELECT new." +
                       generator_.quoted(table.columns.front().name) +
                       "; -- it's ours\n  SELECT ';';\nEND";
  schema_.triggers.push_back(trigger);
}

// Families of tables

void ObjectMaker::add_partitioned() {
  Table parent;
  parent.name = tables_.free_name("parted", tables_.some_schema());
  parent.columns = {{.name = "id", .type = Integer(), .nullable = false},
                    {.name = "on day", .type = Date(), .nullable = false},
                    {.name = "note", .type = Text()}};
  parent.columns[2].comment = generator_.comment();
  if (dice_.chance(30)) parent.columns[0].autoincrement = Autoincrement::Yes;
  if (dice_.chance(50))
    parent.primary_key =
        PrimaryKey{{"id", "on day"}, dice_.chance(50) ? tables_.free_name("pk") : ""};
  if (dice_.chance(50))
    parent.constraints.emplace_back(
        CheckConstraint{"id > '-5'::integer", dice_.chance(50) ? tables_.free_name("ck") : ""});
  if (dice_.chance(50)) parent.indexes.push_back(Index{tables_.free_name("ix"), {"note"}});
  static const std::vector<std::vector<std::string>> kWays{
      {"RANGE (\"on day\")", "FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')",
       "FOR VALUES FROM ('2021-01-01') TO (MAXVALUE)", "DEFAULT"},
      {"LIST (id)", "FOR VALUES IN (1, 2)", "FOR VALUES IN (3)", "DEFAULT"},
      {"HASH (id)", "FOR VALUES WITH (modulus 2, remainder 0)",
       "FOR VALUES WITH (modulus 2, remainder 1)"}};
  const std::vector<std::string>& way = dice_.pick(kWays);
  parent.partition_by = way[0];
  schema_.tables.push_back(parent);
  for (std::size_t i = 1; i < way.size(); ++i) {
    if (dice_.chance(40)) continue;
    Table part;
    part.name = tables_.free_name("part", parent.name.schema);
    part.partition_of = PartitionOf{parent.name, way[i]};
    part.columns = parent.columns;
    for (Column& column : part.columns) column.comment.clear();
    part.unlogged = dice_.chance(10);
    schema_.tables.push_back(part);
  }
}

void ObjectMaker::add_child() {
  std::vector<const Table*> parents;
  for (const Table& it : schema_.tables)
    if (it.partition_by.empty() && !it.partition_of && !it.unlogged) parents.push_back(&it);
  if (parents.empty()) return;
  Table child;
  child.name = tables_.free_name("child", tables_.some_schema());
  child.inherits = {dice_.pick(parents)->name};
  child.columns = {{.name = child.name.name + " own", .type = Text()}};
  child.columns[0].comment = generator_.comment();
  schema_.tables.push_back(child);
}

}  // namespace cupel::testing_support
