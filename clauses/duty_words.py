"""The words duties are told by: who may bear one, which verbs bind, where a name before a verb bears nothing.

Patterns are made once for each contract, with the names of its parties in them. Every run of free words is
bounded, so that time grows with the length of the text.
"""
# ruff: noqa: E501, SIM905  (patterns and word tables are harder to check when cut over lines or quoted word by word)

import re
from collections.abc import Iterable
from dataclasses import dataclass

from clauses.model import Party

_MODALS = (
    r"(?:shall|will|must|may|can)\s{1,2}(?:not|only)(?:\s{1,2}be\s{1,2}(?:required|obliged|obligated|permitted|allowed|entitled|liable|responsible)\s{1,2}(?:to|for))?|"
    r"(?:shall|will|must|may)(?:\s{1,2}be\s{1,2}(?:required|obliged|obligated|permitted|allowed|entitled|responsible|liable|prohibited)(?:\s{1,2}(?:to|for|from))?)?|cannot|"
    r"(?:is|are)\s{1,2}(?:not\s{1,2})?(?:solely\s{1,2}|fully\s{1,2})?(?:required|obliged|obligated|responsible|permitted|entitled|prohibited|liable)(?:\s{1,2}(?:to|for|from))?|"
    r"(?:(?:hereby\s{1,2})?(?:agrees?|undertakes?|covenants?|commits?)\s{1,2}(?:not\s{1,2})?to)|"
    r"(?:agrees?\s{1,2}that(?:,?\s{1,2}(?:at|during|for|in|throughout|upon|after|with|without|subject\sto)\s[^.;:]{1,240},)?\s{1,2}(?:it|they|he|she)\s{1,2}(?:shall|will)(?:\s{1,2}not)?)"
)
_PARTY = (
    r"(?:(?!related\b|interested\b|contracting\b)(?:non-)?[a-z]{3,15}(?:ing|ed)(?:\s{1,2}(?:or|and)\s{1,2}(?:non-)?[a-z]{3,15}(?:ing|ed))?|other|first|second)\s{1,2}party"
    r"|party\s{1,2}(?:receiving|making|providing|giving|seeking|claiming|requesting|paying|asserting)(?:\s{1,2}[\w-]{1,20}){1,4}?"
)
_GENERIC = (
    r"(?:each\s{1,2}party|each\s{1,2}of\s{1,2}the\s{1,2}parties|either\s{1,2}(?:of\s{1,2}the\s{1,2})?part(?:y|ies)|neither\s{1,2}(?:of\s{1,2}the\s{1,2})?part(?:y|ies)|no\s{1,2}party|both\s{1,2}parties|the\s{1,2}parties|parties|"
    rf"(?:the\s{{1,2}})?(?:{_PARTY})|"
    r"a\s{1,2}party|such\s{1,2}party|that\s{1,2}party|any\s{1,2}party)(?:\s{1,2}hereto)?|(?:the\s{1,2})?(?:recipient|discloser|indemnitor|indemnitee)(?:\s{1,2}party)?"
)
_BUILT_IN = (
    "Customer Provider Supplier Vendor Client Licensor Licensee Company Contractor Consultant Discloser Recipient Employer Employee "
    "Buyer Seller Purchaser Distributor Reseller Partner Controller Processor Subprocessor Landlord Tenant Agent Manufacturer"
).split()
_VERB = r"(?:made|paid|given|kept|held|withheld|borne|sent|done|set|met|sold|built|taken|shown|written|chosen|undertaken|\w{2,20}ed)"
# "Other Reseller" is not the Reseller of this contract.
_OTHER = re.compile(
    r"\b(?:Other|Third|Prospective|Potential|Approved|Authori[sz]ed|Related|Former|Additional|Sub)\s{1,2}$"
)

