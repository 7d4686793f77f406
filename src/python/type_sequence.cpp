// SPDX-License-Identifier: MIT
// list, tuple, range, slice.
#include <algorithm>

#include "python/setup.hpp"

namespace cupel::python {
namespace {

List& list_of(Call& call) {
  List* list = call[0].as<List>();
  if (list == nullptr) type_error(call.in, "descriptor requires a 'list' object");
  return *list;
}

const Values& items_of(Call& call) {
  if (const List* list = call[0].as<List>()) return list->items;
  if (const Tuple* tuple = call[0].as<Tuple>()) return tuple->items;
  type_error(call.in, "a list or tuple is required");
}

Value index_of(Call& call) {
  const auto size = static_cast<std::int64_t>(items_of(call).size());
  const auto limit = [&](std::size_t i, std::int64_t missing) {
    std::int64_t at = call.is_none(i) ? missing : to_index_clamped(call.in, call[i]);
    if (at < 0) at = std::max<std::int64_t>(0, at + size);
    return at;
  };
  const std::int64_t stop = limit(3, size);
  for (std::int64_t i = limit(2, 0);
       i < stop && i < static_cast<std::int64_t>(items_of(call).size()); ++i) {
    const Value item = items_of(call)[static_cast<std::size_t>(i)];
    if (call.in.equal(item, call[1])) return Value(i);
  }
  if (call[0].is(Layout::Tuple)) value_error(call.in, "tuple.index(x): x not in tuple");
  value_error(call.in, std::string(to_repr(call.in, call[1])) + " is not in list");
}

Value count_of(Call& call) {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < items_of(call).size(); ++i) {
    const Value item = items_of(call)[i];
    count += call.in.equal(item, call[1]) ? 1 : 0;
  }
  return Value(count);
}

Value pop(Call& call) {
  List& list = list_of(call);
  if (list.items.empty()) call.in.raise("IndexError", "pop from empty list");
  std::int64_t at = call.integer(1);
  const auto size = static_cast<std::int64_t>(list.items.size());
  if (at < 0) at += size;
  if (at < 0 || at >= size) call.in.raise("IndexError", "pop index out of range");
  Value item = std::move(list.items[static_cast<std::size_t>(at)]);
  list.items.erase(list.items.begin() + at);
  return item;
}

Value insert(Call& call) {
  List& list = list_of(call);
  std::int64_t at = to_index_clamped(call.in, call[1]);
  const auto size = static_cast<std::int64_t>(list.items.size());
  if (at < 0) at = std::max<std::int64_t>(0, at + size);
  list.items.insert(list.items.begin() + std::min(at, size), call[2]);
  return {};
}

Value remove(Call& call) {
  List& list = list_of(call);
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const Value item = list.items[i];
    if (!call.in.equal(item, call[1])) continue;
    if (i < list.items.size())
      list.items.erase(list.items.begin() + static_cast<std::ptrdiff_t>(i));
    return {};
  }
  value_error(call.in, "list.remove(x): x not in list");
}

Value new_range(Call& call) {
  const auto part = [&](std::size_t i) {
    if (!call.in.is_integer(call[i]) &&
        lookup_override(call.in, call[i], names(call.in).index) == nullptr) {
      type_error(call.in, "'" + std::string(call.in.type_name(call[i])) +
                              "' object cannot be interpreted as an integer");
    }
    return to_index(call.in, call[i]);
  };
  std::int64_t start = 0, stop = 0, step = 1;
  if (call.has(2)) {
    start = part(1);
    stop = part(2);
    if (call.has(3)) step = part(3);
  } else {
    stop = part(1);
  }
  if (step == 0) value_error(call.in, "range() arg 3 must not be zero");
  return make<RangeObject>(types(call.in).range, start, stop, step);
}

}  // namespace

// A stable merge sort whose comparisons may run scripts, and which survives comparisons that
// contradict each other.
void sort_values(Interpreter& in, Values& items, const Value& key, bool reverse) {
  struct Item {
    Value key, value;
  };
  std::vector<Item, Counted<Item>> work;
  work.reserve(items.size());
  for (const Value& item : items) {
    work.push_back({key.is_none() ? item : call(in, key, {item}), item});
  }
  if (reverse) std::reverse(work.begin(), work.end());
  std::vector<Item, Counted<Item>> other(work.size());
  const auto less = [&](const Value& a, const Value& b) {
    if (--in.state().steps_left == 0) in.tick();
    if (a.is_small_int() && b.is_small_int()) return a.integer() < b.integer();
    return in.less(a, b);
  };
  const std::size_t count = work.size();
  for (std::size_t width = 1; width < count; width *= 2) {
    for (std::size_t low = 0; low < count; low += 2 * width) {
      const std::size_t middle = std::min(low + width, count),
                        high = std::min(low + 2 * width, count);
      std::size_t left = low, right = middle, out = low;
      while (left < middle && right < high) {
        const bool take_right = less(work[right].key, work[left].key);
        other[out++] = take_right ? std::move(work[right++]) : std::move(work[left++]);
      }
      while (left < middle) other[out++] = std::move(work[left++]);
      while (right < high) other[out++] = std::move(work[right++]);
    }
    work.swap(other);
  }
  if (reverse) std::reverse(work.begin(), work.end());
  for (std::size_t i = 0; i < count; ++i) items[i] = std::move(work[i].value);
}

