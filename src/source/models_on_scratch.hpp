// SPDX-License-Identifier: MIT
// Models of the program on the scratch database, for SQL that builds on them: a view in a file over
// a table in C++.
#pragma once

#include "cupel/source/target.hpp"

namespace cupel::source {

class ModelsOnScratch {
 public:
  ModelsOnScratch(const Target& models, const dialect::Dialect& dialect, dialect::Scratch& scratch)
      : models_(models), dialect_(dialect), scratch_(scratch) {}

  /// Makes what is not there yet; false if there is nothing to make. Throws InputError with the
  /// model's source for what the database refuses.
  bool make();
  /// Takes out of an inspected schema what was made: it is declared elsewhere. Throws InputError if
  /// a script has changed it, which then has two sources.
  void forget(model::Schema& schema) const;

 private:
  void create(const model::Schema& missing);

  const Target& models_;
  const dialect::Dialect& dialect_;
  dialect::Scratch& scratch_;
  model::Schema made_;
};

}  // namespace cupel::source
