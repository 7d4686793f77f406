// SPDX-License-Identifier: MIT
// Which constraint (or index) of one table is which of another.
#pragma once

#include <algorithm>
#include <type_traits>
#include <vector>

#include "diff/likeness.hpp"
#include "diff/table_diff.hpp"

namespace cupel::diff {
namespace parts {

using model::comment_of;
using model::name_of;
inline const std::string& name_of(const model::Index& index) { return index.name; }
inline const std::string& comment_of(const model::Index& index) { return index.comment; }

inline bool is_not_valid(const model::Index&) { return false; }
inline bool is_not_valid(const model::Constraint& constraint) {
  if (const auto* key = std::get_if<model::ForeignKey>(&constraint)) return key->not_valid;
  if (const auto* check = std::get_if<model::CheckConstraint>(&constraint)) return check->not_valid;
  return false;
}

/// True if one is what became of the other, though it does not mean the same any more.
inline bool same_subject(const model::Index& a, const model::Index& b) {
  return std::equal(a.elements.begin(), a.elements.end(), b.elements.begin(), b.elements.end(),
                    [](const auto& x, const auto& y) { return x.column == y.column; });
}
inline bool same_subject(const model::Constraint& a, const model::Constraint& b) {
  if (a.index() != b.index()) return false;
  if (model::kind_of(a) == model::ConstraintKind::Primary) return true;
  if (model::kind_of(a) == model::ConstraintKind::Check) return false;
  return model::columns_of(a) == model::columns_of(b);
}
/// A table has one at most.
inline bool is_only_one(const model::Index&) { return false; }
inline bool is_only_one(const model::Constraint& it) {
  return model::kind_of(it) == model::ConstraintKind::Primary;
}
inline bool same_kind(const model::Index&, const model::Index&) { return true; }
inline bool same_kind(const model::Constraint& a, const model::Constraint& b) {
  return a.index() == b.index();
}

}  // namespace parts

/// Pairs the constraints (or indexes) of two tables: first by name, then by meaning, then what is
/// about the same thing where one side has no name.
template <typename T>
class Pairing {
 public:
  using List = std::vector<const T*>;

  Pairing(const List& from, const List& to, const DiffRules& rules)
      : from_(from), to_(to), rules_(rules), from_taken_(from.size()), to_taken_(to.size()) {}

  /// Adds what differs to `out`; true if some of it depends on texts only.
  bool run(std::vector<PartDiff<T>>& out) {
    out_ = &out;
    pair([](const T& a, const T& b) {
      return !parts::name_of(a).empty() && parts::name_of(a) == parts::name_of(b);
    });
    pair([&](const T& a, const T& b) { return likeness(a, b, rules_) == Likeness::Same; });
    note_unsettled();
    pair([&](const T& a, const T& b) {
      const bool unnamed = parts::name_of(a).empty() || parts::name_of(b).empty() || !has_names();
      return (unnamed || parts::is_only_one(a)) &&
             (parts::same_subject(a, b) || likeness(a, b, rules_) == Likeness::Texts);
    });
    for (std::size_t i = 0; i < from_.size(); ++i) {
      if (!from_taken_[i]) out.push_back({.from = from_[i]});
    }
    for (std::size_t i = 0; i < to_.size(); ++i) {
      if (!to_taken_[i]) out.push_back({.to = to_[i]});
    }
    return unsettled_;
  }

 private:
  template <typename Belongs>
  void pair(const Belongs& belongs) {
    for (std::size_t j = 0; j < to_.size(); ++j) {
      for (std::size_t i = 0; i < from_.size() && !to_taken_[j]; ++i) {
        if (from_taken_[i] || !parts::same_kind(*from_[i], *to_[j])) continue;
        if (!belongs(*from_[i], *to_[j])) continue;
        from_taken_[i] = to_taken_[j] = true;
        found(*from_[i], *to_[j]);
      }
    }
  }

  void found(const T& a, const T& b) {
    PartDiff<T> diff{.from = &a, .to = &b, .alike = likeness(a, b, rules_)};
    unsettled_ = unsettled_ || diff.alike == Likeness::Texts;
    const bool named = !parts::name_of(a).empty() && !parts::name_of(b).empty();
    diff.renamed = named && parts::name_of(a) != parts::name_of(b) && has_names();
    diff.commented = rules_.has_comments() && parts::comment_of(a) != parts::comment_of(b);
    diff.validated = parts::is_not_valid(a) && !parts::is_not_valid(b);
    if (diff.is_changed() || diff.renamed || diff.commented || diff.validated) {
      out_->push_back(diff);
    }
  }
  bool has_names() const {
    return std::is_same_v<T, model::Index> || rules_.has_constraint_names();
  }

  /// Two that are left and of which a server may say that they are one.
  void note_unsettled() {
    for (std::size_t i = 0; i < from_.size(); ++i) {
      for (std::size_t j = 0; j < to_.size() && !unsettled_ && !from_taken_[i]; ++j) {
        unsettled_ = !to_taken_[j] && likeness(*from_[i], *to_[j], rules_) == Likeness::Texts;
      }
    }
  }

  const List& from_;
  const List& to_;
  const DiffRules& rules_;
  std::vector<char> from_taken_;
  std::vector<char> to_taken_;
  std::vector<PartDiff<T>>* out_ = nullptr;
  bool unsettled_ = false;
};

}  // namespace cupel::diff
