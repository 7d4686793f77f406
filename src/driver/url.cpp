// SPDX-License-Identifier: MIT
// Takes database URLs apart and puts them together. As lenient as SQLAlchemy: a raw '/' or '@' in a
// password is understood where only one reading makes sense, and a '%' that codes nothing stays.
// No error repeats any of the text: what looks like a port or a database may be half a password.
#include "cupel/driver/url.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "cupel/base/text.hpp"

namespace cupel::driver {

namespace {

constexpr std::string_view kShape =
    "a server's URL reads dialect://user:password@host:port/database, a file's "
    "dialect:///path/to/file.db";

[[noreturn]] void refuse(std::string what, std::string hint = std::string(kShape)) {
  throw UsageError("database URL: " + std::move(what), std::move(hint));
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decode(std::string_view text, std::string_view part, bool plus_is_space = false) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                       hex_value(text[i + 2]) >= 0;
    if (coded) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  if (std::any_of(out.begin(), out.end(), is_control)) {
    refuse("the " + std::string(part) + " contains a control character");
  }
  return out;
}

std::string encode(std::string_view text, std::string_view also_plain = {}) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = is_letter(c) || is_digit(c) || byte >= 0x80 ||
                       std::string_view("-._~").find(c) != std::string_view::npos ||
                       also_plain.find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return out;
}

bool is_name(std::string_view name) {
  return !name.empty() && is_letter(name[0]) && std::all_of(name.begin(), name.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.';
  });
}

void parse_scheme(std::string_view scheme, Url& url) {
  const std::size_t plus = scheme.find('+');
  const std::string_view dialect = scheme.substr(0, plus);
  if (!is_name(dialect)) refuse("it does not begin with the name of a dialect");
  url.dialect = dialect;
  if (plus == std::string_view::npos) return;
  const std::string_view client = scheme.substr(plus + 1);
  if (!is_name(client)) refuse("there is no client library's name behind the '+'");
  url.client = client;
}

/// The '@' that ends user and password, or npos if there are none.
///
/// Behind "name:" a raw '/' or '?' is ambiguous: "u:p/w@host" holds a password,
/// "host:5432/db?x=a@b" a port.
std::size_t find_at(std::string_view rest) {
  const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
  const std::size_t at = rest.substr(0, end).rfind('@');
  if (at != std::string_view::npos) return at;
  const std::size_t colon = rest.substr(0, end).find(':');
  if (colon == std::string_view::npos || rest[0] == '[') return std::string_view::npos;
  const std::size_t first_at = rest.find('@', end);
  if (first_at == std::string_view::npos) return first_at;
  const bool maybe_port = std::all_of(rest.begin() + static_cast<std::ptrdiff_t>(colon) + 1,
                                      rest.begin() + static_cast<std::ptrdiff_t>(end), is_digit);
  const std::size_t question = rest.find('?');
  const bool in_query =
      question < first_at &&
      rest.substr(question, first_at - question).find('=') != std::string_view::npos;
  if (maybe_port && in_query) return std::string_view::npos;
  const std::size_t next = std::min(rest.find_first_of("/?", first_at), rest.size());
  return rest.substr(0, next).rfind('@');
}

void parse_credentials(std::string_view text, Url& url) {
  const std::size_t colon = text.find(':');
  url.user = decode(text.substr(0, colon), "user");
  if (colon == std::string_view::npos) return;
  url.has_password = true;
  url.password = decode(text.substr(colon + 1), "password");
}

void parse_port(std::string_view text, Url& url) {
  if (text.empty()) return;
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port < 1 || port > 65535) {
    refuse("the port is not a number from 1 to 65535",
           "is a ':' or '/' in the password? write them as %3A and %2F; several hosts are written "
           "as ?host=a:5432&host=b:5432");
  }
  url.port = port;
}

