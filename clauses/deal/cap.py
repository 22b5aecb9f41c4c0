"""The limit of liability: its amount or its multiple or months of fees, what it counts, and what stands outside it."""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from collections.abc import Iterator
from dataclasses import replace

from clauses.deal.model import KeyFact
from clauses.deal.page import Page, Sentence, lengths, phrase, sums
from clauses.model import CHECK, SURE, UNSURE, Fact
from clauses.values import blanks, money
from clauses.values.numbers import tidy

_LIMITS = phrase(
    r"\bliab\w+\b[^.]{0,600}?\b(?:(?:not|never|in\sno\sevent)\b[^.]{0,80}?\b(?:exceed|be\sgreater|be\smore|be\sin\sexcess)|limited\sto|capped|in\sexcess\sof|exceeds?)\b"
    r"|\b(?:exceed|limited\sto|capped\sat)\b[^.]{0,250}?\bliab|\b(?:in\sno\sevent|neither|not|no\sparty)\b[^.]{0,80}\bliable\b[^.]{0,300}?\b(?:in\sexcess|exceed\w*|more\sthan|greater\sthan)\b"
)
_NOT_CAP = phrase(r"\b(?:insurance|deductible|coverage|per\soccurrence|basket)\b")
_BEHIND = phrase(
    r"\b(?:exceed\w*|limited\sto|capped\sat|in\sexcess\sof|more\sthan|greater\sthan|greater\sof|lesser\sof|higher\sof|lower\sof|equal\sto|cap|limit)\b"
)
_OUTSIDE = phrase(
    r"\b(?:limit\w*|liab\w+|cap|caps|exclu\w+|section|clause)\b[^.]{0,200}?\b(?:shall|will|do|does|must)\s(?:not\s)(?:apply|limit|extend|affect)"
    r"|\b(?:except|other\sthan|excluding|with\sthe\sexception|save)\b[^.]{0,400}|\bnothing\s(?:in|contained)\b[^.]{0,160}\b(?:limit|exclud)\w*|\bunlimited\s(?:liab\w+|claims?)|\bunlimited\sfor\b|\bnot\sapply\sto\b"
)
GROUNDS: dict[str, re.Pattern[str]] = {
    code: phrase(pattern)
    for code, pattern in {
        "confidentiality": r"\bconfidential\w*|\bsecrecy|\bnon-?disclosure",
        "indemnity": r"\bindemni\w+|\bhold\sharmless",
        "ip_infringement": r"\binfring\w+|\bintellectual\sproperty|\bmisappropriat\w+|\bproprietary\srights",
        "gross_negligence": r"\bgross(?:ly)?\snegligen\w+",
        "wilful_misconduct": r"\bwill?ful\w*|\bintentional\w*|\bdeliberate\w*",
        "fraud": r"\bfraud\w*",
        "death_or_injury": r"\bdeath\b|\bpersonal\sinjury|\bbodily\sinjury|\binjury\sto\spersons?",
        "data_protection": r"\bdata\s(?:breach|protection|security)|\bpersonal\sdata|\bprivacy",
        "payment": r"\bpayment\sobligations?|\bobligations?\sto\spay|\bfees\s(?:due|owed)|\bamounts\s(?:due|owed)|\bpay\sfees",
        "licence_misuse": r"\bscope\sof\s(?:the\s|any\s)?licen[cs]e|\blicen[cs]e\srestrictions?|\brestrictions\son\suse|\bviolation\sof\s(?:the\s)?licen[cs]e",
        "law": r"\b(?:cannot|can\snot|may\snot|must\snot)\s(?:lawfully\s)?be\s(?:limited|excluded)|\b(?:prohibited|not\spermitted|required)\sby\s(?:applicable\s)?law",
        "breach_of_law": r"\b(?:violation|breach)\sof\s(?:applicable\s)?laws?\b|\bcompliance\swith\slaws?",
    }.items()
}


def cap(page: Page) -> Iterator[KeyFact]:
    """Caps and what stands outside them, each with its words."""
    seen: set[tuple[str, str, str]] = set()
    last: Sentence | None = None
    for sentence in page.holding("liab"):
        small = sentence.small
        if _LIMITS.search(small) and not _NOT_CAP.search(small):
            last = last or sentence
            for fact in [*_values(page, sentence)] or _of_term(page, sentence):
                key = (str(fact.value), fact.unit, fact.about)
                if key not in seen:
                    seen.add(key)
                    last = sentence
                    yield fact
    yield from _exceptions(page, last)


