#!/bin/bash
# usage: run.sh BUILD_DIR
# Installs a finished build into a temporary prefix, then configures, builds and runs a consumer against it.
# CUPEL_INSTALL_FROM names another build folder to install, such as the release one.
set -euo pipefail
build=${CUPEL_INSTALL_FROM:-$1}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
cmake --install "$build" --prefix "$work/prefix" >/dev/null
cmake -S "$here" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$work/prefix" >/dev/null
cmake --build "$work/build"
output=$("$work/build/consumer")
expected=$version$'\nno target given\n  hint: cupel upgrade head'
if [ "$output" != "$expected" ]; then
  printf 'the consumer printed:\n%s\nexpected:\n%s\n' "$output" "$expected"
  exit 1
fi
leaked=$(find "$work/prefix" -name '*_test*' -o -path '*/include/*' -type f ! -path '*/include/cupel/*')
if [ -n "$leaked" ]; then
  printf 'installed, but nobody asked for it:\n%s\n' "$leaked"
  exit 1
fi
if [ -x "$work/prefix/bin/cupel" ]; then
  "$work/prefix/bin/cupel" --version
fi
