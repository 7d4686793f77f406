// SPDX-License-Identifier: MIT
// See target.hpp.
#include "cupel/source/target.hpp"

#include <algorithm>
#include <optional>

#include "cupel/base/text.hpp"
#include "cupel/base/version.hpp"
#include "cupel/model/json.hpp"
#include "source/cache.hpp"
#include "source/database.hpp"
#include "source/execute.hpp"
#include "source/program.hpp"
#include "source/script.hpp"
#include "source/sum.hpp"

namespace cupel::source {
namespace {

class Loader {
 public:
  Loader(const Settings& settings, const dialect::Dialect& dialect, const driver::Url* server,
         Files& files, const Log& log)
      : settings_(settings), dialect_(dialect), server_(server), files_(files), log_(log) {}

  Target load(const std::vector<Registry>& registries) {
    Sum sum(dialect_);
    for (const Registry& registry : registries) sum.add(of_registry(registry));
    if (const std::vector<Script> scripts = read_scripts(); !scripts.empty())
      sum.add(of_scripts(scripts, sum.so_far()));
    if (!settings_.from_url.empty()) sum.add(read_database(settings_, dialect_, log_));
    return sum.finish();
  }

 private:
  Target of_registry(const Registry& registry) const {
    Target target;
    target.schema.hints.naming = settings_.naming;
    target.schema.hints.max_name_length = dialect_.traits().max_identifier_length;
    try {
      registry.declare(target.schema);
    } catch (Error& error) {
      if (error.where().empty()) error.set_where(registry.name);
      throw;
    }
    check_models(target.schema, registry.name);
    for (const model::ObjectKey& key : model::keys_of(target.schema))
      target.declared_in[key] = registry.name;
    return target;
  }

  std::vector<Script> read_scripts() const {
    std::vector<Script> scripts = read_sql_files(settings_.sql, settings_.root, files_);
    for (const std::string& program : settings_.program)
      scripts.push_back(run_program(program, settings_, log_));
    return scripts;
  }

  Target of_scripts(const std::vector<Script>& scripts, const Target& models) const {
    const std::optional<driver::Url> dev = dev_url();
    const Cache cache(settings_.cache_directory, files_);
    const std::string key =
        is_worth_keeping(scripts) ? cache_key(scripts, models, dev ? &*dev : server_) : "";
    if (std::optional<Target> kept = cache.find(key)) return std::move(*kept);
    const std::unique_ptr<dialect::Scratch> scratch =
        dialect_.make_scratch({.beside = server_, .dev = dev ? &*dev : nullptr, .log = log_});
    Target target = execute_scripts(scripts, models, dialect_, *scratch, settings_, log_);
    const bool all_declare = std::all_of(scripts.begin(), scripts.end(), [&](const Script& script) {
      return declares_something(script, target);
    });
    if (all_declare) cache.store(key, target);  // else there is a warning, which is for every run
    return target;
  }

  static bool declares_something(const Script& script, const Target& target) {
    return std::any_of(target.declared_in.begin(), target.declared_in.end(),
                       [&](const auto& it) { return it.second.starts_with(script.name + ":"); });
  }

  bool has_free_scratch() const { return !dialect_.traits().scratch_url.empty(); }

  /// Where a scratch database costs nothing, a few tables are made sooner than looked up.
  bool is_worth_keeping(const std::vector<Script>& scripts) const {
    constexpr std::size_t kFewTables = 20000;  // bytes
    std::size_t size = 0;
    for (const Script& script : scripts) size += script.text.size();
    return !has_free_scratch() || size > kFewTables;
  }

  /// Which database executes the scripts; empty if that is not known.
  std::string executing_database(const driver::Url* server) const {
    const auto named = [&](const driver::Url& url, int version) {
      return driver::to_display(url) + "\n" + std::to_string(version) + "\n";
    };
    const auto version_of = [&](const driver::Url& url) {
      return dialect_.connect(url)->server_version();
    };
    const bool is_project = settings_.dev_url.empty();
    if (is_project && has_free_scratch()) {
      const driver::Url scratch = driver::parse_url(dialect_.traits().scratch_url);
      return named(scratch, version_of(scratch));
    }
    if (server == nullptr) return {};
    const bool is_known = is_project && settings_.server_version != 0;
    return named(*server, is_known ? settings_.server_version : version_of(*server));
  }

  /// Of everything that the result depends on.
  std::string cache_key(const std::vector<Script>& scripts, const Target& models,
                        const driver::Url* server) const {
    if (settings_.cache_directory.empty()) return {};
    const std::string database = executing_database(server);
    if (database.empty()) return {};
    std::string text = library_build() + "\n" + database;
    if (models.schema != model::Schema()) text += model::to_json(models.schema, -1) + "\n";
    for (const Script& script : scripts) {
      for (const std::string& part : {script.name, script.text})
        text += std::to_string(part.size()) + ":" + part;
    }
    return text::checksum(text);
  }

  std::optional<driver::Url> dev_url() const {
    if (settings_.dev_url.empty()) return std::nullopt;
    driver::Url url = driver::parse_url(settings_.dev_url);
    if (&dialect::find_dialect(url.dialect) == &dialect_) return url;
    throw UsageError("--dev-url names a database of another kind: " + driver::to_display(url) +
                         ", and the project's is " + std::string(dialect_.name()),
                     "schemas are tried on the kind of database that they are for");
  }

  const Settings& settings_;
  const dialect::Dialect& dialect_;
  const driver::Url* server_;
  Files& files_;
  const Log& log_;
};

}  // namespace

Target load_target(const Settings& settings, const std::vector<Registry>& registries,
                   const dialect::Dialect& dialect, const driver::Url* server, Files& files,
                   const Log& log) {
  return Loader(settings, dialect, server, files, log).load(registries);
}

}  // namespace cupel::source
