"""Reading contracts: text in; clauses, values, parties, definitions, references and duties out.

No Django, no network, no clock.
"""

from clauses.cascade import Cascade, Touch, cascade
from clauses.consistency import Issue, Place, check
from clauses.deal import Deal, Flag, KeyFact, Mutuality, flags, key_facts, mutuality, read_deal
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
from clauses.pdf import PdfPage, PdfText, read_pdf, read_pdf_in_child
from clauses.reading import analyse
from clauses.sentences import sentence_spans

__all__ = [
    "Analysis",
    "Cascade",
    "Clause",
    "ClauseType",
    "Deal",
    "Definition",
    "Fact",
    "Flag",
    "Issue",
    "KeyFact",
    "Mutuality",
    "Obligation",
    "Party",
    "PdfPage",
    "PdfText",
    "Place",
    "Reference",
    "Touch",
    "Unreadable",
    "analyse",
    "cascade",
    "check",
    "flags",
    "key_facts",
    "mutuality",
    "read_deal",
    "read_pdf",
    "read_pdf_in_child",
    "read_values",
    "sentence_spans",
]
