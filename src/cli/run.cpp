// SPDX-License-Identifier: MIT
// From argv to a command and back to an exit code. The only place that knows exit codes.
#include <pwd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "cli/config.hpp"
#include "cli/explain.hpp"
#include "cli/generate.hpp"
#include "cli/options.hpp"
#include "cli/render.hpp"
#include "cli/terminal.hpp"
#include "cupel/base/text.hpp"
#include "cupel/cli.hpp"

namespace cupel::cli {
namespace {

enum ExitCode { kDone = 0, kFailed = 1, kUsage = 2, kFound = 3, kInterrupted = 130 };

std::atomic<bool> g_interrupted{false};

extern "C" void on_interrupt(int) {
  if (g_interrupted.exchange(true)) std::_Exit(kInterrupted);  // the second Ctrl-C does not wait
  command::cancel_running_statement();
}

/// A word such as -1 or -2:current is a target, not a flag; kTargetMark hides it from the parser.
bool is_negative_target(std::string_view word) {
  return word.size() > 1 && word[0] == '-' && word[1] >= '0' && word[1] <= '9';
}

void unmark(std::string& text) {
  if (!text.empty() && text[0] == kTargetMark) text.erase(0, 1);
}

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

/// One run of the program.
class Session {
 public:
  Session(Options options, const std::vector<Revision>& revisions)
      : options_(std::move(options)),
        given_(options_.command),
        terminal_(options_.global.quiet),
        revisions_(&revisions) {}

