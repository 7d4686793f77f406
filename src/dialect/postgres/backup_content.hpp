// SPDX-License-Identifier: MIT
// What a database holds that a backup must hold as well.
#pragma once

#include "cupel/dialect/backup.hpp"
#include "cupel/driver/connection.hpp"

namespace cupel::dialect::postgres {

/// In the session's open transaction, if there is one.
BackupContent content_of(driver::Connection& connection, const model::ObjectName& version_table);

}  // namespace cupel::dialect::postgres
