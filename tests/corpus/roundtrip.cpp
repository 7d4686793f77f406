// SPDX-License-Identifier: MIT
// usage: cupel_roundtrip SOURCE_URL EMPTY_URL
// Reads the source, makes the same in the empty database, reads that, and looks for any difference.
// Exit code 0: none; 1: some, or something failed.
#include <fmt/format.h>

#include <algorithm>

#include "cupel/base/text.hpp"
#include "cupel/dialect/dialect.hpp"
#include "cupel/diff/diff.hpp"
#include "cupel/model/json.hpp"
#include "cupel/ops/services.hpp"

namespace {

using namespace cupel;  // NOLINT(google-build-using-namespace): a program of one file

struct Database {
  explicit Database(const std::string& text)
      : url(driver::parse_url(text)),
        dialect(dialect::find_dialect(url.dialect)),
        connection(dialect.connect(url)) {}
  model::Schema inspect() {
    return dialect.make_inspector(*connection)->inspect({.all_schemas = true});
  }
  void run(const ops::Operation& operation) {
    for (const sql::Statement& statement : dialect.writer().write(operation, {})) {
      try {
        connection->query(statement.sql);
      } catch (Error& error) {
        throw error.add_note(statement.sql);
      }
    }
  }

  driver::Url url;
  const dialect::Dialect& dialect;
  std::unique_ptr<driver::Connection> connection;
};

/// Lines that only one of the texts has.
int print_lines(const std::string& a, const std::string& b) {
  int count = 0;
  const std::vector<std::string> left = text::split(a, '\n');
  const std::vector<std::string> right = text::split(b, '\n');
  const auto print = [&](const auto& lines, const auto& others, char sign) {
    for (const std::string& line : lines) {
      if (std::find(others.begin(), others.end(), line) != others.end()) continue;
      fmt::print("{}{}\n", sign, line);
      ++count;
    }
  };
  print(left, right, '-');
  print(right, left, '+');
  return count;
}

int print_difference(const char* what, const model::Schema& from, const model::Schema& to,
                     const diff::DiffRules& rules, diff::Normalizer* normalizer) {
  diff::Options options;
  options.normalizer = normalizer;
  const diff::Difference difference = diff::compare(from, to, rules, options);
  for (const diff::Finding& finding : difference.findings)
    fmt::print("{}: {}\n", what, finding.message);
  if (!difference.operations.empty()) fmt::print("{}\n", ops::describe(difference.operations));
  return static_cast<int>(difference.findings.size() + difference.operations.size());
}

int roundtrip(Database& source, Database& empty) {
  const diff::DiffRules& rules = source.dialect.diff_rules();
  const model::Schema first = source.inspect();
  for (const ops::Operation& operation : diff::create_all(first, rules)) empty.run(operation);
  const model::Schema second = empty.inspect();
  const auto normalizer = empty.dialect.make_normalizer(*empty.connection);
  int differences = print_lines(model::to_string(model::normalized(first)),
                                model::to_string(model::normalized(second)));
  differences += print_difference("made from source", first, second, rules, nullptr);
  differences += print_difference("source from made", second, first, rules, normalizer.get());
  if (model::from_json(model::to_json(first)) != first) {
    fmt::print("JSON does not give the same schema again\n");
    ++differences;
  }
  fmt::print("{} tables, {} views, {} functions, {} triggers, {} sequences, {} enums\n",
             first.tables.size(), first.views.size(), first.functions.size(), first.triggers.size(),
             first.sequences.size(), first.enums.size());
  return differences;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: cupel_roundtrip SOURCE_URL EMPTY_URL\n");
    return 2;
  }
  try {
    Database source(argv[1]);
    Database empty(argv[2]);
    return roundtrip(source, empty) == 0 ? 0 : 1;
  } catch (const Error& error) {
    fmt::print(stderr, "{}\n", error.to_string());
    return 1;
  }
}
