// SPDX-License-Identifier: MIT
// LK050: what keeps the one writer busy for long.
#include <algorithm>
#include <set>

#include "cupel/base/text.hpp"
#include "dialect/sqlite/lint/judge_parts.hpp"

namespace cupel::dialect::sqlite {
namespace {

using lint::Severity;
using model::ObjectName;

constexpr std::int64_t kLarge = 100;          ///< times State::small_table: an error
constexpr std::int64_t kPerSecond = 500'000;  ///< rows that are copied, on an ordinary disk

std::string counted(std::int64_t rows) {
  std::string number = std::to_string(rows);
  for (std::size_t i = number.size(); i > 3; i -= 3) number.insert(i - 3, ",");
  return number;
}

std::string time_words(std::int64_t rows) {
  const std::int64_t seconds = rows / kPerSecond;
  if (seconds < 1) return "less than a second";
  if (seconds < 120) return "about " + std::to_string(seconds) + " seconds";
  return "about " + std::to_string(seconds / 60) + " minutes";
}

class SizePart final : public JudgePart {
 public:
  void see(const lint::Effect& effect, const lint::Step& step, const lint::State& state,
           const FindingSink& out) override {
    if (const auto* other = std::get_if<lint::Other>(&effect)) judge(*other, step, state, out);
    if (const auto* change = std::get_if<lint::ChangeRows>(&effect); change && change->from_query)
      copied_.insert(copied_table(step.sql));
    const auto* operation = std::get_if<ops::Operation>(&effect);
    if (operation == nullptr) return;
    if (is_rebuild(step)) {
      judge(changed_table(*operation), "rebuilding", /*is_rebuild=*/true, step, state, out);
      return;
    }
    std::visit([&](const auto& it) { judge(it, step, state, out); }, *operation);
  }

 private:
  template <typename T>
  void judge(const T&, const lint::Step&, const lint::State&, const FindingSink&) {}

  void judge(const ops::CreateIndex& create, const lint::Step& step, const lint::State& state,
             const FindingSink& out) {
    judge(create.table, "indexing", false, step, state, out);
  }
  void judge(const ops::DropColumn& drop, const lint::Step& step, const lint::State& state,
             const FindingSink& out) {
    judge(drop.table, "dropping a column of", false, step, state, out);
  }
  /// CHECK and generated NOT NULL columns are looked at row by row.
  void judge(const ops::AddColumn& add, const lint::Step& step, const lint::State& state,
             const FindingSink& out) {
    const bool reads_all = !add.checks.empty() || (add.column.computed && !add.column.nullable);
    if (reads_all) judge(add.table, "checking the rows of", false, step, state, out);
  }
  /// By hand: the table was copied into another one.
  void judge(const ops::DropTable& drop, const lint::Step& step, const lint::State& state,
             const FindingSink& out) {
    if (!step.is_operation && copied_.contains(text::to_lower(drop.table.name)))
      judge(drop.table, "rebuilding", true, step, state, out);
  }
  void judge(const lint::Other& other, const lint::Step& step, const lint::State& state,
             const FindingSink& out) {
    if (other.kind == "reindex" && !other.object.name.empty())
      return judge(other.object, "indexing", false, step, state, out);
    if (other.kind != "vacuum" && other.kind != "reindex") return;
    std::int64_t rows = 0;
    if (state.rows != nullptr)
      for (const auto& [table, count] : *state.rows) rows += std::max<std::int64_t>(count, 0);
    if (rows < state.small_table) return;
    out.add("LK050", step.place, "",
            other.kind + " goes through the whole database, " + counted(rows) +
                " rows: nobody else writes for " + time_words(rows),
            rows);
  }

  static void judge(const ObjectName& table, const std::string& what, bool is_rebuild,
                    const lint::Step& step, const lint::State& state, const FindingSink& out) {
    const std::int64_t rows = state.rows_of(table);
    if (!may_hold_rows(state, table)) return;
    // How large it is nobody knows: only what copies all of it is worth a word.
    if (rows < 0 && !is_rebuild) return;
    if (rows >= 0 && rows < state.small_table) return;
    lint::Finding finding = FindingSink::make(
        "LK050", step.place, to_string(table),
        what + " table '" + to_string(table) + "'" +
            (rows < 0 ? " copies all its rows: nobody else writes until it is done"
                      : ", about " + counted(rows) + " rows: nobody else writes for " +
                            time_words(rows)),
        rows);
    if (is_rebuild && step.is_operation)
      finding.message += "; rows, indexes, triggers and views are kept";
    if (rows < 0) finding.severity = Severity::Notice;
    if (rows >= kLarge * state.small_table) finding.severity = Severity::Error;
    out.add(std::move(finding));
  }

  std::set<std::string> copied_;  ///< tables, lower case
};

}  // namespace

std::unique_ptr<JudgePart> make_size_part() { return std::make_unique<SizePart>(); }

}  // namespace cupel::dialect::sqlite
