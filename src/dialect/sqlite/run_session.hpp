// SPDX-License-Identifier: MIT
// Locks, transactions and the foreign key check of a run.
#pragma once

#include <memory>

#include "cupel/dialect/dialect.hpp"

namespace cupel::dialect::sqlite {

TransactionFrame transaction_frame();
/// `ours`: no application uses the connection beside us.
std::unique_ptr<RunSession> make_run_session(driver::Connection& connection, bool ours,
                                             const RunSettings& settings);

}  // namespace cupel::dialect::sqlite
