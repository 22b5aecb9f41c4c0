"""Requests of authorities for personal data: notice before an answer."""

from collections.abc import Sequence

from clauses.topics.page import Page
from clauses.topics.values import Instance, Topic, word, word_of

_ASKS = (
    r"\b(?:authorit\w+|governmental?|court|law enforcement|regulator\w*|anyone else"
    r"|third part(?:y|ies))\b"
)


def read(page: Page) -> Sequence[Instance]:
    """Sentences on requests or orders for data and on telling the controller of them."""
    found = page.find_sentences(
        rf"\b(?:requests?|orders?|inquir\w+|demands?"
        rf"|subpoenas?)\b[^.]*{_ASKS}[^.]*\b(?:notify|inform|tell)\b|\b(?:notify|inform"
        rf"|tell)\b[^.]*\b(?:requests?|orders?|inquir\w+|demands?)\b[^.]*{_ASKS}"
        rf"|{_ASKS}[^.]*\b(?:requests?|orders?|demands?|requires? access)\b[^.]*\b(?:notify|inform|tell)\b",
        but=r"\bsub-?processors? to fulfill\b|\bpersonal data breach\b",
    )
    about = [
        p
        for p in found
        if p.has(r"\b(?:shall|will|must)\b") and p.has(r"\b(?:processor|provider|supplier|vendor|it)\b")
    ]
    return [Instance((p.span,), {"notice": word("yes", p.span)}) for p in about[:1]]


TOPIC = Topic(
    "authority_requests",
    "Requests by authorities",
    "notice of requests by authorities for personal data",
    {"notice": word_of("notice of requests by authorities", "yes")},
    read,
    after=(r"rights|assist|cooperation", r"transfer"),
    clause_types=("data_protection",),
)
