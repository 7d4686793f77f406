// SPDX-License-Identifier: MIT
// See finding.hpp.
#include "diff/finding.hpp"

#include <algorithm>
#include <tuple>

#include "cupel/base/text.hpp"

namespace cupel::diff {

using model::Column;
using model::Constraint;
using model::Index;
using model::to_string;
using Kind = Finding::Kind;

namespace {

std::string quoted(const std::string& text) { return "'" + text + "'"; }

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
    if (diff_.comment) say(Kind::Changed, "", "Detected table comment " + quoted(table_));
  }

 private:
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
  }

  static std::string what(const Constraint& constraint) {
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
  static std::string what(const Index&) { return "index"; }

  /// The name, or what tells it from others that have none.
  static std::string label(const Constraint& constraint) {
    if (const auto* key = std::get_if<model::ForeignKey>(&constraint)) {
      return "(" + text::join(key->columns, ", ") + ")(" + text::join(key->referred_columns, ", ") +
             ")";
    }
    if (!model::name_of(constraint).empty()) return quoted(model::name_of(constraint));
    if (const auto* check = std::get_if<model::CheckConstraint>(&constraint)) {
      return "(" + check->expression + ")";
    }
    return "(" + text::join(model::columns_of(constraint), ", ") + ")";
  }
  static std::string label(const Index& index) { return quoted(index.name); }

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

  static const std::string& name_of(const Constraint& it) { return model::name_of(it); }
  static const std::string& name_of(const Index& it) { return it.name; }
  static std::string part_of(const Constraint& it) {
    return what(it) + " " +
           (name_of(it).empty() || kind_is_foreign(it) ? label(it) : quoted(name_of(it)));
  }
  static std::string part_of(const Index& it) { return what(it) + " " + label(it); }
  static bool kind_is_foreign(const Constraint& it) {
    return std::holds_alternative<model::ForeignKey>(it);
  }

  template <typename T>
  void add(const PartDiff<T>& diff) {
    const T& it = diff.is_removed() ? *diff.from : *diff.to;
    const std::string subject = what(it) + " " + label(it) + place(it);
    if (diff.is_removed()) {
      say(Kind::Removed, part_of(it), "Detected removed " + subject);
    } else if (diff.is_added()) {
      say(Kind::Added, part_of(it), "Detected added " + subject);
    } else {
      add_changes(diff, subject);
    }
  }

  template <typename T>
  void add_changes(const PartDiff<T>& diff, const std::string& subject) {
    const std::string part = part_of(*diff.to);
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

void add_findings(const TableDiff& diff, std::vector<Finding>& findings) {
  TableFindings(diff, findings).run();
}

void sort_findings(std::vector<Finding>& findings) {
  const auto less = [](const Finding& a, const Finding& b) {
    return std::tie(a.object, a.part, a.message) < std::tie(b.object, b.part, b.message);
  };
  std::stable_sort(findings.begin(), findings.end(), less);
  findings.erase(std::unique(findings.begin(), findings.end()), findings.end());
}

}  // namespace cupel::diff
