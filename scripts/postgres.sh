#!/usr/bin/env bash
# A private PostgreSQL server for tests, benchmarks and trying things out. Its data are worth nothing.
#
#   scripts/postgres.sh start   starts it where it does not run, and prints its address
#   scripts/postgres.sh stop    stops it and removes its data
#
# ONEWINDOW_POSTGRES names its folder; ONEWINDOW_TEST_POSTGRES names a server of your own instead
# (its user must be allowed to create databases), and then nothing is started.
set -euo pipefail

folder=${ONEWINDOW_POSTGRES:-${TMPDIR:-/tmp}/onewindow-postgres-$(id -u)}

say() { printf '==> %s\n' "$*" >&2; }
die() { printf 'postgres: %s\n' "$*" >&2; exit 1; }

programs() { # the folder of initdb and pg_ctl: the newest that is installed
    local found
    found=$(ls -d /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql@*/bin /usr/pgsql-*/bin 2>/dev/null | sort -V | tail -1)
    if [ -n "$found" ] && [ -x "$found/initdb" ]; then
        printf '%s\n' "$found"
    elif command -v initdb >/dev/null; then
        dirname "$(command -v initdb)"
    else
        return 1
    fi
}

install() {
    command -v apt-get >/dev/null || return 1
    local may=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
        may=(sudo -n)
    fi
    say "installing postgresql with apt-get"
    "${may[@]}" apt-get update -qq >/dev/null || true
    # No cluster of the system's own is wanted: only the programs.
    "${may[@]}" mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo 'create_main_cluster = false' | "${may[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
    "${may[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
}

as_owner() { # PostgreSQL refuses to run as root
    if [ "$(id -u)" = 0 ]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

start() {
    if [ -n "${ONEWINDOW_TEST_POSTGRES:-}" ]; then
        printf '%s\n' "$ONEWINDOW_TEST_POSTGRES"
        return
    fi
    local bin
    bin=$(programs) || { install && bin=$(programs); } ||
        die "PostgreSQL is missing; on Debian or Ubuntu: sudo apt-get install postgresql. Or name a server: ONEWINDOW_TEST_POSTGRES=postgresql://…"
    if [ ! -f "$folder/port" ]; then
        rm -rf "$folder"
        mkdir -p "$folder"
        [ "$(id -u)" != 0 ] || chown postgres "$folder"
        as_owner "$bin/initdb" -D "$folder/data" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 >"$folder.log" 2>&1 ||
            { cat "$folder.log" >&2; die "the server's folder could not be made"; }
        python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' >"$folder/port"
    fi
    local port
    port=$(cat "$folder/port")
    if ! as_owner "$bin/pg_ctl" -D "$folder/data" status >/dev/null 2>&1; then
        as_owner "$bin/pg_ctl" -D "$folder/data" -w -s -l "$folder/data/log" \
            -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c max_connections=200 -c shared_buffers=256MB -c fsync=${ONEWINDOW_POSTGRES_FSYNC:-off} -c jit=off" start >&2 ||
            { tail -5 "$folder/data/log" >&2; die "the server did not start"; }
    fi
    printf 'postgresql://postgres@127.0.0.1:%s/postgres\n' "$port"
}

stop() {
    local bin
    bin=$(programs) || return 0
    as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate -s stop 2>/dev/null || true
    rm -rf "$folder" "$folder.log"
}

case ${1:-} in
    start) start ;;
    stop) stop ;;
    *) echo "usage: scripts/postgres.sh start|stop" >&2; exit 2 ;;
esac
