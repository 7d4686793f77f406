// SPDX-License-Identifier: MIT
// Operations as a revision's function makes them: taken before any SQL is written.
#pragma once

#include <functional>
#include <vector>

#include "cupel/context/operations.hpp"

namespace cupel::rendered {

using Function = std::function<void(context::Operations&)>;

std::vector<ops::Operation> recorded(const Function& run,
                                     const model::NamingConvention& naming = {});

/// In the form in which operations of one meaning are equal: without `was`, a table's constraints
/// and indexes in one order, a batch's changes on its table, an added column's checks at it.
ops::Operation comparable(ops::Operation operation);

}  // namespace cupel::rendered
