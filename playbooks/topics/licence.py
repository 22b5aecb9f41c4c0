"""Software that one runs oneself: what the licence covers, audits of use, source code in escrow, warranty."""
# ruff: noqa: E501  (patterns are harder to check when cut over lines)

from collections.abc import Sequence

from clauses.topics.page import Page, Passage, is_blank
from clauses.topics.reading import choice, members, number_near, quantity_near
from clauses.topics.values import (
    READ,
    Instance,
    Span,
    Topic,
    Value,
    absent,
    number,
    number_of,
    set_of,
    unknown,
    word,
    word_of,
)

_SOFTWARE = r"\b(?:software|programs?|products?|licensed (?:materials?|programs?|works?)|applications?)\b"

# --- scope of the licence ---------------------------------------------------------------------------------

_GRANT = (
    rf"\bgrants?\b[^.]*\b(?:licen[cs]e|right) (?:to (?:use|install|run|copy)|for)\b[^.]*{_SOFTWARE}"
    rf"|\bgrants?\b[^.]*{_SOFTWARE}[^.]*\b(?:licen[cs]e|right to use)\b"
    rf"|\bgrants?\b[^.]*\blicen[cs]e\b[^.]*{_SOFTWARE}"
    rf"|\blicensee may (?:install|use|run)\b[^.]*{_SOFTWARE}"
)
_FOR_WHOM = {
    "affiliates": r"\baffiliates?\b|\bgroup compan\w+|\baffiliated compan\w+",
    "contractors": r"\b(?:contractors?|service providers?|outsourc\w+|third part(?:y|ies) acting (?:for|on))\b",
    "backup": r"\bback-?up\b|\barchival\b|\bdisaster recovery\b",
    "test": r"\b(?:test|development|staging|non-production)\b[^.]{0,40}\b(?:environments?|systems?|purposes?|copies|use)\b|\bfor (?:testing|test)\b",
}


def _scope(page: Page) -> Sequence[Instance]:
    """The grant with the sentences beside it that widen or narrow it, read together."""
    found = page.find_sentences(
        _GRANT,
        follow=r"\b(?:licen[cs]e|affiliates?|back-?up|contractors?|service providers?|copies|install\w*|revo\w+|transfer\w*|users?)\b",
        but=r"\binfring\w*\b|\bindemni\w*\b|\bfeedback\b|\bcustomer data\b|\bdeliverables?\b|\bprior (?:inventions|works)\b|\bopen source\b",
    )
    return [_scope_of(found)] if found else []


def _scope_of(passages: Sequence[Passage]) -> Instance:
    revoked = _first(
        passages,
        r"(?<!ir)(?<!non-)\brevo(?:cable|ke\w*)\b|\bmay (?:withdraw|end|terminate) (?:the|this) licen[cs]e\b[^.]{0,40}\bat any time\b",
    )
    values = {
        "duration": _duration(passages),
        "for": _members(passages, _FOR_WHOM),
        "revocable": word("yes", revoked) if revoked else word("no"),
    }
    return Instance(tuple(p.span for p in passages), values)


def _duration(passages: Sequence[Passage]) -> Value:
    for passage in passages:
        found = choice(
            passage,
            ("perpetual", r"\bperpetual\b|\bwithout (?:any )?limit in time\b|\bunlimited in time\b|\bfor an indefinite (?:time|period|term)\b"),
            ("term", r"\b(?:for|during|throughout) the (?:\w+ )?(?:term|period|duration)\b|\bterm-based\b|\bfor (?:a|the) (?:term|period) of\b|\bsubscription\b"),
        )  # fmt: skip
        if found.is_read:
            return found
    return absent()


# --- audit of use -----------------------------------------------------------------------------------------

_CHECKS = (
    r"\b(?:licensor|provider|supplier|vendor)\b[^.]{0,80}\b(?:may|can|is entitled to|has the right to|shall be entitled to)\b[^.]*"
    r"\b(?:audit|inspect|verify|examine|review)\b[^.]*\b(?:use|usage|compliance|records|installations?|premises|systems|licen[cs]es?)\b"
    r"|\b(?:licensee|customer|client)['’]?s?\b[^.]{0,60}\b(?:use|usage|compliance)\b[^.]{0,60}\b(?:audited|inspected|verified)\b"
)


