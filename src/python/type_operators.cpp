// SPDX-License-Identifier: MIT
// The special methods of built-in classes as functions, for scripts that call them by name
// (super().__getitem__).
#include "python/numbers.hpp"
#include "python/setup.hpp"

namespace cupel::python {

using ast::BinaryOp;
using ast::CompareOp;
using ast::UnaryOp;

namespace {

template <CompareOp Op>
Value compare_method(Call& call) {
  const Value result = builtin_compare(call.in, Op, call[0], call[1]);
  if (result.kind() != Kind::NotImplemented) return result;
  if (Op == CompareOp::Eq && call[0].same(call[1])) return Value(true);
  if (Op == CompareOp::Ne) {
    const Value equal = compare(call.in, CompareOp::Eq, call[0], call[1]);
    return Value(!call.in.truth(equal));
  }
  return result;
}

template <BinaryOp Op>
Value binary_method(Call& call) {
  return builtin_binary(call.in, Op, call[0], call[1]);
}
template <BinaryOp Op>
Value reflected_method(Call& call) {
  return builtin_binary(call.in, Op, call[1], call[0]);
}
template <UnaryOp Op>
Value unary_method(Call& call) {
  Value result = number_unary(call.in, Op, call[0]);
  if (!result.is_set()) type_error(call.in, "bad operand type");
  return result;
}

void comparisons(Interpreter& in, Class* cls, bool order) {
  ClassSetup setup(in, cls);
  setup.method("__eq__(self, other)", compare_method<CompareOp::Eq>)
      .method("__ne__(self, other)", compare_method<CompareOp::Ne>);
  if (!order) return;
  setup.method("__lt__(self, other)", compare_method<CompareOp::Lt>)
      .method("__le__(self, other)", compare_method<CompareOp::Le>)
      .method("__gt__(self, other)", compare_method<CompareOp::Gt>)
      .method("__ge__(self, other)", compare_method<CompareOp::Ge>);
}

template <BinaryOp Op>
void both_ways(Interpreter& in, Class* cls, const char* plain, const char* reflected) {
  ClassSetup(in, cls).method(plain, binary_method<Op>).method(reflected, reflected_method<Op>);
}

Value both_parts(Call& call, bool reflected) {
  const Value& a = call[reflected ? 1 : 0];
  const Value& b = call[reflected ? 0 : 1];
  if (!call.in.to_double(a) || !call.in.to_double(b)) return Value::not_implemented();
  return make_tuple(call.in, Values{builtin_binary(call.in, BinaryOp::FloorDiv, a, b),
                                    builtin_binary(call.in, BinaryOp::Mod, a, b)});
}

void number_operators(Interpreter& in, Class* cls) {
  both_ways<BinaryOp::Add>(in, cls, "__add__(self, other)", "__radd__(self, other)");
  both_ways<BinaryOp::Sub>(in, cls, "__sub__(self, other)", "__rsub__(self, other)");
  both_ways<BinaryOp::Mul>(in, cls, "__mul__(self, other)", "__rmul__(self, other)");
  both_ways<BinaryOp::Div>(in, cls, "__truediv__(self, other)", "__rtruediv__(self, other)");
  both_ways<BinaryOp::FloorDiv>(in, cls, "__floordiv__(self, other)", "__rfloordiv__(self, other)");
  both_ways<BinaryOp::Mod>(in, cls, "__mod__(self, other)", "__rmod__(self, other)");
  both_ways<BinaryOp::Pow>(in, cls, "__pow__(self, other)", "__rpow__(self, other)");
  ClassSetup(in, cls)
      .method("__neg__(self)", unary_method<UnaryOp::Minus>)
      .method("__pos__(self)", unary_method<UnaryOp::Plus>)
      .method("__divmod__(self, other, /)", [](Call& call) { return both_parts(call, false); })
      .method("__rdivmod__(self, other, /)", [](Call& call) { return both_parts(call, true); })
      .method("__bool__(self)", [](Call& call) -> Value {
        const auto value = call.in.to_double(call[0]);
        return Value(value && *value != 0);
      });
}

void bit_operators(Interpreter& in, Class* cls) {
  both_ways<BinaryOp::And>(in, cls, "__and__(self, other)", "__rand__(self, other)");
  both_ways<BinaryOp::Or>(in, cls, "__or__(self, other)", "__ror__(self, other)");
  both_ways<BinaryOp::Xor>(in, cls, "__xor__(self, other)", "__rxor__(self, other)");
}

void containers(Interpreter& in) {
  const Types& t = types(in);
  for (Class* cls : {t.str, t.bytes, t.bytearray, t.list, t.tuple, t.dict, t.set, t.frozenset,
                     t.range, t.dict_keys, t.dict_values, t.dict_items}) {
    ClassSetup(in, cls)
        .method("__len__(self)",
                [](Call& call) -> Value { return Value(builtin_length(call.in, call[0])); })
        .method(
            "__contains__(self, item)",
            [](Call& call) -> Value { return Value(builtin_contains(call.in, call[0], call[1])); })
        .method("__iter__(self)",
                [](Call& call) -> Value { return builtin_iter(call.in, call[0]); });
  }
  for (Class* cls : {t.str, t.bytes, t.bytearray, t.list, t.tuple, t.dict, t.range}) {
    ClassSetup(in, cls).method("__getitem__(self, key)", [](Call& call) -> Value {
      return builtin_get_item(call.in, call[0], call[1]);
    });
  }
  for (Class* cls : {t.list, t.dict, t.bytearray}) {
    ClassSetup(in, cls)
        .method("__setitem__(self, key, value)",
                [](Call& call) -> Value {
                  builtin_set_item(call.in, call[0], call[1], call[2]);
                  return {};
                })
        .method("__delitem__(self, key)", [](Call& call) -> Value {
          builtin_del_item(call.in, call[0], call[1]);
          return {};
        });
  }
  for (Class* cls : {t.list, t.tuple, t.dict, t.range, t.dict_keys, t.dict_values, t.dict_items}) {
    ClassSetup(in, cls).method("__reversed__(self)", [](Call& call) -> Value {
      return reversed_iterator(call.in, call[0]);
    });
  }
  for (Class* cls : {t.str, t.bytes, t.list, t.tuple}) {
    both_ways<BinaryOp::Mul>(in, cls, "__mul__(self, other)", "__rmul__(self, other)");
    ClassSetup(in, cls).method("__add__(self, other)", binary_method<BinaryOp::Add>);
  }
  ClassSetup(in, t.str).method("__mod__(self, other)", binary_method<BinaryOp::Mod>);
  both_ways<BinaryOp::Or>(in, t.dict, "__or__(self, other)", "__ror__(self, other)");
  for (Class* cls : {t.set, t.frozenset, t.dict_keys, t.dict_items}) {
    bit_operators(in, cls);
    both_ways<BinaryOp::Sub>(in, cls, "__sub__(self, other)", "__rsub__(self, other)");
  }
  ClassSetup(in, t.list).method("__iadd__(self, other)", [](Call& call) -> Value {
    extend_list(call.in, *call[0].as<List>(), call[1]);
    return call[0];
  });
}

}  // namespace

void setup_operators(Interpreter& in) {
  const Types& t = types(in);
  comparisons(in, t.object, false);
  for (Class* cls : {t.int_, t.float_, t.str, t.bytes, t.bytearray, t.list, t.tuple, t.set,
                     t.frozenset, t.dict_keys, t.dict_items}) {
    comparisons(in, cls, true);
  }
  for (Class* cls : {t.dict, t.range, t.slice}) comparisons(in, cls, false);
  for (Class* cls : {t.list, t.dict, t.set, t.bytearray, t.slice})
    cls->dict().table.set(names(in).hash, Value::none());
  for (Class* cls : {t.str, t.bytes, t.tuple, t.frozenset, t.range}) {
    ClassSetup(in, cls).method("__hash__(self)", [](Call& call) -> Value {
      return Value(static_cast<std::int64_t>(builtin_hash(call.in, call[0])));
    });
  }
  number_operators(in, t.int_);
  number_operators(in, t.float_);
  bit_operators(in, t.int_);
  both_ways<BinaryOp::LShift>(in, t.int_, "__lshift__(self, other)", "__rlshift__(self, other)");
  both_ways<BinaryOp::RShift>(in, t.int_, "__rshift__(self, other)", "__rrshift__(self, other)");
  ClassSetup(in, t.int_).method("__invert__(self)", unary_method<UnaryOp::Invert>);
  containers(in);
}

}  // namespace cupel::python
