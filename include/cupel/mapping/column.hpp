// SPDX-License-Identifier: MIT
// A column of a mapped struct: column("provider", &LlmSetting::provider).index(). Its type and
// whether it may be NULL come from the member.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "cupel/mapping/types.hpp"
#include "cupel/model/define.hpp"

namespace cupel::mapping {

/// Stands for the name of a member's column until map() knows it. Two members have the same one
/// only if they are the same.
CUPEL_API std::string placeholder(const void* bytes, std::size_t size, const void* type);
/// One address for each struct and type of member.
template <typename Owner, typename Member>
inline constexpr char kMemberType = 0;
template <typename Owner, typename Member>
std::string placeholder(Member Owner::*member) {
  return placeholder(&member, sizeof(member), &kMemberType<Owner, Member>);
}

/// What column() collects.
struct MappedColumn {
  model::ColumnDefinition definition;
  std::string member;  ///< its placeholder
  std::string former_name;
};

/// A column whose member belongs to `Owner`. Every method returns *this, so calls chain; see
/// model::ColumnDefinition for what they mean.
template <typename Owner>
class ColumnOf {
 public:
  explicit ColumnOf(MappedColumn mapped) : mapped_(std::move(mapped)) {}
  const MappedColumn& mapped() const { return mapped_; }

  // Its type: another one than the member's, or the member's with a detail changed.
  ColumnOf& type(model::Type type) {
    column().type = std::move(type);
    return *this;
  }
  ColumnOf& length(int characters) {
    column().type.length = characters;
    return *this;
  }
  ColumnOf& precision(int digits) {
    column().type.precision = digits;
    return *this;
  }
  ColumnOf& collate(std::string name) { return type(column().type.collate(std::move(name))); }

  // What every column can say.
  ColumnOf& nullable(bool value = true) { return with(definition().nullable(value)); }
  ColumnOf& not_null(std::string on_conflict = {}) {
    return with(definition().not_null(std::move(on_conflict)));
  }
  ColumnOf& primary_key(bool value = true) { return with(definition().primary_key(value)); }
  ColumnOf& unique(bool value = true) { return with(definition().unique(value)); }
  ColumnOf& index(bool value = true) { return with(definition().index(value)); }
  /// "x", 30, true, text("now()"), now(), ...
  template <typename Default>
  ColumnOf& server_default(Default&& value) {
    return with(definition().server_default(std::forward<Default>(value)));
  }
  ColumnOf& computed(std::string expression, std::optional<bool> persisted = {}) {
    return with(definition().computed(std::move(expression), persisted));
  }
  ColumnOf& identity(model::Identity options = {}) { return with(definition().identity(options)); }
  ColumnOf& autoincrement(bool value = true) { return with(definition().autoincrement(value)); }
  ColumnOf& comment(std::string text) { return with(definition().comment(std::move(text))); }
  ColumnOf& check(std::string expression, model::ConstraintName name = {}) {
    return with(definition().check(std::move(expression), std::move(name)));
  }
  ColumnOf& references(std::string_view target, model::ReferenceOptions options = {}) {
    return with(definition().references(target, std::move(options)));
  }
  ColumnOf& on_delete(std::string action) {
    return with(definition().on_delete(std::move(action)));
  }
  ColumnOf& on_update(std::string action) {
    return with(definition().on_update(std::move(action)));
  }

  /// What the column was called before: a database that still has the old name gets a rename. May
  /// stay for ever.
  ColumnOf& renamed_from(std::string old_name) {
    mapped_.former_name = std::move(old_name);
    return *this;
  }

 private:
  model::ColumnDefinition& definition() { return mapped_.definition; }
  model::Column& column() { return mapped_.definition.column; }
  ColumnOf& with(const model::ColumnDefinition&) { return *this; }
  MappedColumn mapped_;
};

/// A column of the type given here, whatever the member's is.
template <typename Owner, typename Member>
ColumnOf<Owner> column(std::string name, Member Owner::*member, model::Type type) {
  MappedColumn mapped{
      model::ColumnDefinition(std::move(name), std::move(type)), placeholder(member), {}};
  mapped.definition.nullable(kIsOptional<Member>);
  return ColumnOf<Owner>(std::move(mapped));
}
/// A column of the member's type; NOT NULL unless that is a std::optional.
template <typename Owner, typename Member>
ColumnOf<Owner> column(std::string name, Member Owner::*member) {
  static_assert(Typed<Member>,
                "cupel: this member's type has no column type. Name one, column(name, member, "
                "String(20)), or see cupel/mapping/types.hpp for how a type gets one.");
  if constexpr (Typed<Member>) return column(std::move(name), member, TypeOf<Member>::type());
}

}  // namespace cupel::mapping
