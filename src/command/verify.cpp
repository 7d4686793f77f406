// SPDX-License-Identifier: MIT
// See verify.hpp. With several jobs each has a scratch database of its own, which goes straight to
// where its part of the revisions begins.
#include "cupel/command/verify.hpp"

#include <algorithm>
#include <future>
#include <iterator>
#include <mutex>
#include <optional>

#include "command/verifier.hpp"
#include "cupel/driver/url.hpp"

namespace cupel::command {
namespace {

/// Fewer are not worth the way to their start.
constexpr std::size_t kLeastRevisions = 8;

/// A borrowed database is one; others are made as they are needed.
bool has_one_scratch(Project& project) {
  const std::string& dev_url = project.config().schema.dev_url;
  return !dev_url.empty() && !driver::parse_url(dev_url).database.empty();
}

/// Later revisions cost more, since there is more to look at: about twice as much at the end.
std::vector<VerifyPart> divide(std::size_t revisions, std::size_t jobs) {
  const auto cost_before = [&](std::size_t i) { return i * revisions + i * i / 2; };
  std::vector<VerifyPart> parts;
  for (std::size_t job = 1, first = 0; job <= jobs; ++job) {
    std::size_t end = first;
    while (end < revisions &&
           (job == jobs || cost_before(end) * jobs < cost_before(revisions) * job))
      ++end;
    if (end > first) parts.push_back({first, end});
    first = end;
  }
  return parts;
}

/// True if a revision does not run: then what stands on it was not tried in this part alone.
bool is_broken(const VerifyReport& report) {
  return std::any_of(report.findings.begin(), report.findings.end(), [](const VerifyFinding& it) {
    return it.code == "VF001" || (it.code == "VF006" && !it.revision.empty());
  });
}

/// Nothing if the parts cannot be tried apart from each other.
std::optional<VerifyReport> verify_parts(Project& project, const VerifyRequest& request,
                                         const std::vector<VerifyPart>& parts, std::size_t total) {
  std::mutex telling;
  std::size_t told = 0;
  VerifyRequest quiet = request;
  quiet.on_step = [&](std::size_t, std::size_t, const std::string& revision) {
    const std::lock_guard lock(telling);
    if (request.on_step) request.on_step(++told, total, revision);
  };
  std::vector<std::unique_ptr<Project>> projects;
  std::vector<std::future<VerifyReport>> running;
  for (const VerifyPart& part : parts) {
    projects.push_back(project.another());
    Project& own = *projects.back();
    running.push_back(std::async(std::launch::async,
                                 [&own, &quiet, part] { return verify_part(own, quiet, part); }));
  }
  VerifyReport whole;
  bool is_whole = true;
  std::exception_ptr interrupted;
  for (std::future<VerifyReport>& part : running) {
    try {
      VerifyReport report = part.get();
      is_whole = is_whole && !is_broken(report);
      std::move(report.revisions.begin(), report.revisions.end(),
                std::back_inserter(whole.revisions));
      std::move(report.findings.begin(), report.findings.end(), std::back_inserter(whole.findings));
      whole.unfilled.insert(report.unfilled.begin(), report.unfilled.end());
      whole.has_models = report.has_models;
      whole.compared_models = report.compared_models;
    } catch (const Interrupted&) {
      interrupted = std::current_exception();
    } catch (const Error&) {
      is_whole = false;
    }
  }
  if (interrupted) std::rethrow_exception(interrupted);
  return is_whole ? std::optional(std::move(whole)) : std::nullopt;
}

}  // namespace

VerifyReport verify(Project& project, const VerifyRequest& request) {
  project.graph().require_sound();
  const auto begun = std::chrono::steady_clock::now();
  const std::size_t total = revisions_to_verify(project, request).size();
  const std::size_t most = has_one_scratch(project) ? 1 : total / kLeastRevisions;
  const std::size_t jobs = std::clamp<std::size_t>(request.jobs, 1, std::max<std::size_t>(most, 1));
  std::optional<VerifyReport> report;
  if (jobs > 1) report = verify_parts(project, request, divide(total, jobs), total);
  if (!report) report = verify_part(project, request, {0, total});
  report->duration =
      std::max(std::chrono::microseconds(1), std::chrono::duration_cast<std::chrono::microseconds>(
                                                 std::chrono::steady_clock::now() - begun));
  return std::move(*report);
}

}  // namespace cupel::command
