// SPDX-License-Identifier: MIT
// env.py: run once, with an engine that connects to nothing, for what it configures.
#include "alembic/runtime_state.hpp"
#include "cupel/base/text.hpp"

namespace cupel::alembic {

std::optional<std::string> Runtime::State::option(const std::string& section,
                                                  const std::string& name) {
  const auto changed = overrides.find({section, name});
  if (changed != overrides.end()) return changed->second;
  if (has_ini()) return ini().get(section, name);
  if (section != settings.section) return std::nullopt;
  if (name == "script_location") return settings.project.script_location;
  if (name == "sqlalchemy.url" && !settings.project.url.empty()) return settings.project.url;
  const auto found = settings.project.options.find(name);
  if (found == settings.project.options.end()) return std::nullopt;
  return found->second;
}

std::optional<std::vector<std::string>> Runtime::State::option_names(const std::string& section) {
  std::vector<std::string> names;
  bool known = section == settings.section;
  if (has_ini()) {
    known = ini().has_section(section);
    names = ini().keys(section);
  } else if (known) {
    for (const auto& [name, value] : settings.project.options) names.push_back(name);
    names.emplace_back("sqlalchemy.url");
  }
  for (const auto& [place, value] : overrides) {
    if (place.first != section) continue;
    known = true;
    std::erase(names, place.second);
    names.push_back(place.second);
  }
  if (!known) return std::nullopt;
  return names;
}

const Ini& Runtime::State::ini() {
  if (!read_ini) {
    const std::string& path = settings.project.file;
    read_ini = std::make_unique<Ini>(
        Ini::parse(settings.files->read(path), path, {{"here", settings.project.directory}}));
  }
  return *read_ini;
}

const EnvironmentAnswer& Runtime::environment(bool offline) {
  State& state = *state_;
  if (state.has_asked) return state.answer;
  state.has_asked = true;
  const std::string path = path::join(state.settings.project.script_location, "env.py");
  if (!state.settings.files->is_file(path)) return state.answer;
  state.is_offline = offline;
  try {
    state.interpreter().load(path);
  } catch (const python::ScriptError& error) {
    state.traceback = error.traceback();
    state.answer.problem = error.what();
  } catch (const InputError& error) {
    state.answer.problem = error.what();
  }
  state.is_offline = false;
  const auto url = state.overrides.find({state.settings.section, "sqlalchemy.url"});
  if (state.answer.url.empty() && url != state.overrides.end())
    state.answer.url = url->second.value_or("");
  return state.answer;
}

}  // namespace cupel::alembic
