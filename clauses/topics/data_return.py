"""The customer's data at the end of the contract: time to export, time to erase."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import number_near, yes_no
from clauses.topics.values import Instance, Topic, number_of, word_of

_DATA = r"\b(?:customer|client|your) (?:data|content)\b|\bdata of the customer\b"
_END = r"\b(?:end|ends|ended|expir\w+|terminat\w+)\b"


def read(page: Page) -> Sequence[Instance]:
    """Clauses on export and deletion of the customer's data, read together."""
    pattern = rf"(?=.*(?:{_DATA}))(?=.*\b(?:delet\w+|export\w*|retriev\w+|return\w*|download\w*|eras\w+)\b)"
    found = [p for p in page.find_clauses(pattern, but=r"\bpersonal data\b[^.]*\bsub-?processor\b") if p.has(_END) or p.has(r"\brequest\b|\binstruct")]
    own = [p for p in found if p.has(r"\bdelet\w+|\beras\w+|\bdestroy\b|\bexport\b|\breturn\b")]
    return [_instance(_joined(page, own))] if own else []


def _joined(page: Page, passages: Sequence[Passage]) -> Passage:
    """Neighbouring clauses on the subject read as one; a far one stays out."""
    last = passages[0]
    for passage in passages[1:]:
        if passage.start - last.end < 400:
            last = page.passage(last.start, passage.end)
    return last


def _instance(passage: Passage) -> Instance:
    values = {
        "export": yes_no(passage, r"\bexport\w*\b|\bretriev\w+\b|\bdownload\w*\b|\breturn\w*\b"),
        "export_days": number_near(passage, r"\b(?:export\w*|retriev\w+|download\w*|return\w*)\b", "day", "day", "month", reach=90),
        "delete": yes_no(passage, r"\bdelet\w+\b|\beras\w+\b|\bdestroy\w*\b"),
        "delete_days": number_near(passage, r"\b(?:delet\w+|eras\w+|destroy\w*)\b", "day", "day", "month", reach=60),
    }
    return Instance((passage.span,), values)


TOPIC = Topic(
    "data_return", "Data at the end", "export and deletion of the customer’s data at the end",
    {
        "export": word_of("export of data", "yes", "no"),
        "export_days": number_of("time to export data", "day"),
        "delete": word_of("deletion of data", "yes", "no"),
        "delete_days": number_of("time to delete data", "day"),
    },
    read, after=(r"effect of|terminat|exit", r"\bdata\b"), clause_types=("deletion", "termination"),
)  # fmt: skip
