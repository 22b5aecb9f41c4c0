"""A template's own words as a wording for other contracts: one paragraph, its names made variables.

Nothing is rewritten. A name becomes a variable only where filling it in again gives the very words of the
template; words that point to other places of the template are left out, or the wording is.
"""
# ruff: noqa: E501  (patterns are harder to check when cut over lines)

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from clauses.definitions import read_definitions
from clauses.parties import read_parties
from clauses.source import open_source
from clauses.topics.lines import PLACEHOLDER
from clauses.topics.page import Page
from clauses.topics.terms import terms
from clauses.topics.values import Instance, Span
from playbooks.wordings import render

_ROLES: Mapping[str, tuple[str, ...]] = {
    "nda_mutual": ("discloser", "recipient"),
    "nda_one_way": ("discloser", "recipient"),
    "dpa": ("controller", "processor"),
    "employment": ("employer", "employee"),
}
_OTHERS = ("customer", "provider", "discloser", "recipient")
_THINGS = (
    "agreement",
    "customer_data",
    "personal_data",
    "sub_processor",
    "confidential_information",
    "service",
    "fees",
)
_REFERENCE = re.compile(
    r"\b(?:clauses?|sections?|articles?|paragraphs?) \(?\d|\b(?:schedule|annex|appendix|exhibit|attachment) (?:\d|[A-Z]\b)"
    r"|\b(?:this|that) (?:clause|section|article|paragraph|schedule|annex|appendix|exhibit)\b|\b(?:above|below)\b",
    re.I,
)
_LEAD = re.compile(
    r"^(?:Subject to|Except as (?:provided|stated|set out) in|Notwithstanding|Without prejudice to) [^,.]*?"
    r"(?:clauses?|sections?|articles?|paragraphs?) [\d.()a-z]+(?:,? (?:and|or|to) [\d.()a-z]+)*, ",
    re.I,
)
_TYPED_NUMBER = re.compile(r"^(?:section\s+)?\d+(?:\.\d+)*[.)]?\s+(?=\S)", re.I)
_ONE_OF = re.compile(
    r"(?:\b(?:an?|each|any|no|every|either|neither|other|another|such|same|this)\s|[“\"‘'])$", re.I
)
_ITSELF = re.compile(r"\b[Tt]his ([A-Z][a-z]+(?: (?:of )?[A-Z][a-z]+)*)")
_BLANK = re.compile(PLACEHOLDER, re.I)
_WHOLE = re.compile(r"[A-Z“\"].*[.;:)”\"]$", re.S)
"""Whole sentences: no item out of a list, no cell of a table."""
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z“\"(])")


LONGEST = 5_000  # characters of an example


def texts_of(page: Page, instances: Sequence[Instance]) -> tuple[str, ...]:
    """The words of a topic, shortest first: its first place, the clause round it, all its places."""
    first = instances[0]
    around = page.clause_around(page.index_at(first.start))
    every = [span for instance in instances for span in instance.spans]
    found = [
        flat(page, first.spans),
        flat(page, [Span(around.start, around.end), *first.spans]),
        flat(page, every),
    ]
    return tuple(dict.fromkeys(text for text in found if text))


def sections_of(page: Page, instances: Sequence[Instance]) -> tuple[str, ...]:
    """The words of a topic with what stands round them, line by line: under their heading, in their table."""
    first = page.index_at(instances[0].start)
    last = max(page.index_at(max(one.end - 1, one.start)) for one in instances[:1])
    top = next((n for n in range(first, -1, -1) if page.lines[n].is_heading), first)
    end = last
    while end + 1 < len(page.lines) and not page.lines[end + 1].is_heading:
        end += 1
    ranges = ((top, last), (first, end), (top, end))
    texts = ["\n".join(line.text for line in page.lines[a : b + 1] if line.is_text) for a, b in ranges]
    return tuple(dict.fromkeys(text for text in texts if len(text) <= LONGEST))


def flat(page: Page, spans: Sequence[Span]) -> str:
    """The words of these stretches as one paragraph; the items of a list keep the letters it gives them."""
    found: list[str] = []
    for span in _merged(spans):
        for index in range(page.index_at(span.start), page.index_at(max(span.start, span.end - 1)) + 1):
            line = page.lines[index]
            opening = line.start + line.body
            start, end = max(span.start, opening), min(span.end, line.end)
            text = " ".join(page.text[start:end].split())
            if start == line.start:
                text = _TYPED_NUMBER.sub("", text)
            if text:
                label = line.number.strip() if line.is_item and start == opening else ""
                found.append(text if not label or text.startswith(label) else f"{label} {text}")
    return " ".join(found)


