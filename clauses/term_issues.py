"""Defined terms that are defined twice, not used, or used and never defined."""
# ruff: noqa: E501, SIM905  (word tables are harder to check when cut over lines or quoted word by word)

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from clauses import terms
from clauses.model import Analysis, Definition
from clauses.places import Issue, place_of
from clauses.terms import WORD, key_of, other_number
from clauses.values.places import COUNTRIES, US_STATES

_POINTER = re.compile(
    r"^\W{0,3}(?:\((?:or|and)[^)]{0,60}\)\s?)?(?:or\s[“\"][^”\"]{1,60}[”\"]\s)?(?:shall\s|will\s)?(?:has|have|is|are|having)\s(?:the\s(?:same\s)?meanings?\s)?(?:given|set\sforth|set\sout|assigned|ascribed|defined|specified|described|stated|provided|attributed)\b[^.;]{0,80}?\b(?:in|by|under|above|below|herein)\b",
    re.I,
)


def term_issues(analysis: Analysis) -> Iterator[Issue]:
    """Findings on defined terms; codes defined_twice, unused_term, undefined_term, defined_elsewhere."""
    yield from _twice(analysis)
    yield from _unused(analysis)
    yield from _undefined(analysis)


def is_pointer(definition: Definition) -> bool:
    """Whether the words only say where the meaning stands ("has the meaning given in clause 5")."""
    after = definition.text[max(0, definition.end - definition.text_start) :]
    return _POINTER.match(after.lstrip('”"*, ')) is not None


def _twice(analysis: Analysis) -> Iterator[Issue]:
    first: dict[str, Definition] = {}
    again: dict[str, list[Definition]] = {}
    for definition in analysis.definitions:
        if is_pointer(definition):
            continue  # "has the meaning given in Section 9" and the definition in Section 9 are one
        before = first.setdefault(definition.term.casefold(), definition)
        if before is definition or definition.start < before.text_end or definition.text == before.text:
            continue
        again.setdefault(definition.term.casefold(), []).append(definition)
    for key, rest in again.items():
        count = {1: "two", 2: "three", 3: "four"}.get(len(rest), str(len(rest) + 1))
        yield Issue(
            "defined_twice",
            f"“{first[key].term}” is defined in {count} places.",
            "look",
            tuple(place_of(analysis, d.start, d.end) for d in (first[key], *rest)),
        )


def _unused(analysis: Analysis) -> Iterator[Issue]:
    if len(analysis.clauses) < 8:
        return
    # A table of contents or a signature block uses no term; the text as a whole is the fair place to count.
    text = " ".join(analysis.text.split())
    seen = {party.alias.casefold() for party in analysis.parties}  # a party may well have nothing to do
    shared = Counter(d.text_start for d in analysis.definitions)
    for definition in analysis.definitions:
        term = definition.term
        if shared[definition.text_start] > 1:
            continue  # “European Economic Area” or “EEA”: the long form may stand there for the short one's sake
        if term.casefold() in seen or len(term) < 3:
            continue
        seen.add(term.casefold())
        if _times(text, term) <= 1:
            yield Issue(
                "unused_term",
                f"“{term}” is defined but not used again.",
                "look",
                (place_of(analysis, definition.start, definition.end),),
            )


def _times(text: str, term: str) -> int:
    other = other_number(term)
    times = text.count(term)
    times = max(times, text.count(other)) if other in term or term in other else times + text.count(other)
    if times <= 1 and term.isupper():  # “DISABILITY shall mean …”, and then the Disability
        return times + text.count(term.title()) + text.count(other_number(term.title()))
    return times + text.count(term.upper()) if times <= 1 and term.upper() != term else times


# --- used, not defined ----------------------------------------------------------------------------

