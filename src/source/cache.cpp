// SPDX-License-Identifier: MIT
// See cache.hpp. A file is called <time>-<key>.json, the time in front so that names sort by age.
// Its first line holds the places of the objects, the second the schema.
#include "source/cache.hpp"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "cupel/model/json.hpp"

namespace cupel::source {
namespace {

using nlohmann::json;

constexpr std::string_view kPrefix = "schema-";
constexpr std::string_view kSuffix = ".json";

json places_of(const Target& target) {
  json places = json::array();
  for (const auto& [key, place] : target.declared_in)
    places.push_back(
        {static_cast<int>(key.kind), key.name.schema, key.name.name, key.detail, place});
  return places;
}

void read_places(const json& places, Target& target) {
  for (const json& entry : places) {
    model::ObjectKey key;
    key.kind = static_cast<model::ObjectKind>(entry.at(0).get<int>());
    key.name.schema = entry.at(1).get<std::string>();
    key.name.name = entry.at(2).get<std::string>();
    key.detail = entry.at(3).get<std::string>();
    target.declared_in[std::move(key)] = entry.at(4).get<std::string>();
  }
}

}  // namespace

std::vector<std::string> Cache::names() const {
  if (!files_.is_directory(directory_)) return {};
  std::vector<std::string> names = files_.list_files(directory_);
  std::erase_if(names, [](const std::string& name) {
    return !name.starts_with(kPrefix) || !name.ends_with(kSuffix);
  });
  return names;
}

std::optional<Target> Cache::find(const std::string& key) const {
  if (directory_.empty() || key.empty()) return std::nullopt;
  try {
    for (const std::string& name : names()) {
      if (!name.ends_with("-" + key + std::string(kSuffix))) continue;
      const std::string text = files_.read(path::join(directory_, name));
      const std::size_t end = text.find('\n');
      if (end == std::string::npos) continue;
      Target target;
      read_places(json::parse(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end)),
                  target);
      target.schema = model::from_json(std::string_view(text).substr(end + 1));
      if (target.declared_in.size() == model::keys_of(target.schema).size()) return target;
    }
  } catch (const std::exception&) {  // of another version, or cut off: it is made again
  }
  return std::nullopt;
}

void Cache::store(const std::string& key, const Target& target) const {
  if (directory_.empty() || key.empty()) return;
  try {
    files_.make_directory(directory_);
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(clock_().time_since_epoch());
    const std::string name = fmt::format("{}{:012}-{}{}", kPrefix, now.count(), key, kSuffix);
    files_.write(path::join(directory_, name),
                 places_of(target).dump() + "\n" + model::to_json(target.schema, -1));
    const std::vector<std::string> all = names();
    for (std::size_t i = 0; i + kMostFiles < all.size(); ++i)
      files_.remove(path::join(directory_, all[i]));
  } catch (const std::exception&) {  // a full disk, somebody else's folder
  }
}

}  // namespace cupel::source
