# SPDX-License-Identifier: MIT
"""docs/lint-rules.md is what the catalogues of the binary say. CUPEL_UPDATE_GOLDEN=1 writes it."""
import json
import os
import subprocess
import unittest

from harness import BINARY, environment

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../docs/lint-rules.md")
FAMILIES = {
    "DS": "Destroys data", "BC": "Breaks code that runs", "DD": "Depends on the data", "LK": "Locks and rewrites",
    "TX": "Transactions", "IX": "Keys and indexes", "TY": "Types", "NM": "Names", "DV": "Data in revisions",
    "RV": "The way back, and what is not known", "PR": "The project", "SQ": "SQLite",
}
HEAD = """\
# The rules of `cupel lint`

Written from the program's own catalogue by a test; `cupel lint --explain CODE` says the same. How to use them: [lint](lint.md).
The severity is where a rule begins: a small table, a table that the same deploy makes, or `[lint]` in `cupel.toml` may change it.
Databases: all, unless named.

"""


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def block(text):
    """SQL and commands of several lines as they are, words as words."""
    if "\n" in text or text.startswith(("cupel ", "-- ")):
        return "```sql\n" + text + "\n```"
    return text


def page(rules):
    text = HEAD
    used = [f for f in FAMILIES if any(r["code"].startswith(f) for r in rules)]
    for family in used:
        text += f"## {FAMILIES[family]}\n\n| code | severity | fires on | databases |\n|---|---|---|---|\n"
        own = [r for r in rules if r["code"].startswith(family)]
        for rule in own:
            text += (f"| [{rule['code']}](#{rule['code'].lower()}) | {rule['severity']} | {cell(rule['fires_on'])} | "
                     f"{', '.join(rule['databases']) or 'all'} |\n")
        text += "\n"
        seen = set()
        for rule in own:
            if rule["code"] not in seen:
                text += f"### {rule['code']}\n\n"
            else:
                text += f"On {', '.join(rule['databases'])}:\n\n"
            seen.add(rule["code"])
            text += f"{rule['why']}\n\nInstead: {block(rule['instead'])}\n\n".replace("Instead: ```", "Instead:\n\n```")
    return text.rstrip("\n") + "\n"


class LintPage(unittest.TestCase):
    maxDiff = None

    def test_every_family_has_a_title(self):
        codes = {r["code"][:2] for r in self.rules()}
        self.assertLessEqual(codes, set(FAMILIES))

    def test_the_page_is_current(self):
        expected = page(self.rules())
        if os.environ.get("CUPEL_UPDATE_GOLDEN"):
            with open(PAGE, "w", encoding="utf-8") as file:
                file.write(expected)
        with open(PAGE, encoding="utf-8") as file:
            self.assertEqual(file.read(), expected, "write it with CUPEL_UPDATE_GOLDEN=1")

    def rules(self):
        done = subprocess.run([BINARY, "--json", "lint", "--list-rules"], capture_output=True, env=environment(), check=True)
        return json.loads(done.stdout)


if __name__ == "__main__":
    unittest.main()