_ELSEWHERE = re.compile(
    r"\bCover Page\b|\b(?:words|terms|expressions)\s{1,2}defined\s{1,2}(?:there|in\b)[^.\n]{0,80}\bmeanings?\b|\b(?:unless|not)\s{1,2}otherwise\s{1,2}(?:expressly\s)?defined\s{1,2}(?:in\b|herein|here)|\b(?:capitali[sz]ed|defined)\s{1,2}(?:terms|words|expressions)[^.]{0,120}\b(?:not|otherwise|given|meanings?|described|assigned|set forth)\b",
    re.I,
)
# Words with a capital of their own: what a contract names without having to define it.
_PROPER = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday "
    "saturday sunday gmt utc est pst section sections article articles clause clauses schedule schedules exhibit exhibits annex annexes "
    "appendix appendices attachment attachments paragraph paragraphs part parts recital recitals item subsection chapter title table figure "
    "inc ltd llc llp corp corporation incorporated gmbh ag plc bv limited partnership mr mrs ms dr president vice secretary treasurer director "
    "officer chief executive operating general counsel manager chairman board directors shareholders i ii iii iv v vi vii viii ix x "
    "act acts regulation regulations code directive convention treaty rules rule constitution congress parliament commission court courts "
    "canadian japanese chinese german dutch spanish italian australian indian san los las saint fort avenue boulevard drive lane floor suite "
    "supreme district commissioner authority federal state states county city union european eu eea uk us usa american english british german french swiss irish "
    "scottish welsh european north south east west new united kingdom america internet web world street avenue road house gdpr ccpa hipaa "
    "party parties agreement contract hereof a an the and or of for in to by with from this that these those such each any all no not if "
    "as is are be will shall must may can e-mail email iso pci soc sql api url http https pdf department government ministry university "
    "institute association international national bank "
    "letters facsimile telephone telefax address dollars securities blvd arbitration mediation rules chamber commerce centre center tribunal judicial jams aaa icc lcia christmas easter english latin".split()
)


@dataclass(slots=True)
class _Found:
    """A capitalised phrase that nothing explains, with its places."""

    words: str
    spans: list[tuple[int, int]]


# Parts of a paper that are named with capitals, not terms with a meaning.
_PAPERS = frozenset(
    (
        "cover page",
        "key term",
        "standard term",
        "signature page",
        "confidential treatment",
        "cover term",
        "term",
        "version",
    )
)
_DETERMINER = re.compile(
    r"(?:\b(?:the|an?|any|each|every|all|such|its|their|his|her|your|our|no|this|that|these|those|other|applicable)|['’]s?)\s$",
    re.I,
)
_STRUCTURE = frozenset(
    "section sections article articles clause clauses paragraph paragraphs part parts item subsection party parties hereof a an the "
    "and or of for in to by with from this that these those such each any all no not if as is are be will shall must may can".split()
)
_LABEL = re.compile(
    r"^(?:[\[(] ?x ?[\])])?[^\w\n“\"]{0,12}(?P<label>[A-Z][A-Za-z-]+(?: [A-Z][a-z]+){1,3}):(?=\s)", re.M
)  # "[ ] Target Uptime: 99.9 %"
_ADDRESS = re.compile(r"\d[\d.]*[a-z]?\s{1,3}$")  # "225 Gateway Boulevard", and headings of run-together text
_BEFORE_STATE = re.compile(rf",?\s(?:{'|'.join([*US_STATES, *COUNTRIES])}|[A-Z]{{2}}\s\d{{4,5}})\b")
_SAYS_WHAT = r"\s(?:is|are|will\sbe|shall\sbe|equals?)\s(?:calculated|determined|the\b|an?\b|\[|\d|defined)"
_MANY = 12
# Names that contracts give to parties and things, and that mean nothing without a definition.
_COMMON = frozenset(
    "customer provider supplier vendor client licensor licensee contractor consultant discloser recipient employer employee buyer "
    "seller purchaser distributor reseller controller processor affiliate fee territory deliverable confirmation subprocessor".split()
)
_FEW = 3
_TITLE_BESIDE = re.compile(r"\s{0,2}\([^()\n]{2,80}\)")
_FOOT = re.compile(r"^[^\n]{0,200}(?:\bVersion \d|©|\bfree to use under\b|\bCC BY\b)[^\n]{0,400}$", re.M)


@cache
def _places() -> frozenset[str]:
    return frozenset(word.casefold() for name in (*US_STATES, *COUNTRIES) for word in name.split())


