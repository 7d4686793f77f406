// SPDX-License-Identifier: MIT
// Puts a new revision into a file of the project's format, at its place and with its name.
#pragma once

#include <string>

#include "cupel/command/write.hpp"
#include "cupel/script/templates.hpp"

namespace cupel::command {

/// Checks ids and parents against the graph. Throws RevisionError.
script::Header header_for(Project& project, const RevisionRequest& request);
/// revision_environment of an Alembic project: env.py is run, for its errors and for the
/// template_args that it gives.
void ask_environment(Project& project, bool offline);
/// Fills the template, writes the file if it reads back as this revision, and runs the hooks
/// on it. The header's created is set here.
RevisionReport write_revision(Project& project, script::NewRevision revision,
                              const std::string& version_path);

}  // namespace cupel::command
