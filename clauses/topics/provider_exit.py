"""A right of the provider to end the contract without cause."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import choice, number_near, yes_no
from clauses.topics.values import Instance, Topic, number_of, word_of

_ENDS = (
    r"\b(?:provider|supplier|vendor|either party|each party|any party"
    r"|processor)\b[^.]{0,60}\b(?:may|can"
    r"|is entitled to)\b[^.]{0,40}\bterminate\b[^.]*\b(?:for convenience"
    r"|for any (?:or no )?reason|without cause|at any time"
    r"|at its (?:sole )?discretion)\b"
)


def read(page: Page) -> Sequence[Instance]:
    """Sentences under which the provider (or either side) may leave at will."""
    found = page.find_sentences(
        _ENDS,
        follow=r"\brefund\b",
        but=r"\b(?:if no|where no)\b[^.]*\b(?:in effect|in force)\b|\btrials?\b|\bbetas?\b"
        r"|\bpilot\b|\bmaterial breach\b|\bexport controls\b",
    )
    return [_instance(passage) for passage in found]


def _instance(passage: Passage) -> Instance:
    values = {
        "who": choice(
            passage,
            ("either", r"\b(?:either|each|any) party\b"),
            ("provider", r"\b(?:provider|supplier|vendor|processor)\b"),
        ),
        "notice_days": number_near(passage, r"\bnotice\b", "day", "day", reach=60),
        "refund": yes_no(passage, r"\brefund\w*\b"),
    }
    either = passage.find(r"\b(?:either|each|any) party\b")
    return Instance((passage.span,), values, {} if either is None else {"either": either})


TOPIC = Topic(
    "provider_exit",
    "Termination at will by the provider",
    "a right of the provider to terminate without cause",
    {
        "who": word_of("who may leave at will", "either", "provider"),
        "notice_days": number_of("notice of termination", "day"),
        "refund": word_of("refund of prepaid fees", "yes", "no"),
    },
    read,
    clause_types=("termination",),
)
