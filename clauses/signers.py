"""Who signs: names with a legal form above a line to sign on, the second source where the front names nobody."""
# ruff: noqa: E501  (patterns are harder to check when cut over lines)

import re
from collections.abc import Iterator

from clauses.names import LEGAL_FORMS, SHARP_FORMS, is_name

_REACH = 12_000  # signatures stand at the end


def signers(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of the names that stand above a line to sign on, in no particular order; some twice."""
    low = max(0, len(text) - _REACH)
    for pattern in (_SIGNER, _SIGNER_IN_CAPITALS):
        for found in pattern.finditer(text, low):
            for start, end in _each(text, *found.span("name")):
                if is_name(text[start:end]):
                    yield start, end
    for found in _SIDE_BY_SIDE.finditer(text, low):
        spans = [found.span("one"), found.span("two")]
        names = [text[start:end] for start, end in spans]
        if all(map(is_name, names)) and any(_FORM_END.search(name) for name in names):
            yield from spans


def labelled(text: str) -> Iterator[tuple[str, int, int]]:
    """(role, start, end) of names behind a role and a colon: "Client: Acme, Inc."."""
    for low, high in ((0, _REACH), (max(_REACH, len(text) - _REACH), len(text))):
        for found in _LABELLED.finditer(text, low, high):
            if is_name(found["name"]):
                yield found["role"], *found.span("name")


def _each(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """ "May 4, 2020 Acme, Inc. Baker LLC" above one line are two who sign."""
    lead = _BEFORE_NAME.match(text, start, end)
    start = lead.end() if lead else start
    for form in _FORM_WITHIN.finditer(text, start, end):
        yield start, form.end("form")
        start = form.end()
    yield start, end


_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
# A bare role needs its colon, an office the word before it: "Company Store, Inc." and "Member Services, Inc." are names.
_ROLE = r"(?:developer|reseller|client|customer|licensor|licensee|distributor|supplier|sponsor|consultant|company)"
_BEFORE_NAME = re.compile(
    rf"(?:{_MONTH}\s\d{{1,2}},?\s\d{{4}}[,.]?\s{{1,4}}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\s{{1,4}}|(?:chief\s\w{{2,20}}|authori[sz]ed|managing|vice|executive)\s(?:signatory|representative|officer|member|director|president|secretary|treasurer)\s{{1,4}}|(?:acceptance\sby\s{_ROLE}:?|{_ROLE}:)\s{{1,4}}|"
    r"(?:signed\s|executed\s|accepted\s)?(?:for\s{1,2}and\s{1,2})?on\s{1,2}behalf\s{1,2}of:?\s{1,4}(?:the\s)?){1,3}",
    re.I,
)
_FORM_END = re.compile(rf"[\s,](?:{SHARP_FORMS}|LP)\b\.?,?$")
_FORM_WITHIN = re.compile(
    rf"(?P<form>[\s,](?:{SHARP_FORMS}|LP)\b\.?(?:,?\s(?:{LEGAL_FORMS})\b\.?){{0,2}})\s{{1,60}}"
    rf"(?!(?:{LEGAL_FORMS}|Holdings?|Partners?|Fund|Bank|Group|Liability|Partnership|Company|II|III|IV|of|OF|and|AND|for|FOR|HK|in|IN)\b)(?=[A-Z0-9])"
)
_SIGNER = re.compile(
    rf"(?:^|\n|\s{{3,40}})[ \t]{{0,12}}(?P<name>[A-Z0-9][A-Za-z0-9&.,'’() -]{{2,70}}?[\s,](?:{LEGAL_FORMS})\.?)[ \t]{{0,4}}:?[ \t]{{0,40}}(?:\n{{1,4}}[ \t]{{0,40}}|\s{{1,3}})(?:By|BY|Signature|Name|/s/|Signed)\b"
)
_SIDE_BY_SIDE = re.compile(
    r"(?:^|\n)[ \t]{0,20}(?P<one>[A-Z][^\n\t]{3,70}?)(?:[ ]{3,60}|\t{1,6})(?P<two>[A-Z][^\n\t]{3,70}?)[ \t]{0,20}\n\s{0,80}(?:By|BY|Signature|Name)\b[^\n]{0,90}?\b(?:By|BY|Signature|Name)\b"
)
_BEFORE_SIGNER = r"(?:" + "|".join(
    rf"(?<={word})"
    for word in (
        r"Signatory", r"Officer", r"Manager", r"Director", r"President", r"Secretary", r"Member", r"Partner",
        r"Counsel", r"Esq\.", r"\d{4}", r"\n", r"[.:\])]", r"in-fact", r"by\sDeveloper", r"by\sClient",
        r"RESELLER", r"LICENSEE", r"LICENSOR", r"CUSTOMER", r"DISTRIBUTOR", r"SUPPLIER", r"COMPANY", r"CONSULTANT",
    )
) + ")"  # fmt: skip
_SIGNER_IN_CAPITALS = re.compile(
    rf"{_BEFORE_SIGNER}\s{{1,4}}(?P<name>(?=[\w-]{{0,20}}[A-Za-z])[A-Z0-9][\w&.'’-]{{0,30}},?\s(?:(?:\(?[A-Z0-9&À-Ü–-][\w&.'’À-Ü/()-]{{0,30}}|and|of),?\s){{0,11}}?(?:{LEGAL_FORMS})\.?(?:\sI{{1,3}}\b)?)\s{{1,4}}(?:By:|BY:|/s/|Signed)"
)
_LABELLED = re.compile(
    rf"\b(?P<role>(?i:Company|Client|Customer|Licensee|Licensor|Reseller|Distributor|Supplier|Provider|Sponsor|Vendor|Consultant|Contractor|Franchisee|Manufacturer))(?i:\sName)?\s?:[ \t]{{1,20}}"
    rf"(?P<name>[A-Z0-9][^\s:]{{0,40}}(?:\s{{1,2}}[A-Z0-9&(][^\s:]{{0,40}}){{0,7}}?[\s,](?:{SHARP_FORMS})\b\.?)"
)
