#!/usr/bin/env bash
# Makes .venv and installs into it exactly what the lock file says.
#
#   scripts/setup.sh runtime   what `openbook` and `onewindow` need
#   scripts/setup.sh dev       and what tests, lint and benchmarks need
#
# A second call does nothing. The python can be chosen: PYTHON=python3.12 scripts/setup.sh dev
# pip is used as this machine has configured it (index, mirror, proxy, certificates).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

kind=${1:-runtime}
case $kind in
    runtime) lock=requirements.lock ;;
    dev) lock=requirements-dev.lock ;;
    *) echo "usage: scripts/setup.sh [runtime|dev]" >&2; exit 2 ;;
esac

say() { printf '==> %s\n' "$*" >&2; }
die() { printf 'setup: %s\n' "$*" >&2; exit 1; }

# --- nothing to do? ---------------------------------------------------------------------

wanted=$(cat "$lock" pyproject.toml | sha256sum | cut -c1-64)
fresh() { [ -f ".venv/.installed-$1" ] && [ "$(cat ".venv/.installed-$1")" = "$2" ]; }
works() { [ -x .venv/bin/python ] && .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

if fresh "$kind" "$wanted" && works; then
    exit 0
fi

# --- a python ---------------------------------------------------------------------------

install() { # from the system's packages, where we may
    command -v apt-get >/dev/null || return 1
    local may=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
        may=(sudo -n)
    fi
    say "installing $* with apt-get"
    "${may[@]}" apt-get update -qq >/dev/null || true
    "${may[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

suitable() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (4,))' >/dev/null 2>&1; }

find_python() {
    local candidate
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 python}; do
        if suitable "$candidate"; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    return 1
}

make_venv() {
    local python version
    if ! python=$(find_python); then
        [ -z "${PYTHON:-}" ] || die "PYTHON=$PYTHON is not Python 3.11 or newer"
        install python3 python3-venv && python=$(find_python) ||
            die "Python 3.11 or newer is needed; on Debian 12+ or Ubuntu 24.04+: sudo apt-get install python3 python3-venv"
    fi
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        install "python$version-venv" && "$python" -c 'import ensurepip, venv' 2>/dev/null ||
            die "Python's venv module is missing; as an administrator: apt-get install python$version-venv"
    fi
    say "making .venv with $python ($version)"
    "$python" -m venv --clear .venv
}

works || make_venv

# --- the packages -----------------------------------------------------------------------

pip() { .venv/bin/python -m pip --disable-pip-version-check --no-input "$@"; }

.venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip --upgrade >/dev/null

say "installing $lock (some minutes the first time)"
pip install -qq --require-hashes -r "$lock" ||
    die "the packages in $lock could not be installed; pip's own message stands above"
pip install -qq --no-index --no-deps --no-build-isolation --editable .

printf '%s\n' "$wanted" >".venv/.installed-$kind"
if [ "$kind" = dev ]; then # it holds all of runtime
    cat requirements.lock pyproject.toml | sha256sum | cut -c1-64 >.venv/.installed-runtime
fi
say "ready: .venv/bin/openbook, .venv/bin/onewindow"
