"""The server as its neighbours on the network meet it: names, tokens, origins, methods, sizes."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import pytest

from kg.errors import InputError, StoreError
from kg.server.api import Api
from kg.server.http import LARGEST_BODY, Server, is_loopback
from kg.server.views import Views
from tests.server.rows import columns_of
from tests.view.synthetic import statements


class Without(Api):
    """Answers from columns, with no graph server behind them."""

    def __init__(self) -> None:
        self.title = "Test <graph>"
        self.review = None
        self._turn, self._answering, self._asked_at = threading.Lock(), 0, 0.0
        self.views = Views(columns_of(statements(60, 300)))
        self.routes = {"/api/search": self.search, "/api/path": self.path, "/api/broken": broken}
        self.judged: list[Mapping[str, Any]] = []

    def judge(self, said: Mapping[str, Any]) -> dict[str, Any]:
        self.judged.append(said)
        return {"judgements": []}


def broken(query: object) -> dict[str, Any]:
    raise StoreError("bolt://secret:7687 does not answer")


Ask = Callable[..., tuple[int, HTTPResponse, bytes]]


@contextmanager
def running(token: str = "") -> Iterator[tuple[Server, Ask]]:
    server = Server(Without(), "127.0.0.1", 0, token)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()

    def ask(
        path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, HTTPResponse, bytes]:
        connection = HTTPConnection(*server.server_address[:2], timeout=10)  # type: ignore[misc]
        try:
            connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
            response = connection.getresponse()
            return response.status, response, response.read()
        finally:
            connection.close()

    try:
        yield server, ask
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def asked() -> Iterator[Ask]:
    with running() as (_, ask):
        yield ask


def test_the_page_comes_with_a_strict_policy(asked: Ask) -> None:
    status, response, body = asked("/")
    assert status == 200
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "connect-src 'self'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in response.headers
    assert b"<title>Test &lt;graph&gt;</title>" in body


def test_a_question_is_answered_as_json(asked: Ask) -> None:
    status, response, body = asked("/api/search?q=erdogan")
    assert (status, response.headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    assert [a["id"] for a in json.loads(body)["actors"]] == ["PER-ERDOGAN"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/search?q=a&most=0", 400),
        ("/api/search?query=a", 400),
        ("/api/path?a=TUR", 400),
        ("/api/search?q=%ff", 400),
        ("/api/search?q=" + "x" * 300, 400),
        ("/api/search?q=" + "x" * 20000, 414),
        ("/api/nothing", 404),
        ("/../../etc/passwd", 404),
        ("/index.html", 404),
        ("/api/broken", 503),
    ],
)
def test_what_cannot_be_answered_says_so(asked: Ask, path: str, status: int) -> None:
    code, response, body = asked(path)
    assert code == status
    assert response.headers["Content-Security-Policy"]
    words = json.loads(body)["error"]
    assert words
    assert "secret" not in words


def test_other_methods_are_refused(asked: Ask) -> None:
    assert asked("/", "PUT")[0] == 501
    assert asked("/", "DELETE")[0] == 501
    status, response, body = asked("/", "HEAD")
    assert (status, body) == (200, b"")
    assert int(response.headers["Content-Length"]) > 1000


@pytest.mark.parametrize("name", ["evil.example", "evil.example:80", "127.0.0.1", "localhost:1", ""])
def test_under_another_name_nothing_is_served(asked: Ask, name: str) -> None:
    """A name of somebody else's that was rebound to this machine comes with that name."""
    assert asked("/", Host=name)[0] == 421
    assert asked("/api/search?q=a", Host=name)[0] == 421


def test_judgements_come_from_the_page_only() -> None:
    with running() as (server, ask):
        body = json.dumps({"act": "wrong", "statement": "x"}).encode()
        own = f"http://127.0.0.1:{server.server_address[1]}"
        kind = "application/json"
        assert ask("/api/judge", "POST", body, Content_Type=kind, Origin="https://evil.example")[0] == 403
        assert ask("/api/judge", "POST", body, Content_Type=kind, Origin="null")[0] == 403
        assert ask("/api/judge", "POST", body, Content_Type="text/plain", Origin=own)[0] == 415
        assert ask("/api/judge", "POST", b"{", Content_Type=kind, Origin=own)[0] == 400
        assert ask("/api/judge", "POST", b"[]", Content_Type=kind, Origin=own)[0] == 400
        assert ask("/api/judge", "POST", b" " * (LARGEST_BODY + 1), Content_Type=kind, Origin=own)[0] == 413
        assert ask("/api/other", "POST", body, Content_Type=kind, Origin=own)[0] == 404
        assert server.api.judged == []  # type: ignore[attr-defined]
        assert ask("/api/judge", "POST", body, Content_Type=kind, Origin=own)[0] == 200
        assert server.api.judged == [{"act": "wrong", "statement": "x"}]  # type: ignore[attr-defined]


def test_with_a_token_nobody_without_it_is_let_in() -> None:
    with running("s3cret") as (server, ask):
        assert server.url.endswith("/?token=s3cret")
        assert ask("/")[0] == 401
        assert ask("/api/search?q=a")[0] == 401
        assert ask("/api/search?q=a&token=s3cret")[0] == 401
        assert ask("/?token=wrong")[0] == 401
        assert ask("/", Cookie="kg-token=wrong; x=y")[0] == 401
        assert ask("/", Cookie="=;\u00ff".encode().decode("latin-1"))[0] == 401
        assert ask("/api/search?q=a", Authorization="Bearer s3cret")[0] == 200
        status, response, body = ask("/?token=s3cret")
        assert (status, response.headers["Location"], body) == (303, "/", b"")
        cookie = response.headers["Set-Cookie"]
        assert {"HttpOnly", "SameSite=Strict"} <= {part.strip() for part in cookie.split(";")}
        assert ask("/", Cookie=cookie.split(";")[0])[0] == 200


def test_another_address_needs_a_token() -> None:
    with pytest.raises(InputError, match="give a token"):
        Server(Without(), "0.0.0.0", 0, "")


def test_an_address_in_use_says_so() -> None:
    with running() as (server, _), pytest.raises(InputError, match="choose another --port"):
        Server(Without(), "127.0.0.1", server.server_address[1], "")


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.3.2.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("example.org", False),
    ],
)
def test_what_is_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
