// SPDX-License-Identifier: MIT
// See replayed_schema.hpp.
#include "lint/replayed_schema.hpp"

#include <algorithm>
#include <variant>

#include "cupel/ops/services.hpp"

namespace cupel::lint {
namespace {

/// Everything but tables.
model::Schema rest_of(const model::Schema& schema) {
  model::Schema rest;
  rest.schemas = schema.schemas;
  rest.extensions = schema.extensions;
  rest.enums = schema.enums;
  rest.domains = schema.domains;
  rest.sequences = schema.sequences;
  rest.views = schema.views;
  rest.functions = schema.functions;
  rest.triggers = schema.triggers;
  return rest;
}

using NotedTables = std::map<ObjectName, std::optional<model::Table>>;

void put_back(const NotedTables& noted, std::vector<model::Table>& tables) {
  std::erase_if(tables, [&](const model::Table& table) {
    const auto found = noted.find(table.name);
    return found != noted.end() && !found->second;
  });
  for (const auto& [name, table] : noted) {
    if (!table) continue;
    const auto found = std::find_if(tables.begin(), tables.end(),
                                    [&](const model::Table& it) { return it.name == table->name; });
    if (found == tables.end()) {
      tables.push_back(*table);
    } else {
      *found = *table;
    }
  }
}

/// Which table an operation changes; nullopt: maybe several. An empty name: none.
class Touched {
 public:
  explicit Touched(const model::Schema& schema) : schema_(schema) {}
  using Answer = std::optional<ObjectName>;

  template <typename Op>
  Answer of(const Op&) const {
    return std::nullopt;
  }
  Answer of(const ops::CreateTable& op) const { return op.table.name; }
  Answer of(const ops::DropTable& op) const {
    if (op.cascade || has_partitions(op.table)) return std::nullopt;
    return op.table;
  }
  Answer of(const ops::SetTableComment& op) const { return op.table; }
  Answer of(const ops::SetTableOptions& op) const { return op.table; }
  Answer of(const ops::AddColumn& op) const { return op.table; }
  Answer of(const ops::DropColumn& op) const { return op.cascade ? Answer() : op.table; }
  /// A new name reaches the foreign keys of others.
  Answer of(const ops::AlterColumn& op) const { return op.new_name ? Answer() : op.table; }
  Answer of(const ops::AddConstraint& op) const { return op.table; }
  Answer of(const ops::DropConstraint& op) const { return op.cascade ? Answer() : op.table; }
  Answer of(const ops::RenameConstraint& op) const { return op.table; }
  Answer of(const ops::ValidateConstraint& op) const { return op.table; }
  Answer of(const ops::CreateIndex& op) const { return op.table; }
  Answer of(const ops::DropIndex& op) const { return holder(op.table, op.name); }
  Answer of(const ops::RenameIndex& op) const { return holder(op.table, op.name); }
  Answer of(const ops::AlterTable& op) const {
    for (const ops::TableChange& change : op.changes)
      if (!std::visit([&](const auto& it) { return of(it); }, change)) return std::nullopt;
    return op.table;
  }
  Answer of(const ops::CreateView&) const { return ObjectName(); }
  Answer of(const ops::DropView&) const { return ObjectName(); }
  Answer of(const ops::RefreshView&) const { return ObjectName(); }
  Answer of(const ops::CreateFunction&) const { return ObjectName(); }
  Answer of(const ops::DropFunction&) const { return ObjectName(); }
  Answer of(const ops::CreateTrigger&) const { return ObjectName(); }
  Answer of(const ops::DropTrigger&) const { return ObjectName(); }
  Answer of(const ops::CreateExtension&) const { return ObjectName(); }
  Answer of(const ops::CreateSchema&) const { return ObjectName(); }
  Answer of(const ops::CreateEnum&) const { return ObjectName(); }
  Answer of(const ops::CreateSequence&) const { return ObjectName(); }
  Answer of(const ops::AlterSequence&) const { return ObjectName(); }
  Answer of(const ops::DropSequence&) const { return ObjectName(); }
  Answer of(const ops::ExecuteSql&) const { return ObjectName(); }
  Answer of(const ops::BulkInsert&) const { return ObjectName(); }

