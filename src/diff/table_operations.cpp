// SPDX-License-Identifier: MIT
// See table_operations.hpp.
#include "diff/table_operations.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "cupel/model/naming.hpp"
#include "cupel/ops/services.hpp"
#include "diff/constraint_names.hpp"
#include "diff/renames.hpp"
#include "diff/texts.hpp"

namespace cupel::diff {

using model::Column;
using model::Constraint;
using model::Index;
using model::Table;

namespace {

template <typename T>
ops::Change<T> change_to(const std::optional<T>& value) {
  return value ? ops::Change<T>(*value) : ops::Change<T>(nullptr);
}
ops::Change<std::string> change_to(const std::string& comment) { return change_to(some(comment)); }

class Writer {
 public:
  Writer(const TableDiff& diff, const TableContext& context)
      : diff_(diff),
        context_(context),
        rules_(context.rules),
        from_(*diff.from.original),
        to_(*diff.to.original),
        options_(ops::options_of(diff.from.table)),
        unnamed_(from_) {}

  TableOperations run() {
    stop_counting();
    for (const auto& it : diff_.indexes) drop(it);
    for (const auto& it : diff_.constraints) drop(it);
    rename_parts();
    write_columns();
    for (const auto& it : diff_.constraints) add(it);
    set_options(ops::options_of(diff_.to.table));
    if (diff_.comment)
      change(ops::SetTableComment{to_.name, some(to_.comment), some(from_.comment)});
    group_changes();
    for (const auto& it : diff_.indexes) add(it);
    if (diff_.partition) {
      put(ops::SetPartition{to_.name, diff_.to.table.partition_of, diff_.from.table.partition_of});
    }
    return std::move(result_);
  }

 private:
  void put(ops::Operation operation) { result_.changes.push_back(std::move(operation)); }
  void change(ops::TableChange change) { changes_.push_back(std::move(change)); }

  void set_options(const ops::TableOptions& to) {
    if (to == options_) return;
    change(ops::SetTableOptions{to_.name, to, options_});
    options_ = to;
  }

  /// AUTOINCREMENT is the primary key's: it goes before that and comes after it.
  void stop_counting() {
    const bool key_goes =
        std::any_of(diff_.constraints.begin(), diff_.constraints.end(), [](const auto& it) {
          return it.from != nullptr && std::holds_alternative<model::PrimaryKey>(*it.from) &&
                 (it.is_removed() || it.is_made_again());
        });
    if (!options_.autoincrement || (diff_.to.table.autoincrement && !key_goes)) return;
    ops::TableOptions stopped = options_;
    stopped.autoincrement = false;
    set_options(stopped);
  }

  /// One rebuild instead of several, where tables are rebuilt.
  void group_changes() {
    const auto is_light = [](const ops::TableChange& it) {
      return std::holds_alternative<ops::AddColumn>(it) ||
             std::holds_alternative<ops::SetTableComment>(it);
    };
    const bool groups = rules_.groups_table_changes() && changes_.size() > 1 &&
                        !std::all_of(changes_.begin(), changes_.end(), is_light);
    if (groups) {
      put(ops::AlterTable{.table = to_.name, .changes = std::move(changes_)});
    } else {
      for (ops::TableChange& it : changes_) {
        std::visit([&](auto& one) { put(std::move(one)); }, it);
      }
    }
    changes_.clear();
  }

  // Constraints

  void drop(const PartDiff<Constraint>& diff) {
    if (!diff.is_removed() && !diff.is_made_again()) return;
    ops::DropConstraint drop{.table = to_.name,
                             .name = unnamed_.drop(*diff.from, rules_),
                             .kind = model::kind_of(*diff.from),
                             .was = *diff.from};
    // One after the other may have the same made name, but they come back together.
    if (model::name_of(*diff.from).empty() && !dropped_.insert(drop.name).second)
      model::set_name(*drop.was, drop.name + std::to_string(dropped_.size()));
    if (rules_.groups_table_changes()) {
      change(std::move(drop));
    } else if (std::holds_alternative<model::ForeignKey>(*diff.from)) {
      result_.drop_foreign_keys.emplace_back(std::move(drop));
    } else {
      result_.drop_parts.emplace_back(std::move(drop));
    }
  }

  /// The name that the constraint has when everything else is done.
  std::string name_of(const PartDiff<Constraint>& diff) const {
    return diff.renamed ? model::name_of(*diff.to) : model::name_of(*diff.from);
  }

