"""A browser, and pages to open in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kg.view.page import write_page
from tests.view.browser import executable, launched, opened
from tests.view.synthetic import statements

WIDE = {"width": 1400, "height": 900}


@dataclass
class Watched:
    """A page, with what it asked of the network and what it complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, url: str) -> Page:
        return opened(self.page, url)


def watch(page: Page) -> Watched:
    seen = Watched(page)
    page.on("request", lambda r: None if r.url.startswith(("file:", "blob:")) else seen.requests.append(r.url))
    page.on("console", lambda m: seen.complaints.append(m.text))
    page.on("pageerror", lambda e: seen.complaints.append(str(e)))
    page.on("dialog", lambda d: (seen.complaints.append(d.message), d.dismiss()))
    return seen


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not executable():
        words = "needs Chromium: apt install chromium"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(words)
    with launched() as found:
        yield found


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A fresh page in a fresh profile; a complaint of its console fails the test."""
    context = browser.new_context(viewport=WIDE, color_scheme="light", accept_downloads=True)  # type: ignore[arg-type]
    seen = watch(context.new_page())
    yield seen
    context.close()
    assert not seen.complaints


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an offline page of sixty actors."""
    return offline(tmp_path_factory.mktemp("small") / "page.html", 60, 700)


def offline(path: Path, size: int, count: int) -> str:
    rows = list(statements(size, count))
    write_page([s for _, s in rows], {a.id: a for a, _ in rows}.values(), path)
    return path.as_uri()


@pytest.fixture
def page(watched: Watched, small: str) -> Page:
    """The small page, open."""
    return watched.open(small)


@pytest.fixture(scope="module")
def opened_once(browser: Browser, small: str) -> Iterator[Watched]:
    """The small page, opened once for a module's tests."""
    context = browser.new_context(viewport=WIDE, color_scheme="light")  # type: ignore[arg-type]
    seen = watch(context.new_page())
    seen.open(small).evaluate("window.begun = { ...kg.state }")
    yield seen
    context.close()
    assert not seen.complaints


@pytest.fixture
def kept(opened_once: Watched) -> Page:
    """The page that others have used before, back at its beginning: opening it is what takes long."""
    opened_once.page.evaluate("kg.update(begun)")
    return opened_once.page
