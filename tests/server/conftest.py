"""The browser of the page's tests."""

from tests.view.conftest import browser, watched

__all__ = ["browser", "watched"]
