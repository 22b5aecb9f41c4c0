"""What a contract agrees on: key facts, whom each topic binds, and what a signer should know of."""

from clauses.deal.model import Flag, KeyFact, Mutuality
from clauses.deal.reading import Deal, flags, key_facts, mutuality, read_deal

__all__ = ["Deal", "Flag", "KeyFact", "Mutuality", "flags", "key_facts", "mutuality", "read_deal"]
