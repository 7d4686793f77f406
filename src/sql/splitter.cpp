// SPDX-License-Identifier: MIT
// The splitter. See splitter.hpp; what keeps a statement together although it has semicolons inside
// is in Body.
#include "cupel/sql/splitter.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "cupel/base/text.hpp"

namespace cupel::sql {
namespace {

using text::equals_ignore_case;

/// Tells the semicolons inside of a statement from the one that ends it.
class Body {
 public:
  explicit Body(const LexRules& rules) : rules_(rules) {}

  /// Ready for the next statement.
  void reset() { state_ = {}; }

  /// Takes the next significant token that is no semicolon.
  void take(const Token& token, std::string_view word) {
    switch (state_.kind) {
      case Kind::Start:
      case Kind::Explain:
      case Kind::Create:
        take_head(token, word);
        break;
      case Kind::Trigger:
        take_in_trigger(token, word);
        break;
      case Kind::Routine:
        take_in_routine(token, word);
        break;
      case Kind::Rule:
        take_in_rule(token, word);
        break;
      case Kind::Plain:
        break;
    }
  }

  /// Takes a semicolon; true if it ends the statement.
  bool take_semicolon() {
    const bool ends = state_.kind == Kind::Trigger ? state_.end_seen : state_.depth == 0;
    state_.after_semicolon = true;
    state_.end_seen = false;
    state_.swallowed = state_.swallowed || !ends;
    return ends;
  }

  /// At the end of the text: true if semicolons were kept inside of a body that never ended.
  bool is_open() const {
    return state_.swallowed && (state_.kind == Kind::Trigger ? !state_.end_seen : state_.depth > 0);
  }

  std::string open_message() const {
    if (state_.kind == Kind::Trigger)
      return "the trigger that begins here has no 'END;' after its last statement";
    if (state_.kind == Kind::Rule)
      return "the rule that begins here has a '(' that is never closed";
    return "the function that begins here has 'BEGIN ATOMIC' but no 'END' after its last statement";
  }

 private:
  enum class Kind { Start, Explain, Create, Plain, Trigger, Routine, Rule };

  void take_head(const Token& token, std::string_view word) {
    const auto is = [&](std::string_view name) { return equals_ignore_case(word, name); };
    if (token.kind != TokenKind::Word) {
      if (state_.kind != Kind::Explain) state_.kind = Kind::Plain;
    } else if (is("create") && state_.kind != Kind::Create) {
      state_.kind = Kind::Create;
    } else if (state_.kind == Kind::Start) {
      state_.kind = is("explain") && rules_.trigger_bodies ? Kind::Explain : Kind::Plain;
    } else if (state_.kind == Kind::Create) {
      state_.kind = kind_of_created(word);
    } else if (is("explain") || is("temp") || is("temporary") || is("trigger") || is("end")) {
      state_.kind = Kind::Plain;
    }
  }

  Kind kind_of_created(std::string_view word) const {
    const auto is = [&](std::string_view name) { return equals_ignore_case(word, name); };
    if (rules_.trigger_bodies) {
      if (is("trigger")) return Kind::Trigger;
      if (is("temp") || is("temporary")) return Kind::Create;
    }
    if (rules_.atomic_bodies && (is("function") || is("procedure"))) return Kind::Routine;
    if (rules_.rule_bodies && is("rule")) return Kind::Rule;
    if ((rules_.atomic_bodies || rules_.rule_bodies) && (is("or") || is("replace")))
      return Kind::Create;
    return Kind::Plain;
  }

  /// The server's own rule: a trigger ends at a semicolon behind an END behind a semicolon. An END
  /// of CASE cannot stand there.
  void take_in_trigger(const Token& token, std::string_view word) {
    state_.end_seen =
        state_.after_semicolon && token.kind == TokenKind::Word && equals_ignore_case(word, "end");
    state_.after_semicolon = false;
  }

  /// As in a trigger, but the body may be empty and the END needs no semicolon in front of the next
  /// clause.
  void take_in_routine(const Token& token, std::string_view word) {
    const bool is_word = token.kind == TokenKind::Word;
    const bool opens = is_word && state_.after_begin && equals_ignore_case(word, "atomic");
    if (opens) ++state_.depth;
    if (is_word && state_.depth > 0 && state_.after_semicolon && equals_ignore_case(word, "end"))
      --state_.depth;
    state_.after_begin = is_word && equals_ignore_case(word, "begin");
    state_.after_semicolon = opens;
  }

