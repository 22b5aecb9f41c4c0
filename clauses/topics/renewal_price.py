"""How prices may rise: by how much, by which measure, from when."""

from collections.abc import Sequence
from decimal import Decimal

from clauses.topics.page import Page, Passage
from clauses.topics.reading import choice
from clauses.topics.values import READ, Instance, Span, Topic, Value, absent, number, number_of, word_of

_RISES = (
    r"\b(?:increase|raise|adjust|revise|change)s?\b[^.]{0,60}\b(?:fees?|prices?"
    r"|charges|pricing|rates)\b|\b(?:fees?|prices?|charges"
    r"|pricing)\b[^.]{0,50}\b(?:increase|rise|be (?:adjusted|increased|raised))\w*\b"
    r"|\b(?:renewal|renew\w*)\b[^.]{0,80}\bthen[- ]current (?:list )?(?:price|fee|rate)s?\b"
)
_LIMIT = (
    r"\b(?:an?|any|no|each|such|the|these|those|all) (?:\w+ )?(?:increase|rise|adjustment)s?\b[^.]*"
    r"\b(?:exceed|more than|limited to|capped|greater than|at most|up to)\b[^.]*(?:%|\bper\s?cent)"
)


def read(page: Page) -> Sequence[Instance]:
    """Sentences that let fees rise."""
    found = page.find_sentences(
        _RISES,
        but=r"\b(?:shall|will|may|must) not\b[^.]{0,40}\b(?:increase|be increased|raise)"
        r"|\bexceeds the quantity\b|\bquantit(?:y|ies) may be increased\b"
        r"|\bnumber of\b[^.]*\bexceeds\b|\bfixed for\b|\bincrease[ds]? cap\b"
        r"|\bincreased claims\b",
    )
    return [_instance(page, passage) for passage in found] or _fixed(page)


def _fixed(page: Page) -> Sequence[Instance]:
    """A fee that a row of an order form calls fixed: it does not rise at all."""
    row = page.key_term(r"(?:Annual |Yearly |Monthly )?(?:Subscription )?(?:Fees?|Charges|Price)")
    span = None if row is None else row.find(r"\bfixed\b[^.;]*\bterm\b|\bno increases?\b")
    if row is None or span is None:
        return []
    none = Value(READ, Decimal(0), (span,))
    return [Instance((row.span,), {"percent": none, "measure": absent()})]


def _limits(page: Page, rise: Passage) -> tuple[Passage, ...]:
    """Sentences of the same section that say how far such an increase may go."""
    home = page.line_at(rise.start).heading
    return tuple(
        p
        for p in page.find_sentences(_LIMIT)
        if page.line_at(p.start).heading == home and not rise.start <= p.start < rise.end
    )


def _instance(page: Page, passage: Passage) -> Instance:
    limits = _limits(page, passage)
    percents = [q for p in (*limits, passage) for q in p.quantities("percent")]
    end = passage.end - 1 if passage.text.endswith(".") else passage.end
    values = {
        "percent": number(percents[0], "percent") if percents else absent("no limit in percent is given"),
        "measure": choice(
            passage,
            ("lesser", r"\b(?:lesser|lower) of\b"),
            ("greater", r"\b(?:greater|higher) of\b"),
            ("list", r"\b(?:list|standard|then[- ]current|then in force|published)\b"),
            ("index", r"\b(?:index|inflation|cpi|rpi)\b"),
        ),
    }
    spans = (passage.span, *(p.span for p in limits))
    return Instance(spans, values, {"sentence_end": Span(end, end)})


TOPIC = Topic(
    "renewal_price",
    "Price increases",
    "a right to raise prices",
    {
        "percent": number_of("the highest increase", "percent"),
        "measure": word_of("the measure of an increase", "lesser", "greater", "list", "index"),
    },
    read,
    after=(r"fees|payment|charges",),
    clause_types=("fees", "payment"),
)
