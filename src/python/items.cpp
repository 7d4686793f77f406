// SPDX-License-Identifier: MIT
// object[key], len(), and filling containers from others.
#include <algorithm>

#include "python/state.hpp"
#include "python/unicode.hpp"

namespace cupel::python {

SliceRange slice_range(Interpreter& in, const SliceObject& slice, std::int64_t length) {
  const auto part = [&](const Value& value, std::int64_t missing) {
    return value.is_none() ? missing : to_index_clamped(in, value);
  };
  SliceRange out{};
  out.step = part(slice.step, 1);
  if (out.step == 0) value_error(in, "slice step cannot be zero");
  out.step = std::max(out.step, -std::numeric_limits<std::int64_t>::max());
  const bool back = out.step < 0;
  const auto clamp = [&](std::int64_t at) {
    if (at < 0) {
      at += length;
      if (at < 0) at = back ? -1 : 0;
    } else if (at >= length) {
      at = back ? length - 1 : length;
    }
    return at;
  };
  out.start = slice.start.is_none() ? (back ? length - 1 : 0) : clamp(part(slice.start, 0));
  out.stop = slice.stop.is_none() ? (back ? -1 : length) : clamp(part(slice.stop, 0));
  if (back) {
    out.count = out.stop < out.start ? (out.start - out.stop - 1) / -out.step + 1 : 0;
  } else {
    out.count = out.start < out.stop ? (out.stop - out.start - 1) / out.step + 1 : 0;
  }
  return out;
}

namespace {

/// `what` is how CPython calls the sequence: "list", "string", "byte".
std::size_t checked_index(Interpreter& in, const Value& key, std::size_t size,
                          std::string_view what) {
  std::int64_t at = 0;
  if (key.is_small_int()) {
    at = key.integer();
  } else {
    const std::string type(in.type_name(key));
    const std::string wrong = what == "string" ? " indices must be integers, not '" + type + "'"
                                               : " indices must be integers or slices, not " + type;
    if (const auto* big = key.as<IntObject>(); big != nullptr && !big->value.to_int64())
      in.raise("IndexError", "cannot fit 'int' into an index-sized integer");
    at = to_index(in, key, std::string(what) + wrong);
  }
  if (at < 0) at += static_cast<std::int64_t>(size);
  if (at < 0 || at >= static_cast<std::int64_t>(size)) {
    const std::string owner = what == "byte" ? "" : std::string(what) + " ";
    in.raise("IndexError", owner + "index out of range");
  }
  return static_cast<std::size_t>(at);
}

Values slice_items(Interpreter& in, const Values& items, const SliceObject& slice) {
  const SliceRange range = slice_range(in, slice, static_cast<std::int64_t>(items.size()));
  Values out;
  out.reserve(static_cast<std::size_t>(range.count));
  for (std::int64_t i = 0, at = range.start; i < range.count; ++i, at += range.step) {
    out.push_back(items[static_cast<std::size_t>(at)]);
  }
  return out;
}

Value slice_text(Interpreter& in, const Str& text, const SliceObject& slice) {
  const SliceRange range = slice_range(in, slice, static_cast<std::int64_t>(text.length()));
  if (range.count == 0) return make_str(in, std::string_view());
  const std::string_view view = text.view();
  if (range.step == 1) {
    const std::size_t from = text.offset(static_cast<std::size_t>(range.start));
    const std::size_t to = text.offset(static_cast<std::size_t>(range.start + range.count));
    return make_str(in, view.substr(from, to - from));
  }
  Text out;
  for (std::int64_t i = 0, at = range.start; i < range.count; ++i, at += range.step) {
    const std::size_t from = text.offset(static_cast<std::size_t>(at));
    std::size_t length = 0;
    unicode::decode(view, from, length);
    out += view.substr(from, length);
  }
  return make_str(in, std::move(out));
}

Value slice_bytes(Interpreter& in, std::string_view data, const SliceObject& slice) {
  const SliceRange range = slice_range(in, slice, static_cast<std::int64_t>(data.size()));
  Text out;
  for (std::int64_t i = 0, at = range.start; i < range.count; ++i, at += range.step) {
    out += data[static_cast<std::size_t>(at)];
  }
  return make<Bytes>(types(in).bytes, std::move(out));
}

Value item_of_text(Interpreter& in, const Str& text, const Value& key) {
  if (const auto* slice = key.as<SliceObject>()) return slice_text(in, text, *slice);
  const std::size_t at = checked_index(in, key, text.length(), "string");
  const std::size_t from = text.offset(at);
  std::size_t length = 0;
  unicode::decode(text.view(), from, length);
  return make_str(in, text.view().substr(from, length));
}

Value item_of_class(Interpreter& in, const Value& object, const Value& key) {
  Value getitem;
  if (find_attr(in, object, names(in).class_getitem, getitem)) return call(in, getitem, {key});
  const Types& t = types(in);
  for (const Class* generic : {t.list, t.dict, t.tuple, t.set, t.frozenset, t.type, t.slice}) {
    if (!object.as<Class>()->is_subclass_of(*generic)) continue;
    return make_alias(in, object, key);
  }
  type_error(in, "type '" + std::string(object.as<Class>()->name()) + "' is not subscriptable");
}

void assign_slice(Interpreter& in, List& list, const SliceObject& slice, const Value& source) {
  if (!is_iterable(in, source)) type_error(in, "can only assign an iterable");
  const Values items = in.items_of(source);
  const SliceRange range = slice_range(in, slice, static_cast<std::int64_t>(list.items.size()));
  if (range.step == 1) {
    const auto first = list.items.begin() + range.start;
    const Values old(first, first + range.count);  // destroyed when the list is whole again
    list.items.erase(first, first + range.count);
    list.items.insert(list.items.begin() + range.start, items.begin(), items.end());
    return;
  }
  if (items.size() != static_cast<std::size_t>(range.count)) {
    value_error(in, "attempt to assign sequence of size " + std::to_string(items.size()) +
                        " to extended slice of size " + std::to_string(range.count));
  }
  for (std::int64_t i = 0, at = range.start; i < range.count; ++i, at += range.step) {
    list.items[static_cast<std::size_t>(at)] = items[static_cast<std::size_t>(i)];
  }
}

void delete_slice(Interpreter& in, List& list, const SliceObject& slice) {
  const SliceRange range = slice_range(in, slice, static_cast<std::int64_t>(list.items.size()));
  std::vector<bool> gone(list.items.size(), false);
  for (std::int64_t i = 0, at = range.start; i < range.count; ++i, at += range.step) {
    gone[static_cast<std::size_t>(at)] = true;
  }
  Values kept;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    if (!gone[i]) kept.push_back(list.items[i]);
  }
  list.items.swap(kept);
}

}  // namespace

