// SPDX-License-Identifier: MIT
// See execute.hpp.
#include "source/execute.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/sql/splitter.hpp"
#include "source/declarations.hpp"
#include "source/models_on_scratch.hpp"
#include "source/same_table.hpp"

namespace cupel::source {
namespace {

/// So many in one transaction at most: each new table holds locks until its end.
constexpr std::size_t kBatch = 200;

/// A script and how far it has come.
struct Job {
  const Script* script = nullptr;
  std::vector<sql::StatementText> statements;  ///< those that are to run
  std::size_t next = 0;
  std::size_t missed = 0;              ///< the statement that missed something
  std::optional<DatabaseError> error;  ///< and what the server said of it
  bool done() const { return next == statements.size(); }
};

bool holds(const std::vector<std::string>& words, std::size_t at, std::string_view word) {
  return at < words.size() && words[at] == word;
}

/// Owners and rights are no part of the model, and their roles may not exist here.
bool is_about_rights(std::string_view statement, const sql::LexRules& rules) {
  const std::vector<std::string> words = sql::significant_texts(statement, 12, rules);
  if (holds(words, 0, "GRANT") || holds(words, 0, "REVOKE")) return true;
  if (!holds(words, 0, "ALTER")) return false;
  if (holds(words, 1, "DEFAULT") && holds(words, 2, "PRIVILEGES")) return true;
  for (std::size_t i = 2; i < words.size(); ++i)
    if (words[i] == "OWNER" && holds(words, i + 1, "TO")) return true;
  return false;
}

InputError error_at(const Script& script, const sql::StatementText& statement, std::size_t offset,
                    std::string message, std::string hint) {
  FilePosition place = text::position_at(script.text, statement.offset + offset, script.name);
  return {std::move(place), std::move(message), std::move(hint),
          std::string(text::line_at(script.text, statement.offset + offset))};
}

/// Where the first word of the statement is: comments before it are part of its text.
std::size_t first_word(const sql::StatementText& statement, const sql::LexRules& rules) {
  sql::Lexer lexer(statement.text, rules);
  sql::Token token;
  return lexer.next_significant(token) ? token.offset : 0;
}

class Executor {
 public:
  Executor(const std::vector<Script>& scripts, const Target& models,
           const dialect::Dialect& dialect, dialect::Scratch& scratch, const Settings& settings,
           const Log& log)
      : dialect_(dialect),
        scratch_(scratch),
        connection_(scratch.connection()),
        settings_(settings),
        log_(log),
        declarations_(dialect.lex_rules()),
        models_(models, dialect, scratch) {
    for (const Script& script : scripts) jobs_.push_back(prepare(script));
  }

  Target run() {
    run_all();
    // Not before: what cannot be read has a worse fault.
    for (const std::string& name : empty_)
      log(log_, LogLevel::Warning, "source", name + " declares nothing");
    scratch_.reset_session();
    Target target;
    target.schema = dialect_.make_inspector(connection_)->inspect({.all_schemas = true});
    for (const Declarations::Twice& twice : declarations_.twice())
      if (!is_same_table(twice, target.schema, dialect_, connection_))
        throw InputError(twice.error);
    forget_extensions(target.schema);
    models_.forget(target.schema);
    // Without a word on it, any version will do: the project's database may have an older one.
    for (model::Extension& extension : target.schema.extensions)
      if (!declarations_.mentions(model::key_of(extension), "VERSION")) extension.version.clear();
    for (const model::ObjectKey& key : model::keys_of(target.schema))
      target.declared_in[key] = declarations_.place_of(key);
    return target;
  }

 private:
  const sql::LexRules& rules() const { return dialect_.lex_rules(); }

  Job prepare(const Script& script) {
    Job job{.script = &script};
    const std::size_t before = declarations_.size();
    for (sql::StatementText& statement :
         sql::split_statements(script.text, rules(), {.file = script.name})) {
      if (must_run(script, statement)) job.statements.push_back(std::move(statement));
    }
    if (declarations_.size() == before) empty_.push_back(script.name);
    return job;
  }

  bool must_run(const Script& script, const sql::StatementText& statement) {
    const auto refuse = [&](const std::string& message, const std::string& hint) {
      return error_at(script, statement, first_word(statement, rules()), message, hint);
    };
    if (sql::is_transaction_control(statement.text, rules())) {
      const std::vector<std::string> words = sql::leading_words(statement.text, 1, rules());
      if (words[0] == "ROLLBACK" || words[0] == "ABORT")
        throw refuse(words[0] + " has no meaning in a schema",
                     "leave out what it would undo; a schema's statements all count");
      return false;
    }
    if (is_about_rights(statement.text, rules())) return false;
    if (const std::string why = scratch_.refusal(statement.text); !why.empty()) {
      throw refuse("this statement is not run: " + why,
                   "leave it out of the schema; a revision may hold it");
    }
    return declarations_.add(script, statement);
  }

