// SPDX-License-Identifier: MIT
// _cupel.execute(): statements in the form of text(), their parameters and their rows.
#include "alembic/convert.hpp"
#include "alembic/native_guard.hpp"
#include "alembic/sql_text.hpp"
#include "cupel/sql/splitter.hpp"

namespace cupel::alembic {
namespace {

using python::Call;
using python::Interpreter;
using PyValue = python::Value;

/// Named values of one execution.
class Parameters {
 public:
  Parameters(Interpreter& in, const PyValue& dict) : in_(in), dict_(dict) {}

  /// SQL with the database's placeholders; their values go to `values`. Or, offline, with literals.
  std::string fill(std::string_view sql, const context::Operations& op,
                   std::vector<Value>& values) {
    const dialect::Dialect& dialect = op.dialect();
    return fill_text(sql, dialect.lex_rules(), [&](std::string_view name) {
      return write(value_of(name, sql), [&](const Value& value) {
        if (op.is_offline()) return dialect.writer().literal_text(value);
        values.push_back(value);
        return dialect.placeholder(values.size());
      });
    });
  }

 private:
  PyValue value_of(std::string_view name, std::string_view sql) {
    const auto* table = dict_.as<python::Dict>();
    const PyValue* found = table == nullptr ? nullptr : table->table.find(name);
    if (found != nullptr) return *found;
    throw UsageError("a value is required for bind parameter '" + std::string(name) +
                         "' of: " + std::string(sql.substr(0, 200)),
                     "give it one, or write '\\\\:' where a plain colon is meant");
  }
  /// A tuple becomes a list in parentheses, for IN.
  template <typename Placeholder>
  std::string write(const PyValue& value, Placeholder&& placeholder) {
    const auto* tuple = value.as<python::Tuple>();
    if (tuple == nullptr) return placeholder(to_value(in_, value));
    std::string list;
    for (const PyValue& item : tuple->items) {
      if (!list.empty()) list += ", ";
      list += placeholder(to_value(in_, item));
    }
    return "(" + (list.empty() ? "NULL" : list) + ")";
  }

  Interpreter& in_;
  const PyValue& dict_;
};

/// ([column names], [rows as tuples], changed rows, [numbers of the columns' types])
PyValue result_of(Interpreter& in, const driver::Rows& rows) {
  std::vector<PyValue> columns;
  for (const std::string& column : rows.columns) columns.push_back(in.str(column));
  std::vector<PyValue> lines;
  for (const driver::Row row : rows) {
    std::vector<PyValue> line;
    for (std::size_t i = 0; i < row.size(); ++i) line.push_back(from_value(in, row[i]));
    lines.push_back(in.tuple(std::move(line)));
  }
  std::vector<PyValue> types;
  for (const std::uint32_t type : rows.types) types.emplace_back(static_cast<std::int64_t>(type));
  return in.tuple({in.list(std::move(columns)), in.list(std::move(lines)), PyValue(rows.affected),
                   in.list(std::move(types))});
}

/// The run's transaction is not the script's. But inside of an autocommit_block() there is none,
/// and a BEGIN leaves that mode until its COMMIT.
void take_transaction(Runtime::State& state, std::string_view statement,
                      const sql::LexRules& rules) {
  const std::string word = sql::leading_words(statement, 1, rules).front();
  if (word == "ROLLBACK" || word == "ABORT")
    throw UsageError("a script must not roll back the run's transaction: '" +
                         std::string(statement.substr(0, 40)) + "'",
                     "raise an exception, which rolls back the whole revision; or use "
                     "op.get_bind().begin_nested()");
  if (state.autocommit.empty()) return;
  state.op().set_autocommit(word != "BEGIN" && word != "START");
}

driver::Rows run_one(Interpreter& in, Runtime::State& state, const std::string& statement,
                     const PyValue& parameters) {
  context::Operations& op = state.op();
  const sql::LexRules& rules = op.dialect().lex_rules();
  const StatementKind kind = kind_of(statement, rules);
  if (kind == StatementKind::Transaction) {
    take_transaction(state, statement, rules);
    return {};
  }
  std::vector<Value> values;
  const std::string sql = Parameters(in, parameters).fill(statement, op, values);
  if (!op.is_offline() && kind == StatementKind::Reads) return op.query(sql, values);
  if (!op.is_offline() && kind == StatementKind::Changes) return op.change(sql, values);
  if (!values.empty()) return op.change(sql, values);
  op.run_statement({sql, op.dialect().runs_outside_transaction(sql)});
  return {};
}

/// The last statement's result; None offline.
PyValue execute(Interpreter& in, Runtime::State& state, const std::string& sql,
                const PyValue& parameters) {
  const context::Operations& op = state.op();
  driver::Rows last;
  sql::LexRules rules = op.dialect().lex_rules();
  rules.backslash_commands = false;  // no shell reads this, and `\:` is a colon
  for (const sql::StatementText& part : sql::split_statements(sql, rules))
    last = run_one(in, state, part.text, parameters);
  return op.is_offline() ? PyValue::none() : result_of(in, last);
}

/// One statement with several rows of parameters, all with the same names.
PyValue execute_many(Interpreter& in, Runtime::State& state, const std::string& sql,
                     const PyValue& rows) {
  std::int64_t affected = 0;
  for (const PyValue& row : in.items_of(rows)) affected += run_one(in, state, sql, row).affected;
  driver::Rows result;
  result.affected = affected;
  return state.op().is_offline() ? PyValue::none() : result_of(in, result);
}

std::string_view class_of(const Error& error) {
  if (dynamic_cast<const NotSupported*>(&error) != nullptr) return "CompileError";
  return "InvalidRequestError";
}

}  // namespace

void raise_error(Interpreter& in, const Error& error) {
  const std::exception_ptr native = std::current_exception();
  const PyValue exceptions = in.import("sqlalchemy.exc");
  PyValue cls;
  if (const auto* refusal = dynamic_cast<const DatabaseError*>(&error)) {
    const PyValue given[] = {in.str(refusal->sqlstate()), PyValue(refusal->details().native_code)};
    cls = in.call(in.attribute(exceptions, "class_for"), given);
  } else {
    cls = in.attribute(exceptions, class_of(error));
  }
  in.raise(*cls.as<python::Class>(), error.message(), native);
}

void add_execution(Adder& add) {
  Runtime::State& state = add.state;
  add("execute(sql, parameters=None)",
      [&state](Call& call) -> PyValue { return execute(call.in, state, call.text(0), call[1]); });
  add("execute_many(sql, rows)", [&state](Call& call) -> PyValue {
    return execute_many(call.in, state, call.text(0), call[1]);
  });
}

}  // namespace cupel::alembic
