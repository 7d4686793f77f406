// SPDX-License-Identifier: MIT
// python_bench FILE...: how quickly Python files are parsed, and their headers read.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "cupel/base/files.hpp"
#include "cupel/python/interpreter.hpp"
#include "cupel/python/parse.hpp"

namespace {

using namespace cupel;

double seconds(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The quickest of some runs: what the work costs when the machine does nothing else.
double best(int runs, const auto& work) {
  double least = seconds(work);
  for (int i = 1; i < runs; ++i) least = std::min(least, seconds(work));
  return least;
}

void run_with(const char* text) {
  python::Interpreter in({});
  in.load(text, "bench.py");
}

std::string made_up_revision() {
  std::string text =
      "\"\"\"add tables\n\nRevision ID: 1a\n\"\"\"\nfrom alembic import op\nimport sqlalchemy as "
      "sa\n\nrevision = '1a'\n"
      "down_revision = '0f'\nbranch_labels = None\ndepends_on = None\n\n\ndef upgrade() -> None:\n";
  for (int i = 0; i < 20; ++i) {
    text += "    op.create_table('t" + std::to_string(i) +
            "',\n        sa.Column('id', sa.Integer(), nullable=False),\n"
            "        sa.Column('name', sa.String(length=50), server_default=sa.text(\"'x'\")),\n   "
            "     sa.PrimaryKeyConstraint('id')\n    )\n";
  }
  return text + "\n\ndef downgrade() -> None:\n    op.drop_table('t0')\n";
}

}  // namespace

int main(int count, char** arguments) {
  DiskFiles files;
  std::vector<std::string> texts;
  for (int i = 1; i < count; ++i) texts.push_back(files.read(arguments[i]));
  if (texts.empty()) texts.assign(2000, made_up_revision());
  std::size_t bytes = 0, failed = 0;
  for (const std::string& text : texts) bytes += text.size();
  const double parsing = best(5, [&] {
    failed = 0;
    for (const std::string& text : texts) {
      try {
        python::parse(text, "bench.py");
      } catch (const python::ScriptError&) {
        ++failed;
      }
    }
  });
  constexpr std::string_view kNames[] = {"revision", "down_revision", "branch_labels",
                                         "depends_on"};
  const double headers = best(5, [&] {
    for (const std::string& text : texts) python::read_assignments(text, kNames);
  });
  const double starting = best(50, [] { python::Interpreter in({}); });
  const double importing = best(50, [] {
    run_with(
        "import datetime, json, os, uuid, typing\n"
        "datetime.date(2024, 1, 1), json.dumps, os.environ, uuid.UUID, typing.Optional[int]\n");
  });
  const double running = best(3, [] {
    run_with("total = 0\nfor i in range(1000000):\n    if i % 3 == 0:\n        total += i\n");
  });
  const double calling = best(3, [] {
    run_with("def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\nfib(22)\n");
  });
  std::printf("%zu files, %.1f MB, %zu not parsed\n", texts.size(),
              static_cast<double>(bytes) / 1e6, failed);
  std::printf("parse: %.1f MB/s\n", static_cast<double>(bytes) / 1e6 / parsing);
  std::printf("header: %.1f microseconds per file\n",
              headers / static_cast<double>(texts.size()) * 1e6);
  std::printf("start: %.2f ms per interpreter\n", starting * 1e3);
  std::printf("start and import five modules: %.2f ms\n", importing * 1e3);
  std::printf("run: %.0f ms for a loop of a million rounds\n", running * 1e3);
  std::printf("run: %.0f ms for fib(22), 57,000 calls\n", calling * 1e3);
  return 0;
}
