// SPDX-License-Identifier: MIT
// See database.hpp.
#include "source/database.hpp"

#include <algorithm>

namespace cupel::source {
namespace {

void erase_own(model::Schema& schema, const std::vector<model::ObjectName>& own,
               const std::string& default_schema) {
  std::erase_if(schema.tables, [&](const model::Table& table) {
    return std::any_of(own.begin(), own.end(), [&](const model::ObjectName& name) {
      return table.name.name == name.name &&
             table.name.schema == (name.schema == default_schema ? "" : name.schema);
    });
  });
}

}  // namespace

Target read_database(const Settings& settings, const dialect::Dialect& dialect, const Log& log) {
  const driver::Url url = driver::parse_url(settings.from_url);
  if (&dialect::find_dialect(url.dialect) != &dialect) {
    throw UsageError("from_url names a database of another kind: " + driver::to_display(url) +
                         ", and the project's is " + std::string(dialect.name()),
                     "only databases of one kind can be alike");
  }
  const std::unique_ptr<driver::Connection> connection =
      dialect.connect(url, {.read_only = true, .create = false, .log = log});
  const std::unique_ptr<inspect::Inspector> inspector = dialect.make_inspector(*connection);
  Target target;
  target.schema = inspector->inspect({.all_schemas = true});
  erase_own(target.schema, settings.own_tables, inspector->default_schema());
  for (const model::ObjectKey& key : model::keys_of(target.schema))
    target.declared_in[key] = driver::to_display(url);
  return target;
}

}  // namespace cupel::source