void setup_sequences(Interpreter& in) {
  ClassSetup(in, types(in).list)
      .make("__new__(cls, *args, **kwargs)",
            [](Call& call) -> Value { return make<List>(call[0].as<Class>()); })
      .method("__init__(self, iterable=..., /)",
              [](Call& call) -> Value {
                Values().swap(list_of(call).items);
                if (call.has(1)) extend_list(call.in, list_of(call), call[1]);
                return {};
              })
      .method("append(self, item, /)",
              [](Call& call) -> Value {
                list_of(call).items.push_back(call[1]);
                return {};
              })
      .method("extend(self, iterable, /)",
              [](Call& call) -> Value {
                extend_list(call.in, list_of(call), call[1]);
                return {};
              })
      .method("insert(self, index, item, /)", insert)
      .method("pop(self, index=-1, /)", pop)
      .method("remove(self, item, /)", remove)
      .method("clear(self)",
              [](Call& call) -> Value {
                Values().swap(list_of(call).items);
                return {};
              })
      .method("copy(self)",
              [](Call& call) -> Value { return make_list(call.in, list_of(call).items); })
      .method("reverse(self)",
              [](Call& call) -> Value {
                std::reverse(list_of(call).items.begin(), list_of(call).items.end());
                return {};
              })
      .method("sort(self, *, key=None, reverse=False)",
              [](Call& call) -> Value {
                // The list is empty while it is sorted, so that a key function cannot change it
                // under our feet.
                Values items;
                items.swap(list_of(call).items);
                try {
                  sort_values(call.in, items, call[1], call.truth(2));
                } catch (...) {
                  items.swap(list_of(call).items);
                  throw;
                }
                items.swap(list_of(call).items);
                return {};
              })
      .method("index(self, item, start=None, stop=None, /)", index_of)
      .method("count(self, item, /)", count_of);
  ClassSetup(in, types(in).tuple)
      .make("__new__(cls, iterable=..., /)",
            [](Call& call) -> Value {
              if (!call.has(1))
                return as_class(call.in, call[0], make<Tuple>(types(call.in).tuple));
              const bool same = call[0].object() == types(call.in).tuple &&
                                call[1].is(Layout::Tuple) &&
                                call[1].object()->cls() == types(call.in).tuple;
              if (same) return call[1];
              return make<Tuple>(call[0].as<Class>(), call.in.items_of(call[1]));
            })
      .method("__init__", [](Call&) -> Value { return {}; })
      .method("index(self, item, start=None, stop=None, /)", index_of)
      .method("count(self, item, /)", count_of);
  ClassSetup(in, types(in).range)
      .make("__new__(cls, start, stop=..., step=..., /)", new_range)
      .method("__init__", [](Call&) -> Value { return {}; })
      .method("index(self, item, /)",
              [](Call& call) -> Value {
                if (!builtin_contains(call.in, call[0], call[1]))
                  value_error(call.in, std::string(to_repr(call.in, call[1])) + " is not in range");
                const RangeObject& range = *call[0].as<RangeObject>();
                return Value((to_index(call.in, call[1]) - range.start) / range.step);
              })
      .method("count(self, item, /)",
              [](Call& call) -> Value {
                return Value(builtin_contains(call.in, call[0], call[1]) ? 1 : 0);
              })
      .get("start",
           [](Interpreter&, const Value& self) { return Value(self.as<RangeObject>()->start); })
      .get("stop",
           [](Interpreter&, const Value& self) { return Value(self.as<RangeObject>()->stop); })
      .get("step",
           [](Interpreter&, const Value& self) { return Value(self.as<RangeObject>()->step); });
  ClassSetup(in, types(in).slice)
      .make("__new__(cls, start, stop=..., step=None, /)",
            [](Call& call) -> Value {
              Class* cls = types(call.in).slice;
              return call.has(2) ? make<SliceObject>(cls, call[1], call[2], call[3])
                                 : make<SliceObject>(cls, Value::none(), call[1], Value::none());
            })
      .method("__init__", [](Call&) -> Value { return {}; })
      .method("indices(self, length, /)",
              [](Call& call) -> Value {
                const SliceRange range =
                    slice_range(call.in, *call[0].as<SliceObject>(), call.integer(1));
                return make_tuple(call.in,
                                  Values{Value(range.start), Value(range.stop), Value(range.step)});
              })
      .get("start", [](Interpreter&, const Value& self) { return self.as<SliceObject>()->start; })
      .get("stop", [](Interpreter&, const Value& self) { return self.as<SliceObject>()->stop; })
      .get("step", [](Interpreter&, const Value& self) { return self.as<SliceObject>()->step; });
}

}  // namespace cupel::python