Value builtin_get_item(Interpreter& in, const Value& object, const Value& key) {
  if (object.is_object()) {
    switch (object.object()->layout()) {
      case Layout::List: {
        const Values& items = object.as<List>()->items;
        if (const auto* slice = key.as<SliceObject>())
          return make_list(in, slice_items(in, items, *slice));
        return items[checked_index(in, key, items.size(), "list")];
      }
      case Layout::Tuple: {
        const Values& items = object.as<Tuple>()->items;
        if (const auto* slice = key.as<SliceObject>())
          return make_tuple(in, slice_items(in, items, *slice));
        return items[checked_index(in, key, items.size(), "tuple")];
      }
      case Layout::Dict: {
        if (const Value* found = object.as<Dict>()->table.find(in, key)) {
          return found->is(Layout::Lazy) ? resolve_lazy(in, *found) : *found;
        }
        if (const Value* missing = lookup_override(in, object, names(in).missing)) {
          const Value method = *missing;
          return call_special(in, method, object, {key});
        }
        key_error(in, key);
      }
      case Layout::Str:
        return item_of_text(in, *object.as<Str>(), key);
      case Layout::Bytes: {
        const std::string_view data = object.as<Bytes>()->view();
        if (const auto* slice = key.as<SliceObject>()) return slice_bytes(in, data, *slice);
        const bool array = object.object()->cls()->is_subclass_of(*types(in).bytearray);
        const std::size_t at = checked_index(in, key, data.size(), array ? "bytearray" : "byte");
        return Value(static_cast<std::int64_t>(static_cast<unsigned char>(data[at])));
      }
      case Layout::Range: {
        const RangeObject& range = *object.as<RangeObject>();
        const auto size =
            static_cast<std::int64_t>(std::min<std::uint64_t>(range.size(), INT64_MAX));
        if (const auto* slice = key.as<SliceObject>()) {
          const SliceRange part = slice_range(in, *slice, size);
          return make<RangeObject>(types(in).range, range.start + part.start * range.step,
                                   range.start + part.stop * range.step, range.step * part.step);
        }
        std::int64_t at = to_index(in, key);
        if (at < 0) at += size;
        if (at < 0 || at >= size) in.raise("IndexError", "range object index out of range");
        return Value(range.start + at * range.step);
      }
      case Layout::Class:
        return item_of_class(in, object, key);
      default:
        break;
    }
  }
  type_error(in, "'" + std::string(in.type_name(object)) + "' object is not subscriptable");
}

