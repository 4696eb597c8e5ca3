"""A real Chromium before the pages, and what must hold of every page in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

CHROMIUM = os.environ.get("ONEWINDOW_TEST_BROWSER", "/usr/bin/chromium")  # see scripts/browser.sh
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]
WIDE, NARROW = (1280, 900), (390, 844)
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_PICTURES = os.environ.get("SCREENSHOTS", "")  # a folder, for whoever wants to look at the pages
# What stands beyond the right edge of the window, where the page scrolls sideways.
_BEYOND = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  return [...document.querySelectorAll("*")].filter(one => one.getBoundingClientRect().right > edge + 0.5)
    .map(one => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 40)}`);
}"""


class Window:
    """A window of somebody who is signed in (or is not), and what went wrong in it."""

    def __init__(
        self, chromium: Browser, address: str, reader: Any = None, size: tuple[int, int] = WIDE, **more: Any
    ) -> None:
        self.address = address
        self.context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **more,
        )
        if reader is not None:
            self.context.add_cookies(
                [{"name": name, "value": one.value, "url": address} for name, one in reader.cookies.items()]
            )
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.elsewhere: list[str] = []  # addresses that may be asked besides
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._asked)

    def _heard(self, message: Any) -> None:
        # A refused form is an answer of 4xx, which is no fault of the page.
        if (
            message.type in ("error", "warning")
            and "the server responded with a status of 4" not in message.text
        ):
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", *self.elsewhere)):
            self.faults.append(f"asked elsewhere: {request.url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def press(self, what: str = "main .acts button") -> None:
        """Press what leads to another page, and wait for it."""
        with self.page.expect_navigation():
            self.page.click(what)

    def wrong(self, name: str, with_axe: bool = True) -> list[str]:
        """What is wrong with the page that is open."""
        if _PICTURES:
            Path(_PICTURES).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{_PICTURES}/{name}.png", full_page=True)
        found = [f"{name}: {fault}" for fault in self.faults]
        self.faults.clear()
        if beyond := self.page.evaluate(_BEYOND):
            found.append(f"{name}: scrolls sideways: {beyond[:5]}")
        if with_axe:
            options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": _RULES}}
            for one in Axe().run(self.page, options=options).response["violations"]:
                where = "; ".join(node["html"][:160] for node in one["nodes"][:3])
                found.append(f"{name}: {one['id']} {one['help']}: {where}")
        return found

    def close(self) -> None:
        self.context.close()
