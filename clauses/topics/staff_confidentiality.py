"""Confidentiality of the people who handle personal data."""

from collections.abc import Sequence

from clauses.topics.page import Page
from clauses.topics.values import Instance, Topic, word, word_of

_BOUND = (
    r"\b(?:personnel|staff|employees|persons?|people|individuals)\b[^.]*\b(?:confidential\w*|secrecy)\b"
    r"|\b(?:confidential\w*|secrecy)\b[^.]*\b(?:personnel|staff|employees|persons authori[sz]ed|people)\b"
)


def read(page: Page) -> Sequence[Instance]:
    """Sentences that bind the processor's people to confidentiality."""
    found = [
        p
        for p in page.find_sentences(_BOUND, but=r"\bsuch as\b[^.]*\bcompensation\b|\breport\b|\baudit\w*\b")
        if p.has(r"\b(?:shall|will|must|ensures?|bound|committed)\b")
    ]
    return [Instance((p.span,), {"bound": word("yes", p.span)}) for p in found[:1]]


TOPIC = Topic(
    "staff_confidentiality",
    "Confidentiality of staff",
    "confidentiality of people who handle personal data",
    {"bound": word_of("staff bound to confidentiality", "yes")},
    read,
    after=(r"instruct|people|personnel", r"security", r"processing"),
    clause_types=("data_protection", "confidentiality"),
)
