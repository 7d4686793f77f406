// SPDX-License-Identifier: MIT
// See update_text.hpp.
#include "sql/update_text.hpp"

namespace cupel::sql {
namespace {

class UpdateReader {
 public:
  UpdateReader(std::string_view sql, const LexRules& rules)
      : tokens_(sql, rules), reader_(tokens_, 0) {}

  UpdateText read() {
    update_.problem = read_head();
    if (update_.problem.empty()) read_rest();
    return std::move(update_);
  }

 private:
  /// Up to SET, which is the next token then.
  std::string read_head() {
    if (reader_.is("WITH")) return "it begins with WITH";
    if (!reader_.take("UPDATE")) return "it is no UPDATE";
    if (reader_.take("OR")) reader_ = TokenReader(tokens_, reader_.at() + 1);
    reader_.take("ONLY");
    std::optional<NameText> table = reader_.take_name();
    if (!table) return "it names no table";
    update_.table = *table;
    update_.qualifier = table->text;
    reader_.take("*");
    const bool has_alias =
        reader_.take("AS") || !(reader_.is("SET") || reader_.is("INDEXED") || reader_.is("NOT"));
    if (has_alias) {
      const std::optional<NameText> alias = reader_.take_name();
      if (alias) update_.qualifier = alias->text;
    }
    set_ = tokens_.find(reader_.at(), tokens_.size(), {"SET"});
    return set_ == tokens_.size() ? "it has no SET" : "";
  }

  void read_rest() {
    const std::size_t where = tokens_.find(set_, tokens_.size(), {"WHERE"});
    const std::size_t behind = tokens_.find(set_, tokens_.size(), {"RETURNING", "ORDER", "LIMIT"});
    if (behind < tokens_.size()) {
      update_.problem = "it has " + std::string(tokens_.text(behind));
      return;
    }
    read_columns(tokens_.find(set_, where, {"FROM"}));
    update_.head = tokens_.between(0, where);
    update_.where = tokens_.between(where + 1, tokens_.size());
  }

  void read_columns(std::size_t end) {
    for (std::size_t at = set_ + 1; at < end;) {
      TokenReader reader(tokens_, at);
      do {  // one name, or several in brackets
        reader.take("(");
        if (const std::optional<NameText> name = reader.take_name())
          update_.columns.push_back(name->key);
      } while (tokens_.is(at, "(") && reader.take(","));
      at = tokens_.find(at, end, {","});
      if (at < end) ++at;
    }
  }

  StatementTokens tokens_;
  TokenReader reader_;
  std::size_t set_ = 0;
  UpdateText update_;
};

}  // namespace

std::string UpdateText::with(const std::string& condition) const {
  return head + " WHERE " + condition + (where.empty() ? "" : " AND (" + where + ")");
}

UpdateText read_update(std::string_view sql, const LexRules& rules) {
  return UpdateReader(sql, rules).read();
}

}  // namespace cupel::sql
