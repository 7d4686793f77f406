// SPDX-License-Identifier: MIT
// Restoring into the database that is there, for who may not create another one.
#pragma once

#include "cupel/dialect/backup.hpp"

namespace cupel::dialect::postgres {

/// In one transaction: drops all that is there but extensions, runs the dump, and looks whether the
/// rows of the backup are there. Others wait from the first DROP on; nothing of what was there is
/// kept. Throws DatabaseError, and then nothing was changed.
void restore_in_place(const BackupRequest& request, const std::string& file,
                      const BackupContent& content);

}  // namespace cupel::dialect::postgres
