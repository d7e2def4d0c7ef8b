"""Reads one article: mentions, references, frames and stance in, candidate statements out."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.actors.names import Hit, Names
from kg.model import ActorRef, ActorType, Article
from kg.nlp.coding import Candidate, Coder, End
from kg.nlp.directory import Directory
from kg.nlp.finder import Finder
from kg.nlp.lexicon import lexicon
from kg.nlp.mentions import Ment
from kg.nlp.quotes import label_of, quoted_tokens, speaker_of
from kg.nlp.reference import Resolver
from kg.nlp.stance import Stance
from kg.nlp.tree import Tree
from kg.nlp.when import Found
from kg.nlp.words import vocabulary

NO_LEAD = vocabulary("names", "offices", "leading_nothing")


@dataclass(slots=True)
class SentenceReading:
    """One sentence with its mentions and candidates."""

    tree: Tree
    ments: list[Ment]
    candidates: list[Candidate] = field(default_factory=list)
    speaker: list[ActorRef] = field(default_factory=list)
    quoted: set[int] = field(default_factory=set)
    label: list[ActorRef] = field(default_factory=list)
    """In a transcript, who answers."""
    places: dict[int, ActorRef] = field(default_factory=dict)
    """Tokens of towns and regions → the state they lie in."""
    dates: list[Found] | None = None
    """Date expressions, read when the first statement asks for them."""


@dataclass(slots=True)
class Reading:
    """One article as read."""

    article: Article
    sentences: list[SentenceReading]
    directory: Directory


def read_article(article: Article, trees: list[Tree], names: Names) -> Reading:
    """Read the sentences of an article in order."""
    directory = Directory(names.catalogue, article.published)
    finder = Finder(names, directory)
    resolver = Resolver(directory)
    lex = lexicon()
    hits = finder.survey(article.text)
    out = Reading(article, [], directory)
    inside, before, titled = False, list[ActorRef](), set[tuple[str, str]]()
    label: list[ActorRef] = []
    answering: list[ActorRef] = []
    n = 0
    for tree in trees:
        mine: list[Hit] = []
        while n < len(hits) and hits[n].start < tree.end:
            if hits[n].start >= tree.start:
                mine.append(hits[n])
            n += 1
        if tree.start and "\n" in article.text[max(0, tree.start - 2) : tree.start]:
            inside = False
        quoted, inside = quoted_tokens(tree, inside)
        found = finder.find(tree, mine)
        speaker = speaker_of(tree, found)
        ments = resolver.resolve(tree, found, speaker)
        speaker = speaker_of(tree, ments) or speaker
        voice = speaker or (before if quoted else [])
        if (said := label_of(tree, ments, answering)) is not None:
            label, answering = said, said or answering
        elif tree.start and article.text[tree.start - 2 : tree.start] == "\n\n":
            label = []
        reading = SentenceReading(tree, ments, [], voice, quoted, label, finder.places)
        if not tree.text.rstrip(" ”\"'").endswith("?"):
            coder = Coder(tree, ments, lex, quoted, voice, finder.places, label)
            reading.candidates = [*coder.candidates(), *_titles(ments, directory, titled)]
        if speaker:
            before = speaker
            resolver.heard(speaker)
        out.sentences.append(reading)
    return out


def _titles(ments: list[Ment], directory: Directory, done: set[tuple[str, str]]) -> list[Candidate]:
    """ "Turkish President Erdogan": LEADS, once an article and pair."""
    found = []
    for m in ments:
        if (
            m.kind not in ("person", "new", "name")
            or not m.role
            or m.former
            or not m.actors
            or m.actors[0].type != ActorType.PERSON
        ):
            continue
        person = m.actors[0]
        owners = m.owners
        how = "title"
        if not owners and person.linked:
            e = directory.catalogue.get(person.id)
            top = person.principal
            if e is None or top is None or top.id not in directory.seen:
                continue
            owners, how = [top], "title without state"
        for o in owners:
            if o.id == person.id or (person.id, o.id) in done or m.role in NO_LEAD:
                continue
            done.add((person.id, o.id))
            source = End(person, m, m.head, "person")
            target = End(o, m, m.start, "title")
            found.append(
                Candidate("LEADS", source, target, m.start, Stance(), f"title/{m.role}", m.role, how, "title", "title")
            )
    return found
