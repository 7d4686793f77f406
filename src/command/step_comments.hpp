// SPDX-License-Identifier: MIT
// What a generated revision says to its reader: what is lost, what can fail, and the query that
// shows it beforehand.
#pragma once

#include <set>
#include <string>

#include "command/safe_steps.hpp"

namespace cupel::command {

class StepComments {
 public:
  /// Borrows both; `original` is what the revision begins with.
  StepComments(const SafeStepOptions& options, const model::Schema& original)
      : options_(&options), original_(&original) {}

  using Tables = std::set<model::ObjectName>;
  /// `created` have no rows. Empty: nothing to say.
  template <typename Op>
  std::string about(const Op&, const model::Schema&, const Tables&) const {
    return {};
  }
  std::string about(const ops::DropTable& op, const model::Schema& before,
                    const Tables& created) const;
  std::string about(const ops::DropColumn& op, const model::Schema& before,
                    const Tables& created) const;
  std::string about(const ops::AlterColumn& op, const model::Schema& before,
                    const Tables& created) const;
  std::string about(const ops::AddConstraint& op, const model::Schema& before,
                    const Tables& created) const;
  std::string about(const ops::CreateIndex& op, const model::Schema& before,
                    const Tables& created) const;
  std::string about_change(const model::ObjectName& table, const ops::TableChange& change,
                           const model::Schema& before, const Tables& created) const;

  std::string about_new_value(const model::ObjectName& table, const std::string& column,
                              const std::string& value) const;
  std::string about_nulls(const model::ObjectName& table, const std::string& column,
                          const std::string& value) const;

 private:
  std::string loss(const std::string& what, const std::string& code) const;
  std::string duplicates(const model::ObjectName& table, const std::vector<std::string>& columns,
                         const std::string& where) const;
  std::string orphans(const model::ObjectName& table, const model::ForeignKey& key,
                      const model::Schema& before) const;
  /// True if the rows that are there have these columns already.
  bool is_original(const model::ObjectName& table, const std::vector<std::string>& columns) const;
  const SafeStepOptions* options_;
  const model::Schema* original_;
};

}  // namespace cupel::command
