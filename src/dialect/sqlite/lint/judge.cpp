// SPDX-License-Identifier: MIT
// Shows each effect to the parts. See judge.hpp.
#include "dialect/sqlite/lint/judge.hpp"

#include <array>

#include "cupel/base/text.hpp"
#include "dialect/sqlite/lex.hpp"
#include "dialect/sqlite/lint/judge_parts.hpp"
#include "dialect/sqlite/lint/rules.hpp"
#include "sql/statement_tokens.hpp"

namespace cupel::dialect::sqlite {
namespace {

class SqliteJudge final : public lint::RevisionJudge {
 public:
  void see(const lint::Step& step, const lint::State& state, const lint::Report& report) override {
    const FindingSink out(report);
    for (const lint::Effect& effect : step.effects)
      for (const auto& part : parts_) part->see(effect, step, state, out);
  }
  void end_revision(const lint::State& after, const lint::Report& report) override {
    const FindingSink out(report);
    for (const auto& part : parts_) part->end(after, out);
  }

 private:
  std::array<std::unique_ptr<JudgePart>, 4> parts_{make_settings_part(), make_forms_part(),
                                                   make_rebuild_part(), make_size_part()};
};

struct TableOf {
  template <typename T>
  model::ObjectName operator()(const T&) const {
    return {};
  }
  model::ObjectName operator()(const ops::AlterTable& it) const { return it.table; }
  model::ObjectName operator()(const ops::AddColumn& it) const { return it.table; }
  model::ObjectName operator()(const ops::DropColumn& it) const { return it.table; }
  model::ObjectName operator()(const ops::AlterColumn& it) const { return it.table; }
  model::ObjectName operator()(const ops::AddConstraint& it) const { return it.table; }
  model::ObjectName operator()(const ops::DropConstraint& it) const { return it.table; }
  model::ObjectName operator()(const ops::RenameConstraint& it) const { return it.table; }
  model::ObjectName operator()(const ops::SetTableOptions& it) const { return it.table; }
  model::ObjectName operator()(const ops::CreateIndex& it) const { return it.table; }
};

}  // namespace

std::unique_ptr<lint::RevisionJudge> make_lint_judge() { return std::make_unique<SqliteJudge>(); }

JudgePart::~JudgePart() = default;
void JudgePart::end(const lint::State&, const FindingSink&) {}

lint::Finding FindingSink::make(std::string_view code, const FilePosition& place,
                                std::string object, std::string message, std::int64_t rows) {
  lint::Finding finding;
  finding.code = code;
  finding.severity = severity_of(code);
  finding.place = place;
  finding.object = std::move(object);
  finding.message = std::move(message);
  finding.rows = rows;
  return finding;
}

void FindingSink::add(std::string_view code, const FilePosition& place, std::string object,
                      std::string message, std::int64_t rows) const {
  add(make(code, place, std::move(object), std::move(message), rows));
}

bool is_rebuild(const lint::Step& step) {
  return step.is_operation && step.sql.find("_cupel_new_") != std::string::npos;
}

model::ObjectName changed_table(const ops::Operation& operation) {
  return std::visit(TableOf(), operation);
}

int library_version(const lint::State& state) {
  constexpr int kOldest = 33800;
  const int version = state.server_version;
  if (version == 0) return kOldest;
  if (version < 1'000'000) return version;
  return version / 1'000'000 * 10'000 + version / 1'000 % 1'000 * 100 + version % 1'000;
}

std::string copied_table(std::string_view statement) {
  const sql::StatementTokens tokens(statement, lex_rules());
  const std::size_t select = tokens.find(0, tokens.size(), {"SELECT"});
  sql::TokenReader reader(tokens, tokens.find(select, tokens.size(), {"FROM"}) + 1);
  const std::optional<sql::NameText> name = reader.take_name();
  return name ? text::to_lower(name->last) : "";
}

bool may_hold_rows(const lint::State& state, const model::ObjectName& table) {
  return state.is_old(table) && state.rows_of(table) != 0;
}

}  // namespace cupel::dialect::sqlite
