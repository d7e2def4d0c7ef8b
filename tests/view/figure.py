"""One measured figure beside its bar."""

from __future__ import annotations

from typing import NamedTuple


class Figure(NamedTuple):
    """``bar`` is the most that the value may be, or with ``least`` the least; ``None`` where there is none."""

    what: str
    value: float
    unit: str
    bar: float | None = None
    least: bool = False

    @property
    def met(self) -> bool:
        return self.bar is None or (self.value >= self.bar if self.least else self.value <= self.bar)

    def __str__(self) -> str:
        bar = "" if self.bar is None else f" {'≥' if self.least else '≤'} {self.bar:g}"
        return f"{'ok ' if self.met else 'NOT'} {self.what:<60} {self.value:8.2f} {self.unit:<3}{bar}"
