"""Which topic a row of a table is about: by the negotiators' words in its title, then by its clause type,
then by whether a reader finds something in its words.

A guess has a band: *sure* where title and reader or a telling title agree, *check* where one of them speaks,
*unsure* where only words of the text do.
"""
# ruff: noqa: E501  (patterns are harder to check when cut over lines)

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from clauses.classify import by_heading, by_phrases
from clauses.topics.page import Page
from playbooks.topics import TOPICS

SURE, CHECK, UNSURE = "sure", "check", "unsure"
_LONG = 4_000  # characters of a cell that are looked at

_WORDS: Mapping[str, str] = {
    "acceptance": r"\bacceptance\b(?! of (?:terms|policy))",
    "assignment": r"\bassignment\b|change of control|\bassign\b",
    "audit": r"\baudit",
    "auto_renewal": r"auto\w*[- ]renew|renewal(?! (?:pric|fee|cap|uplift))|evergreen",
    "breach_notice": r"(?:breach|incident) (?:notice|notif|report)|notif\w+ of (?:a )?(?:data |security )?(?:breach|incident)",
    "compelled_disclosure": r"compelled|required by law|legally required|subpoena",
    "confidential_information": r"definition of confidential|what is confidential|\bconfidential information\b|oral disclos",
    "customer_exit": r"(?:termination|exit) (?:for|at) (?:convenience|will)",
    "data_cap": r"super ?-?cap|enhanced cap|(?:data|breach|privacy|security).{0,20}(?:cap|liabilit)|higher cap",
    "data_return": r"data (?:return|export|portab)|return of (?:customer )?data",
    "data_use": r"use of (?:customer )?data|data (?:use|usage)|\bai training|aggregate|machine learning|train\w* (?:models?|ai)",
    "dpa_link": r"\bdpa\b|data (?:processing|protection) (?:agreement|addendum)",
    "erasure": r"\berasure|deletion of (?:personal )?data|data deletion",
    "force_majeure": r"force majeure|act of god",
    "governing_law": r"governing law|choice of law|applicable law|jurisdiction|\bvenue|\bforum|governing[- ]law",
    "indirect_loss": r"consequential|indirect (?:loss|damage)|excluded (?:loss|damage)|lost profits",
    "insurance": r"insuranc",
    "inventions": r"\binvention|prior works?\b",
    "ip_indemnity": r"(?:ip|infringement|intellectual property|third[- ]party).{0,25}(?:indemn|claim|mitigation)"
    r"|indemn|mitigation efforts",
    "late_delivery": r"late delivery|liquidated damages|delay damages",
    "liability_cap": r"(?:limit\w*|cap).{0,12} (?:of |on )?liabilit|liabilit\w*.{0,12}(?:cap|limit)|damages cap|general cap|^liability$",
    "mutuality": r"\bmutual|unilateral|one[- ]way|two[- ]way",
    "no_licence": r"no licen[cs]e|licen[cs]e by disclos",
    "non_solicit": r"non[- ]?solicit|no[- ]hire|poach",
    "notice_periods": r"probation|notice period",
    "payment_days": r"payment|invoic|\bnet \d\d",
    "penalty": r"penalt",
    "performance_warranty": r"(?:performance|product|service) warrant|^warrant|\bwarranty\b",
    "price_index": r"\bindex(?:ation)?\b|price adjust",
    "publicity": r"publicity|\blogos?\b|press release|reference customer|use of name|trademarks?\b|marketing",
    "renewal_price": r"(?:price|fee|renewal) (?:increase|uplift|cap|rise)|renewal (?:pric|fee)|uplift",
    "representatives": r"\brepresentatives\b|sharing with|permitted recipients|disclos\w+ to (?:affiliates|employees|advis)",
    "residuals": r"residual",
    "restraint": r"non[- ]?compet|restraint|restrictive covenant",
    "return_destroy": r"return (?:or|and|/) ?destr|destr(?:oy|uct)|return of (?:confidential|materials)",
    "secrecy_exceptions": r"exceptions?\b|exclusions? (?:from|to) confidential|independent development|feedback|carve[- ]?out",
    "secrecy_term": r"(?:confidential\w*|secre\w*|nda|survival).{0,20}(?:term|period|duration|length)|(?:term|period|duration|length)"
    r".{0,10}(?:confidential|secre)|^term$|survival",
    "security_measures": r"security (?:measure|standard|require|control)|information security|data security",
    "standard_of_care": r"standard of care|degree of care|duty of care",
    "sub_processors": r"sub-?processor",
    "suspension": r"suspen",
    "termination_cause": r"termination for (?:cause|breach)|cure period|^termination$|material breach",
    "transfers": r"transfer\w* (?:of data|abroad|outside)|cross[- ]border|data transfer|data (?:residency|location)|international transfer",
    "unilateral_change": r"unilateral (?:change|amend|modif)|changes? to (?:the )?terms|amend\w* by (?:posting|notice)",
    "uptime": r"uptime|availability|service level|\bslas?\b|multiple failures|service credits?",
    "volume": r"minimum (?:purchase|volume|commit)|forecast|take[- ]or[- ]pay",
    "work_product": r"work product|deliverables|ownership of (?:work|ip|results)|^(?:ip|intellectual property)(?: ownership| rights)?$"
    r"|ip ownership",
}  # fmt: skip
_SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])


