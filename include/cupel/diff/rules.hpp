// SPDX-License-Identifier: MIT
// What the comparison of two schemas asks of a database. The base class answers as standard SQL
// would; a dialect overrides what differs there. Stateless and thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "cupel/model/schema.hpp"

namespace cupel::diff {

/// What a change of a column's type may do to the values that are there.
enum class TypeChange {
  Same,      ///< no statement is needed
  Widening,  ///< every old value fits
  Lossy,     ///< values may be cut, rounded or refused: needs a yes (decision 5)
  Convert,   ///< needs an explicit conversion, see using_expression(); may fail on data
};

class CUPEL_API DiffRules {
 public:
  virtual ~DiffRules();

  // What is stored: a schema as the database would give it back after creating it, as far as that
  // is known without asking a server. Types in their normal form, literals as defaults in one
  // spelling, what the database does not have left out. Does not name what is unnamed. Storing
  // twice is storing once, and storing what was inspected changes nothing that matters. Table by
  // table, so that ten thousand of them need not be there twice.

  /// In which schema a thing really is: "public" may be another word for the default one.
  virtual model::ObjectName stored_name(const model::ObjectName& name) const;
  /// `whole` is what the table is a part of; only a partition's form may depend on it.
  virtual model::Table stored_table(model::Table table, const model::Schema& whole) const;
  /// Everything but the tables. The enum types that only columns speak of are among the enums.
  virtual model::Schema stored_objects(const model::Schema& whole) const;
  /// All of it in normalized() form.
  model::Schema stored(const model::Schema& whole) const;

  // Both sides are in stored form.
  /// False if a difference can be seen.
  virtual bool same_type(const model::Type& a, const model::Type& b) const;
  /// True if the texts mean the same for sure (white space, case of keywords, needless parentheses,
  /// the casts that the server adds); false is no proof of a difference: ask a Normalizer then.
  virtual bool same_expression(const std::string& a, const std::string& b) const;
  /// As same_expression(), for the default of a column of this type.
  virtual bool same_default(const model::Type& type, const model::Expression& a,
                            const model::Expression& b) const;
  /// True if the database numbers the column's rows by itself, where it can be told to or not to.
  virtual bool numbers_rows(const model::Table& table, const model::Column& column) const;
  virtual TypeChange judge(const model::Type& from, const model::Type& to) const;
  /// How old values of a column (its plain name) become the new type (USING); empty if the database
  /// converts them by itself.
  virtual std::string using_expression(const std::string& column, const model::Type& from,
                                       const model::Type& to) const;
  /// True if one becomes the other by an ALTER of the column; false: it is dropped and added.
  virtual bool can_alter_computed(const std::optional<model::Computed>& from,
                                  const std::optional<model::Computed>& to) const;

  // What the database has. A difference in something that it has not is no difference.
  virtual bool has_comments() const;
  virtual bool has_schemas() const;
  virtual bool has_own_enums() const;         ///< enum types that live apart from tables
  virtual bool has_constraint_names() const;  ///< a constraint's name can be changed and found
  virtual std::size_t max_name_length() const;
  /// What the database calls a constraint that nobody named; it is given that name when it is added
  /// to a table that exists, so that it can be dropped again.
  virtual std::string name_for(const model::Table& table,
                               const model::Constraint& constraint) const;

  // How the database changes things.
  /// True if it rebuilds a table to change it, so that several changes belong together.
  virtual bool groups_table_changes() const;
  /// True if a foreign key can only be made when the table that it refers to is there.
  virtual bool foreign_keys_need_tables() const;
  /// True if what depends on a table or column must be dropped before that can change, and made
  /// again afterwards (views, triggers, CHECKs and indexes over an altered column).
  virtual bool dependents_block_changes() const;
  /// True if `CREATE OR REPLACE` can turn one view or function into the other in place.
  virtual bool can_replace(const model::View& from, const model::View& to) const;
  virtual bool can_replace(const model::Function& from, const model::Function& to) const;
};

/// Asks a live server how it writes texts. Leaves nothing behind.
class CUPEL_API Normalizer {
 public:
  virtual ~Normalizer();
  /// These tables, views, ... made somewhere out of the way in a transaction that is rolled back
  /// (or in a database that costs nothing), and inspected; names stay as they are given. `part`
  /// holds what the texts need as far as it is not there or is to change (types, functions, tables
  /// may be missing from it if they exist live); what the server refuses comes back as it was
  /// given.
  virtual model::Schema as_server_writes(const model::Schema& part) = 0;
};

}  // namespace cupel::diff
