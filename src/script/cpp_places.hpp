// SPDX-License-Identifier: MIT
// Where in the text of a C++ revision the calls stand that its functions make. They are found by
// method and by the names in their literals: a compiled function does not say where it is, and to
// say it in every signature of Operations would change them all for one command.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/ops/operation.hpp"
#include "script/cpp_tokens.hpp"

namespace cupel::script {

/// `op.create_index("ix", "users", {"email"})` somewhere in a revision's file.
struct CppCall {
  enum class Function { Upgrade, Downgrade, Other };
  Function function = Function::Other;  ///< whose body it stands in
  std::string method;
  std::vector<std::string> texts;  ///< its literals, in their order
  bool begins_with_text = false;   ///< the first argument is the first of them
  std::size_t begin = 0;           ///< offsets in the file; of `op`
  std::size_t end = 0;             ///< behind the closing bracket
  std::size_t first = 0;           ///< the same as places among the tokens
  std::size_t last = 0;
  /// A statement by itself in the body of upgrade or downgrade, so that it runs once and in its
  /// turn. False in a loop, a condition, another function.
  bool is_plain = false;
};

class CppPlaces {
 public:
  /// Of a call that was made; unset: it cannot be told.
  struct Found {
    const CppCall* call = nullptr;
    std::size_t line = 0;
    /// The text is that of this very call, with all its arguments: it may be written anew.
    bool is_certain = false;
  };
  /// An operation as render_cpp() writes it.
  using Renderer = std::function<std::string(const ops::Operation&)>;

  /// Calls are those of the upgrade, or of the downgrade, and of functions that either may call.
  CppPlaces(std::string text, bool goes_up, Renderer render);

  /// To be asked in the order in which the calls run: of two that look alike, the next one is
  /// meant.
  std::optional<Found> find(const ops::Operation& operation);
  std::optional<Found> find_sql(std::string_view sql);

  /// The plain statement that begins on the line, without its semicolon; null if there is none, or
  /// more than one.
  const CppCall* statement_at(std::size_t line) const;

 private:
  std::optional<Found> choose(const std::vector<std::pair<const CppCall*, int>>& candidates);
  bool is_same(const CppCall& call, const std::string& code) const;
  std::size_t line_of(const CppCall& call) const;

  std::string text_;
  Renderer render_;
  std::vector<CppToken> tokens_;
  std::vector<CppCall> calls_;
  std::size_t at_ = 0;  ///< where the last one that was found stands
};

}  // namespace cupel::script
