// SPDX-License-Identifier: MIT
// Steps and schemas as text in the project's language.
#pragma once

#include <string>
#include <vector>

#include "cupel/command/project.hpp"
#include "cupel/script/render.hpp"

namespace cupel::command {

bool writes_cpp(const Project& project);
/// For a section of a revision.
std::string render_steps(Project& project, const std::vector<script::Step>& steps,
                         const model::Schema& before);
/// DDL that makes it all, with a newline at the end.
std::string render_ddl(const dialect::Dialect& dialect, const model::Schema& schema);
/// What declares it: DDL, or structs with their mapping.
std::string render_models(Project& project, const model::Schema& schema);

}  // namespace cupel::command
