// SPDX-License-Identifier: MIT
// Operations that destroy. See destructive.hpp.
#include <type_traits>
#include <variant>

#include "cupel/base/text.hpp"
#include "cupel/lint/destructive.hpp"

namespace cupel::lint {

using model::ObjectName;

/// One overload for each operation that destroys, makes or renames; the others say nothing.
class OperationReader {
 public:
  OperationReader(DestructionWatch& watch, std::vector<Destruction>& found)
      : watch_(watch), found_(found) {}

  template <typename T>
  void read(const T&) {}

  void read(const ops::CreateTable& create) {
    if (!create.if_not_exists) watch_.made(key(create.table.name));
  }
  void read(const ops::RenameTable& rename) {
    watch_.renamed(key(rename.table), key({rename.table.schema, rename.new_name}),
                   text(rename.table));
  }
  void read(const ops::SetTableSchema& move) {
    watch_.renamed(key(move.table), key({move.new_schema, move.table.name}), text(move.table));
  }
  void read(const ops::DropTable& drop) {
    if (watch_.is_made(key(drop.table))) return;
    found_.push_back({Destruction::Kind::Rows, "DS001",
                      "drops table '" + to_string(drop.table) + "'",
                      watch_.before(key(drop.table), text(drop.table))});
  }
  void read(const ops::AddColumn& add) { change(add.table, add); }
  void read(const ops::DropColumn& drop) { change(drop.table, drop); }
  void read(const ops::AlterColumn& alter) { change(alter.table, alter); }
  void read(const ops::AlterTable& alter) {
    for (const ops::TableChange& one : alter.changes)
      std::visit([&](const auto& it) { change(alter.table, it); }, one);
  }
  void read(const ops::DropSchema& drop) {
    if (drop.cascade) unknown("DS003", "drops schema '" + drop.name + "' with all that is in it");
  }
  void read(const ops::DropEnum& drop) {
    if (drop.cascade)
      unknown("DS007", "drops type '" + to_string(drop.name) + "' with all columns that have it");
  }
  void read(const ops::DropDomain& drop) {
    if (drop.cascade)
      unknown("DS007", "drops domain '" + to_string(drop.name) + "' with all columns that have it");
  }
  void read(const ops::DropExtension& drop) {
    if (drop.cascade)
      unknown("DS007", "drops extension '" + drop.name + "' with all that depends on it");
  }

 private:
  template <typename T>
  void change(const ObjectName&, const T&) {}

  void change(const ObjectName& table, const ops::AddColumn& add) {
    if (!add.if_not_exists) watch_.made(key(table, add.column.name));
  }
  void change(const ObjectName& table, const ops::DropColumn& drop) {
    const bool is_derived = drop.was && drop.was->computed;
    if (is_derived || is_made(table, drop.column)) return;
    found_.push_back({Destruction::Kind::Values, "DS002",
                      "drops column '" + drop.column + "' of table '" + to_string(table) + "'",
                      watch_.before(key(table), text(table)), column_before(table, drop.column)});
  }
  void change(const ObjectName& table, const ops::AlterColumn& alter) {
    if (alter.type && !is_made(table, alter.column)) {
      found_.push_back({Destruction::Kind::CutValues, "DS006",
                        "changes the type of column '" + alter.column + "' of table '" +
                            to_string(table) + "' to " + watch_.writer_->type_text(*alter.type),
                        watch_.before(key(table), text(table)), column_before(table, alter.column),
                        watch_.writer_->type_text(*alter.type), alter.using_expression});
    }
    if (alter.new_name)
      watch_.renamed(key(table, alter.column), key(table, *alter.new_name), quote(alter.column));
  }

  void unknown(const char* code, std::string description) {
    found_.push_back({Destruction::Kind::Unknown, code, std::move(description)});
  }
  bool is_made(const ObjectName& table, const std::string& column) const {
    return watch_.is_made(key(table)) || watch_.is_made(key(table, column));
  }
  std::string column_before(const ObjectName& table, const std::string& column) const {
    return watch_.before(key(table, column), quote(column));
  }
  std::string quote(const std::string& name) const {
    return watch_.writer_->quote(std::string_view(name));
  }
  std::string text(const ObjectName& name) const { return watch_.writer_->quote(name); }
  static std::string key(const ObjectName& name) { return to_string(name); }
  static std::string key(const ObjectName& table, const std::string& column) {
    return key(table) + "." + column;
  }

  DestructionWatch& watch_;
  std::vector<Destruction>& found_;
};

std::vector<Destruction> DestructionWatch::see(const ops::Operation& operation) {
  std::vector<Destruction> found;
  OperationReader reader(*this, found);
  std::visit([&](const auto& it) { reader.read(it); }, operation);
  return found;
}

}  // namespace cupel::lint
