"""The way through the room: source → tree → types → facts, parties, definitions, references, obligations."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from clauses import classify
from clauses.definitions import read_definitions
from clauses.duty_words import notes_to_draft
from clauses.facts import lines_of, read_facts
from clauses.inline_items import with_inline_items
from clauses.model import Analysis, Clause, Fact, Obligation
from clauses.obligations import read_obligations
from clauses.parties import is_name_row, read_parties
from clauses.references import read_references
from clauses.source import Source, open_source
from clauses.tree import Node, build_tree, freeze

if TYPE_CHECKING:
    from clauses.pdf import PdfText
    from redline import Document


def analyse(source: "Document | PdfText | str") -> Analysis:
    """Read a contract: a ``redline.Document`` (accepted view), the text of a PDF, or plain text with typed
    numbering.

    Deterministic and linear in the length of the text; any text gives an answer, an empty one an empty one.
    """
    opened = open_source(source)
    nodes = with_inline_items(opened, build_tree(opened))
    clauses = freeze(opened, nodes, classify.types_of(opened, nodes))
    notes = [opened.back(*note) for note in notes_to_draft(opened.plain)]
    parties = tuple(  # "For example, the order between Alder and Birch" in a note to draft names nobody
        p
        for p in read_parties(opened, cover=_cover(opened, nodes))
        if not any(low <= p.start and p.end <= high for low, high in notes)
    )
    signed = [(n.start, n.end) for n in nodes if n.kind == "signature"]
    return Analysis(
        text=opened.text,
        clauses=clauses,
        facts=at_home(clauses, read_facts(opened, nodes, clauses)),
        parties=parties,
        definitions=read_definitions(opened),
        references=read_references(opened, clauses),
        obligations=at_home(clauses, read_obligations(opened, clauses, parties, skip=signed)),
    )


_Row = TypeVar("_Row", Fact, Obligation)


def at_home(clauses: tuple[Clause, ...], rows: tuple[_Row, ...]) -> tuple[_Row, ...]:
    """Each row with the deepest clause it begins in: after a list inside a paragraph the paragraph itself
    goes on.
    """
    homes: dict[int, str] = {}
    around: list[Clause] = []
    place = 0
    for start in sorted({row.start for row in rows}):
        while place < len(clauses) and clauses[place].start <= start:
            around.append(clauses[place])
            place += 1
        while around and around[-1].end <= start:
            around.pop()
        # A clause that has ended may lie below an open one: siblings of different lengths at one start.
        homes[start] = next((c.id for c in reversed(around) if start < c.end), "")
    return tuple(
        row if row.clause == homes[row.start] else replace(row, clause=homes[row.start]) for row in rows
    )


_PROMPT = re.compile(r":$|^[☐☑☒]")


def _cover(source: Source, nodes: list[Node]) -> list[tuple[str, str, int, int]]:
    """(label, value, start, end) of every cell beside a label on cover pages and in signature tables."""
    lines = {block: line for line in source.lines for block in line.blocks}
    rows = []
    for node in nodes:
        if node.kind not in ("key_term", "signature", "table") or not node.blocks:
            continue
        cells = [line for line in lines_of(node, lines) if line.cell and line.text.strip()]
        named = node.kind == "key_term" or (len(cells) > 2 and is_name_row(cells[0].text))
        label = cells[0].text.strip() if cells and named else ""
        for line in cells:
            if line is not cells[0] and _PROMPT.search(line.text.strip()):
                continue  # "Company will:" and "Signature:" ask for something, and name nobody
            rows.append((label if line is not cells[0] else "", line.text.strip(), line.start, line.end))
    return rows
