// SPDX-License-Identifier: MIT
// See table_diff.hpp.
#include "diff/table_diff.hpp"

#include <algorithm>

namespace cupel::diff {
namespace {

using model::Column;
using model::Constraint;
using model::Index;

using model::comment_of;
using model::name_of;
const std::string& name_of(const Index& index) { return index.name; }
const std::string& comment_of(const Index& index) { return index.comment; }

bool is_not_valid(const Index&) { return false; }
bool is_not_valid(const Constraint& constraint) {
  if (const auto* key = std::get_if<model::ForeignKey>(&constraint)) return key->not_valid;
  if (const auto* check = std::get_if<model::CheckConstraint>(&constraint)) return check->not_valid;
  return false;
}

/// True if one is what became of the other, though it does not mean the same any more.
bool same_subject(const Index& a, const Index& b) {
  return std::equal(a.elements.begin(), a.elements.end(), b.elements.begin(), b.elements.end(),
                    [](const auto& x, const auto& y) { return x.column == y.column; });
}
bool same_subject(const Constraint& a, const Constraint& b) {
  if (a.index() != b.index()) return false;
  if (model::kind_of(a) == model::ConstraintKind::Primary) return true;
  if (model::kind_of(a) == model::ConstraintKind::Check) return false;
  return model::columns_of(a) == model::columns_of(b);
}
bool same_kind(const Index&, const Index&) { return true; }
bool same_kind(const Constraint& a, const Constraint& b) { return a.index() == b.index(); }

/// Pairs the constraints (or indexes) of two tables: first by name, then by meaning, then what is
/// about the same thing where one side has no name.
template <typename T>
class Pairing {
 public:
  Pairing(const std::vector<T>& from, const std::vector<T>& to, const DiffRules& rules)
      : from_(from), to_(to), rules_(rules), from_taken_(from.size()), to_taken_(to.size()) {}

  /// Adds what differs to `out`; true if some of it depends on texts only.
  bool run(std::vector<PartDiff<T>>& out) {
    out_ = &out;
    pair([&](const T& a, const T& b) { return !name_of(a).empty() && name_of(a) == name_of(b); });
    pair([&](const T& a, const T& b) { return likeness(a, b, rules_) == Likeness::Same; });
    note_unsettled();
    pair([&](const T& a, const T& b) {
      const bool unnamed =
          name_of(a).empty() || name_of(b).empty() || !rules_.has_constraint_names();
      return unnamed && (same_subject(a, b) || likeness(a, b, rules_) == Likeness::Texts);
    });
    for (std::size_t i = 0; i < from_.size(); ++i) {
      if (!from_taken_[i]) out.push_back({.from = &from_[i]});
    }
    for (std::size_t i = 0; i < to_.size(); ++i) {
      if (!to_taken_[i]) out.push_back({.to = &to_[i]});
    }
    return unsettled_;
  }

 private:
  template <typename Belongs>
  void pair(const Belongs& belongs) {
    for (std::size_t j = 0; j < to_.size(); ++j) {
      if (to_taken_[j]) continue;
      for (std::size_t i = 0; i < from_.size(); ++i) {
        if (from_taken_[i] || !same_kind(from_[i], to_[j]) || !belongs(from_[i], to_[j])) continue;
        from_taken_[i] = to_taken_[j] = true;
        found(from_[i], to_[j]);
        break;
      }
    }
  }

  void found(const T& a, const T& b) {
    PartDiff<T> diff{.from = &a, .to = &b, .alike = likeness(a, b, rules_)};
    unsettled_ = unsettled_ || diff.alike == Likeness::Texts;
    const bool named = !name_of(a).empty() && !name_of(b).empty();
    diff.renamed = named && name_of(a) != name_of(b) && has_names();
    diff.commented = rules_.has_comments() && comment_of(a) != comment_of(b);
    diff.validated = is_not_valid(a) && !is_not_valid(b);
    if (diff.is_changed() || diff.renamed || diff.commented || diff.validated) {
      out_->push_back(diff);
    }
  }
  bool has_names() const { return std::is_same_v<T, Index> || rules_.has_constraint_names(); }

