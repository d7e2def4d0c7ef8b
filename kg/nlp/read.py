"""Reads one article: mentions, references, frames and stance in, candidate statements out."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.actors.names import Hit, Names
from kg.model import ActorRef, ActorType, Article
from kg.nlp.coding import Candidate, Coder, End
from kg.nlp.deeds import Deeds
from kg.nlp.directory import Directory
from kg.nlp.finder import Finder
from kg.nlp.lexicon import lexicon
from kg.nlp.mentions import Ment
from kg.nlp.quotes import label_of, questions, quoted_tokens, speaker_of
from kg.nlp.reference import Resolver
from kg.nlp.stance import Stance
from kg.nlp.tree import Tree
from kg.nlp.when import Found
from kg.nlp.words import vocabulary

STATE_OFFICES = vocabulary("names", "offices", "of_state") | {"president", "speaker"}
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
    deeds = Deeds()
    label: list[ActorRef] = []
    answering: list[ActorRef] = []
    waiting: list[SentenceReading] = []
    """Sentences of a quotation that is open still, whose speaker may be named behind it."""
    n = 0
    for tree in trees:
        mine: list[Hit] = []
        while n < len(hits) and hits[n].start < tree.end:
            if hits[n].start >= tree.start:
                mine.append(hits[n])
            n += 1
        if tree.start and "\n" in article.text[max(0, tree.start - 2) : tree.start]:
            inside = False
        if not inside:
            waiting = []
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
            deeds.turn()
            coder = Coder(tree, ments, lex, quoted, voice, finder.places, label, deeds)
            asked = questions(tree)
            reading.candidates = [
                *(c for c in coder.candidates() if c.trigger not in asked and c.target.token not in asked),
                *_titles(coder, directory, titled),
                *_offices(coder, titled),
                *_named_after(coder, directory, titled),
            ]
        if speaker and quoted:
            _hear(waiting, speaker)
        if inside and quoted and not speaker:
            waiting.append(reading)
        if speaker:
            before = speaker
            resolver.heard(speaker)
        out.sentences.append(reading)
    return out


def _hear(waiting: list[SentenceReading], speaker: list[ActorRef]) -> None:
    """Give the earlier sentences of a quotation the speaker who is named behind it."""
    for reading in waiting:
        for c in reading.candidates:
            if "quote" in c.stance.marks:
                c.stance.speakers = [a for a in c.stance.speakers if a not in reading.speaker]
            elif c.trigger not in reading.quoted or c.stance.speakers:
                continue
            else:
                c.stance.marks.append("quote")
            c.stance.speakers = [*speaker, *(a for a in c.stance.speakers if a not in speaker)]
        reading.speaker = speaker
    waiting.clear()


def _offices(coder: Coder, done: set[tuple[str, str]]) -> list[Candidate]:
    """ "Assad is the president of Syria", "was sworn in as president of X": LEADS, once an article and pair."""
    found = []
    for m in coder.ments:
        if m.kind not in ("role", "reference") or not m.role or m.former or m.role in NO_LEAD or not m.owners:
            continue
        for person in coder.predicates.holders(m.head):
            stance = coder.climber.read(m.head, coder.tree.heads[m.head])
            for o in m.owners:
                pair = (person.actor.id, o.id)
                if o.id == person.actor.id or pair in done or stance.negated or stance.modality != "actual":
                    continue
                done.add(pair)
                target = End(o, m, m.start, "title")
                found.append(
                    Candidate(
                        "LEADS", person, target, m.head, stance, f"title/{m.role}", m.role, "title", "title", "title"
                    )
                )
    return found


def _named_after(coder: Coder, directory: Directory, done: set[tuple[str, str]]) -> list[Candidate]:
    """ "The government of X", "X's party", "X of the Green Party": LEADS and MEMBER_OF, once an article and pair."""
    found = []
    for m in coder.ments:
        ends = [
            ("LEADS", x, End(led, m, m.head, "name"))
            for x in coder.predicates.heads(m)
            if (led := _ruled(m, x.actor, directory)) is not None
        ]
        ends += [("MEMBER_OF", End(m.actors[0], m, m.head, "person"), x) for x in coder.predicates.bodies(m)]
        for relation, person, body in ends:
            pair = (person.actor.id, body.actor.id)
            if person.actor.id == body.actor.id or pair in done:
                continue
            done.add(pair)
            found.append(
                Candidate(relation, person, body, m.head, Stance(), f"name/{relation}", "of", "name", "title", "title")
            )
    return found


def _ruled(m: Ment, person: ActorRef, directory: Directory) -> ActorRef | None:
    """What a mention's leader leads: of a government the state, which is where the person's offices are."""
    a = m.actors[0]
    if m.kind != "organ" or a.type != ActorType.GOVERNMENT:
        return a
    return a.principal if a.principal and a.principal.type == ActorType.STATE else _state_of(person, directory)


def _state_of(person: ActorRef, directory: Directory) -> ActorRef | None:
    """The one state to which somebody is tied, by an office or by a party there."""
    found = [a for i in directory.tied(person) if i in directory.catalogue for a in [directory.ref(i)]]
    states = [a for a in found if a.type == ActorType.STATE]
    return states[0] if len(states) == 1 else None


def _titles(coder: Coder, directory: Directory, done: set[tuple[str, str]]) -> list[Candidate]:
    """ "Turkish President Erdogan": LEADS, once an article and pair."""
    found = []
    for m in coder.ments:
        if (
            m.kind not in ("person", "new", "name")
            or not m.role
            or (m.former and not m.deputy)
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
            if top.type == ActorType.PARTY and m.role in STATE_OFFICES:
                top = _state_of(person, directory) or top  # the speaker of parliament leads a party beside
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
