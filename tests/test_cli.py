"""The command line: what it prints, how it ends, what it does not load."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import urlopen

import pytest
from typer.main import get_command

from kg import cli
from kg.actors import ledger
from kg.actors.judgements import Judgements
from kg.cli.app import app
from kg.cli.bench import _measures
from kg.errors import StoreError
from kg.events import relation_of
from kg.model import ActorType
from kg.record import dump
from kg.run import open_graph
from kg.store import embedded
from kg.store.recall import recall
from tests.store.world import article, claim

ROOT = Path(__file__).resolve().parents[1]
TEXT = "Turkey opposes YPG. NATO was not condemned by Russia, Lavrov said."


class Ended(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Run a command in this process, in an empty directory."""
    for name in ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("USER", "ana")
    monkeypatch.chdir(tmp_path)

    def run(*words: str | Path, stdin: str = "") -> Ended:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        capsys.readouterr()
        code: Any = 0
        try:
            cli.main()
        except SystemExit as e:
            code = e.code or 0
        return Ended(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The directory of a graph that commands share; each test fills it anew."""
    directory = tmp_path_factory.mktemp("graph")
    yield directory
    embedded.stop(directory)


@pytest.fixture
def filled(graph: Path, tmp_path: Path) -> Path:
    """The graph with two articles in it."""
    one, two = article("a1"), article("a2", "Daily")
    items = [
        (one, [claim(one, "TUR OPPOSES YPG"), claim(one, "TUR ATTACKS ~fighters", at=1, by=("PER-TILLERSON",))]),
        (two, [claim(two, "USA AIDS YPG"), claim(two, "TUR OPPOSES YPG", at=1, polarity="negated")]),
    ]
    with open_graph(graph) as opened:
        opened.query("MATCH (n) DETACH DELETE n", write=True)
        ledger.load(opened, items, Judgements.read(tmp_path / "none.jsonl"))
    return graph


def commands() -> Iterator[tuple[str, Any]]:
    """Every command with its full name."""

    def walk(name: str, command: Any) -> Iterator[tuple[str, Any]]:
        inner = getattr(command, "commands", None)
        if inner is None:
            yield name, command
            return
        for word, child in inner.items():
            yield from walk(f"{name} {word}".strip(), child)

    yield from walk("", get_command(app))


COMMANDS = dict(commands())
SPECIFIED = """demo init ingest extract build load query shell ask explain diff review view serve
export import run doctor eval.extraction eval.actors bench.extract bench.actors bench.store
actors.resolve actors.show actors.unlinked actors.merge actors.split actors.rename actors.undo actors.check"""


def test_every_specified_command_is_there() -> None:
    assert not {name.replace(".", " ") for name in SPECIFIED.split()} - set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does_and_shows_how(kg: Any, name: str) -> None:
    done = kg(*name.split(), "--help")
    assert done.code == 0
    assert "Example:" in done.out
    assert f"kg {name}" in done.out.split("Example:")[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_its_options_are_documented(name: str) -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    sections = re.split(r"^##+ ", text, flags=re.MULTILINE)
    section = next((s for s in sections if s.startswith(f"`kg {name}`")), "")
    assert section, f"docs/commands.md has no section `kg {name}`"
    options = {o for p in COMMANDS[name].params for o in p.opts if o.startswith("--")} - {"--help"}
    assert not {o for o in options if o not in section}, "options that the section does not name"


@pytest.mark.parametrize("words", ["--help", "query --help", "actors --help", "query RETURN+1", "ask", "doctor --help"])
def test_nothing_heavy_is_loaded(words: str) -> None:
    """``kg query`` may load the driver; it never loads the parser, the graph library or the page reader."""
    code = f"""
import sys
sys.argv = ["kg", *{[w.replace("+", " ") for w in words.split()]!r}]
from kg.cli import main
try:
    main()
except SystemExit:
    pass
print("LOADED", [m for m in ("spacy", "networkx", "trafilatura", "pyvis", "numpy.linalg") if m in sys.modules])
"""
    env = {**os.environ, "NEO4J_URI": "bolt://127.0.0.1:1"}
    done = subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = done.stdout.split("LOADED")[1]
    assert "spacy" not in loaded
    assert "networkx" not in loaded
    assert "trafilatura" not in loaded


# -- articles in, statements out --------------------------------------------------------------------------------------


def test_extract_prints_the_contract(kg: Any) -> None:
    done = kg("extract", "--format", "jsonl", "--published", "2018-02-16", "--publisher", "Desk", stdin=TEXT)
    assert done.code == 0
    rows = [json.loads(line) for line in done.out.splitlines()]
    said = [f"{r['source']['name']} {r['relation']} {r['target']['name']} {r['polarity']}" for r in rows]
    assert "Turkey OPPOSES YPG affirmed" in said
    assert "Russia ACCUSES NATO negated" in said
    for row in rows:
        for span in (row["sentence"], row["trigger"], row["source"]["mention"], row["target"]["mention"]):
            assert TEXT[span["start"] : span["end"]] == span["text"]
        assert row["article"]["published"] == "2018-02-16"
        assert row["article"]["publisher"] == "Desk"
    assert "statements in 1 article" in done.err


def test_extract_leaves_out_what_is_not_sure(kg: Any) -> None:
    done = kg("extract", "--format", "jsonl", "--min-confidence", "1.0", stdin=TEXT)
    assert (done.code, done.out) == (0, "")


def test_extract_for_people(kg: Any) -> None:
    done = kg("extract", "-", stdin=TEXT)
    assert "Russia ACCUSES NATO (negated, said by Sergei Lavrov)" in done.out


def test_own_actors_come_over_the_catalogue(kg: Any, tmp_path: Path) -> None:
    own = tmp_path / "actors"
    own.mkdir()
    (own / "own.toml").write_text('[[actor]]\nid = "ORVAN"\nname = "Orvan Front"\ntype = "ArmedGroup"\n')
    done = kg("extract", "--format", "jsonl", "--actors", own, stdin="Turkey opposes the Orvan Front.")
    assert [json.loads(line)["target"]["id"] for line in done.out.splitlines()] == ["ORVAN"]


def test_ingest_writes_articles_whole_or_not_at_all(kg: Any, tmp_path: Path) -> None:
    done = kg("ingest", "-", "-o", "articles.jsonl", "--published", "2018-02-16", stdin=TEXT)
    assert done.code == 0
    [row] = [json.loads(line) for line in (tmp_path / "articles.jsonl").read_text().splitlines()]
    assert (row["text"], row["published"]) == (TEXT, "2018-02-16")
    bad = kg("ingest", "-", "-o", "other.jsonl", stdin="")
    assert bad.code == 2
    assert [p.name for p in tmp_path.iterdir()] == ["articles.jsonl"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["extract", "missing.txt"], 2, "missing.txt: no such file or directory"),
        (["extract", "--published", "16 Feb", "-"], 2, "--published '16 Feb' is not a date; write it as 2018-02-16"),
        (["extract", "--actors", "nowhere", "-"], 2, "nowhere: no such directory of actors"),
        (["load", "missing.jsonl"], 2, "missing.jsonl: no such file"),
        (["run", "missing.toml"], 2, "missing.toml: no such file"),
        (["query", "RETURN 1", "-p", "x"], 2, "-p 'x': write it as NAME=VALUE"),
        (["query", "RETURN 1", "--json", "--csv"], 2, "--json and --csv exclude each other"),
        (["explain"], 2, "name an edge (A RELATION B), or give --text"),
        (["review", "0f3a", "dubious"], 2, "a statement is wrong or right, not 'dubious'"),
        (["actors", "show", "Lavrof"], 2, "nobody in the catalogue is called 'Lavrof'"),
        (["actors", "retype", "TUR", "Sect", "--no-graph"], 2, "type 'Sect' is not one of State"),
        (["actors", "undo", "--no-graph"], 2, "there is nothing to undo"),
        (["eval", "extraction", "missing.gold"], 2, "missing.gold: cannot be read"),
        (["ask", "opposed"], 2, "no question is called 'opposed'; did you mean 'opposes'?"),
    ],
)
def test_a_mistake_is_one_line_with_its_mend(kg: Any, words: list[str], code: int, said: str) -> None:
    done = kg(*words, stdin=TEXT)
    assert done.code == code
    assert done.out == ""
    assert said.lower() in done.err.lower()
    assert done.err.count("\n") == 1, done.err
    assert done.err.startswith("kg: ")


def test_an_unknown_command_is_refused(kg: Any) -> None:
    assert kg("extrakt").code == 2


def test_no_server_at_the_address(kg: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    done = kg("query", "RETURN 1")
    assert done.code == 1
    assert "no answer from bolt://127.0.0.1:1" in done.err
    assert done.err.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is Linux's")
def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"text": f"Text {n}.", "published": "2018-02-16"}) + "\n" for n in range(200)))
    with Path("/dev/full").open("w") as full:
        done = _process("ingest", path, stdout=full)
    assert done.returncode == 1
    assert (
        done.stderr == "kg: no space left on the disk; free some, then run this again: nothing half-written is left\n"
    )


def test_a_reader_that_has_had_enough_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"text": f"Text {n}.", "published": "2018-02-16"}) + "\n" for n in range(5000)))
    code = "from kg.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "ingest", str(path)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as p:
        assert p.stdout
        assert p.stderr
        p.stdout.readline()
        p.stdout.close()
        assert p.stderr.read() == b""


def _process(*words: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    code = "from kg.cli import main; main()"
    more = {"stdout": subprocess.PIPE, **more}
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, words)], cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False, **more
    )


# -- whole runs -------------------------------------------------------------------------------------------------------


def test_a_place_of_ones_own(kg: Any, tmp_path: Path) -> None:
    """``kg init``, then ``kg run``: what the README tells a newcomer to do."""
    assert kg("init").code == 0
    try:
        done = kg("run", "run.toml", "--json")
        assert done.code == 0, done.err
        row = json.loads(done.out)
        assert (row["articles"], row["page"]) == (1, "graph.html")
        assert row["relations"]["CONSULTS"] == 1
        assert ["Russia", "Turkey"] in [pair[:2] for pair in row["friendships"]]
        assert (tmp_path / "graph.html").exists()
        again = kg("init")
        assert again.code == 2
        assert "run.toml is there already" in again.err
    finally:
        embedded.stop(tmp_path / "graph")


def test_build_prints_what_it_found(kg: Any, graph: Path, tmp_path: Path) -> None:
    done = kg("build", "-", "--published", "2018-02-16", "-o", "a.html", "--store", graph, stdin=TEXT)
    assert done.code == 0
    assert "1 article, 2 statements, 4 actors" in done.out
    assert re.search(r"OPPOSES +1", done.out)
    assert "strongest hostilities" in done.out
    assert "page   a.html" in done.out
    assert "Turkey opposes YPG." in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_a_bad_article_leaves_nothing(kg: Any, graph: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x7fELF\x00\x01")
    done = kg("build", "a.txt", "-o", "a.html", "--store", graph)
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_the_page_of_a_graph(kg: Any, filled: Path, tmp_path: Path) -> None:
    assert "actors" in kg("view", "-o", "g.html", "--store", filled).err
    assert "Content-Security-Policy" in (tmp_path / "g.html").read_text(encoding="utf-8")
    assert kg("view", "--quick", "-o", "q.html", "--store", filled).code == 0
    assert "vis" in (tmp_path / "q.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_page_is_served_until_it_is_stopped(filled: Path, how: signal.Signals) -> None:
    code = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); from kg.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "serve", "--port", "0", "--store", str(filled)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as p:  # fmt: skip
        assert p.stdout
        try:
            url = p.stdout.readline().strip()
            with urlopen(url) as answer:
                assert b"<html" in answer.read()
            p.send_signal(how)
            _, err = p.communicate(timeout=30)
        finally:
            p.kill()
    assert (p.returncode, err) == (0, "stopped\n")


def test_extraction_is_scored_and_held_to_a_baseline(kg: Any, tmp_path: Path) -> None:
    (tmp_path / "a.gold").write_text(
        "# a | 2018-02-16 | A\nS: Turkey opposes YPG.\n+ Turkey | OPPOSES | YPG\nS: Nobody came.\n"
    )
    words = ["eval", "extraction", "a.gold"]
    first = kg(*words, "--write-baseline", "b.json", "--html", "e.html")
    assert first.code == 0
    assert re.search(r"a +triple +1\.000 +1\.000 +1\.000", first.out)
    assert (tmp_path / "e.html").exists()
    assert kg(*words, "--baseline", "b.json").code == 0
    gold = (tmp_path / "a.gold").read_text()
    (tmp_path / "a.gold").write_text(gold + "+ Russia | ATTACKS | Syria\n")
    fallen = kg(*words, "--baseline", "b.json", "--json")
    assert fallen.code == 1
    assert "triple F1 was 1.0000, is 0.6667" in fallen.err
    assert json.loads(fallen.out)["registers"]["a"]["triple"]["missed"] == 1


def test_linking_is_scored(kg: Any, tmp_path: Path) -> None:
    label = {"start": 0, "end": 6, "text": "Ankara", "id": "SYR", "principal": None}
    row = {"article_id": "l", "published": "2018-02-16", "text": "Ankara objected.", "mentions": [label]}
    (tmp_path / "l.jsonl").write_text(json.dumps(row))
    done = kg("eval", "actors", "l.jsonl", "--errors")
    assert done.out.startswith("1 mention: actor 0.000, principal 0.000")
    assert re.search(r"l +Ankara +SYR +TUR", done.out)


def test_the_cost_of_extraction(kg: Any, tmp_path: Path) -> None:
    row = json.loads(kg("bench", "extract", "--words", "3000", "--rounds", "1", "--json", stdin=TEXT).out)
    assert row["words"] >= 3000
    assert row["ratio"] > 0


def test_the_cost_of_matching(kg: Any) -> None:
    row = json.loads(kg("bench", "actors", "--words", "3000", "--rounds", "1", "--json", stdin=TEXT).out)
    assert row["words"] >= 3000
    assert row["names_found"] > 0
    assert row["matching_cpu_seconds_per_million_words"] < 50, "ten times the target: no measure, a matcher gone wrong"


def test_a_graph_with_something_in_it_is_not_measured_on(filled: Path) -> None:
    with open_graph(filled) as opened:
        with pytest.raises(StoreError, match="the graph is not empty"):
            _measures(opened, 1, 0)
        assert len(list(recall(opened))) == 2


# -- a loaded graph ---------------------------------------------------------------------------------------------------


def test_extracted_statements_load_through_a_pipe(kg: Any, graph: Path) -> None:
    lines = kg("extract", "--format", "jsonl", "--published", "2018-02-16", stdin=TEXT).out
    kg("query", "MATCH (n) DETACH DELETE n", "--write", "--store", graph)
    done = kg("load", "-", "--store", graph, stdin=lines)
    assert done.code == 0
    assert "1 article, 2 statements (2 written, 0 taken out)" in done.err
    again = kg("load", "-", "--store", graph, stdin=lines)
    assert "(0 written, 0 taken out)" in again.err
    found = kg(
        "query",
        "MATCH (:Actor {name: $n})-[r:OPPOSES]->(b) RETURN b.name AS b",
        "-p",
        "n=Turkey",
        "--csv",
        "--store",
        graph,
    )
    assert found.out == "b\nYPG\n"
    iso = kg("query", "MATCH (a:Actor {id: 'TUR'}) RETURN a.iso3 AS iso", "--csv", "--store", graph)
    assert iso.out == "iso\nTUR\n", "the catalogue's facts come along"


def test_lines_of_an_article_stand_together(kg: Any, graph: Path) -> None:
    one, two = article("a1"), article("a2")
    lines = [dump(claim(a, "TUR OPPOSES YPG", at=n), a) for n, a in enumerate((one, two, one))]
    done = kg("load", "-", "--store", graph, stdin="\n".join(lines))
    assert done.code == 2
    assert "article a1 do not stand together; sort them by article_id" in done.err


def test_query_prints_tables_json_and_csv(kg: Any, filled: Path) -> None:
    text = "MATCH (a:Actor)-[r:OPPOSES]->(b) RETURN a, r, b.name AS whom, r.statements AS n, r.first AS first"
    shown = kg("query", text, "--store", filled)
    assert "Turkey (State)" in shown.out
    assert "OPPOSES (first 2024-03-01" in shown.out
    assert shown.err == "1 row\n"
    [row] = json.loads(kg("query", text, "--json", "--store", filled).out)
    assert (row["a"]["properties"]["id"], row["whom"], row["n"], row["first"]) == ("TUR", "YPG", 1, "2024-03-01")
    cut = kg("query", "UNWIND range(1, 9) AS n RETURN n", "--limit", "3", "--csv", "--store", filled)
    assert cut.out == "n\n1\n2\n3\n"
    assert "only the first 3 rows" in cut.err


def test_a_query_may_not_write_unless_told(kg: Any, filled: Path) -> None:
    refused = kg("query", "MATCH (n) DETACH DELETE n", "--store", filled)
    assert refused.code == 2
    assert "--write" in refused.err
    assert kg("query", "MATCH (s:Statement) RETURN count(s) AS n", "--csv", "--store", filled).out == "n\n4\n"


def test_a_trap_of_the_embedded_server_is_told(kg: Any, filled: Path) -> None:
    done = kg("query", "MATCH ()-[r:OPPOSES]->() MATCH (a {id: r.x}) RETURN a", "--store", filled)
    assert "warning: r.x is a relationship's property" in done.err


@pytest.mark.parametrize(
    ("text", "parsed"), [("n=3", 3), ("n=Turkey", "Turkey"), ("n=[1,2]", [1, 2]), ("n=a=b", "a=b"), ('n="3"', "3")]
)
def test_parameters(text: str, parsed: Any) -> None:
    from kg.cli.graph import parameter

    assert parameter(text) == ("n", parsed)


def test_the_shell_takes_a_script(kg: Any, filled: Path) -> None:
    script = """:param who Turkey
MATCH (a:Actor {name: $who})-[:OPPOSES]->(b) RETURN b.name AS b;
:json
MATCH (s:Statement) RETURN count(s) AS n;
:bogus
:page a.html
:table
MATCH (a:Actor)-[r:OPPOSES]->(b) RETURN a, r, b;
:page b.html
MATCH (n DELETE n"""
    done = kg("shell", "--store", filled, stdin=script)
    assert done.code == 0
    assert "YPG" in done.out
    assert json.loads(done.out[done.out.index("[") : done.out.index("]") + 1]) == [{"n": 4}]
    assert "no command :bogus" in done.err
    assert "a.html: 0 nodes" in done.err
    assert "b.html: 2 nodes, 1 relationships" in done.err
    assert "kg: Cypher:" in done.err


def test_questions(kg: Any, filled: Path) -> None:
    assert "dyad" in kg("ask").out
    rows = json.loads(kg("ask", "opposes", "YPG", "--json", "--store", filled).out)
    assert [r["who"] for r in rows] == ["Turkey"]
    assert json.loads(kg("ask", "opposes", "YPG", "--until", "2023", "--json", "--store", filled).out) == []
    assert "asks for ACTOR" in kg("ask", "opposes", "YPG", "TUR", "--store", filled).err


def test_changes_between_two_dates(kg: Any, filled: Path) -> None:
    rows = json.loads(kg("diff", "2024-02", "2024-03", "--json", "--store", filled).out)
    assert {(r["one"], r["other"]) for r in rows} >= {("Turkey", "YPG"), ("United States", "YPG")}
    assert json.loads(kg("diff", "2020", "2021", "--json", "--store", filled).out) == []


def test_explain_shows_how_a_text_is_read(kg: Any) -> None:
    done = kg("explain", "--text", "NATO was not condemned by Russia, Lavrov said.")
    assert re.search(r"condemned +VBN", done.out)
    assert "“Lavrov” is Sergei Lavrov" in done.out
    assert "Russia ACCUSES NATO\n      negated, actual, said by Sergei Lavrov" in done.out
    [row] = json.loads(kg("explain", "--text", "Turkey opposes YPG.", "--json").out)
    assert [t["word"] for t in row["tokens"]] == ["Turkey", "opposes", "YPG", "."]
    assert [s["relation"] for s in row["coded"]] == ["OPPOSES"]


def test_the_sentences_behind_an_edge_with_the_denials_beside_them(kg: Any, filled: Path) -> None:
    done = kg("explain", "Turkey", "OPPOSES", "YPG", "--store", filled)
    assert done.out.startswith("Turkey OPPOSES YPG: 1 claim, 1 denial")
    claims, denials = done.out.split("\ndenials\n")
    assert "«Turkey» *opposes* «YPG»." in claims
    assert "2024-03-01  0.90  Agency, Title of a1, https://example.org/a1" in claims
    assert "Daily, Title of a2" in denials
    spoken = kg("explain", "Turkey ATTACKS Fighters", "--store", filled)
    assert "said by Rex Tillerson; by active; " in spoken.out
    rows = json.loads(kg("explain", "TUR", "opposes", "YPG", "--json", "--store", filled).out)
    assert sorted((r["kind"], r["day"]) for r in rows) == [("claim", "2024-03-01"), ("denial", "2024-03-01")]
    assert kg("explain", "Turkey", "YPG", "--store", filled).code == 2


def test_articles_are_removed(kg: Any, filled: Path) -> None:
    assert "1 article and 2 statements taken out" in kg("remove", "--publisher", "Daily", "--store", filled).err
    assert "1 article and 2 statements taken out" in kg("remove", "a1", "--store", filled).err
    assert kg("remove", "--store", filled).code == 2


@pytest.mark.parametrize("kind", ["graphml", "gexf", "json"])
def test_graphs_for_other_tools(kg: Any, filled: Path, tmp_path: Path, kind: str) -> None:
    done = kg("export", kind, "-o", f"out/g.{kind}", "--as", "pairs", "--level", "principal", "--store", filled)
    assert done.code == 0
    assert "4 actors, 3 edges" in done.err
    assert "Turkey" in (tmp_path / "out" / f"g.{kind}").read_text(encoding="utf-8")


def test_tables_for_spreadsheets(kg: Any, filled: Path, tmp_path: Path) -> None:
    kg("export", "csv", "-o", "g.csv", "--store", filled)
    edges = (tmp_path / "g-edges.csv").read_text().splitlines()
    assert len(edges) == 1 + 3
    assert kg("export", "csv", "-o", "g.csv", "--since", "2025", "--store", filled).code == 0
    assert len((tmp_path / "g-edges.csv").read_text().splitlines()) == 1


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_statements_go_out_and_come_back(kg: Any, filled: Path, kind: str) -> None:
    with open_graph(filled) as opened:
        before = list(recall(opened))
    assert kg("export", kind, "-o", f"s.{kind}", "--store", filled).code == 0
    kg("query", "MATCH (n) DETACH DELETE n", "--write", "--store", filled)
    assert kg("load", f"s.{kind}", "--no-catalogue", "--store", filled).code == 0
    with open_graph(filled) as opened:
        assert list(recall(opened)) == before
    assert "leave --as, --level and the filters out" in kg("export", kind, "-o", "x", "--since", "2018").err


def test_files_for_a_first_load_in_bulk(kg: Any, filled: Path, tmp_path: Path) -> None:
    done = kg("export", "neo4j-admin", "-o", "bulk", "--store", filled)
    assert "neo4j-admin database import full" in done.err
    assert (tmp_path / "bulk" / "statements.csv").read_text().count("\n") >= 5


def test_event_tables_of_others_come_in(kg: Any, graph: Path, tmp_path: Path) -> None:
    kg("query", "MATCH (n) DETACH DELETE n", "--write", "--store", graph)
    (tmp_path / "events.csv").write_text(
        "who;code;whom;date;sentence\nAnkara;190;YPG;2018-02-16;Ankara shelled the YPG.\nOrvan Front;SUPPORT;Turkey;;\n"
    )
    words = ["--column", "source=who", "--column", "relation=code", "--column", "target=whom"]
    done = kg("import", "events.csv", *words, "--store", graph)
    assert done.code == 0
    with open_graph(graph) as opened:
        [(_, statements)] = recall(opened)
    shelled, backed = statements
    assert (shelled.source.actor.id, shelled.relation, shelled.target.actor.id) == ("TUR", "ATTACKS", "YPG")
    assert (shelled.time.start, shelled.rule, shelled.engine) == ("2018-02-16", "import/190", "import")
    assert shelled.sentence.text[shelled.source.start : shelled.source.end] == "Ankara"
    assert (backed.source.actor.id, backed.relation, backed.source.actor.linked) == ("~orvan-front", "SUPPORTS", False)
    again = kg("import", "events.csv", *words, "--store", graph)
    assert "(0 written, 0 taken out)" in again.err


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("source,target\nA,B\n", "no column 'relation'; it has source, target; say which with --column relation=NAME"),
        ("source,relation,target\nA,HATES,B\n", "events.csv:2: 'HATES' is neither a relation of the codebook"),
        ("source,relation,target\nA,AIDS,\n", "events.csv:2: target is empty"),
        ("source,relation,target,date\nA,AIDS,B,yesterday\n", "events.csv:2: 'yesterday' is not a date"),
        ("source,relation,target,confidence\nA,AIDS,B,7\n", "events.csv:2: confidence '7' is not a number from 0 to 1"),
        ("source,relation,target,polarity\nA,AIDS,B,no\n", "polarity 'no' is not one of affirmed, negated"),
    ],
)
def test_a_bad_event_table_is_named(kg: Any, tmp_path: Path, table: str, said: str) -> None:
    (tmp_path / "events.csv").write_text(table)
    done = kg("import", "events.csv")
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize(
    ("code", "relation"),
    [
        ("attacks", "ATTACKS"),
        ("ASSAULT", "ATTACKS"),
        ("190", "ATTACKS"),
        ("0871", "RETREATS_FROM"),
        ("08", "CONCEDES_TO"),
    ],
)
def test_codes_of_others(code: str, relation: str) -> None:
    assert relation_of(code) == relation


# -- who is who -------------------------------------------------------------------------------------------------------


def test_mentions_are_resolved_and_marked(kg: Any, tmp_path: Path) -> None:
    text = "Ankara's troops met <b>Lavrov</b>."
    done = kg("actors", "resolve", "-", "--published", "2018-02-16", "--html", "m.html", stdin=text)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert all(text[r["start"] : r["end"]] == r["text"] for r in rows)
    [lavrov] = [r for r in rows if r["id"] == "PER-sergei-lavrov"]
    assert lavrov["principal"] == {"id": "RUS", "name": "Russia"}
    assert set(lavrov) == {
        "article_id",
        "start",
        "end",
        "text",
        "id",
        "name",
        "type",
        "principal",
        "how",
        "via",
        "candidates",
    }
    page = (tmp_path / "m.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert "<mark" in page


def test_an_actor_is_explained(kg: Any) -> None:
    done = kg("actors", "show", "Cavusoglu", "--on", "2018-02-16")
    assert "acts for: TUR" in done.out
    assert "foreign minister of TUR" in done.out
    [row] = json.loads(kg("actors", "show", "TUR", "--json").out)
    assert row["type"] == "State"
    assert "Ankara" in row["seats"]


def test_why_a_mention_was_linked_so(kg: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Date: 2018-02-16\n\nLavrov met Tillerson in Moscow.")
    done = kg("actors", "show", "PER-sergei-lavrov", "--in", "a.txt")
    assert "“Lavrov” at 0: catalogue" in done.out


def test_the_catalogue_has_no_problems(kg: Any) -> None:
    done = kg("actors", "check")
    assert (done.code, done.out) == (0, "")


def test_a_bad_catalogue_is_told(kg: Any, tmp_path: Path) -> None:
    own = tmp_path / "actors"
    own.mkdir()
    (own / "own.toml").write_text('[[actor]]\nid = "X"\nname = "X"\ntype = "Party"\nprincipal = "TURX"\n')
    done = kg("actors", "check", "--actors", own)
    assert done.code == 1
    assert "X: principal 'TURX' is not an actor; did you mean 'TUR'?" in done.out


def triples(directory: Path) -> set[str]:
    with open_graph(directory) as opened:
        return {f"{s.source.actor.id} {s.relation} {s.target.actor.id}" for _, some in recall(opened) for s in some}


def test_judging_actors_from_the_command_line(kg: Any, filled: Path, tmp_path: Path) -> None:
    rows = json.loads(kg("actors", "unlinked", "--json", "--store", filled).out)
    assert [(r["id"], r["statements"]) for r in rows] == [("~fighters", 1)]
    done = kg("actors", "merge", "Fighters", "YPG", "--why", "same force", "--store", filled)
    assert done.code == 0
    assert "~fighters is the same as YPG" in done.err
    assert "TUR ATTACKS YPG" in triples(filled)
    [line] = (tmp_path / "judgements.jsonl").read_text().splitlines()
    row = json.loads(line)
    assert (row["act"], row["who"], row["actor"], row["other"]["id"], row["note"]) == (
        "same", "ana", "~fighters", "YPG", "same force"
    )  # fmt: skip
    assert "same force" in kg("actors", "undo", "--list").out
    assert kg("actors", "undo", "--store", filled).code == 0
    assert "TUR ATTACKS ~fighters" in triples(filled)

    kg("actors", "rename", "~fighters", "Zagros Fighters", "--store", filled)
    kg("actors", "retype", "~fighters", "armedgroup", "--store", filled)
    with open_graph(filled) as opened:
        [node] = opened.read("MATCH (a:Actor {id: '~fighters'}) RETURN a.name AS name, a.type AS type")
    assert node == {"name": "Zagros Fighters", "type": ActorType.ARMED_GROUP}


def test_a_mention_is_split_off(kg: Any, filled: Path) -> None:
    done = kg(
        "actors",
        "split",
        "YPG",
        "Yellow Party",
        "--text",
        "YPG",
        "--article",
        "a2",
        "--type",
        "Party",
        "--store",
        filled,
    )
    assert done.code == 0
    assert triples(filled) >= {"TUR OPPOSES YPG", "USA AIDS ~yellow-party", "TUR OPPOSES ~yellow-party"}
    unknown = kg("actors", "split", "YPG", "Nobody", "--store", filled)
    assert unknown.code == 2
    assert "no actor 'Nobody'" in unknown.err


def test_a_statement_is_judged_and_the_judgement_outlives_a_new_load(kg: Any, filled: Path, tmp_path: Path) -> None:
    one = article("a1")
    s = claim(one, "TUR OPPOSES YPG")
    assert kg("review", s.id, "wrong", "--store", filled).code == 0
    with open_graph(filled) as opened:
        assert s not in [x for _, some in recall(opened) for x in some]
    kg("load", "-", "--no-catalogue", "--store", filled, stdin=dump(s, one))
    with open_graph(filled) as opened:
        [(_, left)] = recall(opened, ["a1"])
    assert left == []


def test_doctor_tells_what_is_wrong(kg: Any, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = kg("doctor", "--store", graph, "--json")
    found = {f["what"]: f for f in json.loads(done.out)}
    assert done.code == 0
    assert found["language model"]["state"] == "ok"
    assert found["graph"]["found"].startswith("the embedded graph in")
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    bad = kg("doctor")
    assert bad.code == 1
    assert "WRONG graph: no answer from bolt://127.0.0.1:1" in bad.out


def test_a_version_is_told(kg: Any) -> None:
    assert kg("--version").out.startswith("kg")


def test_the_driver_comes_without_what_it_does_not_need() -> None:
    code = "import sys; from kg.store import driver; driver.load(); print('pyarrow' in sys.modules); import pyarrow"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
