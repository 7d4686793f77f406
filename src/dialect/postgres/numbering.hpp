// SPDX-License-Identifier: MIT
// The options that identity columns and sequences share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cupel/model/column.hpp"
#include "cupel/model/schema.hpp"

namespace cupel::dialect::postgres {

struct Numbering {
  std::optional<std::int64_t> start, increment, min_value, max_value, cache;
  bool cycle = false;
};

Numbering numbering_of(const model::Identity& identity);
Numbering numbering_of(const model::Sequence& sequence);

/// Without what says the server's default for numbers of this type ("smallint", "integer", anything
/// else is bigint).
Numbering without_defaults(Numbering numbering, std::string_view type);

/// Says Autoincrement::Auto wherever that means the same. `numbered` columns are those that say
/// Yes; a key that Auto would number, and is not, must say No.
void settle_autoincrement(model::Table& table);

/// "INCREMENT BY 33 START WITH 3 ...": what is set.
std::string numbering_text(const Numbering& numbering);

/// What turns `was` into `to`, sorted by name, each with `prefix` in front: "SET CACHE 2". An
/// option that `to` leaves out goes back to the server's default.
std::string numbering_changes(const Numbering& was, const Numbering& to, const std::string& prefix);

}  // namespace cupel::dialect::postgres
