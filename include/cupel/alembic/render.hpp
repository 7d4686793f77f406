// SPDX-License-Identifier: MIT
// Operations as the body of a function of a .py revision, in the calls and the layout that
// Alembic's own autogenerate has.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "cupel/dialect/dialect.hpp"
#include "cupel/model/naming.hpp"
#include "cupel/script/render.hpp"

namespace cupel::alembic {

/// What goes into the template.
struct CUPEL_API PythonBody {
  std::string code;               ///< every line but the first indented; empty for no steps
  std::set<std::string> imports;  ///< lines that the code needs beside `op` and `sa`
};

/// What no call of Alembic 1.8 with SQLAlchemy 1.4 does (views, functions, triggers, renames of
/// constraints, rebuilds of tables of which Alembic would lose a part) is its statements, in
/// op.execute(). `before` is the schema that the steps meet; `naming` is the project's, which would
/// name what has no name.
CUPEL_API PythonBody render_operations(const std::vector<script::Step>& steps,
                                       const dialect::Dialect& dialect, const model::Schema& before,
                                       const model::NamingConvention& naming = {});
/// The same without the two comments around it, for lines that join others.
CUPEL_API PythonBody render_calls(const std::vector<script::Step>& steps,
                                  const dialect::Dialect& dialect, const model::Schema& before,
                                  const model::NamingConvention& naming = {});

}  // namespace cupel::alembic
