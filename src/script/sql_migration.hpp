// SPDX-License-Identifier: MIT
// Makes a Migration of a .sql file whose header has been read; the rest is read when it runs.
#pragma once

#include <memory>
#include <string_view>

#include "cupel/script/migration.hpp"

namespace cupel::script {

/// Borrows `files`.
/// `file_checksum` is text::checksum() of the whole file.
std::unique_ptr<Migration> make_sql_migration(const Files& files, revision::Revision info,
                                              std::string_view file_checksum);

}  // namespace cupel::script
