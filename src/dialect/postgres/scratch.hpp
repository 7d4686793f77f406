// SPDX-License-Identifier: MIT
// A scratch database is a real one: made beside the project's and dropped afterwards, or an empty
// one that is lent for the purpose and emptied afterwards. What a killed run left is cleared away
// by the next.
#pragma once

#include "cupel/dialect/scratch.hpp"

namespace cupel::dialect::postgres {

std::unique_ptr<Scratch> make_scratch(const ScratchRequest& request);

/// Says that whoever made the database has connected to it: from then on its being alone means that
/// its run is over.
inline constexpr std::string_view kScratchComment =
    "cupel: a scratch database, to be dropped when nobody is connected to it";
/// A name that drop_left_scratches() knows again.
std::string new_scratch_name(driver::Connection& admin);
/// CREATE DATABASE, with encoding and locale as the connection's database has them.
std::string create_statement(const std::string& name, driver::Connection& like);

/// Databases that killed runs of this user left on the server, and that nobody works in: dropped.
/// Their names.
std::vector<std::string> drop_left_scratches(driver::Connection& connection);

}  // namespace cupel::dialect::postgres
