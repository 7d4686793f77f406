// SPDX-License-Identifier: MIT
// What a revision in C++ includes: short names for everything that people write in one. See
// docs/cpp.md. For an application that upgrades its database there is cupel/embed.hpp.
//
// SQL as written is model::text("now()"): a namespace cupel::text stands in the way of a shorter
// name, so the template for new revisions says `using cupel::model::text;`.
#pragma once

#include "cupel/context/operations.hpp"
#include "cupel/script/cpp_revision.hpp"

namespace cupel {

// What runs (Operations and Revision come from script/cpp_revision.hpp).
using context::BatchOperations;
using driver::Row;
using driver::Rows;
using inspect::Inspector;
using ops::Recreate;

// Columns and tables
using Column = model::ColumnDefinition;
using model::Computed;
using model::Identity;
using model::PartitionOf;
using model::Table;

// Types. Any other one is Named("JSONB").
using model::Array;
using model::BigInteger;
using model::Binary;
using model::Boolean;
using model::Char;
using model::Date;
using model::DateTime;
using model::Double;
using model::Enum;
using model::Float;
using model::Integer;
using model::Interval;
using model::Json;
using model::kWithTimezone;
using model::LargeBinary;
using model::Named;
using model::Numeric;
using model::SmallInteger;
using model::String;
using model::Text;
using model::Time;
using model::Timestamp;
using model::Type;
using model::Uuid;

// Constraints and indexes, and their names
using model::CheckConstraint;
using model::ConstraintName;
using model::Deferral;
using model::ExcludeConstraint;
using model::ExcludeElement;
using model::expression;
using model::f;
using model::ForeignKey;
using model::Index;
using model::IndexElement;
using model::named;
using model::NullsOrder;
using model::PrimaryKey;
using model::ReferenceOptions;
using model::UniqueConstraint;

// Server defaults; model::text is explained above.
using model::Expression;
using model::false_value;
using model::literal;
using model::now;
using model::true_value;

// Objects that are no tables
using model::Function;
using model::ObjectName;
using model::Sequence;
using model::Trigger;

/// SQL's NULL among other values: {1, "a", null}.
inline constexpr std::monostate null{};

}  // namespace cupel
