// SPDX-License-Identifier: MIT
// See lint_steps.hpp.
#include "command/lint_steps.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/command/scripts.hpp"
#include "cupel/inspect/schema_inspector.hpp"
#include "cupel/ops/services.hpp"
#include "cupel/script/render.hpp"
#include "cupel/script/sql_script.hpp"
#include "cupel/sql/splitter.hpp"
#include "lint/replayed_schema.hpp"
#include "script/cpp_places.hpp"

namespace cupel::command {
namespace {

/// A revision that asks this often waits for an answer that nobody gives here.
constexpr int kMostQueries = 1000;
constexpr const char* kDefaultSchemas[] = {"main", "public"};

lint::Step read_statement(const StepReaderSettings& settings, const std::string& sql,
                          const model::Schema& before) {
  if (settings.lint != nullptr) return settings.lint->read(sql, before);
  lint::Step step;
  step.effects.emplace_back(lint::NotUnderstood{"there is no reader for this database's SQL"});
  return step;
}

/// An UPDATE that is run in batches, each in a transaction of its own, is what the rules about rows
/// ask for: they have nothing to say of it.
void take_batches(lint::Step& step) {
  step.effects.clear();
  step.details.clear();
  step.in_transaction = false;
}

/// Takes what a running revision does, and does nothing.
class WatchingSink final : public context::StatementSink {
 public:
  WatchingSink(const dialect::Dialect& dialect, const Files& files,
               const StepReaderSettings& settings, lint::ReplayedSchema& state, bool in_full,
               const std::function<void(const lint::Step&)>& see)
      : dialect_(&dialect),
        settings_(&settings),
        state_(&state),
        in_full_(in_full),
        see_(&see),
        inspector_(state.schema(), kDefaultSchemas[dialect.traits().has_schemas ? 1 : 0]),
        files_(&files) {}

  void watch(const context::Operations& op, FilePosition otherwise) {
    op_ = &op;
    otherwise_ = std::move(otherwise);
  }
  /// Where the calls of a compiled revision are written; borrowed.
  void look_into(script::CppPlaces& text) { text_ = &text; }
  /// Lines of calls that are surely those that were made.
  const std::set<std::size_t>& certain_lines() const { return certain_lines_; }
  /// Where it asked the database for rows first, if it did.
  const std::optional<FilePosition>& asked_at() const { return asked_at_; }
  FilePosition place() const {
    FilePosition place = op_->place();
    if (place.file.empty()) place = otherwise_;
    if (found_) place.line = found_->line;
    return place;
  }

  bool take(const ops::Operation& operation) override {
    if (std::holds_alternative<ops::ExecuteSql>(operation)) return false;
    lint::Step step;
    step.is_operation = true;
    step.in_transaction = !autocommit_;
    if (in_full_) write(operation, step);
    step.effects.push_back(effect_of(operation));
    if (text_ != nullptr) found_ = text_->find(operation);
    tell(std::move(step));
    return true;
  }
  void execute(const sql::Statement& statement) override {
    lint::Step step = read_statement(*settings_, statement.sql, state_->schema());
    step.sql = statement.sql;
    step.in_transaction = !autocommit_ && !statement.outside_transaction &&
                          !dialect_->runs_outside_transaction(statement.sql);
    if (statement.backfill) take_batches(step);
    if (text_ != nullptr) found_ = text_->find_sql(statement.sql);
    tell(std::move(step));
  }
  driver::Rows execute_bound(const std::string& sql, const std::vector<Value>&) override {
    execute({sql});
    return {};
  }
  driver::Rows query(const std::string& sql, const std::vector<Value>&) override {
    if (text_ != nullptr) found_ = text_->find_sql(sql);
    if (!asked_at_ && uses_rows(place())) asked_at_ = place();
    if (++queries_ > kMostQueries)
      throw NotSupported("it asks the database again and again, until it gets another answer");
    execute({sql});
    return {};
  }
  void run_many(const std::string& sql, const std::vector<std::vector<Value>>&) override {
    execute({sql});
  }
  bool set_autocommit(bool on) override { return std::exchange(autocommit_, on); }
  driver::Connection* connection() override { return nullptr; }
  bool is_offline() override { return false; }
  inspect::Inspector* inspector() override { return &inspector_; }
  int server_version() override { return settings_->server_version; }
  sql::SchemaSource* schema() override { return &state_->source(); }

