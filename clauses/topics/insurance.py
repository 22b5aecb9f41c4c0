"""Insurance that the provider keeps."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.quantity import money
from clauses.topics.reading import blank, blank_row, yes_no
from clauses.topics.values import Instance, Topic, absent, number, number_of, word_of

_KEEPS = (
    r"\b(?:maintain|carry|keep|hold|take out|have in (?:place"
    r"|force))\b[^.]*\binsurance\b|\binsurance\b[^.]*\b(?:maintained|carried"
    r"|in force|kept)\b"
)


def read(page: Page) -> Sequence[Instance]:
    """The clause on insurance, with its list of policies."""
    found = page.find_clauses(_KEEPS)
    if found:
        return [_instance(found[0])]
    open_row = blank_row(page, r"Insurance(?: (?:Minimums?|Requirements?|Cover(?:age)?))?", TOPIC.values)
    return [] if open_row is None else [open_row]


def _instance(passage: Passage) -> Instance:
    amounts = list(money(passage.text, passage.start))
    values = {
        "amount": number(max(amounts, key=lambda q: q.amount or 0), "money")
        if amounts
        else blank(passage) or absent(),
        "cyber": yes_no(
            passage,
            r"\bcyber\b|\bdata (?:breach|protection) (?:insurance|liability)\b"
            r"|\btechnology errors\b|\bprofessional\b",
        ),
        "proof": yes_no(passage, r"\bcertificate\b|\bevidence\b|\bproof\b"),
    }
    return Instance((passage.span,), values)


TOPIC = Topic(
    "insurance",
    "Insurance",
    "insurance kept by the provider",
    {
        "amount": number_of("the highest cover named", "money"),
        "cyber": word_of("cyber or professional cover", "yes", "no"),
        "proof": word_of("proof of cover", "yes", "no"),
    },
    read,
    after=(r"liabilit", r"indemni", r"warrant"),
    clause_types=("insurance",),
)
