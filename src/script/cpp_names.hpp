// SPDX-License-Identifier: MIT
// Names of database objects as C++ identifiers.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace cupel::script::cpp {

/// Hands out identifiers of one scope; no two are the same, none is a keyword, a usual macro, or a
/// name of cupel's that generated code uses.
class Identifiers {
 public:
  /// Those of `outer` are not handed out either.
  explicit Identifiers(const Identifiers* outer = nullptr) : outer_(outer) {}
  /// As it is, as far as C++ allows: "user id" is user_id, "class" is class_.
  std::string plain(std::string_view name);
  /// A type's: "llm_setting" is LlmSetting.
  std::string type(std::string_view name);
  /// Never handed out.
  void reserve(std::string name) { taken_.insert(std::move(name)); }

 private:
  std::string unique(std::string name, std::string_view suffix);
  const Identifiers* outer_;
  std::set<std::string, std::less<>> taken_;
};

}  // namespace cupel::script::cpp
