// SPDX-License-Identifier: MIT
// Every node of a syntax tree, parents before their children, in the order of the text.
#pragma once

#include "cupel/python/ast.hpp"

namespace cupel::python::ast {

/// What is not overridden looks at nothing. `false` passes over what is inside of the node.
class CUPEL_API Visitor {
 public:
  virtual ~Visitor();
  virtual bool visit(Expr&) { return true; }
  virtual bool visit(Stmt&) { return true; }
  /// Names that nodes bind which are no expressions: parameters, `except ... as`, captures.
  virtual void bind(std::string_view) {}
};

CUPEL_API void walk(const Body& body, Visitor& visitor);
CUPEL_API void walk(Stmt& statement, Visitor& visitor);
CUPEL_API void walk(Expr* expression, Visitor& visitor);

}  // namespace cupel::python::ast
