// SPDX-License-Identifier: MIT
// The rules about types and names of what is new. See judge.hpp.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "cupel/base/text.hpp"
#include "dialect/postgres/lex.hpp"
#include "dialect/postgres/lint/judge.hpp"

namespace cupel::dialect::postgres {

using model::ObjectName;
using model::TypeKind;

void EffectJudge::judge_column_type(const ObjectName& table, const model::Column& column) {
  const std::string name = to_string(model::ColumnName{table, column.name});
  const Subject subject{{}, name};
  const model::Type& type = column.type.on("postgresql");
  if (column.autoincrement == model::Autoincrement::Yes && !column.identity) {
    find("TY002", subject,
         "column '" + name + "' is serial; an identity column does the same better");
  }
  if (type.kind == TypeKind::Char) {
    find("TY003", subject,
         fmt::format("column '{}' is char({}), which is filled up with blanks", name,
                     type.length.value_or(1)));
  } else if (type.kind == TypeKind::String && type.length) {
    find("TY004", subject,
         fmt::format("column '{}' is varchar({}); to make it longer is free, shorter is not", name,
                     *type.length));
  } else if ((type.kind == TypeKind::DateTime || type.kind == TypeKind::Timestamp) &&
             !type.timezone) {
    find("TY005", subject,
         "column '" + name +
             "' is timestamp without time zone: which moment is meant depends on "
             "who reads it");
  } else if (type.kind == TypeKind::Json) {
    find("TY006", subject, "column '" + name + "' is json, which has no equality; jsonb has");
  }
}

namespace {

struct Layout {
  int size = 0;  ///< 0: of no fixed length
  int alignment = 4;
};

Layout layout_of(const model::Type& given) {
  const model::Type& type = given.on("postgresql");
  switch (type.kind) {
    case TypeKind::Boolean:
      return {1, 1};
    case TypeKind::SmallInteger:
      return {2, 2};
    case TypeKind::Integer:
    case TypeKind::Date:
    case TypeKind::Enum:
      return {4, 4};
    case TypeKind::Float:
      return type.precision.value_or(53) <= 24 ? Layout{4, 4} : Layout{8, 8};
    case TypeKind::BigInteger:
    case TypeKind::Double:
    case TypeKind::DateTime:
    case TypeKind::Timestamp:
      return {8, 8};
    case TypeKind::Time:
      return type.timezone ? Layout{12, 8} : Layout{8, 8};
    case TypeKind::Interval:
      return {16, 8};
    case TypeKind::Uuid:
      return {16, 1};
    default:
      return {};
  }
}

/// Bytes that the columns of fixed length take in this order, up to the first of another length.
int bytes_of(const std::vector<Layout>& columns) {
  int at = 0;
  for (const Layout& it : columns) {
    at = (at + it.alignment - 1) / it.alignment * it.alignment;
    at += it.size;
  }
  return at;
}

}  // namespace

/// TY009. Of the columns with a fixed length only: where others begin depends on the values.
void EffectJudge::judge_column_order(const model::Table& table) {
  std::vector<Layout> columns;
  for (const model::Column& it : table.columns) {
    const Layout layout = layout_of(it.type);
    if (layout.size != 0) columns.push_back(layout);
  }
  std::vector<Layout> best = columns;
  std::stable_sort(best.begin(), best.end(),
                   [](const Layout& a, const Layout& b) { return a.alignment > b.alignment; });
  constexpr int kWorthSaying = 8;
  const int saved = bytes_of(columns) - bytes_of(best);
  if (saved < kWorthSaying) return;
  find("TY009", {{}, to_string(table.name)},
       fmt::format("the columns of table {} waste {} bytes in each row; wide ones first would not",
                   named(table.name), saved));
}

void EffectJudge::judge_name(const ObjectName& table) {
  if (!table.schema.empty() || step_.is_operation) return;
  if (text::to_lower(step_.sql).find("public.") != std::string::npos) return;
  find("NM004", {{}, to_string(table)},
       "table " + named(table) + " is made in whatever schema search_path begins with");
}

}  // namespace cupel::dialect::postgres
