// SPDX-License-Identifier: MIT
// Backups by pg_dump and pg_restore.
#pragma once

#include "cupel/dialect/backup.hpp"

namespace cupel::dialect::postgres {

const BackupTool& backup_tool();

}  // namespace cupel::dialect::postgres
