// SPDX-License-Identifier: MIT
// Random objects that live beside tables.
#pragma once

#include "support/table_maker.hpp"

namespace cupel::testing_support {

class ObjectMaker {
 public:
  ObjectMaker(SchemaGenerator& generator, model::Schema& schema)
      : generator_(generator),
        palette_(generator.palette_),
        dice_(generator.dice_),
        schema_(schema),
        tables_(generator, schema) {}

  // Each adds one to the schema, if there can be one.
  void add_enum();
  void add_domain();
  void add_sequence();
  void add_view();
  void add_function();
  void add_trigger();
  void add_partitioned();
  void add_child();

 private:
  void add_server_trigger(const model::Table& table);
  void add_file_trigger(const model::Table& table);
  std::string view_text(const model::Table& table);

  SchemaGenerator& generator_;
  const Palette& palette_;
  Dice& dice_;
  model::Schema& schema_;
  TableMaker tables_;
};

}  // namespace cupel::testing_support
