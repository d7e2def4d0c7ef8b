"""A headless Chromium with a fresh profile, for tests, benchmarks and screenshots."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
READY = "body[data-ready]"


def executable() -> str:
    """Where the system's browser is; empty when there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), "")


_playwright: list[Playwright] = []
_shared: list[Browser] = []
_users: list[object] = []


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser, the same for all who want one at a time: Playwright runs once in a thread."""
    user = object()
    _users.append(user)
    if not _shared:
        _playwright.append(sync_playwright().start())
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        _shared.append(_playwright[0].chromium.launch(executable_path=executable(), args=options))
    try:
        yield _shared[0]
    finally:
        _users.remove(user)
        if not _users:
            _shared.pop().close()
            _playwright.pop().stop()


def opened(page: Page, url: str) -> Page:
    """The page once it has drawn itself."""
    page.goto(url)
    page.wait_for_selector(READY, timeout=30_000)
    return page


def until(page: Page, holds: str, seconds: float = 10) -> None:
    """Wait for an expression to hold; Playwright's own waiting is refused by the page's policy."""
    for _ in range(int(seconds * 20)):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{holds} did not come to hold")
