// SPDX-License-Identifier: MIT
// Stands in for driver*.cpp where cupel is built without PostgreSQL: everything but connecting
// works.
#include "dialect/postgres/driver.hpp"

namespace cupel::dialect::postgres {

namespace {
[[noreturn]] void refuse() {
  throw NotSupported("this cupel was built without PostgreSQL connections",
                     "build it with -DCUPEL_WITH_POSTGRES=ON; --sql works without");
}
}  // namespace

std::unique_ptr<driver::Connection> connect(const driver::Url&, const driver::ConnectOptions&) {
  refuse();
}
std::unique_ptr<driver::Connection> adopt(pg_conn*) { refuse(); }

}  // namespace cupel::dialect::postgres
