// SPDX-License-Identifier: MIT
// See backup.hpp. A backup is whole before it has its name: the record is written first, and the
// file gets its name last.
#include "cupel/command/backup.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>

#include "base/private_file.hpp"
#include "command/backup_record.hpp"
#include "cupel/base/text.hpp"
#include "cupel/dialect/backup.hpp"

namespace cupel::command {
namespace {

const dialect::BackupTool& tool_of(Project& project) {
  const dialect::BackupTool* tool = dialect::backup_tool(project.dialect());
  if (tool == nullptr)
    throw NotSupported("cupel cannot save a " + project.dialect().writer().product() + " database",
                       "use the database's own tools");
  return *tool;
}

dialect::BackupRequest request_for(Project& project, const char* what) {
  dialect::BackupRequest request;
  request.url = &project.url();
  request.version_table = project.config().settings.version_table;
  request.patience = project.config().settings.lock_timeout;
  request.is_interrupted = project.is_interrupted;
  request.log = project.log;
  request.on_progress = [&project, what](std::uint64_t done, std::uint64_t total) {
    if (project.on_progress) project.on_progress(what, done, total);
  };
  return request;
}

/// The database's name as a part of a file's name.
std::string stem_of(const driver::Url& url, bool is_file) {
  std::string name = is_file ? path::file_name(url.database) : url.database;
  if (is_file && name.rfind('.') != std::string::npos && name.rfind('.') > 0)
    name.resize(name.rfind('.'));
  for (char& c : name)
    if (!(std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_')) c = '_';
  return name.empty() ? "database" : name;
}

/// "20260204T101500Z"
std::string compact(const std::string& iso8601) {
  return text::replace_all(text::replace_all(iso8601, "-", ""), ":", "");
}

/// True for <stem>_<time>... with this extension, and nothing that another database's stem makes.
bool is_ours(const std::string& name, const std::string& stem, std::string_view extension) {
  constexpr std::string_view kTime = "00000000T000000Z";
  if (!name.starts_with(stem + "_") || !name.ends_with(extension)) return false;
  const std::string_view time = std::string_view(name).substr(stem.size() + 1);
  if (time.size() < kTime.size()) return false;
  return std::equal(kTime.begin(), kTime.end(), time.begin(), [](char pattern, char c) {
    return pattern == '0' ? c >= '0' && c <= '9' : c == pattern;
  });
}

class Folder {
 public:
  explicit Folder(Project& project)
      : project_(&project), path_(project.path_of(project.config().backup.directory)) {}

  /// Makes it, and keeps its content out of the project's history.
  void make() const {
    Files& files = project_->files();
    if (files.is_directory(path_)) return;
    files.make_directory(path_);
    files.write(path::join(path_, ".gitignore"), "*\n");
  }

  /// Names sort by age: '_' comes after the '.' of a first one.
  std::string new_path(const std::string& created) const {
    const std::string start = path::join(path_, stem() + "_" + compact(created));
    const std::string end(tool_of(*project_).extension());
    std::string name = start + end;
    const Files& files = project_->files();
    for (int i = 2; files.is_file(name) || files.is_file(record_path(name)); ++i)
      name = fmt::format("{}_{}{}", start, i, end);
    return name;
  }

  /// Empty if there is none.
  std::string newest() const {
    if (!project_->files().is_directory(path_)) return {};
    std::string newest;
    for (const std::string& name : project_->files().list_files(path_))
      if (is_ours(name, stem(), tool_of(*project_).extension())) newest = name;
    return newest.empty() ? newest : path::join(path_, newest);
  }

  /// The oldest go, but for the one that was just made, and what killed runs left.
  std::vector<std::string> tidy(const std::string& made) const {
    remove_unfinished();
    std::vector<std::string> names = project_->files().list_files(path_);
    std::erase_if(names, [&](const std::string& name) {
      return !is_ours(name, stem(), tool_of(*project_).extension());
    });
    std::vector<std::string> removed;
    const std::size_t keep = project_->config().backup.keep;
    const std::string oldest = oldest_kept();
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string path = path::join(path_, names[i]);
      if (path == made) continue;  // it stays, whatever the clock said to others
      const bool is_too_many = keep > 0 && i + keep < names.size();
      if (!is_too_many && names[i].substr(stem().size() + 1) >= oldest) continue;
      disk::remove(path);
      disk::remove(record_path(path));
      removed.push_back(path);
    }
    return removed;
  }

 private:
  /// What killed runs left: parts, and records whose backup never got its name.
  void remove_unfinished() const {
    disk::remove_abandoned(path::join(path_, stem() + "_"));
    const std::string end = record_path(std::string(tool_of(*project_).extension()));
    for (const std::string& name : project_->files().list_files(path_)) {
      if (!is_ours(name, stem(), end)) continue;
      const std::string record = path::join(path_, name);
      const std::string backup = record.substr(0, record.size() - record_path("").size());
      if (!project_->files().is_file(backup) && !disk::is_in_the_making(backup))
        disk::remove(record);
    }
  }
  /// The time in the names of those that are old enough to go is less than this.
  std::string oldest_kept() const {
    const std::chrono::hours age = project_->config().backup.keep_days * std::chrono::hours(24);
    return age.count() > 0 ? compact(to_iso8601(project_->clock() - age)) : "";
  }
  std::string stem() const {
    return stem_of(project_->url(), project_->dialect().traits().database_is_file);
  }
  Project* project_;
  std::string path_;
};

void require_free(const Files& files, const std::string& file) {
  if (files.is_file(file) || files.is_directory(file))
    throw UsageError("'" + file + "' is there already", "give another name, or remove it first");
  const std::string folder = path::directory(file);
  if (!DiskFiles().is_directory(folder))
    throw UsageError("there is no folder '" + folder + "' for the backup",
                     "make it first: mkdir -p " + folder);
}

BackupReport save(Project& project, const std::string& file, const std::string& created,
                  bool full_check) {
  require_free(project.files(), file);
  const dialect::BackupTool& tool = tool_of(project);
  dialect::BackupRequest request = request_for(project, "Backing up");
  request.full_check = full_check;
  const disk::Unfinished part(file);
  BackupReport report;
  report.path = file;
  BackupRecord& record = report.record;
  record.dialect = project.dialect().name();
  record.database = driver::to_display(project.url());
  record.created = created;
  record.made_by = tool.describe(request);
  const dialect::SavedBackup saved = tool.save(request, part.path());
  record.revisions = saved.content.revisions;
  record.rows.assign(saved.content.rows.begin(), saved.content.rows.end());
  record.size = disk::size(part.path());
  record.checksum = saved.checksum.empty() ? disk::checksum(part.path()) : saved.checksum;
  const disk::Unfinished text(record_path(file));
  disk::overwrite(text.path(), to_text(record));
  disk::sync(part.path());
  disk::remove(record_path(file));  // of a backup that never got its name, or is gone
  disk::publish(text.path(), record_path(file));
  disk::publish(part.path(), file);
  return report;
}

}  // namespace

BackupReport backup(Project& project, const std::string& file, bool full_check) {
  if (!project.database_exists())
    throw UsageError("there is no database '" + project.url().database + "' to save",
                     "correct the URL");
  const std::string created = to_iso8601(project.clock());
  if (!file.empty()) return save(project, file, created, full_check);
  const Folder folder(project);
  folder.make();
  BackupReport report = save(project, folder.new_path(created), created, full_check);
  report.removed = folder.tidy(report.path);
  return report;
}

BackupRecord check_backup(Project& project, const std::string& file, bool any_project) {
  const Files& files = project.files();
  if (!files.is_file(file)) {
    InputError error = InputError::unreadable(file, "No such file or directory");
    const std::string newest = Folder(project).newest();
    error.set_hint(newest.empty()
                       ? "there is no backup of this database yet: cupel backup makes one"
                       : "the newest backup of this database is " + newest);
    throw error;
  }
  const std::string beside = record_path(file);
  if (!files.is_file(beside)) {
    const bool was_put_aside = path::file_name(file).find(".before-restore") != std::string::npos;
    throw InputError({file, 0, 0}, "it is no backup of cupel's: there is no '" + beside + "'",
                     was_put_aside ? "a restore has put this database aside: to have it back, stop "
                                     "what uses the database and give it the database's name"
                                   : "bring that file, too; what other tools made is restored with "
                                     "them");
  }
  BackupRecord record = parse_backup_record(files.read(beside), beside);
  if (record.dialect != project.dialect().name())
    throw InputError({file, 0, 0},
                     "it is the backup of another kind of database: " + record.database,
                     "give the URL of such a database: --url");
  if (disk::size(file) != record.size || disk::checksum(file) != record.checksum)
    throw InputError({file, 0, 0}, "it is damaged: it is not what was saved at " + record.created,
                     "take another backup");
  if (any_project) return record;
  for (const std::string& id : record.revisions) {
    if (project.graph().find(id)) continue;
    throw InputError({file, 0, 0},
                     "it is at revision '" + id + "', which no file of this project defines",
                     "is it another project's? If it is the right one: --any-project");
  }
  return record;
}

RestoreReport restore(Project& project, const std::string& file, const BackupRecord& record,
                      bool discard, bool in_place) {
  dialect::BackupContent content;
  content.revisions = record.revisions;
  content.rows.insert(record.rows.begin(), record.rows.end());
  project.disconnect();
  dialect::BackupRequest request = request_for(project, "Restoring");
  request.in_place = in_place;
  return {record, tool_of(project).restore(request, file, content, discard)};
}

}  // namespace cupel::command
