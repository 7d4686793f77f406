// SPDX-License-Identifier: MIT
// See patience.hpp.
#include "migrate/patience.hpp"

#include <fmt/core.h>

#include <thread>

namespace cupel::migrate {
namespace {

constexpr std::chrono::milliseconds kShortestDelay{5};
constexpr std::chrono::milliseconds kLongestDelay{250};
/// Who is in the way is worth a question, and a line, only if it takes long.
constexpr std::chrono::seconds kSilence{1};
constexpr std::chrono::seconds kBetweenLines{2};

}  // namespace

dialect::RunSettings run_settings(const Settings& settings) {
  std::chrono::milliseconds attempt = settings.lock_attempt;
  if (attempt.count() > 0)
    attempt = std::min(attempt, std::max(settings.lock_timeout, std::chrono::milliseconds(1)));
  return {settings.version_table, attempt, settings.statement_timeout};
}

std::string give_up_hint(const std::string& blocker) {
  const std::string again = "run it again later, or with a longer --lock-timeout";
  return blocker.empty() ? again : again + "; in the way: " + blocker;
}

void Patience::renew() { end_ = SteadyClock::now() + environment_->settings.lock_timeout; }

bool Patience::is_over() const { return SteadyClock::now() >= end_; }

void Patience::begin() {
  delay_ = kShortestDelay;
  begun_ = SteadyClock::now();
}

void Patience::pause() {
  pause(Event::Kind::Waiting, SteadyClock::now() - begun_ >= kSilence);
  delay_ = std::min(delay_ * 2, kLongestDelay);
}

void Patience::pause_before_retry() {
  delay_ = kLongestDelay;
  pause(Event::Kind::Retrying, true);
}

void Patience::pause(Event::Kind kind, bool takes_long) {
  if (environment_->is_interrupted && environment_->is_interrupted())
    throw Interrupted("interrupted while waiting for a lock", "run the command again to go on");
  if (is_over()) throw_gave_up();
  if (const auto now = SteadyClock::now(); takes_long && now - told_ >= kBetweenLines) {
    told_ = now;
    tell_blocker(kind);
  }
  std::this_thread::sleep_for(delay_);
}

void Patience::tell_blocker(Event::Kind kind) const {
  Event event;
  event.kind = kind;
  event.text = session_->describe_blocker();
  if (environment_->on_event) environment_->on_event(event);
}

void Patience::throw_gave_up() const {
  throw DatabaseError(fmt::format("gave up after waiting {} s for a lock",
                                  environment_->settings.lock_timeout.count() / 1000.0),
                      {}, give_up_hint(session_->describe_blocker()));
}

}  // namespace cupel::migrate
