"""Suspension of the service: on notice, and no wider than needed."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import number_near, yes_no
from clauses.topics.values import Instance, Topic, number_of, word_of

_SUSPENDS = r"\b(?:may|can|reserves? the right to|entitled to)\b[^.]{0,60}\bsuspend\b"


def read(page: Page) -> Sequence[Instance]:
    """Each clause that lets the provider suspend the service."""
    found = page.find_sentences(
        _SUSPENDS,
        follow=r"\bsuspen\w+\b|\breinstate\b|\bnotice\b|\brestore\b",
        but=r"\bsuspend the instruction\b|\bforce majeure\b",
    )
    return [_instance(passage) for passage in found]


def _instance(passage: Passage) -> Instance:
    bare = r"\bwith or without (?:prior )?notice\b|\bwithout (?:prior )?notice\b|\bimmediately\b"
    told = r"\bnotice\b|\bnotify\b|\btell\b|\binform\b"
    notice = yes_no(passage, told)
    if passage.has(bare) and not passage.has(
        r"\b(?:will|shall)\b[^.]{0,30}\b(?:give|try to inform|notify|inform|tell)\b"
    ):
        notice = yes_no(passage, r"(?!)")
    values = {
        "notice": notice,
        "notice_days": number_near(passage, r"\bnotice\b", "day", "day", reach=25),
        "limited": yes_no(
            passage,
            r"\blimit\w*\b|\bonly (?:to the extent|as long|so far|if)\b|\brestore\b"
            r"|\breinstate\b|\blift\b|\btemporar\w+\b",
        ),
    }
    return Instance((passage.span,), values)


TOPIC = Topic(
    "suspension",
    "Suspension",
    "a right to suspend the service",
    {
        "notice": word_of("notice of suspension", "yes", "no"),
        "notice_days": number_of("days of notice", "day"),
        "limited": word_of("suspension limited to what is needed", "yes", "no"),
    },
    read,
    clause_types=("termination", "acceptable_use"),
)
