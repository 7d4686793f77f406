// SPDX-License-Identifier: MIT
// See config.hpp.
#include "cli/config.hpp"

// The parser asserts what its own error handling then reports: `[=` would end a debug build.
#define TOML_ASSERT(expression) static_cast<void>(0)

#include <fmt/core.h>
#include <toml++/toml.h>

#include <algorithm>
#include <map>

#include "cli/dotenv.hpp"
#include "cupel/base/text.hpp"
#include "cupel/command/alembic.hpp"
#include "cupel/command/lint.hpp"

namespace cupel::cli {
namespace {

InputError wrong(const std::string& file, const toml::node& node, const std::string& what,
                 const std::string& hint = {}) {
  const auto begin = node.source().begin;
  return {{file, begin.line, begin.column}, what, hint};
}

/// One table of the file with the names that it may hold.
class Section {
 public:
  Section(const toml::table& table, std::string name, std::string file)
      : table_(&table), name_(std::move(name)), file_(std::move(file)) {}

  void check_keys(const std::vector<std::string>& known) const {
    for (const auto& [key, value] : *table_) {
      const std::string word(key.str());
      if (std::find(known.begin(), known.end(), word) != known.end()) continue;
      const std::string nearest = text::nearest(word, known);
      const auto begin = key.source().begin;
      throw InputError({file_, begin.line, begin.column},
                       "unknown setting '" + word + "' in [" + name_ + "]",
                       nearest.empty() ? "known are " + text::quoted_list(known)
                                       : "did you mean '" + nearest + "'?");
    }
  }
  void read(const char* key, std::string& target) const {
    read_as<std::string>(key, target, "a text in quotes");
  }
  void read(const char* key, bool& target) const { read_as<bool>(key, target, "true or false"); }
  void read(const char* key, std::vector<std::string>& target) const {
    const toml::node* node = table_->get(key);
    if (node == nullptr) return;
    const toml::array* array = node->as_array();
    if (array == nullptr)
      throw wrong(file_, *node,
                  fmt::format("'{}' must be a list of texts, got {}", key, type(*node)));
    target.clear();
    for (const toml::node& item : *array) {
      const auto text = item.value<std::string>();
      if (!text)
        throw wrong(file_, item,
                    fmt::format("'{}' must be a list of texts, got {}", key, type(item)));
      target.push_back(*text);
    }
  }
  void read(const char* key, std::size_t& target) const {
    auto number = static_cast<std::int64_t>(target);
    read_as<std::int64_t>(key, number, "a whole number");
    if (number < 0) throw wrong(file_, *table_->get(key), fmt::format("'{}' is negative", key));
    target = static_cast<std::size_t>(number);
  }
  void read(const char* key, std::chrono::milliseconds& target) const {
    const toml::node* node = table_->get(key);
    if (node == nullptr) return;
    std::string text;
    read(key, text);
    try {
      target = parse_duration(text, key);
    } catch (const UsageError& error) {
      throw wrong(file_, *node, error.message(), error.hint());
    }
  }
  const toml::node* get(const char* key) const { return table_->get(key); }
  const std::string& file() const { return file_; }

