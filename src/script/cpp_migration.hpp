// SPDX-License-Identifier: MIT
// Makes a Migration of a C++ revision value, or of a .cpp file that is not linked in.
#pragma once

#include <memory>

#include "cupel/script/migration.hpp"

namespace cupel::script {

std::unique_ptr<Migration> make_cpp_migration(CppRevision revision);
/// Can be shown; run() says which program can run it.
std::unique_ptr<Migration> make_unlinked_migration(revision::Revision info);

}  // namespace cupel::script
