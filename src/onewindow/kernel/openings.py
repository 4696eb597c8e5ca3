"""Personal facts of entries: a commitment in the ledger, the value sealed beside it until it is erased."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from onewindow.kernel.keys import keyring
from onewindow.kernel.ledger.canonical import Json
from onewindow.kernel.ledger.commitments import Opening, conceal
from onewindow.kernel.models import Opening as Kept
from onewindow.kernel.procedure import Step


def concealed(step: Step, facts: dict[str, Json]) -> tuple[dict[str, Json], list[Opening]]:
    """Facts as they go into the ledger, and what opens the personal ones."""
    personal = [fact.key for fact in step.facts if fact.personal]
    return conceal(facts, personal) if personal else (facts, [])


def keep(matter: str, seq: int, openings: Sequence[Opening]) -> None:
    """Keep the openings of an entry, sealed."""
    for one in openings:
        content = json.dumps({"value": one.value, "salt": one.salt.hex()}, ensure_ascii=False)
        sealed = keyring().seal(content, place(matter, seq, one.name))
        Kept(matter=matter, seq=seq, name=one.name, sealed=sealed).save(force_insert=True)


def openings_of(matter: str) -> dict[int, list[Opening]]:
    """The personal facts of a matter's entries, by seq. Who reads them leaves an entry: see `people`."""
    found: dict[int, list[Opening]] = {}
    for kept in Kept.objects.filter(matter=matter).order_by("seq", "name"):
        content = json.loads(keyring().unseal(bytes(kept.sealed), place(matter, kept.seq, kept.name)))
        opening = Opening(kept.name, content["value"], bytes.fromhex(content["salt"]))
        found.setdefault(kept.seq, []).append(opening)
    return found


def erase(matters: Iterable[str]) -> int:
    """Delete the personal facts of matters for good; their commitments, and every hash, still hold. How many."""
    count, _each = Kept.objects.filter(matter__in=list(matters)).delete()
    return count


def place(matter: str, seq: int, name: str) -> str:
    """Where a sealed fact belongs."""
    return f"kernel.opening:{matter}:{seq}:{name}"
