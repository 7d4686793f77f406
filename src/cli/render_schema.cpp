// SPDX-License-Identifier: MIT
// The texts. See render_schema.hpp.
#include "cli/render_schema.hpp"

namespace cupel::cli {

std::string render_findings(const std::vector<diff::Finding>& findings) {
  std::string text;
  for (const diff::Finding& finding : findings) {
    text += finding.message + "\n";
    if (!finding.note.empty()) text += "  note: " + finding.note + "\n";
  }
  return text;
}

std::string render_unmanaged(const command::Unmanaged& unmanaged) {
  const std::string name = to_string(unmanaged.object);
  return unmanaged.product.empty() ? name : name + " (" + unmanaged.product + ")";
}

}  // namespace cupel::cli
