// SPDX-License-Identifier: MIT
// See config.hpp. The files are found here and laid under environment and flags; what they may say
// is in config_settings.cpp.
#include "cli/config.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "cli/config_set.hpp"
#include "cli/config_settings.hpp"
#include "cli/dotenv.hpp"
#include "cupel/command/alembic.hpp"

namespace cupel::cli {
namespace {

/// ${NAME} is taken from the environment.
std::string expand(std::string value, const Environment& environment, const std::string& setting) {
  for (std::size_t at = value.find("${"); at != std::string::npos; at = value.find("${", at)) {
    const std::size_t end = value.find('}', at);
    if (end == std::string::npos)
      throw UsageError("'${' without '}' in " + setting, "write ${NAME}");
    const std::string name = value.substr(at + 2, end - at - 2);
    const std::optional<std::string> found = environment(name);
    if (!found)
      throw UsageError(setting + " refers to ${" + name + "}, which is not set",
                       "set " + name + ", or give --url");
    value.replace(at, end - at + 1, *found);
    at += found->size();
  }
  return value;
}

/// Which files there are to read: one of cupel's, or those of an Alembic project.
struct ChosenFiles {
  std::string cupel;
  std::string ini;
  std::string toml;
  bool is_alembic() const { return !ini.empty() || !toml.empty(); }
};

class Loader {
 public:
  Loader(const Files& files, const GlobalOptions& options, const Environment& environment)
      : files_(&files), options_(&options), environment_(environment) {}

  command::Config load() {
    for (const std::string& typed : options_->settings) given_.push_back(parse_setting(typed));
    try {
      read_files(choose_files());
      apply_given();
    } catch (const InputError& error) {
      if (given_.empty()) throw;
      rethrow_for_flag(error);
    }
    read_environment();
    read_flags();
    return std::move(config_);
  }

 private:
  std::vector<std::string> named_files() const {
    if (!options_->config_files.empty()) return options_->config_files;
    for (const char* name : {"CUPEL_CONFIG", "ALEMBIC_CONFIG"}) {
      if (options_->only_alembic && name != std::string_view("ALEMBIC_CONFIG")) continue;
      const std::string path = environment_(name).value_or("");
      if (!path.empty()) return {path};
    }
    return {};
  }

  /// Alembic takes one file of each kind, and any name for an .ini.
  std::string& slot_for(ChosenFiles& chosen, const std::string& path) const {
    if (path::file_name(path) == "pyproject.toml") return chosen.toml;
    return options_->only_alembic || path.ends_with(".ini") ? chosen.ini : chosen.cupel;
  }

  ChosenFiles choose_files() const {
    ChosenFiles chosen;
    for (const std::string& path : named_files()) {
      if (!files_->is_file(path))
        throw UsageError("there is no configuration file '" + path + "'",
                         "make a project with: cupel init migrations");
      std::string& slot = slot_for(chosen, path);
      if (!slot.empty()) throw named_twice(slot, path);
      slot = path;
    }
    if (!chosen.cupel.empty() && chosen.is_alembic())
      throw UsageError("'" + chosen.cupel + "' cannot be combined with Alembic's files",
                       "name it alone: it says all that cupel reads then");
    if (!chosen.cupel.empty() || chosen.is_alembic()) return chosen;
    if (!options_->only_alembic && files_->is_file("cupel.toml"))
      chosen.cupel = "cupel.toml";
    else if (const std::string found = command::find_alembic_file(*files_); !found.empty())
      slot_for(chosen, found) = found;
    return chosen;
  }

  static UsageError named_twice(const std::string& first, const std::string& second) {
    const std::string hint = "leave out '" + first + "' or '" + second + "'";
    if (path::file_name(second) == "pyproject.toml")
      return UsageError("pyproject.toml indicated more than once", hint);
    return UsageError(second.ends_with(".ini") ? "only one ini file may be indicated"
                                               : "only one cupel.toml may be indicated",
                      hint);
  }

  void read_files(const ChosenFiles& chosen) {
    if (chosen.is_alembic()) return read_alembic(chosen);
    if (!chosen.cupel.empty()) return read_own(chosen.cupel);
    if (!options_->section.empty()) throw no_section("cupel.toml");
  }

  void read_own(const std::string& path) {
    config_.file = path;
    config_.root = path::directory(path);
    const toml::table table = read_toml(*files_, path);
    const Origin origin{path};
    std::vector<std::string> known = known_sections();
    known.emplace_back("environments");
    Section(table, "top level", origin).check_keys(known);
    apply_settings(config_, table, origin, "");
    if (!options_->section.empty()) apply_environment(table, origin);
  }

  void apply_environment(const toml::table& table, const Origin& origin) {
    const toml::node_view<const toml::node> node = table["environments"][options_->section];
    if (node.as_table() == nullptr) throw no_section(origin.place);
    apply_settings(config_, *node.as_table(), origin, "environments." + options_->section + ".");
  }

  UsageError no_section(const std::string& path) const {
    return UsageError("'" + path + "' has no section [environments." + options_->section + "]",
                      "add it, or leave out -n " + options_->section);
  }

