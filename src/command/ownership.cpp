// SPDX-License-Identifier: MIT
// See ownership.hpp. A .sql revision is read, not run; one in C++ is run against a sink that only
// listens.
#include "command/ownership.hpp"

#include <utility>

#include "cupel/migrate/state.hpp"
#include "cupel/revision/resolve.hpp"
#include "cupel/script/sql_script.hpp"
#include "cupel/sql/ddl_writer.hpp"

namespace cupel::command {
namespace {

/// Keeps statements. A schema in memory answers those writers that must know a table to change it.
class ListeningSink final : public context::StatementSink {
 public:
  void execute(const sql::Statement& statement) override { text_ += statement.sql + ";\n"; }
  driver::Rows query(const std::string&, const std::vector<Value>&) override {
    throw NotSupported("a query needs a live database");
  }
  void run_many(const std::string&, const std::vector<std::vector<Value>>&) override {}
  bool set_autocommit(bool) override { return false; }
  driver::Connection* connection() override { return nullptr; }
  sql::SchemaSource* schema() override { return &schema_; }
  void applied(const ops::Operation& operation) override {
    try {
      schema_.apply(operation);
    } catch (const UsageError&) {
      // About a table that raw SQL made: names are known from its text.
    }
  }
  std::string take() { return std::exchange(text_, {}); }

 private:
  std::string text_;
  sql::MemorySchema schema_;
};

std::string sql_of(const Files& files, const std::string& path, const dialect::Dialect& dialect) {
  const script::SqlScript script = script::parse_script(files.read(path), path);
  std::vector<std::string_view> names{dialect.name()};
  names.insert(names.end(), dialect.aliases().begin(), dialect.aliases().end());
  const script::Section* section =
      script::select_section(script, script::Direction::Upgrade, names);
  return section == nullptr ? std::string() : section->body;
}

}  // namespace

const Ownership::Names& Ownership::names() {
  if (names_) return *names_;
  names_.emplace(Names{CreatedNames(default_schema_), CreatedNames(default_schema_)});
  const std::vector<char> is_applied = applied();
  const dialect::Dialect& dialect = project_->dialect();
  ListeningSink sink;
  const revision::Graph& graph = project_->graph();
  for (const revision::Index index : graph.order()) {
    const std::string& id = graph.id(index);
    const script::Migration& migration = project_->migrations().get(id);
    std::string text;
    bool is_known = true;
    try {
      if (migration.is_plain_sql()) {
        text = sql_of(project_->files(), migration.info().path, dialect);
      } else {
        context::Operations op(sink, dialect, project_->config().settings.naming);
        op.set_arguments(project_->config().arguments);
        migration.run(revision::Direction::Upgrade, op);
      }
    } catch (const Error& error) {
      is_known = false;
      // What it made before it asked for a live database counts, and what its text says besides;
      // the rest is nobody's, and stays.
      log(project_->log, LogLevel::Debug, "autogenerate",
          "revision '" + id + "': what it creates is not known: " + error.what());
    }
    text += sink.take();
    if (!is_known && migration.info().path.ends_with(".py"))
      text += project_->runtime().written_names(migration.info().path, dialect);
    const std::vector<NameChange> changes = scan_names(text, dialect.lex_rules());
    names_->by_all.apply(changes, id);
    if (is_applied[static_cast<std::size_t>(index)] != 0) names_->by_applied.apply(changes, id);
  }
  return *names_;
}

std::vector<char> Ownership::applied() const {
  const revision::Graph& graph = project_->graph();
  std::vector<char> all(graph.order().size(), 1);
  if (!project_->database_exists()) return all;
  const revision::CurrentRows rows =
      revision::resolve_rows(graph, migrate::read_rows(project_->environment(/*create=*/false)));
  return rows.known.empty() || !rows.unknown.empty() ? all : graph.mark_ancestors(rows.known);
}

bool Ownership::owns(const model::ObjectKey& key) {
  return names().by_applied.origin_of(key) != nullptr;
}

bool Ownership::ever_made(const model::ObjectKey& key) { return names().by_all.was_made(key); }

std::string Ownership::made_by(const model::ObjectKey& key) {
  const std::string* origin = names().by_applied.origin_of(key);
  return origin == nullptr ? std::string() : *origin;
}

std::vector<std::string> Ownership::schemas() { return names().by_applied.schemas(); }

}  // namespace cupel::command
