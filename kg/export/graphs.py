"""Graphs of :mod:`kg.graph` as files: GraphML and GEXF for Gephi, CSV for spreadsheets and pandas, JSON for scripts.

A file is there whole or not at all. Nodes carry ``label``, their name, for programs that draw.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import networkx as nx

from kg.errors import InputError

if TYPE_CHECKING:
    Graph: TypeAlias = nx.Graph[str]

# What XML 1.0 cannot hold; a stray control character in a sentence would make the file unreadable.
NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(graph: Graph, path: Path, kind: str = "") -> list[Path]:
    """Write a graph; the kind is the name's ending unless given. CSV makes two files, of nodes and of edges.

    Returns:
        The files written.

    Raises:
        InputError: An unknown kind, or a file that cannot be written.
    """
    kind = (kind or path.suffix.removeprefix(".")).lower()
    if kind not in KINDS:
        raise InputError(f"{path}: no graph format is called {kind!r}; there are {', '.join(KINDS)}")
    files = KINDS[kind](_labelled(graph), path)
    try:
        for name, content in files.items():
            part = name.with_name(f"{name.name}.{os.getpid()}.part")
            part.write_bytes(content)
            part.replace(name)
    except OSError as e:
        raise InputError(f"{path}: {e.strerror or e}; choose a place that can be written") from e
    return list(files)


def graphml(graph: Graph, path: Path) -> dict[Path, bytes]:
    out = io.BytesIO()
    nx.write_graphml(_for_xml(graph), out, named_key_ids=True)
    return {path: out.getvalue()}


def gexf(graph: Graph, path: Path) -> dict[Path, bytes]:
    out = io.BytesIO()
    nx.write_gexf(_for_xml(graph), out, version="1.2draft")
    return {path: out.getvalue()}


def node_link(graph: Graph, path: Path) -> dict[Path, bytes]:
    """As :func:`networkx.node_link_graph` reads it."""
    data = nx.node_link_data(graph, edges="edges")
    return {path: (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()}


def tables(graph: Graph, path: Path) -> dict[Path, bytes]:
    """``NAME-nodes.csv`` with a column ``Id``, ``NAME-edges.csv`` with ``Source`` and ``Target``, as Gephi wants it."""
    kind = "Directed" if graph.is_directed() else "Undirected"
    nodes = [{"Id": n, "Label": data.get("label", n), **data} for n, data in graph.nodes(data=True)]
    edges = [{"Source": a, "Target": b, "Type": kind, **data} for a, b, data in graph.edges(data=True)]
    return {
        path.with_name(f"{path.stem}-nodes.csv"): _csv(("Id", "Label"), nodes),
        path.with_name(f"{path.stem}-edges.csv"): _csv(("Source", "Target", "Type"), edges),
    }


KINDS: Final[dict[str, Callable[[Any, Path], dict[Path, bytes]]]] = {
    "graphml": graphml,
    "gexf": gexf,
    "csv": tables,
    "json": node_link,
}


def _labelled(graph: Graph) -> Graph:
    named = graph.copy()
    for node, data in named.nodes(data=True):
        data["label"] = data.get("name") or node
    return named


def _for_xml(graph: Graph) -> Graph:
    clean = graph.copy()
    for data in (*(d for _, d in clean.nodes(data=True)), *(d for _, _, d in clean.edges(data=True))):
        for key, value in data.items():
            if isinstance(value, str):
                data[key] = NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value)
    return clean


def _csv(first: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> bytes:
    rows = list(rows)
    columns = [*first, *sorted({key for row in rows for key in row} - {*first, "label"})]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
