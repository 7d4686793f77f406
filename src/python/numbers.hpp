// SPDX-License-Identifier: MIT
// Arithmetic of integers and floats.
#pragma once

#include "python/state.hpp"

namespace cupel::python {

/// Unset if one of them is no number.
Value number_binary(Interpreter& in, ast::BinaryOp op, const Value& a, const Value& b);
Value number_unary(Interpreter& in, ast::UnaryOp op, const Value& a);
/// False if one of them is no number; `unordered` for NaN.
bool number_compare(Interpreter& in, const Value& a, const Value& b, int& order, bool& unordered);
/// Equal numbers of every kind have equal hashes, the same as CPython's.
std::uint64_t number_hash(const Value& value);
/// pow(a, b, modulus) of integers.
Value power_modulo(Interpreter& in, const Value& a, const Value& b, const Value& modulus);
double float_floor_divide(double a, double b);
double float_modulo(double a, double b);
/// The nearest double to a / b.
double divide_exactly(Interpreter& in, const BigInt& a, const BigInt& b);
/// Rounds half to even at `digits` behind the point, as round() does.
double round_double(double value, std::int64_t digits);

}  // namespace cupel::python
