// SPDX-License-Identifier: MIT
// The text beside a backup.
#pragma once

#include <string>
#include <string_view>

#include "cupel/command/backup.hpp"

namespace cupel::command {

std::string to_text(const BackupRecord& record);
/// Throws InputError that names `path` for text that to_text() did not write.
BackupRecord parse_backup_record(std::string_view text, const std::string& path);
std::string record_path(const std::string& backup);

}  // namespace cupel::command