  void take_in_rule(const Token& token, std::string_view word) {
    if (token.kind != TokenKind::Operator) return;
    if (word == "(") ++state_.depth;
    if (word == ")" && state_.depth > 0) --state_.depth;
  }

  struct State {
    Kind kind = Kind::Start;
    std::size_t depth = 0;  ///< of BEGIN ATOMIC or of parentheses
    bool after_semicolon = false;
    bool after_begin = false;
    bool end_seen = false;
    bool swallowed = false;  ///< a semicolon was kept inside
  };
  const LexRules& rules_;
  State state_;
};

class Splitter {
 public:
  Splitter(std::string_view text, const LexRules& rules, const SplitOptions& options)
      : text_(text), rules_(rules), options_(options), lexer_(text, rules), body_(rules) {}

  std::vector<StatementText> run() {
    if (const std::size_t nul = text_.find('\0'); nul != std::string_view::npos) {
      fail(nul, "a NUL byte", "SQL is text; remove the byte or save the file as UTF-8");
    }
    for (Token token; lexer_.next(token);) take(token);
    if (body_.is_open()) fail(first_word_, body_.open_message());
    finish();
    return std::move(statements_);
  }

 private:
  static constexpr std::size_t kNone = std::string_view::npos;

  [[noreturn]] void fail(std::size_t offset, std::string message, std::string hint = {}) const {
    FilePosition position = text::position_at(text_, offset, options_.file);
    position.line += options_.first_line - 1;
    throw InputError(std::move(position), std::move(message), std::move(hint),
                     std::string(text::line_at(text_, offset)));
  }

  void take(const Token& token) {
    if (!token.terminated) fail(token.offset, unterminated_message(token, text_));
    if (token.kind == TokenKind::Whitespace) return;
    if (token.kind == TokenKind::Semicolon) {
      if (body_.take_semicolon()) {
        finish();
      } else {
        end_ = token.offset + token.length;
      }
      return;
    }
    if (begin_ == kNone) begin_ = token.offset;
    if (token.kind == TokenKind::Comment) return;
    const std::string_view word = token.of(text_);
    if (first_word_ == kNone) {
      if (take_delimiter_command(token, word) || skip_restriction(token)) return;
      refuse_dot_command(token);
      first_word_ = token.offset;
      is_copy_ = rules_.copy_streams && equals_ignore_case(word, "copy");
    }
    refuse_backslash_command(token);
    if (is_copy_) refuse_copy_stream(token, word);
    body_.take(token, word);
    end_ = token.offset + token.length;
  }

  void finish() {
    if (first_word_ != kNone) {
      line_ += static_cast<std::size_t>(
          std::count(text_.begin() + counted_, text_.begin() + first_word_, '\n'));
      counted_ = first_word_;
      statements_.push_back({std::string(text_.substr(begin_, end_ - begin_)),
                             begin_ + options_.first_offset, line_ + options_.first_line});
    }
    begin_ = first_word_ = kNone;
    is_copy_ = false;
    copy_depth_ = 0;
    copy_direction_ = {};
    body_.reset();
  }

  bool take_delimiter_command(const Token& token, std::string_view word) {
    if (!rules_.delimiter_command || token.kind != TokenKind::Word ||
        !equals_ignore_case(word, "delimiter")) {
      return false;
    }
    const std::size_t end = std::min(text_.find('\n', token.offset), text_.size());
    std::string_view rest =
        text_.substr(token.offset + word.size(), end - token.offset - word.size());
    rest = text::trim(rest);
    rest = rest.substr(0, rest.find_first_of(" \t\r"));
    if (rest.empty())
      fail(token.offset, "DELIMITER without a delimiter",
           "write it on the same line: DELIMITER //");
    lexer_.set_delimiter(std::string(rest));
    lexer_.seek(end);
    begin_ = kNone;
    return true;
  }

  /// Dumps begin with \restrict and end with \unrestrict, which only guard the shell.
  bool skip_restriction(const Token& token) {
    if (!rules_.backslash_commands || text_[token.offset] != '\\') return false;
    const std::string command = command_at(token.offset);
    if (command != "\\restrict" && command != "\\unrestrict") return false;
    lexer_.seek(std::min(text_.find('\n', token.offset), text_.size()));
    begin_ = kNone;
    return true;
  }

  std::string command_at(std::size_t offset) const {
    const std::size_t end = text_.find_first_of(" \t\r\n;", offset);
    return std::string(text_.substr(offset, end - offset));
  }

