// SPDX-License-Identifier: MIT
// What operators and comparisons share.
#pragma once

#include "python/state.hpp"

namespace cupel::python {

/// Asks a class of a script; NotImplemented if it has no such method.
Value try_method(Interpreter& in, const Value& self, Str* name, const Value& other);
inline bool is_not_implemented(const Value& value) { return value.kind() == Kind::NotImplemented; }
/// Sets, frozensets and keys of dicts.
bool set_like(const Value& value);
Value copy_to_set(Interpreter& in, const Value& value);

}  // namespace cupel::python
