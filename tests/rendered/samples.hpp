// SPDX-License-Identifier: MIT
// What is rendered as C++, compiled, run and compared.
#pragma once

#include <vector>

#include "cupel/model/naming.hpp"
#include "cupel/ops/operation.hpp"

namespace cupel::rendered {

/// Operations under a naming convention.
struct Group {
  model::NamingConvention naming;
  std::vector<ops::Operation> operations;
};

/// The samples of every operation, what the golden cases do, the tables of the conformance suite,
/// and every operation with every field set to something nasty; with and without a convention.
std::vector<Group> groups();

/// The schemas of the conformance suite, and some that only the model can hold.
std::vector<model::Schema> schemas();

}  // namespace cupel::rendered
