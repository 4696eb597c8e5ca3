#!/usr/bin/env bash
# Every test: all of them on SQLite, and those of OneWindow once more on PostgreSQL; the coverage of both together.
# What is tried in a browser is tried once.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '==> %s\n' "$*"; }
pytest() { .venv/bin/python -m pytest -q --hypothesis-profile=ci --cov --cov-report= --cov-fail-under=0 "$@"; }

ONEWINDOW_TEST_BROWSER=$(bash scripts/browser.sh)
export ONEWINDOW_TEST_BROWSER
server=$(bash scripts/postgres.sh start)

rm -f .coverage .coverage.*
say "pytest: everything, on SQLite"
started=$SECONDS
(unset ONEWINDOW_DATABASE_URL && pytest)
say "pytest: OneWindow on PostgreSQL (SQLite took $((SECONDS - started)) s)"
started=$SECONDS
ONEWINDOW_DATABASE_URL="${server%/*}/onewindow_ci" pytest --cov-append -k "not browser" tests/onewindow
say "coverage of both (PostgreSQL took $((SECONDS - started)) s)"
.venv/bin/python -m coverage report --skip-covered
