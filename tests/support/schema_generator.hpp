// SPDX-License-Identifier: MIT
// Random schemas that a database can hold, and schemas that one could become. The same seed gives
// the same schema on every machine.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "cupel/model/schema.hpp"
#include "cupel/sql/ddl_writer.hpp"

namespace cupel::testing_support {

/// A type with what can stand beside it. Texts are as the server shows them, or as people write
/// them; %c is the column's name, quoted if it must be.
struct TypeChoice {
  model::Type type;
  std::vector<model::Expression> defaults;
  std::vector<std::string> values;  ///< as SQL
  struct Check {
    std::string shown;
    std::string written;
  };
  std::vector<Check> checks;
  bool is_key = true;                  ///< can be in a key or a plain index
  std::vector<std::string> indexable;  ///< other index methods that take it
  std::vector<std::string> operator_classes = {};
  std::vector<model::Type> wider = {};  ///< take every value, and give it back
};

/// Everything that one database can hold.
struct Palette {
  const sql::DdlWriter* writer = nullptr;
  std::vector<TypeChoice> types;
  std::vector<std::string> collations;
  std::vector<std::string> schemas;
  bool has_comments = false;
  bool has_server_features = false;  ///< PostgreSQL's
  bool has_file_features = false;    ///< SQLite's
};
Palette postgres_palette();
Palette sqlite_palette();

/// Random numbers, the same everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  /// 0 <= result < n
  std::size_t below(std::size_t n) { return n == 0 ? 0 : engine_() % n; }
  bool chance(unsigned percent) { return below(100) < percent; }
  template <typename T>
  const T& pick(const std::vector<T>& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937_64 engine_;
};

struct GeneratorOptions {
  bool written = false;  ///< expressions as people write them, not as the server shows them
  std::size_t max_tables = 5;
};

class SchemaGenerator {
 public:
  SchemaGenerator(const Palette& palette, std::uint64_t seed, GeneratorOptions options = {})
      : palette_(palette), options_(options), dice_(seed) {}

  model::Schema schema();
  /// What the schema could be after somebody worked on it. `keeps_rows`: no change that rows could
  /// be against.
  model::Schema changed(const model::Schema& schema, bool keeps_rows);
  /// INSERTs of plausible rows; what a constraint refuses may fail.
  std::vector<std::string> rows(const model::Table& table, std::size_t count);
  Dice& dice() { return dice_; }

 private:
  friend class TableMaker;
  friend class ObjectMaker;
  friend class Mutation;
  std::string quoted(const std::string& name) const;
  std::string quoted(const model::ObjectName& name) const;
  const TypeChoice& choice_of(const model::Type& type) const;
  std::string comment();

  const Palette& palette_;
  GeneratorOptions options_;
  Dice dice_;
};

}  // namespace cupel::testing_support
