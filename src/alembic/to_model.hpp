// SPDX-License-Identifier: MIT
// The calls of alembic.op, in the plain form that modules/ makes of them, as calls of
// context::Operations. The one place where SQLAlchemy's objects become model values.
#pragma once

#include <string_view>

#include "cupel/context/operations.hpp"
#include "cupel/python/interpreter.hpp"

namespace cupel::alembic {

/// Runs one call, such as "create_table". A name or argument that modules/ should not have made is
/// a TypeError in the script.
void invoke_call(python::Interpreter& in, context::Operations& op, std::string_view call,
                 const python::Value& arguments);
/// Runs a batch: `options` are those of batch_alter_table, `changes` pairs of call and arguments.
void invoke_batch(python::Interpreter& in, context::Operations& op, const python::Value& options,
                  const python::Value& changes);
/// A type as SQL.
std::string type_text(python::Interpreter& in, const dialect::Dialect& dialect,
                      const python::Value& type);
/// The naming convention in a dict with ix, uq, ck, fk, pk.
model::NamingConvention read_naming(python::Interpreter& in, const python::Value& dict);

}  // namespace cupel::alembic
