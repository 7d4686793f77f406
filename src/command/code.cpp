// SPDX-License-Identifier: MIT
// See code.hpp.
#include "command/code.hpp"

#include "cupel/alembic/render.hpp"
#include "cupel/diff/diff.hpp"

namespace cupel::command {

bool writes_cpp(const Project& project) { return project.config().format == "cpp"; }

std::string render_steps(Project& project, const std::vector<script::Step>& steps,
                         const model::Schema& before, script::NewRevision& revision) {
  if (writes_cpp(project)) {
    return script::render_cpp(steps, project.config().settings.naming,
                              project.dialect().traits().max_identifier_length);
  }
  if (project.config().format == "py") {
    alembic::PythonBody body = alembic::render_operations(steps, project.dialect(), before,
                                                          project.config().settings.naming);
    revision.imports.merge(body.imports);
    return std::move(body.code);
  }
  return script::render_sql(steps, project.dialect(), before);
}

std::string render_ddl(const dialect::Dialect& dialect, const model::Schema& schema) {
  const std::string sql =
      script::render_sql({{{}, diff::create_all(schema, dialect.diff_rules())}}, dialect, {});
  return sql.empty() ? sql : sql + "\n";
}

std::string render_models(Project& project, const model::Schema& schema) {
  if (writes_cpp(project)) {
    return script::render_cpp_models(schema, project.config().settings.naming,
                                     project.dialect().traits().max_identifier_length);
  }
  return render_ddl(project.dialect(), schema);
}

}  // namespace cupel::command
