// SPDX-License-Identifier: MIT
// usage: print_revisions URL FIRST COUNT FOLDER
// For each of COUNT generated pairs of schemas: N.setup.sql makes the first on an empty database,
// N.up.sql and N.down.sql lead to the second and back, and N.py does the same in calls of Alembic.
// The URL is that of an empty database, which stays empty.
#include <fmt/format.h>

#include <fstream>

#include "cupel/alembic/render.hpp"
#include "cupel/base/text.hpp"
#include "cupel/dialect/dialect.hpp"
#include "cupel/diff/diff.hpp"
#include "cupel/ops/services.hpp"
#include "support/schema_generator.hpp"

namespace {

using namespace cupel;  // NOLINT(google-build-using-namespace): a program of one file

void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

class Printer {
 public:
  Printer(const std::string& url, std::string folder)
      : url_(driver::parse_url(url)),
        dialect_(dialect::find_dialect(url_.dialect)),
        connection_(dialect_.connect(url_)),
        folder_(std::move(folder)) {}

  void print(std::uint64_t number) {
    connection_->query("BEGIN");
    try {
      print_pair(number);
    } catch (const Error& error) {
      fmt::print(stderr, "{}: {}\n", number, error.message());
    }
    connection_->query("ROLLBACK");
  }

 private:
  model::Schema inspect() {
    return dialect_.make_inspector(*connection_)->inspect({.all_schemas = true});
  }

  std::string sql(const std::vector<ops::Operation>& operations, const model::Schema& before) {
    return script::render_sql({{{}, operations}}, dialect_, before) + "\n";
  }

  void print_pair(std::uint64_t number) {
    const testing_support::Palette palette = dialect_.traits().has_own_enums
                                                 ? testing_support::postgres_palette()
                                                 : testing_support::sqlite_palette();
    testing_support::SchemaGenerator generator(palette, number, {.max_tables = 3});
    const model::Schema from = generator.schema();
    const model::Schema to = generator.changed(from, number % 2 == 0);
    const std::vector<ops::Operation> creation = diff::create_all(from, dialect_.diff_rules());
    for (const ops::Operation& operation : creation) {
      for (const sql::Statement& it : dialect_.writer().write(operation, {}))
        connection_->query(it.sql);
    }
    const model::Schema start = inspect();
    const auto normalizer = dialect_.make_normalizer(*connection_);
    diff::Options options;
    options.normalizer = normalizer.get();
    diff::Difference difference = diff::compare(start, to, dialect_.diff_rules(), options);
    for (const diff::RenameQuestion& question : difference.questions)
      options.not_renames.push_back(question.rename);
    if (!difference.questions.empty())
      difference = diff::compare(start, to, dialect_.diff_rules(), options);
    for (const diff::Finding& finding : difference.findings)
      if (finding.note.find("write the revision by hand") != std::string::npos) return;
    model::Schema end = start;
    for (const ops::Operation& operation : difference.operations) ops::apply(operation, end);
    const std::string base = fmt::format("{}/{}", folder_, number);
    write(base + ".setup.sql", sql(creation, {}));
    write(base + ".up.sql", sql(difference.operations, start));
    write(base + ".down.sql", sql(difference.undo, end));
    write(base + ".py", revision(difference, start, end));
  }

  std::string revision(const diff::Difference& difference, const model::Schema& start,
                       const model::Schema& end) {
    alembic::PythonBody up =
        alembic::render_operations({{{}, difference.operations}}, dialect_, start);
    const alembic::PythonBody down =
        alembic::render_operations({{{}, difference.undo}}, dialect_, end);
    std::string imports = "from alembic import op\nimport sqlalchemy as sa\n";
    up.imports.insert(down.imports.begin(), down.imports.end());
    for (const std::string& line : up.imports) imports += line + "\n";
    return imports +
           "\nrevision = 'c0ffee'\ndown_revision = None\n# cupel: allow DS because tested\n" +
           "\n\ndef upgrade():\n    " + up.code + "\n\n\ndef downgrade():\n    " + down.code + "\n";
  }

  driver::Url url_;
  const dialect::Dialect& dialect_;
  std::unique_ptr<driver::Connection> connection_;
  std::string folder_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  try {
    Printer printer(argv[1], argv[4]);
    const std::uint64_t first = std::stoull(argv[2]);
    const std::uint64_t count = std::stoull(argv[3]);
    for (std::uint64_t i = first; i < first + count; ++i) printer.print(i);
  } catch (const cupel::Error& error) {
    fmt::print(stderr, "{}\n", error.message());
    return 1;
  }
}
