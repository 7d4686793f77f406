// SPDX-License-Identifier: MIT
// Arithmetic with decimal numbers as the context of Python's decimal module wants it: its precision
// and rounding, its signals as exceptions.
#pragma once

#include "cupel/python/types.hpp"
#include "python/decimal.hpp"

namespace cupel::python::decimal {

/// Something of the module decimal, where signals and contexts are.
Value setting(Interpreter& in, const char* name);
/// Raises the exception of the signal `cls`; `detail` is the condition that it is about.
[[noreturn]] void signal(Interpreter& in, const char* cls, const std::string& detail);
/// Of the current context.
std::size_t precision(Interpreter& in);
/// By its name; of the current context if that is None or not given.
Rounding rounding_of(Interpreter& in, Value name);

// None of these rounds its result to the context's precision; a quotient has a few digits more.
DecimalNumber add(Interpreter& in, const DecimalNumber& a, const DecimalNumber& b);
DecimalNumber subtract(Interpreter& in, const DecimalNumber& a, const DecimalNumber& b);
DecimalNumber multiply(Interpreter& in, const DecimalNumber& a, const DecimalNumber& b);
DecimalNumber divide(Interpreter& in, const DecimalNumber& a, const DecimalNumber& b);
/// The quotient towards zero.
DecimalNumber divide_to_integer(Interpreter& in, const DecimalNumber& a, const DecimalNumber& b);
/// What divide_to_integer() leaves; it has the sign of `a`.
DecimalNumber remainder(Interpreter& in, const DecimalNumber& a, const DecimalNumber& b);
DecimalNumber raise_to(Interpreter& in, const DecimalNumber& base, const DecimalNumber& exponent);
DecimalNumber square_root(Interpreter& in, const DecimalNumber& value);

}  // namespace cupel::python::decimal
