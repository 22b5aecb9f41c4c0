"""What Parley proposes for a row: the topic, a rung for each position with its condition, how sure it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from playbooks.importing.columns import (
    APPROVER,
    GUIDANCE,
    PREFERRED,
    PREFERRED_WORDING,
    REASON,
    RISK,
    WALK_AWAY,
)
from playbooks.importing.decisions import LEAVE, TAKE, Decision, RungChoice
from playbooks.importing.instructions import read_position, section_named
from playbooks.importing.lines import SourceRow
from playbooks.importing.people import approvers_code, approvers_of, risk_of
from playbooks.importing.positions import CHECK, SURE, UNSURE, Candidate, Read, candidates, read_cell
from playbooks.importing.topic_guess import Guess, guess_topics
from playbooks.topics import TOPICS

_ORDER = (SURE, CHECK, UNSURE)
_SENTENCE = re.compile(r"\b(?:shall|will|must|may|means|is|are)\b", re.I)
LONGEST_LABEL = 180


@dataclass(frozen=True)
class Note:
    """Something about a cell that a person should see. Row and column are counted from 1."""

    row: int
    column: int
    says: str


@dataclass(frozen=True)
class Proposal:
    """A row read. `options` are, for each rung of the decision, the conditions it may mean."""

    decision: Decision
    band: str
    guesses: tuple[Guess, ...]
    options: tuple[tuple[Candidate, ...], ...]
    notes: tuple[Note, ...]


def propose(row: SourceRow, *, side: str, topic: str | None = None) -> Proposal:
    """What a row means, for our side; with `topic` on that topic ("" for none), else on the likeliest."""
    roles = positions_of(row)
    texts = [_whole(row, role) for role in roles]
    named = " ".join(section_named(text) for text in texts)
    guesses = guess_topics(row.title, f"{row.category} {named}", "\n".join(texts), side=side)
    chosen = guesses[0].topic if topic is None and guesses and guesses[0].band != UNSURE else topic or ""
    band = next((guess.band for guess in guesses if guess.topic == chosen), CHECK if topic else UNSURE)
    reads = [read_cell(chosen, row.title, text) for text in texts] if chosen in TOPICS else []
    options = candidates(chosen, side, reads) if reads else tuple(() for _ in roles)
    rungs = tuple(
        _rung(row, role, text, found) for role, text, found in zip(roles, texts, options, strict=True)
    )
    bands = [band, *(found[0].band if found else UNSURE for found in options)]
    decision = Decision(
        use=TAKE if chosen and rungs else LEAVE,
        title=row.title or row.category or f"Row {row.row + 1}",
        category=row.category,
        topic=chosen,
        rungs=rungs,
        walk_away=row.text(WALK_AWAY),
        walk_approvers=walk_approvers(row),
        risk=risk_of(row.text(RISK)) or "high",
        reason=row.text(REASON),
        guidance=_guidance(row, roles),
        why="" if rungs else "no position",
    )
    return Proposal(
        decision, max(bands, key=_ORDER.index), guesses, options, tuple(_notes(row, roles, reads))
    )


def positions_of(row: SourceRow) -> tuple[str, ...]:
    """The positions of the row that say something, best first."""
    fallbacks = {int(role.partition(":")[2]) for role in row.cells if role.startswith("fallback")}
    wanted = [PREFERRED] if {PREFERRED, PREFERRED_WORDING} & row.cells.keys() else []
    return (*wanted, *(f"fallback:{number}" for number in sorted(fallbacks)))


def wording_role(role: str) -> str:
    """The role that holds a position's wording."""
    return role.replace("fallback", "fallback_wording") if role != PREFERRED else PREFERRED_WORDING


def _whole(row: SourceRow, role: str) -> str:
    """What speaks on a position: its own cell, else its wording."""
    return row.text(role) or row.text(wording_role(role))


def _rung(row: SourceRow, role: str, text: str, found: Sequence[Candidate]) -> RungChoice:
    position = read_position(text)
    own = row.text(wording_role(role))
    wording = own and read_position(own).words
    if not wording and not position.deletes and (position.instruction or _is_wording(position.words)):
        wording = position.words
    rule, _known = approvers_of(row.text(APPROVER)) if role != PREFERRED else (None, True)
    return RungChoice(
        role,
        shortened(row.title if position.instruction else position.words.split("\n")[0]),
        when=found[0].when if found and found[0].band != UNSURE else "",
        wording=wording,
        approvers=approvers_code(rule),
    )


def _is_wording(words: str) -> bool:
    """A sentence as contracts write it, and not a note such as "45 days"."""
    return len(words) >= 60 and _SENTENCE.search(words) is not None


def shortened(text: str) -> str:
    """A text as the label of a rung."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_LABEL else plain[: LONGEST_LABEL - 1].rsplit(" ", 1)[0] + "…"


def walk_approvers(row: SourceRow) -> str:
    """Who is asked below the last rung; legal where the row names nobody."""
    rule, _known = approvers_of(row.text(APPROVER))
    return approvers_code(rule) or "any:legal"


def _guidance(row: SourceRow, roles: Sequence[str]) -> str:
    read = [read_position(_whole(row, role)) for role in roles]
    return "\n".join(
        part
        for part in (row.text(GUIDANCE), *(found for one in read for found in (one.instruction, one.notes)))
        if part
    )


def _notes(row: SourceRow, roles: Sequence[str], reads: Sequence[Read]) -> list[Note]:
    found: list[Note] = []
    for role, read in zip(roles, reads, strict=False):
        cell = row.place(role) or row.place(wording_role(role))
        if cell and read.position.blanks:
            blanks = ", ".join(f"“{blank}”" for blank in read.position.blanks)
            found.append(Note(cell.row, cell.column, f"leaves a blank to fill in: {blanks}"))
    asked = row.place(APPROVER)
    if asked and not approvers_of(asked.text)[1]:
        found.append(
            Note(
                asked.row,
                asked.column,
                f"“{shortened(asked.text)}” names nobody Parley knows; legal is asked",
            )
        )
    level = row.place(RISK)
    if level and not risk_of(level.text):
        found.append(
            Note(
                level.row, level.column, f"“{shortened(level.text)}” is no risk Parley knows; high is assumed"
            )
        )
    return found
