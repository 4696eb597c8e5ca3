"""The examples printed in the standards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

GBT: dict[str, Any] = json.loads((Path(__file__).parent / "vectors" / "gbt.json").read_text(encoding="utf-8"))
