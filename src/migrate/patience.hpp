// SPDX-License-Identifier: MIT
// Waiting for locks: how long, how often it is tried again, and what is told meanwhile.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>

#include "cupel/migrate/environment.hpp"

namespace cupel::migrate {

/// The part of the settings that a database's session wants. One statement never waits longer than
/// all of them together may.
dialect::RunSettings run_settings(const Settings& settings);

/// `blocker` is who is in the way, or empty.
std::string give_up_hint(const std::string& blocker);

/// What one run has left of Settings::lock_timeout. Borrows both for as long as it lives.
class Patience {
 public:
  Patience(const Environment& environment, dialect::RunSession& session)
      : environment_(&environment), session_(&session) {}

  /// Something was got: what was waited so far does not count any more.
  void renew();
  bool is_over() const;

  /// Before the first pause() of one wait.
  void begin();
  /// Each pause of a wait is longer than the one before. Throws when patience is over or the user
  /// interrupts.
  void pause();
  /// A pause in which somebody who waits for the same table gets a turn. Throws like pause().
  void pause_before_retry();

 private:
  using SteadyClock = std::chrono::steady_clock;

  void pause(Event::Kind kind, bool takes_long);
  void tell_blocker(Event::Kind kind) const;
  [[noreturn]] void throw_gave_up() const;

  const Environment* environment_;
  dialect::RunSession* session_;
  SteadyClock::time_point end_;
  SteadyClock::time_point begun_;
  SteadyClock::time_point told_;
  std::chrono::milliseconds delay_{5};
};

}  // namespace cupel::migrate
