"""Parties: names, legal forms, aliases and roles, from preamble, cover tables and signature blocks.

1. The preamble runs from "between" (or a "parties" heading) to the recitals; each bracketed alias closes one party.
2. Cover and signature tables name a party beside a role ("PROVIDER: Acme Ltd").
3. Forms name nobody: roles that act in the text ("Customer will …") are parties without a name.
"""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from clauses.model import Party
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
LEGAL_FORMS = (
    r"Inc(?:orporated)?|Corp(?:oration)?|Company|Co|LLC|L\.L\.C|LLP|L\.L\.P|LP|L\.P|Ltd|Limited|PLC|plc|GmbH(?:\s&\sCo\.?\sKG)?|AG|S\.?A\.?S?|"
    r"S\.p\.A|SpA|S\.r\.l|B\.?V|N\.?V|KG|KGaA|SE|Pty\.?\s?Ltd|Pte\.?\s?Ltd|AB|A/S|ApS|AS|Oy|K\.?K|S\.?L|SARL|S\.à\sr\.l|N\.A|P\.?C|Trust|Partnership"
)
_FORM_END = re.compile(rf"[\s,]({LEGAL_FORMS})\.?,?$")
_DESCRIBED = re.compile(
    r"\b(?:an?|the)\s(?:[A-Z][\w.]*\s|[a-z-]+\s|of\s|the\s){0,5}?"
    r"(?P<form>(?:limited\sliability\s|limited\s|general\s|professional\s|public\slimited\s|private\slimited\s|not-for-profit\s|banking\s|publicly\s\w+\s)?"
    r"(?:corporation|company|partnership|association|trust|bank|individual|cooperative|non-?profit|stock\scompany))",
    re.I,
)
_BETWEEN = re.compile(
    r"\b(?:by\s{1,3}and\s{1,3}(?:between|among)|between|among(?:st)?|made\s{1,3}by|entered\s{1,3}into\s{1,3}by)\b[\s:]{0,4}|(?:^|\n)\s{0,8}(?:PARTIES|Parties)\s{0,3}:?\s{0,3}\n",
    re.I,
)
_ZONE_END = re.compile(
    r"\b(?:WHEREAS|Whereas|RECITALS?|Recitals?|BACKGROUND|WITNESSETH|W\sI\sT\sN\sE\sS\sS|NOW,?\s{1,2}THEREFORE|Background|Preliminary)\b|\n\s{0,8}(?:1|I|ARTICLE\s(?:1|I|ONE))[.:\s]\s{0,4}[A-Z]"
)
_ALIAS = re.compile(
    r"[\s,]{0,3}(?:\(|\bhereinafter\b|\bherein\b|\breferred\sto\b)(?P<body>[^()]{0,160}?[“\"'‘](?P<alias>[A-Z][^“”\"\n()]{1,60}?)[,.]?[”\"'’][^()]{0,80})\)?"
)
_TAIL = re.compile(
    r",?\s{1,3}(?:an?\s|the\s\w+\s(?:of|in)|a\s?\w+\s(?:corporation|company)|having\b|with\s|whose\b|located\b|organi[sz]ed\b|incorporated\s(?:in|under)|existing\b|residing\b|"
    r"being\b|acting\b|through\b|on\sbehalf\b|duly\b|registered\b|\d|as\s|and\sits\b|together\b|for\sand\b|doing\sbusiness|dba\b|d/b/a|f/k/a|formerly\b|of\s\d|\[|_)|\s\(|\n|;|\sof\s(?=[A-Z])",
    re.I,
)
_LEAD = re.compile(
    r"^(?:[\s,;:.]|\(?\d{1,2}[).]\s|\([a-z]\)\s|and\s|AND\s|(?:on\sthe\s)?one\shand,?\s|the\sother\shand|by\s|(?:by\sand\s)?between\s|among\s|(?i:professional\s\w+,))+"
)
_NOT_PARTY = re.compile(
    r"^(?:party|parties|agreement|effective\sdate|contract|date|execution\sdate|term|mnda|nda|dpa|amendment|commencement|closing)\b",
    re.I,
)


def read_parties(
    source: Source, *, cover: list[tuple[str, str, int, int]] | None = None
) -> tuple[Party, ...]:
    """Parties in the order of the text. ``cover`` gives (label, value, start, end) of key terms and signature cells."""
    text = source.plain
    found = list(_preamble(text))
    known = {p.alias.lower() for p in found} | {p.name.lower() for p in found}
    for party in _of_cover(cover or []):
        if party.alias.lower() not in known and party.name.lower() not in known:
            found.append(party)
            known.add(party.alias.lower())
    if not found:
        found.extend(_of_signatures(text))
    if len(found) < 2:
        known = {p.alias.lower() for p in found}
        found.extend(p for p in _acting_roles(text) if p.alias.lower() not in known)
    return tuple(_back(source, p) for p in sorted(found, key=lambda p: (p.start, p.end))[:40])


def role_of(alias: str) -> str:
    """The side an alias plays, "" when the word tells nothing."""
    words = re.sub(r"^the\s", "", alias.strip().lower()).replace(" ", "-")
    return ROLES.get(words, "")


