"""A small world to tell stories in: actors, articles, and claims written as ``"TUR OPPOSES YPG"``."""

from __future__ import annotations

from datetime import date
from typing import Any

from kg.model import Actor, ActorRef, ActorType, Article, Mention, Modality, Office, Polarity, Span, Statement, Time

SIDES = {
    "TUR": ("Turkey", ActorType.STATE, "GOV", ("Türkiye", "Ankara")),
    "USA": ("United States", ActorType.STATE, "GOV", ("US", "America")),
    "SYR": ("Syria", ActorType.STATE, "GOV", ()),
    "RUS": ("Russia", ActorType.STATE, "GOV", ("Moscow",)),
    "DEU": ("Germany", ActorType.STATE, "GOV", ()),
    "YPG": ("YPG", ActorType.ARMED_GROUP, "REB", ("People's Protection Units",)),
    "NATO": ("NATO", ActorType.IGO, "IGO", ()),
}
ORGANS = {
    "TUR-MIL": ("Turkish army", ActorType.MILITARY, "MIL", "TUR"),
    "PER-ERDOGAN": ("Recep Tayyip Erdoğan", ActorType.PERSON, "GOV", "TUR"),
    "PER-TILLERSON": ("Rex Tillerson", ActorType.PERSON, "GOV", "USA"),
    "PER-LAVROV": ("Sergey Lavrov", ActorType.PERSON, "GOV", "RUS"),
}


def ref(actor_id: str) -> ActorRef:
    """An actor as a statement carries it; ``~ids`` are new, and act for nobody known."""
    if actor_id in SIDES:
        name, kind, sector, aliases = SIDES[actor_id]
        return ActorRef(actor_id, name, kind, sector, aliases, f"Q{len(name)}{ord(name[0])}")
    if actor_id in ORGANS:
        name, kind, sector, principal = ORGANS[actor_id]
        side = ref(principal)
        acted_for = ActorRef(side.id, side.name, side.type, side.sector, (), side.wikidata)
        return ActorRef(actor_id, name, kind, sector, (), "", acted_for)
    name = actor_id.removeprefix("~").replace("-", " ").title()
    return ActorRef(actor_id, name, ActorType.ORGANIZATION, linked=False)


def article(name: str = "a1", publisher: str = "Agency", published: str = "2024-03-01", **more: Any) -> Article:
    text = more.pop("text", f"Text of {name}.")
    day = date.fromisoformat(published) if published else None
    return Article(text, name, f"https://example.org/{name}", publisher, f"Title of {name}", day, **more)


def claim(
    of: Article,
    triple: str,
    *,
    sentence: str = "",
    at: int = 0,
    on: str | None = None,
    until: str | None = None,
    polarity: Polarity = "affirmed",
    modality: Modality = "actual",
    by: tuple[str, ...] = (),
    confidence: float = 0.9,
    rule: str = "active",
    place: str = "",
) -> Statement:
    """A statement of an article. ``on`` is its day, the article's unless given; ``by`` are its speakers, outermost first.

    The sentence is made up of the ends and the relation unless given; the spans are where it has them.
    """
    source, relation, target = triple.split()
    words = f"{ref(source).name} {relation.lower()} {ref(target).name}."
    said = sentence or words
    start, trigger = at * 1000, relation.lower()

    def span(word: str) -> tuple[int, int]:
        found = max(said.find(word), 0)
        return start + found, start + found + len(word)

    day = on if on is not None else (of.published.isoformat() if of.published else "")
    return Statement(
        of.id,
        Span(said, start, start + len(said)),
        Mention(*span(ref(source).name), ref(source).name, ref(source), "catalogue"),
        relation,
        Mention(*span(ref(target).name), ref(target).name, ref(target), "catalogue"),
        Span(trigger, *span(trigger)),
        polarity,
        modality,
        tuple(map(ref, by)),
        Time(day, until or day, "day", "text" if on is not None else "article" if day else "none"),
        place,
        confidence,
        rule,
    )


CATALOGUE = [
    *(Actor(i, n, t, s, a, iso3=i if t is ActorType.STATE else "") for i, (n, t, s, a) in SIDES.items()),
    Actor("TUR-MIL", "Turkish army", ActorType.MILITARY, "MIL", principal="TUR", belongs_to=("NATO",)),
    Actor(
        "PER-TILLERSON", "Rex Tillerson", ActorType.PERSON, "GOV", ("Tillerson",),
        offices=(Office("foreign minister", "USA", "2017-02-01", "2018-03-31"),),
    ),
]  # fmt: skip
