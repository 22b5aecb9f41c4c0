"""What the name of a person or company looks like in a contract: where it starts, where it ends, what is none."""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from dataclasses import dataclass

LEGAL_FORMS = (
    r"Inc(?:orporated)?|INC(?:ORPORATED)?|inc|Corp(?:oration)?|CORP(?:ORATION)?|corp|Company|COMPANY|Co|CO|LLC|L\.L\.C|LLP|L\.L\.P|LP|L\.P|Ltd|LTD|Limited|LIMITED|PLC|plc|Plc|GmbH(?:\s&\sCo\.?\sKG)?|GMBH|AG|S\.?A\.?S?|S/A|"
    r"S\.p\.A|SpA|S\.r\.l|S\.R\.L|B\.?V|N\.?V|KG|KGaA|SE|Pty\.?\s?Ltd|Pte\.?\s?Ltd|AB|A/S|ApS|AS|Oy|K\.?K|S\.?L|SARL|S\.à\sr\.l|S\.À\sR\.L|N\.A|F\.S\.B|FSB|P\.?C|Trust|TRUST|Partnership|PARTNERSHIP"
)
SHARP_FORMS = r"Inc(?:orporated)?|INC(?:ORPORATED)?|inc|Corp(?:oration)?|CORP(?:ORATION)?|LLC|L\.L\.C|LLP|L\.L\.P|L\.P|Ltd|LTD|Limited|LIMITED|PLC|plc|GmbH|GMBH|S\.A|N\.V|B\.V|N\.A|SpA|S\.p\.A"
STATES = (
    r"Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|"
    r"Nebraska|Nevada|New\s(?:Hampshire|Jersey|Mexico|York)|North\s(?:Carolina|Dakota)|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode\sIsland|South\s(?:Carolina|Dakota)|Tennessee|Texas|Utah|Vermont|Virginia|Washington|Wisconsin|Wyoming|"
    r"Ontario|Canadian|Canada|German|French|English|Israeli|Swiss|Dutch|Cayman|Bermuda|British|Irish|Japanese|Chinese|Marshall\sIslands"
)
KIND = r"(?:corporations?|company|limited|partnership|association|trust|bank|individual|resident|general|professional|public|private|exempted|business|statutory|banking|national|federal|mutual|stock|non-?profit|not-for-profit)"
# What ends a name: the words that describe the person, an address, a bracket.
_END = re.compile(
    rf",?\s{{1,6}}(?:an?\s{{1,2}}(?=[a-zA-Z])|(?<!\bof\s)(?<!\bfor\s)(?<!\band\s)the\s\w{{1,20}}\s(?:of|in)|having\b|with\s|whose\b|which\b|who\b|located\b|organi[sz]ed\b|incorporated\s(?:in|under)|existing\b|residing\b|being\b|acting\b|"
    rf"through\b|on\sbehalf\b|for\sitself|not\s(?:individually|in\sits)|solely\b|duly\b|registered\b|as\s(?!\w+\sInc)|and/or\b|and\sits\b|and\s(?:any|all|their|his|each)\b|together\b|including\b|doing\sbusiness|dba\b|d/b/a|f/k/a|a/k/a|n/k/a|formerly\b|also\sknown|trading\sas|"
    rf"hereinafter\b|hereafter\b|herein\b|referred\b|effective\b|dated\b|made\b|under\b|is\s|are\s|agrees?\b|shall\b|will\b|for\s(?:the|a)\b|set\sforth|in\s(?:its|their|connection|the)\b|at\s\d|on\s(?:the|this)|sets?\b|regarding\b|relating\b|to\s(?:provide|be)\b)"
    rf"|,?\s{{1,3}}(?=(?:{STATES})\s(?-i:(?:[a-z]+\s){{0,2}}){KIND}\b)|,\s{{0,3}}(?=\d)|,\s(?=(?:Suite|Room|P\.?O\.?)\b)|,\s{{1,3}}(?=(?-i:[A-Z])[\w.]{{2,20}}(?:\s[A-Z]\w{{2,20}}){{0,2}},\s{{1,3}}(?:{STATES}|(?-i:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ill|Ind|Mass|Mich|Minn|Miss|Mont|Nev|Ore|Penn?|Tenn|Tex|Wash|Wis)\.|(?-i:[A-Z]{{2}})\b))|\s{{0,9}}[(\[“\"](?!(?:[A-Z][a-z]{{2,15}}|USA|U\.S\.A\.|US|UK|PNG|PRC|HK|Europe)\)\s[A-Z])|(?<=(?-i:[a-z]{{3}}))(?<!Corp)(?<!Ltd)(?<!Inc)(?<!LLC)(?<!PLC)\.\s{{1,3}}(?=(?-i:[A-Z][a-z]))|\s{{4,}}|\n\s{{0,9}}\n|\n(?=\s{{0,9}}(?:\d|and\b|AND\b|And\b|Dated?\b|DATED?\b|Address|By:))|;|\s[–—]\s|\s_{{2,}}|:\s|\n[-=_]{{3,}}|,\s(?=a\.s\.)?$",
    re.I,
)
_FORM = re.compile(
    rf"[\s,](?:{LEGAL_FORMS})\b\.?(?:,?\s{{1,3}}(?:{LEGAL_FORMS})\b\.?){{0,3}}(?=\s{{0,9}}[,;:(\[\n“\"]|\s{{1,3}}(?:[a-z]{{2,}}|an?\s|and\b|AND\b|And\b|\d{{1,6}}\b)|\s{{0,9}}$|\s{{2,}}|\s{{1,2}}[-–—]|\.\s)"
    rf"|[\s,](?:{SHARP_FORMS}|AG|SA)\b\.?(?=\s(?!(?:{LEGAL_FORMS}|Holdings?|Partners?|Fund|Bank|Group|Liability|Partnership|Company|II|III|IV|of|OF|HK|and|AND)\b)[A-Z][a-z])"
)
SHARP_END = re.compile(rf"[\s,](?:{SHARP_FORMS})\b\.?,?$")
NAME_START = r"(?:(?:[Tt]he|THE)\s{1,3})?(?:[A-Z0-9@À-Þ][\w&.'’/*!-]{0,40}|[a-z][\w-]{1,30}\.(?:com|net|org|inc)\b|[a-z]\.[a-z]\.[a-z]\.|[a-z]\d\s[A-Z]|[a-z]{1,2}-?[A-Z0-9](?:\w{1,30}|(?=\s[A-Z]))|[a-z]-[a-z]{3,30})"
NAME_STARTS = re.compile(NAME_START)
_NOT_NAME = re.compile(
    r":|^the\s(?:\w{1,20}\s){1,3}parties$|\bstock\sexchange\b|,\sthe\s|\b(?:submit|click|complete|button)\b|\bagreement\b|\bact\sof\s\d{4}|\sand\s(?:the\s)?(?:reseller|customer|supplier|distributor|licensor|licensee|provider|client|vendor|consultant|franchisee|contractor|seller|buyer|sponsor|employee)(?:,?\s(?:each|both|all)\b.*)?$|\bof\sthe\s(?:company|corporation)$|\b(?:shall|will|must|agrees?|means?|that|which|desires?|wish(?:es)?|provides?|has|have|been|hereto|hereby|herein|pursuant|hereinafter|this|these|such|any|entered|dated|following|taken|sets?|forth|may|not|is|are|was|were|engaged|accordance|upon|no\slater|a\.m|p\.m|monday|friday|accepted|whereas|and\sthe|references?)\b|\bthe$",
    re.I,
)
NOBODY = re.compile(
    rf"^(?:\d{{1,2}}(?:\.\d+)*\.?\s+[A-Z].*|[A-Z]?\d+|(?:on\s)?the\s(?:one|first|other|second)\s(?:part|hand|side)|(?:the\s)?(?:parties|party|undersigned|agreement|contract|company|customer|supplier|distributor|licensor|licensee|provider|client|vendor|affiliates?|term|effective\sdate|section|article|exhibit|schedule|recitals?|whereas|each|you|we|both|all|any|and|date[d]?|address|tel|attention|interpretation|definitions?|reporting|corporation|state|county|city|territory|board|products?|services?|shareholders?|director|manager|name|title|signature|background|either|if|in|on|for|by|no|an?|it|its|these|those|there|other|federal\sdeposit\sinsurance\scorporation|financial\sindustry\sregulatory\sauthority|american\sarbitration\sassociation|food\sand\sdrug\sadministration|internal\srevenue\sservice|consultant|reseller|individual|fax|(?:master\s)?franchis(?:or|ee)|owner|agent|employee|executive|conditions?|(?:securities\sand\s)?exchange\scommission)\b[.:]?|january|february|march|april|may|june|july|august|september|october|november|december|{STATES})(?:\s\d.*)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A person as named: ranges of name and of what is said of it, and the alias ("" when there is none)."""

    start: int
    end: int
    alias: str
    described_to: int


_OF_PLACE = re.compile(rf"\sof\s(?:the\s)?(?:{STATES}|America)(?=\s?[,(])")  # "Acme, Inc. of Ohio, a"


def name_end(text: str, at: int, end: int) -> int:
    """Where a name that begins at ``at`` ends: at its legal form, or before the words that describe it."""
    reach = min(end, at + 170)
    tail = _END.search(text, at + 2, reach)
    while (
        tail
        and re.match(r",?\s{1,3}(?:A|THE|AS)\s", tail.group() + " ")
        and text[at : tail.start()].isupper()
    ):
        # in capitals, letters alone do not tell the article "A" from a name's "A"
        tail = _END.search(text, tail.start() + 2, reach)
    finish = tail.start() if tail else reach
    form = _FORM.search(text, at + 2, reach)
    if form and form.end() < finish:
        of_place = _OF_PLACE.match(text, form.end(), reach)
        finish = of_place.end() if of_place else form.end()
    joined = re.search(r"\s{1,3}(?:and|AND)\s{1,3}", text[at:finish])
    if joined and tail is None and form is None:
        finish = at + joined.start()
    return at + len(_TRAILING.sub("", text[at:finish]))


# "Ann Lee of (the "Employee")": an address left out.
_TRAILING = re.compile(r"(?:[ ,;:\n\t–-]{1,60}(?:of|at|by)?)$")


def is_name(words: str) -> bool:
    """Whether words could be a name: not a role, a label, a date, a state or part of a sentence."""
    flat = " ".join(words.split()).strip(" ,.")
    if not 2 <= len(flat) <= 130 or len(flat.split()) > 14 or NOBODY.match(flat):
        return False
    return not _NOT_NAME.search(flat)
