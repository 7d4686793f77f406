#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs programs with Python and with cupel's interpreter, and compares what they print.

usage: differential.py PYTHON_RUN [--seeds FIRST:LAST] [NAME...]
Everything in corpus/ and a few generated programs; with --seeds, only generated ones.
"""
import difflib
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8", "PYTHONHASHSEED": "0", "PYTHONWARNINGS": "ignore", "TZ": "UTC"}


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=60, env=ENVIRONMENT)
    return done.stdout, done.stderr


def compare(runner, path, name):
    expected, _ = run([sys.executable, path])
    got, complaint = run([runner, path])
    if expected == got:
        return True
    print(f"== {name}: not the same output")
    lines = list(difflib.unified_diff(expected.splitlines(), got.splitlines(), "python", "cupel", lineterm="", n=0))
    print("\n".join(line[:400] for line in lines[:int(os.environ.get("DIFF_LINES", "60"))]))
    if complaint:
        print(complaint[-3000:])
    return False


def generated(runner, seed, count=400):
    text = subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), str(seed), str(count)], capture_output=True, text=True,
                          encoding="utf-8", check=True, env=ENVIRONMENT).stdout
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "generated.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return compare(runner, path, f"seed {seed}")


def main():
    runner, names = sys.argv[1], sys.argv[2:]
    good = True
    if names and names[0] == "--seeds":
        first, last = map(int, names[1].split(":"))
        for seed in range(first, last):
            good = generated(runner, seed) and good
        return 0 if good else 1
    corpus = os.path.join(HERE, "corpus")
    for name in names or sorted(os.listdir(corpus)):
        good = compare(runner, os.path.join(corpus, name), name) and good
    if not names:
        for seed in range(8):
            good = generated(runner, seed) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
