"""The people named at the front of a contract, in the forms drafters use.

1. An opening ("by and between", "PARTIES", "Party A:") is good when a name follows it.
2. From there: a name runs to its legal form, or to the words that describe it; a bracketed or "hereinafter"
   short name within reach is its alias; the next name stands behind "and", ";" or a new line.
3. The list ends with the recitals, with "each a Party", or with a full stop once two names are read.
4. Letters and filings without an opening: names with a legal form that a bracketed short name follows.
"""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from dataclasses import dataclass
from itertools import islice

LEGAL_FORMS = (
    r"Inc(?:orporated)?|INC(?:ORPORATED)?|inc|Corp(?:oration)?|CORP(?:ORATION)?|corp|Company|COMPANY|Co|CO|LLC|L\.L\.C|LLP|L\.L\.P|LP|L\.P|Ltd|LTD|Limited|LIMITED|PLC|plc|Plc|GmbH(?:\s&\sCo\.?\sKG)?|GMBH|AG|S\.?A\.?S?|S/A|"
    r"S\.p\.A|SpA|S\.r\.l|S\.R\.L|B\.?V|N\.?V|KG|KGaA|SE|Pty\.?\s?Ltd|Pte\.?\s?Ltd|AB|A/S|ApS|AS|Oy|K\.?K|S\.?L|SARL|S\.à\sr\.l|S\.À\sR\.L|N\.A|F\.S\.B|FSB|P\.?C|Trust|TRUST|Partnership|PARTNERSHIP"
)
SHARP_FORMS = r"Inc(?:orporated)?|INC(?:ORPORATED)?|inc|Corp(?:oration)?|CORP(?:ORATION)?|LLC|L\.L\.C|LLP|L\.L\.P|L\.P|Ltd|LTD|Limited|LIMITED|PLC|plc|GmbH|GMBH|S\.A|N\.V|B\.V|N\.A|SpA|S\.p\.A"
_WINDOW = 14_000

