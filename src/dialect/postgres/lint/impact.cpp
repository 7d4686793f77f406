// SPDX-License-Identifier: MIT
// See impact.hpp. One overload for each operation that touches a table that exists.
#include "dialect/postgres/lint/impact.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "cupel/ops/services.hpp"

namespace cupel::dialect::postgres {

using model::ObjectName;

namespace {

class Toucher {
 public:
  Toucher(const lint::Details& details, const lint::State& state, const SessionFacts& session)
      : details_(details), state_(state), session_(session) {}

  std::vector<Touch> take() { return std::move(touches_); }

  template <typename Op>
  void operator()(const Op&) {}

  // Tables

  void operator()(const ops::CreateTable& op) {
    for (const model::Constraint& it : op.table.constraints)
      if (const auto* key = std::get_if<model::ForeignKey>(&it)) refer(op.table.name, *key);
    if (op.table.partition_of)
      touch(op.table.partition_of->parent, LockMode::AccessExclusive, Work::None, true);
    for (const ObjectName& parent : op.table.inherits)
      touch(parent, LockMode::ShareUpdateExclusive, Work::None, true);
  }
  void operator()(const ops::DropTable& op) {
    touch(op.table, LockMode::AccessExclusive);
    if (op.cascade) {
      for (const ObjectName& it : referring_to(op.table))
        touch(it, LockMode::AccessExclusive, Work::None, true);
    }
    const model::Table* table = state_.schema.find_table(op.table);
    if (table == nullptr) return;
    for (const model::Constraint& it : table->constraints) {
      const auto* key = std::get_if<model::ForeignKey>(&it);
      if (key != nullptr && key->referred_table != op.table)
        touch(key->referred_table, LockMode::AccessExclusive, Work::None, true);
    }
    if (table->partition_of)
      touch(table->partition_of->parent, LockMode::AccessExclusive, Work::None, true);
  }
  void operator()(const ops::RenameTable& op) { touch(op.table, LockMode::AccessExclusive); }
  void operator()(const ops::SetTableSchema& op) { touch(op.table, LockMode::AccessExclusive); }
  void operator()(const ops::SetTableComment& op) {
    touch(op.table, LockMode::ShareUpdateExclusive);
  }
  void operator()(const ops::SetTableOptions& op) {
    const model::Table* table = state_.schema.find_table(op.table);
    const ops::TableOptions was = op.was             ? *op.was
                                  : table != nullptr ? ops::options_of(*table)
                                                     : ops::TableOptions();
    const bool moves = op.to.unlogged != was.unlogged || op.to.tablespace != was.tablespace;
    if (moves) {
      touch(op.table, LockMode::AccessExclusive, Work::Rewrite);
    } else {
      touch(op.table, LockMode::ShareUpdateExclusive);
    }
  }
  void operator()(const ops::SetPartition& op) {
    if (op.was) {
      touch(op.was->parent, details_.partition_concurrently ? LockMode::ShareUpdateExclusive
                                                            : LockMode::AccessExclusive);
      touch(op.table, LockMode::AccessExclusive, Work::None, true);
    }
    if (op.to) {
      touch(op.to->parent, LockMode::ShareUpdateExclusive);
      const bool proven = has_bound_check(op.table);
      touch(op.table, LockMode::AccessExclusive, proven ? Work::None : Work::Scan, true);
    }
  }

  // Columns

  void operator()(const ops::AddColumn& op) {
    Work work = Work::None;
    const model::Column& column = op.column;
    const bool checks = std::any_of(op.checks.begin(), op.checks.end(),
                                    [](const auto& it) { return !it.not_valid; });
    if (checks) work = Work::Scan;
    const bool has_values = column.server_default && !is_null(*column.server_default);
    if (op.inline_references) {
      refer(op.table, *op.inline_references);
      if (has_values) work = Work::References;
    }
    if (op.inline_primary_key) work = Work::IndexBuild;
    if (rewrites(column)) work = Work::Rewrite;
    touch(op.table, LockMode::AccessExclusive, work);
  }
  void operator()(const ops::DropColumn& op) {
    touch(op.table, LockMode::AccessExclusive);
    const model::Table* table = state_.schema.find_table(op.table);
    if (table == nullptr) return;
    for (const model::Constraint& it : table->constraints) {
      const auto* key = std::get_if<model::ForeignKey>(&it);
      const bool goes = key != nullptr && std::find(key->columns.begin(), key->columns.end(),
                                                    op.column) != key->columns.end();
      if (goes) touch(key->referred_table, LockMode::AccessExclusive, Work::None, true);
    }
  }
  void operator()(const ops::AlterColumn& op) {
    const bool only_comment = op.comment && !op.type && !op.nullable && !op.server_default &&
                              !op.identity && !op.computed && !op.new_name && !op.autoincrement;
    Work work = Work::None;
    if (op.nullable == false && !is_proven_not_null(op)) work = Work::Scan;
    if (op.computed.sets()) work = Work::Rewrite;
    if (op.type) work = std::max(work, type_work(op));
    touch(op.table, only_comment ? LockMode::ShareUpdateExclusive : LockMode::AccessExclusive,
          work);
  }

