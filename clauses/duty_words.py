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
    r"(?:agrees?\s{1,2}that(?:,?\s{1,2}(?:at|during|for|in|throughout|upon|after)\s[^.;:]{1,240},)?\s{1,2}(?:it|they)\s{1,2}(?:shall|will)(?:\s{1,2}not)?)"
)
_PARTY = r"(?:non-)?(?:receiving|disclosing|indemnifying|indemnified|breaching|terminating|affected|defaulting|other|assigning|requesting|first|second)\s{1,2}party"
_GENERIC = (
    r"(?:each\s{1,2}party|each\s{1,2}of\s{1,2}the\s{1,2}parties|either\s{1,2}(?:of\s{1,2}the\s{1,2})?part(?:y|ies)|neither\s{1,2}(?:of\s{1,2}the\s{1,2})?part(?:y|ies)|no\s{1,2}party|both\s{1,2}parties|the\s{1,2}parties|parties|"
    rf"(?:the\s{{1,2}})?{_PARTY}|"
    r"a\s{1,2}party|such\s{1,2}party|that\s{1,2}party|any\s{1,2}party)(?:\s{1,2}hereto)?|(?:the\s{1,2})?(?:recipient|discloser|indemnitor|indemnitee)(?:\s{1,2}party)?"
)
_BUILT_IN = (
    "Customer Provider Supplier Vendor Client Licensor Licensee Company Contractor Consultant Discloser Recipient Employer Employee "
    "Buyer Seller Purchaser Distributor Reseller Partner Controller Processor Subprocessor Landlord Tenant Agent Manufacturer"
).split()
_VERB = r"(?:made|paid|given|kept|held|borne|sent|done|set|met|sold|built|taken|shown|written|chosen|undertaken|\w{2,20}ed)"
# "Other Reseller" is not the Reseller of this contract.
_OTHER = re.compile(
    r"\b(?:Other|Third|Prospective|Potential|Approved|Authori[sz]ed|Related|Former|Additional|Sub)\s{1,2}$"
)

