// SPDX-License-Identifier: MIT
// Templates such as ix_%(table_name)s_%(column_0_N_name)s filled in. See naming.hpp.
#include "cupel/model/naming.hpp"

#include <charconv>

#include "cupel/base/text.hpp"
#include "model/md5.hpp"

namespace cupel::model {
namespace {

/// What the tokens can speak of.
struct Subject {
  const ObjectName& table;
  std::vector<std::string> columns;
  const ForeignKey* foreign_key = nullptr;
  const std::string& given;
};

[[noreturn]] void throw_unknown_token(std::string_view token) {
  throw UsageError("naming convention: there is no token '%(" + std::string(token) + ")s'",
                   "the tokens are %(table_name)s, %(column_0_name)s, %(column_0_N_name)s, "
                   "%(column_0_label)s, %(referred_table_name)s, %(referred_column_0_name)s and "
                   "%(constraint_name)s; a number other than 0 picks another column");
}

/// The label is what SQLAlchemy calls a column in SQL: the table's schema is a part of it.
std::string column_text(const Subject& subject, const std::string& column, std::string_view what) {
  if (what != "label") return column;
  std::string schema = text::replace_all(subject.table.schema, ".", "_");
  if (!schema.empty()) schema += "_";
  return schema + subject.table.name + "_" + column;
}

/// `rest` follows "column_": "0_name", "0_N_name", "0N_label", ...
std::string column_token(const Subject& subject, const std::vector<std::string>& columns,
                         std::string_view token, std::string_view rest) {
  std::size_t index = 0;
  const auto [digits_end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), index);
  if (error != std::errc()) throw_unknown_token(token);
  rest.remove_prefix(static_cast<std::size_t>(digits_end - rest.data()));
  const bool all_spaced = rest.substr(0, 3) == "_N_";
  const bool all = all_spaced || rest.substr(0, 2) == "N_";
  rest.remove_prefix(all_spaced ? 3 : all ? 2 : rest.empty() ? 0 : 1);
  if (rest != "name" && rest != "key" && rest != "label") throw_unknown_token(token);

  if (!all) return index < columns.size() ? column_text(subject, columns[index], rest) : "";
  std::vector<std::string> parts;
  for (const std::string& column : columns) parts.push_back(column_text(subject, column, rest));
  return text::join(parts, all_spaced ? "_" : "");
}

std::string token_text(const Subject& subject, std::string_view token) {
  if (token == "table_name") return subject.table.name;
  if (token == "constraint_name") {
    if (!subject.given.empty()) return subject.given;
    throw UsageError("table '" + to_string(subject.table) +
                         "': the naming convention needs a name to fill in %(constraint_name)s",
                     "give the constraint a name");
  }
  constexpr std::string_view kReferred = "referred_";
  if (token.substr(0, kReferred.size()) == kReferred && subject.foreign_key != nullptr) {
    const std::string_view rest = token.substr(kReferred.size());
    if (rest == "table_name") return subject.foreign_key->referred_table.name;
    if (rest.substr(0, 7) == "column_") {
      return column_token(subject, subject.foreign_key->referred_columns, token, rest.substr(7));
    }
  }
  if (token.substr(0, 7) == "column_") {
    return column_token(subject, subject.columns, token, token.substr(7));
  }
  throw_unknown_token(token);
}

std::string filled(const std::string& convention, const Subject& subject) {
  std::string result;
  for (std::size_t i = 0; i < convention.size();) {
    const std::size_t end = convention.compare(i, 2, "%(") == 0 ? convention.find(")s", i) : i;
    if (end == std::string::npos) {
      throw UsageError("naming convention '" + convention + "': a token is not closed",
                       "a token looks like %(table_name)s");
    }
    if (end == i) {
      result += convention[i];
      i += convention.compare(i, 2, "%%") == 0 ? 2 : 1;
    } else {
      result += token_text(subject, std::string_view(convention).substr(i + 2, end - i - 2));
      i = end + 2;
    }
  }
  return result;
}

std::string name_by(const std::string& convention, const Subject& subject, std::size_t max_length) {
  const bool wraps_given = convention.find("%(constraint_name)s") != std::string::npos;
  if (convention.empty() || (!subject.given.empty() && !wraps_given)) return subject.given;
  return shortened_name(filled(convention, subject), max_length);
}

const std::string& convention_for(const NamingConvention& all, ConstraintKind kind) {
  static const std::string kNone;
  switch (kind) {
    case ConstraintKind::Primary:
      return all.pk;
    case ConstraintKind::Unique:
      return all.uq;
    case ConstraintKind::Foreign:
      return all.fk;
    case ConstraintKind::Check:
      return all.ck;
    case ConstraintKind::Exclude:
      return kNone;
  }
  return kNone;
}

}  // namespace

std::string shortened_name(const std::string& name, std::size_t max_length) {
  constexpr std::size_t kCut = 8;
  if (name.size() <= max_length || max_length <= kCut) return name;
  std::size_t keep = max_length - kCut;
  while (keep > 0 && (static_cast<unsigned char>(name[keep]) & 0xC0) == 0x80) --keep;
  return name.substr(0, keep) + "_" + md5_hex(name).substr(28);
}

std::string NamingConvention::name_for(const Constraint& constraint, const ObjectName& table,
                                       std::size_t max_length) const {
  const Subject subject{table, columns_of(constraint), std::get_if<ForeignKey>(&constraint),
                        name_of(constraint)};
  return name_by(convention_for(*this, kind_of(constraint)), subject, max_length);
}

std::string NamingConvention::name_for(const Index& index, const ObjectName& table,
                                       std::size_t max_length) const {
  Subject subject{table, {}, nullptr, index.name};
  for (const IndexElement& element : index.elements) {
    if (!element.column.empty()) subject.columns.push_back(element.column);
  }
  if (index.name.empty() && subject.columns.empty()) {
    throw UsageError("table '" + to_string(table) +
                         "': an index over expressions only cannot be named by the convention",
                     "give the index a name");
  }
  return name_by(ix, subject, max_length);
}

}  // namespace cupel::model
