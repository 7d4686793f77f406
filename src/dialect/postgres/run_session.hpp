// SPDX-License-Identifier: MIT
// Locks and transactions of a run. See run_session.cpp for how two runners are kept apart.
#pragma once

#include <memory>

#include "cupel/dialect/dialect.hpp"

namespace cupel::dialect::postgres {

TransactionFrame transaction_frame(const RunSettings& settings);
std::unique_ptr<RunSession> make_run_session(driver::Connection& connection, const driver::Url* url,
                                             const RunSettings& settings);

}  // namespace cupel::dialect::postgres
