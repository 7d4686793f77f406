// SPDX-License-Identifier: MIT
// See models_on_scratch.hpp.
#include "source/models_on_scratch.hpp"

#include <algorithm>
#include <set>

#include "cupel/diff/diff.hpp"

namespace cupel::source {
namespace {

using model::ObjectKey;
using model::Schema;
using Keys = std::set<ObjectKey>;

Keys keys(const Schema& schema) {
  const std::vector<ObjectKey> list = keys_of(schema);
  return {list.begin(), list.end()};
}

template <typename T>
void refuse_changed(const std::vector<T>& made, const std::vector<T>& now, const Target& models) {
  for (const T& it : made) {
    if (std::find(now.begin(), now.end(), it) != now.end()) continue;
    const ObjectKey key = key_of(it);
    const auto source = models.declared_in.find(key);
    throw InputError({source == models.declared_in.end() ? "" : source->second},
                     to_string(key) + " is changed by the SQL of another source",
                     "declare all of it in one place");
  }
}

}  // namespace

bool ModelsOnScratch::make() {
  scratch_.reset_session();
  const std::unique_ptr<inspect::Inspector> inspector =
      dialect_.make_inspector(scratch_.connection());
  const Keys before = keys(inspector->inspect({.all_schemas = true}));
  Schema missing = models_.schema;
  keep_objects(missing, [&](const ObjectKey& key) {
    return !before.contains({key.kind, dialect_.diff_rules().stored_name(key.name), key.detail});
  });
  if (missing == Schema()) return false;
  create(missing);
  made_ = inspector->inspect({.all_schemas = true});
  keep_objects(made_, [&](const ObjectKey& key) { return !before.contains(key); });
  return true;
}

void ModelsOnScratch::create(const Schema& missing) {
  driver::Connection& connection = scratch_.connection();
  const sql::WriteContext context{.server_version = connection.server_version()};
  try {
    for (const ops::Operation& operation : diff::create_all(missing, dialect_.diff_rules())) {
      for (const sql::Statement& statement : dialect_.writer().write(operation, context))
        connection.query(statement.sql);
    }
  } catch (const DatabaseError& error) {
    if (error.connection_lost()) throw;
    InputError refusal({"models"}, error.message(), error.hint());
    refusal.add_note(error.details().statement);
    refusal.add_note(
        "the program's models are tried on a scratch database, since SQL builds on them");
    throw refusal;
  }
}

void ModelsOnScratch::forget(Schema& schema) const {
  refuse_changed(made_.enums, schema.enums, models_);
  refuse_changed(made_.domains, schema.domains, models_);
  refuse_changed(made_.tables, schema.tables, models_);
  refuse_changed(made_.views, schema.views, models_);
  const Keys made = keys(made_);
  keep_objects(schema, [&](const ObjectKey& key) { return !made.contains(key); });
}

}  // namespace cupel::source