  // Constraints and indexes

  void operator()(const ops::AddConstraint& op) {
    const bool takes_index = !details_.using_index.empty();
    if (const auto* key = std::get_if<model::ForeignKey>(&op.constraint)) {
      touch(op.table, LockMode::ShareRowExclusive, key->not_valid ? Work::None : Work::References);
      refer(op.table, *key);
    } else if (const auto* check = std::get_if<model::CheckConstraint>(&op.constraint)) {
      touch(op.table, LockMode::AccessExclusive, check->not_valid ? Work::None : Work::Scan);
    } else if (std::holds_alternative<model::ExcludeConstraint>(op.constraint)) {
      touch(op.table, LockMode::AccessExclusive, Work::ExcludeBuild);
    } else if (const auto* key = std::get_if<model::PrimaryKey>(&op.constraint)) {
      const bool scans = !all_not_null(op.table, key->columns);
      const Work with_index = scans ? Work::Scan : Work::None;
      touch(op.table, LockMode::AccessExclusive, takes_index ? with_index : Work::IndexBuild);
    } else {
      touch(op.table, LockMode::AccessExclusive, takes_index ? Work::None : Work::IndexBuild);
    }
  }
  void operator()(const ops::DropConstraint& op) {
    touch(op.table, LockMode::AccessExclusive);
    const model::Table* table = state_.schema.find_table(op.table);
    const std::optional<model::Constraint> constraint =
        table == nullptr ? std::nullopt : table->find_constraint(op.name);
    if (!constraint) return;
    const auto* key = std::get_if<model::ForeignKey>(&*constraint);
    if (key != nullptr && key->referred_table != op.table)
      touch(key->referred_table, LockMode::AccessExclusive, Work::None, true);
  }
  void operator()(const ops::RenameConstraint& op) { touch(op.table, LockMode::AccessExclusive); }
  void operator()(const ops::ValidateConstraint& op) {
    const model::Table* table = state_.schema.find_table(op.table);
    const std::optional<model::Constraint> constraint =
        table == nullptr ? std::nullopt : table->find_constraint(op.name);
    const auto* key = constraint ? std::get_if<model::ForeignKey>(&*constraint) : nullptr;
    touch(op.table, LockMode::ShareUpdateExclusive, key == nullptr ? Work::Scan : Work::References);
    if (key != nullptr) touch(key->referred_table, LockMode::RowShare, Work::None, true);
  }
  void operator()(const ops::CreateIndex& op) {
    touch(op.table, op.concurrently ? LockMode::ShareUpdateExclusive : LockMode::Share,
          Work::IndexBuild);
  }
  void operator()(const ops::DropIndex& op) {
    // What a constraint takes over is not dropped.
    if (!details_.using_index.empty()) return;
    touch(table_of_index(op.table, op.name),
          op.concurrently ? LockMode::ShareUpdateExclusive : LockMode::AccessExclusive);
  }
  void operator()(const ops::AlterTable& op) {
    for (const ops::TableChange& change : op.changes) {
      std::visit(
          [&](auto it) {
            it.table = op.table;
            (*this)(it);
          },
          change);
    }
  }

  // The rest

  void operator()(const ops::RefreshView& op) {
    touch(op.name, op.concurrently ? LockMode::Exclusive : LockMode::AccessExclusive, Work::Query);
  }
  void operator()(const ops::CreateTrigger& op) {
    touch(op.trigger.table, LockMode::ShareRowExclusive);
  }
  void operator()(const ops::DropTrigger& op) { touch(op.table, LockMode::AccessExclusive); }
  void operator()(const ops::BulkInsert& op) { touch(op.table, LockMode::RowExclusive); }
  void operator()(const ops::SetComment& op) {
    if (op.on == ops::CommentOn::Constraint) touch(op.object, LockMode::ShareUpdateExclusive);
  }

  // What is no operation

