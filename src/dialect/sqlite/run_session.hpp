// SPDX-License-Identifier: MIT
// Locks, transactions and the foreign key check of a run.
#pragma once

#include <memory>

#include "cupel/dialect/dialect.hpp"

namespace cupel::dialect::sqlite {

TransactionFrame transaction_frame();
std::unique_ptr<RunSession> make_run_session(driver::Connection& connection,
                                             const RunSettings& settings);

}  // namespace cupel::dialect::sqlite
