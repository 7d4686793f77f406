// SPDX-License-Identifier: MIT
// Revisions that the tests of this room run on every database.
#pragma once

#include <vector>

#include "cupel/cupel.hpp"

namespace cupel::testing_support {

/// A table in two revisions, with all that hangs on it.
inline std::vector<Revision> users() {
  return {{.id = "u1",
           .upgrade =
               [](Operations& op) {
                 op.create_table("users", {Column("id", Integer()).primary_key(),
                                           Column("name", String(50)).not_null().index(),
                                           UniqueConstraint{{"name"}, "uq_name"}});
                 op.create_index("ix_low", "users", {expression("lower(name)")});
               }},
          {.id = "u2", .down_revision = {"u1"}, .upgrade = [](Operations& op) {
             op.add_column("users", Column("boss", Integer()).references("users.id"));
             op.create_check_constraint("name_is_long", "users", "length(name) > 1");
             op.execute(
                 "INSERT INTO users (id, name) SELECT 1, 'ann' WHERE NOT EXISTS "
                 "(SELECT 1 FROM users)");
           }}};
}

}  // namespace cupel::testing_support
