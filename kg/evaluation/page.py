"""An evaluation as one HTML page that a person can read: figures first, then every error in its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from kg.evaluation.figures import FACETS, Error, calibration_error, reliability
from kg.model import Mention, Span, Statement

if TYPE_CHECKING:
    from kg.evaluate import Evaluation

STYLE = """
:root { color-scheme: light dark; --line: #8886; --source: #0060a8; --target: #b84a00; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .2rem .8rem .2rem 0; text-align: right; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; }
blockquote { margin: .3rem 0; padding-left: .8rem; border-left: 3px solid var(--line); }
code { font-size: .9em; }
mark { background: none; color: inherit; font-weight: 600; border-bottom: 2px solid; }
mark.source { border-color: var(--source); } mark.target { border-color: var(--target); }
mark.trigger { border-bottom-style: dotted; }
article { margin: 1.2rem 0; } article p { margin: .2rem 0; }
"""
KINDS = {"missed": "Missed", "spurious": "Spurious", "facet": "Right claim, wrong facet"}


def error_page(evaluation: Evaluation) -> str:
    """The page, complete; it asks the network for nothing."""
    total = evaluation.total
    errors = sorted(total.errors, key=lambda e: (e.relation, list(KINDS).index(e.kind)))
    parts = [
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Extraction against gold</title>"
        "<meta name='viewport' content='width=device-width'>"
        f"<style>{STYLE}</style></head><body><h1>Extraction against gold</h1>",
        _levels(evaluation),
        _table(
            ("relation", "precision", "recall", "hit", "spurious", "missed"),
            (
                (f"<a href='#{k}'>{k}</a>", _n(c.precision), _n(c.recall), str(c.hit), str(c.wrong), str(c.missed))
                for k, c in sorted(total.relations.items())
            ),
        ),
        _table(("facet", "right"), ((f, _n(total.facet(f))) for f in FACETS)),
        f"<p>Expected calibration error {calibration_error(total.judged):.3f}.</p>",
        _table(
            ("confidence", "statements", "mean confidence", "right"),
            (
                (f"{b.low:.1f}–{b.high:.1f}", str(b.count), _n(b.confidence), _n(b.right))
                for b in reliability(total.judged)
            ),
        ),
    ]
    for relation, some in groupby(errors, key=lambda e: e.relation):
        parts.append(f"<h2 id='{escape(relation)}'>{escape(relation)}</h2>")
        parts += [_error(e) for e in some]
    parts.append("</body></html>\n")
    return "\n".join(parts)


def _levels(evaluation: Evaluation) -> str:
    rows: list[Sequence[str]] = []
    for register, figures in {"all": evaluation.total, **evaluation.registers}.items():
        for name, c in figures.levels.items():
            rows.append((escape(f"{register}: {name}"), _n(c.precision), _n(c.recall), _n(c.f1)))
    return _table(("level", "precision", "recall", "F1"), rows)


def _error(e: Error) -> str:
    found = e.found.statement if e.found else None
    lines = [f"<article><p><strong>{KINDS[e.kind]}</strong> in {escape(e.article.id)}</p>"]
    lines.append(f"<blockquote>{_marked(e, found)}</blockquote>")
    if e.gold:
        lines.append(f"<p>annotated: <code>{escape(e.gold.line)}</code></p>")
    if found:
        lines.append(f"<p>extracted: {_said(found)}</p>")
    if e.facets:
        lines.append(f"<p>differs in: {', '.join(e.facets)}</p>")
    return "".join(lines) + "</article>"


def _said(s: Statement) -> str:
    by = f", said by {' › '.join(a.name for a in s.attribution)}" if s.attribution else ""
    ends = f"{s.source.actor.name} | {s.relation} | {s.target.actor.name}"
    return f"<code>{escape(ends)}</code> {escape(f'{s.polarity}, {s.modality}{by}; {s.confidence:.2f} by {s.rule}')}"


def _marked(e: Error, s: Statement | None) -> str:
    """The sentence with source, trigger and target marked; of marks that overlap the first stands."""
    text, start = e.sentence.text, e.sentence.start
    if s is None:
        return escape(text)
    marks: list[tuple[Mention | Span, str]] = [(s.source, "source"), (s.trigger, "trigger"), (s.target, "target")]
    out, at = "", 0
    for span, kind in sorted(marks, key=lambda m: m[0].start):
        a, b = span.start - start, span.end - start
        if at <= a < b <= len(text):
            out += f"{escape(text[at:a])}<mark class='{kind}'>{escape(text[a:b])}</mark>"
            at = b
    return out + escape(text[at:])


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells are HTML."""
    top = "".join(f"<th>{escape(h)}</th>" for h in head)
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _n(value: float) -> str:
    return f"{value:.3f}"