def _back(source: Source, party: Party) -> Party:
    start, end = source.back(party.start, party.end)
    return Party(party.name, party.alias, party.role, party.legal_form, start, end)


# --- preamble -------------------------------------------------------------------------------------


def _preamble(text: str) -> Iterator[Party]:
    for opening in _BETWEEN.finditer(text, 0, min(len(text), 12_000)):
        zone_end = min(len(text), opening.end() + 3500)
        close = _ZONE_END.search(text, opening.end(), zone_end)
        zone_end = close.start() if close else zone_end
        parties = list(_in_zone(text, opening.end(), zone_end))
        if len(parties) >= 2:
            yield from parties
            return


def _in_zone(text: str, start: int, end: int) -> Iterator[Party]:
    """One party for each alias; the name stands at the front of the words before it."""
    begin = start
    seen = 0
    for alias in _ALIAS.finditer(text, start, end):
        if alias.start() < begin or re.match(
            r"[^()]{0,40}\bcollectively\b|[^()]{0,30}\beach\b", alias["body"]
        ):
            continue
        if _NOT_PARTY.match(alias["alias"]):
            continue
        if seen and alias.start() - begin > 1200:
            break
        name = _name(text, begin, alias.start())
        begin = alias.end()
        if name is not None:
            seen += 1
            yield _party(text, name, alias["alias"].strip(), alias.start())
    if not seen:
        yield from _without_alias(text, start, min(end, start + 800))


def _without_alias(text: str, start: int, end: int) -> Iterator[Party]:
    stop = re.search(r"\n\s{0,4}\n|\.\s", text[start:end])
    end = start + stop.start() if stop else end
    places = [start, *(m.end() + start for m in re.finditer(r"\s(?:and|AND)\s", text[start:end])), end]
    for begin, finish in pairwise(places):
        name = _name(text, begin, finish)
        if name and (_FORM_END.search(text[name[0] : name[1]]) or text[name[0] : name[1]].isupper()):
            yield _party(text, name, "", finish)


def _name(text: str, begin: int, end: int) -> tuple[int, int] | None:
    """Range of the name inside the words between the last party and this alias."""
    begin = max(begin, end - 700)
    chunk = text[begin:end]
    lead = _LEAD.match(chunk)
    shift = lead.end() if lead else 0
    rest = chunk[shift:]
    if not rest or not (rest[0].isupper() or rest[0].isdigit() or rest[0] in "[{_"):
        capital = re.search(r"(?:^|\s)(?=[A-Z])", rest)
        if capital is None:
            return None
        shift += capital.end()
        rest = chunk[shift:]
    tail = _TAIL.search(rest)
    while tail and _goes_on(rest, tail):
        tail = _TAIL.search(rest, tail.start() + 1)
    length = tail.start() if tail else len(rest)
    name = rest[:length].rstrip(" ,;:\n")
    if not 2 <= len(name) <= 120:
        return None
    return begin + shift, begin + shift + len(name)


def _goes_on(rest: str, tail: re.Match[str]) -> bool:
    """ ", a.s." or " of America" inside a name is no end of it."""
    return bool(re.match(r"\sof\s(?:America|the)\b", rest[tail.start() :]))


def _party(text: str, name: tuple[int, int], alias: str, described_to: int) -> Party:
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


def _of_cover(cover: list[tuple[str, str, int, int]]) -> Iterator[Party]:
    for label, value, start, end in cover:
        if not value.strip() or len(value) > 160:
            continue
        own = _ROLE_LABEL.match(value.strip())
        of_label = _ROLE_LABEL.match(label.strip())
        if own and (own["name"].strip() or own["role"].isupper()) and len(value) < 100 and ":" in value:
            yield _cover_party(own["role"], own["name"], start, end)
        elif of_label and not of_label["name"].strip(": ") and not own:
            yield _cover_party(of_label["role"], value, start, end)


def _cover_party(role: str, name: str, start: int, end: int) -> Party:
    alias = role.title()
    clean = " ".join(name.split()).strip()
    if re.fullmatch(r"[\[{_(].*[\]}_)]|_*|\[.*", clean):
        clean = ""
    form = _FORM_END.search(clean)
    return Party(clean, alias, role_of(alias), form.group(1) if form else "", start, end)


_SIGNER = re.compile(
    rf"(?:^|\n)[ \t]{{0,12}}(?P<name>[A-Z][A-Za-z0-9&.,'’() -]{{2,70}}?[\s,](?:{LEGAL_FORMS})\.?)[ \t]{{0,4}}:?[ \t]{{0,4}}\n{{1,4}}[ \t]{{0,12}}(?:By|Signature|Name|/s/)\b"
)


def _of_signatures(text: str) -> Iterator[Party]:
    low = max(0, len(text) - 8000)
    seen = set()
    for found in _SIGNER.finditer(text, low):
        name = " ".join(found["name"].split())
        if name not in seen:
            seen.add(name)
            form = _FORM_END.search(name)
            yield Party(name, "", "", form.group(1) if form else "", found.start("name"), found.end("name"))


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
