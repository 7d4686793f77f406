// SPDX-License-Identifier: MIT
// See cache.hpp. A file is called schema-<time>-<key>, the time in front so that names sort by age.
// It holds a checksum of what follows, the places of the objects, and the schema.
#include "source/cache.hpp"

#include <fmt/core.h>

#include "cupel/base/text.hpp"
#include "model/packed.hpp"

namespace cupel::source {
namespace {

constexpr std::string_view kPrefix = "schema-";
const std::size_t kChecksumSize = text::checksum("").size();

std::string packed(const Target& target) {
  model::Packer packer;
  packer.add(target.declared_in.size());
  for (const auto& [key, place] : target.declared_in) {
    packer.add(key);
    packer.add(place);
  }
  packer.add(target.schema);
  return packer.bytes();
}

Target unpacked(std::string_view bytes) {
  model::Unpacker unpacker(bytes);
  Target target;
  for (std::size_t left = unpacker.number(); left > 0; --left) {
    model::ObjectKey key = unpacker.key();
    target.declared_in.insert_or_assign(target.declared_in.end(), std::move(key), unpacker.text());
  }
  target.schema = unpacker.schema();
  return target;
}

}  // namespace

std::vector<std::string> Cache::names() const {
  if (!files_.is_directory(directory_)) return {};
  std::vector<std::string> names = files_.list_files(directory_);
  std::erase_if(names, [](const std::string& name) { return !name.starts_with(kPrefix); });
  return names;
}

std::optional<Target> Cache::find(const std::string& key) const {
  if (directory_.empty() || key.empty()) return std::nullopt;
  try {
    for (const std::string& name : names()) {
      if (!name.ends_with("-" + key)) continue;
      const std::string text = files_.read(path::join(directory_, name));
      if (text.size() < kChecksumSize) continue;
      const std::string_view bytes = std::string_view(text).substr(kChecksumSize);
      if (text.starts_with(text::checksum(bytes))) return unpacked(bytes);
    }
  } catch (const std::exception&) {  // unreadable: it is made again
  }
  return std::nullopt;
}

void Cache::store(const std::string& key, const Target& target) const {
  if (directory_.empty() || key.empty()) return;
  try {
    files_.make_directory(directory_);
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(clock_().time_since_epoch());
    const std::string bytes = packed(target);
    files_.write(path::join(directory_, fmt::format("{}{:012}-{}", kPrefix, now.count(), key)),
                 text::checksum(bytes) + bytes);
    const std::vector<std::string> all = names();
    for (std::size_t i = 0; i + kMostFiles < all.size(); ++i)
      files_.remove(path::join(directory_, all[i]));
  } catch (const std::exception&) {  // a full disk, somebody else's folder
  }
}

}  // namespace cupel::source
