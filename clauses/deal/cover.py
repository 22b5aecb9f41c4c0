"""Agreed values of a cover page: what stands beside a label, and where the terms below use that label.

1. A cell may hold options: the ticked ones count; a cell with options and no tick is still open. Notes to
   the drafter are no text.
2. The label says what is meant ("Payment Process", "General Cap Amount"); the value is read with the readers
   of values; a placeholder is a blank of the form; words that hold no value are given as they stand.
3. "Governing Law means the law on the Cover Page": sentences of the terms that use the label are part of
   what the value rests on.
"""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clauses.deal.cap import GROUNDS
from clauses.deal.model import KeyFact, Span
from clauses.deal.page import OPTION, Page, is_ticked
from clauses.model import CHECK, SURE, Fact
from clauses.values import blanks, dates, durations, money, places


@dataclass(frozen=True, slots=True)
class _Label:
    """What a label of a cover page stands for, and the words by which the terms name it."""

    kind: str
    label: re.Pattern[str]
    about: str = ""


_LABELS = tuple(
    _Label(kind, re.compile(pattern, re.I), about)
    for kind, pattern, about in (
        ("governing_law", r"^governing (?:member )?(?:law|state)\b|^(?:applicable|choice of) law\b", ""),
        (
            "forum",
            r"^governing law and (?:chosen )?courts|^(?:chosen )?courts?$|^jurisdiction\b|^venue\b|^forum\b|^arbitration\b",
            "",
        ),
        ("effective_date", r"^effective date$|^(?:agreement )?start date$|^commencement date$", ""),
        ("order_date", r"^order (?:start )?date$", ""),
        ("agreement_date", r"^(?:agreement|contract|signing) date$", ""),
        (
            "initial_term",
            r"^(?:mnda |nda |subscription |contract |agreement |initial |order |service )?(?:term|period)(?: length)?$|^term of (?:the |this )?(?:agreement|m?nda|contract)$|^(?:initial )?subscription (?:term|period)$",
            "",
        ),
        ("initial_term", r"^pilot period$", "pilot"),
        (
            "secrecy_term",
            r"^(?:term|duration|period) of confidentiality$|^confidentiality (?:term|period)$|^(?:survival|protection) period$",
            "",
        ),
        ("secrecy_term", r"^(?:other )?confidential information (?:duration|period|term)$", ""),
        ("secrecy_term", r"^trade secrets? (?:duration|period|term)$", "trade secrets"),
        ("payment_days", r"^payment (?:process|terms?|period|due)\b|^invoic(?:e|ing)(?: period)?\b", ""),
        ("renewal", r"^auto-?\s?renewal\b", "automatic"),
        ("renewal", r"^renewal(?: term| period)?$", ""),
        ("non_renewal_notice", r"^non-?\s?renewal notice\b|^notice of non-?renewal", ""),
        (
            "liability_cap",
            r"^general cap\b|^(?:general )?(?:liability )?cap(?: amount)?$|^limitation of liability\b",
            "total liability",
        ),
        ("liability_cap", r"^increased (?:claims )?cap\b|^(?:enhanced|super)[ -]?cap\b", "increased claims"),
        ("liability_cap", r"^(?:dpa|data protection) (?:liability )?cap\b", "data protection"),
        ("fees", r"^(?:cloud service |subscription |service |total |pilot )?fees?\b|^price\b|^pricing\b", ""),
        ("service_level", r"^(?:target )?(?:uptime|availability)\b", ""),
        ("service_credit", r"^(?:uptime |service (?:level )?)?credits?\b", ""),
        ("insurance", r"^(?:insurance|minimum (?:insurance|coverage))\b", ""),
    )
)
_NOTE = re.compile(
    r"\[\s{0,3}drafting\s{1,3}note\b[^\]]{0,1500}\]|\[\s{0,3}(?:Example|Note)\b[^\]]{0,600}\]", re.I
)
_OPEN_MULTIPLE = re.compile(r"(?:\}|\]|_{2,})\s{0,2}(?:x|×|times)\s{1,2}(?:the|its)\s[^.\n]{0,160}$", re.I)
_UNTIL = re.compile(
    r"\b(?:continues?|remains?)\b[^.\n]{0,60}\buntil\s(?:it\sis\s)?terminated|\bin\sperpetuity|\bperpetual|\bindefinite",
    re.I,
)


