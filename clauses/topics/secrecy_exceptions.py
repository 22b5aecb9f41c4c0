"""Information that is free of the duty of secrecy, and who must show it."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import choice, members
from clauses.topics.values import Instance, Topic, set_of, word, word_of

_LEAD = (
    r"\b(?:obligations?|restrictions?|duties|agreement|nda|section"
    r"|clause)\b[^.]{0,90}\b(?:do(?:es)? not|shall not|will not)\s+(?:apply"
    r"|extend)\b[^.]{0,80}\binformation\b"
    r"|\bconfidential information\b[^.]{0,40}\b(?:do(?:es)?|shall|will) not (?:include|extend|cover|apply)\b"
    r"|\b(?:excluded|exempt) from (?:the )?(?:definition of )?confidential information\b"
)
_ITEMS = {
    "public": r"\bpublic(?:ly)?\b|\bgenerally (?:available|known)\b",
    "known": r"\b(?:knew|known|possess\w*)\b[^;.]{0,80}\b(?:prior|before|already"
    r"|at the time)\b|\b(?:already|previously)\b[^;.]{0,30}\b(?:known|possess\w*"
    r"|held)\b|\b(?:prior to|before)\b[^;.]{0,30}\b(?:receipt|disclosure)\b",
    "third_party": r"\bthird part(?:y|ies)\b|\bsomeone else\b|\banother (?:source|person)\b",
    "independent": r"\bindependently\b|\bdeveloped\b[^;.]{0,60}\bwithout\b|\bdeveloped by or for\b",
    "released": r"\bapproved (?:for|in writing)\b[^;.]{0,30}\b(?:release|disclosure|writing)\b"
    r"|\bauthori[sz]ed for release\b",
    "feedback": r"\bfeedback\b|\bunsolicited\b",
}


def read(page: Page) -> Sequence[Instance]:
    """Each clause that takes information out of the duty, with its list."""
    return [_instance(passage) for passage in page.find_clauses(_LEAD) if passage.has(_ITEMS["public"])]


def _instance(passage: Passage) -> Instance:
    begin = passage.find(_LEAD)
    listed = passage.after(begin.start) if begin else passage
    proof = choice(
        listed,
        (
            "records",
            r"\b(?:written|documentary|contemporaneous|business"
            r"|competent)\b[^.;]{0,20}\b(?:records?|evidence|documents?)\b|\bcan document\b"
            r"|\bdocumented\b",
        ),
        (
            "shown",
            r"\b(?:can|is able to|able to|may)\s+(?:demonstrate|show|prove|establish)\b"
            r"|\bdemonstrabl[ey]\b|\bproven\b",
        ),
    )
    values = {"exceptions": members(listed, _ITEMS), "proof": proof if proof.is_read else word("none")}
    anchors = (
        {} if (lead := listed.find(r"\binformation\b\s+(?:that|which)")) is None else {"information": lead}
    )
    return Instance((passage.span,), values, anchors)


TOPIC = Topic(
    "secrecy_exceptions",
    "Exceptions to confidentiality",
    "a list of information that is not confidential",
    {
        "exceptions": set_of("the exceptions", *_ITEMS),
        "proof": word_of("proof of an exception", "records", "shown", "none"),
    },
    read,
    after=(r"use and protection|obligations", r"confidential"),
    clause_types=("confidentiality",),
)
