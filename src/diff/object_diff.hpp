// SPDX-License-Identifier: MIT
// What differs between two schemas besides their tables.
#pragma once

#include <string>
#include <vector>

#include "cupel/diff/diff.hpp"
#include "diff/likeness.hpp"
#include "diff/table_diff.hpp"

namespace cupel::diff {

template <typename T>
struct ObjectDiff {
  const T* from = nullptr;  ///< null: added
  const T* to = nullptr;    ///< null: removed
  Likeness alike = Likeness::Different;
  bool commented = false;  ///< the comment differs

  bool is_added() const { return from == nullptr; }
  bool is_removed() const { return to == nullptr; }
  bool is_changed() const { return from != nullptr && to != nullptr && alike != Likeness::Same; }
};

/// Pointers into the two schemas that were compared.
struct ObjectDiffs {
  std::vector<std::string> added_schemas;
  std::vector<std::string> removed_schemas;
  std::vector<ObjectDiff<model::Extension>> extensions;
  std::vector<ObjectDiff<model::EnumType>> enums;
  std::vector<ObjectDiff<model::Domain>> domains;
  std::vector<ObjectDiff<model::Sequence>> sequences;
  std::vector<ObjectDiff<model::View>> views;
  std::vector<ObjectDiff<model::Function>> functions;
  std::vector<ObjectDiff<model::Trigger>> triggers;
  std::vector<model::ObjectKey> unmanaged;
};

/// Both sides as DiffRules::stored_objects() gives them, normalised.
ObjectDiffs compare_objects(const model::Schema& from, const model::Schema& to,
                            const DiffRules& rules, const Options& options);

/// The indexes of a materialised view that differ, where everything else is the same.
std::vector<PartDiff<model::Index>> index_diffs(const ObjectDiff<model::View>& diff,
                                                const DiffRules& rules);

/// How the values of an enum type become others.
struct EnumChange {
  struct Rename {
    std::string from;
    std::string to;
  };
  struct Addition {
    std::string value;
    std::string before;
    std::string after;
  };
  std::vector<Rename> renames;
  std::vector<Addition> additions;
  bool rewrite = false;  ///< values go or change places: the type is made anew
};
EnumChange enum_change(const std::vector<std::string>& from, const std::vector<std::string>& to);

}  // namespace cupel::diff
