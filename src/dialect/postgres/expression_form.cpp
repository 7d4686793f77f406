// SPDX-License-Identifier: MIT
// See expression_form.hpp. The reader is a precedence climber; what it gives is a tree in Polish
// notation, so that parentheses are gone.
#include "dialect/postgres/expression_form.hpp"

#include <algorithm>
#include <array>

#include "cupel/base/text.hpp"
#include "dialect/postgres/expression_term.hpp"
#include "dialect/postgres/sql_tokens.hpp"
#include "dialect/postgres/types.hpp"

namespace cupel::dialect::postgres {
namespace {

using Kind = SqlToken::Kind;

/// The text is no expression that we know.
struct Unknown {};

/// https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-PRECEDENCE
enum Power {
  kOr = 1,
  kAnd,
  kNot,
  kIs,
  kComparison,
  kRange,  ///< BETWEEN, IN, LIKE
  kOperator,
  kSum,
  kProduct,
  kExponent,
  kZone,
  kCollate,
  kSign,
  kSubscript,
  kCast,
};

class Reader {
 public:
  explicit Reader(std::string_view sql) : tokens_(sql_tokens(sql)) {
    while (!tokens_.empty() && tokens_.back().kind == Kind::Other && tokens_.back().text == ";")
      tokens_.pop_back();
  }

  std::string all() {
    const Term term = expression(0);
    if (at_ != tokens_.size()) throw Unknown();
    return term.text;
  }

 private:
  static const SqlToken& nothing() {
    static const SqlToken kNothing;
    return kNothing;
  }
  const SqlToken& peek(std::size_t ahead = 0) const {
    return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : nothing();
  }
  const SqlToken& next() {
    if (at_ >= tokens_.size()) throw Unknown();
    return tokens_[at_++];
  }
  bool take(std::string_view symbol) {
    if (!peek().is(symbol)) return false;
    ++at_;
    return true;
  }
  bool take_word(std::string_view word) {
    if (!peek().is_word(word)) return false;
    ++at_;
    return true;
  }
  void expect(std::string_view symbol) {
    if (!take(symbol)) throw Unknown();
  }
  void expect_word(std::string_view word) {
    if (!take_word(word)) throw Unknown();
  }

  Term expression(int power) {
    if (++depth_ > 200) throw Unknown();
    Term left = prefix();
    while (infix(left, power)) {
    }
    --depth_;
    return left;
  }

  // What an expression begins with.

  Term prefix() {
    const SqlToken& token = next();
    switch (token.kind) {
      case Kind::Number:
        return term_of(Term::Is::Number, token.text);
      case Kind::String:
        return term_of(Term::Is::String, token.text);
      case Kind::Name:
        --at_;
        return name_or_call();
      case Kind::Word:
        return word(token.text);
      case Kind::Operator:
        return token.text == "(" ? parenthesised() : signed_term(token.text);
      case Kind::Other:
        break;
    }
    throw Unknown();
  }

  Term signed_term(const std::string& op) {
    if (op == "," || op == ")" || op == "]" || op == "." || op == "::" || op == "[" || op == ":")
      throw Unknown();
    const Term term = expression(op == "-" || op == "+" ? kSign : kOperator);
    if (op == "-" && term.is == Term::Is::Number && !term.text.starts_with('-'))
      return term_of(Term::Is::Number, "-" + term.text);
    return otherwise(call("prefix " + op, {term.text}));
  }

  Term parenthesised() {
    if (peek().is_word("select") || peek().is_word("with") || peek().is_word("values"))
      throw Unknown();
    Term first = expression(0);
    if (take(")")) return first;
    std::vector<std::string> all{first.text};
    while (take(",")) all.push_back(expression(0).text);
    expect(")");
    return otherwise(call("row", all));
  }

  Term word(const std::string& word) {
    if (word == "null") return term_of(Term::Is::Null, word);
    if (word == "not") return otherwise(call("not", {expression(kNot).text}));
    if (word == "case") return case_term();
    if (word == "array") return array_term();
    if (word == "current_timestamp" && !peek().is("(")) return otherwise("(now)");
    if (word == "cast") return cast_call();
    if (word == "extract") return extract_call();
    static constexpr std::array<std::string_view, 10> kOthers{
        "current_date", "current_role",   "current_time", "current_user", "false",
        "localtime",    "localtimestamp", "session_user", "true",         "user"};
    if (std::find(kOthers.begin(), kOthers.end(), word) != kOthers.end() && !peek().is("("))
      return otherwise("!" + word);
    if (peek().kind == Kind::String)
      return cast_term(term_of(Term::Is::String, next().text), type(word));
    --at_;
    return name_or_call();
  }

  static std::string type(const std::string& text) { return type_text(parse_type(text)); }

