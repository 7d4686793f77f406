// SPDX-License-Identifier: MIT
// Copying, moving, comparing and destroying of any operation. See operation.hpp.
#include "cupel/ops/operation.hpp"

namespace cupel::ops {

TableChange::TableChange() = default;
TableChange::TableChange(const TableChange&) = default;
TableChange::TableChange(TableChange&&) noexcept = default;
TableChange& TableChange::operator=(const TableChange&) = default;
TableChange& TableChange::operator=(TableChange&&) noexcept = default;
TableChange::~TableChange() = default;
bool TableChange::operator==(const TableChange& other) const {
  return static_cast<const TableChangeVariant&>(*this) ==
         static_cast<const TableChangeVariant&>(other);
}

Operation::Operation() = default;
Operation::Operation(const Operation&) = default;
Operation::Operation(Operation&&) noexcept = default;
Operation& Operation::operator=(const Operation&) = default;
Operation& Operation::operator=(Operation&&) noexcept = default;
Operation::~Operation() = default;
bool Operation::operator==(const Operation& other) const {
  return static_cast<const OperationVariant&>(*this) == static_cast<const OperationVariant&>(other);
}

}  // namespace cupel::ops
