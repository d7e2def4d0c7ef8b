"""``kg shell``: type Cypher, see answers."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import options as opt
from kg.cli.console import note, say
from kg.errors import InputError, KgError

if TYPE_CHECKING:
    from kg.store import GraphStore, Result

HELP = """\
Type a Cypher query and end it with a semicolon; it may run over several lines.
  :param name value   set $name            :params     list them
  :write              let queries change   :read       do not (as at the start)
  :json               answers as JSON      :table      answers as tables
  :page FILE.html     draw the nodes and relationships of the last answer
  :schema             labels, relations and how many there are
  :help               this                 :quit       or Ctrl-D"""
KEYWORDS = (
    "MATCH WHERE RETURN ORDER BY LIMIT OPTIONAL WITH UNWIND AS AND OR NOT IN DISTINCT CONTAINS STARTS ENDS DESC EXISTS "
    "count collect min max sum type labels"
)
SCHEMA = """\
MATCH (n) UNWIND labels(n) AS label RETURN label AS name, count(*) AS n ORDER BY n DESC"""
RELATIONS = "MATCH ()-[r]->() RETURN type(r) AS name, count(*) AS n ORDER BY n DESC"
# Enough for completion; a graph of a million actors must not be read whole to type a name.
MOST_NAMES = 20_000


def shell(
    store: opt.Store = None,
    timeout: Annotated[float | None, typer.Option(metavar="SECONDS", help="Stop a query after that long.")] = 60.0,
    limit: Annotated[int, typer.Option(min=1, help="Rows after which the rest is left.")] = 200,
) -> None:
    """Ask Cypher queries one after the other, with completion of labels, relations and names, and a history.

    \b
    Example:
        kg shell
    """
    from kg.run import cache_directory, open_graph

    with open_graph(store) as graph:
        note(f"{graph.where}. :help for help, :quit to leave.")
        session = _Session(graph, timeout, limit)
        for text in _lines(graph, cache_directory() / "history"):
            if not session.take(text):
                break


class _Session:
    """What is set in the shell, and what to do with a line of it."""

    def __init__(self, graph: GraphStore, timeout: float | None, limit: int) -> None:
        self.graph = graph
        self.timeout = timeout
        self.limit = limit
        self.params: dict[str, Any] = {}
        self.write = False
        self.as_json = False
        self.last: Result | None = None

    def take(self, text: str) -> bool:
        """Answer a query or follow a command; whether to go on. An error is told, and is no reason to end."""
        text = text.strip()
        try:
            if text.startswith(":"):
                return self._command(*(shlex.split(text[1:]) or [""]))
            if text.rstrip(";").strip():
                self._answer(text.rstrip().rstrip(";"))
        except KgError as e:
            note(f"kg: {' '.join(str(e).split())}")
        except KeyboardInterrupt:
            note("stopped")
        return True

    def _answer(self, text: str) -> None:
        from kg.cli.console import say_json
        from kg.cli.graph import show

        found = self.graph.query(text, self.params, write=self.write, timeout=self.timeout, limit=self.limit)
        self.last = found
        for warning in found.warnings:
            note(f"warning: {warning}")
        if self.as_json:
            say_json(found.json())
        else:
            show(found)
        if found.more:
            note(f"only the first {self.limit:,} rows; put a LIMIT, or start with --limit")

    def _draw(self, path: Path) -> None:
        from kg.graph import from_result
        from kg.view.page import write_whole
        from kg.view.quick import show

        if self.last is None:
            raise InputError("there is no answer to draw; ask for nodes and relationships first")
        drawn = from_result(self.last)
        write_whole(path, show(drawn))
        note(f"{path}: {drawn.number_of_nodes()} nodes, {drawn.number_of_edges()} relationships")

    def _command(self, name: str, *words: str) -> bool:
        from kg.cli.graph import parameter

        match name, words:
            case (("quit" | "exit" | "q"), _):
                return False
            case "param", (key, *rest) if rest:
                self.params |= dict([parameter(f"{key}={' '.join(rest)}")])
            case "params", ():
                for key, value in sorted(self.params.items()):
                    say(f"${key} = {value!r}")
            case (("write" | "read"), ()):
                self.write = name == "write"
                note("queries may change the graph" if self.write else "queries may not change the graph")
            case (("json" | "table"), ()):
                self.as_json = name == "json"
            case "page", (path,):
                self._draw(Path(path))
            case "schema", ():
                self._answer(SCHEMA)
                self._answer(RELATIONS)
            case "help", _:
                say(HELP)
            case _:
                raise InputError(f"no command :{name}; see :help")
        return True


def _lines(graph: GraphStore, history: Path) -> Iterable[str]:
    """What the user types, a query at a time; from a pipe, what stands between semicolons."""
    import sys

    if not sys.stdin.isatty():
        for part in sys.stdin.read().split(";"):
            yield from _split_commands(part)
        return
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import FuzzyWordCompleter
    from prompt_toolkit.filters import Condition
    from prompt_toolkit.history import FileHistory

    history.parent.mkdir(parents=True, exist_ok=True)

    def unfinished() -> bool:
        text = session.default_buffer.text.strip()
        return bool(text) and not text.startswith(":") and not text.endswith(";")

    session: PromptSession[str] = PromptSession(
        history=FileHistory(str(history)),
        completer=FuzzyWordCompleter(words(graph)),
        complete_while_typing=False,
        multiline=Condition(unfinished),
    )
    while True:
        try:
            yield session.prompt("kg> ", prompt_continuation="  … ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return


def _split_commands(part: str) -> Iterable[str]:
    """Commands stand on lines of their own; the rest is one query."""
    query: list[str] = []
    for line in part.splitlines():
        if line.strip().startswith(":"):
            yield line
        else:
            query.append(line)
    if "\n".join(query).strip():
        yield "\n".join(query)


def words(graph: GraphStore) -> list[str]:
    """What Tab completes: keywords, labels, relations, properties and the names of actors."""
    from kg.model import ActorType
    from kg.ontology import relations

    names = graph.read("MATCH (a:Actor) RETURN a.name AS name ORDER BY name LIMIT $most", {"most": MOST_NAMES})
    known = [*ActorType, *relations(), "Actor", "Article", "Statement", "SOURCE", "TARGET", "SAID_BY", "FROM"]
    known += ["ACTS_FOR", "HOLDS", "BELONGS_TO", "statements", "publishers", "confidence", "published", "sentence"]
    return [*KEYWORDS.split(), *map(str, known), *(str(row["name"]) for row in names)]
