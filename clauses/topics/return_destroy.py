"""Return or destruction of confidential information: when, how fast, what may be kept, who certifies."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import members, number_near, yes_no
from clauses.topics.values import Instance, Topic, number_of, set_of, word_of

_RETURNS = r"\b(?:return|destroy|delete|erase)\b[^.]*\b(?:confidential information|materials|copies|tangible)\b|\breturn or destr\w+\b"


def read(page: Page) -> Sequence[Instance]:
    """The clause on return or destruction, with the sentences on copies that may be kept."""
    found = page.find_clauses(
        _RETURNS, but=r"\bpersonal data\b|\bprocessor\b|\breverse engineer\b[^.]*\bdocumentation\b"
    )
    strong = [p for p in found if p.has(r"\b(?:upon|on|after|when|within|following|at)\b")]
    return [_instance(passage) for passage in strong[:1]]


def _instance(passage: Passage) -> Instance:
    keep = {
        "backup": r"\bback-?\s?ups?\b|\barchiv(?:e|es|al systems?)\b|\bautomatic\w*\b[^.]{0,30}\b(?:cop|stor)\w+",
        "legal_copy": r"\bone\b[^.]{0,30}\bcopy\b|\b(?:an?|single)\s+(?:archival|record|file|legal)?\s*copy\b|\brequired by (?:applicable )?laws?\b|\brecord[- ]retention\b|\blegal (?:hold|obligation|requirement)s?\b",
    }
    values = {
        "days": number_near(
            passage, r"\b(?:within|return|destroy|delete|request|after)\b", "day", "day", reach=80
        ),
        "on_request": yes_no(passage, r"\brequest\b|\bdemand\b"),
        "keep": members(passage, keep),
        "certificate": yes_no(
            passage,
            r"\bcertif\w+\b|\bconfirm\w*\b[^.]{0,60}\b(?:in writing|written)\b|\bwritten confirmation\b",
        ),
        "protected": yes_no(
            passage,
            r"\b(?:continue to|remain\w*|subject to)\b[^.]{0,80}\b(?:apply|confidential\w*|terms|agreement|nda|mnda|obligations)\b",
        ),
    }
    return Instance((passage.span,), values)


TOPIC = Topic(
    "return_destroy", "Return or destruction", "return or destruction of confidential information",
    {
        "days": number_of("time to return or destroy", "day"),
        "on_request": word_of("duty to return on request", "yes", "no"),
        "keep": set_of("copies that may be kept", "backup", "legal_copy"),
        "certificate": word_of("written confirmation of destruction", "yes", "no"),
        "protected": word_of("kept copies stay protected", "yes", "no"),
    },
    read, after=(r"term\b", r"compelled|required by law", r"confidential"), clause_types=("confidentiality",),
)  # fmt: skip
