"""The driver, loaded without the libraries that it would look for and that nothing here hands to it.

Loading pandas and pyarrow with it takes longer than a query; numpy stays, for a caller's numbers may be numpy's.
"""

from __future__ import annotations

import sys
from typing import Final

IDLE: Final = ("pandas", "pyarrow")


def load() -> None:
    """Load the driver; what is loaded already is left alone."""
    hidden = [name for name in IDLE if "neo4j" not in sys.modules and name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # an import of it fails, as if it were not installed
    try:
        import neo4j  # noqa: F401, PLC0415 - keeps ``import kg.store`` cheap
    finally:
        for name in hidden:
            del sys.modules[name]
