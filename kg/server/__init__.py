"""The live page: the graph's relations asked for piece by piece, and judged."""

from kg.server.http import PORT, Server, serve
from kg.server.review import Review

__all__ = ["PORT", "Review", "Server", "serve"]
