// SPDX-License-Identifier: MIT
// See finding.hpp.
#include "diff/finding.hpp"

#include <algorithm>
#include <tuple>

#include "cupel/base/text.hpp"
#include "diff/side.hpp"

namespace cupel::diff {

using model::Column;
using model::Constraint;
using model::Index;
using model::to_string;
using Kind = Finding::Kind;

namespace {

std::string quoted(const std::string& text) { return "'" + text + "'"; }

std::string what(const Constraint& constraint) {
  switch (model::kind_of(constraint)) {
    case model::ConstraintKind::Primary:
      return "primary key";
    case model::ConstraintKind::Unique:
      return "unique constraint";
    case model::ConstraintKind::Foreign:
      return "foreign key";
    case model::ConstraintKind::Check:
      return "check constraint";
    case model::ConstraintKind::Exclude:
      return "exclusion constraint";
  }
  return "constraint";
}
std::string what(const Index&) { return "index"; }

using model::name_of;
const std::string& name_of(const Index& it) { return it.name; }

/// What tells it from others that have no name.
std::string signature(const Constraint& constraint) {
  if (const auto* key = std::get_if<model::ForeignKey>(&constraint)) {
    return "(" + text::join(key->columns, ", ") + ")(" + text::join(key->referred_columns, ", ") +
           ")";
  }
  if (const auto* check = std::get_if<model::CheckConstraint>(&constraint)) {
    return "(" + check->expression + ")";
  }
  return "(" + text::join(model::columns_of(constraint), ", ") + ")";
}
std::string signature(const Index& index) {
  std::vector<std::string> elements;
  for (const model::IndexElement& it : index.elements) {
    elements.push_back(it.column.empty() ? it.expression : it.column);
  }
  return "(" + text::join(elements, ", ") + ")";
}

template <typename T>
std::string part_text(const T& part) {
  return what(part) + " " + (name_of(part).empty() ? signature(part) : quoted(name_of(part)));
}

bool holds_data(const model::ObjectKey& object) {
  return object.kind == model::ObjectKind::Table || object.kind == model::ObjectKind::Schema ||
         object.kind == model::ObjectKind::Sequence || object.kind == model::ObjectKind::Extension;
}

/// The findings about one pair of tables.
class TableFindings {
 public:
  TableFindings(const TableDiff& diff, std::vector<Finding>& findings)
      : diff_(diff),
        findings_(findings),
        object_(key_of(*diff.to.original)),
        table_(to_string(diff.to.original->name)) {}

  void run() {
    for (const ColumnDiff& column : diff_.columns) add(column);
    for (const auto& constraint : diff_.constraints) add(constraint);
    for (const auto& index : diff_.indexes) add(index);
    add_words();
  }

 private:
  void add_words() {
    if (diff_.comment) say(Kind::Changed, "", "Detected table comment " + quoted(table_));
    if (diff_.options)
      say(Kind::Changed, "", "Detected changed options of table " + quoted(table_));
    if (diff_.partition) {
      const auto bound = [](const StoredTable& side) {
        const auto& partition = side.table.partition_of;
        return partition ? quoted(to_string(partition->parent)) + " " + partition->bound : "none";
      };
      say(Kind::Changed, "",
          "Detected changed partition of table " + quoted(table_) + ": " + bound(diff_.from) +
              " to " + bound(diff_.to));
    }
    const auto no_operation = [&](const std::string& what) {
      Finding& it =
          say(Kind::Changed, "", "Detected changed " + what + " of table " + quoted(table_));
      it.note = "no operation changes that: write the revision by hand";
    };
    if (diff_.partition_by) no_operation("partitioning");
    if (diff_.inherits) no_operation("inheritance");
  }

  Finding& say(Kind kind, std::string part, std::string message) {
    findings_.push_back(
        {.kind = kind, .object = object_, .part = std::move(part), .message = std::move(message)});
    return findings_.back();
  }

  void add(const ColumnDiff& diff) {
    const Column& column = diff.is_removed() ? *diff.from : *diff.to;
    const std::string part = "column " + quoted(column.name);
    const std::string name = quoted(table_ + "." + column.name);
    if (diff.is_removed()) {
      Finding& it = say(Kind::Removed, part, "Detected removed column " + name);
      it.destructive = !column.computed;
      return;
    }
    if (diff.is_added()) {
      Finding& it = say(Kind::Added, part, "Detected added column " + name);
      if (needs_value(column)) it.note = "rows that are there need a value for it";
      return;
    }
    add_changes(diff, part, name);
  }

  bool needs_value(const Column& column) const {
    return !column.nullable && !column.server_default && !column.computed && !column.identity &&
           column.autoincrement != model::Autoincrement::Yes;
  }

