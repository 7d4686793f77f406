// SPDX-License-Identifier: MIT
// A section of settings, of a file or of --set: reads values, and says where a wrong one stands.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "cli/toml.hpp"
#include "cupel/base/error.hpp"
#include "cupel/base/files.hpp"

namespace cupel::cli {

/// Where settings come from.
struct Origin {
  std::string place;                      ///< the file, or "--set database.url"
  std::optional<std::string> typed = {};  ///< of --set: the value, as it was typed

  /// A wrong value or key; what was typed has no line.
  InputError wrong(const toml::source_region& where, const std::string& what,
                   const std::string& hint = {}) const;
};

class Section {
 public:
  Section(const toml::table& table, std::string name, const Origin& origin)
      : table_(&table), name_(std::move(name)), origin_(&origin) {}

  const toml::table& table() const { return *table_; }
  const std::string& name() const { return name_; }
  const Origin& origin() const { return *origin_; }
  const toml::node* get(const char* key) const { return table_->get(key); }

  /// Throws InputError for the first key that is not known, with the nearest that is.
  void check_keys(const std::vector<std::string>& known) const;
  /// Each leaves `target` as it is if the key is not there. A text of --set needs no quotes, and is
  /// a list of itself where a list is wanted.
  void read(const char* key, std::string& target) const;
  void read(const char* key, bool& target) const;
  void read(const char* key, std::vector<std::string>& target) const;
  void read(const char* key, std::size_t& target) const;
  void read(const char* key, std::chrono::milliseconds& target) const;
  /// A word that `parse` knows, which throws UsageError for others.
  template <typename Choice>
  void read(const char* key, Choice& target, Choice (*parse)(const std::string&)) const {
    if (get(key) == nullptr) return;
    std::string word;
    read(key, word);
    try {
      target = parse(word);
    } catch (const UsageError& error) {
      throw origin_->wrong(get(key)->source(), error.message(), error.hint());
    }
  }
  /// The section of this name in it, called `[shown]` in messages; nullopt if there is none.
  std::optional<Section> find_section(const char* key, const std::string& shown) const;

 private:
  InputError wrong_type(const char* key, const toml::node& node, const char* expected) const;
  const toml::table* table_;
  std::string name_;
  const Origin* origin_;
};

/// "250ms", "60s", "5m", "0"; a bare number is seconds. Throws UsageError that names `setting`.
std::chrono::milliseconds parse_duration(const std::string& text, const std::string& setting);

/// Where a letter stands that needs quotes, behind which the parser would run into what its authors
/// held to be impossible.
std::optional<std::size_t> find_stray_letter(std::string_view text);
/// Throws InputError.
toml::table read_toml(const Files& files, const std::string& path);

}  // namespace cupel::cli
