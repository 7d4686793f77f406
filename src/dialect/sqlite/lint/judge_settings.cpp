// SPDX-License-Identifier: MIT
// SQ001, SQ002, SQ007, SQ008: settings, and what they make of other steps.
#include <algorithm>
#include <array>

#include "dialect/sqlite/lint/judge_parts.hpp"
#include "dialect/sqlite/lint/replay.hpp"

namespace cupel::dialect::sqlite {
namespace {

using lint::Severity;

/// The library in which a rare loss of data in WAL mode was mended.
constexpr int kWalMended = 35300;

class SettingsPart final : public JudgePart {
 public:
  void see(const lint::Effect& effect, const lint::Step& step, const lint::State& state,
           const FindingSink& out) override {
    if (const auto* set = std::get_if<lint::SetVariable>(&effect)) judge(*set, step, state, out);
    if (const auto* other = std::get_if<lint::Other>(&effect); other && other->kind == "attach")
      out.add("SQ008", step.place, "",
              "attaches another database: in WAL mode a transaction over both files is not atomic");
    const auto* operation = std::get_if<ops::Operation>(&effect);
    if (operation == nullptr || !enforces_keys_) return;
    if (const auto* drop = std::get_if<ops::DropTable>(operation))
      judge_loss(drop->table, "dropping", step, state, out);
    else if (is_rebuild(step))
      judge_loss(changed_table(*operation), "rebuilding", step, state, out);
  }

 private:
  void judge(const lint::SetVariable& set, const lint::Step& step, const lint::State& state,
             const FindingSink& out) {
    static constexpr std::array<std::string_view, 3> kMind{"foreign_keys", "journal_mode",
                                                           "synchronous"};
    if (set.name == "foreign_keys" && !step.in_transaction)
      enforces_keys_ = is_switched_on(set.value);
    if (set.name == "journal_mode" && set.value == "wal" && library_version(state) < kWalMended)
      out.add("SQ007", step.place, "",
              "switches to write-ahead logging, which can lose data with a library before 3.53.0");
    if (std::find(kMind.begin(), kMind.end(), set.name) == kMind.end()) return;
    lint::Finding finding = FindingSink::make(
        "SQ002", step.place, set.name,
        step.in_transaction
            ? "PRAGMA " + set.name + " has no effect, or fails, inside of a transaction"
            : "PRAGMA " + set.name +
                  " runs outside of the transaction: what comes before it is committed, and the "
                  "run is no longer done or undone as a whole");
    if (!step.in_transaction) finding.severity = Severity::Warning;
    out.add(std::move(finding));
  }

  static void judge_loss(const model::ObjectName& table, const std::string& what,
                         const lint::Step& step, const lint::State& state, const FindingSink& out) {
    for (const model::Table& child : state.schema.tables) {
      if (child.name == table || !may_hold_rows(state, child.name)) continue;
      for (const model::Constraint& constraint : child.constraints) {
        const auto* key = std::get_if<model::ForeignKey>(&constraint);
        if (key == nullptr || key->referred_table != table) continue;
        const std::string then = key->on_delete == "CASCADE" ? "deletes the rows of '"
                                 : key->on_delete.starts_with("SET")
                                     ? "changes the rows of '"
                                     : "fails because of the rows of '";
        out.add("SQ001", step.place, to_string(table),
                what + " table '" + to_string(table) + "' while foreign_keys is on " + then +
                    to_string(child.name) + "' that refer to it",
                state.rows_of(child.name));
      }
    }
  }

  bool enforces_keys_ = false;
};

}  // namespace

std::unique_ptr<JudgePart> make_settings_part() { return std::make_unique<SettingsPart>(); }

}  // namespace cupel::dialect::sqlite
