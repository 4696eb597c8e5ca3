"""The documents that are measured: published ones where they are at hand, and generated ones always."""

from __future__ import annotations

import os
import random
from pathlib import Path

from tests.books import random_book, shanxi

ROOT = Path(__file__).parent.parent
FOLDER = Path(os.environ.get("OPENBOOK_DISCLOSURES") or ROOT.parent / "shared" / "disclosures")


def published(suffix: str = "") -> list[Path]:
    """Real disclosures beside the repository; they are not part of it."""
    if not FOLDER.is_dir():
        return []
    return sorted(path for path in FOLDER.rglob(f"*{suffix}") if path.suffix in (".txt", ".pdf"))


def generated(folder: Path, number: int, seed: int = 20) -> list[Path]:
    """Consistent disclosures of random departments, as text."""
    paths = []
    for index in range(number):
        rng = random.Random(seed * 100_000 + index)
        path = folder / f"generated-{index:04d}.txt"
        book = random_book(
            rng, items=rng.randint(3, 9), projects=rng.randint(2, 12), carried=rng.random() < 0.5
        )
        path.write_text(shanxi(book), encoding="utf-8")
        paths.append(path)
    return paths
