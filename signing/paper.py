"""A stored version's text as the signer's page shows it: clean, from the rows the bytes were read into."""

from dataclasses import dataclass

import redline
from negotiation.models import Block, Version


@dataclass(frozen=True)
class Paragraph:
    """One paragraph for the paper template."""

    id: str
    kind: str
    level: int | None
    number: str
    pieces: tuple[redline.Piece, ...]
    table: tuple[int, ...] | None
    clause: str = ""
    highlights: tuple[object, ...] = ()


def paragraphs_of(version: Version) -> list[Paragraph]:
    """Every paragraph in reading order. The agreed version carries no marks, so nothing is left out."""
    return [_paragraph(row) for row in version.blocks.order_by("position")]


def _paragraph(row: Block) -> Paragraph:
    return Paragraph(
        id=str(row.position),
        kind=row.kind,
        level=row.level,
        number=row.number,
        pieces=tuple(redline.Piece(**piece) for piece in row.pieces),
        table=tuple(row.table) if row.table else None,
    )
