// SPDX-License-Identifier: MIT
// Whether the arguments of a call of `op` or of a batch can be right, by the functions' own texts
// in modules/.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/python/ast.hpp"

namespace cupel::alembic {

class CallCheck {
 public:
  CallCheck();
  ~CallCheck();
  /// What is wrong with `op.<name>(...)`, or with `batch_op.<name>(...)`; empty if nothing is.
  std::string problem_of(std::string_view name, const python::ast::Call& call, bool in_batch) const;

 private:
  using Functions = std::map<std::string_view, const python::ast::FunctionDef*>;
  struct Signature;
  Signature signature_of(const python::ast::FunctionDef& function, bool is_method) const;

  std::unique_ptr<python::ast::Tree> op_;
  std::unique_ptr<python::ast::Tree> batch_;
  Functions functions_;
  Functions methods_;
  std::vector<std::string_view> databases_;  ///< prefixes that any keyword may have
};

}  // namespace cupel::alembic