 private:
  static lint::Effect effect_of(const ops::Operation& operation) {
    const auto* insert = std::get_if<ops::BulkInsert>(&operation);
    if (insert == nullptr) return operation;
    lint::ChangeRows rows;
    rows.verb = lint::ChangeRows::Verb::Insert;
    rows.table = insert->table;
    rows.has_columns = true;
    rows.columns = insert->columns;
    return rows;
  }
  void write(const ops::Operation& operation, lint::Step& step) const {
    try {
      for (const sql::Statement& statement :
           dialect_->writer().write(operation, {&state_->source(), settings_->server_version})) {
        step.sql += (step.sql.empty() ? "" : ";\n") + statement.sql;
        if (statement.outside_transaction || dialect_->runs_outside_transaction(statement.sql))
          step.in_transaction = false;
      }
    } catch (const Error&) {
      step.sql = ops::describe(operation);  // it is about what nobody has seen being made
    }
  }
  /// op.execute() runs a SELECT for what it does, and gives nobody its rows.
  bool uses_rows(const FilePosition& place) {
    if (!place.file.ends_with(".py") || place.line == 0) return true;
    if (place.file != shown_file_) {
      shown_file_ = place.file;
      shown_lines_.clear();
      if (files_->is_file(place.file)) shown_lines_ = text::split(files_->read(place.file), '\n');
    }
    return place.line > shown_lines_.size() ||
           !text::trim(shown_lines_[place.line - 1]).starts_with("op.execute(");
  }
  void tell(lint::Step step) {
    step.place = place();
    if (found_ && found_->is_certain) certain_lines_.insert(found_->line);
    (*see_)(step);
  }

  const dialect::Dialect* dialect_;
  const StepReaderSettings* settings_;
  lint::ReplayedSchema* state_;
  bool in_full_;
  const std::function<void(const lint::Step&)>* see_;
  inspect::SchemaInspector inspector_;
  const context::Operations* op_ = nullptr;
  FilePosition otherwise_;
  bool autocommit_ = false;
  int queries_ = 0;
  std::optional<FilePosition> asked_at_;
  const Files* files_;
  std::string shown_file_;
  std::vector<std::string> shown_lines_;  ///< of that file
  script::CppPlaces* text_ = nullptr;
  std::optional<script::CppPlaces::Found> found_;  ///< of the step that is told of
  std::set<std::size_t> certain_lines_;
};

std::vector<std::string_view> names_of(const dialect::Dialect& dialect) {
  std::vector<std::string_view> names{dialect.name()};
  names.insert(names.end(), dialect.aliases().begin(), dialect.aliases().end());
  return names;
}

/// "file.py:12" as an error's where() has it.
FilePosition place_from(const std::string& where, const std::string& file) {
  FilePosition place{file};
  const std::size_t colon = where.rfind(':');
  if (colon == std::string::npos || !where.starts_with(file)) return place;
  const std::string number = where.substr(colon + 1);
  const bool is_number = !number.empty() && number.size() < 9 &&
                         number.find_first_not_of("0123456789") == std::string::npos;
  if (is_number) place.line = std::stoul(number);
  return place;
}

FilePosition place_of(const Error& error, const std::string& file) {
  const auto* input = dynamic_cast<const InputError*>(&error);
  if (input != nullptr && !input->position().file.empty()) return input->position();
  return place_from(error.where(), file);
}

class StepReader {
 public:
  StepReader(Project& project, const script::Migration& migration, revision::Direction direction,
             const StepReaderSettings& settings, lint::ReplayedSchema& state, bool in_full,
             const std::function<void(const lint::Step&)>& see)
      : project_(project),
        migration_(migration),
        direction_(direction),
        settings_(settings),
        state_(state),
        in_full_(in_full),
        see_(see) {}