def _values(page: Page, sentence: Sentence, *, defined: bool = False) -> Iterator[KeyFact]:
    found = [*money.multiples(sentence.text), *_plain_multiples(sentence)]
    found += [f for f in sums(sentence) if defined or _BEHIND.search(sentence.small[: f.start])]
    months = [f for f in found if f.unit == "months_fees"]
    if not found and (
        blank := next(
            (
                f
                for f in blanks.blanks(sentence.text)
                if f.unit == "fill_in" and _BEHIND.search(sentence.small[max(0, f.start - 80) : f.start])
            ),
            None,
        )
    ):
        yield page.fact(
            "liability_cap",
            "",
            "",
            sentence.start + blank.start,
            sentence.start + blank.end,
            note="blank in the form",
            about=_counted(sentence),
            rests_on=((sentence.start, sentence.end),),
        )
    for fact in found:
        if fact.unit == "fees" and months and fact.value == months[0].value:
            continue
        band = UNSURE if fact.band == UNSURE else SURE if fact.kind == "money" and len(found) == 1 else CHECK
        yield page.fact(
            "liability_cap", fact.value, fact.unit, sentence.start + fact.start, sentence.start + fact.end,
            band=band, note=_how(sentence, fact.note), about=_counted(sentence), rests_on=((sentence.start, sentence.end),),
        )  # fmt: skip


_CAP_TERM = phrase(r"\b(?P<term>(?:[A-Z]\w+\s){0,3}(?:Cap|Limit)(?:\sAmount)?)\b")


def _of_term(page: Page, sentence: Sentence) -> Iterator[KeyFact]:
    """ "will not exceed the Liability Cap": the value stands where the term is defined."""
    for found in _CAP_TERM.finditer(sentence.text):
        low = found["term"].lower()
        for meaning in page.holding(low):
            if re.search(
                rf"[\"“'‘]\s?{re.escape(low)}\s?[\"”'’][^.]{{0,40}}\b(?:means?|is|equals?)\b", meaning.small
            ):
                for fact in _values(page, meaning, defined=True):
                    places = {*fact.derived_from, page.span(sentence.start, sentence.end)}
                    yield replace(fact, about=_counted(sentence), derived_from=tuple(sorted(places)))
                return


_YEARS_FEES = phrase(
    r"\b(?:fees?|amounts?|charges|sums|payments|consideration|paid|payable|received)\b[^.;]{0,160}?\b(?P<q>(?:(?:one|two|three)\s(?:\(\d\)\s)?)?(?:years?|twelve[\s-]months?|12[\s-]months?|calendar\syear|contract\syear|annual))\b"
)
_THE_FEES = phrase(
    r"\b(?:the\s|total\s|aggregate\s|all\s|any\s|actual\s|amounts?\s(?:of\s)?){1,4}?(?P<q>(?:fees?|amounts?|charges|sums|payments|price|consideration|royalties)\s(?:[\w-]+\s){0,6}?(?:paid|payable|received|due|owed)|(?:contract|purchase)\sprice)\b"
)


_PAID_IN = phrase(
    r"\b(?:fees?|amounts?|charges|sums|payments|revenues?|consideration|paid|payable|received)\b[^.;]{0,160}\b(?:in|during|for|over|within)\s(?:the\s|any\s|such\s)?(?:\w+\s){0,3}$"
)


def _counted_period(sentence: Sentence, start: int) -> Fact | None:
    """ "the amount received during the previous six (6) months": months of fees."""
    for fact in lengths(sentence):
        if (
            fact.start > start
            and fact.unit in ("months", "years")
            and _PAID_IN.search(sentence.small[max(start, fact.start - 260) : fact.start])
        ):
            months = fact.value if fact.unit == "months" else 12 * float(fact.value)
            return Fact(
                "multiple",
                tidy(float(months)),
                "months_fees",
                fact.start,
                fact.end,
                fact.quote,
                CHECK,
                note=fact.note,
            )
    return None


