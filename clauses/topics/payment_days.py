"""When invoices fall due."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import blank, blank_row, choice
from clauses.topics.values import Instance, Topic, absent, number, number_of, word_of

_PAYS = r"\b(?:pay|pays|paid|payable|due|payment)\b"
_ROW = r"Payment(?: (?:Process|Period|Terms?|Due))?"
_NOT = (
    r"\b(?:interest|overdue|unpaid|suspend\w*|disput\w*|late payment|refund\w*"
    r"|terminat\w*|credit|remains? outstanding|reimburse\w*|insolven\w+)\b"
)


def read(page: Page) -> Sequence[Instance]:
    """Sentences that give the days for paying an invoice."""
    found = page.find_sentences(
        rf"{_PAYS}[^.]*\binvoice\w*\b|\binvoice\w*\b[^.]*{_PAYS}"
        r"|\b(?:fees|amounts)\b[^.]*\b(?:due|payable)\b[^.]*\bwithin\b",
        but=_NOT,
    )
    sentences = [
        p for p in found if p.quantities("day", "business_day", "month") or (blank(p) and p.has(r"\bdays\b"))
    ]
    row = page.key_term(_ROW)
    if row is not None and row.quantities("day", "business_day", "month"):
        apart = not any(p.start < row.end and row.start < p.end for p in sentences)
        sentences += [row] if apart else []
    return [_instance(p) for p in sentences] or _open_row(page)


def _open_row(page: Page) -> Sequence[Instance]:
    """The row of an order form or a cover page that nobody has filled in."""
    open_row = blank_row(page, _ROW, ("days", "from"))
    return [] if open_row is None else [open_row]


def _instance(passage: Passage) -> Instance:
    periods = passage.quantities("day", "business_day", "month")
    start = choice(
        passage,
        ("receipt", r"\b(?:receipt|receiv\w+)\b"),
        (
            "invoice_date",
            r"\b(?:date of (?:the |each |an )?invoice|invoice date|date of issue"
            r"|of (?:the )?invoice|after invoice|from invoice)\b",
        ),
    )
    days = number(periods[0], "day") if periods else blank(passage) or absent()
    return Instance((passage.span,), {"days": days, "from": start})


TOPIC = Topic(
    "payment_days",
    "Payment period",
    "the days in which invoices must be paid",
    {
        "days": number_of("days to pay", "day"),
        "from": word_of("the days run from", "receipt", "invoice_date"),
    },
    read,
    after=(r"payment|fees|invoic",),
    clause_types=("payment",),
)