  void note_unsettled() {
    for (std::size_t i = 0; i < from_.size(); ++i) {
      for (std::size_t j = 0; j < to_.size() && !unsettled_ && !from_taken_[i]; ++j) {
        unsettled_ = !to_taken_[j] && likeness(from_[i], to_[j], rules_) == Likeness::Texts;
      }
    }
  }

  const std::vector<T>& from_;
  const std::vector<T>& to_;
  const DiffRules& rules_;
  std::vector<char> from_taken_;
  std::vector<char> to_taken_;
  std::vector<PartDiff<T>>* out_ = nullptr;
  bool unsettled_ = false;
};

/// Enum types that live apart are compared there; here only which one it is counts.
model::Type without_values(model::Type type) {
  for (model::Type& element : type.element) element = without_values(std::move(element));
  if (type.kind == model::TypeKind::Enum && type.native && !type.name.empty()) {
    type.values.clear();
    type.create_type = true;
  }
  return type;
}

class ColumnComparison {
 public:
  ColumnComparison(TableDiff& diff, const DiffRules& rules) : diff_(diff), rules_(rules) {}

  void run() {
    const model::Table& from = diff_.from.table;
    const model::Table& to = diff_.to.table;
    for (const Column& column : to.columns) {
      const Column* before = from.find_column(column.name);
      const ColumnDiff it =
          before == nullptr ? ColumnDiff{.to = &column} : compare(*before, column);
      const bool differs = before == nullptr || it.type || it.nullable || it.server_default ||
                           it.computed || it.identity || it.autoincrement || it.comment;
      if (differs) diff_.columns.push_back(it);
    }
    for (const Column& column : from.columns) {
      if (to.find_column(column.name) == nullptr) diff_.columns.push_back({.from = &column});
    }
  }

 private:
  ColumnDiff compare(const Column& from, const Column& to) {
    ColumnDiff it{.from = &from, .to = &to};
    it.type = !same_type(from.type, to.type);
    if (it.type) it.type_change = rules_.judge(from.type, to.type);
    it.nullable = from.nullable != to.nullable;
    it.server_default = !same_default(from, to);
    it.computed = !same_computed(from.computed, to.computed);
    it.identity = from.identity != to.identity;
    it.autoincrement =
        rules_.numbers_rows(diff_.from.table, from) != rules_.numbers_rows(diff_.to.table, to);
    it.comment = rules_.has_comments() && from.comment != to.comment;
    it.replaced = it.computed && !rules_.can_alter_computed(from.computed, to.computed);
    return it;
  }

  bool same_type(const model::Type& a, const model::Type& b) const {
    if (a == b) return true;
    if (!rules_.has_own_enums()) return rules_.same_type(a, b);
    return rules_.same_type(without_values(a), without_values(b));
  }

  bool same_default(const Column& from, const Column& to) {
    if (from.server_default.has_value() != to.server_default.has_value()) return false;
    if (!from.server_default) return true;
    if (rules_.same_default(to.type, *from.server_default, *to.server_default)) return true;
    diff_.unsettled = true;
    return false;
  }

  bool same_computed(const std::optional<model::Computed>& from,
                     const std::optional<model::Computed>& to) {
    if (from.has_value() != to.has_value()) return false;
    if (!from) return true;
    if (from->persisted != to->persisted && from->persisted && to->persisted) return false;
    if (from->expression == to->expression) return true;
    if (rules_.same_expression(from->expression, to->expression)) return true;
    diff_.unsettled = true;
    return false;
  }

  TableDiff& diff_;
  const DiffRules& rules_;
};

}  // namespace

void compare_tables(TableDiff& diff, const DiffRules& rules) {
  ColumnComparison(diff, rules).run();
  if (Pairing(diff.from.constraints, diff.to.constraints, rules).run(diff.constraints)) {
    diff.unsettled = true;
  }
  if (Pairing(diff.from.table.indexes, diff.to.table.indexes, rules).run(diff.indexes)) {
    diff.unsettled = true;
  }
  diff.comment = rules.has_comments() && diff.from.table.comment != diff.to.table.comment;
}

}  // namespace cupel::diff
