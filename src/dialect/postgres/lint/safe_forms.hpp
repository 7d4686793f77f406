// SPDX-License-Identifier: MIT
// The safe way to what an operation wants, as SQL to paste and, where there is one form only, as
// operations.
#pragma once

#include <string>
#include <vector>

#include "cupel/ops/operation.hpp"

namespace cupel::dialect::postgres {

struct SafeForm {
  std::vector<std::string> sql;
  std::vector<ops::Operation> replacement;
};

/// Both from operations. What must not run in the transaction of what is before it gets a
/// directive.
SafeForm safe_form(const std::vector<ops::Operation>& operations);
/// Only to be pasted: it needs a decision, or a value, that nobody here knows.
SafeForm only_text(std::vector<std::string> sql);

/// NOT VALID, then VALIDATE. `table` may be null: then an unnamed constraint has no safe form.
SafeForm validated_later(const ops::AddConstraint& add, const model::Table* table);
/// The index concurrently, then the constraint that takes it over. Of PRIMARY KEY and UNIQUE.
SafeForm by_concurrent_index(const ops::AddConstraint& add, const model::Table* table);
SafeForm not_null_by_check(const ops::AlterColumn& alter, int server_version);
/// Without what makes the server write every row; that follows.
SafeForm column_in_steps(const ops::AddColumn& add, const model::Table* table);
SafeForm column_with_later_checks(const ops::AddColumn& add, const model::Table* table);
SafeForm type_in_new_column(const ops::AlterColumn& alter);

}  // namespace cupel::dialect::postgres
