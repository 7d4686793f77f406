// SPDX-License-Identifier: MIT
// One list of a schema's objects, by name, with the errors that finding and adding can meet.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "ops/apply.hpp"

namespace cupel::ops {

inline const std::string& name_text(const std::string& name) { return name; }
inline std::string name_text(const ObjectName& name) { return to_string(name); }

/// Borrows the list; `what` is the word for one of them ("enum").
template <typename T, typename Name>
class NamedList {
 public:
  NamedList(std::vector<T>& list, std::string what) : list_(list), what_(std::move(what)) {}

  T* find(const Name& name) const {
    const auto found = place(name);
    return found == list_.end() ? nullptr : &*found;
  }
  T& get(const Name& name) const {
    if (T* found = find(name)) return *found;
    std::vector<std::string> names;
    for (const T& it : list_) names.push_back(name_text(it.name));
    throw no_such(what_, name_text(name), names);
  }
  void add(const T& value, bool if_not_exists) const {
    if (find(value.name) == nullptr) {
      list_.push_back(value);
    } else if (!if_not_exists) {
      throw already_there(what_, name_text(value.name));
    }
  }
  void drop(const Name& name, bool if_exists) const {
    if (if_exists && find(name) == nullptr) return;
    get(name);
    list_.erase(place(name));
  }

 private:
  auto place(const Name& name) const {
    return std::find_if(list_.begin(), list_.end(), [&](const T& it) { return it.name == name; });
  }

  std::vector<T>& list_;
  std::string what_;
};
template <typename T>
auto by_name(std::vector<T>& list, std::string what) {
  return NamedList<T, decltype(T::name)>(list, std::move(what));
}

}  // namespace cupel::ops
