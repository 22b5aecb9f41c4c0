"""Automatic renewal: for how long, and how early one must object."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import blank
from clauses.topics.values import CLAUSE, Instance, Span, Topic, Value, absent, number, number_of, unknown

_RENEWS = (
    r"\b(?:automatic\w*|shall|will|is)\b[^.]{0,60}\b(?:renew\w*|extend(?:ed|s)?)\b"
    r"|\brenews? (?:automatically|for)\b|\bauto-?renew\w*\b|\bautomatically (?:renew"
    r"|continue|extend|roll)\w*"
)
_NOT = (
    r"\bnot (?:automatically )?renew\b[^.]*\bexpire\b|\bno automatic renewal\b"
    r"|\bonly if (?:the parties|both)\b|\bunless (?:the parties"
    r"|both parties) agree\b|\bdomain\b|\blease\b"
)
# Words that say it ends by itself: silence of another kind, with a place to show.
_ENDS = (
    r"\b(?:does|do|shall|will) not (?:automatically )?renew\b(?! if\b)|\bno automatic renewal\b"
    r"|\bnot renewed automatically\b"
    r"|\bends? (?:at|on|with) the (?:end|expiry) of\b[^.]*\bterm\b[^.]*\bwithout notice\b"
    r"|\bcontinues? only if\b[^.]*\bsign\w*\b"
)


def read(page: Page) -> Sequence[Instance]:
    """Sentences under which the contract goes on unless somebody objects, and those that say that it ends."""
    found = [
        p
        for p in page.find_sentences(_RENEWS, but=_NOT)
        if p.has(r"\b(?:unless|automatic\w*|successive|further|additional)\b")
    ]
    ends = [p for p in page.find_sentences(_ENDS) if not any(q.start <= p.start < q.end for q in found)]
    none = {CLAUSE: absent(), "months": absent(), "notice_days": absent()}
    return [*(_instance(page, p) for p in found), *(Instance((p.span,), dict(none)) for p in ends)]


def _instance(page: Page, passage: Passage) -> Instance:
    cut = passage.find(r"\bunless\b|\bnotice\b")
    before, after = (passage.upto(cut.start), passage.after(cut.start)) if cut else (passage, passage)
    terms = before.quantities("month", "year")
    months = (
        number(terms[-1], "month")
        if terms
        else unknown("the length of the renewal is not stated here", passage.span)
    )
    spans: tuple[Span, ...] = (passage.span,)
    notice = _notice(after)
    if notice is None:
        label = page.key_term(r"Non-Renewal Notice (?:Date|Period)|Auto-renewal|Renewal Notice")
        notice = None if label is None else _notice(label) or blank(label)
        spans = (passage.span, label.span) if label is not None else spans
    return Instance(
        spans,
        {
            "months": months,
            "notice_days": notice or unknown("the notice period is not stated here", passage.span),
        },
    )


def _notice(passage: Passage) -> Value | None:
    found = passage.quantities("day", "week", "month")
    if not found:
        return None
    quantity = found[0]
    if quantity.unit == "month" and quantity.amount is not None:
        # A month's notice is taken as 30 days here, the usual reading when the two are compared.
        return Value("read", quantity.amount * 30, number(quantity, "month").spans)
    return number(quantity, "day")


TOPIC = Topic(
    "auto_renewal",
    "Automatic renewal",
    "a clause under which the contract renews by itself",
    {
        "months": number_of("the length of each renewal", "month"),
        "notice_days": number_of("the notice to stop renewal", "day"),
    },
    read,
    after=(r"term\b",),
    clause_types=("renewal",),
)
