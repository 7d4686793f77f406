#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Real schemas of other projects: installed, read, made again elsewhere, read again, compared.

None of them is in this repository. They come from Debian's packages (unpacked, not installed) and the npm registry, and
are kept in $CUPEL_DOWNLOADS. Without a network, or without a server, what cannot be had is skipped, and says so.
"""
import gzip
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

ROUNDTRIP = os.environ["CUPEL_ROUNDTRIP"]
HERE = pathlib.Path(__file__).resolve().parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "cupel-tests"
DOWNLOADS = pathlib.Path(os.environ.get("CUPEL_DOWNLOADS", CACHE))
POSTGRES = os.environ.get("CUPEL_TEST_POSTGRES_URL")


class Skip(Exception):
    pass


def run(*command, **options):
    result = subprocess.run(command, capture_output=True, text=True, errors="replace", **options)
    if result.returncode == 77:
        raise Skip(result.stderr.strip().splitlines()[-1] if result.stderr.strip() else command[0])
    if result.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}:\n{result.stdout}{result.stderr}")
    return result.stdout


# Debian's packages, and the part of each that is wanted.
PACKAGES = {
    "bacula-director-pgsql": "usr/share/dbconfig-common",
    "ejabberd": "usr/share/ejabberd/sql",
    "icinga2-ido-pgsql": "usr/share/dbconfig-common",
    "kea-admin": "usr/share/kea/scripts",
    "mediawiki": "usr/share/mediawiki/maintenance",
    "pdns-backend-pgsql": "usr/share/pdns-backend-pgsql",
    "pdns-backend-sqlite3": "usr/share/pdns-backend-sqlite3",
    "python3-asgiref": "usr/lib/python3",
    "python3-django": "usr/lib/python3",
    "python3-sqlparse": "usr/lib/python3",
    "python3-tz": "usr/lib/python3",
    "roundcube-core": "usr/share/roundcube/SQL",
    "zabbix-server-pgsql": "usr/share/zabbix-server-pgsql",
}
APT = ("apt-get", "-qq", "-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20")


def package(name):
    """A Debian package's files, without installing it."""
    if not (DOWNLOADS / name).exists():
        raise Skip(f"Debian's package {name} cannot be downloaded")
    return DOWNLOADS / name


def known_to_apt(names):
    """Those that apt-get has heard of: usually all or none."""
    def knows(*some):
        return subprocess.run([*APT, "download", "--print-uris", *some], capture_output=True).returncode == 0
    return names if knows(*names) else [name for name in names if knows(name)]


def download_packages():
    """All that are not here yet, at once. What cannot be had is missed later."""
    missing = [name for name in PACKAGES if not (DOWNLOADS / name).exists()]
    if not missing or not shutil.which("apt-get"):
        return
    DOWNLOADS.mkdir(parents=True, exist_ok=True)
    known = known_to_apt(missing)
    if not known and os.geteuid() == 0:  # an image without lists
        subprocess.run([*APT, "update"], capture_output=True)
        known = known_to_apt(missing)
    if not known:
        return
    with tempfile.TemporaryDirectory(dir=DOWNLOADS) as scratch:
        try:
            run(*APT, "download", *known, cwd=scratch, timeout=240)
        except (RuntimeError, subprocess.TimeoutExpired) as error:
            print(f"apt-get download: {error}")
        for archive in pathlib.Path(scratch).glob("*.deb"):
            unpack(archive, archive.name.split("_")[0])


def unpack(archive, name):
    files = archive.with_suffix(".files")
    files.mkdir()
    tar = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", archive], stdout=subprocess.PIPE)
    run("tar", "-x", "-C", files, "./" + PACKAGES[name], stdin=tar.stdout)
    tar.stdout.close()
    tar.wait()
    files.rename(DOWNLOADS / name)


def text_of(name, *paths):
    """One SQL text from files of a Debian package."""
    root = package(name)
    parts = []
    for path in paths:
        data = (root / path).read_bytes()
        parts.append((gzip.decompress(data) if path.endswith(".gz") else data).decode())
    return "\n".join(parts)


# How each is put into a database. `sql` gives the text for psql or for SQLite.

def mediawiki(kind):
    folder = "usr/share/mediawiki/maintenance/" + kind + "/"
    by_hand = [folder + "tables.sql"] if (package("mediawiki") / folder / "tables.sql").exists() else []
    text = text_of("mediawiki", folder + "tables-generated.sql", *by_hand)
    # Its own installer replaces these; the search index is not ours to make.
    for mark in ("/*_*/", "/*i*/"):
        text = text.replace(mark, "")
    return "\n".join(line for line in text.splitlines() if line.strip() not in ("BEGIN;", "COMMIT;"))


