#!/usr/bin/env python3
"""Runs the ```console blocks of a Markdown page, in order, in one empty folder, and compares what they print.

Lines that begin with "$ " are commands ("> " continues one); what follows is their output, stdout and stderr together.
"..." in an expected line stands for anything; a line "..." stands for any lines.
"""
import os
import re
import subprocess
import sys
import tempfile


def blocks(path):
    """(line number, lines) of each console block."""
    is_open, start, lines = False, 0, []
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if not is_open and line == "```console":
            is_open, start, lines = True, number, []
        elif is_open and line == "```":
            yield start, lines
            is_open = False
        elif is_open:
            lines.append(line)


def steps(start, lines):
    """(line number, command, expected lines) of a block."""
    found = []
    for offset, line in enumerate(lines, 1):
        if line.startswith("$ "):
            found.append([start + offset, line[2:], []])
        elif (line == ">" or line.startswith("> ")) and found and not found[-1][2]:
            found[-1][1] += "\n" + line[2:]
        elif found:
            found[-1][2].append(line)
    return found


def pattern(expected):
    """A regular expression for the whole output."""
    parts = []
    for line in expected:
        if line.strip() == "...":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(".*?".join(re.escape(piece) for piece in line.split("...")) + r"[ ]*\n")
    return "".join(parts) + r"\Z"


def run_page(path, binary):
    failures = 0
    environment = dict(os.environ, PATH=os.path.dirname(binary) + ":" + os.environ["PATH"], NO_COLOR="1", USER="ann")
    for name in ("CUPEL_DATABASE_URL", "DATABASE_URL", "DATABASE_URL_DIRECT"):
        environment.pop(name, None)
    with tempfile.TemporaryDirectory() as folder:
        for start, lines in blocks(path):
            for number, command, expected in steps(start, lines):
                done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
                output = done.stdout.decode("utf-8", "replace")
                output = output if output.endswith("\n") or not output else output + "\n"
                if not re.match(pattern(expected), output):
                    failures += 1
                    print(f"{path}:{number}: $ {command}\n--- expected\n" + "\n".join(expected) + "\n--- got\n" + output)
    return failures


def main():
    binary = os.path.abspath(os.environ["CUPEL_BINARY"])
    failures = sum(run_page(path, binary) for path in sys.argv[1:])
    print(f"{len(sys.argv) - 1} pages, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