  ReadSteps run() {
    try {
      if (migration_.is_plain_sql()) {
        read_file();
      } else {
        read_allowances();
        run_function();
      }
    } catch (const Interrupted&) {
      throw;
    } catch (const Error& error) {
      fail("PR008", "it cannot be read: ", error);
    }
    return std::move(result_);
  }

 private:
  bool goes_up() const { return direction_ == revision::Direction::Upgrade; }
  const std::string& path() const { return migration_.info().path; }

  void fail(std::string code, const std::string& prefix, const Error& error) {
    state_.set_incomplete();
    if (error.message().starts_with("'allow' without")) code = "PR005";
    if (std::find(known_.begin(), known_.end(), place_of(error, path()).line) != known_.end())
      return;
    result_.troubles.push_back({std::move(code), (code == "PR005" ? "" : prefix) + error.message(),
                                error.hint(), place_of(error, path())});
  }

  /// Not by Migration::statements(), which refuses BEGIN and COMMIT: those are findings here.
  void read_file() {
    const dialect::Dialect& dialect = project_.dialect();
    const script::SqlScript script =
        script::parse_script(project_.files().read(path()), path(), {});
    const script::Section* section = script::select_section(
        script, goes_up() ? script::Direction::Upgrade : script::Direction::Downgrade,
        names_of(dialect));
    for (const script::Allow& allow : script.allows) add_allowance(allow, 0);
    if (section == nullptr) return no_section();
    for (const script::ScriptStatement& statement :
         script::split_section(script, *section, dialect.lex_rules())) {
      for (const script::Allow& allow : statement.allows) add_allowance(allow, statement.sql.line);
      lint::Step step = read_statement(settings_, statement.sql.text, state_.schema());
      step.sql = statement.sql.text;
      step.place = {path(), statement.sql.line, 1};
      step.in_transaction = !section->no_transaction && !statement.no_transaction &&
                            !dialect.runs_outside_transaction(statement.sql.text);
      if (statement.backfill) take_batches(step);
      see_(step);
    }
  }

  void no_section() {
    const std::string product = project_.dialect().writer().product();
    if (goes_up()) {
      result_.troubles.push_back({"PR008",
                                  "it has no upgrade section for " + product,
                                  "add a section: -- cupel: upgrade",
                                  {path()}});
    } else {
      result_.troubles.push_back({"RV001",
                                  "it has no downgrade",
                                  "write what undoes it in a section: -- cupel: downgrade",
                                  {path()}});
    }
  }

  void add_allowance(const script::Allow& allow, std::size_t statement) {
    result_.allowances.push_back({allow.code, 0, statement, !allow.reason.empty()});
  }

  void read_allowances() {
    const bool has_file = !path().empty() && project_.files().is_file(path());
    if (has_file) {
      const std::string text = project_.files().read(path());
      result_.allowances = allowances_in(text, path().ends_with(".py") ? "#" : "//");
    }
    for (const std::string& code : migration_.allows()) {
      const auto is_same = [&](const Allowance& it) { return it.code == code; };
      auto& known = result_.allowances;
      if (std::none_of(known.begin(), known.end(), is_same)) known.push_back({code});
    }
  }

  void run_function() {
    try {
      migration_.check(direction_, project_.dialect());
    } catch (const NotSupported& error) {
      return not_supported(error);
    }
    WatchingSink sink(project_.dialect(), project_.files(), settings_, state_, in_full_, see_);
    context::Operations op(sink, project_.dialect(), project_.config().settings.naming);
    op.set_arguments(project_.config().arguments);
    sink.watch(op, {path()});
    std::optional<script::CppPlaces> text = text_of_calls();
    if (text) sink.look_into(*text);
    check_script();
    try {
      migration_.run(direction_, op);
      if (sink.asked_at()) asks(*sink.asked_at());
      result_.certain_lines = sink.certain_lines();
    } catch (const Interrupted&) {
      throw;
    } catch (const NotSupported& error) {
      if (sink.asked_at()) return asks(*sink.asked_at(), error.message());
      not_supported(error);
    } catch (const Error& error) {
      // Rows that are not there, taken out of an answer, are no bug of ours.
      const bool is_ours = dynamic_cast<const Bug*>(&error) != nullptr;
      if (sink.asked_at()) return asks(*sink.asked_at(), is_ours ? std::string() : error.message());
      fail("PR008", "it cannot be run: ", error);
    } catch (const std::exception& error) {
      fail("PR008", "it cannot be run: ", Error(error.what()));
    }
  }

