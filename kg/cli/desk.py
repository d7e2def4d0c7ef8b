"""Where judgements are made: the file that keeps them, and the graph that they are applied to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli import options as opt
from kg.cli.console import count, note
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.actors.judgements import Judgement
    from kg.model import ActorRef
    from kg.store import GraphStore


class Desk:
    """The judgements file, and the graph that they are applied to (``None`` where it is left alone)."""

    def __init__(self, path: Path, store: Path | None, graph: bool) -> None:
        from kg.actors.judgements import Judgements
        from kg.run import open_graph

        self.judgements = Judgements.read(path)
        self.graph: GraphStore | None = open_graph(store) if graph else None

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        if self.graph:
            self.graph.close()

    def record(self, act: str, who: str, why: str, **what: Any) -> Judgement:
        from kg.actors.judgements import Judgement
        from kg.actors.ledger import apply

        made = Judgement(act, who or "unknown", opt.now(), note=why, **what)  # type: ignore[arg-type]
        self.judgements.add(made)
        note(f"{self.judgements.path}: {made} [{made.id}]")
        if self.graph:
            done = apply(self.graph, self.judgements, made)
            note(f"{self.graph.where}: {count(done.articles, 'article')} judged anew")
        return made

    def actor(self, text: str) -> ActorRef:
        """The actor of an id or a name.

        Raises:
            InputError: Neither the graph nor the catalogue has one, or several are called so.
        """
        found = self.find(text)
        if found is None:
            raise self.unknown(text)
        return found

    def find(self, text: str) -> ActorRef | None:
        from kg.actors.judgements import new_actor
        from kg.actors.ledger import actors_called
        from kg.model import ActorType
        from kg.run import open_catalogue

        here = actors_called(self.graph, text) if self.graph else []
        if len(here) > 1:
            raise InputError(f"{text!r} names {', '.join(a.id for a in here)}; give the id")
        if here:
            return here[0]
        catalogue = open_catalogue()
        if text in catalogue:
            return catalogue.ref(text)
        named = [e.actor.id for e in catalogue if e.actor.name == text]
        if len(named) == 1:
            return catalogue.ref(named[0])
        # Without a graph to look in, an id of a new actor is taken at its word.
        return (
            new_actor(text[1:].replace("-", " "), ActorType.ORGANIZATION)
            if text[:1] == "~" and not self.graph
            else None
        )

    def unknown(self, text: str) -> InputError:
        return InputError(f"no actor {text!r} in the graph or the catalogue; look it up with `kg actors show`")

    def unlinked(self, limit: int) -> list[dict[str, Any]]:
        from kg.actors.ledger import unlinked as listed

        return listed(self.graph, limit) if self.graph else []
