// SPDX-License-Identifier: MIT
// See config_settings.hpp.
#include "cli/config_settings.hpp"

namespace cupel::cli {
namespace {

command::BackupSettings::When parse_backup(const std::string& word) {
  using When = command::BackupSettings::When;
  if (word == "never") return When::Never;
  if (word == "destructive") return When::Destructive;
  if (word == "always") return When::Always;
  throw UsageError("backup must be never, destructive or always, got '" + word + "'",
                   "destructive saves the database before an upgrade that destroys data");
}

migrate::Destructive parse_destructive(const std::string& word) {
  if (word == "ask") return migrate::Destructive::Ask;
  if (word == "deny") return migrate::Destructive::Deny;
  if (word == "allow") return migrate::Destructive::Allow;
  throw UsageError("destructive must be ask, deny or allow, got '" + word + "'",
                   "leave it at ask if you are not sure");
}

void read_project(command::Config& config, const Section& section) {
  section.read("script_location", config.script_location);
  section.read("version_locations", config.version_locations);
  section.read("recursive_version_locations", config.recursive_version_locations);
  section.read("format", config.format);
  section.read("file_template", config.file_template);
}

void read_database(command::Config& config, const Section& section) {
  if (section.get("url") != nullptr) {
    section.read("url", config.url);
    // What was typed is --url: final, and a path in it starts where it was typed.
    config.url_is_from_file = !section.origin().typed;
    config.url_is_final = true;
  }
  section.read("version_table", config.settings.version_table.name);
  section.read("version_table_schema", config.settings.version_table.schema);
  section.read("history", config.settings.history);
  section.read("idempotent", config.settings.idempotent);
}

void read_schema(command::Config& config, const Section& section) {
  section.read("sql", config.schema.sql);
  section.read("program", config.schema.program);
  section.read("program_timeout", config.schema.program_timeout);
  section.read("from_url", config.schema.from_url);
  section.read("dev_url", config.schema.dev_url);
  if (section.get("from_url") != nullptr) config.from_url_is_from_file = true;
}

void read_autogenerate(command::Config& config, const Section& section) {
  section.read("exclude_tables", config.autogenerate.exclude_tables);
  section.read("exclude_schemas", config.autogenerate.exclude_schemas);
  section.read("exclude_presets", config.autogenerate.exclude_presets);
  section.read("concurrent_indexes", config.autogenerate.concurrent_indexes);
}

void read_hooks(command::Config& config, const Section& section) {
  if (section.get("programs") == nullptr) return;
  std::vector<std::string> programs;
  section.read("programs", programs);
  config.post_write_hooks.clear();
  for (std::string& program : programs) config.post_write_hooks.push_back({std::move(program)});
}

void read_safety(command::Config& config, const Section& section) {
  section.read("lock_timeout", config.settings.lock_timeout);
  section.read("lock_attempt", config.settings.lock_attempt);
  section.read("statement_timeout", config.settings.statement_timeout);
  section.read("transaction", config.settings.transaction, parse_transaction);
  section.read("destructive", config.settings.destructive, parse_destructive);
  section.read("backup", config.backup.when, parse_backup);
  section.read("backup_directory", config.backup.directory);
  section.read("backup_keep", config.backup.keep);
  auto days = static_cast<std::size_t>(config.backup.keep_days);
  section.read("backup_keep_days", days);
  config.backup.keep_days = static_cast<int>(std::min<std::size_t>(days, 100000));
}

void read_naming(command::Config& config, const Section& section) {
  section.read("ix", config.settings.naming.ix);
  section.read("uq", config.settings.naming.uq);
  section.read("ck", config.settings.naming.ck);
  section.read("fk", config.settings.naming.fk);
  section.read("pk", config.settings.naming.pk);
}

using Reader = void (*)(command::Config&, const Section&);
Reader reader_of(const std::string& section) {
  if (section == "project") return read_project;
  if (section == "database") return read_database;
  if (section == "schema") return read_schema;
  if (section == "autogenerate") return read_autogenerate;
  if (section == "post_write_hooks") return read_hooks;
  if (section == "safety") return read_safety;
  return read_naming;
}

}  // namespace

const std::vector<std::pair<std::string, std::vector<std::string>>>& known_settings() {
  static const std::vector<std::pair<std::string, std::vector<std::string>>> kKnown{
      {"project",
       {"script_location", "version_locations", "recursive_version_locations", "format",
        "file_template"}},
      {"database", {"url", "version_table", "version_table_schema", "history", "idempotent"}},
      {"schema", {"sql", "program", "program_timeout", "from_url", "dev_url"}},
      {"autogenerate",
       {"exclude_tables", "exclude_schemas", "exclude_presets", "concurrent_indexes"}},
      {"post_write_hooks", {"programs"}},
      {"safety",
       {"lock_timeout", "lock_attempt", "statement_timeout", "transaction", "destructive", "backup",
        "backup_directory", "backup_keep", "backup_keep_days"}},
      {"naming", {"ix", "uq", "ck", "fk", "pk"}},
      {"lint", {"small_table_rows", "fail_on", "paths", "names"}},
  };
  return kKnown;
}

std::vector<std::string> known_sections() {
  std::vector<std::string> names;
  for (const auto& [section, keys] : known_settings()) names.push_back(section);
  return names;
}

void apply_settings(command::Config& config, const toml::table& table, const Origin& origin,
                    const std::string& prefix) {
  const Section top(table, "top level", origin);
  for (const auto& [name, keys] : known_settings()) {
    const std::optional<Section> section = top.find_section(name.c_str(), prefix + name);
    if (!section) continue;
    if (name == "lint") {
      config.lint = read_lint(std::move(config.lint), *section, prefix);
      continue;
    }
    section->check_keys(keys);
    reader_of(name)(config, *section);
  }
}

migrate::TransactionMode parse_transaction(const std::string& word) {
  if (word == "auto") return migrate::TransactionMode::Auto;
  if (word == "revision") return migrate::TransactionMode::Revision;
  if (word == "run") return migrate::TransactionMode::Run;
  throw UsageError("transaction must be auto, revision or run, got '" + word + "'",
                   "leave it at auto if you are not sure");
}

}  // namespace cupel::cli
