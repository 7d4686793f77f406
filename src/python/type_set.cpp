// SPDX-License-Identifier: MIT
// set and frozenset.
#include "python/setup.hpp"

namespace cupel::python {
namespace {

using ast::BinaryOp;
using ast::CompareOp;

Set& set_of(Call& call) {
  Set* set = call[0].as<Set>();
  if (set == nullptr) type_error(call.in, "descriptor requires a 'set' object");
  return *set;
}

Value as_set(Interpreter& in, const Value& value) {
  if (value.is(Layout::Set)) return value;
  Value made = in.set();
  update_set(in, *made.as<Set>(), value);
  return made;
}

/// One operation with each of the arguments.
template <BinaryOp Op>
Value combined(Call& call) {
  Value result = builtin_binary(call.in, BinaryOp::Or, call[0], call[0]);
  for (const Value& other : Values(call[1].as<Tuple>()->items)) {
    result = builtin_binary(call.in, Op, result, as_set(call.in, other));
  }
  return result;
}

template <BinaryOp Op>
Value combined_inplace(Call& call) {
  for (const Value& other : Values(call[1].as<Tuple>()->items)) {
    const Value result = builtin_binary(call.in, Op, call[0], as_set(call.in, other));
    std::swap(set_of(call).table, result.as<Set>()->table);
  }
  return {};
}

template <CompareOp Op>
Value compared(Call& call) {
  return builtin_compare(call.in, Op, call[0], as_set(call.in, call[1]));
}

template <BinaryOp Op>
Value single(Call& call) {
  return builtin_binary(call.in, Op, call[0], as_set(call.in, call[1]));
}

void setup_common(Interpreter& in, Class* cls) {
  ClassSetup(in, cls)
      .method("union(self, *others)", combined<BinaryOp::Or>)
      .method("intersection(self, *others)", combined<BinaryOp::And>)
      .method("difference(self, *others)", combined<BinaryOp::Sub>)
      .method("symmetric_difference(self, other, /)", single<BinaryOp::Xor>)
      .method("issubset(self, other, /)", compared<CompareOp::Le>)
      .method("issuperset(self, other, /)", compared<CompareOp::Ge>)
      .method("isdisjoint(self, other, /)",
              [](Call& call) -> Value {
                const Value both =
                    builtin_binary(call.in, BinaryOp::And, call[0], as_set(call.in, call[1]));
                return Value(both.as<Set>()->table.empty());
              })
      .method("copy(self)", [](Call& call) -> Value {
        Value made = call.in.set(set_of(call).frozen);
        update_set(call.in, *made.as<Set>(), call[0]);
        return made;
      });
}

}  // namespace

void setup_set(Interpreter& in) {
  setup_common(in, types(in).set);
  setup_common(in, types(in).frozenset);
  ClassSetup(in, types(in).frozenset)
      .make("__new__(cls, iterable=..., /)",
            [](Call& call) -> Value {
              Value made = make<Set>(call[0].as<Class>(), true);
              if (call.has(1)) update_set(call.in, *made.as<Set>(), call[1]);
              return made;
            })
      .method("__init__", [](Call&) -> Value { return {}; });
  ClassSetup(in, types(in).set)
      .make("__new__(cls, *args, **kwargs)",
            [](Call& call) -> Value { return make<Set>(call[0].as<Class>(), false); })
      .method("__init__(self, iterable=..., /)",
              [](Call& call) -> Value {
                set_of(call).table.clear();
                if (call.has(1)) update_set(call.in, set_of(call), call[1]);
                return {};
              })
      .method("add(self, item, /)",
              [](Call& call) -> Value {
                set_of(call).table.set(call.in, call[1], Value::none());
                return {};
              })
      .method("discard(self, item, /)",
              [](Call& call) -> Value {
                set_of(call).table.erase(call.in, call[1]);
                return {};
              })
      .method("remove(self, item, /)",
              [](Call& call) -> Value {
                if (!set_of(call).table.erase(call.in, call[1]).is_set())
                  key_error(call.in, call[1]);
                return {};
              })
      .method("pop(self)",
              [](Call& call) -> Value {
                Table::Entry entry;
                if (!set_of(call).table.pop(false, entry)) {
                  raise_value(call.in, make_exception(call.in, *call.in.exception_class("KeyError"),
                                                      "pop from an empty set"));
                }
                return entry.key;
              })
      .method("clear(self)",
              [](Call& call) -> Value {
                set_of(call).table.clear();
                return {};
              })
      .method("update(self, *others)",
              [](Call& call) -> Value {
                for (const Value& other : Values(call[1].as<Tuple>()->items))
                  update_set(call.in, set_of(call), other);
                return {};
              })
      .method("intersection_update(self, *others)", combined_inplace<BinaryOp::And>)
      .method("difference_update(self, *others)", combined_inplace<BinaryOp::Sub>)
      .method("symmetric_difference_update(self, *others)", combined_inplace<BinaryOp::Xor>);
}

}  // namespace cupel::python