def unexplained(analysis: Analysis) -> dict[str, _Found]:
    """Capitalised phrases in sentences that are neither defined, nor a party, a label, a heading or a
    proper name."""
    text = analysis.text
    names = list(terms.names_of(analysis).values())
    names += [c.heading for c in analysis.clauses if c.heading and not c.number and len(c.heading) < 60]
    names += [m["label"] for m in _LABEL.finditer(text)]
    used = [(use.start, use.end) for use in terms.uses(text, names)]
    before = {end: start for start, end in used}
    after = dict(used)
    closed = sorted(_closed(analysis) + used)
    found: dict[str, _Found] = {}
    run: list[tuple[int, int]] = []
    proper_before = (
        False  # "Foreign Corrupt Practices Act": a phrase that touches such a word belongs to a name
    )
    place, reach, last_end = 0, 0, 0
    for word in WORD.finditer(text):
        start, end = word.span()
        while place < len(closed) and closed[place][0] <= start:
            reach = max(reach, closed[place][1])
            place += 1
        joined = text[last_end:start] == " "
        kind = _kind(word.group()) if start >= reach else "closed"
        if run and joined and word.group() == "of" and text[end + 1 : end + 2].isupper():
            last_end = end  # "Statement of Work" is one name
            continue
        if run and joined and word.group() in ("Party", "Parties"):
            run.append((start, end))  # "Protected Party" is a term, "Party" alone a word of structure
            last_end = end
            continue
        if run and not (kind == "free" and joined):
            behind = after.get(start) if joined else None
            if behind is not None and text[start:behind].casefold() not in _PROPER:
                run.append((start, behind))  # "Target Margin", where only "Margin" is defined
            named = kind == "proper" or (kind == "closed" and text[start:end].casefold() in _PROPER)
            if not (
                joined and named
            ):  # "Advisory Agreement" is another paper, however "Agreement" is defined
                _close(text, run, found, before)
            run = []
        if kind == "free" and not (proper_before and joined):
            run.append((start, end))
        proper_before = kind == "proper" or (kind == "free" and proper_before and joined)
        last_end = end
    if run:
        _close(text, run, found, before)
    return found


def _closed(analysis: Analysis) -> list[tuple[int, int]]:
    """Ranges that no sentence stands in, or whose capitals have a reason: headings, tables, references,
    names."""
    text = analysis.text
    rows = [(c.heading_start, c.heading_end) for c in analysis.clauses if c.heading]
    for clause in analysis.clauses:
        if clause.kind in ("signature", "title", "schedule"):
            rows.append((clause.start, clause.own_end))
        elif clause.kind in (
            "key_term",
            "table",
        ):  # a cell may hold sentences: its short lines are labels and choices
            lines = re.finditer(r"[^\n]+", analysis.text[clause.start : clause.own_end])
            rows += [(clause.start + m.start(), clause.start + m.end()) for m in lines if len(m.group()) < 70]
    for reference in analysis.references:
        beside = _TITLE_BESIDE.match(text, reference.end)  # "Section 8.1 (Liability Caps)"
        rows.append((reference.start, beside.end() if beside else reference.end))
    rows += [(p.start, p.end) for p in analysis.parties]
    rows += [(f.start, f.end) for f in analysis.facts if f.kind in ("blank", "jurisdiction")]
    rows += [m.span() for m in _FOOT.finditer(text)]
    return rows


def _kind(word: str) -> str:
    if not (word[0].isupper() and len(word) > 2):
        return "plain"
    if word.casefold() in _PROPER or word.casefold() in _places():
        return "proper" if word.casefold() not in _STRUCTURE else "plain"
    return "free" if _is_capital(word) else "plain"


def _is_capital(word: str) -> bool:
    low = word.casefold()
    return (
        len(word) > 2
        and word[0].isupper()
        and any(c.islower() for c in word)
        and word.isascii()
        and word.replace("-", "").replace("&", "").replace("/", "").isalpha()
        and low not in _PROPER
        and low not in _places()
    )


def _close(text: str, run: list[tuple[int, int]], found: dict[str, _Found], before: dict[int, int]) -> None:
    start, end = run[0][0], run[-1][1]
    if text[start - 1 : start] == " " and start - 1 in before:
        start = before[start - 1]  # "Customer Material": the known word in front belongs to the phrase
    if _opens_sentence(text, start) and text[start:end].count(" ") < 2:
        return  # a sentence gives its first word a capital, a heading run into its paragraph two
    if _ADDRESS.search(text[max(0, start - 12) : start]) or _BEFORE_STATE.match(text, end):
        return
    if text[start - 1 : start] in "“\"'‘" or text[end : end + 1] in '”"':
        return  # quoted: a label or a definition
    if _PART_OF_NAME.search(text[max(0, start - 12) : start]) or _NAME_GOES_ON.match(text, end):
        return
    words = text[start:end]
    if _FIRM.search(words) or (" of " in words and re.match("['’]s", text[end:])):
        return  # "Terms and Conditions of Carrier's tariff" names things of Carrier's
    found.setdefault(key_of(words), _Found(words, [])).spans.append((start, end))


# "Point(s) of Receipt" may be defined as "Point"; "FERC Gas Tariff" is a name; so is "Birch Cities Gas Company".
_NAME_GOES_ON = re.compile(r"\((?:s|es|ies)\)")
_PART_OF_NAME = re.compile(
    r"\b(?!(?:THE|AND|EACH|ANY|ALL|FOR|FROM|SUCH|THIS|THAT|WITH|BOTH|EITHER|UNDER|UPON|NOT|SHALL|WILL|MUST|MAY)\b)[A-Z]{3,6}\s$"
    r"|\((?:s|es|ies)\)\sof\s$"
)
_FIRM = re.compile(r"\s\w+\s(?:Company|Corporation|Companies|Bank|Associates|Brothers)$")


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 12) : start].rstrip(" \t“\"'‘(*")
    return (
        not before or before[-1] in ".:;!?\n\v–—•)]" or before[-1].isdigit() or bool(re.search(r">$", before))
    )


