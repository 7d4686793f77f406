// SPDX-License-Identifier: MIT
// See migration.hpp.
#include "cupel/script/migration.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/script/sql_script.hpp"
#include "script/cpp_migration.hpp"
#include "script/sql_migration.hpp"

namespace cupel::script {
namespace {

revision::Revision info_of(Header header, std::string path) {
  revision::Revision info;
  info.id = std::move(header.revision);
  info.parents = std::move(header.down_revision);
  info.depends_on = std::move(header.depends_on);
  info.branch_labels = std::move(header.branch_labels);
  info.message = std::move(header.message);
  info.created = std::move(header.created);
  info.path = std::move(path);
  return info;
}

class Loader {
 public:
  Loader(const Files& files, const std::vector<CppRevision>& compiled, std::vector<FileKind> kinds)
      : files_(&files), kinds_(std::move(kinds)) {
    for (const CppRevision& revision : compiled) {
      linked_.insert(revision.id);
      all_.push_back(make_cpp_migration(revision));
    }
  }
  void load(const std::string& directory, bool recursive) {
    for (const std::string& name : files_->list_files(directory))
      load_file(path::join(directory, name));
    if (!recursive) return;
    for (const std::string& name : files_->list_directories(directory))
      load(path::join(directory, name), true);
  }
  Migrations take() { return Migrations(std::move(all_), std::move(problems_)); }

 private:
  /// One wrong file must not keep anybody from looking at the others.
  void load_file(std::string path) {
    try {
      load_header(std::move(path));
    } catch (const InputError& error) {
      problems_.push_back({revision::Problem::Kind::UnreadableFile,
                           {},
                           error.position().file,
                           {},
                           error.message(),
                           error.hint(),
                           error.position().line,
                           error.position().column,
                           error.source_line()});
    }
  }
  void load_header(std::string path) {
    for (const FileKind& kind : kinds_) {
      if (!path.ends_with(kind.extension)) continue;
      std::string text = files_->read(path);
      if (auto migration = kind.read(std::move(path), std::move(text)))
        all_.push_back(std::move(migration));
      return;
    }
    const bool is_sql = path.ends_with(".sql");
    if (!is_sql && !path.ends_with(".cpp")) return;
    const std::string text = files_->read(path);
    // A .cpp without header is a helper of the revisions; a .sql here is always meant to be one.
    std::optional<Header> header = is_sql ? parse_header(text, path) : find_header(text, path);
    if (!header) return;
    revision::Revision info = info_of(std::move(*header), std::move(path));
    if (is_sql) {
      all_.push_back(make_sql_migration(*files_, std::move(info), text::checksum(text)));
    } else if (!linked_.contains(info.id)) {
      all_.push_back(make_unlinked_migration(std::move(info)));
    }
  }

  const Files* files_;
  std::vector<FileKind> kinds_;
  std::set<std::string, std::less<>> linked_;
  std::vector<std::unique_ptr<Migration>> all_;
  std::vector<revision::Problem> problems_;
};

}  // namespace

Migration::Migration(revision::Revision info)
    : info_(std::make_shared<revision::Revision>(std::move(info))) {}
Migration::~Migration() = default;

bool Migration::has_checksum(std::string_view recorded) const {
  const std::string now = checksum();
  return now.empty() || now == recorded;
}

// The graph sorts by id and keeps the first of equal ones; so do we, and its indexes are ours.
Migrations::Migrations(std::vector<std::unique_ptr<Migration>> all,
                       std::vector<revision::Problem> problems) {
  for (std::size_t i = 0; i < all.size(); ++i) all[i]->info_->file_number = static_cast<int>(i);
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a->info().id < b->info().id; });
  std::vector<std::shared_ptr<const revision::Revision>> infos;
  infos.reserve(all.size());
  for (std::unique_ptr<Migration>& migration : all) {
    const std::string& id = migration->info().id;
    const bool counts = !id.empty() && (infos.empty() || infos.back()->id != id);
    infos.push_back(migration->info_);
    if (counts) by_index_.push_back(std::move(migration));
  }
  graph_ = revision::Graph::build(std::move(infos), std::move(problems));
}

const Migration* Migrations::find(const std::string& id) const {
  const std::optional<revision::Index> index = graph_.find(id);
  return index ? by_index_[static_cast<std::size_t>(*index)].get() : nullptr;
}

const Migration& Migrations::get(const std::string& id) const {
  if (const Migration* found = find(id)) return *found;
  throw Bug("no migration with id '" + id + "'");
}

Migrations load_migrations(const Files& files, const std::vector<VersionLocation>& locations,
                           const std::vector<CppRevision>& compiled, std::vector<FileKind> kinds) {
  Loader loader(files, compiled, std::move(kinds));
  for (const VersionLocation& location : locations) {
    if (!files.is_directory(location.path)) {
      throw InputError(
          {location.path}, "the folder with the revisions does not exist",
          "create the project with `cupel init`, or correct script_location in its configuration");
    }
    loader.load(location.path, location.recursive);
  }
  return loader.take();
}

Migrations make_migrations(const std::vector<CppRevision>& compiled) {
  std::vector<std::unique_ptr<Migration>> all;
  for (const CppRevision& revision : compiled) all.push_back(make_cpp_migration(revision));
  return Migrations(std::move(all));
}

}  // namespace cupel::script