def cover(page: Page) -> Iterator[KeyFact]:
    """Key facts of every cover row whose label is known."""
    for term in page.terms:
        label = " ".join(term.label.split()).strip(" :")
        if re.search(r"^un(?:limited|capped) claims?$", label, re.I):
            yield from _outside(page, term)
        for known in _LABELS:
            if known.label.search(label):
                yield from _read(page, term, known, label)


def _read(page: Page, term: Fact, known: _Label, label: str) -> Iterator[KeyFact]:
    uses = tuple(_uses(page, label))
    found = False
    parts = list(_chosen(page, term))
    undecided = not any(ticked for _, _, ticked in parts)
    for start, end, ticked in parts:
        if not ticked:
            continue
        for fact in _values(page.analysis.text[start:end], known.kind):
            found = True
            yield page.given(
                fact.kind, fact.value, fact.unit, start + fact.start, start + fact.end, band=fact.band,
                rests_on=uses, note=fact.note, about=(known.about if fact.kind == known.kind else "") or fact.label,
            )  # fmt: skip
    if found:
        return
    start, end = next(((a, b) for a, b, ticked in parts if ticked), (term.start, term.end))
    if known.about == "automatic" and not undecided:
        yield from _renews(page, start, end, uses)
        return
    words = " ".join(page.analysis.text[start:end].split())
    note = (
        "no option is ticked"
        if undecided
        else "blank in the form"
        if _has_blank(words) or not words
        else "in words"
    )
    said = words if note == "in words" and len(words) < 300 else ""
    yield page.given(
        known.kind, said, "words" if said else "", start, end, band=CHECK, rests_on=uses, note=note, about=known.about
    )  # fmt: skip


def _renews(page: Page, start: int, end: int, uses: tuple[Span, ...]) -> Iterator[KeyFact]:
    """A ticked choice on renewal without a length: whether it renews by itself, and the notice that stops it."""
    words = page.analysis.text[start:end]
    if re.search(r"\b(?:no|not|never)\b[^.]{0,40}\b(?:renew|automatic)", words, re.I):
        return
    note = "blank in the form" if _has_blank(words) else "in words"
    if found := re.search(r"\b(?:non-?\s?renewal\s)?notice\b[^.]{0,160}", words, re.I):
        yield page.given(
            "non_renewal_notice", "", "", start + found.start(), start + found.end(), rests_on=uses, note=note
        )
        note = "the length stands elsewhere"
    about = "" if note == "blank in the form" else "automatic"  # "{renewal}" may say that it does not
    yield page.given("renewal", "", "", start, end, rests_on=uses, note=note, about=about)


def _outside(page: Page, term: Fact) -> Iterator[KeyFact]:
    """Grounds outside the cap, from the ticked claims of a cover page."""
    for start, end, ticked in _chosen(page, term):
        if ticked:
            small = page.analysis.text[start:end].lower()
            for code, pattern in GROUNDS.items():
                if found := pattern.search(small):
                    yield page.given(
                        "cap_exception", code, "", start + found.start(), start + found.end(), about="liability_cap"
                    )  # fmt: skip


def _has_blank(words: str) -> bool:
    return any(f.unit in ("fill_in", "bracketed", "redacted", "date") for f in blanks.blanks(words)) or bool(
        re.search(r"\{[^{}]{1,60}\}|\[fill", words, re.I)
    )