_NO_SUBJECT = re.compile(
    r"\b(?:(?:to|by|from|of|with|for|against|between|on|upon|than|at|under|in|or|that|which|as|is)\s{1,2}(?:the\s{1,2})?"
    r"|(?:to|by|from|of|with|for|against|between|on|upon|than|under|as)\s{1,2}(?:its|their|such|any|each|all|our|your|an?)\s{1,2}(?:[a-z]{2,14}(?:ed|ing|al|ive|wn|en)\s{1,2})?)$"
    r"|\bnor\s{1,2}(?:(?:the|any|an?)\s{1,2})?(?:other\s{1,2})?$",
    re.I,
)
_OBJECT_CLAUSE = re.compile(r"\b(?:that|which)\s{1,2}(?:the\s{1,2})?$", re.I)
_OBJECT_OR = re.compile(r"\b(?:to|by|from|of|with)\s[\w ]{1,20}\sor\s{1,2}$")
# "if Provider cannot mend it, …", "if, on that day, Reseller shall have stock, …": what is assumed binds nobody.
_ASSUMED = re.compile(
    r"(?:^|[\s,;(—])(?:if|unless|when|whenever|where|once|until|in\sthe\sevent(?:\sthat)?|in\scase|to\sthe\sextent(?:\sthat)?|as\slong\sas|"
    r"so\slong\sas|because|while|whether|how|before|after|than|so\sthat)\s{1,3}(?:(?:and\sonly\sif|only\sif|either|the|any|or\snot)\s{1,2})?$"
    r"|(?:^|[\s,;(])(?:if|when|where|unless),\s[^,;.]{1,90},\s{1,2}(?:the\s)?$",
    re.I,
)
# "any liability that Company may have", "by which Consultant will do so"; but "agrees that Company may".
_RELATIVE = re.compile(
    r"\b(?:which|whom|whose)\s{1,2}(?:the\s|any\s)?$"
    r"|\b(?:any|all|such)\s(?:[\w-]{1,20}\s){1,4}that\s{1,2}(?:the\s|any\s)?$"
    r"|\b(?:actions?|steps|measures?|rights?|liabilit(?:y|ies)|remed(?:y|ies)|claims?|information|obligations?|duties|manner|time|costs?|losses|amounts?|date|extent|way|means|matters?|changes?|services|products|materials|ideas|records|documents|copies|goods)\s{1,2}(?:that\s{1,2})?(?:the\s|any\s|either\s)?$",
    re.I,
)
_IN_WHICH_CASE = re.compile(r"\b(?:case|event)\s{1,2}(?:the\s)?$", re.I)

_NO_DEED = re.compile(
    r"(?:also\s|otherwise\s|not\s|always\s|each\s|each\sbe\s){0,2}(?:be\s(?:\w{1,15}ly\s)?(?:deemed|considered|construed|interpreted|referred\sto|known\sas|called|regarded|understood)\b"
    r"|apply\b|surviv\w+\b|continue\s(?:until|in\s(?:full\s)?(?:force|effect))|remain\sin\s(?:full\s)?(?:force|effect)|constitute\b)",
    re.I,
)
_HAVE = re.compile(
    r"(?:otherwise\s|also\s)?have(?:[\s,.]|$)(?!no\b|the\b|a\b|an\b|any\b|its\b|sole\b|full\b)", re.I
)
_A_THING = re.compile(r"(?:a|an|the|any|such|these|this|its|all|each|following)\s", re.I)
_NOTE = re.compile(
    r"\[\s{0,4}(?:drafting\snote|for\sexample|note\sto|instructions?)\b[^\[\]]{0,4000}\]", re.I
)


@dataclass(frozen=True, slots=True)
class Words:
    """The patterns for one contract's parties."""

    subject: re.Pattern[str]
    people: re.Pattern[str]
    passive: re.Pattern[str]
    pronoun: re.Pattern[str]
    longer: re.Pattern[str]
    owner: re.Pattern[str]


