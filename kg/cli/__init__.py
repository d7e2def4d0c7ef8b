"""The command line: thin commands over the rooms, one module a family.

Nothing heavy is imported here: a command loads spaCy, the driver or networkx when it runs, and only where it needs it.
"""

from __future__ import annotations

import errno
import logging
import os
import sys

from kg.errors import KgError

# More threads than one cost CPU and win no time on sentences this short; read before numpy is loaded.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> None:
    """Run a command; end with 0, with 1 where the world is at fault, with 2 where the user's words or files are."""
    for name in THREADS:
        os.environ.setdefault(name, "1")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("kg: %(message)s"))
    logging.getLogger("kg").handlers[:] = [handler]
    from kg.cli.app import app

    try:
        try:
            app(prog_name="kg")
        finally:
            sys.stdout.flush()  # here, where a full disk can still be told
    except KgError as e:
        _end(str(e), e.exit_code)
    except OSError as e:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python would flush once more at its end
        if e.errno == errno.EPIPE:  # whoever read our output has had enough
            sys.exit(0)
        _end(_plainly(e), 1)


def _end(message: str, code: int) -> None:
    sys.stderr.write(f"kg: {' '.join(message.split())}\n")
    sys.exit(code)


def _plainly(e: OSError) -> str:
    where = f"{e.filename}: " if e.filename else ""
    if e.errno == errno.ENOSPC:
        return f"{where}no space left on the disk; free some, then run this again: nothing half-written is left"
    return f"{where}{(e.strerror or str(e)).lower()}"
