// SPDX-License-Identifier: MIT
// Which texts may name a revision or a branch: the rule that files, targets and new revisions
// share.
#pragma once

#include <string>
#include <string_view>

namespace cupel::revision {

/// head, heads, base, current: words of the target syntax.
bool is_reserved_word(std::string_view name);

/// True for bytes that no id has: white space, control characters, quotes, comma.
bool is_never_in_names(char c);

/// A character as messages show it; `\x07` for what cannot be printed.
std::string shown(char c);

/// Why the text cannot be an id or a label ("character '-' is not allowed"); empty if it can.
std::string identifier_problem(std::string_view name);

}  // namespace cupel::revision
