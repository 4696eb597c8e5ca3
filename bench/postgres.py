"""Databases for benchmarks, on the private server of scripts/postgres.sh."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

_SCRIPT = Path(__file__).parent.parent / "scripts" / "postgres.sh"


@cache
def server() -> str:
    """The address of the server, which is started where it does not run."""
    done = subprocess.run([str(_SCRIPT), "start"], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def fresh_database(name: str) -> str:
    """The address of an empty database."""
    execute(server(), f"drop database if exists {name} with (force)")
    execute(server(), f"create database {name}")
    return server().rsplit("/", 1)[0] + f"/{name}"


def execute(address: str, statement: str) -> None:
    """One statement, outside of a transaction."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.encode())
