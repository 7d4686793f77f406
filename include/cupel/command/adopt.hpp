// SPDX-License-Identifier: MIT
// Tables that are there and were not made by this project become its own: into the models, and into
// a revision that makes them where they are missing.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cupel/command/autogenerate.hpp"

namespace cupel::command {

struct CUPEL_API AdoptReport {
  std::vector<model::ObjectKey> adopted;
  std::vector<Unmanaged> left_out;    ///< that well-known software made, by their names
  RevisionReport revision;            ///< its path is empty if nothing was written
  std::vector<std::string> declared;  ///< files that declare the objects now
  /// What is to be added to models that cupel cannot write itself; then nothing was written.
  std::string code;
};

/// Told what is adopted, and where it is declared, before the revision is written.
using BeforeAdopting = std::function<void(const AdoptReport&)>;

/// Tables and views that no revision made and a pattern matches. Throws UsageError if there are
/// none.
CUPEL_API AdoptReport adopt(Project& project, const std::vector<std::string>& patterns,
                            const BeforeAdopting& before_writing = {});

/// The whole database of a project that has just been made: schema.sql or models.hpp, and a first
/// revision, which is stamped.
CUPEL_API AdoptReport adopt_database(Project& project, const std::string& message = "baseline",
                                     const BeforeAdopting& before_writing = {});

}  // namespace cupel::command
