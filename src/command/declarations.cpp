// SPDX-License-Identifier: MIT
// See declarations.hpp.
#include "command/declarations.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <utility>

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

std::map<std::string, std::string> find_declarations(std::string_view revision_text) {
  std::map<std::string, std::string> declarations;
  std::string source;
  bool continues = false;
  for (const std::string& line : text::split(revision_text, '\n')) {
    const std::optional<std::string_view> comment = comment_text(line);
    std::string_view names = comment.value_or("");
    const std::size_t colon = names.find(": ");
    if (names.starts_with(kDeclaredIn) && colon != std::string_view::npos) {
      source = names.substr(kDeclaredIn.size(), colon - kDeclaredIn.size());
      names = names.substr(colon + 2);
    } else if (!comment || !continues) {
      continues = false;
      continue;
    }
    for (std::string& name : text::split_list(names)) declarations[std::move(name)] = source;
    continues = names.ends_with(',');
  }
  return declarations;
}

bool Vanished::is_configured(const std::string& path) const {
  const std::vector<std::string>& patterns = project_->config().schema.sql;
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return text::matches_pattern(path, pattern) || path.starts_with(pattern + "/");
  });
}

bool Vanished::declares(const std::string& path, const model::ObjectKey& object) {
  auto found = by_file_.find(path);
  if (found == by_file_.end()) {
    found = by_file_.emplace(path, CreatedNames("")).first;
    try {
      const std::string text = project_->files().read(project_->path_of(path));
      if (text.size() <= kLargestFile)
        found->second.apply(scan_names(text, project_->dialect().lex_rules()), path);
    } catch (const InputError&) {
      // Not to be read: it declares nothing that anybody could find.
    }
  }
  model::ObjectKey plain = object;
  plain.name.schema.clear();
  return found->second.origin_of(object) != nullptr || found->second.origin_of(plain) != nullptr;
}

const std::vector<std::string>& Vanished::other_files() {
  if (other_files_) return *other_files_;
  other_files_.emplace();
  const Files& files = project_->files();
  std::set<std::string> folders{"."};
  for (const std::string& pattern : project_->config().schema.sql) {
    const std::string folder = path::directory(pattern);
    if (!text::has_wildcard(folder)) folders.insert(folder);
  }
  const std::string root = project_->path_of(".");
  const std::string revisions = project_->path_of(project_->config().script_location);
  if (files.is_directory(root)) {
    for (const std::string& name : files.list_directories(root)) {
      if (!name.starts_with('.') && project_->path_of(name) != revisions) folders.insert(name);
    }
  }
  for (const std::string& folder : folders) {
    if (!files.is_directory(project_->path_of(folder))) continue;
    for (const std::string& name : files.list_files(project_->path_of(folder))) {
      const std::string path = path::join(folder, name);
      if (name.ends_with(".sql") && !is_configured(path)) other_files_->push_back(path);
    }
  }
  return *other_files_;
}

std::string Vanished::find_file(const model::ObjectKey& object) {
  const std::vector<std::string>& files = other_files();
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const std::string& path) { return declares(path, object); });
  return found == files.end() ? std::string() : *found;
}

std::string Vanished::explain_file(const model::ObjectKey& object, const std::string& source) {
  if (!project_->files().is_file(project_->path_of(source)))
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

std::string Vanished::last_source(const model::ObjectKey& object, const std::string& made_by) {
  auto found = by_revision_.find(made_by);
  if (found == by_revision_.end()) {
    found = by_revision_.emplace(made_by, std::map<std::string, std::string>()).first;
    const script::Migration* migration = project_->migrations().find(made_by);
    const std::string path = migration == nullptr ? "" : migration->info().path;
    if (!path.empty() && project_->files().is_file(path))
      found->second = find_declarations(project_->files().read(path));
  }
  const auto source = found->second.find(to_string(object));
  return source == found->second.end() ? std::string() : source->second;
}

std::string Vanished::explain(const model::ObjectKey& object, const std::string& made_by) {
  const std::string source = last_source(object, made_by);
  const bool is_file = source.ends_with(".sql");
  std::string text;
  if (is_file) {
    text = explain_file(object, source);
  } else if (!source.empty()) {
    text = fmt::format("it was declared in {}, which {}", source,
                       source.starts_with("program")
                           ? "does not print it any more; is it still among [schema] program?"
                           : "does not declare it any more; is it still passed to cupel?");
  }
  const std::string other = find_file(object);
  if (other.empty() || other == source) return text;
  if (!text.empty()) text += "; ";
  return text + fmt::format("{} declares it and is no source: add it to [schema]: sql = [\"{}\"]",
                            other, other);
}

}  // namespace cupel::command
