// SPDX-License-Identifier: MIT
// usage: rebuild_bench FILE.db : makes big.name NOT NULL, for which SQLite must rebuild the table.
// Timed by run.py.
#include <cstdio>

#include "cupel/migrate/run.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  cupel::Revision revision;
  revision.id = "rebuild";
  revision.upgrade = [](cupel::Operations& op) {
    op.alter_column("big", "name", {.nullable = false});
  };
  const cupel::script::Migrations migrations = cupel::script::make_migrations({revision});
  const cupel::driver::Url url = cupel::driver::parse_url(std::string("sqlite:///") + argv[1]);
  try {
    const cupel::dialect::Dialect& dialect = cupel::dialect::find_dialect(url.dialect);
    const auto connection = dialect.connect(url);
    cupel::migrate::Environment environment;
    environment.connection = connection.get();
    environment.dialect = &dialect;
    environment.url = &url;
    environment.migrations = &migrations;
    cupel::migrate::upgrade(environment, "head");
    return 0;
  } catch (const cupel::Error& error) {
    std::fprintf(stderr, "%s\n", error.to_string().c_str());
    return 1;
  }
}
