// SPDX-License-Identifier: MIT
// See object_diff.hpp.
#include "diff/object_diff.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "diff/pairing.hpp"

namespace cupel::diff {
namespace {

using model::key_of;
using model::ObjectKey;

// How alike two objects of one name are; comments are asked for apart.

Likeness likeness(const model::Extension&, const model::Extension&, const DiffRules&) {
  return Likeness::Same;  // a version is for ALTER EXTENSION, which is no matter of models
}
Likeness likeness(const model::EnumType& a, const model::EnumType& b, const DiffRules&) {
  return exact(a.values == b.values);
}
Likeness likeness(const model::Domain& a, const model::Domain& b, const DiffRules& rules) {
  return of_texts(a.definition, b.definition, rules);
}
/// A sequence's comment is changed together with all the rest.
Likeness likeness(const model::Sequence& a, const model::Sequence& b, const DiffRules& rules) {
  if (rules.has_comments()) return exact(a == b);
  model::Sequence other = b;
  other.comment = a.comment;
  return exact(a == other);
}
Likeness likeness(const model::View& a, const model::View& b, const DiffRules& rules) {
  Likeness result = both(exact(a.materialized == b.materialized && a.with == b.with),
                         of_texts(a.definition, b.definition, rules));
  // A server puts the names of the columns into the SELECT.
  if (a.columns != b.columns) result = both(result, Likeness::Texts);
  return result;
}
Likeness likeness(const model::Function& a, const model::Function& b, const DiffRules& rules) {
  return both(exact(a.procedure == b.procedure), of_texts(a.definition, b.definition, rules));
}
Likeness likeness(const model::Trigger& a, const model::Trigger& b, const DiffRules& rules) {
  return of_texts(a.definition, b.definition, rules);
}

bool commented(const model::EnumType& a, const model::EnumType& b) {
  return a.comment != b.comment;
}
bool commented(const model::View& a, const model::View& b) { return a.comment != b.comment; }
template <typename T>
bool commented(const T&, const T&) {
  return false;
}

template <typename T>
bool has_parts_that_differ(const ObjectDiff<T>&, const DiffRules&) {
  return false;
}
bool has_parts_that_differ(const ObjectDiff<model::View>& diff, const DiffRules& rules) {
  return !index_diffs(diff, rules).empty();
}

class ObjectComparison {
 public:
  ObjectComparison(const model::Schema& from, const model::Schema& to, const DiffRules& rules,
                   const Options& options)
      : from_(from), to_(to), rules_(rules), options_(options) {}

  ObjectDiffs run() {
    compare(from_.extensions, to_.extensions, result_.extensions);
    if (rules_.has_own_enums()) compare(from_.enums, to_.enums, result_.enums);
    compare(from_.domains, to_.domains, result_.domains);
    compare(from_.sequences, to_.sequences, result_.sequences);
    compare(from_.views, to_.views, result_.views);
    compare(from_.functions, to_.functions, result_.functions);
    compare(from_.triggers, to_.triggers, result_.triggers);
    if (rules_.has_schemas()) compare_schemas();
    return std::move(result_);
  }

 private:
  bool is_included(const ObjectKey& key) const {
    return !options_.is_included || options_.is_included(key, "");
  }
  template <typename T>
  bool is_included(const T& object) const {
    return is_included(key_of(object));
  }
  /// What hangs on a table is left out with it.
  bool is_included(const model::Trigger& trigger) const {
    return is_included(key_of(trigger)) &&
           is_included(ObjectKey{model::ObjectKind::Table, trigger.table, {}});
  }
  bool is_owned(const ObjectKey& key) const { return !options_.is_owned || options_.is_owned(key); }

  template <typename T>
  void compare(const std::vector<T>& from, const std::vector<T>& to,
               std::vector<ObjectDiff<T>>& out) {
    std::map<ObjectKey, const T*> before;
    for (const T& it : from) {
      if (is_included(it)) before.emplace(key_of(it), &it);
    }
    for (const T& it : to) {
      if (!is_included(it)) continue;
      const auto found = before.find(key_of(it));
      if (found == before.end()) {
        out.push_back({.to = &it});
        continue;
      }
      ObjectDiff<T> diff{.from = found->second, .to = &it};
      before.erase(found);
      diff.alike = likeness(*diff.from, it, rules_);
      diff.commented = rules_.has_comments() && commented(*diff.from, it);
      if (diff.is_changed() || diff.commented || has_parts_that_differ(diff, rules_)) {
        out.push_back(diff);
      }
    }
    for (const auto& [key, object] : before) {
      if (is_owned(key)) {
        out.push_back({.from = object});
      } else {
        result_.unmanaged.push_back(key);
      }
    }
  }

  void compare_schemas() {
    const std::unordered_set<std::string> before(from_.schemas.begin(), from_.schemas.end());
    const std::unordered_set<std::string> after(to_.schemas.begin(), to_.schemas.end());
    for (const std::string& name : to_.schemas) {
      if (before.count(name) == 0 && is_included(schema_key(name))) {
        result_.added_schemas.push_back(name);
      }
    }
    for (const std::string& name : from_.schemas) {
      if (after.count(name) != 0 || !is_included(schema_key(name))) continue;
      if (is_owned(schema_key(name))) {
        result_.removed_schemas.push_back(name);
      } else {
        result_.unmanaged.push_back(schema_key(name));
      }
    }
  }
  static ObjectKey schema_key(const std::string& name) {
    return {model::ObjectKind::Schema, name, {}};
  }

  const model::Schema& from_;
  const model::Schema& to_;
  const DiffRules& rules_;
  const Options& options_;
  ObjectDiffs result_;
};

}  // namespace

ObjectDiffs compare_objects(const model::Schema& from, const model::Schema& to,
                            const DiffRules& rules, const Options& options) {
  return ObjectComparison(from, to, rules, options).run();
}

std::vector<PartDiff<model::Index>> index_diffs(const ObjectDiff<model::View>& diff,
                                                const DiffRules& rules) {
  std::vector<PartDiff<model::Index>> result;
  const auto list = [](const model::View& view) {
    std::vector<const model::Index*> indexes;
    for (const model::Index& it : view.indexes) indexes.push_back(&it);
    return indexes;
  };
  const auto from = list(*diff.from);
  const auto to = list(*diff.to);
  Pairing<model::Index>(from, to, rules).run(result);
  return result;
}

}  // namespace cupel::diff