  void operator()(const ops::Operation& operation) {
    std::visit([this](const auto& op) { (*this)(op); }, operation);
  }
  void operator()(const lint::Truncate& truncate) {
    std::vector<ObjectName> emptied = truncate.tables;
    for (std::size_t i = 0; i < emptied.size(); ++i) {
      touch(emptied[i], LockMode::AccessExclusive, Work::None, i >= truncate.tables.size());
      if (!truncate.cascade) continue;
      const std::vector<ObjectName> more = referring_to(ObjectName(emptied[i]));
      for (const ObjectName& it : more)
        if (std::find(emptied.begin(), emptied.end(), it) == emptied.end()) emptied.push_back(it);
    }
  }
  void operator()(const lint::ChangeRows& change) {
    touch(change.table, LockMode::RowExclusive,
          change.verb == lint::ChangeRows::Verb::Insert ? Work::None : Work::Scan);
  }
  void operator()(const lint::Other& other);

 private:
  void reindex(const lint::Other& other);
  /// What checks the values of a domain reads every table that has a column of it.
  void alter_domain(const lint::Other& other);
  void touch(const ObjectName& table, LockMode lock, Work work = Work::None,
             bool is_secondary = false) {
    if (!table.name.empty()) touches_.push_back({table, lock, work, is_secondary});
  }
  std::vector<ObjectName> referring_to(const ObjectName& table) const {
    std::vector<ObjectName> names;
    for (const model::Table& other : state_.schema.tables) {
      const bool refers = std::any_of(other.constraints.begin(), other.constraints.end(),
                                      [&](const model::Constraint& it) {
                                        const auto* key = std::get_if<model::ForeignKey>(&it);
                                        return key != nullptr && key->referred_table == table;
                                      });
      if (refers && other.name != table) names.push_back(other.name);
    }
    return names;
  }
  void refer(const ObjectName& from, const model::ForeignKey& key) {
    if (key.referred_table != from)
      touch(key.referred_table, LockMode::ShareRowExclusive, Work::None, true);
  }
  static bool is_null(const model::Expression& expression) {
    return expression.kind == model::ExpressionKind::Null ||
           is_same_expression(expression.text, "NULL");
  }
  bool rewrites(const model::Column& column) const {
    if (column.identity || column.autoincrement == model::Autoincrement::Yes) return true;
    if (column.computed) return column.computed->persisted.value_or(true);
    if (is_constrained_domain(column.type, state_.schema)) return true;
    return column.server_default && is_volatile(*column.server_default).value_or(true);
  }
  bool is_proven_not_null(const ops::AlterColumn& op) const {
    const model::Table* table = state_.schema.find_table(op.table);
    const model::Column* column = table == nullptr ? nullptr : table->find_column(op.column);
    if (column == nullptr) return op.existing_nullable == false;
    return !column->nullable || has_not_null_proof(*table, op.column);
  }
  bool all_not_null(const ObjectName& name, const std::vector<std::string>& columns) const {
    const model::Table* table = state_.schema.find_table(name);
    if (table == nullptr) return true;
    return std::all_of(columns.begin(), columns.end(), [&](const std::string& it) {
      const model::Column* column = table->find_column(it);
      return column == nullptr || !column->nullable;
    });
  }
  /// Under a valid CHECK every row is read again, even if none is written.
  Work type_work(const ops::AlterColumn& op) const {
    const std::optional<model::Type> from = type_before(op, state_);
    const TypeCost cost =
        from ? type_cost(*from, *op.type, op.column, op.using_expression) : TypeCost::Rewrite;
    const bool free =
        cost == TypeCost::Free || (cost == TypeCost::DependsOnZone && session_.zone_is_utc);
    if (!free) return Work::Rewrite;
    const model::Table* table = state_.schema.find_table(op.table);
    if (table == nullptr) return Work::None;
    const bool is_same =
        cost == TypeCost::Free && from && model::to_string(*from) == model::to_string(*op.type);
    const bool checked =
        std::any_of(table->constraints.begin(), table->constraints.end(), [&](const auto& it) {
          const auto* check = std::get_if<model::CheckConstraint>(&it);
          return check != nullptr && !check->not_valid &&
                 ops::mentions_identifier(check->expression, op.column);
        });
    return checked && !is_same ? Work::Scan : Work::None;
  }
  bool has_bound_check(const ObjectName& child) const {
    const model::Table* table = state_.schema.find_table(child);
    if (table == nullptr) return false;
    return std::any_of(table->constraints.begin(), table->constraints.end(), [](const auto& it) {
      const auto* check = std::get_if<model::CheckConstraint>(&it);
      return check != nullptr && !check->not_valid;
    });
  }
  ObjectName table_of_index(const ObjectName& given, const std::string& index) const {
    if (!given.name.empty()) return given;
    for (const model::Table& it : state_.schema.tables) {
      if (it.name.schema == given.schema && it.find_index(index) != nullptr) return it.name;
    }
    return {};
  }

