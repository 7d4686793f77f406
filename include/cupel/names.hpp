// SPDX-License-Identifier: MIT
// Short names for everything that tables are written with; for cupel.hpp and models.hpp.
#pragma once

#include "cupel/model/define.hpp"
#include "cupel/model/table_definition.hpp"

namespace cupel {

// Columns and tables
using Column = model::ColumnDefinition;
using model::Computed;
using model::Identity;
using model::PartitionOf;
using model::Table;
using model::TableDefinition;

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

// Server defaults. SQL as written is model::text("now()"): a namespace cupel::text stands in the
// way of a shorter name here, so files of users say `using cupel::model::text;`.
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

}  // namespace cupel
