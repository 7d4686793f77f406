// SPDX-License-Identifier: MIT
// See render_safety.hpp.
#include "cli/render_safety.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "cli/json.hpp"

namespace cupel::cli {
namespace {

using Microseconds = std::chrono::microseconds;

double seconds(Microseconds time) { return static_cast<double>(time.count()) / 1e6; }

std::string shown(Microseconds time) {
  return time.count() == 0 ? "-" : fmt::format("{:.1f} ms", milliseconds(time));
}

std::string where(const command::VerifyFinding& finding) {
  if (finding.revision.empty()) return "";
  const std::string revision = "revision '" + finding.revision + "'";
  return finding.path.empty() ? revision + ": " : finding.path + ": " + revision + ": ";
}

std::string side(const diff::Finding& difference) {
  switch (difference.kind) {
    case diff::Finding::Kind::Added:
      return "besides";
    case diff::Finding::Kind::Removed:
      return "missing";
    default:
      return "differs";
  }
}

/// "missing: index 'ix_a' of table 'users'"; of the project's findings what autogenerate would say.
std::string describe(const command::VerifyFinding& finding, const diff::Finding& difference) {
  if (finding.revision.empty()) return difference.message;
  const std::string object = to_string(difference.object);
  const std::string what = difference.part.empty() ? object : difference.part + " of " + object;
  if (difference.kind == diff::Finding::Kind::Changed) return "differs: " + difference.message;
  return side(difference) + ": " + what;
}

/// All lines below a finding's first.
std::vector<std::string> details_of(const command::VerifyFinding& finding) {
  std::vector<std::string> lines;
  for (const diff::Finding& difference : finding.differences)
    lines.push_back(describe(finding, difference));
  for (const std::string& note : finding.notes) lines.push_back(note);
  return lines;
}

std::string escape(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '&') {
      result += "&amp;";
    } else if (c == '<') {
      result += "&lt;";
    } else if (c == '>') {
      result += "&gt;";
    } else if (c == '"') {
      result += "&quot;";
    } else if (c == '\n') {
      result += "&#10;";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      result += c;
    } else {
      result += ' ';
    }
  }
  return result;
}

std::string junit_failures(const std::vector<const command::VerifyFinding*>& findings) {
  std::string text;
  for (const command::VerifyFinding* finding : findings) {
    std::string body;
    for (const std::string& line : details_of(*finding)) body += line + "\n";
    if (!finding->hint.empty()) body += "hint: " + finding->hint + "\n";
    text += fmt::format("    <failure type=\"{}\" message=\"{}\">{}</failure>\n", finding->code,
                        escape(finding->message), escape(body));
  }
  return text;
}

std::string junit_case(const std::string& name, const std::string& file, Microseconds time,
                       const std::string& content) {
  const std::string attribute = file.empty() ? "" : " file=\"" + escape(file) + "\"";
  const std::string head =
      fmt::format("  <testcase classname=\"cupel.verify\" name=\"{}\"{} time=\"{:.6f}\"",
                  escape(name), attribute, seconds(time));
  return content.empty() ? head + "/>\n" : head + ">\n" + content + "  </testcase>\n";
}

std::vector<const command::VerifyFinding*> findings_of(const command::VerifyReport& report,
                                                       const std::string& revision) {
  std::vector<const command::VerifyFinding*> list;
  for (const command::VerifyFinding& finding : report.findings)
    if (finding.revision == revision) list.push_back(&finding);
  return list;
}

}  // namespace

std::string render_verify(const command::VerifyReport& report, bool verbose) {
  std::string text;
  for (const command::VerifiedRevision& tried : report.revisions) {
    if (!verbose) break;
    text +=
        fmt::format("{}  up {}, down {}, again {}{}\n", tried.revision, shown(tried.up),
                    shown(tried.down), shown(tried.again), tried.is_tried ? "" : "  (not tried)");
  }
  for (const command::VerifyFinding& finding : report.findings) {
    text += fmt::format("{}{} ({})\n", where(finding), finding.message, finding.code);
    for (const std::string& line : details_of(finding)) text += "  " + line + "\n";
    if (!finding.hint.empty()) text += "  hint: " + finding.hint + "\n";
  }
  return text;
}

std::string summary_of(const command::VerifyReport& report) {
  const auto tried = static_cast<std::size_t>(
      std::count_if(report.revisions.begin(), report.revisions.end(),
                    [](const command::VerifiedRevision& entry) { return entry.is_tried; }));
  std::string text = fmt::format("{} revision{} tried up, down and up again in {:.1f} s", tried,
                                 tried == 1 ? "" : "s", seconds(report.duration));
  if (tried < report.revisions.size())
    text += fmt::format(", {} not tried", report.revisions.size() - tried);
  if (report.compared_models) text += ", compared with the models";
  if (report.is_clean()) return text + ": nothing is wrong.";
  return text + fmt::format(": {} finding{}.", report.findings.size(),
                            report.findings.size() == 1 ? "" : "s");
}

std::string json_verify(const command::VerifyReport& report) {
  Json revisions = Json::array();
  for (const command::VerifiedRevision& tried : report.revisions) {
    revisions.push_back({{"revision", tried.revision},
                         {"path", tried.path},
                         {"tried", tried.is_tried},
                         {"up_ms", milliseconds(tried.up)},
                         {"down_ms", milliseconds(tried.down)},
                         {"again_ms", milliseconds(tried.again)}});
  }
  Json list = Json::array();
  for (const command::VerifyFinding& finding : report.findings) {
    list.push_back({{"code", finding.code},
                    {"revision", finding.revision},
                    {"path", finding.path},
                    {"message", finding.message},
                    {"differences", findings(finding.differences)},
                    {"notes", finding.notes},
                    {"hint", finding.hint}});
  }
  return print({{"clean", report.is_clean()},
                {"compared_models", report.compared_models},
                {"duration_ms", milliseconds(report.duration)},
                {"revisions", revisions},
                {"findings", list}});
}

std::string junit_verify(const command::VerifyReport& report) {
  std::string cases;
  std::size_t count = 0;
  std::size_t failures = 0;
  std::size_t skipped = 0;
  for (const command::VerifiedRevision& tried : report.revisions) {
    const auto list = findings_of(report, tried.revision);
    ++count;
    failures += list.empty() ? 0 : 1;
    skipped += tried.is_tried ? 0 : 1;
    const std::string content = tried.is_tried
                                    ? junit_failures(list)
                                    : "    <skipped message=\"what it stands on does not run\"/>\n";
    cases += junit_case(tried.revision + " " + tried.message, tried.path,
                        tried.up + tried.down + tried.again, content);
  }
  const auto common = findings_of(report, "");
  if (report.compared_models || !common.empty()) {
    ++count;
    failures += common.empty() ? 0 : 1;
    cases += junit_case("all revisions together", "", Microseconds(0), junit_failures(common));
  }
  return fmt::format(
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"cupel verify\" "
             "tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"{:.6f}\">\n",
             count, failures, skipped, seconds(report.duration)) +
         cases + "</testsuite>\n";
}

}  // namespace cupel::cli
