"""The page over HTTP, for one person's browser: loopback unless told otherwise, and then only with a token.

Nothing but the page and its questions is served. Other sites can neither read (a strict policy, no cross-origin
headers, the host name checked against rebinding) nor write (JSON of the own origin, and only when judging is on).
"""

from __future__ import annotations

import hmac
import ipaddress
import json
import logging
import socket
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Final
from urllib.parse import SplitResult, parse_qs, urlsplit

from kg.errors import InputError, KgError
from kg.server.api import Api
from kg.server.review import Review
from kg.store import GraphStore
from kg.view.page import TITLE, html, policy

PORT: Final = 8765
LONGEST_TARGET: Final = 16_000
LARGEST_BODY: Final = 8_000
COOKIE: Final = "kg-token"
TIMEOUT: Final = 60

log = logging.getLogger("kg.server")


class Refused(Exception):
    """A request that gets a status instead of an answer."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class Server(ThreadingHTTPServer):
    """A server for one graph. Close it with ``server_close``."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, api: Api, host: str, port: int, token: str) -> None:
        if not is_loopback(host) and not token:
            raise InputError(f"--host {host} lets others in: give a token with --token, or leave --host out")
        self.api = api
        self.token = token
        if ":" in host:
            self.address_family = socket.AF_INET6
        try:
            super().__init__((host, port), Handler)
        except OSError as e:
            raise InputError(f"{host}:{port} cannot be served ({e.strerror or e}); choose another --port") from e

    @property
    def url(self) -> str:
        """Where to open it, with the token if there is one."""
        host, port = self.server_address[:2]
        name = f"[{host!s}]" if ":" in str(host) else str(host)
        return f"http://{name}:{port}/" + (f"?token={self.token}" if self.token else "")

    def page(self) -> bytes:
        """The page, which begins with what is known of the graph by now."""
        text = html(self.api.beginning({}), title=self.api.title, caption="Reading the graph …", connect=True)
        return text.encode("utf-8", "replace")

    @property
    def names(self) -> set[str]:
        """What a browser on this machine may call this server."""
        host, port = str(self.server_address[0]), self.server_address[1]
        return {f"{n}:{port}" for n in (host, f"[{host}]", "localhost", "127.0.0.1", "[::1]")}


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    server_version = "kg"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = TIMEOUT

    SECURITY: ClassVar[Mapping[str, str]] = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_HEAD(self) -> None:
        self._answer(self._get)

    def do_POST(self) -> None:
        self._answer(self._post)

    def log_message(self, format: str, *args: Any) -> None:
        log.debug("%s %s", self.address_string(), format % args)

    def _answer(self, act: Callable[[SplitResult], None]) -> None:
        try:
            self._answer_or_say(act)
        except ConnectionError:  # the reader has gone
            self.close_connection = True

    def _answer_or_say(self, act: Callable[[SplitResult], None]) -> None:
        try:
            if len(self.path) > LONGEST_TARGET:
                raise Refused(414, "the address is too long")
            self._check_host()
            url = urlsplit(self.path)
            if self._let_in(url):
                act(url)
        except Refused as e:
            self._send_json({"error": str(e)}, e.status)
        except InputError as e:
            self._send_json({"error": str(e)}, 400)
        except KgError as e:
            log.warning("%s: %s", self.path.partition("?")[0], e)
            self._send_json({"error": "the graph does not answer; see where it is served"}, 503)

    def _get(self, url: SplitResult) -> None:
        with self.server.api.first():
            self._answer_get(url)

    def _answer_get(self, url: SplitResult) -> None:
        if url.path == "/":
            self._send(self.server.page(), "text/html; charset=utf-8")
            return
        route = self.server.api.routes.get(url.path)
        if route is None:
            raise Refused(404, "there is nothing at this address")
        try:
            query = parse_qs(url.query, keep_blank_values=True, max_num_fields=1000, errors="strict")
        except ValueError as e:
            raise Refused(400, "the query cannot be read") from e
        self._send_json(route(query))

    def _post(self, url: SplitResult) -> None:
        if url.path != "/api/judge":
            raise Refused(404, "there is nothing at this address")
        if self.headers.get_content_type() != "application/json":
            raise Refused(415, "a judgement is sent as application/json")
        origin = self.headers.get("Origin")
        if origin is not None and origin not in {f"http://{name}" for name in self._names()}:
            raise Refused(403, "judgements come from the page itself")
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or int(length) > LARGEST_BODY:
            self.close_connection = True
            raise Refused(413, f"a judgement has at most {LARGEST_BODY} bytes")
        try:
            said = json.loads(self.rfile.read(int(length)))
        except ValueError as e:
            raise Refused(400, "not JSON") from e
        if not isinstance(said, dict):
            raise Refused(400, "a judgement is a JSON object")
        self._send_json(self.server.api.judge(said))

    def _names(self) -> set[str]:
        """Host names under which a request may come: any for a server that asks for a token anyway."""
        said = self.headers.get("Host", "")
        return {said} if self.server.token else self.server.names

    def _check_host(self) -> None:
        if self.headers.get("Host", "") not in self._names():
            raise Refused(421, "this server does not answer under that name")

    def _let_in(self, url: SplitResult) -> bool:
        """Whether the token is right; one in the address becomes a cookie, so that it does not stay in the address."""
        token = self.server.token
        if not token:
            return True
        given = parse_qs(url.query).get("token", [""])[0]
        if url.path == "/" and given and self._same(given):
            self.send_response(303)
            self.send_header("Location", "/")
            self.send_header("Set-Cookie", f"{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/")
            self.send_header("Content-Length", "0")
            self._send_security()
            self.end_headers()
            return False
        try:
            cookie = SimpleCookie(self.headers.get("Cookie", "")).get(COOKIE)
        except CookieError:
            cookie = None
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if not (self._same(bearer) or (cookie and self._same(cookie.value))):
            raise Refused(401, "open the address with its token, as it was shown when serving began")
        return True

    def _same(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.server.token.encode())

    def _send_json(self, answer: Mapping[str, Any], status: int = 200) -> None:
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        self._send(text.encode("utf-8", "replace"), "application/json; charset=utf-8", status)

    def _send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self._send_security()
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_security(self) -> None:
        self.send_header("Content-Security-Policy", policy(connect=True) + "; frame-ancestors 'self'")
        for name, value in self.SECURITY.items():
            self.send_header(name, value)


def serve(
    store: GraphStore,
    host: str = "127.0.0.1",
    port: int = PORT,
    token: str = "",
    *,
    title: str = TITLE,
    review: Review | None = None,
) -> Server:
    """Begin to read the graph, and listen; ``serve_forever`` answers, from what has been read by then.

    Args:
        store: An open graph.
        host: Address to listen at; any but loopback needs a token.
        port: 0 for a free one; see ``Server.url``.
        token: What a browser must show; letters, digits, ``-`` and ``_``.
        title: Of the page, plain text.
        review: Who judges and where that is written; without it nothing can be written.

    Raises:
        InputError: The address cannot be served so.
    """
    if token and not all(c.isascii() and (c.isalnum() or c in "-_") for c in token):
        raise InputError("the token may have letters, digits, - and _ only")
    return Server(Api(store, title=title, review=review), host, port, token)


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
