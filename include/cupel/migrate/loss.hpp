// SPDX-License-Identifier: MIT
// What a run would destroy, and the refusal to do so. A step loses something if the database holds
// rows, or values, that it would take away: an empty table is nobody's loss.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/error.hpp"

namespace cupel::migrate {

/// What to do about a step that destroys data and that its revision does not allow.
enum class Destructive {
  Ask,   ///< ask Environment::confirm; refuse if there is nobody to ask. A downgrade just runs: who
         ///< goes back has asked for it
  Deny,  ///< refuse, a downgrade too
  Allow,
};

/// A yes that was written down, for one revision.
struct CUPEL_API Approval {
  std::string revision;
  std::string checksum;            ///< of the revision when it was approved
  std::vector<std::string> codes;  ///< what it allows; kEveryCode: all that the revision does
  std::string approved_by;
  std::string approved_at;  ///< UTC, ISO 8601
  std::string because;
  std::string path;  ///< of its file
};
inline constexpr std::string_view kEveryCode = "*";

struct CUPEL_API Loss {
  std::string revision;
  FilePosition place;       ///< of the statement; no file for a revision in C++
  std::string code;         ///< DS001: what the revision has to allow
  std::string description;  ///< "drops table 'users'"
  /// What the table or column holds now; nullopt: it could not be counted.
  std::optional<std::int64_t> count;
  bool is_values = false;  ///< counted are values of a column, not rows
  bool operator==(const Loss&) const = default;
};
/// Counting ends here.
inline constexpr std::int64_t kMostCounted = 1000000;

/// "versions/b.sql:7: drops table 'users', and 3 rows with it (DS001)"
CUPEL_API std::string to_string(const Loss& loss);

/// The run would have destroyed data, and neither the revision nor the caller allows it.
class CUPEL_API DestructionRefused : public Error {
 public:
  explicit DestructionRefused(std::vector<Loss> losses);
  std::string_view kind() const override { return "destructive"; }
  const std::vector<Loss>& losses() const { return losses_; }

 private:
  std::vector<Loss> losses_;
};

}  // namespace cupel::migrate
