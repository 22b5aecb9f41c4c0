"""Parties: names, legal forms, aliases and roles, from preamble, cover tables and signature blocks.

1. The preamble runs from "between" (or a "parties" heading) to the recitals; each bracketed alias closes one party.
2. Cover and signature tables name a party beside a role ("PROVIDER: Acme Ltd").
3. Forms name nobody: roles that act in the text ("Customer will …") are parties without a name.
"""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from clauses.model import Party
from clauses.names import LEGAL_FORMS
from clauses.preamble import named_people
from clauses.signers import labelled, signers
from clauses.source import Source

ROLES: dict[str, str] = {
    word: role
    for role, words in {
        "customer": "customer client buyer purchaser subscriber end-user user merchant",
        "provider": "provider supplier vendor seller service-provider contractor consultant company-provider developer host",
        "licensor": "licensor", "licensee": "licensee",
        "discloser": "discloser disclosing-party", "recipient": "recipient receiving-party",
        "controller": "controller data-controller", "processor": "processor data-processor",
        "distributor": "distributor reseller agent dealer sales-representative", "manufacturer": "manufacturer",
        "franchisor": "franchisor", "franchisee": "franchisee", "employer": "employer", "employee": "employee executive",
        "lessor": "lessor landlord", "lessee": "lessee tenant", "lender": "lender", "borrower": "borrower",
        "company": "company corporation", "partner": "partner design-partner", "sponsor": "sponsor",
    }.items()
    for word in words.split()
}  # fmt: skip
_FORM_END = re.compile(rf"[\s,]({LEGAL_FORMS})\.?,?$")
_DESCRIBED = re.compile(
    r"\b(?:an?|the)\s(?:[A-Z][\w.]*\s|[a-z-]+\s|of\s|the\s){0,5}?"
    r"(?P<form>(?:limited\sliability\s|limited\s|general\s|professional\s|public\slimited\s|private\slimited\s|not-for-profit\s|banking\s|publicly\s\w+\s)?"
    r"(?:corporation|company|partnership|association|trust|bank|individual|cooperative|non-?profit|stock\scompany))",
    re.I,
)


def read_parties(
    source: Source, *, cover: list[tuple[str, str, int, int]] | None = None
) -> tuple[Party, ...]:
    """Parties in the order of the text. ``cover`` gives (label, value, start, end) of key terms and signature cells."""
    text = source.plain
    found = [p for p in _preamble(text) if not _is_no_name(p.name)]
    known = {p.alias.lower() for p in found} | {p.name.lower() for p in found}
    for party in _of_cover(cover or []):
        if found and _fill_alias(found, party):
            continue
        if (not party.alias or party.alias.lower() not in known) and party.name.lower() not in known:
            found.append(party)
            known.add(party.alias.lower())
    for more in (_of_labels, _of_signatures):
        if sum(bool(p.name) for p in found) < 2:
            names = {bare_name(p.name) for p in found}
            found.extend(p for p in more(text) if bare_name(p.name) not in names and not _is_no_name(p.name))
    if len(found) < 2:
        known = {p.alias.lower() for p in found}
        found.extend(p for p in _acting_roles(text) if p.alias.lower() not in known)
    return tuple(_back(source, p) for p in sorted(found, key=lambda p: (p.start, p.end))[:40])


# What stands where a name could: "Plan, the", "Agreed to by", "Address 12 High St.", a licence number.
_NO_NAME = re.compile(
    r"(?:.*\b(?:the|by|for|of|and)|.*\bthe\s(?:bank|holding|company)|.*\bagreement\b.*|(?:address|on\sthe|agreed|included|commencement|governmental|contractually)\b.*"
    r"|business\sli[sc]\w+.*|co|holding|bank\sholding|investment|.*\bno)"
)
_SIGNER = re.compile(
    r"^(?:authori[sz]ed\ssignator(?:y|ies)|(?:a\s)?division\sof|for\sand\s\.?\s?on\sbehalf\sof)\s"
    r"|^[^,\n]{2,40}(?:,\sEsq\.)?,?\s(?:Chief\s[A-Z]\w+\sOfficer|(?:managing\s)?director\sof|president\sof)\s",
    re.I,
)
_BEHIND_NAME = re.compile(r"\s(?:of|at)\s\d{1,5}\s.*$|,?\s(?:an\s)?individual(?:ly)?$", re.I)


def _is_no_name(name: str) -> bool:
    bare = bare_name(name)
    return bool(name) and (not bare or _NO_NAME.fullmatch(bare) is not None)


def _within_name(words: str) -> tuple[int, int]:
    """The range of the name in words that hold more: "Authorized Signatory Acme", "Acme of 9 High Street"."""
    start = found.end() if (found := _SIGNER.match(words)) else 0
    behind = _BEHIND_NAME.search(words, start)
    return start, behind.start() if behind else len(words)


_FORMS_ANYWHERE = re.compile(rf"[\s,]+(?:{LEGAL_FORMS}|lcc|incorporated|limited|company)$", re.I)


def bare_name(name: str) -> str:
    """A name for comparing: small letters, no punctuation, no article, no legal form ("Acme, Inc." = "ACME")."""
    plain = re.sub(r"\([^()]{0,30}\)", " ", name)
    plain = " ".join(re.sub(r"[“”\"()]", " ", plain).split()).lower().strip(" ,.;:'’")
    plain = re.sub(r"^(?:the|and)\s+", "", plain)
    while cut := _FORMS_ANYWHERE.search(plain.rstrip(" .,")):
        plain = plain.rstrip(" .,")[: cut.start()]
    return " ".join(re.sub(r"[^\w&]+", " ", plain).split())


