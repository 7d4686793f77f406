// SPDX-License-Identifier: MIT
// Steps and schemas as text in the project's language.
#pragma once

#include <string>
#include <vector>

#include "cupel/command/project.hpp"
#include "cupel/script/render.hpp"
#include "cupel/script/templates.hpp"

namespace cupel::command {

bool writes_cpp(const Project& project);
/// For a section of the revision, which is given the imports that the section needs.
std::string render_steps(Project& project, const std::vector<script::Step>& steps,
                         const model::Schema& before, script::NewRevision& revision);
/// DDL that makes it all, with a newline at the end.
std::string render_ddl(const dialect::Dialect& dialect, const model::Schema& schema);
/// What declares it: DDL, or structs with their mapping.
std::string render_models(Project& project, const model::Schema& schema);

}  // namespace cupel::command
