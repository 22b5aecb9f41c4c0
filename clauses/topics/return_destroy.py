"""Return or destruction of confidential information: when, how fast, what may be kept, who certifies."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import members, number_near, yes_no
from clauses.topics.values import Instance, Topic, number_of, set_of, word, word_of

_RETURNS = (
    r"\b(?:return|destroy|delete|erase)\b[^.]*\b(?:confidential information"
    r"|materials|copies|tangible)\b|\breturn or destr\w+\b"
)


def read(page: Page) -> Sequence[Instance]:
    """The clause on return or destruction, with the next one where it says what may be kept."""
    found = page.find_clauses(
        _RETURNS, but=r"\bpersonal data\b|\bprocessor\b|\breverse engineer\b[^.]*\bdocumentation\b"
    )
    strong = [p for p in found if p.has(r"\b(?:upon|on|after|when|within|following|at)\b")]
    return [_instance(_with_kept(page, passage)) for passage in strong[:1]]


def _with_kept(page: Page, passage: Passage) -> Passage:
    """ "The Recipient may keep: …" often stands in a clause of its own behind the duty."""
    index = page.index_at(passage.end - 1) + 1
    if index >= len(page.lines) or page.lines[index].is_heading:
        return passage
    following = page.clause_around(index)
    keeps = following.has(r"\bmay (?:keep|retain)\b|\bretain\b") and following.start > passage.end
    return page.passage(passage.start, following.end) if keeps else passage


def _kept(passage: Passage) -> Passage:
    """The words from the first that lets something be kept: only what follows them is an exception."""
    span = passage.find(
        r"\b(?:retain\w*|keep|kept|except\w*|other than|unless|excluding" r"|not (?:be )?required|however)\b"
    )
    if span is None:
        return Passage("", passage.end)
    if passage.words(span).lower() == "kept":  # "backups may be kept": what is kept stands before the verb
        before = passage.text[: span.start - passage.start]
        return passage.after(passage.start + max(before.rfind(mark) for mark in ".;:") + 1)
    return passage.after(span.start)


def _instance(passage: Passage) -> Instance:
    keep = {
        "backup": r"\bback-?\s?ups?\b|\barchiv(?:e|es|al systems?)\b"
        r"|\bautomatic\w*\b[^.]{0,30}\b(?:cop|stor)\w+",
        "legal_copy": r"\bone\b[^.]{0,30}\bcopy\b|\b(?:an?|single)\s+(?:archival|record|file"
        r"|legal)?\s*copy\b|\brequired by (?:applicable )?laws?\b"
        r"|\brecord[- ]retention\b|\blegal (?:hold|obligation|requirement)s?\b",
    }
    swept = passage.find(r",?\s*including (?:every|all|any)\b[^,.;]*\b(?:back-?ups?|archives?)\b[^,.;]*,?")
    values = {
        "days": number_near(
            passage, r"\b(?:within|return|destroy|delete|request|after)\b", "day", "day", reach=80
        ),
        "on_request": yes_no(passage, r"\brequest\b|\bdemand\b"),
        "keep": members(_kept(passage), keep),
        "backups_too": word("no") if swept is None else word("yes", swept),
        "certificate": yes_no(
            passage,
            r"\bcertif\w+\b|\bconfirm\w*\b[^.]{0,60}\b(?:in writing|written)\b|\bwritten confirmation\b",
        ),
        "protected": yes_no(
            passage,
            r"\b(?:continue to|remain\w*|subject to)\b[^.]{0,80}\b(?:apply|confidential\w*"
            r"|terms|agreement|nda|mnda|obligations)\b",
        ),
    }
    return Instance((passage.span,), values)


TOPIC = Topic(
    "return_destroy",
    "Return or destruction",
    "return or destruction of confidential information",
    {
        "days": number_of("time to return or destroy", "day"),
        "on_request": word_of("duty to return on request", "yes", "no"),
        "keep": set_of("copies that may be kept", "backup", "legal_copy"),
        "backups_too": word_of("backups to be destroyed as well", "yes", "no"),
        "certificate": word_of("written confirmation of destruction", "yes", "no"),
        "protected": word_of("kept copies stay protected", "yes", "no"),
    },
    read,
    after=(r"term\b", r"compelled|required by law", r"confidential"),
    clause_types=("confidentiality",),
)
