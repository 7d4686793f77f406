# SPDX-License-Identifier: MIT
"""Runs the migration histories of public repositories with real Alembic and with cupel, and compares the databases.

    tests/alembic/histories.py CLONES [NAME...] [--database sqlite|postgresql] [--json FILE] [--write PAGE] [--work FOLDER]

CLONES is a folder of git repositories (bare or not): OWNER+NAME/repo, OWNER+NAME or NAME. Only the history folders, the Python
files around them and small data files are taken out, into a temporary folder; nothing of them is kept. CUPEL_BINARY names the
binary, CUPEL_TEST_POSTGRES_URL a private server on which databases are made and dropped.

Both tools get an alembic.ini and an env.py of our own, with the naming convention that the repository defines; so it is the
scripts that are compared, not the settings of an application. A script that cupel cannot run is run by Alembic in its stead, and
cupel goes on behind it: so one failure does not hide the others. Packages that are not installed are stubs for Alembic (stubs.py).
Where it fails nevertheless (tables that came from create_all(), data from elsewhere), the history ends for both, behind the last
script that Alembic ran whole. --write puts the table into docs/alembic-compatibility.md, all of it from this one run."""
import argparse
import ast
import collections
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import harness

import catalog

ENV = """import logging
from alembic import context
from sqlalchemy import MetaData, create_engine
logging.basicConfig(level=logging.INFO, format="%%(levelname)-5.5s [%%(name)s] %%(message)s")
target_metadata = MetaData(naming_convention=%r)
engine = create_engine(context.config.get_main_option("sqlalchemy.url"))
if context.is_offline_mode():
    context.configure(url=str(engine.url), target_metadata=target_metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=target_metadata, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
"""
TAKEN = re.compile(r"\.(py|ini|toml|sql|json|csv|mako|txt|ya?ml)$")
REVISION = re.compile(r"^(revision)\s*(:[^=]*)?=\s*u?['\"]", re.M)
LIMIT = 900  # seconds for one tool's run of a history
Oracle = collections.namedtuple("Oracle", "path head")
HERE = os.path.dirname(os.path.abspath(__file__))
# Other versions of Alembic and SQLAlchemy, as Python paths separated by ";"; then what Debian installs. Each as it is, then with stubs.
ORACLES = [Oracle(path + os.pathsep + HERE, head) for head in ("", "import stubs\n")
           for path in [path for path in os.environ.get("HISTORIES_ORACLES", "").split(";") if path] + [""]]

# What applications want to find in the environment: HISTORIES_ENV="SECRET=x;URL=y".
SETTINGS = dict(pair.split("=", 1) for pair in os.environ.get("HISTORIES_ENV", "").split(";") if pair)

History = collections.namedtuple("History", "repository name versions root convention scripts")
Outcome = collections.namedtuple("Outcome", "repository history database scripts alembic ran failed schema why")


def git(repository, *arguments, stdin=None, env=None):
    return subprocess.run(["git", "-C", repository, *arguments], input=stdin, capture_output=True, check=True,
                          env={**os.environ, **(env or {})}).stdout


def take_out(repository, folder):
    """The newest commit's Python, settings and small data files."""
    os.makedirs(folder)
    index = os.path.join(folder, ".index")
    wanted = b""
    for row in git(repository, "ls-tree", "-r", "-l", "-z", "HEAD").split(b"\0"):
        if not row:
            continue
        meta, path = row.split(b"\t", 1)
        mode, _, _, size = meta.split()
        if mode.startswith(b"100") and size.isdigit() and TAKEN.search(path.decode("utf-8", "replace")) and int(size) < 2_000_000:
            wanted += path + b"\0"
    env = {"GIT_INDEX_FILE": index}
    git(repository, "read-tree", "HEAD", env=env)
    git(repository, "--work-tree=" + folder, "checkout-index", "-q", "-z", "--stdin", "--prefix=" + folder + "/", stdin=wanted, env=env)
    os.remove(index)


def is_convention(node):
    keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
    return len(keys) >= 2 and keys <= {"ix", "uq", "ck", "fk", "pk"} and len(keys) == len(node.keys)


def find_convention(folder):
    """The naming convention that the repository's Python files define, if it is one and of plain texts."""
    found = []
    for directory, _, names in os.walk(folder):
        for name in names:
            if not name.endswith(".py") or "test" in directory:
                continue
            try:
                text = open(os.path.join(directory, name), encoding="utf-8").read()
                if "column_0_name" not in text and "column_0_label" not in text:
                    continue
                tree = ast.parse(text)
            except (SyntaxError, ValueError):
                continue
            for node in ast.walk(tree):
                if isinstance(node, ast.Dict) and is_convention(node):
                    try:
                        value = ast.literal_eval(node)
                    except ValueError:
                        continue
                    if value not in found and "/versions/" not in directory + "/":
                        found.append(value)
    return found[0] if len(found) == 1 else {}


