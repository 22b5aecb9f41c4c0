"""Known changes to known contracts: what a reader of contracts must see, with the truth exactly known.

    python -m tests.clauses.mutations              every case, a table of counts by kind
    python -m tests.clauses.mutations --missed     and each case that was not seen
    python -m tests.clauses.mutations --untouched  findings on the forms as they are, to be read by a person

1. ``forms`` gives the standard forms beside the project and our own sample contracts, and edits them in
memory.
2. ``changes`` finds places by patterns of its own (never with the reader under test) and makes one slip in
each.
3. ``seen`` says whether ``check`` reports the slip, or whether the reading differs there and nowhere else.
"""

from tests.clauses.mutations.changes import KINDS, Case, cases
from tests.clauses.mutations.forms import Form, forms
from tests.clauses.mutations.seen import is_seen

__all__ = ["KINDS", "Case", "Form", "cases", "forms", "is_seen"]