  int run() {
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

 private:
  using Handler = int (Session::*)();
  static const std::map<std::string, Handler>& handlers() {
    static const std::map<std::string, Handler> kHandlers{
        {"init", &Session::init},
        {"list_templates", &Session::list_templates},
        {"revision", &Session::revision},
        {"merge", &Session::merge},
        {"edit", &Session::edit},
        {"upgrade", &Session::upgrade},
        {"downgrade", &Session::downgrade},
        {"stamp", &Session::stamp},
        {"repair", &Session::repair},
        {"ensure_version", &Session::ensure_version},
        {"current", &Session::current},
        {"history", &Session::history},
        {"heads", &Session::heads},
        {"branches", &Session::branches},
        {"show", &Session::show}};
    return kHandlers;
  }

  int fail(const Error& error, int code) {
    if (options_.global.json) terminal_.data(json_error(error));
    terminal_.error(error);
    return code;
  }

  command::Project& project() {
    if (project_) return *project_;
    project_ = std::make_unique<command::Project>(
        load_config(files_, options_.global, environment_variable), files_, *revisions_);
    project_->log = [this](const LogRecord& record) { terminal_.log(record); };
    project_->on_event = [this](const migrate::Event& event) { terminal_.event(event); };
    project_->is_interrupted = [] { return g_interrupted.load(); };
    std::signal(SIGINT, on_interrupt);
    std::signal(SIGTERM, on_interrupt);
    return *project_;
  }

  void warn_of_problems() {
    const auto& problems = project().graph().problems();
    for (const revision::Problem& problem : problems) {
      terminal_.warn((problem.path.empty() ? "" : problem.path + ": ") + problem.message);
      if (!problem.hint.empty()) terminal_.say("  hint: " + problem.hint);
    }
  }

  int init() {
    const command::InitReport report = command::init(
        files_, {given_.directory, given_.template_name,
                 options_.global.config_file.empty() ? "cupel.toml" : options_.global.config_file,
                 options_.global.url.value_or(command::InitRequest{}.url)});
    if (options_.global.json) {
      terminal_.data(json_init(report));
    } else if (!options_.global.quiet) {
      for (const std::string& path : report.created)
        terminal_.data("Generating " + path + " ...  done\n");
      for (const std::string& path : report.kept)
        terminal_.data("File " + path + " already exists, skipping\n");
    }
    const std::string last =
        given_.template_name == "cpp"
            ? "build " + given_.directory + ", and run its own program as cupel"
            : "cupel upgrade head";
    terminal_.say("Next: cupel revision -m \"create users\", edit the file, " + last);
    return kDone;
  }

  int list_templates() {
    const auto templates = command::list_templates();
    terminal_.data(options_.global.json ? json_templates(templates) : render_templates(templates));
    return kDone;
  }

  int tell_new_file(const command::RevisionReport& report) {
    if (options_.global.json) {
      terminal_.data(json_new_revision(report));
    } else if (!options_.global.quiet) {
      terminal_.data("Generating " + report.path + " ...  done\n");
    }
    if (!report.hint.empty()) terminal_.say("hint: " + report.hint);
    return kDone;
  }

  int revision() {
    command::RevisionRequest request;
    request.message = given_.message;
    if (!given_.heads.empty()) request.heads = given_.heads;
    request.splice = given_.splice;
    request.revision_id = given_.revision_id;
    request.branch_labels = given_.branch_labels;
    request.depends_on = given_.depends_on;
    request.version_path = given_.version_path;
    return tell_new_file(command::new_revision(project(), request));
  }

  int merge() {
    return tell_new_file(
        command::merge(project(), {given_.revisions, given_.message, given_.revision_id,
                                   given_.branch_labels, given_.splice}));
  }

  int edit() {
    const std::string name = given_.revision.empty() ? "head" : given_.revision;
    const std::vector<revision::Index> found = command::show(project(), name);
    if (found.empty())
      throw UsageError("'" + name + "' names no revision with a file", "cupel history shows all");
    const std::optional<std::string> visual = environment_variable("VISUAL");
    const std::optional<std::string> editor = visual ? visual : environment_variable("EDITOR");
    if (!editor)
      throw UsageError("no editor is set", "set VISUAL or EDITOR, as in: export EDITOR=nano");
    for (const revision::Index index : found) {
      const std::string& path = project().graph().at(index).path;
      // The editor's words may hold flags ("code --wait"), so a shell splits them; the path is an
      // argument of its own.
      const std::string command = *editor + " \"$CUPEL_EDIT_FILE\"";
      setenv("CUPEL_EDIT_FILE", path.c_str(), 1);
      const int status = std::system(command.c_str());
      if (status != 0)
        throw UsageError("the editor '" + *editor + "' ended with status " + std::to_string(status),
                         "check VISUAL and EDITOR");
    }
    return kDone;
  }

  int tell_run(const migrate::RunResult& result) {
    if (options_.global.json) terminal_.data(json_run(project().graph(), result));
    if (!result.note.empty()) terminal_.say(result.note);
    return kDone;
  }

  int print_sql(const std::string& sql) {
    terminal_.data(sql);
    return kDone;
  }

  int upgrade() {
    if (given_.sql) return print_sql(command::upgrade_text(project(), given_.revision));
    refuse_range(given_.revision);
    if (project().graph().empty() && project().graph().problems().empty())
      terminal_.say("There is no revision yet; write one: cupel revision -m \"create users\"");
    return tell_run(command::upgrade(project(), given_.revision));
  }

  int downgrade() {
    if (given_.sql) return print_sql(command::downgrade_text(project(), given_.revision));
    refuse_range(given_.revision);
    return tell_run(command::downgrade(project(), given_.revision));
  }

  static void refuse_range(const std::string& target) {
    if (target.find(':') == std::string::npos) return;
    throw UsageError(
        "a range ('" + target + "') is for --sql; a live run starts where the database is",
        "leave out what stands before ':'");
  }

  int stamp() {
    if (given_.sql && given_.purge)
      throw UsageError("--purge cannot be combined with --sql", "leave one of them out");
    if (given_.sql) return print_sql(command::stamp_text(project(), given_.revisions));
    const migrate::RunResult result = command::stamp(project(), given_.revisions, given_.purge);
    for (const revision::Step& step : result.steps)
      terminal_.say("Running " + revision::short_log(step));
    return tell_run(result);
  }

  int ensure_version() {
    if (given_.sql) return print_sql(command::ensure_version_text(project()));
    terminal_.say(command::ensure_version(project()) ? "The version table was created."
                                                     : "The version table was there already.");
    return kDone;
  }

  int repair() {
    const std::vector<migrate::Drift> drifts =
        given_.accept ? command::accept_drift(project()) : command::find_drift(project());
    if (options_.global.json) terminal_.data(json_drift(drifts));
    for (const migrate::Drift& drift : drifts) {
      terminal_.say((given_.accept ? "accepted: " : "") + drift.revision + " was " +
                    (drift.deleted ? "deleted" : "edited") + " after it was applied at " +
                    drift.applied_at + (drift.path.empty() ? "" : " (" + drift.path + ")"));
    }
    if (drifts.empty()) terminal_.say("Every applied revision is as it was when it was applied.");
    return drifts.empty() || given_.accept ? kDone : kFound;
  }

  int current() {
    const command::CurrentReport report = command::current(project());
    warn_of_problems();
    const revision::Graph& graph = project().graph();
    terminal_.data(options_.global.json ? json_current(graph, report)
                                        : render_current(graph, report, given_.verbose));
    for (const std::string& id : report.resolved.unknown) {
      terminal_.warn("the database is at revision '" + id + "', which no file defines");
      terminal_.say(
          "  hint: bring its file back (another branch?), or set the revision: cupel stamp --purge "
          "<revision>");
    }
    if (!report.half_done.empty()) {
      terminal_.warn("the " + report.half_done.front().direction + " of '" +
                     report.half_done.front().revision +
                     "' was interrupted; run it again to finish it");
    }
    if (!given_.check_heads || report.at_heads) return kDone;
    terminal_.error("the database is not at all heads: " + std::to_string(report.pending.size()) +
                    " revision(s) are missing");
    terminal_.say("  hint: cupel upgrade heads");
    return kFound;
  }

  int history() {
    const bool wants_log = given_.verbose || options_.global.json;
    const command::HistoryReport report =
        command::history(project(), {given_.range, given_.indicate_current, wants_log});
    warn_of_problems();
    const revision::Graph& graph = project().graph();
    terminal_.data(options_.global.json ? json_history(graph, report)
                                        : render_history(graph, report, given_.verbose));
    return kDone;
  }

  int heads() {
    const auto list = command::heads(project(), given_.resolve_dependencies);
    warn_of_problems();
    const revision::Graph& graph = project().graph();
    terminal_.data(options_.global.json ? json_revisions(graph, list)
                                        : render_heads(graph, list, given_.verbose));
    return kDone;
  }

  int branches() {
    const auto list = command::branches(project());
    warn_of_problems();
    const revision::Graph& graph = project().graph();
    terminal_.data(options_.global.json ? json_branches(graph, list)
                                        : render_branches(graph, list, given_.verbose));
    return kDone;
  }

  int show() {
    const auto list = command::show(project(), given_.revision);
    warn_of_problems();
    const revision::Graph& graph = project().graph();
    terminal_.data(options_.global.json ? json_revisions(graph, list) : render_show(graph, list));
    return kDone;
  }

  Options options_;
  CommandOptions& given_;
  Terminal terminal_;
  const std::vector<Revision>* revisions_;
  DiskFiles files_;
  std::unique_ptr<command::Project> project_;
};

/// Parses; returns an exit code if there is nothing to run.
std::optional<int> parse(int argc, char** argv, Options& options) {
  const std::unique_ptr<CLI::App> app = make_app(options);
  std::vector<std::string> words;
  for (int i = argc - 1; i > 0; --i)
    words.emplace_back(is_negative_target(argv[i]) ? kTargetMark + std::string(argv[i]) : argv[i]);
  if (words.empty()) {
    const std::string help = app->help();
    std::fwrite(help.data(), 1, help.size(), stderr);
    return kUsage;
  }
  try {
    app->parse(words);
  } catch (const CLI::Success& asked) {
    app->exit(asked);  // --help and --version go to stdout
    return kDone;
  } catch (const CLI::ParseError& error) {
    const UsageError refusal = explain(*app, error);
    Terminal terminal(false);
    if (std::find(argv + 1, argv + argc, std::string_view("--json")) != argv + argc)
      terminal.data(json_error(refusal));
    terminal.error(refusal);
    return kUsage;
  }
  for (std::string* word : {&options.command.revision, &options.command.range}) unmark(*word);
  for (std::string& revision : options.command.revisions) unmark(revision);
  for (std::string& head : options.command.heads) unmark(head);
  if (options.name == "completion") return print_completion(*app, options.command.shell);
  if (options.name == "man") return print_manual(*app);
  return std::nullopt;
}

}  // namespace

int run(int argc, char** argv, const std::vector<Revision>& revisions) {
  Options options;
  try {
    if (const std::optional<int> code = parse(argc, argv, options)) return *code;
    const int code = Session(std::move(options), revisions).run();
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      std::fputs("error: cannot write to standard output\n", stderr);
      return code == kDone ? kFailed : code;
    }
    return code;
  } catch (const std::exception& error) {
    Terminal(false).error(std::string("internal error: ") + error.what() + " [this is a bug]");
    return kFailed;
  }
}

}  // namespace cupel::cli
