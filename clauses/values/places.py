"""Governing law and forum: which places, read only where the words speak of law or of courts."""
# ruff: noqa: E501, SIM905  (patterns and word tables are harder to check when cut over lines or quoted word by word)

import re
from collections.abc import Iterator

from clauses.model import CHECK, SURE, Fact
from clauses.sentences import sentence_spans

US_STATES = [
    *(
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho Illinois Indiana Iowa "
    "Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada "
    "Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Virginia Washington Wisconsin Wyoming"
).split(),
    "New Hampshire", "New Jersey", "New Mexico", "New York", "North Carolina", "North Dakota", "Rhode Island",
    "South Carolina", "South Dakota", "West Virginia", "District of Columbia", "Puerto Rico",
]  # fmt: skip
COUNTRIES = [
    "England and Wales", "England", "Wales", "Scotland", "Northern Ireland", "United Kingdom", "Great Britain", "Ireland",
    "France", "Germany", "Switzerland", "Austria", "Belgium", "Netherlands", "Luxembourg", "Italy", "Spain", "Portugal",
    "Sweden", "Norway", "Denmark", "Finland", "Iceland", "Poland", "Czech Republic", "Slovakia", "Hungary", "Romania",
    "Bulgaria", "Greece", "Cyprus", "Malta", "Estonia", "Latvia", "Lithuania", "Slovenia", "Croatia", "Serbia", "Ukraine",
    "Russia", "Russian Federation", "Turkey", "Israel", "United Arab Emirates", "Saudi Arabia", "Qatar", "Kuwait", "Bahrain",
    "Egypt", "South Africa", "Nigeria", "Kenya", "Ghana", "Morocco", "India", "Pakistan", "Bangladesh", "Sri Lanka",
    "People's Republic of China", "PRC", "China", "Hong Kong", "Macau", "Taiwan", "Japan", "Republic of Korea", "South Korea",
    "Korea", "Singapore", "Malaysia", "Indonesia", "Thailand", "Vietnam", "Philippines", "Australia", "New South Wales",
    "Victoria", "Queensland", "Western Australia", "South Australia", "New Zealand", "Canada", "Ontario", "British Columbia",
    "Alberta", "Quebec", "Québec", "Manitoba", "Saskatchewan", "Nova Scotia", "New Brunswick", "Mexico", "Brazil", "Argentina",
    "Chile", "Colombia", "Papua New Guinea", "Jordan", "Lebanon", "Peru", "Panama", "Costa Rica", "Bermuda", "Cayman Islands", "British Virgin Islands", "Bahamas",
    "Barbados", "Jersey", "Guernsey", "Isle of Man", "Liechtenstein", "Monaco", "Gibraltar", "Marshall Islands",
    "United States of America", "United States", "European Union",
]  # fmt: skip
_CITIES = {
    "London": "England and Wales", "New York City": "New York", "Manhattan": "New York", "Los Angeles": "California",
    "San Francisco": "California", "San Diego": "California", "Santa Clara": "California", "Chicago": "Illinois",
    "Boston": "Massachusetts", "Houston": "Texas", "Dallas": "Texas", "Austin": "Texas", "Atlanta": "Georgia",
    "Philadelphia": "Pennsylvania", "Wilmington": "Delaware", "New Castle County": "Delaware", "Seattle": "Washington",
    "Miami": "Florida", "Paris": "France", "Munich": "Germany", "Berlin": "Germany", "Frankfurt": "Germany",
    "Hamburg": "Germany", "Zurich": "Switzerland", "Zürich": "Switzerland", "Geneva": "Switzerland", "Vienna": "Austria",
    "Amsterdam": "Netherlands", "Stockholm": "Sweden", "Dublin": "Ireland", "Toronto": "Ontario", "Tokyo": "Japan",
    "Beijing": "China", "Shanghai": "China", "Mumbai": "India", "New Delhi": "India", "Sydney": "New South Wales",
    "Brussels": "Belgium", "Madrid": "Spain", "Milan": "Italy", "Tel Aviv": "Israel", "Tel-Aviv": "Israel", "Seoul": "South Korea",
}  # fmt: skip
_SAME = {
    "England": "England and Wales", "Wales": "England and Wales", "PRC": "China", "People's Republic of China": "China",
    "People’s Republic of China": "China", "Republic of Korea": "South Korea", "Korea": "South Korea", "Québec": "Quebec",
    "Russian Federation": "Russia", "United States of America": "United States", "Great Britain": "United Kingdom",
}  # fmt: skip
_NAMES = {n.upper(): n for n in [*US_STATES, *COUNTRIES]}
_ALL = sorted({*US_STATES, *COUNTRIES, *_CITIES}, key=lambda n: (-len(n), n))
_BODY = "|".join(re.escape(n).replace(r"\ ", r"\s{1,3}").replace("'", "['’]") for n in _ALL)
_PLACE = re.compile(rf"\b(?:{_BODY}|(?:{_BODY.upper().replace(chr(92) + 'S', chr(92) + 's')}))\b")

