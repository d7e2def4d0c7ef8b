"""``kg eval``: how good extraction and linking are; ``kg bench``: what they cost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options as opt
from kg.cli.console import count, note, output, progress, say, say_json, table

if TYPE_CHECKING:
    from kg.evaluate import Evaluation
    from kg.evaluation.linking import LinkFigures

app = typer.Typer(help="Compare with what people annotated.", no_args_is_help=True, rich_markup_mode=None)

Gold = Annotated[list[Path], typer.Argument(metavar="GOLD…", help="Gold files, or directories of them.")]


@app.command()
def extraction(
    gold: Gold,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write every error as a page.")] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="FILE", help="End with 1 where a figure is below this.")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option("--write-baseline", metavar="FILE", help="Write the figures to hold to.")
    ] = None,
    overlays: opt.Overlays = None,
    as_json: opt.Json = False,
) -> None:
    """Score extraction: precision, recall and F1 by relation and register, facets, calibration.

    \b
    Example:
        kg eval extraction seeds/gold/development --html errors.html
    """
    from kg.evaluate import evaluate_extraction
    from kg.evaluation import baseline as held
    from kg.evaluation.page import error_page
    from kg.run import open_catalogue

    with progress("extracting") as step:
        found = evaluate_extraction(_files(gold, "*.gold"), open_catalogue(overlays), progress=lambda article: step(1))
    if html:
        with output(html) as f:
            f.write(error_page(found))
        note(f"{html}: {count(len(found.total.errors), 'error')}")
    if as_json:
        say_json({**found.total.to_json(), "registers": {r: f.to_json() for r, f in found.registers.items()}})
    else:
        _show(found)
    if write_baseline:
        held.write_baseline(write_baseline, found.total)
    if baseline and (fallen := held.fallen(baseline, found.total)):
        for line in fallen:
            note(f"{baseline}: {line}")
        raise typer.Exit(1)


def _files(paths: list[Path], pattern: str) -> list[Path]:
    return [f for p in paths for f in (sorted(p.glob(pattern)) if p.is_dir() else [p])]


def _show(found: Evaluation) -> None:
    from kg.evaluation.figures import FACETS, calibration_error, reliability

    total = found.total
    rows = [
        (register, name, c.precision, c.recall, c.f1, c.hit, c.wrong, c.missed)
        for register, figures in {"all": total, **found.registers}.items()
        for name, c in figures.levels.items()
    ]
    heads = ("precision", "recall", "F1", "hit", "spurious", "missed")
    table(("register", "level", *heads), [(*r[:2], *map(_n, r[2:5]), *r[5:]) for r in rows], numbers=range(2, 8))
    by = [
        (k, _n(c.precision), _n(c.recall), _n(c.f1), c.hit, c.wrong, c.missed)
        for k, c in sorted(total.relations.items())
    ]
    table(("relation", *heads), by, numbers=range(1, 7), title="by relation, at principal level")
    facets = [(f, _n(total.facet(f))) for f in FACETS]
    table(("facet", "right"), [*facets, ("speakers, where some are", _n(total.attributed))], numbers=[1])
    bins = [(f"{b.low:.1f}–{b.high:.1f}", b.count, _n(b.confidence), _n(b.right)) for b in reliability(total.judged)]
    table(("confidence", "statements", "mean", "right"), bins, numbers=[1, 2, 3], title="reliability")
    say(f"expected calibration error {calibration_error(total.judged):.3f}")
    say(f"{count(total.sentences, 'sentence')}, {count(total.unplaced, 'statement')} outside of them")


def _n(value: float) -> str:
    return f"{value:.3f}"


@app.command()
def actors(
    gold: Gold,
    overlays: opt.Overlays = None,
    as_json: opt.Json = False,
    errors: Annotated[bool, typer.Option("--errors", help="List every wrong link.")] = False,
) -> None:
    """Score linking: the share of mentions with the right actor, and with the right principal.

    \b
    Example:
        kg eval actors seeds/gold/linking --errors
    """
    from kg.evaluate import evaluate_actors
    from kg.run import open_catalogue

    with progress("resolving") as step:
        found = evaluate_actors(_files(gold, "*.jsonl"), open_catalogue(overlays), progress=lambda article: step(1))
    if as_json:
        say(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
        return
    _show_links(found, errors)


def _show_links(found: LinkFigures, errors: bool) -> None:
    say(f"{count(found.mentions, 'mention')}: actor {found.accuracy:.3f}, principal {found.principal_accuracy:.3f}")
    say(f"{found.unlinked:,} not found at all")
    ways = found.to_json()["by_how"]
    table(("how", "mentions", "right"), [(h, r["n"], _n(r["accuracy"])) for h, r in ways.items()], numbers=[1, 2])
    if errors:
        rows = [
            (
                w.article,
                w.label.text,
                " ".join(sorted(w.label.ids)) or "nobody",
                " ".join(w.found) or "nobody",
                w.context,
            )
            for w in found.wrong
        ]
        table(("article", "mention", "is", "was taken for", "context"), rows)