def _undefined(analysis: Analysis) -> Iterator[Issue]:
    """What is written like a defined term and is not one.

    Several words with capitals twice, or one word three times and seldom without its capital; a phrase that
    differs from a defined term in its last word only ("Confidential Material") is told after one use.
    """
    defined = {key_of(d.term) for d in analysis.definitions}
    if len(defined) < _FEW:
        return
    names = terms.names_of(analysis)
    relatives: dict[tuple[str, int], str] = {}
    for key in sorted(defined):
        if " " in key:
            relatives.setdefault((key.rpartition(" ")[0], key.count(" ")), key)
    told: list[tuple[_Found, str]] = []
    titles = _titles(analysis)
    for key, found in unexplained(analysis).items():
        if (
            key in _PAPERS
            or key.endswith(("standard term", "cover page"))
            or found.words.casefold() in titles
        ):
            continue
        near = relatives.get((key.rpartition(" ")[0], key.count(" ")), "") if " " in key else ""
        near = near if _in_sentence(analysis.text, found) else ""
        if near or _is_term(analysis.text, found):
            told.append((found, names.get(near, "")))
    told.sort(key=lambda row: row[0].spans[0])
    if told and (_ELSEWHERE.search(analysis.text) or len(told) > _MANY):
        yield _all_elsewhere(analysis, [found for found, _ in told])
        return
    for found, near in told:
        yield _one_undefined(analysis, found, near)


def _in_sentence(text: str, found: _Found) -> bool:
    """Whether a phrase stands between small words at least once."""
    return any(
        re.match("[a-z,]", text[start - 2 : start - 1])
        and re.match(r"[,;.)*]*\s[a-z(]|[,;.)*]+\s", text[end : end + 6])
        for start, end in found.spans
    )


def _titles(analysis: Analysis) -> str:
    """What stands over the contract and in its footers: names of products, of the paper, of whoever
    published it."""
    first = next((c.start for c in analysis.clauses if c.number), 0)
    rows = [analysis.text[: min(first, 400)]]
    rows += [
        analysis.text[c.start : c.end]
        for c in analysis.clauses
        if c.kind in ("title", "schedule") and c.end - c.start < 200
    ]
    rows += [m.group() for m in _FOOT.finditer(analysis.text)]
    return " ".join(" ".join(rows).casefold().split())


def _is_term(text: str, found: _Found) -> bool:
    """Written like a term of the contract: places and products stand without "the", common words mostly
    small."""
    count = len(found.spans)
    if re.search(rf"\b[Tt]he {re.escape(found.words)}{_SAYS_WHAT}", text):
        return False  # "The Uptime Credit will be calculated as follows" says what it is
    if " " in found.words:
        return count >= 2
    if count < 3:
        return False
    if key_of(found.words) in _COMMON:
        return True
    pointed = sum(
        _DETERMINER.search(text[max(0, start - 12) : start]) is not None for start, _ in found.spans
    )
    small = len(re.findall(rf"\b{found.words.lower()}\b", text))
    plural = found.words.endswith("s") and not found.words.endswith("ss")
    # A word that the contract also writes small is a word, not a place or a product.
    return ((plural or 3 * pointed >= count) and 3 * small < count) or 0 < 3 * small <= 2 * count


def _one_undefined(analysis: Analysis, found: _Found, near: str) -> Issue:
    count = len(found.spans)
    times = "once" if count == 1 else "twice" if count == 2 else f"{count} times"
    hint = f" “{near}” is defined." if near else ""
    return Issue(
        "undefined_term",
        f"“{_flat(found.words)}” is written like a defined term {times}, but no definition was found.{hint}",
        "look",
        tuple(place_of(analysis, *span) for span in found.spans[:2]),
    )


def _all_elsewhere(analysis: Analysis, rest: list[_Found]) -> Issue:
    """One finding for a contract that says its terms are defined in another paper, or leaves many open."""
    names = ", ".join(f"“{_flat(found.words)}”" for found in rest)
    return Issue(
        "defined_elsewhere",
        f"These terms are used, but their definitions are not in this document: {names}.",
        "look",
        tuple(place_of(analysis, *found.spans[0]) for found in rest),
    )


def _flat(text: str) -> str:
    return " ".join(text.split())
