// SPDX-License-Identifier: MIT
// The catalogue of the rules about a project and its files. See rule.hpp.
#include <array>

#include "cupel/lint/rule.hpp"

namespace cupel::lint {

std::span<const Rule> project_rules() {
  static constexpr std::array kRules{
      Rule{"DV006", Severity::Warning, "a .py revision that imports the application's code",
           "The revision runs for ever, on databases of every age, with the code of that day: a "
           "model that has a column more reads a table that does not have it yet.",
           "Write down in the revision what it needs: a sa.table() with the columns that it uses."},
      Rule{"PR001", Severity::Error, "more than one head",
           "`upgrade head` refuses, since it does not know which one is meant. Two people have "
           "added a revision on top of the same one.",
           "cupel merge heads -m \"join both\", or set down_revision of one to the other."},
      Rule{"PR002", Severity::Error, "a revision that was edited or deleted after it was applied",
           "Databases that have it keep what it did then; new ones get what it says now.",
           "Take the edit back and write a new revision. If the file is right and the database "
           "is too: cupel repair --accept."},
      Rule{"PR003", Severity::Error, "a revision that was put in below one that exists already",
           "A database that has the later one counts as having this one too: it never runs there.",
           "Let the new revision stand on the head: set its down_revision, and take it out from "
           "between the others."},
      Rule{"PR005", Severity::Warning, "a suppression without reason, without use or of no rule",
           "Nobody can tell later whether it may go, and it hides what comes next.",
           "Write `allow CODE because REASON`, or take it out."},
      Rule{"PR006", Severity::Error, "a revision that exists in the git reference and was edited",
           "Somebody may have run it as it was: edit what others have, and databases differ.",
           "Take the edit back and write a new revision."},
      Rule{"PR007", Severity::Warning, "a vague message",
           "The history of a schema is read when something is wrong, and 'update' says nothing.",
           "Say what changes: \"add phone to users\"."},
      Rule{"PR008", Severity::Error, "a revision that cannot be read or run",
           "An upgrade stops there.", "Correct it; the message says what is wrong."},
      Rule{"RV001", Severity::Warning, "no downgrade, or an empty one",
           "A deploy that goes wrong cannot be taken back.",
           "Write what undoes it. If nothing can: -- cupel: allow RV001 because the rows are gone"},
      Rule{"RV002", Severity::Warning, "a downgrade that does not restore what was there before",
           "After `downgrade -1` and `upgrade head` the schema is another one. Judged in memory; "
           "cupel verify proves it on a database.",
           "Undo in the opposite order all that the upgrade does."},
      Rule{"RV003", Severity::Notice, "a statement that lint does not understand",
           "It may lock, rewrite or destroy, and nobody has looked. What comes after it is judged "
           "without knowing what it has changed.",
           "Look at it yourself, and say so: -- cupel: allow RV003 because it only analyzes"},
  };
  return kRules;
}

}  // namespace cupel::lint