def _fill_alias(found: list[Party], named: Party) -> bool:
    """A role of the cover page goes to the party of that name, where the preamble gave it no short name."""
    for place, party in enumerate(found):
        if party.name and bare_name(party.name) == bare_name(named.name):
            if not party.alias and named.alias:
                found[place] = replace(party, alias=named.alias, role=named.role)
            return True
    return False


def role_of(alias: str) -> str:
    """The side an alias plays, "" when the word tells nothing."""
    words = re.sub(r"^the\s", "", alias.strip().lower()).replace(" ", "-")
    return ROLES.get(words, "")


def _back(source: Source, party: Party) -> Party:
    start, end = source.back(party.start, party.end)
    return Party(party.name, party.alias, party.role, party.legal_form, start, end)


# --- preamble -------------------------------------------------------------------------------------


def _preamble(text: str) -> Iterator[Party]:
    for person in named_people(text):
        yield _party(text, (person.start, person.end), person.alias, person.described_to)


def _party(text: str, name: tuple[int, int], alias: str, described_to: int) -> Party:
    low, high = _within_name(text[name[0] : name[1]])
    name = (name[0] + low, name[0] + high)
    words = " ".join(text[name[0] : name[1]].split())
    form = _FORM_END.search(words)
    described = _DESCRIBED.search(text[name[1] : described_to])
    legal = (
        form.group(1).rstrip(".")
        if form
        else (" ".join(described["form"].lower().split()) if described else "")
    )
    return Party(words, " ".join(alias.split()), role_of(alias), legal, name[0], name[1])


# --- cover pages, signatures, forms ---------------------------------------------------------------

_ROLE_LABEL = re.compile(
    r"^(?P<role>provider|customer|client|vendor|supplier|licensor|licensee|company|partner|employer|employee|contractor|consultant|discloser|recipient|"
    r"disclosing\sparty|receiving\sparty|reseller|distributor|party\s(?:1|2|a|b|one|two)|controller|processor)(?:\s(?:name|legal\sname))?\s?:?\s?(?P<name>.*)$",
    re.I,
)


_NAME_ROW = re.compile(
    r"\s*(?:company|legal|entity|organi[sz]ation|party)(?:\s(?:legal\s)?name)?\s?:?\s*", re.I
)


def is_name_row(label: str) -> bool:
    """Whether a row of a signature table gives the names of those who sign ("Company | Acme, Inc. | Beta LLC")."""
    return _NAME_ROW.fullmatch(label) is not None


def _of_cover(cover: list[tuple[str, str, int, int]]) -> Iterator[Party]:
    many = Counter(label for label, value, _, _ in cover if is_name_row(label) and value.strip())
    for label, value, start, end in cover:
        if not value.strip() or len(value) > 160:
            continue
        if many[label] > 1:
            named = _cover_party("", value, start, end)
            if named.name:
                yield named
            continue
        own = _ROLE_LABEL.match(value.strip())
        of_label = _ROLE_LABEL.match(label.strip())
        if own and own["role"] == "Company" and _is_open(own["name"]):
            continue  # "Company: ____" below a name and a title asks for the signer's company
        if own and (own["name"].strip() or own["role"].isupper()) and len(value) < 100 and ":" in value:
            yield _cover_party(own["role"], own["name"], start, end)
        elif of_label and not of_label["name"].strip(": ") and not own:
            yield _cover_party(of_label["role"], value, start, end)


def _is_open(name: str) -> bool:
    """Whether a blank stands where a name would."""
    return re.fullmatch(r"[\[{_(].*[\]}_)]|_*|\[.*", " ".join(name.split())) is not None


def _cover_party(role: str, name: str, start: int, end: int) -> Party:
    alias = role.title()
    clean = " ".join(name.split()).strip()
    if _is_open(clean):
        clean = ""
    form = _FORM_END.search(clean)
    return Party(clean, alias, role_of(alias), form.group(1) if form else "", start, end)


def _of_labels(text: str) -> Iterator[Party]:
    seen = set()
    for role, start, end in labelled(text):
        party = _cover_party(role, text[start:end], start, end)
        if (bare := bare_name(party.name)) and bare not in seen:
            seen.add(bare)
            yield party


def _of_signatures(text: str) -> Iterator[Party]:
    seen = set()
    for start, end in signers(text):
        low, high = _within_name(text[start:end])
        start, end = start + low, start + high
        name = " ".join(text[start:end].split())
        if (bare := bare_name(name)) and bare not in seen:
            seen.add(bare)
            form = _FORM_END.search(name)
            yield Party(name, "", "", form.group(1) if form else "", start, end)


_ACTS = re.compile(
    r"\b(?P<role>Provider|Customer|Client|Supplier|Vendor|Licensor|Licensee|Discloser|Recipient|Disclosing\sParty|Receiving\sParty|Company|Contractor|Consultant|"
    r"Employer|Employee|Reseller|Distributor|Partner|Controller|Processor|Buyer|Seller|Purchaser)\s(?:shall|will|must|may|agrees)\b"
)


def _acting_roles(text: str) -> Iterator[Party]:
    counts: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    for found in _ACTS.finditer(text):
        alias = " ".join(found["role"].split())
        counts[alias] += 1
        first.setdefault(alias, found.span("role"))
    for alias, count in sorted(counts.items()):
        if count >= 2:
            yield Party("", alias, role_of(alias), "", *first[alias])
    for one, other in (("Recipient", "Discloser"), ("Receiving Party", "Disclosing Party")):
        named = re.search(rf"\b{other}\b", text)
        if counts[one] >= 2 and counts[other] < 2 and named and text.count(other) > 2:
            yield Party("", other, role_of(other), "", *named.span())  # who discloses is seldom told to
