"""Mentions of other places (Section 4.1, clause 3(b), Schedule 2), resolved to clauses where they exist."""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from collections.abc import Iterator

from clauses.model import Clause, Reference
from clauses.numbering import roman_value, schedule_number
from clauses.source import Source

_NUM = r"(?:\d{1,3}(?!\d)(?:\.\d{1,4}){0,4}(?:[A-Z]\b)?|[IVXLC]{1,6}(?![A-Za-z])|[A-Z](?![A-Za-z]))"
_SUB = r"(?:\s{0,1}\((?:[a-z]{1,2}|[ivxl]{1,5}|[IVXL]{1,5}|[A-Z]|\d{1,2})\)){0,4}"
# "Sections 8.1 (Liability Caps) and 8.2 (Damages)": a title beside a number, when the list goes on behind it.
_TITLE = r"(?:\s{0,1}\((?=[^()\n]{0,70}[a-z]{3})[A-Z][^()\n]{2,70}\))"
_AND = r"\s{0,2}(?:,|and|or|through|to|–|-|,\s{0,2}and|,\s{0,2}or|&)\s{0,2}"
_LIST = (
    rf"{_NUM}{_SUB}(?:{_TITLE}{_AND}{_NUM}{_SUB}(?!\w)|{_AND}(?:{_NUM}{_SUB}(?!\w)|\([a-z]{{1,3}}\))){{0,10}}"
)
_MENTION = re.compile(
    rf"\b(?P<word>(?i:sections?|clauses?|articles?|paragraphs?|sub-?sections?|sub-?clauses?))\s{{1,3}}(?P<list>{_LIST})"
    rf"|§{{1,2}}\s{{0,2}}(?P<list2>{_LIST})"
)
_PLACE = re.compile(
    r"\b(?P<word>Schedules?|Exhibits?|Annex(?:es)?|Annexures?|Appendix|Appendices|Attachments?|SCHEDULE|EXHIBIT|ANNEX|APPENDIX)"
    r"\s{1,3}(?P<num>\d{1,2}(?:[.-]\d{1,2})?[A-Z]?|[A-Z]{1,2}(?:-\d{1,2})?(?![a-zA-Z])|[IVX]{1,5}(?![a-zA-Z]))(?P<sub>\([A-Za-z0-9]{1,2}\))?"
)
_MORE_PLACES = re.compile(
    r"(?:\s{0,2}(?:,|and|or|,\s?and|&)\s{1,2}(?:Schedule|Exhibit|Annex|Appendix|Attachment)\s\w{1,4}(?:\(\w\))?){1,8}"
)
# "The following Sections survive: 5.4 (Usage Data), 9 (Rules) and 12": a number with a title behind "Sections".
_SPREAD = re.compile(
    r"\b(?:Sections|Clauses|Articles|sections|clauses|articles)\b(?=(?P<rest>[^\n]{10,1500}))"
)
_TITLED_NUMBER = re.compile(
    rf"(?:(?<=[\s,:])|^)(?P<num>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})(?P<sub>{_SUB}){_TITLE}"
    r"(?!\s{1,3}(?i:(?:business|working|calendar|full|consecutive)\s{1,3})?(?i:hours?|days?|weeks?|months?|years?)\b)"  # "for 5 (Five) years"
)
_STOPS = re.compile(r"\.(?=\s{1,3}[A-Z“\"])|\.$")
_LISTED_TITLE = re.compile(_TITLE)
_EACH = re.compile(rf"(?P<num>{_NUM})?(?P<sub>{_SUB})")
# What follows says whether the place is in this contract: "of the Code", "of the GDPR", "of the Original Agreement".
_OUTSIDE = re.compile(
    r"[\s,]{0,2}(?:\([^)]{0,40}\)\s?)?(?:of|to|under|in)\s{1,2}(?:the\s|that\s(?:certain\s)?|any\s|such\s|an?\s)?(?P<what>[^.;,\n]{1,80})|\s{1,2}(?P<act>GDPR|UK\sGDPR|CCPA|et\sseq|thereof\b)",
    re.I,
)
_OWN = re.compile(
    r"(?:this|these|its|such|hereof|agreement\b|contract\b|terms\b|standard\sterms|cover\spage|key\sterms|framework\sterms|order\sform|"
    r"(?:schedule|exhibit|annex|appendix|section|article|clause)\s)",
    re.I,
)
_STATUTE = re.compile(
    r"\b(?:act|code|erisa|law|laws|regulation|regulations|gdpr|directive|rules?|statute|u\.?s\.?c|c\.?f\.?r|convention|sccs?|"
    r"clauses|ordinance|constitution|ccpa|treaty|securities|ucc|decree|civil|order)\b",
    re.I,
)
_MODEL_CLAUSES = re.compile(r"\bSCCs?\b|\bStandard Contractual Clauses\b")
_STATUTE_BEFORE = re.compile(
    r"(?:u\.?s\.?c\.?|c\.?f\.?r\.?|code|act|law|gdpr|regulation|directive|rules?|tariff)(?:\s(?:\(EU\)\s)?(?:no\.?\s)?[\d/.-]{4,12})?[\s,]{0,3}$",
    re.I,
)


