"""Reading contracts: text in; clauses, values, parties, definitions, references and duties out.

No Django, no network, no clock.
"""

from clauses.consistency import Issue, Place, check
from clauses.facts import read_values
from clauses.model import (
    Analysis,
    Clause,
    ClauseType,
    Definition,
    Fact,
    Obligation,
    Party,
    Reference,
    Unreadable,
)
from clauses.reading import analyse
from clauses.sentences import sentence_spans

__all__ = [
    "Analysis",
    "Clause",
    "ClauseType",
    "Definition",
    "Fact",
    "Issue",
    "Obligation",
    "Party",
    "Place",
    "Reference",
    "Unreadable",
    "analyse",
    "check",
    "read_values",
    "sentence_spans",
]