 private:
  static std::string type(const toml::node& node) {
    std::ostringstream text;
    text << node.type();
    return text.str();
  }
  template <typename T>
  void read_as(const char* key, T& target, const char* expected) const {
    const toml::node* node = table_->get(key);
    if (node == nullptr) return;
    const auto value = node->value_exact<T>();
    if (!value)
      throw wrong(file_, *node, fmt::format("'{}' must be {}, got {}", key, expected, type(*node)));
    target = *value;
  }
  const toml::table* table_;
  std::string name_;
  std::string file_;
};

migrate::TransactionMode parse_transaction(const std::string& word) {
  if (word == "auto") return migrate::TransactionMode::Auto;
  if (word == "revision") return migrate::TransactionMode::Revision;
  if (word == "run") return migrate::TransactionMode::Run;
  throw UsageError("transaction must be auto, revision or run, got '" + word + "'",
                   "leave it at auto if you are not sure");
}

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

/// Named only: the name has overloads elsewhere.
lint::Severity parse_rule_severity(const std::string& word) {
  return command::parse_severity(word);
}

lint::Severity parse_fail_on(const std::string& word) {
  if (word == "notice" || word == "warning" || word == "error")
    return command::parse_severity(word);
  throw UsageError("fail_on must be notice, warning or error, got '" + word + "'",
                   "warning is what it is if you leave it out");
}

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

/// Where the string that begins at `at` ends: behind its closing quotes, or npos if there are none.
std::size_t behind_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool is_long = text.substr(at, 3) == std::string(3, quote);
  const std::string close(is_long ? 3 : 1, quote);
  for (at += close.size(); at < text.size(); ++at) {
    if (text[at] == '\n' && !is_long) return std::string_view::npos;
    if (text.substr(at, close.size()) == close) return at + close.size();
    if (text[at] == '\\' && quote == '"') ++at;
  }
  return std::string_view::npos;
}

/// Outside of strings and comments there is nothing but ASCII; the parser's own test for such
/// characters runs into what its authors held to be impossible.
void refuse_stray_letters(std::string_view text, const std::string& path) {
  if (!text::is_utf8(text)) return;  // the parser says where
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  for (std::size_t at = text.starts_with(kMark) ? kMark.size() : 0; at < text.size();) {
    if (text[at] == '#') {
      at = text.find('\n', at);
    } else if (text[at] == '"' || text[at] == '\'') {
      at = behind_string(text, at);
    } else if (static_cast<unsigned char>(text[at]) >= 0x80) {
      const std::string line(text::line_at(text, at));
      const bool may_hold_password = line.find("://") != std::string::npos;
      throw InputError(text::position_at(text, at, path), "a letter that must stand in quotes",
                       "write names and values with such letters as \"...\"",
                       may_hold_password ? std::string() : line);
    } else {
      ++at;
    }
  }
}

class Loader {
 public:
  Loader(const Files& files, const GlobalOptions& options, const Environment& environment)
      : files_(&files), options_(&options), environment_(environment) {}

  command::Config load() {
    read_file();
    read_environment();
    read_flags();
    return std::move(config_);
  }

 private:
  void read_file() {
    std::string path = options_->config_file;
    for (const char* name : {"CUPEL_CONFIG", "ALEMBIC_CONFIG"}) {
      const bool counts = !options_->only_alembic || name == std::string_view("ALEMBIC_CONFIG");
      if (path.empty() && counts) path = environment_(name).value_or("");
    }
    const bool named = !path.empty();
    if (!named) path = "cupel.toml";
    if (!named && (options_->only_alembic || !files_->is_file(path))) path = alembic_file(path);
    if (!files_->is_file(path)) {
      if (named)
        throw UsageError("there is no configuration file '" + path + "'",
                         "make a project with: cupel init migrations");
      if (!options_->section.empty()) throw no_section(path);
      return;
    }
    if (command::is_alembic_file(path)) {
      config_ = command::alembic_config(*files_, path, options_->section);
      apply_lint_of_alembic(path);
      return;
    }
    config_.file = path;
    config_.root = path::directory(path);
    const toml::table table = parse(path);
    Section top(table, "top level", path);
    top.check_keys({"project", "database", "safety", "naming", "schema", "autogenerate",
                    "post_write_hooks", "lint", "environments"});
    apply(table, path, "");
    if (!options_->section.empty()) apply_environment(table, path);
  }

  /// The one section of ours in an Alembic project's file: [lint] in an .ini, [tool.cupel.lint] in
  /// a pyproject.toml.
  void apply_lint_of_alembic(const std::string& path) {
    const bool is_toml = path.ends_with(".toml");
    const toml::table table = is_toml ? parse(path) : toml::parse(config_.alembic->lint, path);
    const std::string prefix = is_toml ? "tool.cupel." : "";
    const toml::node* node = is_toml ? table["tool"]["cupel"]["lint"].node() : table.get("lint");
    if (node == nullptr) return;
    if (node->as_table() == nullptr)
      throw wrong(path, *node, "'lint' must be a section: [" + prefix + "lint]");
    const Section section(*node->as_table(), prefix + "lint", path);
    config_.lint = lint_settings(*node->as_table(), section, prefix);
  }

  /// Where there is no cupel.toml: the file of an Alembic project, if there is one.
  std::string alembic_file(const std::string& otherwise) const {
    const std::string found = command::find_alembic_file(*files_);
    return found.empty() ? otherwise : found;
  }

  toml::table parse(const std::string& path) const {
    const std::string text = files_->read(path);
    refuse_stray_letters(text, path);
    try {
      return toml::parse(text, path);
    } catch (const toml::parse_error& error) {
      const auto begin = error.source().begin;
      throw InputError({path, begin.line, begin.column}, std::string(error.description()),
                       "see https://toml.io for the syntax");
    }
  }

  UsageError no_section(const std::string& path) const {
    return UsageError("'" + path + "' has no section [environments." + options_->section + "]",
                      "add it, or leave out -n " + options_->section);
  }

