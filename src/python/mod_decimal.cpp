// SPDX-License-Identifier: MIT
// _decimal: the class Decimal. Contexts and signals are lib/decimal.py.
#include <algorithm>

#include "cupel/python/types.hpp"
#include "python/decimal_arithmetic.hpp"
#include "python/format.hpp"
#include "python/modules.hpp"
#include "python/numbers.hpp"
#include "python/ordering.hpp"

namespace cupel::python {
namespace {

using Number = DecimalNumber;

struct DecimalData : NativeData {
  Number number;
};

const Number& number_of(const Value& value) { return native_part<DecimalData>(value).number; }

Value wrap(Interpreter& in, Number number, Class* cls = nullptr) {
  auto data = std::make_unique<DecimalData>();
  data->number = std::move(number);
  return in.instance(cls != nullptr ? *cls : *in.state().decimal, std::move(data));
}

Value rounded(Interpreter& in, const Number& number) {
  return wrap(in, number.rounded(decimal::precision(in), decimal::rounding_of(in, {})));
}

/// Another operand: a decimal or an integer.
std::optional<Number> operand(Interpreter& in, const Value& value) {
  if (const DecimalData* data = native<DecimalData>(value)) return data->number;
  if (in.is_integer(value)) return Number::from_integer(to_big(value));
  return std::nullopt;
}

Value new_decimal(Call& call) {
  Interpreter& in = call.in;
  Class* cls = call[0].as<Class>();
  const Value& given = call[1];
  if (const DecimalData* data = native<DecimalData>(given)) return wrap(in, data->number, cls);
  if (in.is_integer(given)) return wrap(in, Number::from_integer(to_big(given)), cls);
  if (const auto real = in.to_double(given)) return wrap(in, Number::from_double(*real), cls);
  if (const Str* text = given.as<Str>()) {
    const auto parsed = Number::parse(text->view());
    if (!parsed) decimal::signal(in, "InvalidOperation", "ConversionSyntax");
    return wrap(in, *parsed, cls);
  }
  if (given.is(Layout::Tuple) || given.is(Layout::List)) {
    const Values parts = in.items_of(given);
    if (parts.size() != 3) value_error(in, "argument must be a sequence of length 3");
    Number out;
    out.negative = in.truth(parts[0]);
    std::string digits;
    for (const Value& digit : in.items_of(parts[1])) digits += std::to_string(to_index(in, digit));
    const auto parsed = BigInt::parse(digits.empty() ? "0" : digits, 10);
    if (!parsed) value_error(in, "coefficient must be a tuple of digits");
    out.digits = *parsed;
    out.exponent = to_index(in, parts[2]);
    return wrap(in, std::move(out), cls);
  }
  type_error(
      in, "conversion from " + std::string(in.type_name(given)) + " to Decimal is not supported");
}

template <class F>
NativeCode arithmetic(F work, bool reflected) {
  return [work, reflected](Call& call) -> Value {
    const auto other = operand(call.in, call[1]);
    if (!other) return Value::not_implemented();
    const Number& own = number_of(call[0]);
    return rounded(call.in, reflected ? work(call.in, *other, own) : work(call.in, own, *other));
  };
}

std::optional<int> decimal_order(Call& call, bool is_equality) {
  Interpreter& in = call.in;
  auto other = operand(in, call[1]);
  if (!other && (call[1].is_float() || call[1].is(Layout::Float)))
    other = Number::from_double(*in.to_double(call[1]));
  if (!other) return std::nullopt;
  const Number& own = number_of(call[0]);
  if (own.kind == Number::Kind::NaN || other->kind == Number::Kind::NaN) {
    if (!is_equality) decimal::signal(in, "InvalidOperation", "InvalidOperation");
    return 1;
  }
  const auto rank = [](const Number& n) { return n.finite() ? 0 : n.negative ? -1 : 1; };
  const bool is_one_infinite = rank(own) != 0 || rank(*other) != 0;
  return is_one_infinite ? rank(own) - rank(*other) : own.compare(*other);
}

Value quantize(Call& call) {
  Interpreter& in = call.in;
  const Number& own = number_of(call[0]);
  const auto shape = operand(in, call[1]);
  if (!shape)
    type_error(in, "conversion from " + std::string(in.type_name(call[1])) +
                       " to Decimal is not supported");
  if (!own.finite() || !shape->finite()) {
    if (!own.finite() && !shape->finite()) return call[0];
    decimal::signal(in, "InvalidOperation", "InvalidOperation");
  }
  if (own.exponent - shape->exponent > 20'000)
    decimal::signal(in, "InvalidOperation", "InvalidOperation");
  Number out = own.with_exponent(shape->exponent, decimal::rounding_of(in, call[2]));
  if (digit_count(out.digits) > decimal::precision(in))
    decimal::signal(in, "InvalidOperation", "InvalidOperation");
  return wrap(in, std::move(out));
}

Value to_integral(Call& call) {
  const Number& own = number_of(call[0]);
  if (!own.finite() || own.exponent >= 0) return call[0];
  return wrap(call.in, own.with_exponent(0, decimal::rounding_of(call.in, call[1])));
}

BigInt integer_of(Interpreter& in, const Number& number) {
  if (number.kind == Number::Kind::NaN) value_error(in, "cannot convert NaN to integer");
  if (!number.finite()) in.raise("OverflowError", "cannot convert Infinity to integer");
  return number.whole();
}

Value round_decimal(Call& call) {
  const Number& own = number_of(call[0]);
  if (call.is_none(1)) {
    integer_of(call.in, own);
    return make_int(call.in, own.exponent >= 0 ? own.whole()
                                               : own.with_exponent(0, Rounding::HalfEven).whole());
  }
  return wrap(call.in, own.with_exponent(-call.integer(1), Rounding::HalfEven));
}

Value as_tuple(Call& call) {
  Interpreter& in = call.in;
  const Number& own = number_of(call[0]);
  Values digits;
  for (const char c : own.digits.to_string()) digits.push_back(Value(c - '0'));
  const Value exponent =
      own.finite() ? Value(own.exponent) : make_str(in, own.kind == Number::Kind::NaN ? "n" : "F");
  return python::call(in, decimal::setting(in, "DecimalTuple"),
                      {Value(own.negative ? 1 : 0), make_tuple(in, std::move(digits)), exponent});
}

std::uint64_t decimal_hash(Interpreter& in, const Number& number) {
  if (!number.finite())
    return number.kind == Number::Kind::NaN ? 0
           : number.negative                ? static_cast<std::uint64_t>(-314159)
                                            : 314159;
  const Number plain = number.normalized();
  if (plain.exponent >= 0 && plain.exponent < 5000) return number_hash(make_int(in, plain.whole()));
  const double real = std::strtod(number.to_string().c_str(), nullptr);
  const Number exact = Number::from_double(real);
  if (exact.finite() && exact.compare(number) == 0) return hash_double(real);
  return std::hash<std::string>()(plain.to_string());
}

Value format_decimal(Call& call) {
  Interpreter& in = call.in;
  Number own = number_of(call[0]);
  FormatSpec spec = parse_spec(in, call.view(1), "decimal.Decimal", 0);
  const std::string sign = own.negative       ? "-"
                           : spec.sign == '+' ? "+"
                           : spec.sign == ' ' ? " "
                                              : "";
  own.negative = false;
  if (!own.finite()) return make_str(in, pad(sign + own.to_string(), spec, '>'));
  const Rounding way = decimal::rounding_of(in, {});
  const char type = spec.type == 'n' ? 'g' : spec.type;
  std::string_view suffix;
  std::string text;
  if (type == '%') {
    own.exponent += 2;
    suffix = "%";
  }
  if (type == 'f' || type == 'F' || type == '%') {
    own = own.with_exponent(
        spec.precision >= 0 ? -spec.precision : std::min<std::int64_t>(own.exponent, 0), way);
    text = own.digits.to_string();
    const auto places = static_cast<std::size_t>(-own.exponent);
    if (places > 0) {
      if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
      text.insert(text.size() - places, ".");
    }
  } else if (type == 'e' || type == 'E') {
    if (spec.precision >= 0) own = own.rounded(static_cast<std::size_t>(spec.precision) + 1, way);
    text = own.digits.to_string();
    const std::int64_t exponent = own.exponent + static_cast<std::int64_t>(text.size()) - 1;
    if (spec.precision >= 0 && text.size() < static_cast<std::size_t>(spec.precision) + 1)
      text.append(static_cast<std::size_t>(spec.precision) + 1 - text.size(), '0');
    if (text.size() > 1) text.insert(1, ".");
    text += type;
    text += (exponent < 0 ? "" : "+") + std::to_string(exponent);
  } else {
    if (spec.precision >= 0)
      own = own.rounded(static_cast<std::size_t>(std::max(1, spec.precision)), way);
    text = own.to_string();
    if (type == 'g') std::replace(text.begin(), text.end(), 'E', 'e');
  }
  std::size_t whole = 0;
  while (whole < text.size() && text[whole] >= '0' && text[whole] <= '9') ++whole;
  return make_str(in, pad_number(sign, std::string_view(text).substr(0, whole),
                                 text.substr(whole) + std::string(suffix), spec));
}

void setup_operators_of(Interpreter& in, Class& cls) {
  const auto both = [&](const char* plain, const char* reflected, auto work) {
    in.add_method(cls, plain, arithmetic(work, false));
    in.add_method(cls, reflected, arithmetic(work, true));
  };
  both("__add__(self, other)", "__radd__(self, other)", decimal::add);
  both("__sub__(self, other)", "__rsub__(self, other)", decimal::subtract);
  both("__mul__(self, other)", "__rmul__(self, other)", decimal::multiply);
  both("__truediv__(self, other)", "__rtruediv__(self, other)", decimal::divide);
  both("__floordiv__(self, other)", "__rfloordiv__(self, other)", decimal::divide_to_integer);
  both("__mod__(self, other)", "__rmod__(self, other)", decimal::remainder);
  both("__pow__(self, other)", "__rpow__(self, other)", decimal::raise_to);
  add_comparisons(in, cls, decimal_order);
  // Arithmetic gives no -0 and no -NaN; copies keep every sign.
  const auto with_sign = [](bool (*negative)(bool), bool copy) {
    return [negative, copy](Call& call) -> Value {
      Number out = number_of(call[0]);
      const bool unsigned_value = !copy && (out.is_zero() || out.kind == Number::Kind::NaN);
      out.negative = !unsigned_value && negative(out.negative);
      return copy ? wrap(call.in, std::move(out)) : rounded(call.in, out);
    };
  };
  in.add_method(cls, "__neg__(self)", with_sign([](bool sign) { return !sign; }, false));
  in.add_method(cls, "__pos__(self)", with_sign([](bool sign) { return sign; }, false));
  in.add_method(cls, "__abs__(self)", with_sign([](bool) { return false; }, false));
  in.add_method(cls, "copy_abs(self)", with_sign([](bool) { return false; }, true));
  in.add_method(cls, "copy_negate(self)", with_sign([](bool sign) { return !sign; }, true));
}

void setup_conversions(Interpreter& in, Class& cls) {
  in.add_method(cls, "__str__(self)", [](Call& call) -> Value {
    return make_str(call.in, number_of(call[0]).to_string());
  });
  in.add_method(cls, "__repr__(self)", [](Call& call) -> Value {
    return make_str(call.in, "Decimal('" + number_of(call[0]).to_string() + "')");
  });
  in.add_method(cls, "__hash__(self)", [](Call& call) -> Value {
    return Value(static_cast<std::int64_t>(decimal_hash(call.in, number_of(call[0]))));
  });
  in.add_method(cls, "__bool__(self)",
                [](Call& call) -> Value { return Value(!number_of(call[0]).is_zero()); });
  in.add_method(cls, "__int__(self)", [](Call& call) -> Value {
    return make_int(call.in, integer_of(call.in, number_of(call[0])));
  });
  in.add_method(cls, "__trunc__(self)", [](Call& call) -> Value {
    return make_int(call.in, integer_of(call.in, number_of(call[0])));
  });
  in.add_method(cls, "__float__(self)", [](Call& call) -> Value {
    return Value(std::strtod(number_of(call[0]).to_string().c_str(), nullptr));
  });
  const auto directed = [](Rounding way) {
    return [way](Call& call) -> Value {
      integer_of(call.in, number_of(call[0]));
      const Number& own = number_of(call[0]);
      return make_int(call.in, own.exponent >= 0 ? own.whole() : own.with_exponent(0, way).whole());
    };
  };
  in.add_method(cls, "__floor__(self)", directed(Rounding::Floor));
  in.add_method(cls, "__ceil__(self)", directed(Rounding::Ceiling));
  in.add_method(cls, "__round__(self, digits=None)", round_decimal);
  in.add_method(cls, "__format__(self, spec)", format_decimal);
  in.add_method(cls, "as_tuple(self)", as_tuple);
  in.add_method(cls, "as_integer_ratio(self)", [](Call& call) -> Value {
    const Number own = number_of(call[0]).normalized();
    BigInt numerator = own.negative ? -own.digits : own.digits, denominator(1);
    if (own.exponent >= 0)
      numerator = numerator * power_of_ten(static_cast<std::uint64_t>(own.exponent));
    if (own.exponent < 0) denominator = power_of_ten(static_cast<std::uint64_t>(-own.exponent));
    BigInt a = numerator.negative() ? -numerator : numerator, b = denominator, quotient, rest;
    while (!b.is_zero()) {
      BigInt::divide(a, b, quotient, rest);
      a = b;
      b = rest;
    }
    BigInt::divide(numerator, a, numerator, rest);
    BigInt::divide(denominator, a, denominator, rest);
    return make_tuple(call.in,
                      Values{make_int(call.in, numerator), make_int(call.in, denominator)});
  });
}

}  // namespace

void fill_decimal(Interpreter& in, Module& module) {
  Class& cls = in.make_class("Decimal", {}, "decimal");
  in.add(module, "Decimal", Value(static_cast<Object*>(&cls)));
  in.state().decimal = &cls;
  cls.set_title(in.intern("decimal.Decimal"));
  in.add_static_method(cls, "__new__(cls, value='0', context=None)", new_decimal);
  in.add_method(cls, "__init__", [](Call&) -> Value { return {}; });
  in.add_class_method(cls, "from_float(cls, value)", [](Call& call) -> Value {
    if (call.in.is_integer(call[1]))
      return wrap(call.in, Number::from_integer(to_big(call[1])), call[0].as<Class>());
    return wrap(call.in, Number::from_double(call.real(1)), call[0].as<Class>());
  });
  setup_operators_of(in, cls);
  setup_conversions(in, cls);
  in.add_method(cls, "quantize(self, exp, rounding=None, context=None)", quantize);
  in.add_method(cls, "to_integral_value(self, rounding=None, context=None)", to_integral);
  in.add_method(cls, "to_integral(self, rounding=None, context=None)", to_integral);
  in.add_method(cls, "to_integral_exact(self, rounding=None, context=None)", to_integral);
  in.add_method(cls, "normalize(self, context=None)", [](Call& call) -> Value {
    return wrap(call.in,
                number_of(call[0])
                    .rounded(decimal::precision(call.in), decimal::rounding_of(call.in, {}))
                    .normalized());
  });
  in.add_method(cls, "sqrt(self, context=None)", [](Call& call) {
    return rounded(call.in, decimal::square_root(call.in, number_of(call[0])));
  });
  in.add_method(cls, "adjusted(self)", [](Call& call) -> Value {
    return Value(number_of(call[0]).finite() ? number_of(call[0]).adjusted() : 0);
  });
  in.add_method(cls, "scaleb(self, other)", [](Call& call) -> Value {
    Number out = number_of(call[0]);
    const auto by = operand(call.in, call[1]);
    if (by && out.finite()) out.exponent += by->whole().to_int64().value_or(0);
    return rounded(call.in, out);
  });
  in.add_method(cls, "is_nan(self)", [](Call& call) -> Value {
    return Value(number_of(call[0]).kind == Number::Kind::NaN);
  });
  in.add_method(cls, "is_infinite(self)", [](Call& call) -> Value {
    return Value(number_of(call[0]).kind == Number::Kind::Infinite);
  });
  in.add_method(cls, "is_finite(self)",
                [](Call& call) -> Value { return Value(number_of(call[0]).finite()); });
  in.add_method(cls, "is_zero(self)",
                [](Call& call) -> Value { return Value(number_of(call[0]).is_zero()); });
  in.add_method(cls, "is_signed(self)",
                [](Call& call) -> Value { return Value(number_of(call[0]).negative); });
}

Value make_decimal(Interpreter& in, std::string_view text) {
  if (in.state().decimal == nullptr) import_module(in, "_decimal", true);
  const auto parsed = Number::parse(text);
  if (!parsed) decimal::signal(in, "InvalidOperation", "ConversionSyntax");
  return wrap(in, *parsed);
}

std::optional<std::string> decimal_text(const Value& value) {
  const DecimalData* data = native<DecimalData>(value);
  if (data == nullptr) return std::nullopt;
  return data->number.to_string();
}

}  // namespace cupel::python
