// SPDX-License-Identifier: MIT
#include "golden/recorder.hpp"

namespace cupel::golden {
namespace {

/// The tables of a case, in whatever schema they are asked for.
class KnownTables final : public sql::SchemaSource {
 public:
  explicit KnownTables(const std::vector<Table>& tables) { schema_.tables = tables; }
  Schema around(const ObjectName& name) override {
    Schema result;
    for (const Table& table : schema_.tables) {
      if (table.name.name != name.name) continue;
      result.tables = {table};
      result.tables[0].name = name;
      return result;
    }
    throw NotSupported("table '" + to_string(name) + "' is not known");
  }
  Schema all() override { return schema_; }

 private:
  Schema schema_;
};

/// A sink that keeps text, as an offline run does.
class Recorder final : public context::StatementSink {
 public:
  explicit Recorder(sql::SchemaSource* known) : known_(known) {}
  void execute(const sql::Statement& statement) override { add(statement.sql); }
  driver::Rows query(const std::string&, const std::vector<Value>&) override {
    throw Bug("a query offline");
  }
  void run_many(const std::string&, const std::vector<std::vector<Value>>&) override {
    throw Bug("bound rows offline");
  }
  bool set_autocommit(bool on) override {
    add(on ? "COMMIT" : "BEGIN");
    return !on;
  }
  driver::Connection* connection() override { return nullptr; }
  sql::SchemaSource* schema() override { return known_; }

  void add(const std::string& sql) { lines.push_back(collapsed(sql) + ";"); }
  Lines lines;

 private:
  sql::SchemaSource* known_;
};

}  // namespace

std::vector<const dialect::Dialect*> golden_dialects() {
  return {&dialect::find_dialect("postgresql"), &dialect::find_dialect("sqlite")};
}

Lines written_by(const Case& golden_case, const dialect::Dialect& dialect) {
  KnownTables known(golden_case.known);
  // A database with its own enum types changes tables in place: it needs to know nothing.
  Recorder recorder(dialect.traits().has_own_enums || golden_case.known.empty() ? nullptr : &known);
  try {
    Operations op(recorder, dialect, golden_case.convention);
    golden_case.run(op);
    if (recorder.lines.empty()) recorder.lines.emplace_back("(no SQL)");
  } catch (const Error& error) {
    recorder.lines.push_back("error: " + collapsed(error.what()));
  }
  return recorder.lines;
}

}  // namespace cupel::golden
