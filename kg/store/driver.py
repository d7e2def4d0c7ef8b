"""The ``neo4j`` driver, loaded without the libraries of arrays that it would load beside itself.

It looks for numpy, pandas and pyarrow to take their values as parameters. Nothing here sends any, and loading them takes
a third of the time of a whole ``kg query``. Where they, or the driver, are loaded already, nothing is changed. Nor is
there anything to collect while modules are loaded, and Python would look for it again and again.
"""

from __future__ import annotations

import logging
import sys
from typing import Final

from kg.collector import no_collection

_SILENT: Final = logging.NullHandler()
ARRAYS: Final = ("numpy", "pandas", "pyarrow")


def load() -> None:
    """Import the driver; further imports of it cost nothing."""
    hidden = [] if "neo4j" in sys.modules else [name for name in ARRAYS if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # an import of it fails, as if it were not installed
    try:
        with no_collection():
            import neo4j  # noqa: F401, PLC0415
    finally:
        for name in hidden:
            del sys.modules[name]
    # It logs each lost connection in ten lines; what there is to say is said by kg.store.failure in one.
    logging.getLogger("neo4j").addHandler(_SILENT)
