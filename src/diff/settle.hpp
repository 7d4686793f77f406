// SPDX-License-Identifier: MIT
// Texts that look different, written anew by the server: one question for all of one side.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "diff/name_index.hpp"
#include "diff/object_diff.hpp"
#include "diff/side.hpp"

namespace cupel::diff {

class Settlement {
 public:
  /// `objects` are those of the side, as they are stored; the answers are put there.
  Settlement(const Side& side, model::Schema& objects, const DiffRules& rules);

  /// Asks about the table's texts; the answers are put there.
  void ask(StoredTable& table);
  /// About one of the objects that the constructor was given.
  void ask(const model::ObjectKey& object) { objects_asked_.insert(object); }
  bool empty() const { return tables_asked_.empty() && objects_asked_.empty(); }

  /// Types, sequences and the like that are not there yet, or not as they will be.
  void add_needs(const ObjectDiffs& diffs);
  /// All of them, if nothing of the side is there.
  void add_all_needs();
  /// Asks and takes over the answers.
  void run(Normalizer& normalizer);

 private:
  void add_asked_objects();
  void add_table(const model::Table& stored);
  void add_view(const model::View& view);
  void add_function(const model::Function& function);
  void add_what_is_mentioned(const ops::Mentions& mentions);
  void take_over(const model::Schema& answer);

  const Side& side_;
  model::Schema& objects_;
  const DiffRules& rules_;
  std::vector<StoredTable*> tables_asked_;
  std::set<model::ObjectKey> objects_asked_;
  model::Schema part_;
  std::set<model::ObjectKey> in_part_;
  std::map<model::ObjectName, int> first_number_;  ///< of the names given to a table's texts
  int numbers_ = 0;
  NameIndex names_;  ///< tables, then views, then functions
};

}  // namespace cupel::diff
