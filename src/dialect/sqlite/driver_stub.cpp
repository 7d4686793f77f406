// SPDX-License-Identifier: MIT
// Stands in for driver.cpp where cupel is built without SQLite: everything but connecting works.
#include "dialect/sqlite/driver.hpp"

namespace cupel::dialect::sqlite {

namespace {
[[noreturn]] void refuse() {
  throw NotSupported("this cupel was built without SQLite connections",
                     "build it with -DCUPEL_WITH_SQLITE=ON; --sql works without");
}
}  // namespace

std::unique_ptr<driver::Connection> connect(const driver::Url&, const driver::ConnectOptions&) {
  refuse();
}
std::unique_ptr<driver::Connection> adopt(sqlite3*) { refuse(); }
void own_process() {}

}  // namespace cupel::dialect::sqlite