_LAW_HINT = re.compile(r"\blaws?\b", re.I)
_GOVERNS = re.compile(
    r"govern|constru|interpret|applicable\s{1,2}law|in\s{1,2}accordance\s{1,2}with|subject\s{1,2}to|enforced|choice\s{1,2}of\s{1,2}law"
    r"|^\s{0,5}(?:the\s)?laws?\s{1,2}of\b|shall\s{1,2}apply|applies",
    re.I,
)
_STRONG = re.compile(
    r"govern(?:ed|ing|s)?\b.{0,200}\blaws?\b|\blaws?\b.{0,200}\b(?:govern|apply|applies)\b|"
    r"(?:constru|interpret|enforc)ed.{0,150}\blaws?\b|\blaws?\b.{0,150}constru|^\s{0,5}(?:the\s)?laws?\s{1,2}of\b"
    r"|(?:interpretation|construction|validity|enforcement)\b.{0,120}\b(?:accordance\swith|governed|under|pursuant\sto|controlled)\b.{0,60}\blaws?\b"
    r"|(?:determined|settled|resolved)\s.{0,60}\blaws?\s{1,2}of\b",
    re.I | re.S,
)
_LAW_OF = re.compile(
    r"\blaws?\b(?:\s{1,2}(?:and\s{1,2}\w+|in\s{1,2}force|principles|then))?(?:[^.;]{0,60}?)\s{1,2}(?:of|in|for)\s{1,3}",
    re.I,
)
_FORUM = re.compile(r"\bcourts?\b|\bjurisdiction\b|\bvenue\b|\barbitrat|\bforum\b|\bseat\b|\blitigat", re.I)
# A court that keeps a register, and the seat of a company, decide no dispute.
_NO_FORUM_BEFORE = re.compile(
    r"\bregist(?:er|ry)\s(?:kept\s|held\s|maintained\s)?(?:of|at|by|with)\s(?:the\s)?(?:\w+\s){0,3}$"
    r"|\bregistered\s(?:with|at|in\sthe\s(?:\w+\s){0,3}register\sof)\s(?:the\s)?(?:\w+\s){0,3}$"
    r"|\b(?:its|whose|registered|corporate|statutory|official)\s{1,3}$",
    re.I,
)
_NO_FORUM_BEHIND = re.compile(r"^[^.;]{0,40}\bunder\s(?:the\s)?(?:number|no\b|HR[AB]\b)")
_NOT_HERE = re.compile(
    r"\b(?:a|an|organized|organised|incorporated|existing|formed)\b[^.;]{0,40}$|"
    r"(?:corporation|company|partnership|organized|organised|existing|incorporated|formed)[^.;]{0,30}\bunder\b[^.;]{0,40}$",
    re.I,
)
_OPINION = re.compile(
    r"\bcounsel['’]?s?\s{1,2}opinion|\bopinion\s{1,2}(?:of|shall)\b|\bsuch\s{1,2}counsel\b", re.I
)
_BLANK_LAW = re.compile(r"_{3,}|\[[^\]]{0,60}\]|\{[^}]{0,60}\}")


def name_of(words: str) -> str:
    """The plain name of a place as written, city led to the state or country whose law or courts are meant."""
    flat = " ".join(words.split()).replace("’", "'")
    plain = _NAMES.get(flat.upper(), flat)
    plain = _CITIES.get(plain, plain)
    for city, home in _CITIES.items():
        if city.upper() == plain:
            plain = home
    return _SAME.get(plain, plain)


def jurisdictions(text: str) -> Iterator[Fact]:
    """Places of governing law (unit ``governing_law``) and of courts or arbitration (unit ``forum``)."""
    for start, end in sentence_spans(text):
        # A run-together filing may give one sentence of a whole page; the places stand near the words.
        sentence = text[start : min(end, start + 3000)]
        law_end = 0
        if _LAW_HINT.search(sentence) and _GOVERNS.search(sentence):
            for fact in _law_facts(sentence, start):
                law_end = max(law_end, fact.end - start)
                yield fact
        if _FORUM.search(sentence):
            yield from _forum_facts(sentence, start, law_end)


def places(text: str, offset: int = 0, unit: str = "governing_law") -> Iterator[Fact]:
    """Every place named in a short text, such as the value cell of a cover page."""
    for found in _PLACE.finditer(text):
        yield Fact(
            "jurisdiction",
            name_of(found.group()),
            unit,
            offset + found.start(),
            offset + found.end(),
            found.group(),
            SURE,
        )


