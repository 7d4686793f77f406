// SPDX-License-Identifier: MIT
// See inspect_again.hpp.
#include "dialect/postgres/inspect_again.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "cupel/base/text.hpp"

namespace cupel::dialect::postgres {
namespace {

/// Now and then everything is read, whatever the stamps say.
constexpr int kWholeEvery = 50;

/// One row for each table, and one for the rest. What the server was installed with has lower oids.
constexpr std::string_view kStampsQuery = R"(SELECT coalesce(r.oid, 0)::int8 AS relation,
  count(*) AS rows, max(s.x::text::int8) AS newest
FROM (
  SELECT c.oid, c.xmin AS x FROM pg_class c
    WHERE c.oid >= 16384 AND c.relkind NOT IN ('i', 'I', 't', 'S')
  UNION ALL SELECT a.attrelid, a.xmin FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE a.attrelid >= 16384 AND a.attnum > 0 AND c.relkind NOT IN ('i', 'I', 't', 'S')
  UNION ALL SELECT d.adrelid, d.xmin FROM pg_attrdef d
  UNION ALL SELECT i.indrelid, v.x FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_class t ON t.oid = i.indrelid AND t.relkind <> 't',
    LATERAL (VALUES (i.xmin), (c.xmin)) v(x) WHERE i.indrelid >= 16384
  UNION ALL SELECT t.oid, c.xmin FROM pg_class t JOIN pg_class c ON c.oid = t.reltoastrelid
    WHERE t.oid >= 16384
  UNION ALL SELECT k.conrelid, k.xmin FROM pg_constraint k WHERE k.oid >= 16384
  UNION ALL SELECT h.inhrelid, h.xmin FROM pg_inherits h
  UNION ALL SELECT t.tgrelid, t.xmin FROM pg_trigger t WHERE t.oid >= 16384
  UNION ALL SELECT coalesce(o.refobjid, 0), v.x FROM pg_sequence s
    JOIN pg_class c ON c.oid = s.seqrelid
    LEFT JOIN pg_depend o ON o.classid = 'pg_class'::regclass AND o.objid = s.seqrelid
      AND o.refclassid = 'pg_class'::regclass AND o.deptype IN ('a', 'i') AND o.refobjsubid > 0,
    LATERAL (VALUES (s.xmin), (c.xmin), (o.xmin)) v(x)
  UNION ALL SELECT coalesce(i.indrelid, k.conrelid,
      CASE WHEN d.classoid = 'pg_class'::regclass THEN d.objoid END, 0), d.xmin
    FROM pg_description d
    LEFT JOIN pg_index i ON d.classoid = 'pg_class'::regclass AND i.indexrelid = d.objoid
    LEFT JOIN pg_constraint k ON d.classoid = 'pg_constraint'::regclass AND k.oid = d.objoid
    WHERE d.objoid >= 16384
  UNION ALL SELECT 0, xmin FROM pg_type
    WHERE oid >= 16384 AND typtype <> 'c' AND NOT (typtype = 'b' AND typcategory = 'A')
  UNION ALL SELECT 0, xmin FROM pg_rewrite WHERE ev_class >= 16384
  UNION ALL SELECT 0, xmin FROM pg_proc WHERE oid >= 16384
  UNION ALL SELECT 0, xmin FROM pg_operator WHERE oid >= 16384
  UNION ALL SELECT 0, xmin FROM pg_opclass WHERE oid >= 16384
  UNION ALL SELECT 0, xmin FROM pg_collation WHERE oid >= 16384
  UNION ALL SELECT 0, xmin FROM pg_depend WHERE deptype = 'e'
  UNION ALL SELECT 0, xmin FROM pg_enum
  UNION ALL SELECT 0, xmin FROM pg_namespace
  UNION ALL SELECT 0, xmin FROM pg_extension
  UNION ALL SELECT 0, xmin FROM pg_am
  UNION ALL SELECT 0, xmin FROM pg_tablespace
) s LEFT JOIN pg_class r ON r.oid = s.oid AND r.relkind IN ('r', 'p') GROUP BY 1)";

constexpr std::string_view kSessionQuery =
    "SELECT concat_ws('|', current_schema(), current_setting('search_path'), "
    "current_setting('datestyle'), current_setting('intervalstyle'), "
    "current_setting('quote_all_identifiers'))";

bool is_related(const model::Table& table) {
  return table.partition_of || !table.partition_by.empty() || !table.inherits.empty();
}

/// The names of columns that are in both, in the order of the first.
std::vector<std::string> common_columns(const model::Table& first, const model::Table& second) {
  std::vector<std::string> names;
  for (const model::Column& column : first.columns)
    if (second.find_column(column.name) != nullptr) names.push_back(column.name);
  return names;
}

/// True if views and others may call it, or a column of it, by another name now.
bool may_be_renamed(const model::Table& before, const model::Table& now) {
  const std::vector<std::string> common = common_columns(before, now);
  const bool lost = common.size() < before.columns.size();
  const bool gained = common.size() < now.columns.size();
  return before.name != now.name || (lost && gained) || common != common_columns(now, before);
}

}  // namespace