  void apply_environment(const toml::table& table, const std::string& path) {
    const toml::node_view<const toml::node> node = table["environments"][options_->section];
    if (node.as_table() == nullptr) throw no_section(path);
    apply(*node.as_table(), path, "environments." + options_->section + ".");
  }

  void apply(const toml::table& table, const std::string& path, const std::string& prefix) {
    for (const char* name : {"project", "database", "schema", "autogenerate", "post_write_hooks",
                             "safety", "naming", "lint"}) {
      const toml::node* node = table.get(name);
      if (node == nullptr) continue;
      if (node->as_table() == nullptr)
        throw wrong(path, *node, fmt::format("'{}' must be a section: [{}{}]", name, prefix, name));
      const Section section(*node->as_table(), prefix + name, path);
      const std::string_view word = name;
      if (word == "project") project(section);
      if (word == "database") database(section);
      if (word == "schema") schema(section);
      if (word == "autogenerate") autogenerate(section);
      if (word == "post_write_hooks") {
        section.check_keys({"programs"});
        section.read("programs", config_.post_write_hooks);
      }
      if (word == "safety") safety(section);
      if (word == "naming") naming(section);
      if (word == "lint") config_.lint = lint_settings(*node->as_table(), section, prefix);
    }
  }

  void project(const Section& section) {
    section.check_keys({"script_location", "version_locations", "recursive_version_locations",
                        "format", "file_template"});
    section.read("script_location", config_.script_location);
    section.read("version_locations", config_.version_locations);
    section.read("recursive_version_locations", config_.recursive_version_locations);
    section.read("format", config_.format);
    section.read("file_template", config_.file_template);
  }

  void database(const Section& section) {
    section.check_keys({"url", "version_table", "version_table_schema", "history", "idempotent"});
    if (section.get("url") != nullptr) {
      section.read("url", config_.url);
      config_.url_is_from_file = true;
    }
    section.read("version_table", config_.settings.version_table.name);
    section.read("version_table_schema", config_.settings.version_table.schema);
    section.read("history", config_.settings.history);
    section.read("idempotent", config_.settings.idempotent);
  }

  void schema(const Section& section) {
    section.check_keys({"sql", "program", "program_timeout", "from_url", "dev_url"});
    section.read("sql", config_.schema.sql);
    section.read("program", config_.schema.program);
    section.read("program_timeout", config_.schema.program_timeout);
    section.read("from_url", config_.schema.from_url);
    section.read("dev_url", config_.schema.dev_url);
    if (section.get("from_url") != nullptr) config_.from_url_is_from_file = true;
  }

  void autogenerate(const Section& section) {
    section.check_keys(
        {"exclude_tables", "exclude_schemas", "exclude_presets", "concurrent_indexes"});
    section.read("exclude_tables", config_.autogenerate.exclude_tables);
    section.read("exclude_schemas", config_.autogenerate.exclude_schemas);
    section.read("exclude_presets", config_.autogenerate.exclude_presets);
    section.read("concurrent_indexes", config_.autogenerate.concurrent_indexes);
  }

  void safety(const Section& section) {
    section.check_keys({"lock_timeout", "lock_attempt", "statement_timeout", "transaction",
                        "destructive", "backup", "backup_directory", "backup_keep",
                        "backup_keep_days"});
    section.read("lock_timeout", config_.settings.lock_timeout);
    section.read("lock_attempt", config_.settings.lock_attempt);
    section.read("statement_timeout", config_.settings.statement_timeout);
    read_word(section, "transaction", config_.settings.transaction, parse_transaction);
    read_word(section, "destructive", config_.settings.destructive, parse_destructive);
    read_word(section, "backup", config_.backup.when, parse_backup);
    section.read("backup_directory", config_.backup.directory);
    section.read("backup_keep", config_.backup.keep);
    std::size_t days = 0;
    section.read("backup_keep_days", days);
    config_.backup.keep_days = static_cast<int>(std::min<std::size_t>(days, 100000));
  }

  template <typename Choice>
  static void read_word(const Section& section, const char* key, Choice& target,
                        Choice (*parse)(const std::string&)) {
    if (section.get(key) == nullptr) return;
    std::string word;
    section.read(key, word);
    try {
      target = parse(word);
    } catch (const UsageError& error) {
      throw wrong(section.file(), *section.get(key), error.message(), error.hint());
    }
  }

