"""Who on the receiving side may see confidential information, and on which conditions."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import members, yes_no
from clauses.topics.values import Instance, Topic, set_of, word_of

_WHO = {
    "employees": r"\bemployees\b|\bpersonnel\b|\bstaff\b",
    "directors": r"\bdirectors\b|\bofficers\b",
    "affiliates": r"\baffiliates?\b|\bgroup compan(?:y|ies)\b",
    "advisors": r"\badvis[eo]rs\b|\bcounsel\b|\bauditors\b|\baccountants\b",
    "contractors": r"\b(?:sub)?contractors\b|\bconsultants\b|\bagents\b",
}


def read(page: Page) -> Sequence[Instance]:
    """The clauses that let the recipient share information with its own people."""
    pattern = (
        r"\b(?:disclos\w+|available|access|share)\b[^.]*\b(?:employees|representatives"
        r"|personnel|advis[eo]rs|officers)\b"
    )
    found = [
        p
        for p in page.find_clauses(pattern)
        if p.has(r"\bneed\b|\bbound\b|\bbind\b|\bconfidential\w*\b[^.]*\brepresentatives\b")
    ]
    return [_instance(passage) for passage in found[:1]]


def _instance(passage: Passage) -> Instance:
    about = passage.sentence(r"\b(?:employees|representatives|personnel|advis[eo]rs|officers)\b") or passage
    bound = (
        r"\b(?:bound|subject|obliged|obligated)\b[^.]{0,60}\b(?:confidential\w*"
        r"|obligations|terms|duties|restrictions|secrecy)\b"
        r"|\bbind\b[^.]{0,30}\bconfiden\w+|\b(?:have|has) (?:signed"
        r"|agreed)\b[^.]{0,50}\b(?:confidential\w*|non-disclosure)\b"
    )
    responsible = (
        r"\b(?:responsible|liable|answerable|answers)\b[^.]{0,80}\b(?:compliance"
        r"|breach\w*|acts|conduct|them|representatives|comply)\b"
    )
    values = {
        "who": members(about, _WHO),
        "need_to_know": yes_no(
            passage,
            r"\bneed(?:s|ing)? to (?:know|have access)\b|\b(?:who|which|that) need (?:it"
            r"|the information|access)\b|\bneed\b[^.]{0,30}\bfor the purpose\b",
        ),
        "bound": yes_no(passage, bound),
        "responsible": yes_no(passage, responsible),
    }
    return Instance((passage.span,), values, {"people": about.span})


TOPIC = Topic(
    "representatives",
    "Sharing with representatives",
    "who may receive confidential information on the recipient’s side",
    {
        "who": set_of("people who may see it", *_WHO),
        "need_to_know": word_of("need to know", "yes", "no"),
        "bound": word_of("recipients bound to confidentiality", "yes", "no"),
        "responsible": word_of("responsibility for recipients", "yes", "no"),
    },
    read,
    after=(r"use and protection|obligations|exceptions", r"confidential"),
    clause_types=("confidentiality",),
)
