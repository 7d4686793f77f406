// SPDX-License-Identifier: MIT
// Iterators over built-in things, and the protocol for all others.
#include "python/state.hpp"
#include "python/unicode.hpp"

namespace cupel::python {
namespace {

/// Of lists and tuples; the list may change meanwhile.
class SequenceIterator final : public Iterator {
 public:
  SequenceIterator(Class* cls, Value sequence) : Iterator(cls), sequence_(std::move(sequence)) {}
  void clear() override { sequence_ = {}; }
  bool next(Interpreter&, Value& out) override {
    if (!sequence_.is_set()) return false;
    const List* list = sequence_.as<List>();
    const Values& items = list != nullptr ? list->items : sequence_.as<Tuple>()->items;
    if (at_ >= items.size()) {
      sequence_ = {};
      return false;
    }
    out = items[at_++];
    return true;
  }

 private:
  Value sequence_;
  std::size_t at_ = 0;
};

class ReverseIterator final : public Iterator {
 public:
  ReverseIterator(Class* cls, Value sequence, std::size_t size)
      : Iterator(cls), sequence_(std::move(sequence)), at_(size) {}
  void clear() override { sequence_ = {}; }
  bool next(Interpreter& in, Value& out) override {
    if (at_ == 0 || !sequence_.is_set()) return false;
    --at_;
    const List* list = sequence_.as<List>();
    const Tuple* tuple = sequence_.as<Tuple>();
    if (list != nullptr || tuple != nullptr) {
      const Values& items = list != nullptr ? list->items : tuple->items;
      if (at_ >= items.size()) return false;
      out = items[at_];
      return true;
    }
    out = get_item(in, sequence_, Value(static_cast<std::int64_t>(at_)));
    return true;
  }

 private:
  Value sequence_;
  std::size_t at_;
};

class TextIterator final : public Iterator {
 public:
  TextIterator(Class* cls, Value text) : Iterator(cls), text_(std::move(text)) {}
  void clear() override { text_ = {}; }
  bool next(Interpreter& in, Value& out) override {
    if (!text_.is_set()) return false;
    const std::string_view text = text_.as<Str>()->view();
    if (at_ >= text.size()) return false;
    std::size_t length = 0;
    unicode::decode(text, at_, length);
    out = make_str(in, text.substr(at_, length));
    at_ += length;
    return true;
  }

 private:
  Value text_;
  std::size_t at_ = 0;
};

class BytesIterator final : public Iterator {
 public:
  BytesIterator(Class* cls, Value data) : Iterator(cls), data_(std::move(data)) {}
  void clear() override { data_ = {}; }
  bool next(Interpreter&, Value& out) override {
    if (!data_.is_set()) return false;
    const std::string_view data = data_.as<Bytes>()->view();
    if (at_ >= data.size()) return false;
    out = Value(static_cast<std::int64_t>(static_cast<unsigned char>(data[at_++])));
    return true;
  }

 private:
  Value data_;
  std::size_t at_ = 0;
};

class RangeIterator final : public Iterator {
 public:
  RangeIterator(Class* cls, std::int64_t start, std::int64_t step, std::uint64_t count)
      : Iterator(cls),
        value_(static_cast<std::uint64_t>(start)),
        step_(static_cast<std::uint64_t>(step)),
        left_(count) {}
  bool next(Interpreter&, Value& out) override {
    if (left_ == 0) return false;
    --left_;
    out = Value(static_cast<std::int64_t>(value_));
    value_ += step_;
    return true;
  }

 private:
  std::uint64_t value_, step_, left_;
};

/// Of dicts, their views, and sets.
class TableIterator final : public Iterator {
 public:
  TableIterator(Class* cls, Value owner, ViewKind kind, bool reversed)
      : Iterator(cls), owner_(std::move(owner)), kind_(kind), reversed_(reversed) {
    size_ = table().size();
    at_ = reversed ? table().slots() : 0;
  }
  void clear() override { owner_ = {}; }
  bool next(Interpreter& in, Value& out) override {
    if (!owner_.is_set()) return false;
    const Table& rows = table();
    if (rows.size() != size_) {
      const bool dict = owner_.is(Layout::Dict);
      in.raise("RuntimeError", dict ? "dictionary changed size during iteration"
                                    : "Set changed size during iteration");
    }
    while (reversed_ ? at_ > 0 : at_ < rows.slots()) {
      const std::size_t i = reversed_ ? --at_ : at_++;
      if (i >= rows.slots()) continue;
      const Table::Entry& entry = rows.slot(i);
      if (!entry.key.is_set()) continue;
      switch (kind_) {
        case ViewKind::Keys:
          out = entry.key;
          break;
        case ViewKind::Values:
          out = entry.value;
          break;
        case ViewKind::Items:
          out = make_tuple(in, Values{entry.key, entry.value});
          break;
      }
      return true;
    }
    owner_ = {};
    return false;
  }