def _use_audit(page: Page) -> Sequence[Instance]:
    """What the licensor may check at the licensee's, and what a shortfall costs, read together."""
    found = page.find_sentences(
        _CHECKS,
        follow=r"\b(?:audits?|inspections?|verification|shortfall|under-?payment|under-?licens\w+|excess use|costs?)\b",
        but=r"\bpersonal data\b|\bsub-?processors?\b|\bsecurity audits?\b",
    )
    return [_use_audit_of(found)] if found else []


def _use_audit_of(passages: Sequence[Passage]) -> Instance:
    often = _first(passages, r"\bonce (?:a|per|in any|in each|every|each) (?:\w+ )?(?:year|twelve)\b|\bonce in (?:any|each) (?:twelve|12)\b|\bannual(?:ly)?\b|\bonce in (?:any |each )?(?:calendar |contract )?year\b")  # fmt: skip
    always = _first(passages, r"\bat any time\b")
    penal = _first(
        passages,
        r"(?:\b\d{3}\s?%\s+of\s+)?(?:\b(?:the|its)\s+)?(?:then[- ]current\s+)?\blist prices?\b(?: then in force)?|\bpenalt\w+\b|\b(?:double|twice|treble)\b|\b(?:1[1-9]\d|[2-9]\d\d)\s?%|\bsurcharge\b",
    )
    paid = _first(
        passages,
        r"\b(?:contract|agreed|then-current contract|its own) (?:prices?|rates?|fees)\b|\bprices? (?:agreed|of this)\b|\bat the (?:fees|prices|rates) (?:of|agreed|in) this\b",
    )
    costs = _first(
        passages,
        r"\b(?:licensee|customer|client)\b[^.]{0,40}\b(?:bears?|pays?|reimburses?|shall (?:bear|pay|reimburse))\b[^.]{0,40}\bcosts? of (?:the|each|any|such) (?:audit|inspection|verification)\b",
    )
    only_if = _first(
        passages,
        r"\b(?:only )?(?:if|where|unless)\b[^.]*\b(?:%|per\s?cent|percent)[^.]*\bcosts?\b|\bcosts?\b[^.]*\b(?:if|where|unless)\b[^.]*(?:%|\bper\s?cent\b|\bpercent\b)",
    )
    values = {
        "notice_days": next(
            (v for p in passages if (v := number_near(p, r"\bnotice\b", "day", "day", "week", reach=40)).state != "absent"),
            absent(),
        ),
        "yearly": word("yes", often) if often else word("no", *([always] if always else [])),
        "shortfall": word("penalty", penal) if penal else word("contract_price", paid) if paid else absent(),
        "costs": word("shortfall", only_if) if only_if else word("licensee", costs) if costs else word("own"),
    }  # fmt: skip
    return Instance(tuple(p.span for p in passages), values)


# --- escrow -----------------------------------------------------------------------------------------------

_EVENTS = {
    "insolvency": r"\b(?:insolven\w+|bankrupt\w*|liquidation|winding[- ]up)\b",
    "end_of_support": r"\b(?:ceases?|stops?|discontinu\w+|ends?|no longer)\b[^.]{0,60}\b(?:support\w*|maintain\w*|maintenance)\b",
    "breach": r"\b(?:material breach|breach of (?:its|the) (?:support|maintenance))\b|\bfails? to (?:support|maintain)\b",
}


def _escrow(page: Page) -> Sequence[Instance]:
    """Source code held by a third party, and what releases it, read together."""
    found = page.find_sentences(
        r"\bescrow\b|\bsource code\b[^.]*\b(?:deposit\w*|release[sd]?)\b|\bdeposit\w*\b[^.]*\bsource code\b",
        follow=r"\b(?:escrow|source code|deposit\w*|releas\w+|updat\w+)\b",
        but=r"\bescrow account\b[^.]*\b(?:price|funds|money)\b|\bno (?:obligation|duty)\b"
        r"|\b(?:reverse engineer|decompile|disassemble|discover any source code)\b",
    )
    if not found:
        return []
    updated = _first(found, r"\bupdat\w+\b|\beach (?:new |major )?(?:version|release)\b")
    values = {
        "release": _members(found, _EVENTS),
        "updated": word("yes", updated) if updated else word("no"),
    }
    return [Instance(tuple(p.span for p in found), values)]


# --- warranty period --------------------------------------------------------------------------------------

_WARRANTS = rf"\bwarrant\w*\b[^.]*{_SOFTWARE}|{_SOFTWARE}[^.]*\bwarrant\w*\b|\bwarranty period\b"


