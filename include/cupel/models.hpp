// SPDX-License-Identifier: MIT
// What a file with models in C++ includes: structs as tables, and tables as they are. See
// docs/models.md.
#pragma once

#include "cupel/mapping/map.hpp"
#include "cupel/names.hpp"

namespace cupel {

using mapping::check;
using mapping::column;
using mapping::columns;
using mapping::foreign_key;
using mapping::index;
using mapping::key;
using mapping::map;
using mapping::member;
using mapping::parts;
using mapping::primary_key;
using mapping::unique;
using model::Schema;

}  // namespace cupel
