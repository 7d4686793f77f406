// SPDX-License-Identifier: MIT
// The laws that every database must keep, tried on a corpus of schemas and one of operations:
// 1. inspect(create(S)) is S, and creating what was inspected gives the same again.
// 3. An operation and its reverse leave everything as it was.
// 4. ops::apply() in memory does what the database does.
// 5. The text of offline mode does what online mode does.
// Law 2, that diff(S, S) is empty, belongs to diff, which is not written yet.
#pragma once

#include <gtest/gtest.h>

#include <map>

#include "conformance/subject.hpp"

namespace cupel::conformance {

struct SchemaCase {
  std::string name;
  Schema schema;
};

/// What the reverse brings back.
enum class Undo {
  All,
  ButOrder,  ///< a column comes back as the last one
  NotAll,    ///< an enum type stays when the table that made it goes
  Never,     ///< there is no reverse
};

struct OperationCase {
  std::string name;
  Schema before;
  /// Given what the database shows before: so that `was` fields can be filled.
  std::function<ops::Operation(const Schema& before)> operation;
  Undo undo = Undo::All;
};

/// A case on a database.
template <typename Case>
struct On {
  std::string database;
  std::function<std::unique_ptr<Subject>()> make;  ///< gives null where there is no server
  Case it;
};

template <typename Case>
std::string name_of(const testing::TestParamInfo<On<Case>>& info) {
  return info.param.database + "_" + info.param.it.name;
}
template <typename Case>
std::ostream& operator<<(std::ostream& out, const On<Case>& on) {
  return out << on.database << " " << on.it.name;
}

template <typename Case>
std::vector<On<Case>> each_on(const std::string& database,
                              const std::function<std::unique_ptr<Subject>()>& make,
                              const std::vector<std::vector<Case>>& corpora) {
  std::vector<On<Case>> result;
  for (const std::vector<Case>& corpus : corpora)
    for (const Case& it : corpus) result.push_back({database, make, it});
  return result;
}

/// Two databases, made once and emptied for each test.
template <typename Case>
class Laws : public testing::TestWithParam<On<Case>> {
 protected:
  static void TearDownTestSuite() { subjects().clear(); }

  void SetUp() override {
    for (const char* which : {" first", " second"}) {
      std::unique_ptr<Subject>& subject = subjects()[this->GetParam().database + which];
      if (subject == nullptr) subject = this->GetParam().make();
      if (subject == nullptr) GTEST_SKIP() << "there is no server";
      subject->clear();
    }
  }
  const Case& the_case() const { return this->GetParam().it; }
  Subject& subject() { return *subjects()[this->GetParam().database + " first"]; }
  Subject& second() { return *subjects()[this->GetParam().database + " second"]; }

  void create(const Schema& schema, Subject& where) { where.run(creation(where.declared(schema))); }
  void expect_same(const Schema& expected, const Schema& actual) {
    const Schema shown = model::normalized(actual);
    const Schema wanted = adopt(expected, shown, subject());
    EXPECT_EQ(model::to_string(wanted), model::to_string(shown));
    EXPECT_TRUE(wanted == shown);
  }

 private:
  static std::map<std::string, std::unique_ptr<Subject>>& subjects() {
    static std::map<std::string, std::unique_ptr<Subject>> all;
    return all;
  }
};

// GoogleTest shows an Error's first line only.
template <typename Action>
void guarded(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    FAIL() << error.to_string();
  }
}

class SchemaLaws : public Laws<SchemaCase> {};

TEST_P(SchemaLaws, InspectShowsWhatWasCreated) {
  guarded([&] {
    create(the_case().schema, subject());
    expect_same(the_case().schema, subject().inspect());
  });
}

TEST_P(SchemaLaws, WhatWasInspectedCanBeCreated) {
  guarded([&] {
    create(the_case().schema, subject());
    const Schema first = subject().inspect();
    create(first, second());
    EXPECT_EQ(model::to_string(first), model::to_string(second().inspect()));
  });
}

TEST_P(SchemaLaws, ApplyInMemoryDoesWhatCreatingDoes) {
  guarded([&] {
    const Operations operations = creation(subject().declared(the_case().schema));
    subject().run(operations);
    sql::MemorySchema memory;
    for (const ops::Operation& operation : operations) memory.apply(operation);
    expect_same(memory.schema(), subject().inspect());
  });
}

TEST_P(SchemaLaws, TextDoesWhatRunningDoes) {
  guarded([&] {
    const Operations operations = creation(subject().declared(the_case().schema));
    subject().run(operations);
    sql::MemorySchema memory;
    std::string text;
    for (const ops::Operation& operation : operations) {
      for (const sql::Statement& statement : subject().statements(operation, &memory))
        text += statement.sql + ";\n\n";
      memory.apply(operation);
    }
    second().run_text(text);
    EXPECT_EQ(model::to_string(subject().inspect()), model::to_string(second().inspect()));
  });
}

class OperationLaws : public Laws<OperationCase> {
 protected:
  void SetUp() override {
    Laws::SetUp();
    if (IsSkipped()) return;
    guarded([&] {
      create(the_case().before, subject());
      before_ = subject().inspect();
      operation_ = the_case().operation(before_);
    });
  }

  static void forget_order(Schema& schema) {
    for (model::Table& table : schema.tables)
      std::sort(table.columns.begin(), table.columns.end(),
                [](const auto& a, const auto& b) { return a.name < b.name; });
  }

  Schema before_;
  ops::Operation operation_;
};

TEST_P(OperationLaws, ReverseUndoes) {
  const std::optional<ops::Operation> back = ops::reverse(operation_);
  ASSERT_EQ(back.has_value(), the_case().undo != Undo::Never);
  if (!back || the_case().undo == Undo::NotAll) return;
  guarded([&] {
    subject().run(operation_);
    EXPECT_NE(model::to_string(before_), model::to_string(subject().inspect()));
    subject().run(*back);
    Schema after = subject().inspect();
    if (the_case().undo == Undo::ButOrder) {
      forget_order(before_);
      forget_order(after);
    }
    expect_same(before_, after);
  });
}

TEST_P(OperationLaws, ApplyInMemoryDoesWhatTheDatabaseDoes) {
  guarded([&] {
    Schema expected = before_;
    ops::apply(operation_, expected);
    subject().run(operation_);
    expect_same(expected, subject().inspect());
  });
}

TEST_P(OperationLaws, TextIsWhatRuns) {
  guarded([&] {
    sql::MemorySchema memory(before_);
    LiveSource live(subject());
    std::string text;
    for (const sql::Statement& statement : subject().statements(operation_, &memory))
      text += statement.sql + ";\n\n";
    std::string online;
    for (const sql::Statement& statement : subject().statements(operation_, &live))
      online += statement.sql + ";\n\n";
    EXPECT_EQ(text, online);

    create(the_case().before, second());
    second().run_text(text);
    subject().run(operation_);
    EXPECT_EQ(model::to_string(subject().inspect()), model::to_string(second().inspect()));
  });
}

}  // namespace cupel::conformance