  void add_changes(const ColumnDiff& diff, const std::string& part, const std::string& name) {
    if (diff.type) {
      Finding& it = say(Kind::Changed, part,
                        "Detected type change from " + to_string(diff.from->type) + " to " +
                            to_string(diff.to->type) + " on " + name);
      it.destructive = diff.type_change == TypeChange::Lossy;
      if (diff.type_change == TypeChange::Lossy)
        it.note = "values that do not fit may be cut or refused";
      if (diff.type_change == TypeChange::Convert)
        it.note = "every value is converted, which may fail";
    }
    if (diff.nullable) {
      const bool nullable = diff.to->nullable;
      Finding& it =
          say(Kind::Changed, part,
              std::string("Detected ") + (nullable ? "NULL" : "NOT NULL") + " on column " + name);
      if (!nullable) it.note = "rows that hold NULL need a value first";
    }
    if (diff.server_default) say(Kind::Changed, part, "Detected server default on column " + name);
    if (diff.computed) {
      Finding& it = say(Kind::Changed, part, "Detected computed expression on column " + name);
      it.destructive = diff.replaced && !diff.from->computed;
      if (diff.replaced) it.note = "the column is dropped and added again";
    }
    if (diff.identity) say(Kind::Changed, part, "Detected identity options on column " + name);
    if (diff.autoincrement) say(Kind::Changed, part, "Detected autoincrement on column " + name);
    if (diff.comment) say(Kind::Changed, part, "Detected column comment " + name);
    if (diff.not_null_conflict) {
      say(Kind::Changed, part, "Detected conflict clause of NOT NULL on column " + name);
    }
  }

  /// Alembic knows foreign keys by their columns.
  static std::string label(const Constraint& constraint) {
    const bool named =
        !name_of(constraint).empty() && !std::holds_alternative<model::ForeignKey>(constraint);
    return named ? quoted(name_of(constraint)) : signature(constraint);
  }
  static std::string label(const Index& index) {
    return index.name.empty() ? signature(index) : quoted(index.name);
  }

  std::string place(const Constraint& constraint) const {
    switch (model::kind_of(constraint)) {
      case model::ConstraintKind::Foreign:
        return " on table " + table_;
      case model::ConstraintKind::Check:
        return " on table " + quoted(table_);
      default:
        return " on " + quoted(table_);
    }
  }
  std::string place(const Index&) const { return " on " + quoted(table_); }

  template <typename T>
  void add(const PartDiff<T>& diff) {
    const T& it = diff.is_removed() ? *diff.from : *diff.to;
    const std::string subject = what(it) + " " + label(it) + place(it);
    if (diff.is_removed()) {
      say(Kind::Removed, part_text(it), "Detected removed " + subject);
    } else if (diff.is_added()) {
      say(Kind::Added, part_text(it), "Detected added " + subject);
    } else {
      add_changes(diff, subject);
    }
  }

  template <typename T>
  void add_changes(const PartDiff<T>& diff, const std::string& subject) {
    const std::string part = part_text(*diff.to);
    if (diff.is_changed()) {
      say(Kind::Changed, part,
          "Detected changed " + subject + ": " + to_string(*diff.from) + " to " +
              to_string(*diff.to));
    } else if (diff.renamed) {
      say(Kind::Renamed, part,
          "Detected renamed " + what(*diff.to) + " " + quoted(name_of(*diff.from)) + " to " +
              quoted(name_of(*diff.to)) + place(*diff.to));
    }
    if (diff.is_changed()) return;
    if (diff.validated) say(Kind::Changed, part, "Detected validation of " + subject);
    if (diff.commented) say(Kind::Changed, part, "Detected comment of " + subject);
  }

