"""How a text was read, with the reasons for what was refused."""

from __future__ import annotations

from copy import copy

from kg.model import Article
from kg.nlp.score import Scorer
from kg.run import open_catalogue
from kg.trace import trace


def strict() -> Scorer:
    """A scorer that accepts nothing."""
    scorer = copy(Scorer.packaged())
    scorer.rule_bar = scorer.free_bar = 1.5
    return scorer


def test_what_is_below_the_bar_is_refused_with_its_score_and_rule() -> None:
    article = Article("Turkey opposes YPG. Nobody came.", "a")
    one, two = trace(article, open_catalogue(), strict())
    assert one.coded == ()
    [refused] = [r for r in one.refused if r.relation == "OPPOSES"]
    assert (refused.source, refused.target, refused.rule) == ("Turkey", "YPG", "oppose/active")
    assert refused.why.endswith("is below the bar of 1.50")
    assert "      " + refused.why + "; proposed by oppose/active" in list(one.lines())
    assert (two.mentions, two.coded, two.refused) == ((), (), ())
    assert list(two.lines())[-2:] == ["  no actors", "  nothing coded"]


def test_what_is_coded_is_not_refused_too() -> None:
    [one] = trace(Article("Turkey opposes YPG.", "a"), open_catalogue())
    assert [s.relation for s in one.coded] == ["OPPOSES"]
    assert not [r for r in one.refused if (r.source, r.relation, r.target) == ("Turkey", "OPPOSES", "YPG")]
