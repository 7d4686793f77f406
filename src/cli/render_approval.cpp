// SPDX-License-Identifier: MIT
// Reports of approve. See render_safety.hpp.
#include <fmt/core.h>

#include "cli/json.hpp"
#include "cli/render_safety.hpp"

namespace cupel::cli {
namespace {

using State = command::ApprovalState::State;

std::string_view name_of(State state) {
  switch (state) {
    case State::Valid:
      return "valid";
    case State::Stale:
      return "stale";
    case State::Unknown:
      break;
  }
  return "unknown";
}

std::string_view remark(State state) {
  switch (state) {
    case State::Valid:
      return "";
    case State::Stale:
      return "  (no longer valid: the revision was edited since)";
    case State::Unknown:
      break;
  }
  return "  (there is no such revision)";
}

Json approval(const migrate::Approval& it) {
  return {{"revision", it.revision},
          {"path", it.path},
          {"checksum", it.checksum},
          {"approved_by", it.approved_by},
          {"approved_at", it.approved_at},
          {"because", it.because},
          {"allows", it.codes}};
}

}  // namespace

std::string render_approval(const command::ApproveReport& report) {
  if (report.is_code)
    return fmt::format("revision '{}': all that it does, which nobody knows before it runs\n",
                       report.approval.revision);
  std::string text;
  for (const migrate::Loss& loss : report.losses) text += to_string(loss) + "\n";
  return text;
}

std::string json_approval(const command::ApproveReport& report) {
  Json losses = Json::array();
  for (const migrate::Loss& loss : report.losses) losses.push_back(json_of(loss));
  return print({{"approval", approval(report.approval)}, {"losses", losses}});
}

std::string render_approvals(const std::vector<command::ApprovalState>& all) {
  std::string text;
  for (const command::ApprovalState& it : all)
    text +=
        fmt::format("{}: {} at {}, because {}{}\n", it.approval.revision, it.approval.approved_by,
                    it.approval.approved_at, it.approval.because, remark(it.state));
  return text;
}

std::string json_approvals(const std::vector<command::ApprovalState>& all) {
  Json list = Json::array();
  for (const command::ApprovalState& it : all) {
    Json item = approval(it.approval);
    item["state"] = name_of(it.state);
    list.push_back(std::move(item));
  }
  return print({{"approvals", list}});
}

}  // namespace cupel::cli
