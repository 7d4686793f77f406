// SPDX-License-Identifier: MIT
// How this room writes JSON: keys in their order, an indent of two.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cupel/command/autogenerate.hpp"
#include "cupel/command/run.hpp"

namespace cupel::cli {

using Json = nlohmann::ordered_json;

inline std::string print(const Json& value) {
  return value.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// What ran.
Json run(const revision::Graph& graph, const migrate::RunResult& result);
Json json_of(const migrate::Loss& loss);
Json object(const model::ObjectKey& key);
Json findings(const std::vector<diff::Finding>& list);

}  // namespace cupel::cli