  Term name_or_call() {
    if (!peek().is_name() && !(peek().kind == Kind::Word && peek(1).is("("))) throw Unknown();
    std::string name = next().text;
    while (peek().is(".") && peek(1).is_name()) {
      ++at_;
      const bool own = name == "pg_catalog";
      name = (own ? "" : name + ".") + next().text;
    }
    if (!take("(")) return term_of(Term::Is::Name, name);
    return call_of(name);
  }

  Term call_of(const std::string& name) {
    std::vector<std::string> arguments;
    while (!take(")")) {
      if (take("*")) {
        arguments.emplace_back("*");
        continue;
      }
      const bool distinct = take_word("distinct");
      const Term argument = expression(0);
      const bool strip = argument.is == Term::Is::Cast && argument.to_text && takes_text(name);
      arguments.push_back((distinct ? "distinct " : "") + (strip ? argument.inner : argument.text));
      if (peek().is(")")) continue;
      if (take_word("from") || take_word("for")) {
        arguments.emplace_back("keyword");
        continue;
      }
      expect(",");
    }
    if (peek().is_word("over") || peek().is_word("filter") || peek().is_word("within"))
      throw Unknown();
    return otherwise(call(name, arguments));
  }

  Term case_term() {
    std::vector<std::string> parts;
    if (!peek().is_word("when")) parts.push_back("of " + expression(0).text);
    while (take_word("when")) {
      parts.push_back("when " + expression(0).text);
      expect_word("then");
      parts.push_back("then " + expression(0).text);
    }
    if (take_word("else")) {
      const Term other = expression(0);
      if (other.is != Term::Is::Null) parts.push_back("else " + other.text);
    }
    expect_word("end");
    return otherwise(call("case", parts));
  }

  Term array_term() {
    expect("[");
    std::vector<std::string> elements;
    bool strings = true;
    while (!take("]")) {
      if (peek().is("[")) {
        elements.push_back(array_term().text);
        strings = false;
      } else {
        const Term element = expression(0);
        strings = strings && element.is == Term::Is::String;
        elements.push_back(element.text);
      }
      if (!peek().is("]")) expect(",");
    }
    return term_of(strings && !elements.empty() ? Term::Is::Strings : Term::Is::Else,
                   call("array", elements));
  }

  Term cast_call() {
    expect("(");
    const Term term = expression(0);
    expect_word("as");
    const std::string to = type_name();
    expect(")");
    return cast_term(term, to);
  }

  Term extract_call() {
    expect("(");
    const SqlToken& field = next();
    const std::string name = field.kind == Kind::String ? string_value(field.text) : field.text;
    expect_word("from");
    const Term from = expression(0);
    expect(")");
    return otherwise(call("extract", {text::to_lower(name), from.text}));
  }

  /// What follows :: or AS, in one spelling.
  std::string type_name() {
    const SqlToken& first = next();
    if (first.kind != Kind::Word && first.kind != Kind::Name) throw Unknown();
    std::string text = first.text;
    while (take(".")) text += "." + next().text;
    static constexpr std::array<std::string_view, 5> kMore{"varying", "precision", "with",
                                                           "without", "time"};
    const auto words = [&] {
      while (peek().kind == Kind::Word &&
             std::find(kMore.begin(), kMore.end(), peek().text) != kMore.end()) {
        const bool zone = peek().text == "time";
        text += " " + next().text;
        if (zone) {
          expect_word("zone");
          text += " zone";
        }
      }
    };
    words();
    if (take("(")) {
      text += "(";
      while (!take(")")) text += next().text;
      text += ")";
    }
    words();
    while (take("[")) {
      if (!peek().is("]")) next();
      expect("]");
      text += "[]";
    }
    return type(text);
  }

  // What follows.

  /// Takes one operator that binds at least as strongly as `power`, with what stands right of it.
  bool infix(Term& left, int power) {
    const SqlToken& token = peek();
    if (token.kind == Kind::Operator) return symbol_infix(left, power, token.text);
    if (token.kind == Kind::Word) return word_infix(left, power, token.text);
    return false;
  }

  bool symbol_infix(Term& left, int power, const std::string& op) {
    if (op == ")" || op == "," || op == "]" || op == ":" || op == "(") return false;
    if (op == "::") {
      ++at_;
      left = cast_term(left, type_name());
      return true;
    }
    if (op == "[") return subscript(left);
    if (op == ".") {
      ++at_;
      if (!peek().is_name()) throw Unknown();
      left = otherwise(call("field", {left.text, next().text}));
      return true;
    }
    const int own = power_of(op);
    if (own <= power) return false;
    ++at_;
    for (const char* word : {"any", "some", "all"})
      if (take_word(word)) return quantified(left, op, word);
    left = binary(op, left, expression(own));
    return true;
  }

  static int power_of(const std::string& op) {
    if (is_comparison(op)) return kComparison;
    if (op == "+" || op == "-") return kSum;
    if (op == "*" || op == "/" || op == "%") return kProduct;
    return op == "^" ? kExponent : kOperator;
  }

