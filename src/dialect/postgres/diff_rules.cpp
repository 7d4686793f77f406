// SPDX-License-Identifier: MIT
// See diff_rules.hpp. The work is done in stored.cpp, expression_form.cpp and type_change.cpp.
#include "dialect/postgres/diff_rules.hpp"

#include "dialect/postgres/expression_form.hpp"
#include "dialect/postgres/lex.hpp"
#include "dialect/postgres/replacement.hpp"
#include "dialect/postgres/stored.hpp"
#include "dialect/postgres/type_change.hpp"

namespace cupel::dialect::postgres {
namespace {

class PostgresDiffRules final : public diff::DiffRules {
 public:
  model::ObjectName stored_name(const model::ObjectName& name) const override {
    return postgres::stored_name(name);
  }
  model::Table stored_table(model::Table table, const model::Schema& whole) const override {
    return postgres::stored_table(std::move(table), whole);
  }
  model::Schema stored_objects(const model::Schema& whole) const override {
    return postgres::stored_objects(whole);
  }
  bool same_type(const model::Type& a, const model::Type& b) const override {
    return same_stored_type(a, b);
  }
  bool same_expression(const std::string& a, const std::string& b) const override {
    if (a == b) return true;
    const std::optional<std::string> form = expression_form(a);
    return form ? form == expression_form(b) : token_form(a) == token_form(b);
  }
  diff::TypeChange judge(const model::Type& from, const model::Type& to) const override {
    return judge_change(from, to);
  }
  std::string using_expression(const std::string& column, const model::Type& from,
                               const model::Type& to) const override {
    return conversion(quote_identifier(column), from, to);
  }
  /// A generated column can become a plain one, and nothing else before version 17.
  bool can_alter_computed(const std::optional<model::Computed>& from,
                          const std::optional<model::Computed>& to) const override {
    return from.has_value() && !to.has_value();
  }
  bool can_replace(const model::View& from, const model::View& to) const override {
    return !from.materialized && !to.materialized && from.columns == to.columns &&
           keeps_columns(from.definition, to.definition);
  }
  bool can_replace(const model::Function& from, const model::Function& to) const override {
    return from.procedure == to.procedure && keeps_signature(from.definition, to.definition);
  }
};

}  // namespace

const diff::DiffRules& diff_rules() {
  static const PostgresDiffRules kRules;
  return kRules;
}

}  // namespace cupel::dialect::postgres
