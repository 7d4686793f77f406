#!/bin/bash
# SPDX-License-Identifier: MIT
# usage: run.sh NOTES_PROGRAM CUPEL_PROGRAM
# Starts the service on a new file, again on the same file, and on a file that a newer service has written.
set -euo pipefail
notes=$1 cupel=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

expect() {  # exit code, output
  local code=0 output
  output=$("$notes" notes.db "${@:3}") || code=$?
  if [ "$code" != "$1" ] || [ "$output" != "$2" ]; then
    printf 'got exit code %s and:\n%s\nexpected %s and:\n%s\n' "$code" "$output" "$1" "$2" >&2
    exit 1
  fi
}

expect 0 '[1/3] create the table of notes
[2/3] pin notes, and call the text body
[3/3] trim old notes
1. Welcome! (pinned)
2. This note came with the program.'
expect 0 'the file is up to date
1. Welcome! (pinned)
2. This note came with the program.
3. Buy milk' 'Buy milk'

# The next version of the service will have one more revision.
"$cupel" init --url sqlite:///notes.db future 2>/dev/null
"$cupel" revision --rev-id 2027 -m "a revision of next year" >/dev/null 2>&1
"$cupel" stamp --purge 2027 2>/dev/null
expect 3 "the database is newer than this program: it is at '2027', which is not among its revisions"