model::Schema RepeatedInspection::inspect(driver::Connection& connection,
                                          const CatalogFilter& filter) {
  // Who asks once pays for nothing.
  if (times_++ == 0) return read_catalogue(connection, filter).schema;
  Stamps now = read_stamps(connection);
  if (is_comparable(now, filter)) {
    const std::vector<Oid> changed = changed_tables(now);
    if (changed.empty()) return reading_.schema;
    CatalogFilter part = filter;
    part.whole = false;
    part.tables = " AND c.oid IN (";
    for (const Oid table : changed)
      part.tables += (table == changed.front() ? "" : ", ") + std::to_string(table);
    part.tables += ")";
    if (take(changed, now, read_catalogue(connection, part))) {
      read_sequences(connection, filter);
      stamps_ = std::move(now);
      return reading_.schema;
    }
  }
  reading_ = read_catalogue(connection, filter);
  schemas_ = filter.schemas;
  stamps_ = std::move(now);
  return reading_.schema;
}

RepeatedInspection::Stamps RepeatedInspection::read_stamps(driver::Connection& connection) {
  const std::array<std::string, 2> queries{std::string(kStampsQuery), std::string(kSessionQuery)};
  const std::vector<driver::Rows> results = connection.run(queries);
  Stamps stamps;
  for (const driver::Row row : results[0])
    stamps.tables[oid(row, "relation")] = {row.integer(1), row.integer(2)};
  stamps.session = results[1][0].text(0);
  return stamps;
}

bool RepeatedInspection::is_comparable(const Stamps& now, const CatalogFilter& filter) const {
  if (times_ % kWholeEvery == 0 || schemas_.empty() || schemas_ != filter.schemas) return false;
  const auto rest = [](const Stamps& stamps) {
    const auto found = stamps.tables.find(0);
    return found == stamps.tables.end() ? Stamp{} : found->second;
  };
  return now.session == stamps_.session && rest(now) == rest(stamps_);
}

std::vector<Oid> RepeatedInspection::changed_tables(const Stamps& now) const {
  std::vector<Oid> changed;
  for (const auto& [table, stamp] : now.tables) {
    const auto before = stamps_.tables.find(table);
    if (before == stamps_.tables.end() || !(before->second == stamp)) changed.push_back(table);
  }
  for (const auto& [table, stamp] : stamps_.tables)
    if (now.tables.count(table) == 0) changed.push_back(table);
  std::sort(changed.begin(), changed.end());
  return changed;
}

const model::Table* RepeatedInspection::known(Oid table) const {
  const auto found = reading_.tables.find(table);
  return found == reading_.tables.end() ? nullptr : &reading_.schema.tables[found->second];
}

bool RepeatedInspection::take(const std::vector<Oid>& changed, const Stamps& now_there,
                              Reading&& part) {
  const std::unordered_set<Oid> is_changed(changed.begin(), changed.end());
  std::vector<model::ObjectName> names;
  for (const Oid table : changed) {
    const model::Table* before = known(table);
    const model::Table* now = part.table(table);
    if ((before != nullptr && is_related(*before)) || (now != nullptr && is_related(*now)))
      return false;
    // One that was there and is there, but not for this filter: others may mention it all the same.
    const bool stays = stamps_.tables.count(table) != 0 && now_there.tables.count(table) != 0;
    if (stays && (before == nullptr || now == nullptr || may_be_renamed(*before, *now)))
      return false;
    if (before != nullptr) names.push_back(before->name);
  }
  const auto schema_of = [&](const model::ObjectName& name) -> const std::string& {
    return name.schema.empty() ? reading_.default_schema : name.schema;
  };

  std::vector<std::pair<Oid, model::Table>> tables;
  for (const auto& [table, index] : reading_.tables)
    if (is_changed.count(table) == 0)
      tables.emplace_back(table, std::move(reading_.schema.tables[index]));
  for (const auto& [table, index] : part.tables)
    tables.emplace_back(table, std::move(part.schema.tables[index]));
  std::sort(tables.begin(), tables.end(), [&](const auto& a, const auto& b) {
    return std::tie(schema_of(a.second.name), a.second.name.name) <
           std::tie(schema_of(b.second.name), b.second.name.name);
  });
  reading_.tables.clear();
  reading_.schema.tables.clear();
  for (auto& [table, content] : tables) {
    reading_.tables.emplace(table, reading_.schema.tables.size());
    reading_.schema.tables.push_back(std::move(content));
  }

  std::vector<model::Trigger>& triggers = reading_.schema.triggers;
  std::erase_if(triggers, [&](const model::Trigger& trigger) {
    return std::find(names.begin(), names.end(), trigger.table) != names.end();
  });
  std::move(part.schema.triggers.begin(), part.schema.triggers.end(), std::back_inserter(triggers));
  std::sort(triggers.begin(), triggers.end(), [&](const auto& a, const auto& b) {
    return std::tie(schema_of(a.table), a.table.name, a.name) <
           std::tie(schema_of(b.table), b.table.name, b.name);
  });

  std::erase_if(reading_.serial_sequences,
                [&](const auto& pair) { return is_changed.count(pair.second) != 0; });
  reading_.serial_sequences.insert(part.serial_sequences.begin(), part.serial_sequences.end());
  return true;
}

/// Which of them are no column's depends on the columns.
void RepeatedInspection::read_sequences(driver::Connection& connection,
                                        const CatalogFilter& filter) {
  reading_.schema.sequences.clear();
  const Part& part = sequence_part();
  part.read(connection.query(part.query(filter)), reading_);
}

}  // namespace cupel::dialect::postgres
