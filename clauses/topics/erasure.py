"""Erasure or return of personal data at the end: choice, days, backups, proof."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.values import Instance, Span, Topic, Value, absent, number, number_of, word, word_of

_ERASE = (
    r"\b(?:delet\w+|eras\w+|destroy\w*|return\w*)\b[^.]*\b(?:personal data"
    r"|customer (?:personal )?data)\b|\b(?:personal data"
    r"|customer (?:personal )?data)\b[^.]*\b(?:delet\w+|eras\w+|destroy\w*"
    r"|return\w*)\b"
)
_END = r"\b(?:end|ends|ended|expir\w+|terminat\w+|after|complet\w+)\b"


def read(page: Page) -> Sequence[Instance]:
    """Sentences on what happens to personal data when the services end."""
    found = page.find_sentences(
        _ERASE,
        follow=r"\bbackups?\b|\bcertif\w+\b|\bdelet\w+\b|\bconfirm\w*\b",
        but=r"\bdata subjects?\b|\bmeans\b|\berasing data\b|\baccess, correction\b"
        r"|\bdestruction, loss\b|\baccidental\b|\bfunctionality of the services?\b"
        r"|\breturning data to\b",
    )
    about = [p for p in found if p.has(_END) and p.has(r"\b(?:shall|will|must)\b")]
    return [_instance(about)] if about else []


def _instance(passages: Sequence[Passage]) -> Instance:
    sentences = [s for p in passages for s in p.sentences()]
    main = [s for s in sentences if not s.has(r"\bback-?ups?\b")]
    copies = [s for s in sentences if s.has(r"\bback-?ups?\b")]
    anchors: dict[str, Span] = {}
    first = main[0] if main else sentences[0]
    delete = first.find(r"\b(?:delete|erase|destroy)\b")
    if delete is not None:
        anchors["act"] = delete
    end = first.end - 1 if first.text.endswith(".") else first.end
    anchors["sentence_end"] = Span(end, end)
    values = {
        "days": _days(main or sentences),
        "backup_days": _days(copies),
        "choice": _yes(
            sentences,
            r"\b(?:choice|option|election|instruction|discretion|request|direct\w*"
            r"|instructs?)\b[^.]*\b(?:controller|customer|client)?|\bas the (?:controller"
            r"|customer|client) (?:chooses|instructs|directs|elects)\b",
            "us",
        ),
        "proof": _yes(
            [s for s in sentences if not s.has(r"\bonly (?:give|provide)\b[^.]*\bif\b")],
            r"\bcertif\w+\b|\bconfirm\w*\b[^.]*\b(?:in writing|written|delet\w+|eras\w+)\b" r"|\bproof\b",
            "yes",
        ),
    }
    return Instance(tuple(p.span for p in passages), values, anchors)


def _days(sentences: Sequence[Passage]) -> Value:
    for sentence in sentences:
        periods = sentence.quantities("day", "month")
        if periods:
            if periods[0].unit == "month" and periods[0].amount is not None:
                return Value("read", periods[0].amount * 30, number(periods[0], "month").spans)
            return number(periods[0], "day")
    return absent()


def _yes(sentences: Sequence[Passage], pattern: str, yes: str) -> Value:
    span = next((span for s in sentences if (span := s.find(pattern)) is not None), None)
    return word("no") if span is None else word(yes, span)


TOPIC = Topic(
    "erasure",
    "Erasure at the end",
    "erasure or return of personal data at the end",
    {
        "days": number_of("the time to erase", "day"),
        "backup_days": number_of("the time for backups", "day"),
        "choice": word_of("whose choice", "us", "no"),
        "proof": word_of("proof of erasure", "yes", "no"),
    },
    read,
    after=(r"delet|eras|return", r"audit", r"breach|incident"),
    clause_types=("deletion",),
)
