"""What is written is read back, by the libraries that people read it with."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import networkx as nx
import pytest

from kg.errors import InputError
from kg.export.graphs import KINDS, write
from kg.graph import build, collapse, pairs, rolled_up
from tests.store.suite import story
from tests.store.world import article, claim

NASTY = 'a\x00b \x0b "quoted", <tag> & «Ḥizb» 🇹🇷\nnew line'


def graphs() -> dict[str, nx.Graph[str]]:
    a = article("z")
    whole = build([*story(), (a, [claim(a, "TUR OPPOSES YPG", sentence=NASTY)])])
    return {"statements": whole, "rolled up": rolled_up(whole), "collapsed": collapse(whole), "pairs": pairs(whole)}


GRAPHS = graphs()


def plain(graph: nx.Graph[str]) -> tuple[list[object], list[object]]:
    """Nodes and edges without their keys, which not every format keeps."""
    nodes = sorted((n, sorted(d.items())) for n, d in graph.nodes(data=True))
    ends = (tuple(e) if graph.is_directed() else tuple(sorted(e)) for e in ((a, b) for a, b in graph.edges()))
    edges = sorted((e, sorted(d.items())) for e, (_, _, d) in zip(ends, graph.edges(data=True), strict=True))
    return nodes, edges


def expected(graph: nx.Graph[str], *, xml: bool) -> nx.Graph[str]:
    named = graph.copy()
    for n, d in named.nodes(data=True):
        d["label"] = d["name"] or n
    if xml:
        for _, _, d in named.edges(data=True):
            if "sentence" in d:
                d["sentence"] = d["sentence"].replace("\x00", "\ufffd").replace("\x0b", "\ufffd")
    return named


@pytest.mark.parametrize("name", GRAPHS)
def test_graphml(name: str, tmp_path: Path) -> None:
    (path,) = write(GRAPHS[name], tmp_path / "g.graphml")
    back = nx.read_graphml(path, force_multigraph=GRAPHS[name].is_multigraph())
    for _, d in back.nodes(data=True):
        for key in ("aliases", "sector", "wikidata"):
            d.setdefault(key, "")
    for _, _, d in back.edges(data=True):
        d.pop("id", None)
    assert plain(_filled(back, GRAPHS[name])) == plain(expected(GRAPHS[name], xml=True))


@pytest.mark.parametrize("name", GRAPHS)
def test_gexf(name: str, tmp_path: Path) -> None:
    (path,) = write(GRAPHS[name], tmp_path / "g.gexf")
    back = nx.read_gexf(path)
    if GRAPHS[name].is_multigraph():
        back = nx.MultiDiGraph(back)
    for _, _, d in back.edges(data=True):
        d.pop("id", None)
    assert plain(_filled(back, GRAPHS[name])) == plain(expected(GRAPHS[name], xml=True))


@pytest.mark.parametrize("name", GRAPHS)
def test_json(name: str, tmp_path: Path) -> None:
    (path,) = write(GRAPHS[name], tmp_path / "g.json")
    back = nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")
    assert dict(back.edges) == dict(expected(GRAPHS[name], xml=False).edges)
    assert dict(back.nodes) == dict(expected(GRAPHS[name], xml=False).nodes)


@pytest.mark.parametrize("name", GRAPHS)
def test_csv(name: str, tmp_path: Path) -> None:
    nodes, edges = write(GRAPHS[name], tmp_path / "g.csv")
    assert (nodes.name, edges.name) == ("g-nodes.csv", "g-edges.csv")
    with nodes.open(encoding="utf-8", newline="") as f:
        back = {row["Id"]: row for row in csv.DictReader(f)}
    assert {n: row["Label"] for n, row in back.items()} == {n: d["name"] for n, d in GRAPHS[name].nodes(data=True)}
    with edges.open(encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    told = [{k: str(v) for k, v in d.items()} for _, _, d in GRAPHS[name].edges(data=True)]
    assert [{k: v for k, v in row.items() if k not in ("Source", "Target", "Type")} for row in rows] == told


def test_the_format_is_the_ending_unless_said(tmp_path: Path) -> None:
    graph = GRAPHS["pairs"]
    assert write(graph, tmp_path / "out.dat", "gexf") == [tmp_path / "out.dat"]
    with pytest.raises(InputError, match="no graph format is called 'dot'; there are graphml, gexf, csv, json"):
        write(graph, tmp_path / "out.dot")
    assert set(KINDS) == {"graphml", "gexf", "csv", "json"}


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"choose a place that can be written"):
        write(GRAPHS["pairs"], tmp_path / "file" / "g.json")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def _filled(back: nx.Graph[str], graph: nx.Graph[str]) -> nx.Graph[str]:
    """Empty texts, which XML readers leave out."""
    for n, d in back.nodes(data=True):
        for key in graph.nodes[n]:
            d.setdefault(key, "")
    keys = {key for _, _, d in graph.edges(data=True) for key in d}
    for _, _, d in back.edges(data=True):
        for key in keys:
            d.setdefault(key, "")
    return back