 private:
  const Table& table() const {
    const Dict* dict = owner_.as<Dict>();
    return dict != nullptr ? dict->table : owner_.as<Set>()->table;
  }
  Value owner_;
  ViewKind kind_;
  bool reversed_;
  std::size_t size_ = 0, at_ = 0;
};

/// Anything with __getitem__ that counts from 0.
class ItemIterator final : public Iterator {
 public:
  ItemIterator(Class* cls, Value object) : Iterator(cls), object_(std::move(object)) {}
  void clear() override { object_ = {}; }
  bool next(Interpreter& in, Value& out) override {
    if (!object_.is_set()) return false;
    const Value object = object_;
    try {
      out = get_item(in, object, Value(at_));
    } catch (const Raised& raised) {
      const Value exception = raised.exception;
      if (!exception_matches(in, exception, Value(in.exception_class("IndexError"))) &&
          !exception_matches(in, exception, Value(types(in).stop_iteration))) {
        throw;
      }
      object_ = {};
      return false;
    }
    ++at_;
    return true;
  }

 private:
  Value object_;
  std::int64_t at_ = 0;
};

/// `async for` over an object with __anext__; coroutines run at once, so it is an iterator like any
/// other.
class AsyncIterator final : public Iterator {
 public:
  AsyncIterator(Class* cls, Value object) : Iterator(cls), object_(std::move(object)) {}
  void clear() override { object_ = {}; }
  bool next(Interpreter& in, Value& out) override {
    const Value* found = lookup_special(in, object_, names(in).anext);
    if (found == nullptr) type_error(in, "'async for' requires an object with __anext__ method");
    const Value method = *found, object = object_;
    try {
      out = call_special(in, method, object);
      return true;
    } catch (const Raised& raised) {
      const Value exception = raised.exception;
      if (!exception_matches(in, exception, Value(in.exception_class("StopAsyncIteration")))) throw;
      return false;
    }
  }

