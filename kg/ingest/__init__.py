"""Articles from text, Markdown, HTML, JSON lines and CSV; near-copies among them."""

from kg.ingest.copies import copies
from kg.ingest.read import read_articles
from kg.ingest.rows import dump

__all__ = ["copies", "dump", "read_articles"]
