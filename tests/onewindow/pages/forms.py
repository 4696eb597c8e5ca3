"""Reading a form out of a page, and sending it as a browser would."""

from __future__ import annotations

from typing import Any

from lxml import html


def form_of(answer: Any) -> dict[str, str]:
    """What the form of a page would send: its hidden fields and what stands in the others.

    As a browser does: the first line break of a text area is left out, and a radio button may say nothing.
    """
    tree: Any = html.fromstring(answer.content.decode())
    form = next(one for one in tree.forms if one.fields.get("key"))
    texts = {one.name for one in form.iterfind(".//textarea")}
    blank = {one.name for one in form.iterfind(".//input[@value='']") if one.type == "radio" and one.checked}
    return {
        name: "" if name in blank else value.removeprefix("\n") if name in texts else value
        for name, value in form.form_values()
        if name != "csrfmiddlewaretoken"
    }


def faults(answer: Any) -> list[str]:
    """What the page says is wrong, at its fields."""
    tree: Any = html.fromstring(answer.content.decode())
    return [one.text_content() for one in tree.iterfind('.//*[@class="fault"]')]
