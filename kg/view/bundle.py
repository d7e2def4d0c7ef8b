"""The page's own modules as one script, and vis-network out of the installed pyvis.

The modules are plain ES modules. Joining them needs no bundler as long as they use named imports of each other and
named exports: each becomes a function that returns what it exports. A mistake fails the build, not the reader.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Final

from kg.errors import KgError

IMPORT: Final = re.compile(r'^import (\{[^}]*\}) from "\./([\w-]+)\.js";$', re.MULTILINE)
EXPORT: Final = re.compile(r"^export ((?:async )?(?:function|const|let|class) ([\w$]+))", re.MULTILINE)
ENGINES: Final = ("templates/lib/vis-9.1.2/vis-network.min.js", "lib/vis-9.1.2/vis-network.min.js")


class BundleError(KgError):
    """The page's parts do not fit together: a packaging mistake."""


@cache
def script() -> str:
    """All modules, those that others import first, in one function of their own."""
    order: list[str] = []
    _visit("main", order, ())
    parts = ['(() => {\n"use strict";\nconst modules = {};\n']
    for name in order:
        text = _module(name)
        exported = ", ".join(word for _, word in EXPORT.findall(text))
        body = EXPORT.sub(r"\1", IMPORT.sub(r"const \1 = modules.\2;", text))
        if re.search(r"^(import|export)\b", body, re.MULTILINE):
            raise BundleError(f"static/js/{name}.js: only named imports of own modules and named exports can be joined")
        parts.append(f"modules.{name} = (() => {{\n{body}return {{ {exported} }};\n}})();\n")
    return inline("".join(parts) + "})();\n", "static/js")


@cache
def engine() -> str:
    """vis-network with its licence notice.

    Raises:
        BundleError: The installed pyvis does not have it where version 0.3.2 does.
    """
    for path in ENGINES:
        where = files("pyvis") / path
        if where.is_file():
            return inline(where.read_text(encoding="utf-8"), "vis-network")
    raise BundleError("pyvis: vis-network 9.1.2 is not in the installed package; install pyvis 0.3.2")


@cache
def static(name: str) -> str:
    return (files("kg.view") / "static" / name).read_text(encoding="utf-8")


def inline(text: str, origin: str) -> str:
    """The text if it may stand in a script element.

    Raises:
        BundleError: It would end the element.
    """
    if re.search(r"</script|<!--", text, re.IGNORECASE):
        raise BundleError(f"{origin}: has </script or <!--, which cannot stand in a page")
    return text


def source_hash(text: str) -> str:
    """As a content security policy names an inline script or style."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _module(name: str) -> str:
    return static(f"js/{name}.js")


def _visit(name: str, order: list[str], above: tuple[str, ...]) -> None:
    if name in above:
        raise BundleError(f"static/js: {' → '.join((*above, name))} import each other in a circle")
    if name in order:
        return
    for _, other in IMPORT.findall(_module(name)):
        _visit(other, order, (*above, name))
    order.append(name)
