// SPDX-License-Identifier: MIT
// The laws of laws.hpp on schemas that a generator makes, and on pairs of them. CUPEL_SCHEMAS says
// how many (per law), CUPEL_FIRST_SCHEMA which is the first: a failure prints the number that
// repeats it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <string_view>

#include "conformance/subject.hpp"
#include "cupel/diff/diff.hpp"
#include "cupel/model/json.hpp"
#include "support/schema_generator.hpp"

namespace cupel::conformance {

using testing_support::SchemaGenerator;

inline std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

/// One schema, or one change of a schema, on one database.
class Property {
 public:
  Property(Subject& subject, const testing_support::Palette& palette, std::uint64_t seed,
           testing_support::GeneratorOptions options = {})
      : subject_(subject), generator_(palette, seed, options) {}

  /// Law 1 and law 2: what is made is what is seen, and there is nothing to do.
  void creation() {
    const Schema schema = generator_.schema();
    const testing::ScopedTrace trace(__FILE__, __LINE__, model::to_string(schema));
    expect_none(schema, schema, nullptr);
    create(schema);
    const Schema seen = subject_.inspect();
    const Schema shown = model::normalized(seen);
    EXPECT_EQ(model::to_string(adopt(schema, shown, subject_)), model::to_string(shown));
    expect_none(seen, schema, nullptr);
    expect_none(schema, seen, nullptr);

    subject_.clear();
    create(seen);
    EXPECT_EQ(model::to_string(seen), model::to_string(subject_.inspect()));
  }

  /// The same with expressions as people write them: the server is asked.
  void written() {
    const Schema schema = generator_.schema();
    const testing::ScopedTrace trace(__FILE__, __LINE__, model::to_string(schema));
    create(schema);
    const Schema seen = subject_.inspect();
    const auto normalizer = subject_.make_normalizer();
    expect_none(seen, schema, normalizer.get());
    expect_none(schema, seen, normalizer.get(), false);
  }

  /// From any schema to any other, and back.
  void upgrade() {
    const Schema from = generator_.schema();
    there_and_back(from, with_names(generator_.schema(), from), 0);
  }

  /// Some work on a schema with rows in it, and back. No row gets lost.
  void change() {
    const Schema from = generator_.schema();
    there_and_back(from, generator_.changed(from, true), 5);
  }

  /// Any work on an empty schema.
  void rework() {
    const Schema from = generator_.schema();
    there_and_back(from, generator_.changed(from, false), 0);
  }

 private:
  /// A key that nobody named keeps the name that it has in the database. Here something else may be
  /// called so in the other schema, so it gets one.
  static Schema with_names(Schema schema, const Schema& other) {
    for (model::Table& table : schema.tables) {
      if (other.find_table(table.name) == nullptr) continue;
      const std::string prefix = "key_" + std::to_string(&table - schema.tables.data()) + "_";
      if (table.primary_key && table.primary_key->name.empty()) table.primary_key->name = prefix;
      for (std::size_t i = 0; i < table.constraints.size(); ++i) {
        const bool is_index =
            model::kind_of(table.constraints[i]) != model::ConstraintKind::Check &&
            model::kind_of(table.constraints[i]) != model::ConstraintKind::Foreign;
        if (is_index && model::name_of(table.constraints[i]).empty())
          model::set_name(table.constraints[i], prefix + std::to_string(i));
      }
    }
    return schema;
  }

  const diff::DiffRules& rules() const { return subject_.rules(); }

  void create(const Schema& schema) { subject_.run(diff::create_all(schema, rules())); }

  diff::Difference difference(const Schema& from, const Schema& to, diff::Normalizer* normalizer,
                              bool from_is_inspected = true) {
    diff::Options options;
    options.normalizer = normalizer;
    options.from_is_inspected = from_is_inspected;
    diff::Difference result = diff::compare(from, to, rules(), options);
    for (const diff::RenameQuestion& question : result.questions)
      options.not_renames.push_back(question.rename);
    return options.not_renames.empty() ? result : diff::compare(from, to, rules(), options);
  }

  void expect_none(const Schema& from, const Schema& to, diff::Normalizer* normalizer,
                   bool from_is_inspected = true) {
    const diff::Difference result = difference(from, to, normalizer, from_is_inspected);
    std::string found;
    for (const diff::Finding& finding : result.findings) found += finding.message + "\n";
    EXPECT_EQ(found, "");
    EXPECT_EQ(ops::describe(result.operations), "");
  }

