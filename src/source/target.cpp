// SPDX-License-Identifier: MIT
// See target.hpp.
#include "cupel/source/target.hpp"

#include "source/execute.hpp"
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
    const std::vector<Script> scripts = read_sql_files(settings_.sql, settings_.root, files_);
    if (!scripts.empty()) sum.add(of_scripts(scripts));
    return sum.finish();
  }

 private:
  static Target of_registry(const Registry& registry) {
    Target target;
    registry.declare(target.schema);
    check_models(target.schema, registry.name);
    for (const model::ObjectKey& key : model::keys_of(target.schema))
      target.declared_in[key] = registry.name;
    return target;
  }

  Target of_scripts(const std::vector<Script>& scripts) const {
    const std::unique_ptr<dialect::Scratch> scratch =
        dialect_.make_scratch({.beside = server_, .log = log_});
    return execute_scripts(scripts, dialect_, *scratch, log_);
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
