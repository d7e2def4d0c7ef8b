"""What people have judged: which actors are the same, what they are called, which statements are wrong or right.

A file of JSON lines under version control, one judgement a line, only ever appended to; taking one back is a judgement
too. They are applied to each statement on its way into the graph, so that they outlive every rebuild::

    {"when": "2026-11-22T18:00:00Z", "who": "ana", "act": "same", "actor": "~ypg-men", "other": {"id": "YPG", …}}
    {"when": "…", "who": "ana", "act": "wrong", "statement": "01ab…", "note": "he only quoted it"}
    {"when": "…", "who": "ben", "act": "undo", "of": "90c2…"}
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

from kg.errors import InputError
from kg.model import Actor, ActorRef, ActorType, Mention, Statement, digest
from kg.record import actor_from_json, actor_to_json

Act = Literal["same", "different", "rename", "retype", "wrong", "right", "undo"]
NEEDS: dict[str, tuple[str, ...]] = {
    "same": ("actor", "other"),
    "different": ("actor", "other"),
    "rename": ("actor", "name"),
    "retype": ("actor", "type"),
    "wrong": ("statement",),
    "right": ("statement",),
    "undo": ("of",),
}
KEYS = ("id", "when", "who", "act", "actor", "other", "text", "article", "name", "type", "statement", "of", "note")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of the file. Which fields count depends on ``act``:

    * same: ``actor`` is ``other``, and goes by its name from now on.
    * different: ``actor`` is not ``other``. With ``text``, mentions that read so and were taken for ``actor`` are
      ``other``; with ``article``, only there.
    * rename, retype: ``actor`` has that ``name`` or ``type``.
    * wrong, right: of the ``statement`` with that id.
    * undo: the judgement ``of`` no longer counts.
    """

    act: Act
    who: str
    when: str
    actor: str = ""
    other: ActorRef | None = None
    text: str = ""
    article: str = ""
    name: str = ""
    type: str = ""
    statement: str = ""
    of: str = ""
    note: str = ""

    @property
    def id(self) -> str:
        other = self.other.id if self.other else ""
        parts = (self.act, self.who, self.when, self.actor, other, self.text, self.article, self.name, self.type)
        return digest(*parts, self.statement, self.of, length=12)

    @property
    def actors(self) -> frozenset[str]:
        """The actors whose statements it touches."""
        return frozenset(filter(None, (self.actor, self.other.id if self.other else "")))

    def __str__(self) -> str:
        other = self.other.id if self.other else ""
        match self.act:
            case "same":
                return f"{self.actor} is the same as {other}"
            case "different" if self.text:
                where = f" in {self.article}" if self.article else ""
                return f"“{self.text}”{where} is {other}, not {self.actor}"
            case "different":
                return f"{self.actor} is not {other}"
            case "rename":
                return f"{self.actor} is called {self.name}"
            case "retype":
                return f"{self.actor} is of type {self.type}"
            case "undo":
                return f"judgement {self.of} is taken back"
            case _:
                return f"statement {self.statement} is {self.act}"

    def to_json(self) -> dict[str, Any]:
        row: dict[str, Any] = {key: getattr(self, key) for key in KEYS}
        if self.other:
            row["other"] = {k: v for k, v in actor_to_json(self.other).items() if v not in (None, [])}
        return {k: v for k, v in row.items() if v}


def new_actor(name: str, kind: ActorType, principal: ActorRef | None = None) -> ActorRef:
    """An actor that no catalogue lists, under the id that extraction would give it: "~kebab-name"."""
    return ActorRef("~" + "-".join(re.findall(r"\w+", name.lower())), name, kind, principal=principal, linked=False)