 private:
  Value object_;
};

Class* iterator_class(Interpreter& in) { return types(in).iterator; }

}  // namespace

Value list_iterator(Interpreter& in, Value sequence) {
  return make<SequenceIterator>(iterator_class(in), std::move(sequence));
}
Value values_iterator(Interpreter& in, Values items) {
  return list_iterator(in, make_list(in, std::move(items)));
}
Value dict_iterator(Interpreter& in, const Value& dict, ViewKind kind, bool reversed) {
  return make<TableIterator>(iterator_class(in), dict, kind, reversed);
}

bool has_keys(Interpreter& in, const Value& object) {
  Value keys;
  return find_attr(in, object, names(in).keys, keys);
}

bool is_iterable(Interpreter& in, const Value& object) {
  if (!object.is_object()) return false;
  switch (object.object()->layout()) {
    case Layout::Str:
    case Layout::Bytes:
    case Layout::List:
    case Layout::Tuple:
    case Layout::Dict:
    case Layout::Set:
    case Layout::Range:
    case Layout::DictView:
    case Layout::Iterator:
    case Layout::Generator:
      return true;
    default:
      break;
  }
  return lookup_special(in, object, names(in).iter) != nullptr ||
         (lookup_special(in, object, names(in).getitem) != nullptr && !object.is(Layout::Class));
}

Value builtin_iter(Interpreter& in, const Value& object) {
  Class* cls = iterator_class(in);
  if (!object.is_object()) return {};
  switch (object.object()->layout()) {
    case Layout::List:
    case Layout::Tuple:
      return make<SequenceIterator>(cls, object);
    case Layout::Str:
      return make<TextIterator>(cls, object);
    case Layout::Bytes:
      return make<BytesIterator>(cls, object);
    case Layout::Dict:
    case Layout::Set:
      return make<TableIterator>(cls, object, ViewKind::Keys, false);
    case Layout::DictView: {
      const DictView& view = *object.as<DictView>();
      return make<TableIterator>(cls, view.dict, view.kind, false);
    }
    case Layout::Range: {
      const RangeObject& range = *object.as<RangeObject>();
      return make<RangeIterator>(cls, range.start, range.step, range.size());
    }
    case Layout::Iterator:
    case Layout::Generator:
      return object;
    default:
      return {};
  }
}

Value get_iter(Interpreter& in, const Value& object) {
  if (object.is(Layout::Lazy)) return get_iter(in, resolve_lazy(in, object));
  if (const Value* found = lookup_override(in, object, names(in).iter)) {
    const Value method = *found;
    Value iterator = call_special(in, method, object);
    if (!iterator.is(Layout::Iterator) && !iterator.is(Layout::Generator) &&
        lookup_special(in, iterator, names(in).next) == nullptr) {
      type_error(
          in, "iter() returned non-iterator of type '" + std::string(in.type_name(iterator)) + "'");
    }
    return iterator;
  }
  Value made = builtin_iter(in, object);
  if (made.is_set()) return made;
  const Value* found = lookup_special(in, object, names(in).iter);
  if (found != nullptr) {
    const Value method = *found;
    return call_special(in, method, object);
  }
  if (object.is_object() && lookup_override(in, object, names(in).getitem) != nullptr) {
    return make<ItemIterator>(iterator_class(in), object);
  }
  type_error(in, "'" + std::string(in.type_name(object)) + "' object is not iterable");
}

Value get_async_iter(Interpreter& in, const Value& object) {
  if (const Value* found = lookup_special(in, object, names(in).aiter)) {
    const Value method = *found;
    const Value iterator = call_special(in, method, object);
    if (lookup_special(in, iterator, names(in).anext) != nullptr) {
      return make<AsyncIterator>(iterator_class(in), iterator);
    }
    return get_iter(in, iterator);
  }
  return get_iter(in, object);
}

bool iter_next(Interpreter& in, const Value& iterator, Value& out) {
  if (iterator.is(Layout::Iterator)) {
    const Value keep = iterator;
    return static_cast<Iterator*>(keep.object())->next(in, out);
  }
  if (Generator* generator = iterator.as<Generator>())
    return resume(in, *generator, Value::none(), out);
  const Value* found = lookup_special(in, iterator, names(in).next);
  if (found == nullptr) {
    type_error(in, "'" + std::string(in.type_name(iterator)) + "' object is not an iterator");
  }
  const Value method = *found, self = iterator;
  try {
    out = call_special(in, method, self);
    return true;
  } catch (const Raised& raised) {
    const Value exception = raised.exception;
    if (!exception_matches(in, exception, Value(types(in).stop_iteration))) throw;
    return false;
  }
}

Value reversed_iterator(Interpreter& in, const Value& object) {
  if (const Value* found = lookup_override(in, object, names(in).reversed)) {
    const Value method = *found;
    return call_special(in, method, object);
  }
  Class* cls = iterator_class(in);
  if (object.is_object()) {
    switch (object.object()->layout()) {
      case Layout::Dict:
        return make<TableIterator>(cls, object, ViewKind::Keys, true);
      case Layout::DictView: {
        const DictView& view = *object.as<DictView>();
        return make<TableIterator>(cls, view.dict, view.kind, true);
      }
      case Layout::Range: {
        const RangeObject& range = *object.as<RangeObject>();
        const std::uint64_t count = range.size();
        const std::uint64_t last = static_cast<std::uint64_t>(range.start) +
                                   (count - 1) * static_cast<std::uint64_t>(range.step);
        return make<RangeIterator>(
            cls, static_cast<std::int64_t>(last),
            static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(range.step)), count);
      }
      case Layout::List:
      case Layout::Tuple:
      case Layout::Str:
      case Layout::Bytes:
        break;
      default:
        if (lookup_override(in, object, names(in).getitem) == nullptr) {
          type_error(in, "'" + std::string(in.type_name(object)) + "' object is not reversible");
        }
    }
    return make<ReverseIterator>(cls, object, static_cast<std::size_t>(length_of(in, object)));
  }
  type_error(in, "'" + std::string(in.type_name(object)) + "' object is not reversible");
}

}  // namespace cupel::python
