#!/usr/bin/env bash
# Every test, in two lanes at once: OpenBook's in one; OneWindow's on SQLite, then once more on PostgreSQL, in the
# other. What is tried in a browser is tried once. The coverage of all three together.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '==> %s\n' "$*"; }

ONEWINDOW_TEST_BROWSER=$(bash scripts/browser.sh)
export ONEWINDOW_TEST_BROWSER
unset ONEWINDOW_DATABASE_URL
server=$(bash scripts/postgres.sh start)

lanes=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$lanes"' EXIT
rm -f .coverage .coverage.*

run() { # NAME ARGUMENT…: pytest with its coverage in files of its own; what it said stands in the lane's log
    local name=$1 started=$SECONDS status=0
    shift
    COVERAGE_FILE=".coverage.$name" .venv/bin/python -m pytest -q --hypothesis-profile=ci -p no:cacheprovider \
        --cov --cov-report= --cov-fail-under=0 "$@" >"$lanes/$name.log" 2>&1 || status=$?
    say "$name: $(tail -1 "$lanes/$name.log") ($((SECONDS - started)) s)"
    [ "$status" = 0 ] || { cat "$lanes/$name.log"; return "$status"; }
}

onewindow() {
    local failed=0
    run onewindow-sqlite tests/onewindow || failed=1
    ONEWINDOW_DATABASE_URL="${server%/*}/onewindow_ci" run onewindow-postgresql -k "not browser" tests/onewindow || failed=1
    return $failed
}

say "pytest, two lanes"
onewindow &
lane=$!
failed=0
run openbook tests --ignore tests/onewindow || failed=1
wait "$lane" || failed=1
[ "$failed" = 0 ] || exit 1

say "coverage of all"
.venv/bin/python -m coverage combine -q
.venv/bin/python -m coverage report --skip-covered | tail -40
