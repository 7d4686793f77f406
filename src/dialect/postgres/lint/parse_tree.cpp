// SPDX-License-Identifier: MIT
// See parse_tree.hpp.
#include "dialect/postgres/lint/parse_tree.hpp"

#include <pg_query.h>

#include <nlohmann/json.hpp>

#include "cupel/base/text.hpp"
#include "dialect/postgres/lint/source_text.hpp"

namespace cupel::dialect::postgres {

using nlohmann::json;

Node Node::operator[](const char* key) const {
  if (json_ == nullptr || !json_->is_object()) return {};
  const auto found = json_->find(key);
  return found == json_->end() ? Node() : Node(&*found);
}

std::string Node::text(const char* key) const {
  const Node value = (*this)[key];
  return value.json_ != nullptr && value.json_->is_string() ? value.json_->get<std::string>()
                                                            : std::string();
}

bool Node::is(const char* key) const {
  const Node value = (*this)[key];
  return value.json_ != nullptr && value.json_->is_boolean() && value.json_->get<bool>();
}

long Node::number(const char* key, long otherwise) const {
  const Node value = (*this)[key];
  return value.json_ != nullptr && value.json_->is_number_integer() ? value.json_->get<long>()
                                                                    : otherwise;
}

std::vector<Node> Node::list(const char* key) const {
  Node value = (*this)[key];
  if (const Node list = value["List"]) value = list["items"];
  std::vector<Node> nodes;
  if (value.json_ == nullptr || !value.json_->is_array()) return nodes;
  for (const json& element : *value.json_) nodes.emplace_back(&element);
  return nodes;
}

std::string Node::kind() const {
  const bool wrapped = json_ != nullptr && json_->is_object() && json_->size() == 1;
  return wrapped ? json_->begin().key() : std::string();
}

Node Node::inner() const {
  const bool wrapped = json_ != nullptr && json_->is_object() && json_->size() == 1;
  return wrapped ? Node(&*json_->begin()) : Node();
}

std::vector<Node> Node::all(const char* kind) const {
  std::vector<Node> found;
  std::vector<const json*> open{json_};
  while (!open.empty()) {
    const json* next = open.back();
    open.pop_back();
    if (next == nullptr || !next->is_structured()) continue;
    if (next->is_object() && next->contains(kind)) found.emplace_back(&(*next)[kind]);
    for (const json& inside : *next) open.push_back(&inside);
  }
  return found;
}

namespace {

/// 1+1+1+... nests as deeply as it is long;.
constexpr std::size_t kMostTokens = 20'000;

std::string message_of(const PgQueryError& error) {
  return error.message == nullptr ? "the parser refuses it" : error.message;
}

}  // namespace

ParseTree::~ParseTree() = default;
ParseTree::ParseTree(ParseTree&&) noexcept = default;
ParseTree& ParseTree::operator=(ParseTree&&) noexcept = default;

ParseTree::ParseTree(const SourceText& source) {
  const std::string sql(source.sql());
  if (sql.find('\0') != std::string::npos) {
    error_ = "it holds a zero byte";
  } else if (!text::is_utf8(sql)) {
    error_ = "it is not UTF-8";
  } else if (source.size() > kMostTokens) {
    error_ = "it is too long to be parsed";
  }
  if (!error_.empty()) return;
  const PgQueryParseResult result = pg_query_parse(sql.c_str());
  if (result.error != nullptr) {
    error_ = message_of(*result.error);
  } else {
    json_ = std::make_unique<json>(json::parse(result.parse_tree, nullptr, false));
    if (json_->is_discarded()) error_ = "the parser's answer cannot be read";
  }
  pg_query_free_parse_result(result);
}

std::vector<ParseTree::Statement> ParseTree::statements() const {
  std::vector<Statement> result;
  for (const Node& it : Node(json_.get()).list("stmts")) {
    result.push_back({it["stmt"], static_cast<std::size_t>(it.number("stmt_location")),
                      static_cast<std::size_t>(it.number("stmt_len"))});
  }
  return result;
}

}  // namespace cupel::dialect::postgres
