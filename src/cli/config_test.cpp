// SPDX-License-Identifier: MIT
#include "cli/config.hpp"

#include <gtest/gtest.h>

#include <map>

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