def _chosen(page: Page, term: Fact) -> Iterator[tuple[int, int, bool]]:
    """Parts of the cell that count, each with whether it is chosen; a cell without options is one part."""
    text = page.analysis.text
    begin, end = term.start, term.end
    cell = text[begin:end]
    for note in _NOTE.finditer(cell):
        cell = cell[: note.start()] + " " * len(note.group()) + cell[note.end() :]
    marks = list(OPTION.finditer(cell))
    if not marks:
        yield begin + len(cell) - len(cell.lstrip()), end, True
        return
    for place, mark in enumerate(marks):
        stop = marks[place + 1].start() if place + 1 < len(marks) else len(cell)
        yield begin + mark.end(), begin + stop, is_ticked(mark)


def _uses(page: Page, label: str) -> Iterator[Span]:
    """Up to three sentences outside the cover that use the label as a term."""
    if len(label) < 4:
        return
    count = 0
    for sentence in page.holding(label.lower()):
        if label not in sentence.text or len(sentence.text) < len(label) + 20:
            continue
        span = page.span(sentence.start, sentence.end)
        if any(t.start <= span[0] < t.end for t in page.terms):
            continue
        count += 1
        yield span
        if count == 3:
            return


def _values(text: str, kind: str) -> Iterator[Fact]:
    """What the words say for this kind, as facts with ``kind`` set; ``label`` narrows it."""
    if kind in ("governing_law", "forum"):
        seen: set[str] = set()
        for fact in places.places(text, 0, kind):
            if str(fact.value) not in seen:
                seen.add(str(fact.value))
                yield _as(fact, kind)
    elif kind in ("effective_date", "order_date", "agreement_date"):
        for fact in sorted(dates.dates(text), key=lambda f: f.start)[:1]:
            yield _as(fact, kind)
    elif kind in ("initial_term", "secrecy_term"):
        yield from _runs(text, kind)
    elif kind in ("renewal", "non_renewal_notice", "payment_days"):
        yield from _periods(text, kind)
    elif kind == "liability_cap":
        for fact in sorted([*money.money(text), *money.multiples(text)], key=lambda f: f.start):
            # "{number}x the Fees paid in the 12 months before": without the number there is no cap yet
            if fact.unit != "months_fees" or not _OPEN_MULTIPLE.search(text[: fact.start]):
                yield _as(fact, kind)
    elif kind in ("fees", "insurance"):
        for fact in money.money(text):
            yield _as(fact, kind)
    elif kind in ("service_level", "service_credit"):
        for fact in money.percents(text):
            yield _as(fact, kind)


def _as(fact: Fact, kind: str, about: str = "") -> Fact:
    return Fact(
        kind,
        fact.value,
        fact.unit if fact.kind != "jurisdiction" else "",
        fact.start,
        fact.end,
        fact.quote,
        fact.band,
        about,
        fact.note,
    )


def _runs(text: str, kind: str) -> Iterator[Fact]:
    for fact in durations.durations(text):
        yield _as(fact, kind)
        break
    if found := _UNTIL.search(text):
        end = "expiry" if kind == "initial_term" else kind
        yield Fact(end, "perpetual", "", found.start(), found.end(), found.group(), SURE)
    if kind == "initial_term":
        for fact in dates.dates(text):
            if re.search(
                r"\b(?:until|through|expires?|ends?|to)\b[^.\n]{0,30}$",
                text[max(0, fact.start - 50) : fact.start],
                re.I,
            ):
                yield _as(fact, "expiry")


def _periods(text: str, kind: str) -> Iterator[Fact]:
    for fact in durations.durations(text):
        said = kind
        if kind == "renewal" and (
            fact.kind == "notice_period"
            or re.search(r"\b(?:notice|days)\b", text[fact.start : fact.end + 30], re.I)
        ):
            said = "non_renewal_notice"
        about = ""
        if kind == "payment_days":
            behind = text[fact.end : fact.end + 90].lower()
            about = "receipt" if "recei" in behind else "invoice_date" if "invoice" in behind else ""
        yield _as(fact, said, about)
