from __future__ import annotations
from kg.model import *
from kg.nlp.read import Reading
from kg.nlp.coding import Candidate, End

class Scorer:
    @classmethod
    def packaged(cls): return cls()
    def judge(self, reading: Reading) -> list[Statement]:
        out = []
        text = reading.article.text
        for s in reading.sentences:
            t = s.tree
            sent = Span(text[t.start:t.end], t.start, t.end)
            seen = set()
            for c in s.candidates:
                if c.stance.wish: continue
                a, b = c.source.actor, c.target.actor
                pa, pb = (a.principal or a).id, (b.principal or b).id
                if c.relation not in ("LEADS","MEMBER_OF") and pa == pb and pa: continue
                st = Statement(reading.article.id, sent, mention(text, t, c.source), c.relation, mention(text, t, c.target),
                    Span(text[t.starts[c.trigger]:t.ends[c.trigger]], t.starts[c.trigger], t.ends[c.trigger]),
                    "negated" if c.stance.negated else "affirmed", c.stance.modality, tuple(x for x in c.stance.speakers), rule=c.rule, confidence=.5)
                if st.id in seen: continue
                seen.add(st.id)
                out.append(st)
        return out

def mention(text, t, e: End) -> Mention:
    m = e.ment
    s, en = t.starts[m.start], t.ends[m.end-1]
    return Mention(s, en, text[s:en], e.actor, m.how, m.via)