@dataclass
class Judgements:
    """The judgements of a file, ready to be applied. A callable for ``GraphStore.put(judge=…)``."""

    path: Path
    entries: list[Judgement] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> Judgements:
        """The judgements of a file; none where there is no file yet.

        Raises:
            InputError: A line is not a judgement; the message names its number.
        """
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return cls(path)
        except (OSError, UnicodeDecodeError) as e:
            raise InputError(f"{path}: cannot be read ({e})") from e
        return cls(path, [_judgement(line, f"{path}:{n}") for n, line in enumerate(lines, 1) if line.strip()])

    def __post_init__(self) -> None:
        self._compile()

    def __bool__(self) -> bool:
        return bool(self.standing)

    def add(self, judgement: Judgement) -> Judgement:
        """Append a judgement to the file; it counts from now on.

        Raises:
            InputError: It makes no sense beside the others: an actor the same as itself, an undo of nothing.
        """
        if judgement.other and judgement.other.id == judgement.actor:
            raise InputError(f"{judgement.actor} cannot be judged against itself; name two different actors")
        if judgement.act == "undo" and all(e.id != judgement.of for e in self.entries):
            raise InputError(f"{self.path}: no judgement {judgement.of!r}; see `kg actors undo --list`")
        if judgement.type and judgement.type not in list(ActorType):
            raise InputError(f"type {judgement.type!r} is not one of {', '.join(ActorType)}")
        _append(self.path, json.dumps(judgement.to_json(), ensure_ascii=False))
        self.entries.append(judgement)
        self._compile()
        return judgement

    def last(self) -> Judgement | None:
        """The latest judgement that still counts; what a plain undo takes back."""
        return self.standing[-1] if self.standing else None

    def _compile(self) -> None:
        undone: set[str] = set()
        # From the last to the first, so that an undo that was itself undone does not count.
        for e in reversed(self.entries):
            if e.act == "undo" and e.id not in undone:
                undone.add(e.of)
        self.standing = [e for e in self.entries if e.act != "undo" and e.id not in undone]
        self._same: dict[str, ActorRef] = {}
        self._split: list[Judgement] = []
        self._names: dict[str, str] = {}
        self._types: dict[str, ActorType] = {}
        self._verdicts: dict[str, Literal["wrong", "right"]] = {}
        self.distinct: set[frozenset[str]] = set()
        """Pairs of actors that are known not to be the same."""
        for e in self.standing:
            self._take(e)

    def _take(self, e: Judgement) -> None:
        if e.act in ("wrong", "right"):
            self._verdicts[e.statement] = "wrong" if e.act == "wrong" else "right"
        elif e.act == "rename":
            self._names[e.actor] = e.name
        elif e.act == "retype":
            self._types[e.actor] = ActorType(e.type)
        elif e.other is not None and e.act == "same":
            self.distinct.discard(e.actors)
            if self.now(e.other).id != e.actor:  # "A is B" after "B is A" says nothing new
                self._same[e.actor] = e.other
        elif e.other is not None and e.text:
            self._split.append(e)
        elif e.other is not None:
            self.distinct.add(e.actors)
            for one, two in ((e.actor, e.other.id), (e.other.id, e.actor)):
                if one in self._same and self._same[one].id == two:
                    del self._same[one]

    def chain(self, actor: str) -> list[str]:
        """The ids that an actor goes through as it is merged, its own first."""
        found = [actor]
        while found[-1] in self._same and self._same[found[-1]].id not in found:
            found.append(self._same[found[-1]].id)
        return found

    def renamed(self, actor: Actor) -> Actor:
        """An actor of the catalogue by its judged name and type."""
        name, kind = self._names.get(actor.id, actor.name), self._types.get(actor.id, actor.type)
        return actor if (name, kind) == (actor.name, actor.type) else replace(actor, name=name, type=kind)

    def now(self, actor: ActorRef) -> ActorRef:
        """The actor as judged: merged into another, renamed, of another type; its principal likewise."""
        for merged in self.chain(actor.id)[:-1]:
            actor = self._same[merged]
        name = self._names.get(actor.id, actor.name)
        kind = self._types.get(actor.id, actor.type)
        principal = self.now(actor.principal) if actor.principal else None
        if (name, kind, principal) == (actor.name, actor.type, actor.principal):
            return actor
        aliases = actor.aliases if name == actor.name else (*actor.aliases, actor.name)
        return replace(actor, name=name, type=kind, principal=principal, aliases=aliases)

    def __call__(self, statement: Statement) -> Statement | None:
        """The statement as judged; ``None`` where it is wrong, or says of an actor what it does to itself."""
        verdict = self._verdicts.get(statement.id)
        source = self._mention(statement.source, statement.article_id)
        target = self._mention(statement.target, statement.article_id)
        said = tuple(self.now(a) for a in statement.attribution)
        if (source, target, said) != (statement.source, statement.target, statement.attribution):
            statement = replace(statement, source=source, target=target, attribution=said)
            verdict = self._verdicts.get(statement.id, verdict)
        if verdict == "wrong" or source.actor.id == target.actor.id:
            return None
        return replace(statement, confidence=1.0) if verdict == "right" else statement

    def _mention(self, m: Mention, article: str) -> Mention:
        read = m.actor
        for e in self._split:
            if e.actor == m.actor.id and e.text == m.text and e.article in ("", article) and e.other:
                read = e.other
        actor = self.now(read)
        if actor == m.actor:
            return m
        if actor.id == m.actor.id:
            return replace(m, actor=actor)
        via = f"judged to be {actor.id}, read as {m.actor.id}"
        return replace(m, actor=actor, via=f"{m.via}; {via}" if m.via else via)


def _judgement(line: str, where: str) -> Judgement:
    try:
        row = json.loads(line)
        act = row["act"]
        if act not in get_args(Act):
            raise InputError(f"{where}: act {act!r} is not one of {', '.join(get_args(Act))}")
        if missing := [k for k in ("who", "when", *NEEDS[act]) if not row.get(k)]:
            raise InputError(f"{where}: {act!r} needs {missing[0]!r}")
        if unknown := sorted(set(row) - set(KEYS)):
            raise InputError(f"{where}: unknown key {unknown[0]!r}; the keys are {', '.join(KEYS)}")
        values = {k: v for k, v in row.items() if k not in ("id", "other")}
        found = Judgement(**values, other=actor_from_json(row["other"]) if row.get("other") else None)
        ActorType(found.type or ActorType.PERSON)
    except (ValueError, TypeError, KeyError, AttributeError) as e:
        raise InputError(f"{where}: not a judgement ({type(e).__name__}: {e}); mend or take out the line") from e
    return found


def _append(path: Path, line: str) -> None:
    """Add a line, whole or not at all, whoever else appends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as f:
        size = f.seek(0, os.SEEK_END)
        torn = size > 0 and not _ends_line(path)
        try:
            f.write((("\n" if torn else "") + line + "\n").encode())
            f.flush()
            os.fsync(f.fileno())
        except OSError:
            os.truncate(path, size)
            raise


def _ends_line(path: Path) -> bool:
    with path.open("rb") as f:
        f.seek(-1, os.SEEK_END)
        return f.read(1) == b"\n"
