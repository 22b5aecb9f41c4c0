"""What conditions may ask about a deal: a closed list, so that a misspelt fact is named and never passes in
silence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clauses.topics.values import Plain

KINDS = ("number", "word", "set")
_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,10})?")


@dataclass(frozen=True)
class DealFact:
    """A fact of the deal: its kind (number, word, set) and how it is said."""

    kind: str
    says: str


DEAL_FACTS: Mapping[str, DealFact] = {
    "value": DealFact("number", "the value of the deal"),
    "annual_fees": DealFact("number", "the fees of a year"),
    "term_months": DealFact("number", "the term in months"),
    "insured": DealFact("number", "the sum insured"),
    "law": DealFact("word", "the law of the deal"),
    "our_home": DealFact("word", "the law at our seat"),
    "their_home": DealFact("word", "the law at the other side’s seat"),
    "jurisdiction": DealFact("word", "where the deal is done"),
    "industry": DealFact("word", "the industry"),
    "our_role": DealFact("word", "our role"),
    "paper": DealFact("word", "whose form it is"),
    "region": DealFact("word", "the region"),
    "currency": DealFact("word", "the currency"),
    "counterparty": DealFact("word", "the kind of counterparty"),
    "personal_data": DealFact("word", "whether personal data is processed"),
    "critical": DealFact("word", "whether the business depends on it"),
    "trades": DealFact("set", "the trades agreed in this deal"),
}


def plain_facts(data: Any) -> dict[str, Plain]:
    """Deal facts as conditions compare them: numbers exact, lists as sets, yes and no as words."""
    return {str(name): _fact(str(name), value) for name, value in dict(data).items()}


def _fact(name: str, value: Any) -> Plain:
    """A number with a fraction is text in JSON; where the fact is known to be a number it is one again."""
    known = DEAL_FACTS.get(name)
    if known and known.kind == "number" and isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value)
    return _plain(value)


def _plain(value: Any) -> Plain:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, Decimal)):
        return Decimal(value)
    if isinstance(value, (list, tuple)):
        return tuple(str(item) for item in value)
    return str(value)