def _law_facts(sentence: str, offset: int) -> Iterator[Fact]:
    if not _STRONG.search(sentence) or _OPINION.search(sentence):
        return
    seen: set[str] = set()
    for law in _LAW_OF.finditer(sentence):
        if _NOT_HERE.search(sentence[max(0, law.start() - 60) : law.start()]) or _OTHER_LAW.search(
            law.group()
        ):
            continue
        reach = sentence[law.end() - 1 : law.end() + 90]
        cut = re.search(
            r"[.;]\s|\bwithout\b|\bexclud|\bregardless\b|\bcourts?\b|\bexcept\b|\bnotwithstanding\b|\bany\b",
            reach,
        )
        reach = reach[: cut.start()] if cut else reach
        for place in _PLACE.finditer(reach):
            at = offset + law.end() - 1 + place.start()
            name = name_of(place.group())
            if name in seen or (name == "United States" and seen):
                continue
            if re.match(
                r"\s{1,2}(?:\([^)]{0,20}\)\s)?Convention", sentence[law.end() - 1 + place.end() :][:30]
            ):
                continue
            seen.add(name)
            yield Fact(
                "jurisdiction", name, "governing_law", at, at + len(place.group()), place.group(), SURE
            )
    if not seen:
        yield from _law_before(sentence, offset)


_ADJECTIVES = {
    "English": "England and Wales", "Swiss": "Switzerland", "German": "Germany", "French": "France",
    "Dutch": "Netherlands", "Irish": "Ireland", "Israeli": "Israel", "Japanese": "Japan", "Italian": "Italy",
    "Spanish": "Spain", "Belgian": "Belgium", "Austrian": "Austria", "Swedish": "Sweden", "Danish": "Denmark",
    "Norwegian": "Norway", "Finnish": "Finland", "Scottish": "Scotland", "Canadian": "Canada",
    "Chinese": "China", "Indian": "India", "Australian": "Australia",
}  # fmt: skip
_LAW_BEFORE = re.compile(
    rf"\b({_BODY}|(?<=by\s)(?:{'|'.join(_ADJECTIVES)})|(?<=under\s)(?:{'|'.join(_ADJECTIVES)})|(?<=with\s)(?:{'|'.join(_ADJECTIVES)})|(?<=to\s)(?:{'|'.join(_ADJECTIVES)}))(?:['’]s)?\s{{1,2}}(?:internal\s|state\s|substantive\s|contract\s|civil\s){{0,2}}[Ll]aws?\b"
)
_LAWS_THEREOF = re.compile(
    r"\blaws?\s{1,2}(?:thereof|of\s{1,2}(?:that|said|such)\s{1,2}(?:state|country|province))\b", re.I
)
_OTHER_LAW = re.compile(r"\b(?:governing|regulating|relating|concerning)\b", re.I)


def _law_before(sentence: str, offset: int) -> Iterator[Fact]:
    """ "New York law", "English law", "California internal laws"; "made in Nevada … the laws thereof"."""
    found = _LAW_BEFORE.search(sentence)
    if found is None and (thereof := _LAWS_THEREOF.search(sentence)):
        low = max(0, thereof.start() - 250)
        places_before = list(_PLACE.finditer(sentence[: thereof.start()], low))
        if places_before:
            last = places_before[-1]
            at = offset + last.start()
            yield Fact(
                "jurisdiction", name_of(last.group()), "governing_law", at, at + len(last.group()), last.group(), CHECK
            )  # fmt: skip
        return
    if found:
        name = _ADJECTIVES.get(found[1]) or name_of(found[1])
        at = offset + found.start(1)
        yield Fact("jurisdiction", name, "governing_law", at, at + len(found[1]), found[1], SURE)


def _is_of_company(sentence: str, word: re.Match[str]) -> bool:
    """ "the commercial register of the Local Court of Hamburg", "whose seat is in Paris"."""
    if not word.group().lower().startswith(("court", "seat")):
        return False
    before = _NO_FORUM_BEFORE.search(sentence[max(0, word.start() - 70) : word.start()])
    return before is not None or _NO_FORUM_BEHIND.match(sentence[word.end() : word.end() + 80]) is not None


def _forum_facts(sentence: str, offset: int, law_end: int) -> Iterator[Fact]:
    seen: set[str] = set()
    for word in _FORUM.finditer(sentence):
        if _is_of_company(sentence, word):
            continue
        low = max(law_end, word.start() - 60)
        window = sentence[low : word.end() + 140]
        for place in _PLACE.finditer(window):
            name, at = name_of(place.group()), offset + low + place.start()
            if name in seen or name == "United States" or at < offset + law_end:
                continue
            if re.search(
                r"\blaws?\s{1,2}of\s[^.;]{0,30}$", sentence[max(0, at - offset - 50) : at - offset], re.I
            ):
                continue
            seen.add(name)
            yield Fact("jurisdiction", name, "forum", at, at + len(place.group()), place.group(), CHECK)