  const TableDiff& diff_;
  std::vector<Finding>& findings_;
  model::ObjectKey object_;
  std::string table_;
};

}  // namespace

Finding added(const model::ObjectKey& object) {
  return {.kind = Kind::Added,
          .object = object,
          .part = {},
          .message = "Detected added " + to_string(object)};
}

Finding removed(const model::ObjectKey& object) {
  return {.kind = Kind::Removed,
          .object = object,
          .part = {},
          .message = "Detected removed " + to_string(object),
          .destructive = holds_data(object)};
}

Finding changed(const model::ObjectKey& object, const std::string& what) {
  return {.kind = Kind::Changed,
          .object = object,
          .part = {},
          .message = "Detected changed " + to_string(object) + (what.empty() ? "" : ": " + what)};
}

Finding renamed(const Rename& rename) {
  return {.kind = Kind::Renamed,
          .object = {model::ObjectKind::Table, rename.table, {}},
          .part = rename.column.empty() ? "" : "column '" + rename.column + "'",
          .message = "Detected renamed " + to_string(rename)};
}

Finding renamed(const ops::RenameEnumValue& rename) {
  return {.kind = Kind::Renamed,
          .object = {model::ObjectKind::Enum, rename.name, {}},
          .part = "value " + quoted(rename.value),
          .message = "Detected renamed value " + quoted(rename.value) + " to " +
                     quoted(rename.new_value) + " of enum " + quoted(to_string(rename.name))};
}

std::string part_of(const Column& column) { return "column " + quoted(column.name); }
std::string part_of(const Constraint& constraint) { return part_text(constraint); }
std::string part_of(const Index& index) { return part_text(index); }

void add_findings(const TableDiff& diff, std::vector<Finding>& findings) {
  TableFindings(diff, findings).run();
}

namespace {

/// Each value that comes or goes; renamed ones are among the renames.
void add_values(const ObjectDiff<model::EnumType>& diff, std::vector<Finding>& findings) {
  const std::vector<std::string>& from = diff.from->values;
  const std::vector<std::string>& to = diff.to->values;
  const auto say = [&](Kind kind, const std::string& value) {
    const bool is_added = kind == Kind::Added;
    findings.push_back({.kind = kind,
                        .object = key_of(*diff.to),
                        .part = "value " + quoted(value),
                        .message = std::string("Detected ") + (is_added ? "added" : "removed") +
                                   " value " + quoted(value) + (is_added ? " to" : " from") +
                                   " enum " + quoted(to_string(diff.to->name)),
                        .destructive = !is_added,
                        .note = is_added ? "" : "rows that hold it are refused"});
  };
  const auto contains = [](const auto& values, const std::string& value) {
    return std::find(values.begin(), values.end(), value) != values.end();
  };
  std::vector<std::string> kept;
  for (const std::string& it : to) {
    if (contains(from, it)) {
      kept.push_back(it);
    } else {
      say(Kind::Added, it);
    }
  }
  std::vector<std::string> kept_before;
  for (const std::string& it : from) {
    if (contains(to, it)) {
      kept_before.push_back(it);
    } else {
      say(Kind::Removed, it);
    }
  }
  if (kept != kept_before)
    findings.push_back(changed(key_of(*diff.to), "its values are in another order"));
}

class ObjectFindings {
 public:
  ObjectFindings(const ObjectDiffs& diffs, const DiffRules& rules, std::vector<Finding>& findings)
      : diffs_(diffs), rules_(rules), findings_(findings) {}

  void run() {
    for (const std::string& it : diffs_.added_schemas) findings_.push_back(added(schema(it)));
    for (const std::string& it : diffs_.removed_schemas) findings_.push_back(removed(schema(it)));
    for (const auto& it : diffs_.extensions) add(it);
    for (const auto& it : diffs_.enums) add(it);
    for (const auto& it : diffs_.domains) add(it);
    for (const auto& it : diffs_.sequences) add(it);
    for (const auto& it : diffs_.views) add(it);
    for (const auto& it : diffs_.functions) add(it);
    for (const auto& it : diffs_.triggers) add(it);
  }

 private:
  static model::ObjectKey schema(const std::string& name) {
    return {model::ObjectKind::Schema, name, {}};
  }

  template <typename T>
  void add(const ObjectDiff<T>& diff) {
    if (diff.is_added()) {
      findings_.push_back(added(key_of(*diff.to)));
    } else if (diff.is_removed()) {
      findings_.push_back(removed(key_of(*diff.from)));
    } else {
      if (diff.is_changed()) add_change(diff);
      add_parts(diff);
    }
    if (diff.commented) {
      findings_.push_back({.kind = Kind::Changed,
                           .object = key_of(*diff.to),
                           .part = {},
                           .message = "Detected comment of " + to_string(key_of(*diff.to))});
    }
  }

  template <typename T>
  void add_change(const ObjectDiff<T>& diff) {
    findings_.push_back(changed(key_of(*diff.to), ""));
  }
  void add_change(const ObjectDiff<model::EnumType>& diff) { add_values(diff, findings_); }

  template <typename T>
  void add_parts(const ObjectDiff<T>&) {}
  void add_parts(const ObjectDiff<model::View>& diff) {
    for (const auto& it : index_diffs(diff, rules_)) {
      const Index& index = it.is_removed() ? *it.from : *it.to;
      const Kind kind = it.is_removed() ? Kind::Removed
                        : it.is_added() ? Kind::Added
                                        : Kind::Changed;
      const std::string verb = it.is_removed() ? "removed" : it.is_added() ? "added" : "changed";
      findings_.push_back({.kind = kind,
                           .object = key_of(*diff.to),
                           .part = part_of(index),
                           .message = "Detected " + verb + " " + part_of(index) + " on " +
                                      quoted(to_string(diff.to->name))});
    }
  }

  const ObjectDiffs& diffs_;
  const DiffRules& rules_;
  std::vector<Finding>& findings_;
};

}  // namespace

void add_findings(const ObjectDiffs& diffs, const DiffRules& rules,
                  std::vector<Finding>& findings) {
  ObjectFindings(diffs, rules, findings).run();
}

void sort_findings(std::vector<Finding>& findings) {
  const auto less = [](const Finding& a, const Finding& b) {
    return std::tie(a.object, a.part, a.message) < std::tie(b.object, b.part, b.message);
  };
  std::stable_sort(findings.begin(), findings.end(), less);
  findings.erase(std::unique(findings.begin(), findings.end()), findings.end());
}

}  // namespace cupel::diff
