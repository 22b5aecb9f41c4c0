"""From a version's bytes to rows: blocks and clauses, with the identities they had in the version before.

Identity is carried in two steps:
1. `redline.align` pairs the paragraphs of both files; a paired paragraph keeps its block id.
2. A clause of the new text is the old clause with which it shares most paragraphs (each old clause once).
"""

import hashlib
import re
import uuid
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import clauses
import redline
from accounts.services import files
from negotiation.models import Block, Clause, ClauseText, Version
from negotiation.services import lineage

OUTLINED = {"section", "schedule", "item", "paragraph", "title", "key_term", "table", "signature"}


@dataclass(frozen=True)
class ReadClause:
    """One clause of the text with the positions of its own blocks and the old clause it continues."""

    read: clauses.Clause
    first: int
    last: int
    text: str
    continues: int | None  # primary key of the Clause row


@dataclass(frozen=True)
class ReadVersion:
    """All that was read from one version's bytes; nothing of it is in the database yet."""

    document: redline.Document
    analysis: clauses.Analysis
    block_ids: tuple[uuid.UUID, ...]
    clauses: tuple[ReadClause, ...]


def read_version(version: Version, data: bytes) -> ReadVersion:
    """Read the bytes. Raises redline.Refused where they cannot be read."""
    document = redline.read(data)
    analysis = clauses.analyse(document)
    carried = _carried_block_ids(version, document)
    block_ids = tuple(carried.get(block.id) or uuid.uuid4() for block in document.blocks)
    return ReadVersion(document, analysis, block_ids, _clauses(version, document, analysis, block_ids))


def _carried_block_ids(version: Version, document: redline.Document) -> dict[str, uuid.UUID]:
    """Address in the new file → block id of the paired paragraph in the version before."""
    base = version.based_on
    if base is None:
        return {}
    rows = list(base.blocks.values_list("address", "block_id", "text"))
    known = {address: block_id for address, block_id, _text in rows}
    pairs = redline.align(redline.read(files.read_bytes(base.file)), document)
    carried = {new: known[old] for old, new in pairs if old and new and old in known}
    return carried | _moved(rows, document, carried)


def _moved(
    rows: list[tuple[str, uuid.UUID, str]], document: redline.Document, carried: dict[str, uuid.UUID]
) -> dict[str, uuid.UUID]:
    """Paragraphs that changed places: alignment goes one way, so those left over on both sides are paired
    where their words are the same and stand there once."""
    taken = set(carried.values())
    left = [(text, block_id) for _address, block_id, text in rows if block_id not in taken and text.strip()]
    new = [(block.text, block.id) for block in document.blocks if block.id not in carried]
    once_before = Counter(text for text, _ in left)
    once_now = Counter(text for text, _ in new)
    by_text = dict(left)
    return {address: by_text[text] for text, address in new if once_before[text] == 1 and once_now[text] == 1}


def _clauses(
    version: Version,
    document: redline.Document,
    analysis: clauses.Analysis,
    block_ids: tuple[uuid.UUID, ...],
) -> tuple[ReadClause, ...]:
    starts = [document.start_of(block.id) for block in document.blocks]
    owners = _old_owners(version)
    taken: set[int] = set()
    result = []
    for clause in analysis.clauses:
        own_end = clause.own_end or clause.end
        own = [
            position
            for position in _positions(starts, clause.start, own_end)
            if document.blocks[position].text or position == 0
        ] or _positions(starts, clause.start, own_end)
        if not own:
            continue
        votes = Counter(
            owners[block_ids[position]]
            for position in own
            if block_ids[position] in owners and owners[block_ids[position]] not in taken
        )
        continues = min(votes, key=lambda pk: (-votes[pk], pk)) if votes else None
        if continues is not None:
            taken.add(continues)
        text = analysis.text[clause.start : own_end].rstrip("\n")
        result.append(ReadClause(clause, own[0], own[-1], text, continues))
    return tuple(result)


def _positions(starts: list[int], start: int, end: int) -> list[int]:
    """Positions of the blocks that begin inside start:end. `starts` ascends."""
    return list(range(bisect_left(starts, start), bisect_left(starts, end)))


