// SPDX-License-Identifier: MIT
// The way back. See make_undo() in plan.hpp.
#include <algorithm>
#include <iterator>

#include "cupel/ops/services.hpp"
#include "diff/plan.hpp"

namespace cupel::diff {
namespace {

/// `from` with all values that its enum types have been given; by their old names, for renames are
/// undone first.
model::Schema with_added_values(const Operations& operations, const model::Schema& from,
                                const DiffRules& rules) {
  model::Schema result = from;
  result.enums = rules.stored_objects(from).enums;
  std::map<model::ObjectName, std::map<std::string, std::string>> old_values;
  for (const ops::Operation& operation : operations) {
    if (const auto* rename = std::get_if<ops::RenameEnumValue>(&operation)) {
      old_values[rename->name][rename->new_value] = rename->value;
    }
    const auto* add = std::get_if<ops::AddEnumValue>(&operation);
    if (add == nullptr) continue;
    const auto& olds = old_values[add->name];
    const auto old = [&](const std::string& value) {
      const auto found = olds.find(value);
      return found == olds.end() ? value : found->second;
    };
    ops::AddEnumValue same = *add;
    same.before = old(add->before);
    same.after = old(add->after);
    ops::apply(same, result);
  }
  return result;
}

}  // namespace

Operations make_undo(const Operations& operations, const Changes& changes) {
  const auto is_value = [](const ops::Operation& it) {
    return std::holds_alternative<ops::AddEnumValue>(it);
  };
  if (std::none_of(operations.begin(), operations.end(), is_value))
    return ops::reverse_all(operations);
  Operations reversible;
  std::remove_copy_if(operations.begin(), operations.end(), std::back_inserter(reversible),
                      is_value);
  Operations undo = ops::reverse_all(reversible);
  const model::Schema& from = changes.original;
  Options options;
  options.guess_renames = false;
  options.concurrent_indexes = changes.options.concurrent_indexes;
  for (ops::Operation& it :
       compare(with_added_values(operations, from, changes.rules), from, changes.rules, options)
           .operations) {
    undo.push_back(std::move(it));
  }
  return undo;
}

}  // namespace cupel::diff
