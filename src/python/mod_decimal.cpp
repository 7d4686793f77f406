// SPDX-License-Identifier: MIT
// _decimal: the class Decimal. Contexts and signals are lib/decimal.py.
#include <cmath>

#include "cupel/python/types.hpp"
#include "python/decimal.hpp"
#include "python/format.hpp"
#include "python/modules.hpp"
#include "python/numbers.hpp"

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

/// Decimal's module of signals and contexts.
Value setting(Interpreter& in, const char* name) {
  return get_attr(in, import_module(in, "decimal", true), in.intern(name));
}

[[noreturn]] void signal(Interpreter& in, const char* cls, const std::string& detail) {
  const Value found = setting(in, cls);
  in.raise(*found.as<Class>(), "[<class 'decimal." + detail + "'>]");
}

Value context(Interpreter& in) { return call(in, setting(in, "getcontext"), {}); }

std::size_t precision(Interpreter& in) {
  return static_cast<std::size_t>(std::clamp<std::int64_t>(
      to_index(in, get_attr(in, context(in), in.intern("prec"))), 1, 10'000));
}

Rounding rounding_of(Interpreter& in, Value name) {
  if (name.is_none() || !name.is_set()) name = get_attr(in, context(in), in.intern("rounding"));
  static constexpr std::pair<std::string_view, Rounding> kNames[] = {
      {"ROUND_HALF_EVEN", Rounding::HalfEven},
      {"ROUND_HALF_UP", Rounding::HalfUp},
      {"ROUND_HALF_DOWN", Rounding::HalfDown},
      {"ROUND_DOWN", Rounding::Down},
      {"ROUND_UP", Rounding::Up},
      {"ROUND_FLOOR", Rounding::Floor},
      {"ROUND_CEILING", Rounding::Ceiling},
      {"ROUND_05UP", Rounding::ZeroFiveUp}};
  for (const auto& [known, way] : kNames) {
    if (in.view(name) == known) return way;
  }
  type_error(in,
             "valid values for rounding are: [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN, "
             "ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP]");
}

Value rounded(Interpreter& in, const Number& number) {
  return wrap(in, number.rounded(precision(in), rounding_of(in, {})));
}

/// Another operand: a decimal or an integer.
std::optional<Number> operand(Interpreter& in, const Value& value) {
  if (const DecimalData* data = native<DecimalData>(value)) return data->number;
  if (in.is_integer(value)) return Number::from_integer(to_big(value));
  return std::nullopt;
}

Number nan() {
  Number out;
  out.kind = Number::Kind::NaN;
  return out;
}
Number infinity(bool negative) {
  Number out;
  out.kind = Number::Kind::Infinite;
  out.negative = negative;
  return out;
}

void check_size(const Number& a, const Number& b) {
  if (std::llabs(a.exponent - b.exponent) > 60'000) throw BigInt::TooLarge();
}

Number add(Interpreter& in, const Number& a, Number b, bool subtract) {
  if (subtract) b.negative = !b.negative;
  if (a.kind == Number::Kind::NaN || b.kind == Number::Kind::NaN) return nan();
  if (!a.finite() && !b.finite() && a.negative != b.negative)
    signal(in, "InvalidOperation", "InvalidOperation");
  if (!a.finite()) return a;
  if (!b.finite()) return b;
  check_size(a, b);
  const std::int64_t low = std::min(a.exponent, b.exponent);
  BigInt x = a.digits * power_of_ten(static_cast<std::uint64_t>(a.exponent - low));
  BigInt y = b.digits * power_of_ten(static_cast<std::uint64_t>(b.exponent - low));
  const BigInt sum = (a.negative ? -x : x) + (b.negative ? -y : y);
  Number out = Number::from_integer(sum);
  out.exponent = low;
  if (sum.is_zero()) out.negative = a.negative && b.negative;
  return out;
}

Number multiply(Interpreter& in, const Number& a, const Number& b) {
  if (a.kind == Number::Kind::NaN || b.kind == Number::Kind::NaN) return nan();
  const bool negative = a.negative != b.negative;
  if (!a.finite() || !b.finite()) {
    if (a.is_zero() || b.is_zero()) signal(in, "InvalidOperation", "InvalidOperation");
    return infinity(negative);
  }
  Number out;
  out.negative = negative;
  out.digits = a.digits * b.digits;
  out.exponent = a.exponent + b.exponent;
  return out;
}

Number divide(Interpreter& in, const Number& a, const Number& b) {
  if (a.kind == Number::Kind::NaN || b.kind == Number::Kind::NaN) return nan();
  const bool negative = a.negative != b.negative;
  if (!a.finite()) {
    if (!b.finite()) signal(in, "InvalidOperation", "InvalidOperation");
    return infinity(negative);
  }
  Number out;
  out.negative = negative;
  if (!b.finite()) {
    // The smallest exponent there is, as the standard wants it.
    out.exponent = -999'998 - static_cast<std::int64_t>(precision(in));
    return out;
  }
  if (b.is_zero()) {
    if (a.is_zero()) signal(in, "InvalidOperation", "DivisionUndefined");
    signal(in, "DivisionByZero", "DivisionByZero");
  }
  if (a.is_zero()) {
    out.exponent = a.exponent - b.exponent;
    return out;
  }
  const std::size_t digits = precision(in);
  const std::int64_t shift = static_cast<std::int64_t>(digit_count(b.digits)) -
                             static_cast<std::int64_t>(digit_count(a.digits)) +
                             static_cast<std::int64_t>(digits) + 1;
  const BigInt x =
      shift >= 0 ? a.digits * power_of_ten(static_cast<std::uint64_t>(shift)) : a.digits;
  const BigInt y =
      shift >= 0 ? b.digits : b.digits * power_of_ten(static_cast<std::uint64_t>(-shift));
  BigInt remainder;
  BigInt::divide(x, y, out.digits, remainder);
  out.exponent = a.exponent - b.exponent - shift;
  if (!remainder.is_zero()) {
    // A sticky digit, so that rounding sees that something is left.
    const char last = out.digits.to_string().back();
    if (last == '0' || last == '5') out.digits = out.digits + BigInt(1);
    return out;
  }
  // An exact quotient keeps the exponent that is nearest to the ideal one.
  const std::int64_t ideal = a.exponent - b.exponent;
  std::string text = out.digits.to_string();
  while (out.exponent < ideal && text.size() > 1 && text.back() == '0') {
    text.pop_back();
    ++out.exponent;
  }
  out.digits = *BigInt::parse(text, 10);
  return out;
}

/// Quotient towards zero, and what is left.
void divide_whole(Interpreter& in, const Number& a, const Number& b, Number& quotient,
                  Number& remainder) {
  check_size(a, b);
  const std::int64_t low = std::min(a.exponent, b.exponent);
  const BigInt x = a.digits * power_of_ten(static_cast<std::uint64_t>(a.exponent - low));
  const BigInt y = b.digits * power_of_ten(static_cast<std::uint64_t>(b.exponent - low));
  BigInt::divide(x, y, quotient.digits, remainder.digits);
  if (digit_count(quotient.digits) > precision(in))
    signal(in, "InvalidOperation", "DivisionImpossible");
  quotient.negative = a.negative != b.negative;
  remainder.negative = a.negative;
  remainder.exponent = low;
}

Number raise_to(Interpreter& in, const Number& base, const Number& exponent) {
  const auto count = exponent.finite() && exponent.exponent >= 0 ? exponent.whole().to_int64()
                     : exponent.normalized().exponent >= 0       ? exponent.whole().to_int64()
                                                                 : std::nullopt;
  if (!count || std::llabs(*count) > 100'000) {
    const double result = std::pow(std::stod(base.to_string()), std::stod(exponent.to_string()));
    return Number::from_double(result);
  }
  const std::size_t digits = precision(in) + 12;
  Number result = Number::from_integer(BigInt(1)), square = base;
  for (std::int64_t left = std::llabs(*count); left != 0; left >>= 1) {
    if ((left & 1) != 0) result = multiply(in, result, square).rounded(digits, Rounding::HalfEven);
    if (left > 1) square = multiply(in, square, square).rounded(digits, Rounding::HalfEven);
  }
  if (*count >= 0) return result;
  return divide(in, Number::from_integer(BigInt(1)), result);
}

Number square_root(Interpreter& in, const Number& value) {
  if (value.is_zero() || !value.finite()) return value;
  if (value.negative) signal(in, "InvalidOperation", "InvalidOperation");
  const auto digits = static_cast<std::int64_t>(precision(in)) + 2;
  std::int64_t shift = 2 * digits - static_cast<std::int64_t>(digit_count(value.digits));
  if (shift < 0) shift = 0;
  if (((value.exponent - shift) % 2) != 0) ++shift;
  const BigInt scaled = value.digits * power_of_ten(static_cast<std::uint64_t>(shift));
  BigInt root = power_of_ten((digit_count(scaled) + 1) / 2 + 1), quotient, remainder;
  while (true) {
    in.tick(10);
    BigInt::divide(scaled, root, quotient, remainder);
    const BigInt next = (root + quotient).shift_right(1);
    if (next.compare(root) >= 0) break;
    root = next;
  }
  Number out;
  out.digits = root;
  out.exponent = (value.exponent - shift) / 2;
  if (root * root == scaled) {
    const std::int64_t ideal = value.exponent >= 0 ? value.exponent / 2 : (value.exponent - 1) / 2;
    Number plain = out.normalized();
    return plain.exponent > ideal && plain.exponent - ideal < digits
               ? plain.with_exponent(ideal, Rounding::Down)
               : plain;
  }
  const char last = out.digits.to_string().back();
  if (last == '0' || last == '5') out.digits = out.digits + BigInt(1);
  return out;
}

// --- methods
// --------------------------------------------------------------------------------------

Value new_decimal(Call& call) {
  Interpreter& in = call.in;
  Class* cls = call[0].as<Class>();
  const Value& given = call[1];
  if (const DecimalData* data = native<DecimalData>(given)) return wrap(in, data->number, cls);
  if (in.is_integer(given)) return wrap(in, Number::from_integer(to_big(given)), cls);
  if (const auto real = in.to_double(given)) return wrap(in, Number::from_double(*real), cls);
  if (const Str* text = given.as<Str>()) {
    const auto parsed = Number::parse(text->view());
    if (!parsed) signal(in, "InvalidOperation", "ConversionSyntax");
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

template <class Decide>
NativeCode comparison(Decide decide, bool equality) {
  return [decide, equality](Call& call) -> Value {
    Interpreter& in = call.in;
    auto other = operand(in, call[1]);
    if (!other && (call[1].is_float() || call[1].is(Layout::Float)))
      other = Number::from_double(*in.to_double(call[1]));
    if (!other) return Value::not_implemented();
    const Number& own = number_of(call[0]);
    if (own.kind == Number::Kind::NaN || other->kind == Number::Kind::NaN) {
      if (!equality) signal(in, "InvalidOperation", "InvalidOperation");
      return Value(false);
    }
    const auto rank = [](const Number& n) { return n.finite() ? 0 : n.negative ? -1 : 1; };
    const int order =
        rank(own) != 0 || rank(*other) != 0 ? rank(own) - rank(*other) : own.compare(*other);
    return Value(decide(order));
  };
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
    signal(in, "InvalidOperation", "InvalidOperation");
  }
  if (own.exponent - shape->exponent > 20'000) signal(in, "InvalidOperation", "InvalidOperation");
  Number out = own.with_exponent(shape->exponent, rounding_of(in, call[2]));
  if (digit_count(out.digits) > precision(in)) signal(in, "InvalidOperation", "InvalidOperation");
  return wrap(in, std::move(out));
}

Value to_integral(Call& call) {
  const Number& own = number_of(call[0]);
  if (!own.finite() || own.exponent >= 0) return call[0];
  return wrap(call.in, own.with_exponent(0, rounding_of(call.in, call[1])));
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
  return python::call(in, setting(in, "DecimalTuple"),
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
  const Rounding way = rounding_of(in, {});
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
  both(
      "__add__(self, other)", "__radd__(self, other)",
      [](Interpreter& inner, const Number& a, const Number& b) { return add(inner, a, b, false); });
  both("__sub__(self, other)", "__rsub__(self, other)",
       [](Interpreter& inner, const Number& a, const Number& b) { return add(inner, a, b, true); });
  both("__mul__(self, other)", "__rmul__(self, other)",
       [](Interpreter& inner, const Number& a, const Number& b) { return multiply(inner, a, b); });
  both("__truediv__(self, other)", "__rtruediv__(self, other)",
       [](Interpreter& inner, const Number& a, const Number& b) { return divide(inner, a, b); });
  both("__pow__(self, other)", "__rpow__(self, other)",
       [](Interpreter& inner, const Number& a, const Number& b) { return raise_to(inner, a, b); });
  both("__floordiv__(self, other)", "__rfloordiv__(self, other)",
       [](Interpreter& inner, const Number& a, const Number& b) {
         // What is not finite, and zero below, is as for true division.
         if (!a.finite() || b.kind == Number::Kind::NaN || b.is_zero()) return divide(inner, a, b);
         Number quotient, remainder;
         quotient.negative = a.negative != b.negative;
         if (b.finite()) divide_whole(inner, a, b, quotient, remainder);
         return quotient;
       });
  both("__mod__(self, other)", "__rmod__(self, other)",
       [](Interpreter& inner, const Number& a, const Number& b) {
         if (a.kind == Number::Kind::NaN || b.kind == Number::Kind::NaN) return nan();
         if (!a.finite() || b.is_zero()) {
           signal(inner, "InvalidOperation",
                  a.is_zero() ? "DivisionUndefined" : "InvalidOperation");
         }
         if (!b.finite()) return a;
         Number quotient, remainder;
         divide_whole(inner, a, b, quotient, remainder);
         return remainder;
       });
  in.add_method(cls, "__eq__(self, other)", comparison([](int order) { return order == 0; }, true));
  in.add_method(cls, "__lt__(self, other)", comparison([](int order) { return order < 0; }, false));
  in.add_method(cls, "__le__(self, other)",
                comparison([](int order) { return order <= 0; }, false));
  in.add_method(cls, "__gt__(self, other)", comparison([](int order) { return order > 0; }, false));
  in.add_method(cls, "__ge__(self, other)",
                comparison([](int order) { return order >= 0; }, false));
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
    return wrap(
        call.in,
        number_of(call[0]).rounded(precision(call.in), rounding_of(call.in, {})).normalized());
  });
  in.add_method(cls, "sqrt(self, context=None)", [](Call& call) {
    return rounded(call.in, square_root(call.in, number_of(call[0])));
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
  if (!parsed) signal(in, "InvalidOperation", "ConversionSyntax");
  return wrap(in, *parsed);
}

std::optional<std::string> decimal_text(const Value& value) {
  const DecimalData* data = native<DecimalData>(value);
  if (data == nullptr) return std::nullopt;
  return data->number.to_string();
}

}  // namespace cupel::python
