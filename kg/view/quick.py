"""A small interactive graph through pyvis, made safe: for notebooks and quick looks at up to some 150 actors.

pyvis 0.3.2 runs script out of its heading, out of node ids when its menus are on, and out of every title once one of
them contains "href". So: no heading, no menus, ids are hashes, titles are plain text in which nothing can be markup,
places are given and physics is off, and what its template loads from other hosts is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import networkx as nx

from kg.model import Statement, digest
from kg.ontology import relations
from kg.view.bundle import source_hash
from kg.view.data import first_places, numbered_blocs
from kg.view.model import Cell, Pair, side
from kg.view.page import write_whole
from kg.view.reduce import cells, pairs_of, reduce

if TYPE_CHECKING:
    Graph: TypeAlias = nx.Graph[Any] | nx.MultiDiGraph[Any]

MOST: Final = 150
HEIGHT: Final = 560
COLOURS: Final = {"friendly": "#0060A8", "hostile": "#B84A00", "mixed": "#7A5640", "neutral": "#7D868E"}
BLOCS: Final = ("#2b7a78", "#8a4f9e", "#8a7a1f", "#b0446f", "#4f7d34", "#7a5640", "#3f7f9c", "#5d5a94")
SHAPES: Final = {
    "State": "square",
    "ArmedGroup": "triangle",
    "Person": "dot",
    "Organization": "diamond",
    "IGO": "hexagon",
    "Party": "star",
    "Military": "triangleDown",
}
# What pyvis's template has besides its own inlined parts: scripts and styles of other hosts, and an empty heading.
FOREIGN: Final = re.compile(
    r"<link\b[^>]*>|<script\b[^>]*\bsrc=[^>]*>\s*</script>|<center>\s*<h1>.*?</h1>\s*</center>|<!--.*?-->", re.DOTALL
)


class Shown(str):
    """A page that a notebook shows in a frame of its own, where it can reach neither the notebook nor the network."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return (
            f'<iframe title="Graph" sandbox="allow-scripts" style="width:100%;height:{HEIGHT + 20}px;border:0" '
            f'srcdoc="{escape(self)}"></iframe>'
        )


def show(graph: Graph | Iterable[Statement]) -> Shown:
    """A graph, or statements, for a notebook; the last expression of a cell draws it.

    Args:
        graph: As ``kg.graph`` makes one, of statements, collapsed or of pairs; or statements, counted by sides.
    """
    pairs, about = _counted(graph)
    return Shown(_page(pairs, about))


def write_quick(statements: Iterable[Statement], path: Path) -> None:
    """The same as a file.

    Raises:
        InputError: The file cannot be written.
    """
    write_whole(path, show(statements))


def _counted(
    graph: Graph | Iterable[Statement],
) -> tuple[dict[tuple[str, str], Pair], dict[str, tuple[str, str]]]:
    """Pairs, and the name and type of each actor."""
    if isinstance(graph, nx.Graph):
        about = {str(i): (str(d.get("name", i)), str(d.get("type", ""))) for i, d in graph.nodes(data=True)}
        if isinstance(graph, nx.MultiDiGraph):
            return pairs_of(_cells_of(graph)), about
        return {p.ends: p for a, b, d in graph.edges(data=True) for p in [_pair(str(a), str(b), d)]}, about
    some = list(graph)
    ends = (side(m.actor) for s in some for m in (s.source, s.target))
    return pairs_of(cells(some)), {a.id: (a.name, str(a.type)) for a in ends}


def _cells_of(graph: nx.MultiDiGraph[Any]) -> Iterable[Cell]:
    """Edges of statements that stand, or of several statements each."""
    for a, b, key, data in graph.edges(keys=True, data=True):
        relation, count = str(data.get("relation", key)), int(data.get("statements", 1))
        if a != b and count and data.get("stands", True) and relation in relations():
            first, last = (str(data.get(k) or "") for k in ("first", "last"))
            yield Cell(str(a), str(b), relation, True, count, first, last, float(data.get("confidence", 1.0)))


def _pair(a: str, b: str, data: Mapping[str, Any]) -> Pair:
    """An edge that says how friendly and how hostile two actors are; every statement weighs alike."""
    friendly, hostile, neutral = (int(data.get(k, 0)) for k in ("friendly", "hostile", "neutral"))
    return Pair(min(a, b), max(a, b), friendly, hostile, neutral, plus=friendly, minus=hostile)


def _page(pairs: Mapping[tuple[str, str], Pair], about: Mapping[str, tuple[str, str]]) -> str:
    from pyvis.network import Network  # noqa: PLC0415 - brings IPython along, which the main page does without

    view = reduce(pairs, MOST, 4 * MOST)
    groups = numbered_blocs(pairs)
    names = {i: about.get(i, (i, ""))[0] for i in view.ids}
    places = first_places(view, groups, names)
    net = Network(height=f"{HEIGHT}px", width="100%", cdn_resources="in_line", select_menu=False, filter_menu=False)
    for n, actor in enumerate(view.ids):
        bloc = groups.get(actor, -1)
        net.add_node(
            _hidden(actor),
            label=_plain(names[actor]),
            title=_plain(f"{names[actor]} ({about.get(actor, ('', ''))[1]})"),
            shape=SHAPES.get(about.get(actor, ("", ""))[1], "dot"),
            color=BLOCS[bloc] if 0 <= bloc < len(BLOCS) else "#57616b",
            size=22 - min(14, n // 3),
            font={"size": 19, "strokeWidth": 4, "strokeColor": "#ffffff"},
            x=places[actor][0],
            y=places[actor][1],
            physics=False,
        )
    for p in view.shown:
        net.add_edge(
            _hidden(p.a),
            _hidden(p.b),
            title=_plain(
                f"{names[p.a]} - {names[p.b]}: {p.friendly} friendly, {p.hostile} hostile, {p.neutral} neutral"
            ),
            color=COLOURS[p.kind],
            dashes=p.kind in ("hostile", "mixed"),
            width=1 + min(5, p.statements.bit_length()),
        )
    net.toggle_physics(False)
    net.options.edges.smooth.enabled = False
    return _closed(net.generate_html(notebook=False))


def _hidden(actor: str) -> str:
    """An id that means nothing to a browser."""
    return digest(actor)


def _plain(text: str) -> str:
    """Text in which no reader of any kind finds markup, and no ``href`` by which pyvis takes titles for markup."""
    return re.sub(r"(?i)href", "h·ref", text.translate({ord("<"): "‹", ord(">"): "›", ord("&"): "＆"}))


def _closed(page: str) -> str:
    """Without anything of other hosts, and with a policy that lets only its own scripts run."""
    kept = FOREIGN.sub("", page)
    scripts = re.findall(r"<script\b[^>]*>(.*?)</script>", kept, re.DOTALL)
    rule = (
        f"default-src 'none'; script-src {' '.join(map(source_hash, scripts))}; style-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{rule}"><title>Graph</title>'
    return kept.replace("<html>", '<!doctype html>\n<html lang="en">', 1).replace(
        '<meta charset="utf-8">', f'<meta charset="utf-8">{meta}', 1
    )
