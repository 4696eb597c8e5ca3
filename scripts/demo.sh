#!/usr/bin/env bash
# Builds the sample books, proves what was built, then checks the bundled samples. Findings in the samples
# are what the demonstration shows; a finding in what was built is a failure.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\n==> %s\n' "$*"; }
openbook=.venv/bin/openbook

mkdir -p out
rm -rf out/books
say "building the sample budget books (samples/books)"
"$openbook" build samples/books/*/ -o out/books --jobs 2

say "checking what was built, in all four formats"
if ! "$openbook" check out/books --severity warning --format html -o out/books.html; then
    "$openbook" check out/books --severity warning >&2 || true
    echo "demo: what was built must be without findings" >&2
    exit 1
fi

say "checking the bundled samples, which have faults"
check() { # 1 means findings; anything above means that the program failed
    local status=0
    "$openbook" check samples/*.* "$@" || status=$?
    [ "$status" -le 1 ] || exit "$status"
}
check
check --format html >out/report.html

say "where to look"
printf '%s\n' \
    "built, to open and read:     $PWD/out/books/" \
    "what the check found there:  $PWD/out/books.html" \
    "faults of the samples:       $PWD/out/report.html"
