"""Synthetic signed graphs as statements: skewed degrees, blocs, dates, speakers, denials, near-copies.

The first actors have real names, so that pictures look as they will; what is claimed of them is invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.model import ActorRef, ActorType, Article, Mention, Modality, Span, Statement, Time
from kg.ontology import relations

# name, id, type, bloc, principal
KNOWN = """
United States|USA|State|0|
Russia|RUS|State|1|
Turkey|TUR|State|3|
Syria|SYR|State|1|
Iran|IRN|State|1|
Israel|ISR|State|0|
Saudi Arabia|SAU|State|2|
China|CHN|State|4|
YPG|YPG|ArmedGroup|0|
Ukraine|UKR|State|5|
European Union|EUU|IGO|5|
NATO|NATO|IGO|5|
United Kingdom|GBR|State|5|
France|FRA|State|5|
Germany|DEU|State|5|
Islamic State|ISIL|ArmedGroup|6|
Recep Tayyip Erdoğan|PER-ERDOGAN|Person|3|TUR
Rex Tillerson|PER-TILLERSON|Person|0|USA
Sergei Lavrov|PER-LAVROV|Person|1|RUS
Turkish Armed Forces|TUR-MIL|Military|3|TUR
United Nations|UN|IGO|7|
Qatar|QAT|State|3|
United Arab Emirates|ARE|State|2|
Egypt|EGY|State|2|
Hezbollah|HEZBOLLAH|ArmedGroup|1|
Houthis|HOUTHIS|ArmedGroup|1|
Yemen|YEM|State|2|
Iraq|IRQ|State|7|
Kurds|KURDS|People|0|
Syrian Democratic Forces|SDF|ArmedGroup|0|
Free Syrian Army|FSA|ArmedGroup|3|
Poland|POL|State|5|
North Korea|PRK|State|4|
South Korea|KOR|State|8|
Japan|JPN|State|8|
India|IND|State|9|
Pakistan|PAK|State|4|
Taiwan|TWN|State|8|
Hamas|HAMAS|ArmedGroup|1|
Palestinian Authority|PSE|Government|7|
Libya|LBY|State|7|
Libyan National Army|LNA|ArmedGroup|2|
Azerbaijan|AZE|State|3|
Armenia|ARM|State|1|
Bashar al-Assad|PER-ASSAD|Person|1|SYR
Vladimir Putin|PER-PUTIN|Person|1|RUS
Pentagon|USA-MIL|Military|0|USA
Foreign Ministry of Iran|IRN-MFA|Government|1|IRN
Al Jazeera|ALJAZEERA|Media|3|
Gazprom|GAZPROM|Company|1|RUS
Republican People's Party|CHP|Party|5|
Médecins Sans Frontières|MSF|Organization|7|
Belarus|BLR|State|1|
Hungary|HUN|State|5|
Venezuela|VEN|State|1|
Greece|GRC|State|5|
Cyprus|CYP|State|5|
Ethiopia|ETH|State|9|
Eritrea|ERI|State|9|
Sudan|SDN|State|2|
Rapid Support Forces|RSF|ArmedGroup|2|
Somalia|SOM|State|9|
Al-Shabaab|ALSHABAAB|ArmedGroup|6|
Taliban|TALIBAN|ArmedGroup|6|
""".strip()

PLACES = [
    "Kalda", "Varun", "Mesri", "Tolan", "Azrak", "Dorun", "Peshar", "Sulmar", "Orvan", "Belkor", "Narim", "Hadra",
    "Jorav", "Zerin", "Lodar", "Tamur",
]  # fmt: skip
KINDS = {
    ActorType.STATE: ["Republic of {}", "Kingdom of {}", "Emirate of {}"],
    ActorType.ARMED_GROUP: ["{} Liberation Front", "{} People's Army", "{} Brigades", "{} Resistance"],
    ActorType.ORGANIZATION: ["{} Relief Committee", "{} Union", "{} Council"],
    ActorType.PARTY: ["{} Justice Party", "{} National Congress"],
    ActorType.GOVERNMENT: ["{} Defence Ministry", "{} Foreign Ministry"],
    ActorType.PEOPLE: ["{} minority"],
    ActorType.MEDIA: ["{} Herald"],
    ActorType.COMPANY: ["{} Oil Company"],
}
FIRST = [
    "Ali", "Maria", "Sergei", "Layla", "Chen", "Amira", "Viktor", "Nadia", "Yusuf", "Elena", "Hassan", "Ruth",
    "Dilan", "Rojin", "Omar", "Ines",
]  # fmt: skip
LAST = [
    "Haddad", "Petrov", "Kaya", "Silva", "Demir", "Nouri", "Novak", "Okafor", "Rahimi", "Barzan", "Moreau",
    "Aslan", "Farouk", "Ivanov", "Sato", "Berg",
]  # fmt: skip

VERBS = {
    "ATTACKS": ["struck positions of", "shelled", "attacked"],
    "ACCUSES": ["accused", "condemned", "blamed"],
    "THREATENS": ["threatened", "warned"],
    "SANCTIONS": ["imposed sanctions on"],
    "OPPOSES": ["opposes"],
    "COERCES": ["detained officials of"],
    "ALLIED_WITH": ["stands by its ally"],
    "SUPPORTS": ["backed", "voiced support for"],
    "AIDS": ["delivered aid to", "sent weapons to"],
    "AGREES_WITH": ["signed an agreement with"],
    "COOPERATES_WITH": ["held a joint patrol with"],
    "CONSULTS": ["held talks with", "met"],
    "REQUESTS": ["urged", "called on"],
    "MEMBER_OF": ["is part of"],
}
FRIENDLY = ["ALLIED_WITH", "SUPPORTS", "AIDS", "AGREES_WITH", "COOPERATES_WITH", "CONSULTS", "CONSULTS"]
HOSTILE = ["ATTACKS", "ATTACKS", "ACCUSES", "ACCUSES", "THREATENS", "SANCTIONS", "OPPOSES", "COERCES"]
NEUTRAL = ["REQUESTS", "MEMBER_OF"]
TAILS = [
    "near the {} crossing",
    "over the {} dispute",
    "after the incident at {}",
    "ahead of a summit in {}",
    "over the fighting around {}",
]
TITLES = ["talks stall", "tensions rise", "a new turn", "what comes next"]
PUBLISHERS = ["Northern Wire", "The Continental", "Levant Daily", "Pacific Review", "Harbour Times", "Agence Centrale"]


@dataclass(frozen=True)
class World:
    actors: list[ActorRef]
    bloc: dict[str, int]


def world(size: int, seed: int = 7) -> World:
    chance = random.Random(f"world{seed}{size}")
    actors: list[ActorRef] = []
    bloc: dict[str, int] = {}
    sides: dict[str, ActorRef] = {}
    for line in KNOWN.splitlines()[:size]:
        name, ident, kind, group, principal = line.split("|")
        ref = ActorRef(ident, name, ActorType(kind), principal=sides.get(principal), wikidata="")
        sides[ident] = ref
        actors.append(ref)
        bloc[ident] = int(group)
    groups = max(4, min(14, size // 60 + 4))
    taken = {a.name for a in actors}
    while len(actors) < size:
        if chance.random() < 0.35:
            kind, name = ActorType.PERSON, f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        else:
            kind = chance.choice(list(KINDS))
            name = chance.choice(KINDS[kind]).format(f"{chance.choice(PLACES)}{chance.choice(['', 'ia', 'istan'])}")
        while name in taken:
            name += f" {chance.choice(LAST)}"
        taken.add(name)
        ident = f"~{name.lower().replace(' ', '-')}"
        group = chance.randrange(groups)
        principal = None
        if kind in (ActorType.PERSON, ActorType.GOVERNMENT) and chance.random() < 0.4:
            principal = chance.choice([a for a in actors[:60] if a.type is ActorType.STATE])
            group = bloc[principal.id]
        actors.append(ActorRef(ident, name, kind, linked=False, principal=principal))
        bloc[ident] = group
    return World(actors, bloc)


def statements(
    size: int, count: int, seed: int = 7, start: date = date(2014, 1, 1), end: date = date(2025, 6, 30)
) -> Iterator[tuple[Article, Statement]]:
    """``count`` statements about ``size`` actors, about three an article; the same arguments give the same ones."""
    w = world(size, seed)
    chance = random.Random(f"statements{seed}{size}{count}")
    weights = [1.0 / (i + 3) ** 0.75 for i in range(size)]
    by_bloc: dict[int, list[int]] = {}
    for i, a in enumerate(w.actors):
        by_bloc.setdefault(w.bloc[a.id], []).append(i)
    within = {b: [weights[i] for i in members] for b, members in by_bloc.items()}
    draws = iter(chance.choices(range(size), weights, k=count * 8))
    recent: list[tuple[int, int]] = []
    days = (end - start).days
    article = None
    made = 0
    left = 0
    while made < count:
        i = made if made < size else next(draws)
        if recent and chance.random() < 0.3:
            i, j = chance.choice(recent)
        elif chance.random() < 0.72:
            group = w.bloc[w.actors[i].id]
            j = chance.choices(by_bloc[group], within[group])[0]
        else:
            j = chance.choices(range(size), weights)[0]
        a, b = w.actors[i], w.actors[j]
        if i == j or a.principal is b or b.principal is a:
            if made < size:
                made += 1
                count += 1
            continue
        recent.append((i, j))
        if len(recent) > 4000:
            recent.pop(chance.randrange(len(recent)))
        if not left or article is None:
            day = start + timedelta(days=chance.randint(0, days))
            left = chance.randint(2, 5)
            article = Article(
                text="",
                id=f"art{made:06d}",
                url=f"https://news.example.org/{day:%Y/%m/%d}/{made}",
                publisher=chance.choice(PUBLISHERS),
                title=f"{a.name} and {b.name}: {chance.choice(TITLES)}",
                published=day,
            )
        left -= 1
        made += 1
        yield article, _statement(chance, w, (a, b), article)


def _statement(chance: random.Random, w: World, ends: tuple[ActorRef, ActorRef], article: Article) -> Statement:
    a, b = ends
    assert article.published
    day = article.published.isoformat()
    same = w.bloc[a.id] == w.bloc[b.id]
    p = chance.random()
    friendly, neutral = (0.78, 0.90) if same else (0.22, 0.36)
    relation = chance.choice(FRIENDLY if p < friendly else NEUTRAL if p < neutral else HOSTILE)
    speaker = chance.choice(w.actors[:30]) if chance.random() < 0.4 else None
    negated = chance.random() < 0.05
    modality: Modality = chance.choices(["actual", "intended", "possible", "conditional"], [90, 5, 3, 2])[0]  # type: ignore[assignment]
    verb = chance.choice(VERBS[relation])
    opening = "" if chance.random() < 0.6 else chance.choice(["On Thursday ", "In a statement, ", "Early in the day "])
    if negated:
        verb = f"denied that it {verb}"
    elif modality == "intended":
        verb = f"plans a step: it {verb}"
    elif modality != "actual":
        verb = f"may have {verb}"
    text = opening + a.name
    left = Mention(len(opening), len(text), a.name, a, "catalogue")
    trigger = Span(verb, len(text) + 1, len(text) + 1 + len(verb))
    text += f" {verb} {b.name}"
    right = Mention(len(text) - len(b.name), len(text), b.name, b, "catalogue")
    text += f" {chance.choice(TAILS).format(chance.choice(PLACES))}"
    text += f", {speaker.name} said." if speaker else "."
    return Statement(
        article_id=article.id,
        sentence=Span(text, 0, len(text)),
        source=left,
        relation=relation,
        target=right,
        trigger=trigger,
        polarity="negated" if negated else "affirmed",
        modality=modality,
        attribution=(speaker,) if speaker else (),
        time=Time(day, day, "day", "article"),
        confidence=round(0.35 + 0.65 * chance.betavariate(5, 2), 2),
        rule=f"{relation.lower()}/active",
    )


assert set(VERBS) <= set(relations())
