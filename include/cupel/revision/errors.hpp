// SPDX-License-Identifier: MIT
// Every message that this room throws, as functions from plain text, so that wording lives in one
// place.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/error.hpp"
#include "cupel/revision/graph.hpp"

namespace cupel::revision::errors {

using Names = std::span<const std::string>;

/// 'a', 'b' and 3 more: at most ten names.
CUPEL_API std::string some_of(Names names);

/// `nearest` may be empty.
CUPEL_API RevisionError unknown_revision(std::string_view name, std::string_view nearest);
CUPEL_API RevisionError unknown_branch(std::string_view name, std::string_view nearest);
CUPEL_API RevisionError ambiguous_name(std::string_view name, Names candidates);
CUPEL_API RevisionError not_on_branch(std::string_view id, std::string_view branch);
CUPEL_API RevisionError multiple_heads(std::string_view target, Names heads);
/// `target` would need one place to count from.
CUPEL_API RevisionError nowhere_to_count_from(std::string_view target);

/// There are `possible` revisions where `steps` are wanted. `reason` completes "..., but"; may be
/// empty.
CUPEL_API RevisionError walked_too_far(std::string_view target, int steps, std::string_view reason,
                                       std::string hint = {});
/// After (or before) `at` there are several ways; `at` empty: base. `commands` is what to type for
/// each.
CUPEL_API RevisionError ambiguous_walk(std::string_view target, std::string_view at, bool forward,
                                       Names choices, Names commands);
CUPEL_API RevisionError several_rows(std::string_view target, Names rows, Names commands);

CUPEL_API RevisionError unknown_row(std::string_view id, std::string_view nearest);
CUPEL_API RevisionError bad_upgrade_target(std::string_view target);
/// The target goes forward, whatever the rows are.
CUPEL_API RevisionError bad_downgrade_target(std::string_view target);
/// The target is a revision that is not applied. `rows` empty: nothing is.
CUPEL_API RevisionError not_applied(std::string_view target, std::string_view id, Names rows);
CUPEL_API RevisionError unrelated_range(std::string_view range, bool reversed,
                                        std::string_view suggestion);
CUPEL_API RevisionError range_ends_relative(std::string_view range);

CUPEL_API RevisionError stamp_overlap(std::string_view ancestor, std::string_view descendant);
CUPEL_API RevisionError stamp_alone(std::string_view target);

CUPEL_API RevisionError several_heads_for_new(Names heads);
CUPEL_API RevisionError not_a_head(std::string_view id);
CUPEL_API RevisionError duplicate_heads(std::string_view id);
CUPEL_API RevisionError nothing_to_merge(Names ids);
CUPEL_API RevisionError merge_overlap(std::string_view ancestor, std::string_view descendant);
CUPEL_API RevisionError id_taken(std::string_view id, std::string_view path);
CUPEL_API RevisionError label_taken(std::string_view label, std::string_view owner);
/// `what` is "revision identifier" or "branch label"; `problem` as identifier_problem() says.
CUPEL_API RevisionError illegal_name(std::string_view what, std::string_view name,
                                     std::string_view problem);

/// The first problem, and how many more there are.
CUPEL_API RevisionError unsound(std::span<const Problem> problems);
/// The same if the first problem is a file that cannot be read.
CUPEL_API InputError unreadable_file(std::span<const Problem> problems);

}  // namespace cupel::revision::errors