  void add(const PartDiff<Constraint>& diff) {
    if (diff.is_removed()) return;
    if (!diff.is_added() && !diff.is_made_again()) {
      if (diff.validated) put(ops::ValidateConstraint{to_.name, name_of(diff)});
      if (diff.commented) {
        put(ops::SetComment{ops::CommentOn::Constraint, to_.name, name_of(diff),
                            some(model::comment_of(*diff.to)),
                            some(model::comment_of(*diff.from))});
      }
      return;
    }
    Constraint constraint = *diff.to;
    if (diff.from != nullptr && model::name_of(constraint).empty()) {
      model::set_name(constraint, model::name_of(*diff.from));
    }
    ops::AddConstraint add{.table = to_.name, .constraint = named_here(std::move(constraint))};
    if (rules_.groups_table_changes()) {
      change(std::move(add));
    } else if (std::holds_alternative<model::ForeignKey>(*diff.to)) {
      result_.add_foreign_keys.emplace_back(std::move(add));
    } else {
      change(std::move(add));
    }
  }

  Constraint named_here(Constraint constraint) {
    Table taken = from_;
    taken.columns.clear();
    for (const Constraint& it : made_) taken.constraints.push_back(it);
    Constraint result = named(std::move(constraint), to_, taken, rules_);
    made_.push_back(result);
    return result;
  }

  void rename_parts() {
    std::vector<NamePair> constraints;
    for (const auto& it : diff_.constraints) {
      if (it.renamed && !it.is_made_again()) {
        constraints.emplace_back(model::name_of(*it.from), model::name_of(*it.to));
      }
    }
    for (const auto& [from, to] : in_order(std::move(constraints))) {
      ops::RenameConstraint rename{to_.name, from, to};
      if (rules_.groups_table_changes()) {
        change(std::move(rename));
      } else {
        result_.rename_parts.emplace_back(std::move(rename));
      }
    }
    std::vector<NamePair> indexes;
    for (const auto& it : diff_.indexes) {
      if (it.renamed && !it.is_made_again()) indexes.emplace_back(it.from->name, it.to->name);
    }
    for (const auto& [from, to] : in_order(std::move(indexes))) {
      result_.rename_parts.emplace_back(ops::RenameIndex{to_.name, from, to});
    }
  }

  // Indexes

  /// A partitioned table's cannot be made that way.
  bool is_concurrent() const {
    return context_.concurrent_indexes && to_.partition_by.empty() && !to_.partition_of;
  }

  void drop(const PartDiff<Index>& diff) {
    if (!diff.is_removed() && !diff.is_made_again()) return;
    // A unique one may be held by a foreign key, which goes later.
    const bool concurrently = is_concurrent() && !diff.from->unique;
    auto& section = concurrently ? result_.drop_concurrently : result_.drop_parts;
    section.emplace_back(ops::DropIndex{.name = diff.from->name,
                                        .table = to_.name,
                                        .concurrently = concurrently,
                                        .was = *diff.from});
  }

  void add(const PartDiff<Index>& diff) {
    if (diff.is_removed()) return;
    if (!diff.is_added() && !diff.is_made_again()) {
      if (!diff.commented) return;
      put(ops::SetComment{ops::CommentOn::Index, to_.name,
                          diff.renamed ? diff.to->name : diff.from->name, some(diff.to->comment),
                          some(diff.from->comment)});
      return;
    }
    ops::CreateIndex create{.table = to_.name, .index = *diff.to, .concurrently = is_concurrent()};
    if (create.index.name.empty()) create.index.name = name_for(*diff.to, diff.from);
    (is_concurrent() ? result_.create_concurrently : result_.changes)
        .emplace_back(std::move(create));
  }

  static std::string name_of_first(const Index& index) {
    for (const model::IndexElement& it : index.elements) {
      if (!it.column.empty()) return it.column;
    }
    return "expression";
  }
  std::string name_for(const Index& index, const Index* was) const {
    if (was != nullptr) return was->name;
    const std::string name = "ix_" + to_.name.name + "_" + name_of_first(index);
    std::string free = model::shortened_name(name, rules_.max_name_length());
    for (int number = 1; from_.find_index(free) != nullptr || to_.find_index(free) != nullptr;
         ++number) {
      free = name + std::to_string(number);
    }
    return free;
  }

  // Columns

  /// Computed columns are in the way of those that they are computed from: they go first and come
  /// last.
  void write_columns() {
    for (const ColumnDiff& it : diff_.columns) {
      if (it.from != nullptr && it.from->computed && (it.is_removed() || it.replaced)) drop(it);
    }
    for (const ColumnDiff& it : diff_.columns) {
      if (it.is_added() && !it.to->computed) add(it);
    }
    for (const ColumnDiff& it : diff_.columns) {
      if (!it.is_added() && !it.is_removed() && !it.replaced) alter(it);
    }
    for (const ColumnDiff& it : diff_.columns) {
      if (it.from != nullptr && !it.from->computed && (it.is_removed() || it.replaced)) drop(it);
    }
    for (const ColumnDiff& it : diff_.columns) {
      if (!it.is_removed() && (it.replaced || (it.is_added() && it.to->computed))) add(it);
    }
  }

