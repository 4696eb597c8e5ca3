"""Eight clients press the same steps at random for a minute; the server is killed five times meanwhile.

Every client repeats a request whose answer it did not get, under the same key, until it has one. Afterwards the
ledger must verify, all rows must equal the rebuild, and every request answered with success must be there exactly
once, and nothing else.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from bench.clients import Client, free_port, wait_for
from bench.granian import kill, start
from bench.onewindow import UNIT, Installation, install

CLIENTS, SECONDS, KILLS, MATTERS = 8, 60.0, 5, 24
STEPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("accept", {}),
    ("send_out", {"excluded": "testing"}),
    ("take_back", {"result": "合格"}),
    ("ask_extension", {"days": 5, "reason": "需核查"}),
    ("deny_extension", {"reason": "不需要"}),
    ("propose", {"opinion": "grant", "grounds": "符合条件"}),
    ("send_back", {"reason": "请再核实"}),
)
_FORK = multiprocessing.get_context("fork")

_AFTERWARDS = """
import json, sys
import django
django.setup()
from onewindow.kernel.models import Entry
told = [json.loads(line) for path in sys.argv[1:] for line in open(path, encoding="utf-8")]
answered = {one["key"]: one for one in told}
assert len(answered) == len(told), "a client counted a key twice"
kept = {}
doubled = 0
for entry in Entry.objects.exclude(request_key=None):
    key = entry.request_key.split(":", 1)[1]
    doubled += key in kept
    kept[key] = entry
lost = [key for key in answered if key not in kept]
other = [key for key, one in answered.items() if key in kept and
         (kept[key].matter_id, kept[key].seq, bytes(kept[key].hash).hex()) != (one["id"], one["seq"], one["hash"])]
unasked = [key for key in kept if key not in answered]
print(json.dumps({"answered": len(answered), "lost": len(lost), "doubled": doubled, "other": len(other),
                  "unasked": len(unasked)}))
"""


def run() -> list[dict[str, Any]]:
    """On both databases."""
    return [row for database in ("bench_crash", "sqlite") for row in _rows(database)]


def pressed(
    installation: Installation, folder: Path, seconds: float, kills: int, clients: int = CLIENTS
) -> tuple[int, int]:
    """Press and kill; how many requests were answered in all, and how many were sent again after a crash."""
    port = free_port()
    server = start("onewindow.main.wsgi:application", 2, installation.environment, port)
    wait_for(port)
    first = installation.client(port)
    matters = [_submit(first, f"first-{number}") for number in range(MATTERS)]
    (folder / "first.jsonl").write_text("".join(json.dumps(one) + "\n" for one in matters), encoding="utf-8")
    answers = _FORK.Queue()
    end = time.monotonic() + seconds
    processes = [
        _FORK.Process(
            target=_client,
            args=(installation, port, number, [one["id"] for one in matters], end, folder, answers),
            daemon=True,
        )
        for number in range(clients)
    ]
    for process in processes:
        process.start()
    for _each in range(kills):
        time.sleep(seconds / (kills + 1))
        kill(server)
        time.sleep(0.5)
        server = start("onewindow.main.wsgi:application", 2, installation.environment, port)
        wait_for(port)
    counts = [answers.get() for _each in processes]
    for process in processes:
        process.join()
    kill(server)
    return sum(count[0] for count in counts), sum(count[1] for count in counts)


def judged(installation: Installation, folder: Path) -> dict[str, Any]:
    """What is wrong afterwards: counts that should be 0, and whether ledger and rows are whole."""
    files = [str(path) for path in sorted(folder.glob("*.jsonl"))]
    found: dict[str, Any] = json.loads(installation.run("-c", _AFTERWARDS, *files).splitlines()[-1])
    for command in ("verify", "rebuild"):
        arguments = ["ledger", command, *(["--check"] if command == "rebuild" else [])]
        program = f"import sys; sys.argv = ['onewindow', *{arguments!r}]; from onewindow.main.command import main; main()"
        try:
            installation.run("-c", program)
        except Exception as error:
            found[command] = repr(error)
        else:
            found[command] = "ok"
    return found


def _rows(database: str) -> list[dict[str, Any]]:
    installation = install(database)
    folder = Path(installation.environment["ONEWINDOW_DATA"])
    answered, again = pressed(installation, folder, SECONDS, KILLS)
    found = judged(installation, folder)
    where = "SQLite" if database == "sqlite" else "PostgreSQL"
    whole = found["verify"] == found["rebuild"] == "ok"
    told = (
        f"{found['answered']:,} steps taken, {answered:,} requests answered, {again} sent again after a crash"
    )
    wrong = found["lost"] + found["doubled"] + found["other"] + found["unasked"]
    return [
        _row(f"{where}: steps lost, doubled or changed ({told})", wrong, "steps", "none", wrong == 0),
        _row(
            f"{where}: ledger verifies and rows equal the rebuild", "yes" if whole else "no", "", "yes", whole
        ),
    ]


def _row(name: str, value: Any, unit: str, bar: str, met: bool) -> dict[str, Any]:
    return {
        "name": name,
        "value": value,
        "unit": unit,
        "against": f"{CLIENTS} clients, {SECONDS:.0f} s, killed {KILLS} times",
        "ratio": None,
        "bar": bar,
        "met": met,
    }


# --- a client -------------------------------------------------------------------------------


def _submit(one: Client, key: str) -> dict[str, Any]:
    body = {"kind": "permit", "step": "submit", "unit": UNIT, "title": "取水许可"}
    answer = one.json("create", "POST", "/api/v1/matters", body, headers={"Idempotency-Key": key})
    return _kept(key, answer)


def _kept(key: str, answer: dict[str, Any]) -> dict[str, Any]:
    return {"key": key, "id": answer["id"], "seq": answer["seq"], "hash": answer["entry"]["hash"]}


def _client(
    installation: Installation,
    port: int,
    number: int,
    matters: list[str],
    end: float,
    folder: Path,
    answers: Any,
) -> None:
    rng, one = random.Random(number), installation.client(port)
    answered = again = 0
    with (folder / f"client-{number}.jsonl").open("w", encoding="utf-8") as file:
        while time.monotonic() < end:
            key = f"{number}-{answered}"
            matter, (step, facts) = rng.choice(matters), rng.choice(STEPS)
            status, body, tries = _until_answered(
                one, f"/api/v1/matters/{matter}/steps/{step}", {"facts": facts}, key
            )
            answered, again = answered + 1, again + tries
            if status == 200:
                file.write(json.dumps(_kept(key, json.loads(body))) + "\n")
            elif status not in (409, 412):
                raise AssertionError(f"{status}: {body[:200]!r}")
    answers.put((answered, again))


def _until_answered(one: Client, path: str, body: Any, key: str) -> tuple[int, bytes, int]:
    """Status, body, and how often it was sent again: a lost connection or a 5xx is no answer."""
    tries = 0
    while True:
        with suppress(OSError):
            status, answer = one.ask("step", "POST", path, body, headers={"Idempotency-Key": key})
            if status < 500:
                return status, answer, tries
        tries += 1
        time.sleep(0.1)
