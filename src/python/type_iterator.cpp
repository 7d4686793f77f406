// SPDX-License-Identifier: MIT
// enumerate, zip, map, filter, reversed, and what all iterators have.
#include "python/setup.hpp"

namespace cupel::python {
namespace {

class EnumerateIterator final : public Iterator {
 public:
  EnumerateIterator(Class* cls, Value inner, Value start)
      : Iterator(cls), inner_(std::move(inner)), index_(std::move(start)) {}
  void clear() override { inner_ = index_ = {}; }
  bool next(Interpreter& in, Value& out) override {
    Value item;
    const Value inner = inner_;
    if (!inner.is_set() || !iter_next(in, inner, item)) return false;
    out = make_tuple(in, Values{index_, std::move(item)});
    index_ = binary(in, ast::BinaryOp::Add, index_, Value(1));
    return true;
  }

 private:
  Value inner_, index_;
};

class ZipIterator final : public Iterator {
 public:
  ZipIterator(Class* cls, Values inners, bool strict)
      : Iterator(cls), inners_(std::move(inners)), strict_(strict) {}
  void clear() override { Values().swap(inners_); }
  bool next(Interpreter& in, Value& out) override {
    if (inners_.empty()) return false;
    Values items(inners_.size());
    for (std::size_t i = 0; i < items.size() && i < inners_.size(); ++i) {
      const Value inner = inners_[i];
      if (iter_next(in, inner, items[i])) continue;
      if (strict_) check_lengths(in, i);
      Values().swap(inners_);
      return false;
    }
    out = make_tuple(in, std::move(items));
    return true;
  }

 private:
  void check_lengths(Interpreter& in, std::size_t ended) {
    const auto before = [](std::size_t n) {
      return n == 1 ? std::string(" 1") : "s 1-" + std::to_string(n);
    };
    if (ended > 0) {
      value_error(in, "zip() argument " + std::to_string(ended + 1) + " is shorter than argument" +
                          before(ended));
    }
    Value item;
    for (std::size_t i = 1; i < inners_.size(); ++i) {
      const Value inner = inners_[i];
      if (iter_next(in, inner, item)) {
        value_error(
            in, "zip() argument " + std::to_string(i + 1) + " is longer than argument" + before(i));
      }
    }
  }
  Values inners_;
  bool strict_;
};

class MapIterator final : public Iterator {
 public:
  MapIterator(Class* cls, Value function, Values inners)
      : Iterator(cls), function_(std::move(function)), inners_(std::move(inners)) {}
  void clear() override {
    function_ = {};
    Values().swap(inners_);
  }
  bool next(Interpreter& in, Value& out) override {
    Values items(inners_.size());
    for (std::size_t i = 0; i < items.size() && i < inners_.size(); ++i) {
      const Value inner = inners_[i];
      if (!iter_next(in, inner, items[i])) return false;
    }
    if (items.empty()) return false;
    const Value function = function_;
    out = call(in, function, Arguments{items.data(), items.size(), nullptr, 0});
    return true;
  }

 private:
  Value function_;
  Values inners_;
};

class FilterIterator final : public Iterator {
 public:
  FilterIterator(Class* cls, Value function, Value inner)
      : Iterator(cls), function_(std::move(function)), inner_(std::move(inner)) {}
  void clear() override { function_ = inner_ = {}; }
  bool next(Interpreter& in, Value& out) override {
    const Value inner = inner_, function = function_;
    while (inner.is_set() && iter_next(in, inner, out)) {
      in.tick();
      if (in.truth(function.is_none() ? out : call(in, function, {out}))) return true;
    }
    return false;
  }

 private:
  Value function_, inner_;
};

/// iter(function, sentinel)
class CallIterator final : public Iterator {
 public:
  CallIterator(Class* cls, Value function, Value sentinel)
      : Iterator(cls), function_(std::move(function)), sentinel_(std::move(sentinel)) {}
  void clear() override { function_ = sentinel_ = {}; }
  bool next(Interpreter& in, Value& out) override {
    if (!function_.is_set()) return false;
    const Value function = function_, sentinel = sentinel_;
    out = call(in, function, {});
    if (!in.equal(out, sentinel)) return true;
    clear();
    return false;
  }

 private:
  Value function_, sentinel_;
};

Values iterators_of(Call& call, std::size_t tuple) {
  Values inners;
  for (const Value& source : Values(call[tuple].as<Tuple>()->items))
    inners.push_back(get_iter(call.in, source));
  return inners;
}

}  // namespace

Value call_iterator(Interpreter& in, const Value& function, const Value& sentinel) {
  return make<CallIterator>(types(in).iterator, function, sentinel);
}

void setup_iterators(Interpreter& in) {
  const Types& t = types(in);
  for (Class* cls : {t.iterator, t.enumerate, t.zip, t.map, t.filter, t.reversed}) {
    cls->set_instance_layout(Layout::Iterator);
    ClassSetup(in, cls)
        .method("__iter__(self)", [](Call& call) -> Value { return call[0]; })
        .method("__next__(self)", [](Call& call) -> Value {
          Value out;
          if (!iter_next(call.in, call[0], out))
            raise_value(call.in, make_exception(call.in, *types(call.in).stop_iteration, ""));
          return out;
        });
  }
  const NativeCode nothing = [](Call&) -> Value { return {}; };
  ClassSetup(in, t.enumerate)
      .make("__new__(cls, iterable, start=0)",
            [](Call& call) -> Value {
              return make<EnumerateIterator>(types(call.in).enumerate, get_iter(call.in, call[1]),
                                             call[2]);
            })
      .method("__init__", nothing);
  ClassSetup(in, t.zip)
      .make("__new__(cls, *iterables, strict=False)",
            [](Call& call) -> Value {
              return make<ZipIterator>(types(call.in).zip, iterators_of(call, 2), call.truth(1));
            })
      .method("__init__", nothing);
  ClassSetup(in, t.map)
      .make("__new__(cls, function, iterable, *iterables)",
            [](Call& call) -> Value {
              Values inners{get_iter(call.in, call[2])};
              for (Value& inner : iterators_of(call, 3)) inners.push_back(std::move(inner));
              return make<MapIterator>(types(call.in).map, call[1], std::move(inners));
            })
      .method("__init__", nothing);
  ClassSetup(in, t.filter)
      .make("__new__(cls, function, iterable)",
            [](Call& call) -> Value {
              return make<FilterIterator>(types(call.in).filter, call[1],
                                          get_iter(call.in, call[2]));
            })
      .method("__init__", nothing);
  ClassSetup(in, t.reversed)
      .make("__new__(cls, sequence)",
            [](Call& call) -> Value { return reversed_iterator(call.in, call[1]); })
      .method("__init__", nothing);
}

}  // namespace cupel::python