  void drop(const ColumnDiff& diff) {
    const Column& was = *from_.find_column(diff.from->name);
    ops::DropColumn drop{.table = to_.name, .column = was.name};
    drop.was = context_.renamed_types.as_it_is(declared(was, to_.name, rules_));
    say_numbering(diff_.from.table, *diff.from, *drop.was);
    change(std::move(drop));
  }
  void add(const ColumnDiff& diff) {
    ops::AddColumn add{.table = to_.name, .column = as_declared(diff)};
    say_numbering(diff_.to.table, *diff.to, add.column);
    change(std::move(add));
  }
  /// When a column is added (or comes back), the primary key that lets it number rows follows
  /// later.
  void say_numbering(const Table& table, const Column& stored, Column& column) const {
    if (rules_.numbers_rows(table, stored)) column.autoincrement = model::Autoincrement::Yes;
  }
  Column as_declared(const ColumnDiff& diff) const {
    return declared(*to_.find_column(diff.to->name), to_.name, rules_);
  }

  /// A default may not be of the new type: it steps aside while the values are converted.
  void alter(const ColumnDiff& diff) {
    const Column& from = *from_.find_column(diff.from->name);
    const bool converts =
        diff.type && !rules_.groups_table_changes() &&
        (diff.type_change == TypeChange::Convert ||
         rules_.judge(diff.to->type, diff.from->type) == TypeChange::Convert);  // the way back
    const Column to = as_declared(diff);
    if (!converts || (!from.server_default && !to.server_default)) return change(altered(diff));
    if (from.server_default) {
      change(ops::AlterColumn{.table = to_.name,
                              .column = from.name,
                              .server_default = nullptr,
                              .existing_server_default = *from.server_default});
    }
    ops::AlterColumn main = altered(diff);
    main.server_default = {};
    main.existing_server_default = nullptr;
    change(std::move(main));
    if (!to.server_default) return;
    change(ops::AlterColumn{.table = to_.name,
                            .column = to.name,
                            .server_default = *to.server_default,
                            .existing_server_default = nullptr});
  }

  ops::AlterColumn altered(const ColumnDiff& diff) const {
    const Column from = context_.renamed_types.as_it_is(*from_.find_column(diff.from->name));
    const Column to = as_declared(diff);
    ops::AlterColumn op{.table = to_.name, .column = to.name};
    op.existing_type = from.type;
    op.existing_nullable = diff.from->nullable;
    if (from.server_default) op.existing_server_default = *from.server_default;
    if (diff.type) {
      op.type = to.type;
      op.using_expression = rules_.using_expression(to.name, diff.from->type, diff.to->type);
      op.existing_using_expression =
          rules_.using_expression(to.name, diff.to->type, diff.from->type);
    }
    if (diff.nullable) op.nullable = diff.to->nullable;
    if (diff.server_default) {
      op.server_default = change_to(to.server_default);
      op.existing_server_default = change_to(from.server_default);
    }
    if (diff.computed) {
      op.computed = change_to(to.computed);
      op.existing_computed = change_to(from.computed);
    }
    if (diff.identity) {
      op.identity = change_to(to.identity);
      op.existing_identity = change_to(from.identity);
    }
    const bool numbered = rules_.numbers_rows(diff_.from.table, *diff.from);
    if (diff.autoincrement) op.autoincrement = !numbered;
    if (diff.autoincrement || (diff.type && numbered)) op.existing_autoincrement = numbered;
    if (diff.comment) {
      op.comment = change_to(to.comment);
      op.existing_comment = change_to(from.comment);
    }
    // Where NOT NULL goes, its clause goes along, and comes back with it.
    const bool clause_goes =
        diff.nullable && diff.from->not_null_conflict != diff.to->not_null_conflict;
    if (diff.not_null_conflict || clause_goes) {
      op.not_null_conflict = diff.to->not_null_conflict;
      op.existing_not_null_conflict = diff.from->not_null_conflict;
    }
    return op;
  }

  const TableDiff& diff_;
  const TableContext& context_;
  const DiffRules& rules_;
  const Table& from_;
  const Table& to_;
  ops::TableOptions options_;  ///< as they are now
  UnnamedConstraints unnamed_;
  std::set<std::string> dropped_;  ///< names made for constraints that had none
  std::vector<Constraint> made_;
  std::vector<ops::TableChange> changes_;
  TableOperations result_;
};

}  // namespace

TableOperations operations_of(const TableDiff& diff, const TableContext& context) {
  return Writer(diff, context).run();
}

}  // namespace cupel::diff
