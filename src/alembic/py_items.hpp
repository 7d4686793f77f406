// SPDX-License-Identifier: MIT
// Parts of tables as SQLAlchemy's schema items. nullopt: no item says exactly this.
#pragma once

#include <optional>
#include <string>

#include "alembic/py_text.hpp"
#include "alembic/py_types.hpp"
#include "cupel/model/naming.hpp"

namespace cupel::alembic::py {

using Code = std::optional<std::string>;

class Items {
 public:
  Items(const dialect::Dialect& dialect, const model::NamingConvention& naming)
      : dialect_(&dialect), naming_(&naming), types_(dialect) {}

  const Types& types() const { return types_; }
  /// op.f('name'): no convention changes it. `receiver` is "op." or "batch_op.".
  static std::string final_name(const std::string& name, const std::string& receiver = "op.");
  /// sa.text('...')
  static std::string text(std::string_view sql);
  /// A server default: a literal as a str, else sa.text().
  std::string server_default(const model::Expression& expression) const;
  static std::string identity(const model::Identity& identity);
  static std::string computed(const model::Computed& computed);

  /// sa.Column(...), of a table that is created with it or has it added.
  Code column(const model::Table& table, const model::Column& column) const;
  /// False for one without a name that the convention would give one, or refuse.
  bool keeps_its_name(const model::Constraint& constraint) const;
  /// sa.UniqueConstraint(...) and so on, inside of a table.
  Code constraint(const model::Constraint& constraint) const;
  /// Names and expressions in brackets.
  std::string index_elements(const model::Index& index) const;
  /// Adds unique=..., and the database's own options; false if one has no keyword.
  bool index_options(const model::Index& index, Arguments& list) const;
  /// Adds onupdate=..., ondelete=..., and so on.
  void foreign_key_options(const model::ForeignKey& key, Arguments& list) const;
  /// Adds deferrable=... and initially=...
  static void deferral(const model::Deferral& deferral, Arguments& list);
  /// The keyword of an option that belongs to this database.
  std::string own(const char* option) const { return types_.package() + "_" + option; }
  /// ('column', '&&'), ... and the keywords of an exclusion; false if one cannot be said.
  bool exclusion(const model::ExcludeConstraint& exclude, Arguments& list) const;

 private:
  Code key(const model::PrimaryKey& key) const;
  Code key(const model::UniqueConstraint& unique) const;
  Code key(const model::ForeignKey& key) const;
  Code key(const model::CheckConstraint& check) const;
  Code key(const model::ExcludeConstraint& exclude) const;
  /// What `autoincrement` must be for the column to be numbered as it is; nullopt if nothing does.
  std::optional<std::string> numbering(const model::Table& table,
                                       const model::Column& column) const;

  const dialect::Dialect* dialect_;
  const model::NamingConvention* naming_;
  Types types_;
};

}  // namespace cupel::alembic::py
