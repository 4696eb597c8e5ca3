#!/usr/bin/env bash
# A Chromium for the tests of the pages: prints where it is, and installs it where it may.
#
# ONEWINDOW_TEST_BROWSER names one of your own instead.
set -euo pipefail

say() { printf '==> %s\n' "$*" >&2; }
die() { printf 'browser: %s\n' "$*" >&2; exit 1; }

find_browser() {
    local name
    for name in "${ONEWINDOW_TEST_BROWSER:-}" chromium google-chrome chromium-browser; do
        # Ubuntu's chromium-browser may be a mere word about snap: what does not tell its version is none
        if [ -n "$name" ] && command -v "$name" >/dev/null && "$name" --version 2>/dev/null | grep -qi chrom; then
            command -v "$name"
            return
        fi
    done
    return 1
}

install() {
    command -v apt-get >/dev/null || return 1
    local may=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
        may=(sudo -n)
    fi
    say "installing chromium with apt-get"
    "${may[@]}" apt-get update -qq >/dev/null || true
    "${may[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
}

find_browser || { install && find_browser; } ||
    die "no Chromium; on Debian: sudo apt-get install chromium. Or name one: ONEWINDOW_TEST_BROWSER=/path/to/chromium"