def _old_owners(version: Version) -> dict[uuid.UUID, int]:
    """Block id → clause in the version before."""
    if version.based_on is None:
        return {}
    owners: dict[uuid.UUID, int] = {}
    blocks = list(version.based_on.blocks.values_list("position", "block_id"))
    by_position = dict(blocks)
    for clause_id, first, last in version.based_on.clause_texts.values_list(
        "clause_id", "first_block", "last_block"
    ):
        for position in range(first, last + 1):
            if position in by_position:
                owners[by_position[position]] = clause_id
    return owners


def store(version: Version, read: ReadVersion) -> None:
    """Write blocks, clauses and facts, inside the caller's transaction."""
    Block.objects.bulk_create(_block_rows(version, read), batch_size=500)
    _store_clauses(version, read)
    analysis = read.analysis.as_dict()
    Version.objects.filter(pk=version.pk).update(
        text=read.document.text,
        facts=analysis["facts"],
        reading={name: analysis[name] for name in ("parties", "definitions", "references", "obligations")}
        | {"checks": [asdict(issue) for issue in clauses.check(read.analysis)]}
        | {"deal": clauses.read_deal(read.analysis).as_dict()},
    )


def _block_rows(version: Version, read: ReadVersion) -> list[Block]:
    return [
        Block(
            organisation=version.organisation,
            version=version,
            position=position,
            block_id=read.block_ids[position],
            address=block.id,
            part=block.part,
            kind=block.kind,
            style=block.style[:120],
            level=block.level,
            number=block.number[:60],
            start=read.document.start_of(block.id),
            text=block.text,
            pieces=[_piece(piece) for piece in block.pieces],
            table=list(block.table) if block.table else None,
        )
        for position, block in enumerate(read.document.blocks)
    ]


def _piece(piece: redline.Piece) -> dict[str, Any]:
    """A piece without its defaults, which most pieces have."""
    defaults = asdict(redline.Piece(text=""))
    return {name: value for name, value in asdict(piece).items() if value != defaults[name]}


def _store_clauses(version: Version, read: ReadVersion) -> None:
    rows: dict[str, Clause] = {}
    numbers = full_numbers(read.analysis.clauses)
    known = {row.pk: row for row in version.contract.clauses.all()}
    texts = []
    splits, merges = _lineage(version, read)
    for position, found in enumerate(read.clauses):
        if found.continues is not None:
            row = known[found.continues]
        else:
            row = Clause.objects.create(
                organisation=version.organisation,
                contract=version.contract,
                parent=rows.get(found.read.parent or ""),
                split_from_id=splits.get(position),
            )
        rows[found.read.id] = row
        texts.append(
            ClauseText(
                organisation=version.organisation,
                version=version,
                clause=row,
                position=position,
                depth=found.read.depth,
                number=numbers[found.read.id][:60],
                heading=found.read.heading[:300],
                first_block=found.first,
                last_block=found.last,
                start=found.read.start,
                end=found.read.end,
                text=found.text,
                hash=hashlib.sha256(found.text.encode()).hexdigest(),
                types=[asdict(kind) for kind in found.read.types],
            )
        )
    ClauseText.objects.bulk_create(texts, batch_size=500)
    for gone, position in merges.items():
        Clause.objects.filter(pk=gone).update(merged_into=texts[position].clause)


_PART = re.compile(r"\(?([a-z]{1,5}|[A-Z]|\d{1,2})\)|([a-z]{1,4})[.]?")
"""Numbers that say nothing without those above them: "(a)", "(iv)", "(2)", "b)", "c."."""


def full_numbers(found: Sequence[clauses.Clause]) -> dict[str, str]:
    """Clause id → its number as people name it, "8.1(a)": one that is only a part follows its parent's."""
    by_id = {clause.id: clause for clause in found}
    numbers: dict[str, str] = {}
    for clause in found:  # parents stand before their children
        part = _PART.fullmatch(clause.number)
        above = clause.parent
        while part and above in by_id and not by_id[above].number:
            above = by_id[above].parent
        if part and above in numbers:
            numbers[clause.id] = f"{numbers[above].rstrip('.')}({part[1] or part[2]})"
        else:
            numbers[clause.id] = clause.number
    return numbers


def _lineage(version: Version, read: ReadVersion) -> tuple[dict[int, int], dict[int, int]]:
    if version.based_on is None:
        return {}, {}
    before = dict(version.based_on.clause_texts.values_list("clause_id", "text"))
    return lineage.trace(before, [(found.continues, found.text) for found in read.clauses])
