"""The trap in Cypher texts that the embedded server does not report: a relationship's property in an inline map.

``MATCH (a)-[r]->(b) MATCH (t {id: r.article})`` finds the article on Neo4j and silently nothing on the embedded server;
``MATCH (t) WHERE t.id = r.article`` means the same and works on both.
"""

from __future__ import annotations

import re

# Comments and quoted text cannot hold code; they are blanked so that offsets stay.
NOT_CODE = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", re.DOTALL)
RELATIONSHIP = re.compile(r"-\s*\[\s*([A-Za-z_]\w*|`[^`]+`)")
MAP = re.compile(r"([(\[])([^()\[\]{}]*)\{([^{}]*)\}")
# One of a path's relationships, or a relationship by another name: ``x IN relationships(p)``, ``UNWIND rs AS x``.
ONE_OF = re.compile(r"\b(\w+)\s+IN\s+(?:relationships\s*\(|(\w+))", re.IGNORECASE)
RENAMED = re.compile(r"(?:relationships\s*\([^()]*\)|\b(\w+))\s+AS\s+(\w+)", re.IGNORECASE)


def inline_map_traps(text: str) -> list[str]:
    """Each ``variable.property`` of a relationship that stands in the inline map of a pattern, in order."""
    code = NOT_CODE.sub(lambda m: " " * len(m[0]), text)
    names = {m[1].strip("`") for m in RELATIONSHIP.finditer(code)}
    for one, of in ((m[1], m[2]) for m in ONE_OF.finditer(code)):
        if of is None or of in names:
            names.add(one)
    for of, one in ((m[1], m[2]) for m in RENAMED.finditer(code)):
        if of is None or of in names:
            names.add(one)
    found = []
    for m in MAP.finditer(code):
        if not _pattern(code, m):
            continue
        for use in re.finditer(r":\s*`?([A-Za-z_]\w*)`?\s*\.\s*(\w+)", m[3]):
            if use[1] in names:
                found.append(f"{use[1]}.{use[2]}")
    return found


def warning(text: str) -> str:
    """What to tell a user of the embedded server about a text; empty when there is nothing to tell."""
    traps = inline_map_traps(text)
    if not traps:
        return ""
    return (
        f"{traps[0]} is a relationship's property inside {{…}}: the embedded server finds nothing by it; "
        f"compare it in WHERE instead"
    )


def _pattern(code: str, m: re.Match[str]) -> bool:
    """Whether a bracket opens a node or a relationship of a pattern, not a call, a list or a map projection."""
    before = code[: m.start()].rstrip()
    if m[1] == "[":
        return before.endswith("-")
    # A call has its name against the bracket; a pattern follows a keyword, a comma, an arrow or an equals sign.
    if code[: m.start()][-1:].isalnum():
        return False
    inside = m[2].strip()
    return inside == "" or bool(re.fullmatch(r"(`[^`]+`|\w+)?\s*((:|&|\||!|\s)+(`[^`]+`|\w+))*", inside))
