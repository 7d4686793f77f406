// SPDX-License-Identifier: MIT
// See trial_schema.hpp. The schema stands first in the search path, so that plain names are made in
// it and everything else is found where it is; a savepoint takes all of it back.
#include "dialect/postgres/trial_schema.hpp"

#include <string>
#include <vector>

#include "cupel/base/error.hpp"

namespace cupel::dialect::postgres {
namespace {

class TrialSchema final : public Scratch {
 public:
  explicit TrialSchema(driver::Connection& connection)
      : connection_(&connection), is_inside_(connection.in_transaction()) {
    if (!is_inside_) connection.query("BEGIN");
    try {
      connection.run(std::vector<std::string>{
          "SAVEPOINT cupel_trial", "CREATE SCHEMA cupel_trial",
          "SELECT set_config('search_path', concat_ws(', ', 'cupel_trial', "
          "nullif(current_setting('search_path'), '')), true)"});
    } catch (...) {
      leave();
      throw;
    }
  }
  ~TrialSchema() override { leave(); }
  TrialSchema(const TrialSchema&) = delete;
  TrialSchema& operator=(const TrialSchema&) = delete;

  driver::Connection& connection() override { return *connection_; }
  std::string refusal(std::string_view) const override { return {}; }

 private:
  void leave() noexcept {
    try {
      if (is_inside_)
        connection_->run(std::vector<std::string>{"ROLLBACK TO SAVEPOINT cupel_trial",
                                                  "RELEASE SAVEPOINT cupel_trial"});
      else
        connection_->query("ROLLBACK");
    } catch (const Error&) {
      // The session is lost, and the schema with it.
    }
  }

  driver::Connection* connection_;
  bool is_inside_;
};

}  // namespace

std::unique_ptr<Scratch> make_trial_schema(driver::Connection& connection) {
  return std::make_unique<TrialSchema>(connection);
}

}  // namespace cupel::dialect::postgres
