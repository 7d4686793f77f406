// SPDX-License-Identifier: MIT
// How people write the keys of an index. See index.hpp.
#include "cupel/model/index.hpp"

namespace cupel::model {

IndexElement& IndexElement::desc() {
  descending = true;
  return *this;
}
IndexElement& IndexElement::nulls_first() {
  nulls = NullsOrder::First;
  return *this;
}
IndexElement& IndexElement::nulls_last() {
  nulls = NullsOrder::Last;
  return *this;
}
IndexElement& IndexElement::collate(std::string name) {
  collation = std::move(name);
  return *this;
}
IndexElement& IndexElement::with_operator_class(std::string name) {
  operator_class = std::move(name);
  return *this;
}
IndexElement& IndexElement::prefix(int characters) {
  length = characters;
  return *this;
}

}  // namespace cupel::model
