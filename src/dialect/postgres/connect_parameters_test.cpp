// SPDX-License-Identifier: MIT
#include "dialect/postgres/connect_parameters.hpp"

#include <gtest/gtest.h>

namespace cupel::dialect::postgres {
namespace {

std::string parameters(const char* url) {
  std::string out;
  try {
    for (const auto& [key, value] : connect_parameters(driver::parse_url(url), {}))
      if (!key.starts_with("keepalives_")) out += key + "=" + value + " ";
  } catch (const UsageError& error) {
    return error.to_string();
  }
  return out;
}

std::string failure(std::string text, ConnectFailure rest = {}) {
  rest.text = std::move(text);
  rest.host = "db";
  rest.port = "5432";
  rest.user = "ann";
  rest.database = "app";
  const DatabaseError error = connect_error(rest);
  const std::string head = "cannot connect to database 'app' at db:5432 as user 'ann': ";
  EXPECT_EQ(error.to_string().substr(0, head.size()), head);
  return error.sqlstate() + (error.retryable() ? "+|" : "|") +
         error.to_string().substr(head.size());
}

TEST(PostgresConnectParameters, FromUrl) {
  EXPECT_EQ(parameters("postgresql://"),
            "client_encoding=UTF8 fallback_application_name=cupel connect_timeout=10 ");
  EXPECT_EQ(parameters("postgresql+asyncpg://ann:p%40w@db:5433/"
                       "app?sslmode=require&options=-c%20a%3D1&connect_timeout=3"),
            "client_encoding=UTF8 fallback_application_name=cupel connect_timeout=3 host=db "
            "port=5433 user=ann "
            "password=p@w dbname=app options=-c a=1 sslmode=require ");
  EXPECT_EQ(parameters("postgresql:///app?host=/var/run/postgresql"),
            "client_encoding=UTF8 fallback_application_name=cupel connect_timeout=10 dbname=app "
            "host=/var/run/postgresql ");
  EXPECT_EQ(parameters("postgresql:///app?host=a:1&host=b:2&target_session_attrs=read-write"),
            "client_encoding=UTF8 fallback_application_name=cupel connect_timeout=10 dbname=app "
            "host=a,b port=1,2 "
            "target_session_attrs=read-write ");
}

TEST(PostgresConnectParameters, ADeadNetworkIsNoticed) {
  const ConnectParameters all =
      connect_parameters(driver::parse_url("postgresql:///?keepalives_count=9"), {});
  const ConnectParameters keepalives(all.begin() + 3, all.begin() + 6);
  EXPECT_EQ(keepalives, (ConnectParameters{{"keepalives_idle", "30"},
                                           {"keepalives_interval", "10"},
                                           {"keepalives_count", "9"}}));
}

TEST(PostgresConnectParameters, KeysOfPythonDrivers) {
  EXPECT_EQ(
      parameters(
          "postgresql:///?ssl=true&prepared_statement_cache_size=0&timeout=4&prepare_threshold=0"),
      "client_encoding=UTF8 fallback_application_name=cupel connect_timeout=4 sslmode=require ");
  EXPECT_EQ(parameters("postgresql:///?ssl=verify-full"),
            "client_encoding=UTF8 fallback_application_name=cupel connect_timeout=10 "
            "sslmode=verify-full ");
}

TEST(PostgresConnectParameters, UnknownKey) {
  EXPECT_EQ(parameters("postgresql:///?sslmod=require"),
            "a PostgreSQL URL has no parameter 'sslmod'\n  hint: did you mean 'sslmode'?");
  EXPECT_EQ(parameters("postgresql:///?schema=public").substr(0, 77),
            "a PostgreSQL URL has no parameter 'schema'\n  hint: known are application_name");
}

TEST(PostgresConnectErrors, FromTheServer) {
  const std::string where = "connection to server at \"db\" (10.0.0.1), port 5432 failed: ";
  EXPECT_EQ(failure(where + "FATAL:  28P01: password authentication failed for user "
                            "\"ann\"\nLOCATION:  auth.c:338\n"),
            "28P01|wrong password\n  hint: correct the password in the URL; special characters are "
            "written in percent-code "
            "('@' as %40, '/' as %2F)");
  EXPECT_EQ(failure(where + "FATAL:  3D000: database \"app\" does not exist\n"),
            "3D000|there is no such database\n  hint: create it (createdb), or correct the "
            "database in the URL");
  EXPECT_EQ(failure(where + "FATAL:  28000: role \"ann\" does not exist\n"),
            "28000|role \"ann\" does not exist\n  hint: check the user in the URL");
  EXPECT_EQ(
      failure(where + "FATAL:  28000: no pg_hba.conf entry for host \"::1\", user \"ann\", "
                      "database \"app\", no encryption\n"),
      "28000|no pg_hba.conf entry for host \"::1\", user \"ann\", database \"app\", no encryption\n"
      "  hint: the server may want TLS: use ?sslmode=require; or add a line to pg_hba.conf");
  EXPECT_EQ(failure(where + "FATAL:  28000: Peer authentication failed for user \"ann\"\n"),
            "28000|Peer authentication failed for user \"ann\"\n"
            "  hint: the socket lets in only the system's user of that name: name a host, such as "
            "localhost, in the URL");
  EXPECT_EQ(failure(where + "FATAL:  53300: sorry, too many clients already\n"),
            "53300+|sorry, too many clients already\n  hint: wait until others disconnect, or "
            "raise max_connections");
  EXPECT_EQ(failure(where + "FATAL:  57P03: the database system is starting up\n"),
            "57P03+|the database system is starting up\n  hint: wait until the server is up");
}

TEST(PostgresConnectErrors, FromAPooler) {
  const std::string where =
      "connection to server at \"db\" (10.0.0.1), port 5432 failed: FATAL:  08P01: ";
  EXPECT_EQ(failure(where + "password authentication failed\n").substr(0, 20),
            "28P01|wrong password");
  EXPECT_EQ(failure(where + "no such database: app\n").substr(0, 30),
            "3D000|there is no such databas");
  EXPECT_EQ(failure(where + "no more connections allowed (max_client_conn)\n").substr(0, 7),
            "53300+|");
  EXPECT_EQ(failure(where + "unsupported startup parameter: options\n"),
            "08P01|unsupported startup parameter: options\n"
            "  hint: a pooler does not pass it on: leave it out of the URL, or connect to the "
            "server itself");
}

TEST(PostgresConnectErrors, BeforeTheParametersAreKnown) {
  EXPECT_EQ(connect_error({.text = "definition of service \"x\" not found\n"}).message(),
            "cannot connect: definition of service \"x\" not found");
}

TEST(PostgresConnectErrors, FromTheWayThere) {
  EXPECT_EQ(
      failure("connection to server at \"db\" (10.0.0.1), port 5432 failed: Connection "
              "refused\n\tIs the server running"),
      "|no server listens there\n  hint: start the server, or correct host and port in the URL");
  EXPECT_EQ(failure("could not translate host name \"db\" to address: Name or service not known\n"),
            "|there is no host of that name\n  hint: check the host in the URL");
  EXPECT_EQ(failure("", {.timed_out_after = 10}),
            "|no answer within 10 s\n  hint: check host, port and firewall; ?connect_timeout=30 "
            "waits longer");
  EXPECT_EQ(failure("fe_sendauth: no password supplied\n", {.needs_password = true}),
            "|the server asks for a password\n"
            "  hint: write it in the URL (user:password@host), in PGPASSWORD, or in ~/.pgpass");
  EXPECT_EQ(failure("connection to server at \"db\", port 5432 failed: server does not support "
                    "SSL, but SSL was required\n"),
            "|server does not support SSL, but SSL was required\n"
            "  hint: use ?sslmode=prefer or ?sslmode=disable, or turn on ssl in the server");
  EXPECT_EQ(failure("connection to server at \"db\", port 5432 failed: SSL error: certificate "
                    "verify failed\n"),
            "|SSL error: certificate verify failed\n  hint: name the certificate authority's file "
            "with ?sslrootcert=");
}

}  // namespace
}  // namespace cupel::dialect::postgres
