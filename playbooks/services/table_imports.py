"""Tables made into a playbook: brought in, mapped, decided row by row, drafted all at once or not at all."""

import hashlib
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation
from accounts.models.base import Conflict
from accounts.services import audit
from playbooks.importing.building import CannotBuild, build, problems_of
from playbooks.importing.columns import Columns
from playbooks.importing.decisions import LEAVE, TAKE, Decision
from playbooks.importing.plan import Book, Plan, TablePlan, valid_roles
from playbooks.importing.positions import SURE
from playbooks.importing.reading import read_tables
from playbooks.models import ImportState, PlaybookVersion, TableImport
from playbooks.services import drafting
from playbooks.services.template_imports import said_in_draft
from redline import Refused

MOST_AT_ONCE = 400
MOST_NOTE = 4_000  # characters, as in the settings of a draft
"""Rows that are looked at when everything sure is taken in one go."""
_CHANGED = "Somebody changed this import meanwhile. Look at it again and repeat your change."


@transaction.atomic
def receive(*, organisation: Organisation, file_name: str, data: bytes, by: Membership | None) -> TableImport:
    """Read the tables of a file and keep them. Raises ValidationError saying what is wrong with the file."""
    try:
        tables = read_tables(data, file_name=file_name)
    except Refused as refused:
        raise ValidationError(refused.message) from refused
    kept = TableImport.objects.create(
        organisation=organisation,
        file_name=file_name[:255],
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        tables=[table.to_data() for table in tables],
        plan=Plan.first(tables, file_name).to_data(),
        brought_by=by,
    )
    _record(kept, by, "playbook.tables_received", tables=len(tables))
    return kept


def book_of(kept: TableImport) -> Book:
    """The import as values."""
    return Book.from_data(kept.tables, kept.plan, kept.decisions, kept.template)


@transaction.atomic
def set_columns(
    *,
    kept: TableImport,
    seen: int,
    title: str,
    contract_type: str,
    side: str,
    tables: Sequence[tuple[bool, int | None, Sequence[str]]],
    by: Membership | None,
) -> TableImport:
    """Settle what is read: for each table whether it is used, its row of headings and its columns' roles.

    What was decided on rows of a table that is now read in another way is dropped with it. Raises
    ValidationError naming each table that cannot be read so, and Conflict.
    """
    book = book_of(kept)
    if not title.strip():
        raise ValidationError(_("Give the playbook a title."))
    if len(tables) != len(book.tables):
        raise ValidationError(_("The form does not fit this file. Load the page again."))
    wrong = [
        _("%(table)s: %(why)s.") % {"table": table.name, "why": why}
        for table, (use, header, roles) in zip(book.tables, tables, strict=True)
        if use and (why := _misfit(len(table.rows), table.width, header, roles))
    ]
    if wrong:
        raise ValidationError(wrong)
    plans = tuple(TablePlan(use, Columns(tuple(roles), header, sure=True)) for use, header, roles in tables)
    plan = Plan(title.strip()[:200], contract_type, side, plans)
    stays = {
        str(index)
        for index, (old, new) in enumerate(zip(book.plan.tables, plans, strict=True))
        if (old.columns.roles, old.columns.header) == (new.columns.roles, new.columns.header)
    }
    decisions = {key: value for key, value in kept.decisions.items() if key.partition(":")[0] in stays}
    _change(kept, seen, plan=plan.to_data(), decisions=decisions)
    _record(kept, by, "playbook.tables_mapped", dropped=len(book.decisions) - len(decisions))
    return kept


def _misfit(rows: int, width: int, header: int | None, roles: Sequence[str]) -> str:
    if len(roles) != width:
        return _("choose what each column holds")
    if header is not None and not 0 <= header < rows:
        return _("there is no such row of headings")
    return _(valid_roles(roles)) if valid_roles(roles) else ""


