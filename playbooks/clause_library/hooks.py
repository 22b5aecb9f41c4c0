"""What upper rooms tell the library: clauses of contracts, to look for the like of one.

A room that holds contracts calls `offer_texts` when it starts; the library asks what was offered and knows
no contract row itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accounts.models import Membership


@dataclass(frozen=True)
class ContractText:
    """A clause of a contract that this member may see."""

    title: str
    where: str
    url: str
    text: str


Texts = Callable[[Membership, str], Sequence[ContractText]]
"""Clauses of a type (a code of `clauses`) in contracts that the member sees."""
_offered: dict[str, Texts] = {}


def offer_texts(name: str, texts: Texts) -> None:
    """Make a room's clauses findable. The same name again replaces what it offered."""
    _offered[name] = texts


def contract_texts(member: Membership, clause_type: str) -> list[ContractText]:
    """Everything on offer, in the order of the rooms' names."""
    return [text for name in sorted(_offered) for text in _offered[name](member, clause_type)]