Value get_item(Interpreter& in, const Value& object, const Value& key) {
  if (object.is(Layout::Lazy)) return get_item(in, resolve_lazy(in, object), key);
  if (const Value* found = lookup_override(in, object, names(in).getitem)) {
    const Value method = *found;
    return call_special(in, method, object, {key});
  }
  const Value keep = object;
  return builtin_get_item(in, keep, key);
}

void builtin_set_item(Interpreter& in, const Value& object, const Value& key, const Value& value) {
  if (List* list = object.as<List>()) {
    if (const auto* slice = key.as<SliceObject>()) return assign_slice(in, *list, *slice, value);
    const std::int64_t at = to_index(
        in, key, "list indices must be integers or slices, not " + std::string(in.type_name(key)));
    const auto size = static_cast<std::int64_t>(list->items.size());
    if (at < -size || at >= size) in.raise("IndexError", "list assignment index out of range");
    Value old = value;
    list->items[static_cast<std::size_t>(at < 0 ? at + size : at)].swap(old);
    return;
  }
  if (Dict* dict = object.as<Dict>()) return dict->table.set(in, key, value);
  if (Bytes* bytes = object.as<Bytes>();
      bytes != nullptr && bytes->cls()->is_subclass_of(*types(in).bytearray)) {
    const std::size_t at = checked_index(in, key, bytes->view().size(), "bytearray");
    bytes->data()[at] = static_cast<char>(to_index(in, value));
    return;
  }
  type_error(in,
             "'" + std::string(in.type_name(object)) + "' object does not support item assignment");
}

void set_item(Interpreter& in, const Value& object, const Value& key, const Value& value) {
  if (object.is(Layout::Lazy)) return set_item(in, resolve_lazy(in, object), key, value);
  if (const Value* found = lookup_override(in, object, names(in).setitem)) {
    const Value method = *found;
    call_special(in, method, object, {key, value});
    return;
  }
  builtin_set_item(in, object, key, value);
}

void builtin_del_item(Interpreter& in, const Value& object, const Value& key) {
  if (List* list = object.as<List>()) {
    if (const auto* slice = key.as<SliceObject>()) return delete_slice(in, *list, *slice);
    const std::int64_t at = to_index(
        in, key, "list indices must be integers or slices, not " + std::string(in.type_name(key)));
    const auto size = static_cast<std::int64_t>(list->items.size());
    if (at < -size || at >= size) in.raise("IndexError", "list assignment index out of range");
    const auto it = list->items.begin() + (at < 0 ? at + size : at);
    const Value old = std::move(*it);
    list->items.erase(it);
    return;
  }
  if (Dict* dict = object.as<Dict>()) {
    if (!dict->table.erase(in, key).is_set()) key_error(in, key);
    return;
  }
  type_error(in,
             "'" + std::string(in.type_name(object)) + "' object doesn't support item deletion");
}

void del_item(Interpreter& in, const Value& object, const Value& key) {
  if (object.is(Layout::Lazy)) return del_item(in, resolve_lazy(in, object), key);
  if (const Value* found = lookup_override(in, object, names(in).delitem)) {
    const Value method = *found;
    call_special(in, method, object, {key});
    return;
  }
  builtin_del_item(in, object, key);
}

// --- len ----------------------------------------------------------------------------------------