void parse_server(std::string_view text, Url& url) {
  if (text.empty()) return;
  std::string_view port;
  if (text[0] == '[') {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) refuse("the '[' of an IPv6 address is not closed");
    url.host = decode(text.substr(1, close - 1), "host");
    text.remove_prefix(close + 1);
    if (!text.empty() && text[0] != ':') refuse("there is text between the ']' and the port");
    if (!text.empty()) port = text.substr(1);
    if (url.host.empty()) refuse("the IPv6 address between '[' and ']' is empty");
  } else {
    const std::size_t colon = text.find(':');
    url.host = decode(text.substr(0, colon), "host");
    if (colon != std::string_view::npos) port = text.substr(colon + 1);
  }
  if (url.host.find(' ') != std::string::npos && url.host[0] != '/')
    refuse("the host contains a space");
  parse_port(port, url);
}

void parse_query(std::string_view text, Url& url) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || equals == 0) {
      refuse("a parameter behind the '?' is not of the form key=value",
             "write ?key=value&other=value; is the '?' part of the password? write it as %3F");
    }
    const std::string key = decode(pair.substr(0, equals), "query", true);
    std::string value = decode(pair.substr(equals + 1), "query", true);
    const auto [entry, fresh] = url.query.try_emplace(key, value);
    if (!fresh) entry->second += "," + value;
  }
}

/// Query values that are passwords by another name.
bool is_secret(std::string_view key) {
  const std::string lower = text::to_lower(key);
  constexpr std::array<std::string_view, 4> kMarks = {"passw", "pwd", "secret", "token"};
  return std::any_of(kMarks.begin(), kMarks.end(),
                     [&](std::string_view mark) { return lower.find(mark) != std::string::npos; });
}

std::string credentials_text(const Url& url, bool with_secrets) {
  if (url.user.empty() && !url.has_password) return {};
  std::string out = encode(url.user);
  if (url.has_password) out += ":" + (with_secrets ? encode(url.password) : std::string("***"));
  return out + "@";
}

std::string host_text(const Url& url) {
  const bool v6 = url.host.find(':') != std::string::npos;
  return v6 ? "[" + encode(url.host, ":") + "]" : encode(url.host, ",");
}

std::string to_text(const Url& url, bool with_secrets) {
  std::string out = url.dialect;
  if (!url.client.empty()) out += "+" + url.client;
  out += "://" + credentials_text(url, with_secrets) + host_text(url);
  if (url.port) out += ":" + std::to_string(*url.port);
  if (!url.database.empty()) out += "/" + encode(url.database, "/:\\ ,+=()'!$&;");
  char separator = '?';
  for (const auto& [key, value] : url.query) {
    const bool hide = !with_secrets && is_secret(key);
    out += separator + encode(key) + "=" + (hide ? std::string("***") : encode(value, "/:,"));
    separator = '&';
  }
  return out;
}

}  // namespace

Url parse_url(std::string_view text) {
  text = text::trim(text);
  if (text.empty()) refuse("it is empty");
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos) {
    refuse("there is no '://' in it", std::string(kShape));
  }
  Url url;
  parse_scheme(text.substr(0, colon), url);
  std::string_view rest = text.substr(colon + 3);
  const std::size_t at = find_at(rest);
  if (at != std::string_view::npos) {
    parse_credentials(rest.substr(0, at), url);
    rest.remove_prefix(at + 1);
  }
  const std::size_t server_end = std::min(rest.find_first_of("/?"), rest.size());
  parse_server(rest.substr(0, server_end), url);
  rest.remove_prefix(server_end);
  const std::size_t question = std::min(rest.find('?'), rest.size());
  if (question > 0) {
    const std::string_view database = rest.substr(1, question - 1);
    if (url.has_password && database.find('@') != std::string_view::npos) {
      refuse("there is an '@' behind the host's '/'",
             "in the password write '/' as %2F and '@' as %40, in the database's name '@' as %40");
    }
    url.database = decode(database, "database");
  }
  rest.remove_prefix(std::min(question + 1, rest.size()));
  parse_query(rest, url);
  return url;
}

std::string to_display(const Url& url) { return to_text(url, false); }
std::string to_string_with_password(const Url& url) { return to_text(url, true); }

}  // namespace cupel::driver
