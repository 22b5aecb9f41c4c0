"""The contract text in the middle: paragraphs with marks, and the words that findings stand on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

import redline
from negotiation.markup import Drawn
from negotiation.models import Finding
from negotiation.untracked import SilentPiece
from negotiation.workspace.rows import Rows


def in_order(drawn: Sequence[Drawn]) -> list[Drawn]:
    """The body first, then footnotes and text boxes, then what stands in headers and footers."""
    return sorted(drawn, key=_rank)  # stable: reading order within each


def _rank(drawn: Drawn) -> int:
    part = _part(drawn)
    return 0 if part == "body" else 2 if part.startswith(("header", "footer")) else 1


def _part(drawn: Drawn) -> str:
    return drawn.row.part if drawn.row else drawn.key.split(":")[0]


def block(drawn: Drawn, rows: Rows, shown: Sequence[Finding]) -> dict[str, Any]:
    row = drawn.row
    clause = rows.clause_of.get(row.address) if row else None
    return {
        "id": drawn.key,
        "clause": str(clause.clause.uuid) if clause else "",
        "kind": row.kind if row else "paragraph",
        "level": row.level if row else None,
        # Word numbers a paragraph of ours once it stands in the file.
        "number": row.number if row else _("new"),
        "pieces": list(drawn.pieces),
        "table": tuple(row.table) if row and row.table else None,
        "highlights": _highlights(drawn, shown) if row else [],
        "margin": _rank(drawn) > 0,
    }


def _highlights(drawn: Drawn, shown: Sequence[Finding]) -> list[dict[str, Any]]:
    row = drawn.row
    if row is None:
        return []
    found = []
    length = len(row.text)
    for finding in shown:
        if finding.start is None or finding.end is None:
            continue
        start, end = max(finding.start - row.start, 0), min(finding.end - row.start, length)
        if start < end:
            found.append(
                {
                    "start": drawn.shifted(start),
                    "end": drawn.shifted(end, is_end=True),
                    "finding": str(finding.uuid),
                    "severity": finding.severity,
                }
            )
    return found


@dataclass(frozen=True)
class Mark:
    """A run of marked pieces of one side in one paragraph, as a reader sees one change."""

    block: str
    place: tuple[int, int]  # paragraph and piece, for the order of the document
    side: str  # "ours", "theirs" or "silent"
    pieces: tuple[redline.Piece, ...]

    @property
    def is_in_file(self) -> bool:
        """Whether the stored file itself carries the mark; our draft does not stand in it yet."""
        return any(piece.change_id for piece in self.pieces)


def marks(drawn: Sequence[Drawn], sides: Mapping[str, str]) -> list[Mark]:
    """Every change that the text shows, in the order of the document."""
    found: list[Mark] = []
    for position, one in enumerate(drawn):
        runs = groupby(enumerate(one.pieces), key=lambda pair: _side_of(pair[1], sides))
        for (side, _in_file), run in runs:
            if side:
                pairs = list(run)
                pieces = tuple(piece for _at, piece in pairs)
                found.append(Mark(one.key, (position, pairs[0][0]), side, pieces))
    return found


def _side_of(piece: redline.Piece, sides: Mapping[str, str]) -> tuple[str, bool]:
    if isinstance(piece, SilentPiece):
        return "silent", False
    if piece.state == "same":
        return "", False
    return sides.get(piece.author, "theirs"), bool(piece.change_id)


def sides(drawn: Sequence[Drawn], ours: frozenset[str]) -> dict[str, str]:
    """Whose each author's marks are. A mark that names nobody is none of ours: ours always carry a name."""
    authors = {piece.author for one in drawn for piece in one.pieces}
    return {author: "ours" if author in ours else "theirs" for author in sorted(authors)}
