"""The dates on which work begins, is delivered and goes live, each place of the contract by itself."""
# ruff: noqa: E501  (patterns are harder to check when cut over lines)

from collections.abc import Iterator, Sequence

from clauses.topics.calendar_dates import date_value
from clauses.topics.page import Page, Passage
from clauses.topics.reading import blank
from clauses.topics.values import CLAUSE, Instance, Span, Spec, Topic, Value, word, word_of
from clauses.values.dates import dates

_SOFT = r"\b(?:target(?:ed)?|estimated?|planned|indicative|provisional|approximately|about|expected|envisaged|anticipated|aims? to|non-binding)\b"
_NOT = r"\b(?:expir\w+|terminat\w+|dated|law|act|regulation|directive|invoice|interest|birth|incorporated|registered|as amended|signature)\b"
NEAR = 90
"""Characters between what is dated and its date."""

_GO_LIVE = r"\bgo(?:es)?[- ]live\b|\b(?:live|launch|cut-?over|production) date\b|\bstart of production\b|\bproductive use\b|\b(?:enter|put) into operation\b"
_DELIVERY = (
    r"\b(?:deliver(?:y|ed|s|ies)?|hand(?:ed)?[- ]?over|complet(?:e|ed|ion)|milestone date|supplied|shipped)\b"
)
_START = r"\b(?:commencement|start(?:ing)?) date\b|\b(?:services?|work|project|performance|supplies)\b[^.]{0,40}\b(?:starts?|begins?|commences?|started|begin on)\b|\bstart of (?:the )?(?:services?|work|project)\b"
_ROWS = {
    "go_live": r"(?:Planned |Target )?(?:Go[- ]?live|Launch|Cut-?over|Production)(?: Date)?",
    "delivery": r"(?:Planned |Target )?(?:Delivery|Completion|Handover|Final delivery|Delivery due)(?: Dates?)?",
    "start": r"(?:Planned |Target )?(?:Commencement|Start|Service start|Services start|Project start)(?: Date)?",
}


def _dated(page: Page, what: str, row: str) -> Iterator[Instance]:
    """Each sentence or row that gives such a date; a row that is there and blank is open."""
    for passage in page.find_sentences(what, but=_NOT):
        marks = passage.find_all(what)
        found = [
            fact
            for fact in sorted(dates(passage.text.rstrip(" .;")), key=lambda fact: fact.start)
            if any(_gap(mark, passage.start + fact.start, passage.start + fact.end) <= NEAR for mark in marks)
        ]
        for fact in found:
            value = date_value(passage.text[fact.start : fact.end], passage.start + fact.start)
            if value is not None:
                yield _instance(passage, value)
    filled = page.key_term(row)
    if filled is not None:
        told = date_value(filled.text[:60], filled.start) or blank(filled)
        if told is not None:
            yield _instance(filled, told, is_row=True)


def _gap(mark: Span, start: int, end: int) -> int:
    return max(mark.start - end, start - mark.end, 0)


def _instance(passage: Passage, value: Value, *, is_row: bool = False) -> Instance:
    soft = passage.find(_SOFT)
    values = {"date": value, "binding": word("yes", passage.span) if soft is None else word("no", soft)}
    if is_row and value.is_blank:
        return Instance(
            (passage.span,), {CLAUSE: value, **dict.fromkeys(values, value)}, {"blank": value.spans[0]}
        )
    return Instance((passage.span,), values)


def _apart(found: Sequence[Instance]) -> list[Instance]:
    """Each date once: a row of a form may be read as a sentence, too."""
    kept: dict[Span, Instance] = {}
    for one in found:
        spans = one.values["date"].spans
        kept.setdefault(spans[0] if spans else one.spans[0], one)
    return [kept[span] for span in sorted(kept, key=lambda span: span.start)]


def _topic(code: str, title: str, looks_for: str, what: str, after: tuple[str, ...]) -> Topic:
    return Topic(
        f"{code}_date",
        title,
        looks_for,
        {
            "date": Spec("date", f"the {title.lower()}"),
            "binding": word_of(f"whether the {title.lower()} is firm", "yes", "no"),
        },
        lambda page: _apart(list(_dated(page, what, _ROWS[code]))),
        after=after,
    )


TOPICS = (
    _topic("delivery", "Delivery date", "a date of delivery", _DELIVERY, (r"deliver", r"services|work")),
    _topic(
        "go_live",
        "Go-live date",
        "a date on which the result goes live",
        _GO_LIVE,
        (r"deliver", r"services|work"),
    ),
    _topic(
        "start",
        "Start date",
        "a date on which the work begins",
        _START,
        (r"term|commencement", r"services|work"),
    ),
)
