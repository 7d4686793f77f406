// SPDX-License-Identifier: MIT
// Finds and reads .sql files. See script.hpp.
#include <algorithm>
#include <set>

#include "cupel/base/pattern.hpp"
#include "cupel/base/text.hpp"
#include "source/script.hpp"

namespace cupel::source {
namespace {

class Finder {
 public:
  Finder(const std::string& root, const Files& files) : root_(root), files_(files) {}

  /// Paths relative to the root, sorted.
  std::vector<std::string> find(const std::string& entry) {
    found_.clear();
    if (files_.is_file(full(entry))) {
      found_.push_back(entry);
    } else if (files_.is_directory(full(entry))) {
      add_folder(entry.ends_with('/') ? entry.substr(0, entry.size() - 1) : entry);
    } else if (text::has_wildcard(entry)) {
      std::vector<std::string> parts = text::split(entry, '/');
      const bool absolute = entry.starts_with('/');
      if (absolute) parts.erase(parts.begin());
      expand(absolute ? "/" : "", parts, 0);
    }
    std::sort(found_.begin(), found_.end());
    return found_;
  }

 private:
  std::string full(const std::string& path) const {
    return path::join(root_, path.empty() ? "." : path);
  }

  void add_folder(const std::string& folder) {
    for (const std::string& name : files_.list_files(full(folder))) {
      if (name.ends_with(".sql") && !name.starts_with('.')) found_.push_back(folder + "/" + name);
    }
    for (const std::string& name : files_.list_directories(full(folder))) {
      if (!name.starts_with('.')) add_folder(folder + "/" + name);
    }
  }

  void expand(const std::string& folder, const std::vector<std::string>& parts, std::size_t at) {
    const std::string& part = parts[at];
    const bool last = at + 1 == parts.size();
    if (!last && !text::has_wildcard(part)) {
      const std::string next = path::join(folder, part);
      if (files_.is_directory(full(next))) expand(next, parts, at + 1);
      return;
    }
    if (!files_.is_directory(full(folder))) return;
    if (last) {
      for (const std::string& name : files_.list_files(full(folder)))
        if (fits(name, part)) found_.push_back(path::join(folder, name));
      return;
    }
    const bool any_depth = part == "**";
    if (any_depth) expand(folder, parts, at + 1);
    for (const std::string& name : files_.list_directories(full(folder)))
      if (fits(name, part)) expand(path::join(folder, name), parts, any_depth ? at : at + 1);
  }

  /// A name that begins with a dot is meant only by a pattern that begins with one.
  static bool fits(const std::string& name, const std::string& pattern) {
    if (name.starts_with('.') && !pattern.starts_with('.')) return false;
    return text::matches_pattern(name, pattern);
  }

  const std::string& root_;
  const Files& files_;
  std::vector<std::string> found_;
};

InputError nothing_found(const std::string& entry, const std::string& root, const Files& files) {
  const std::string path = path::join(root, entry);
  if (text::has_wildcard(entry))
    return {{path}, "no file matches this pattern", "correct 'sql' in [schema] of cupel.toml"};
  if (files.is_directory(path))
    return {{path}, "this folder holds no .sql file", "correct 'sql' in [schema] of cupel.toml"};
  return {{path}, "there is no such file", "correct 'sql' in [schema] of cupel.toml"};
}

}  // namespace

std::vector<Script> read_sql_files(const std::vector<std::string>& entries, const std::string& root,
                                   const Files& files) {
  std::vector<Script> scripts;
  std::set<std::string> seen;
  Finder finder(root, files);
  for (const std::string& entry : entries) {
    const std::vector<std::string> paths = finder.find(entry);
    if (paths.empty()) throw nothing_found(entry, root, files);
    for (const std::string& path : paths) {
      const std::string full = path::join(root, path);
      if (!seen.insert(full).second) continue;
      std::string content = files.read(full);
      std::size_t bad = 0;
      if (!text::is_utf8(content, &bad)) {
        throw InputError(text::position_at(content, bad, full), "this is not UTF-8",
                         "save the file as UTF-8");
      }
      if (content.starts_with("\xEF\xBB\xBF")) content.erase(0, 3);
      scripts.push_back({full, std::move(content)});
    }
  }
  return scripts;
}

}  // namespace cupel::source
