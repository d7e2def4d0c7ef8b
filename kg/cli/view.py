"""``kg view`` and ``kg serve``: the page, as a file and live."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options as opt
from kg.cli.console import note, progress, say

app = typer.Typer(rich_markup_mode=None)


@app.command()
def view(
    out: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page.")] = Path("graph.html"),
    title: Annotated[str, typer.Option("--title", help="Of the page.")] = "",
    min_confidence: opt.MinConfidence = 0.0,
    quick: Annotated[bool, typer.Option("--quick", help="A plain pyvis drawing, without evidence.")] = False,
    browser: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
    store: opt.Store = None,
) -> None:
    """Draw the graph as one HTML file that needs no network and no server.

    \b
    Example:
        kg view -o graph.html --open
    """
    from kg.run import draw, open_graph

    with open_graph(store) as graph, progress("drawing"):
        if quick:
            from kg.store.recall import recall
            from kg.view.quick import write_quick

            write_quick((s for _, some in recall(graph) for s in some if s.confidence >= min_confidence), out)
            note(str(out))
        else:
            data = draw(graph, out, title, min_confidence)
            note(f"{out}: {data.caption} {data.json['left']}".rstrip())
    if browser:
        typer.launch(out.resolve().as_uri())


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="Any address but loopback needs a token.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = 8765,
    token: Annotated[
        str, typer.Option("--token", envvar="KG_TOKEN", help="What a browser must show; made up for other hosts.")
    ] = "",
    title: Annotated[str, typer.Option("--title", help="Of the page.")] = "",
    review: Annotated[bool, typer.Option("--review", help="Let readers judge statements and actors.")] = False,
    browser: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
    who: opt.Who = "",
    judged: opt.Judged = opt.JUDGEMENTS,
    store: opt.Store = None,
) -> None:
    """Serve the page live, for a graph of any size; read-only unless --review. Ctrl-C or SIGTERM ends it.

    \b
    Example:
        kg serve --open
        kg serve --review --who ana
    """
    import secrets
    import signal
    import sys

    from kg.actors.judgements import Judgements
    from kg.run import open_graph
    from kg.server.http import is_loopback
    from kg.server.http import serve as listen
    from kg.server.review import Review
    from kg.view.page import TITLE

    if not token and not is_loopback(host):
        token = secrets.token_urlsafe(16)
    judge = Review(Judgements.read(judged), who or "unknown", opt.now) if review else None
    with open_graph(store) as graph:
        server = listen(graph, host, port, token, title=title or TITLE, review=judge)
        # Set, not left as found: a shell starts what runs in its background deaf to SIGINT.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler)
        say(server.url)
        sys.stdout.flush()
        if browser:
            typer.launch(server.url)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            note("stopped")
        finally:
            server.server_close()