def _warranty(page: Page) -> Sequence[Instance]:
    """The promise that the software does what its documentation says, and for how long."""
    found = page.find_sentences(
        _WARRANTS,
        follow=r"\b(?:warrant\w*|defects?|correct\w*|re-?perform\w*|refund\w*|period)\b",
        but=r"\bno warrant\w+\b|\bdisclaims?\b|\bas is\b|\bnon-?infring\w+\b|\btitle\b|\bvirus\w*\b|\bauthority to\b|\bopen source\b",
    )
    if not found:
        return []
    conforms = _first(
        found,
        r"\b(?:conform\w*|perform\w*|operate\w*|function\w*|work\w*|compl\w+)\b[^.]*\b(?:documentation|specifications?|described?|agreed)\b",
    )
    months = _warranted(page, found)
    repairs = _first(found, r"\b(?:correct\w*|repair\w*|remed(?:y|ies|ied)|cure\w*|replace\w*|fix\w*)\b")
    values = {
        "conforms": word("yes", conforms) if conforms else word("no"),
        "months": months,
        "repair": word("yes", repairs) if repairs else word("no"),
    }
    return [Instance(tuple(p.span for p in found), values)]


def _warranted(page: Page, passages: Sequence[Passage]) -> Value:
    """The warranty period in months. Days count as a thirtieth each, and are then no figure that an edit may
    write over; a period that is only named is looked up under its label."""
    near = r"\bwarrant\w*|\bdelivery\b|\binstallation\b|\bacceptance\b|\bperiod\b|\bfor\b"
    units = ("month", "year", "day")
    found = next((q for p in passages if (q := quantity_near(p, near, *units, reach=50))), None)
    named = next((s for p in passages if (s := p.find(r"\bwarranty period\b"))), None)
    if found is None and named is not None:
        label = page.key_term(r"Warranty Period")
        if label is None or is_blank(label.text):
            return unknown("the length of the warranty period is not said here", named)
        found = next(iter(label.quantities(*units)), None)
    if found is None:
        return absent()
    if found.unit == "day" and found.amount is not None:
        return Value(READ, found.amount / 30, (Span(found.start, found.end),))
    return number(found, "month")


def _first(passages: Sequence[Passage], pattern: str) -> Span | None:
    return next((span for p in passages if (span := p.find(pattern)) is not None), None)


def _members(passages: Sequence[Passage], patterns: dict[str, str]) -> Value:
    found = [item for passage in passages for item in members(passage, patterns).items]
    names = tuple(sorted({name for name, _ in found}))
    return Value(READ, names, tuple(span for _, span in found), items=tuple(found))


TOPICS = (
    Topic(
        "licence_scope", "Scope of the licence", "the grant of the licence",
        {
            "duration": word_of("the length of the licence", "perpetual", "term"),
            "for": set_of("whom and what the licence also covers", *_FOR_WHOM),
            "revocable": word_of("a licence that can be taken back", "yes", "no"),
        },
        _scope, after=(r"definition|scope", r"software|product"), clause_types=("licence",),
    ),
    Topic(
        "use_audit", "Audit of our use", "a right of the licensor to check how the software is used",
        {
            "notice_days": number_of("notice of an audit", "day"),
            "yearly": word_of("at most one audit a year", "yes", "no"),
            "shortfall": word_of("the price of a shortfall", "contract_price", "penalty"),
            "costs": word_of("who pays for the audit", "own", "shortfall", "licensee"),
        },
        _use_audit, after=(r"licen[cs]e", r"fees|payment"), clause_types=("audit",),
    ),
    Topic(
        "escrow", "Source code in escrow", "source code held for release",
        {
            "release": set_of("what releases the source code", *_EVENTS),
            "updated": word_of("deposits kept up to date", "yes", "no"),
        },
        _escrow, after=(r"support|maintenance", r"licen[cs]e"),
    ),
    Topic(
        "software_warranty", "Warranty of the software", "a warranty that the software works as described",
        {
            "conforms": word_of("a promise that it works as described", "yes", "no"),
            "months": number_of("the warranty period", "month"),
            "repair": word_of("a duty to correct defects", "yes", "no"),
        },
        _warranty, after=(r"deliver|accept", r"support|maintenance", r"licen[cs]e"), clause_types=("warranty",),
    ),
)  # fmt: skip
