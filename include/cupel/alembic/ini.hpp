// SPDX-License-Identifier: MIT
// INI files as Python's configparser reads them: alembic.ini is one.
//
// Sections in brackets; `key = value` or `key: value`, keys in any case; a line that is indented
// goes on with the value above; `#` and `;` begin comments on lines of their own; [DEFAULT] holds
// values for every section; `%(name)s` in a value is another value of the section, `%%` a percent
// sign.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cupel/base/error.hpp"

namespace cupel::alembic {

class CUPEL_API Ini {
 public:
  /// `defaults` are known in every section ("here", the arguments of a program). Throws InputError
  /// with the place: a line that is neither, a key or section twice, text before the first section,
  /// a name between `[` and the end of the line.
  static Ini parse(std::string_view text, std::string path,
                   std::map<std::string, std::string> defaults = {});

  const std::string& path() const { return path_; }
  bool has_section(std::string_view section) const;
  /// Names and lines, in the order of the file, without [DEFAULT].
  std::vector<std::pair<std::string, std::size_t>> sections() const;
  /// In the order of the file, without those of [DEFAULT].
  std::vector<std::string> keys(std::string_view section) const;
  /// With `%(name)s` replaced; nullopt if neither the section nor [DEFAULT] has the key, or there
  /// is no such section. Throws InputError for a `%` that begins nothing, with the hint that a
  /// percent sign in a URL's password is written twice; for a name that is not there; for names
  /// that refer to each other in a circle.
  std::optional<std::string> get(std::string_view section, std::string_view key) const;
  /// As written, nothing replaced.
  std::optional<std::string> get_raw(std::string_view section, std::string_view key) const;
  /// Where the value is written; line 0 if it is not.
  FilePosition place_of(std::string_view section, std::string_view key) const;

 private:
  struct Value {
    std::string key;
    std::string text;
    std::size_t line = 0;
  };
  struct Section {
    std::string name;
    std::size_t line = 0;
    std::vector<Value> values;
  };
  friend class IniParser;
  const Section* find_section(std::string_view name) const;
  const Value* find(std::string_view section, std::string_view key) const;
  std::string interpolate(std::string_view section, const Value& value, int depth) const;

  std::string path_;
  std::vector<Section> sections_;
  Section defaults_;  ///< [DEFAULT]; the caller's defaults have line 0
};

}  // namespace cupel::alembic
