// SPDX-License-Identifier: MIT
// Which names a function, class or module owns, and where each use of a name leads.
#pragma once

#include <cstdint>
#include <deque>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cupel/python/ast.hpp"

namespace cupel::python {

enum class Place : std::uint8_t {
  Unknown,
  Local,  ///< a slot of the frame; in a module or class body, the names' dict
  Cell,   ///< own, and used by an inner function
  Free,   ///< of an outer function
  Global,
};

struct Symbol {
  bool bound = false;
  bool parameter = false;
  bool global = false;
  bool nonlocal = false;
  bool passes =
      false;  ///< class scope: owns the name itself, and hands an outer one of it to its methods
  Place place = Place::Unknown;
  std::uint32_t offset = 0;  ///< of a global or nonlocal declaration
};

struct Scope {
  enum class Kind : std::uint8_t { Module, Class, Function, Comprehension };
  Kind kind = Kind::Module;
  Scope* parent = nullptr;
  std::string_view name;
  bool generator = false;
  bool async = false;
  bool uses_class_cell = false;  ///< class scope: a method says super() or __class__
  std::unordered_map<std::string_view, Symbol> symbols;
  std::vector<std::string_view> order;  ///< in order of appearance, for stable slots
  std::vector<Scope*> children;

  bool is_function() const { return kind == Kind::Function || kind == Kind::Comprehension; }
  Symbol& at(std::string_view symbol);
};

/// Scopes of a tree, by the node that opens them (null: the file).
class Scopes {
 public:
  explicit Scopes(const ast::Tree& tree);
  Scope& of(const void* node) { return *by_node_.at(node); }

 private:
  friend class ScopeBuilder;
  Scope& add(const void* node, Scope::Kind kind, Scope* parent, std::string_view name);
  std::deque<Scope> scopes_;
  std::unordered_map<const void*, Scope*> by_node_;
};

}  // namespace cupel::python