  const lint::Details& details_;
  const lint::State& state_;
  const SessionFacts& session_;
  std::vector<Touch> touches_;
};

/// Statements about one table, by how they are called.
struct OtherCost {
  std::string_view kind;
  LockMode lock;
  Work work = Work::None;
};
constexpr std::array kOtherCosts = std::to_array<OtherCost>({
    {"alter constraint", LockMode::ShareRowExclusive},
    {"alter policy", LockMode::AccessExclusive},
    {"analyze", LockMode::ShareUpdateExclusive},
    {"cluster", LockMode::AccessExclusive, Work::Rewrite},
    {"cluster on", LockMode::ShareUpdateExclusive},
    {"create policy", LockMode::AccessExclusive},
    {"create rule", LockMode::AccessExclusive},
    {"create statistics", LockMode::ShareUpdateExclusive},
    {"disable rule", LockMode::AccessExclusive},
    {"disable trigger", LockMode::ShareRowExclusive},
    {"drop policy", LockMode::AccessExclusive},
    {"drop rule", LockMode::AccessExclusive},
    {"enable rule", LockMode::AccessExclusive},
    {"enable trigger", LockMode::ShareRowExclusive},
    {"inherit", LockMode::AccessExclusive},
    {"no inherit", LockMode::AccessExclusive},
    {"of type", LockMode::AccessExclusive},
    {"owner to", LockMode::AccessExclusive},
    {"rename policy", LockMode::AccessExclusive},
    {"rename rule", LockMode::AccessExclusive},
    {"rename trigger", LockMode::AccessExclusive},
    {"replica identity", LockMode::AccessExclusive},
    {"row level security", LockMode::AccessExclusive},
    {"set access method", LockMode::AccessExclusive, Work::Rewrite},
    {"set column options", LockMode::ShareUpdateExclusive},
    {"set compression", LockMode::AccessExclusive},
    {"set statistics", LockMode::ShareUpdateExclusive},
    {"set storage", LockMode::AccessExclusive},
    {"vacuum", LockMode::ShareUpdateExclusive},
    {"vacuum full", LockMode::AccessExclusive, Work::Rewrite},
});

void Toucher::reindex(const lint::Other& other) {
  const LockMode lock = other.concurrently ? LockMode::ShareUpdateExclusive : LockMode::Share;
  if (other.detail == "table") touch(other.object, lock, Work::IndexBuild);
  if (other.detail == "index")
    touch(table_of_index({other.object.schema, ""}, other.object.name), lock, Work::IndexBuild);
}

void Toucher::alter_domain(const lint::Other& other) {
  const bool checks = other.detail == "add constraint" || other.detail == "set not null" ||
                      other.detail == "validate constraint";
  if (!checks) return;
  for (const model::Table& table : state_.schema.tables) {
    const bool uses =
        std::any_of(table.columns.begin(), table.columns.end(), [&](const model::Column& it) {
          return it.type.kind == model::TypeKind::Named &&
                 ObjectName(it.type.schema, it.type.name) == other.object;
        });
    if (uses) touch(table.name, LockMode::Share, Work::Scan, true);
  }
}

void Toucher::operator()(const lint::Other& other) {
  if (other.kind == "lock table") return touch(other.object, mode_called(other.detail));
  if (other.kind == "reindex") return reindex(other);
  if (other.kind == "alter domain") return alter_domain(other);
  const auto* found = std::find_if(kOtherCosts.begin(), kOtherCosts.end(),
                                   [&](const OtherCost& it) { return it.kind == other.kind; });
  if (found == kOtherCosts.end()) return;
  touch(other.object, found->lock, found->work);
  if (other.kind == "inherit")
    touch(ObjectName(other.detail), LockMode::ShareUpdateExclusive, Work::None, true);
}

}  // namespace

std::vector<Touch> touches_of(const lint::Effect& effect, const lint::Details& details,
                              const lint::State& state, const SessionFacts& session) {
  Toucher toucher(details, state, session);
  std::visit(toucher, effect);
  return toucher.take();
}

}  // namespace cupel::dialect::postgres
