"""Statements whose every text is an attack on whoever shows it."""

from __future__ import annotations

from datetime import date

from kg.model import ActorRef, ActorType, Article, Mention, Span, Statement, Time

ATTACKS = (
    '<img src=x onerror="window.hit=1">',
    "</script><script>window.hit=2</script>",
    '"><svg onload=window.hit=3>',
    "' autofocus onfocus='window.hit=4",
    "<a href=javascript:window.hit=5>href</a>",
    "{{constructor.constructor('window.hit=6')()}}",
    "]]><!--<iframe srcdoc='<script>parent.hit=7</script>'>",
    "=HYPERLINK(window.hit=8)",
)
URLS = (
    "javascript:window.hit=9",
    "data:text/html,<script>window.hit=10</script>",
    ' https://example.org/"onclick="window.hit=11',
)


def _actor(n: int, spaces: bool) -> ActorRef:
    attack = ATTACKS[n % len(ATTACKS)]
    ident = f"~{n}{attack}" if spaces else f"~{n}" + attack.replace(" ", "/")
    side = ActorRef(f"~side{attack.replace(' ', '/')}", f"Side {attack}", ActorType.STATE) if n % 3 == 0 else None
    return ActorRef(
        ident, f"{n} {attack}", ActorType.PERSON, aliases=(attack,), wikidata=attack, principal=side, linked=False
    )


def evil(spaces: bool = True) -> list[tuple[Article, Statement]]:
    """Two statements between each two of eight actors.

    Args:
        spaces: Whether ids may have spaces, which the graph refuses and a page must stand.
    """
    actors = [_actor(n, spaces) for n in range(8)]
    rows = []
    for n, a in enumerate(actors):
        for m, b in enumerate(actors[n + 1 :], n + 1):
            attack = ATTACKS[(n + m) % len(ATTACKS)]
            text = f"{attack} said {a.name} struck {b.name}"
            at = len(attack) + 6
            article = Article(
                "", f"art{n}{m}{attack}", URLS[m % 3], f"Daily {attack}", f"Title {attack}", date(2020, 1 + n, 1 + m)
            )
            for relation in ("ATTACKS", "AIDS"):
                statement = Statement(
                    article.id,
                    Span(text, 0, len(text)),
                    Mention(at, at + len(a.name), a.name, a, "coreference", attack),
                    relation,
                    Mention(len(text) - len(b.name), len(text), b.name, b, "new"),
                    Span("struck", at + len(a.name) + 1, at + len(a.name) + 7),
                    attribution=(actors[(n + 3) % 8],),
                    time=Time(f"2020-0{1 + n}-0{1 + m}", "", "day", "text"),
                    place=attack,
                    rule=attack,
                )
                rows.append((article, statement))
    return rows
