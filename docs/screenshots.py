"""Pictures of the page for the documentation: ``python -m docs.screenshots PAGE [DIRECTORY]``.

PAGE is a file that ``kg view`` or ``kg demo`` wrote. The first view in three sizes, light and dark, and the states that
the text shows; together they stay below 2.5 MB.
Needs the development requirements and Chromium.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser

from tests.view.browser import launched, opened


class Shot(NamedTuple):
    name: str
    size: tuple[int, int]
    act: str = ""
    """What is done on the page first, in its own words."""
    schemes: tuple[str, ...] = ("light", "dark")


DESK, TABLET, PHONE = (1240, 780), (1024, 768), (390, 844)
LIGHT = ("light",)
STRONGEST = "kg.pickPair(...(([p]) => [p.a, p.b])(kg.view.pairs))"
SHOTS = (
    Shot("page", DESK),
    Shot("page-tablet", TABLET),
    Shot("page-phone", PHONE),
    Shot("actor", DESK, "kg.pick(kg.view.ids[0])", LIGHT),
    Shot("pair", DESK, STRONGEST),
    Shot("pair-phone", PHONE, STRONGEST, LIGHT),
    Shot("table", (1400, 760), "kg.update({ view: 'table' })", LIGHT),
    Shot("changes", DESK, "kg.toggleChanges()", LIGHT),
)


def shoot(browser: Browser, address: str, directory: Path) -> None:
    for shot in SHOTS:
        for scheme in shot.schemes:
            width, height = shot.size
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            page = opened(context.new_page(), address)
            if shot.act:
                page.evaluate(shot.act)
            page.wait_for_timeout(600)
            page.screenshot(path=directory / f"{shot.name}-{scheme}.png")
            context.close()


def main(page: str, directory: str = "docs/images") -> None:
    Path(directory).mkdir(parents=True, exist_ok=True)
    with launched() as browser:
        shoot(browser, Path(page).resolve().as_uri(), Path(directory))


if __name__ == "__main__":
    main(*sys.argv[1:])
