// SPDX-License-Identifier: MIT
#include "cupel/alembic/settings.hpp"

#include <gtest/gtest.h>

namespace cupel::alembic {
namespace {

using Texts = std::vector<std::string>;

Settings read(const std::string& text, const std::string& path = "app/alembic.ini",
              const std::string& section = "alembic") {
  MemoryFiles files;
  files.write(path, text);
  SettingsRequest request{.section = section};
  (path.ends_with(".toml") ? request.toml : request.ini) = path;
  return read_settings(files, request);
}

std::string error_of(const std::string& text, const std::string& path = "alembic.ini") {
  try {
    read(text, path);
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

TEST(AlembicSettings, ReadsAlembicIni) {
  const Settings settings = read(
      "[alembic]\nscript_location = %(here)s/migrations\nprepend_sys_path = .\n"
      "file_template = %%(year)d_%%(month).2d_%%(day).2d-%%(rev)s_%%(slug)s\n"
      "version_locations = %(here)s/a:%(here)s/b\npath_separator = os\n"
      "recursive_version_locations = true\ntruncate_slug_length = 20\ntimezone = UTC\n"
      "sqlalchemy.url = postgresql://u:p%%40w@h/db\nmine = word\n"
      "[post_write_hooks]\nhooks = black, ruff\nblack.type = console_scripts\n"
      "black.entrypoint = black\nblack.options = -l 79 REVISION_SCRIPT_FILENAME\n"
      "ruff.type = exec\nruff.executable = %(here)s/.venv/bin/ruff\nruff.cwd = /tmp\n");
  EXPECT_EQ(settings.directory, "app");
  EXPECT_EQ(settings.script_location, "app/migrations");
  EXPECT_EQ(settings.prepend_sys_path, Texts{"."});
  EXPECT_EQ(settings.file_template, "{year}_{month}_{day}-{rev}_{slug}");
  EXPECT_EQ(settings.version_locations, (Texts{"app/a", "app/b"}));
  EXPECT_TRUE(settings.recursive_version_locations);
  EXPECT_EQ(settings.slug_length, 20u);
  EXPECT_EQ(settings.timezone, "UTC");
  EXPECT_EQ(settings.url, "postgresql://u:p%40w@h/db");
  EXPECT_EQ(settings.options.at("mine"), "word");
  ASSERT_EQ(settings.hooks.size(), 2u);
  EXPECT_EQ(settings.hooks[0],
            (WriteHook{"black", "console_scripts", "black", "-l 79 REVISION_SCRIPT_FILENAME", ""}));
  EXPECT_EQ(settings.hooks[1], (WriteHook{"ruff", "exec", "app/.venv/bin/ruff", "", "/tmp"}));
}

TEST(AlembicSettings, Limits) {
  const Settings settings =
      read("[alembic]\nscript_location = m\ncupel_max_steps = 5\ncupel_max_depth = 7\n");
  EXPECT_EQ(settings.max_steps, 5u);
  EXPECT_EQ(settings.max_depth, 7u);
  EXPECT_FALSE(settings.max_memory);
  EXPECT_NE(error_of("[alembic]\nscript_location = m\ncupel_max_steps = many\n")
                .find("'cupel_max_steps' must be a number, got 'many'"),
            std::string::npos);
}

TEST(AlembicSettings, OldAndNewSeparators) {
  const auto locations = [](const std::string& more) {
    return read("[alembic]\nscript_location = m\nversion_locations = a b\n" + more)
        .version_locations;
  };
  EXPECT_EQ(locations(""), (Texts{"a", "b"}));
  EXPECT_EQ(locations("path_separator = os\n"), Texts{"a b"});
  EXPECT_EQ(locations("version_path_separator = space\n"), (Texts{"a", "b"}));
  EXPECT_EQ(read("[alembic]\nscript_location = m\npath_separator = newline\n"
                 "version_locations =\n  a\n  b c\n")
                .version_locations,
            (Texts{"a", "b c"}));
}

TEST(AlembicSettings, ReadsPyproject) {
  const Settings settings = read(
      "[tool.alembic]\nscript_location = \"%(here)s/m\"\nversion_locations = [\"%(here)s/a\", "
      "\"b\"]\n"
      "recursive_version_locations = true\nfile_template = \"%%(rev)s\"\ntruncate_slug_length = 9\n"
      "[[tool.alembic.post_write_hooks]]\nname = \"ruff\"\ntype = \"module\"\nmodule = \"ruff\"\n"
      "options = \"check --fix REVISION_SCRIPT_FILENAME\"\n",
      "app/pyproject.toml");
  EXPECT_EQ(settings.script_location, "app/m");
  EXPECT_EQ(settings.version_locations, (Texts{"app/a", "b"}));
  EXPECT_TRUE(settings.recursive_version_locations);
  EXPECT_EQ(settings.file_template, "{rev}");
  EXPECT_EQ(settings.slug_length, 9u);
  ASSERT_EQ(settings.hooks.size(), 1u);
  EXPECT_EQ(settings.hooks[0],
            (WriteHook{"ruff", "module", "ruff", "check --fix REVISION_SCRIPT_FILENAME", ""}));
}

TEST(AlembicSettings, AnIniWinsOverThePyprojectBesideIt) {
  MemoryFiles files;
  files.write("alembic.ini",
              "[alembic]\nsqlalchemy.url = sqlite:///app.db\ntimezone = UTC\n"
              "version_locations = ini\n[logger_alembic]\nlevel = INFO\n");
  files.write("pyproject.toml",
              "[tool.alembic]\nscript_location = \"%(here)s/m\"\ntimezone = \"CET\"\n"
              "version_locations = [\"a\", \"b\"]\nrevision_environment = true\n"
              "[[tool.alembic.post_write_hooks]]\nname = \"ruff\"\ntype = \"exec\"\n");
  const Settings settings = read_settings(files, {});
  EXPECT_EQ(settings.file, "alembic.ini");
  EXPECT_EQ(settings.toml_file, "pyproject.toml");
  EXPECT_EQ(settings.url, "sqlite:///app.db");
  EXPECT_EQ(settings.script_location, "m");
  EXPECT_EQ(settings.timezone, "UTC");
  EXPECT_EQ(settings.version_locations, Texts{"ini"});
  EXPECT_TRUE(settings.revision_environment);
  EXPECT_TRUE(settings.logs);
  EXPECT_EQ(settings.hooks.size(), 1u);
  files.write("pyproject.toml", "[broken\n");
  EXPECT_THROW(read_settings(files, {.section = "other"}), UsageError);
}

TEST(AlembicSettings, WhatWasTypedLiesOverTheFiles) {
  MemoryFiles files;
  files.write("alembic.ini", "[alembic]\nscript_location = m\nversion_locations = a b\nmine = 1\n");
  const Settings settings =
      read_settings(files, {.overrides = {{"script_location", {"n"}},
                                          {"version_locations", {"c", "d e"}},
                                          {"sqlalchemy.url", {"postgresql://u:p%40w@h/db"}},
                                          {"mine", {"2"}}}});
  EXPECT_EQ(settings.script_location, "n");
  EXPECT_EQ(settings.version_locations, (Texts{"c", "d e"}));
  EXPECT_EQ(settings.url, "postgresql://u:p%40w@h/db");
  EXPECT_EQ(settings.options.at("mine"), "2");
  try {
    read_settings(files, {.overrides = {{"truncate_slug_length", {"x"}}}});
    FAIL();
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(),
                 "--set alembic.truncate_slug_length: 'truncate_slug_length' must be a number, got "
                 "'x'");
  }
}

TEST(AlembicSettings, PathsBesideTheFileAreNamedAsPeopleNameThem) {
  const Settings settings = read(
      "[alembic]\nscript_location = %(here)s/alembic\nversion_locations = %(here)s/a %(here)s/b/\n",
      "alembic.ini");
  EXPECT_EQ(settings.script_location, "alembic");
  EXPECT_EQ(settings.version_locations, (Texts{"a", "b/"}));
}

TEST(AlembicSettings, APackageIsItsFolder) {
  EXPECT_EQ(read("[alembic]\nscript_location = my.app:migrations\n").script_location,
            "my/app/migrations");
}

TEST(AlembicSettings, FindsTheFile) {
  MemoryFiles files;
  EXPECT_EQ(find_settings_file(files), "");
  files.write("pyproject.toml", "[tool.black]\n");
  EXPECT_EQ(find_settings_file(files), "");
  files.write("pyproject.toml", "[tool.alembic]\nscript_location = \"m\"\n");
  EXPECT_EQ(find_settings_file(files), "pyproject.toml");
  files.write("alembic.ini", "[alembic]\n");
  EXPECT_EQ(find_settings_file(files), "alembic.ini");
}

TEST(AlembicSettings, SaysWhatIsWrong) {
  EXPECT_EQ(error_of("[alembic]\n"), "alembic.ini: no 'script_location' is set");
  EXPECT_EQ(error_of("[other]\n"), "'alembic.ini' has no section [alembic]");
  EXPECT_EQ(error_of("[alembic]\nscript_location=m\ntruncate_slug_length = x\n"),
            "alembic.ini:3: 'truncate_slug_length' must be a number, got 'x'");
  EXPECT_EQ(error_of("[alembic]\nscript_location=m\nversion_locations=a\npath_separator = ,\n"),
            "alembic.ini:4: path_separator ',' is none");
  EXPECT_EQ(error_of("[alembic]\nscript_location=m\nfile_template = %%(revision)s\n"),
            "alembic.ini:3: file_template: '%(revision)s' is no token");
  EXPECT_EQ(error_of("[tool.alembic]\nscript_location = \"50%\"\n", "pyproject.toml"),
            "pyproject.toml:2:19: a '%' begins neither %% nor %(here)s");
  EXPECT_EQ(error_of("[alembic]\nscript_location=m\n[post_write_hooks]\nhooks=a\n"),
            "alembic.ini:4: the hook 'a' has no a.type");
}

}  // namespace
}  // namespace cupel::alembic