def find_histories(repository, folder):
    folders = collections.defaultdict(list)
    for directory, _, names in os.walk(folder):
        for name in names:
            if not name.endswith(".py"):
                continue
            try:
                text = open(os.path.join(directory, name), encoding="utf-8").read()
            except (OSError, UnicodeDecodeError):
                continue
            if REVISION.search(text) and "down_revision" in text:
                folders[directory].append(name)
    roots = {}
    for directory, names in folders.items():
        relative = os.path.relpath(directory, folder)
        if re.search(r"(^|/)(tests?|testing|templates?|examples?)(/|$)|{{", relative):
            continue
        parts = relative.split("/")
        # Folders below one "versions" are one history.
        top = "/".join(parts[:parts.index("versions") + 1]) if "versions" in parts else relative
        roots.setdefault(top, []).extend(names)
    convention = find_convention(folder)
    for top, names in sorted(roots.items()):
        if len(names) >= 2:
            recursive = [os.path.relpath(d, folder) for d in folders if os.path.relpath(d, folder).startswith(top)]
            yield History(repository, top, sorted(recursive), folder, convention, len(names))


class Lite:
    name = "SQLite"
    keeps_halves = True  # Python's driver begins no transaction before DDL

    def __init__(self, folder):
        self.folder = folder

    def fresh(self, which):
        self.path = os.path.join(self.folder, which + ".db")
        if os.path.exists(self.path):
            os.remove(self.path)
        return "sqlite:///" + self.path

    def lines(self):
        return catalog.sqlite_lines(self.path, rows=False) if os.path.exists(self.path) else []

    def close(self):
        pass


class Server:
    name = "PostgreSQL"
    keeps_halves = False

    def __init__(self):
        self.database = harness.Postgres("histories")

    def fresh(self, _):
        self.database.query("DO $$ DECLARE s text; BEGIN FOR s IN SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' LOOP "
                            "EXECUTE format('DROP EXTENSION %I CASCADE', s); END LOOP; END $$")
        self.database.query("DO $$ DECLARE s text; BEGIN FOR s IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' "
                            "AND nspname <> 'information_schema' LOOP EXECUTE format('DROP SCHEMA %I CASCADE', s); END LOOP; END $$")
        self.database.query("CREATE SCHEMA public")
        return self.database.url

    def lines(self):
        return catalog.postgres_lines(self.database.connection, rows=False)

    def close(self):
        self.database.close()


class Project:
    """An alembic.ini beside a history."""

    def __init__(self, history, folder, url):
        self.folder = folder
        self.root = os.path.abspath(history.root)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(os.path.join(folder, "alembic"))
        root = history.root
        top = os.path.join(root, history.name)
        paths = [root]
        while len(top) > len(root):
            top = os.path.dirname(top)
            if not os.path.exists(os.path.join(top, "__init__.py")):  # inside of a package are no top-level modules
                paths.append(top)
        paths.append(os.path.join(root, "src"))
        places = os.pathsep.join(os.path.join(root, path) for path in history.versions)
        with open(os.path.join(folder, "alembic.ini"), "w", encoding="utf-8") as file:
            file.write("[alembic]\nscript_location = alembic\nversion_path_separator = os\nversion_locations = %s\n"
                       "prepend_sys_path = %s\nsqlalchemy.url = %s\n"
                       % (places, os.pathsep.join(paths), url.replace("%", "%%")))
        with open(os.path.join(folder, "alembic", "env.py"), "w", encoding="utf-8") as file:
            file.write(ENV % (history.convention,))
        with open(os.path.join(folder, "alembic", "script.py.mako"), "w", encoding="utf-8") as file:
            file.write("")

    def run(self, command, env=None):
        try:
            done = subprocess.run(command, cwd=self.folder, capture_output=True, timeout=LIMIT, stdin=subprocess.DEVNULL,
                                  env={**harness.environment(PYTHONDONTWRITEBYTECODE="1", PYTHONHASHSEED="0"), "HISTORIES_ROOT": self.root, **SETTINGS, **(env or {})})
        except subprocess.TimeoutExpired:
            return 124, "", "it took longer than %d s" % LIMIT
        return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def alembic(project, oracle, *arguments):
    return project.run(["/usr/bin/python3", "-c", "import sys; from alembic.config import main\n" + oracle.head + "main(argv=sys.argv[1:], prog='alembic')",
                        *arguments], {"PYTHONPATH": oracle.path, "PYTHONWARNINGS": "ignore"})