  /// Where the calls of a compiled revision stand, if its file is there and somebody wants to know.
  std::optional<script::CppPlaces> text_of_calls() {
    const bool has_text = in_full_ && path().ends_with(".cpp") && project_.files().is_file(path());
    if (!has_text) return std::nullopt;
    const auto render = [this](const ops::Operation& operation) {
      return script::render_cpp({{.comment = {}, .operations = {operation}}},
                                project_.config().settings.naming,
                                project_.dialect().traits().max_identifier_length);
    };
    return script::CppPlaces(project_.files().read(path()), goes_up(), render);
  }

  /// What is wrong in a script wherever it stands, also where this run does not come by: what
  /// `doctor --scripts` finds. Both directions are looked at with the upgrade.
  void check_script() {
    if (!in_full_ || !path().ends_with(".py")) return;
    for (ScriptTrouble& trouble : command::check_script(project_, migration_.info())) {
      known_.push_back(trouble.place.line);
      if (goes_up())
        result_.troubles.push_back({"PR008", "it cannot be run: " + trouble.message,
                                    std::move(trouble.hint), std::move(trouble.place)});
    }
  }

  /// It asks for rows; what it did without them was judged. `stopped`: why that was not all.
  void asks(FilePosition place, const std::optional<std::string>& stopped = std::nullopt) {
    std::string message = "it asks the database for rows, and was judged as if there were none";
    if (stopped) {
      state_.set_incomplete();
      message = "it cannot be judged without a database, whose rows it uses";
      if (!stopped->empty()) message += ": " + *stopped;
    }
    result_.troubles.push_back({"RV003", std::move(message), "", std::move(place), "rows"});
  }

  void not_supported(const NotSupported& error) {
    const bool is_no_way_back =
        !goes_up() && (error.message().find("no downgrade") != std::string::npos ||
                       error.message().find("no function") != std::string::npos);
    if (is_no_way_back) {
      result_.troubles.push_back({"RV001", "it has no downgrade", error.hint(), {path()}});
      return;
    }
    fail("RV003", "it cannot be judged: ", error);
  }

  Project& project_;
  const script::Migration& migration_;
  revision::Direction direction_;
  const StepReaderSettings& settings_;
  lint::ReplayedSchema& state_;
  bool in_full_;
  const std::function<void(const lint::Step&)>& see_;
  ReadSteps result_;
  std::vector<std::size_t> known_;  ///< lines of which it is said that they cannot be run
};

}  // namespace

std::vector<Allowance> allowances_in(const std::string& text, const std::string& mark) {
  std::vector<Allowance> found;
  const std::string begin = mark + " cupel: allow ";
  std::size_t number = 0;
  for (const std::string& line : text::split(text, '\n')) {
    ++number;
    const std::size_t at = line.find(begin);
    if (at == std::string::npos) continue;
    const std::string rest = line.substr(at + begin.size());
    const std::size_t because = rest.find(" because ");
    for (const std::string& code : text::split_list(rest.substr(0, because)))
      found.push_back({text::to_upper(code), number, 0, because != std::string::npos});
  }
  return found;
}

ReadSteps read_steps(Project& project, const script::Migration& migration,
                     revision::Direction direction, const StepReaderSettings& settings,
                     lint::ReplayedSchema& state, bool in_full,
                     const std::function<void(const lint::Step&)>& see) {
  return StepReader(project, migration, direction, settings, state, in_full, see).run();
}

}  // namespace cupel::command