 private:
  bool has_partitions(const ObjectName& name) const {
    return std::any_of(schema_.tables.begin(), schema_.tables.end(), [&](const model::Table& it) {
      return it.partition_of && it.partition_of->parent == name;
    });
  }
  Answer holder(const ObjectName& table, const std::string& index) const {
    if (!table.name.empty()) return table;
    for (const model::Table& it : schema_.tables)
      if (it.find_index(index) != nullptr) return it.name;
    return ObjectName();
  }
  const model::Schema& schema_;
};

}  // namespace

void ReplayedSchema::apply(const Step& step, bool is_linted) {
  for (const Effect& effect : step.effects) {
    if (std::holds_alternative<NotUnderstood>(effect)) is_complete_ = false;
    const auto* change = std::get_if<ChangeRows>(&effect);
    if (is_linted && change != nullptr) new_tables_.see(*change);
    if (const auto* operation = std::get_if<ops::Operation>(&effect)) apply(*operation, is_linted);
  }
}

void ReplayedSchema::apply(const ops::Operation& operation, bool is_linted) {
  if (noted_) note(operation);
  const auto* create = std::get_if<ops::CreateTable>(&operation);
  const bool is_there = create != nullptr && schema().find_table(create->table.name) != nullptr;
  try {
    memory_.apply(operation);
  } catch (const UsageError&) {
    is_complete_ = false;  // it is about something that nobody has seen being made
  }
  if (is_linted) new_tables_.see(operation, is_there);
}

void ReplayedSchema::begin_snapshot() {
  noted_.emplace();
  noted_->rest = rest_of(schema());
  noted_->new_tables = new_tables_;
  noted_->is_complete = is_complete_;
}

void ReplayedSchema::note(const ops::Operation& operation) {
  if (noted_->all_tables) return;
  const Touched touched(schema());
  const Touched::Answer name =
      std::visit([&](const auto& op) { return touched.of(op); }, operation);
  if (!name) {
    noted_->all_tables = schema().tables;
  } else if (!name->name.empty() && !noted_->tables.contains(*name)) {
    const model::Table* table = schema().find_table(*name);
    noted_->tables[*name] = table == nullptr ? std::nullopt : std::optional(*table);
  }
}

SchemaSnapshot ReplayedSchema::take_snapshot() {
  SchemaSnapshot snapshot = std::move(*noted_);
  noted_.reset();
  return snapshot;
}

void ReplayedSchema::restore(SchemaSnapshot snapshot) {
  model::Schema now = memory_.release();
  std::vector<model::Table> tables =
      snapshot.all_tables ? std::move(*snapshot.all_tables) : std::move(now.tables);
  put_back(snapshot.tables, tables);
  now = std::move(snapshot.rest);
  now.tables = std::move(tables);
  memory_ = sql::MemorySchema(std::move(now));
  new_tables_ = std::move(snapshot.new_tables);
  is_complete_ = snapshot.is_complete;
}

ChangedPart changed_part(const SchemaSnapshot& up, const SchemaSnapshot& down,
                         const model::Schema& now) {
  ChangedPart part{up.rest, rest_of(now)};
  if (up.all_tables || down.all_tables) {
    part.before.tables = up.all_tables ? *up.all_tables : *down.all_tables;
    if (!up.all_tables) put_back(down.tables, part.before.tables);
    put_back(up.tables, part.before.tables);
    part.after.tables = now.tables;
    return part;
  }
  NotedTables noted = up.tables;
  noted.insert(down.tables.begin(), down.tables.end());  // what `up` has noted is older, and stays
  for (const auto& [name, table] : noted) {
    if (table) part.before.tables.push_back(*table);
    if (const model::Table* left = now.find_table(name)) part.after.tables.push_back(*left);
  }
  return part;
}

const model::Table* table_then(const SchemaSnapshot& then, const model::Schema& now,
                               const ObjectName& name) {
  if (const auto noted = then.tables.find(name); noted != then.tables.end())
    return noted->second ? &*noted->second : nullptr;
  if (!then.all_tables) return now.find_table(name);
  for (const model::Table& table : *then.all_tables)
    if (table.name == name) return &table;
  return nullptr;
}

}  // namespace cupel::lint
