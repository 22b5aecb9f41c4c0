"""Whether disclosure of information grants any licence."""

import re
from collections.abc import Sequence

from clauses.topics.page import Page
from clauses.topics.values import Instance, Topic, word, word_of

_NONE = (
    r"\b(?:no|not|nothing|neither)\b[^.]{0,90}\blicen[cs]e\b|\bno (?:rights?|title"
    r"|interest)\b[^.]{0,90}\b(?:granted|transferred|conferred|assigned)\b"
    r"|\bretains? all\b[^.]{0,80}\b(?:rights?|title)\b"
)
_GRANTED = (
    r"\b(?:grants?|hereby granted"
    r"|is granted)\b[^.]{0,60}\blicen[cs]e\b[^.]{0,120}\bconfidential information\b"
)


def read(page: Page) -> Sequence[Instance]:
    """Sentences on rights in confidential information: a grant weighs more than a reservation."""
    granted = page.find_sentences(_GRANTED, but=r"\bno licen[cs]e\b|\bnot\b")
    if granted:
        return [Instance((granted[0].span,), {"licence": word("granted", granted[0].span)})]
    found = page.find_sentences(_NONE, but=r"\bunless\b[^.]*\bpaid\b")
    return [
        Instance((p.span,), {"licence": word("none", p.span)})
        for p in found
        if re.search(
            r"\binformation\b|\bdisclos", page.line_at(p.start).heading + page.line_at(p.start).text, re.I
        )
    ][:1]


TOPIC = Topic(
    "no_licence",
    "No licence by disclosure",
    "a statement that disclosure grants no licence",
    {"licence": word_of("licence to the information", "none", "granted")},
    read,
    after=(r"return|destruction", r"term\b", r"confidential"),
    clause_types=("licence", "ip_ownership"),
)
