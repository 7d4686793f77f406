// SPDX-License-Identifier: MIT
// Stands in for backup.cpp in a build without SQLite.
#include "dialect/sqlite/backup.hpp"

namespace cupel::dialect::sqlite {
namespace {

class NoBackup final : public BackupTool {
 public:
  std::string_view extension() const override { return ".db"; }
  std::string describe(const BackupRequest&) const override { return {}; }
  BackupContent save(const BackupRequest&, const std::string&) const override { refuse(); }
  std::string restore(const BackupRequest&, const std::string&, const BackupContent&,
                      bool) const override {
    refuse();
  }

 private:
  [[noreturn]] static void refuse() {
    throw NotSupported("this build of cupel has no client for SQLite",
                       "build it with -DCUPEL_WITH_SQLITE=ON");
  }
};

}  // namespace

const BackupTool& backup_tool() {
  static const NoBackup kTool;
  return kTool;
}

}  // namespace cupel::dialect::sqlite
