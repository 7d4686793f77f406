// SPDX-License-Identifier: MIT
#include "cupel/revision/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "cupel/base/text.hpp"

namespace cupel::revision::errors {
namespace {

constexpr std::size_t kShown = 10;

std::vector<std::string> list(Names names) { return {names.begin(), names.end()}; }

std::string did_you_mean(std::string_view nearest, std::string_view otherwise) {
  return nearest.empty() ? std::string(otherwise) : fmt::format("did you mean '{}'?", nearest);
}

std::string commands_hint(Names commands) {
  const auto shown = commands.first(std::min(commands.size(), kShown));
  return fmt::format("choose one: {}", fmt::join(shown, ", "));
}

std::string at_rows(Names rows) {
  return rows.empty() ? "nothing is applied" : fmt::format("the database is at {}", some_of(rows));
}

}  // namespace

std::string some_of(Names names) {
  const std::string text = text::quoted_list(names.first(std::min(names.size(), kShown)));
  return names.size() <= kShown ? text : fmt::format("{} and {} more", text, names.size() - kShown);
}

RevisionError unknown_revision(std::string_view name, std::string_view nearest) {
  return {fmt::format("can't locate revision '{}'", name),
          {std::string(name)},
          did_you_mean(nearest, "cupel history lists the revisions")};
}

RevisionError unknown_branch(std::string_view name, std::string_view nearest) {
  return {
      fmt::format("no such branch '{}'", name),
      {std::string(name)},
      did_you_mean(nearest,
                   "cupel heads lists the branches; a branch is a label or any revision on it")};
}

RevisionError ambiguous_name(std::string_view name, Names candidates) {
  return {fmt::format("revision '{}' is ambiguous: {}", name, some_of(candidates)),
          list(candidates), "type more of it"};
}

RevisionError not_on_branch(std::string_view id, std::string_view branch) {
  return {fmt::format("revision '{}' is not a member of branch '{}'", id, branch),
          {std::string(id)},
          fmt::format("leave '{}@' out, or see cupel history", branch)};
}

RevisionError multiple_heads(std::string_view target, Names heads) {
  return {fmt::format("multiple head revisions are present for given argument '{}': {}; please "
                      "specify a specific "
                      "target revision, '<branchname>@head' to narrow to a specific head, or "
                      "'heads' for all heads",
                      target, some_of(heads)),
          list(heads),
          fmt::format("make them one: cupel merge -m \"...\" {}", fmt::join(heads, " "))};
}

RevisionError nowhere_to_count_from(std::string_view target) {
  return {
      fmt::format("'{}' does not say where to count from", target),
      {},
      fmt::format("base{0} counts from the first revision, current{0} from the database", target)};
}

RevisionError walked_too_far(std::string_view target, int steps, std::string_view reason,
                             std::string hint) {
  std::string message =
      fmt::format("relative revision {} didn't produce {} migrations", target, std::abs(steps));
  if (!reason.empty()) message += fmt::format(": {}", reason);
  return {std::move(message), {}, std::move(hint)};
}

RevisionError ambiguous_walk(std::string_view target, std::string_view at, bool forward,
                             Names choices, Names commands) {
  const std::string place = at.empty() ? "base" : fmt::format("'{}'", at);
  return {fmt::format("'{}' is ambiguous: {} {} there are {}", target, forward ? "after" : "before",
                      place, some_of(choices)),
          list(choices), commands.empty() ? std::string{} : commands_hint(commands)};
}

RevisionError several_rows(std::string_view target, Names rows, Names commands) {
  return {
      fmt::format("'{}' is ambiguous: the database has several heads: {}", target, some_of(rows)),
      list(rows), commands_hint(commands)};
}

RevisionError unknown_row(std::string_view id, std::string_view nearest) {
  std::string hint =
      "bring its file back (another branch?), or let cupel doctor find out which revision it is";
  if (!nearest.empty()) hint = fmt::format("the nearest revision is '{}'; {}", nearest, hint);
  return {fmt::format("the database is at revision '{}', which no file defines", id),
          {std::string(id)},
          std::move(hint)};
}

RevisionError bad_upgrade_target(std::string_view target) {
  return {fmt::format("'{}' is not a valid upgrade target: it goes back", target),
          {},
          fmt::format("to go back use: cupel downgrade {}", target)};
}

RevisionError bad_downgrade_target(std::string_view target) {
  return {fmt::format("'{}' is not a valid downgrade target: it goes forward", target),
          {},
          fmt::format("to go forward use: cupel upgrade {}", target)};
}

RevisionError not_applied(std::string_view target, std::string_view id, Names rows) {
  return {fmt::format("'{}' is not a valid downgrade target: revision '{}' is not applied, {}",
                      target, id, at_rows(rows)),
          {std::string(id)},
          fmt::format("to go forward use: cupel upgrade {}", id)};
}

RevisionError unrelated_range(std::string_view range, bool reversed, std::string_view suggestion) {
  return {fmt::format("requested range {} does not refer to ancestor/descendant revisions along "
                      "the same branch",
                      range),
          {},
          reversed ? fmt::format("the older revision comes first: {}", suggestion)
                   : "see cupel history for what stands on what"};
}

RevisionError range_ends_relative(std::string_view range) {
  return {fmt::format("both ends of '{}' count from the other end", range),
          {},
          "name one end: -3:head, ab12:+2, -3:current"};
}

RevisionError stamp_overlap(std::string_view ancestor, std::string_view descendant) {
  return {fmt::format("cannot stamp both '{0}' and '{1}': '{0}' is an ancestor of '{1}'", ancestor,
                      descendant),
          {std::string(ancestor), std::string(descendant)},
          fmt::format("'{}' implies its ancestors: cupel stamp {}", descendant, descendant)};
}

RevisionError stamp_alone(std::string_view target) {
  return {fmt::format("'{}' cannot be stamped together with other revisions", target),
          {},
          "stamp it alone, or name full revisions"};
}

RevisionError several_heads_for_new(Names heads) {
  return {fmt::format("multiple heads are present: {}; please specify the head revision on which "
                      "the new revision "
                      "should be based, or perform a merge",
                      some_of(heads)),
          list(heads),
          fmt::format("cupel revision --head {}, or cupel merge -m \"...\" {}", heads.front(),
                      fmt::join(heads, " "))};
}

RevisionError not_a_head(std::string_view id) {
  return {fmt::format("revision '{}' is not a head revision; please specify --splice to create a "
                      "new branch from "
                      "this revision",
                      id),
          {std::string(id)},
          "cupel heads lists the heads"};
}

RevisionError duplicate_heads(std::string_view id) {
  return {fmt::format("duplicate head revisions specified: '{}'", id),
          {std::string(id)},
          "name each head once"};
}

RevisionError nothing_to_merge(Names ids) {
  const std::string have =
      ids.empty() ? "there is none" : fmt::format("there is only {}", some_of(ids));
  return {fmt::format("a merge needs at least two revisions, {}", have), list(ids),
          "cupel heads lists what can be merged"};
}

RevisionError merge_overlap(std::string_view ancestor, std::string_view descendant) {
  return {fmt::format("cannot merge '{0}' and '{1}': '{0}' is an ancestor of '{1}'", ancestor,
                      descendant),
          {std::string(ancestor), std::string(descendant)},
          fmt::format("leave '{}' out", ancestor)};
}

RevisionError id_taken(std::string_view id, std::string_view path) {
  const std::string owner = path.empty() ? "another file" : fmt::format("'{}'", path);
  return {fmt::format("revision id '{}' is already used by {}", id, owner),
          {std::string(id)},
          "choose another id"};
}

RevisionError label_taken(std::string_view label, std::string_view owner) {
  return {fmt::format("branch name '{}' is already used by revision '{}'", label, owner),
          {std::string(owner)},
          "choose another label"};
}

RevisionError illegal_name(std::string_view what, std::string_view name, std::string_view problem) {
  return {fmt::format("'{}' cannot be a {}: {}", name, what, problem),
          {std::string(name)},
          "letters, digits, '_' and '.' are fine"};
}

namespace {
std::string first_of(std::span<const Problem> problems) {
  std::string message = problems.front().message;
  if (problems.size() > 1) message += fmt::format(" (and {} more)", problems.size() - 1);
  return message;
}
}  // namespace

InputError unreadable_file(std::span<const Problem> problems) {
  const Problem& first = problems.front();
  return {
      {first.path, first.line, first.column}, first_of(problems), first.hint, first.source_line};
}

RevisionError unsound(std::span<const Problem> problems) {
  const Problem& first = problems.front();
  RevisionError error(first_of(problems), first.ids, first.hint);
  error.set_where(first.path);
  return error;
}

}  // namespace cupel::revision::errors
