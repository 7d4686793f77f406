// SPDX-License-Identifier: MIT
// What all commands share. See session.hpp.
#include "cli/session.hpp"

#include <pwd.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>

#include "cli/alembic_manner.hpp"
#include "cli/config.hpp"
#include "cli/error_details.hpp"
#include "cli/render.hpp"
#include "cli/render_safety.hpp"

namespace cupel::cli {
namespace {

std::atomic<bool> g_interrupted{false};

extern "C" void on_interrupt(int) {
  if (g_interrupted.exchange(true)) std::_Exit(kInterrupted);  // the second Ctrl-C does not wait
  command::cancel_running_statement();
}

}  // namespace

std::optional<std::string> environment_variable(const std::string& name) {
  if (const char* value = std::getenv(name.c_str())) return std::string(value);
  if (name == "USER") {
    // Not set in containers and under cron.
    const passwd* entry = getpwuid(geteuid());
    return entry == nullptr ? std::nullopt : std::optional<std::string>(entry->pw_name);
  }
  if (name != "HOSTNAME") return std::nullopt;
  char host[256] = {};
  if (gethostname(host, sizeof host - 1) != 0) return std::nullopt;
  return std::string(host);
}

std::map<std::string, std::string> environment_variables() {
  std::map<std::string, std::string> all;
  for (char** line = environ; line != nullptr && *line != nullptr; ++line) {
    const std::string_view text(*line);
    const std::size_t sign = text.find('=');
    if (sign != std::string_view::npos) all.emplace(text.substr(0, sign), text.substr(sign + 1));
  }
  return all;
}

Session::Session(Options options, const std::vector<Revision>& revisions,
                 const std::vector<source::Registry>& registries, const command::Filters& filters)
    : options_(std::move(options)),
      given_(options_.command),
      terminal_(options_.global.quiet, options_.as_alembic ? Manner::Alembic : Manner::Cupel),
      revisions_(&revisions),
      registries_(&registries),
      filters_(&filters) {}

const std::map<std::string, Session::Handler>& Session::handlers() {
  static const std::map<std::string, Handler> kHandlers{
      {"init", &Session::init},           {"list_templates", &Session::list_templates},
      {"revision", &Session::revision},   {"merge", &Session::merge},
      {"edit", &Session::edit},           {"upgrade", &Session::upgrade},
      {"downgrade", &Session::downgrade}, {"stamp", &Session::stamp},
      {"repair", &Session::repair},       {"ensure_version", &Session::ensure_version},
      {"auto", &Session::automatic},      {"check", &Session::check},
      {"reset", &Session::reset},         {"doctor", &Session::doctor},
      {"create", &Session::create},       {"status", &Session::status},
      {"inspect", &Session::inspect},     {"diff", &Session::diff},
      {"current", &Session::current},     {"history", &Session::history},
      {"heads", &Session::heads},         {"branches", &Session::branches},
      {"show", &Session::show},           {"verify", &Session::verify},
      {"lint", &Session::lint},           {"backup", &Session::backup},
      {"restore", &Session::restore},     {"approve", &Session::approve},
  };
  return kHandlers;
}

int Session::run() {
  try {
    return (this->*handlers().at(options_.name))();
  } catch (const UsageError& error) {
    return fail(error, kUsage);
  } catch (const Interrupted& error) {
    return fail(error, kInterrupted);
  } catch (const Error& error) {
    return fail(error, kFailed);
  }
}

int Session::fail(const Error& error, int code) {
  if (options_.global.raise_errors) return fail_saying_all(error, code);
  if (options_.as_alembic) {
    // Alembic's own refusals; what a script or a database says is a traceback there.
    const bool is_foreign = dynamic_cast<const InputError*>(&error) != nullptr ||
                            dynamic_cast<const DatabaseError*>(&error) != nullptr;
    if (!is_foreign && code != kInterrupted) {
      terminal_.failed(error);
      return kAlembicFailed;
    }
    terminal_.error(error);
    return code == kInterrupted ? code : static_cast<int>(kFailed);
  }
  if (wants_json()) terminal_.data(json_error(error));
  terminal_.error(error);
  return code;
}

/// --raiseerr. Alembic's own errors are then a traceback as well, with its exit code.
int Session::fail_saying_all(const Error& error, int code) {
  const ErrorDetails details = details_of(error, project_ ? project_->traceback() : std::string());
  if (wants_json()) terminal_.data(json_error(error, &details));
  terminal_.error(error);
  terminal_.details(details);
  return options_.as_alembic && code != kInterrupted ? static_cast<int>(kFailed) : code;
}

command::Project& Session::project() {
  if (project_) return *project_;
  command::Config config = load_config(files_, options_.global, environment_variable);
  config.tag = given_.tag;
  if (given_.idempotent) config.settings.idempotent = true;
  if (given_.backup) config.backup.when = command::BackupSettings::When::Always;
  if (given_.restore_on_failure) {
    config.backup.when = command::BackupSettings::When::Always;
    config.backup.restore_on_failure = true;
  }
  if (given_.allow_destructive || options_.as_alembic)
    config.settings.destructive = migrate::Destructive::Allow;
  for (auto& [name, value] : environment_variables()) config.environment[name] = value;
  project_ =
      std::make_unique<command::Project>(std::move(config), files_, *revisions_, *registries_);
  terminal_.show_log(project_->config().alembic && project_->config().alembic->logs);
  project_->log = [this](const LogRecord& record) { terminal_.log(record); };
  project_->filters = *filters_;
  project_->on_file = [this](const std::string& path) { say_generated(path); };
  project_->on_event = [this](const migrate::Event& event) { terminal_.event(event); };
  project_->confirm = [this](const std::vector<migrate::Loss>& losses) {
    return confirm_losses(losses);
  };
  project_->on_progress = [this](const std::string& what, std::uint64_t done, std::uint64_t total) {
    terminal_.progress(render_progress(what, done, total));
  };
  project_->is_interrupted = [] { return g_interrupted.load(); };
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  // The terminal went away; nohup has said that this does not matter.
  if (std::signal(SIGHUP, on_interrupt) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);
  return *project_;
}

void Session::say_context(bool offline) {
  if (options_.as_alembic) terminal_.alembic(alembic_context(project().url().dialect, offline));
}

void Session::warn_of_problems() {
  const auto& problems = project().graph().problems();
  for (const revision::Problem& problem : problems) {
    const InputError error({problem.path, problem.line, problem.column}, problem.message);
    terminal_.warn(error.what());
    if (!problem.hint.empty()) terminal_.say("  hint: " + problem.hint);
  }
}

int Session::tell(const std::string& data) {
  terminal_.data(options_.as_alembic ? with_absolute_paths(data) : data);
  return kDone;
}

}  // namespace cupel::cli
