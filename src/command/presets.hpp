// SPDX-License-Identifier: MIT
// Tables that well-known software makes in other people's databases.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cupel/model/name.hpp"

namespace cupel::command {

struct Preset {
  std::string_view name;                     ///< as in exclude_presets
  std::string_view product;                  ///< for people
  std::span<const std::string_view> tables;  ///< patterns
  std::span<const std::string_view> schemas;
};

std::span<const Preset> presets();
/// Throws UsageError with the nearest name.
const Preset& find_preset(std::string_view name);
bool matches(const Preset& preset, const model::ObjectName& name);
/// The product whose table this is by its name; null if none is known.
const Preset* preset_of(const model::ObjectName& name);

}  // namespace cupel::command
