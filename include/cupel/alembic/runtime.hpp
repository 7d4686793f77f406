// SPDX-License-Identifier: MIT
// Runs the Python of an Alembic project: its revisions, and what its env.py computes. Python itself
// is not needed; the language is cupel's own (python/), the modules alembic and sqlalchemy are in
// src/alembic/modules/.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cupel/alembic/check.hpp"
#include "cupel/alembic/settings.hpp"
#include "cupel/base/clock.hpp"
#include "cupel/base/log.hpp"
#include "cupel/script/migration.hpp"
#include "cupel/script/templates.hpp"

namespace cupel::dialect {
class Dialect;
}

namespace cupel::alembic {

/// What the scripts of a project see and may do.
struct CUPEL_API RuntimeSettings {
  const Files* files = nullptr;
  std::string root = ".";         ///< scripts read no file outside of it
  std::vector<std::string> path;  ///< where modules are looked for, below `root` or absolute
  std::map<std::string, std::string> environment;
  std::vector<std::string> arguments;  ///< -x KEY=VALUE, for those who ask without a run
  std::string tag;                     ///< --tag
  Settings project;                    ///< what `config` gives
  std::function<std::vector<std::string>()> heads = [] { return std::vector<std::string>(); };
  std::string section = "alembic";
  Log log;
  Clock clock = system_clock();
};

/// What env.py has told context.configure().
struct CUPEL_API EnvironmentAnswer {
  bool is_configured = false;
  std::string url;  ///< empty: env.py has not come so far
  std::string version_table;
  std::string version_table_schema;
  std::optional<model::NamingConvention> naming;
  int runs = 0;         ///< of run_migrations(): more than one for several databases
  std::string problem;  ///< why env.py could not be run to its end; empty if it could
};

/// One interpreter, made when the first script is run; what a script leaves behind in a module (as
/// in Python) is seen by the next. Not thread-safe.
class CUPEL_API Runtime {
 public:
  explicit Runtime(RuntimeSettings settings);
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  /// The reader of .py revisions. What it makes borrows this object.
  script::FileKind revisions();
  /// Runs the project's env.py once, without a database. An empty answer if there is none.
  /// `offline`: what context.is_offline_mode() says meanwhile.
  const EnvironmentAnswer& environment(bool offline = false);
  /// Of the last script that failed, as Python prints it; empty if none has.
  const std::string& traceback() const;
  /// The text of a new revision, from a template in Mako's language: script.py.mako, whose path is
  /// `path`. `imports` are lines for its head. Throws InputError with the template's place.
  std::string render_revision(const std::string& text, const std::string& path,
                              const script::NewRevision& revision);

  /// Why a revision's file cannot run. Asks no database.
  std::vector<ScriptFinding> check(const std::string& path);

  /// What a revision's upgrade() makes, drops and renames, as far as its text says so, as SQL that
  /// only has the names right: for those who want to know whose a table is, and cannot run it.
  std::string written_names(const std::string& path, const dialect::Dialect& dialect);

  struct State;

 private:
  std::unique_ptr<State> state_;
};

/// What a project without script.py.mako gets.
CUPEL_API std::string_view default_revision_template();

}  // namespace cupel::alembic
