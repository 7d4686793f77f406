// SPDX-License-Identifier: MIT
// See recorder.hpp.
#include "rendered/recorder.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "script/cpp_calls.hpp"

namespace cupel::rendered {
namespace {

class Recorder final : public context::StatementSink {
 public:
  bool take(const ops::Operation& operation) override {
    operations.push_back(operation);
    auto* sql = std::get_if<ops::ExecuteSql>(&operations.back());
    if (sql != nullptr && autocommit_) sql->outside_transaction = true;
    return true;
  }
  void execute(const sql::Statement&) override { throw Bug("every operation is taken"); }
  driver::Rows query(const std::string&, const std::vector<Value>&) override {
    throw Bug("a query without a database");
  }
  void run_many(const std::string&, const std::vector<std::vector<Value>>&) override {
    throw Bug("every operation is taken");
  }
  bool set_autocommit(bool on) override { return std::exchange(autocommit_, on); }
  driver::Connection* connection() override { return nullptr; }
  sql::SchemaSource* schema() override { return nullptr; }

  std::vector<ops::Operation> operations;

 private:
  bool autocommit_ = false;
};

template <typename T>
void sort_by_text(std::vector<T>& list) {
  std::stable_sort(list.begin(), list.end(),
                   [](const T& a, const T& b) { return to_string(a) < to_string(b); });
}

template <typename Op>
void unify(Op& op) {
  op = script::cpp::without_was(op);
  if constexpr (std::is_same_v<Op, ops::SetPartition>) {
    if (op.was && !op.to) op.was->bound.clear();
  }
  if constexpr (std::is_same_v<Op, ops::AddColumn>) {
    for (model::CheckConstraint& check : op.checks) check.column = op.column.name;
  }
}

}  // namespace

std::vector<ops::Operation> recorded(const Function& run, const model::NamingConvention& naming) {
  Recorder recorder;
  // Any database does: it is only asked how long a name may be.
  context::Operations op(recorder, *dialect::all_dialects().front(), naming);
  run(op);
  return std::move(recorder.operations);
}

ops::Operation comparable(ops::Operation operation) {
  std::visit([](auto& op) { unify(op); }, operation);
  if (auto* create = std::get_if<ops::CreateTable>(&operation)) {
    sort_by_text(create->table.constraints);
    sort_by_text(create->table.indexes);
  }
  if (auto* alter = std::get_if<ops::AlterTable>(&operation)) {
    for (ops::TableChange& change : alter->changes) {
      std::visit(
          [&](auto& op) {
            unify(op);
            op.table = alter->table;
          },
          change);
    }
    if (alter->copy_from) {
      sort_by_text(alter->copy_from->constraints);
      sort_by_text(alter->copy_from->indexes);
    }
  }
  return operation;
}

}  // namespace cupel::rendered
