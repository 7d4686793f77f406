// SPDX-License-Identifier: MIT
// Where the objects of one interpreter live: the list of all of them, the ones waiting to be
// destroyed, interned names, and the cache of class lookups.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "python/objects.hpp"

namespace cupel::python {

/// A limit of the Settings was reached. Scripts cannot catch it.
struct LimitReached {
  std::string message;
  std::vector<TracePoint> trace;
};

class Heap {
 public:
  Heap(Interpreter& in, std::size_t max_memory);
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  Interpreter& in;
  Str* intern(std::string_view text);
  /// Counts memory against this heap's limit from now on.
  void enter();

  void add(Object* object);
  void dispose(Object* object);

  // Class lookups, by class and interned name; forgotten whenever a class changes.
  const Value* cached(const Class* cls, const Str* name, bool& known) const;
  void cache(const Class* cls, const Str* name, const Value* value);
  void forget() { ++epoch_; }

  /// type, object, str and dict, which need each other to exist.
  struct First {
    Class *type, *object, *str, *dict;
  };
  First make_first_classes();
  Class* str_class = nullptr;
  Class* dict_class = nullptr;

 private:
  struct Cached {
    const Class* cls = nullptr;
    const Str* name = nullptr;
    const Value* value = nullptr;
    std::uint64_t epoch = 0;
  };
  static std::size_t slot_of(const Class* cls, const Str* name);
  void drain();

  Object* first_ = nullptr;
  Object* dead_ = nullptr;
  bool draining_ = false;
  bool ending_ = false;
  std::size_t max_memory_;
  std::int64_t memory_before_;
  std::unordered_map<std::string_view, Str*> interned_;
  std::uint64_t epoch_ = 1;
  std::array<Cached, 4096> cache_{};
};

}  // namespace cupel::python