SQL = {
    "zabbix": {"postgres": lambda: text_of("zabbix-server-pgsql", "usr/share/zabbix-server-pgsql/schema.sql.gz")},
    "mediawiki": {kind: lambda kind=kind: mediawiki(kind) for kind in ("postgres", "sqlite")},
    "roundcube": {kind: lambda kind=kind: text_of("roundcube-core", f"usr/share/roundcube/SQL/{kind}.initial.sql")
                  for kind in ("postgres", "sqlite")},
    "ejabberd": {"postgres": lambda: text_of("ejabberd", "usr/share/ejabberd/sql/pg.new.sql"),
                 "sqlite": lambda: text_of("ejabberd", "usr/share/ejabberd/sql/lite.new.sql")},
    "kea": {"postgres": lambda: text_of("kea-admin", "usr/share/kea/scripts/pgsql/dhcpdb_create.pgsql")},
    "powerdns": {"postgres": lambda: text_of("pdns-backend-pgsql",
                                             "usr/share/pdns-backend-pgsql/schema/schema.pgsql.sql"),
                 "sqlite": lambda: text_of("pdns-backend-sqlite3",
                                           "usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql")},
    "bacula": {"postgres": lambda: text_of("bacula-director-pgsql",
                                           "usr/share/dbconfig-common/data/bacula-director-pgsql/install/pgsql")},
    "icinga2": {"postgres": lambda: text_of("icinga2-ido-pgsql",
                                            "usr/share/dbconfig-common/data/icinga2-ido-pgsql/install/pgsql")},
}

DJANGO_SETTINGS = """
SECRET_KEY = "-"
INSTALLED_APPS = ["django.contrib." + name for name in
                  ("admin", "auth", "contenttypes", "sessions", "messages", "sites", "flatpages", "redirects")]
MIDDLEWARE = []
SITE_ID = 1
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": %r}
"""


def django(database, folder):
    """Django's own applications, by its own migrate."""
    path = [package(name) / "usr/lib/python3/dist-packages" for name in
            ("python3-django", "python3-asgiref", "python3-sqlparse", "python3-tz")]
    (folder / "settings.py").write_text(DJANGO_SETTINGS % (database,))
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(map(str, [folder, *path])), DJANGO_SETTINGS_MODULE="settings")
    try:
        run("/usr/bin/python3", "-c", "import django; from django.core.management import execute_from_command_line as e; "
            "e(['manage', 'migrate', '-v0', '--skip-checks'])", env=environment, cwd=folder)
    except FileNotFoundError:
        raise Skip("/usr/bin/python3 is not here") from None


# The two databases.

class PostgresCase:
    def __init__(self, name):
        self.names = [f"cupel_corpus_{name}_{side}_{os.getpid()}" for side in ("a", "b")]

    def __enter__(self):
        if not POSTGRES:
            raise Skip("CUPEL_TEST_POSTGRES_URL is not set")
        for name in self.names:
            self.psql(POSTGRES, f"CREATE DATABASE {name} TEMPLATE template0")
        self.urls = [urllib.parse.urlsplit(POSTGRES)._replace(path="/" + name).geturl() for name in self.names]
        return self

    def __exit__(self, *_):
        if POSTGRES:
            for name in self.names:
                self.psql(POSTGRES, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    @staticmethod
    def psql(url, text):
        binary = pathlib.Path(os.environ.get("CUPEL_TEST_POSTGRES_BIN", "/usr/bin")) / "psql"
        run(binary, "-qXv", "ON_ERROR_STOP=1", url, input=text)

    def execute(self, text):
        self.psql(self.urls[0], text)

    def django(self, folder):
        url = urllib.parse.urlsplit(self.urls[0])
        django({"ENGINE": "django.db.backends.postgresql", "NAME": self.names[0], "HOST": url.hostname, "PORT": url.port,
                "USER": url.username, "PASSWORD": url.password or ""}, folder)


class SqliteCase:
    def __init__(self, name):
        self.folder = tempfile.TemporaryDirectory(prefix=f"cupel-corpus-{name}-")
        self.files = [pathlib.Path(self.folder.name) / side for side in ("a.db", "b.db")]
        self.urls = [f"sqlite:///{path}" for path in self.files]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def execute(self, text):
        import sqlite3
        connection = sqlite3.connect(self.files[0])
        connection.executescript(text)
        connection.close()

    def django(self, folder):
        django({"ENGINE": "django.db.backends.sqlite3", "NAME": str(self.files[0])}, folder)


CASES = {"postgres": PostgresCase, "sqlite": SqliteCase}


def cases():
    for name, kinds in SQL.items():
        for kind, text in kinds.items():
            yield name, kind, lambda case, text=text: case.execute(text())
    for kind in CASES:
        def make(case):
            with tempfile.TemporaryDirectory() as folder:
                case.django(pathlib.Path(folder))
        yield "django", kind, make
    yield "langgraph", "postgres", lambda case: run(
        HERE.parent / "support/langgraph_setup.sh", case.urls[0], env=dict(os.environ, CUPEL_DOWNLOADS=str(DOWNLOADS)))


def main():
    wanted = sys.argv[1:]
    passed = failed = skipped = 0
    download_packages()
    for name, kind, make in cases():
        if wanted and name not in wanted:
            continue
        try:
            with CASES[kind](name) as case:
                make(case)
                print(f"ok   {name} on {kind}: {run(ROUNDTRIP, *case.urls).strip()}")
                passed += 1
        except Skip as reason:
            print(f"SKIP {name} on {kind}: {reason}")
            skipped += 1
        except Exception as error:  # whatever it is, the other schemas are still worth trying
            print(f"FAIL {name} on {kind}: {error}")
            failed += 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


sys.exit(main())
