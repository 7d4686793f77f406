// SPDX-License-Identifier: MIT
// See presets.hpp. A name belongs here only if nobody would choose it for a table of their own.
#include "command/presets.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "cupel/base/pattern.hpp"
#include "cupel/base/text.hpp"

namespace cupel::command {
namespace {

using Names = std::string_view;

constexpr std::array<Names, 7> kLanggraph{
    "checkpoints",      "checkpoint_blobs", "checkpoint_writes", "checkpoint_migrations",
    "store_migrations", "store_vectors",    "vector_migrations"};
constexpr std::array<Names, 2> kLangchain{"langchain_pg_collection", "langchain_pg_embedding"};
constexpr std::array<Names, 6> kCelery{"celery_taskmeta",  "celery_tasksetmeta",
                                       "kombu_message",    "kombu_queue",
                                       "task_id_sequence", "taskset_id_sequence"};
constexpr std::array<Names, 1> kApscheduler{"apscheduler_*"};
constexpr std::array<Names, 1> kProcrastinate{"procrastinate_*"};
constexpr std::array<Names, 6> kPostgis{"spatial_ref_sys",   "geometry_columns",
                                        "geography_columns", "raster_columns",
                                        "raster_overviews",  "spatialite_history"};
constexpr std::array<Names, 3> kPostgisSchemas{"topology", "tiger", "tiger_data"};
constexpr std::array<Names, 7> kDjango{
    "django_*",  "auth_group",       "auth_permission",           "auth_group_permissions",
    "auth_user", "auth_user_groups", "auth_user_user_permissions"};
constexpr std::array<Names, 1> kQuartz{"qrtz_*"};
constexpr std::array<Names, 1> kHangfire{"hangfire"};
constexpr std::array<Names, 2> kOban{"oban_jobs", "oban_peers"};
constexpr std::array<Names, 4> kRailsJobs{"solid_queue_*", "solid_cache_*", "good_job*",
                                          "delayed_jobs"};
constexpr std::array<Names, 1> kPgboss{"pgboss"};
constexpr std::array<Names, 1> kGraphile{"graphile_worker"};
constexpr std::array<Names, 1> kTimescale{"_timescaledb_*"};
constexpr std::array<Names, 7> kSupabase{"auth",    "storage",        "realtime", "vault",
                                         "graphql", "graphql_public", "pgsodium"};
constexpr std::array<Names, 1> kHasura{"hdb_catalog"};
constexpr std::array<Names, 1> kPgcron{"cron"};
constexpr std::array<Names, 1> kLitestream{"_litestream_*"};
constexpr std::array<Names, 1> kDrizzle{"drizzle"};
constexpr std::array<Names, 17> kMigrations{"flyway_schema_history", "databasechangelog",
                                            "databasechangeloglock", "schema_migrations",
                                            "ar_internal_metadata",  "_prisma_migrations",
                                            "knex_migrations",       "knex_migrations_lock",
                                            "sequelizemeta",         "typeorm_metadata",
                                            "goose_db_version",      "__diesel_schema_migrations",
                                            "_sqlx_migrations",      "__drizzle_migrations",
                                            "__efmigrationshistory", "phinxlog",
                                            "atlas_schema_revisions"};

constexpr std::array<Preset, 20> kPresets{{
    {"langgraph", "LangGraph", kLanggraph, {}},
    {"langchain", "LangChain", kLangchain, {}},
    {"celery", "Celery", kCelery, {}},
    {"apscheduler", "APScheduler", kApscheduler, {}},
    {"procrastinate", "Procrastinate", kProcrastinate, {}},
    {"postgis", "PostGIS", kPostgis, kPostgisSchemas},
    {"django", "Django", kDjango, {}},
    {"quartz", "Quartz", kQuartz, {}},
    {"hangfire", "Hangfire", {}, kHangfire},
    {"oban", "Oban", kOban, {}},
    {"rails", "Rails' job queues and caches", kRailsJobs, {}},
    {"pgboss", "pg-boss", {}, kPgboss},
    {"graphile", "Graphile Worker", {}, kGraphile},
    {"timescale", "TimescaleDB", {}, kTimescale},
    {"supabase", "Supabase", {}, kSupabase},
    {"hasura", "Hasura", {}, kHasura},
    {"pg_cron", "pg_cron", {}, kPgcron},
    {"litestream", "Litestream", kLitestream, {}},
    {"drizzle", "Drizzle", {}, kDrizzle},
    {"migrations", "another migration tool", kMigrations, {}},
}};

bool matches_one_of(std::span<const std::string_view> patterns, const std::string& name) {
  const std::string lower = text::to_lower(name);
  return std::any_of(patterns.begin(), patterns.end(), [&](std::string_view pattern) {
    return text::matches_pattern(lower, pattern);
  });
}

}  // namespace

std::span<const Preset> presets() { return kPresets; }

const Preset& find_preset(std::string_view name) {
  std::vector<std::string> names;
  for (const Preset& preset : kPresets) {
    if (preset.name == name) return preset;
    names.emplace_back(preset.name);
  }
  const std::string nearest = text::nearest(name, names);
  throw UsageError(
      "unknown preset '" + std::string(name) + "' in exclude_presets",
      nearest.empty() ? "there are " + text::join(names, ", ") : "did you mean '" + nearest + "'?");
}

bool matches(const Preset& preset, const model::ObjectName& name) {
  return matches_one_of(preset.tables, name.name) || matches_one_of(preset.schemas, name.schema);
}

const Preset* preset_of(const model::ObjectName& name) {
  const auto found = std::find_if(kPresets.begin(), kPresets.end(),
                                  [&](const Preset& preset) { return matches(preset, name); });
  return found == kPresets.end() ? nullptr : &*found;
}

}  // namespace cupel::command
