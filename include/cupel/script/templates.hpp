// SPDX-License-Identifier: MIT
// New revision files from a template: text with {placeholders}.
//
// {revision} {down_revision} {message} {created} {branch_labels} {depends_on}   as in the header
// {branch_labels_line} {depends_on_line}     the whole header line, nothing if there is none
// {upgrade} {downgrade}                      the generated steps, possibly none
// {identifier}                               a C++ name made of the id: revision_1a2b3c4d5e6f
// {cpp_message} {cpp_down_revision}          as C++ literals: a \"word\", and "a", "b"
// {cpp_branch_labels_line} {cpp_depends_on_line}   .branch_labels = {"a"}, or nothing
// {open_brace}                               a '{' that begins no placeholder
//
// A placeholder is braces around lower-case letters and '_'; other braces stand for themselves. A
// line that holds nothing but empty placeholders (and a comment mark) is left out.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "cupel/script/sql_script.hpp"

namespace cupel::script {

/// The built-in templates, also written into new projects as script.sql.tmpl and script.cpp.tmpl.
CUPEL_API std::string_view default_sql_template();
CUPEL_API std::string_view default_cpp_template();

/// What a template is filled with.
struct NewRevision {
  Header header;
  std::string upgrade;    ///< statements for a .sql, C++ statements for a .cpp; may be empty
  std::string downgrade;  ///< likewise
  std::set<std::string> imports = {};  ///< lines that both need; for a .py
};

/// Fills the template. `path` is the template's, for errors. Throws InputError for an unknown
/// placeholder and UsageError for a header that no line can hold (an id with spaces, a text that is
/// not UTF-8).
CUPEL_API std::string render_template(std::string_view text, const std::string& path,
                                      const NewRevision& revision);

/// The message as the header holds it: one line, no control characters.
CUPEL_API std::string one_line(std::string_view message);

}  // namespace cupel::script
