// SPDX-License-Identifier: MIT
// The hash table behind dict and set: entries in order, and beside them an index once there are
// more than a few.
#include <algorithm>

#include "cupel/python/interpreter.hpp"
#include "python/heap.hpp"
#include "python/unicode.hpp"

namespace cupel::python {
namespace {

constexpr std::size_t kUnindexed = 8;

std::uint64_t hash_text(std::string_view text) {
  // FNV-1a over eight bytes at a time, mixed at the end; zero means "not computed yet".
  std::uint64_t hash = 0xCBF29CE484222325 ^ text.size();
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t part = 0;
    std::char_traits<char>::copy(reinterpret_cast<char*>(&part), text.data() + i, 8);
    hash = (hash ^ part) * 0x9E3779B97F4A7C15;
    hash ^= hash >> 32;
  }
  for (; i < text.size(); ++i) {
    hash = (hash ^ static_cast<unsigned char>(text[i])) * 0x100000001B3;
  }
  hash ^= hash >> 29;
  hash *= 0xBF58476D1CE4E5B9;
  hash ^= hash >> 32;
  return hash == 0 ? 1 : hash;
}

std::uint64_t mix(std::uint64_t hash) {
  hash ^= hash >> 31;
  hash *= 0x9E3779B97F4A7C15;
  return hash ^ (hash >> 29);
}

}  // namespace

// --- Str --------------------------------------------------------------------------------------

Str::Str(Class* cls, Text text)
    : Object(cls, kLayout), text_(std::move(text)), length_(unicode::length(text_)) {}

std::uint64_t Str::hash() const {
  if (hash_ == 0) hash_ = hash_text(text_);
  return hash_;
}

// Every 32nd code point's offset, made when a long text is indexed for the first time.
void Str::build_index() const {
  index_ = std::make_unique<std::vector<std::uint32_t, Counted<std::uint32_t>>>();
  std::size_t count = 0;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if ((static_cast<unsigned char>(text_[i]) & 0xC0) == 0x80) continue;
    if (count % 32 == 0) index_->push_back(static_cast<std::uint32_t>(i));
    ++count;
  }
}

std::size_t Str::offset(std::size_t index) const {
  if (ascii() || index == 0) return index;
  if (index >= length_) return text_.size();
  std::size_t offset = 0;
  std::size_t left = index;
  if (length_ > 64) {
    if (index_ == nullptr) build_index();
    offset = (*index_)[index / 32];
    left = index % 32;
  }
  for (++offset; true; ++offset) {
    if (offset == text_.size() || (static_cast<unsigned char>(text_[offset]) & 0xC0) != 0x80) {
      if (left-- == 1) return offset;
      if (left == static_cast<std::size_t>(-1)) return offset - 1;
    }
  }
}

std::size_t Str::index_of(std::size_t offset) const {
  if (ascii()) return offset;
  return unicode::length(std::string_view(text_).substr(0, offset));
}

// --- Table ------------------------------------------------------------------------------------

template <class Same>
std::ptrdiff_t Table::probe(std::uint64_t hash, Same&& same) const {
  if (index_.empty()) {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].hash == hash && entries_[i].key.is_set() && same(i)) {
        return static_cast<std::ptrdiff_t>(i);
      }
    }
    return -1;
  }
  const std::size_t mask = index_.size() - 1;
  for (std::size_t at = mix(hash) & mask;; at = (at + 1) & mask) {
    const std::int32_t found = index_[at];
    if (found == kEmpty) return -1;
    if (found >= 0 && entries_[static_cast<std::size_t>(found)].hash == hash &&
        same(static_cast<std::size_t>(found))) {
      return found;
    }
  }
}

std::ptrdiff_t Table::locate_text(std::string_view key, std::uint64_t hash,
                                  const Object* same) const {
  return probe(hash, [&](std::size_t i) {
    const Value& other = entries_[i].key;
    if (!other.is(Layout::Str)) return false;
    return other.object() == same || static_cast<const Str*>(other.object())->view() == key;
  });
}

std::ptrdiff_t Table::locate(Interpreter& in, const Value& key, std::uint64_t hash) {
  const Str* text = key.as<Str>();
  if (text != nullptr && !text->cls()->from_script) {
    return locate_text(text->view(), hash, text);
  }
  // A script's __eq__ may change the table under our feet: then the search starts again.
  for (int attempt = 0; attempt < 100; ++attempt) {
    const std::uint64_t before = version_;
    bool changed = false;
    const std::ptrdiff_t found = probe(hash, [&](std::size_t i) {
      const Value other = entries_[i].key;
      if (other.same(key)) return true;
      if (other.kind() == Kind::Int && key.kind() == Kind::Int) return false;
      const bool equal = in.equal(other, key);
      changed = version_ != before;
      return equal || changed;
    });
    if (!changed) return found;
  }
  in.raise("RuntimeError", "dictionary changed while a key was compared");
}

Value* Table::find(Interpreter& in, const Value& key) {
  if (used_ == 0 && !key.is_object()) return nullptr;
  return find(in, key, in.hash(key));
}

