// SPDX-License-Identifier: MIT
// See samples.hpp.
#include "rendered/samples.hpp"

#include <algorithm>

#include "conformance/postgres_corpus.hpp"
#include "conformance/schemas.hpp"
#include "conformance/sqlite_corpus.hpp"
#include "golden/cases.hpp"
#include "model/filled_testing.hpp"
#include "ops/fields.hpp"
#include "ops/samples_testing.hpp"
#include "rendered/recorder.hpp"

namespace cupel::conformance {
// Only the corpus is used here.
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SchemaLaws);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(OperationLaws);
}  // namespace cupel::conformance

namespace cupel::rendered {
namespace {

using Operations = std::vector<ops::Operation>;

/// Names, as SQLAlchemy's documentation recommends them.
model::NamingConvention full_convention() {
  return {.ix = "ix_%(column_0_label)s",
          .uq = "uq_%(table_name)s_%(column_0_name)s",
          .ck = "ck_%(table_name)s_%(constraint_name)s",
          .fk = "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
          .pk = "pk_%(table_name)s"};
}

/// Fills operations too.
class OperationFiller {
 public:
  template <typename T>
  void operator()(const char*, T& field, const T& = T{}) {
    fill(field);
  }
  template <typename Op>
  Op make() {
    Op op;
    fields(op, *this);
    return op;
  }

 private:
  template <typename T>
  void fill(T& value) {
    filler_.fill(value);
  }
  template <typename T>
  void fill(ops::Change<T>& change) {
    T value;
    filler_.fill(value);
    change = value;
  }
  void fill(ops::CommentOn& on) { on = ops::CommentOn::Index; }
  void fill(ops::Recreate& recreate) { recreate = ops::Recreate::Always; }
  void fill(std::optional<model::ConstraintKind>& kind) { kind = model::ConstraintKind::Check; }
  void fill(std::vector<ops::TableChange>& changes) {
    fill_changes(changes, static_cast<const ops::TableChangeVariant*>(nullptr));
  }
  template <typename... Changes>
  void fill_changes(std::vector<ops::TableChange>& changes, const std::variant<Changes...>*) {
    (changes.emplace_back(make<Changes>()), ...);
  }
  void fill(model::Constraint& constraint) {
    model::ForeignKey key;
    filler_.fill(key);
    constraint = key;
  }
  void fill(std::optional<model::Constraint>& constraint) { constraint = model::PrimaryKey(); }
  void fill(std::vector<std::pair<std::string, Value>>& parameters) {
    parameters = {{"a", "it's"}, {"b", 1}, {"c", std::monostate()}};
  }
  void fill(std::vector<std::vector<Value>>& rows) {
    rows = {{std::monostate(), true, std::int64_t{-1}, 1.5, "\"", Blob{std::byte{255}}},
            {false, std::numeric_limits<std::int64_t>::min(), 1e300, 2.0, "?\?/", Blob()},
            {std::numeric_limits<double>::infinity()}};
  }

  model::Filler filler_{model::nasty_texts(), 1};
};

template <typename... Ops>
void add_filled(Operations& operations, const std::variant<Ops...>*) {
  (operations.emplace_back(OperationFiller().make<Ops>()), ...);
}

void add_golden(Operations& operations) {
  using namespace golden;  // NOLINT(google-build-using-namespace)
  for (const auto& area :
       {table_cases, column_cases, alter_column_cases, comment_cases, index_cases, constraint_cases,
        type_cases, data_cases, naming_cases, batch_cases}) {
    for (const Case& it : area()) {
      if (!it.run) continue;
      try {
        const Operations made = recorded(it.run, it.convention);
        operations.insert(operations.end(), made.begin(), made.end());
      } catch (const Error&) {  // some cases are about calls that are refused
      }
    }
  }
}

Operations distinct(const Operations& operations) {
  Operations result;
  for (const ops::Operation& operation : operations) {
    if (std::find(result.begin(), result.end(), operation) == result.end())
      result.push_back(operation);
  }
  return result;
}

Operations of_every_kind() {
  Operations operations = ops::all_samples();
  add_filled(operations, static_cast<const ops::Operation*>(nullptr));
  add_golden(operations);
  for (const model::Schema& schema : schemas()) {
    for (const model::Table& table : schema.tables)
      operations.emplace_back(ops::CreateTable{table});
  }
  return distinct(operations);
}

}  // namespace

std::vector<Group> groups() {
  Operations samples = ops::all_samples();
  for (const model::Table& table : ops::sample_schema().tables)
    samples.emplace_back(ops::CreateTable{table});
  return {{{}, of_every_kind()}, {full_convention(), samples}};
}

/// Names that C++ cannot have, or has already.
model::Schema awkward_names() {
  using C = model::ColumnDefinition;
  using namespace model;  // NOLINT(google-build-using-namespace)
  Schema schema;
  schema.add(make_table(
      "class", {C("class", Integer()).primary_key(), C("Class", Integer()), C("größe", Integer()),
                C("a b", Integer()), C("a_b", Integer()), C("名前", Text()), C("Mood", Text()),
                C("1st", Text()), C("mood", Enum({"it's", "ok", "class", "OK", ""}, "Mood")),
                C("int", Text()).not_null().comment("\"quoted\"\nlines")}));
  schema.add(make_table("Class", {C("id", Integer()).index(), C("linux", Array(Integer(), 2)),
                                  C("Table", Enum({"x"}, "Mood")), C("name", Enum({"x"}))}));
  schema.add(make_table({"app", "class"}, {C("__x__", Uuid()), C("x", Numeric(20, 0))}));
  schema.add(make_table("Table", {C("Table", DateTime(kWithTimezone, 3))}));
  schema.add(make_table("\"", {C("\"", Json()).not_null(), C("\n", LargeBinary()).not_null(),
                               named("x", UniqueConstraint{.columns = {"\"", "\n"}})}));
  schema.add(Table{.name = "none"});
  return schema;
}

std::vector<model::Schema> schemas() {
  std::vector<model::Schema> result{ops::sample_schema(), awkward_names(), model::filled_schema(1)};
  for (const auto& corpus : {conformance::common_schemas(), conformance::postgres_schemas(),
                             conformance::sqlite_schemas()}) {
    for (const conformance::SchemaCase& it : corpus) result.push_back(it.schema);
  }
  return result;
}

}  // namespace cupel::rendered