@dataclass(frozen=True)
class Guess:
    """A topic the row may be about. `why` names what spoke for it."""

    topic: str
    score: float
    band: str
    why: str


def guess_topics(title: str, category: str, texts: str, *, side: str = "") -> tuple[Guess, ...]:
    """The topics a row may be about, best first, at most five. Empty where nothing speaks for any."""
    body = texts[:_LONG]
    types = {**{code: score / 2 for code, score in by_phrases(body).items()}, **by_heading(title)}
    scores: dict[str, tuple[float, list[str]]] = {}
    for code, topic in TOPICS.items():
        pattern = _pattern(code)
        score, why = 0.0, list[str]()
        if pattern.search(title):
            score += 5 if _is_own(code, title) else 4
            why.append("title")
        if pattern.search(category):
            score += 1.5
            why.append("section")
        if pattern.search(body):
            score += 1
            why.append("words")
        if topic.clause_types and (best := max(types.get(kind, 0.0) for kind in topic.clause_types)) > 0.3:
            score += 1.5 * best
            why.append("clause type")
        if score >= 1:
            scores[code] = (score, why)
    return _with_readers(scores, title, body, side)


def _with_readers(
    scores: Mapping[str, tuple[float, list[str]]], title: str, body: str, side: str
) -> tuple[Guess, ...]:
    """A reader that finds something in the words speaks for its topic; only likely topics are tried."""
    likely = sorted(scores, key=lambda code: (-scores[code][0], code))[:6]
    found: list[Guess] = []
    for code in likely:
        score, why = scores[code]
        if reads(code, title, body):
            score, why = score + 2, [*why, "read in its words"]
        if (code, side) in {("customer_exit", "provider"), ("provider_exit", "customer")}:
            score -= 0.5
        found.append(Guess(code, round(score, 2), "", ", ".join(why)))
    found.sort(key=lambda guess: (-guess.score, guess.topic))
    return tuple(Guess(guess.topic, guess.score, _band(guess, found), guess.why) for guess in found[:5])


def _band(guess: Guess, found: list[Guess]) -> str:
    ahead = guess.score - max((other.score for other in found if other is not guess), default=0.0)
    backed = guess.score >= 5 and ("read in" in guess.why or "clause type" in guess.why)
    if backed and ahead >= 1 and guess.why.startswith("title"):
        return SURE
    return CHECK if guess.score >= 3 else UNSURE


def reads(topic: str, title: str, text: str) -> bool:
    """Whether the topic's reader finds a place in these words, under this title or without one."""
    return any(TOPICS[topic].read(Page.from_text(shape)) for shape in (text, f"{title}\n{text}"))


@cache
def _pattern(code: str) -> re.Pattern[str]:
    """The words for a topic: those people use, and the words of its own title."""
    own = [
        re.escape(word) for word in re.findall(r"[a-z]+", TOPICS[code].title.lower()) if word not in _SMALL
    ]
    title = r"\W+(?:\w+\W+)?".join(own)
    return re.compile(f"(?:{_WORDS[code]})|{title}" if code in _WORDS else title, re.I)


def _is_own(code: str, title: str) -> bool:
    """The title of the row is the topic's own title."""
    return TOPICS[code].title.lower() in title.lower()
