// SPDX-License-Identifier: MIT
// Backups by SQLite's online backup API.
#pragma once

#include "cupel/dialect/backup.hpp"

namespace cupel::dialect::sqlite {

const BackupTool& backup_tool();

}  // namespace cupel::dialect::sqlite
