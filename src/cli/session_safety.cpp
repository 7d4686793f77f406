// SPDX-License-Identifier: MIT
// What tries revisions before they matter: verify. See session.hpp.
#include <fmt/core.h>

#include "cli/render_safety.hpp"
#include "cli/session.hpp"

namespace cupel::cli {

int Session::verify() {
  command::VerifyRequest request;
  request.from = given_.from;
  request.seed = given_.seed;
  request.on_step = [this](std::size_t number, std::size_t total, const std::string& revision) {
    terminal_.progress(fmt::format("[{}/{}] Verifying {} ...", number, total, revision));
  };
  const command::VerifyReport report = command::verify(project(), request);
  if (!given_.junit.empty()) files_.write(given_.junit, junit_verify(report));
  terminal_.data(wants_json() ? json_verify(report) : render_verify(report, given_.verbose));
  terminal_.say(summary_of(report));
  return report.is_clean() ? kDone : kFound;
}

}  // namespace cupel::cli
