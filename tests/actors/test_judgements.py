"""What people judged, on statements: merged, split, renamed, retyped, wrong, right, and taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.actors.judgements import Judgement, Judgements, new_actor
from kg.errors import InputError
from kg.model import ActorRef, ActorType, Statement
from tests.store.world import article, claim, ref

AT = "2026-11-22T18:00:00+00:00"


@pytest.fixture
def judgements(tmp_path: Path) -> Judgements:
    return Judgements.read(tmp_path / "judgements.jsonl")


def judge(judgements: Judgements, act: Any, **what: Any) -> Judgement:
    when = f"2026-11-22T18:00:{len(judgements.entries):02}+00:00"
    return judgements.add(Judgement(act, "ana", when, **what))


def told(triple: str, **more: Any) -> Statement:
    return claim(article(), triple, **more)


def triple(s: Statement | None) -> str:
    return f"{s.source.actor.id} {s.relation} {s.target.actor.id}" if s else ""


def test_no_file_judges_nothing(judgements: Judgements) -> None:
    s = told("TUR OPPOSES YPG")
    assert not judgements
    assert judgements(s) is s


def test_the_same_actor_goes_by_the_other_name(judgements: Judgements) -> None:
    judge(judgements, "same", actor="~kurdish-fighters", other=ref("YPG"))
    s = judgements(told("TUR ATTACKS ~kurdish-fighters", by=("~kurdish-fighters",)))
    assert s is not None
    assert triple(s) == "TUR ATTACKS YPG"
    assert s.target.text == "Kurdish Fighters", "the text stays what it was"
    assert "read as ~kurdish-fighters" in s.target.via
    assert [a.id for a in s.attribution] == ["YPG"]


def test_merges_chain_and_do_not_run_in_circles(judgements: Judgements) -> None:
    judge(judgements, "same", actor="~a", other=ref("~b"))
    judge(judgements, "same", actor="~b", other=ref("YPG"))
    judge(judgements, "same", actor="YPG", other=ref("~a"))
    assert triple(judgements(told("TUR ATTACKS ~a"))) == "TUR ATTACKS YPG"
    assert triple(judgements(told("TUR ATTACKS YPG"))) == "TUR ATTACKS YPG"


def test_a_principal_is_judged_too(judgements: Judgements) -> None:
    judge(judgements, "same", actor="~front", other=ref("YPG"))
    spokesman = replace(ref("PER-LAVROV"), principal=ref("~front"))
    assert judgements.now(spokesman).principal == ref("YPG")


def test_what_an_actor_does_to_itself_is_no_statement(judgements: Judgements) -> None:
    judge(judgements, "same", actor="~kurdish-fighters", other=ref("YPG"))
    assert judgements(told("~kurdish-fighters ALLIED_WITH YPG")) is None


def test_different_takes_a_merge_back_and_is_remembered(judgements: Judgements) -> None:
    judge(judgements, "same", actor="~a", other=ref("YPG"))
    judge(judgements, "different", actor="~a", other=ref("YPG"))
    assert triple(judgements(told("TUR ATTACKS ~a"))) == "TUR ATTACKS ~a"
    assert judgements.distinct == {frozenset({"~a", "YPG"})}
    judge(judgements, "same", actor="~a", other=ref("YPG"))
    assert triple(judgements(told("TUR ATTACKS ~a"))) == "TUR ATTACKS YPG"
    assert not judgements.distinct


def test_some_mentions_are_somebody_else(judgements: Judgements) -> None:
    jordan = new_actor("Michael Jordan", ActorType.PERSON)
    judge(judgements, "different", actor="SYR", other=jordan, text="Syria", article="a1")
    assert triple(judgements(told("TUR SUPPORTS SYR"))) == "TUR SUPPORTS ~michael-jordan"
    elsewhere = claim(article("a2"), "TUR SUPPORTS SYR")
    assert judgements(elsewhere) == elsewhere
    assert not judgements.distinct


def test_renamed_and_retyped(judgements: Judgements) -> None:
    judge(judgements, "rename", actor="~front", name="Orvan Liberation Front")
    judge(judgements, "retype", actor="~front", type="ArmedGroup")
    s = judgements(told("~front ATTACKS SYR"))
    assert s is not None
    front = s.source.actor
    assert (front.id, front.name, front.type) == ("~front", "Orvan Liberation Front", ActorType.ARMED_GROUP)
    assert front.aliases == ("Front",)
    judge(judgements, "rename", actor="~front", name="OLF")
    assert judgements.now(ref("~front")).name == "OLF"


def test_a_wrong_statement_goes_and_a_right_one_is_sure(judgements: Judgements) -> None:
    wrong, right = told("TUR OPPOSES YPG"), told("USA AIDS YPG", confidence=0.6)
    judge(judgements, "wrong", statement=wrong.id)
    judge(judgements, "right", statement=right.id)
    assert judgements(wrong) is None
    assert judgements(right) == replace(right, confidence=1.0)


def test_a_verdict_holds_by_the_id_before_and_after_a_merge(judgements: Judgements) -> None:
    read = told("TUR ATTACKS ~fighters")
    judge(judgements, "same", actor="~fighters", other=ref("YPG"))
    merged = judgements(read)
    assert merged is not None
    judge(judgements, "wrong", statement=merged.id)
    assert judgements(read) is None


def test_undo_and_undo_of_the_undo(judgements: Judgements) -> None:
    s = told("TUR OPPOSES YPG")
    wrong = judge(judgements, "wrong", statement=s.id)
    back = judge(judgements, "undo", of=wrong.id)
    assert judgements(s) == s
    assert judgements.last() is None
    judge(judgements, "undo", of=back.id)
    assert judgements(s) is None
    assert judgements.last() == wrong


def test_the_file_is_only_appended_to_and_reads_back(judgements: Judgements) -> None:
    judge(judgements, "same", actor="~a", other=ref("PER-LAVROV"), note="vu à la télé")
    before = judgements.path.read_bytes()
    judge(judgements, "wrong", statement="0f3a")
    assert judgements.path.read_bytes().startswith(before)
    again = Judgements.read(judgements.path).entries
    assert [e.to_json() for e in again] == [e.to_json() for e in judgements.entries]


def test_a_line_that_an_editor_left_without_its_end_is_kept_whole(judgements: Judgements) -> None:
    judge(judgements, "wrong", statement="0f3a")
    judgements.path.write_bytes(judgements.path.read_bytes().rstrip())
    judge(judgements, "wrong", statement="77b0")
    assert [e.statement for e in Judgements.read(judgements.path).entries] == ["0f3a", "77b0"]


def test_a_full_disk_leaves_no_half_line(judgements: Judgements, monkeypatch: pytest.MonkeyPatch) -> None:
    judge(judgements, "wrong", statement="0f3a")
    before = judgements.path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        judge(judgements, "wrong", statement="77b0")
    assert judgements.path.read_bytes() == before
    assert len(judgements.entries) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "judgements.jsonl:1: not a judgement"),
        ("[]", "judgements.jsonl:1: not a judgement"),
        ('{"act": "merge", "who": "a", "when": "b"}', "'merge' is not one of same, different"),
        ('{"act": "same", "who": "a", "when": "b", "actor": "X"}', "'same' needs 'other'"),
        ('{"act": "wrong", "when": "b", "statement": "X"}', "'wrong' needs 'who'"),
        ('{"act": "wrong", "who": "a", "when": "b", "statement": "X", "why": "y"}', "unknown key 'why'"),
        ('{"act": "retype", "who": "a", "when": "b", "actor": "X", "type": "Sect"}', "'Sect' is not a valid ActorType"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "judgements.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError) as e:
        Judgements.read(path)
    assert said in str(e.value)


def test_nonsense_is_refused_and_not_written(judgements: Judgements) -> None:
    with pytest.raises(InputError, match="cannot be judged against itself"):
        judge(judgements, "same", actor="YPG", other=ref("YPG"))
    with pytest.raises(InputError, match="no judgement 'nope'"):
        judge(judgements, "undo", of="nope")
    assert not judgements.path.exists()


def test_lines_hold_what_a_reader_needs(judgements: Judgements) -> None:
    judge(judgements, "same", actor="~a", other=ActorRef("YPG", "YPG", ActorType.ARMED_GROUP))
    row = json.loads(judgements.path.read_text(encoding="utf-8"))
    assert row == {
        "id": row["id"],
        "when": "2026-11-22T18:00:00+00:00",
        "who": "ana",
        "act": "same",
        "actor": "~a",
        "other": {"id": "YPG", "name": "YPG", "type": "ArmedGroup", "linked": True},
    }
