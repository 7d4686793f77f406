// SPDX-License-Identifier: MIT
// What a database's session needs around a run.
#pragma once

#include <string>

#include "cupel/dialect/dialect.hpp"

namespace cupel::migrate {

/// Runs the session's prologue, and at the end of the scope its epilogue, whatever ends it.
class SessionFrame {
 public:
  SessionFrame(driver::Connection& connection, const dialect::RunSession& session)
      : connection_(&connection), session_(&session) {
    for (const std::string& statement : session.frame().prologue) connection.query(statement);
  }
  ~SessionFrame() {
    try {
      for (const std::string& statement : session_->frame().epilogue) connection_->query(statement);
    } catch (const Error&) {
      // The session is lost, and its settings with it.
    }
  }
  SessionFrame(const SessionFrame&) = delete;
  SessionFrame& operator=(const SessionFrame&) = delete;

 private:
  driver::Connection* connection_;
  const dialect::RunSession* session_;
};

}  // namespace cupel::migrate
