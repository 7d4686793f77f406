// SPDX-License-Identifier: MIT
// See expression_term.hpp.
#include "dialect/postgres/expression_term.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "dialect/postgres/sql_tokens.hpp"

namespace cupel::dialect::postgres {
namespace {

bool is_number_type(std::string_view type) {
  static constexpr std::array<std::string_view, 6> kAll{
      "SMALLINT", "INTEGER", "BIGINT", "NUMERIC", "FLOAT(24)", "DOUBLE PRECISION"};
  return std::find(kAll.begin(), kAll.end(), type) != kAll.end();
}

bool is_text_type(std::string_view type) {
  return type == "TEXT" || type == "VARCHAR" || type == "bpchar";
}

bool is_integer(std::string_view digits) {
  if (digits.starts_with('-')) digits.remove_prefix(1);
  return !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
}

/// '-5'::integer is how the server writes -5.
std::optional<std::string> number_in(const Term& term, std::string_view type) {
  if (term.is != Term::Is::String) return std::nullopt;
  std::string value = string_value(term.text);
  const std::string_view digits = std::string_view(value).substr(value.starts_with('-') ? 1 : 0);
  const bool decimal = !digits.empty() &&
                       digits.find_first_not_of("0123456789.") == std::string_view::npos &&
                       std::count(digits.begin(), digits.end(), '.') == 1;
  if ((type == "INTEGER" && is_integer(value)) || (type == "NUMERIC" && decimal)) return value;
  return std::nullopt;
}

}  // namespace

bool is_comparison(std::string_view op) {
  static constexpr std::array<std::string_view, 6> kAll{"<", ">", "=", "<=", ">=", "<>"};
  return std::find(kAll.begin(), kAll.end(), op) != kAll.end();
}

bool takes_text(std::string_view function) {
  static constexpr std::array<std::string_view, 16> kAll{
      "btrim",   "char_length", "initcap", "left",  "length",     "lower",       "ltrim",  "md5",
      "replace", "reverse",     "right",   "rtrim", "split_part", "starts_with", "substr", "upper"};
  return std::find(kAll.begin(), kAll.end(), function) != kAll.end();
}

Term otherwise(std::string text) {
  Term term;
  term.text = std::move(text);
  return term;
}

std::string call(std::string_view head, const std::vector<std::string>& arguments) {
  std::string text = "(" + std::string(head);
  for (const std::string& argument : arguments) text += " " + argument;
  return text + ")";
}

Term joined(Term::Is kind, const Term& left, const Term& right) {
  Term term;
  term.is = kind;
  for (const Term* side : {&left, &right}) {
    if (side->is == kind) {
      term.parts.insert(term.parts.end(), side->parts.begin(), side->parts.end());
    } else {
      term.parts.push_back(side->text);
    }
  }
  term.text = call(kind == Term::Is::And ? "and" : "or", term.parts);
  return term;
}

Term cast_term(const Term& term, const std::string& type) {
  if (const auto number = number_in(term, type)) {
    Term result = otherwise(*number);
    result.is = Term::Is::Number;
    return result;
  }
  const bool to_text = is_text_type(type);
  if (to_text && (term.is == Term::Is::String || term.is == Term::Is::Null)) return term;
  if (term.is == Term::Is::Strings && type.ends_with("[]") &&
      is_text_type(std::string_view(type).substr(0, type.size() - 2)))
    return term;
  Term result = otherwise(call("::", {term.text, type}));
  if (term.is == Term::Is::Null) result.is = Term::Is::Null;
  const bool counts =
      to_text ? term.is == Term::Is::Name : is_number_type(type) && term.is == Term::Is::Number;
  if (counts) {
    result.is = Term::Is::Cast;
    result.inner = term.text;
    result.to_text = to_text;
  }
  return result;
}

std::string beside(const Term& term, const Term& other, bool comparison) {
  const bool text = other.is == Term::Is::String || other.is == Term::Is::Strings;
  if (term.is == Term::Is::Cast && (term.to_text ? text : comparison)) return term.inner;
  return term.text;
}

Term term_of(Term::Is is, std::string text) {
  Term term = otherwise(std::move(text));
  term.is = is;
  return term;
}

Term binary(const std::string& op, const Term& left, const Term& right) {
  const bool comparison = is_comparison(op);
  return otherwise(call(op, {beside(left, right, comparison), beside(right, left, comparison)}));
}

}  // namespace cupel::dialect::postgres
