// SPDX-License-Identifier: MIT
// The authorizer. See probe.hpp. https://www.sqlite.org/c3ref/set_authorizer.html
#include "dialect/sqlite/lint/probe.hpp"

#include <sqlite3.h>  // rooms: allow the authorizer and the compiler, of which no driver has a word

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "cupel/base/text.hpp"

namespace cupel::dialect::sqlite {
namespace {

constexpr int kStepsBetween = 10'000;  ///< instructions of SQLite's machine
constexpr int kMostSteps = 200;        ///< times those: some milliseconds

std::string text_or_empty(const char* text) { return text == nullptr ? "" : text; }

std::optional<Action::Kind> kind_of(int code) {
  using Kind = Action::Kind;
  switch (code) {
    case SQLITE_CREATE_TABLE:
    case SQLITE_CREATE_TEMP_TABLE:
      return Kind::CreateTable;
    case SQLITE_CREATE_INDEX:
    case SQLITE_CREATE_TEMP_INDEX:
      return Kind::CreateIndex;
    case SQLITE_CREATE_VIEW:
    case SQLITE_CREATE_TEMP_VIEW:
      return Kind::CreateView;
    case SQLITE_CREATE_TRIGGER:
    case SQLITE_CREATE_TEMP_TRIGGER:
      return Kind::CreateTrigger;
    case SQLITE_CREATE_VTABLE:
      return Kind::CreateVirtualTable;
    case SQLITE_DROP_TABLE:
    case SQLITE_DROP_TEMP_TABLE:
      return Kind::DropTable;
    case SQLITE_DROP_INDEX:
    case SQLITE_DROP_TEMP_INDEX:
      return Kind::DropIndex;
    case SQLITE_DROP_VIEW:
    case SQLITE_DROP_TEMP_VIEW:
      return Kind::DropView;
    case SQLITE_DROP_TRIGGER:
    case SQLITE_DROP_TEMP_TRIGGER:
      return Kind::DropTrigger;
    case SQLITE_DROP_VTABLE:
      return Kind::DropVirtualTable;
    case SQLITE_ALTER_TABLE:
      return Kind::AlterTable;
    case SQLITE_INSERT:
      return Kind::Insert;
    case SQLITE_UPDATE:
      return Kind::Update;
    case SQLITE_DELETE:
      return Kind::Delete;
    default:
      return std::nullopt;
  }
}

bool is_own_module(const char* module) {
  static constexpr std::array<std::string_view, 6> kModules{"fts3",  "fts4",      "fts5",
                                                            "rtree", "rtree_i32", "geopoly"};
  const std::string name = text::to_lower(text_or_empty(module));
  return std::find(kModules.begin(), kModules.end(), name) != kModules.end();
}

/// What ALTER TABLE and full-text tables ask themselves.
bool is_harmless_pragma(const char* name) {
  static constexpr std::array<std::string_view, 5> kPragmas{
      "quick_check", "integrity_check", "data_version", "page_size", "page_count"};
  const std::string lower = text::to_lower(text_or_empty(name));
  return std::find(kPragmas.begin(), kPragmas.end(), lower) != kPragmas.end();
}

/// What reaches out of the session, or changes how it works.
bool is_forbidden(int code, const char* first, const char* second) {
  if (code == SQLITE_ATTACH || code == SQLITE_DETACH) return true;
  if (code == SQLITE_PRAGMA) return !is_harmless_pragma(first);
  if (code == SQLITE_CREATE_VTABLE) return !is_own_module(second);
  if (code != SQLITE_FUNCTION) return false;
  const std::string name = text::to_lower(text_or_empty(second));
  return name == "load_extension" || name == "fts3_tokenizer" || name == "readfile" ||
         name == "writefile";
}

}  // namespace

struct StatementProbe::Callbacks {
  static int authorize(void* self, int code, const char* first, const char* second,
                       const char* database, const char* inside) {
    if (is_forbidden(code, first, second)) return SQLITE_DENY;
    auto* probe = static_cast<StatementProbe*>(self);
    const std::optional<Action::Kind> kind = kind_of(code);
    if (probe->actions_ == nullptr || !kind || inside != nullptr) return SQLITE_OK;
    Action action{*kind, text_or_empty(first), text_or_empty(second), text_or_empty(database)};
    // Of ALTER TABLE alone the database comes first.
    if (code == SQLITE_ALTER_TABLE) {
      action.database = action.name;
      action.name = std::exchange(action.detail, {});
    }
    const bool is_own = action.name.starts_with("sqlite_") && action.name != "sqlite_sequence";
    if (!is_own) probe->actions_->push_back(std::move(action));
    return SQLITE_OK;
  }

  static int progress(void* self) {
    return ++static_cast<StatementProbe*>(self)->steps_ > kMostSteps ? 1 : 0;
  }
};

namespace {
sqlite3* db(void* handle) { return static_cast<sqlite3*>(handle); }
}  // namespace

StatementProbe::StatementProbe(driver::Connection& connection)
    : handle_(connection.native_handle()) {
  connection.query("PRAGMA max_page_count = 20000");
  connection.query("PRAGMA foreign_keys = OFF");
  sqlite3_db_config(db(handle_), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_set_authorizer(db(handle_), Callbacks::authorize, this);
  sqlite3_progress_handler(db(handle_), kStepsBetween, Callbacks::progress, this);
}

StatementProbe::~StatementProbe() {
  sqlite3_set_authorizer(db(handle_), nullptr, nullptr);
  sqlite3_progress_handler(db(handle_), 0, nullptr, nullptr);
}

void StatementProbe::set_legacy_alter_table(bool on) {
  sqlite3_db_config(db(handle_), SQLITE_DBCONFIG_LEGACY_ALTER_TABLE, on ? 1 : 0, nullptr);
}

std::string StatementProbe::compile_once(const std::string& statement,
                                         std::vector<Action>* actions) {
  actions_ = actions;
  grant_time();
  sqlite3_stmt* compiled = nullptr;
  const int code = sqlite3_prepare_v2(db(handle_), statement.data(),
                                      static_cast<int>(statement.size()), &compiled, nullptr);
  actions_ = nullptr;
  std::string error = code == SQLITE_OK ? "" : sqlite3_errmsg(db(handle_));
  sqlite3_finalize(compiled);
  return error;
}

std::string StatementProbe::string_in_quotes(const std::string& statement) {
  if (statement.find('"') == std::string::npos) return {};
  sqlite3_db_config(db(handle_), SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(db(handle_), SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  const std::string error = compile_once(statement, nullptr);
  sqlite3_db_config(db(handle_), SQLITE_DBCONFIG_DQS_DML, 1, nullptr);
  sqlite3_db_config(db(handle_), SQLITE_DBCONFIG_DQS_DDL, 1, nullptr);
  static constexpr std::string_view kBegin = "no such column: ";
  return error.starts_with(kBegin) ? error.substr(kBegin.size()) : "";
}

Compiled StatementProbe::compile(const std::string& statement) {
  Compiled result;
  result.error = compile_once(statement, &result.actions);
  if (result.error.empty()) result.string_in_quotes = string_in_quotes(statement);
  return result;
}

}  // namespace cupel::dialect::sqlite
