// SPDX-License-Identifier: MIT
// What both kinds of scratch database share: the session, what may run in it, and the extensions of
// the project's database.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cupel/dialect/scratch.hpp"

namespace cupel::dialect::postgres {

/// Why a statement must not run in a scratch database; empty if it may.
std::string refusal_in_scratch(std::string_view statement);

/// Where unqualified names go.
struct SearchPath {
  std::string path;            ///< as current_setting('search_path') says it
  std::string default_schema;  ///< the first of it that exists; empty if none does
  bool has_public = true;
};
SearchPath read_search_path(driver::Connection& connection);

class ScratchSession : public Scratch {
 public:
  driver::Connection& connection() override { return *connection_; }
  void reset_session() override;
  std::string refusal(std::string_view statement) const override {
    return refusal_in_scratch(statement);
  }
  std::vector<model::ObjectKey> add_extensions() override;

 protected:
  explicit ScratchSession(const ScratchRequest& request);
  /// Takes the session, and makes unqualified names go where they go in the project's database.
  void open(std::unique_ptr<driver::Connection> connection, const SearchPath& path);
  void close() { connection_.reset(); }
  const Log& log() const { return log_; }

 private:
  std::vector<model::ObjectKey> make_extension(const std::string& name, const std::string& schema);

  std::unique_ptr<driver::Connection> connection_;
  std::optional<driver::Url> project_;
  std::string search_path_;
  bool notices_death_ = false;  ///< the server can be told to watch out for our end
  Log log_;
};

/// Lends the empty database that `url` names; see scratch.hpp.
std::unique_ptr<Scratch> borrow_database(const driver::Url& url, const ScratchRequest& request);

}  // namespace cupel::dialect::postgres
