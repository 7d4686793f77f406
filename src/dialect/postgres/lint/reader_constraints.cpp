// SPDX-License-Identifier: MIT
// Constraints, as CREATE TABLE, ALTER TABLE and domains have them. See reader.hpp.
#include <utility>

#include "dialect/postgres/lint/reader.hpp"

namespace cupel::dialect::postgres {
namespace {

std::string action_word(const std::string& letter) {
  if (letter == "c") return "CASCADE";
  if (letter == "r") return "RESTRICT";
  if (letter == "n") return "SET NULL";
  if (letter == "d") return "SET DEFAULT";
  return {};
}

model::Deferral deferral_of(const Node& node) {
  model::Deferral deferral;
  if (node.is("deferrable")) deferral.deferrable = true;
  if (node.is("initdeferred")) deferral.initially = "DEFERRED";
  return deferral;
}

}  // namespace

model::ForeignKey StatementReader::read_foreign_key(const Node& node,
                                                    const std::string& column) const {
  model::ForeignKey key;
  key.columns = column.empty() ? strings_of(node.list("fk_attrs")) : std::vector{column};
  key.referred_table = relation_name(node["pktable"]);
  key.referred_columns = strings_of(node.list("pk_attrs"));
  key.name = node.text("conname");
  key.on_delete = action_word(node.text("fk_del_action"));
  key.on_update = action_word(node.text("fk_upd_action"));
  key.match = node.text("fk_matchtype") == "f" ? "FULL" : "";
  key.deferral = deferral_of(node);
  key.not_valid = node.is("skip_validation");
  return key;
}

model::ExcludeConstraint StatementReader::read_exclusion(const Node& node) const {
  model::ExcludeConstraint exclude;
  exclude.name = node.text("conname");
  exclude.using_method = node.text("access_method");
  exclude.deferral = deferral_of(node);
  const std::size_t start = source_.at(node.location());
  const Range inside = source_.parenthesised({start, source_.size()});
  const std::vector<Node> nodes = node.list("exclusions");
  const std::vector<Range> texts = source_.split(inside);
  for (std::size_t i = 0; i < nodes.size() && i < texts.size(); ++i) {
    const std::vector<Node> pair = Node(nodes[i]["List"]).list("items");
    if (pair.empty()) continue;
    const Node element = pair[0]["IndexElem"];
    const std::size_t with = source_.find_word(texts[i], "with");
    model::ExcludeElement read;
    read.with_operator = source_.text({with + 1, texts[i].last});
    read.column = element.text("name");
    if (read.column.empty()) {
      read.expression = source_.text({texts[i].first, with});
    } else {
      read.operator_class = listed_name(element.list("opclass")).name;
    }
    exclude.elements.push_back(std::move(read));
  }
  if (node["where_clause"]) {
    const std::size_t where = inside.last + 1;
    exclude.where = source_.text(source_.parenthesised({where, source_.size()}));
  }
  return exclude;
}

std::optional<model::Constraint> StatementReader::read_constraint(const Node& node,
                                                                  const std::string& column) const {
  const std::string kind = node.text("contype");
  const std::size_t start = source_.at(node.location());
  if (kind == "CONSTR_CHECK") {
    model::CheckConstraint check;
    check.name = node.text("conname");
    check.column = column;
    check.expression = source_.text(source_.parenthesised({start, source_.size()}));
    check.not_valid = node.is("skip_validation");
    check.no_inherit = node.is("is_no_inherit");
    return check;
  }
  if (kind == "CONSTR_FOREIGN") return read_foreign_key(node, column);
  if (kind == "CONSTR_EXCLUSION") return read_exclusion(node);
  std::vector<std::string> keys = strings_of(node.list("keys"));
  if (keys.empty() && !column.empty()) keys = {column};
  if (kind == "CONSTR_UNIQUE") {
    return model::UniqueConstraint{.columns = std::move(keys),
                                   .name = node.text("conname"),
                                   .nulls_not_distinct = node.is("nulls_not_distinct"),
                                   .include = strings_of(node.list("including")),
                                   .deferral = deferral_of(node)};
  }
  if (kind == "CONSTR_PRIMARY") {
    return model::PrimaryKey{.columns = std::move(keys),
                             .name = node.text("conname"),
                             .include = strings_of(node.list("including")),
                             .deferral = deferral_of(node)};
  }
  return std::nullopt;
}

}  // namespace cupel::dialect::postgres
