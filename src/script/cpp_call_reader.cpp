// SPDX-License-Identifier: MIT
// See cpp_call_reader.hpp.
#include "script/cpp_call_reader.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace cupel::script {
namespace {

using Tokens = std::vector<CppToken>;

/// The body of the function that a revision has as its upgrade or downgrade.
struct FunctionBody {
  std::size_t open = 0;  ///< its braces, among the tokens
  std::size_t close = 0;
  CppCall::Function function = CppCall::Function::Other;
  std::string receiver;  ///< what its parameter is called
};

class CallReader {
 public:
  explicit CallReader(const Tokens& tokens) : tokens_(tokens) {}

  std::vector<CppCall> run() {
    for (std::size_t i = 0; i + 2 < tokens_.size(); ++i) {
      // Operations& op
      if (is_word(i, "Operations") && is_sign(i + 1, '&') && is_word(i + 2))
        receivers_.insert(tokens_[i + 2].text);
      // .upgrade = ...
      if (!is_sign(i, '.') || !is_sign(i + 2, '=')) continue;
      if (is_word(i + 1, "upgrade")) take_function(i + 3, CppCall::Function::Upgrade);
      if (is_word(i + 1, "downgrade")) take_function(i + 3, CppCall::Function::Downgrade);
    }
    for (const FunctionBody& body : bodies_) receivers_.insert(body.receiver);
    for (std::size_t i = 0; i + 3 < tokens_.size(); ++i) take_call(i);
    return std::move(calls_);
  }

 private:
  bool is_word(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == CppToken::Kind::Word;
  }
  bool is_word(std::size_t i, std::string_view word) const {
    return i < tokens_.size() && tokens_[i].is_word(word);
  }
  bool is_sign(std::size_t i, char sign) const {
    return i < tokens_.size() && tokens_[i].is_sign(sign);
  }

  void take_function(std::size_t at, CppCall::Function function) {
    if (is_sign(at, '[')) {
      const std::size_t parameters = tokens_[at].partner + 1;
      if (is_sign(parameters, '(')) take_body(parameters, function);
      return;
    }
    // The name of a function that stands somewhere in the file.
    if (is_sign(at, '&')) ++at;
    while (is_word(at) && is_sign(at + 1, ':') && is_sign(at + 2, ':')) at += 3;
    if (!is_word(at)) return;
    for (std::size_t i = 0; i + 1 < tokens_.size(); ++i)
      if (is_word(i, tokens_[at].text) && is_sign(i + 1, '(')) take_body(i + 1, function);
  }

  /// `parameters`: where their bracket opens. A declaration without body is none.
  void take_body(std::size_t parameters, CppCall::Function function) {
    const std::size_t close = tokens_[parameters].partner;
    std::size_t open = close + 1;
    while (is_word(open)) ++open;  // noexcept, mutable
    if (!is_sign(open, '{') || !is_word(close - 1)) return;
    bodies_.push_back({open, tokens_[open].partner, function, tokens_[close - 1].text});
  }

  const FunctionBody* body_of(std::size_t i) const {
    const auto found = std::find_if(bodies_.begin(), bodies_.end(), [&](const FunctionBody& body) {
      return body.open < i && i < body.close;
    });
    return found == bodies_.end() ? nullptr : &*found;
  }

  /// op.method(...)
  void take_call(std::size_t i) {
    const bool is_member = is_sign(i + 1, '.') && is_word(i + 2) && is_sign(i + 3, '(');
    if (!is_word(i) || !is_member || !receivers_.contains(tokens_[i].text)) return;
    CppCall call;
    call.method = tokens_[i + 2].text;
    call.first = i;
    call.last = tokens_[i + 3].partner;
    call.begin = tokens_[i].begin;
    call.end = tokens_[call.last].end;
    for (std::size_t k = i + 4; k < call.last; ++k)
      if (tokens_[k].kind == CppToken::Kind::Text) call.texts.push_back(tokens_[k].text);
    call.begins_with_text =
        tokens_[i + 4].kind == CppToken::Kind::Text && (is_sign(i + 5, ',') || is_sign(i + 5, ')'));
    if (const FunctionBody* body = body_of(i)) {
      call.function = body->function;
      call.is_plain = is_statement(call) && stands_in(*body, i) && is_undivided(*body);
    }
    calls_.push_back(std::move(call));
  }

  bool is_statement(const CppCall& call) const {
    const bool begins = is_sign(call.first - 1, ';') || is_sign(call.first - 1, '{') ||
                        is_sign(call.first - 1, '}');
    return begins && is_sign(call.last + 1, ';');
  }
  /// Directly, in no other bracket.
  bool stands_in(const FunctionBody& body, std::size_t i) const {
    for (std::size_t k = body.open + 1; k < i; ++k) {
      const bool opens = is_sign(k, '(') || is_sign(k, '[') || is_sign(k, '{');
      if (!opens) continue;
      if (tokens_[k].partner > i) return false;
      k = tokens_[k].partner;
    }
    return true;
  }
  /// What the preprocessor leaves out is not known.
  bool is_undivided(const FunctionBody& body) const {
    return std::none_of(
        tokens_.begin() + static_cast<std::ptrdiff_t>(body.open),
        tokens_.begin() + static_cast<std::ptrdiff_t>(body.close),
        [](const CppToken& token) { return token.kind == CppToken::Kind::Directive; });
  }

  const Tokens& tokens_;
  std::set<std::string> receivers_;
  std::vector<FunctionBody> bodies_;
  std::vector<CppCall> calls_;
};

}  // namespace

std::vector<CppCall> read_cpp_calls(const std::vector<CppToken>& tokens) {
  return CallReader(tokens).run();
}

}  // namespace cupel::script
