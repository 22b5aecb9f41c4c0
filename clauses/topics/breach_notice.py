"""Notice of a personal data breach: hours, and from when they run."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import blank, choice, yes_no
from clauses.topics.values import Instance, Span, Topic, absent, number, number_of, word_of

_TELLS = r"\b(?:notify|notifies|inform|tell|report|notice|notification)\b"
_ABOUT = (
    r"\bpersonal data breach\w*\b|\bsecurity (?:incident|breach)\w*\b"
    r"|\bdata breach\w*\b|\bbreach of (?:security|personal data)\b|\bincident\b"
)


def read(page: Page) -> Sequence[Instance]:
    """The sentence in which the processor promises to report a breach."""
    found = [
        p
        for p in page.find_sentences(
            rf"(?:{_ABOUT})[^.]*{_TELLS}|{_TELLS}[^.]*(?:{_ABOUT})",
            but=r"\bnot an admission\b|\backnowledg\w+\b"
            r"|\bsupervisory authority\b[^.]*\bon behalf\b|\bmeans\b"
            r"|\bnotices? under clause\b",
        )
        if p.has(r"\b(?:processor|provider|supplier|vendor)\b|\bupon becoming aware\b")
        and p.has(r"\b(?:shall|will|must)\b")
    ]
    timed = [
        p for p in found if p.quantities("hour", "day") or p.has(r"\bdelay\b|\bprompt\w*\b|\bimmediate\w*\b")
    ]
    return [_instance(passage) for passage in (timed or found)[:1]]


def _instance(passage: Passage) -> Instance:
    periods = passage.quantities("hour", "day")
    start = choice(
        passage,
        ("confirmed", r"\b(?:has |have |having )?confirm(?:ed|s|ing)\b|\bconfirmation of\b"),
        (
            "aware",
            r"\b(?:becom\w+|became|being made) aware\b|\bawareness\b|\bdiscover\w*\b"
            r"|\blearn\w*\b|\bdetect\w*\b",
        ),
    )
    end = passage.end - 1 if passage.text.endswith(".") else passage.end
    values = {
        "hours": number(periods[0], "hour") if periods else blank(passage) or absent("no figure is given"),
        "from": start,
        "delay": yes_no(passage, r"\bundue delay\b|\bprompt\w*\b|\bimmediate\w*\b"),
    }
    anchors = {"sentence_end": Span(end, end)}
    return Instance((passage.span,), values, anchors)


TOPIC = Topic(
    "breach_notice",
    "Notice of data breaches",
    "notice of personal data breaches",
    {
        "hours": number_of("the time to report a breach", "hour"),
        "from": word_of("the time runs from", "aware", "confirmed"),
        "delay": word_of("report without delay", "yes", "no"),
    },
    read,
    after=(r"security|breach|incident",),
    clause_types=("breach_notice",),
)
