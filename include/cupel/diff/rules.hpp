// SPDX-License-Identifier: MIT
// What the comparison of two schemas asks of a database. The base class answers as standard SQL
// would; a dialect overrides what differs there. Stateless and thread-safe.
#pragma once

#include <string>
#include <vector>

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

  /// The schema as the database would give it back after creating it, as far as that is known
  /// without asking a server: types in their normal form, literals as defaults in one spelling, ...
  /// Does not name what is unnamed. stored(stored(s)) == stored(s), and stored(inspected) changes
  /// nothing that matters.
  virtual model::Schema stored(const model::Schema& schema) const;

  /// False if a difference can be seen; both are in stored() form.
  virtual bool same_type(const model::Type& a, const model::Type& b) const;
  /// True if the texts mean the same for sure (white space, case of keywords, needless parentheses,
  /// the casts that the server adds); false is no proof of a difference: ask a Normalizer then.
  virtual bool same_expression(const std::string& a, const std::string& b) const;
  virtual TypeChange judge(const model::Type& from, const model::Type& to) const;
  /// How old values become the new type (PostgreSQL's USING); empty if none is needed.
  virtual std::string using_expression(const std::string& quoted_column, const model::Type& from,
                                       const model::Type& to) const;

  // What the database has. A difference in something that it has not is no difference.
  virtual bool has_comments() const;
  virtual bool has_own_enums() const;         ///< enum types that live apart from tables
  virtual bool has_constraint_names() const;  ///< a constraint's name can be changed and found
  /// True if an object that depends on a table or column must be dropped before that can change,
  /// and made again afterwards (views over an altered column).
  virtual bool dependents_block_changes() const;
  /// True if `CREATE OR REPLACE` can turn one view into the other in place.
  virtual bool can_replace_view(const model::View& from, const model::View& to) const;
};

/// Asks a live server how it writes texts. Leaves nothing behind.
class CUPEL_API Normalizer {
 public:
  virtual ~Normalizer();
  /// These tables, views, ... made somewhere out of the way in a transaction that is rolled back
  /// (or in a database that costs nothing), and inspected. `part` holds what the texts need (types,
  /// functions, referred tables may be missing from it if they exist live); what the server refuses
  /// comes back as it was given.
  virtual model::Schema as_server_writes(const model::Schema& part) = 0;
};

}  // namespace cupel::diff
