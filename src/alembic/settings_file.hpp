// SPDX-License-Identifier: MIT
// alembic.ini, [tool.alembic] of a pyproject.toml and what was typed, behind one question.
#pragma once

// As in cli: the parser asserts what its own error handling then reports.
#define TOML_ASSERT(expression) static_cast<void>(0)

#include <toml++/toml.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/alembic/ini.hpp"
#include "cupel/alembic/settings.hpp"

namespace cupel::alembic {

/// A value, with its place for messages.
struct FoundSetting {
  std::string text;
  FilePosition place;
};

/// A scalar as text, a list as what it holds.
class SettingsFile {
 public:
  virtual ~SettingsFile() = default;
  virtual std::optional<FoundSetting> get(const std::string& key) const = 0;
  /// nullopt: not there, or a text that must be split.
  virtual std::optional<std::vector<std::string>> list(const std::string& key) const = 0;
  virtual std::vector<std::string> keys() const = 0;
  /// nullopt: the file does not speak of them.
  virtual std::optional<std::vector<WriteHook>> hooks() const = 0;
};

class IniSettings final : public SettingsFile {
 public:
  IniSettings(const Ini& ini, std::string section) : ini_(&ini), section_(std::move(section)) {}
  std::optional<FoundSetting> get(const std::string& key) const override;
  std::optional<std::vector<std::string>> list(const std::string& key) const override;
  std::vector<std::string> keys() const override;
  std::optional<std::vector<WriteHook>> hooks() const override;

 private:
  std::string hook_value(const std::string& key) const;
  const Ini* ini_;
  std::string section_;
};

class TomlSettings final : public SettingsFile {
 public:
  TomlSettings(const toml::table& table, std::string path, std::string here)
      : table_(&table), path_(std::move(path)), here_(std::move(here)) {}
  std::optional<FoundSetting> get(const std::string& key) const override;
  std::optional<std::vector<std::string>> list(const std::string& key) const override;
  std::vector<std::string> keys() const override;
  std::optional<std::vector<WriteHook>> hooks() const override;

 private:
  WriteHook hook(const toml::node& item) const;
  FilePosition place(const toml::node& node) const;
  /// Alembic formats these texts with `%`; `here` is all that it knows there.
  std::string interpolated(const std::string& text, const toml::node& node) const;
  const toml::table* table_;
  std::string path_;
  std::string here_;
};

/// SettingsRequest::overrides.
class GivenSettings final : public SettingsFile {
 public:
  explicit GivenSettings(const SettingsOverrides& given) : given_(&given) {}
  std::optional<FoundSetting> get(const std::string& key) const override;
  std::optional<std::vector<std::string>> list(const std::string& key) const override;
  std::vector<std::string> keys() const override;
  std::optional<std::vector<WriteHook>> hooks() const override { return std::nullopt; }

 private:
  const SettingsOverrides* given_;
};

/// The first that speaks of a key is believed.
class LayeredSettings final : public SettingsFile {
 public:
  void add(const SettingsFile& layer) { layers_.push_back(&layer); }
  std::optional<FoundSetting> get(const std::string& key) const override;
  std::optional<std::vector<std::string>> list(const std::string& key) const override;
  std::vector<std::string> keys() const override;
  std::optional<std::vector<WriteHook>> hooks() const override;

 private:
  std::vector<const SettingsFile*> layers_;
};

/// The parts between any of these characters, trimmed, without the empty ones.
std::vector<std::string> split_at(std::string_view text, std::string_view separators);

}  // namespace cupel::alembic