  void run_all() {
    for (;;) {
      bool progress = false;
      for (Job& job : jobs_) {
        if (job.done()) continue;
        const std::size_t before = job.next;
        run_one(job);
        progress = progress || job.next != before;
      }
      if (std::all_of(jobs_.begin(), jobs_.end(), [](const Job& job) { return job.done(); }))
        return;
      if (!progress && !add_extensions() && !add_models()) throw_blocked();
    }
  }

  /// What a database has that was made ready for the project is no wish of a script; but the script
  /// may rely on it.
  bool add_extensions() {
    if (std::exchange(asked_for_extensions_, true)) return false;
    added_ = scratch_.add_extensions();
    return !added_.empty();
  }
  bool add_models() { return !std::exchange(asked_for_models_, true) && models_.make(); }
  void forget_extensions(model::Schema& schema) const {
    const auto is_added = [&](const model::ObjectKey& key) {
      return std::find(added_.begin(), added_.end(), key) != added_.end() &&
             !declarations_.has(key);
    };
    std::erase_if(schema.extensions, [&](const model::Extension& extension) {
      return is_added(model::key_of(extension));
    });
    std::erase_if(schema.schemas, [&](const std::string& name) {
      return is_added({model::ObjectKind::Schema, name, {}});
    });
  }

  void run_one(Job& job) {
    job.error.reset();
    scratch_.reset_session();
    repeat_settings(job);
    while (!job.done() && !job.error) {
      if (settings_.is_interrupted && settings_.is_interrupted())
        throw Interrupted("interrupted; the scratch database is dropped", "run the command again");
      const std::size_t count = batch_size(job);
      if (count == 0) {
        run_alone(job);
      } else {
        run_batch(job, count);
      }
    }
  }

  /// The session forgets between two turns what the script had set.
  void repeat_settings(const Job& job) {
    std::vector<std::string> settings;
    for (std::size_t i = 0; i < job.next; ++i) {
      const std::vector<std::string> words = sql::leading_words(job.statements[i].text, 1, rules());
      if (holds(words, 0, "SET") || holds(words, 0, "SELECT"))
        settings.push_back(job.statements[i].text);
    }
    connection_.run(settings);
  }

  /// How many of the next statements can share a transaction; 0: the next one must run alone.
  std::size_t batch_size(const Job& job) const {
    std::size_t count = 0;
    while (count < kBatch && job.next + count < job.statements.size() &&
           !dialect_.runs_outside_transaction(job.statements[job.next + count].text))
      ++count;
    return count;
  }

  void run_alone(Job& job) {
    try {
      connection_.query(job.statements[job.next].text);
      ++job.next;
    } catch (const DatabaseError& error) {
      take_error(job, job.next, error);
    }
  }

  void run_batch(Job& job, std::size_t count) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < count; ++i) texts.push_back(job.statements[job.next + i].text);
    std::size_t failed = 0;
    try {
      driver::Transaction transaction(connection_);
      connection_.run(texts, &failed);
      failed = count - 1;  // a deferred check fails at the end
      transaction.commit();
      job.next += count;
      return;
    } catch (const DatabaseError& error) {
      take_error(job, job.next + failed, error);
    }
    // What stood before it is kept.
    driver::Transaction transaction(connection_);
    connection_.run(std::span(texts).first(failed));
    transaction.commit();
    job.next += failed;
  }

  void take_error(Job& job, std::size_t statement, const DatabaseError& error) {
    if (error.connection_lost()) throw error;
    job.error = error;
    job.missed = statement;
    if (!dialect_.is_missing_object(error)) throw located(job);
  }

  InputError located(const Job& job) const {
    const sql::StatementText& statement = job.statements[job.missed];
    const std::size_t at = job.error->details().offset;
    InputError error =
        error_at(*job.script, statement, at > 0 ? at - 1 : first_word(statement, rules()),
                 job.error->message(), job.error->hint());
    for (const std::string& note : job.error->notes()) error.add_note(note);
    return error;
  }

  [[noreturn]] void throw_blocked() const {
    std::optional<InputError> first;
    for (const Job& job : jobs_) {
      if (job.done()) continue;
      InputError error = located(job);
      if (first) {
        first->add_note(error.what());
      } else {
        first = std::move(error);
      }
    }
    throw InputError(*first);
  }

  const dialect::Dialect& dialect_;
  dialect::Scratch& scratch_;
  driver::Connection& connection_;
  const Settings& settings_;
  const Log& log_;
  Declarations declarations_;
  ModelsOnScratch models_;
  std::vector<Job> jobs_;
  std::vector<std::string> empty_;  ///< scripts that declare nothing
  bool asked_for_models_ = false;
  bool asked_for_extensions_ = false;
  std::vector<model::ObjectKey> added_;
};

}  // namespace

Target execute_scripts(const std::vector<Script>& scripts, const Target& models,
                       const dialect::Dialect& dialect, dialect::Scratch& scratch,
                       const Settings& settings, const Log& log) {
  return Executor(scripts, models, dialect, scratch, settings, log).run();
}

}  // namespace cupel::source
