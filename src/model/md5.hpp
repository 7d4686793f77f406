// SPDX-License-Identifier: MIT
// MD5 (RFC 1321), for one purpose: shortened constraint names must come out as SQLAlchemy makes
// them, or a database that Alembic migrated would have other names than ours.
#pragma once

#include <string>
#include <string_view>

namespace cupel::model {

/// 32 lower-case hex digits.
std::string md5_hex(std::string_view text);

}  // namespace cupel::model
