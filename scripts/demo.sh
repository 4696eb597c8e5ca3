#!/usr/bin/env bash
# Checks the bundled samples. Findings are what the demonstration shows: they are no failure.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

check() { # 1 means findings; anything above means that the program failed
    local status=0
    .venv/bin/openbook check samples/*.* "$@" || status=$?
    [ "$status" -le 1 ] || exit "$status"
}

mkdir -p out
check
check --format html >out/report.html
printf '\nThe same report as a page to read and print: %s\n' "$PWD/out/report.html"