def _merged(spans: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for span in sorted(set(spans), key=lambda one: (one.start, one.end)):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def usable(text: str) -> Iterator[str]:
    """The text as it may stand in another contract, the fullest first: whole, without the clause it leads in
    from, without the sentences that point elsewhere. Nothing where a blank is left or nothing remains."""
    bare = _LEAD.sub("", text)
    bare = bare[:1].upper() + bare[1:]
    rest = " ".join(part for part in _SENTENCE.split(bare) if not _REFERENCE.search(part))
    for one in dict.fromkeys((text, bare, rest)):
        if _WHOLE.match(one) and not _REFERENCE.search(one) and not _BLANK.search(one):
            yield one


def has_blank(text: str) -> bool:
    """Whether something is left to fill in."""
    return _BLANK.search(text) is not None


def points_elsewhere(text: str) -> str:
    """The first words that point to another place of the template, or ""."""
    found = _REFERENCE.search(_LEAD.sub("", text))
    return found.group() if found else ""


def with_variables(text: str, page: Page, contract_type: str) -> str:
    """The text with the template's names as variables, where filling them in gives the same text again (but
    for an article before a role: “Recipient shall” and “the Recipient shall” are the same)."""
    names, roles = terms(page), _ROLES.get(contract_type, _OTHERS)
    made, taken = text, set[str]()
    for variable in (*roles, *_THINGS):
        name = names.get(variable, "")
        if name and name not in taken and name != name.lower() and "’s " not in name:
            taken.add(name)
            tried = _named(made, variable, name, _defined(page.text), is_role=variable in roles)
            if _without_articles(render(tried, names), names, roles) == _without_articles(text, names, roles):
                made = tried
    return made


def _without_articles(text: str, names: Mapping[str, str], roles: Sequence[str]) -> str:
    bare = "|".join(re.escape(names[role].removeprefix("the ")) for role in roles if role in names)
    return re.sub(rf"\b[Tt]he (?=(?:{bare})\b)", "", text)


def _named(text: str, variable: str, name: str, defined: Sequence[str], *, is_role: bool) -> str:
    bare = name.removeprefix("the ")
    article = "(?:[Tt]he )?" if is_role else ""
    pattern = re.compile(rf"(?<![\w{{-]){article}{re.escape(bare)}(?![\w}}-])(?! [A-Z][a-z])")

    def put(match: re.Match[str]) -> str:
        ahead = text[: match.start()]
        before = re.search(r"([A-Z][\w-]*) $", ahead)
        if before and not _opens(ahead[: before.start()]):
            return match.group()  # part of a longer name: “Support Services”
        if before and f"{before[1]} {bare}" in defined:
            return match.group()
        if (is_role or variable == "customer_data") and _ONE_OF.search(ahead):
            return match.group()  # “each Customer”, “a Discloser”, “Customer” as the term that is defined
        cap = "cap " if is_role and _opens(ahead) else ""
        return f"{{{{{cap}{variable}}}}}"

    return pattern.sub(put, text)


def _opens(ahead: str) -> bool:
    """Whether a sentence begins behind these words."""
    return re.search(r"(?:^|[.!?][”\"’)]?\s+)(?:\(?[a-z0-9]{1,3}\)\s+)?$", ahead) is not None


def terms_left(text: str, page: Page) -> tuple[str, ...]:
    """The terms that the template defines, and what it calls itself, as they stand in a wording: another
    contract may not have them."""
    found = [
        (match.start(), term)
        for term in _defined(page.text)
        if re.search(rf"[“\"]{re.escape(term)}[”\"]", text) is None  # it brings its own definition along
        and (match := re.search(rf"(?<![\w{{-]){re.escape(term)}s?(?![\w}}-])", text)) is not None
    ]
    found += [(match.start(1), match[1]) for match in _ITSELF.finditer(text)]
    longest = [
        (at, term) for at, term in found if not any(term != other and term in other for _, other in found)
    ]
    return tuple(dict.fromkeys(term for _, term in sorted(longest)))


def party_named(text: str, page: Page) -> str:
    """The name or role of a party of the template that stands in a wording and became no variable: other
    contracts are with others."""
    shapes = (
        (name, rf"(?<![\w-]){re.escape(name)}(?![\w-])(?! [A-Z][a-z])") for name in _party_names(page.text)
    )
    return next((name for name, shape in shapes if re.search(shape, text)), "")


@lru_cache(maxsize=8)
def _defined(text: str) -> tuple[str, ...]:
    terms = (one.term for one in read_definitions(open_source(text)))
    return tuple(dict.fromkeys(term for term in terms if term.casefold() not in _GENERAL))


@lru_cache(maxsize=8)
def _party_names(text: str) -> tuple[str, ...]:
    parties = read_parties(open_source(text))
    names = (name for party in parties for name in (party.name, party.alias))
    return tuple(dict.fromkeys(name for name in names if len(name) > 2))


_GENERAL = frozenset(
    f"{article}{name}"
    for article in ("", "the ")
    for name in (
        *(
            "customer",
            "client",
            "subscriber",
            "licensee",
            "buyer",
            "controller",
            "company",
            "provider",
            "supplier",
        ),
        *(
            "vendor",
            "licensor",
            "processor",
            "contractor",
            "service provider",
            "discloser",
            "recipient",
            "party",
        ),
        *("disclosing party", "receiving party", "employer", "employee", "consultant", "seller", "purchaser"),
        *(
            "data controller",
            "data processor",
            "executive",
            "worker",
            "you",
            "we",
            "us",
            "participant",
            "evaluator",
        ),
    )
)
