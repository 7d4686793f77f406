// SPDX-License-Identifier: MIT
// DV, TX003-TX005, RV004: changes of rows, transactions and rights.
#include "cupel/base/text.hpp"
#include "lint/common_judge.hpp"

namespace cupel::lint {
namespace {

/// A table is large from so many small ones on.
constexpr std::int64_t kLarge = 10;

/// Whether the operation says IF [NOT] EXISTS; null where it has no such words.
struct Condition {
  template <typename T>
  const bool* operator()(const T& operation) const {
    if constexpr (requires { operation.if_exists; }) return &operation.if_exists;
    if constexpr (requires { operation.if_not_exists; }) return &operation.if_not_exists;
    return nullptr;
  }
  // Most databases have no such words inside of ALTER TABLE.
  const bool* operator()(const ops::AlterColumn&) const { return nullptr; }
  const bool* operator()(const ops::AddConstraint&) const { return nullptr; }
  const bool* operator()(const ops::DropConstraint&) const { return nullptr; }
  const bool* operator()(const ops::CreateView& create) const {
    return create.or_replace ? nullptr : &create.if_not_exists;
  }
};

/// The same operation with the words.
struct Conditional {
  template <typename T>
  ops::Operation operator()(T operation) const {
    if constexpr (requires { operation.if_exists; }) operation.if_exists = true;
    if constexpr (requires { operation.if_not_exists; }) operation.if_not_exists = true;
    return operation;
  }
};

class RowsFamily final : public Family {
 public:
  using Family::Family;

  void see(const Effect& effect, const Sight& sight, Findings& out) override {
    std::visit([&](const auto& it) { judge(it, sight, out); }, effect);
  }

  void end(const State&, const SoFar&, Findings& out) override {
    for (const FilePosition& place : begun_)
      out.add("TX005", place, "", "BEGIN is never ended: what follows it is lost or stays locked");
  }

 private:
  template <typename T>
  void judge(const T&, const Sight&, Findings&) {}

  void judge(const ChangeRows& change, const Sight& sight, Findings& out) {
    using Verb = ChangeRows::Verb;
    if (!sight.may_hold_rows(change.table)) return;
    if (change.verb == Verb::Insert) return judge_insert(change, sight, out);
    if (change.has_where) return judge_large(change, sight, out);
    // A DELETE of all rows is destruction, and found with the rest of it.
    if (change.verb == Verb::Update) judge_update_of_all(change, sight, out);
  }

  static bool is_large(std::int64_t rows, const State& state) {
    return rows >= kLarge * state.small_table;
  }

  void judge_update_of_all(const ChangeRows& change, const Sight& sight, Findings& out) const {
    const std::int64_t rows = sight.state.rows_of(change.table);
    Finding& finding = out.add("DV001", sight.step.place, to_string(change.table),
                               "updates all rows of " + table_words(change.table) +
                                   (rows < 0 ? "" : ", " + rows_words(rows)) +
                                   ", in one go: they stay locked until the transaction ends");
    finding.rows = rows;
    finding.safe = batches(change, sight.step);
    if (rows >= 0 && rows < sight.state.small_table)
      finding.severity = Severity::Notice;
    else if (!is_large(rows, sight.state))
      finding.severity = Severity::Warning;
  }

  void judge_large(const ChangeRows& change, const Sight& sight, Findings& out) const {
    const std::int64_t rows = sight.state.rows_of(change.table);
    if (change.by_key || !is_large(rows, sight.state)) return;
    const bool updates = change.verb == ChangeRows::Verb::Update;
    Finding& finding = out.add("DV002", sight.step.place, to_string(change.table),
                               std::string(updates ? "updates" : "deletes") + " rows of " +
                                   table_words(change.table) + ", which has " + rows_words(rows) +
                                   ", in one statement");
    finding.rows = rows;
    if (updates) finding.safe = batches(change, sight.step);
  }

  static std::vector<std::string> batches(const ChangeRows& change, const Step& step) {
    if (step.place.file.ends_with(".sql"))
      return {"-- cupel: backfill batch=10000", step.sql + ";"};
    if (change.columns.size() != 1) return {};
    const std::string& column = change.columns.front();
    return {"op.backfill(\"" + to_string(change.table) + "\", set={\"" + column + "\": \"...\"}, " +
            "where=\"" + column + " IS NULL\", batch=10_000)"};
  }

  static void judge_insert(const ChangeRows& change, const Sight& sight, Findings& out) {
    if (!change.has_columns)
      out.add("DV004", sight.step.place, to_string(change.table),
              "INSERT INTO '" + to_string(change.table) + "' does not name its columns");
    if (!sight.step.in_transaction && !change.has_conflict_clause && !change.from_query)
      out.add("DV005", sight.step.place, to_string(change.table),
              "inserts into " + table_words(change.table) +
                  " outside of a transaction: run again, it inserts the rows again");
  }

  /// Those that the runner looks after: it finds out what an interrupted one has left.
  static bool is_resumed(const ops::Operation& operation) {
    if (const auto* index = std::get_if<ops::CreateIndex>(&operation)) return index->concurrently;
    if (const auto* index = std::get_if<ops::DropIndex>(&operation)) return index->concurrently;
    return std::holds_alternative<ops::AddEnumValue>(operation);
  }

  static void judge(const ops::Operation& operation, const Sight& sight, Findings& out) {
    if (sight.step.in_transaction || sight.details.conditional || is_resumed(operation)) return;
    const bool* says = std::visit(Condition(), operation);
    if (says == nullptr || *says) return;
    Finding& finding = out.add("TX003", sight.step.place, "",
                               "runs outside of a transaction and does not say IF [NOT] EXISTS: "
                               "run again, it fails");
    if (sight.step.is_operation && sight.step.effects.size() == 1)
      finding.replacement = {std::visit(Conditional(), operation)};
  }

  void judge(const ControlTransaction& control, const Sight& sight, Findings& out) {
    const bool begins = control.word == "BEGIN" || control.word == "START";
    const bool ends = control.word == "COMMIT" || control.word == "END" ||
                      control.word == "ROLLBACK" || control.word == "ABORT";
    if (begins) {
      begun_.push_back(sight.step.place);
      return;
    }
    if (!ends || begun_.empty()) return own_transaction(control.word, sight.step.place, out);
    // One finding for the pair.
    own_transaction("BEGIN ... " + control.word, begun_.back(), out);
    begun_.pop_back();
  }

  static void own_transaction(const std::string& what, const FilePosition& place, Findings& out) {
    out.add("TX004", place, "",
            what +
                " in a revision: the runner has a transaction open, and this ends it or nests "
                "in it");
  }

  static void judge(const ChangePrivileges& change, const Sight& sight, Findings& out) {
    out.add("RV004", sight.step.place, to_string(change.table),
            change.description + ": who may do what changes with a migration");
  }

  std::vector<FilePosition> begun_;
};

}  // namespace

std::unique_ptr<Family> rows_family(const CommonFacts& facts) {
  return std::make_unique<RowsFamily>(facts);
}

}  // namespace cupel::lint