def words_of(parties: Iterable[Party], text: str = "") -> Words:
    """Patterns for these parties, and for those that the front of the text calls by an alias alone."""
    parties = tuple(parties)
    names = "|".join(party_names(parties, _aliases_of_blanks(text)))
    one = rf"(?:{names})"
    more = rf"(?:(?:the|its|each|any)\s{{1,2}})?(?:{names}|[A-Z][a-z]{{2,20}}(?:\s{{1,2}}[A-Z][a-z]{{2,20}}){{0,2}})"
    who = (
        rf"(?i:neither)\s{{1,2}}(?:the\s{{1,2}})?{one},?\s{{1,2}}nor\s{{1,2}}(?:{more}|(?:its|any)\s[\w ]{{2,40}}?)"
        rf"|(?i:either)\s{{1,2}}(?:the\s{{1,2}})?{one}\s{{1,2}}or\s{{1,2}}(?:the\s{{1,2}})?{one}"
        rf"|(?:(?i:each)\s{{1,2}}of\s{{1,2}})?(?:(?:the|[Ee]ach|[Aa]ll|any|no|No)\s{{1,2}})?{one}(?:\s{{1,2}}(?:and|or|and/or)\s{{1,2}}(?!its\b){more})?"
        rf"|(?i:{_GENERIC})"
    )
    subject = re.compile(
        rf"(?<![\w-])(?P<who>{who})(?:\s{{1,2}}(?:and|or)\s{{1,2}}its\s{{1,2}}[A-Za-z]{{1,20}})?(?:\s\((?!(?:a|i|1)\))[^()]{{1,60}}\))?(?:,[^,;.]{{1,80}},)?(?P<mark>:?\s{{1,3}}\((?:a|i|1)\))?\s{{1,3}}"
        rf"(?:(?:also|further|hereby|each|both|shall\salso|then|only|therefore|promptly|jointly)\s{{1,2}})?(?P<modal>{_MODALS})\b"
    )
    people = re.compile(
        rf"(?:the\s{{1,2}}|any\s)?(?P<name>(?:{names})|(?i:the\sother\sparty|each\sother|the\sdisclosing\sparty|the\sreceiving\sparty))\b"
    )
    passive = re.compile(
        rf"\b(?P<modal>(?:shall|will|must|may)(?:\s{{1,2}}not)?\s{{1,2}}be|(?:is|are)(?=\s{{1,2}}(?:payable|due)\b))\s{{1,2}}(?:\w{{1,15}}ly\s{{1,2}})?(?P<verb>{_VERB}|payable|due)\b"
        rf"(?P<middle>[^.;]{{0,120}}?)\s{{1,2}}(?:by|from)\s{{1,2}}(?P<who>(?:the\s{{1,2}})?(?:{names})|(?i:{_GENERIC}))(?!['’]s)\b"
    )
    pronoun = re.compile(
        rf"\W{{0,4}}(?i:if|in\s{{1,2}}the\s{{1,2}}event(?:\s{{1,2}}that)?|where|when|should)\s{{1,2}}(?:the\s{{1,2}})?(?P<who>{names})\s{{1,2}}"
        rf"[^.;:]{{3,220}}?,\s{{1,2}}(?:then\s{{1,2}})?(?P<it>(?:it|he|she)\s{{1,2}})(?P<modal>{_MODALS})\b"
    )
    quoted = re.compile(
        rf"[“\"](?P<first>[A-Z][\w-]{{1,20}}(?:\s{{1,2}}[A-Z][\w-]{{1,20}}){{0,2}})\s{{1,2}}(?:{names})[”\"]"
    )
    firsts = sorted({re.escape(m["first"]) for m in quoted.finditer(text)})
    longer = re.compile(rf"\b(?:{'|'.join(firsts)})\s{{1,2}}$" if firsts else r"(?!)")
    owner = re.compile(
        rf"(?:^|[.;\n]\s{{0,3}})(?P<who>(?:the\s{{1,2}})?(?:{names})|(?i:each\s{{1,2}}party)):\s*\Z"
    )
    return Words(subject, people, passive, pronoun, longer, owner)


# "by and between Alder, Inc. and ______ (hereinafter the "Singer")", "(each a "Member" and together the "Members")"
_FRONT = 6000
_BLANK_NAME = re.compile(
    r"(?:_{3,}|\[[^\]\n]{0,40}\])[^.;_“”\"]{0,200}\([^()“”\"]{0,60}[“\"](?P<alias>[A-Z][\w’' -]{1,40})[”\"]\s?\)"
)
_EACH_A = re.compile(
    r"\(\s?(?:each|individually)[^()“”\"]{0,30}[“\"](?P<alias>[A-Z][\w-]{2,30}),?[”\"],?\s{1,2}(?:and\s{1,2})?(?:collectively|together|jointly)[^()“”\"]{0,30}[“\"](?P<all>[A-Z][\w-]{2,30})[,.]?[”\"]"
)


def shared_names(text: str) -> frozenset[str]:
    """Names that stand for every party alike ("each a "Member" and together the "Members""), in small letters."""
    return frozenset(name.lower() for name in _names_of_all(text[:_FRONT]))


def _names_of_all(front: str) -> set[str]:
    return {m[name] for m in _EACH_A.finditer(front) for name in ("alias", "all")}


def _aliases_of_blanks(text: str) -> set[str]:
    """What the front calls a party whose name is left blank, and the one name all parties share."""
    front = text[:_FRONT]
    found = {m["alias"] for m in _BLANK_NAME.finditer(front)} | _names_of_all(front)
    return {name for name in found if not re.search(r"Part(?:y|ies)$|Agreement|Date$|Contract$", name)}


