"""The packaged catalogue as data, and how a catalogue is read: schema, cache, overlays, offices by date."""

from __future__ import annotations

import json
import os
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from time import process_time

import pytest

from kg.actors.catalogue import Catalogue, load, problems
from kg.errors import CatalogueError
from kg.model import ActorType
from kg.nlp.words import roles
from kg.places import packaged

ACTORS = packaged("seeds") / "actors"
GOLD = packaged("seeds") / "gold" / "linking"
CITIES = packaged("seeds") / "actors" / "places.toml"

PKK = '[[actor]]\nid = "PKK"\nname = "Kurdistan Workers\' Party"\ntype = "ArmedGroup"\nsector = "REB"\n'
TURKEY = '[[actor]]\nid = "TUR"\nname = "Turkey"\ntype = "State"\nsector = "GOV"\nadjectives = ["Turkish"]\n'
ERDOGAN = """[[actor]]
id = "PER-erdogan"
name = "Recep Tayyip Erdogan"
type = "Person"
offices = [
  { role = "prime minister", of = "TUR", since = "2003-03-14", until = "2014-08-28" },
  { role = "president", of = "TUR", since = "2014-08-28" },
]
"""
GUL = """[[actor]]
id = "PER-gul"
name = "Abdullah Gul"
type = "Person"
offices = [
  { role = "prime minister", of = "TUR", since = "2002-11", until = "2003-03-14" },
  { role = "president", of = "TUR", since = "2007-08-28", until = "2014-08-28" },
]
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load([ACTORS])


def write(directory: Path, *rows: str, name: str = "actors.toml") -> Path:
    directory.mkdir(exist_ok=True)
    (directory / name).write_text("\n".join(rows), encoding="utf-8")
    return directory


def composed(actor_id: str, catalogue: Catalogue) -> bool:
    """Whether an id is one that "Turkish troops" or "the Turkish foreign minister" compose to."""
    owner, role, _ = actor_id.partition("-ROLE-")
    if role:
        return owner in catalogue
    owners = (actor_id.removesuffix(f"-{code}") for code in roles().organs if actor_id.endswith(f"-{code}"))
    return any(o in catalogue for o in owners)


# -- the packaged catalogue -------------------------------------------------------------------------


def test_the_packaged_catalogue_has_no_problems(catalogue: Catalogue) -> None:
    assert problems(catalogue) == []


def test_it_is_as_large_as_promised(catalogue: Catalogue) -> None:
    aliases = sum(1 + len(e.actor.aliases) + len(e.adjectives) + len(e.demonyms) + len(e.weak) for e in catalogue)
    assert len(catalogue.entries) >= 3_500
    assert aliases >= 20_000
    assert len(catalogue.seats) >= 150
    kinds = Counter(e.actor.type for e in catalogue)
    assert kinds[ActorType.STATE] >= 200
    assert kinds[ActorType.IGO] >= 150
    assert kinds[ActorType.ARMED_GROUP] >= 250
    assert kinds[ActorType.PARTY] >= 300
    assert kinds[ActorType.PEOPLE] >= 100
    assert kinds[ActorType.COMPANY] + kinds[ActorType.MEDIA] + kinds[ActorType.ORGANIZATION] >= 100
    people = [e.actor for e in catalogue if e.actor.type == ActorType.PERSON]
    assert sum(any(o.since or o.until for o in p.offices) for p in people) >= 1_500


@pytest.mark.parametrize(
    ("role", "of", "on", "who"),
    [
        ("foreign minister", "TUR", "2018-02-16", "PER-mevlut-cavusoglu"),
        ("president", "USA", "1991-01-17", "PER-george-hw-bush"),
        ("president", "USA", "2003-03-20", "PER-george-w-bush"),
        ("foreign minister", "USA", "2018-02-16", "PER-rex-tillerson"),
        ("foreign minister", "RUS", "2014-03-18", "PER-sergei-lavrov"),
        ("prime minister", "GBR", "1990-11-22", "PER-margaret-thatcher"),
        ("chancellor", "DEU", "2003-03-20", "PER-gerhard-schroder"),
        ("secretary-general", "UN", "2012-08-02", "PER-ban-ki-moon"),
        ("supreme leader", "IRN", "2020-01-03", "PER-ali-khamenei"),
        ("president", "UKR", "2022-02-24", "PER-volodymyr-zelensky"),
    ],
)
def test_offices_have_their_holders_by_date(catalogue: Catalogue, role: str, of: str, on: str, who: str) -> None:
    assert catalogue.holder(role, of, date.fromisoformat(on)) == who


def test_a_person_acts_for_whom_the_office_of_the_day_says(catalogue: Catalogue) -> None:
    assert catalogue.principal("PER-sergei-lavrov", date(2014, 3, 18)) == "RUS"
    assert catalogue.principal("PER-jens-stoltenberg", date(2010, 1, 1)) == "NOR"
    assert catalogue.principal("PER-jens-stoltenberg", date(2018, 1, 1)) == "NATO"
    assert catalogue.principal("PER-hassan-nasrallah", date(2006, 7, 12)) == "HEZBOLLAH"
    assert catalogue.principal("YPG") == ""


def test_cities_lie_in_states_of_the_catalogue(catalogue: Catalogue) -> None:
    places = tomllib.loads(CITIES.read_text(encoding="utf-8"))["places"]
    assert len(places) >= 1_500
    assert list(places) == sorted(places)
    states = {e.actor.id for e in catalogue if e.actor.type == ActorType.STATE}
    assert set(places.values()) <= states
    assert (places["Kharkov"], places["Stepanakert"], places["Sevastopol"]) == ("UKR", "AZE", "UKR")


def test_gold_links_name_actors_that_exist(catalogue: Catalogue) -> None:
    mentions = 0
    unknown: set[str] = set()
    for path in sorted(GOLD.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            mentions += len(row["mentions"])
            for m in row["mentions"]:
                assert row["text"][m["start"] : m["end"]] == m["text"]
                for i in filter(None, m["id"].split("|")):
                    if not (i.startswith("~") or i in catalogue or composed(i, catalogue)):
                        unknown.add(f"{row['article_id']}: {i}")
    assert unknown == set()
    assert mentions >= 1_000


# -- reading ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        (PKK.replace("sector", "sectr"), ["'PKK'", "unknown key 'sectr'", "did you mean 'sector'?"]),
        (PKK.replace("ArmedGroup", "Rebels"), ["type 'Rebels' is not one of", "ArmedGroup"]),
        (PKK.replace('name = "Kurdistan Workers\' Party"\n', ""), ["'PKK'", "'name' is missing"]),
        (PKK + "wikidata = 42\n", ["'wikidata' must be text in quotes"]),
        (PKK + "aliases = [1978]\n", ["'aliases' must be a list of texts"]),
        (ERDOGAN.replace("prime min", "prim min"), ["'prim minister' is unknown", "mean 'prime minister'?"]),
        (ERDOGAN.replace('"2003-03-14"', '"14 March 2003"'), ["since '14 March 2003' is not a year, month or day"]),
        (ERDOGAN.replace("until", "til"), ["an office has role and of, and may have since and until, nothing else"]),
        (ERDOGAN.replace('of = "TUR", ', ""), ["'PER-erdogan'", "an office has role and of"]),
        (ERDOGAN.split("offices", maxsplit=1)[0] + 'offices = ["president"]\n', ["offices are a list such as"]),
        (PKK + 'aliases = "PKK"\n', ["'aliases' must be a list of texts"]),
        (PKK + 'active_from = "soon"\n', ["active_from 'soon' is not a year, month or day"]),
        (PKK + 'active_from = "1978-13"\n', ["active_from '1978-13' is not a year, month or day"]),
        (PKK + 'wikidata = "43"\n', ["wikidata '43' is no item id such as Q43"]),
        (PKK.replace("ArmedGroup", "armedGroup"), ["did you mean 'ArmedGroup'?"]),
        (PKK + PKK, ["'PKK' stands twice"]),
        ('[actor]\nid = "PKK"\n', ["write [[actor]] above each actor"]),
        ('[[name]]\ntxt = "Georgia"\n', ["unknown key 'txt'; did you mean 'text'?"]),
        ('[[name]]\ntext = "Georgia"\nsenses = [{ context = "Tbilisi" }]\n', ["'context' must be a list of texts"]),
        ("[places]\nAleppo = 1\n", ["[places] holds lines such as"]),
        ("[[actors]]\nid = 1\n", ["unknown table 'actors'", "use [[actor]]"]),
        ('[[metonym]]\nname = "Cankaya"\nactor = "TUR"\nkind = "palace"\n', ["metonym 'Cankaya'", "seat or capital"]),
        ("[[actor]\n", ["actors.toml"]),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_the_place_and_the_mend(tmp_path: Path, toml: str, says: list[str]) -> None:
    with pytest.raises(CatalogueError) as raised:
        load([write(tmp_path, toml)])
    assert "actors.toml" in str(raised.value)
    for part in says:
        assert part in str(raised.value)


def test_an_id_that_two_files_of_a_directory_define_is_refused(tmp_path: Path) -> None:
    """An overlay may replace an actor; two files of one directory that both define it are a slip."""
    write(tmp_path / "a", PKK, name="one.toml")
    write(tmp_path / "b", PKK.replace("Kurdistan Workers' Party", "PKK"))
    assert load([tmp_path / "a", tmp_path / "b"]).entries["PKK"].actor.name == "PKK"
    write(tmp_path / "a", PKK, name="two.toml")
    with pytest.raises(CatalogueError, match=r"two.toml: actor 'PKK' stands twice, the first time in .*one.toml"):
        load([tmp_path / "a"])


def test_rows_that_point_to_nobody_are_problems(tmp_path: Path) -> None:
    seat = '[[metonym]]\nname = "Cankaya"\nactor = "TURR"\nkind = "seat"\n'
    name = '[[name]]\ntext = "Cankaya"\ndefault = "TUR"\nsenses = [{ actor = "CANKAYA", left = ["town"] }]\n'
    organ = PKK.replace('sector = "REB"\n', 'principal = "TUR-ARMY"\n')
    places = '[places]\nAnkara = "TUR"\nSmyrna = "OTT"\n'
    found = problems(load([write(tmp_path, TURKEY, organ, seat, name, places)]))
    assert found == [
        "PKK: principal 'TUR-ARMY' is not an actor",
        "metonym 'Cankaya': 'TURR' is not an actor; did you mean 'TUR'?",
        "name 'Cankaya': 'CANKAYA' is not an actor",
        "place 'Smyrna': 'OTT' is not an actor",
    ]
    assert problems(load([write(tmp_path, TURKEY, organ.replace("TUR-ARMY", "TUR-MIL"))])) == []


def test_three_letters_that_are_no_iso_code_say_so(catalogue: Catalogue) -> None:
    assert [catalogue.entries[i].actor.iso3 for i in ("TUR", "DDR", "DPR", "LPR", "UAR")] == ["TUR", "DDR", "", "", ""]


def test_a_directory_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="no such directory"):
        load([tmp_path / "nowhere"])


def test_problems_name_what_an_editor_must_mend(tmp_path: Path) -> None:
    rows = [
        TURKEY,
        PKK + 'principal = "TURR"\naliases = ["Kongra-Gel"]\nactive_from = "1984"\nactive_to = "1978"\n',
        '[[actor]]\nid = "KG"\nname = "Kongra-Gel"\ntype = "Party"\n',
        ERDOGAN.replace('until = "2014-08-28"', 'until = "2001"'),
    ]
    found = "\n".join(problems(load([write(tmp_path, *rows)])))
    assert "PKK: principal 'TURR' is not an actor; did you mean 'TUR'?" in found
    assert "PKK: active_to 1978 is before active_from 1984" in found
    assert "'Kongra-Gel' names KG, PKK" in found
    assert "PER-erdogan: prime minister of TUR ends 2001 before it begins 2003-03-14" in found


def test_an_overlay_overrides_and_adds(tmp_path: Path) -> None:
    base = write(tmp_path / "base", TURKEY, PKK)
    own = write(tmp_path / "own", PKK.replace("Kurdistan Workers' Party", "PKK"), ERDOGAN)
    both = load([base, own])
    assert both.entries["PKK"].actor.name == "PKK"
    assert both.adjective("TUR") == "Turkish"
    assert "PER-erdogan" in both


def test_terms_that_share_a_day_belong_to_the_successor(tmp_path: Path) -> None:
    turkey = load([write(tmp_path, TURKEY, ERDOGAN, GUL)])
    assert turkey.holder("president", "TUR", date(2014, 8, 28)) == "PER-erdogan"
    assert turkey.holder("president", "TUR", date(2014, 8, 27)) == "PER-gul"
    assert turkey.holder("prime minister", "TUR", date(2002, 12, 1)) == "PER-gul"
    assert turkey.holder("president", "TUR", date(1999, 1, 1)) is None
    assert turkey.holder("president", "TUR", None) is None


def test_the_cache_is_rebuilt_when_a_file_changes(tmp_path: Path) -> None:
    seeds, cache = write(tmp_path / "seeds", TURKEY, PKK), tmp_path / "cache"
    first = load([seeds], cache)
    (kept,) = cache.glob("actors-*.json")
    assert load([seeds], cache).entries == first.entries
    assert list(cache.glob("actors-*.json")) == [kept]

    write(seeds, TURKEY, PKK, ERDOGAN)
    assert "PER-erdogan" in load([seeds], cache)
    assert load([seeds], cache).version != first.version

    path = seeds / "actors.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Turkey", "Türkei"), encoding="utf-8")
    os.utime(path, ns=(1, 1))  # as a checkout sets it: older than the compiled file
    assert load([seeds], cache).entries["TUR"].actor.name == "Türkei"


def test_a_spoilt_cache_is_read_anew(tmp_path: Path) -> None:
    seeds, cache = write(tmp_path / "seeds", TURKEY), tmp_path / "cache"
    load([seeds], cache)
    (kept,) = cache.glob("actors-*.json")
    kept.write_text('{"actors": [', encoding="utf-8")
    assert "TUR" in load([seeds], cache)


def test_the_compiled_catalogue_loads_within_half_a_second(tmp_path: Path) -> None:
    load([ACTORS], tmp_path)
    spent = []
    for _ in range(3):
        begun = process_time()
        load([ACTORS], tmp_path)
        spent.append(process_time() - begun)
    assert min(spent) <= 0.5  # processor time: the clock on the wall also counts what others do meanwhile
