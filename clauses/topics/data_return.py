"""The customer's data at the end of the contract: time to export, time to erase."""

import re
from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import number_near, yes_no
from clauses.topics.values import Instance, Topic, Value, absent, number, number_of, word_of

_DATA = (
    r"\b(?:customer|client|your) (?:data|content)\b|\bdata of the customer\b"
    r"|\b(?:customer|client)['’]s (?:data|content|information|files)\b"
)
_END = r"\b(?:end|ends|ended|expir\w+|terminat\w+)\b"
_EXPORTS = r"\bexport\w*\b|\bretriev\w+\b|\bdownload\w*\b|\breturn\w*\b"
_DELETES = r"\bdelet\w+\b|\beras\w+\b|\bdestroy\w*\b"


def read(page: Page) -> Sequence[Instance]:
    """Sentences on exporting and erasing the customer’s data at the end, read together."""
    acts = r"\b(?:delet\w+|export\w*|retriev\w+|download\w*|eras\w+|return\w*)\b"
    pattern = rf"(?:{_DATA})[^.]*{acts}|{acts}[^.]*(?:{_DATA})"
    found = page.find_sentences(
        pattern,
        follow=r"\bdelet\w+\b|\beras\w+\b",
        but=r"\bpersonal data\b[^.]*\bsub-?processor\b|\bas the services derive\b|\bmeans\b",
    )
    about = [
        p
        for p in found
        if p.has(_END)
        or p.has(r"\brequest\b|\binstruct\w*|\bafter that\b|\bmay export\b")
        or re.search(r"terminat|end\b|exit|delet|export", page.line_at(p.start).title, re.I)
    ]
    return [_instance(about)] if about else []


def _instance(passages: Sequence[Passage]) -> Instance:
    exports, deletes = _EXPORTS, _DELETES
    values = {
        "export": _first([yes_no(p, exports) for p in passages]),
        "export_days": _first([_days(p, exports) for p in passages]),
        "delete": _first([yes_no(p, deletes) for p in passages]),
        "delete_days": _first([_days(p, deletes) for p in passages]),
    }
    return Instance(tuple(p.span for p in passages), values)


def _days(passage: Passage, act: str) -> Value:
    return next(
        (v for s in passage.sentences() if s.has(act) and (v := _time(s, act)).state != "absent"), absent()
    )


def _time(sentence: Passage, act: str) -> Value:
    """The number behind the act that no other act takes ("export it for 30 days, delete it within 60"), else
    the one near it."""
    marks = sentence.find_all(act)
    other = sentence.find_all(_DELETES if act == _EXPORTS else _EXPORTS)
    for quantity in sentence.quantities("day", "month"):
        before = [mark for mark in marks if mark.end <= quantity.start and quantity.start - mark.end <= 60]
        if before and not any(before[-1].end <= one.start < quantity.start for one in other):
            return number(quantity, "day")
    return number_near(sentence, act, "day", "day", "month", reach=90)


def _first(values: Sequence[Value]) -> Value:
    """The first value that says something."""
    return next((v for v in values if v.state != "absent" and v.value != "no"), values[0])


TOPIC = Topic(
    "data_return",
    "Data at the end",
    "export and deletion of the customer’s data at the end",
    {
        "export": word_of("export of data", "yes", "no"),
        "export_days": number_of("time to export data", "day"),
        "delete": word_of("deletion of data", "yes", "no"),
        "delete_days": number_of("time to delete data", "day"),
    },
    read,
    after=(r"effect of|terminat|exit", r"\bdata\b"),
    clause_types=("deletion", "termination"),
)
