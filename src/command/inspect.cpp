// SPDX-License-Identifier: MIT
// inspect: the database's schema as text. See schema.hpp.
#include "command/code.hpp"
#include "command/comparison.hpp"
#include "command/selection.hpp"
#include "cupel/command/schema.hpp"
#include "cupel/model/json.hpp"
#include "cupel/script/render.hpp"

namespace cupel::command {

SchemaFormat parse_schema_format(const std::string& word) {
  if (word == "sql") return SchemaFormat::Sql;
  if (word == "cpp") return SchemaFormat::Cpp;
  if (word == "json") return SchemaFormat::Json;
  throw UsageError("unknown format '" + word + "'; there are 'sql', 'cpp', 'json'",
                   "cupel inspect --format sql");
}

std::string inspect(Project& project, const std::vector<std::string>& patterns,
                    SchemaFormat format) {
  Live live = read_live(project, /*everything=*/true);
  const Filter filter(project, live.default_schema);
  keep_objects(live.schema, [&](const model::ObjectKey& key) { return !filter.is_own(key); });
  if (!patterns.empty()) select_tables(live.schema, patterns, live.default_schema);
  switch (format) {
    case SchemaFormat::Json:
      return model::to_json(live.schema) + "\n";
    case SchemaFormat::Cpp:
      return script::render_cpp_models(live.schema, project.config().settings.naming,
                                       project.dialect().traits().max_identifier_length);
    case SchemaFormat::Sql:
      break;
  }
  return render_ddl(project.dialect(), live.schema);
}

}  // namespace cupel::command