  void there_and_back(const Schema& from, const Schema& to, std::size_t rows) {
    const testing::ScopedTrace trace(__FILE__, __LINE__,
                                     model::to_string(from) + "\n--> to\n" + model::to_string(to));
    create(from);
    fill(from, rows);
    const Schema start = subject_.inspect();
    const auto normalizer = subject_.make_normalizer();
    const diff::Difference there = difference(start, to, normalizer.get());
    const std::string steps = ops::describe(there.operations);
    const testing::ScopedTrace operations(__FILE__, __LINE__, steps);
    const Counts before = count(start);
    if (needs_people(there)) return;

    Schema in_memory = start;
    try {
      for (const ops::Operation& operation : there.operations) {
        subject_.run(operation);
        ops::apply(operation, in_memory);
      }
    } catch (Error& error) {
      throw error.add_note(model::to_string(start) + "\n--> to\n" + model::to_string(to) +
                           "\noperations:\n" + steps);
    }
    const Schema end = subject_.inspect();
    expect_none(end, to, normalizer.get());
    // A server writes texts anew where types change, so it says whether they mean the same.
    if (normalizer == nullptr) {
      expect_same_but_order(in_memory, end);
    } else {
      expect_none(end, in_memory, normalizer.get());
    }
    expect_rows(before, there, start, end);

    try {
      subject_.run(there.undo);
    } catch (Error& error) {
      throw error.add_note("the way back of:\n" + steps);
    }
    const Schema back = subject_.inspect();
    expect_none(back, start, normalizer.get());
    expect_same_but_order(start, back);
  }

  /// How a table is partitioned cannot change, nor whose child it is.
  static bool needs_people(const diff::Difference& difference) {
    return std::any_of(difference.findings.begin(), difference.findings.end(), [](const auto& it) {
      return it.note.find("write the revision by hand") != std::string::npos;
    });
  }
  /// Without quotes around names that need none: what people quoted stays quoted when it is
  /// renamed.
  static Schema plain(const Schema& schema) {
    static constexpr std::string_view kQuote = "\\\"";  // in JSON
    const std::string json = model::to_json(schema, -1);
    std::string result;
    std::size_t from = 0;
    for (std::size_t at = json.find(kQuote); at != std::string::npos;) {
      const std::size_t name = at + kQuote.size();
      const std::size_t end = json.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789", name);
      const bool is_plain = end != name && std::string_view(json).substr(end, 2) == kQuote;
      result += json.substr(from, at - from);
      result += is_plain ? json.substr(name, end - name) : std::string(kQuote);
      from = is_plain ? end + kQuote.size() : name;
      at = json.find(kQuote, from);
    }
    return model::from_json(result + json.substr(from));
  }
  static void forget_order(Schema& schema) {
    schema = model::normalized(std::move(schema));
    for (model::Table& table : schema.tables)
      std::sort(table.columns.begin(), table.columns.end(),
                [](const auto& a, const auto& b) { return a.name < b.name; });
  }
  /// Columns that are added come last.
  void expect_same_but_order(Schema expected, Schema actual) {
    expected = plain(expected);
    actual = plain(actual);
    forget_order(expected);
    forget_order(actual);
    expected = adopt(expected, actual, subject_);
    EXPECT_EQ(model::to_string(expected), model::to_string(actual));
  }

  using Counts = std::map<model::ObjectName, std::int64_t>;
  Counts count(const Schema& schema) {
    Counts counts;
    for (const model::Table& table : schema.tables) {
      const std::string sql = "SELECT count(*) FROM " + subject_.writer().quote(table.name);
      counts[table.name] = as_integer(subject_.connection().query(sql)[0][0]);
    }
    return counts;
  }

  /// What a constraint refuses is left out.
  void fill(const Schema& schema, std::size_t rows) {
    for (const model::Table& table : schema.tables)
      for (const std::string& insert : generator_.rows(table, rows)) subject_.try_query(insert);
  }

  void expect_rows(const Counts& before, const diff::Difference& there, const Schema& start,
                   const Schema& end) {
    const Counts after = count(end);
    for (const auto& [name, rows] : before) {
      model::ObjectName now = name;
      for (const diff::Rename& rename : there.renamed)
        if (rename.column.empty() && rename.table == name) now.name = rename.new_name;
      const auto found = after.find(now);
      if (found == after.end() || start.find_table(name) == nullptr) continue;
      EXPECT_EQ(found->second, rows) << "rows of " << model::to_string(name);
    }
  }

  Subject& subject_;
  SchemaGenerator generator_;
};

/// Runs a law for as many schemas as there is time for.
template <typename Law>
void for_all(Subject& subject, const testing_support::Palette& palette, std::uint64_t count,
             testing_support::GeneratorOptions options, const Law& law) {
  const std::uint64_t first = number_from_environment("CUPEL_FIRST_SCHEMA", 1);
  count = number_from_environment("CUPEL_SCHEMAS", count);
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const testing::ScopedTrace trace(__FILE__, __LINE__,
                                     "CUPEL_FIRST_SCHEMA=" + std::to_string(seed));
    subject.clear();
    Property property(subject, palette, seed, options);
    try {
      law(property);
    } catch (const Error& error) {
      ADD_FAILURE() << error.to_string();
    }
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace cupel::conformance
