# SPDX-License-Identifier: MIT
"""What a server does besides answering: it wants TLS, it dies in the middle of a run. On a server of this test's own."""
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

from concurrency_test import Process
from harness import Case, Sqlite

BIN = os.environ.get("CUPEL_TEST_POSTGRES_BIN", "")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@unittest.skipUnless(BIN and shutil.which("openssl"), "needs PostgreSQL's server programs and openssl")
class Server(Case):
    database_class = Sqlite  # the harness's own; the server here is none of its

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.place = tempfile.mkdtemp(prefix="cupel-server-")
        cls.addClassCleanup(shutil.rmtree, cls.place, ignore_errors=True)
        os.chmod(cls.place, 0o755)
        cls.user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        shutil.chown(cls.place, cls.user)
        cls.port = free_port()
        cls.as_server(f"{BIN}/initdb", "-D", f"{cls.place}/data", "-U", "cupel", "-A", "trust", "--no-sync")
        cls.as_server("openssl", "req", "-new", "-x509", "-days", "2", "-nodes", "-subj", "/CN=localhost",
                      "-out", f"{cls.place}/data/server.crt", "-keyout", f"{cls.place}/data/server.key")
        cls.as_server("chmod", "600", f"{cls.place}/data/server.key")
        cls.as_server("tee", f"{cls.place}/data/pg_hba.conf", input=b"hostssl all all all trust\n")
        cls.start()
        cls.addClassCleanup(cls.stop, "immediate")

    @classmethod
    def as_server(cls, *command, **more):
        prefix = ["runuser", "-u", cls.user, "--"] if os.getuid() == 0 else []
        subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", timeout=60,
                       **more)

    @classmethod
    def start(cls):
        cls.as_server(f"{BIN}/pg_ctl", "-D", f"{cls.place}/data", "-l", f"{cls.place}/log", "-w", "-o",
                      f"-p {cls.port} -c ssl=on -c listen_addresses=127.0.0.1 -c unix_socket_directories={cls.place} -c fsync=off", "start")

    @classmethod
    def stop(cls, mode):
        cls.as_server(f"{BIN}/pg_ctl", "-D", f"{cls.place}/data", "-m", mode, "stop")

    def setUp(self):
        super().setUp()
        self.project()

    def url(self, query=""):
        return f"postgresql://cupel@127.0.0.1:{self.port}/postgres{query}"

    def current_at(self, query):
        return self.run_cupel("--url", self.url(query), "current")

    def test_tls(self):
        for query in ("", "?sslmode=require", f"?sslmode=verify-ca&sslrootcert={self.place}/root.crt"):
            shutil.copy(f"{self.place}/data/server.crt", f"{self.place}/root.crt")
            result = self.current_at(query)
            self.assertEqual(result.code, 0, result.err)

    def test_no_tls_where_it_is_wanted(self):
        result = self.current_at("?sslmode=disable")
        self.assertEqual(result.code, 1)
        self.assertIn("no encryption\n  hint: the server may want TLS: use ?sslmode=require", result.err)

    def test_a_certificate_that_cannot_be_trusted(self):
        result = self.current_at("?sslmode=verify-full&sslrootcert=/nowhere/root.crt")
        self.assertEqual(result.code, 1)
        self.assertIn('"/nowhere/root.crt" does not exist', result.err)
        shutil.copy(f"{self.place}/data/server.crt", f"{self.place}/root.crt")
        result = self.current_at(f"?sslmode=verify-full&sslrootcert={self.place}/root.crt")
        self.assertEqual(result.code, 1)
        self.assertIn('server certificate for "localhost" does not match host name "127.0.0.1"', result.err)

    def wait_for(self, text):
        for _ in range(400):
            done = subprocess.run([f"{BIN}/psql", "-qXAt", self.url(), "-c", "SELECT query FROM pg_stat_activity WHERE state = 'active'"],
                                  capture_output=True, timeout=60)
            if text in done.stdout.decode():
                return
            time.sleep(0.05)
        self.fail(f"nobody runs {text}")

    def test_it_dies_in_the_middle(self):
        self.table_revision("r1")
        self.revision("r2", "r1", "CREATE TABLE t (id int);\nSELECT 'slow', pg_sleep(CASE WHEN to_regclass('quick') IS NULL THEN 60 ELSE 0 END);\n"
                      "CREATE INDEX CONCURRENTLY ix ON t_r1 (id);\nINSERT INTO t VALUES (1);")
        process = Process(self, "--url", self.url(), "upgrade", "head")
        self.wait_for("SELECT 'slow', pg_sleep")
        self.stop("immediate")
        result = process.result()
        self.assertEqual(result.code, 1)
        self.assertIn("migrations/versions/r2.sql:8: the connection to the server is lost", result.err)
        self.assertIn("  hint: run again: the server has rolled back what was not committed", result.err)
        self.start()
        self.assertEqual(self.cupel("--url", self.url(), "current"), "r1\n")
        self.cupel("--url", self.url(), "upgrade", "r1")
        subprocess.run([f"{BIN}/psql", "-qX", self.url(), "-c", "CREATE TABLE quick ()"], check=True, timeout=60)
        self.cupel("--url", self.url(), "upgrade", "head")
        self.assertEqual(self.cupel("--url", self.url(), "current"), "r2 (head)\n")


if __name__ == "__main__":
    unittest.main()