  bool subscript(Term& left) {
    ++at_;
    std::vector<std::string> parts{left.text};
    while (!take("]")) parts.push_back(take(":") ? ":" : expression(0).text);
    left = otherwise(call("subscript", parts));
    return true;
  }

  bool quantified(Term& left, const std::string& op, std::string_view word) {
    expect("(");
    if (peek().is_word("select")) throw Unknown();
    const Term list = expression(0);
    expect(")");
    left =
        otherwise(call(op, {beside(left, list, false), word == "all" ? "all" : "any", list.text}));
    return true;
  }

  bool word_infix(Term& left, int power, const std::string& word) {
    if (word == "and" || word == "or") {
      const int own = word == "and" ? kAnd : kOr;
      if (own <= power) return false;
      ++at_;
      left = joined(word == "and" ? Term::Is::And : Term::Is::Or, left, expression(own));
      return true;
    }
    if (word == "is" || word == "isnull" || word == "notnull") {
      if (kIs <= power) return false;
      ++at_;
      left = is_term(left, word);
      return true;
    }
    if (word == "collate") {
      if (kCollate <= power) return false;
      ++at_;
      left = otherwise(call("collate", {left.text, collation()}));
      return true;
    }
    if (word == "at") {
      if (kZone <= power) return false;
      ++at_;
      expect_word("time");
      expect_word("zone");
      left = otherwise(call("timezone", {expression(kZone).text, left.text}));
      return true;
    }
    return range_infix(left, power);
  }

  std::string collation() {
    std::string name = next().text;
    while (take(".")) name = next().text;  // where it lives is the search path's matter
    return name;
  }

  Term is_term(const Term& left, const std::string& word) {
    if (word != "is")
      return otherwise(call(word == "isnull" ? "is null" : "is not null", {left.text}));
    const std::string is = take_word("not") ? "is not " : "is ";
    if (take_word("distinct")) {
      expect_word("from");
      return binary(is + "distinct", left, expression(kIs));
    }
    for (const char* what : {"null", "true", "false", "unknown"})
      if (take_word(what)) return otherwise(call(is + what, {left.text}));
    throw Unknown();
  }

  bool range_infix(Term& left, int power) {
    const std::size_t start = at_;
    const bool negated = take_word("not");
    const SqlToken& word = peek();
    const bool known = word.is_word("in") || word.is_word("like") || word.is_word("ilike") ||
                       word.is_word("between");
    if (!known || kRange <= power) {
      at_ = start;
      return false;
    }
    const std::string what = next().text;
    if (what == "in") {
      left = in_term(left, negated);
    } else if (what == "between") {
      left = between_term(left, negated);
    } else {
      const std::string op = std::string(negated ? "!~~" : "~~") + (what == "ilike" ? "*" : "");
      left = binary(op, left, expression(kRange));
      if (peek().is_word("escape")) throw Unknown();
    }
    return true;
  }

  /// The server writes = ANY (ARRAY[..]), and for one value =.
  Term in_term(const Term& left, bool negated) {
    expect("(");
    if (peek().is_word("select") || peek().is_word("with") || peek().is_word("values"))
      throw Unknown();
    std::vector<Term> values;
    do {
      values.push_back(expression(0));
    } while (take(","));
    expect(")");
    const std::string op = negated ? "<>" : "=";
    if (values.size() == 1) return binary(op, left, values.front());
    std::vector<std::string> texts;
    for (const Term& value : values) texts.push_back(value.text);
    const bool strings = std::all_of(values.begin(), values.end(), [](const Term& value) {
      return value.is == Term::Is::String;
    });
    const Term list = term_of(strings ? Term::Is::Strings : Term::Is::Else, call("array", texts));
    return otherwise(call(op, {beside(left, list, false), negated ? "all" : "any", list.text}));
  }

  Term between_term(const Term& left, bool negated) {
    if (peek().is_word("symmetric")) throw Unknown();
    const Term low = expression(kRange);
    expect_word("and");
    const Term high = expression(kRange);
    return negated ? joined(Term::Is::Or, binary("<", left, low), binary(">", left, high))
                   : joined(Term::Is::And, binary(">=", left, low), binary("<=", left, high));
  }

  std::vector<SqlToken> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

std::optional<std::string> expression_form(std::string_view sql) {
  try {
    return Reader(sql).all();
  } catch (const Unknown&) {
    return std::nullopt;
  } catch (const Error&) {  // a type without a spelling
    return std::nullopt;
  }
}

std::string token_form(std::string_view sql) {
  std::vector<SqlToken> tokens = sql_tokens(sql);
  while (!tokens.empty() && tokens.back().text == ";") tokens.pop_back();
  std::string form;
  for (const SqlToken& token : tokens) form += (form.empty() ? "" : " ") + token.text;
  return form;
}

}  // namespace cupel::dialect::postgres
