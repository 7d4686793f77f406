// SPDX-License-Identifier: MIT
// See likeness.hpp.
#include "diff/likeness.hpp"

namespace cupel::diff {

Likeness of_texts(const std::string& a, const std::string& b, const DiffRules& rules) {
  if (a == b) return Likeness::Same;
  if (a.empty() || b.empty()) return Likeness::Different;
  return rules.same_expression(a, b) ? Likeness::Same : Likeness::Texts;
}

namespace {

using model::CheckConstraint;
using model::Constraint;
using model::ExcludeConstraint;
using model::ForeignKey;
using model::Index;
using model::PrimaryKey;
using model::UniqueConstraint;

/// What a server may turn from one into the other: a column in parentheses is a column to it.
Likeness of_keys(const std::string& column_a, const std::string& expression_a,
                 const std::string& column_b, const std::string& expression_b,
                 const DiffRules& rules) {
  if (expression_a.empty() && expression_b.empty()) return exact(column_a == column_b);
  if (expression_a.empty() || expression_b.empty()) return Likeness::Texts;
  return of_texts(expression_a, expression_b, rules);
}

struct Compare {
  const DiffRules& rules;

  Likeness operator()(const PrimaryKey& a, const PrimaryKey& b) const {
    return exact(a.columns == b.columns && a.include == b.include && a.deferral == b.deferral &&
                 a.on_conflict == b.on_conflict);
  }
  Likeness operator()(const UniqueConstraint& a, const UniqueConstraint& b) const {
    return exact(a.columns == b.columns && a.nulls_not_distinct == b.nulls_not_distinct &&
                 a.include == b.include && a.deferral == b.deferral &&
                 a.on_conflict == b.on_conflict);
  }
  /// Whether it is validated is no part of its meaning: that can be done later.
  Likeness operator()(const ForeignKey& a, const ForeignKey& b) const {
    return exact(a.columns == b.columns && a.referred_table == b.referred_table &&
                 a.referred_columns == b.referred_columns && a.on_delete == b.on_delete &&
                 a.on_update == b.on_update && a.match == b.match && a.deferral == b.deferral);
  }
  Likeness operator()(const CheckConstraint& a, const CheckConstraint& b) const {
    return both(exact(a.no_inherit == b.no_inherit && a.on_conflict == b.on_conflict),
                of_texts(a.expression, b.expression, rules));
  }
  Likeness operator()(const ExcludeConstraint& a, const ExcludeConstraint& b) const {
    if (a.elements.size() != b.elements.size()) return Likeness::Different;
    Likeness result = both(exact(a.using_method == b.using_method && a.deferral == b.deferral),
                           of_texts(a.where, b.where, rules));
    for (std::size_t i = 0; i < a.elements.size(); ++i) {
      const model::ExcludeElement& x = a.elements[i];
      const model::ExcludeElement& y = b.elements[i];
      result = both(result, exact(x.with_operator == y.with_operator &&
                                  x.operator_class == y.operator_class));
      result = both(result, of_keys(x.column, x.expression, y.column, y.expression, rules));
    }
    return result;
  }
  template <typename A, typename B>
  Likeness operator()(const A&, const B&) const {
    return Likeness::Different;
  }
};

}  // namespace

Likeness likeness(const Constraint& a, const Constraint& b, const DiffRules& rules) {
  return std::visit(Compare{rules}, a, b);
}

Likeness likeness(const Index& a, const Index& b, const DiffRules& rules) {
  const bool same_options = a.unique == b.unique && a.using_method == b.using_method &&
                            a.include == b.include &&
                            a.nulls_not_distinct == b.nulls_not_distinct && a.with == b.with &&
                            a.tablespace == b.tablespace && a.valid == b.valid;
  if (!same_options || a.elements.size() != b.elements.size()) return Likeness::Different;
  Likeness result = of_texts(a.where, b.where, rules);
  for (std::size_t i = 0; i < a.elements.size(); ++i) {
    const model::IndexElement& x = a.elements[i];
    const model::IndexElement& y = b.elements[i];
    const bool texts = !x.expression.empty() || !y.expression.empty();
    const bool same_order = x.descending == y.descending && x.nulls == y.nulls &&
                            x.collation == y.collation && x.operator_class == y.operator_class &&
                            x.length == y.length;
    // An expression as written may hold its own DESC.
    if (!same_order) result = both(result, texts ? Likeness::Texts : Likeness::Different);
    result = both(result, of_keys(x.column, x.expression, y.column, y.expression, rules));
  }
  return result;
}

}  // namespace cupel::diff
