// SPDX-License-Identifier: MIT
#include "model/packed.hpp"

#include <gtest/gtest.h>

#include "cupel/base/error.hpp"
#include "model/filled_testing.hpp"

namespace cupel::model {
namespace {

std::string packed(const Schema& schema) {
  Packer packer;
  packer.add(schema);
  return packer.bytes();
}

TEST(Packed, EveryFieldComesBack) {
  const Schema schema = filled_schema();
  const std::string bytes = packed(schema);
  Unpacker unpacker(bytes);
  const Schema again = unpacker.schema();
  EXPECT_EQ(to_string(again), to_string(schema));
  EXPECT_TRUE(again == schema);
  EXPECT_TRUE(unpacker.at_end());
}

TEST(Packed, ValuesFollowEachOther) {
  const ObjectKey key{ObjectKind::Trigger, {"s", "t"}, "d"};
  Packer packer;
  packer.add(std::size_t{300});
  packer.add(key);
  packer.add(std::string_view("nul\0byte\xFF", 9));
  packer.add(Schema());
  Unpacker unpacker(packer.bytes());
  EXPECT_EQ(unpacker.number(), 300u);
  EXPECT_EQ(unpacker.key(), key);
  EXPECT_EQ(unpacker.text(), std::string_view("nul\0byte\xFF", 9));
  EXPECT_EQ(unpacker.schema(), Schema());
  EXPECT_TRUE(unpacker.at_end());
}

/// Reads what may be anything; true if it looked like a schema.
bool reads(std::string_view bytes) {
  try {
    Unpacker(bytes).schema();
    return true;
  } catch (const InputError&) {
    return false;
  }
}

TEST(Packed, DamagedBytesAreRefusedOrReadAsSomethingElse) {
  const std::string bytes = packed(filled_schema());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(reads(std::string_view(bytes).substr(0, size))) << size;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const char value : {'\x00', '\x01', '\x7f', '\xff'}) {
      std::string damaged = bytes;
      damaged[i] = value;
      reads(damaged);  // the sanitizers look on
    }
  }
  EXPECT_FALSE(reads(std::string(100, '\xff')));
}

}  // namespace
}  // namespace cupel::model