def read_references(source: Source, clauses: tuple[Clause, ...]) -> tuple[Reference, ...]:
    """References in reading order; a list ("Sections 3, 4 and 5") gives one for each number."""
    book = _Book(clauses, source.text)
    made = []
    for words, key, start, end, external in _mentions(source.plain):
        begin, stop = source.back(start, end)
        target = None if external else book.find(key, begin)
        made.append(Reference(words, target or key, begin, stop, target is not None, external))
    return tuple(sorted(made, key=lambda r: (r.start, r.end)))


class _Book:
    """Clauses by path, the mention's own schedule first."""

    def __init__(self, clauses: tuple[Clause, ...], text: str) -> None:
        self.text = text
        self.clauses = {clause.id: clause for clause in clauses}
        self.by_path: dict[tuple[str, str], str] = {}
        self.first_below: dict[tuple[str, str], str] = {}
        self.starts: list[tuple[int, str]] = []
        for clause in clauses:
            if clause.path[:1].isdigit() and "." in clause.path:
                above = clause.path.rpartition(".")[0]
                self.first_below.setdefault((clause.schedule, above.removesuffix(".0")), clause.id)
            if clause.path:
                self.by_path.setdefault((clause.schedule, clause.path.lower()), clause.id)
            if clause.kind == "schedule":
                self.by_path.setdefault(("", clause.path.lower()), clause.id)
                self.starts.append((clause.start, clause.path))
        self.schedules = {schedule for schedule, _ in self.by_path}

    def find(self, key: str, at: int) -> str | None:
        own = ""
        for start, name in self.starts:
            if start <= at:
                own = name
        for schedule in (own, "", *sorted(self.schedules)):
            if found := self.by_path.get((schedule, key.lower())):
                return found
        if key[-1:].isdigit() and not key[:1].isdigit():
            # "Annex I" where the paper has Annex I(A) and I(B)
            for (_, path), clause_id in self.by_path.items():
                if re.fullmatch(re.escape(key.lower()) + "[a-z]", path):
                    return clause_id
        for schedule in (own, ""):
            if key[-1:].isdigit() and (found := self.first_below.get((schedule, key.lower()))):
                return found  # "Article IV" of a contract that only numbers 4.1, 4.2 …
        head, _, tail = key.rpartition("(")
        if head and (above := self.find(head, at)):
            # "8.1(a)" where (a) runs inside the paragraph of 8.1
            clause = self.clauses[above]
            if f"({tail}".lower() in self.text[clause.start : clause.end].lower():
                return above
        return None


def _foreign_word(text: str) -> str:
    """The word a contract keeps for other papers: one that speaks of its own Sections quotes the Clauses of another."""
    counts = {word: len(re.findall(rf"\b{word}s? \d", text, re.I)) for word in ("section", "clause")}
    if counts["section"] >= 2 * max(counts["clause"], 1):
        return "clause"
    return "section" if counts["clause"] >= 2 * max(counts["section"], 1) else ""


