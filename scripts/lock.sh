#!/usr/bin/env bash
# Resolves the lock files. The hashes of every published wheel are kept, so one lock serves
# Python 3.11 to 3.13 on x86_64 and aarch64; resolve with the oldest of them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export CUSTOM_COMPILE_COMMAND="make lock"
compile() {
    .venv/bin/python -m piptools compile --quiet --generate-hashes --strip-extras --allow-unsafe \
        --all-build-deps --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
        "$@" pyproject.toml
}
compile --output-file requirements.lock
compile --extra dev --constraint requirements.lock --output-file requirements-dev.lock
