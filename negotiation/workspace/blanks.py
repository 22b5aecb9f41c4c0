"""The blanks of a form as rows for pages: what each asks for, its clause, and the way there."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from negotiation.models import Block, ClauseText, Contract, Version
from negotiation.services import blanks
from negotiation.workspace.deal_words import fact_word

_CODE = re.compile(r"[a-z]+(?:_[a-z0-9]+)*")
"""The name of a placeholder, {governing_law}, or the kind of a value left open: people read words."""


def blank_rows(contract: Contract) -> list[dict[str, Any]]:
    """Those of the newest version that was read, for pages that have no rows at hand."""
    version = contract.ready_version()
    return _rows(contract, blanks.of_version(version)) if version is not None else []


def rows_at_hand(
    contract: Contract, version: Version, blocks: Sequence[Block], clauses: Sequence[ClauseText]
) -> list[dict[str, Any]]:
    """The same without a query, each leading to its paragraph on the page."""
    return _rows(contract, blanks.of_version(version, clauses), blocks)


def _rows(
    contract: Contract, found: Sequence[blanks.Blank], blocks: Sequence[Block] = ()
) -> list[dict[str, Any]]:
    starts = [block.start for block in blocks]

    def url(blank: blanks.Blank) -> str:
        at = bisect_right(starts, blank.start) - 1
        return f"#b-{blocks[at].address}" if at >= 0 else contract.get_absolute_url()

    return [
        {
            "label": fact_word(one.label) if _CODE.fullmatch(one.label) else one.label,
            "quote": one.quote,
            "clause_number": one.clause_number,
            "url": url(one),
        }
        for one in found
    ]