def _mentions(text: str) -> Iterator[tuple[str, str, int, int, bool]]:
    foreign = _foreign_word(text)
    taken: set[int] = set()
    for found in _MENTION.finditer(text):
        group = "list" if found["list"] else "list2"
        external = _is_outside(text, found.start(), found.end()) or group == "list2"
        word = (found["word"] or "").lower()
        if foreign and word.startswith(foreign):
            external = True
        if word.startswith("clause") and _MODEL_CLAUSES.search(
            text, max(0, found.start() - 300), found.end() + 200
        ):
            external = True
        first = True
        last = ""
        titled = _LISTED_TITLE.sub(
            lambda m: " " * len(m.group()), text[found.start(group) : found.end(group)]
        )
        for each in _EACH.finditer(titled):
            if not each.group().strip() or (each.group().strip() in ("a", "A", "I") and not first):
                continue
            key = _key(each["num"], each["sub"], last)
            last = key
            low = found.start(group) + each.start()
            start = found.start() if first else low + len(each.group()) - len(each.group().lstrip())
            end = low + len(each.group().rstrip())
            first = False
            taken.add(low + len(each.group()) - len(each.group().lstrip()))
            yield text[start:end], key, start, end, external
    yield from _spread(text, taken)
    for found in _PLACE.finditer(text):
        word = found["word"].lower()
        word = {
            "schedules": "schedule",
            "exhibits": "exhibit",
            "annexes": "annex",
            "attachments": "attachment",
            "appendices": "appendix",
            "annexures": "annexure",
        }.get(word, word)
        more = _MORE_PLACES.match(text, found.end())  # "Annex I, Annex II and Annex III of the SCCs"
        external = _is_outside(text, found.start(), more.end() if more else found.end())
        yield (
            found.group(),
            f"{word} {schedule_number(found['num'], found['sub'])}",
            found.start(),
            found.end(),
            external,
        )


def _spread(text: str, taken: set[int]) -> Iterator[tuple[str, str, int, int, bool]]:
    """Numbers with titles that stand in the sentence of "Sections" without following right behind it."""
    reach = 0
    for opening in _SPREAD.finditer(text):
        low, high = max(opening.start("rest"), reach), opening.end("rest")
        stop = _STOPS.search(text, low, high)
        high = reach = stop.start() if stop else high
        if low >= high:
            continue  # one sentence that says "Sections" twice is read once
        if not re.search(r"\bsurviv", text[max(0, opening.start() - 200) : high], re.I):
            continue
        for each in _TITLED_NUMBER.finditer(text, low, high):
            start, end = each.start("num"), each.end("sub")
            if start not in taken:
                yield text[start:end], _key(each["num"], each["sub"], ""), start, end, False


def _key(num: str | None, sub: str | None, last: str) -> str:
    """The path looked for; a bare "(b)" in a list hangs on the number before it."""
    tail = re.sub(r"\s", "", sub or "")
    if not num:
        return last.split("(")[0] + tail
    if not num[0].isdigit() and num not in ("C", "L", "D", "M") and (value := roman_value(num)):
        num = str(value)
    return ".".join(p.lstrip("0") or "0" for p in num.split(".")) + tail


def _is_outside(text: str, start: int, end: int) -> bool:
    if _STATUTE_BEFORE.search(text[max(0, start - 40) : start]) or re.search(r"\.\d{3}", text[start:end]):
        return True  # "48 C.F.R. section 12.212"
    after = _OUTSIDE.match(text, end)
    if not after:
        return False
    what = after["what"]
    if what is None:
        return True
    words = " ".join(what.split()[:8])
    if _STATUTE.search(" ".join(what.split()[:6])) and not re.match(r"(?:this|these)\b", what, re.I):
        return True
    if _OWN.match(what):
        return False
    if re.match(r"(?i:title)\s\d|[A-Z]{3,8}\b(?!\s[A-Z]{2})", what) and not words.isupper():
        return True  # "of the FDCA", "of Title 11"
    return bool(
        re.search(
            r"\b(?:Agreement|Contract|Lease|License|Plan|Amendment|Certificate|Indenture|Terms|Addendum|Policy|GDPR|DPA)\b",
            words,
        )
    )