def cupel(project, *arguments):
    return project.run([harness.BINARY, *arguments])


def heads_in(output):
    """Revisions; an application may print what it likes besides."""
    return [line.split()[0] for line in output.splitlines() if re.match(r"[\w.-]+( \([a-z ]+\))*$", line.strip())]


def last_line(text):
    lines = [line for line in text.strip().splitlines() if line.strip()]
    for line in reversed(lines):
        if re.match(r"[\w.]*(Error|Exception|error)\b", line.strip()) or line.startswith("FAILED"):
            return line.strip()[:300]
    return lines[-1].strip()[:300] if lines else ""


def cupel_error(text):
    at = text.find("error: ")
    lines = text[at:].splitlines() if at >= 0 else text.strip().splitlines()[-3:]
    return " | ".join(line.strip() for line in lines[:5])[:600]


def applied(stderr):
    return len(re.findall(r"Running upgrade", stderr))


def reference(history, work, database):
    """Alembic as far as it comes, with the oracle that comes furthest: (oracle, heads, scripts, lines, why not further)."""
    best = None
    for oracle in ORACLES:
        project = Project(history, os.path.join(work, "project"), database.fresh("alembic"))
        code, _, err = alembic(project, oracle, "upgrade", "heads")
        _, out, _ = alembic(project, oracle, "current")
        heads = [head for head in heads_in(out)]
        # What failed half-way is no state to compare with.
        count = applied(err) - (1 if code and applied(err) else 0)
        if code and count and database.keeps_halves:
            project = Project(history, os.path.join(work, "project"), database.fresh("alembic"))
            for head in heads:
                alembic(project, oracle, "upgrade", head)
        found = (oracle, heads, count, database.lines(), "" if code == 0 else last_line(err))
        if best is None or count > best[2] or (count == best[2] and not found[4] and best[4]):
            best = found
        if code == 0:
            break
    return best


def running(stderr):
    """The revision that was being run when cupel stopped."""
    names = re.findall(r"revision '([^']+)'", stderr)
    steps = re.findall(r"Running upgrade [^>]*-> ([^ ,]+)", stderr)
    return names, steps


def current(project):
    _, out, _ = cupel(project, "current")
    return heads_in(out)


def by_cupel(history, work, database, oracle, heads):
    """(scripts run by cupel, [(script, why)], lines)"""
    project = Project(history, os.path.join(work, "project"), database.fresh("cupel"))
    ran, failed = 0, []
    for head in heads:
        while True:
            code, _, err = cupel(project, "--transaction", "revision", "upgrade", head, "--allow-destructive")
            steps = re.findall(r"Running upgrade [^>]*-> ([^ ,]+)", err)
            done = len(steps)
            if code == 0:
                ran += done
                break
            before = set(current(project))
            # What it was about to do is what Alembic does next on the way.
            ran += done
            why = cupel_error(err)
            if len(failed) > 150:
                return ran, failed, database.lines()
            code, _, said = alembic(project, oracle, "upgrade", next_step(project, oracle, head, before))
            failed.append((re.findall(r"-> ([^ ,]+)", said)[-1] if re.findall(r"-> ([^ ,]+)", said) else "?", why))
            if set(current(project)) == before or code:
                failed.append((head, "could not go on: " + last_line(said)))
                return ran, failed, database.lines()
    return ran, failed, database.lines()


def next_step(project, oracle, head, before):
    """The first revision behind the current ones on the way to `head`, by Alembic's own plan."""
    text = """
import sys
from alembic.config import Config
from alembic.script import ScriptDirectory
""" + oracle.head + """
script = ScriptDirectory.from_config(Config("alembic.ini"))
plan = script._upgrade_revs(sys.argv[1], tuple(sys.argv[2:]))
print(plan[0].revision.revision if plan else "")
"""
    _, out, _ = project.run(["/usr/bin/python3", "-W", "ignore", "-c", text, head, *before], {"PYTHONPATH": oracle.path})
    return out.strip().splitlines()[-1] if out.strip() else head


