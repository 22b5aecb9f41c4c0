"""Ending the contract for breach: for whom, after how long, and with what refund."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import choice
from clauses.topics.values import Instance, Topic, absent, number, number_of, word, word_of

_ENDS = r"\bterminate\b"
_BREACH = (
    r"\bmaterial(?:ly)? breach\w*\b|\bserious breach\b"
    r"|\bbreach\w*\b[^.;]{0,60}\b(?:cure|remed\w+|put(?:s)? (?:it )?right)\b"
)


def read(page: Page) -> Sequence[Instance]:
    """The clause on termination for breach, with its list, and the refund that goes with it."""
    found = [p for p in page.find_clauses(_BREACH) if p.has(_ENDS)]
    return [_instance(page, passage) for passage in found[:1]]


def _instance(page: Page, passage: Passage) -> Instance:
    near = passage.find(_BREACH)
    around = page.passage(
        max(passage.start, (near.start if near else passage.start) - 100),
        min(passage.end, (near.end if near else passage.end) + 160),
    )
    periods = around.quantities("day")
    who = choice(
        passage,
        ("either", r"\b(?:either|each|a) party\b[^.]{0,60}\bterminate\b|\bparties may\b"),
        ("provider", r"\b(?:provider|supplier|vendor)\b[^.]{0,40}\bterminate\b"),
        ("customer", r"\b(?:customer|client|controller)\b[^.]{0,40}\bterminate\b"),
    )
    refund = next(
        iter(
            page.find_sentences(
                r"\brefund\b[^.]*\b(?:terminat\w+|breach|remainder|unused|prepaid|pre-paid)\b"
                r"|\bterminat\w+\b[^.]*\brefund\b",
                but=r"\bforce majeure\b|\binfring\w+\b|\bnon-refundable\b|\bobtain\b[^.]*\bright\b"
                r"|\bwarrant\w*\b|\bservice levels?\b|\btarget\b|\bmisappropriat"
                r"|\bmateriall?y adversely\b|\bnon-conforming\b|\brestoration\b|\bavailability\b"
                r"|\bresolve the issue\b",
            )
        ),
        None,
    )
    values = {
        "who": who,
        "cure_days": number(periods[0], "day") if periods else absent(),
        "refund": word("no") if refund is None else word("yes", refund.span),
    }
    return Instance((passage.span,), values)


TOPIC = Topic(
    "termination_cause",
    "Termination for breach",
    "a right to terminate for material breach",
    {
        "who": word_of("who may terminate for breach", "either", "provider", "customer"),
        "cure_days": number_of("time to cure a breach", "day"),
        "refund": word_of("refund after termination for breach", "yes", "no"),
    },
    read,
    after=(r"terminat|term\b",),
    clause_types=("termination",),
)
