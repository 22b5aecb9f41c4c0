"""A rung's wording as this contract would say it: its terms, its quotation marks, its way in."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from clauses.topics.terms import A_CLAUSE, terms
from playbooks.judge import Case

_VARIABLE = re.compile(r"\{\{\s*(?:(cap)\s+)?(\w+)\s*\}\}")
_LEAD = re.compile(
    r"(?:Subject to|Except as (?:provided|stated|set out) in|Notwithstanding) [^,.]*(?:\.\d+)*[^,.]*, "
)

_COMMON = re.compile(
    r"(?:The|An?|Each|Either|Neither|Both|Any|All|No|If|This|These|It|In|On|For|At|Where|When|Nothing)\b"
)


class Words(Mapping[str, str]):
    """What wordings may name, looked up in the contract once a wording asks for it."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._firsts = {name: items[0] for name, items in case.playbook.lists.items() if items}

    @cached_property
    def _all(self) -> dict[str, str]:
        text = self._case.page.text
        curly = "yes" if text.count("’") >= text.count("'") else ""
        # A wording that speaks of Confidential Information means whatever this contract calls by that name.
        secrets = "yes" if "Confidential Information" not in text and text.count("\n") >= A_CLAUSE else ""
        return {**self._firsts, **terms(self._case.page), "_curly": curly, "_secrets": secrets}

    def __getitem__(self, name: str) -> str:
        return self._all[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def variables(case: Case) -> Mapping[str, str]:
    """What wordings may name: the contract's own terms, and the first entry of each list of the playbook."""
    return Words(case)


def render(text: str, words: Mapping[str, str]) -> str:
    """The wording with its variables filled in; a sentence never starts with a small "the"."""

    def fill(match: re.Match[str]) -> str:
        word = words.get(match[2], match[0])
        return word[:1].upper() + word[1:] if match[1] else word

    filled = _VARIABLE.sub(fill, text)
    if words.get("_secrets") and not re.search(r"[“\"]Confidential Information[”\"] means", filled):
        filled = filled.replace("Confidential Information", "confidential information")
    return _curled(filled) if words.get("_curly") else filled


def _curled(text: str) -> str:
    """Straight quotes and apostrophes as the contract around them writes them."""
    opened = re.sub(r"(^|[\s(])\"", r"\1“", text)
    return opened.replace('"', "”").replace("'", "’")


def with_lead(old: str, new: str) -> str:
    """“Subject to clause 8.1, …” stays in front of a sentence that is replaced: it settles which rule
    wins."""
    lead = _LEAD.match(old)
    return new if lead is None else lead.group() + inside_sentence(new)


def inside_sentence(text: str) -> str:
    """Words that stood at the start of a sentence, as they stand within one: a defined role keeps its
    capital."""
    return text[:1].lower() + text[1:] if _COMMON.match(text) else text
