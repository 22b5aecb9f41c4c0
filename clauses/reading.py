"""The way through the room: source → tree → types → facts, parties, definitions, references, obligations."""

from typing import TYPE_CHECKING

from clauses import classify
from clauses.definitions import read_definitions
from clauses.facts import lines_of, read_facts
from clauses.model import Analysis
from clauses.obligations import read_obligations
from clauses.parties import read_parties
from clauses.references import read_references
from clauses.source import Source, open_source
from clauses.tree import Node, build_tree, freeze

if TYPE_CHECKING:
    from redline import Document


def analyse(source: "Document | str") -> Analysis:
    """Read a contract: a ``redline.Document`` (accepted view) or plain text with typed numbering.

    Deterministic and linear in the length of the text; any text gives an answer, an empty one an empty one.
    """
    opened = open_source(source)
    nodes = build_tree(opened)
    clauses = freeze(opened, nodes, classify.types_of(opened, nodes))
    parties = read_parties(opened, cover=_cover(opened, nodes))
    signed = [(n.start, n.end) for n in nodes if n.kind == "signature"]
    return Analysis(
        text=opened.text,
        clauses=clauses,
        facts=read_facts(opened, nodes, clauses),
        parties=parties,
        definitions=read_definitions(opened),
        references=read_references(opened, clauses),
        obligations=read_obligations(opened, clauses, parties, skip=signed),
    )


def _cover(source: Source, nodes: list[Node]) -> list[tuple[str, str, int, int]]:
    """(label, value, start, end) of every cell beside a label on cover pages and in signature tables."""
    lines = {block: line for line in source.lines for block in line.blocks}
    rows = []
    for node in nodes:
        if node.kind not in ("key_term", "signature", "table") or not node.blocks:
            continue
        cells = [line for line in lines_of(node, lines) if line.cell and line.text.strip()]
        label = cells[0].text.strip() if cells and node.kind == "key_term" else ""
        for line in cells:
            rows.append((label if line is not cells[0] else "", line.text.strip(), line.start, line.end))
    return rows
