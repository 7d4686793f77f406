// SPDX-License-Identifier: MIT
// See runtime.hpp.
#include "cupel/alembic/runtime.hpp"

#include <utility>

#include "alembic/runtime_state.hpp"
#include "cupel/base/text.hpp"

namespace cupel::alembic {

Runtime::Runtime(RuntimeSettings settings) : state_(std::make_unique<State>(std::move(settings))) {}
Runtime::~Runtime() = default;

Runtime::State::State(RuntimeSettings of_project) : settings(std::move(of_project)) {
  for (const auto& [key, values] : settings.project.overrides)
    overrides[{settings.section, key}] = text::join(values, " ");
}

const std::string& Runtime::traceback() const { return state_->traceback; }

script::FileKind Runtime::revisions() {
  return {".py", [state = state_.get()](std::string path, std::string text) {
            return read_py_migration(*state, std::move(path), std::move(text));
          }};
}

python::Interpreter& Runtime::State::interpreter() {
  if (made) return *made;
  python::Settings python;
  python.files = settings.files;
  python.root = settings.root;
  python.path = settings.path;
  python.environment = settings.environment;
  python.log = settings.log;
  python.clock = settings.clock;
  const Settings& limits = settings.project;
  python.max_steps = limits.max_steps.value_or(python.max_steps);
  python.max_memory = limits.max_memory.value_or(python.max_memory);
  python.max_depth = limits.max_depth.value_or(python.max_depth);
  python.print = [this](std::string_view text) {
    while (text.ends_with('\n')) text.remove_suffix(1);
    if (!text.empty()) log(settings.log, LogLevel::Info, "script", std::string(text));
  };
  made = std::make_unique<python::Interpreter>(std::move(python));
  add_native_module(*made, *this);
  for (const SourceModule& module : source_modules())
    made->add_source_module(module.name, module.text);
  return *made;
}

context::Operations& Runtime::State::op() const {
  if (running != nullptr) return *running;
  throw UsageError("this can be asked only while a revision runs",
                   "move it into upgrade() or downgrade()");
}

Running::Running(Runtime::State& state, context::Operations& op)
    : state_(state), before_(std::exchange(state.running, &op)) {}

Running::~Running() {
  state_.running = before_;
  state_.autocommit.clear();
}

}  // namespace cupel::alembic
