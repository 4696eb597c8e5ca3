"""The generated parts of docs/operation.md: the variables, from the program."""

from __future__ import annotations

from onewindow.main.environment import PREFIX, VARIABLES


def operation_parts() -> dict[str, str]:
    """Name of each part -> its text."""
    return {
        "variables": _table(
            ("变量", "默认", "用途"),
            [
                (f"`{PREFIX}{one.name}`", f"`{one.default}`" if one.default else "", one.purpose)
                for one in VARIABLES
            ],
        ),
    }


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return (
        "\n".join([*lines, *(f"| {' | '.join(cell.replace('|', '｜') for cell in row)} |" for row in rows)])
        + "\n"
    )