def _plain_multiples(sentence: Sentence) -> Iterator[Fact]:
    """ "the fees paid under this Agreement" is one time the fees; "in the one year before" is twelve months of them."""
    small = sentence.small
    if any(True for _ in money.multiples(sentence.text)):
        return
    start = _BEHIND.search(small)
    if start is None:
        return
    if (period := _counted_period(sentence, start.start())) is not None:
        yield period
    elif found := _YEARS_FEES.search(small, start.start()):
        words = found["q"]
        count = 2 if words.startswith("two") else 3 if words.startswith("three") else 1
        yield Fact("multiple", 12 * count, "months_fees", found.start(), found.end(), found.group(), CHECK)
    elif found := _THE_FEES.search(small, start.start()):
        yield Fact("multiple", 1, "fees", found.start("q"), found.end("q"), found["q"], CHECK)


def _counted(sentence: Sentence) -> str:
    """What the cap applies to."""
    small = sentence.small
    if re.search(
        r"\bliab\w+\s(?:\w+\s){0,4}?for\s(?:(?:the|any|all|free|such|or)\s){0,3}(?:trials?|betas?|evaluations?)"
        r"(?:\s(?:use|products?|services?|access))?(?=\s(?:and\s(?:trials?|betas?|evaluations?)|or\s(?:trials?|betas?|evaluations?)|will|shall|is|may|must)\b|[,.])",
        small,
    ):
        return "trials"
    if re.search(r"\b(?:increased|enhanced|super)[- ]?(?:claims?|cap)|\bsuper-?cap", small):
        return "increased claims"
    if re.search(r"\b(?:data\sbreach|personal\sdata|data\sprotection|security\sincident)", small):
        return "data protection"
    if re.search(r"\bindemni", small) and not re.search(
        r"\b(?:except|other\sthan)\b[^.]{0,200}\bindemni|\bno\s(?:[\w-]+,?\s){0,5}indemni", small
    ):
        return "indemnity"
    if re.search(
        r"\bper\s(?:claim|event|incident)|\beach\s(?:claim|event|incident)|\bany\s(?:one|single)\s(?:claim|event)",
        small,
    ):
        return "each claim"
    return "total liability"


_COMBINED = phrase(
    r"\b(greater|higher|larger|lesser|lower|smaller)\sof\b|\bwhichever\s(?:amount\s)?is\s(?:the\s)?(greater|higher|larger|more|lesser|lower|less|smaller)\b"
)


def _how(sentence: Sentence, note: str) -> str:
    if found := _COMBINED.search(sentence.small):
        word = found[1] or found[2]
        side = "greater" if word in ("greater", "higher", "larger", "more") else "lesser"
        return f"the {side} of several" + (f"; {note}" if note else "")
    return note


# "Uncapped Claims" means …: what such a term lists stands outside the cap.
_OUTSIDE_TERM = phrase(
    r"[\"“](?:uncapped|unlimited|excluded|unrestricted)\s(?:claims?|liabilit(?:y|ies)|losses|matters)[\"”]\s(?:means?|shall\smean|includes?|are)\b"
)


def _exceptions(page: Page, last: Sentence | None) -> Iterator[KeyFact]:
    """Grounds of liability outside the cap: in the capping sentence behind "except", or in one that says so."""
    if last is None:
        return
    seen: set[str] = set()
    for sentence in page.holding("liab", "limitation", "unlimited", "exclusion", "uncapped"):
        if not re.search(r"\blimit|\bliab|\bcap\b|\bexclusion|\buncapped|\bunlimited", sentence.small):
            continue
        defined = _OUTSIDE_TERM.search(sentence.small)
        outside = defined or _OUTSIDE.search(sentence.small)
        near = abs(sentence.number - last.number) <= 12 or "liab" in page.heading_of(sentence.start)
        if outside is None or not near:
            continue
        low = (
            outside.start()
            if defined
            or sentence is not last
            or outside.group().startswith(("except", "other", "exclud", "save", "with"))
            else 0
        )
        group = [sentence]
        if sentence.small.rstrip().endswith(":"):
            group += [s for step in range(1, 9) if (s := page.near(sentence, step)) is not None]
        for place, part in enumerate(group):
            if place and not re.match(r"\W{0,3}\(?(?:[a-z]|[ivx]{1,4}|\d)?[).]?\s?\w", part.small):
                break
            for code, pattern in GROUNDS.items():
                found = pattern.search(part.small, low if not place else 0)
                if found and code not in seen:
                    seen.add(code)
                    yield page.fact(
                        "cap_exception",
                        code,
                        "",
                        *part.span(found),
                        band=CHECK,
                        rests_on=((part.start, part.end),),
                        about="liability_cap",
                    )
            if place and part.small.rstrip().endswith("."):
                break
