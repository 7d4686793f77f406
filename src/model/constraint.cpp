// SPDX-License-Identifier: MIT
// What all constraints have in common. See constraint.hpp.
#include "cupel/model/constraint.hpp"

#include <algorithm>

#include "cupel/base/text.hpp"

namespace cupel::model {
namespace {

// In the order of ConstraintKind.
const std::vector<std::string> kWords = {"primary", "unique", "foreignkey", "check", "exclude"};

}  // namespace

Constraint::Constraint() = default;
Constraint::Constraint(const Constraint&) = default;
Constraint::Constraint(Constraint&&) noexcept = default;
Constraint& Constraint::operator=(const Constraint&) = default;
Constraint& Constraint::operator=(Constraint&&) noexcept = default;
Constraint::~Constraint() = default;
bool Constraint::operator==(const Constraint& other) const {
  return static_cast<const ConstraintVariant&>(*this) ==
         static_cast<const ConstraintVariant&>(other);
}

ConstraintKind kind_of(const Constraint& constraint) {
  return static_cast<ConstraintKind>(constraint.index());
}
const std::string& name_of(const Constraint& constraint) {
  return std::visit([](const auto& it) -> const std::string& { return it.name; }, constraint);
}
void set_name(Constraint& constraint, std::string name) {
  std::visit([&](auto& it) { it.name = std::move(name); }, constraint);
}
const std::string& comment_of(const Constraint& constraint) {
  return std::visit([](const auto& it) -> const std::string& { return it.comment; }, constraint);
}

std::vector<std::string> columns_of(const Constraint& constraint) {
  struct Columns {
    std::vector<std::string> operator()(const PrimaryKey& key) const { return key.columns; }
    std::vector<std::string> operator()(const UniqueConstraint& unique) const {
      return unique.columns;
    }
    std::vector<std::string> operator()(const ForeignKey& key) const { return key.columns; }
    std::vector<std::string> operator()(const CheckConstraint&) const { return {}; }
    std::vector<std::string> operator()(const ExcludeConstraint& exclude) const {
      std::vector<std::string> columns;
      for (const ExcludeElement& element : exclude.elements) {
        if (!element.column.empty()) columns.push_back(element.column);
      }
      return columns;
    }
  };
  return std::visit(Columns{}, constraint);
}

std::string_view to_string(ConstraintKind kind) { return kWords[static_cast<std::size_t>(kind)]; }

ConstraintKind parse_constraint_kind(std::string_view word) {
  const auto found = std::find(kWords.begin(), kWords.end(), word);
  if (found == kWords.end()) {
    throw UsageError("there is no kind of constraint '" + std::string(word) + "'",
                     "the kinds are " + text::quoted_list(kWords));
  }
  return static_cast<ConstraintKind>(found - kWords.begin());
}

}  // namespace cupel::model