Value* Table::find(Interpreter& in, const Value& key, std::uint64_t hash) {
  if (used_ == 0) return nullptr;
  const std::ptrdiff_t at = locate(in, key, hash);
  return at < 0 ? nullptr : &entries_[static_cast<std::size_t>(at)].value;
}

Value* Table::find(const Str& key) const {
  if (used_ == 0) return nullptr;
  const std::ptrdiff_t at = locate_text(key.view(), key.hash(), &key);
  return at < 0 ? nullptr : const_cast<Value*>(&entries_[static_cast<std::size_t>(at)].value);
}

Value* Table::find(std::string_view key) const {
  if (used_ == 0) return nullptr;
  const std::ptrdiff_t at = locate_text(key, hash_text(key), nullptr);
  return at < 0 ? nullptr : const_cast<Value*>(&entries_[static_cast<std::size_t>(at)].value);
}

void Table::set(Interpreter& in, const Value& key, Value value) {
  const std::uint64_t hash = in.hash(key);
  const std::ptrdiff_t at = used_ == 0 ? -1 : locate(in, key, hash);
  if (at >= 0) {
    entries_[static_cast<std::size_t>(at)].value.swap(value);
    return;
  }
  insert(key, std::move(value), hash);
}

void Table::set(Str* key, Value value) {
  const std::ptrdiff_t at = used_ == 0 ? -1 : locate_text(key->view(), key->hash(), key);
  if (at >= 0) {
    entries_[static_cast<std::size_t>(at)].value.swap(value);
    return;
  }
  insert(Value(key), std::move(value), key->hash());
}

void Table::insert(const Value& key, Value value, std::uint64_t hash) {
  const bool indexed = !index_.empty();
  if (!indexed ? entries_.size() >= kUnindexed
               : (std::max(entries_.size(), filled_) + 1) * 3 > index_.size() * 2) {
    rebuild(std::max<std::size_t>(32, used_ * 4));
  }
  ++version_;
  entries_.push_back({key, std::move(value), hash});
  ++used_;
  if (index_.empty()) return;
  const std::size_t mask = index_.size() - 1;
  std::size_t at = mix(hash) & mask;
  while (index_[at] >= 0) at = (at + 1) & mask;
  filled_ += index_[at] == kEmpty ? 1 : 0;
  index_[at] = static_cast<std::int32_t>(entries_.size() - 1);
}

// Leaves out removed entries and writes the index anew, with room for at least half of `capacity`.
void Table::rebuild(std::size_t capacity) {
  std::size_t size = 32;
  while (size < capacity) size *= 2;
  if (entries_.size() != used_) {
    std::size_t out = 0;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (!entries_[i].key.is_set()) continue;
      if (out != i) entries_[out] = std::move(entries_[i]);
      ++out;
    }
    entries_.resize(out);
    if (out < kUnindexed) {
      index_.clear();
      filled_ = 0;
      return;
    }
  }
  index_.assign(size, kEmpty);
  filled_ = entries_.size();
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    std::size_t at = mix(entries_[i].hash) & (size - 1);
    while (index_[at] >= 0) at = (at + 1) & (size - 1);
    index_[at] = static_cast<std::int32_t>(i);
  }
}

Value Table::remove(std::size_t position) {
  Entry& entry = entries_[position];
  if (!index_.empty()) {
    const std::size_t mask = index_.size() - 1;
    std::size_t at = mix(entry.hash) & mask;
    while (index_[at] != static_cast<std::int32_t>(position)) at = (at + 1) & mask;
    index_[at] = kRemoved;
  }
  ++version_;
  --used_;
  Value value = std::move(entry.value);
  const Value key = std::move(entry.key);  // goes last: its end may run nothing of this table
  entry.key = {};
  entry.value = {};
  if (used_ == 0) {
    entries_.clear();
    std::fill(index_.begin(), index_.end(), kEmpty);
    filled_ = 0;
  } else {
    while (!entries_.empty() && !entries_.back().key.is_set()) entries_.pop_back();
  }
  return value;
}

Value Table::erase(Interpreter& in, const Value& key) {
  if (used_ == 0) {
    in.hash(key);
    return {};
  }
  const std::ptrdiff_t at = locate(in, key, in.hash(key));
  return at < 0 ? Value() : remove(static_cast<std::size_t>(at));
}

Value Table::erase(const Str& key) {
  if (used_ == 0) return {};
  const std::ptrdiff_t at = locate_text(key.view(), key.hash(), &key);
  return at < 0 ? Value() : remove(static_cast<std::size_t>(at));
}

bool Table::pop(bool last, Entry& out) {
  if (used_ == 0) return false;
  std::size_t at = last ? entries_.size() - 1 : 0;
  while (!entries_[at].key.is_set()) last ? --at : ++at;
  out.key = entries_[at].key;
  out.hash = entries_[at].hash;
  out.value = remove(at);
  return true;
}

void Table::clear() {
  ++version_;
  used_ = 0;
  std::vector<Entry, Counted<Entry>> gone;
  gone.swap(entries_);
  index_.clear();
  filled_ = 0;
}

}  // namespace cupel::python
