// SPDX-License-Identifier: MIT
// A script into its statements, and the few questions that can be asked of a statement's first
// words.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/error.hpp"
#include "cupel/sql/lexer.hpp"

namespace cupel::sql {

/// One statement of a script.
struct StatementText {
  /// Without the semicolon and what follows the last word; comments before and inside are kept.
  std::string text;
  std::size_t offset = 0;  ///< where `text` begins in the source, in bytes
  std::size_t line = 0;    ///< line of the first word (not of a comment before it), from 1
  bool operator==(const StatementText&) const = default;
};

/// Where the text came from, for positions. A text that is a part of a file begins at `first_line`
/// of it.
struct SplitOptions {
  std::string file;
  std::size_t first_line = 1;
  std::size_t first_offset = 0;  ///< added to every StatementText::offset
};

/// The statements of `text` in order; empty ones are left out. Bodies of triggers and functions
/// stay whole. Throws InputError with the place: an unclosed string, quoted name, comment or body,
/// a NUL byte, a command that only a shell understands (\d, .read), COPY from stdin.
CUPEL_API std::vector<StatementText> split_statements(std::string_view text, const LexRules& rules,
                                                      const SplitOptions& options = {});

/// The upper-cased words that a statement begins with, comments skipped, at most `count`;
/// ends at the first token that is no bare word.
CUPEL_API std::vector<std::string> leading_words(std::string_view statement, std::size_t count,
                                                 const LexRules& rules);

/// The statement's tokens without comments and whitespace, at most `count`: bare words upper-cased,
/// the rest as written. For recognisers that look further than the first words.
CUPEL_API std::vector<std::string> significant_texts(std::string_view statement, std::size_t count,
                                                     const LexRules& rules);

/// BEGIN, START TRANSACTION, COMMIT, END, ROLLBACK, ABORT, SAVEPOINT, RELEASE, PREPARE TRANSACTION:
/// a revision must not contain them, because the runner owns the transaction.
CUPEL_API bool is_transaction_control(std::string_view statement, const LexRules& rules);

/// The text with comments dropped and runs of white space made one space, outside of strings and
/// quoted names: equal for two texts that differ in layout only. Hints (/*+ .. */ and /*! .. */)
/// stay, and so do the comments that `keep` wants; then the result is no SQL any more, but can be
/// compared. An unclosed string is kept as it is.
CUPEL_API std::string without_layout(
    std::string_view text, const LexRules& rules,
    const std::function<bool(std::string_view comment)>& keep = {});

}  // namespace cupel::sql
