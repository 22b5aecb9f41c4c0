"""What a contract agrees on: key facts, whom each topic binds, and what a signer should know of."""

from clauses.deal.model import Flag, KeyFact, Mutuality
from clauses.deal.reading import key_facts

__all__ = ["Flag", "KeyFact", "Mutuality", "key_facts"]
