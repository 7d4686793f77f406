// SPDX-License-Identifier: MIT
// See scratch.hpp.
#include "dialect/postgres/scratch.hpp"

#include "cupel/base/error.hpp"

namespace cupel::dialect::postgres {

std::unique_ptr<Scratch> make_scratch(const ScratchRequest&) {
  throw NotSupported("PostgreSQL has no scratch database yet");
}

}  // namespace cupel::dialect::postgres
