// SPDX-License-Identifier: MIT
#include "cli/config.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "cli/config_settings.hpp"
#include "cupel/command/lint.hpp"

namespace cupel::cli {
namespace {

using Variables = std::map<std::string, std::string>;

command::Config load(const std::string& toml, const Variables& variables = {},
                     const std::string& dotenv = {}, GlobalOptions options = {}) {
  MemoryFiles files;
  files.write("cupel.toml", toml);
  if (!dotenv.empty()) files.write(".env", dotenv);
  return load_config(files, options, [&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  });
}

std::string error_of(const std::string& toml) {
  try {
    load(toml);
  } catch (const Error& error) {
    return error.to_string();
  }
  return "no error";
}

TEST(Config, TheDirectUrlWinsOverThePooledOne) {
  const std::string toml = "[database]\nurl = 'sqlite:///file.db'\n";
  EXPECT_EQ(load(toml).url, "sqlite:///file.db");
  EXPECT_EQ(load(toml, {{"DATABASE_URL", "pooled"}}).url, "pooled");
  EXPECT_EQ(load(toml, {{"DATABASE_URL", "pooled"}, {"DATABASE_URL_DIRECT", "direct"}}).url,
            "direct");
  EXPECT_EQ(load(toml, {{"DATABASE_URL_DIRECT", "direct"}, {"CUPEL_DATABASE_URL", "own"}}).url,
            "own");
  EXPECT_EQ(load(toml, {{"CUPEL_DATABASE_URL", "own"}}, {}, {.url = "flag"}).url, "flag");
}

TEST(Config, TheProcessWinsOverDotenvAndDotenvOverTheFile) {
  const std::string toml = "[database]\nurl = 'sqlite:///file.db'\n";
  const std::string dotenv = "# secret\nexport DATABASE_URL=\"from dotenv\"\n";
  EXPECT_EQ(load(toml, {}, dotenv).url, "from dotenv");
  EXPECT_EQ(load(toml, {{"DATABASE_URL", "process"}}, dotenv).url, "process");
  EXPECT_EQ(load(toml, {}, "\xEF\xBB\xBF" + dotenv).url, "from dotenv");
}

TEST(Config, WhoAppliesIsAskedForWhenItIsWrittenDown) {
  MemoryFiles files;
  files.write("cupel.toml", "");
  files.write(".env", "HOSTNAME=box\n");
  std::size_t asked = 0;
  const command::Config config =
      load_config(files, {}, [&](const std::string& name) -> std::optional<std::string> {
        if (name != "USER") return std::nullopt;
        ++asked;
        return "ann";
      });
  EXPECT_EQ(asked, 0U);
  EXPECT_EQ(config.settings.who(), "ann@box");
  EXPECT_EQ(config.settings.who(), "ann@box");
  EXPECT_EQ(asked, 1U);
}

TEST(Config, VariablesAreExpandedInTheUrl) {
  EXPECT_EQ(load("[database]\nurl = 'postgresql://a:${PW}@h/d'\n", {{"PW", "x}y"}}).url,
            "postgresql://a:x}y@h/d");
}

TEST(Config, TheSourcesOfTheSchema) {
  const std::string toml =
      "[schema]\nsql = ['schema/*.sql']\nprogram = ['make ddl']\nprogram_timeout = '5s'\n"
      "from_url = 'sqlite:///${NAME}.db'\ndev_url = 'dev'\n";
  const source::Settings schema = load(toml, {{"NAME", "like"}, {"HOME", "/home/me"}}).schema;
  EXPECT_EQ(schema.sql, std::vector<std::string>{"schema/*.sql"});
  EXPECT_EQ(schema.program, std::vector<std::string>{"make ddl"});
  EXPECT_EQ(schema.program_timeout, std::chrono::seconds(5));
  EXPECT_EQ(schema.from_url, "sqlite:///like.db");
  EXPECT_EQ(schema.dev_url, "dev");
  EXPECT_EQ(schema.cache_directory, "/home/me/.cache/cupel");
  EXPECT_TRUE(load(toml, {{"NAME", "like"}}).from_url_is_from_file);
  EXPECT_EQ(error_of("[schema]\nsqls = []\n"),
            "cupel.toml:2:1: unknown setting 'sqls' in [schema]\n  hint: did you mean 'sql'?");
}

TEST(Config, ADatabaseOnTheCommandLineIsTheOnlySource) {
  GlobalOptions options;
  options.from_url = "sqlite:///flag.db";
  options.dev_url = "flag";
  const command::Config config =
      load("[schema]\nsql = ['a.sql']\nprogram = ['b']\nfrom_url = 'c'\ndev_url = 'd'\n",
           {{"XDG_CACHE_HOME", "/cache"}}, {}, options);
  EXPECT_TRUE(config.schema.sql.empty() && config.schema.program.empty());
  EXPECT_EQ(config.schema.from_url, "sqlite:///flag.db");
  EXPECT_FALSE(config.from_url_is_from_file);
  EXPECT_EQ(config.schema.dev_url, "flag");
  EXPECT_EQ(config.schema.cache_directory, "/cache/cupel");
}

TEST(Config, AnEnvironmentOverridesWhatItNames) {
  const std::string toml =
      "[database]\nurl = 'a'\nhistory = false\n[environments.prod.database]\nurl = "
      "'b'\n[environments.prod.safety]\nlock_timeout = '5m'\n";
  const command::Config config = load(toml, {}, {}, {.section = "prod"});
  EXPECT_EQ(config.url, "b");
  EXPECT_FALSE(config.settings.history);
  EXPECT_EQ(config.settings.lock_timeout, std::chrono::minutes(5));
}

command::Config load_with(const std::vector<std::string>& settings, const std::string& toml = {},
                          const Variables& variables = {}) {
  GlobalOptions options;
  options.settings = settings;
  options.section = toml.find("environments") == std::string::npos ? "" : "prod";
  return load(toml, variables, {}, options);
}

std::string error_with(const std::string& setting) {
  try {
    load_with({setting});
  } catch (const UsageError& error) {
    return error.to_string();
  }
  return "no usage error";
}

TEST(Config, WhatIsSetLiesOverTheFileAndItsEnvironments) {
  const std::string toml =
      "[database]\nversion_table = 'file'\nhistory = false\n[environments.prod.database]\n"
      "version_table = 'prod'\n[environments.prod.safety]\nlock_timeout = '5m'\n";
  const command::Config config =
      load_with({"database.version_table=typed", "safety.lock_attempt=1s"}, toml);
  EXPECT_EQ(config.settings.version_table.name, "typed");
  EXPECT_FALSE(config.settings.history);
  EXPECT_EQ(config.settings.lock_timeout, std::chrono::minutes(5));
  EXPECT_EQ(config.settings.lock_attempt, std::chrono::seconds(1));
  EXPECT_EQ(config.given, (std::set<std::string>{"database.version_table", "safety.lock_attempt"}));
}

TEST(Config, WhatIsSetIsTomlOrAText) {
  using Texts = std::vector<std::string>;
  const auto sql = [](const std::string& value) {
    return load_with({"schema.sql=" + value}, "[schema]\nsql = ['x']\n").schema.sql;
  };
  EXPECT_EQ(sql("schema/*.sql"), Texts{"schema/*.sql"});
  EXPECT_EQ(sql("'a b.sql'"), Texts{"a b.sql"});
  EXPECT_EQ(sql("[\"a.sql\", \"b.sql\"]"), (Texts{"a.sql", "b.sql"}));
  EXPECT_EQ(sql(""), Texts());
  EXPECT_EQ(sql("2026"), Texts{"2026"});
  const auto table = [](const std::string& value) {
    return load_with({"database.version_table=" + value}).settings.version_table.name;
  };
  EXPECT_EQ(table("2026"), "2026");
  EXPECT_EQ(table("true"), "true");
  EXPECT_EQ(table("gr\u00fc\u00dfe"), "gr\u00fc\u00dfe");
  EXPECT_EQ(table("a\"b\\c"), "a\"b\\c");
  EXPECT_EQ(table("1\nb = 2"), "1\nb = 2");
  EXPECT_FALSE(load_with({"database.history=false"}).settings.history);
  EXPECT_EQ(load_with({"safety.backup_keep=3"}).backup.keep, 3u);
  EXPECT_EQ(load_with({"safety.statement_timeout=0"}).settings.statement_timeout.count(), 0);
  EXPECT_EQ(load_with({"post_write_hooks.programs=black {file}"}).post_write_hooks.at(0).line,
            "black {file}");
}

TEST(Config, TheLastSettingOfANameCounts) {
  EXPECT_EQ(load_with({"database.version_table=a", "database.version_table=b"})
                .settings.version_table.name,
            "b");
}

TEST(Config, AUrlThatIsSetIsLikeTheFlag) {
  const std::string toml = "[database]\nurl = 'sqlite:///file.db'\n";
  const command::Config config = load_with({"database.url=sqlite:///${NAME}.db?a=b"}, toml,
                                           {{"CUPEL_DATABASE_URL", "other"}, {"NAME", "typed"}});
  EXPECT_EQ(config.url, "sqlite:///typed.db?a=b");
  EXPECT_FALSE(config.url_is_from_file);
  GlobalOptions both;
  both.settings = {"database.url=set"};
  both.url = "flag";
  EXPECT_EQ(load(toml, {}, {}, both).url, "flag");
}

TEST(Config, RulesAreSettingsToo) {
  const command::LintSettings lint =
      load_with({"lint.IX004=off", "lint.paths.\"versions/2023*\".all=off",
                 "lint.names={index = \"ix_*\", table = \"t_*\"}"})
          .lint;
  EXPECT_EQ(lint.severities.at("IX004"), command::parse_severity("off"));
  EXPECT_EQ(lint.paths.at(0).first, "versions/2023*");
  EXPECT_EQ(lint.names.at("table"), "t_*");
}

TEST(Config, AMistakeInWhatIsSetNamesIt) {
  EXPECT_EQ(error_with("database.versoin_table=foo"),
            "--set database.versoin_table: unknown setting 'versoin_table' in [database]\n"
            "  hint: did you mean 'version_table'?");
  EXPECT_EQ(error_with("databas.url=foo"),
            "--set databas.url: unknown setting 'databas' in [top level]\n"
            "  hint: did you mean 'database'?");
  EXPECT_EQ(error_with("environments.prod.database.url=foo").substr(0, 78),
            "--set environments.prod.database.url: unknown setting 'environments' in [top l");
  EXPECT_EQ(error_with("lock_timeout=5m"),
            "--set takes SECTION.KEY=VALUE, and 'lock_timeout' names no section\n"
            "  hint: did you mean 'safety.lock_timeout'?");
  EXPECT_EQ(error_with("safety.lock_timeout=soon"),
            "--set safety.lock_timeout: 'lock_timeout' must be a time such as 500ms, 60s or 5m, "
            "got 'soon'\n  hint: write for instance 60s");
  EXPECT_EQ(error_with("database.history=perhaps"),
            "--set database.history: 'history' must be true or false, got string");
  EXPECT_EQ(error_with("database.url=[1, 2]"),
            "--set database.url: 'url' must be a text in quotes, got array");
  EXPECT_EQ(error_with("safety=1").substr(0, 60),
            "--set takes SECTION.KEY=VALUE, and 'safety' names no section");
  EXPECT_EQ(error_with("database.url"),
            "--set takes SECTION.KEY=VALUE, got 'database.url'\n"
            "  hint: for instance: --set safety.lock_timeout=5m");
  for (const char* wrong : {"=1", "a b=c", "database.=1", "[x]\ny.z=1", "\xff.a=1",
                            "database.url=\xff", "a#b.c=1", "\"a.b=1"})
    EXPECT_NE(error_with(wrong), "no usage error") << wrong;
}

/// Every setting can be set, and nothing else can; each is in the manual.
TEST(Config, EverySettingIsKnownToTheFlagAndToTheManual) {
  const std::string manual =
      DiskFiles().read(std::string(CUPEL_SOURCE_DIR) + "/docs/configuration.md");
  for (const auto& [section, keys] : known_settings()) {
    for (const std::string& key : keys) {
      EXPECT_NE(manual.find(key), std::string::npos) << section << "." << key;
      std::string message;
      try {
        load_with({section + "." + key + "={}"});
      } catch (const UsageError& error) {
        message = error.message();
      }
      EXPECT_EQ(message.find("unknown setting"), std::string::npos) << message;
    }
  }
}

struct AlembicFiles {
  MemoryFiles files;
  AlembicFiles() {
    files.write("alembic.ini",
                "[alembic]\nscript_location = m\nsqlalchemy.url = sqlite:///ini.db\n[prod]\n"
                "script_location = p\n");
  }
  command::Config load(GlobalOptions options, const Variables& variables = {}) const {
    return load_config(files, options, [&](const std::string& name) -> std::optional<std::string> {
      const auto found = variables.find(name);
      if (found == variables.end()) return std::nullopt;
      return found->second;
    });
  }
  std::string error(const GlobalOptions& options) const {
    try {
      load(options);
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  }
};

TEST(Config, SettingsLieOverAlembicsFileToo) {
  AlembicFiles project;
  GlobalOptions options;
  options.settings = {"alembic.sqlalchemy.url=sqlite:///typed.db",
                      "alembic.version_locations=[\"a\", \"b\"]",
                      "alembic.mine=50%",
                      "safety.destructive=deny",
                      "database.version_table=mine",
                      "project.script_location=elsewhere",
                      "lint.fail_on=error"};
  const command::Config config = project.load(options);
  EXPECT_EQ(config.url, "sqlite:///typed.db");
  EXPECT_EQ(config.version_locations, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(config.alembic->options.at("mine"), "50%");
  EXPECT_EQ(config.settings.destructive, migrate::Destructive::Deny);
  EXPECT_EQ(config.settings.version_table.name, "mine");
  EXPECT_EQ(config.given.count("database.version_table"), 1u);
  EXPECT_EQ(config.script_location, "elsewhere");
  EXPECT_EQ(config.alembic->script_location, "elsewhere");
  EXPECT_EQ(config.lint.fail_on, lint::Severity::Error);
  options.settings = {"alembic.truncate_slug_length=x"};
  EXPECT_EQ(project.error(options),
            "--set alembic.truncate_slug_length: 'truncate_slug_length' must be a number, got 'x'");
  options.settings = {"alembc.url=x"};
  EXPECT_EQ(project.error(options), "--set alembc.url: unknown setting 'alembc' in [top level]");
}

TEST(Config, AFileOfEachKindMayBeNamed) {
  AlembicFiles project;
  project.files.write("pyproject.toml", "[tool.alembic]\nscript_location = \"t\"\n");
  project.files.write("sub/pyproject.toml",
                      "[tool.alembic]\nscript_location = \"%(here)s/t\"\n[tool.cupel.lint]\n"
                      "fail_on = \"error\"\n");
  project.files.write("url.ini", "[alembic]\nsqlalchemy.url = sqlite:///url.db\n");
  project.files.write("cupel.toml", "");
  const auto load = [&](std::vector<std::string> files, const Variables& variables = {}) {
    GlobalOptions options;
    options.config_files = std::move(files);
    return project.load(options, variables);
  };
  const command::Config both = load({"url.ini", "sub/pyproject.toml"});
  EXPECT_EQ(both.url, "sqlite:///url.db");
  EXPECT_EQ(both.script_location, "sub/t");
  EXPECT_EQ(both.file, "url.ini");
  EXPECT_EQ(both.lint.fail_on, lint::Severity::Error);
  EXPECT_EQ(load({"url.ini"}).script_location, "t");
  EXPECT_EQ(load({"pyproject.toml"}).script_location, "m");  // alembic.ini lies beside it
  EXPECT_EQ(load({}, {{"ALEMBIC_CONFIG", "url.ini"}}).url, "sqlite:///url.db");
  EXPECT_EQ(load({}, {{"ALEMBIC_CONFIG", "sub/pyproject.toml"}}).url, "sqlite:///ini.db");
  EXPECT_EQ(load({}).file, "cupel.toml");
  const auto error = [&](std::vector<std::string> files) {
    GlobalOptions options;
    options.config_files = std::move(files);
    return project.error(options);
  };
  EXPECT_EQ(error({"url.ini", "alembic.ini"}), "only one ini file may be indicated");
  EXPECT_EQ(error({"pyproject.toml", "sub/pyproject.toml"}),
            "pyproject.toml indicated more than once");
  EXPECT_EQ(error({"cupel.toml", "alembic.ini"}),
            "'cupel.toml' cannot be combined with Alembic's files");
  EXPECT_EQ(error({"nope.ini"}), "there is no configuration file 'nope.ini'");
}

TEST(Config, ABrokenSectionNameIsAnErrorAndNoAbort) {  // found by config_fuzz
  EXPECT_EQ(
      error_of("[=b\n"),
      "cupel.toml:1:2: Error while parsing key: expected bare key starting character or string "
      "delimiter, saw '='\n  hint: see https://toml.io for the syntax");
}

TEST(Config, MistakesNameTheirPlaceAndTheNextStep) {
  EXPECT_EQ(error_of("[database]\nulr = 'x'\n"),
            "cupel.toml:2:1: unknown setting 'ulr' in [database]\n  hint: did you mean 'url'?");
  EXPECT_EQ(error_of("[database]\nurl = 5\n"),
            "cupel.toml:2:7: 'url' must be a text in quotes, got integer");
  EXPECT_EQ(error_of("[safety]\nlock_timeout = 'soon'\n"),
            "cupel.toml:2:16: 'lock_timeout' must be a time such as 500ms, 60s or 5m, got 'soon'\n "
            " hint: write for instance 60s");
}

}  // namespace
}  // namespace cupel::cli
