// SPDX-License-Identifier: MIT
// What SQLite's judge is made of. Each part sees every step; judge.cpp shows them to it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "cupel/lint/judge.hpp"

namespace cupel::dialect::sqlite {

/// Where findings go, with the severity of their rule.
class FindingSink {
 public:
  explicit FindingSink(const lint::Report& report) : report_(&report) {}
  void add(std::string_view code, const FilePosition& place, std::string object,
           std::string message, std::int64_t rows = -1) const;
  /// With another severity than the rule's, or with what is to be pasted.
  void add(lint::Finding finding) const { (*report_)(std::move(finding)); }
  static lint::Finding make(std::string_view code, const FilePosition& place, std::string object,
                            std::string message, std::int64_t rows = -1);

 private:
  const lint::Report* report_;
};

class JudgePart {
 public:
  JudgePart() = default;
  virtual ~JudgePart();
  JudgePart(const JudgePart&) = delete;
  JudgePart& operator=(const JudgePart&) = delete;
  virtual void see(const lint::Effect& effect, const lint::Step& step, const lint::State& state,
                   const FindingSink& out) = 0;
  virtual void end(const lint::State& after, const FindingSink& out);
};

std::unique_ptr<JudgePart> make_settings_part();  // SQ001, SQ002, SQ007, SQ008
std::unique_ptr<JudgePart> make_forms_part();     // SQ003, SQ006, TY011
std::unique_ptr<JudgePart> make_rebuild_part();   // SQ004, SQ005, SQ009
std::unique_ptr<JudgePart> make_size_part();      // LK050

/// True for an operation that the writer has turned into a rebuild of its table.
bool is_rebuild(const lint::Step& step);
/// The table that the operation changes; empty if it changes none.
model::ObjectName changed_table(const ops::Operation& operation);
/// 3040001 and 34001 are both 3.40.1; 0: the oldest library that cupel works with.
int library_version(const lint::State& state);
/// The table, lower case, whose rows an INSERT ... SELECT copies; empty if there is none.
std::string copied_table(std::string_view statement);
/// True if rows may be in the table that was there before what is linted.
bool may_hold_rows(const lint::State& state, const model::ObjectName& table);

}  // namespace cupel::dialect::sqlite
