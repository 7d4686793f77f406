// SPDX-License-Identifier: MIT
// What the modules in modules/ and the revisions share while they run.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/alembic/ini.hpp"
#include "cupel/alembic/runtime.hpp"
#include "cupel/python/interpreter.hpp"

namespace cupel::alembic {

/// A Python module that is a part of this library.
struct SourceModule {
  std::string_view name;
  std::string_view text;
};
/// All of modules/, as CMake has put them into the library.
std::span<const SourceModule> source_modules();

struct Runtime::State {
  explicit State(RuntimeSettings of_project);

  /// Made at the first use.
  python::Interpreter& interpreter();
  /// What the running revision may use; throws UsageError outside of a run.
  context::Operations& op() const;

  /// What alembic.ini says, changed by config.set_main_option().
  std::optional<std::string> option(const std::string& section, const std::string& name);
  /// nullopt: no such section.
  std::optional<std::vector<std::string>> option_names(const std::string& section);
  const Ini& ini();
  bool has_ini() const { return settings.project.file != settings.project.toml_file; }

  RuntimeSettings settings;
  std::map<std::pair<std::string, std::string>, std::optional<std::string>> overrides;
  std::unique_ptr<Ini> read_ini;
  bool has_asked = false;   ///< env.py has been run
  bool is_offline = false;  ///< while it runs
  std::string traceback;    ///< of the last failure
  EnvironmentAnswer answer;
  context::Operations* running = nullptr;
  std::vector<bool> autocommit;  ///< what it was before each open autocommit_block()
  std::unique_ptr<python::Interpreter> made;
  std::map<std::string, python::Value> modules;  ///< the revisions that have been run, by path
  python::Value template_args;                   ///< what env.py gives to script.py.mako besides
};

/// Gives op() an object for the time of a revision's run.
class Running {
 public:
  Running(Runtime::State& state, context::Operations& op);
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  Runtime::State& state_;
  context::Operations* before_;
};

/// The module _cupel.
void add_native_module(python::Interpreter& in, Runtime::State& state);

std::unique_ptr<script::Migration> read_py_migration(Runtime::State& state, std::string path,
                                                     std::string text);

}  // namespace cupel::alembic
