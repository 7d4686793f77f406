// SPDX-License-Identifier: MIT
// See connection.hpp.
#include "cupel/driver/connection.hpp"

namespace cupel::driver {

Connection::~Connection() = default;

Transaction::Transaction(Connection& connection, std::string_view begin)
    : connection_(&connection) {
  connection_->query(begin);
}
Transaction::~Transaction() {
  if (!open_ || !connection_->is_alive() || !connection_->in_transaction()) return;
  try {
    connection_->query("ROLLBACK");
  } catch (const Error&) {
    // The session is lost; the server rolls back by itself.
  }
}
void Transaction::commit() {
  connection_->query("COMMIT");
  open_ = false;
}
void Transaction::rollback() {
  open_ = false;
  connection_->query("ROLLBACK");
}

}  // namespace cupel::driver
