// SPDX-License-Identifier: MIT
// See error_details.hpp.
#include "cli/error_details.hpp"

#include <cxxabi.h>

#include <cstdlib>
#include <exception>
#include <memory>
#include <typeinfo>

#include "cupel/base/text.hpp"

namespace cupel::cli {
namespace {

using Facts = std::vector<std::pair<std::string, std::string>>;

/// "cupel::DatabaseError"
std::string class_of(const std::exception& error) {
  const char* mangled = typeid(error).name();
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(mangled, nullptr, nullptr, &status), std::free);
  return status == 0 ? name.get() : mangled;
}

void add_database(Facts& facts, const DatabaseError& error) {
  const DatabaseError::Details& details = error.details();
  if (!details.sqlstate.empty()) facts.emplace_back("sqlstate", details.sqlstate);
  if (details.native_code != 0) facts.emplace_back("code", std::to_string(details.native_code));
  if (!details.detail.empty()) facts.emplace_back("detail", details.detail);
  if (!details.statement.empty()) facts.emplace_back("statement", details.statement);
  if (details.offset != 0) facts.emplace_back("offset", std::to_string(details.offset));
  if (details.connection_lost) facts.emplace_back("connection", "lost");
  if (details.retryable) facts.emplace_back("again", "the same may work later");
}

/// What was thrown below, innermost last.
void add_causes(Facts& facts, const std::exception& error) {
  try {
    std::rethrow_if_nested(error);
  } catch (const std::exception& cause) {
    facts.emplace_back("cause", class_of(cause) + ": " + cause.what());
    add_causes(facts, cause);
  } catch (...) {
    facts.emplace_back("cause", "no std::exception");
  }
}

}  // namespace

ErrorDetails details_of(const Error& error, std::string traceback) {
  ErrorDetails details;
  details.facts.emplace_back("class", class_of(error));
  if (!error.where().empty()) details.facts.emplace_back("place", error.where());
  if (const auto* database = dynamic_cast<const DatabaseError*>(&error))
    add_database(details.facts, *database);
  if (const auto* revision = dynamic_cast<const RevisionError*>(&error);
      revision != nullptr && !revision->ids().empty())
    details.facts.emplace_back("revisions", text::join(revision->ids(), ", "));
  add_causes(details.facts, error);
  details.traceback = std::move(traceback);
  return details;
}

}  // namespace cupel::cli
