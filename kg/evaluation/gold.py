"""Articles annotated by hand, by the codebook.

A gold file is text, one article a block::

    // register: analysis
    # id | 2018-02-16 | title
    S: A sentence as it stands in the article.
    + Turkey | OPPOSES | YPG | by=Rex_Tillerson neg intended
    ? Turkey | ACCUSES/OPPOSES | YPG
    P:                                   (a paragraph break)

``+`` is required, ``?`` is allowed: neither rewarded nor punished. Ends read "Name/Other accepted name@Principal"; the
principal is left out when the actor is its own side. Flags: ``neg``; ``intended``, ``possible`` or ``conditional``
(several split by ``/``, none is actual); ``by=Speaker`` (``_`` for a space, ``>`` nests, ``/`` for alternatives).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from kg.errors import InputError
from kg.model import ActorRef, Article
from kg.ontology import STRUCTURAL, relations
from kg.places import packaged

MODALITIES = frozenset({"actual", "intended", "possible", "conditional"})
REGISTER = re.compile(r"//\s*register:\s*(\S.*)")
ARTICLE_WORD = re.compile(r"^(the|a|an) ")


@cache
def _same() -> dict[str, str]:
    groups = tomllib.loads((packaged("seeds") / "gold" / "same-names.toml").read_text(encoding="utf-8"))["same"]
    return {name: group[0] for group in groups for name in group}


@cache
def canon(name: str) -> str:
    """A name as it is compared: plain lower case, and one name for what several catalogues call differently."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = ARTICLE_WORD.sub("", re.sub(r"[^a-z0-9]+", " ", plain).strip())
    return _same().get(plain, plain)


@dataclass(frozen=True, slots=True)
class End:
    """An end of a statement as compared: every name of the actor, and of whom it acts for (itself when for nobody)."""

    names: frozenset[str]
    principals: frozenset[str]

    @classmethod
    def written(cls, text: str) -> End:
        """Of "Name/Other name@Principal"."""
        names, _, principal = text.partition("@")
        own = frozenset(canon(n) for n in names.split("/") if n.strip())
        return cls(own, frozenset(canon(p) for p in principal.split("/")) if principal.strip() else own)

    @classmethod
    def of(cls, actor: ActorRef) -> End:
        own = frozenset(canon(v) for v in (actor.name, actor.id, *actor.aliases) if v)
        p = actor.principal
        return cls(own, frozenset(canon(v) for v in (p.name, p.id) if v) if p else own)

    @property
    def either(self) -> frozenset[str]:
        return self.names | self.principals

    def same(self, other: End, at_principal: bool) -> bool:
        if not at_principal:
            return bool(self.names & other.names)
        return bool(
            self.principals & other.principals or self.names & other.principals or self.principals & other.names
        )


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One annotated claim. ``speakers`` from the outermost in, each with all accepted names; ``line`` is as written."""

    source: End
    relations: frozenset[str]
    target: End
    required: bool
    negated: bool
    modality: frozenset[str]
    speakers: tuple[frozenset[str], ...]
    line: str


@dataclass(slots=True)
class GoldSentence:
    """``start`` and ``end`` are characters of the article's text."""

    text: str
    start: int
    end: int
    statements: list[GoldStatement] = field(default_factory=list)


@dataclass(slots=True)
class GoldArticle:
    id: str
    published: date | None
    title: str
    register: str
    text: str = ""
    sentences: list[GoldSentence] = field(default_factory=list)

    @property
    def article(self) -> Article:
        return Article(self.text, self.id, title=self.title, published=self.published)


def read_gold(path: Path) -> list[GoldArticle]:
    """The articles of a gold file. Their register is the last ``// register:`` comment, else the name of the file.

    Raises:
        InputError: A line breaks the format; the message names its number.
    """
    articles: list[GoldArticle] = []
    register = path.stem
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as e:
        raise InputError(f"{path}: cannot be read ({e}); a gold file is UTF-8 text") from e
    for number, raw in enumerate(lines, 1):
        line, where = raw.strip(), f"{path}:{number}"
        if not line or line.startswith("//"):
            if said := REGISTER.match(line):
                register = said[1].strip()
            continue
        if line.startswith("#"):
            articles.append(_article(line, register, where))
        elif not articles:
            raise InputError(f"{where}: comes before the first article; begin with a line `# id | date | title`")
        elif line.startswith("P:"):
            articles[-1].text += "\n\n"
        elif line.startswith("S:"):
            _add_sentence(articles[-1], line[2:].strip())
        elif line[0] in "+?":
            if not articles[-1].sentences:
                raise InputError(f"{where}: a statement without a sentence; put its `S:` line before it")
            articles[-1].sentences[-1].statements.append(_statement(line, where))
        else:
            raise InputError(f"{where}: a line starts with #, S:, P:, +, ? or //")
    return articles


def _article(line: str, register: str, where: str) -> GoldArticle:
    cells = [c.strip() for c in line[1:].split("|")] + ["", ""]
    try:
        published = date.fromisoformat(cells[1]) if cells[1] else None
    except ValueError as e:
        raise InputError(f"{where}: {cells[1]!r} is not a date; write it as 2018-02-16") from e
    return GoldArticle(cells[0], published, cells[2], register)


def _add_sentence(article: GoldArticle, text: str) -> None:
    if article.text and not article.text.endswith("\n"):
        article.text += " "
    start = len(article.text)
    article.text += text
    article.sentences.append(GoldSentence(text, start, len(article.text)))


def _statement(line: str, where: str) -> GoldStatement:
    cells = [c.strip() for c in line[1:].split("|")]
    if len(cells) < 3:
        raise InputError(f"{where}: a statement needs source | RELATION | target")
    codes = frozenset(cells[1].split("/"))
    if unknown := sorted(codes - set(relations())):
        near = get_close_matches(unknown[0], relations(), 1)
        raise InputError(f"{where}: unknown relation {unknown[0]!r}" + (f"; did you mean {near[0]}?" if near else ""))
    negated, modality, speakers = False, frozenset({"actual"}), tuple[frozenset[str], ...]()
    for flag in cells[3].split() if len(cells) > 3 else ():
        if flag == "neg":
            negated = True
        elif flag.startswith("by="):
            who = flag[3:].replace("_", " ").split(">")
            speakers = tuple(frozenset(canon(n) for n in w.split("/")) for w in who)
        elif not flag.startswith(("date=", "place=")):
            modality = frozenset(flag.split("/"))
            if not modality <= MODALITIES:
                raise InputError(f"{where}: unknown flag {flag!r}; use neg, by=, {', '.join(sorted(MODALITIES))}")
    # A claim that may be coded as an act or as a structure is allowed either way, required neither way.
    required = line[0] == "+" and (codes <= STRUCTURAL or not codes & STRUCTURAL)
    return GoldStatement(
        End.written(cells[0]), codes, End.written(cells[2]), required, negated, modality, speakers, line
    )
