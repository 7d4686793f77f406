// SPDX-License-Identifier: MIT
// What the revisions make, by running them on a scratch database.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cupel/command/project.hpp"

namespace cupel::command {

/// An empty database that is gone with this object. Borrows `project`.
class Replay {
 public:
  explicit Replay(Project& project);
  ~Replay();
  Replay(const Replay&) = delete;
  Replay& operator=(const Replay&) = delete;
  /// Upgrades to a revision, and gives the version rows. Throws what migrate::upgrade() throws.
  std::vector<std::string> upgrade(const std::string& revision);
  /// Goes back as migrate::downgrade() does, and gives the version rows.
  std::vector<std::string> downgrade(const std::string& target);
  /// Everything but cupel's own tables, in normalized() form.
  model::Schema schema();
  /// The next schema() reads everything, whatever it has read before.
  void forget();
  /// As schema(), but names of tables and views alone: cheap.
  std::vector<model::ObjectName> names();
  driver::Connection& connection() { return scratch_->connection(); }
  const dialect::Scratch& scratch() const { return *scratch_; }

 private:
  std::unique_ptr<dialect::Scratch> scratch_;
  std::unique_ptr<inspect::Inspector> inspector_;
  migrate::Environment environment_;
};

/// The schema after these revisions and what they stand on.
model::Schema schema_of_revisions(Project& project, const std::vector<std::string>& ids);

}  // namespace cupel::command
