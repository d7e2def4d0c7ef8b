"""Runs: read from TOML, performed, and held to what they assert."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.errors import PipelineError
from kg.places import packaged
from kg.run import COMPILED, Outcome, failures, open_catalogue, open_graph, perform
from kg.runfile import Assert, Extract, Read, Render, Run, Store, load_run
from kg.store import embedded
from kg.store.recall import recall
from kg.summary import Summary, triple
from tests.store.world import article, claim

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT.parent / "shared" / "seeds" / "tillerson-turkey-2018.txt"

WHOLE = """
[read]
articles = ["in", "/abs/a.txt", "-"]
publisher = "Desk"
published = 2018-02-16

[extract]
actors = ["own"]
judgements = "judged.jsonl"
min_confidence = 1

[store]
directory = "out/store"
query = "RETURN 1"

[render]
page = "out/page.html"
title = "Page"

[assert]
articles = 1
statements = 2
edges = ["Turkey OPPOSES United States"]
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    directory = tmp_path_factory.mktemp("graph")
    yield directory
    embedded.stop(directory)


@pytest.fixture
def empty(graph: Path) -> Path:
    with open_graph(graph) as opened:
        opened.query("MATCH (n) DETACH DELETE n", write=True)
    return graph


def read(tmp_path: Path, text: str) -> Run:
    path = tmp_path / "run.toml"
    path.write_text(text, encoding="utf-8")
    return load_run(path)


def performed(run: Run) -> tuple[Outcome, list[str], list[str]]:
    """A run's outcome, what it said it was doing, and what it skipped."""
    stages: list[str] = []
    skipped: list[str] = []
    done = perform(run, told=lambda stage, steps, total: stages.append(stage), skipped=skipped.append)
    return done, stages, skipped


def test_a_whole_file(tmp_path: Path) -> None:
    run = read(tmp_path, WHOLE)
    assert run.read == Read((str(tmp_path / "in"), "/abs/a.txt", "-"), "Desk", date(2018, 2, 16))
    assert run.extract == Extract((tmp_path / "own",), tmp_path / "judged.jsonl", 1.0)
    assert run.store == Store(Path("out/store"), "RETURN 1"), "what is written is put where the run is started"
    assert run.render == Render(Path("out/page.html"), "Page")
    assert run.asserts == Assert(1, 2, ("Turkey OPPOSES United States",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[reed]", "run.toml: unknown key 'reed'; did you mean 'read'?"),
        ('[read]\narticle = ["a"]', "run.toml: [read]: unknown key 'article'; did you mean 'articles'?"),
        ('[store]\nuri = "bolt://x"', "[store]: unknown key 'uri'; the keys are directory, query"),
        ("[store]", "[read] articles is missing"),
        ('[read]\narticles = "a"', "[read] articles is 'a'; it wants a list of texts"),
        ('[read]\narticles = ["a"]\npublished = "2018-02-16"', "it wants a date without quotes, such as 2018-02-16"),
        ('[read]\narticles = ["a"]\n[assert]\narticles = 1.5', "[assert] articles is 1.5; it wants a whole number"),
        ('[read]\narticles = ["a"]\n[assert]\narticles = true', "[assert] articles is True; it wants a whole number"),
        ('[read]\narticles = ["a"]\n[assert]\nedges = ["A HATES B"]', "'A HATES B' is not an edge"),
        ("read = 1", "'read' is a section; write [read]"),
        ("[read", "run.toml: "),
    ],
)
def test_a_mistake_in_a_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(PipelineError) as e:
        read(tmp_path, text)
    assert said in str(e.value)
    assert "run.toml" in str(e.value)


@pytest.mark.parametrize("path", sorted(packaged("pipelines").glob("*.toml")), ids=lambda p: p.stem)
def test_the_pipelines_shipped_are_sound(path: Path) -> None:
    assert load_run(path).name == path.stem