  void refuse_dot_command(const Token& token) const {
    if (!rules_.dot_commands || token.kind != TokenKind::Operator || text_[token.offset] != '.')
      return;
    fail(token.offset,
         "'" + command_at(token.offset) + "' is a command of the database's shell, not SQL",
         "remove the line, or write the SQL that it stands for");
  }

  void refuse_backslash_command(const Token& token) const {
    if (!rules_.backslash_commands || token.kind != TokenKind::Operator ||
        text_[token.offset] != '\\')
      return;
    fail(token.offset,
         "'" + command_at(token.offset) + "' is a command of the database's shell, not SQL",
         "remove the line, or write the SQL that it stands for (INSERT for a \\copy)");
  }

  void refuse_copy_stream(const Token& token, std::string_view word) {
    if (word == "(") ++copy_depth_;
    if (word == ")") --copy_depth_;
    if (copy_depth_ != 0 || token.kind != TokenKind::Word) return;
    const bool in =
        equals_ignore_case(copy_direction_, "from") && equals_ignore_case(word, "stdin");
    const bool out =
        equals_ignore_case(copy_direction_, "to") && equals_ignore_case(word, "stdout");
    if (in) {
      fail(first_word_, "COPY FROM stdin takes its rows from a shell, and none runs here",
           "write INSERT statements, or load the rows with the database's shell");
    }
    if (out)
      fail(first_word_, "COPY TO stdout prints rows, and nobody reads them here",
           "remove the statement");
    copy_direction_ = word;
  }

  std::string_view text_;
  const LexRules& rules_;
  const SplitOptions& options_;
  Lexer lexer_;
  Body body_;
  std::vector<StatementText> statements_;
  std::size_t begin_ = kNone;       ///< of the statement's first token, comments included
  std::size_t first_word_ = kNone;  ///< of its first token that is no comment
  std::size_t end_ = 0;             ///< behind its last token that is no comment
  std::size_t counted_ = 0;         ///< newlines before this offset are in line_
  std::size_t line_ = 0;
  bool is_copy_ = false;
  int copy_depth_ = 0;
  std::string_view copy_direction_;
};

/// Hints to the server are written as comments.
bool is_hint(std::string_view comment) {
  return comment.substr(0, 3) == "/*+" || comment.substr(0, 3) == "/*!";
}

bool needs_no_space(char c) { return c == '(' || c == ')' || c == ',' || c == ';'; }

}  // namespace

std::vector<StatementText> split_statements(std::string_view text, const LexRules& rules,
                                            const SplitOptions& options) {
  return Splitter(text, rules, options).run();
}

std::vector<std::string> leading_words(std::string_view statement, std::size_t count,
                                       const LexRules& rules) {
  std::vector<std::string> words;
  Lexer lexer(statement, rules);
  Token token;
  while (words.size() < count && lexer.next_significant(token) && token.kind == TokenKind::Word) {
    words.push_back(text::to_upper(token.of(statement)));
  }
  return words;
}

std::vector<std::string> significant_texts(std::string_view statement, std::size_t count,
                                           const LexRules& rules) {
  std::vector<std::string> texts;
  Lexer lexer(statement, rules);
  for (Token token; texts.size() < count && lexer.next_significant(token);) {
    const std::string_view written = token.of(statement);
    texts.push_back(token.kind == TokenKind::Word ? text::to_upper(written) : std::string(written));
  }
  return texts;
}

bool is_transaction_control(std::string_view statement, const LexRules& rules) {
  const std::vector<std::string> words = leading_words(statement, 2, rules);
  if (words.empty()) return false;
  static constexpr std::array<std::string_view, 7> kAlone{
      "BEGIN", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE"};
  if (std::find(kAlone.begin(), kAlone.end(), words[0]) != kAlone.end()) return true;
  return words.size() > 1 && words[1] == "TRANSACTION" &&
         (words[0] == "START" || words[0] == "PREPARE");
}

std::string without_layout(std::string_view text, const LexRules& rules,
                           const std::function<bool(std::string_view comment)>& keep) {
  std::string result;
  Lexer lexer(text, rules);
  bool space = false;
  for (Token token; lexer.next(token);) {
    const std::string_view written = token.of(text);
    const bool kept =
        token.kind == TokenKind::Comment && (is_hint(written) || (keep && keep(written)));
    if (!token.significant() && !kept) {
      space = true;
      continue;
    }
    if (space && !result.empty() && !needs_no_space(result.back()) && !needs_no_space(written[0])) {
      result += ' ';
    }
    result += written;
    space = false;
  }
  return result;
}

}  // namespace cupel::sql
