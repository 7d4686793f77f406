// SPDX-License-Identifier: MIT
// Strings, bytes and containers as C++ sees them. Reading and changing them here runs no script,
// except where an Interpreter is asked for: keys of a script's class have their own __hash__ and
// __eq__.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/python/value.hpp"

namespace cupel::python {

class Interpreter;

/// Text that counts towards the memory limit.
using Text = std::basic_string<char, std::char_traits<char>, Counted<char>>;
using Values = std::vector<Value, Counted<Value>>;

/// Immutable text: UTF-8, where lone surrogates are kept as three bytes.
class CUPEL_API Str final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Str;
  Str(Class* cls, Text text);
  std::string_view view() const { return text_; }
  std::string str() const { return std::string(text_); }
  /// In code points.
  std::size_t length() const { return length_; }
  bool ascii() const { return length_ == text_.size(); }
  std::uint64_t hash() const;
  bool interned() const { return interned_; }
  /// The byte offset of code point `index`, which may be length().
  std::size_t offset(std::size_t index) const;
  /// The code point number of a byte offset.
  std::size_t index_of(std::size_t offset) const;

 private:
  friend class Heap;
  void build_index() const;
  Text text_;
  std::size_t length_;
  mutable std::uint64_t hash_ = 0;
  mutable std::unique_ptr<std::vector<std::uint32_t, Counted<std::uint32_t>>> index_;
  bool interned_ = false;
};

class CUPEL_API Bytes final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Bytes;
  Bytes(Class* cls, Text data) : Object(cls, kLayout), data_(std::move(data)) {}
  std::string_view view() const { return data_; }
  /// Only for bytearray.
  Text& data() { return data_; }

 private:
  Text data_;
};

class CUPEL_API List final : public Object {
 public:
  static constexpr Layout kLayout = Layout::List;
  explicit List(Class* cls, Values items = {}) : Object(cls, kLayout), items(std::move(items)) {}
  void clear() override;
  Values items;
};

class CUPEL_API Tuple final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Tuple;
  explicit Tuple(Class* cls, Values items = {}) : Object(cls, kLayout), items(std::move(items)) {}
  void clear() override;
  Values items;
};

/// Insertion-ordered hash table behind dict and set.
class CUPEL_API Table {
 public:
  struct Entry {
    Value key;  ///< Unset: removed
    Value value;
    std::uint64_t hash = 0;
  };
  std::size_t size() const { return used_; }
  bool empty() const { return used_ == 0; }
  /// Positions to walk over; skip those whose key is Unset.
  std::size_t slots() const { return entries_.size(); }
  const Entry& slot(std::size_t i) const { return entries_[i]; }
  Entry& slot(std::size_t i) { return entries_[i]; }

  /// Null if absent. The pointer is good until the next change. May run a script's __eq__.
  Value* find(Interpreter& in, const Value& key);
  Value* find(Interpreter& in, const Value& key, std::uint64_t hash);
  /// By text; runs no script.
  Value* find(const Str& key) const;
  Value* find(std::string_view key) const;
  void set(Interpreter& in, const Value& key, Value value);
  void set(Str* key, Value value);
  /// The removed value, or Unset.
  Value erase(Interpreter& in, const Value& key);
  Value erase(const Str& key);
  /// Removes the last entry (or the first); false if empty.
  bool pop(bool last, Entry& out);
  void clear();
  /// Changes with every insertion of a new key and every removal.
  std::uint64_t version() const { return version_; }

 private:
  static constexpr std::int32_t kEmpty = -1, kRemoved = -2;
  std::ptrdiff_t locate(Interpreter& in, const Value& key, std::uint64_t hash);
  std::ptrdiff_t locate_text(std::string_view key, std::uint64_t hash, const Object* same) const;
  template <class Same>
  std::ptrdiff_t probe(std::uint64_t hash, Same&& same) const;
  void insert(const Value& key, Value value, std::uint64_t hash);
  Value remove(std::size_t position);
  void rebuild(std::size_t capacity);

  std::vector<Entry, Counted<Entry>> entries_;
  std::vector<std::int32_t, Counted<std::int32_t>> index_;  ///< empty while there are few entries
  std::size_t used_ = 0;
  std::size_t filled_ = 0;  ///< index places that are not empty
  std::uint64_t version_ = 0;
};

class CUPEL_API Dict final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Dict;
  explicit Dict(Class* cls) : Object(cls, kLayout) {}
  void clear() override;
  Table table;
};

class CUPEL_API Set final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Set;
  Set(Class* cls, bool frozen) : Object(cls, kLayout), frozen(frozen) {}
  void clear() override;
  Table table;
  bool frozen;
};

}  // namespace cupel::python