  void read_alembic(const ChosenFiles& chosen) {
    alembic::SettingsRequest request;
    if (!chosen.ini.empty()) request.ini = chosen.ini;
    if (!chosen.toml.empty()) request.toml = chosen.toml;
    if (!options_->section.empty()) request.section = options_->section;
    request.overrides = alembic_overrides(given_);
    config_ = command::alembic_config(*files_, request);
    const alembic::Settings& read = *config_.alembic;
    if (!read.lint.empty()) apply_lint(toml::parse(read.lint, read.file), {read.file}, "");
    if (read.toml_file.empty()) return;
    const toml::table table = read_toml(*files_, read.toml_file);
    if (const toml::table* own = table["tool"]["cupel"].as_table())
      apply_lint(*own, {read.toml_file}, "tool.cupel.");
  }

  /// The one section of ours in an Alembic project's file: [lint] in an .ini, [tool.cupel.lint] in
  /// a pyproject.toml.
  void apply_lint(const toml::table& table, const Origin& origin, const std::string& prefix) {
    const Section top(table, "tool.cupel", origin);
    if (const auto section = top.find_section("lint", prefix + "lint"))
      config_.lint = read_lint(std::move(config_.lint), *section, prefix);
  }

  /// --set lies over all files. What is Alembic's own was read with them.
  void apply_given() {
    for (const GivenSetting& given : given_) {
      if (config_.alembic && given.path.front() == "alembic") continue;
      Section(given.table, "top level", given.origin).check_keys(known_sections());
      apply_settings(config_, given.table, given.origin, "");
      config_.given.insert(given.path[0] + "." + given.path[1]);
    }
    if (config_.alembic) config_.alembic->script_location = config_.script_location;
  }

  /// A variable of the process wins over the same one in .env. Borrows both.
  static Environment layered(const Environment& process,
                             const std::map<std::string, std::string>& file) {
    return [&process, &file](const std::string& name) -> std::optional<std::string> {
      if (std::optional<std::string> value = process(name)) return value;
      const auto found = file.find(name);
      if (found == file.end()) return std::nullopt;
      return found->second;
    };
  }

  void read_environment() {
    std::map<std::string, std::string> file;
    const std::string path = path::join(config_.root, ".env");
    if (files_->is_file(path)) file = parse_dotenv(files_->read(path), path);
    const Environment both = layered(environment_, file);
    if (!options_->url) read_url(both);
    if (!options_->from_url)
      config_.schema.from_url = expand(config_.schema.from_url, both, "'from_url' in [schema]");
    if (!options_->dev_url)
      config_.schema.dev_url = expand(config_.schema.dev_url, both, "'dev_url' in [schema]");
    config_.schema.cache_directory = cache_directory(both);
    config_.environment = file;
    config_.settings.applied_by = who_applies(environment_, file);
  }

  /// Looked up once, by the run that writes it down: without USER it is a search in /etc/passwd.
  static std::function<std::string()> who_applies(const Environment& process,
                                                  const std::map<std::string, std::string>& file) {
    return [process, file, name = std::string()]() mutable {
      if (!name.empty()) return name;
      const Environment both = layered(process, file);
      const std::string user = both("USER").value_or(both("LOGNAME").value_or("?"));
      return name = user + "@" + both("HOSTNAME").value_or("?");
    };
  }

  void read_url(const Environment& environment) {
    // What an Alembic project says itself counts there, as it does for Alembic.
    const bool has_own = config_.alembic && !config_.url.empty();
    const bool is_given = config_.given.count("database.url") != 0;
    for (const char* name : {"CUPEL_DATABASE_URL", "DATABASE_URL_DIRECT", "DATABASE_URL"}) {
      const std::optional<std::string> value = environment(name);
      const bool is_ours = name == std::string_view("CUPEL_DATABASE_URL");
      if (!value || value->empty() || is_given || (has_own && !is_ours)) continue;
      config_.url = *value;
      config_.url_is_from_file = false;
      config_.url_is_final = is_ours || !config_.alembic;
      break;
    }
    config_.url = expand(config_.url, environment, "the database url");
  }

  static std::string cache_directory(const Environment& environment) {
    const std::string cache = environment("XDG_CACHE_HOME").value_or("");
    if (cache.starts_with('/')) return path::join(cache, "cupel");
    const std::string home = environment("HOME").value_or("");
    return home.empty() ? std::string() : path::join(home, ".cache/cupel");
  }

  void read_flags() {
    if (options_->from_url) {
      // This one database, and nothing that is added to it.
      config_.schema.sql.clear();
      config_.schema.program.clear();
      config_.schema.from_url = *options_->from_url;
      config_.from_url_is_from_file = false;
    }
    if (options_->dev_url) config_.schema.dev_url = *options_->dev_url;
    if (options_->url) {
      config_.url = *options_->url;
      config_.url_is_from_file = false;
      config_.url_is_final = true;
    }
    if (options_->lock_timeout)
      config_.settings.lock_timeout = parse_duration(*options_->lock_timeout, "--lock-timeout");
    if (options_->statement_timeout) {
      config_.settings.statement_timeout =
          parse_duration(*options_->statement_timeout, "--statement-timeout");
    }
    if (options_->transaction)
      config_.settings.transaction = parse_transaction(*options_->transaction);
    config_.arguments = options_->arguments;
  }

  const Files* files_;
  const GlobalOptions* options_;
  Environment environment_;
  std::vector<GivenSetting> given_;
  command::Config config_;
};

}  // namespace

command::Config load_config(const Files& files, const GlobalOptions& options,
                            const Environment& environment) {
  return Loader(files, options, environment).load();
}

}  // namespace cupel::cli