def party_names(parties: Iterable[Party], more: Iterable[str] = ()) -> list[str]:
    names = set(more) | {re.sub(r"^the\s+", "", p.alias, flags=re.I) for p in parties if p.alias}
    names |= {p.name for p in parties if p.name and len(p.name) > 2}
    names |= set(_BUILT_IN)
    return [re.escape(n).replace(r"\ ", r"\s{1,2}") for n in sorted(names, key=lambda n: (-len(n), n))]


def notes_to_draft(text: str) -> list[tuple[int, int]]:
    """Ranges of notes to whoever fills in the form: they bind nobody."""
    return [m.span() for m in _NOTE.finditer(text)]


def bears_nothing(sentence: str, match: re.Match[str], longer: re.Pattern[str]) -> bool:
    """Whether the name before a verb is no subject of a duty: behind a preposition ("notice to Customer shall
    be given"), in a condition ("if Provider cannot …"), in a relative clause ("any right that Company may
    have"), or part of another name ("Other Reseller"; ``longer`` finds the first words of defined ones).
    """
    before = sentence[max(0, match.start() - 100) : match.start()]
    if _OTHER.search(before) or longer.search(before) or _ASSUMED.search(before):
        return True
    if _RELATIVE.search(before) and not _IN_WHICH_CASE.search(before):
        return True
    before = before[-24:]
    if not _NO_SUBJECT.search(before) or _OBJECT_CLAUSE.search(before):
        return False
    return not re.search(r"\bor\s{1,2}(?:the\s{1,2})?$", before) or bool(_OBJECT_OR.search(before))


def is_no_deed(modal: str, action: str) -> bool:
    """Words that follow a modal and tell nobody to do or leave something: "be deemed", "agree to a price"."""
    if _NO_DEED.match(action):
        return True
    if modal.endswith(("agree to", "agrees to")):
        return _A_THING.match(action) is not None
    return modal.startswith("may") and _HAVE.match(action) is not None


def kind_of(bearer: str, modal: str, action: str = "") -> str:
    """duty, ban, right, or release ("shall not be required to", "shall have no obligation to")."""
    low, does = modal.lower(), action.lower()
    none = bearer.lower().startswith(("neither", "no "))
    if not none and "not" not in low.split():
        if re.match(
            r"(?:also\s|each\s)?have\s(?:the|a|an|full|sole|such|this|complete|unlimited|exclusive|absolute|free|all|final)\s(?:(?!(?:under|with|within|in|to|for|who|that|which)\b)[^\s,;:.]{1,30}\s){0,5}?(?:rights?|options?|authority|discretion|privilege|power|control|opportunity)\b"
            r"|(?:also\s|each\s)?retain\s(?:all|full|sole|exclusive)\s(?:of\s(?:its\s|the\s)?)?(?:(?!of\b)\w{1,30},?\s){0,2}(?:rights?|title|ownership|interest)\b",
            does,
        ):
            return "right"
        if re.match(
            r"(?:thereafter\s)?have\sno\s(?:further\s|other\s)?(?:obligations?|liabilit|dut|responsib)", does
        ):
            return "release"
        if re.match(
            r"(?:have\sno\s(?:\w+\s)?(?:rights?|authority|power)\b|no\slonger\b|refrain\b|cease\b.{0,20}\bto\b)",
            does,
        ):
            return "ban" if not does.startswith(("refrain", "cease")) else "duty"
    if (
        not none
        and "not" not in low.split()
        and re.match(
            r"be\s(?:indemnified|reimbursed|compensated|held\sharmless|free\s(?:of|from)\s(?:(?:any|all|further)\s){0,2}(?:liability|charge|claims?|obligations?))\b",
            does,
        )
    ):
        return "right"
    if re.match(r"be\s(?:restricted|prevented|prohibited|precluded|barred)\b", does):
        return "right" if ("not" in low.split() or none) else "ban"
    if none and re.match(
        r"have\s(?:any|a)\s(?:further\s|other\s)?(?:obligation|liabilit|dut|responsib)", does
    ):
        return "release"
    if re.search(r"\b(?:entitled|permitted|allowed)\b", low):
        return "ban" if "not" in low or none else "right"
    if re.search(r"\b(?:required|obliged|obligated|responsible|liable)\b", low):
        return "release" if "not" in low or none else "duty"
    if "prohibited" in low:
        return "duty" if "not" in low.split() else "ban"
    if "not" in low.split() or low in ("cannot", "may only", "can only") or none:
        return "ban"
    return "right" if low.split()[0] in ("may", "can") else "duty"