@transaction.atomic
def decide(
    *, kept: TableImport, seen: int, key: str, decision: Decision, by: Membership | None
) -> TableImport:
    """Take a row as an issue, or leave it out. Raises ValidationError naming what a taken row lacks, and
    Conflict."""
    book = book_of(kept)
    source = book.find(key)
    if source is None:
        raise ValidationError(_("This row is no issue of the import any more. Look at the list again."))
    if decision.use == TAKE and (problems := problems_of(source.key, decision, book.head())):
        raise ValidationError([problem.says for problem in problems])
    _change(kept, seen, decisions={**kept.decisions, source.key: decision.to_data()})
    _record(kept, by, "playbook.tables_row_decided", row=source.key, use=decision.use)
    return kept


@transaction.atomic
def take_sure(*, kept: TableImport, seen: int, by: Membership | None) -> tuple[int, int]:
    """Take every row on which nothing is doubtful. Gives how many were taken and how many are still open;
    of very long tables the first four hundred open rows are looked at. Raises Conflict."""
    book = book_of(kept)
    waiting = [row for row in book.rows if not book.state(row)]
    decisions = dict(kept.decisions)
    for row in waiting[:MOST_AT_ONCE]:
        found = book.propose(row)
        # What is noted on a row of a template is in its band, but for a wording that it lacks.
        noted = bool(found.notes) and book.template is None
        sure = found.band == SURE and found.decision.use == TAKE and not noted
        if sure and not problems_of(row.key, found.decision, book.head()):
            decisions[row.key] = found.decision.to_data()
    taken = len(decisions) - len(kept.decisions)
    _change(kept, seen, decisions=decisions)
    _record(kept, by, "playbook.tables_rows_taken", taken=taken)
    return taken, len(waiting) - taken


@transaction.atomic
def make_draft(
    *, kept: TableImport, seen: int, replace_draft: bool, by: Membership | None
) -> PlaybookVersion:
    """The rows taken as one draft playbook; the others stay listed in the import and go nowhere.

    Raises ValidationError naming table, row and column of what is wrong, and Conflict; nothing is made then.
    """
    book = book_of(kept)
    taken = [
        (row.key, book.decisions[row.key], f"{kept.file_name}, {book.place(row)}"[:300])
        for row in book.rows
        if book.state(row) == TAKE
    ]
    source = _("Made from %(file)s.") % {"file": kept.file_name}
    head = book.head(f"{source} {said_in_draft(book)}".strip()[:MOST_NOTE])
    try:
        read = build(head, taken)
    except CannotBuild as error:
        raise ValidationError(named(book, error)) from error
    draft = drafting.begin(organisation=kept.organisation, read=read, by=by, replace_draft=replace_draft)
    _change(kept, seen, state=ImportState.DRAFTED, draft=draft)
    _record(kept, by, "playbook.tables_drafted", issues=len(taken), digest=draft.digest)
    return draft


@transaction.atomic
def put_aside(*, kept: TableImport, seen: int, by: Membership | None) -> TableImport:
    """Nobody will make a playbook of it; the row stays for the record. Raises Conflict."""
    _change(kept, seen, state=ImportState.PUT_ASIDE)
    _record(kept, by, "playbook.tables_put_aside")
    return kept


def named(book: Book, error: CannotBuild) -> list[str]:
    """What is wrong, each with its table, row and, for a position, its column."""
    rows = {row.key: row for row in book.rows}
    said = list(error.others)
    for problem in error.problems:
        row = rows[problem.key]
        where = book.place(row)
        if problem.rung is not None and (cell := row.place(book.decisions[row.key].rungs[problem.rung].role)):
            where += f", column {cell.column}"
        said.append(f"{where} ({row.title or row.category}): {problem.says}")
    return said


def _change(kept: TableImport, seen: int, **fields: object) -> None:
    """Write to an open import; whoever was first has won."""
    if not kept.is_open:
        raise Conflict(_("This import is closed: its draft was made, or it was put aside."))
    kept.change(seen=seen, conflict=_(_CHANGED), **fields)


def _record(kept: TableImport, by: Membership | None, action: str, **more: object) -> None:
    audit.record(
        organisation=kept.organisation,
        by=by,
        action=action,
        target=kept,
        payload={"sha256": kept.sha256, **more},
    )


__all__ = [
    "LEAVE",
    "TAKE",
    "book_of",
    "decide",
    "make_draft",
    "put_aside",
    "receive",
    "set_columns",
    "take_sure",
]
