// SPDX-License-Identifier: MIT
// What has been read of an expression, and the casts that the server adds to it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cupel::dialect::postgres {

/// What has been read: how it is compared, and what the rules for casts ask of it.
struct Term {
  enum class Is { Name, String, Number, Null, Strings, And, Or, Cast, Else };
  Is is = Is::Else;
  std::string text;
  std::vector<std::string> parts;  ///< of AND and OR
  std::string inner;               ///< of a cast: what is cast, if that is a name or a number
  bool to_text = false;            ///< of a cast
};

Term otherwise(std::string text);
Term term_of(Term::Is is, std::string text);
/// (head a b ...)
std::string call(std::string_view head, const std::vector<std::string>& arguments);
/// left AND right, or OR; chains of them are one list.
Term joined(Term::Is kind, const Term& left, const Term& right);
/// CAST (term AS type), type as type_text() writes it; the term itself where the cast says nothing.
Term cast_term(const Term& term, const std::string& type);
/// left op right, without the casts that the server adds to compare them.
Term binary(const std::string& op, const Term& left, const Term& right);
/// Beside a text constant or (in a comparison) a number: without the cast that the server adds.
std::string beside(const Term& term, const Term& other, bool comparison);
bool is_comparison(std::string_view op);
/// Functions of text only: an argument that is not text had to be cast to begin with.
bool takes_text(std::string_view function);

}  // namespace cupel::dialect::postgres
