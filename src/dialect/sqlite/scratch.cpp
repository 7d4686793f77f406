// SPDX-License-Identifier: MIT
// See scratch.hpp.
#include "dialect/sqlite/scratch.hpp"

#include "cupel/sql/splitter.hpp"
#include "dialect/sqlite/driver.hpp"
#include "dialect/sqlite/lex.hpp"
#include "dialect/sqlite/shelf.hpp"

namespace cupel::dialect::sqlite {
namespace {

class MemoryScratch final : public Scratch {
 public:
  explicit MemoryScratch(const Log& log)
      : connection_(std::make_unique<ShelvingConnection>(
            connect(driver::parse_url("sqlite://"), {.log = log}))) {}

  driver::Connection& connection() override { return *connection_; }

  std::string refusal(std::string_view statement) const override {
    const std::vector<std::string> words = sql::leading_words(statement, 2, lex_rules());
    if (words.empty()) return {};
    if (words[0] == "ATTACH" || words[0] == "DETACH")
      return "it opens another database file, and a schema is read in a database of its own";
    // VACUUM INTO writes a file; a plain one has nothing to do in memory.
    if (words[0] == "VACUUM") return "it says nothing about the schema";
    return {};
  }

 private:
  std::unique_ptr<driver::Connection> connection_;
};

}  // namespace

std::unique_ptr<Scratch> make_scratch(const ScratchRequest& request) {
  return std::make_unique<MemoryScratch>(request.log);
}

}  // namespace cupel::dialect::sqlite
