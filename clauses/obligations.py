"""Duties, bans, rights: who (bearer) must or may do what (action), for whom, by when, if what.

1. In each sentence find a modal verb whose subject, just before it, is a party, "each party" or a party's alias.
2. The action runs from the modal to the end of the sentence or to the next modal with a subject of its own.
3. Deadline, condition and beneficiary are cut out of the words around, as they stand.
"""
# ruff: noqa: E501, SIM905  (patterns and word tables are harder to check when cut over lines or quoted word by word)

import re
from collections.abc import Iterable, Iterator

from clauses.model import Clause, Obligation, Party
from clauses.sentences import sentence_spans
from clauses.source import Source

_MODALS = (
    r"(?:shall|will|must|may|can)\s{1,2}(?:not|only)(?:\s{1,2}be\s{1,2}(?:required|obliged|obligated|permitted|allowed|entitled)\s{1,2}to)?|"
    r"(?:shall|will|must|may)|cannot|"
    r"(?:is|are|shall\s{1,2}be|will\s{1,2}be)\s{1,2}(?:not\s{1,2})?(?:required|obliged|obligated|responsible|permitted|entitled|prohibited)(?:\s{1,2}(?:to|for|from))?|"
    r"(?:(?:hereby\s{1,2})?(?:agrees?|undertakes?|covenants?|commits?)\s{1,2}(?:not\s{1,2})?to)|(?:agrees?\s{1,2}that\s{1,2}it\s{1,2}(?:shall|will)(?:\s{1,2}not)?)"
)
_GENERIC = (
    r"each\s{1,2}party|either\s{1,2}party|neither\s{1,2}party|both\s{1,2}parties|the\s{1,2}parties|"
    r"(?:the\s{1,2})?(?:receiving|disclosing|indemnifying|indemnified|non-breaching|breaching|terminating|affected|defaulting|other|assigning)\s{1,2}party|"
    r"a\s{1,2}party|such\s{1,2}party|that\s{1,2}party|(?:the\s{1,2})?(?:recipient|discloser|indemnitor|indemnitee)"
)
_BUILT_IN = (
    "Customer Provider Supplier Vendor Client Licensor Licensee Company Contractor Consultant Discloser Recipient Employer Employee "
    "Buyer Seller Purchaser Distributor Reseller Partner Controller Processor Subprocessor Landlord Tenant Agent Manufacturer"
).split()
_DEADLINE = re.compile(
    r"\b(?:(?:promptly\s|immediately\s)?(?:within|not\slater\sthan|no\slater\sthan|at\sleast|not\sless\sthan|by\sthe\send\sof|prior\sto\sthe|on\sor\sbefore|"
    r"before\sthe|without\sundue\sdelay|as\ssoon\sas)\b[^,;.()]{0,110}(?:\(\d+\)[^,;.()]{0,110})?|promptly|immediately|annually|monthly|quarterly|upon\s(?:request|termination|expir)[^,;.]{0,80})",
    re.I,
)
_CONDITION = re.compile(
    r"(?:^|[\s,])((?:if|unless|provided\sthat|to\sthe\sextent|subject\sto|except|in\sthe\sevent|upon|where|when|after|following|during|as\slong\sas|so\slong\sas)\b[^;.]{3,260})",
    re.I,
)
_BENEFICIARY = re.compile(
    r"\b(?:to|for|with|from|notify|indemnify|defend|pay|reimburse|provide|give|inform)\s{1,2}", re.I
)
_PERMITS = re.compile(r"\b(?:may|permitted|entitled|can)\b", re.I)


def read_obligations(
    source: Source,
    clauses: tuple[Clause, ...],
    parties: Iterable[Party],
    skip: Iterable[tuple[int, int]] = (),
) -> tuple[Obligation, ...]:
    """One row for each modal verb with a party as its subject, in reading order."""
    names = _subjects(parties)
    subject = re.compile(
        rf"\b(?P<who>(?:(?:the|each)\s{{1,2}})?(?:{'|'.join(names)})(?:\s{{1,2}}and\s{{1,2}}(?:the\s{{1,2}})?(?:{'|'.join(names)}))?|(?i:{_GENERIC}))"
        rf"(?:,[^,;.]{{1,60}},)?\s{{1,3}}(?:(?:also|further|hereby|each|shall\salso|then|only)\s{{1,2}})?(?P<modal>{_MODALS})\b"
    )
    people = re.compile(
        rf"(?:the\s{{1,2}}|any\s)?(?P<name>(?:{'|'.join(names)})|(?i:the\sother\sparty|each\sother|the\sdisclosing\sparty|the\sreceiving\sparty))\b"
    )
    closed = sorted(skip)
    made: list[Obligation] = []
    place = -1
    gap = 0
    for start, end in sentence_spans(source.plain):
        while gap < len(closed) and closed[gap][1] <= start:
            gap += 1
        if gap < len(closed) and closed[gap][0] <= start:
            continue
        for obligation in _in_sentence(source, start, end, subject, people):
            while place + 1 < len(clauses) and clauses[place + 1].start <= obligation.start:
                place += 1
            home = clauses[place].id if place >= 0 else ""
            made.append(
                Obligation(
                    obligation.bearer, obligation.beneficiary, obligation.modal, obligation.action,
                    obligation.deadline, obligation.condition, obligation.start, obligation.end, home,
                )
            )  # fmt: skip
    return tuple(made)


def _subjects(parties: Iterable[Party]) -> list[str]:
    names = {re.sub(r"^the\s+", "", p.alias, flags=re.I) for p in parties if p.alias}
    names |= {p.name for p in parties if p.name and len(p.name) > 2}
    names |= set(_BUILT_IN)
    return [re.escape(n).replace(r"\ ", r"\s{1,2}") for n in sorted(names, key=lambda n: (-len(n), n))]


def _in_sentence(
    source: Source, start: int, end: int, subject: re.Pattern[str], people: re.Pattern[str]
) -> Iterator[Obligation]:
    sentence = source.plain[start:end]
    found = list(subject.finditer(sentence))
    for place, match in enumerate(found):
        stop = found[place + 1].start() if place + 1 < len(found) else len(sentence)
        action = sentence[match.end() : stop].strip(" ,;.\n")
        action = re.sub(r"\s*\b(?:and|or|but|provided|unless|if)$", "", action)
        if not action:
            continue
        bearer = " ".join(match["who"].split())
        before = sentence[found[place - 1].end() if place else 0 : match.start()]
        begin, finish = source.back(start + match.start(), start + stop)
        yield Obligation(
            bearer=re.sub(r"^the\s", "", bearer, flags=re.I),
            beneficiary=_beneficiary(action, bearer, people),
            modal=" ".join(match["modal"].lower().split()),
            action=" ".join(action.split()),
            deadline=_first(_DEADLINE, action) or _first(_DEADLINE, before),
            condition=_condition(before) or _condition(action),
            start=begin,
            end=finish,
        )


def _beneficiary(action: str, bearer: str, people: re.Pattern[str]) -> str:
    for lead in _BENEFICIARY.finditer(action[:400]):
        found = people.match(action, lead.end())
        if found and found["name"].lower() not in bearer.lower():
            return " ".join(found["name"].split())
    low = bearer.lower()
    return "the other party" if low in ("each party", "either party", "neither party") else ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return " ".join(found.group().split()) if found else ""


def _condition(text: str) -> str:
    found = _CONDITION.search(text)
    return " ".join(found.group(1).split()).rstrip(" ,") if found else ""