_OPENING = re.compile(
    r"\b(?:by\s{1,3}and\s{1,3}(?:between|among(?:st)?)|between|among(?:st)?|made\s{1,3}by|entered\s{1,3}(?:in)?to\s{1,3}by|executed\s{1,3}by)\b(?:\s{1,3}and\s{1,3}(?:between|among(?:st)?)\b)?"
    r"(?:\s{1,3}(?:the\s{1,3})?(?:following\s)?(?:parties|undersigned)(?:\s(?:below|named|hereto|listed)\b[^:\n]{0,80})?)?[\s:,–-]{0,90}|(?:^|\n)\s{0,40}(?:THE\s)?(?:PARTIES|Parties)\s{0,3}(?:TO\sTHIS\sAGREEMENT)?\s{0,3}[:.]?\s{0,3}\n\s{0,40}|(?:^|\n|\s{2})(?=Party\sA\s?:)|(?<=[.)]\s)(?=Party\sA\s?:)",
    re.I,
)
_LETTER = re.compile(r"\b(?:Ladies\s{1,3}and\s{1,3}Gentlemen|Dear\s{1,3}Sirs|Gentlemen)\s?[:,]\s{1,9}")
_STATES = (
    r"Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|"
    r"Nebraska|Nevada|New\s(?:Hampshire|Jersey|Mexico|York)|North\s(?:Carolina|Dakota)|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode\sIsland|South\s(?:Carolina|Dakota)|Tennessee|Texas|Utah|Vermont|Virginia|Washington|Wisconsin|Wyoming|"
    r"Ontario|Canadian|Canada|German|French|English|Israeli|Swiss|Dutch|Cayman|Bermuda|British|Irish|Japanese|Chinese|Marshall\sIslands"
)
_KIND = r"(?:corporations?|company|limited|partnership|association|trust|bank|individual|resident|general|professional|public|private|exempted|business|statutory|banking|national|federal|mutual|stock|non-?profit|not-for-profit)"
# What ends a name: the words that describe the person, an address, a bracket.
_END = re.compile(
    rf",?\s{{1,6}}(?:an?\s{{1,2}}(?=[a-zA-Z])|(?<!\bof\s)(?<!\bfor\s)(?<!\band\s)the\s\w{{1,20}}\s(?:of|in)|having\b|with\s|whose\b|which\b|who\b|located\b|organi[sz]ed\b|incorporated\s(?:in|under)|existing\b|residing\b|being\b|acting\b|"
    rf"through\b|on\sbehalf\b|for\sitself|not\s(?:individually|in\sits)|solely\b|duly\b|registered\b|as\s(?!\w+\sInc)|and/or\b|and\sits\b|and\s(?:any|all|their|his|each)\b|together\b|including\b|doing\sbusiness|dba\b|d/b/a|f/k/a|a/k/a|n/k/a|formerly\b|also\sknown|trading\sas|"
    rf"hereinafter\b|hereafter\b|herein\b|referred\b|effective\b|dated\b|made\b|under\b|is\s|are\s|agrees?\b|shall\b|will\b|for\s(?:the|a)\b|set\sforth|in\s(?:its|their|connection|the)\b|at\s\d|on\s(?:the|this)|sets?\b|regarding\b|relating\b|to\s(?:provide|be)\b)"
    rf"|,?\s{{1,3}}(?=(?:{_STATES})\s(?-i:(?:[a-z]+\s){{0,2}}){_KIND}\b)|,\s{{0,3}}(?=\d)|,\s(?=(?:Suite|Room|P\.?O\.?)\b)|,\s{{1,3}}(?=(?-i:[A-Z])[\w.]{{2,20}}(?:\s[A-Z]\w{{2,20}}){{0,2}},\s{{1,3}}(?:{_STATES}|(?-i:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ill|Ind|Mass|Mich|Minn|Miss|Mont|Nev|Ore|Penn?|Tenn|Tex|Wash|Wis)\.|(?-i:[A-Z]{{2}})\b))|\s{{0,9}}[(\[“\"](?!(?:[A-Z][a-z]{{2,15}}|USA|U\.S\.A\.|US|UK|PNG|PRC|HK|Europe)\)\s[A-Z])|(?<=(?-i:[a-z]{{3}}))(?<!Corp)(?<!Ltd)(?<!Inc)(?<!LLC)(?<!PLC)\.\s{{1,3}}(?=(?-i:[A-Z][a-z]))|\s{{4,}}|\n\s{{0,9}}\n|\n(?=\s{{0,9}}(?:\d|and\b|AND\b|And\b|Dated?\b|DATED?\b|Address|By:))|;|\s[–—]\s|\s_{{2,}}|:\s|\n[-=_]{{3,}}|,\s(?=a\.s\.)?$",
    re.I,
)
_FORM = re.compile(
    rf"[\s,](?:{LEGAL_FORMS})\b\.?(?:,?\s{{1,3}}(?:{LEGAL_FORMS})\b\.?){{0,3}}(?=\s{{0,9}}[,;:(\[\n“\"]|\s{{1,3}}(?:[a-z]{{2,}}|an?\s|and\b|AND\b|And\b|\d{{1,6}}\b)|\s{{0,9}}$|\s{{2,}}|\s{{1,2}}[-–—]|\.\s)"
    rf"|[\s,](?:{SHARP_FORMS}|AG|SA)\b\.?(?=\s(?!(?:{LEGAL_FORMS}|Holdings?|Partners?|Fund|Bank|Group|Liability|Partnership|Company|II|III|IV|of|OF|HK|and|AND)\b)[A-Z][a-z])"
)
_SHARP_END = re.compile(rf"[\s,](?:{SHARP_FORMS})\b\.?,?$")
_ALIAS = re.compile(
    r"[\s,]{0,3}(?:\(|\bhereinafter\b|\bhereafter\b|\bherein\b|\breferred\sto\b|\bcalled\b)(?P<body>[^()]{0,160}?[“\"'‘]{1,2}(?P<alias>[A-Za-z0-9][^“”\"\n()]{0,60}?)[,.]?[”\"'’]{1,2}[^()]{0,90})\)?"
)
_COLLECTIVE = re.compile(
    r"\b(?:collectively|jointly|together|individually|each\s(?:a|of|referred|individually|party)|sometimes|both)\b",
    re.I,
)
_NO_ALIAS = re.compile(
    r"^(?:(?:the\s)?part(?:y|ies)(?!\s[A-D1-4]\b)|(?:this\s|the\s)?agreement|effective\sdate|contract|date|execution\sdate|term|mnda|nda|dpa|amendment|commencement|closing|we|us|our|affiliates?|you|your)\b",
    re.I,
)
_STOP = re.compile(
    r"\b(?:WHEREAS|Whereas|RECITALS?|Recitals?|BACKGROUND|WITNESSETH|NOW,?\s{1,2}THEREFORE|Background|Preliminary|PREAMBLE|Preamble|TABLE\sOF\sCONTENTS|agree\sas\sfollows|hereby\sagree|IN\sCONSIDERATION|INTRODUCTION|Premises|PREMISES)\b"
    r"|W\s{0,2}I\s{0,2}T\s{0,2}N\s{0,2}E\s{0,2}S\s{0,2}S|R\sE\sC\sI\sT|\n\s{0,8}(?:1|I|A|ARTICLE\s(?:1|I|ONE))[.:)]\s{0,4}[A-Z]|(?<=[.\s])\s1\.\s{1,4}[A-Z]|\bSource:"
)
_START = r"(?:(?:[Tt]he|THE)\s{1,3})?(?:[A-Z0-9@À-Þ][\w&.'’/*!-]{0,40}|[a-z][\w-]{1,30}\.(?:com|net|org|inc)\b|[a-z]\.[a-z]\.[a-z]\.|[a-z]\d\s[A-Z]|[a-z]{1,2}-?[A-Z0-9](?:\w{1,30}|(?=\s[A-Z]))|[a-z]-[a-z]{3,30})"
_NAME_START = re.compile(_START)
_NEXT = re.compile(
    rf"(?:[,;.)”\"]|\s|\n)\s{{0,60}}(?:and|AND|And|&)[:,]?\s{{1,200}}(?:on\sthe\s(?:other|one)\s(?:hand|part),?\s{{1,9}})?(?:by\s{{1,3}}and\s{{1,3}}between\s{{1,3}})?(?:\(?(?:\d|[ivx]{{1,4}}|[a-zA-Z])\)\s{{0,4}}|(?:\d|[ivx]{{1,4}}|[a-z])\.\s{{1,4}})?(?={_START})|;\s{{0,60}}(?:\(?(?:\d|[ivx]{{1,4}}|[a-zA-Z])\)\s{{0,4}}|(?:\d|[ivx]{{1,4}}|[a-z])\.\s{{1,4}})?(?={_START})|\s\(?(?:2|ii|b)[).]\s{{1,4}}(?={_START})"
    rf"|\n\s{{0,60}}\n\s{{0,40}}(?={_START})|\bParty\s[B-D]\s?:\s{{0,4}}(?={_START})|\b(?:agrees?|agreements?|arrangements?)(?:,?\s{{0,3}}\([^()]{{0,60}}\))?,?\s{{1,3}}with\s{{1,3}}(?:each\s{{1,3}}of\s{{1,3}})?(?={_START})|(?P<kin>\bsubsidiar(?:y|ies),?\s{{1,3}}(?={_START}))|\b(?:appoints?|engages?|retains?)\s{{1,3}}(?={_START})|(?P<weak>(?:\b(?:corporation|company|partnership|bank|association|individual)|\)),\s{{1,9}}(?={_START}))"
)
_LABEL = re.compile(r"\s{0,60}:\s")  # "Address : 9 High Street" says nobody's name
_BESIDE = re.compile(rf"[,;]?\s{{1,4}}(?:and\s{{1,3}}|AND\s{{1,3}})?(?={_START})")
_LEAD = re.compile(
    r"(?:[\s,;:.–-]|\(?(?:\d{1,2}|[ivx]{1,4})[).]\s|\(?[a-zA-Z]\)\s|and\s|AND\s|And\s|(?:on\s)?(?:the\s)?(?:one|first|other)\s(?:hand|part),?\s|by\s|(?:by\sand\s)?between\s|among\s|Party\s[A-D]\s?:|(?:Licensor|Licensee|Customer|Client|Supplier|Provider|Company|Distributor|Vendor)\s?:|\((?:the\s)?(?:Licensor|Licensee|Customer|Client|Supplier|Provider|Company|Distributor|Vendor)\)\s|[“\"](?=[A-Z]))*"
)
_DESCRIBES = re.compile(
    rf"[\s,;]{{0,4}}(?:(?:an?|the|having|with|whose|which|located|organi[sz]ed|incorporated|existing|residing|being|acting|through|on\sbehalf|duly|registered|as|together|for|doing|of|in|formerly|at|its|each|collectively)\b|(?:{_STATES})\s{_KIND}|\d)",
    re.I,
)
_NOT_NAME = re.compile(
    r":|^the\s(?:\w{1,20}\s){1,3}parties$|\bstock\sexchange\b|,\sthe\s|\b(?:submit|click|complete|button)\b|\bagreement\b|\sand\s(?:the\s)?(?:reseller|customer|supplier|distributor|licensor|licensee|provider|client|vendor|consultant|franchisee|contractor|seller|buyer|sponsor|employee)$|\bof\sthe\s(?:company|corporation)$|\b(?:shall|will|must|agrees?|means?|that|which|desires?|wish(?:es)?|provides?|has|have|been|hereto|hereby|herein|pursuant|hereinafter|this|these|such|any|entered|dated|following|taken|sets?|forth|may|not|is|are|was|were|engaged|accordance|upon|no\slater|a\.m|p\.m|monday|friday|accepted|whereas|and\sthe|references?)\b|\bthe$",
    re.I,
)
_NOBODY = re.compile(
    rf"^(?:\d{{1,2}}(?:\.\d+)*\.?\s+[A-Z].*|[A-Z]?\d+|(?:on\s)?the\s(?:one|first|other|second)\s(?:part|hand|side)|(?:the\s)?(?:parties|party|undersigned|agreement|contract|company|customer|supplier|distributor|licensor|licensee|provider|client|vendor|affiliates?|term|effective\sdate|section|article|exhibit|schedule|recitals?|whereas|each|you|we|both|all|any|and|date[d]?|address|tel|attention|interpretation|definitions?|reporting|corporation|state|county|city|territory|board|products?|services?|shareholders?|director|manager|name|title|signature|background|either|if|in|on|for|by|no|an?|it|its|these|those|there|other|federal\sdeposit\sinsurance\scorporation|financial\sindustry\sregulatory\sauthority|american\sarbitration\sassociation|food\sand\sdrug\sadministration|internal\srevenue\sservice|consultant|reseller|individual|fax|(?:master\s)?franchis(?:or|ee)|owner|agent|employee|executive|conditions?|(?:securities\sand\s)?exchange\scommission)\b[.:]?|january|february|march|april|may|june|july|august|september|october|november|december|{_STATES})(?:\s\d.*)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A person as named: ranges of name and of what is said of it, and the alias ("" when there is none)."""

    start: int
    end: int
    alias: str
    described_to: int


_UNDERLINE = re.compile(r"(?<=\s)-{2,}(?=\s)")


def named_people(text: str) -> list[Named]:
    """Parties of the preamble in reading order; [] when none is recognised."""
    text = _UNDERLINE.sub(lambda found: " " * len(found.group()), text[: _WINDOW + 30_000])
    return _in_full(text, _best(text))


def _best(text: str) -> list[Named]:
    best: list[Named] = []
    window = min(len(text), _WINDOW)
    for opening in islice(_OPENING.finditer(text, 0, window), 14):
        found = _people(text, opening.end(), min(len(text), opening.end() + 4000))
        rank = _rank(text, found)
        if rank > _rank(text, best) and (_rank(text, best) < 4 or _says_more(text, found, best)):
            best = found
        if _rank(text, best) == 5:
            break
    rank = _rank(text, best)
    if rank < 4 and (letter := _LETTER.search(text, 0, window)):
        found = _people(text, letter.end(), min(len(text), letter.end() + 4000))
        if _rank(text, found) >= 4:
            return found
    if rank < 3 and (found := _at_front(text, min(window, 4000))):
        return found
    reach = min(window, 6000)
    if rank and (recitals := _STOP.search(text, best[0].end, reach)) and best[0].start < 1500:
        reach = recitals.start()
    loose = _formed(text, reach) if rank < 3 or best[0].start > 1500 else []
    if len(loose) >= 2 and (rank < 3 or loose[0].start < best[0].start - 300):
        return loose
    if (rank == 1 and best[0].start > 4000) or (rank == 3 and best[0].start > 6000):
        best = []  # two words joined by "and" far from the front are no parties
    return loose if len(loose) > len(best) and rank < 5 else best


_FRONT = re.compile(rf"(?:^|\n\s?|\s{{3}})\s{{0,60}}(?={_START})")


_SIGNED = re.compile(r"\bBy:|/s/|\bIN\sWITNESS|\bIn\s[Ww]itness")


def _at_front(text: str, end: int) -> list[Named]:
    """ "Acme, Inc., a Delaware corporation ("Acme"), and Baker LLC ("Baker") agree": names that open a paragraph."""
    signed = _SIGNED.search(text, 0, end)
    end = signed.start() if signed else end
    for opening in islice(_FRONT.finditer(text, 0, end), 60):
        finish = _name_end(text, opening.end(), end)
        first_line = text[opening.end() : finish].split("\n")[0]
        if _NOBODY.match(first_line):  # "Company" above "Acme, Inc." labels a row
            continue
        if not is_name(text[opening.end() : finish]) or not _is_believable(text, opening.end(), finish, end):
            continue
        found = _people(text, opening.end(), end)
        if _rank(text, found) >= 4:
            return found
    return []


def _says_more(text: str, found: list[Named], title: list[Named]) -> bool:
    """Whether the people of a title page are named again with their short names."""
    again, before = ({re.sub(r"\W", "", text[p.start : p.end]).lower() for p in people} for people in (found, title))
    return len(found) >= len(title) and bool(again & before)


def _in_full(text: str, found: list[Named]) -> list[Named]:
    """ "ACM" becomes "American Champion, Inc." where the contract says who that is."""
    out: list[Named] = []
    for person in found:
        name = text[person.start : person.end].rstrip(".")
        full = None
        if not person.alias and len(name.split()) <= 3 and not _SHARP_END.search(name):
            full = _meant(text, name)
        out.append(full or person)
    return out


def _meant(text: str, alias: str) -> Named | None:
    said = re.search(rf"\(\s?(?:the\s)?[“\"']{{0,2}}{re.escape(alias)}[.,]?[”\"']{{0,2}}\s?\)", text)
    if said is None:
        return None
    low = max(0, said.start() - 200)
    *_, name = [None, *_FORMED.finditer(text, low, said.start())]
    if name is None or not is_name(name.group()):
        return None
    return Named(name.start(), name.end(), alias, said.start())


def _rank(text: str, found: list[Named]) -> int:
    """Two names are what a contract needs; aliases and legal forms make a list worth believing."""
    sure = sum(_is_sure(text, p) for p in found[:2])
    if len(found) < 2:
        return sure
    return 5 if all(p.alias for p in found[:2]) else 2 + sure if sure else 1


def _is_sure(text: str, person: Named) -> bool:
    name = text[person.start : person.end]
    return bool(person.alias) or _SHARP_END.search(name) is not None


def _people(text: str, start: int, end: int) -> list[Named]:
    stop = _STOP.search(text, start, end)
    end = stop.start() if stop else end
    found: list[Named] = []
    known: set[str] = set()
    at = start
    while len(found) < 14:
        lead = _LEAD.match(text, at, end)
        at = lead.end() if lead else at
        if at >= end or not _NAME_START.match(text, at, end):
            break
        finish = _name_end(text, at, end)
        if not is_name(text[at:finish]):
            break
        alias, after = _alias(text, finish, end)
        person = Named(at, finish, alias, max(after, finish))
        words = " ".join(text[at:finish].split()).lower()
        unsure = not _is_sure(text, person) and not (len(found) >= 2 and _SAID.match(text, finish, end))
        if words in known or (unsure and (len(found) >= 2 or words.startswith("the "))):
            break
        known |= {words, alias.lower(), f"the {alias.lower()}"}
        found.append(person)
        following = _following(text, after, end, len(found))
        if following is None:
            break
        at = following
    return _apart(text, found)


def _apart(text: str, found: list[Named]) -> list[Named]:
    """ "Acme and Baker Inc.", where nobody believable follows, is two; "Acme and Reseller" names nobody."""
    if not found or found[0].alias or any(_is_sure(text, p) for p in found[1:]):
        return found
    both = found[0]
    joined = re.search(r"\s{1,3}(?:and|AND|&)\s{1,3}", text[both.start : both.end])
    goes_on = text[both.end : both.end + 300]
    if (
        joined is None
        or _DESCRIBES.match(text, both.end)
        or re.match(r"[\s,;]*(?:and\b|&|\d)", goes_on, re.I)
    ):
        return found  # "Smith and Sons Ltd., a company of": one name, and something is said of it
    first = Named(both.start, both.start + joined.start(), "", both.start + joined.start())
    second = Named(both.start + joined.end(), both.end, "", both.described_to)
    parts = [" ".join(text[p.start : p.end].split()) for p in (first, second)]
    if any(_NOBODY.match(part) for part in parts):
        return []
    return [first, second] if all(is_name(p) and len(p) > 2 for p in parts) else found


_OF_PLACE = re.compile(rf"\sof\s(?:the\s)?(?:{_STATES}|America)(?=\s?[,(])")  # "Acme, Inc. of Ohio, a"


def _name_end(text: str, at: int, end: int) -> int:
    reach = min(end, at + 170)
    tail = _END.search(text, at + 2, reach)
    while (
        tail
        and re.match(r",?\s{1,3}(?:A|THE|AS)\s", tail.group() + " ")
        and text[at : tail.start()].isupper()
    ):
        tail = _END.search(
            text, tail.start() + 2, reach
        )  # letters alone do not tell "A" from "a" in capitals
    finish = tail.start() if tail else reach
    form = _FORM.search(text, at + 2, reach)
    if form and form.end() < finish:
        of_place = _OF_PLACE.match(text, form.end(), reach)
        finish = of_place.end() if of_place else form.end()
    joined = re.search(r"\s{1,3}(?:and|AND)\s{1,3}", text[at:finish])
    if joined and tail is None and form is None:
        finish = at + joined.start()
    return at + len(_TRAILING.sub("", text[at:finish]))


_TRAILING = re.compile(
    r"(?:[ ,;:\n\t–-]{1,60}(?:of|at|by)?)$"
)  # "Ann Lee of (the "Employee")": an address left out


def is_name(words: str) -> bool:
    flat = " ".join(words.split()).strip(" ,.")
    if not 2 <= len(flat) <= 130 or len(flat.split()) > 14 or _NOBODY.match(flat):
        return False
    return not _NOT_NAME.search(flat)


def _alias(text: str, start: int, end: int) -> tuple[str, int]:
    """The short name in reach, unless another name comes before it; and where reading goes on."""
    reach = min(end, start + 900)
    place = start
    bare = _unquoted(text, start, min(reach, start + 300))
    for _ in range(4):
        found = _ALIAS.search(text, place, reach)
        if bare and (found is None or bare[1] <= found.start()):
            return bare
        if found is None:
            return "", start
        between = text[start : found.start()]
        if _goes_on(between) or _NEW_SENTENCE.search(text, max(0, start - 5), found.start()):
            return "", start
        if _COLLECTIVE.search(found["body"].split(found["alias"])[0]) and not re.search(
            r"collectively\swith|together\swith", found["body"]
        ):
            return "", start
        if not _NO_ALIAS.match(found["alias"]):
            return " ".join(found["alias"].split()), _behind(text, found)
        if re.match(r"(?:we|us|our|you|your)\b", found["alias"], re.I):
            return " ".join(found["alias"].split()), _behind(text, found)
        place = found.end()
    return "", start


_UNQUOTED = re.compile(
    r"\(\s?(?:the\s|[Hh]ereinafter,?\s(?:called\s|referred\sto\sas\s)?)?(?P<alias>[A-Z][A-Za-z&.-]{1,24}(?:\s[A-Z][A-Za-z]{1,20})?)\s?\)(?!,?\s{1,3}(?:Co|Ltd|Limited|Inc|LLC|Corp|GmbH|Company|Holdings?)\b)"
)


def _unquoted(text: str, start: int, end: int) -> tuple[str, int] | None:
    """ "(Licensee)" without marks is a short name when the contract goes on to use it."""
    found = _UNQUOTED.search(text, start, end)
    if found is None or _NO_ALIAS.match(found["alias"]) or re.fullmatch(_STATES, found["alias"]):
        return None
    between = text[start : found.start()]
    if _goes_on(between) or _NEW_SENTENCE.search(between):
        return None
    if len(re.findall(rf"\b{re.escape(found['alias'])}\b", text[found.end() : found.end() + 20_000])) < 4:
        return None
    return found["alias"], found.end()


def _behind(text: str, found: re.Match[str]) -> int:
    """Where reading goes on: behind the bracket, or behind the closing mark where there is no bracket."""
    if text[found.end() - 1] == ")":
        return found.end()
    place = found.end("alias")
    while place < found.end() and text[place] in ",.”\"’'":
        place += 1
    return place


_NEW_SENTENCE = re.compile(r"(?:[a-z)]|LLC|GmbH)\.\s{1,3}(?:[A-Z][a-z]+\s[a-z]|(?:The|This|These)\s)")


def _goes_on(between: str) -> bool:
    """Whether somebody else is named, or a list begins, before a bracket, which is then not of this name."""
    return _holds_name(between) or re.search(r"\b(?:between|among)\s|\bParty\s[B-D]\s?:", between) is not None


def _holds_name(between: str) -> bool:
    """Whether "and Acme, Inc." stands in the words before a bracket, so that the bracket is Acme's."""
    joined = _NEXT.search(between)
    while joined:
        rest = between[joined.end() :]
        if "&" in joined.group() and "\n" not in joined.group():
            joined = _NEXT.search(between, joined.end())
            continue  # "Smith & Wesson, Inc." is one
        form = re.search(rf"[\s,](?:{SHARP_FORMS})\b", rest[:110])
        if form and is_name(rest[: form.end()]):
            return True
        joined = _NEXT.search(between, joined.end())
    return False


def _following(text: str, after: int, end: int, count: int) -> int | None:
    """Where the next name begins."""
    if not _DESCRIBES.match(text, after, end) and (beside := _BESIDE.match(text, after, end)):
        finish = _name_end(text, beside.end(), end)
        joined_by_and = re.search(r"\band\b|;", beside.group(), re.I)
        if is_name(text[beside.end() : finish]) and (
            joined_by_and or _is_believable(text, beside.end(), finish, end)
        ):
            return beside.end()
    place = after
    for _ in range(8):
        joined = _NEXT.search(text, place, min(end, after + 900))
        if joined is None:
            return None
        if count >= 2 and _is_over(text[max(0, after - 1) : joined.start() + 1], joined.group()):
            return None
        finish = _name_end(text, joined.end(), end)
        if (
            is_name(text[joined.end() : finish])
            and not _LABEL.match(text, finish, end)
            and not re.match(rf"(?:{_STATES})\b(?!\s[A-Z])", text[joined.end() : finish])
            and (
                (joined["weak"] is None and joined["kin"] is None and _is_near(text[after : joined.start()]))
                or _is_believable(text, joined.end(), finish, end)
            )
        ):
            return joined.end()
        place = joined.end()
    return None


_SENTENCE = re.compile(r"[a-z)”\"]\.\s{1,3}[A-Z]")


def _is_near(between: str) -> bool:
    """Whether a bare name behind these words may be the second: no two sentences, no "each a Party"."""
    said_of_all = re.search(r"\b(?:collectively|each\sa\s.?party|the\s.?parties.?\))", between, re.I)
    return said_of_all is None and len(_SENTENCE.findall(between)) < 2


def _is_of_all(between: str) -> bool:
    """Whether "each a "Party"" is said, and not "(collectively, the "Sellers")" of some of them."""
    said = _COLLECTIVE.search(between)
    if said is None:
        return False
    quoted = re.search(r"[“\"']([^“”\"]{1,40})", between[said.start() :])
    return quoted is None or re.search(r"\bpart(?:y|ies)\b", quoted[1], re.I) is not None


def _is_over(between: str, joint: str) -> bool:
    """Whether the words between two names end the list, once two are read."""
    return bool(
        (_is_of_all(between) and "with" not in joint)
        or re.search(r"[a-z0-9)\"”]\.\s{1,3}[A-Z]|\b(?:between|among)\s", between)
        or ("\n\n" in joint and not re.search("and", joint, re.I))
    )


_DESCRIBED_AS = re.compile(
    r",?\s{1,4}an?\s{1,3}(?:[\w'’.\xad-]{1,30},?\s{1,3}){0,8}?(?:corporation|company|partnership|bank|trust|association|individual|person|fund|citizen|resident)\b",
    re.I,
)


_SAID = re.compile(
    rf"{_DESCRIBED_AS.pattern}|,?\s{{1,4}}(?:not\s(?:individually|in\sits)|solely\s|as\s(?:[\w-]{{1,20}}\s){{0,4}}?(?:trustee|agent)\b|(?:residing|whose)\b)|\s{{0,4}}\((?:collectively|together|each)\b",
    re.I,
)


def _is_believable(text: str, start: int, finish: int, end: int) -> bool:
    """Whether words behind a mere comma are a name: a legal form, a short name or "a Delaware company" tells."""
    return bool(
        _SHARP_END.search(text[start:finish])
        or _ALIAS.match(text, finish, end)
        or _DESCRIBED_AS.match(text, finish, end)
    )


_GAP = r"(?:[ ]{1,3}|\n(?!\s))"
_FORMED = re.compile(
    rf"(?<![\w.\"“'])(?P<name>(?:(?!\d+\b)[A-Z0-9][\w&.'’-]{{0,40}},?{_GAP}(?:(?:&|of|and|the|for|de|in){_GAP})?){{1,8}}?(?:{SHARP_FORMS}|Company|COMPANY|Bank|BANK|Association|Holdings|University|Authority|Institute)\b\.?)(?:,?\s{{1,3}}(?:{LEGAL_FORMS})\b\.?)?"
)


def _formed(text: str, end: int) -> list[Named]:
    """Names with a legal form that a short name in brackets follows."""
    found: list[Named] = []
    place = 0
    while len(found) < 12 and (name := _FORMED.search(text, place, end)):
        place = name.end()
        alias = _ALIAS.search(text, name.end(), min(end, name.end() + 320))
        if alias is None or _COLLECTIVE.search(alias["body"]) or _NO_ALIAS.match(alias["alias"]):
            continue
        between = text[name.end() : alias.start()]
        if (
            re.search(r"\.\s{1,3}[A-Z][a-z]+\s[a-z]", between)
            or _FORMED.search(between)
            or not is_name(name.group())
        ):
            continue
        found.append(Named(name.start(), name.end(), " ".join(alias["alias"].split()), alias.start()))
        place = alias.end()
    return found
