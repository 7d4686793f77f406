// SPDX-License-Identifier: MIT
// See approval_file.hpp.
#include "command/approval_file.hpp"

#include <fmt/core.h>

#include <map>

#include "cupel/base/text.hpp"

namespace cupel::command {
namespace {

constexpr std::string_view kApprovalTitle = "cupel approval 1";
constexpr const char* kExtension = ".approval";

std::string one_line(const std::string& text) {
  return text::replace_all(text::replace_all(text, "\r", " "), "\n", " ");
}

InputError damaged_approval(const std::string& path, std::size_t line) {
  return {{path, line, 0},
          "this is not what cupel writes as an approval",
          "write it again: cupel approve <revision> --because <reason>"};
}

}  // namespace

std::string approval_folder(const Project& project) {
  return path::join(project.path_of(project.config().script_location), "approvals");
}

std::optional<migrate::Approval> read_approval(const Project& project,
                                               const std::string& revision) {
  const std::string path = path::join(approval_folder(project), revision + kExtension);
  if (!project.files().is_file(path)) return std::nullopt;
  migrate::Approval approval = parse_approval(project.files().read(path), path);
  if (approval.revision == revision) return approval;
  throw InputError({path, 2, 0},
                   "it approves revision '" + approval.revision + "', not '" + revision + "'",
                   "an approval is for one revision: cupel approve " + revision);
}

std::string to_text(const migrate::Approval& approval, const std::vector<migrate::Loss>& losses) {
  std::string text = fmt::format(
      "{}\nrevision: {}\nchecksum: {}\napproved_by: {}\napproved_at: {}\nbecause: {}\nallows: {}\n",
      kApprovalTitle, approval.revision, approval.checksum, one_line(approval.approved_by),
      approval.approved_at, one_line(approval.because), text::join(approval.codes, ", "));
  for (const migrate::Loss& loss : losses)
    text += fmt::format("step: {} ({})\n", one_line(loss.description), loss.code);
  return text;
}

migrate::Approval parse_approval(std::string_view text, const std::string& path) {
  migrate::Approval approval;
  approval.path = path;
  const std::map<std::string_view, std::string*> fields{{"revision", &approval.revision},
                                                        {"checksum", &approval.checksum},
                                                        {"approved_by", &approval.approved_by},
                                                        {"approved_at", &approval.approved_at},
                                                        {"because", &approval.because}};
  std::size_t number = 0;
  for (const std::string& raw : text::split(text, '\n')) {
    const std::string line(text::trim(raw));
    if (++number == 1 && line != kApprovalTitle) throw damaged_approval(path, number);
    if (number == 1 || line.empty()) continue;
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) throw damaged_approval(path, number);
    const std::string key = line.substr(0, colon);
    const std::string value(text::trim(line.substr(colon + 2)));
    if (const auto field = fields.find(key); field != fields.end()) {
      *field->second = value;
    } else if (key == "allows") {
      approval.codes = text::split_list(value);
    } else if (key != "step") {
      throw damaged_approval(path, number);
    }
  }
  const bool is_whole = !approval.revision.empty() && !approval.checksum.empty() &&
                        !approval.because.empty() && !approval.codes.empty();
  if (!is_whole) throw damaged_approval(path, number);
  return approval;
}

}  // namespace cupel::command
