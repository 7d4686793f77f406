// SPDX-License-Identifier: MIT
// One run of the program: the options, the project, and a method for each command. The only place
// that knows exit codes.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "cli/terminal.hpp"
#include "cupel/cli.hpp"
#include "cupel/command/autogenerate.hpp"
#include "cupel/command/read.hpp"
#include "cupel/command/run.hpp"
#include "cupel/command/schema.hpp"
#include "cupel/command/write.hpp"

namespace cupel::command {
struct AdoptReport;
struct LintReport;
struct LintRequest;
}  // namespace cupel::command

namespace cupel::cli {

enum ExitCode { kDone = 0, kFailed = 1, kUsage = 2, kFound = 3, kInterrupted = 130 };

class Session {
 public:
  Session(Options options, const std::vector<Revision>& revisions,
          const std::vector<source::Registry>& registries, const command::Filters& filters);
  /// Runs the command and tells what went wrong with it.
  int run();

 private:
  using Handler = int (Session::*)();
  static const std::map<std::string, Handler>& handlers();

  int fail(const Error& error, int code);
  int fail_saying_all(const Error& error, int code);
  command::Project& project();
  /// Called as `alembic`: what Alembic says when it has a connection.
  void say_context(bool offline = false);
  void warn_of_problems();
  bool wants_json() const { return options_.global.json; }
  /// Prints data, and is done.
  int tell(const std::string& data);

  // session_files.cpp
  std::string config_file_to_make() const;
  void tell_init(const command::InitReport& report);
  int init();
  int init_as_alembic();
  int list_templates();
  /// As Alembic says it.
  void say_generated(const std::string& path);
  int tell_new_file(const command::RevisionReport& report);
  command::RevisionRequest revision_request() const;
  int revision();
  int merge();
  int edit();

  // session_run.cpp
  int tell_run(const migrate::RunResult& result);
  int upgrade();
  int downgrade();
  static void refuse_range(const std::string& target);
  /// Tells what is about to be destroyed, and asks on the terminal; false if nobody answers.
  bool confirm_losses(const std::vector<migrate::Loss>& losses);
  void refuse_with_text() const;
  int stamp();
  int ensure_version();
  int repair();

  // session_schema.cpp
  command::Decisions given_decisions() const;
  void say_findings(const std::vector<diff::Finding>& findings);
  void say_unmanaged(const std::vector<command::Unmanaged>& unmanaged);
  void say_found(const command::GenerateReport& report);
  void say_questions(const command::GenerateReport& report);
  bool answer(const command::GenerateReport& report, command::Decisions& decisions);
  command::GenerateReport generate_asking(command::GenerateRequest& request);
  int autogenerate(command::RevisionRequest revision);
  int check();

  // session_state.cpp
  /// --yes, or a yes on the terminal. Throws UsageError if nobody can be asked.
  bool may_go_on(const std::string& question);
  int diff();
  int inspect();
  int status();
  int create();
  int doctor();
  int doctor_of_scripts();
  int reset();

  // session_safety.cpp
  int verify();
  int lint();
  int explain_rules();
  int fix_lint(const command::LintReport& report, bool as_json);
  int trace_lint(const command::LintRequest& request, bool as_json);
  int dry_run(revision::Direction direction);
  int approve();
  int list_approvals();
  int backup();
  int restore();

  // session_auto.cpp
  void forget_project();
  void leave_alone(const std::vector<std::string>& patterns);
  void say_adopted(const command::AdoptReport& report);
  bool adopt(const std::vector<std::string>& patterns);
  void decide_on_unmanaged(const std::vector<command::StatusLine>& lines);
  bool settle_revision(const command::StatusReport& status);
  int generate_automatically();
  int automatic();
  int init_from(std::string url);

  // session_read.cpp
  int current();
  int history();
  int heads();
  int branches();
  int show();

  Options options_;
  CommandOptions& given_;
  Terminal terminal_;
  const std::vector<Revision>* revisions_;
  const std::vector<source::Registry>* registries_;
  const command::Filters* filters_;
  DiskFiles files_;
  std::unique_ptr<command::Project> project_;
};

/// The process's own; USER and HOSTNAME also where they are not set.
std::optional<std::string> environment_variable(const std::string& name);
/// All of them, for the scripts of a project.
std::map<std::string, std::string> environment_variables();

}  // namespace cupel::cli