std::int64_t builtin_length(Interpreter& in, const Value& object) {
  if (object.is_object()) {
    switch (object.object()->layout()) {
      case Layout::Str:
        return static_cast<std::int64_t>(object.as<Str>()->length());
      case Layout::Bytes:
        return static_cast<std::int64_t>(object.as<Bytes>()->view().size());
      case Layout::List:
        return static_cast<std::int64_t>(object.as<List>()->items.size());
      case Layout::Tuple:
        return static_cast<std::int64_t>(object.as<Tuple>()->items.size());
      case Layout::Dict:
        return static_cast<std::int64_t>(object.as<Dict>()->table.size());
      case Layout::Set:
        return static_cast<std::int64_t>(object.as<Set>()->table.size());
      case Layout::DictView:
        return static_cast<std::int64_t>(object.as<DictView>()->dict.as<Dict>()->table.size());
      case Layout::Range: {
        const std::uint64_t size = object.as<RangeObject>()->size();
        if (size > INT64_MAX)
          in.raise("OverflowError", "Python int too large to convert to C ssize_t");
        return static_cast<std::int64_t>(size);
      }
      default:
        break;
    }
  }
  type_error(in, "object of type '" + std::string(in.type_name(object)) + "' has no len()");
}

std::int64_t length_of(Interpreter& in, const Value& object) {
  if (object.is(Layout::Lazy)) return length_of(in, resolve_lazy(in, object));
  if (const Value* found = lookup_override(in, object, names(in).len)) {
    const Value method = *found;
    const std::int64_t length = to_index(in, call_special(in, method, object));
    if (length < 0) value_error(in, "__len__() should return >= 0");
    return length;
  }
  return builtin_length(in, object);
}

// --- filling ------------------------------------------------------------------------------------

void extend_list(Interpreter& in, List& list, const Value& iterable) {
  const Value keep(static_cast<Object*>(&list));
  if (!class_of_script(iterable) && (iterable.is(Layout::List) || iterable.is(Layout::Tuple))) {
    const Values items = in.items_of(iterable);
    list.items.insert(list.items.end(), items.begin(), items.end());
    return;
  }
  for_each(in, iterable, [&](const Value& item) {
    list.items.push_back(item);
    return true;
  });
}

void update_set(Interpreter& in, Set& set, const Value& iterable) {
  const Value keep(static_cast<Object*>(&set));
  if (const Set* other = iterable.as<Set>(); other == &set) return;
  for_each(in, iterable, [&](const Value& item) {
    set.table.set(in, item, Value::none());
    return true;
  });
}

void update_dict(Interpreter& in, Dict& dict, const Value& other) {
  const Value keep(static_cast<Object*>(&dict));
  if (const Dict* source = other.as<Dict>();
      source != nullptr && lookup_override(in, other, names(in).iter) == nullptr) {
    if (source == &dict) return;
    for (std::size_t i = 0; i < source->table.slots(); ++i) {
      const Table::Entry entry = source->table.slot(i);
      if (entry.key.is_set()) dict.table.set(in, entry.key, entry.value);
    }
    return;
  }
  Value keys;
  if (find_attr(in, other, names(in).keys, keys)) {
    for_each(in, call(in, keys, {}), [&](const Value& key) {
      dict.table.set(in, key, get_item(in, other, key));
      return true;
    });
    return;
  }
  std::size_t index = 0;
  for_each(in, other, [&](const Value& pair) {
    if (!is_iterable(in, pair)) {
      type_error(in, "cannot convert dictionary update sequence element #" + std::to_string(index) +
                         " to a sequence");
    }
    const Values items = in.items_of(pair);
    if (items.size() != 2) {
      value_error(in, "dictionary update sequence element #" + std::to_string(index) +
                          " has length " + std::to_string(items.size()) + "; 2 is required");
    }
    dict.table.set(in, items[0], items[1]);
    ++index;
    return true;
  });
}

// --- the public face --------------------------------------------------------------------------

Value Interpreter::item(const Value& object, const Value& key) {
  return guarded([&] { return get_item(*this, object, key); });
}
void Interpreter::set_item(const Value& object, const Value& key, const Value& value) {
  guarded([&] { python::set_item(*this, object, key, value); });
}

}  // namespace cupel::python
