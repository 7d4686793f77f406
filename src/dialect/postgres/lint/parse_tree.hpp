// SPDX-License-Identifier: MIT
// A statement as the server's own parser (libpg_query) sees it. Only parse_tree.cpp knows that
// library and the form in which it hands over its trees.
#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/export.hpp"

namespace cupel::dialect::postgres {

/// A part of the tree, called as the server's sources call it. What is missing is an empty node,
/// and everything asked of it is empty: a tree is read without asking at each step. Borrows the
/// tree.
class Node {
 public:
  Node() = default;
  explicit Node(const nlohmann::json* json) : json_(json) {}

  explicit operator bool() const { return json_ != nullptr; }
  Node operator[](const char* key) const;
  bool has(const char* key) const { return static_cast<bool>((*this)[key]); }
  std::string text(const char* key) const;
  bool is(const char* key) const;
  long number(const char* key, long otherwise = 0) const;
  /// The elements of a list, with or without a List node around it.
  std::vector<Node> list(const char* key) const;
  /// "CreateStmt"; a node that stands where several kinds may stand is wrapped in its kind.
  std::string kind() const;
  /// What is in that wrapping.
  Node inner() const;
  /// The same if it is of this kind, else empty.
  Node as(const char* kind) const { return (*this)[kind]; }
  /// Byte offset in the text; -1 if not known.
  long location() const { return number("location", -1); }
  /// The string that a String node holds.
  std::string string() const { return (*this)["String"].text("sval"); }
  /// Every node of this kind in here, at any depth.
  std::vector<Node> all(const char* kind) const;

 private:
  const nlohmann::json* json_ = nullptr;
};

class SourceText;

/// One or several statements.
class ParseTree {
 public:
  /// Never throws for what the text says. Long texts are not parsed, but called wrong: the parser's
  /// recursion has no limit.
  explicit ParseTree(const SourceText& source);
  ~ParseTree();
  ParseTree(ParseTree&&) noexcept;
  ParseTree& operator=(ParseTree&&) noexcept;

  /// What the parser says is wrong; empty if nothing is.
  const std::string& error() const { return error_; }
  struct Statement {
    Node node;
    std::size_t offset = 0;
    std::size_t length = 0;  ///< 0: to the end
  };
  std::vector<Statement> statements() const;

 private:
  std::unique_ptr<nlohmann::json> json_;
  std::string error_;
};

}  // namespace cupel::dialect::postgres
