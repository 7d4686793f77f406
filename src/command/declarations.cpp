// SPDX-License-Identifier: MIT
// See declarations.hpp.
#include "command/declarations.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "command/created_names.hpp"
#include "cupel/base/pattern.hpp"
#include "cupel/base/text.hpp"

namespace cupel::command {
namespace {

constexpr std::string_view kDeclaredIn = "declared in ";
constexpr std::size_t kWidth = 96;

std::string wrapped(std::string line, const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string word = words[i] + (i + 1 < words.size() ? "," : "");
    if (line.size() + 1 + word.size() > kWidth) {
      text += line + "\n";
      line = "  " + word;
    } else {
      line += " " + word;
    }
  }
  return text + line;
}

/// "schema.sql:12" without the line, which will be another one soon.
std::string without_line(const std::string& source) {
  const std::size_t end = source.find_last_not_of("0123456789");
  const bool has_line = end != std::string::npos && end + 1 < source.size() && source[end] == ':';
  return has_line ? source.substr(0, end) : source;
}

/// The text of a comment line, or nullopt if the line is none.
std::optional<std::string_view> comment_text(std::string_view line) {
  line = text::trim(line);
  if (!line.starts_with("--") && !line.starts_with("//")) return std::nullopt;
  return text::trim(line.substr(2));
}

/// Files of schemas are small, and lie near the configuration.
constexpr std::size_t kLargestFile = 4 << 20;

}  // namespace

std::string declaration_comment(const std::vector<model::ObjectKey>& objects,
                                const std::map<model::ObjectKey, std::string>& declared_in) {
  std::vector<std::pair<std::string, std::vector<std::string>>> sources;
  for (const model::ObjectKey& object : objects) {
    const auto found = declared_in.find(object);
    if (found == declared_in.end()) continue;
    const std::string source = without_line(found->second);
    const auto known = std::find_if(sources.begin(), sources.end(),
                                    [&](const auto& it) { return it.first == source; });
    auto& names = known == sources.end() ? sources.emplace_back(source, 0).second : known->second;
    names.push_back(to_string(object));
  }
  std::string text;
  for (const auto& [source, names] : sources) {
    if (!text.empty()) text += "\n";
    text += wrapped(std::string(kDeclaredIn) + source + ":", names);
  }
  return text;
}

std::string find_declaration(std::string_view revision_text, const model::ObjectKey& object) {
  const std::string name = to_string(object);
  std::string source;
  bool continues = false;
  for (const std::string& line : text::split(revision_text, '\n')) {
    const std::optional<std::string_view> comment = comment_text(line);
    if (!comment) {
      continues = false;
      continue;
    }
    std::string_view names = *comment;
    if (comment->starts_with(kDeclaredIn)) {
      const std::size_t end = comment->find(": ");
      if (end == std::string_view::npos) continue;
      source = comment->substr(kDeclaredIn.size(), end - kDeclaredIn.size());
      names = comment->substr(end + 2);
    } else if (!continues) {
      continue;
    }
    for (const std::string& part : text::split_list(names)) {
      if (part == name) return source;
    }
    continues = names.ends_with(',');
  }
  return {};
}

bool Vanished::is_configured(const std::string& path) const {
  const std::vector<std::string>& patterns = project_->config().schema.sql;
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return text::matches_pattern(path, pattern) || path.starts_with(pattern + "/");
  });
}

bool Vanished::declares(const std::string& path, const model::ObjectKey& object) const {
  try {
    const std::string text = project_->files().read(project_->path_of(path));
    if (text.size() > kLargestFile) return false;
    CreatedNames names("");
    const sql::LexRules& rules = project_->dialect().lex_rules();
    names.apply(scan_names(text, rules), path);
    model::ObjectKey plain = object;
    if (names.origin_of(plain) != nullptr) return true;
    plain.name.schema.clear();
    return names.origin_of(plain) != nullptr;
  } catch (const Error&) {
    return false;
  }
}

/// A .sql file beside the configured ones, or below the project's root, that makes the object and
/// is not among the sources.
std::string Vanished::find_file(const model::ObjectKey& object) {
  std::vector<std::string> folders{""};
  for (const std::string& pattern : project_->config().schema.sql) {
    const std::string folder = path::directory(pattern);
    if (!text::has_wildcard(folder) && folder != ".") folders.push_back(folder);
  }
  const std::string root = project_->path_of(".");
  if (project_->files().is_directory(root)) {
    for (const std::string& name : project_->files().list_directories(root)) {
      const bool is_ours =
          project_->path_of(project_->config().script_location) == project_->path_of(name);
      if (!name.starts_with('.') && !is_ours) folders.push_back(name);
    }
  }
  for (const std::string& folder : folders) {
    const std::string directory = project_->path_of(folder.empty() ? "." : folder);
    if (!project_->files().is_directory(directory)) continue;
    for (const std::string& name : project_->files().list_files(directory)) {
      if (!name.ends_with(".sql")) continue;
      const std::string path = folder.empty() ? name : path::join(folder, name);
      if (!is_configured(path) && declares(path, object)) return path;
    }
  }
  return {};
}

std::string Vanished::explain_file(const model::ObjectKey& object,
                                   const std::string& source) const {
  const bool exists = project_->files().is_file(project_->path_of(source));
  if (!exists)
    return fmt::format("it was declared in {}, which is gone: was it moved or renamed?", source);
  if (!is_configured(source)) {
    return fmt::format(
        "it was declared in {}, which is no source any more; add it to [schema]: sql = [\"{}\"]",
        source, source);
  }
  return declares(source, object)
             ? std::string()
             : fmt::format("it was declared in {}, which does not have it any more", source);
}

std::string Vanished::explain(const model::ObjectKey& object, const std::string& made_by) {
  std::string source;
  if (const script::Migration* migration = project_->migrations().find(made_by)) {
    const std::string& path = migration->info().path;
    if (!path.empty() && project_->files().is_file(path))
      source = find_declaration(project_->files().read(path), object);
  }
  const bool is_file = source.ends_with(".sql");
  std::string text = is_file ? explain_file(object, source) : std::string();
  if (!source.empty() && !is_file) {
    text = fmt::format("it was declared in {}, which {}", source,
                       source.starts_with("program")
                           ? "does not print it any more; is it still among [schema] program?"
                           : "does not declare it any more; is it still passed to cupel?");
  }
  const bool is_missing = !is_file || !project_->files().is_file(project_->path_of(source));
  if (is_missing) {
    const std::string file = find_file(object);
    if (!file.empty()) {
      if (!text.empty()) text += "; ";
      text += fmt::format("{} declares it and is no source: add it to [schema]: sql = [\"{}\"]",
                          file, file);
    }
  }
  return text;
}

}  // namespace cupel::command