_NO_SUBJECT = re.compile(
    r"\b(?:(?:to|by|from|of|with|for|against|between|on|upon|than|at|under|in|or|that|which|as|is)\s{1,2}(?:the\s{1,2})?"
    r"|(?:to|by|from|of|with|for|against|between|on|upon|than|under)\s{1,2}(?:its|their|such|any|each|all|our|your)\s{1,2})$",
    re.I,
)
_OBJECT_CLAUSE = re.compile(r"\b(?:that|which)\s{1,2}(?:the\s{1,2})?$", re.I)
_OBJECT_OR = re.compile(r"\b(?:to|by|from|of|with)\s[\w ]{1,20}\sor\s{1,2}$")
# "if Provider cannot mend it, …", "if, on that day, Reseller shall have stock, …": what is assumed binds nobody.
_ASSUMED = re.compile(
    r"(?:^|[\s,;(—])(?:if|unless|when|whenever|where|once|until|in\sthe\sevent(?:\sthat)?|in\scase|to\sthe\sextent(?:\sthat)?|as\slong\sas|"
    r"so\slong\sas|because|while|whether|how|before|after|than)\s{1,3}(?:(?:and\sonly\sif|only\sif|either|the|any|or\snot)\s{1,2})?$"
    r"|(?:^|[\s,;(])(?:if|when|where|unless),\s[^,;.]{1,90},\s{1,2}(?:the\s)?$",
    re.I,
)
# "any liability that Company may have", "by which Consultant will do so"; but "agrees that Company may".
_RELATIVE = re.compile(
    r"\b(?:which|whom|whose)\s{1,2}(?:the\s|any\s)?$"
    r"|\b(?:any|all|such)\s(?:[\w-]{1,20}\s){1,4}that\s{1,2}(?:the\s|any\s)?$"
    r"|\b(?:actions?|steps|measures?|rights?|liabilit(?:y|ies)|remed(?:y|ies)|claims?|information|obligations?|duties|manner|time|costs?|losses|amounts?|date|extent|way|means|matters?|changes?|services|products|materials|ideas)\s{1,2}(?:that\s{1,2})?(?:the\s|any\s|either\s)?$",
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


def words_of(parties: Iterable[Party]) -> Words:
    names = "|".join(party_names(parties))
    one = rf"(?:{names})"
    more = rf"(?:(?:the|its|each|any)\s{{1,2}})?(?:{names}|[A-Z][a-z]{{2,20}}(?:\s{{1,2}}[A-Z][a-z]{{2,20}}){{0,2}})"
    who = (
        rf"(?i:neither)\s{{1,2}}(?:the\s{{1,2}})?{one},?\s{{1,2}}nor\s{{1,2}}(?:{more}|(?:its|any)\s[\w ]{{2,40}}?)"
        rf"|(?i:either)\s{{1,2}}(?:the\s{{1,2}})?{one}\s{{1,2}}or\s{{1,2}}(?:the\s{{1,2}})?{one}"
        rf"|(?:(?i:each)\s{{1,2}}of\s{{1,2}})?(?:(?:the|each|any|no|No)\s{{1,2}})?{one}(?:\s{{1,2}}(?:and|or|and/or)\s{{1,2}}(?!its\b){more})?"
        rf"|(?i:{_GENERIC})"
    )
    subject = re.compile(
        rf"(?<![\w-])(?P<who>{who})(?:\s{{1,2}}(?:and|or)\s{{1,2}}its\s{{1,2}}[A-Za-z]{{1,20}})?(?:\s\([^()]{{1,60}}\))?(?:,[^,;.]{{1,80}},)?\s{{1,3}}"
        rf"(?:(?:also|further|hereby|each|both|shall\salso|then|only|therefore|promptly|jointly)\s{{1,2}})?(?P<modal>{_MODALS})\b"
    )
    people = re.compile(
        rf"(?:the\s{{1,2}}|any\s)?(?P<name>(?:{names})|(?i:the\sother\sparty|each\sother|the\sdisclosing\sparty|the\sreceiving\sparty))\b"
    )
    passive = re.compile(
        rf"\b(?P<modal>(?:shall|will|must|may)(?:\s{{1,2}}not)?\s{{1,2}}be|(?:is|are)(?=\s{{1,2}}(?:payable|due)\b))\s{{1,2}}(?:\w{{1,15}}ly\s{{1,2}})?(?P<verb>{_VERB}|payable|due)\b"
        rf"(?P<middle>[^.;]{{0,120}}?)\s{{1,2}}(?:by|from)\s{{1,2}}(?P<who>(?:the\s{{1,2}})?(?:{names})|(?i:{_GENERIC}))(?!['’]s)\b"
    )
    return Words(subject, people, passive)


def party_names(parties: Iterable[Party]) -> list[str]:
    names = {re.sub(r"^the\s+", "", p.alias, flags=re.I) for p in parties if p.alias}
    names |= {p.name for p in parties if p.name and len(p.name) > 2}
    names |= set(_BUILT_IN)
    return [re.escape(n).replace(r"\ ", r"\s{1,2}") for n in sorted(names, key=lambda n: (-len(n), n))]


def notes_to_draft(text: str) -> list[tuple[int, int]]:
    """Ranges of notes to whoever fills in the form: they bind nobody."""
    return [m.span() for m in _NOTE.finditer(text)]


def bears_nothing(sentence: str, match: re.Match[str]) -> bool:
    """Whether the name before a verb is no subject of a duty: behind a preposition ("notice to Customer shall
    be given"), in a condition ("if Provider cannot …"), in a relative clause ("any right that Company may
    have"), or part of another name ("Other Reseller").
    """
    before = sentence[max(0, match.start() - 100) : match.start()]
    if _OTHER.search(before) or _ASSUMED.search(before):
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
            r"(?:also\s|each\s)?have\s(?:the|a|an|full|sole|such|this|complete)\b[^,;:.]{0,60}?\b(?:rights?|options?|authority|discretion|privilege|power)\b",
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
