// SPDX-License-Identifier: MIT
// See lint_steps.hpp.
#include "command/lint_steps.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "command/watching_sink.hpp"
#include "cupel/base/text.hpp"
#include "cupel/command/scripts.hpp"
#include "cupel/script/render.hpp"
#include "cupel/script/sql_script.hpp"
#include "cupel/sql/splitter.hpp"
#include "lint/replayed_schema.hpp"
#include "script/cpp_places.hpp"

namespace cupel::command {
namespace {

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
    const FilePosition place = place_of(error, path());
    if (std::find(known_.begin(), known_.end(), place.line) != known_.end()) return;
    const bool has_no_reason = error.message().starts_with("'allow' without");
    result_.troubles.push_back({has_no_reason ? "PR005" : std::move(code),
                                (has_no_reason ? "" : prefix) + error.message(), error.hint(),
                                place});
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
