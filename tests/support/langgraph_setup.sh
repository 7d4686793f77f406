#!/bin/bash
# SPDX-License-Identifier: MIT
# usage: langgraph_setup.sh POSTGRES_URL
# Runs the setup() of LangGraph's own checkpointer on the database: the package from the npm registry, with node. Exit
# code 77, and a word on stderr, if it cannot be had here. What was downloaded is kept in $CUPEL_DOWNLOADS.
set -euo pipefail
url=$1
downloads=${CUPEL_DOWNLOADS:-${XDG_CACHE_HOME:-$HOME/.cache}/cupel-tests}/langgraph
skip() { echo "SKIP langgraph: $*" >&2; exit 77; }
command -v node >/dev/null && command -v npm >/dev/null || skip "node and npm are not installed (apt-get install nodejs npm)"
mkdir -p "$downloads"
exec 9>"$downloads/lock"
flock 9  # two tests at once install it once
if [ ! -e "$downloads/complete" ]; then
  timeout 240 npm install --prefix "$downloads" --no-audit --no-fund --silent \
    --fetch-retries=1 --fetch-retry-mintimeout=1000 --fetch-timeout=20000 \
    @langchain/langgraph-checkpoint-postgres@1 @langchain/langgraph-checkpoint@1 @langchain/core@1 >&2 ||
    skip "the npm registry does not answer"
  touch "$downloads/complete"
fi
cat >"$downloads/setup.mjs" <<'JS'
import { PostgresSaver } from "@langchain/langgraph-checkpoint-postgres";
const saver = PostgresSaver.fromConnString(process.argv[2]);
await saver.setup();
await saver.end();
JS
flock -u 9
node "$downloads/setup.mjs" "$url"