def test_a_run_reads_extracts_stores_and_renders(tmp_path: Path, empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Date: 2018-02-16\n\nTurkey opposes YPG. Russia bombed Syria.")
    (tmp_path / "in" / "b.txt").write_text("")
    run = Run(
        "test",
        Read((str(tmp_path / "in"),)),
        Extract(judgements=tmp_path / "judgements.jsonl"),
        Store(empty, "MATCH (:Actor {id: 'TUR'})-[r]->(b:Actor) RETURN b.id AS b"),
        Render(Path("out/page.html"), "A <b>title</b>"),
        Assert(1, 2, ("Turkey OPPOSES YPG", "YPG OPPOSES Turkey", "RUS ATTACKS SYR")),
    )
    done, stages, skipped = performed(run)
    assert (done.summary.articles, done.skipped, done.loaded.articles) == (1, 1, 1)
    assert len(skipped) == 1
    assert "b.txt" in skipped[0]
    assert stages == ["extracting", "drawing"]
    assert done.answer
    assert done.answer.rows == [("YPG",)]
    page = (tmp_path / "out" / "page.html").read_text(encoding="utf-8")
    assert "A &lt;b&gt;title" in page
    assert "Turkey opposes YPG." in page


def test_a_run_that_falls_short_says_by_how_much(tmp_path: Path, empty: Path) -> None:
    (tmp_path / "a.txt").write_text("Date: 2018-02-16\n\nTurkey opposes YPG.")
    run = Run("test", Read((str(tmp_path / "a.txt"),)), store=Store(empty), asserts=Assert(3, 0, ("USA OPPOSES TUR",)))
    with pytest.raises(PipelineError) as e:
        performed(run)
    assert str(e.value) == "test: asserts 3 articles, found 1; asserts 'USA OPPOSES TUR', which no statement says"


def test_a_rerun_leaves_nothing_stale(tmp_path: Path, empty: Path) -> None:
    path = tmp_path / "a.jsonl"
    for text in ("Turkey opposes YPG.", "Nobody came."):
        path.write_text(json.dumps({"id": "a", "published": "2018-02-16", "text": text}))
        performed(Run("test", Read((str(path),)), store=Store(empty)))
    with open_graph(empty) as opened:
        assert [(a.id, some) for a, some in recall(opened)] == [("a", [])]


def test_near_copies_are_one_source(tmp_path: Path, empty: Path) -> None:
    text = "Turkey opposes YPG, a Kurdish force in Syria, and has said so for many years to everybody who would listen."
    rows = [
        {"id": p, "publisher": p, "published": f"2018-02-1{n}", "text": text} for n, p in enumerate(("Agency", "Daily"))
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))
    performed(Run("test", Read((str(path),)), store=Store(empty)))
    with open_graph(empty) as opened:
        [edge] = opened.read("MATCH (:Actor {id: 'TUR'})-[r:OPPOSES]->(:Actor {id: 'YPG'}) RETURN r.articles AS n")
        assert edge == {"n": 1}
        assert [a.copy_of for a, _ in recall(opened)] == ["", "Agency"]


def test_unsure_statements_are_left_out(tmp_path: Path, empty: Path) -> None:
    (tmp_path / "a.txt").write_text("Turkey opposes YPG.")
    run = Run("test", Read((str(tmp_path / "a.txt"),)), Extract(min_confidence=1.0), Store(empty))
    assert performed(run)[0].summary.statements == 0


def test_a_summary() -> None:
    summary = Summary()
    one = article()
    told = ["TUR ATTACKS YPG", "TUR-MIL ATTACKS YPG", "USA AIDS YPG", "USA CONSULTS TUR", "TUR ACCUSES USA"]
    summary.add([claim(one, t, at=n) for n, t in enumerate(told)])
    summary.add([claim(one, "RUS ATTACKS SYR", polarity="negated"), claim(one, "USA ATTACKS SYR", modality="possible")])
    assert (summary.articles, summary.statements) == (2, 7)
    assert [(p.ends, p.hostile) for p in summary.strongest(-1)] == [(("TUR", "YPG"), 2), (("TUR", "USA"), 1)]
    assert [p.ends for p in summary.strongest(1)] == [("USA", "YPG")]
    assert [p.ends for p in summary.strongest(-1, 1)] == [("TUR", "YPG")]
    assert summary.has("Turkey CONSULTS United States"), "a symmetric relation holds either way"
    assert summary.has("TUR-MIL ATTACKS YPG")
    assert not summary.has("YPG ATTACKS Turkey")
    assert not summary.has("Russia ATTACKS Syria"), "a denial is no edge"
    assert failures(Run("x", asserts=Assert(2, 7)), summary) == []


def test_edges_in_words() -> None:
    assert triple("United States AIDS Syrian Democratic Forces") == (
        "United States",
        "AIDS",
        "Syrian Democratic Forces",
    )
    for bad in ("", "AIDS", "Turkey AIDS", "AIDS Turkey", "Turkey helps YPG"):
        with pytest.raises(ValueError, match="not an edge"):
            triple(bad)


def test_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = load_run(packaged("pipelines") / "demo.toml")
    try:
        done, _, skipped = performed(run)
    finally:
        embedded.stop(tmp_path / "out" / "demo-store")
    assert not skipped
    assert done.answer
    assert done.answer.rows
    assert len(done.summary.strongest(1)) == len(done.summary.strongest(-1)) == 3
    assert (tmp_path / "out" / "demo.html").stat().st_size > 100_000


@pytest.mark.skipif(not SEED.exists() and not os.environ.get("CI"), reason="the shared article is not there")
def test_the_seed_article(empty: Path) -> None:
    run = Run("seed", Read((str(SEED),), published=date(2018, 2, 16)), store=Store(empty))
    performed(run)
    with open_graph(empty) as opened:
        [(_, statements)] = recall(opened)

    def side(actor: Any) -> str:
        return str((actor.principal or actor).id)

    found = {(side(s.source.actor), s.relation, side(s.target.actor)) for s in statements}
    assert found & {("TUR", "OPPOSES", "USA"), ("USA", "OPPOSES", "TUR")}
    assert any(
        s.source.actor.id == "TUR-MIL" and s.target.actor.id in ("YPG", "KURDS") and s.relation == "ATTACKS"
        for s in statements
    )
    assert any("Tillerson" in a.name for s in statements for a in s.attribution)


def test_compiled_catalogues_do_not_pile_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept = tmp_path / "kg"
    kept.mkdir()
    for n in range(12):
        old = kept / f"actors-{n}.json"
        old.write_text("{}")
        os.utime(old, (n, n))
    open_catalogue()
    left = {p.name for p in kept.iterdir()}
    assert len(left) == COMPILED
    assert "actors-4.json" not in left
    assert "actors-5.json" in left


def test_a_catalogue_needs_no_place_to_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert "TUR" in open_catalogue()
