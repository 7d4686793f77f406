// SPDX-License-Identifier: MIT
// The rules about everything beside tables, and about statements that are no operations. See
// judge.hpp.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cupel/base/text.hpp"
#include "cupel/sql/quote.hpp"
#include "dialect/postgres/lex.hpp"
#include "dialect/postgres/lint/judge.hpp"

namespace cupel::dialect::postgres {

using model::ObjectName;

void EffectJudge::operator()(const ops::CreateEnum& op) {
  find("TY007", {{}, to_string(op.type.name)},
       "enum type " + named(op.type.name) + ": no value of it can ever be taken away");
}

void EffectJudge::operator()(const ops::AddEnumValue& op) {
  if (!op.before.empty() || !op.after.empty()) return;
  find("TY008", {{}, to_string(op.name)},
       "value '" + op.value + "' of enum " + named(op.name) +
           " becomes the last one, for good; BEFORE or AFTER says where it belongs");
}

void EffectJudge::operator()(const ops::RenameEnumValue& op) {
  find("BC004", {{}, to_string(op.name)},
       "value '" + op.value + "' of enum " + named(op.name) + " becomes '" + op.new_value +
           "'; code that runs writes the old one and fails");
}

void EffectJudge::operator()(const ops::CreateDomain& op) {
  if (text::to_lower(op.domain.definition).find("check") == std::string::npos) return;
  find("LK033", {{}, to_string(op.domain.name)},
       "domain " + named(op.domain.name) +
           " has a CHECK: to change it later reads every table that uses the domain");
}

void EffectJudge::operator()(const ops::RefreshView& op) {
  if (state_.new_tables.contains(op.name)) return;  // it has no readers yet
  const std::string view = named(op.name);
  if (op.concurrently) {
    return find("LK022", {{}, to_string(op.name)},
                "refreshing view " + view + " concurrently keeps out other writers of it");
  }
  find("LK021", {{}, to_string(op.name)},
       "refreshing view " + view + " stops every read of it for as long as its query takes",
       safe_form({ops::RefreshView{op.name, true}}));
}

void EffectJudge::operator()(const ops::CreateTrigger& op) {
  find("LK025", {op.trigger.table, "", Work::None, true},
       "a new trigger stops writes to table " + named(op.trigger.table) + " for a moment");
}

void EffectJudge::operator()(const ops::DropTrigger& op) {
  find("LK025", {op.table, "", Work::None, true},
       "dropping a trigger stops every read and write of table " + named(op.table) +
           " for a moment");
}

void EffectJudge::operator()(const ops::CreateExtension& op) {
  find("RV005", {{}, op.extension.name},
       "extension '" + op.extension.name +
           "' must be installed on every server, with the right "
           "to create it");
}

void EffectJudge::operator()(const ops::DropExtension& op) {
  find("RV005", {{}, op.name},
       "dropping extension '" + op.name + "' takes its types and functions with it");
}

void EffectJudge::operator()(const lint::Truncate& truncate) {
  if (!truncate.cascade || truncate.tables.empty()) return;
  const auto is_listed = [&](const ObjectName& name) {
    return std::find(truncate.tables.begin(), truncate.tables.end(), name) != truncate.tables.end();
  };
  std::vector<ObjectName> emptied = truncate.tables;
  std::string along;
  for (std::size_t i = 0; i < emptied.size(); ++i) {
    for (const model::Table& other : state_.schema.tables) {
      const bool refers = std::any_of(other.constraints.begin(), other.constraints.end(),
                                      [&](const model::Constraint& it) {
                                        const auto* key = std::get_if<model::ForeignKey>(&it);
                                        return key != nullptr && key->referred_table == emptied[i];
                                      });
      const bool seen = std::find(emptied.begin(), emptied.end(), other.name) != emptied.end();
      if (!refers || seen) continue;
      emptied.push_back(other.name);
      if (!is_listed(other.name)) along += (along.empty() ? "" : ", ") + named(other.name);
    }
  }
  find("DS005", {truncate.tables.front()},
       "TRUNCATE " + named(truncate.tables.front()) +
           " with CASCADE empties every table that references it" +
           (along.empty() ? std::string() : ": " + along));
}

void EffectJudge::operator()(const lint::SetVariable& set) {
  if (set.local || set.value == "default") return;
  static constexpr std::array<std::string_view, 6> kTelling{
      "role",         "search_path", "session_authorization",
      "row_security", "timezone",    "session_replication_role"};
  const bool tells = std::find(kTelling.begin(), kTelling.end(), set.name) != kTelling.end();
  if (!tells) return;
  find("TX008", {{}, set.name},
       "SET " + set.name + " outlives the transaction and holds for the revisions after it",
       only_text(
           {"SET LOCAL " + set.name + " = " +
            (set.value.find(',') == std::string::npos ? sql::quote_string(set.value) : set.value) +
            ";"}));
}

void EffectJudge::judge_reindex(const lint::Other& other) {
  constexpr int kFirstBroken = 140000;
  constexpr int kFirstFixed = 140004;
  if (other.concurrently) {
    if (state_.server_version < kFirstBroken || state_.server_version >= kFirstFixed) return;
    return find("LK032", {{}, to_string(other.object)},
                "a server of this version can leave rows out of an index that is built "
                "concurrently");
  }
  Subject subject{{}, to_string(other.object), Work::IndexBuild};
  for (const Touch& touch : touches_of(other, details_, state_, {})) subject.table = touch.table;
  find("LK003", subject,
       fmt::format("REINDEX {} {} stops writes to the table, and most reads, until it is done",
                   text::to_upper(other.detail), named(other.object)),
       only_text({"REINDEX " + text::to_upper(other.detail) + " CONCURRENTLY " +
                  quote_identifier(other.object.name) + ";"}));
}

void EffectJudge::judge_altered_domain(const lint::Other& other) {
  if (other.detail != "add constraint" && other.detail != "set not null") return;
  std::string tables;
  for (const Touch& touch : touches_of(other, details_, state_, {}))
    tables += (tables.empty() ? ": " : ", ") + named(touch.table);
  find("LK033", {{}, to_string(other.object)},
       "a constraint on domain " + named(other.object) +
           " stops writes to every table that uses it while its rows are read" + tables);
}

void EffectJudge::judge_brief_lock(const lint::Other& other) {
  static constexpr std::array<std::string_view, 17> kBrief{
      "alter constraint", "alter policy",      "create policy", "create rule",   "disable rule",
      "disable trigger",  "drop policy",       "drop rule",     "enable rule",   "enable trigger",
      "inherit",          "no inherit",        "owner to",      "rename policy", "rename trigger",
      "replica identity", "row level security"};
  if (std::find(kBrief.begin(), kBrief.end(), other.kind) == kBrief.end()) return;
  find("LK025", {other.object, "", Work::None, true},
       fmt::format("{} takes a strong lock on table {} for a moment", other.kind,
                   named(other.object)));
}

void EffectJudge::operator()(const lint::Other& other) {
  const std::string& kind = other.kind;
  const std::string object = named(other.object);
  if (kind == "reindex") return judge_reindex(other);
  if (kind == "alter domain") return judge_altered_domain(other);
  if (kind == "vacuum full" || kind == "cluster" || kind == "set access method") {
    find("LK020", {other.object, "", Work::Rewrite},
         fmt::format("{} writes table {} anew, which stops every read and write of it until it is "
                     "done",
                     text::to_upper(kind), object));
  } else if (kind == "lock table") {
    if (other.detail != "access exclusive") return;
    find("LK031", {other.object},
         "LOCK TABLE " + object + " in ACCESS EXCLUSIVE mode stops reads too",
         only_text({"LOCK TABLE " + quote_identifier(other.object.name) +
                    " IN SHARE ROW EXCLUSIVE MODE;"}));
  } else if (kind == "rename schema") {
    find("BC003", {{}, to_string(other.object)},
         "schema " + object + " is renamed to '" + other.detail +
             "'; code that runs looks for the old name");
  } else if (kind == "alter extension") {
    find("RV005", {{}, to_string(other.object)},
         "extension " + object + " is updated: every server must have the new version's files");
  } else if (kind == "advisory lock" && other.detail == "session") {
    find("TX009", {{}, ""},
         "an advisory lock of the session is not held behind a pooler in transaction mode",
         only_text({"SELECT pg_advisory_xact_lock(...);"}));
  } else {
    judge_brief_lock(other);
  }
}

}  // namespace cupel::dialect::postgres
