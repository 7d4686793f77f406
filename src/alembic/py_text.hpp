// SPDX-License-Identifier: MIT
// Texts as Python writes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cupel::alembic::py {

/// 'text', or "text" if it holds a single quote only: as repr() does.
std::string repr(std::string_view text);
/// ['a', 'b']
std::string repr(const std::vector<std::string>& texts);
inline std::string truth(bool value) { return value ? "True" : "False"; }
/// SQL that SQLAlchemy's text() gives back as it is: what it would take for a parameter is escaped.
std::string escaped(std::string_view sql);
/// op.execute's argument: escaped, on lines of its own if it has several.
std::string statement_literal(std::string_view sql);

/// Arguments of a call, in order.
class Arguments {
 public:
  Arguments& add(std::string code) {
    list_.push_back(std::move(code));
    return *this;
  }
  Arguments& add(std::string_view name, std::string_view code) {
    return add(std::string(name) + "=" + std::string(code));
  }
  /// Only if it is not empty.
  Arguments& text(std::string_view name, std::string_view value) {
    return value.empty() ? *this : add(name, repr(value));
  }
  Arguments& flag(std::string_view name, bool value) { return value ? add(name, "True") : *this; }
  bool is_empty() const { return list_.empty(); }
  std::string joined(std::string_view separator = ", ") const;
  /// name(arguments)
  std::string call(std::string_view name) const { return std::string(name) + "(" + joined() + ")"; }

 private:
  std::vector<std::string> list_;
};

}  // namespace cupel::alembic::py
