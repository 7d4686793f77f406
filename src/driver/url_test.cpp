// SPDX-License-Identifier: MIT
#include "cupel/driver/url.hpp"

#include <gtest/gtest.h>

namespace cupel::driver {
namespace {

/// All fields in one line, so that a test compares everything.
std::string describe(const Url& url) {
  std::string out = url.dialect + "|" + url.client + "|" + url.user + "|" +
                    (url.has_password ? url.password : "-") + "|" + url.host + "|" +
                    (url.port ? std::to_string(*url.port) : "-") + "|" + url.database;
  for (const auto& [key, value] : url.query) out += "|" + key + "=" + value;
  return out;
}
std::string parsed(std::string_view text) { return describe(parse_url(text)); }

std::string error_of(std::string_view text) {
  try {
    parse_url(text);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Url, AllParts) {
  EXPECT_EQ(
      parsed("postgresql+psycopg2://ann:secret@db.example.org:5433/"
             "app?sslmode=require&options=-c%20x%3D1"),
      "postgresql|psycopg2|ann|secret|db.example.org|5433|app|options=-c x=1|sslmode=require");
}

TEST(Url, MissingParts) {
  EXPECT_EQ(parsed("postgresql://"), "postgresql|||-||-|");
  EXPECT_EQ(parsed("postgresql:///app"), "postgresql|||-||-|app");
  EXPECT_EQ(parsed("postgresql://host"), "postgresql|||-|host|-|");
  EXPECT_EQ(parsed("postgresql://ann@/app"), "postgresql||ann|-||-|app");
  EXPECT_EQ(parsed("postgresql://ann:@host/app"), "postgresql||ann||host|-|app");
  EXPECT_EQ(parsed("postgresql://:pw@host/app"), "postgresql|||pw|host|-|app");
  EXPECT_EQ(parsed("postgresql://host:/app"), "postgresql|||-|host|-|app");
  EXPECT_EQ(parsed("postgresql://:5432/app"), "postgresql|||-||5432|app");
  EXPECT_EQ(parsed("postgresql://host?sslmode=off"), "postgresql|||-|host|-||sslmode=off");
  EXPECT_EQ(parsed("  postgresql://host/app\n"), "postgresql|||-|host|-|app");
}

TEST(Url, Files) {
  EXPECT_EQ(parsed("sqlite://"), "sqlite|||-||-|");
  EXPECT_EQ(parsed("sqlite:///"), "sqlite|||-||-|");
  EXPECT_EQ(parsed("sqlite:///:memory:"), "sqlite|||-||-|:memory:");
  EXPECT_EQ(parsed("sqlite:///data/app.db"), "sqlite|||-||-|data/app.db");
  EXPECT_EQ(parsed("sqlite:////srv/app.db?mode=ro"), "sqlite|||-||-|/srv/app.db|mode=ro");
  EXPECT_EQ(parsed("sqlite:///C:\\data\\app.db"), "sqlite|||-||-|C:\\data\\app.db");
  EXPECT_EQ(parsed("sqlite:///a@b/it's 100% me.db"), "sqlite|||-||-|a@b/it's 100% me.db");
}

TEST(Url, PasswordsWithSpecialCharacters) {
  EXPECT_EQ(parsed("postgresql://ann:p%40s%3As%2Fw%25@host/app"),
            "postgresql||ann|p@s:s/w%|host|-|app");
  EXPECT_EQ(parsed("postgresql://ann:p@s:s@host/app"), "postgresql||ann|p@s:s|host|-|app");
  EXPECT_EQ(parsed("postgresql://ann:p/w@host:1/app"), "postgresql||ann|p/w|host|1|app");
  EXPECT_EQ(parsed("postgresql://ann:12/w@host:1/app"), "postgresql||ann|12/w|host|1|app");
  EXPECT_EQ(parsed("postgresql://ann:p?w@host/app"), "postgresql||ann|p?w|host|-|app");
  EXPECT_EQ(parsed("postgresql://ann:100%@host/app"), "postgresql||ann|100%|host|-|app");
  EXPECT_EQ(parsed("postgresql://ann:a+b#c@host/app"), "postgresql||ann|a+b#c|host|-|app");
  EXPECT_EQ(parsed("postgresql://ann%40corp:x@host/app"), "postgresql||ann@corp|x|host|-|app");
}

TEST(Url, APortIsNotAPassword) {
  EXPECT_EQ(parsed("postgresql://host:5432/app?application_name=a@b"),
            "postgresql|||-|host|5432|app|application_name=a@b");
  EXPECT_EQ(parsed("postgresql://[::1]:5432/app?application_name=a@b"),
            "postgresql|||-|::1|5432|app|application_name=a@b");
}

TEST(Url, IpV6AndSockets) {
  EXPECT_EQ(parsed("postgresql://ann:pw@[2001:db8::1]:5432/app"),
            "postgresql||ann|pw|2001:db8::1|5432|app");
  EXPECT_EQ(parsed("postgresql://[fe80::1%25eth0]/app"), "postgresql|||-|fe80::1%eth0|-|app");
  EXPECT_EQ(parsed("postgresql:///app?host=/var/run/postgresql"),
            "postgresql|||-||-|app|host=/var/run/postgresql");
  EXPECT_EQ(parsed("postgresql://%2Fvar%2Frun/app"), "postgresql|||-|/var/run|-|app");
}

TEST(Url, RepeatedQueryKeysAreJoined) {
  EXPECT_EQ(parsed("postgresql:///app?host=a:1&host=b:2&&"), "postgresql|||-||-|app|host=a:1,b:2");
}

TEST(Url, DisplayHidesSecrets) {
  EXPECT_EQ(
      to_display(parse_url("postgresql+asyncpg://ann:p%40w@[::1]:5/app?sslmode=on&sslpassword=x")),
      "postgresql+asyncpg://ann:***@[::1]:5/app?sslmode=on&sslpassword=***");
  EXPECT_EQ(to_display(parse_url("sqlite:////srv/my app.db?mode=ro")),
            "sqlite:////srv/my app.db?mode=ro");
  EXPECT_EQ(to_display(parse_url("sqlite://")), "sqlite://");
}

TEST(Url, RoundTrip) {
  for (const char* text :
       {"postgresql://ann:p%40s%3As%2Fw%25%3F%23@db:5433/app?options=-c%20x%3D1",
        "postgresql://ann:@/app", "postgresql://:x@h/d%40b", "postgresql://[fe80::1%25eth0]:1",
        "postgresql://%2Fvar%2Frun/app", "sqlite:////srv/%3F%23/\xc3\xa4.db", "sqlite:///a%2540b",
        "x+y://h?a=b%26c&d=%2B"}) {
    const Url url = parse_url(text);
    EXPECT_EQ(describe(parse_url(to_string_with_password(url))), describe(url)) << text;
  }
}

TEST(Url, Errors) {
  EXPECT_EQ(error_of(""), "database URL: it is empty");
  EXPECT_EQ(error_of(" \n"), "database URL: it is empty");
  EXPECT_EQ(error_of("app.db"), "database URL: there is no '://' in it");
  EXPECT_EQ(error_of("sqlite:app.db"), "database URL: there is no '://' in it");
  EXPECT_EQ(error_of("://host/app"), "database URL: it does not begin with the name of a dialect");
  EXPECT_EQ(error_of("post gres://host/app"),
            "database URL: it does not begin with the name of a dialect");
  EXPECT_EQ(error_of("postgresql+://host"),
            "database URL: there is no client library's name behind the '+'");
  EXPECT_EQ(error_of("postgresql://host:port/app"),
            "database URL: the port is not a number from 1 to 65535");
  EXPECT_EQ(error_of("postgresql://host:0/app"),
            "database URL: the port is not a number from 1 to 65535");
  EXPECT_EQ(error_of("postgresql://host:65536/app"),
            "database URL: the port is not a number from 1 to 65535");
  EXPECT_EQ(error_of("postgresql://host:-1/app"),
            "database URL: the port is not a number from 1 to 65535");
  EXPECT_EQ(error_of("postgresql://[::1/app"),
            "database URL: the '[' of an IPv6 address is not closed");
  EXPECT_EQ(error_of("postgresql://[]/app"),
            "database URL: the IPv6 address between '[' and ']' is empty");
  EXPECT_EQ(error_of("postgresql://[::1]5432/app"),
            "database URL: there is text between the ']' and the port");
  EXPECT_EQ(error_of("postgresql://my host/app"), "database URL: the host contains a space");
  EXPECT_EQ(error_of("postgresql://a%00b/app"),
            "database URL: the host contains a control character");
  EXPECT_EQ(error_of("postgresql://a%0Ab@h/app"),
            "database URL: the user contains a control character");
  EXPECT_EQ(error_of("postgresql:///a%00"),
            "database URL: the database contains a control character");
  EXPECT_EQ(error_of("postgresql:///a?x"),
            "database URL: a parameter behind the '?' is not of the form key=value");
  EXPECT_EQ(error_of("postgresql:///a?=x"),
            "database URL: a parameter behind the '?' is not of the form key=value");
}

TEST(Url, NoErrorHoldsThePassword) {
  for (const char* text :
       {"postgresql://ann:hunter2/app", "postgresql://ann:hunter2", "ann:hunter2@host/app",
        "postgresql//ann:hunter2@host/app", "postgresql://ann:hunter2@host:x/app",
        "postgresql://ann:hunter2@[::1/app", "postgresql://ann:a@b/hunter2@host/app",
        "postgresql://ann:hunter2%00@host/app", "postgresql://ann:hunter2@host/app?x",
        "postgresql://ann:hunter2@ho st/app", "hunter2://", "post:hunter2://host"}) {
    try {
      const Url url = parse_url(text);
      EXPECT_EQ(to_display(url).find("hunter2"), url.dialect == "hunter2" ? 0 : std::string::npos)
          << text;
    } catch (const UsageError& error) {
      EXPECT_EQ(error.to_string().find("hunter2"), std::string::npos) << text;
    }
  }
}

}  // namespace
}  // namespace cupel::driver