def compare(history, work, database):
    oracle, heads, count, expected, refused = reference(history, work, database)
    if count == 0:
        return Outcome(history.repository, history.name, database.name, history.scripts, 0, 0, [], None, refused)
    ran, failed, lines = by_cupel(history, work, database, oracle, heads)
    count = max(count, ran + len(failed))  # an application may have muted Alembic's log
    lines, expected = catalog.without_times(lines), catalog.without_times(expected)
    same = "identical" if lines == expected else "other order of columns" if sorted(lines) == sorted(expected) else "different"
    if same != "identical":
        place = os.path.join(work, "differences")
        os.makedirs(place, exist_ok=True)
        name = re.sub(r"\W+", "_", history.repository + "_" + history.name + "_" + database.name)
        for which, text in (("alembic", expected), ("cupel", lines)):
            with open(os.path.join(place, name + "." + which), "w", encoding="utf-8") as file:
                file.write("\n".join(text) + "\n")
    return Outcome(history.repository, history.name, database.name, history.scripts, count, ran, failed, same, refused)


def clones(folder, names):
    for entry in sorted(os.listdir(folder)):
        place = os.path.join(folder, entry)
        if os.path.isdir(os.path.join(place, "repo")):
            place = os.path.join(place, "repo")
        if os.path.isdir(place) and (not names or any(name in entry for name in names)):
            yield entry.replace("+", "/", 1), place


def is_telling(outcome):
    """Where Alembic itself comes no further than half of the way, the two have hardly been compared."""
    return outcome.alembic * 2 >= outcome.scripts


def markdown(outcomes):
    told = [it for it in outcomes if is_telling(it)]
    lines = [f"Measured on {datetime.date.today().isoformat()}, all in one run.", "",
             "| repository | history | database | scripts | run by Alembic | run by cupel | schema |", "|---|---|---|---:|---:|---:|---|"]
    lines += [f"| {it.repository} | `{it.history}` | {it.database} | {it.scripts} | {it.alembic} | {it.ran} | "
              f"{it.schema} |" for it in told]
    histories = {(it.repository, it.history) for it in told}
    others = {it.repository for it in outcomes} - {it.repository for it in told}
    lines += ["", f"Together {len(histories)} histories in {len(told)} runs: cupel ran {sum(it.ran for it in told):,} of the "
              f"{sum(it.alembic for it in told):,} scripts that Alembic ran, and {sum(it.schema == 'identical' for it in told)} of {len(told)} schemas "
              "are identical."]
    if others:
        lines.append("Where Alembic did not come half of the way on either database: "
                     + ", ".join(sorted(others, key=str.lower)) + ".")
    return "\n".join(lines) + "\n"


def write_page(page, outcomes):
    with open(page, encoding="utf-8") as file:
        text = file.read()
    before, mark, rest = text.partition("<!-- histories -->\n")
    _, end, after = rest.partition("<!-- end of histories -->")
    if not mark or not end:
        raise SystemExit(f"{page} has no place for the table")
    with open(page, "w", encoding="utf-8") as file:
        file.write(before + mark + markdown(outcomes) + end + after)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("clones")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--json")
    parser.add_argument("--write", metavar="PAGE")
    parser.add_argument("--work")
    parser.add_argument("--database", choices=["both", "sqlite", "postgresql"], default="both")
    options = parser.parse_args()
    work = os.path.abspath(options.work or tempfile.mkdtemp())
    os.makedirs(work, exist_ok=True)
    databases = []
    if options.database != "sqlite" and harness.POSTGRES_URL:
        databases.append(Server())
    if options.database != "postgresql":
        databases.append(Lite(work))
    outcomes = []
    for repository, place in clones(options.clones, options.names):
        folder = os.path.join(work, "out")
        shutil.rmtree(folder, ignore_errors=True)
        try:
            take_out(place, folder)
        except subprocess.CalledProcessError as error:
            print(f"{repository}: {error.stderr.decode()[:200]}", flush=True)
            continue
        for history in find_histories(repository, folder):
            for database in databases:
                it = compare(history, work, database)
                outcomes.append(it)
                print(f"{it.repository} {it.history} {it.database}: {it.scripts} scripts, Alembic {it.alembic}, cupel {it.ran}, "
                      f"{it.schema or 'nothing to compare'}"
                      + (f"; Alembic stops: {it.why}" if it.why else ""), flush=True)
                for script, why in it.failed:
                    print(f"    {script}: {why}", flush=True)
        if options.json:
            with open(options.json, "w", encoding="utf-8") as file:
                json.dump([it._asdict() for it in outcomes], file, indent=1)
        shutil.rmtree(folder, ignore_errors=True)
    for database in databases:
        database.close()
    if options.write:
        write_page(options.write, outcomes)


if __name__ == "__main__":
    main()