  void naming(const Section& section) {
    section.check_keys({"ix", "uq", "ck", "fk", "pk"});
    section.read("ix", config_.settings.naming.ix);
    section.read("uq", config_.settings.naming.uq);
    section.read("ck", config_.settings.naming.ck);
    section.read("fk", config_.settings.naming.fk);
    section.read("pk", config_.settings.naming.pk);
  }

  command::LintSettings lint_settings(const toml::table& table, const Section& section,
                                      const std::string& prefix) const {
    command::LintSettings settings = config_.lint;
    section.read("small_table_rows", settings.small_table_rows);
    read_word(section, "fail_on", settings.fail_on, parse_fail_on);
    severities(table, section, settings.severities,
               {"small_table_rows", "fail_on", "paths", "names"});
    for (const auto& [pattern, node] : sub_tables(table, section, "paths")) {
      const Section part(*node, prefix + "lint.paths.\"" + pattern + "\"", section.file());
      severities(*node, part,
                 settings.paths.emplace_back(pattern, command::LintSettings::Severities()).second,
                 {});
    }
    const toml::node* names = table.get("names");
    if (names == nullptr) return settings;
    if (names->as_table() == nullptr)
      throw wrong(section.file(), *names, "'names' must be a section: [" + prefix + "lint.names]");
    const Section part(*names->as_table(), prefix + "lint.names", section.file());
    const std::vector<std::string> kinds{"table",  "column",     "index", "primary",
                                         "unique", "foreignkey", "check"};
    part.check_keys(kinds);
    for (const std::string& kind : kinds)
      if (part.get(kind.c_str()) != nullptr) part.read(kind.c_str(), settings.names[kind]);
    return settings;
  }

  static std::vector<std::pair<std::string, const toml::table*>> sub_tables(
      const toml::table& table, const Section& section, const char* key) {
    std::vector<std::pair<std::string, const toml::table*>> found;
    const toml::node* node = table.get(key);
    if (node == nullptr) return found;
    const toml::table* all = node->as_table();
    const std::string shape = std::string("[lint.") + key + ".\"versions/2023*\"]";
    if (all == nullptr)
      throw wrong(section.file(), *node, std::string("'") + key + "' must hold sections: " + shape);
    for (const auto& [name, value] : *all) {
      if (value.as_table() == nullptr)
        throw wrong(section.file(), value,
                    "'" + std::string(name.str()) + "' must be a section: " + shape);
      found.emplace_back(std::string(name.str()), value.as_table());
    }
    return found;
  }

  /// What is no setting is a rule's code, or "all".
  static void severities(const toml::table& table, const Section& section,
                         command::LintSettings::Severities& target,
                         const std::vector<std::string>& settings) {
    std::vector<std::string> codes;
    for (const auto& [key, value] : table) {
      const std::string word(key.str());
      if (std::find(settings.begin(), settings.end(), word) != settings.end()) continue;
      if (codes.empty()) codes = lint_codes();
      const std::string code = text::to_upper(word);
      if (std::find(codes.begin(), codes.end(), code) == codes.end()) {
        const auto begin = key.source().begin;
        std::vector<std::string> known = codes;
        known.insert(known.end(), settings.begin(), settings.end());
        std::string nearest = text::nearest(code, known);
        if (nearest.empty()) nearest = text::nearest(word, known);
        throw InputError({section.file(), begin.line, begin.column},
                         "there is no rule and no setting '" + word + "' in [lint]",
                         nearest.empty() ? "cupel lint --list-rules shows the rules"
                                         : "did you mean '" + nearest + "'?");
      }
      read_word(section, word.c_str(), target[code], parse_rule_severity);
    }
  }

  static std::vector<std::string> lint_codes() {
    std::vector<std::string> codes{"ALL"};
    for (const command::LintRule& rule : command::all_lint_rules())
      codes.emplace_back(rule.rule.code);
    return codes;
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
    for (const char* name : {"CUPEL_DATABASE_URL", "DATABASE_URL_DIRECT", "DATABASE_URL"}) {
      const std::optional<std::string> value = environment(name);
      const bool is_ours = name == std::string_view("CUPEL_DATABASE_URL");
      if (!value || value->empty() || (has_own && !is_ours)) continue;
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
  command::Config config_;
};

}  // namespace

command::Config load_config(const Files& files, const GlobalOptions& options,
                            const Environment& environment) {
  return Loader(files, options, environment).load();
}

std::chrono::milliseconds parse_duration(const std::string& given, const std::string& setting) {
  if (const auto time = text::parse_duration(given)) return *time;
  throw UsageError("'" + setting + "' must be a time such as 500ms, 60s or 5m, got '" + given + "'",
                   "write for instance 60s");
}

}  // namespace cupel::cli
